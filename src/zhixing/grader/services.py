"""What a check of a service sees: `answer.request("GET", "/todos")` gives status, headers, body.

The answer's ASGI application runs in its own process behind uvicorn. Nobody listens anywhere: for
each connection the judge makes a pair of sockets, hands one end over and speaks HTTP/1.1 on the
other. Status, time and bytes are what arrived here; they are capped, and one deadline rules them.
"""

import contextlib
import re
import select
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from zhixing.grader import wire
from zhixing.grader.answering import AnswerProcess, Gone, OutOfTime, Until
from zhixing.grader.awaiting import TooSlow
from zhixing.grader.conversation import AnswerRaised, Conversation, Entry, Missing
from zhixing.grader.exchanges import UNSAID, BadReply, Exchange, Replies, Reply, written
from zhixing.grader.proxy import Answer
from zhixing.words import Bilingual

START_SECONDS = STOP_SECONDS = REPLY_SECONDS = 10.0
MOST_AT_ONCE = 64
TRACE = re.compile(r"^Traceback \(most recent call last\):\n(?: .*\n)*[A-Za-z_].*$", re.MULTILINE)
COMPARED_BYTES = 256 * 1024
"""A longer body is not taken apart for telling slips: its first MiB is compared as it stands."""
TRACE_LETTERS = 4000
_LINE = re.compile(r'^  File "answer\.py", line (\d{1,6})(?=, in |$)', re.MULTILINE)
_RAISED = re.compile(r"[A-Za-z_][\w.]{0,79}")
_ID = re.compile(r"/(?:\d+|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27})(?=/|$)")


class BadApplication(AssertionError):
    """What `create_app` returned, or `app` is, cannot be served."""

    def __init__(self, label: str, kind: str) -> None:
        made = label == "create_app"
        zh, en = ("返回的是", "returned") if made else ("是", "is")
        zh_end, en_end = ("：最后要 return app", ": end it with return app") if made else ("", "")
        super().__init__(
            f"`{label}` {zh} {kind}，不是 ASGI 应用{zh_end} // "
            f"`{label}` {en} {kind}, not an ASGI application{en_end}"
        )


def trace_of(error: BaseException | None, printed: str) -> str:
    """The lines that show where the answer went wrong; none where nothing did."""
    if isinstance(error, AnswerRaised):
        return error.trace
    return printed if error is not None else ""


def with_reason(said: Bilingual | None, trace: str) -> Bilingual | None:
    """What a check says, and the exception that the service printed meanwhile, if any: it printed
    it, and nobody saw it raised."""
    lines = trace.splitlines()
    kind, at = lines[-1].partition(":")[0] if lines else "", _LINE.findall(trace)
    if said is None or not _RAISED.fullmatch(kind):
        return said
    zh_at, en_at = (f"（第 {at[-1]} 行）", f" (line {at[-1]})") if at else ("", "")
    return Bilingual(
        f"{said.zh}；服务打印的出错信息是 {kind}{zh_at}",
        f"{said.en}; the service printed a traceback of {kind}{en_at}",
    )


def printed_trace(printed: str, lines: int) -> str:
    """The last traceback in what a service printed, cut; "" where there is none, or it names a line
    that an answer of so many `lines` does not have."""
    whole = next(iter(TRACE.findall(printed)[-1:]), "")
    if any(not 0 < int(line) <= lines for line in _LINE.findall(whole)):
        return ""
    if len(whole) <= TRACE_LETTERS:
        return whole
    head, _, _ = whole[:1000].rpartition("\n")
    _, _, tail = whole[1000 - TRACE_LETTERS :].partition("\n")
    return f"{head}\n  …\n{tail}"


class Stage:
    """The service of one check: its process, and the channel over which connections reach it."""

    def __init__(self, talk: Conversation) -> None:
        self.talk = talk
        self.channel: socket.socket | None = None
        self.served = -1
        talk.handed = self.channels

    def channels(self) -> tuple[socket.socket, ...]:
        """What a new process is handed."""
        self.close_channel()
        self.channel, theirs = socket.socketpair()
        self.channel.setblocking(False)  # nobody who does not take connections holds us up
        return (theirs,)

    def close_channel(self) -> None:
        if self.channel is not None:
            self.channel.close()
            self.channel = None

    def end_process(self) -> None:
        """The check is over, or wants a new process."""
        self.talk.end_process()
        self.close_channel()

    def living(self) -> AnswerProcess:
        """The process, serving. AnswerRaised when it does not start; Missing without one."""
        talk = self.talk
        if talk.process is None or self.served != talk.generation:
            self._serve("create_app" if "create_app" in talk.callables() else "app")
            self.served = talk.generation
        assert talk.process is not None
        return talk.process

    def _serve(self, label: str) -> None:
        """Have the application made and served; what is wrong names what the answer wrote."""
        talk = self.talk
        try:
            talk.ask("serve", label=label, wall_s=START_SECONDS)
        except AnswerRaised as error:
            talk.end_process()
            if (error.names[0], error.line, label) == ("AttributeError", 0, "app"):
                raise Missing("create_app") from None
            if error.names[0] == "NotAnApplication":
                raise BadApplication(label, error.message[:80]) from None
            raise
        except OutOfTime as late:
            if late.cpu or late.seconds != START_SECONDS:
                raise
            raise TooSlow(label, late.seconds) from late

    def connection(self) -> socket.socket:
        """A new connection to the service. Gone."""
        self.living()
        assert self.channel is not None
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with theirs:
            try:
                socket.send_fds(self.channel, [b"c"], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise Gone("exit") from error
        return ours

    def begin(self, method: str, path: str, raw: bytes) -> Exchange:
        label = f"{method} {_ID.sub('/{id}', path.partition('?')[0])}"
        exchange = Exchange(label, method, self.connection(), memoryview(raw))
        exchange.send()
        return exchange

    def finish(self, exchanges: Sequence[Exchange], wall_s: float) -> list[Reply]:
        """The replies, in order, each noted. TooSlow, BadReply, Gone, OutOfTime."""
        talk, label = self.talk, exchanges[0].label
        try:
            if talk.process is None:
                raise Gone("exit")
            self._follow(exchanges, talk.process, talk._until(talk.process, None, wall_s))
        except (OutOfTime, Gone, wire.BadFrame) as error:
            late = isinstance(error, OutOfTime)
            label = next((one.label for one in exchanges if not one.done), label)
            talk.transcript.add(Entry(label, "late" if late else "gone", None))
            self.end_process()
            if isinstance(error, OutOfTime) and not error.cpu and error.seconds == wall_s:
                raise TooSlow(label, wall_s) from error
            raise error if isinstance(error, Gone | OutOfTime) else Gone("frame") from error
        return [self._noted(exchange) for exchange in exchanges]

    def _noted(self, exchange: Exchange) -> Reply:
        """The reply, written down: status and body tell slips apart."""
        transcript = self.talk.transcript
        try:
            reply = exchange.reply()
        except BadReply:
            self._hear()
            transcript.add(Entry(exchange.label, "gone", None))
            raise
        if reply.status >= 500:
            self._hear()
        try:
            self.talk.traffic.json.more(len(reply.body))
            long = len(reply.body) > COMPARED_BYTES
            said: Any = reply.body[: wire.MIB] if long else msgspec.json.decode(reply.body)
        except wire.BadFrame as error:
            self.end_process()
            raise Gone("frame") from error
        except (msgspec.DecodeError, RecursionError, ValueError):
            said = reply.body[: wire.MIB]
        packed = wire.Packed()
        with contextlib.suppress(wire.TooDeep, RecursionError):
            form = wire.pack((reply.status, said), packed, _nothing_else)
            length = len(reply.body) if type(said) is not bytes else 0
            transcript.add(Entry(exchange.label, "ok", form, tuple(packed.buffers), length))
        return reply

    def _hear(self) -> None:
        """Keep the last traceback that the service printed: a claim, to be shown only."""
        process = self.talk.process
        if process is not None:
            with contextlib.suppress(Gone):
                process.drain()
            printed = process.printed.decode("utf-8", "replace")
            lines = self.talk.program.source.count("\n") + 1
            self.talk.transcript.trace = printed_trace(printed, lines)

    def _follow(self, exchanges: Sequence[Exchange], process: AnswerProcess, until: Until) -> None:
        """Send and receive until each is done, draining what is printed."""
        poll = select.poll()
        poll.register(process.output, select.POLLIN)
        poll.register(process.line, select.POLLIN)
        waiting = {one.line.fileno(): one for one in exchanges if not one.done}
        for fd, one in waiting.items():
            poll.register(fd, select.POLLIN | (select.POLLOUT if one.rest else 0))
        while waiting:
            until.read(process.cpu_now())
            for fd, event in poll.poll(until.glance * 1000):
                if fd == process.output:
                    process.drain()
                    if not event & select.POLLIN:
                        poll.unregister(fd)
                elif fd not in waiting:
                    self._line_spoke(process, exchanges)
                    poll.unregister(fd)
                elif self._moved(waiting[fd], poll, fd):
                    del waiting[fd]

    def _moved(self, one: Exchange, poll: select.poll, fd: int) -> bool:
        """Move the bytes of one exchange; True when it is done."""
        if one.rest:
            one.send()
            if not one.rest:
                poll.modify(fd, select.POLLIN)
        self.talk.traffic.arrived(one.receive())
        if one.done:
            poll.unregister(fd)
        return one.done

    def _line_spoke(self, process: AnswerProcess, exchanges: Sequence[Exchange]) -> None:
        """It ended, or says what nobody asked."""
        with contextlib.suppress(OSError):
            if process.line.recv(1):
                raise wire.BadFrame("a reply to a question that was not asked")
        for one in exchanges:
            if not one.done:
                one.receive()
        if not all(one.came for one in exchanges):
            raise Gone("exit")


def _nothing_else(_: object) -> Any:
    raise wire.TooDeep


class ServiceAnswer(Answer):
    """The proxy that a check knows as `answer`, for a service: one process for each check."""

    _stage: Stage

    def request(
        self,
        method: str,
        path: str,
        *,
        json: Any = UNSAID,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        wall_s: float = REPLY_SECONDS,
    ) -> Reply:
        """The reply to one request. TooSlow when it is not whole within `wall_s`."""
        pending = self.begin(method, path, json=json, body=body, headers=headers, query=query)
        return pending.reply(wall_s)

    def begin(self, method: str, path: str, **more: Any) -> "Pending":
        """Send a request and go on; `.reply()` waits for it."""
        path, raw = written(method, path, **more)
        return Pending(self._stage, self._stage.begin(method, path, raw))

    def together(
        self, requests: Sequence[tuple[Any, ...]], wall_s: float = REPLY_SECONDS
    ) -> Replies:
        """Replies to requests sent at once; each is (method, path) or (method, path, {json: …})."""
        if len(requests) > MOST_AT_ONCE:
            raise ValueError(f"at most {MOST_AT_ONCE} requests at once")
        self._stage.living()
        began = time.monotonic()
        exchanges = []
        for method, path, *more in requests:
            whole, raw = written(method, path, **(more[0] if more else {}))
            exchanges.append(self._stage.begin(method, whole, raw))
        replies = Replies(self._stage.finish(exchanges, wall_s))
        replies.seconds = time.monotonic() - began
        return replies

    def restart(self) -> None:
        """End the process at once, as kill -9 does; the next request meets a new one."""
        self._stage.end_process()

    def stop(self) -> int:
        """End it as uvicorn ends: open requests finish, the lifespan ends; the exit code."""
        self._stage.living()
        code = self._talk.ask("stop", label="app", wall_s=STOP_SECONDS)
        self._stage.end_process()
        return code if type(code) is int else 1


@dataclass(frozen=True)
class Pending:
    """A request that was sent."""

    stage: Stage
    exchange: Exchange

    def reply(self, wall_s: float = REPLY_SECONDS) -> Reply:
        return self.stage.finish([self.exchange], wall_s)[0]


def service_answer(
    talk: Conversation, facts: Callable[[], Any], fresh: Callable[[], Answer], extra: list[Any]
) -> ServiceAnswer:
    """`answer` for a check; the service ends with the check."""
    stage = next((one for one in extra if isinstance(one, Stage) and one.talk is talk), None)
    if stage is None:
        stage = Stage(talk)
        extra.append(stage)
    answer = ServiceAnswer(talk, facts, fresh)
    answer._stage = stage
    return answer
