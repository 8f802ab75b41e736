"""What was missed comes first on today's page, and a mended plan says what it moved."""

from datetime import date

import pytest

from zhixing.actions import days, planning
from zhixing.actions.desk import Desk
from zhixing.actions.foreseeing import reasons
from zhixing.actions.outlooks import reasons_of
from zhixing.actions.planning import Wishes
from zhixing.actions.replanning import farthest, mended_plan
from zhixing.actions.standing import standing

MONDAY = date(2026, 12, 7)
FAR = 5


@pytest.fixture
def begun(desk: Desk) -> Desk:
    planning.begin_route(desk, Wishes(hours_per_week=15, start=MONDAY))
    return desk


def test_the_first_missed_task_is_now_and_all_missed_ones_are_listed(begun: Desk, clock) -> None:
    first = days.today(begun).lines[0].task.id
    assert days.today(begun).late == ()
    clock.forward(days=2)
    page = days.today(begun)
    assert page.next is not None
    assert page.next.task.id == first
    assert {line.task.id for line in page.late} == {piece.task for piece in page.missed}
    assert page.next is page.late[0]
    days.begin(begun, page.next.command.split()[-1])
    assert days.today(begun).next.task.id == first


def test_a_day_says_of_its_pieces_whether_the_plan_was_mended(begun: Desk, clock) -> None:
    before = standing(begun).plan
    assert mended_plan(standing(begun)) is None
    clock.forward(days=2)
    planning.choose(begun, "slide")
    assert mended_plan(standing(begun)) == before
    on = days.today(begun).date
    moved = [one for one in reasons(begun, on) if before.day(on) and one.piece.task
             not in {piece.task for piece in before.day(on).pieces}]  # fmt: skip
    assert moved
    for one in moved:
        said = [reason.render("en") for reason in one.reasons]
        assert any("came here when the plan was mended" in words for words in said)
        assert "it is its turn in the order of the route" not in said
    assert reasons_of(begun, [on])[on][0].reasons == reasons(begun, on)[0].reasons


def test_what_moves_farthest_is_named_with_its_days(begun: Desk, clock) -> None:
    clock.forward(days=2)
    plan = standing(begun).plan
    for way in planning.ways_on(begun):
        named = farthest(begun, plan, way.plan)
        assert 0 < len(named) <= FAR
        far = [abs((one.new - one.old).days) for one in named]
        assert far == sorted(far, reverse=True)
        assert all(one.title != one.task for one in named)
    assert farthest(begun, plan, plan) == ()
