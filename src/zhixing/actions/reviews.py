"""A second look at what was handed in, once it has passed: what reads well, what could read better,
and our solution beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

from zhixing.actions import labs
from zhixing.actions.desk import Desk
from zhixing.actions.standing import Standing, standing
from zhixing.errors import Problem
from zhixing.grader.reviewing import Block, Note, lines_of, remarks
from zhixing.records import Attempt, Lab, Part
from zhixing.words import Bilingual, say

MOST_LINES = 3000
"""Longer answers are shown without alignment: it takes time that grows with the square."""

RowKind = Literal["equal", "changed", "only-left", "only-right"]


@dataclass(frozen=True)
class Row:
    """A line of the answer (left) beside one of the solution (right); None where there is none."""

    kind: RowKind
    left: str | None
    right: str | None


@dataclass(frozen=True)
class Pair:
    """The same function or class on both sides; `name` is "" for all that lies between them. At
    least one row differs."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Alternative:
    """Another right answer: the one least like the learner's."""

    name: str
    text: str


@dataclass(frozen=True)
class Review:
    """`answer` is the latest that passed. `solution`, `alternative` and `pairs` come once the whole
    lab is passed; notes are there for a part as well. The texts are as they were written: a door
    escapes what its paper would obey."""

    lab: Lab
    part: Part | None
    answer: str
    notes: tuple[Note, ...]
    praise: tuple[Bilingual, ...]
    solution: str | None = None
    alternative: Alternative | None = None
    pairs: tuple[Pair, ...] = ()


def review(desk: Desk, reference: str) -> Review:
    """The review of `lab` or `lab#part`. Problem before it is passed."""
    lab, part = labs.named(desk, reference)
    now = standing(desk)
    passed = labs.passed_before(now, lab)
    whole = passed >= set(labs.part_names(lab))
    if not whole and (part is None or part.name not in passed):
        raise _not_yet(desk, lab, sorted(passed))
    wanted = {part.name} if part else set(labs.part_names(lab))
    answer = _latest(now, lab, wanted).answer
    seen = remarks(answer, lab.solution, lab.packages)
    if not whole:
        return Review(lab, part, answer, seen.notes, seen.praise)
    solution = labs.solution_text(desk, lab.id)
    return Review(
        lab,
        part,
        answer,
        seen.notes,
        seen.praise,
        solution,
        _least_alike(answer, lab),
        tuple(_pairs(answer, seen.answer_blocks, solution, seen.solution_blocks)),
    )


def _not_yet(desk: Desk, lab: Lab, passed: Sequence[str]) -> Problem:
    """Why there is nothing to show; a part that passed is named."""
    if not passed:
        try:
            labs.solution_text(desk, lab.id)
        except Problem as problem:
            return problem
    return Problem(
        say("the solution is shown once every part of the lab passes"),
        lab.id,
        say(
            "`zhixing solution {part}` says how the part that passed reads",
            part=f"{lab.id}#{passed[0]}",
        ),
    )


def _latest(now: Standing, lab: Lab, wanted: set[str]) -> Attempt:
    """The latest attempt that passed all of `wanted`; where there is none such, because parts were
    passed one by one, the latest that passed any of it."""
    counted = [
        (attempt, labs.passed_parts(attempt.verdict))
        for attempt in now.attempts
        if attempt.lab == lab.id and attempt.counted and attempt.verdict.lab_version == lab.version
    ]
    whole = [attempt for attempt, parts in counted if parts >= wanted]
    some = [attempt for attempt, parts in counted if parts & wanted]
    return (whole or some)[-1]


def _least_alike(answer: str, lab: Lab) -> Alternative | None:
    """The alternative that shares the fewest lines with the answer."""
    shared = {line.strip() for line in lines_of(answer)}

    def likeness(text: str) -> float:
        lines = [line.strip() for line in lines_of(text) if line.strip()]
        return sum(line in shared for line in lines) / max(1, len(lines))

    if not lab.alternatives:
        return None
    name = min(lab.alternatives, key=lambda name: (likeness(lab.alternatives[name]), name))
    return Alternative(name, lab.alternatives[name])


# --- side by side ---------------------------------------------------------------------------------


def _pairs(
    answer: str, left: Sequence[Block], solution: str, right: Sequence[Block]
) -> Iterator[Pair]:
    """What differs, function by function in the solution's order; then what only the answer has,
    and last what lies between functions. What is alike on both sides is left out. Without blocks
    everything is one pair."""
    mine, ours = lines_of(answer), lines_of(solution)
    if len(mine) > MOST_LINES:
        return
    left_of = {block.name: mine[block.first - 1 : block.last] for block in left}
    right_of = {block.name: ours[block.first - 1 : block.last] for block in right}
    left_of[""], right_of[""] = _between(mine, left), _between(ours, right)
    only_left = [name for name in left_of if name not in right_of]
    for name in (*(name for name in right_of if name), *only_left, ""):
        rows = tuple(_rows(left_of.get(name, []), right_of.get(name, [])))
        if any(row.kind != "equal" for row in rows):
            yield Pair(name, rows)


def _between(lines: Sequence[str], blocks: Sequence[Block]) -> list[str]:
    """The lines outside all blocks, with no two empty ones in a row."""
    inside = {number for block in blocks for number in range(block.first, block.last + 1)}
    outside = [line for number, line in enumerate(lines, 1) if number not in inside]
    kept = [
        line
        for before, line in zip(["", *outside], outside, strict=False)
        if line.strip() or before.strip()
    ]
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _rows(left: Sequence[str], right: Sequence[str]) -> Iterator[Row]:
    kinds: dict[str, RowKind] = {"equal": "equal", "delete": "only-left", "insert": "only-right"}
    matched = SequenceMatcher(None, left, right, autojunk=False)
    for step, first, last, start, end in matched.get_opcodes():
        for one, other in zip_longest(left[first:last], right[start:end]):
            kind = kinds.get(step, "changed")
            if kind == "changed" and one is None:
                kind = "only-right"
            elif kind == "changed" and other is None:
                kind = "only-left"
            yield Row(kind, one, other)
