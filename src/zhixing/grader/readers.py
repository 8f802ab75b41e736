"""Two readers of a text, each a process of its own: readability.py, and ruff.

What they give back is a claim: it is checked by type, and a reader that fails, dies or takes too
long has said nothing. This process never parses an answer.
"""

import json
import subprocess
import sys
from collections.abc import Collection, Sequence

import msgspec

from zhixing.grader import starting

WALL_SECONDS = 12.0
ANSWER_BYTES = 1024 * 1024
REPLY_BYTES = 16 * 1024 * 1024


class Found(msgspec.Struct):
    """A note as the reader gives it."""

    kind: str
    line: int
    function: str = ""
    names: list[str] = []
    numbers: list[int] = []


class Measures(msgspec.Struct):
    """A function; lines from 1, both inclusive. A stub still holds what the starter put there."""

    line: int
    last: int
    stub: bool
    code_lines: int
    loops: int
    depth: int
    deepest: int
    uses: list[str]

    def holds(self, line: int) -> bool:
        return self.line <= line <= self.last


class Span(msgspec.Struct):
    name: str
    first: int
    last: int


class Page(msgspec.Struct):
    """What the reader says about one text."""

    parsed: bool
    notes: list[Found] = []
    functions: dict[str, Measures] = {}
    blocks: list[Span] = []
    names: list[str] = []
    code_lines: int = 0
    nodes: int = 0


class _Row(msgspec.Struct):
    row: int


class _Finding(msgspec.Struct):
    code: str | None = None
    location: _Row | None = None


def pages_of(texts: Sequence[str]) -> list[Page] | None:
    """A page a text, in order; None when the reader did not give them."""
    if any(len(text) > ANSWER_BYTES for text in texts):
        return None
    reply = _told([], json.dumps(texts).encode("ascii"))
    try:
        pages = msgspec.json.decode(reply, type=list[Page])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return pages if len(pages) == len(texts) else None


def by_ruff(answer: str, rules: Collection[str]) -> list[tuple[str, int]]:
    """(rule, line) of what ruff finds; nothing without ruff."""
    try:
        raw = answer.encode("utf-8")
    except UnicodeEncodeError:
        return []
    arguments = ["ruff", "check", "--isolated", "--no-cache", "--output-format", "json",
                 "--target-version", "py311", "--config", "line-length=120", "--ignore-noqa",
                 "--select", ",".join(rules), "--stdin-filename", "answer.py", "-"]  # fmt: skip
    try:
        findings = msgspec.json.decode(_told(arguments, raw), type=list[_Finding])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return []
    return [(f.code, f.location.row) for f in findings if f.code and f.code in rules and f.location]


def _told(arguments: list[str], stdin: bytes) -> bytes:
    """What the reader's process prints; nothing when it dies, says too much or takes too long."""
    environment = starting.environment() | {"RAYON_NUM_THREADS": "1"}
    command = [sys.executable, "-I", "-B", "-m", "zhixing.grader.readability", *arguments]
    try:
        ran = subprocess.run(
            command,
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd="/",
            timeout=WALL_SECONDS,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return b""
    return ran.stdout if len(ran.stdout) <= REPLY_BYTES else b""
