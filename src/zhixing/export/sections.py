"""A lab in pieces for a notebook: the sections of its statement, each with the code it asks for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhixing.export.statements import Place

_DEFINES = re.compile(r"(?:async\s+def|def|class)\s+(\w+)")
_BACKTICKED = re.compile(r"`([^`\n]+)`")
_NAME = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True)
class Section:
    """A text in Markdown, and the code that belongs below it; "" = none."""

    text: str
    code: str


def sectioned(statement: str, starter: str) -> tuple[Section, ...]:
    """The sections of a statement with their share of the starter: each definition stands below
    the section that names it first. Where that would change the order of the definitions, or a
    section would be left without any, all code stands in one piece at the end."""
    head, *texts = _texts(statement)
    opening, *definitions = _definitions(starter)
    section_of = _first_to_name(texts)
    filled = _filled([section_of.get(name) for name, _ in definitions])
    if not texts or set(filled) != set(range(len(texts))) or filled != sorted(filled):
        return (*(Section(text, "") for text in (head, *texts)), Section("", starter.strip("\n")))
    codes = [
        "\n".join(code for (_, code), at in zip(definitions, filled, strict=True) if at == number)
        for number in range(len(texts))
    ]
    return (
        Section(head, opening[1].strip("\n")),
        *(Section(t, c.strip("\n")) for t, c in zip(texts, codes, strict=True)),
    )


def _texts(statement: str) -> list[str]:
    """What stands above the first `## ` heading, then each such section."""
    pieces: list[list[str]] = [[]]
    code = False
    for line in statement.splitlines():
        code ^= line.lstrip().startswith(("```", "~~~"))
        if not code and line.startswith("## "):
            pieces.append([])
        pieces[-1].append(line)
    return ["\n".join(piece).strip() for piece in pieces]


def _definitions(source: str) -> list[tuple[str, str]]:
    """("", what stands above), then (name, text) of each function and class of the top level; the
    comments and decorators right above one are its own."""
    pieces: list[tuple[str, list[str]]] = [("", [])]
    waiting: list[str] = []
    for line, fresh in _lines(source):
        found = _DEFINES.match(line) if fresh else None
        if found:
            pieces.append((found[1], [*waiting, line]))
            waiting = []
        elif (fresh and line.startswith(("#", "@"))) or (waiting and not line.strip()):
            waiting.append(line)
        else:
            pieces[-1][1].extend([*waiting, line])
            waiting = []
    pieces[-1][1].extend(waiting)
    return [(name, "\n".join(lines)) for name, lines in pieces]


def _lines(source: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether a statement may begin with it."""
    here = Place()
    for line in source.split("\n"):
        yield line, here.fresh
        here.read(line)


def _first_to_name(texts: list[str]) -> dict[str, int]:
    """name -> the section that asks for it: the first with a list item on it, else the first to
    write it as code."""
    found: dict[str, int] = {}
    for marks in ("-", "*"), ("",):
        for number, text in enumerate(texts):
            lines = (line for line in text.splitlines() if line.lstrip().startswith(marks))
            for code in (code for line in lines for code in _BACKTICKED.findall(line)):
                for name in _NAME.findall(code):
                    found.setdefault(name, number)
    return found


def _filled(asked: list[int | None]) -> list[int]:
    """A definition that no section names stands with the one before it; at first with section 0."""
    filled: list[int] = []
    for number in asked:
        filled.append(number if number is not None else (filled[-1] if filled else 0))
    return filled
