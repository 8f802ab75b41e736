"""Notes: all of them, newest first; a week on one page; both as Markdown."""

from itertools import groupby
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from zhixing.actions import summaries
from zhixing.actions.standing import standing, with_plan
from zhixing.actions.summary_text import BY, as_markdown, hours_of, notes_as_markdown, week_title
from zhixing.web.pages.today import running
from zhixing.web.visit import VisitDep

router = APIRouter()

A_PAGE = 40
"""Notes on one page of the list."""
LONGEST_SET = 20_000
"""Letters. A longer note is shown as plain text: setting it as Markdown could take minutes."""
LONGEST_SHOWN = 100_000
"""Letters of one note in the list; the page of its task and the Markdown have all of it."""


@router.get("/notes")
def notes_page(at: VisitDep, q: str = "", start: int = 0) -> Response:
    if standing(at.desk).plan is None:
        return at.go("/welcome")
    asked = q.strip()[:200]
    every = summaries.all_notes(at.desk)
    found = summaries.all_notes(at.desk, asked) if asked else every
    start = min(max(0, start), max(0, len(found) - 1))
    shown = found[start : start + A_PAGE]
    return at.page(
        "notes.html",
        q=asked,
        count=len(every),
        found=len(found),
        weeks=[(n, list(some)) for n, some in groupby(shown, key=lambda note: note.week)],
        before=max(0, start - A_PAGE) if start else None,
        after=start + A_PAGE if start + A_PAGE < len(found) else None,
        query=f"q={quote(asked)}&" if asked else "",
        week_title=week_title,
        this_week=summaries.this_week(at.desk),
        longest=LONGEST_SET,
        longest_shown=LONGEST_SHOWN,
        running=running(at),
    )


@router.get("/notes/week")
def week_page(at: VisitDep, n: int | None = None) -> Response:
    with_plan(at.desk)
    number = summaries.this_week(at.desk) if n is None else n
    week = summaries.week_summary(at.desk, number)
    return at.page(
        "week_notes.html",
        week=week,
        title=week_title(week.number, week.monday),
        hours=hours_of(week),
        BY=BY,
        span=summaries.span(at.desk),
        longest=LONGEST_SET,
        running=running(at),
    )


@router.get("/notes/week.md")
def week_markdown(at: VisitDep, n: int | None = None) -> Response:
    with_plan(at.desk)
    number = summaries.this_week(at.desk) if n is None else n
    text = as_markdown(summaries.week_summary(at.desk, number), at.language)
    return _file(text, f"zhixing-week-{number}.md")


@router.get("/notes/all.md")
def all_markdown(at: VisitDep) -> Response:
    text = notes_as_markdown(summaries.all_notes(at.desk), at.language)
    return _file(text, "zhixing-notes.md")


def _file(text: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="text/markdown; charset=utf-8", headers=headers)
