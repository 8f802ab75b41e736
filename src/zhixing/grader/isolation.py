"""Which isolation is there? Probed and written into every verdict, never claimed beyond that.

`process`: answers run in processes of their own with limits and without checks, solution or seed.
They have the user's rights. `rootless` and `full` come with the sandbox.
"""

from typing import Literal

Level = Literal["process", "rootless", "full"]
ORDER: tuple[Level, ...] = ("process", "rootless", "full")


def level() -> Level:
    """The level that gradings on this machine have."""
    return "process"


def satisfies(have: str, want: str) -> bool:
    """Is level `have` at least level `want`?"""
    order: tuple[str, ...] = ORDER
    return want in order and have in order and order.index(have) >= order.index(want)
