"""Every built-in lab shows what a lab must show (LABS.md 3), graded by the real grader."""

import pytest

from zhixing.catalog.auditing import audit
from zhixing.grader.grading import Judge
from zhixing.grader.verifying import verify
from zhixing.records import Catalog

LABS = (
    "dl-mlp-numpy", "dl-softmax-ce", "la-eigen-pca", "la-least-squares", "la-svd-image",
    "la-transform-rank", "ml-first-pipeline", "np-essentials", "py-decorators",
)  # fmt: skip


def test_the_nine_labs_are_there(built_in: Catalog) -> None:
    assert set(LABS) <= set(built_in.labs)


def test_the_pack_has_no_letters(built_in: Catalog) -> None:
    assert [letter.render("en") for letter in audit(built_in)] == []


@pytest.mark.parametrize("lab", LABS)
def test_a_lab_is_sound(lab: str, built_in: Catalog, judge: Judge) -> None:
    report = verify(built_in.labs[lab], judge)
    assert report.problems == ()
    assert report.killed == report.mutants >= 4
    assert len(built_in.labs[lab].alternatives) >= 2
