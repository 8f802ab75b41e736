"""Work that comes back is done time by time; the task is done when the last of them is."""

from datetime import date

import pytest

from zhixing.actions import days, planning
from zhixing.actions.desk import Desk
from zhixing.actions.planning import Wishes
from zhixing.actions.progress import progress
from zhixing.actions.routes import route
from zhixing.actions.standing import standing, with_plan
from zhixing.errors import Problem
from zhixing.records import Catalog, TaskDone

MONDAY = date(2026, 12, 7)
WEEKLY = "full-roadmap/paper:weekly"


@pytest.fixture
def papers(desk: Desk, built_in: Catalog) -> Desk:
    """A plan with a paper every week, on Monday evening of its first."""
    vars(desk)["catalog"] = built_in
    planning.begin_route(desk, Wishes(route="full-roadmap", hours_per_week=20, start=MONDAY))
    return desk


def dates(desk: Desk) -> list[date]:
    return [row.date for row in planning.rows(desk) if row.task == WEEKLY]


def states(desk: Desk) -> list[str]:
    return [row.state for row in planning.rows(desk) if row.task == WEEKLY]


def test_done_counts_the_time_that_is_due_and_saying_it_twice_counts_once(papers: Desk) -> None:
    first = days.done(papers, "paper:weekly", 40)
    assert first.on == dates(papers)[0]
    assert days.done(papers, "paper:weekly", 10) == first
    assert states(papers)[:2] == ["done", "open"]
    assert WEEKLY not in standing(papers).finished


def test_the_next_week_asks_for_it_again(papers: Desk, clock) -> None:
    one, two, *_ = dates(papers)
    clock.forward(days=(one - MONDAY).days)
    line = next(line for line in days.today(papers).lines if line.task.id == WEEKLY)
    days.done(papers, str(line.number))
    lines = {line.task.id: line.state for line in days.today(papers).lines}
    assert lines[WEEKLY] == "done"
    clock.forward(days=(two - one).days)
    lines = {line.task.id: line.state for line in days.today(papers).lines}
    assert lines[WEEKLY] == "open"


def test_a_time_may_be_named_by_its_number_in_the_plan(papers: Desk) -> None:
    assert days.done(papers, "paper:weekly@3").on == dates(papers)[2]
    assert states(papers)[:4] == ["open", "open", "done", "open"]
    assert days.done_before(papers, "paper:weekly@3") is not None
    assert days.done_before(papers, "paper:weekly@2") is None
    with pytest.raises(Problem, match="times of this task"):
        days.done(papers, "paper:weekly@9999")


def test_the_last_time_ends_the_task_and_undo_opens_it_again(papers: Desk) -> None:
    for number in range(len(dates(papers))):
        assert WEEKLY not in standing(papers).done
        days.done(papers, f"paper:weekly@{number + 1}")
    assert WEEKLY in standing(papers).finished
    planning.undo(papers)
    assert WEEKLY not in standing(papers).finished


def test_progress_counts_times_and_their_minutes(papers: Desk) -> None:
    days.done(papers, "paper:weekly@1", 40)
    days.done(papers, "paper:weekly@2")
    found = progress(papers)
    title = next(task.title for task in route(papers, "full-roadmap").tasks if task.id == WEEKLY)
    assert found.times[title] == (2, len(dates(papers)))
    _, _, plan = with_plan(papers)
    second = plan.day(dates(papers)[1])
    assert second is not None
    asked = next(piece.minutes for piece in second.pieces if piece.task == WEEKLY)
    assert found.minutes["study"] == 40 + asked


def test_a_week_done_before_the_plan_was_laid_out_anew_is_not_asked_for_again(
    papers: Desk, clock
) -> None:
    days.done(papers, "paper:weekly")
    clock.forward(days=1)
    planning.begin_route(papers, Wishes(weekday_hours=2, weekend_hours=6))
    in_week = [on for on in dates(papers) if on.isocalendar()[:2] == MONDAY.isocalendar()[:2]]
    shown = dict(zip(dates(papers), states(papers), strict=True))
    assert [shown[on] for on in in_week][:1] == ["done"]


def test_what_an_older_program_wrote_still_ends_all_of_it(papers: Desk) -> None:
    id_, learner, at = papers.stamp()
    papers.store.append(TaskDone(id=id_, learner=learner, at=at, task=WEEKLY))
    assert set(states(papers)) == {"done"}
    assert days.done(papers, "paper:weekly").id == id_
