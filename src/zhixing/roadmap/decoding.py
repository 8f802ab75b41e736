"""Which characters do these bytes stand for? UTF-8, UTF-16 with its mark, or the Chinese GBK."""

import re

from zhixing.errors import Problem
from zhixing.roadmap.reading import LARGEST_BYTES, too_large
from zhixing.words import Said, say

_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF",
           b"\xd0\xcf\x11\xe0", b"RIFF", b"7z\xbc\xaf")  # fmt: skip

_COMMON = re.compile("[\t\n\r -~\u00a0-\u024f\u2010-\u203a\u3000-\u303f\u4e00-\u9fff\uff00-\uff60]")


def decode(raw: bytes) -> str:
    """The text of a file. Raises a Problem for what is empty, too large or no text."""
    if len(raw) > 2 * LARGEST_BYTES:  # UTF-16 takes twice the room of what UTF-8 may take
        raise too_large()
    if not raw.strip():
        raise _problem(say("the file is empty"), say("write or export the roadmap once more"))
    if raw.startswith(_BINARY):
        raise _not_a_text()
    for mark, encoding in _MARKED:
        if raw.startswith(mark):
            return _as(raw, encoding)
    if b"\0" in raw:
        return _unmarked_utf_16(raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _as(raw, "gb18030")


def _unmarked_utf_16(raw: bytes) -> str:
    """UTF-16 whose mark got lost: nearly all of its characters are letters, signs or Chinese."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_COMMON.findall(text)) * 20 >= len(text) * 19:
            return text
    raise _not_a_text()


def _as(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise _not_a_text() from None


def _not_a_text() -> Problem:
    return _problem(
        say("this file holds no text that can be read"),
        say("save the roadmap as Markdown or plain text in UTF-8"),
    )


def _problem(what: Said, next_step: Said) -> Problem:
    return Problem(what, say("the whole file"), next_step)
