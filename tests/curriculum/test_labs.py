"""Every built-in lab shows what a lab must show (LABS.md 3), graded by the real grader.

A lab that the ledger does not name as it stands is verified in full; of the others, a sample.
"""

import importlib.util
import re
from pathlib import Path

import pytest

from zhixing.catalog.auditing import audit
from zhixing.grader import environments
from zhixing.grader.grading import Judge
from zhixing.grader.starter import cut_starter, planted
from zhixing.grader.verifying import verify
from zhixing.records import Catalog, Lab

LABS = (
    "dl-cnn-mnist", "dl-mlp-numpy", "dl-softmax-ce", "la-eigen-pca", "la-least-squares",
    "la-svd-image", "la-transform-rank", "ml-first-pipeline", "np-essentials", "py-core-idioms",
    "py-decorators", "try-digits", "try-svd-picture",
)  # fmt: skip
SAMPLE = 9


@pytest.fixture(scope="module")
def book():  # type: ignore[no-untyped-def]
    """The ledger beside this file."""
    place = Path(__file__).with_name("ledger.py")
    spec = importlib.util.spec_from_file_location("ledger", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_nine_labs_are_there(built_in: Catalog) -> None:
    assert set(LABS) <= set(built_in.labs)


def test_the_pack_has_no_letters(built_in: Catalog) -> None:
    assert [letter.render("en") for letter in audit(built_in)] == []


@pytest.mark.parametrize("name", LABS)
def test_a_lab_brings_enough(name: str, built_in: Catalog) -> None:
    lab = built_in.labs[name]
    assert len({mutant.slip for mutant in lab.mutants}) >= 4
    assert len(lab.alternatives) >= 2
    assert sum(len(part.checks) for part in lab.parts) == len(lab.checks)
    assert all(len(lab.hints[check][lang]) == 4 for check in lab.checks for lang in ("zh", "en"))


@pytest.mark.parametrize("name", ["dl-cnn-mnist", "py-asyncio"])
def test_where_slips_are_noticed_was_measured_of_this_very_code(
    name: str, built_in: Catalog
) -> None:
    """If not: `zhixing lab verify --note LAB` measures it again."""
    assert all(mutant.noticed for mutant in built_in.labs[name].mutants)


def test_every_check_has_a_chinese_name(built_in: Catalog) -> None:
    for lab in built_in.labs.values():
        titles = [lab.check_title(check).zh for check in lab.checks]
        assert [title for title in titles if not re.search("[一-鿿]", title)] == [], lab.id
        assert len(set(titles)) == len(titles), lab.id


@pytest.mark.parametrize("name", LABS)
def test_a_lab_is_sound(name: str, built_in: Catalog, judge: Judge, book) -> None:  # type: ignore[no-untyped-def]
    lab = built_in.labs[name]
    missing = environments.missing(lab.packages)
    if missing:
        pytest.skip(f"not installed here: {', '.join(missing)}")
    if book.ledger().get(name) == book.key(lab):
        sample(lab, judge)
    else:
        assert verify(lab, judge).problems == ()


def sample(lab: Lab, judge: Judge) -> None:
    """The solution, the starter, and every ninth mutant."""
    assert judge.grade(lab, lab.solution, diagnose=False).passed
    starter = judge.grade(lab, cut_starter(lab.solution))
    assert [check.name for check in starter.checks if check.outcome == "pass"] == []
    assert starter.slips == ()
    for mutant in lab.mutants[::SAMPLE]:
        verdict = judge.grade(lab, planted(lab, mutant), seed="sample")
        assert {slip.id for slip in verdict.slips} == {mutant.slip}
        outcome = {check.name: check.outcome for check in verdict.checks}
        assert all(outcome[name] != "pass" for name in mutant.fails)
