"""A filled-in sheet on paper: what it would change, row by row, and what cannot be taken."""

from collections.abc import Iterator
from pathlib import Path

from zhixing.actions.exports import ReadBack, SheetChange
from zhixing.actions.wording import duration, long_date
from zhixing.cli.ink import Paper, Span
from zhixing.words import Said, say

BECOMES: dict[str, Said] = {
    "done": say("done"), "skipped": say("skipped"), "minutes": say("real minutes"),
    "note": say("note"),
}  # fmt: skip


def read_page(paper: Paper, found: ReadBack, remembered: int | None, file: Path) -> None:
    """What a sheet says; `remembered` changes were kept, None = it was only looked at."""
    paper.gap()
    paper.head(say("{n} changes in {file}", n=len(found.changes), file=file.name))
    for change in found.changes:
        paper.say(*_line(change), indent=4, hang=2)
    if found.letters:
        paper.gap()
        paper.head(say("not taken"))
        for letter in found.letters:
            paper.say((letter.render(paper.language), "quiet"), indent=4, hang=2)
    paper.gap()
    if remembered is not None:
        paper.say(say("{n} changes remembered; `zhixing undo` takes them back.", n=remembered))
    elif found.changes:
        paper.say((say("Nothing has changed yet. To take them:"), "quiet"))
        paper.command(f"zhixing plan read {file} --apply")
    paper.gap()


def _line(change: SheetChange) -> Iterator[Span]:
    yield (say("row {n}", n=change.row), "quiet")
    yield " · "
    yield (BECOMES[change.becomes], "good" if change.becomes == "done" else "ink")
    if change.minutes is not None:
        yield " "
        yield duration(change.minutes)
    yield f" · {change.title}"
    if change.on is not None:
        yield " · "
        yield (long_date(change.on), "quiet")
