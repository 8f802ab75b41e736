"""Is this really a picture? PNG bytes of an answer process, judged by their structure alone.

PNG (ISO/IEC 15948): a signature, then chunks of length, type, data and CRC; the first one, IHDR,
says how large the picture is, the last one is IEND. Nothing is decompressed here.
"""

import struct
import zlib
from collections.abc import Iterator

MOST = 8
BYTES = 2 * 1024 * 1024
SIDE = 4000
SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEPT = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"pHYs", b"IDAT", b"IEND")
COLOURS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
"""Colour type -> bits a sample."""


def true_picture(raw: bytes) -> bytes | None:
    """The PNG in `raw`, rebuilt from the chunks that draw it; None if it is none or too large."""
    if len(raw) > BYTES or not raw.startswith(SIGNATURE):
        return None
    chunks = [(kind, data) for kind, data in _chunks(raw) if kind in KEPT]
    kinds = [kind for kind, _ in chunks]
    if not kinds or kinds[0] != b"IHDR" or kinds[-1] != b"IEND" or b"IDAT" not in kinds:
        return None
    if kinds.count(b"IHDR") > 1 or not _fits(chunks[0][1]):
        return None
    return SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(type, data) of each whole chunk with a right CRC, up to IEND; a broken one ends it."""
    at = len(SIGNATURE)
    while at + 12 <= len(raw):
        length, kind = struct.unpack_from(">I4s", raw, at)
        data = raw[at + 8 : at + 8 + length]
        crc = raw[at + 8 + length : at + 12 + length]
        if crc != zlib.crc32(kind + data).to_bytes(4, "big"):
            return
        yield kind, data
        if kind == b"IEND":
            return
        at += 12 + length


def _chunk(kind: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(kind + data).to_bytes(4, "big")
    return struct.pack(">I4s", len(data), kind) + data + crc


def _fits(head: bytes) -> bool:
    """Whether an IHDR says something possible, and at most SIDE pixels either way."""
    if len(head) != 13:
        return False
    width, height, bits, colour, compression, filtering, interlaced = struct.unpack(">2I5B", head)
    small = 1 <= width <= SIDE and 1 <= height <= SIDE
    known = bits in COLOURS.get(colour, ()) and compression == filtering == 0
    return small and known and interlaced in (0, 1)
