"""Several files as one text: the answer to a lab that asks for more than one file.

A bundle is the files one after the other, each under a header line `=== NAME ===`. Only the names
that a lab declares make a header; any other line, `=== x ===` too, belongs to the file it stands
in. Every file of a bundle ends with a line end, or is empty. A bundle is text and nothing of it is
run or parsed here: store, judge, pages and hashes treat it like any answer.
"""

from collections.abc import Iterable, Mapping

from zhixing.errors import Letter, Problem
from zhixing.words import say


def header(name: str) -> str:
    """The line above a file."""
    return f"=== {name} ==="


def joined(files: Mapping[str, str]) -> str:
    """The files as one text, in their order. Problem when a line of one is a header of another:
    such a bundle could not be taken apart again."""
    headers = {header(name) for name in files}
    for name, text in files.items():
        for number, line in enumerate(text.split("\n"), 1):
            if line.rstrip() in headers:
                raise Problem(
                    say("the line {line} begins a file of the answer", line=line.strip()),
                    say("{file}, line {line}", file=name, line=number),
                    say("write that line in another way: put a sign before it"),
                )
    return "".join(f"{header(name)}\n{_ended(text)}" for name, text in files.items())


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def parted(text: str, names: Iterable[str]) -> dict[str, str]:
    """The files of a bundle by name, in the order declared. Problem for a file that is missing or
    comes twice, and for text above the first header."""
    names = tuple(names)
    files, letters = _read(text, names)
    if letters:
        raise Problem.of(letters)
    return files


def loosely_parted(text: str, names: Iterable[str]) -> dict[str, str]:
    """The same of any text whatever, without a word: what is missing is empty, what stands twice
    counts the first time."""
    return _read(text, tuple(names))[0]


def _read(text: str, names: tuple[str, ...]) -> tuple[dict[str, str], list[Letter]]:
    headers = {header(name): name for name in names}
    found: dict[str, list[str]] = {}
    letters: list[Letter] = []
    lines: list[str] = []
    above = lines
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        name = headers.get(line.rstrip())
        if name is None:
            lines.append(line)
            continue
        lines = []
        if name in found:
            letters.append(_twice(name, number))
        found.setdefault(name, lines)
    if any(line.strip() for line in above):
        letters.append(_above(names[0]))
    letters += [_missing(name) for name in names if name not in found]
    texts = {n: "".join(f"{line}\n" for line in found.get(n, [])) for n in names}
    return texts, letters


def _twice(name: str, line: int) -> Letter:
    return Letter(
        say("{name} stands twice in the answer", name=name),
        say("the answer, line {line}", line=line),
        say("leave one line {header}", header=header(name)),
    )


def _above(first: str) -> Letter:
    return Letter(
        say("the answer begins with text that belongs to no file"),
        say("the answer, above {header}", header=header(first)),
        say("every file begins with its own line, as {header}", header=header(first)),
    )


def _missing(name: str) -> Letter:
    return Letter(
        say("{name} is missing in the answer", name=name),
        say("the answer"),
        say("add the line {header} and the file below it", header=header(name)),
    )
