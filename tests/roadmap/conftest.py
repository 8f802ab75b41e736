"""Tests of this folder share `scoring`: it is found here however pytest was started. And they count
work instead of timing it."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def calls_of() -> Callable[[Callable[[], object]], int]:
    """How many calls, of Python and of C, a piece of work makes: the same on every machine."""

    def counted(work: Callable[[], object]) -> int:
        calls, before = 0, sys.getprofile()

        def note(_frame: FrameType, event: str, _argument: object) -> None:
            nonlocal calls
            calls += event in ("call", "c_call")

        sys.setprofile(note)
        try:
            work()
        finally:
            sys.setprofile(before)
        return calls

    return counted
