"""From a route to an honest verdict: what a learner does over the first evenings."""

from datetime import date, timedelta

import pytest

from zhixing.actions import days, labs, planning
from zhixing.actions.desk import Desk
from zhixing.actions.planning import Wishes
from zhixing.actions.progress import progress
from zhixing.actions.routes import route
from zhixing.actions.standing import standing
from zhixing.errors import Problem
from zhixing.grader.grading import Judge
from zhixing.grader.starter import planted
from zhixing.planner.wanted import left_out

MONDAY = date(2026, 12, 7)
SOFTMAX = "dl-softmax-ce"


@pytest.fixture
def begun(desk: Desk) -> Desk:
    planning.begin_route(desk, Wishes(hours_per_week=15, start=MONDAY))
    return desk


def test_fifteen_hours_a_week_make_sixteen_weeks(desk: Desk) -> None:
    _, plan = planning.preview(desk, Wishes(hours_per_week=15, start=MONDAY))
    assert MONDAY + timedelta(weeks=15) < plan.finish < MONDAY + timedelta(weeks=16)


def test_thirty_hours_a_week_make_eight_weeks_or_fewer(desk: Desk) -> None:
    _, plan = planning.preview(desk, Wishes(hours_per_week=30, start=MONDAY))
    assert plan.finish < MONDAY + timedelta(weeks=8)


def test_every_day_of_the_first_week_is_the_routes_own_day(begun: Desk) -> None:
    found = {row.task: row.date for row in planning.rows(begun, week=1)}
    for task, on in found.items():
        listed = next(t for t in route(begun, "math-16-weeks").tasks if t.id == task)
        assert listed.week == 1
        assert on.isoweekday() == listed.day


def test_without_a_plan_today_says_how_to_make_one(desk: Desk) -> None:
    with pytest.raises(Problem, match="zhixing init"):
        days.today(desk)


def test_hours_given_twice_are_refused(desk: Desk) -> None:
    with pytest.raises(Problem, match="given twice"):
        planning.preview(desk, Wishes(hours_per_week=15, weekday_hours=2))


def test_an_unknown_direction_names_the_known_ones(desk: Desk) -> None:
    with pytest.raises(Problem, match="cv, nlp"):
        planning.preview(desk, Wishes(direction="poetry"))


def test_the_timer_measures_what_a_task_took(begun: Desk, clock) -> None:
    days.begin(begun, "1")
    clock.forward(minutes=52)
    assert days.done(begun, "1").minutes == 52
    assert days.today(begun).lines[0].state == "done"


def test_a_timer_that_ran_all_night_measures_nothing(begun: Desk, clock) -> None:
    days.begin(begun, "1")
    clock.forward(hours=13)
    clock.moment = clock.moment.replace(day=7, hour=23)
    assert days.done(begun, "1").minutes == 240
    clock.forward(hours=1)
    days.begin(begun, "3")
    clock.forward(hours=9)
    assert days.done(begun, "math-16-weeks/note:span-in-one-line").minutes is None


def test_a_clock_set_back_measures_nothing_and_breaks_nothing(begun: Desk, clock) -> None:
    days.begin(begun, "1")
    clock.forward(days=-400)
    assert days.done(begun, "1" if days.today(begun).lines else "la-vectors").minutes is None


def test_what_was_begun_this_evening_is_still_all_due(begun: Desk, clock) -> None:
    days.begin(begun, "1")
    assert days.today(begun).lines[0].piece.minutes == 45
    clock.forward(days=1)
    assert all(
        piece.task != "math-16-weeks/skill:la-vectors" or piece.minutes <= 25
        for piece in days.today(begun).missed
    )


def test_done_twice_is_done_once(begun: Desk) -> None:
    first = days.done(begun, "1", minutes=30)
    assert days.done(begun, "skill:la-vectors") == first
    assert progress(begun).tasks_done == 1


def test_saying_done_does_not_pass_a_lab(begun: Desk) -> None:
    with pytest.raises(Problem, match="a lab is done when it passes"):
        days.done(begun, "lab:la-transform-rank#combine")


def test_an_unknown_task_gets_the_nearest(begun: Desk) -> None:
    with pytest.raises(Problem, match="skill:la-vectors"):
        days.done(begun, "skill:la-vector")


def test_skip_and_undo_leave_no_trace_on_the_page(begun: Desk) -> None:
    before = days.today(begun)
    days.skip(begun, "1")
    assert days.today(begun).lines[0].state == "skipped"
    planning.undo(begun)
    assert days.today(begun) == before


def test_the_first_plan_cannot_be_undone(begun: Desk) -> None:
    with pytest.raises(Problem, match="nothing to take back"):
        planning.undo(begun)


def test_missed_days_are_offered_and_never_moved_in_silence(begun: Desk, clock) -> None:
    planned = standing(begun).plan
    clock.forward(days=2)
    page = days.today(begun)
    assert page.missed_days == 2
    assert standing(begun).plan == planned
    offered = {option.name for option in planning.ways_on(begun)}
    assert "slide" in offered
    chosen = planning.choose(begun, "slide")
    assert chosen.moved > 0
    assert days.today(begun).missed == ()
    assert planning.ways_on(begun) == ()
    assert planning.undo(begun).because == "slide"
    assert days.today(begun).missed_days == 2


def test_nothing_missed_is_nothing_to_replan(begun: Desk) -> None:
    assert planning.ways_on(begun) == ()
    with pytest.raises(Problem, match="nothing was missed"):
        planning.choose(begun, "slide")


def test_the_json_of_a_plan_adds_up(begun: Desk) -> None:
    exported = planning.as_json(begun)
    asked = route(begun, "math-16-weeks")
    tasks = [task for task in asked.tasks if task.id not in left_out(asked, None)]
    musts = {t.id: t.minutes for t in tasks if not t.optional and not t.recurring}
    pieces = [p for day in exported["days"] for p in day["pieces"]]  # type: ignore[attr-defined]
    assert sum(p["minutes"] for p in pieces if p["task"] in musts) == sum(musts.values())
    ahead = exported["forecast"]
    assert exported["finish"] <= ahead["p50"] <= ahead["p80"]  # type: ignore[index]


# --- labs -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def judge_here():  # type: ignore[no-untyped-def]
    with Judge() as judge:
        yield judge


def test_starter_hint_slip_and_pass(begun: Desk, judge_here: Judge) -> None:
    started = labs.start(begun, f"{SOFTMAX}#stable")
    lab = started.lab
    starter = labs.check(begun, f"{SOFTMAX}#stable", judge=judge_here)
    assert not starter.verdict.passed
    assert starter.verdict.slips == ()
    rungs = [labs.hint(begun, SOFTMAX).rung for _ in range(5)]
    assert rungs == [1, 2, 3, 4, 4]
    started.answer.write_text(planted(lab, lab.mutants[0]), encoding="utf-8")
    wrong = labs.check(begun, f"{SOFTMAX}#stable", judge=judge_here)
    assert [slip.id for slip in wrong.verdict.slips] == [lab.mutants[0].slip]
    assert wrong.tasks_done == ()
    with pytest.raises(Problem, match="shown after passing"):
        labs.solution_text(begun, SOFTMAX)
    started.answer.write_text(lab.solution, encoding="utf-8")
    right = labs.check(begun, f"{SOFTMAX}#stable", judge=judge_here)
    assert right.verdict.passed
    assert right.tasks_done == ("math-16-weeks/lab:dl-softmax-ce#stable",)
    whole = labs.check(begun, SOFTMAX, judge=judge_here)
    assert set(whole.tasks_done) == {
        "math-16-weeks/lab:dl-softmax-ce#gradient",
        "math-16-weeks/lab:dl-softmax-ce#ignore",
    }
    assert "<answer>" not in labs.solution_text(begun, SOFTMAX)
    level = progress(begun).mastery.skills["softmax-cross-entropy"].level
    assert level == "can"


def test_the_same_answer_gets_the_same_seed(begun: Desk, judge_here: Judge) -> None:
    labs.start(begun, SOFTMAX)
    one, two = (labs.check(begun, SOFTMAX, judge=judge_here).verdict.seed for _ in range(2))
    assert one == two


def test_a_run_with_a_given_seed_is_shown_and_never_counted(begun: Desk, judge_here: Judge) -> None:
    started = labs.start(begun, SOFTMAX)
    started.answer.write_text(started.lab.solution, encoding="utf-8")
    rerun = labs.check(begun, SOFTMAX, seed="mine", judge=judge_here)
    assert rerun.verdict.passed
    assert rerun.tasks_done == ()
    assert not rerun.counted
    assert progress(begun).labs == ()


def test_an_answer_is_never_written_over(begun: Desk) -> None:
    started = labs.start(begun, SOFTMAX)
    started.answer.write_text("mine = 1\n", encoding="utf-8")
    assert labs.start(begun, SOFTMAX).kept
    assert started.answer.read_text(encoding="utf-8") == "mine = 1\n"
    again = labs.start(begun, SOFTMAX, again=True)
    assert not again.kept
    assert (again.answer.parent / "answer.1.py").read_text(encoding="utf-8") == "mine = 1\n"


@pytest.mark.parametrize(
    ("reference", "words"),
    [("dl-softmax", "dl-softmax-ce"), ("dl-softmax-ce#stabel", "stable")],
)
def test_unknown_labs_and_parts_get_the_nearest(reference: str, words: str, desk: Desk) -> None:
    with pytest.raises(Problem, match=words):
        labs.start(desk, reference)


def test_an_answer_that_is_no_text_is_a_problem(begun: Desk, judge_here: Judge) -> None:
    started = labs.start(begun, SOFTMAX)
    started.answer.write_bytes(b"\xff\xfe\x00x")
    with pytest.raises(Problem, match="UTF-8"):
        labs.check(begun, SOFTMAX, judge=judge_here)
    started.answer.unlink()
    with pytest.raises(Problem, match="zhixing start"):
        labs.check(begun, SOFTMAX, judge=judge_here)
    started.answer.write_text("x = '" + "x" * (2 * 1024 * 1024) + "'\n")
    with pytest.raises(Problem, match="1 MiB"):
        labs.check(begun, SOFTMAX, judge=judge_here)
