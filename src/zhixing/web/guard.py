"""Who may ask? The pages run code on this machine, so they answer this machine's own pages alone.

Four locks, each enough against one attack: an exact list of hosts (DNS rebinding), Origin and
Sec-Fetch-Site (other sites' pages), a token in every form (what slips past both), and on Linux the
owner of the connection (other people on the same machine).
"""

import hmac
import ipaddress
import os
import secrets
import socket
import stat
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from fastapi import HTTPException, Request
from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhixing.errors import Problem
from zhixing.words import Said, say

SAFE = ("GET", "HEAD", "OPTIONS")
LARGEST_BODY = 12 * 1024 * 1024
LONGEST_LENGTH = 19
"""Digits of a length; what has more is none."""
MOST_FIELDS = 20_000
KEY_FILE = "web.key"
HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def content_policy(nonce: str) -> str:
    """Only our own files; style elements only with this page's nonce (the editor's); no frames.
    Style attributes do no harm where the sanitiser lets none through: the editor sets a few."""
    return (
        "default-src 'none'; script-src 'self'; "
        f"style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; "
        "style-src-attr 'unsafe-inline'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def page_token(home: Path) -> str:
    """The token of this home's pages: kept in a file only its owner reads, so that a page left
    open over a restart still works. Where the home cannot be written, one for this run."""
    file = home / KEY_FILE
    try:
        home.mkdir(parents=True, exist_ok=True)
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(number, "w", encoding="ascii") as stream:  # noqa: PTH123 (a descriptor)
            stream.write(secrets.token_urlsafe(32))
    except FileExistsError:
        pass
    except OSError:
        return secrets.token_urlsafe(32)
    return _kept(file) or secrets.token_urlsafe(32)


def _kept(file: Path) -> str:
    """The token in the file; "" when it is no plain file, or nothing that could be ours."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return ""
        text = file.read_bytes()[:200].decode("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return text if len(text) >= 32 else ""


async def same_page(request: Request) -> AsyncIterator[None]:
    """A dependency of every page: what changes something carries the token of our own pages. The
    files that were sent are closed afterwards."""
    try:
        if request.method not in SAFE:
            await _carries_token(request)
        yield
    finally:
        await request.close()


async def _carries_token(request: Request) -> None:
    given = request.headers.get("X-Token")
    if given is None:
        given = str((await whole_form(request)).get("token", ""))
    if not hmac.compare_digest(given.encode(), request.app.state.token.encode()):
        raise Problem(
            say("this did not come from one of our own pages"),
            request.url.path,
            say("load the page again, and send it once more: what you wrote is still in it"),
        )


async def whole_form(request: Request) -> FormData:
    """The form that was sent: as large in one text as in a file, with a field for every line of a
    long roadmap."""
    return await request.form(max_fields=MOST_FIELDS, max_part_size=LARGEST_BODY)


class Guard:
    """The outer wall, before any page: hosts, origins, owners, sizes; headers on the way out."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope, Headers(scope=scope))
        if refusal is not None:
            status, why = refusal
            words = f"{why.render('zh')}\n{why.render('en')}\n"
            refused = PlainTextResponse(words, status)
            await refused(scope, receive, _with_headers(scope, send))
            return
        length = int(Headers(scope=scope).get("content-length", "0"))
        await self.app(scope, _limited(receive, length), _with_headers(scope, send))

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, Said] | None:
        host = headers.get("host", "")
        if host not in self.hosts:
            return 421, say("this host name is not served here")
        if scope["method"] not in SAFE:
            site = headers.get("sec-fetch-site", "same-origin")
            origin = headers.get("origin")
            if site not in ("same-origin", "none"):
                return 403, say("asked from another site")
            if origin is not None and origin not in (f"http://{host}", f"https://{host}"):
                return 403, say("asked from another origin")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or len(length) > LONGEST_LENGTH:
            return 400, say("the length of what was sent is no number")
        if not _ours(scope):
            return 403, say("asked by another user of this machine")
        return None


def _limited(receive: Receive, length: int) -> Receive:
    """The same, for bodies up to the largest: `length` is what they say of themselves, in bytes, 0
    where they do not. Raises HTTPException, of which a page of ours is made."""
    came = 0

    async def limited() -> Message:
        nonlocal came
        if length > LARGEST_BODY:
            raise HTTPException(413)
        message = await receive()
        came += len(message.get("body", b""))
        if came > LARGEST_BODY:
            raise HTTPException(413)
        return message

    return limited


def _with_headers(scope: Scope, send: Send) -> Send:
    nonce = secrets.token_urlsafe(12)
    scope.setdefault("state", {})["nonce"] = nonce

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Content-Security-Policy", content_policy(nonce))
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending


# --- the owner of a connection ------------------------------------------------------------------


def _ours(scope: Scope) -> bool:
    """Whether the other end belongs to us, or to root; where that cannot be asked, the host list
    and the token must do. Linux lists every connection of the machine with its owner."""
    client = scope.get("client")
    if client is None or not sys.platform.startswith("linux"):
        return True
    owner = owner_of(*client)
    return owner is None or owner in (os.getuid(), 0)


def owner_of(address: str, port: int) -> int | None:
    """The user id at the far end of a connection from `address`:`port` on this machine; None for
    connections from elsewhere, and where the kernel does not say."""
    try:
        if not ipaddress.ip_address(address).is_loopback:
            return None
    except ValueError:  # a test's client has a name instead
        return None
    six = ":" in address
    packed = socket.inet_pton(socket.AF_INET6 if six else socket.AF_INET, address)
    words = [packed[i : i + 4][::-1] for i in range(0, len(packed), 4)]
    wanted = f"{b''.join(words).hex().upper()}:{port:04X}"
    try:
        with Path("/proc/net/tcp6" if six else "/proc/net/tcp").open(encoding="ascii") as table:
            for line in table:
                columns = line.split(None, 8)
                if len(columns) > 7 and columns[1] == wanted:
                    return int(columns[7])
    except (OSError, ValueError):
        return None
    return None
