"""One time of work that comes back is finished on its page; a part's pill tells the last try."""

from zhixing.actions import labs, planning
from zhixing.actions.planning import Wishes
from zhixing.actions.standing import standing
from zhixing.grader.grading import Judge
from zhixing.grader.starter import without_markers

WEEKLY = "full-roadmap/paper:weekly"
LAB, PART = "la-transform-rank", "combine"


def test_a_paper_of_the_week_is_done_on_its_page_and_comes_back_next_week(client) -> None:
    with client.desk() as desk:
        start = desk.today()
        planning.begin_route(desk, Wishes(route="full-roadmap", hours_per_week=20, start=start))
    client.send(f"/task/done?id={WEEKLY}", {"minutes": "30"})
    client.send(f"/task/done?id={WEEKLY}", {"minutes": "30"})
    with client.desk() as desk:
        assert [done.minutes for done in standing(desk).all_done] == [30]
        listed = [row for row in planning.rows(desk) if row.task == WEEKLY]
    assert [row.state for row in listed[:2]] == ["done", "open"]
    assert f'action="/task/begin?id={WEEKLY.replace(":", "%3A")}' not in client.read(
        f"/task?id={WEEKLY}"
    )
    client.moment += listed[1].date - start
    assert "/task/done?id=" in client.read(f"/task?id={WEEKLY}")


def test_a_part_keeps_its_tick_and_says_that_the_last_try_did_not_pass(begun) -> None:
    with begun.desk() as desk, Judge() as judge:
        lab = desk.catalog.labs[LAB]
        labs.start(desk, f"{LAB}#{PART}", notebook=False)
        file = labs.latest_answer(desk, LAB)
        file.write_text(without_markers(lab.solution), encoding="utf-8")
        assert labs.check(desk, f"{LAB}#{PART}", judge=judge).verdict.passed
        assert "data-failed-since" not in begun.read(f"/labs/{LAB}?part={PART}")
        file.write_text("x = 1\n", encoding="utf-8")
        assert not labs.check(desk, f"{LAB}#{PART}", judge=judge).verdict.passed
        page = begun.read(f"/labs/{LAB}?part={PART}")
        assert "(last try: not passed)" in page
        assert "the best try counts" in page
        assert page.count("✓ ") >= 1
        file.write_text(without_markers(lab.solution) + "\n", encoding="utf-8")
        assert labs.check(desk, f"{LAB}#{PART}", judge=judge).verdict.passed
        assert "data-failed-since" not in begun.read(f"/labs/{LAB}?part={PART}")
