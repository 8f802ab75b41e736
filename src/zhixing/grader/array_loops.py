"""Which loops could be one expression over arrays? Better to miss one than to name a wrong one.

A loop counts when its body is arithmetic on entries and no turn needs what an earlier turn left
behind: sums yes, recurrences no.
"""

import ast
from collections.abc import Iterator

FAMILIAR = frozenset(("abs", "float", "int", "len", "max", "min", "range", "round", "sum"))
MODULES = frozenset(("math", "np", "numpy"))
ARITHMETIC = (
    ast.Name, ast.Constant, ast.Subscript, ast.BinOp, ast.UnaryOp, ast.Compare, ast.Attribute,
    ast.Call, ast.Slice, ast.Tuple, ast.operator, ast.unaryop, ast.cmpop,
    ast.expr_context,
)  # fmt: skip


def of(function: ast.AST) -> list[ast.For]:
    """The outermost such loops of a function."""
    found: list[ast.For] = []
    waiting = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.For) and _is_one_expression(node):
            found.append(node)
        else:
            waiting += ast.iter_child_nodes(node)
    return found


def _is_one_expression(loop: ast.For) -> bool:
    statements = list(_flat(loop))
    return (
        bool(statements)
        and all(_is_arithmetic(statement) for statement in statements)
        and _computes(statements)
        and _walks_entries(loop)
        and not _leans_on_earlier_turns(statements)
    )


def _flat(loop: ast.For) -> Iterator[ast.stmt]:
    """The statements of a loop and of the loops inside it, in order; the loops' heads as well."""
    for statement in loop.body:
        yield statement
        if isinstance(statement, ast.For):
            yield from _flat(statement)


def _is_arithmetic(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.For):
        return not statement.orelse and _is_sum(statement.iter)
    if isinstance(statement, ast.Assign | ast.AugAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        plain = all(isinstance(target, ast.Name | ast.Subscript) for target in targets)
        return plain and all(_is_sum(part) for part in (*targets, statement.value))
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Call)
        and isinstance(statement.value.func, ast.Attribute)
        and statement.value.func.attr == "append"
        and all(_is_sum(argument) for argument in statement.value.args)
    )


def _computes(statements: list[ast.stmt]) -> bool:
    """Is there a sign of arithmetic at all, or are things only moved about?"""
    nodes = (node for statement in statements for node in ast.walk(statement))
    return any(isinstance(node, ast.BinOp | ast.AugAssign) for node in nodes)


def _is_sum(expression: ast.expr) -> bool:
    """Numbers, entries, signs, and calls of functions that take whole arrays just as well."""
    for node in ast.walk(expression):
        if not isinstance(node, ARITHMETIC):
            return False
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return False
        if isinstance(node, ast.Call) and not _takes_arrays(node.func):
            return False
    return True


def _takes_arrays(func: ast.expr) -> bool:
    if isinstance(func, ast.Name):
        return func.id in FAMILIAR | {"zip", "enumerate"}
    whole = isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name)
    return whole and func.value.id in MODULES  # type: ignore[attr-defined]


def _walks_entries(loop: ast.For) -> bool:
    """Over range(…) with the counter as an index just as it is, or over the rows themselves."""
    counters = {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
    over = loop.iter
    if isinstance(over, ast.Call):
        if not isinstance(over.func, ast.Name) or over.func.id not in ("range", "zip", "enumerate"):
            return False
        if over.func.id == "range":
            return len(over.args) == 1 and _index_as_it_is(loop, counters)
        return all(isinstance(argument, ast.Name) for argument in over.args)
    return isinstance(over, ast.Name) and any(
        isinstance(n, ast.Name) and n.id in counters for s in loop.body for n in ast.walk(s)
    )


def _index_as_it_is(loop: ast.For, counters: set[str]) -> bool:
    """The counter is an index somewhere, and nowhere is a neighbour's index computed from it."""
    used = False
    for node in ast.walk(loop):
        if isinstance(node, ast.Subscript):
            for part in ast.walk(node.slice):
                if isinstance(part, ast.Name) and part.id in counters:
                    used = True
                    if isinstance(node.slice, ast.BinOp | ast.Slice):
                        return False
            if isinstance(node.slice, ast.Tuple) and any(
                isinstance(part, ast.BinOp | ast.Slice)
                and any(isinstance(n, ast.Name) and n.id in counters for n in ast.walk(part))
                for part in node.slice.elts
            ):
                return False
    return used


def _leans_on_earlier_turns(statements: list[ast.stmt]) -> bool:
    """Does a turn read a name, or an array elsewhere than where it writes, of the turn before?"""
    nodes = [n for s in statements for n in ast.walk(s)]
    written = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    known: set[str] = set()
    for statement in statements:
        parts = (
            [statement.target, statement.iter] if isinstance(statement, ast.For) else [statement]
        )
        names = [n for part in parts for n in ast.walk(part) if isinstance(n, ast.Name)]
        if any(n.id in written - known for n in names if isinstance(n.ctx, ast.Load)):
            return True
        if not isinstance(statement, ast.AugAssign):
            known |= {n.id for n in names if isinstance(n.ctx, ast.Store)}
    return _reads_elsewhere(statements)


def _reads_elsewhere(statements: list[ast.stmt]) -> bool:
    entries = [
        n
        for s in statements if not isinstance(s, ast.For)
        for n in ast.walk(s) if isinstance(n, ast.Subscript) and isinstance(n.value, ast.Name)
    ]  # fmt: skip
    places: dict[str, set[str]] = {}
    stored: set[str] = set()
    for entry in entries:
        assert isinstance(entry.value, ast.Name)
        places.setdefault(entry.value.id, set()).add(ast.dump(entry.slice))
        if isinstance(entry.ctx, ast.Store):
            stored.add(entry.value.id)
    return any(len(places[name]) > 1 for name in stored)
