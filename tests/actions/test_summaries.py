"""A week on one page: what was done, tried, written, and what stayed open; nothing lost."""

from datetime import date
from pathlib import Path

import pytest

from zhixing.actions import days, labs, planning
from zhixing.actions.desk import Desk
from zhixing.actions.planning import Wishes
from zhixing.actions.standing import standing
from zhixing.actions.summaries import (
    all_notes,
    hours_by_week,
    span,
    this_week,
    week_summary,
)
from zhixing.actions.summary_text import as_markdown, notes_as_markdown
from zhixing.errors import Problem
from zhixing.grader.grading import Judge
from zhixing.records import Lab

MONDAY = date(2026, 12, 7)
VECTORS = "math-16-weeks/skill:la-vectors"
SPAN = "math-16-weeks/note:span-in-one-line"
MAPS = "math-16-weeks/note:three-maps-drawn"
COMBINE = "la-transform-rank#combine"


@pytest.fixture
def begun(desk: Desk) -> Desk:
    planning.begin_route(desk, Wishes(hours_per_week=15.0, start=MONDAY))
    return desk


def slipped(lab: Lab) -> tuple[str, str]:
    """An answer with a planted slip of the first part, and the slip."""
    checks = set(lab.parts[0].checks)
    mutant = next(one for one in lab.mutants if set(one.fails) & checks)
    source = lab.solution
    for edit in mutant.edits:
        source = source.replace(edit.find, edit.put)
    return source, mutant.slip


def test_before_anything_happened_there_are_no_notes_and_no_weeks(desk: Desk) -> None:
    assert all_notes(desk) == ()
    assert hours_by_week(desk) == ()
    with pytest.raises(Problem):
        week_summary(desk, 1)


def test_a_week_tells_what_was_done_how_and_for_how_long(begun: Desk, clock) -> None:
    days.begin(begun, VECTORS)
    clock.forward(minutes=50)
    days.done(begun, VECTORS)
    days.done(begun, SPAN)
    week = week_summary(begun, 1)
    assert [(one.task, one.minutes, one.measured, one.by) for one in week.done] == [
        (VECTORS, 50, True, "learner"),
        (SPAN, 15, False, "learner"),
    ]
    assert (week.minutes, week.measured) == (65, 50)
    assert week.planned == sum(planning.weeks(begun)[0].minutes)
    assert (week.monday, week.sunday) == (MONDAY, date(2026, 12, 13))


def test_labs_are_told_with_attempts_hints_and_slips_met_and_mended(
    begun: Desk, tmp_path: Path, judge: Judge, clock
) -> None:
    lab = begun.catalog.labs["la-transform-rank"]
    source, slip = slipped(lab)
    answer = tmp_path / "answer.py"
    answer.write_text(source, encoding="utf-8")
    labs.check(begun, COMBINE, answer, judge=judge)
    labs.hint(begun, COMBINE)
    met = week_summary(begun, 1)
    assert [(one.slip.id, one.mended) for one in met.slips] == [(slip, False)]
    assert [(one.attempts, one.hints, one.passed) for one in met.labs] == [(1, 1, ())]
    clock.forward(days=7)
    answer.write_text(lab.solution, encoding="utf-8")
    labs.check(begun, COMBINE, answer, judge=judge)
    assert [one.mended for one in week_summary(begun, 1).slips] == [True]
    second = week_summary(begun, 2)
    assert [one.passed for one in second.labs] == [(lab.parts[0].title,)]
    assert second.slips == ()
    assert [one.by for one in second.done] == ["lab"]
    clock.forward(days=7)
    labs.check(begun, COMBINE, answer, judge=judge)
    assert week_summary(begun, 3).labs[0].passed == (), "what was passed before is not new"


def test_a_note_stands_in_each_week_as_it_was_written_then(begun: Desk, clock) -> None:
    days.note(begun, SPAN, "first")
    days.note(begun, MAPS, "maps")
    clock.forward(days=8)
    days.note(begun, SPAN, "second")
    assert [note.text for note in week_summary(begun, 1).notes] == ["first", "maps"]
    assert [note.text for note in week_summary(begun, 2).notes] == ["second"]
    assert [(n.task, n.text) for n in all_notes(begun)] == [(SPAN, "second"), (MAPS, "maps")]


def test_a_note_that_was_emptied_is_gone(begun: Desk) -> None:
    days.note(begun, SPAN, "here")
    days.note(begun, SPAN, " \n")
    assert all_notes(begun) == ()
    assert week_summary(begun, 1).notes == ()


@pytest.mark.parametrize(("asked", "found"), [("SPAN reach", 1), ("collapse", 1), ("zebra", 0)])
def test_notes_are_found_by_all_words_in_text_or_title(begun: Desk, asked: str, found: int) -> None:
    days.note(begun, SPAN, "what the columns can reach")
    days.note(begun, MAPS, "drawn")
    assert len(all_notes(begun, asked)) == found


def test_what_is_left_out_and_what_stays_open_is_said(begun: Desk) -> None:
    planned = {row.task for row in planning.rows(begun, 1)}
    days.skip(begun, SPAN)
    days.done(begun, VECTORS)
    week = week_summary(begun, 1)
    assert len(week.skipped) == 1
    assert {row.task for row in week.open} == planned - {SPAN, VECTORS}
    assert len({row.task for row in week.open}) == len(week.open), "a task is named once"


def test_what_was_taken_back_is_not_told(begun: Desk) -> None:
    days.done(begun, VECTORS)
    planning.undo(begun)
    assert week_summary(begun, 1).done == ()


def test_an_evening_belongs_to_the_week_where_the_learner_is(begun: Desk, clock) -> None:
    clock.forward(days=6, hours=4.9)  # Sunday 23:54 in Shanghai
    days.done(begun, VECTORS)
    clock.forward(hours=0.2)  # Monday 00:06; still Sunday in UTC
    days.done(begun, SPAN)
    assert [one.task for one in week_summary(begun, 1).done] == [VECTORS]
    assert [one.task for one in week_summary(begun, 2).done] == [SPAN]


def test_nothing_is_lost_when_the_plan_begins_anew(begun: Desk, clock) -> None:
    days.done(begun, VECTORS)
    days.note(begun, SPAN, "from the old plan")
    clock.forward(days=15)
    planning.begin_route(begun, Wishes(hours_per_week=8.0))
    assert span(begun)[0] == -1
    assert [one.task for one in week_summary(begun, -1).done] == [VECTORS]
    assert [note.week for note in all_notes(begun)] == [-1]
    assert "Before this plan · 7–13 Dec" in as_markdown(week_summary(begun, -1), "en")
    hours = hours_by_week(begun)
    assert (hours[0].number, hours[0].worked, hours[0].planned) == (-1, 45, 0)


def test_a_week_that_is_not_there_is_a_letter_with_those_that_are(begun: Desk) -> None:
    first, last = span(begun)
    for n in (first - 1, last + 1, 10**9, -(10**9)):
        with pytest.raises(Problem, match=f"weeks {first} to {last}"):
            week_summary(begun, n)
    assert week_summary(begun, last).done == ()


def test_this_week_is_held_within_the_plan(begun: Desk, clock) -> None:
    assert this_week(begun) == 1
    clock.forward(days=9)
    assert this_week(begun) == 2
    clock.forward(days=3000)
    assert this_week(begun) == span(begun)[1]


def test_hours_are_counted_in_the_week_in_which_they_were_worked(begun: Desk, clock) -> None:
    days.done(begun, VECTORS, minutes=30)
    clock.forward(days=7)
    days.done(begun, SPAN, minutes=90)
    hours = hours_by_week(begun)
    assert [week.worked for week in hours[:3]] == [30, 90, 0]
    planned = [sum(week.minutes) for week in planning.weeks(begun)]
    assert [week.planned for week in hours] == planned


@pytest.mark.parametrize(
    "hostile",
    ["```python\nnever closed", "<!-- never closed", "~~~~\n```\n", "text\n===\n---", "<script>"],
)
def test_in_markdown_no_note_swallows_what_comes_after(begun: Desk, hostile: str) -> None:
    from markdown_it import MarkdownIt

    days.note(begun, SPAN, hostile)
    days.note(begun, MAPS, "the last word")
    for text in (
        as_markdown(week_summary(begun, 1), "en"),
        notes_as_markdown(all_notes(begun), "zh"),
    ):
        tokens = MarkdownIt("commonmark").parse(text)
        quotes = [token for token in tokens if token.type == "blockquote_open"]
        assert len(quotes) == 2, "each note in a quote of its own"
        for line in hostile.split("\n"):
            assert f"> {line}" in text or (not line and "\n>\n" in text)
        assert "> the last word" in text


def test_markdown_speaks_both_languages_and_keeps_a_note_word_for_word(begun: Desk) -> None:
    days.done(begun, VECTORS)
    days.note(begun, SPAN, "two  \nlines, one\twide\n\n    code")
    for language in ("zh", "en"):
        text = as_markdown(week_summary(begun, 1), language)
        assert "> two  \n> lines, one\twide\n>\n>     code\n" in text
        assert "{" not in text


def test_a_task_of_a_route_that_is_gone_still_has_its_note(begun: Desk) -> None:
    from zhixing.records import NoteSaved

    made = begun.stamp()
    begun.store.append(
        NoteSaved(id=made[0], learner=made[1], at=made[2], task="gone/note:x", text="kept")
    )
    (note,) = all_notes(begun)
    assert (note.title, note.here, note.text) == ("gone/note:x", False, "kept")
    assert standing(begun).notes["gone/note:x"].text == "kept"
