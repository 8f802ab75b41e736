"""A service in an answer's process: its ASGI application behind uvicorn's own HTTP/1.1 protocol.

There is no address and no listening socket: the judge makes a pair of connected sockets for each
connection and hands one over. uvicorn and the application are imported where a service is started;
the environment "fastapi" has them warm.
"""

import asyncio
import contextlib
import logging
import socket
import sys
from typing import Any

from zhixing.grader import looping
from zhixing.grader.looping import Driver

GRACE_SECONDS = 3
THREADS = 8
"""For `def` endpoints; anyio's own 40 would take 40 stacks of the memory that an answer has."""


class NotAnApplication(TypeError):
    """What should be served cannot be called."""


class StartupFailed(RuntimeError):
    """The application's lifespan did not start."""


def application(module: Any) -> Any:
    """What the answer serves: what `create_app()` makes, or `app`. AttributeError without;
    NotAnApplication, with the name of its type, for what nobody can call."""
    made = getattr(module, "create_app", None)
    app = made() if callable(made) else module.app
    if not callable(app):
        raise NotAnApplication(type(app).__name__)
    return app


class Service:
    """One application being served."""

    def __init__(self, app: Any, channel: socket.socket) -> None:
        from uvicorn import Config, Server

        config = Config(
            app, http="h11", ws="none", log_config=None, access_log=False, date_header=False
        )
        config.load()
        self.server: Server = Server(config)
        self.server.lifespan = config.lifespan_class(config)
        self.config, self.channel, self.loop = config, channel, looping.event_loop()
        self.coming: set[Any] = set()
        self.exit_code = 0

    def start(self) -> None:
        """Run the lifespan's beginning, then take connections. StartupFailed: its last words."""
        said = _Said()
        logging.getLogger("uvicorn.error").handlers[:] = [said]  # one, also after warm_up
        self.loop.run_until_complete(self.server.lifespan.startup())
        if self.server.lifespan.should_exit:
            raise StartupFailed(said.last)
        self.loop.run_until_complete(self._few_threads())
        self.channel.setblocking(False)
        self.loop.add_reader(self.channel, self.connection_came)

    async def _few_threads(self) -> None:
        from anyio import to_thread

        to_thread.current_default_thread_limiter().total_tokens = THREADS

    def connection_came(self) -> None:
        with contextlib.suppress(BlockingIOError):
            _, fds, _, _ = socket.recv_fds(self.channel, 1, 1)
            if not fds:
                self.loop.remove_reader(self.channel)
            for fd in fds:
                accepted = self.loop.connect_accepted_socket(
                    self.protocol, socket.socket(fileno=fd)
                )
                task = self.loop.create_task(accepted)
                self.coming.add(task)
                task.add_done_callback(self.coming.discard)

    def protocol(self) -> asyncio.Protocol:
        made: Any = self.config.http_protocol_class
        return made(  # type: ignore[no-any-return]
            config=self.config,
            server_state=self.server.server_state,
            app_state=self.server.lifespan.state,
        )

    async def stop(self) -> None:
        """End as uvicorn does: connections, then what still runs, then the lifespan."""
        state, lifespan = self.server.server_state, self.server.lifespan
        self.loop.remove_reader(self.channel)
        for connection in list(state.connections):
            connection.shutdown()
        if state.tasks:
            await asyncio.wait(state.tasks, timeout=GRACE_SECONDS)
        await lifespan.shutdown()
        self.exit_code = int(lifespan.should_exit)


class _Said(logging.Handler):
    """Keeps the last line of what uvicorn says is wrong, and prints the answer's own tracebacks:
    without libraries, so that whoever wrote the route sees it."""

    last = ""

    def emit(self, record: logging.LogRecord) -> None:
        lines = record.getMessage().strip().splitlines()
        if record.levelno >= logging.ERROR and lines and "startup failed" not in lines[-1]:
            self.last = lines[-1]
        if record.exc_info and record.exc_info[1] is not None:
            own = looping.own_trace(record.exc_info[1])
            told = f"Traceback (most recent call last):\n{own}"
            print(told, file=sys.stderr, flush=True)  # noqa: T201


class _On:
    service: Service


# --- operations of the driver: (driver, head, arguments, keywords) -> value -----------------------


def serve(driver: Driver, head: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> None:
    """Serve from now on, and answer the judge between whiles."""
    app = application(driver.module)
    _On.service = Service(app, socket.socket(fileno=looping.CHANNEL))
    _On.service.start()
    looping.answer_in_loop(driver, head, 0, {"stop": _On.service.stop})


def stop(_d: Driver, _h: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> int:
    """The exit code after a clean end: 0, or 1 if the lifespan's end failed."""
    return _On.service.exit_code


def warm_up() -> None:
    """Touch the lazy parts with generic code, so that no answer pays for them."""
    from fastapi import FastAPI
    from pydantic import BaseModel

    class Thing(BaseModel):
        name: str

    app = FastAPI()

    @app.post("/things")
    async def _make(thing: Thing) -> Thing:
        return thing

    app.openapi()
    ours, theirs = socket.socketpair()
    channel, far = socket.socketpair()
    service = Service(app, channel)
    with ours, far, channel:
        service.start()
        socket.send_fds(far, [b"c"], [theirs.fileno()])
        theirs.close()
        body = b'{"name": "x"}'
        head = b"POST /things HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 13\r\n"
        ours.sendall(head + b"Content-Type: application/json\r\n\r\n" + body)
        service.loop.run_until_complete(asyncio.sleep(0.05))
        service.loop.run_until_complete(service.stop())
    looping.forget_loop()
