"""Answers as notebooks: a lab laid out in cells, and the plain Python that comes back in them.

Nothing of a notebook is run or shown here. Only code is read; pictures, HTML and whatever else
stands in its outputs is passed over.
"""

import json
from collections import Counter
from collections.abc import Iterator

import msgspec

from zhixing.errors import Problem
from zhixing.export.magics import plain_python
from zhixing.export.sections import sectioned
from zhixing.words import Language, Sayable, say

SCRATCH = "scratch"
"""The tag of cells that are for trying things out, and are never handed in."""
LARGEST_FILE = 96 * 2**20
"""50 MB of pictures are 67 MB in a notebook; more than this is no answer."""
LARGEST_CODE = 2**20
LOOKED_AT_CLOSELY = 8 * 2**20


# --- out: a lab in cells ------------------------------------------------------------------------


def as_notebook(
    title: str, statement: str, starter: str, language: Language, command: str = "zhixing check"
) -> bytes:
    """A notebook in format 4.5: the statement section by section, each with its share of the
    starter below it, and one cell to try things in. The same bytes for the same texts."""
    cells = [_cell("markdown", _how_to_work(language, command))]
    for section in sectioned(statement, starter):
        cells += [_cell("markdown", section.text)] if section.text else []
        cells += [_cell("code", section.code)] if section.code else []
    trying = say("# To try things in: this cell is not handed in.").render(language)
    cells.append(_cell("code", trying, SCRATCH))
    python = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {
        "cells": [{"id": f"cell-{n}", **cell} for n, cell in enumerate(cells, 1)],
        "metadata": {"kernelspec": python, "language_info": {"name": "python"}, "title": title},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _cell(kind: str, text: str, *tags: str) -> dict[str, object]:
    cell: dict[str, object] = {
        "cell_type": kind,
        "metadata": {"tags": list(tags)} if tags else {},
        "source": text.splitlines(keepends=True),
    }
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def _how_to_work(language: Language, command: str) -> str:
    said = say(
        "Write your answer in the code cells below; add cells as you like. The code counts, from "
        "top to bottom; texts, outputs and cells tagged `{tag}` are left out. Save, then check it "
        "in a terminal: `{command}`",
        tag=SCRATCH,
        command=command,
    )
    return f"> {said.render(language)}"


# --- back: the code of a notebook ---------------------------------------------------------------


class _Tagged(msgspec.Struct):
    tags: list[str] = []


class _Cell(msgspec.Struct):
    """What is read of a cell. Format 3 has the text of code as `input`."""

    cell_type: str
    source: str | list[str] = ""
    input: str | list[str] = ""
    metadata: _Tagged = msgspec.field(default_factory=_Tagged)


class _Sheet(msgspec.Struct):
    cells: list[_Cell] = []


class _Spoken(msgspec.Struct):
    language: str = ""
    name: str = ""


class _About(msgspec.Struct):
    kernelspec: _Spoken = msgspec.field(default_factory=_Spoken)
    language_info: _Spoken = msgspec.field(default_factory=_Spoken)


class _Notebook(msgspec.Struct):
    """What is read of a notebook; all else, outputs first of all, is passed over unseen."""

    nbformat: int
    cells: list[_Cell] = []
    worksheets: list[_Sheet] = []
    metadata: _About = msgspec.field(default_factory=_About)


def code_of(raw: bytes, where: Sayable | str = "answer.ipynb") -> str:
    """The code cells of a notebook, in order, as one plain Python text.

    `# cell N` stands above each, counted among the code cells, so that a line of a traceback can
    be found again. Cells tagged `scratch` are left out; lines for IPython become comments. Problem
    when it is no notebook, not one in Python, has no code, or is too large.
    """
    if len(raw) > LARGEST_FILE:
        raise Problem(
            say("this notebook is over {size} MiB", size=LARGEST_FILE // 2**20),
            where,
            say("clear its outputs in Jupyter and save it: only the code is handed in"),
        )
    sources = list(_sources(_cells(_notebook(raw, where), where)))
    if not sources:
        raise Problem(
            say("there is no code in this notebook"),
            where,
            say("an answer stands in code cells that are not tagged `{tag}`", tag=SCRATCH),
        )
    if sum(len(source.encode()) + len("# cell") for _, source in sources) > LARGEST_CODE:
        raise Problem(
            say("the code in this notebook is over 1 MiB"),
            where,
            say("an answer is code: keep data out of it"),
        )
    pieces = (f"# cell {n}\n{plain_python(source).strip(chr(10))}\n" for n, source in sources)
    return "\n".join(pieces)


def _notebook(raw: bytes, where: Sayable | str) -> _Notebook:
    """What is read of the document. Where it is small enough to look at closely, a key that stands
    twice in one object is refused; in a larger one the last counts, as it does in Jupyter. NaN
    and halves of characters are not JSON."""
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        found = msgspec.json.decode(raw, type=_Notebook)
        if len(raw) <= LOOKED_AT_CLOSELY:
            text = raw.decode("utf-8", "replace")
            json.loads(text, strict=False, object_pairs_hook=_once, parse_int=float)
    except msgspec.ValidationError as trouble:
        _, dollar, place = str(trouble).rstrip("`").rpartition(" - at `$")
        reason = say("it is not built like one, at {place}", place=f"${place if dollar else ''}")
        raise _no_notebook(where, reason) from trouble
    except RecursionError as trouble:
        raise _no_notebook(where, say("it is nested too deep")) from trouble
    except _Twice as trouble:
        raise _no_notebook(where, trouble.said) from trouble
    except (ValueError, msgspec.DecodeError) as trouble:
        raise _no_notebook(where, say("it is not JSON")) from trouble
    return found


class _Twice(ValueError):
    def __init__(self, name: str) -> None:
        self.said = say('the key "{name}" stands twice in one place', name=_shown(name))


def _once(pairs: list[tuple[str, object]]) -> None:
    """Nothing is kept: this is only for looking."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise _Twice(Counter(name for name, _ in pairs).most_common(1)[0][0])


def _cells(notebook: _Notebook, where: Sayable | str) -> list[_Cell]:
    """The cells of a notebook in format 3 or 4, in Python. One that names no language passes."""
    version = notebook.nbformat
    if version not in (3, 4):
        raise Problem(
            say("this notebook is in format {version}; what is read is 3 and 4", version=version),
            where,
            say("open it in Jupyter, save it, and hand that in"),
        )
    for named in (notebook.metadata.kernelspec.language, notebook.metadata.language_info.name):
        if named and "python" not in named.lower():
            raise Problem(
                say("this notebook is in {language}", language=_shown(named)),
                where,
                say("an answer is Python: choose a Python kernel"),
            )
    if version == 4:
        return notebook.cells
    return [cell for sheet in notebook.worksheets for cell in sheet.cells]


def _sources(cells: list[_Cell]) -> Iterator[tuple[int, str]]:
    """(number, text) of each code cell that counts; numbers go on over those that do not."""
    number = 0
    for cell in cells:
        if cell.cell_type == "code":
            number += 1
            source = "".join(cell.source or cell.input)
            if source.strip() and SCRATCH not in cell.metadata.tags:
                yield number, source


def _shown(text: str) -> str:
    """The beginning of a foreign text, harmless to any terminal."""
    return ascii(text[:40])[1:-1]


def _no_notebook(where: Sayable | str, reason: Sayable) -> Problem:
    return Problem(
        say("this is not a notebook that can be read: {reason}", reason=reason),
        where,
        say("save it again in Jupyter, or hand in a .py file"),
    )
