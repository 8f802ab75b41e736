"""The witness's own process: the lab's server, which an answer talks to and whose log is believed.

It makes both ends of every connection and hands one over, so it never touches a descriptor that an
answer made; a client that floods, stalls or hangs up harms its own connection only. All of it runs
in one loop, the judge's requests too: nothing here waits for an answer.
"""

import array
import contextlib
import errno
import select
import socket
import time
from typing import TYPE_CHECKING, Any

from zhixing.grader import looping
from zhixing.grader.looping import Driver

if TYPE_CHECKING:
    from asyncio import StreamWriter, Task

MOST_OPEN, MOST_EVER = 64, 10_000
LOG_ENTRIES = 20_000
READ_BYTES = 64 * 1024
TRIES, TRY_AGAIN_SECONDS = 100, 0.02
SETTLE = 12
"""Rounds of the loop before the judge is answered: what a client did before is seen by then."""


class Chapter:
    """What happened since the last script: connections and the entries of the log."""

    def __init__(self, script: Any) -> None:
        self.script = script
        self.began = time.monotonic()
        self.entries: list[dict[str, Any]] = []
        self.accepted = self.refused = self.peak = 0
        self.open: dict[int, socket.socket] = {}
        self.busy: set[int] = set()
        self.tasks: set[Task[None]] = set()

    def still_open(self) -> set[int]:
        """Connections that neither side has closed: asked of the kernel, not of the client."""
        poll = select.poll()
        for connection in self.open.values():
            poll.register(connection, 0)
        hung_up = {fd for fd, event in poll.poll(0) if event & (select.POLLHUP | select.POLLERR)}
        return {number for number, one in self.open.items() if one.fileno() not in hung_up}

    def in_flight(self) -> int:
        """Connections on which somebody still waits for a reply."""
        return len(self.busy & self.still_open())

    def end(self) -> None:
        for task in self.tasks:
            task.cancel()


class Log:
    """What the lab's `handle` and its functions write to and read from."""

    def __init__(self, chapter: Chapter, connection: int | None = None) -> None:
        self._chapter, self.connection = chapter, connection

    def add(self, what: str, **facts: Any) -> None:
        """One entry; the time (seconds since the script) and the connection come by themselves."""
        entries = self._chapter.entries
        if len(entries) < LOG_ENTRIES:
            at = time.monotonic() - self._chapter.began
            entries.append({"at": at, "what": what, "connection": self.connection, **facts})

    def done(self) -> None:
        """The reply is out: from here on this connection no longer counts as being in flight."""
        self._chapter.busy.discard(self.connection or 0)

    @property
    def entries(self) -> list[dict[str, Any]]:
        return self._chapter.entries

    @property
    def script(self) -> Any:
        return self._chapter.script

    @property
    def open(self) -> int:
        """Connections that neither side has closed."""
        return len(self._chapter.still_open())

    @property
    def in_flight(self) -> int:
        """Connections whose client waits for a reply."""
        return self._chapter.in_flight()

    @property
    def peak(self) -> int:
        """The most that were in flight at once."""
        return self._chapter.peak

    @property
    def accepted(self) -> int:
        return self._chapter.accepted

    @property
    def refused(self) -> int:
        return self._chapter.refused


class Stage:
    """The witness at work: `handle` of the driver's module, the judge's hub, channels."""

    def __init__(self, driver: Driver, hub: socket.socket) -> None:
        self.driver, self.hub = driver, hub
        self.chapter = Chapter(None)
        self.loop = looping.event_loop()
        self.hub.setblocking(False)
        self.loop.add_reader(self.hub, self.client_came)

    def client_came(self) -> None:
        """The judge introduces a client: the channel on which it asks for connections."""
        with contextlib.suppress(BlockingIOError):
            _, fds, _, _ = socket.recv_fds(self.hub, 1, 1)
            if not fds:
                self.loop.remove_reader(self.hub)
            for fd in fds:
                channel = socket.socket(fileno=fd)
                channel.setblocking(False)
                self.loop.add_reader(channel, self.asked, channel)

    def asked(self, channel: socket.socket) -> None:
        """A client wants connections: one for each byte."""
        try:
            wanted = len(channel.recv(MOST_OPEN))
        except OSError:
            wanted = 0
        if wanted:
            self.give(channel, wanted, TRIES)
        else:
            self.drop(channel)

    def give(self, channel: socket.socket, wanted: int, tries: int) -> None:
        """So many connections. The kernel counts descriptors on their way over all processes of a
        user: where somebody else has too many there, a little later."""
        try:
            while wanted:
                self.connect(channel)
                wanted -= 1
        except OSError as error:  # or it does not take what it asked for
            if error.errno == errno.ETOOMANYREFS and tries:
                self.loop.call_later(TRY_AGAIN_SECONDS, self.give, channel, wanted, tries - 1)
            else:
                self.drop(channel)

    def drop(self, channel: socket.socket) -> None:
        if channel.fileno() >= 0:
            self.loop.remove_reader(channel)
            channel.close()

    def connect(self, channel: socket.socket) -> None:
        chapter = self.chapter
        if len(chapter.open) >= MOST_OPEN or chapter.accepted >= MOST_EVER:
            chapter.refused += 1
            channel.send(b"-")
            return
        ours, theirs = socket.socketpair()
        rights = array.array("i", [theirs.fileno()])
        try:
            channel.sendmsg([b"c"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        chapter.accepted += 1
        chapter.open[chapter.accepted] = ours
        chapter.busy.add(chapter.accepted)
        chapter.peak = max(chapter.peak, chapter.in_flight())
        task = self.loop.create_task(self.serve(chapter, chapter.accepted, ours))
        chapter.tasks.add(task)
        task.add_done_callback(chapter.tasks.discard)

    async def serve(self, chapter: Chapter, number: int, ours: socket.socket) -> None:
        """One connection from its beginning to its end."""
        import asyncio

        log = Log(chapter, number)
        writer: StreamWriter | None = None
        try:
            reader, writer = await asyncio.open_connection(sock=ours, limit=READ_BYTES)
            await self.driver.module.handle(reader, writer, chapter.script, log)
        except (
            OSError,
            ValueError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
        ) as error:
            log.add("broke", error=type(error).__name__)  # what a client does to its own connection
        finally:
            chapter.open.pop(number, None)
            chapter.busy.discard(number)
            if writer is not None:
                writer.close()
            else:
                ours.close()


class _On:
    stage: Stage


# --- operations of the driver: (driver, head, arguments, keywords) -> value -----------------------


def witness(driver: Driver, head: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> None:
    """Serve from now on, and answer the judge between whiles."""
    _On.stage = Stage(driver, socket.socket(fileno=looping.CHANNEL))
    looping.answer_in_loop(driver, head, SETTLE)


def script(_d: Driver, _h: dict[str, Any], a: list[Any], _k: dict[str, Any]) -> None:
    """Turn a page: old connections end, the log is empty, `handle` gets this script."""
    _On.stage.chapter.end()
    _On.stage.chapter = Chapter(a[0])


def log(_d: Driver, _h: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> object:
    return list(_On.stage.chapter.entries)


def fact(driver: Driver, head: dict[str, Any], a: list[Any], k: dict[str, Any]) -> object:
    """What a function of witness.py makes of the log."""
    return getattr(driver.module, head["name"])(Log(_On.stage.chapter), *a, **k)


OPERATIONS = {"witness": witness, "script": script, "log": log, "fact": fact}
