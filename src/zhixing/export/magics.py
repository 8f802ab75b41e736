"""A notebook's cell as plain Python: lines that only IPython understands become comments."""

import re

from zhixing.export.statements import Place

_MAGIC = re.compile(
    r"\s*(?:[%!?]"  # %matplotlib inline · !ls · ?name
    r"|[^\s'\"#]+\?{1,2};?$"  # name?
    r"|[A-Za-z_][\w.,\[\] ]*=\s*[!%]"  # files = !ls
    r"|(?:pip3?|conda)\s+(?:install|uninstall|list|show)\b)"
)
_CELL_MAGIC = re.compile(r"\s*%%(\w*)")
_AROUND_PYTHON = frozenset(("capture", "memit", "mprun", "prun", "time", "timeit"))
"""Magics of a whole cell whose other lines are Python all the same."""


def plain_python(cell: str) -> str:
    """The cell, line for line; what is said to IPython and to its shell stands as comments.

    Under a cell magic such as %%bash every line is one; under %%time only the first.
    """
    lines = cell.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((line for line in lines if line.strip()), "")
    magic = _CELL_MAGIC.match(first)
    if magic and magic[1] not in _AROUND_PYTHON:
        return "\n".join(f"# {line}".rstrip() for line in lines)
    kept: list[str] = []
    here, goes_on = Place(), False
    for line in lines:
        if goes_on or (here.fresh and _MAGIC.match(line.rstrip())):
            kept.append(f"# {line.strip()}" if goes_on else _comment(line))
            goes_on = line.rstrip().endswith("\\")
        else:
            kept.append(line)
            here.read(line)
    return "\n".join(kept)


def _comment(line: str) -> str:
    """Inside a block something must stay: the comment may be all that the block had."""
    bare = line.lstrip()
    indent = line[: len(line) - len(bare)]
    return f"{indent}pass  # {bare}" if indent else f"# {bare}"
