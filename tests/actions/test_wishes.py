"""What a person says about their plan, and takes back by saying none."""

from datetime import date

import pytest

from zhixing.actions import importing, planning
from zhixing.actions.desk import Desk
from zhixing.actions.planning import Wishes
from zhixing.actions.standing import standing
from zhixing.errors import Problem

MONDAY = date(2026, 12, 7)
SATURDAY = date(2026, 12, 12)


@pytest.fixture
def begun(desk: Desk) -> Desk:
    planning.begin_route(desk, Wishes(route="math-16-weeks", hours_per_week=15, start=MONDAY))
    return desk


@pytest.mark.parametrize("chain", [("math-16-weeks",), ("foundations", "foundations")])
def test_a_route_twice_in_a_chain_is_told(begun: Desk, chain: tuple[str, ...]) -> None:
    with pytest.raises(Problem, match="in the chain already"):
        planning.begin_route(begun, Wishes(more_routes=chain))


def test_what_was_set_goes_when_none_is_said(begun: Desk) -> None:
    set_ = Wishes(pins=(("la-vectors", SATURDAY),), deadline=date(2027, 6, 1))
    profile, _ = planning.begin_route(begun, set_)
    assert (dict(profile.pins), profile.deadline) == (
        {"math-16-weeks/skill:la-vectors": SATURDAY},
        date(2027, 6, 1),
    )
    profile, _ = planning.begin_route(begun, Wishes(unpinned=("la-vectors",), no_deadline=True))
    assert (dict(profile.pins), profile.deadline) == ({}, None)
    planning.undo(begun)
    before = standing(begun).profile
    assert before is not None
    assert before.deadline == date(2027, 6, 1)
    assert list(before.pins.values()) == [SATURDAY]


def test_a_task_without_a_pin_cannot_lose_it(begun: Desk) -> None:
    with pytest.raises(Problem, match="is not kept on a day · --pin · kept on a day are: none"):
        planning.begin_route(begun, Wishes(unpinned=("la-vectors",)))


@pytest.mark.parametrize(
    "text",
    [
        '{"nodes": [], "edges": []}',
        '{"nodes": [{"id": "1", "type": "title", "data": {"label": "x"}}], "edges": []}',
        "# A title\n\nProse, and nothing to do.\n",
    ],
)
def test_what_has_no_work_is_not_kept_as_a_route(desk: Desk, text: str) -> None:
    with pytest.raises(Problem, match="nothing in this document can be planned"):
        importing.keep(desk, text, "mine", {})
    assert "mine" not in standing(desk).imported
