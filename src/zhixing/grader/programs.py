"""What a check of a program sees: `answer.run("add", "x")` gives exit code, output and errors.

Each run is a process of its own, forked from the warm server; the judge holds the other ends of its
three streams, and the exit code is what the fork server's wait says, never the answer. The private
folder stays over the runs of one check; a clerk, a process that runs nothing of the answer, puts
files there and takes them out.
"""

import json
import os
import re
import shlex
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from zhixing.bundles import loosely_parted
from zhixing.grader import wire
from zhixing.grader.answering import AnswerProcess, Gone, OutOfTime, Spent, Until
from zhixing.grader.conversation import AnswerRaised, Conversation, Entry, Nest, Program
from zhixing.grader.hatchery import Room
from zhixing.grader.proxy import NotPlain, TooSlow
from zhixing.grader.streams import KEPT_BYTES, Streams
from zhixing.records import Lab

CLERK_SECONDS = 5.0
FILE = "answer.py"
_TRACEBACK = re.compile(r"Traceback \(most recent call last\)")


@dataclass(frozen=True)
class Finished:
    """How a run ended: exit code (minus the signal that killed it), what it printed, its errors."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The output as JSON; a failure that says so when it is none."""
        try:
            return json.loads(self.out)
        except (ValueError, RecursionError):
            raise NotPlain(
                "标准输出不是合法的 JSON：那里只能有数据，别的话写到标准错误去 // "
                "standard output is not JSON: only data belongs there, other words go to stderr"
            ) from None

    @property
    def last_words(self) -> str:
        """The last line of the errors, cut: for messages."""
        lines = [line for line in self.err.splitlines() if line.strip(" │╭╰─╮╯")]
        return lines[-1].strip()[:160] if lines else ""


class Stage:
    """One check's private folder, the clerk in it, and the runs of a program there."""

    def __init__(
        self, file: str, program: Program, talk: Conversation, nest: Callable[[], Nest]
    ) -> None:
        self.file, self.program, self.talk, self.nest = file, program, talk, nest
        self.room: Room | None = None
        self.clerk: Conversation | None = None

    def end_process(self) -> None:
        """The check is over: the clerk goes, the folder is emptied."""
        if self.clerk is not None:
            self.clerk.end_process()
            self.clerk = None
        if self.room is not None:
            self.nest().leave(self.room)
            self.room = None

    def in_room(self) -> "_InRoom":
        nest = self.nest()
        self.room = self.room or nest.room()
        return _InRoom(nest, self.room)

    # --- files ------------------------------------------------------------------------------------

    def ask_clerk(self, operation: str, *arguments: Any, **head: Any) -> Any:
        if self.clerk is None:
            talk = self.talk
            self.clerk = type(talk)(
                self.in_room,  # type: ignore[arg-type]
                Program(""),
                talk.spending,
                talk.wrap_handle,
                talk.describe_argument,
            )
            self.clerk.start_check(0, self._cpu_left())
        label = {"fetch": "get"}.get(operation, operation)
        return self.clerk.ask(operation, arguments, label=label, wall_s=CLERK_SECONDS, **head)

    # --- runs -------------------------------------------------------------------------------------

    def run(
        self, arguments: Sequence[str], stdin: bytes, cpu_s: float | None, wall_s: float | None,
        conditions: dict[str, Any], label: str,
    ) -> Finished:  # fmt: skip
        """One run in a new process. OutOfTime, Gone."""
        spending = self.talk.spending
        if self._cpu_left() <= 0:
            raise Spent(self.talk.check_cpu or spending.cpu_limit, cpu=True)
        place, streams = self.in_room(), Streams(stdin)
        try:
            process = place.hatch(spending.cpu_limit, spending.memory_mib, extra=streams.theirs)
        except BaseException as error:
            self.talk.disturbed |= isinstance(error, Gone)
            streams.close()
            raise
        finally:
            streams.close_theirs()
        try:
            until = self._until(cpu_s, wall_s, label)
            request = {"id": 1, "op": "main", "a": list(arguments), "source": self.program.source,
                       "file": self.file, "files": dict(self.program.beside),
                       **conditions}  # fmt: skip
            process.send(request, [], until)
            streams.follow(process, until)
        finally:
            ended = process.end()
            self.talk.disturbed |= ended.from_outside
            spending.cpu += process.cpu
            streams.take_the_rest()
            self._remember(arguments, streams)
        if not place.nest.alive:
            raise Gone("the fork server ended")
        code = os.waitstatus_to_exitcode(ended.status)
        if code == -signal.SIGKILL:  # by the system or from outside: no way for a program to end
            raise Gone("exit")
        return Finished(code, *streams.texts())

    def _cpu_left(self) -> float:
        talk = self.talk
        used = self.clerk.spent() if self.clerk else talk.spending.cpu
        return min(talk.check_cpu_end, talk.spending.cpu_limit) - used

    def _until(self, cpu_s: float | None, wall_s: float | None, label: str) -> Until:
        """The limits of a run: those of the call where it has some, and what the check has left."""
        now, spending = time.monotonic(), self.talk.spending
        cpu_end, cpu_limit = self._cpu_left(), self.talk.check_cpu or spending.cpu_limit
        wall_end, wall_limit = spending.wall_end, spending.wall_limit
        if cpu_s is not None and wall_s is None:  # who sleeps uses no CPU: wait not for ever
            wall_s = 3.0 * cpu_s + 1.0
        cpu_s = spending.shortened(label, cpu_s)
        if cpu_s is not None and cpu_s < cpu_end:
            cpu_end, cpu_limit = cpu_s, cpu_s
        if wall_s is not None and now + wall_s < wall_end:
            wall_end, wall_limit = now + wall_s, wall_s
        return Until(wall_end, cpu_end, wall_limit, cpu_limit)

    def _remember(self, arguments: Sequence[str], streams: "Streams") -> None:
        """For the learner: what was run, and what it said."""
        printed = self.talk.printed
        said = f"$ {shlex.join([self.file, *arguments])[:400]}\n".encode(
            "utf-8", "backslashreplace"
        )
        for raw in (said, bytes(streams.out), bytes(streams.err)):
            printed += raw[: max(0, KEPT_BYTES - len(printed))]


class _InRoom:
    """A fork server whose processes all live in one room."""

    def __init__(self, nest: Nest, room: Room) -> None:
        self.nest, self.room = nest, room

    def hatch(self, cpu_seconds: float, memory_mib: int, **more: Any) -> AnswerProcess:
        return self.nest.hatch(cpu_seconds, memory_mib, room=self.room, **more)


class ProgramAnswer:
    """The proxy that a check knows as `answer`, for a program."""

    def __init__(
        self, stage: Stage, facts: Callable[[], Any], another: Callable[[], "ProgramAnswer"]
    ) -> None:
        self._stage, self._facts, self._another = stage, facts, another

    def run(
        self,
        *arguments: str,
        stdin: str | bytes = "",
        wall_s: float | None = None,
        cpu_s: float | None = None,
        file_kib: int | None = None,
        locale: str | None = None,
        wording: bool = True,
    ) -> Finished:
        """Run the program. TooSlow past a limit of the call.

        With `file_kib` no file can be written past that size: the write fails in the middle. With
        `locale="C"` it finds itself where text is not UTF-8 unless it says so. `wording=False`:
        only whether something was printed tells slips apart, not the words.
        """
        label = arguments[0] if arguments else "main"
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        transcript = self._stage.talk.transcript
        try:
            conditions = {"file_kib": file_kib, "locale": locale}
            finished = self._stage.run(arguments, raw, cpu_s, wall_s, conditions, label)
        except OutOfTime as late:
            transcript.add(Entry(label, "late", None))
            if late.cpu and late.seconds != cpu_s:
                self._stage.talk.spending.endless.add(label)
            if (cpu_s is None and wall_s is None) or isinstance(late, Spent):
                raise
            raise TooSlow(label, late.seconds) from late
        except wire.BadFrame as error:
            transcript.add(Entry(label, "gone", str(error)))
            raise Gone("frame") from error
        except Gone:
            transcript.add(Entry(label, "gone", None))
            raise
        transcript.add(_entry(label, finished, wording))
        return finished

    def saw(self, name: str, value: Any) -> Any:
        """Note a fact that the check worked out itself, so that slips are told apart by it."""
        return saw(self._stage.talk, name, value)

    def put(self, name: str, data: bytes) -> str:
        """Write a file into the private folder; its path over there."""
        return str(self._stage.ask_clerk("put", data, name=name))

    def get(self, name: str, max_bytes: int) -> bytes:
        """The bytes of a file over there; a failure when there is none, or it is larger."""
        try:
            raw = self._stage.ask_clerk("fetch", name=name, max=max_bytes)
        except AnswerRaised as error:
            if error.names[0] == "FileNotFoundError":
                raise NotPlain(f"没有文件 {name} // there is no file {name}") from None
            raise
        if not isinstance(raw, bytes) or len(raw) > max_bytes:
            raise NotPlain(f"{name} 超过 {max_bytes} 字节 // {name} is over {max_bytes} bytes")
        return raw

    def names(self) -> list[str]:
        """The files in the private folder, without those of the answer itself."""
        listed = self._stage.ask_clerk("names")
        good = isinstance(listed, list) and all(isinstance(one, str) for one in listed)
        return [one for one in listed if one not in self._stage.program.beside] if good else []

    @property
    def source(self) -> SimpleNamespace:
        """The reader's facts about the text: advice beside behaviour."""
        return SimpleNamespace(**self._facts())

    def fresh(self) -> "ProgramAnswer":
        """The same program in another, empty folder, for this check."""
        return self._another()


def program_of(lab: Lab, source: str) -> Program:
    """What is run of an answer: of several files the first, the others beside it."""
    if not lab.files or lab.kind == "files":
        return Program(source, lab.probes_source)
    files = loosely_parted(source, lab.files)
    return Program(files.pop(lab.files[0]), lab.probes_source, files)


def _entry(label: str, finished: Finished, wording: bool) -> Entry:
    """What of a run tells slips apart: which words an error has is the learner's own business. What
    is not written yet tells nothing."""
    out: Any = finished.out if wording else bool(finished.out.strip())
    err: Any = bool(finished.err.strip())
    if _TRACEBACK.search(finished.err):
        err = finished.last_words.partition(":")[0]
        if err == "NotImplementedError":
            return Entry(label, "raise", err)
    return Entry(label, "ok", [finished.code, out, err])


def saw(talk: Conversation, name: str, value: Any) -> Any:
    """A fact into the transcript of a check, as plain data under its own name."""
    packed = wire.Packed()
    form = wire.pack(value, packed, lambda other: repr(other)[:200])
    talk.transcript.add(Entry(name, "ok", form, tuple(packed.buffers)))
    return value


def program_answer(
    lab: Lab,
    program: Program,
    talk: Conversation,
    nest: Callable[[], Nest],
    facts: Callable[[], Any],
    extra: list[Any],
) -> ProgramAnswer:
    """`answer` for the check that runs now; its folder goes with `extra`. Shared work of the check
    sees the same folder."""

    def another() -> ProgramAnswer:
        stage = Stage(lab.files[0] if lab.files else FILE, program, talk, nest)
        extra.append(stage)
        return ProgramAnswer(stage, facts, another)

    stage = next((one for one in extra if isinstance(one, Stage)), None)
    return another() if stage is None else ProgramAnswer(stage, facts, another)
