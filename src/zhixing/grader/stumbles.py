"""What a reader of a text stumbles over: names, dead code, repetition, small things.

Plain data for reviewing.py, which weighs it against the solution and the starter. Better to miss
one than to name a wrong one.
"""

import ast
import itertools
from collections.abc import Iterator
from typing import Any

from zhixing.grader import array_loops

Function = ast.FunctionDef | ast.AsyncFunctionDef
BLOCKS = (
    ast.If | ast.For | ast.While | ast.AsyncFor | ast.With | ast.AsyncWith | ast.Try | ast.Match
)
Found = dict[str, Any]

ENDS = (ast.Return, ast.Raise, ast.Break, ast.Continue)
PLAIN_LETTERS = frozenset("ijknmxy_")
EMPTY_WORDS = frozenset((
    "data", "tmp", "temp", "foo", "bar", "baz", "stuff", "thing", "things", "aa", "bb", "cc", "xx",
    "yy", "zz", "aaa", "xxx", "asdf", "var1", "var2",
))  # fmt: skip
FAR_LINES = 8
"""A single letter whose first and last use stand further apart than this has to be remembered."""

COVERED = frozenset((
    "abs", "all", "any", "bool", "bytes", "dict", "dir", "filter", "float", "hash", "id", "input",
    "int", "iter", "len", "list", "map", "max", "min", "next", "object", "open", "print", "range",
    "round", "set", "sorted", "str", "sum", "tuple", "type", "vars", "zip",
))  # fmt: skip
PEEKS = frozenset(("locals", "vars", "eval", "exec", "globals"))


def _note(kind: str, node: ast.AST, function: str = "", *names: str, numbers: Any = ()) -> Found:
    return {"kind": kind, "line": getattr(node, "lineno", 1), "function": function,
            "names": [name[:60] for name in names], "numbers": list(numbers)}  # fmt: skip


def in_tree(tree: ast.Module) -> list[Found]:
    """Everything in one text, unweighed."""
    found = [*_unused(tree), *_repeated(tree), *_small_things(tree)]
    for name, node in functions(tree):
        found += [_note("array-loop", loop, name) for loop in array_loops.of(node)]
        found += [*_names(name, node), *_unread(name, node), *_unreachable(name, node)]
        found += [_note("print", call, name) for call in _prints(node)]
    return found


def functions(tree: ast.Module) -> list[tuple[str, Function]]:
    """Functions and methods with dotted names, outermost only."""
    found: list[tuple[str, Function]] = []
    for node in tree.body:
        if isinstance(node, Function):
            found.append((node.name, node))
        elif isinstance(node, ast.ClassDef):
            found += [(f"{node.name}.{m.name}", m) for m in node.body if isinstance(m, Function)]
    return found


def bodies(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every sequence of statements, docstrings left out."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list) and body:
                first = body[0]
                said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
                yield body[1:] if said else body


# --- names ----------------------------------------------------------------------------------------


def _names(function: str, node: Function) -> Iterator[Found]:
    """Names that say nothing: letters that live long, and words such as tmp."""
    bound = _bound(node)
    spans: dict[str, list[int]] = {}
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            spans.setdefault(inner.id, []).append(inner.lineno)
    for name, first in bound.items():
        lines = spans.get(name, [first.lineno])
        letter = len(name) == 1 and name.islower() and name not in PLAIN_LETTERS
        if name in EMPTY_WORDS or (letter and max(lines) - min(lines) > FAR_LINES):
            yield _note("name", first, function, name)


def _bound(node: Function) -> dict[str, ast.Name]:
    """Names that statements of a function bind, each with the place where it is bound first."""
    inner_targets = {
        id(name)
        for part in ast.walk(node) if isinstance(part, ast.comprehension)
        for name in ast.walk(part.target)
    }  # fmt: skip
    bound: dict[str, ast.Name] = {}
    for name in ast.walk(node):
        if (isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
                and id(name) not in inner_targets):  # fmt: skip
            bound.setdefault(name.id, name)
    return bound


def _unread(function: str, node: Function) -> Iterator[Found]:
    """Variables that are given a value nobody reads. Where a name can be read unseen, none."""
    read = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and _is_read(n)}
    if read & PEEKS:
        return
    for statement in ast.walk(node):
        if isinstance(statement, ast.Global | ast.Nonlocal):
            read |= set(statement.names)
    for statement in ast.walk(node):
        for target in _plain_targets(statement):
            if target.id not in read and not target.id.startswith("_"):
                read.add(target.id)  # one note is enough
                yield _note("unread", target, function, target.id)


def _is_read(name: ast.Name) -> bool:
    return not isinstance(name.ctx, ast.Store)


def _plain_targets(statement: ast.AST) -> list[ast.Name]:
    """`name = …`, `name: t = …`, `name += …`; unpacking names what it has to."""
    if isinstance(statement, ast.Assign):
        return [target for target in statement.targets if isinstance(target, ast.Name)]
    if isinstance(statement, ast.AnnAssign | ast.AugAssign) and statement.value is not None:
        return [statement.target] if isinstance(statement.target, ast.Name) else []
    return []


# --- code that does nothing, or twice the same ----------------------------------------------------


def _unreachable(function: str, node: Function) -> Iterator[Found]:
    for body in bodies(node):
        for before, after in itertools.pairwise(body):
            if isinstance(before, ENDS):
                yields = any(isinstance(n, ast.Yield | ast.YieldFrom) for n in ast.walk(after))
                if not yields:  # `return; yield` makes an empty generator on purpose
                    yield _note("unreachable", after, function)
                break


def _unused(tree: ast.Module) -> Iterator[Found]:
    """Imports and top-level functions that nothing here names."""
    uses: dict[str, list[ast.AST]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and _is_read(node):
            uses.setdefault(node.id, []).append(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            uses.setdefault(node.value, []).append(node)  # __all__, getattr, annotations
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _unused_imports(node, frozenset(uses))
    for top in tree.body:
        if isinstance(top, Function) and not top.decorator_list and not top.name.startswith("__"):
            within = {id(inner) for inner in ast.walk(top)}
            if all(id(use) in within for use in uses.get(top.name, [])):
                yield _note("unused-function", top, top.name, top.name)


def _unused_imports(node: ast.Import | ast.ImportFrom, used: frozenset[str]) -> Iterator[Found]:
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return
    for alias in node.names:
        name = (alias.asname or alias.name).split(".")[0]
        if name != "*" and name not in used and alias.asname != alias.name:
            yield _note("unused-import", node, "", name)


def _repeated(tree: ast.Module) -> Iterator[Found]:
    """Four statements in a row, or one block of four lines, that stand there twice."""
    seen: dict[str, int] = {}
    told_upto = 0
    windows = sorted(_windows(tree), key=lambda window: window[0].lineno)
    for window in windows:
        first, last = window[0].lineno, window[-1].end_lineno or 0
        text = "\n".join(map(ast.dump, window))
        before = seen.setdefault(text, last)
        if before < first and first > told_upto and len(text) > 200:
            told_upto = last
            yield _note("repeat", window[0], "", numbers=(before, last - first + 1))


def _windows(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    for body in bodies(tree):
        if any(isinstance(statement, ast.Import | ast.ImportFrom) for statement in body[:4]):
            continue
        for place, statement in enumerate(body):
            row = body[place : place + 4]
            if len(row) == 4 and not all(_only_names(one) for one in row):
                yield row
            lines = (statement.end_lineno or 0) - statement.lineno + 1
            if isinstance(statement, BLOCKS) and lines >= 4:
                yield [statement]


def _only_names(statement: ast.stmt) -> bool:
    """`self.rate = rate`, `first = True`: such rows stand in many a constructor."""
    return isinstance(statement, ast.Assign) and isinstance(
        statement.value, ast.Name | ast.Attribute | ast.Constant
    )


# --- small things ---------------------------------------------------------------------------------


def _small_things(tree: ast.Module) -> Iterator[Found]:
    """What one node shows by itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield from _compared(node)
        elif isinstance(node, ast.ExceptHandler) and node.type is None:
            if not any(isinstance(n, ast.Raise) and n.exc is None for n in ast.walk(node)):
                yield _note("bare-except", node)
        elif isinstance(node, Function | ast.Lambda):
            yield from _defaults(node)
        if isinstance(node, Function):
            yield from _shadowed(node)


def _compared(node: ast.Compare) -> Iterator[Found]:
    for sign, side in zip(node.ops, node.comparators, strict=True):
        if isinstance(sign, ast.Eq | ast.NotEq) and isinstance(side, ast.Constant):
            if side.value is None:
                yield _note("equals-none", node)
            elif side.value is True or side.value is False:
                yield _note("equals-true", node, "", str(side.value))


def _defaults(node: Function | ast.Lambda) -> Iterator[Found]:
    for default in (*node.args.defaults, *node.args.kw_defaults):
        called = isinstance(default, ast.Call) and isinstance(default.func, ast.Name)
        made = called and default.func.id in ("list", "dict", "set")  # type: ignore[union-attr]
        if made or isinstance(default, ast.List | ast.Dict | ast.Set | ast.ListComp):
            yield _note("mutable-default", default)  # type: ignore[arg-type]


def _shadowed(node: Function) -> Iterator[Found]:
    """Variables and arguments that hide a name of Python's own."""
    arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
    for arg in arguments:
        if arg.arg in COVERED:
            yield _note("shadow", arg, node.name, arg.arg)
    for name, first in _bound(node).items():
        if name in COVERED:
            yield _note("shadow", first, node.name, name)


def _prints(node: Function) -> list[ast.Call]:
    calls = (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))
    return [c for c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"]
