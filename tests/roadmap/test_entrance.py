"""What a route takes for granted and what it ends in stand in its front matter."""

import pytest

from zhixing.roadmap.comparing import same_structure
from zhixing.roadmap.compiling import compile_route
from zhixing.roadmap.printing import as_markdown

TEXT = """\
---
id: nets
level: code
expects: you write a loop: that is enough
ends: a net of your own
---
# Nets
## Week 1
- [ ] Note: a knot (10 min) (id:knot)
"""


def test_the_front_matter_states_the_entrance_and_the_end() -> None:
    route, report = compile_route(TEXT)
    assert route.level == "code"
    assert route.expects == "you write a loop: that is enough"
    assert route.ends_in == "a net of your own"
    assert report.not_understood == ()


def test_a_route_without_them_says_nothing() -> None:
    route, _ = compile_route("# Nets\n\n- a knot\n")
    assert (route.level, route.expects, route.ends_in) == ("", "", "")


def test_they_are_printed_and_read_again() -> None:
    route, _ = compile_route(TEXT)
    again, _ = compile_route(as_markdown(route))
    assert (again.level, again.expects, again.ends_in) == (
        route.level,
        route.expects,
        route.ends_in,
    )


def test_a_level_of_another_kind_is_told_and_refuses_nothing() -> None:
    route, report = compile_route(TEXT.replace("level: code", "level: beginner"))
    assert route.level == ""
    assert [(one.line, one.text) for one in report.not_understood] == [(3, "level: beginner")]


def test_a_line_of_that_word_below_a_rule_across_the_page_opens_no_front_matter() -> None:
    route, _ = compile_route("---\nLevel: beginner\n\n# Nets\n\n- a knot\n")
    assert [task.title for task in route.tasks] == ["a knot"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("level: code\n", "level: nothing\n"), ("ends: a net of your own\n", "")],
)
def test_both_languages_state_the_same(before: str, after: str) -> None:
    here, _ = compile_route(TEXT)
    there, _ = compile_route(TEXT.replace(before, after))
    assert len(same_structure(here, there)) == 1
