"""One of the processes that grade a class: it reads an answer, has it judged, writes the row.

It has a judge of its own, forked from the one who leads; what an answer or a file does to it costs
at most this process, and another takes its place.
"""

import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from zhixing import __version__
from zhixing.actions.deciphering import HandedIn, handed_in
from zhixing.actions.gathering import Found
from zhixing.actions.labs import seed_for
from zhixing.actions.ledgers import Graded
from zhixing.errors import Letter, Problem
from zhixing.grader import processes
from zhixing.grader.grading import Judge
from zhixing.grader.starting import Expected
from zhixing.records import Lab, Limits, Verdict
from zhixing.words import LANGUAGES, Sayable, say

RETRIES = 2
ENDED_MIDWAY = "the answer's process ended midway"
"""How a check says that a process is gone: by its own doing, or because somebody killed it."""
TROUBLES = (Problem, msgspec.MsgspecError, OSError)
"""What the door of a judge raises when the judge ended under it."""

WriteVerdict = Callable[[Verdict], dict[str, object]]
Message = tuple[int, str, str, bool, bytes]


@dataclass(frozen=True)
class Conditions:
    """What all answers of one grading share, the seed too: `seed` if given, else one that comes
    from `secret`. So everybody meets the same inputs, and each known slip is replayed on them once.
    `write` gives a verdict the keys that rows have."""

    lab: Lab
    part: str | None
    seed: str | None
    secret: str
    level: str
    limits: Limits
    write: WriteVerdict

    def key(self, answer: str, sha: str) -> str:
        """The name of an answer as it stands, graded under these conditions."""
        seed = self.seed if self.seed is not None else "\0" + self.secret
        lab = (self.lab.id, self.part or "", self.lab.version)
        told = json.dumps([*lab, self.level, seed, __version__, answer, sha])
        return hashlib.sha256(told.encode()).hexdigest()

    def seed_of_all(self) -> str:
        if self.seed is not None:
            return self.seed
        return seed_for(bytes.fromhex(self.secret), self.lab, "")

    def row(self, answer: str, verdict: Verdict, handed: HandedIn) -> bytes:
        """A verdict as one line of JSON; half a letter of an odd file name is an escape."""
        told = {"answer": answer, **self.write(verdict)}
        if handed.advice is not None:
            said = {language: handed.advice.render(language) for language in LANGUAGES}
            told["advice"] = [said, *_listed(told["advice"])]
        return _bytes(told)

    def refusal(self, answer: str, letter: Letter) -> bytes:
        """The row of an answer that could not be graded: it says why."""
        told = {"answer": answer, **self.write(self._nothing()), "verdict": "error"}
        where = letter.where
        told["problem"] = {
            "what": _both(letter.what),
            "where": dict.fromkeys(LANGUAGES, where) if isinstance(where, str) else _both(where),
            "next_step": _both(letter.next_step),
        }
        return _bytes(told)

    def _nothing(self) -> Verdict:
        return Verdict(
            lab=self.lab.id, part=self.part, lab_version=self.lab.version, verdict="fail",
            passed=False, score=0.0, parts={}, checks=(), slips=(), isolation=self.level,
            cpu_seconds=0.0, seed="", versions={},
        )  # fmt: skip


def _bytes(told: object) -> bytes:
    text = json.dumps(told, ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "backslashreplace")


def _both(said: Sayable) -> dict[str, str]:
    return {language: said.render(language) for language in LANGUAGES}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


# --- the process --------------------------------------------------------------------------------


def work(
    line: Connection,
    answers: Sequence[Found],
    conditions: Conditions,
    others: Iterable[int],
    processor: int | None,
) -> None:
    """Grade the answers whose numbers come through `line` until it closes. `others` are
    descriptors of the one who leads, which are not ours to hold; with a `processor` we stay there.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who leads
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    leader = os.getppid()
    processes.end_with_parent(signal.SIGTERM)
    if os.getppid() != leader:
        return
    if processor is not None:
        os.sched_setaffinity(0, {processor})
    for number in others:
        with suppress(OSError):
            os.close(number)
    bench = Bench(conditions)
    try:
        while True:
            number = int.from_bytes(line.recv_bytes(), "big")
            one = bench.graded(answers[number])
            line.send_bytes(msgspec.msgpack.encode((number, one.key, one.text, one.final, one.row)))
    except (EOFError, BrokenPipeError):
        return
    finally:
        bench.close()


class Bench:
    """A judge, and what to do when it ends under us."""

    def __init__(self, conditions: Conditions) -> None:
        self.conditions = conditions
        self.judge: Judge | None = None
        with suppress(*TROUBLES):
            self.judge = self._opened()  # it wakes up while the first answer is read

    def _opened(self) -> Judge:
        lab = self.conditions.lab
        return Judge(expected=Expected(lab.packages, lab.sandbox))

    def close(self) -> None:
        judge, self.judge = self.judge, None
        if judge is not None:
            judge.close()

    def graded(self, found: Found) -> Graded:
        """The row of one answer, whatever it is."""
        handed = handed_in(found, self.conditions.lab.files)
        key = self.conditions.key(found.answer, handed.sha)
        if handed.text is None:
            assert handed.trouble is not None, "without a text there is a reason"
            return Graded(key, "", self.conditions.refusal(found.answer, handed.trouble))
        text = hashlib.sha256(handed.text.encode("utf-8", "surrogatepass")).hexdigest()
        verdict = self.judged(handed.text)
        if isinstance(verdict, Letter):
            row = self.conditions.refusal(found.answer, verdict)
            return Graded(key, text, row, final=False)
        return Graded(key, text, self.conditions.row(found.answer, verdict, handed))

    def judged(self, text: str) -> Verdict | Letter:
        """The verdict; why there is none, when one judge after another ended."""
        why = _ungraded()
        for _ in range(1 + RETRIES):
            try:
                return self.settled(text)
            except TROUBLES as trouble:
                why = trouble.letters[0] if isinstance(trouble, Problem) else why
                self.close()
        return why

    def settled(self, text: str) -> Verdict:
        """The verdict. Where a process ended midway, it may have been killed from outside: then
        the verdict is one that was found twice, or undisturbed."""
        verdict, disturbed = self.once(text)
        for _ in range(RETRIES if disturbed else 0):
            before = verdict
            verdict, disturbed = self.once(text)
            if not disturbed or _same(before, verdict):
                break
        return verdict

    def once(self, text: str) -> tuple[Verdict, bool]:
        """(verdict, whether something ended that should have lived)."""
        self.judge = self.judge or self._opened()
        before = _servers(self.judge.process.pid)
        verdict = self.judge.grade(
            self.conditions.lab,
            text,
            self.conditions.limits,
            seed=self.conditions.seed_of_all(),
            part=self.conditions.part,
        )
        gone = before - _servers(self.judge.process.pid)
        return verdict, bool(gone) or any(_ended_midway(verdict))


def _servers(judge: int) -> frozenset[str]:
    """The processes that live for longer than an answer: what a judge started, and what these did.
    An answer is started by a fork server, which is two generations below its judge."""
    keepers = _children(str(judge))
    return keepers.union(*map(_children, keepers))


def _children(pid: str) -> frozenset[str]:
    try:
        return frozenset(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    except OSError:
        return frozenset()


def _ended_midway(verdict: Verdict) -> Iterable[bool]:
    messages = (check.message for check in verdict.checks if check.outcome == "error")
    return (message is not None and ENDED_MIDWAY in message.en for message in messages)


def _same(one: Verdict, other: Verdict) -> bool:
    outcomes = [[(c.name, c.outcome) for c in verdict.checks] for verdict in (one, other)]
    return outcomes[0] == outcomes[1] and one.slips == other.slips


def _ungraded() -> Letter:
    return Letter(
        say("the grader ended each time at this answer"),
        say("the judge process"),
        say("grade again: what is done is kept; `zhixing doctor` looks at the grader"),
    )


def died_at(conditions: Conditions, answer: str) -> Graded:
    """The row of an answer at which one process after another died."""
    return Graded("", "", conditions.refusal(answer, _ungraded()), final=False)
