"""How `make words` finds what the engine says: every call of `say`, read from the syntax tree.

Babel's own reader looks at bare names: it takes `paper.say("· ")` for a sentence, and loses the
`say` inside `paper.say((say("…"), "quiet"))`. tests/test_words.py reads the sources the same way.
"""

import ast
from collections.abc import Collection, Iterator
from typing import IO

from jinja2 import Environment, nodes


def said(
    fileobj: IO[bytes], keywords: Collection[str], *_: object, **_options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """(line, function, sentence, comments) of each call whose sentence is written out there."""
    for node in ast.walk(ast.parse(fileobj.read())):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(sentence)), *_]):
                if name in keywords:
                    yield node.lineno, name, sentence, []


def said_in_pages(
    fileobj: IO[bytes], keywords: Collection[str], *_: object, **_options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """The same, for a template of the pages."""
    for call in page_calls(fileobj.read().decode("utf-8")):
        if call.node.name in keywords and call.args and isinstance(call.args[0], nodes.Const):
            yield call.lineno, call.node.name, str(call.args[0].value), []


def page_calls(template: str) -> Iterator[nodes.Call]:
    """Every call of a plain name in a template."""
    for call in Environment().parse(template).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name):
            yield call
