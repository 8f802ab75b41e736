"""Coroutines in an answer's process: one event loop, kept between calls; how it meets a witness.

`asyncio` is imported where it is needed first: an answer that never waits does not pay for it (an
environment named "asyncio" has it warm).
"""

import importlib
import socket
import sys
import traceback
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, StreamReader, StreamWriter

Driver = Any
"""driver.Driver, which imports this file."""
CHANNEL = 101
"""The descriptor on which connections come: the first one that a process finds beyond its line."""
BREATHS = 4
CONNECT_SECONDS = 5.0


class _Kept:
    """The loop of this process."""

    loop: "AbstractEventLoop | None" = None


def event_loop() -> "AbstractEventLoop":
    """The one loop of this process; a new one only if the answer closed it."""
    import asyncio

    if _Kept.loop is None or _Kept.loop.is_closed():
        _Kept.loop = asyncio.new_event_loop()
        _Kept.loop.set_exception_handler(_nobody_asked)
    asyncio.set_event_loop(_Kept.loop)
    return _Kept.loop


OWN = ("answer.py", "cell.py")
"""What a learner wrote, as driver.OWN."""


def own_trace(error: BaseException) -> str:
    """The answer's own lines of a traceback, and what was raised."""
    stack = [at for at in traceback.extract_tb(error.__traceback__) if at.filename in OWN]
    lines = [*traceback.format_list(stack), *traceback.format_exception_only(error)]
    return "".join(lines)[-4000:].rstrip()


def _nobody_asked(_loop: object, context: dict[str, Any]) -> None:
    """What asyncio reports by itself: one line, and none for what is not written yet, or for what
    was not raised in the answer."""
    error = context.get("exception")
    said = str(context.get("message", ""))
    if isinstance(error, BaseException):
        at = [step for step in traceback.extract_tb(error.__traceback__) if step.filename in OWN]
        if isinstance(error, NotImplementedError) or not at:
            return
        what = "".join(traceback.format_exception_only(error)).splitlines()[0]
        said += f": {what} ({at[-1].filename}, line {at[-1].lineno})"
    print(said, file=sys.stderr, flush=True)  # noqa: T201


def forget_loop() -> None:
    """Close it: a process that forks must not share the loop of its child."""
    import asyncio

    if _Kept.loop is not None:
        _Kept.loop.close()
        _Kept.loop = None
        asyncio.set_event_loop(None)


def tidy() -> None:
    """Cancel what an earlier check left running: it must not work on during the next."""
    loop = _Kept.loop
    if loop is None or loop.is_closed() or loop.is_running():
        return
    import asyncio

    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.wait(left, timeout=0.1))


# --- operations of the driver: (driver, head, arguments, keywords) -> value -----------------------


def awaited(driver: Driver, head: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> object:
    """What awaiting an object gives."""
    held = driver._held(head)
    return _done(lambda: held)


def entered(driver: Driver, head: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> object:
    held = driver._held(head)
    return _done(lambda: type(held).__aenter__(held))


def left(driver: Driver, head: dict[str, Any], a: list[Any], _k: dict[str, Any]) -> object:
    import builtins

    held = driver._held(head)
    raised = getattr(builtins, a[0], RuntimeError) if a else None
    error = raised(a[1]) if isinstance(raised, type) else None
    kind = None if error is None else type(error)
    return _done(lambda: type(held).__aexit__(held, kind, error, None))


def iterated(driver: Driver, head: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> object:
    return aiter(driver._held(head))


def following(driver: Driver, head: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> object:
    held = driver._held(head)
    return _done(lambda: anext(held))


def _where_it_is_needed(module: str, name: str) -> Callable[..., Any]:
    """An operation of a module that only some environments have warm."""

    def operation(*arguments: Any) -> Any:
        return getattr(importlib.import_module(module), name)(*arguments)

    return operation


OPERATIONS: dict[str, Callable[..., Any]] = {
    "await": awaited,
    "aenter": entered,
    "aexit": left,
    "aiter": iterated,
    "anext": following,
    "serve": _where_it_is_needed("zhixing.grader.serving", "serve"),
    "stop": _where_it_is_needed("zhixing.grader.serving", "stop"),
}


def _done(started: Callable[[], Any]) -> object:
    """The outcome of a coroutine; then a few more rounds, so that what it closed is closed."""
    loop = event_loop()

    async def waiting() -> object:
        return await started()

    try:
        return loop.run_until_complete(waiting())
    finally:
        if not loop.is_closed():
            loop.run_until_complete(rounds(BREATHS))


async def rounds(count: int) -> None:
    """Let everything that is ready run, `count` times."""
    import asyncio

    for _ in range(count):
        await asyncio.sleep(0)


# --- a driver that answers the judge while its loop goes on ---------------------------------------


def answer_in_loop(
    driver: Driver,
    head: dict[str, Any],
    settle: int,
    first: Mapping[str, Callable[[], Awaitable[None]]] | None = None,
) -> None:
    """Say that all is well, then answer requests inside the loop until the judge hangs up.

    Before each request, `settle` rounds for whatever came before it, and what `first` has to await.
    """
    loop = event_loop()
    line = driver.line.line.fileno()
    kept: list[object] = []
    ended: list[BaseException] = []

    async def one() -> None:
        try:
            await rounds(settle)
            asked, buffers = driver.line.receive()
            if first and asked["op"] in first:
                await first[asked["op"]]()
            driver._one(asked, buffers)
            loop.add_reader(line, ready)
        except BaseException as error:  # the judge hung up, as a rule: that ends the loop too
            ended.append(error)
            loop.stop()

    def ready() -> None:
        loop.remove_reader(line)
        kept[:] = [loop.create_task(one())]

    driver.line.send({"id": head["id"], "ok": None}, [])
    loop.add_reader(line, ready)
    loop.run_forever()
    raise ended[0] if ended else SystemExit


# --- connections to a witness ---------------------------------------------------------------------


class Connect:
    """`reader, writer = await connect()`: a connection to the lab's server.

    `connect.socket()` gives the same as a socket, for code that blocks. There is no address and no
    connect(2): the witness makes both ends of a connection and hands one over.
    """

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel

    def socket(self) -> socket.socket:
        """A new connection. ConnectionRefusedError when the server takes no more."""
        try:
            self._channel.sendall(b"c")
            said, fds, _, _ = socket.recv_fds(self._channel, 1, 1)
        except OSError as error:
            raise ConnectionRefusedError("the server is gone") from error
        if said != b"c" or not fds:
            raise ConnectionRefusedError("the server takes no more connections")
        return socket.socket(fileno=fds[0])

    async def __call__(self) -> "tuple[StreamReader, StreamWriter]":
        import asyncio

        return await asyncio.open_connection(sock=self.socket())

    def __repr__(self) -> str:
        return "<connect to the lab's server>"


@lru_cache(maxsize=1)
def connect() -> Connect:
    """What a check's `server.connect` becomes in the answer's process."""
    channel = socket.socket(fileno=CHANNEL)
    channel.settimeout(CONNECT_SECONDS)
    return Connect(channel)
