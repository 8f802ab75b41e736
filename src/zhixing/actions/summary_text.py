"""A week, and all notes, as Markdown to keep: what was written stands in quotes, word for word.

A quote ends where its lines end, so that an open code fence or comment in one note leaves the
others as they are.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from zhixing.actions.handouts import as_text
from zhixing.actions.summaries import DoneTask, Note, WeekLab, WeekSlip, WeekSummary
from zhixing.actions.wording import KINDS, day_month, days_between, duration, long_date
from zhixing.words import Language, Said, Sayable, say

_LINE_END = re.compile(r"\r\n|\r|\n")

BY: dict[str, Said] = {
    "lab": say("by passing its lab"),
    "learner": say("by your own word"),
    "self-review": say("by your own review"),
}


def as_markdown(week: WeekSummary, language: Language) -> str:
    """The week as one Markdown page."""
    return _joined(_week(week, language))


def notes_as_markdown(notes: Iterable[Note], language: Language) -> str:
    """All notes as one Markdown page, by day, in the order given."""
    return _joined(_notes(notes, language))


def week_title(number: int, within: datetime.date) -> Said:
    """Week 3 · 21–27 Dec, of the week that `within` lies in; one before the plan in force has no
    number."""
    monday = within - datetime.timedelta(days=within.weekday())
    days = days_between(monday, monday + datetime.timedelta(days=6))
    if number < 1:
        return say("Before this plan · {days}", days=days)
    return say("Week {n} · {days}", n=number, days=days)


def hours_of(week: WeekSummary) -> Said:
    """How long was worked, how much of it was measured, and what was planned."""
    worked, planned = duration(week.minutes), duration(week.planned)
    if week.measured == week.minutes:
        return say("{worked} worked, of {planned} planned", worked=worked, planned=planned)
    return say(
        "{worked} worked ({measured} measured, the rest as planned), of {planned} planned",
        worked=worked,
        measured=duration(week.measured),
        planned=planned,
    )


def _joined(lines: Iterator[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _week(week: WeekSummary, language: Language) -> Iterator[str]:
    def spoken(text: Sayable) -> str:
        return text.render(language)

    yield from (
        f"# {spoken(week_title(week.number, week.monday))}",
        "",
        as_text(week.route_title),
        "",
    )
    if week.units:
        yield from (f"*{as_text(' · '.join(week.units))}*", "")
    yield from (spoken(hours_of(week)), "")
    parts: tuple[tuple[Said, list[str]], ...] = (
        (say("Done"), [_done(task, language) for task in week.done]),
        (say("Left out"), [f"- {as_text(title)}" for title in week.skipped]),
        (say("Labs"), [_lab(lab, language) for lab in week.labs]),
        (say("Slips"), [_slip(slip, language) for slip in week.slips]),
        (say("Notes"), [line for note in week.notes for line in _note(note, language)]),
        (say("Still open"), [f"- {as_text(row.title)} ({_time(row.minutes, language)})"
                             for row in week.open]),
    )  # fmt: skip
    for heading, lines in parts:
        if lines:
            yield from (f"## {spoken(heading)}", "", *lines, "")


def _time(minutes: int, language: Language) -> str:
    return duration(minutes).render(language)


def _done(task: DoneTask, language: Language) -> str:
    said = say(
        "{kind} · {title} ({time}), {how}",
        kind=KINDS[task.kind],
        title=as_text(task.title),
        time=duration(task.minutes),
        how=BY[task.by],
    )
    return f"- [x] {said.render(language)}"


def _lab(lab: WeekLab, language: Language) -> str:
    tries = say("attempts: {n}, hints: {hints}", n=lab.attempts, hints=lab.hints).render(language)
    comma = "、" if language == "zh" else ", "
    passed = comma.join(as_text(part.render(language)) for part in lab.passed)
    name = as_text(lab.title.render(language))
    if not passed:
        return f"- {name}: {tries}"
    said = say("{lab}: passed {parts}; {tries}", lab=name, parts=passed, tries=tries)
    return f"- {said.render(language)}"


def _slip(one: WeekSlip, language: Language) -> str:
    how = say("mended") if one.mended else say("still open")
    return f"- {as_text(one.slip.why.render(language))} ({how.render(language)})"


def _note(note: Note, language: Language) -> Iterator[str]:
    yield from (f"### {as_text(note.title)} · {day_month(note.on).render(language)}", "")
    yield from (f"> {line}" if line else ">" for line in _LINE_END.split(note.text))
    yield ""


def _notes(notes: Iterable[Note], language: Language) -> Iterator[str]:
    yield from (f"# {say('Notes').render(language)}", "")
    for on, same in groupby(notes, key=lambda note: note.on):
        yield from (f"## {long_date(on).render(language)}", "")
        for note in same:
            yield from _note(note, language)
