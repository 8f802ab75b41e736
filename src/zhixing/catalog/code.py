"""What does a lab's Python say? Read from its syntax tree; it is never imported and never run."""

import ast
import re
import warnings
from collections.abc import Iterator
from typing import Final

from zhixing.catalog.places import at
from zhixing.catalog.vocabulary import TAKEN
from zhixing.errors import Letter
from zhixing.words import Said, say

BETWEEN: Final = " // "
"""Stands between the Chinese and the English half of a message."""

_VALUE: Final = "\ufffc"
_OPEN: Final = re.compile(r"[ \t]*# <answer>(?: .*)?")
_CLOSE: Final = re.compile(r"[ \t]*# </answer>")
_ALMOST: Final = re.compile(r"\s*#+\s*</?\s*answer\b.*", re.IGNORECASE)


def syntax_of(file: str, source: str, letters: list[Letter]) -> ast.Module | None:
    """The syntax tree, None and a letter where this is not Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\d" in a text is for the author's own linter
            return ast.parse(source)
    except SyntaxError as trouble:
        what = say("this is not valid Python: {why}", why=trouble.msg)
        letters.append(Letter(what, at(file, trouble.lineno), say("mend that line")))
    except (ValueError, RecursionError, MemoryError) as trouble:
        what = say("this cannot be read as Python: {why}", why=str(trouble) or "too deep")
        letters.append(Letter(what, at(file), say("write it in a plainer way")))
    return None


def checks_of(file: str, tree: ast.Module, letters: list[Letter]) -> tuple[str, ...]:
    """The names of `def check_*`, without the prefix, in file order."""
    names: list[str] = []
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if not node.name.startswith("check_"):
            continue
        name, place = node.name.removeprefix("check_"), at(file, node.lineno)
        if name in names:
            what = say('check "{name}" is written twice', name=name)
            letters.append(Letter(what, place, say("rename one: the first would never run")))
        elif name in TAKEN or not name:
            what = say('a check cannot be called "{name}"', name=name)
            letters.append(Letter(what, place, say("name the property that it asserts")))
        else:
            names.append(name)
    if not names:
        letters.append(
            Letter(
                say("there is no check"), at(file), say("write functions named check_* at the top")
            )
        )
    return tuple(names)


def hidden_names(file: str, tree: ast.Module) -> list[Letter]:
    """Letters for functions and classes of a solution that `answer` itself would hide."""
    return [
        Letter(
            say('in a check, answer.{name} is not this "{name}"', name=node.name),
            at(file, node.lineno),
            say("rename it: {names} are taken", names=", ".join(sorted(TAKEN))),
        )
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
        and node.name in TAKEN
    ]


def bare_messages(file: str, tree: ast.Module) -> list[Letter]:
    """Letters for asserts whose message is not in both languages."""
    suspects = [
        (top, node.lineno, message, wrong)
        for top in tree.body
        for node in _statements(top)
        for message in _messages(node)
        if (wrong := _wrong_with(message))
    ]
    if not suspects:
        return []
    known, arguments = _bilingual_names(tree), _bilingual_arguments(tree)
    return [
        Letter(wrong, at(file, line), say('write it as "中文 // English"'))
        for top, line, message, wrong in suspects
        if not _names_in(message) & (known | arguments.get(getattr(top, "name", ""), set()))
    ]


def _statements(top: ast.stmt) -> Iterator[ast.stmt]:
    """`top` and every statement in it, in file order; expressions, most of a tree, are not entered.

    With a stack of its own: a thousand `elif` nest a thousand deep.
    """
    stack: list[ast.AST] = [top]
    while stack:
        block = stack.pop()
        if isinstance(block, ast.stmt):
            yield block
        for name in ("finalbody", "orelse", "cases", "handlers", "body"):
            inside = getattr(block, name, ())
            if isinstance(inside, list):  # the body of a lambda is an expression
                stack.extend(reversed(inside))


def _messages(node: ast.stmt) -> Iterator[ast.expr | None]:
    """The message of `assert ok, message` and of `raise AssertionError(message)`."""
    if isinstance(node, ast.Assert):
        yield node.msg
    elif (
        isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and isinstance(node.exc.func, ast.Name)
        and node.exc.func.id == "AssertionError"
    ):
        yield node.exc.args[0] if node.exc.args else None


def _wrong_with(message: ast.expr | None) -> Said | None:
    if message is None:
        return say("an assert has no message")
    zh, between, en = _skeleton(message).rpartition(BETWEEN)
    if not between or not zh.strip() or not en.strip():
        return say("an assert has a message in one language only")
    if not re.search(f"[一-鿿{_VALUE}]", zh):
        return say('an assert has a message whose half before " // " is not Chinese')
    return None


def _skeleton(message: ast.expr) -> str:
    """The words of a message in the order in which they stand; a value in an f-string as one sign.

    A call such as `words.format(…)` gives the words of all its texts.
    """
    words: list[str] = []
    stack: list[ast.AST] = [message]
    while stack:
        part = stack.pop()
        if isinstance(part, ast.Constant):
            words.append(part.value if isinstance(part.value, str) else "")
        elif isinstance(part, ast.FormattedValue):
            words.append(_VALUE)
        else:
            stack.extend(reversed(list(ast.iter_child_nodes(part))))
    return "".join(words)


def _names_in(message: ast.expr | None) -> set[str]:
    """The names that a message may come from; a value inside an f-string is not where it does."""
    names: set[str] = set()
    stack: list[ast.AST] = [] if message is None else [message]
    while stack:
        part = stack.pop()
        if isinstance(part, ast.Name):
            names.add(part.id)
        elif not isinstance(part, ast.JoinedStr):
            stack.extend(ast.iter_child_nodes(part))
    return names


def _bilingual_names(tree: ast.Module) -> set[str]:
    """Variables and functions that hold words in both languages."""
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) if _speaks(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and _speaks(node.value):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def _bilingual_arguments(tree: ast.Module) -> dict[str, set[str]]:
    """Function -> its arguments, for functions that every call in the file gives such words."""
    calls: dict[str, list[bool]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            calls.setdefault(node.func.id, []).append(_speaks(node))
    return {
        node.name: {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and all(calls.get(node.name, [False]))
    }


def _speaks(node: ast.AST) -> bool:
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) and BETWEEN in part.value
        for part in ast.walk(node)
    )


def same_but_for_words(first: ast.Module, second: ast.Module) -> bool:
    """Whether two texts of Python do the same apart from what their strings say. Both trees are
    used up: they lose their words."""
    try:
        one, other = (ast.dump(_Wordless().visit(tree)) for tree in (first, second))
    except RecursionError:  # nobody writes such code for a person to read
        return False
    return one == other


class _Wordless(ast.NodeTransformer):
    """Takes the words out of all strings; the values of an f-string stay, in an order of their own:
    "3 of 4" may be said as 「4 个里有 3 个」."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant("") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        values = [one for one in node.values if isinstance(one, ast.FormattedValue)]
        if not values:
            return ast.Constant("")
        return ast.JoinedStr(sorted((self.visit(one) for one in values), key=ast.dump))

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.FormattedValue:
        node.value = self.visit(node.value)
        return node


def marker_letters(file: str, solution: str) -> list[Letter]:
    """Letters for `# <answer>` and `# </answer>` lines that do not pair up, or are not there."""
    letters = []
    opened = 0
    lines = solution.splitlines()
    for number, line in enumerate(lines, 1):
        if _OPEN.fullmatch(line):
            if opened:
                what = say("# <answer> stands inside another, opened on line {line}", line=opened)
                letters.append(Letter(what, at(file, number), say("close the first one before")))
            opened = number
        elif _CLOSE.fullmatch(line):
            if not opened:
                what = say("# </answer> closes nothing")
                letters.append(Letter(what, at(file, number), say("open it with # <answer>")))
            opened = 0
        elif _ALMOST.fullmatch(line):
            what = say("{line} marks nothing", line=line.strip())
            next_step = say("write exactly `# <answer> what to do` or `# </answer>`")
            letters.append(Letter(what, at(file, number), next_step))
    if opened:
        what = say("# <answer> is never closed")
        letters.append(Letter(what, at(file, opened), say("close it with # </answer>")))
    if not any(_OPEN.fullmatch(line) for line in lines):
        what = say("there is no # <answer> line: the starter would be the whole solution")
        next_step = say("put # <answer> what to do, and # </answer>, around what is to be written")
        letters.append(Letter(what, at(file), next_step))
    return letters
