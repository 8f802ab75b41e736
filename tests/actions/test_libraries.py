"""A library that is not installed is named before anything runs, with the command to type."""

import pytest

from zhixing.actions.libraries import refuse_missing
from zhixing.errors import Problem
from zhixing.grader import environments, nest

MIRROR = "https://mirror.example/simple"


def test_what_is_here_is_not_refused() -> None:
    refuse_missing(["python", "numpy", "sklearn"], "a-lab", None)


def test_what_is_missing_is_named_with_the_mirror(monkeypatch) -> None:
    monkeypatch.setitem(nest.IMPORTS, "sklearn", ("numpy", "sklearn_of_another_world.part"))
    monkeypatch.setitem(environments.DISTRIBUTIONS, "sklearn_of_another_world", "scikit-other")
    with pytest.raises(Problem) as raised:
        refuse_missing(["sklearn"], "a-lab", MIRROR)
    [letter] = raised.value.letters
    assert "scikit-other" in letter.what.render("en")
    assert "a-lab" in letter.where.render("en")
    step = letter.next_step.render("en")
    assert "pip install scikit-other" in step
    assert MIRROR in step


def test_a_package_without_an_environment_says_so() -> None:
    with pytest.raises(Problem, match="no environment with mujoco"):
        refuse_missing(["mujoco"], "a-lab", None)
