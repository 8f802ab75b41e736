"""The folder of an essay in; a lab that nobody grades, and every letter about it, out."""

import pytest

from zhixing.catalog.auditing import audit
from zhixing.words import Bilingual

LAB = "labs/math/on-sums"

FILES = {
    "lab.toml": """title = { zh = "说说和", en = "On sums" }
kind = "essay"
skills = ["adding"]
minutes = 60
letters = { zh = 300, en = 180 }
numbers = 4
""",
    "statement.zh.md": "# 说说和\n\n写一页。\n",
    "statement.en.md": "# On sums\n\nWrite a page.\n",
    "template.zh.md": "# 说说和\n\n## 数字\n\n…\n\n## 限制\n\n什么时候不行：…\n",
    "template.en.md": "# On sums\n\n## Numbers\n\n…\n\n## Limits\n\nWhen it fails: …\n",
    "rubric.toml": """[[items]]
id = "own"
ask = { zh = "数字都是自己的吗？", en = "Are the numbers mine?" }

[[items]]
id = "clear"
ask = { zh = "说清了吗？", en = "Is it clear?" }
""",
    "cell.py": "print(3 + 4)\n",
}


@pytest.fixture
def essayed(pack):
    for name, text in FILES.items():
        pack.write(f"{LAB}/{name}", text)
    return pack


def lab(pack):
    return pack.read()[0].labs.get("on-sums")


def test_an_essay_is_a_lab_without_solution_checks_or_mutants(essayed) -> None:
    assert essayed.letters() == []
    found = lab(essayed)
    assert (found.kind, found.minutes, found.checks, found.mutants) == ("essay", 60, (), ())
    assert (found.solution, found.checks_source) == ("", "")
    assert found.essay.letters == {"zh": 300, "en": 180}
    assert (found.essay.numbers, found.essay.cell) == (4, "print(3 + 4)\n")
    assert [item.id for item in found.essay.rubric] == ["own", "clear"]
    assert found.essay.rubric[1].ask == Bilingual("说清了吗？", "Is it clear?")
    assert found.essay.template.en.endswith("When it fails: …\n")
    assert audit(essayed.read()[0]) == ()


def test_a_cell_and_numbers_may_be_left_out(essayed) -> None:
    (essayed.folder / LAB / "cell.py").unlink()
    essayed.bend(f"{LAB}/lab.toml", "numbers = 4\n", "")
    assert essayed.letters() == []
    assert (lab(essayed).essay.numbers, lab(essayed).essay.cell) == (0, "")


@pytest.mark.parametrize("name", ["lab.toml", "template.zh.md", "template.en.md", "rubric.toml"])
def test_the_version_follows_what_a_text_is_held_against(essayed, name) -> None:
    before = lab(essayed).version
    text = (essayed.folder / LAB / name).read_text(encoding="utf-8")
    essayed.write(f"{LAB}/{name}", "\n" + text)
    assert lab(essayed).version != before


@pytest.mark.parametrize("name", ["statement.en.md", "cell.py"])
def test_new_words_or_another_cell_leave_the_version(essayed, name) -> None:
    before = lab(essayed).version
    text = (essayed.folder / LAB / name).read_text(encoding="utf-8")
    essayed.write(f"{LAB}/{name}", text + "\n# more\n")
    assert lab(essayed).version == before


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("lab.toml", "letters = { zh = 300, en = 180 }\n", "", 'key "letters" is missing'),
        ("lab.toml", ", en = 180", "", "Chinese characters, and words"),
        ("lab.toml", "en = 180", "en = 0", "0 does not fit"),
        ("lab.toml", "numbers = 4", "numbers = -1", "-1 does not fit"),
        ("lab.toml", "minutes = 60\n", "", 'key "minutes" is missing'),
        ("lab.toml", "numbers = 4", "budget_cpu_seconds = 2", "is not known here"),
        ("lab.toml", 'en = "On sums"', 'en = ""', '"title" has no en'),
        ("template.en.md", "## Limits\n\n", "", "zh has 3 headings, en has 2"),
        ("rubric.toml", '"clear"', '"own"', '"own" stands here twice'),
        ("rubric.toml", '"clear"', '"Is clear"', '"Is clear" is not an id'),
        ("rubric.toml", ', en = "Is it clear?"', "", '"ask" has no en'),
        ("rubric.toml", 'id = "clear"', 'name = "clear"', 'key "id" is missing'),
        ("cell.py", "print(3 + 4)", "print(3 +", "this is not valid Python"),
        ("statement.en.md", "Write", "## Hints\n### x\n1. a\n\nWrite", "an essay has no hints"),
    ],
)
def test_what_is_wrong_with_an_essay_is_said(essayed, file, old, new, said) -> None:
    essayed.bend(f"{LAB}/{file}", old, new)
    assert [one for one in essayed.letters() if said in one], essayed.letters()
    assert lab(essayed) is not None


def test_a_template_asks_for_something(essayed) -> None:
    essayed.write(f"{LAB}/template.en.md", "Words only ……\n")
    said = "\n".join(essayed.letters())
    assert "the template has no heading" in said
    assert "there is nothing to fill in" in said


@pytest.mark.parametrize("count", [0, 13])
def test_a_rubric_has_one_to_twelve_items(essayed, count) -> None:
    items = [f'[[items]]\nid = "i{n}"\nask = {{ zh = "吗", en = "?" }}\n' for n in range(count)]
    essayed.write(f"{LAB}/rubric.toml", "".join(items))
    assert f"{count} items" in essayed.only_letter()
    assert (lab(essayed) is None) == (count == 0)


@pytest.mark.parametrize("name", ["template.zh.md", "rubric.toml", "statement.en.md"])
def test_a_file_that_is_missing_is_a_letter(essayed, name) -> None:
    (essayed.folder / LAB / name).unlink()
    assert f"{name} is missing" in essayed.only_letter()
    assert (lab(essayed) is None) == (name == "rubric.toml")


@pytest.mark.parametrize("name", ["solution.py", "checks.py", "figure.py", "alternatives/x.py"])
def test_an_essay_has_no_code_that_is_graded(essayed, name) -> None:
    essayed.write(f"{LAB}/{name}", "x = 1\n")
    assert f"a lab of kind essay has no {name}" in essayed.only_letter()


@pytest.mark.parametrize("name", ["template.zh.md", "rubric.toml", "cell.py"])
def test_a_lab_that_runs_has_nothing_of_an_essay(pack, name) -> None:
    pack.write(f"labs/math/add-two/{name}", "x = 1\n")
    assert f"a lab of kind python has no {name}" in pack.only_letter()


# --- figures ------------------------------------------------------------------------------------

FIGURE = "labs/math/add-two/figure.py"
DRAWS = "def draw_sum(answer, plt):\n    plt.plot([0, 1], [0, answer.add(1, 2)])\n"


def test_a_figure_is_held_and_leaves_the_version(pack) -> None:
    before = pack.read()[0].labs["add-two"]
    assert before.figure_source is None
    pack.write(FIGURE, DRAWS)
    assert pack.letters() == []
    after = pack.read()[0].labs["add-two"]
    assert after.figure_source == DRAWS
    assert after.version == before.version


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def draw_sun(answer, plt): ...\n", 'did you mean "draw_sum"?'),
        ("def draw_sum(answer): ...\n", "draw_sum does not take (answer, plt)"),
        ("def draw_sum(plt, answer): ...\n", "draw_sum does not take (answer, plt)"),
        ("def sum(answer, plt): ...\n", "nothing is drawn here"),
        ("def draw_sum(answer, plt)\n", "this is not valid Python"),
    ],
)
def test_what_is_wrong_with_a_figure_is_said_and_the_lab_stays(pack, source, said) -> None:
    pack.write(FIGURE, source)
    letter = pack.only_letter()
    assert said in letter
    assert FIGURE in letter
    assert "add-two" in pack.read()[0].labs
