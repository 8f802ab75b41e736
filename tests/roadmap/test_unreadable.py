"""What cannot be read at all is a Problem that says where and what next."""

import pytest

from zhixing.errors import Problem
from zhixing.roadmap.compiling import compile_route
from zhixing.roadmap.reading import LARGEST_BYTES, MOST_LINES


def problem_of(text: str, route_id: str | None = None) -> Problem:
    with pytest.raises(Problem) as caught:
        compile_route(text, route_id=route_id)
    return caught.value


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("# a\n\0b", "line 2", "U+0000"),
        ("# a\n\nb\udcff", "line 3", "U+DCFF"),
        ("\x1b[2J", "line 1", "U+001B"),
        (b"\x89PNG\r\n\x1a\n\0\0".decode("latin-1"), "line 1", "U+0089"),
        ("---\nid: a\n# T\n", "line 1", "never closed"),
        ("---\nid: a\nid: b\n---\n", "line 3", "stands twice"),
        ("---\nid: a\nnonsense\n---\n", "line 3", "nonsense"),
        ("---\nid: My Route\n---\n", "line 2", "My Route"),
        ("---\npace: quickly\n---\n", "line 2", "quickly"),
        ("---\npace: 15 h\n---\n", "line 2", "15 h"),
        ("---\nlanguage: fr\n---\n", "line 2", "fr"),
        ("---\ndirections: [cv, 7]\n---\n", "line 2", "7"),
    ],
)
def test_what_cannot_be_read_says_where(text: str, where: str, what: str) -> None:
    (letter,) = problem_of(text).letters
    assert str(letter.where) == where
    assert what in str(letter.what)
    assert str(letter.next_step)


def test_all_broken_lines_of_the_front_matter_are_named_at_once() -> None:
    letters = problem_of("---\nid: A\npace: x\nnonsense\n---\n").letters
    assert sorted(str(letter.where) for letter in letters) == ["line 2", "line 3", "line 4"]


def test_an_id_that_is_none_is_answered_with_one_that_is() -> None:
    assert '"my-route-2"' in str(problem_of("# T\n", route_id="My Route 2").letters[0].next_step)


@pytest.mark.parametrize(
    "text", ["a" * (LARGEST_BYTES + 1), "周" * (LARGEST_BYTES // 2), "\n" * (MOST_LINES + 1)]
)
def test_a_document_that_is_too_large_is_refused_with_the_limits(text: str) -> None:
    (letter,) = problem_of(text).letters
    assert "4 MiB" in str(letter.next_step)


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "\ufeff", "---\n", "---\n---\n", "---\n\nA rule across the page.\n\n---\n"],
)
def test_an_almost_empty_document_is_an_empty_route(text: str) -> None:
    route, report = compile_route(text, route_id="r")
    assert route.tasks == ()
    assert report.not_understood == ()


@pytest.mark.parametrize(
    ("pace", "minutes"),
    [
        ("15 h/week", 900),
        ("15 小时/周", 900),
        ("每周 15 小时", 900),
        ("7 h 30 min per week", 450),
        ("~10 hours a week", 600),
        ('"15 h/week"  # a comment', 900),
    ],
)
def test_pace_is_minutes_a_week(pace: str, minutes: int) -> None:
    assert compile_route(f"---\npace: {pace}\n---\n# T\n")[0].pace_minutes_per_week == minutes


@pytest.mark.parametrize("written", ["[cv, nlp]", "［cv，nlp］", "cv, nlp", "['cv', \"nlp\"]"])
def test_directions_are_a_list(written: str) -> None:
    assert compile_route(f"---\ndirections: {written}\n---\n# T\n")[0].directions == ("cv", "nlp")


def test_a_strangers_front_matter_is_reported_not_refused() -> None:
    route, report = compile_route("---\ntitle: My plan\nstars:\n  - ml\n  - zh\n---\n# T\n")
    assert route.title == "T"
    assert [remark.line for remark in report.not_understood] == [3, 4, 5]


def test_what_a_site_writes_of_its_page_is_no_part_of_the_plan_and_names_it() -> None:
    page = '---\nlayout: post\ntitle: "Deep Learning"\ndate: 2018-09-01\ntags:\n  - ml\n---\n'
    route, report = compile_route(f"{page}## Week 1\n- read\n")
    assert route.title == "Deep Learning"
    assert report.not_understood == ()
