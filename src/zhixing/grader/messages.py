"""What a door and its judge say to each other: requests on the judge's standard input, events on
its output, each a length and its bytes (MessagePack).

Apart from what the judge does with them, so that a door need not import the judge.
"""

import struct
from dataclasses import dataclass

import msgspec

from zhixing.records import CheckResult, Lab, Limits, Ran, Verdict

LENGTH = struct.Struct(">I")
CELL, FIGURE = "cell.py", "figure.py"


class Request(msgspec.Struct, frozen=True, tag="grade"):
    """Grade one answer to the lab in hand. `lab` is sent when it changes."""

    answer: str
    seed: str
    part: str | None = None
    lab: Lab | None = None
    limits: Limits = msgspec.field(default_factory=Limits)
    diagnose: bool = True
    each_check: bool = True
    """Say each check as it ends; else the verdict alone."""
    places: bool = False
    """No verdict: where each check noticed something, of those that diagnosis may run again."""


class Errand(msgspec.Struct, frozen=True, tag="run"):
    """Run one text, called `file` in traces; `answer` is the module it may import."""

    source: str
    packages: tuple[str, ...]
    limits: Limits
    file: str = CELL
    answer: str | None = None
    sandbox: tuple[str, ...] = ()


@dataclass(frozen=True)
class Event:
    """One thing the judge says: a check as it ends, the verdict, what a run gave, the `places`
    where checks noticed something, or why there is none: trouble, or a lab that `wants` a higher
    level than this place `has`."""

    check: CheckResult | None = None
    verdict: Verdict | None = None
    ran: Ran | None = None
    places: dict[str, str] | None = None
    trouble: str | None = None
    wants: str | None = None
    has: str | None = None
