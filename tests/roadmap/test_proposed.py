"""What is proposed for a route changes what it may, by what the document leaves open, and carries
its mark; the question asks for it and the answer is read, whatever it holds."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.errors import Problem
from zhixing.records import Route
from zhixing.roadmap.asked import proposals_in, question
from zhixing.roadmap.compiling import compile_route
from zhixing.roadmap.proposals import MOST_ALIASES, validate
from zhixing.roadmap.proposed import with_proposals

TEXT = """\
# Plan

## Week 1: Vectors (10 hours)
- Read chapter 1
- Matrix stuff
- Watch the lecture (2 hours)

## Week 2: Nets
- Backprop by hand
- Train a net
- Optional: read on
"""
READ, MATRIX, LECTURE = "study:1-0-1", "study:1-0-2", "study:1-0-3"
BACKPROP, TRAIN, MORE = "study:2-0-1", "study:2-0-2", "study:2-0-3"


def plan() -> Route:
    return compile_route(TEXT, route_id="plan")[0]


def hours(node: str, number: float) -> dict[str, object]:
    return {"node": node, "kind": "hours", "hours": number}


def needs(node: str, first: str) -> dict[str, object]:
    return {"node": node, "kind": "prerequisite", "needs": first}


def alias(node: str, words: str) -> dict[str, object]:
    return {"node": node, "kind": "alias", "alias": words}


def taken(*proposals: dict[str, object]) -> Route:
    route = plan()
    accepted, refused = validate(proposals, route)
    assert refused == ()
    return with_proposals(route, accepted)


def minutes(route: Route) -> dict[str, int]:
    return {task.id.removeprefix("plan/"): task.minutes for task in route.tasks}


def test_hours_of_a_task_leave_what_its_week_states() -> None:
    found = minutes(taken(hours(READ, 5)))
    assert (found[READ], found[LECTURE]) == (300, 120)
    assert sum(found[name] for name in (READ, MATRIX, LECTURE)) == 600


def test_hours_that_leave_nothing_for_the_rest_of_a_stated_week_are_refused() -> None:
    accepted, refused = validate([hours(READ, 8), hours(READ, 7), hours(MATRIX, 2)], plan())
    assert [one.value for one in accepted] == [420]
    assert [one.why.template[:6] for one in refused] == ['"{part', '"{part']


def test_hours_of_a_part_are_shared_by_what_is_open_in_it() -> None:
    route = taken(hours("week-2", 30))
    found = minutes(route)
    assert found[BACKPROP] + found[TRAIN] == 30 * 60
    marked = {node.id for node in route.root.walk() if "proposed" in node.marks}
    assert marked == {"week-2", f"plan/{BACKPROP}", f"plan/{TRAIN}"}


def test_what_is_proposed_is_an_estimate_and_marked() -> None:
    route = taken(hours(BACKPROP, 3))
    assert next(task for task in route.tasks if task.id.endswith(BACKPROP)).estimated
    node = next(node for node in route.root.walk() if node.id.endswith(BACKPROP))
    assert node.marks >= {"estimated", "proposed"}


def test_what_is_optional_takes_no_share() -> None:
    before, after = minutes(plan()), minutes(taken(hours(MORE, 9)))
    assert after == before | {MORE: 540}


def test_a_part_in_which_all_is_stated_takes_no_hours() -> None:
    text = "# P\n\n## Week 1: A\n- read (2 hours)\n"
    route = compile_route(text, route_id="p")[0]
    assert validate([hours("week-1", 9)], route)[0] == ()


def test_what_comes_first_comes_first_and_all_else_stays() -> None:
    route = taken(needs(MATRIX, BACKPROP), needs("week-2", READ))
    order = [task.id.removeprefix("plan/") for task in route.tasks]
    assert order == [READ, LECTURE, BACKPROP, MATRIX, TRAIN, MORE]
    found = {task.id: task.needs for task in route.tasks}
    assert found[f"plan/{MATRIX}"] == (f"plan/{BACKPROP}",)
    assert found[f"plan/{TRAIN}"] == (f"plan/{READ}",)


def test_an_alias_stands_beside_the_words_of_the_author() -> None:
    route = taken(alias(MATRIX, "linear maps"))
    node = next(node for node in route.root.walk() if node.id.endswith(MATRIX))
    assert (node.title, node.details) == ("Matrix stuff", (("alias, proposed", "linear maps"),))


def test_one_line_takes_a_few_names_and_not_its_own() -> None:
    names = [alias(MATRIX, f"name {n}") for n in range(MOST_ALIASES + 1)]
    accepted, refused = validate([alias(MATRIX, "matrix STUFF"), *names], plan())
    assert (len(accepted), len(refused)) == (MOST_ALIASES, 2)


def test_too_many_waits_at_once_are_refused() -> None:
    weeks = [f"\n## Week {n}: x\n" + "- a\n" * 200 for n in (1, 2)]
    route = compile_route("# P\n" + "".join(weeks), route_id="p")[0]
    assert validate([needs("week-2", "week-1")], route)[0] == ()


NAMES = [node.id for node in plan().root.walk()]
PROPOSALS = st.one_of(
    st.builds(needs, st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.builds(hours, st.sampled_from(NAMES), st.floats(0.01, 40)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PROPOSALS, max_size=10))
def test_whatever_is_taken_keeps_the_tasks_and_the_stated_hours(given: list[object]) -> None:
    route = plan()
    accepted, refused = validate(given, route)
    assert len(accepted) + len(refused) == len(given)
    after = with_proposals(route, accepted)
    assert sorted(task.id for task in after.tasks) == sorted(task.id for task in route.tasks)
    found = minutes(after)
    assert found[LECTURE] == 120
    assert sum(found[name] for name in (READ, MATRIX, LECTURE)) == 600
    assert all(number > 0 for number in found.values())
    seen: set[str] = set()
    for task in after.tasks:
        assert set(task.needs) <= seen
        seen.add(task.id)
    kept = [one.as_table() for one in accepted]
    assert validate(kept, route)[0] == accepted  # judged again when the route is opened
    assert validate(kept, replace(route))[1] == ()


# --- the question and the answer -----------------------------------------------------------------


def test_the_question_names_every_part_that_asks_for_something_and_no_address() -> None:
    text = question(plan(), "abc", "en")
    for name in ("week-1", READ, MATRIX, LECTURE, "week-2", BACKPROP, TRAIN, MORE):
        assert any(line.lstrip().startswith(f"{name} | ") for line in text.splitlines())
    assert "week-1 | 10 h, stated | " in text
    assert "plan/" not in text


def test_the_example_in_the_question_is_an_answer_that_can_be_read() -> None:
    text = question(plan(), "abc", "en")
    example = text[text.index("{") : text.rindex("]}") + 2]
    given = proposals_in(example.encode(), "abc")
    assert len(validate(given, plan())[0]) == 3


@pytest.mark.parametrize("around", ["{}", "Sure! Here it is:\n\n```json\n{}\n```\nHope it helps."])
def test_an_answer_is_read_bare_or_in_its_fence(around: str) -> None:
    answer = json.dumps([hours(READ, 2)])
    raw = around.replace("{}", answer).encode()
    assert proposals_in(raw, "abc") == (hours(READ, 2),)
    assert proposals_in(raw.decode().encode("utf-16"), "abc") == (hours(READ, 2),)


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"  \n", b"no json", b"{", b"3", b'"x"', b"null", b"{}", b'{"proposals": 3}',
        b'{"proposals": [], "more": 1}', b'{"proposals": [], "proposals": []}',
        b'{"document": "another", "proposals": []}', b'{"document": 3, "proposals": []}',
        b"\xff\xff\xfe\x00", "计划".encode("gbk"), b"\xff\xfe\x00", b"[" * 100_000,
        b"[" + b"9" * 5000 + b"]", b"[" + b",".join([b"1"] * 2001) + b"]",
    ],
)  # fmt: skip
def test_what_is_no_file_of_proposals_is_said_in_words(raw: bytes) -> None:
    with pytest.raises(Problem) as told:
        proposals_in(raw, "abc")
    assert all(letter.render("en") for letter in told.value.letters)


def test_a_table_that_holds_a_key_twice_is_refused() -> None:
    raw = b'[{"node": "study:1-0-1", "kind": "hours", "hours": 2, "hours": 3}]'
    accepted, [refusal] = validate(proposals_in(raw, "abc"), plan())
    assert (accepted, str(refusal.why)) == ((), 'the key "hours" stands twice')
