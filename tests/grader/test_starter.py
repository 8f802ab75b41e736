"""The starter is the solution with its answers cut out, and nothing else changed."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.errors import Problem
from zhixing.grader.starter import cut_starter, planted, without_markers
from zhixing.records import Lab

NAMES = st.from_regex(r"[a-z]{1,6}", fullmatch=True)


@st.composite
def solutions(draw: st.DrawFn) -> str:
    """Modules of functions whose bodies are marked answers of a few lines."""
    parts = ["import math\n"]
    for number in range(draw(st.integers(1, 4))):
        name, indent = draw(NAMES), "    "
        todo = draw(st.sampled_from(["", " think of the axis", " 先平移再取指数"]))
        body = draw(st.lists(st.sampled_from(["x = x + 1", "# a thought", ""]), max_size=4))
        lines = [f"{indent}{line}" if line else "" for line in [*body, "return x"]]
        parts.append(
            f'def {name}_{number}(x):\n{indent}"""What comes back."""\n{indent}# <answer>{todo}\n'
            + "\n".join(lines)
            + f"\n{indent}# </answer>\n"
        )
    return "\n\n".join(parts)


@given(solutions())
def test_a_starter_parses_and_every_function_says_not_implemented(solution: str) -> None:
    tree = ast.parse(cut_starter(solution))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert functions
    assert all(isinstance(function.body[-1], ast.Raise) for function in functions)


@given(solutions())
def test_lines_outside_the_markers_are_the_same_text(solution: str) -> None:
    outside, inside = [], False
    for line in solution.splitlines():
        if "# <answer>" in line:
            inside = True
        elif "# </answer>" in line:
            inside = False
        elif not inside:
            outside.append(line)
    starter = cut_starter(solution).splitlines()
    kept = [s for s in starter if "# TODO" not in s and s.strip() != "raise NotImplementedError"]
    assert kept == outside


@given(solutions())
def test_cutting_twice_is_cutting_once(solution: str) -> None:
    assert cut_starter(cut_starter(solution)) == cut_starter(solution)


@given(solutions())
def test_without_markers_the_solution_still_runs_the_same(solution: str) -> None:
    shown = without_markers(solution)
    assert "<answer>" not in shown
    assert ast.dump(ast.parse(shown)) == ast.dump(ast.parse(solution))


def test_the_todo_stands_where_the_answer_was() -> None:
    solution = "def f(x):\n    # <answer> add one\n    return x + 1\n    # </answer>\n"
    assert (
        cut_starter(solution) == "def f(x):\n    # TODO: add one\n    raise NotImplementedError\n"
    )


def test_a_mutant_whose_text_is_not_there_once_is_a_problem(make_lab) -> None:  # type: ignore[no-untyped-def]
    twice: Lab = make_lab(
        "def f(x):\n    return x + x\n", "", mutants=(("doubles", "x", "y", ("f",)),)
    )
    with pytest.raises(Problem, match="finds its text 3 times"):
        planted(twice, twice.mutants[0])
