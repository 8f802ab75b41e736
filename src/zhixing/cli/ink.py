"""Paper and ink in the terminal: one width, one palette, Chinese and Latin set side by side.

One vermilion, for the next action and for slips; a quiet green for what passed; all else is ink.
"""

from collections.abc import Iterable, Sequence
from typing import IO, Literal

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from zhixing.cli.wrapping import wrapped
from zhixing.words import Language, Sayable

Tone = Literal["ink", "seal", "good", "quiet", "strong"]
STYLES: dict[Tone, str] = {
    "ink": "",
    "seal": "bold #d3381c",
    "good": "#4f9a63",
    "quiet": "dim",
    "strong": "bold",
}
WIDEST = 76
"""Cells of a line: 2 of margin and 74 of text."""

MARGIN = 2
Span = str | Sayable | tuple[str | Sayable, Tone]


class _Console(Console):
    """A console that leaves a closed pipe to the door: rich would exit with 1."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class Paper:
    """A page being written, line by line, on one stream."""

    def __init__(self, stream: IO[str], language: Language, width: int | None = None) -> None:
        self.language = language
        self.console = _Console(
            file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False
        )
        on_terminal = self.console.is_terminal
        self.width = max(30, min(self.console.width - 1, WIDEST)) if on_terminal else WIDEST
        self.live = on_terminal and not self.console.is_dumb_terminal

    def say(self, *spans: Span, indent: int = MARGIN, hang: int = 0) -> None:
        """A paragraph, wrapped; the lines after the first stand `hang` cells further in."""
        for line in self._wrapped(self.text(*spans), indent, hang):
            self._put(line)

    def exact(self, *spans: Span, indent: int = MARGIN) -> None:
        """A line that is never wrapped: commands, paths, code."""
        text = Text(" " * indent)
        text.append_text(self.text(*spans))
        self._put(text)

    def command(self, line: str, indent: int = MARGIN) -> None:
        """The one next action."""
        self.exact(("▸ ", "seal"), (line, "seal"), indent=indent)

    def head(self, *spans: Span) -> None:
        self.say(*((span, "strong") if not isinstance(span, tuple) else span for span in spans))

    def gap(self) -> None:
        self.console.print()

    def entry(self, before: Sequence[Span], title: Span, after: Sequence[Span] = ()) -> None:
        """A line of a list: a short mark, a title that may wrap, a short remark at the right."""
        mark, remark = self.text(*before), self.text(*after)
        indent = MARGIN + mark.cell_len
        room = self.width - indent - (remark.cell_len + 2 if after else 0)
        for number, line in enumerate(wrapped(self.text(title), max(10, room))):
            whole = Text(" " * MARGIN)
            whole.append_text(mark if number == 0 else Text(" " * mark.cell_len))
            whole.append_text(line)
            if number == 0 and after:
                whole.append(" " * max(2, self.width - whole.cell_len - remark.cell_len))
                whole.append_text(remark)
            self._put(whole)

    def columns(self, rows: Iterable[Sequence[Span]], right: frozenset[int] = frozenset()) -> None:
        """A small table without lines; columns are as wide as their widest entry, `right` ones
        stand flush right, the last one is left as it is."""
        texts = [[self.text(span) for span in row] for row in rows]
        count = max((len(row) for row in texts), default=0)
        widths = [max(row[n].cell_len for row in texts if n < len(row)) for n in range(count)]
        for row in texts:
            line = Text(" " * MARGIN)
            for n, cell in enumerate(row):
                room = " " * (widths[n] - cell.cell_len)
                if n in right:
                    line.append(room)
                line.append_text(cell)
                if n not in right and n < len(row) - 1:
                    line.append(room)
                if n < len(row) - 1:
                    line.append("  ")
            self._put(line)

    def text(self, *spans: Span) -> Text:
        """Spans as one styled text in the page's language."""
        text = Text()
        for span in spans:
            said, tone = span if isinstance(span, tuple) else (span, "ink")
            text.append(said if isinstance(said, str) else said.render(self.language), STYLES[tone])
        return text

    def _wrapped(self, text: Text, indent: int, hang: int) -> Iterable[Text]:
        for number, line in enumerate(wrapped(text, max(20, self.width - indent - hang))):
            whole = Text(" " * (indent + (hang if number else 0)))
            whole.append_text(line)
            yield whole

    def _put(self, line: Text) -> None:
        line.rstrip()
        self.console.print(line, soft_wrap=True)


def fitted(text: str, cells: int) -> str:
    """The text in exactly so many cells: cut with … or filled up."""
    if cell_len(text) > cells:
        return set_cell_size(set_cell_size(text, cells - 1).rstrip() + "…", cells)
    return set_cell_size(text, cells)


def bar(filled: int, planned: int, most: int, cells: int) -> tuple[str, str, str]:
    """A bar of `cells` cells for `most`: what is done, what is planned besides, and the rest."""
    if most <= 0:
        return "", "", ""
    upto = min(cells, round(cells * planned / most))
    done = min(upto, round(cells * filled / most))
    return "━" * done, "─" * (upto - done), " " * (cells - upto)
