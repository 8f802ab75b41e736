"""What a reader of an answer stumbles over, as plain data. Runs none of it.

Like facts.py it parses hostile text: reviewing.py starts it as a process of its own, with a JSON
list of texts on stdin and a JSON list of pages on stdout. With the argument `ruff` it becomes ruff
under the same limits.
"""

import ast
import contextlib
import json
import os
import runpy
import sys

from zhixing.grader import confinement, processes, stumbles
from zhixing.grader.rooms import SYSTEM
from zhixing.grader.stumbles import BLOCKS, Found, Function, functions

with contextlib.suppress(ImportError):  # Windows has none
    import resource

CPU_SECONDS = 5
MEMORY_BYTES = 512 * 1024 * 1024
RUFF_MEMORY_BYTES = 1024 * 1024 * 1024
MOST_NOTES = 200

LOOPS = (ast.For, ast.While, ast.AsyncFor, ast.ListComp, ast.SetComp, ast.DictComp,
         ast.GeneratorExp)  # fmt: skip


def page_of(source: str) -> Found:
    """All that a review wants to know about one text; `parsed` is False when it cannot be read."""
    try:
        tree = ast.parse(source)
        return {
            "parsed": True,
            "notes": stumbles.in_tree(tree)[:MOST_NOTES],
            "functions": {name: _measures(node) for name, node in functions(tree)},
            "blocks": [_block(n) for n in tree.body if isinstance(n, Function | ast.ClassDef)],
            "names": sorted({n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
                            | {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}),
            "code_lines": len(_code_lines(tree.body)),
            "nodes": sum(1 for _ in ast.walk(tree)),
        }  # fmt: skip
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return {"parsed": False}


def notes_of_source(source: str) -> list[Found]:
    """What one could stumble over: kind, line, function, names, numbers. None of it is a verdict:
    reviewing.py weighs it against the solution and the starter."""
    notes: list[Found] = page_of(source).get("notes", [])
    return notes


# --- what a text is made of -----------------------------------------------------------------------


def _measures(node: Function) -> Found:
    depth, deepest = _depth(node.body)
    uses = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    uses |= {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
    return {
        "line": node.lineno,
        "last": node.end_lineno or node.lineno,
        "stub": _is_stub(node),
        "code_lines": len(_code_lines(node.body)),
        "loops": sum(isinstance(inner, LOOPS) for inner in ast.walk(node)),
        "depth": depth,
        "deepest": deepest,
        "uses": sorted(uses),
    }


def _is_stub(node: Function) -> bool:
    """Does a `raise NotImplementedError` stand in it that nothing makes unreachable?"""
    for body in stumbles.bodies(node):
        end = next((one for one in body if isinstance(one, stumbles.ENDS)), None)
        raised = end.exc if isinstance(end, ast.Raise) else None
        raised = raised.func if isinstance(raised, ast.Call) else raised
        if isinstance(raised, ast.Name) and raised.id == "NotImplementedError":
            return True
    return False


def _block(node: ast.stmt) -> Found:
    assert isinstance(node, Function | ast.ClassDef)
    first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
    return {"name": node.name, "first": first, "last": node.end_lineno or node.lineno}


def _code_lines(body: list[ast.stmt]) -> set[int]:
    """The lines that hold code; docstrings, comments and empty lines are none."""
    lines: set[int] = set()
    strings: set[int] = set()
    for statement in (s for top in body for s in ast.walk(top) if isinstance(s, ast.stmt)):
        span = range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            strings.update(span)
        elif not isinstance(statement, Function | ast.ClassDef | BLOCKS):
            lines.update(span)
        else:
            lines.add(statement.lineno)
    return lines - strings


def _depth(body: list[ast.stmt]) -> tuple[int, int]:
    """How many blocks stand inside each other at most, and the line of the innermost one."""
    deepest = (0, body[0].lineno if body else 0)
    waiting: list[tuple[ast.AST, int]] = [(statement, 0) for statement in body]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, BLOCKS):
            depth += 1
            deepest = max(deepest, (depth, node.lineno), key=lambda found: found[0])
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
                fresh = isinstance(child, Function | ast.ClassDef)
                waiting.append((child, 0 if fresh else depth - _is_elif(node, child)))
    return deepest


def _is_elif(node: ast.AST, child: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]


# --- the process ----------------------------------------------------------------------------------


def main() -> None:
    processes.end_with_parent()
    as_ruff = sys.argv[1:2] == ["ruff"]
    _limit(RUFF_MEMORY_BYTES if as_ruff else MEMORY_BYTES)
    _shut_in(as_ruff)
    if as_ruff:
        del sys.argv[1]
        runpy.run_module("ruff", run_name="__main__", alter_sys=True)
        return
    pages = [page_of(text) for text in json.load(sys.stdin)]
    sys.stdout.write(json.dumps(pages))
    sys.stdout.flush()
    os._exit(0)  # no time is lost on taking large trees apart


def _limit(memory_bytes: int) -> None:
    """Hard limits before any line of the text is read."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if processes.LINUX:
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def _shut_in(as_ruff: bool) -> None:
    """Nothing may be opened any more; ruff may run, and read the libraries it needs for that. Where
    the kernel has no such means the limits alone stand."""
    paths = [*SYSTEM, sys.prefix, sys.base_prefix] if as_ruff else []
    rights = confinement.READ | confinement.EXECUTE
    with contextlib.suppress(confinement.Refused):
        confinement.shut_in([(path, rights) for path in paths], ["threads", "exec"] * as_ruff)


if __name__ == "__main__":
    main()
