"""What a learner says of a line stands in place of what was read there, and the document stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.actions.mending import (
    MENDED,
    MOST_MINUTES,
    TASK_KINDS,
    lost_lines,
    made_ids,
    mend_of,
    mended,
)
from zhixing.errors import Problem
from zhixing.records import Mend, Node, Route
from zhixing.roadmap.compiling import compile_route

TEXT = """\
# My way

## Week 1: vectors
- [ ] Read about matrices (2 h)
- Project: prices of houses
> a remark of the author

## Week 2: models
- Logistic regression
- Decision trees
"""


def read(text: str = TEXT) -> Route:
    return compile_route(text, route_id="own")[0]


def called(route: Route, words: str) -> Node:
    return next(node for node in route.root.walk() if words in node.title)


def test_minutes_kind_and_title_of_a_line_are_the_learners() -> None:
    route = read()
    line = called(route, "Logistic")
    mend = mend_of(line, None, "Logistic regression by hand", "150", "lab")
    assert mend == Mend(line.line, "Logistic regression by hand", 150, "lab")
    task = mended(route, {line.id: mend}).task(line.id)
    assert task is not None
    assert (task.title, task.minutes, task.kind) == ("Logistic regression by hand", 150, "lab")
    assert not task.estimated
    assert task.week == 2
    node = called(mended(route, {line.id: mend}), "by hand")
    assert MENDED in node.marks
    assert [t.id for t in mended(route, {line.id: mend}).tasks] == [t.id for t in route.tasks]


def test_a_line_that_is_left_out_is_no_task_and_still_there() -> None:
    route = read()
    line = called(route, "Logistic")
    left = mended(route, {line.id: Mend(line.line, kind="")})
    assert {t.id for t in route.tasks} - {t.id for t in left.tasks} == {line.id}
    assert called(left, "Logistic").task_kind is None


def test_a_week_that_is_left_out_takes_its_tasks_along_but_for_one_that_is_kept() -> None:
    route = read()
    week, tree = called(route, "models"), called(route, "Decision")
    out = {week.id: Mend(week.line, kind="")}
    assert {task.week for task in mended(route, out).tasks} == {1}
    kept = out | {tree.id: Mend(tree.line, kind="study")}
    assert [t.title for t in mended(route, kept).tasks if t.week == 2] == [tree.title]


def test_a_remark_becomes_a_task_where_it_stands() -> None:
    route = read()
    line = called(route, "remark")
    assert line.task_kind is None
    mend = mend_of(line, None, line.title, "", "paper")
    assert mend is not None
    (task,) = set(mended(route, {line.id: mend}).tasks) - set(route.tasks)
    assert (task.kind, task.week, task.estimated) == ("paper", 1, True)
    assert task.id.startswith("own/"), "what is planned is called after its route"
    assert task.minutes > 0


def test_a_line_that_was_not_understood_becomes_a_task_in_its_week() -> None:
    text = "---\nid: own\n---\n# A\n\n## Week 1\n- [ ] An odd one\n\n## Week 2\n- a remark\n"
    route, report = compile_route(text, route_id="own")
    lost = {one.line: one for one in lost_lines(report, text)}
    assert lost, "the document has a line without meaning"
    line = lost[7]
    assert line.title == "An odd one"
    mend = mend_of(line, None, "An odd one", "45", "quiz")
    assert mend is not None
    after = mended(route, {line.id: mend})
    (new,) = set(after.tasks) - set(route.tasks)
    assert (new.title, new.minutes, new.kind, new.week) == ("An odd one", 45, "quiz", 1)
    node = called(after, "An odd one")
    assert made_ids(route, {line.id: mend}) == {line.id: node.id}
    other = mended(route, {line.id: Mend(line.line, "An odd one", 45, "lab")})
    assert called(other, "An odd one").id == node.id, "a kind does not change what it is called"


def test_a_mend_of_a_line_that_moved_changes_nothing() -> None:
    route = read()
    line = called(route, "Logistic")
    assert mended(route, {line.id: Mend(line.line + 1, minutes=5)}) == route


def test_what_is_as_it_was_read_is_no_mend() -> None:
    for node in read().root.walk():
        minutes = "" if node.minutes is None else str(node.minutes)
        assert mend_of(node, None, node.title, minutes, node.task_kind or "") is None


@pytest.mark.parametrize(
    ("title", "minutes", "kind"),
    [("", "60", "study"), ("x" * 301, "60", "study"), ("x", "0", "study"), ("x", "-5", "study"),
     ("x", "1.5", "study"), ("x", str(MOST_MINUTES + 1), "study"), ("x", "9" * 5000, "study"),
     ("x", "60", "holiday")],
)  # fmt: skip
def test_what_says_nothing_of_its_kind_is_a_letter_with_its_line(title, minutes, kind) -> None:
    line = called(read(), "Logistic")
    with pytest.raises(Problem) as raised:
        mend_of(line, None, title, minutes, kind)
    assert str(line.line) in str(raised.value.letters[0].where)


@given(data=st.data())
def test_every_task_of_a_mended_route_has_minutes_and_a_kind_and_undoing_all_is_as_before(
    data,
) -> None:
    route = read()
    mends = data.draw(
        st.dictionaries(
            st.sampled_from([node.id for node in route.root.walk()]),
            st.tuples(
                st.none() | st.integers(1, MOST_MINUTES),
                st.none() | st.sampled_from(("", *TASK_KINDS)),
            ),
        )
    )
    lines = {node.id: node.line for node in route.root.walk()}
    laid = {name: Mend(lines[name], None, *pair) for name, pair in mends.items()}
    after = mended(route, laid)
    assert all(task.minutes > 0 for task in after.tasks)
    assert len({task.id for task in after.tasks}) == len(after.tasks)
    assert [n.line for n in after.root.walk()] == [n.line for n in route.root.walk()]
    assert all(task.id.startswith("own/") for task in after.tasks)
    assert mended(route, {}) == route
