"""`zhixing serve`: find a port, say where the pages are, serve them until Ctrl-C."""

import contextlib
import errno
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from datetime import datetime

import uvicorn

from zhixing.errors import Problem, reason_of
from zhixing.settings import Settings
from zhixing.web.app import make_app
from zhixing.words import say

PORT = 8321
TRIED = 20


def serve(
    settings: Callable[[], Settings],
    now: Callable[[], datetime],
    host: str,
    port: int | None,
    opened: Callable[[str], None],
) -> None:
    """Serve the pages of one home. `opened` hears the address once they can be reached.

    Problem when the port is taken, or the host is not this machine: the pages run code, so they are
    for this machine alone.
    """
    _only_here(host)
    listening = _listen(host, port)
    chosen = listening.getsockname()[1]
    app = make_app(settings, now, hosts_of(host, chosen))
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, lifespan="on", timeout_graceful_shutdown=2,
        server_header=False, date_header=False, ws="none",
    )  # fmt: skip
    server = uvicorn.Server(config)
    threading.Thread(target=_say_when_up, args=(server, host, chosen, opened), daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])


def hosts_of(host: str, port: int) -> frozenset[str]:
    """The exact names a request may carry: of this machine, with our port."""
    names = {"127.0.0.1", "localhost", "[::1]", f"[{host}]" if ":" in host else host}
    return frozenset({f"{name}:{port}" for name in names} | (names if port == 80 else set()))


def open_browser(address: str) -> bool:
    """Open the address where there is a screen to open it on."""
    if sys.platform.startswith("linux"):
        import os

        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            return False
    with contextlib.suppress(webbrowser.Error):
        return webbrowser.open(address)
    return False


def _only_here(host: str) -> None:
    if host not in ("127.0.0.1", "localhost", "::1"):
        raise Problem(
            say('"{host}" can be reached from other machines, and these pages run code', host=host),
            "--host",
            say("leave it out; from afar use a tunnel: `ssh -L 8321:127.0.0.1:8321 …`"),
        )


def _listen(host: str, port: int | None) -> socket.socket:
    """A listening socket: on the port asked for, else on the first free one from 8321 on."""
    tried = [port] if port is not None else [*range(PORT, PORT + TRIED), 0]
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for each in tried:
        listening = socket.socket(family, socket.SOCK_STREAM)
        try:
            if sys.platform != "win32":
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((host, each))
        except OSError as trouble:
            listening.close()
            if port is not None or trouble.errno != errno.EADDRINUSE:
                raise _no_port(host, each, trouble) from trouble
        else:
            return listening
    raise AssertionError("port 0 is always free")


def _no_port(host: str, port: int, trouble: OSError) -> Problem:
    why = reason_of(trouble)
    if trouble.errno == errno.EADDRINUSE:
        why = say("another program listens there")
    return Problem(
        say("port {port} cannot be used: {why}", port=port, why=why),
        f"{host}:{port}",
        say("leave --port out, and a free one is taken"),
    )


def _say_when_up(
    server: uvicorn.Server, host: str, port: int, opened: Callable[[str], None]
) -> None:
    waiting = threading.Event()
    while not server.started and not server.should_exit:
        waiting.wait(0.02)
    if server.started:
        opened(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
