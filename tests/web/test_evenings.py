"""What an evening in the pages promises: nothing typed is lost, and a kept plan starts fairly."""

from datetime import timedelta

from zhixing.actions import days
from zhixing.actions.standing import standing

TRIAL = {"coding": "some", "maths": "faded", "hours": "15", "first": "trial"}


def test_done_keeps_the_note_that_was_typed_beside_it(begun) -> None:
    with begun.desk() as desk:
        task = days.today(desk).lines[0].task.id
    typed = {"minutes": "30", "text": "A span is every place.", "base": ""}
    begun.send(f"/task/done?id={task}", typed)
    with begun.desk() as desk:
        now = standing(desk)
        assert now.done[task].minutes == 30
        assert now.notes[task].text == "A span is every place."


def test_done_with_an_empty_note_leaves_the_note_as_it_was(begun) -> None:
    with begun.desk() as desk:
        task = days.today(desk).lines[0].task.id
        days.note(desk, task, "kept")
    begun.send(f"/task/done?id={task}", {"text": "  "})
    with begun.desk() as desk:
        assert standing(desk).notes[task].text == "kept"


def test_a_plan_kept_after_an_evening_of_the_trial_begins_on_the_next_one(client) -> None:
    client.send("/welcome/begin", TRIAL)
    with client.desk() as desk:
        assert [day.date for day in standing(desk).plan.days] == [
            desk.today(), desk.today() + timedelta(days=1),
        ]  # fmt: skip
        note = days.today(desk).lines[-1].task.id
    client.send(f"/task/done?id={note}", {"text": "a line"})
    client.send("/welcome/keep")
    with client.desk() as desk:
        now = standing(desk)
        assert now.profile.route != "try-two-days"
        assert now.plan.days[0].date == desk.today() + timedelta(days=1)


def test_the_end_of_the_trial_shows_the_plan_that_waits(client) -> None:
    client.send("/welcome/begin", TRIAL)
    client.moment += timedelta(days=3)
    page = client.read("/")
    assert "The two days are over" in page
    assert "15 hours a week" in page
