"""A graded class as CSV, and as a page of Markdown, in one language."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from zhixing.export.class_summary import (
    VERDICTS,
    ClassRow,
    ClassSummary,
    band_name,
    note,
    shown_name,
)
from zhixing.words import Language, Said, say

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
MOST = 10

COLUMNS = (
    say("answer"), say("verdict"), say("score"), say("first to mend"), say("what it says"),
    say("slips"), say("same text as"), say("CPU seconds"), say("remark"),
)  # fmt: skip


def cells(summary: ClassSummary, row: ClassRow, language: Language) -> list[str | float]:
    """One answer, a cell a column; the scores of the parts stand after the score."""
    first = summary.lab.check_title(row.first).render(language) if row.first else ""
    says = row.message.render(language) if row.message else ""
    slips = "; ".join(dict.fromkeys(slip.why.render(language) for slip in row.slips))
    parts = [row.parts.get(part, "") for part in summary.parts]
    notes = "; ".join(one.render(language) for one in note(row))
    graded = row.verdict != "error"
    return [
        shown_name(row.answer), VERDICTS[row.verdict].render(language), row.score if graded else "",
        *parts, first, says, slips, shown_name(row.same_as or ""),
        round(row.cpu_seconds, 3) if graded else "", notes,
    ]  # fmt: skip


def columns(summary: ClassSummary, language: Language) -> list[str]:
    titles = [
        part.title.render(language) for part in summary.lab.parts if part.name in summary.parts
    ]
    names = [one.render(language) for one in COLUMNS]
    return [*names[:3], *titles, *names[3:]]


def as_csv(summary: ClassSummary, language: Language) -> bytes:
    """A line an answer, UTF-8 with a mark so that Excel reads the Chinese; no formula in it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(columns(summary, language))
    for row in summary.rows:
        writer.writerow([_harmless(cell) for cell in cells(summary, row, language)])
    return stream.getvalue().encode("utf-8-sig", "backslashreplace")


def _harmless(cell: str | float) -> str | float:
    """A text that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return "'" + cell
    return cell


def as_markdown(summary: ClassSummary, language: Language) -> bytes:
    """The summary as a page: counts, scores, checks, slips, and every answer."""
    text = "\n".join(_page(summary, language)) + "\n"
    return text.encode("utf-8", "backslashreplace")


def _page(summary: ClassSummary, language: Language) -> Iterator[str]:
    def said(template: Said) -> str:
        return template.render(language)

    yield f"# {_plain(summary.lab.title.render(language))}\n"
    yield from _table([said(say("verdict")), said(say("answers"))], [
        [VERDICTS[name].render(language), str(summary.verdicts[name])] for name in VERDICTS
    ])  # fmt: skip
    yield from _table([said(say("score")), said(say("answers"))], [
        [band_name(n), str(count)] for n, count in enumerate(summary.bands)
    ])  # fmt: skip
    yield f"## {said(say('Checks'))}\n"
    yield from _table([said(say("check")), said(say("passed")), said(say("of"))], [
        [summary.lab.check_title(name).render(language), str(summary.passing(name)),
         str(len(summary.graded))] for name in summary.checks
    ])  # fmt: skip
    if summary.slips:
        yield f"## {said(say('Commonest slips'))}\n"
        yield from _table([said(say("answers")), said(say("slip"))], [
            [str(len(one.answers)), one.slip.why.render(language)] for one in summary.slips[:MOST]
        ])  # fmt: skip
    yield f"## {said(say('Answers'))}\n"
    rows = [[str(cell) for cell in cells(summary, row, language)] for row in summary.rows]
    yield from _table(columns(summary, language), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(map(_plain, head)) + " |"
    yield "|" + " --- |" * len(head)
    for row in rows:
        yield "| " + " | ".join(map(_plain, row)) + " |"
    yield ""


def _plain(cell: str) -> str:
    """Text that Markdown shows as it is, in one line."""
    escaped = "".join("\\" + c if c in "\\`*_[]<>|#" else c for c in cell)
    return " ".join(escaped.split())
