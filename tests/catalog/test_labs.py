"""One lab folder in; the lab and every letter about it out."""

import pytest

from zhixing.catalog.noticed import noticed_text
from zhixing.records import CheckSetting, Edit
from zhixing.words import Bilingual

LAB = "labs/math/add-two"


def lab(pack):
    return pack.read()[0].labs.get("add-two")


def test_a_lab_holds_all_texts_and_no_paths(pack) -> None:
    found = lab(pack)
    assert found.checks == ("order_does_not_matter", "zero_changes_nothing", "twice_is_a_sum")
    assert [(part.name, part.minutes) for part in found.parts] == [("sum", 20), ("twice", 10)]
    assert found.minutes == 30
    assert found.statement == Bilingual(
        "# 两数之和\n写出 `add`。\n", "# The sum of two\nWrite `add`.\n"
    )
    assert found.mutants[1].edits[1] == Edit("return add(a, a)", "return 0")
    assert found.alternatives == {"by_sum": "def add(a, b):\n    return sum((a, b))\n"}
    assert found.setting("twice_is_a_sum") == CheckSetting("twice_is_a_sum", noisy=True)
    assert found.thresholds[0].measured == {
        "solution": 0.9, "best_mutant": 0.0, "date": "2026-11-01",
    }  # fmt: skip
    assert found.hints["order_does_not_matter"]["zh"][3].endswith("1. 不是新的一条\n```")
    assert str(pack.folder) not in repr(found)


def test_a_check_is_called_by_its_name_or_by_its_identifier_as_words(pack) -> None:
    heading = "### zero_changes_nothing"
    pack.bend(f"{LAB}/statement.zh.md", heading, f"{heading} · 加零不变")
    found = lab(pack)
    assert pack.letters() == []
    assert found.check_title("zero_changes_nothing") == Bilingual(
        "加零不变", "zero changes nothing"
    )
    assert found.check_title("twice_is_a_sum") == Bilingual("twice is a sum", "twice is a sum")


def test_forms_of_a_slip_share_its_words(pack) -> None:
    first, second = lab(pack).mutants
    assert first.slip == second.slip
    assert first.why == second.why == Bilingual("做成了减法。", "Subtracts.")


def test_a_form_of_a_slip_may_have_words_of_its_own(pack) -> None:
    own = 'why = { zh = "减反了。", en = "Subtracts the wrong way round." }'
    pack.bend(f"{LAB}/lab.toml", 'slip = "subtracts"\nedits', f'slip = "subtracts"\n{own}\nedits')
    first, second = lab(pack).mutants
    assert pack.letters() == []
    assert first.why == Bilingual("做成了减法。", "Subtracts.")
    assert second.why == Bilingual("减反了。", "Subtracts the wrong way round.")


def test_where_slips_are_noticed_is_known_of_the_very_code_that_was_measured(pack) -> None:
    at = {"order_does_not_matter": ("AssertionError 4", "KeyError 4>9")}
    text = noticed_text(lab(pack), [at, {}], {"numpy": "2.0"})
    version = lab(pack).version
    pack.write(f"{LAB}/noticed.toml", text)
    found = lab(pack)
    assert pack.letters() == []
    assert [mutant.noticed for mutant in found.mutants] == [at, {}]
    assert (found.noticed_with, found.version) == ({"numpy": "2.0"}, version)
    pack.bend(f"{LAB}/lab.toml", "Subtracts.", "It subtracts.")
    assert lab(pack).mutants[0].noticed == at
    pack.bend(f"{LAB}/lab.toml", '"return a - b"', '"return a - b - b"')
    assert [mutant.noticed for mutant in lab(pack).mutants] == [{}, {}]
    assert lab(pack).noticed_with == {}


@pytest.mark.parametrize("noticed", ["3", "[[3]]", '["a 3"]'])
def test_a_bent_file_of_places_is_a_letter(pack, noticed) -> None:
    pack.write(f"{LAB}/noticed.toml", f'of = "x"\nlibraries = {{}}\nnoticed = {noticed}\n')
    (letter,) = pack.letters()
    assert "lab verify --note" in letter


@pytest.mark.parametrize("name", ["lab.toml", "solution.py", "checks.py"])
def test_the_version_follows_what_is_judged(pack, name) -> None:
    before = lab(pack).version
    assert len(before) == 16
    pack.write(f"{LAB}/{name}", (pack.folder / LAB / name).read_text() + "\n# another\n")
    assert lab(pack).version != before


def test_new_words_in_a_statement_leave_the_version(pack) -> None:
    before = lab(pack).version
    pack.bend(f"{LAB}/statement.en.md", "Write `add`.", "Write the function `add`.")
    assert lab(pack).version == before
    pack.write(f"{LAB}/probes.py", "x = 1\n")
    probed = lab(pack).version
    pack.write(f"{LAB}/data.py", "x = 1\n")
    assert len({before, probed, lab(pack).version}) == 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "python"', 'kind = "pyhton"', 'did you mean "python"?'),
        ('kind = "python"\n', "", 'key "kind" is missing'),
        ('skills = ["adding"]\n', "", 'key "skills" is missing'),
        ('skills = ["adding"]', "skills = []", "the lab shows no skill"),
        ('packages = ["python"]', 'packages = ["nunpy"]', 'did you mean "numpy"?'),
        ('packages = ["python"]', 'sandbox = ["thread"]', 'did you mean "threads"?'),
        ('packages = ["python"]', 'level = "root"', 'did you mean "rootless"?'),
        ("budget_cpu_seconds = 1", "budget_cpu_seconds = inf", "inf does not fit"),
        ("budget_cpu_seconds = 1", "budget_cpu_seconds = nan", "nan does not fit"),
        ("budget_cpu_seconds = 1", "budget_cpu_second = 1", 'did you mean "budget_cpu_seconds"?'),
        ("budget_cpu_seconds = 1", "memory_mib = 1", "1 does not fit"),
        ("budget_cpu_seconds = 1", "minutes = 31", "31 minutes, but the parts are 30"),
        ("minutes = 20", "minutes = 0", "0 does not fit"),
        ("minutes = 20", "minute = 20", 'did you mean "minutes"?'),
        ('zh = "和", ', "", '"title" has no zh'),
        ("[parts.twice]", "[parts.Twice]", '"Twice" is not an id'),
        ('slip = "subtracts"\nfind', 'slip = "Subtracts it"\nfind', "in kebab-case"),
        ('find = "return a + b"\nput', 'find = "return a * b"\nput', "occurs 0 times"),
        ('find = "return a + b"\nput', 'find = "return "\nput', "occurs 2 times"),
        ('put = "return a - b"', 'put = "return a + b"', "find and put are the same"),
        ('put = "return a - b"', "put = 3", "a text is wanted, not 3"),
        ('find = "return add(a, a)"', 'find = "a + b"', "an edit disturbs a later one"),
        ('put = "return 0"', 'puts = "return 0"', 'key "put" is missing'),
        ("seeds = 3", "seeds = 0", "0 does not fit"),
        ("value = 0.5", "valeu = 0.5", 'did you mean "value"?'),
        ("measured = {", "measured = 3 # {", "a table is wanted, not 3"),
        ("[checks.twice_is_a_sum]", "[checks.twice_is_sum]", 'did you mean "twice_is_a_sum"?'),
        ("noisy = true", 'noisy = "yes"', "write true or false"),
        ('"zero_changes_nothing"', '"check_zero_changes_nothing"', 'mean "zero_changes_nothing"?'),
        (', "zero_changes_nothing"', "", 'check "zero_changes_nothing" is in 0 parts'),
        ('["twice_is_a_sum"]', '["twice_is_a_sum", "zero_changes_nothing"]', "is in 2 parts"),
        ('["order_does_not_matter"]\nwhy', '["order_matters"]\nwhy', 'no check is called "order'),
        ('["order_does_not_matter"]\nwhy', "[]\nwhy", "no check is named"),
        ('why = { zh = "做成了减法。", en = "Subtracts." }', "", 'key "why" is missing'),
    ],
)
def test_what_is_wrong_with_a_lab_is_said_with_its_line(pack, old, new, said) -> None:
    pack.bend(f"{LAB}/lab.toml", old, new)
    letters = [one for one in pack.letters() if said in one]
    assert len(letters) == 1, pack.letters()
    assert f"{LAB}/lab.toml, line " in letters[0] or "is missing" in letters[0]


def test_a_mutant_that_cannot_be_made_is_left_out_and_the_lab_stays(pack) -> None:
    pack.bend(f"{LAB}/lab.toml", '{ find = "return add(a, a)"', '{ find = "return add(a, b)"')
    assert "key mutants[2].edits[2].find" in pack.only_letter()
    assert [len(mutant.edits) for mutant in lab(pack).mutants] == [1]


def test_a_lab_of_no_known_kind_is_looked_through_and_left_out(pack) -> None:
    pack.bend(f"{LAB}/lab.toml", 'kind = "python"', 'kind = "pyton"')
    pack.bend(f"{LAB}/lab.toml", "minutes = 20", "minutes = 0")
    assert len(pack.letters()) == 2
    assert lab(pack) is None


def test_a_long_lab_needs_parts_and_a_short_one_may_do_without(pack) -> None:
    text = (pack.folder / LAB / "lab.toml").read_text()
    start, stop = text.index("[parts.sum]"), text.index("[[mutants]]")
    without = text[:start] + text[stop:]
    for minutes, letters in ((45, 0), (46, 1)):
        pack.write(f"{LAB}/lab.toml", f"minutes = {minutes}\n" + without)
        assert len(pack.letters()) == letters
        assert lab(pack).minutes == minutes
    assert "has parts that fit a day" in pack.only_letter()


@pytest.mark.parametrize("name", ["lab.toml", "solution.py", "checks.py"])
def test_a_lab_that_cannot_be_graded_is_left_out(pack, name) -> None:
    (pack.folder / LAB / name).unlink()
    assert f"{name} is missing" in pack.only_letter()
    assert lab(pack) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("checks.py", "def check_(:\n"),
        ("solution.py", "x = 1\n  y = 2\n"),
        ("alternatives/by_sum.py", "é = = 2\n"),
        ("probes.py", "x = " + "(" * 1_000 + ")" * 1_000),
        ("data.py", "x = " + "-" * 200_000 + "1"),
        ("data.py", "x = 1\0"),
        ("data.py", "x = " + "9" * 5_000),
    ],
)
def test_code_that_is_no_python_is_a_letter(pack, name, content) -> None:
    pack.write(f"{LAB}/{name}", content)
    said = [one for one in pack.letters() if f"{LAB}/{name}" in one]
    assert any("Python" in one for one in said), pack.letters()
    assert (lab(pack) is None) == (name in ("checks.py", "solution.py"))


def test_a_statement_missing_in_one_language_is_a_letter(pack) -> None:
    (pack.folder / LAB / "statement.en.md").unlink()
    assert "statement.en.md is missing" in pack.only_letter()
    assert lab(pack).statement.en == lab(pack).statement.zh
    pack.write(f"{LAB}/statement.en.md", b"\xff")
    assert "not UTF-8" in pack.only_letter()


def test_an_empty_statement_is_a_letter(pack) -> None:
    pack.bend(f"{LAB}/statement.en.md", "# The sum of two\nWrite `add`.\n", "")
    assert "the statement is empty" in pack.only_letter()


def test_an_area_or_id_that_is_none_is_a_letter(pack) -> None:
    (pack.folder / "labs/maths").mkdir()
    (pack.folder / LAB).rename(pack.folder / "labs/maths/Add_two")
    said = pack.letters()
    assert any('did you mean "math"?' in one for one in said)
    assert any('"Add_two" is not an id' in one for one in said)
