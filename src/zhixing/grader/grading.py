"""Is this answer right, and if not, which slip? The door's side: one judge, many answers."""

import contextlib
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import msgspec
import platformdirs

from zhixing.errors import Problem
from zhixing.grader import descriptors, starting
from zhixing.grader.messages import CELL, FIGURE, LENGTH, Errand, Event, Request
from zhixing.grader.starting import Expected, Level
from zhixing.grader.text import encodable
from zhixing.records import CheckResult, Lab, Limits, Ran, Verdict
from zhixing.words import Said, say

ANSWER_BYTES = 1024 * 1024
JUDGE_SECONDS = 600.0
CLOSING_SECONDS = 3.0
OTHERS_DOING = (None, 1, -2, -9, -15)
"""How a judge ends that no check ended: still there, an error of ours, told or made to end."""
Start = Literal["fork", "spawn"]
START: Start = "fork" if sys.platform == "linux" else "spawn"


class Judge:
    """A warm judge. Open it once for a lab or for many; each answer gets a process of its own.

    It works at the highest isolation level there is, but not above `level`. `start` says where
    answer processes come from: forked from a warm one, or, where that is unsafe or cannot be, taken
    from a pool of warm ones, at level process. `expected` is what the first lab will need, so far
    as one can tell: it is made ready while the lab is still being looked for.
    """

    def __init__(
        self, level: Level = "full", start: Start = START, expected: Expected | None = None
    ) -> None:
        self.lab: Lab | None = None
        self.grading = False
        self.process = subprocess.Popen(
            [sys.executable, *starting.ALONE, "-m", "zhixing.grader",
             *starting.words(level, start, expected)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=starting.environment() | {"MPLCONFIGDIR": str(_drawing_folder())},
            start_new_session=True,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _k: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the judge and all below it: the fork server dies with it. An answer's process is
        gone before its verdict is given, and its folder out of the way; an interrupted one is
        cleared away first."""
        if self.grading:
            self.process.terminate()
        with contextlib.suppress(OSError):
            if self.process.stdin is not None:
                self.process.stdin.close()
        self._wait_for_its_end(CLOSING_SECONDS)
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _wait_for_its_end(self, seconds: float) -> None:
        """Its output ends when it does. (`Popen.wait` with a limit looks every 50 ms.)"""
        until = time.monotonic() + seconds
        out = self.process.stdout
        with contextlib.suppress(OSError, ValueError):
            while out is not None and descriptors.readable(out, max(0, until - time.monotonic())):
                if not os.read(out.fileno(), 64 * 1024):
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        self.process.wait(timeout=max(0, until - time.monotonic()))
                    return

    def grade(
        self,
        lab: Lab,
        answer: str,
        limits: Limits | None = None,
        *,
        seed: str | None = None,
        part: str | None = None,
        diagnose: bool = True,
        on_check: Callable[[CheckResult], None] | None = None,
    ) -> Verdict:
        """The verdict on one answer; `on_check` hears each check as it ends.

        Without a seed a fresh random secret is drawn. Problem when the answer is larger than
        1 MiB, the lab asks for a higher isolation level, or the judge itself ends.
        """
        limits = limits or Limits()
        _refuse_on_windows(lab)
        _refuse_long(answer, say("the answer to {lab}", lab=lab.id))
        request = Request(
            answer=encodable(answer),
            seed=seed or secrets.token_hex(16),
            part=part,
            lab=lab if lab is not self.lab else None,
            limits=limits,
            diagnose=diagnose,
            each_check=on_check is not None,
        )
        self._send(request)
        self.lab = lab
        for event in self._events():
            if event.check is not None and on_check is not None:
                on_check(event.check)
            if event.verdict is not None:
                self.grading = False
                return event.verdict
        raise self._lost(lab)

    def places(self, lab: Lab, answer: str, seed: str) -> dict[str, str]:
        """check -> where in checks.py it noticed something, of those that diagnosis may run again;
        one that passes is not named. Problems as of `grade`."""
        lab_sent = lab if lab is not self.lab else None
        self._send(Request(encodable(answer), seed, lab=lab_sent, places=True))
        self.lab = lab
        for event in self._events():
            if event.places is not None:
                self.grading = False
                return event.places
        raise self._lost(lab)

    def run(
        self,
        source: str,
        packages: tuple[str, ...],
        answer: str | None = None,
        limits: Limits | None = None,
    ) -> Ran:
        """What running `source` gives; nothing is judged. With an `answer`, the source may import
        it as `answer`.

        10 CPU seconds, 20 seconds and 1 GiB unless `limits` says otherwise. Problem when a text is
        larger than 1 MiB or the judge itself ends.
        """
        return self._ran(Errand(source, packages, limits or Limits(), CELL, answer))

    def warm(self, lab: Lab) -> None:
        """Have the fork server of a lab ready. Problem when the judge itself ends."""
        self._ran(Errand("", lab.packages, Limits(), sandbox=lab.sandbox))

    def figure(self, lab: Lab, answer: str, part: str, limits: Limits | None = None) -> Ran:
        """What figure.py draws of one part with this answer; ValueError if it does not draw it."""
        from zhixing.grader.running import drawer, figure_program

        name = drawer(lab, part)
        if name is None:
            raise ValueError(f"lab {lab.id} draws nothing for part {part}")
        packages = (*lab.packages, "matplotlib")
        source = figure_program(lab, name)
        return self._ran(Errand(source, packages, limits or Limits(), FIGURE, answer))

    def _ran(self, errand: Errand) -> Ran:
        _refuse_long(errand.source, say("the code"))
        _refuse_long(errand.answer or "", say("the answer"))
        source, answer = encodable(errand.source), errand.answer
        answer = answer if answer is None else encodable(answer)
        self._send(msgspec.structs.replace(errand, source=source, answer=answer))
        for event in self._events():
            if event.ran is not None:
                self.grading = False
                return event.ran
        raise _ended("")

    def _send(self, request: Request | Errand) -> None:
        raw = msgspec.msgpack.encode(request)
        try:
            assert self.process.stdin is not None
            self.process.stdin.write(LENGTH.pack(len(raw)) + raw)
            self.process.stdin.flush()
        except OSError as error:
            raise _ended(str(error)) from error
        self.grading = True

    def _events(self) -> Iterator[Event]:
        until = time.monotonic() + JUDGE_SECONDS
        while head := self._exactly(LENGTH.size, until):
            raw = self._exactly(LENGTH.unpack(head)[0], until)
            if not raw:
                raise _ended("")
            event = msgspec.msgpack.decode(raw, type=Event)
            if event.trouble is not None:
                raise _ended(event.trouble)
            if event.wants is not None:
                self.grading = False
                raise _too_low(self.lab, event.wants, str(event.has))
            yield event

    def _lost(self, lab: Lab) -> Problem:
        """Why the judge is no more. It runs nothing but the checks of a lab: one that crashes, or
        ends the process, takes it along."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=CLOSING_SECONDS)
        code = self.process.returncode
        if code in OTHERS_DOING:
            return _ended("")
        how = say("signal {number}", number=-code) if code < 0 else say("exit code {n}", n=code)
        return Problem(
            say("a check of lab {lab} ended the grader itself ({how})", lab=lab.id, how=how),
            say("checks.py of lab {lab}", lab=lab.id),
            say("a fault of the lab, not of the answer: please tell its author"),
        )

    def _exactly(self, count: int, until: float) -> bytes:
        assert self.process.stdout is not None
        got = b""
        while len(got) < count:
            left = until - time.monotonic()
            if left <= 0 or not descriptors.readable(self.process.stdout, left):
                self.process.kill()
                raise _ended(f"{JUDGE_SECONDS:g} s")
            part = os.read(self.process.stdout.fileno(), count - len(got))
            if not part:
                return b""
            got += part
        return got


def _drawing_folder() -> Path:
    """Where matplotlib keeps its list of fonts: ours alone, never the learner's own settings."""
    return platformdirs.user_cache_path("zhixing") / "matplotlib"


def _refuse_long(text: str, where: Said) -> None:
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > ANSWER_BYTES:
        raise Problem(
            say("the answer is {size} KiB long", size=size // 1024),
            where,
            say("an answer is at most 1 MiB of text: keep data out of it"),
        )


def _refuse_on_windows(lab: Lab) -> None:
    needs = lab.kind in ("program", "service") or lab.witness_source is not None
    if descriptors.WINDOWS and needs:
        from zhixing.grader.workers import needs_wsl

        raise needs_wsl(say("lab {lab}", lab=lab.id))


def _too_low(lab: Lab | None, wants: str, has: str) -> Problem:
    return Problem(
        say("this needs isolation level {want}, here is {have}", want=wants, have=has),
        say("lab {lab}", lab=lab.id if lab else ""),
        say("`zhixing doctor` says how to raise it"),
    )


def _ended(why: str) -> Problem:
    return Problem(
        say("the grader ended before its verdict {why}", why=f"({why})" if why else ""),
        say("the judge process"),
        say("check again; if it stays so, `zhixing doctor` and a report would help us"),
    )


def grade(lab: Lab, answer: str, limits: Limits | None = None, **options: object) -> Verdict:
    """The verdict on one answer, with a judge of its own. Options as in `Judge.grade`."""
    with Judge() as judge:
        return judge.grade(lab, answer, limits, **options)  # type: ignore[arg-type]
