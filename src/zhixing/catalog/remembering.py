"""What did the packs say last time? A parsed catalog in one cache file, or nothing.

The file holds a key over every content it was read from, a checksum, and the catalog as
MessagePack: plain data, so a cache file that somebody else wrote can run nothing. Whatever is
odd about it, it is not believed and written again.
"""

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from zhixing import __version__, records
from zhixing.catalog.files import PackFiles
from zhixing.records import Catalog

_SIZE: Final = 32
"""Bytes of a digest."""


def remembered(cache: Path, files: Sequence[PackFiles]) -> Catalog | None:
    """The catalog that was read from exactly these files, None where there is none to believe."""
    if any(one.faults for one in files):
        return None
    try:
        content = cache.read_bytes()
    except OSError:
        return None
    key, sum_, packed = content[:_SIZE], content[_SIZE : 2 * _SIZE], content[2 * _SIZE :]
    if key != _key(files) or sum_ != _digest(packed):
        return None
    import msgspec

    try:
        return msgspec.msgpack.decode(packed, type=Catalog)
    except (msgspec.DecodeError, RecursionError):
        return None


def remember(cache: Path, files: Sequence[PackFiles], catalog: Catalog) -> None:
    """Keep the catalog for next time. A folder that cannot be written to only costs time."""
    import msgspec

    packed = msgspec.msgpack.encode(catalog)
    fresh = cache.with_name(f"{cache.name}.{os.getpid()}")
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(_key(files) + _digest(packed) + packed)
        fresh.replace(cache)
    except OSError:
        with suppress(OSError):
            fresh.unlink()


def _key(files: Sequence[PackFiles]) -> bytes:
    """Over the contents of all packs, and over the code that would read them."""
    total = hashlib.blake2b(__version__.encode(), digest_size=_SIZE)
    for one in files:
        total.update(one.digest())
    for source in (*sorted(Path(__file__).parent.glob("*.py")), Path(records.__file__)):
        seen = source.stat()
        total.update(f"{seen.st_mtime_ns} {seen.st_size}".encode())
    return total.digest()


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_SIZE).digest()
