"""One program (an answer, the solution, a mutant) under questions: processes come and go, it stays.

`Conversation.ask` is the only way to an answer: it sends one request, serves callbacks while it
waits, and gives the reply as plain data or raises. It records every reply, raw, so that a failing
answer can later be compared with the known slips.
"""

import contextlib
import math
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from secrets import randbits
from typing import Any, Protocol

from zhixing.grader import wire
from zhixing.grader.answering import (
    OUT_BYTES,
    AnswerProcess,
    Gone,
    OutOfTime,
    Spent,
    Traffic,
    Until,
)
from zhixing.grader.hatchery import Room
from zhixing.words import Bilingual

WALL_PER_CPU = 3.0
WALL_EXTRA = 10.0
TRANSCRIPT_BYTES = 64 * wire.MIB
DECODED = 16
"""What JSON takes once decoded, at worst, as a multiple of its length."""
MOST_LINES = 1024 * 1024
"""An answer is at most 1 MiB of text: a line beyond that is a forgery."""
ENDS = (StopIteration, StopAsyncIteration, GeneratorExit)
"""What silently ends a loop of a check: only the reply to `next` may be that."""


class Nest(Protocol):
    """Where answer processes come from: a warm fork server, or a pool of warm workers."""

    @property
    def alive(self) -> bool: ...

    def wait_until_ready(self) -> None:
        """Gone if it did not wake up."""

    def hatch(
        self,
        cpu_seconds: float,
        memory_mib: int,
        *,
        room: Room | None = None,
        extra: Sequence[int] = (),
    ) -> AnswerProcess: ...

    def room(self) -> Room: ...

    def leave(self, room: Room) -> None: ...

    def close(self) -> None: ...


class AnswerRaised(Exception):
    """The answer's code raised: type names (class first), message, line and trace of its own."""

    def __init__(self, names: list[str], message: str, trace: str, line: int, label: str) -> None:
        super().__init__(f"{names[0]}: {message}")
        self.names, self.message, self.trace, self.line = names, message, trace, line
        self.label = label


class Missing(Exception):
    """The answer has nothing of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class Program:
    """A text to run, and the probes that may run beside it."""

    source: str
    probes: str | None = None
    beside: Mapping[str, str] = field(default_factory=dict)
    """Other files of the answer, which it finds in its folder."""


@dataclass
class Spending:
    """CPU seconds and wall seconds of one answer over all its processes; one deadline."""

    cpu_limit: float
    memory_mib: int
    wall_limit: float = 0.0
    cpu: float = 0.0
    wall_end: float = 0.0
    endless: set[str] = field(default_factory=set)
    """What used up its whole share of a check once: the names of calls, or "import"."""
    again_cpu: float = math.inf
    """CPU seconds that such a call gets from then on: it need not show the same twice."""

    def __post_init__(self) -> None:
        self.wall_limit = self.wall_limit or WALL_PER_CPU * self.cpu_limit + WALL_EXTRA
        self.wall_end = time.monotonic() + self.wall_limit

    @property
    def left(self) -> float:
        return self.cpu_limit - self.cpu

    def shortened(self, label: str, cpu_s: float | None) -> float | None:
        """The limit of a call in CPU seconds; None = the check's own."""
        if label not in self.endless or (cpu_s is not None and cpu_s < self.again_cpu):
            return cpu_s
        return self.again_cpu

    @property
    def late(self) -> bool:
        """Has the wall clock passed the deadline?"""
        return time.monotonic() >= self.wall_end


@dataclass(frozen=True)
class Entry:
    """One reply, as it came: whose call (`label`), what kind, the raw form and its length."""

    label: str
    kind: str
    form: Any
    buffers: tuple[wire.Raw, ...] = ()
    length: int = 0


@dataclass
class Transcript:
    """The replies of one check. `whole` is False once it grew past what is kept."""

    entries: list[Entry] = field(default_factory=list)
    size: int = 0
    whole: bool = True
    trace: str = ""  # the last traceback that a service printed: a claim, to be shown only

    def add(self, entry: Entry) -> None:
        self.size += sum(map(len, entry.buffers)) + DECODED * entry.length + 64
        if self.size > TRANSCRIPT_BYTES:
            self.whole = False
        else:
            self.entries.append(entry)


class Conversation:
    """Questions to one program. `wrap_handle` makes what a check sees of an object over there."""

    def __init__(
        self,
        nest: Callable[[], Nest],
        program: Program,
        spending: Spending,
        wrap_handle: Callable[["Conversation", dict[str, Any], str], object],
        describe_argument: Callable[["Conversation", object, str], Any],
    ) -> None:
        self.nest, self.program, self.spending = nest, program, spending
        self.wrap_handle, self.describe_argument = wrap_handle, describe_argument
        self.process: AnswerProcess | None = None
        self.handed: Callable[[], tuple[socket.socket, ...]] = tuple
        self.generation = 0
        self.traffic = Traffic()
        self.transcript = Transcript()
        self.callbacks: dict[int, Callable[..., Any]] = {}
        self.released: list[int] = []
        self.printed = bytearray()
        self.remarks: list[Bilingual] = []
        self.check_cpu_end = float("inf")
        self.check_cpu = 0.0
        self.answer_seed, self.seed_due = 0, False
        self.names: dict[str, str] = {}
        self.depth = 0
        self.disturbed = False
        """Was a process of it killed by somebody else (kill -9, the kernel out of memory)?"""

    # --- processes ------------------------------------------------------------------------------

    def start_check(self, answer_seed: int, cpu_seconds: float) -> None:
        """Begin a check: its generators, its own share of CPU seconds, an empty transcript.

        The seed of the generators rides on the next request: nothing of the answer runs before it.
        """
        self.answer_seed, self.check_cpu = answer_seed, min(cpu_seconds, self.spending.left)
        self.transcript = Transcript()
        self.callbacks.clear()
        self.depth = 0
        self.check_cpu_end = self.spent() + self.check_cpu
        self.seed_due = True

    def spent(self) -> float:
        """CPU seconds of the answer so far, over all its processes."""
        return self.spending.cpu + (self.process.cpu_now() if self.process else 0.0)

    def _living(self) -> AnswerProcess:
        if self.process is None:
            self._refuse_when_spent()
            self.process = self._hatched()
            self.generation += 1
            self.released.clear()
            self.seed_due = True
            self._load()
            self.seed_due = True
        return self.process

    def _refuse_when_spent(self) -> None:
        """Spent when no process is worth making any more."""
        if self.spending.left <= 0:
            raise Spent(self.spending.cpu_limit, cpu=True)
        if self.spending.late:
            raise Spent(self.spending.wall_limit, cpu=False)
        if self.program.source and "import" in self.spending.endless:
            raise Spent(self.check_cpu, cpu=True)

    def callables(self) -> dict[str, str]:
        """The functions and classes that the answer's module defines (a claim), and their kinds."""
        self._living()
        return self.names

    def _hatched(self) -> AnswerProcess:
        """A new process, with the sockets that it is handed."""
        limits = self.spending.cpu_limit, self.spending.memory_mib
        try:
            with contextlib.ExitStack() as handing:
                handed = [handing.enter_context(one).fileno() for one in self.handed()]
                return self.nest().hatch(*limits, extra=handed)
        except Gone:  # the fork server ended, or its keeper, or had no room just then
            self.disturbed = True
            raise

    def _load(self) -> None:
        """Run the program's text. What does not load is not kept half loaded."""
        source, probes = self.program.source, self.program.probes
        try:
            beside = dict(self.program.beside)
            self.ask("load", label="import", source=source, probes=probes, files=beside)
        except AnswerRaised:
            self.end_process()
            raise

    def end_process(self) -> None:
        """Kill the present process; the next question starts a fresh one."""
        process, self.process = self.process, None
        if process is not None:
            self.disturbed |= process.end().from_outside
            self.spending.cpu += process.cpu
            room = 65536 - len(self.printed)
            self.printed += process.printed[: max(0, room)]

    # --- questions ------------------------------------------------------------------------------

    def ask(
        self,
        operation: str,
        arguments: tuple[Any, ...] = (),
        keywords: dict[str, Any] | None = None,
        *,
        label: str = "",
        cpu_s: float | None = None,
        wall_s: float | None = None,
        **head: Any,
    ) -> Any:
        """The reply to one request. AnswerRaised, Gone, OutOfTime, Missing; after Gone, OutOfTime
        or a bad frame the process is dead."""
        process = self._living()
        number = randbits(62)
        request = {"id": number, "op": operation, **head}
        try:
            until = self._until(process, cpu_s, wall_s, label)
            buffers = self._given(request, arguments, keywords, label)
            self.traffic.went += process.send(request, buffers, until)
            if self.traffic.went > OUT_BYTES:
                raise wire.BadFrame("more than 256 MiB sent in one grading")
            reply, raw = self._reply(process, until, number, label)
            if operation == "load":
                self.names = _names(reply)
            if "stop" in reply and operation != "next":
                raise wire.BadFrame("the end of what is no iterator")
        except (Gone, OutOfTime, wire.BadFrame, *ENDS) as error:
            self.end_process()
            if isinstance(error, (wire.BadFrame, *ENDS)):
                self.transcript.add(Entry(label, "gone", str(error)))
                raise Gone("frame") from error
            if isinstance(error, OutOfTime) and error.cpu and error.seconds != cpu_s:
                self.spending.endless.add(label)
            kind = "late" if isinstance(error, OutOfTime) else "gone"
            self.transcript.add(Entry(label, kind, None))
            raise
        kind = "got" if operation == "get" else "ok"
        return self._meaning(reply, raw, label, kind, process.head_bytes)

    def _given(
        self,
        request: dict[str, Any],
        arguments: tuple[Any, ...],
        keywords: dict[str, Any] | None,
        label: str,
    ) -> list[wire.Raw]:
        """Put what goes along into a request; the buffers it points into."""
        packed = wire.Packed()

        def wrap(value: object) -> Any:
            return self.describe_argument(self, value, label)

        if arguments:
            request["a"] = [wire.pack(value, packed, wrap, 1) for value in arguments]
        if keywords:
            request["k"] = wire.pack(keywords, packed, wrap)
        if self.released:
            request["gone"], self.released = self.released, []
        if self.seed_due:
            request["seed"], self.seed_due = str(self.answer_seed), False
        return packed.buffers

    def _until(
        self, process: AnswerProcess, cpu_s: float | None, wall_s: float | None, label: str = ""
    ) -> Until:
        if cpu_s is not None and wall_s is None:  # who sleeps uses no CPU: wait not for ever
            wall_s = WALL_PER_CPU * cpu_s + 1.0
        cpu_s = self.spending.shortened(label, cpu_s)
        now, used = time.monotonic(), process.cpu_now()
        cpu_left = min(self.check_cpu_end, self.spending.cpu_limit) - self.spending.cpu
        wall_end, wall_limit = self.spending.wall_end, self.spending.wall_limit
        cpu_end, cpu_limit = cpu_left, self.check_cpu or self.spending.cpu_limit
        if cpu_s is not None and used + cpu_s < cpu_end:
            cpu_end, cpu_limit = used + cpu_s, cpu_s
        if wall_s is not None and now + wall_s < wall_end:
            wall_end, wall_limit = now + wall_s, wall_s
        until = Until(wall_end, cpu_end, wall_limit, cpu_limit)
        until.read(used)
        return until

    def _reply(
        self, process: AnswerProcess, until: Until, number: int, label: str
    ) -> tuple[dict[str, Any], list[wire.Raw]]:
        while True:
            head, buffers = process.receive(until, self.traffic)
            if "cb" in head:
                self._call_back(process, until, head, buffers, label)
            elif head.get("id") == number:
                return head, buffers
            else:
                raise wire.BadFrame("a reply to a question that was not asked")

    def _call_back(
        self,
        process: AnswerProcess,
        until: Until,
        head: dict[str, Any],
        buffers: list[wire.Raw],
        label: str,
    ) -> None:
        """Run a function of the check that the answer called; its outcome goes back."""
        function = self.callbacks.get(head["cb"]) if isinstance(head["cb"], int) else None
        if function is None or self.depth > 64:
            raise wire.BadFrame("a callback that was not given")
        length = process.head_bytes
        self.transcript.add(Entry(label, "callback", head.get("a"), tuple(buffers), length))
        arguments = self._plain(head.get("a", []), buffers, label)
        keywords = self._plain(head.get("k", {"t": "d", "v": []}), buffers, label)
        if not isinstance(arguments, list) or not isinstance(keywords, dict):
            raise wire.BadFrame("a malformed callback")
        packed = wire.Packed()
        self.depth += 1
        try:
            value = function(*arguments, **keywords)
            reply = {
                "ok": wire.pack(value, packed, lambda v: self.describe_argument(self, v, label))
            }
        except (Gone, OutOfTime):
            raise
        except (Exception, GeneratorExit) as error:
            reply = {"raise": {"name": type(error).__name__, "message": str(error)[:500]}}
        finally:
            self.depth -= 1
        self.traffic.went += process.send(reply, packed.buffers, until)

    def _plain(self, form: Any, buffers: list[wire.Raw], label: str) -> Any:
        return wire.unpack(form, buffers, lambda handle: self._handle(handle, label))

    def _handle(self, form: dict[str, Any], label: str) -> object:
        number, kind = form.get("h"), form.get("y")
        if form.get("t") != "h" or type(number) is not int or not isinstance(kind, str):
            raise wire.BadFrame("an unknown form")
        return self.wrap_handle(self, form, label)

    def _meaning(
        self, reply: dict[str, Any], buffers: list[wire.Raw], label: str, kind: str, length: int
    ) -> Any:
        if "stop" in reply:  # to `next`
            self.transcript.add(Entry(label, "stop", None))
            raise StopIteration
        if "raise" in reply:
            raised = reply["raise"]
            try:
                names = [str(name)[:200] for name in raised["names"][:64]] or ["Exception"]
                message, trace = str(raised["message"]), str(raised["trace"])
                line = raised["line"] if type(raised["line"]) is int else 0
                line = line if 0 < line <= MOST_LINES else 0
            except (KeyError, TypeError, ValueError):
                names, message, trace, line = ["Exception"], "", "", 0
            self.transcript.add(Entry(label, "raise", names[0]))
            raise AnswerRaised(names, message[:2000], trace[:4000], line, label)
        form = reply.get("ok")
        if kind == "ok" or not _callable(form):  # that a function is there says nothing yet
            self.transcript.add(Entry(label, kind, form, tuple(buffers), length))
        try:
            return self._plain(form, buffers, label)
        except (wire.BadFrame, *ENDS) as error:
            self.end_process()
            raise Gone("frame") from error


def _callable(form: Any) -> bool:
    return isinstance(form, dict) and form.get("t") == "h" and form.get("c") is True


def _names(reply: dict[str, Any]) -> dict[str, str]:
    """The names that a reply to `load` tells; none if it raised."""
    names = reply.get("names", {})
    if not isinstance(names, dict) or any(type(kind) is not str for kind in names.values()):
        raise wire.BadFrame("names that are no names")
    return names
