"""A statement and its ladders come apart and nothing of either is lost."""

from hypothesis import given
from hypothesis import strategies as st

from zhixing.catalog.statements import (
    Ladder,
    Statement,
    hints_of,
    ladder_letters,
    statement_of,
    titles_of,
)

words = st.text("ab 知行*_", min_size=1).map(str.strip).filter(bool)
names = st.from_regex(r"[a-z]+(_[a-z]+)*", fullmatch=True)
ladders = st.dictionaries(names, st.lists(words, min_size=1, max_size=5), max_size=4)


@given(body=words, heading=st.sampled_from(["## Hints", "## 提示"]), ladders=ladders)
def test_what_is_written_as_ladders_is_read_as_ladders(body, heading, ladders) -> None:
    lines = [body, heading]
    for check, rungs in ladders.items():
        lines += [f"### {check}", *(f"{n}. {rung}" for n, rung in enumerate(rungs, 1))]
    found = statement_of("\n".join(lines))
    assert found.text == body + "\n"
    assert {one.check: list(one.rungs) for one in found.ladders} == ladders


def test_a_rung_may_fill_several_lines_and_hold_code() -> None:
    found = statement_of(
        "x\n## Hints\n### a\n1. first\n   more\n\n   ```\n   ## Hints\n   2. no\n   ```\n"
        "2) second\n"
    )
    assert found.ladders == (
        Ladder("a", 3, ("first\nmore\n\n```\n## Hints\n2. no\n```", "second")),
    )


def test_a_heading_of_hints_inside_code_belongs_to_the_statement() -> None:
    text = "~~~~\n## Hints\n~~~\n~~~~\nx\n"
    assert statement_of(text) == Statement(text, ())


def test_every_check_has_one_ladder_of_four_rungs_and_only_checks_do() -> None:
    four = ("a", "b", "c", "d")
    found = (
        Ladder("good", 1, four),
        Ladder("short", 2, ("a",)),
        Ladder("godo", 3, four),
        Ladder("good", 4, four),
    )
    said = [one.render("en") for one in ladder_letters("f", found, ("good", "short", "bare"))]
    assert len(said) == 4
    assert "has 1 hints instead of 4 · f, line 2" in said[0]
    assert 'no check is called "godo" · f, line 3 · did you mean "good"?' in said[1]
    assert "second ladder · f, line 4" in said[2]
    assert 'check "bare" has no hints' in said[3]


def test_a_statement_without_any_hints_is_one_letter() -> None:
    (letter,) = ladder_letters("f", (), ("a", "b", "c"))
    assert "there are no hints" in letter.render("en")


def test_hints_stand_by_check_and_language() -> None:
    zh, en = Statement("", (Ladder("a", 1, ("一",)),)), Statement("", (Ladder("a", 1, ("one",)),))
    assert hints_of(zh, en) == {"a": {"zh": ("一",), "en": ("one",)}}


def test_a_name_for_people_may_follow_the_name_of_a_check() -> None:
    zh = statement_of("x\n## 提示\n### a_b · 乘积对 · 一行\n1. 一\n### c\n1. 一\n").ladders
    assert [(one.check, one.title) for one in zh] == [("a_b", "乘积对 · 一行"), ("c", None)]
    en = statement_of("x\n## Hints\n### `a_b` · A product\n1. one\n").ladders
    assert titles_of(Statement("", zh), Statement("", en)) == {
        "a_b": {"zh": "乘积对 · 一行", "en": "A product"}
    }


def test_a_named_ladder_belongs_to_its_check_and_an_empty_name_is_a_letter() -> None:
    four = "1. a\n2. b\n3. c\n4. d\n"
    found = statement_of(f"x\n## Hints\n### good · Holds\n{four}### bare ·\n{four}").ladders
    (letter,) = ladder_letters("f", found, ("good", "bare"))
    assert 'nothing stands after the · of check "bare" · f, line 8' in letter.render("en")
