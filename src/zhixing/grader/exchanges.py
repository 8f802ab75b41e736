"""One HTTP/1.1 exchange over a connection that is there: the bytes of a request, and of its reply.

Everything that comes back is a claim of whoever sits at the other end: it is capped as it arrives
and read only when it is whole.
"""

import contextlib
import io
import json as json_of
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import msgspec

from zhixing.grader import wire
from zhixing.grader.proxy import NotPlain

BODY_BYTES, HEAD_BYTES = 8 * wire.MIB, 64 * 1024
UNSAID: Any = object()
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d{1,20})", re.IGNORECASE)


class BadReply(AssertionError):
    """What came is no HTTP reply, is cut off, or is far too large."""

    def __init__(self, label: str, zh: str, en: str) -> None:
        super().__init__(f"`{label}`：{zh} // `{label}`: {en}")


@dataclass(frozen=True)
class Reply:
    """One reply: status, headers by their lower-case names, the bytes of the body."""

    label: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON; a failure that says so when it is none."""
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.DecodeError, RecursionError, ValueError):
            raise NotPlain(
                f"`{self.label}` 的回复（状态码 {self.status}）不是合法的 JSON // "
                f"the reply to `{self.label}` (status {self.status}) is not JSON"
            ) from None


class Replies(list[Reply]):
    """Replies to requests that were sent at once, in their order; `seconds` until the last."""

    seconds: float


@dataclass
class Exchange:
    """One request on its way and what has come back so far."""

    label: str
    method: str
    line: socket.socket
    rest: memoryview
    came: bytearray = field(default_factory=bytearray)
    done: bool = False
    too_large: bool = False
    headed: bool = False

    def send(self) -> None:
        with contextlib.suppress(BlockingIOError):
            try:
                while self.rest:
                    self.rest = self.rest[self.line.send(self.rest) :]
            except (BrokenPipeError, ConnectionResetError):  # it may reply without reading all
                self.rest = memoryview(b"")

    def receive(self) -> int:
        """Take what is there; how many bytes it was. At the end, or past the cap, it is done."""
        try:
            part = self.line.recv(wire.MIB)
        except BlockingIOError:
            return 0
        except OSError:
            part = b""
        self.came += part
        if not self.headed:
            self.headed = b"\r\n\r\n" in self.came or len(self.came) > HEAD_BYTES
            self.too_large = self.headed and self._promises_too_much()
        self.too_large |= len(self.came) > BODY_BYTES + HEAD_BYTES
        self.done = not part or self.too_large
        if self.done:
            self.line.close()
        return len(part)

    def _promises_too_much(self) -> bool:
        found = _LENGTH.search(self.came[:HEAD_BYTES].partition(b"\r\n\r\n")[0])
        return found is not None and int(found[1]) > BODY_BYTES

    def reply(self) -> Reply:
        """What it says. BadReply."""
        import http.client  # a judge of other labs does not wait for it

        if self.too_large:
            raise BadReply(
                self.label,
                "回复超过 8 MiB，已停止接收：是没有尽头的流，还是 Content-Length 写错了？",
                "the reply is over 8 MiB and was cut: a stream without end, or a wrong "
                "Content-Length?",
            )
        if not self.came:
            raise BadReply(
                self.label,
                "连接被关上了，一个字节的回复也没有",
                "the connection was closed without a single byte of a reply",
            )
        try:
            response = http.client.HTTPResponse(
                _Arrived(self.came),  # type: ignore[arg-type]
                method=self.method,
            )
            response.begin()
            body = response.read()
        except (http.client.HTTPException, ValueError, OSError) as error:
            cut = isinstance(error, http.client.IncompleteRead)
            zh, en = ("回复没有发完就断了", "the reply breaks off midway") if cut else (
                "回复不是合法的 HTTP", "the reply is not HTTP")  # fmt: skip
            raise BadReply(self.label, zh, en) from None
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Reply(self.label, response.status, headers, body)


class _Arrived:
    """The bytes of a whole reply, as http.client wants to read them."""

    def __init__(self, raw: bytearray) -> None:
        self.raw = raw

    def makefile(self, *_: object) -> io.BytesIO:
        return io.BytesIO(self.raw)


def written(
    method: str,
    path: str,
    json: Any = UNSAID,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, Any] | None = None,
) -> tuple[str, bytes]:
    """The path with its query, and the bytes of the request."""
    said = {"host": "service", "connection": "close"}
    if json is not UNSAID:
        body, said["content-type"] = json_of.dumps(json).encode(), "application/json"
    if body or method in ("POST", "PUT", "PATCH"):
        said["content-length"] = str(len(body))
    said |= {name.lower(): value for name, value in (headers or {}).items()}
    path = f"{path}?{urlencode(query, doseq=True)}" if query else path
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
    return path, "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape") + body
