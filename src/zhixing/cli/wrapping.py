"""Where may a line end? After a space, and around most Chinese signs; never inside a path.

A line does not begin with a closing sign nor end with an opening one (GB/T 15834). A word that is
longer than a line stands on a line of its own and runs over its end: a path that is cut cannot be
copied.
"""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

NOT_FIRST = frozenset("。，、；：！？…—～·”’》〉）】〗」』〕％,.;:!?)]}%")
NOT_LAST = frozenset("“‘《〈（【〖「『〔([{")


def wrapped(text: Text, cells: int) -> list[Text]:
    """The text in lines of at most `cells` cells, styles kept; at least one line."""
    breaks = list(_ends_of_lines(text.plain, cells))
    lines = text.divide(breaks) if breaks else [text]
    for number, line in enumerate(lines):
        line.rstrip()
        if number:
            spaces = len(line.plain) - len(line.plain.lstrip(" "))
            lines[number] = line[spaces:] if spaces else line
    return list(lines)


def _ends_of_lines(plain: str, cells: int) -> Iterator[int]:
    """The offsets at which a line ends."""
    used, start = 0, 0
    for begin, end in _pieces(plain):
        piece = plain[begin:end]
        if "\n" in piece:
            used, start = 0, end
            yield end
            continue
        width = cell_len(piece)
        if used and used + cell_len(piece.rstrip(" ")) > cells and begin > start:
            yield begin
            used, start = 0, begin
        used += width


def _pieces(plain: str) -> Iterator[tuple[int, int]]:
    """(begin, end) of what stays together: a word with its spaces, or a Chinese sign with the
    signs that may not be parted from it."""
    begin = 0
    for place in range(1, len(plain) + 1):
        if place == len(plain) or _may_part(plain[place - 1], plain[place]):
            yield begin, place
            begin = place


def _may_part(before: str, after: str) -> bool:
    """Whether a line may end between two signs that stand side by side."""
    if before == "\n" or after == "\n":
        return True
    if before == " ":
        return after != " "
    if after == " " or after in NOT_FIRST or before in NOT_LAST:
        return False
    return _is_wide(before) or _is_wide(after)


def _is_wide(sign: str) -> bool:
    return sign > "\u2e7f" and cell_len(sign) == 2
