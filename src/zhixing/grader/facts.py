"""The reader: hostile source text in, plain facts out. Runs none of it, in a process of its own.

`ast.parse` may raise MemoryError or RecursionError or crash its process on hostile text: therefore
the judge never calls it; a fresh answer process that loaded nothing does.
"""

import ast
from typing import Any

LOOPS = (
    ast.For,
    ast.While,
    ast.AsyncFor,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)
FORKS = (*LOOPS, ast.If, ast.IfExp, ast.ExceptHandler, ast.BoolOp, ast.Assert, ast.match_case)


def of_source(source: str) -> dict[str, Any]:
    """Names, functions with arguments, imports, loops, calls, complexity; or the syntax error.

    `complexity` is McCabe's: decision points + 1 (McCabe 1976).
    """
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        return {"error": {"line": error.lineno or 0, "message": str(error.msg), "text": error.text}}
    except (ValueError, MemoryError, RecursionError) as error:
        return {"error": {"line": 0, "message": type(error).__name__, "text": None}}
    return {
        "names": sorted(_names(tree)),
        "functions": {name: _arguments(node) for name, node in _functions(tree)},
        "imports": sorted(_imports(tree)),
        "loops": {name: _count(node, LOOPS) for name, node in _functions(tree)},
        "calls": {name: sorted(_calls(node)) for name, node in _functions(tree)},
        "untyped": {name: _untyped(node) for name, node in _functions(tree)},
        "complexity": {name: 1 + _count(node, FORKS) for name, node in _functions(tree)},
        "lines": source.count("\n") + 1,
    }


def _names(tree: ast.Module) -> set[str]:
    """What the module defines at its top level."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {t.id for t in targets if isinstance(t, ast.Name)}
    return found


def _functions(tree: ast.Module) -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Functions and methods with dotted names, outermost only."""
    found: list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append((node.name, node))
        elif isinstance(node, ast.ClassDef):
            methods = (
                n for n in node.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
            )
            found += [(f"{node.name}.{method.name}", method) for method in methods]
    return found


def _arguments(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    a = node.args
    return [arg.arg for arg in (*a.posonlyargs, *a.args, *a.kwonlyargs)]


def _untyped(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """The arguments, and "return", that name no type; Any is none. `self` and `cls` need none."""
    a = node.args
    every = [*a.posonlyargs, *a.args, *a.kwonlyargs, *filter(None, (a.vararg, a.kwarg))]
    gaps = [
        arg.arg for arg in every if arg.arg not in ("self", "cls") and _says_nothing(arg.annotation)
    ]
    return [*gaps, "return"] if _says_nothing(node.returns) else gaps


def _says_nothing(annotation: ast.expr | None) -> bool:
    if annotation is None:
        return True
    return any(_dotted(part) in ("Any", "typing.Any") for part in ast.walk(annotation)
               if isinstance(part, ast.Name | ast.Attribute))  # fmt: skip


def _imports(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def _count(node: ast.AST, kinds: tuple[type[ast.AST], ...]) -> int:
    return sum(isinstance(inner, kinds) for inner in ast.walk(node))


def _calls(node: ast.AST) -> set[str]:
    calls = (inner.func for inner in ast.walk(node) if isinstance(inner, ast.Call))
    return {_dotted(func) for func in calls}


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"
