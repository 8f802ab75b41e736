"""Where may a statement begin? Python text, line by line, without parsing any of it.

Hostile text can crash Python's own parser, and lines for a notebook's shell are no Python at all:
so strings, brackets and continued lines are followed by hand.
"""

import re
from dataclasses import dataclass

_PIECE = re.compile(r"#.*|'''|\"\"\"|['\"]|[(\[{]|[)\]}]")
_CLOSED = {
    quote: re.compile(r"(?:\\.|[^\\])*?" + quote, re.DOTALL) for quote in ("'''", '"""', "'", '"')
}


@dataclass
class Place:
    """Where a reader of Python stands at the start of a line: inside the string that `quote`
    opened, under `depth` open brackets, or on a line that a backslash `continued`."""

    quote: str = ""
    depth: int = 0
    continued: bool = False

    @property
    def fresh(self) -> bool:
        """Whether a statement may begin here."""
        return not (self.quote or self.depth or self.continued)

    def read(self, line: str) -> None:
        """Go to the start of the next line."""
        slash = (len(line) - len(line.rstrip("\\"))) % 2 == 1
        place = 0
        while place < len(line):
            if self.quote:
                closed = _CLOSED[self.quote].match(line, place)
                self.quote = "" if closed else self.quote
                place = closed.end() if closed else len(line)
            else:
                piece = _PIECE.search(line, place)
                self._meet(piece[0] if piece else "")
                slash = slash and not (piece and piece[0].startswith("#"))
                place = piece.end() if piece else len(line)
        if len(self.quote) == 1 and not slash:
            self.quote = ""  # a string of one line that nobody closed
        self.continued = slash and not self.quote

    def _meet(self, piece: str) -> None:
        if piece in _CLOSED:
            self.quote = piece
        elif piece and piece in "([{":
            self.depth += 1
        elif piece and piece in ")]}":
            self.depth = max(0, self.depth - 1)
