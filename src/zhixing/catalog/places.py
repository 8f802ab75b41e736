"""Where is it? A file, a line and a key that a person can open and mend.

tomllib gives values without their lines, so a letter looks its line up in the text, only then.
"""

import re

from zhixing.words import Said, say


def at(file: str, line: int | None = None, key: str = "") -> Said:
    """A place that a person can open."""
    if line and key:
        return say("{file}, line {line}, key {key}", file=file, line=line, key=key)
    if line:
        return say("{file}, line {line}", file=file, line=line)
    if key:
        return say("{file}, key {key}", file=file, key=key)
    return say("{file}", file=file)


def dotted(path: tuple[str | int, ...]) -> str:
    """("mutants", 2, "find") -> mutants[3].find, counted from 1 as people do."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def line_of(text: str, path: tuple[str | int, ...]) -> int | None:
    """The 1-based line of a table or key, None where the text does not show it plainly."""
    lines = text.splitlines()
    for tables in range(len(path), -1, -1):
        header = _header(path[:tables])
        start = 0 if header is None else _nth(lines, *header)
        if start is None:
            continue
        rest = [part for part in path[tables:] if isinstance(part, str)]
        if rest and start == 0:
            return _key_below(lines, 0, rest[0]) or _first_table(lines, rest[0])
        return _key_below(lines, start, rest[0]) or start if rest else start or None
    return None


def _header(path: tuple[str | int, ...]) -> tuple[re.Pattern[str], int] | None:
    """The pattern of a table's header line and how often it occurs before; None for the top."""
    if not path:
        return None
    names = r"\s*\.\s*".join(rf"""["']?{re.escape(p)}["']?""" for p in path if isinstance(p, str))
    last = path[-1]
    if isinstance(last, int):
        return re.compile(rf"\s*\[\[\s*{names}\s*\]\]"), last
    return re.compile(rf"\s*\[\s*{names}\s*\]"), 0


def _nth(lines: list[str], header: re.Pattern[str], before: int) -> int | None:
    numbers = [n for n, line in enumerate(lines, 1) if header.match(line)]
    return numbers[before] if before < len(numbers) else None


def _first_table(lines: list[str], key: str) -> int | None:
    """The line of `[key.…]` or `[[key]]`, where a key is written as tables."""
    header = re.compile(rf"""\s*\[+\s*["']?{re.escape(key)}["']?\s*[.\]]""")
    return next((number for number, line in enumerate(lines, 1) if header.match(line)), None)


def _key_below(lines: list[str], start: int, key: str) -> int | None:
    """The line of `key = …` after line `start` and before the next header."""
    wanted = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""")
    for number, line in enumerate(lines[start:], start + 1):
        if wanted.match(line):
            return number
        if re.match(r"\s*\[+[\w\s.\"'-]+\]+\s*(?:#.*)?$", line):
            return None
    return None
