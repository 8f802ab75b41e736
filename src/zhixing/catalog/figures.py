"""What does a lab draw? `figure.py`: functions `draw_PART(answer, plt)`, a part with - as _."""

import ast
from collections.abc import Sequence
from typing import Final

from zhixing.catalog.code import syntax_of
from zhixing.catalog.folders import LabFiles
from zhixing.catalog.places import at
from zhixing.catalog.values import near_or_all
from zhixing.errors import Letter
from zhixing.records import Part
from zhixing.words import say

FIGURE: Final = "figure.py"
_DRAWS: Final = "draw_"


def figure_of(files: LabFiles, parts: Sequence[Part], letters: list[Letter]) -> str | None:
    """The text of figure.py; None where there is none, or none that is Python."""
    if FIGURE not in files.texts:
        return None
    source, place = files.texts[FIGURE], files.place(FIGURE)
    tree = syntax_of(place, source, [])  # its letter was written with those of the other code
    if tree is None:
        return None
    known = [part.name.replace("-", "_") for part in parts]
    drawing = [node for node in tree.body if _draws(node)]
    for node in drawing:
        assert isinstance(node, ast.FunctionDef)
        letters += _letters(node, known, place)
    if not drawing:
        what = say("nothing is drawn here")
        step = say("write draw_PART(answer, plt), with the name of a part")
        letters.append(Letter(what, at(place), step))
    return source


def _draws(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name.startswith(_DRAWS)


def _letters(node: ast.FunctionDef, known: Sequence[str], place: str) -> list[Letter]:
    letters = []
    name, where = node.name.removeprefix(_DRAWS), at(place, node.lineno)
    if not known:
        what = say("{name} draws a part, and this lab has none", name=node.name)
        letters.append(Letter(what, where, say("give the lab [parts.NAME], or take this out")))
    elif name not in known:
        what = say("{name} names no part of this lab", name=node.name)
        letters.append(Letter(what, where, near_or_all(node.name, [_DRAWS + one for one in known])))
    if [argument.arg for argument in node.args.args] != ["answer", "plt"]:
        what = say("{name} does not take (answer, plt)", name=node.name)
        letters.append(Letter(what, where, say("write it as draw_PART(answer, plt)")))
    return letters
