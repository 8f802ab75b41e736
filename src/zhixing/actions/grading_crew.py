"""The processes that grade a class, seen from the one who leads: work goes out, rows come in.

A process that dies is replaced; the answer it held is tried again, twice at most.
"""

import multiprocessing
import os
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

import msgspec

from zhixing.actions.gathering import Found
from zhixing.actions.grading_work import RETRIES, Conditions, Message, died_at, work
from zhixing.actions.ledgers import Graded

AHEAD = 2
"""Answers that lie ready for a process, so that it never waits for the next."""
GLANCE_SECONDS = 0.2
END_SECONDS = 5.0


@dataclass
class _Hand:
    """One process, and the numbers it was given and has not answered, oldest first."""

    process: BaseProcess
    line: Connection
    processor: int | None = None
    waiting: deque[int] = field(default_factory=deque)


class Crew:
    """`horizon` is the number up to which work is handed out: rows that come early must be kept
    somewhere until it is their turn."""

    def __init__(
        self, answers: Sequence[Found], conditions: Conditions, size: int, not_theirs: Sequence[int]
    ) -> None:
        self.answers, self.conditions, self.size = answers, conditions, size
        self.not_theirs = not_theirs
        self.hands: list[_Hand] = []
        self.queue: deque[int] = deque()
        self.deaths: Counter[int] = Counter()
        self.horizon = 0

    def rows(self, todo: Sequence[int]) -> Iterator[list[tuple[int, Graded]]]:
        """What came in, again and again until all is done; often nothing, so that one can look
        around. The processes end with it."""
        self.queue.extend(todo)
        try:
            for _ in range(min(self.size, len(todo))):
                self._hire()
            while self.queue or any(hand.waiting for hand in self.hands):
                for hand in self.hands:
                    self._feed(hand)
                yield self._heard()
        finally:
            self.close()

    def _hire(self) -> None:
        ours, theirs = multiprocessing.Pipe()
        others = [*self.not_theirs, ours.fileno(), *(hand.line.fileno() for hand in self.hands)]
        processor = self._free_processor()
        given = (theirs, self.answers, self.conditions, others, processor)
        process = multiprocessing.get_context("fork").Process(target=work, args=given, daemon=True)
        process.start()
        theirs.close()
        self.hands.append(_Hand(process, ours, processor))

    def _free_processor(self) -> int | None:
        """One for each of us, where we are as many as there are: judge, fork server and answer
        take turns, and waking one on another processor costs more than most questions. None where
        an answer may use several."""
        if not hasattr(os, "sched_getaffinity") or self.conditions.lab.sandbox:
            return None
        there = sorted(os.sched_getaffinity(0))
        taken = {hand.processor for hand in self.hands}
        if self.size != len(there):
            return None
        return next((one for one in there if one not in taken), None)

    def _feed(self, hand: _Hand) -> None:
        with suppress(OSError):  # it died: that is heard
            while self.queue and len(hand.waiting) < AHEAD and self.queue[0] < self.horizon:
                hand.line.send_bytes(self.queue[0].to_bytes(8, "big"))
                hand.waiting.append(self.queue.popleft())

    def _heard(self) -> list[tuple[int, Graded]]:
        lines = wait([hand.line for hand in self.hands], GLANCE_SECONDS)
        came: list[tuple[int, Graded]] = []
        for hand in [hand for hand in self.hands if hand.line in lines]:
            try:
                while hand.line.poll():
                    came.append(self._told(hand))
            except (EOFError, OSError, msgspec.MsgspecError):
                came += self._buried(hand)
        return came

    def _told(self, hand: _Hand) -> tuple[int, Graded]:
        raw = hand.line.recv_bytes()
        number, key, text, final, row = msgspec.msgpack.decode(raw, type=Message)
        hand.waiting.remove(number)
        return number, Graded(key, text, row, final)

    def _buried(self, hand: _Hand) -> list[tuple[int, Graded]]:
        """Another takes its place. The answer it was at comes first again, or gets its row."""
        self.hands.remove(hand)
        _end(hand)
        rows: list[tuple[int, Graded]] = []
        if hand.waiting:
            self.deaths[hand.waiting[0]] += 1
            if self.deaths[hand.waiting[0]] > RETRIES:
                number = hand.waiting.popleft()
                rows.append((number, died_at(self.conditions, self.answers[number].answer)))
        self.queue.extendleft(reversed(hand.waiting))
        if self.queue:
            self._hire()
        return rows

    def close(self) -> None:
        """End them all; each takes its judge and what runs below along."""
        for hand in self.hands:
            hand.process.terminate()
        while self.hands:
            _end(self.hands.pop())


def _end(hand: _Hand) -> None:
    hand.line.close()
    hand.process.join(END_SECONDS)
    if hand.process.exitcode is None:
        hand.process.kill()
        hand.process.join()
    hand.process.close()
