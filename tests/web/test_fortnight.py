"""The first fourteen days can be walked to their end, and every one of them runs something."""

import sys
from datetime import date
from pathlib import Path

import pytest

from zhixing.words import Language

sys.path.insert(0, str(Path(__file__).parent))
from fortnight import Learner, fortnight


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_day_of_the_first_fortnight_ends_with_something_that_ran(
    tmp_path: Path, language: Language
) -> None:
    evenings = list(fortnight(Learner(tmp_path / "home", language)))
    assert [evening.wrong for evening in evenings if evening.wrong] == []
    for evening in evenings:
        assert evening.left == 0, evening.on
        assert evening.ran or not evening.tasks, evening.on
        if evening.on.weekday() < 5:
            assert any("pass" in run for run in evening.ran), f"no verdict on {evening.on}"
    assert evenings[0].on == date(2026, 12, 7)
    assert len([evening for evening in evenings if evening.tasks]) >= 12
