"""The frames between a judge and an answer process: plain data only, every size checked first.

A frame is `ZX`, the length of a JSON head, the head, then raw buffers whose lengths the head lists
under `b`. Values in the head are plain JSON; whatever JSON lacks is an object `{"t": tag, …}`:
`i` big int, `f` non-finite float, `c` complex, `x` bytes, `u` text with lone surrogates, `t` tuple,
`d` dict, `s` set, `sl` slice, `e` Ellipsis, `a` array, `n` numpy scalar, `T` table, `h` handle,
`cb` callback. A handle's `h` is a number, or a name that the answer's module defines.
Never pickle. Both sides import this file; numpy is needed only when an array crosses.
"""

import math
import struct
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import EllipsisType, NoneType
from typing import Any

import msgspec

WIRE_VERSION = 2
MIB = 1024 * 1024
HEAD_BYTES = 8 * MIB
ARRAY_BYTES = 64 * MIB
DEPTH = 64
NODES = 2_000_000
COLLISIONS = 100
INTEGERS = ("|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8")
DTYPES = frozenset(("|b1", *INTEGERS, "<f2", "<f4", "<f8", "<c8", "<c16"))
START = struct.Struct(">2sI")
EXACT = 2**53
JOINED_BYTES = 64 * 1024
"""Up to here a frame is put together in one piece; a larger buffer is sent from where it lies."""


class BadFrame(Exception):
    """What arrived is no frame of ours: whoever sent it is not to be believed or kept alive."""


class TooDeep(Exception):
    """A value nests deeper than DEPTH (or holds itself) and cannot cross as plain data."""


@dataclass(frozen=True)
class Table:
    """A data frame as plain data: columns in order, each a list or an array, and the row labels."""

    columns: dict[str, Any]
    index: Any = None


Raw = bytes | bytearray | memoryview
"""The bytes of one array or text; the length is the number of bytes."""


class Packed:
    """A value made ready to cross: the JSON part and the raw buffers it points into."""

    __slots__ = ("buffers",)

    def __init__(self) -> None:
        self.buffers: list[Raw] = []

    def buffer(self, raw: Raw) -> int:
        self.buffers.append(raw)
        return len(self.buffers) - 1


Wrap = Callable[[object], Any]
Unwrap = Callable[[dict[str, Any]], object]


def pack(value: object, packed: Packed, wrap: Wrap, depth: int = 0) -> Any:
    """The JSON form of `value`; `wrap` gives the form of what is not plain data (a handle …)."""
    if depth > DEPTH:
        raise TooDeep
    packer = _PACKERS.get(type(value))
    if packer is not None:
        return packer(value, packed, wrap, depth)
    return _pack_array(value, packed, wrap)


def _pack_as_it_is(value: Any, _packed: Packed, _wrap: Wrap, _depth: int) -> Any:
    return value


def _pack_int(value: Any, _packed: Packed, _wrap: Wrap, _depth: int) -> Any:
    if -EXACT < value < EXACT:
        return value
    return {"t": "i", "v": hex(value)}


def _pack_float(value: Any, _packed: Packed, _wrap: Wrap, _depth: int) -> Any:
    return value if math.isfinite(value) else {"t": "f", "v": repr(value)}


def _pack_complex(value: Any, _packed: Packed, _wrap: Wrap, _depth: int) -> Any:
    return {"t": "c", "v": [repr(value.real), repr(value.imag)]}


def _pack_str(value: Any, packed: Packed, _wrap: Wrap, _depth: int) -> Any:
    if value.isascii():
        return value
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return {"t": "u", "n": packed.buffer(value.encode("utf-8", "surrogatepass"))}
    return value


def _pack_bytes(value: Any, packed: Packed, _wrap: Wrap, _depth: int) -> Any:
    return {"t": "x", "n": packed.buffer(value)}


def _pack_list(value: Any, packed: Packed, wrap: Wrap, depth: int) -> Any:
    if len(value) > 4 and depth < DEPTH and _all_simple(value):
        return list(value)
    return [pack(item, packed, wrap, depth + 1) for item in value]


def _all_simple(items: Any) -> bool:
    """Are these all floats, or all whole numbers, that JSON can hold as they are?"""
    kinds = set(map(type, items))
    if kinds == {float}:
        return all(map(math.isfinite, items))
    return kinds == {int} and min(items) > -EXACT and max(items) < EXACT


def _pack_tuple(value: Any, packed: Packed, wrap: Wrap, depth: int) -> Any:
    return {"t": "t", "v": _pack_list(value, packed, wrap, depth)}


def _pack_set(value: Any, packed: Packed, wrap: Wrap, depth: int) -> Any:
    return {"t": "s", "v": _pack_list(value, packed, wrap, depth)}


def _pack_dict(value: Any, packed: Packed, wrap: Wrap, depth: int) -> Any:
    pairs = [
        [pack(k, packed, wrap, depth + 1), pack(v, packed, wrap, depth + 1)]
        for k, v in value.items()
    ]
    return {"t": "d", "v": pairs}


def _pack_slice(value: Any, packed: Packed, wrap: Wrap, depth: int) -> Any:
    ends = (value.start, value.stop, value.step)
    return {"t": "sl", "v": [pack(end, packed, wrap, depth + 1) for end in ends]}


def _pack_ellipsis(_value: Any, _packed: Packed, _wrap: Wrap, _depth: int) -> Any:
    return {"t": "e"}


def _pack_table(value: Any, packed: Packed, wrap: Wrap, depth: int) -> Any:
    columns = [[str(k), pack(v, packed, wrap, depth + 1)] for k, v in value.columns.items()]
    return {"t": "T", "c": columns, "x": pack(value.index, packed, wrap, depth + 1)}


_PACKERS: dict[type, Callable[[Any, Packed, Wrap, int], Any]] = {
    NoneType: _pack_as_it_is,
    bool: _pack_as_it_is,
    int: _pack_int,
    float: _pack_float,
    complex: _pack_complex,
    str: _pack_str,
    bytes: _pack_bytes,
    list: _pack_list,
    tuple: _pack_tuple,
    set: _pack_set,
    dict: _pack_dict,
    slice: _pack_slice,
    EllipsisType: _pack_ellipsis,
    Table: _pack_table,
}


def _pack_array(value: object, packed: Packed, wrap: Wrap) -> Any:
    """numpy arrays and scalars by value; everything else as `wrap` says."""
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return wrap(value)
    array: Any = value
    tag = "a"
    if type(value) is not numpy.ndarray:
        if not isinstance(value, numpy.generic) or type(value).__module__ != "numpy":
            return wrap(value)
        array = numpy.asarray(value)
        tag = "n"
    name = array.dtype.str
    if name[0] == ">":
        array = array.astype(array.dtype.newbyteorder("<"))
        name = array.dtype.str
    if name not in DTYPES or array.nbytes > ARRAY_BYTES:
        return wrap(value)
    return {"t": tag, "d": name, "s": list(array.shape), "n": packed.buffer(_raw(array))}


def _raw(array: Any) -> Raw:
    """The bytes of an array in C order; those of a large one are looked at where they lie."""
    if array.nbytes > JOINED_BYTES and array.flags.c_contiguous:
        return memoryview(array).cast("B")
    raw: bytes = array.tobytes()
    return raw


def unpack(
    head: Any, buffers: Sequence[Raw], unwrap: Unwrap, table: Callable[..., object] = Table
) -> Any:
    """The value of a JSON form; `table(columns, index)` makes what a data frame becomes.

    BadFrame on anything that `pack` would not have made.
    """
    if type(head) in _BARE:
        return head
    return _Unpacking(buffers, unwrap, table).value(head, 0)


def _refuse_collisions(keys: list[Any]) -> None:
    """BadFrame on keys made to hash alike: each would be compared with all others."""
    if len(keys) > COLLISIONS and max(Counter(map(hash, keys)).values()) > COLLISIONS:
        raise BadFrame("keys that collide")


_BARE = frozenset((NoneType, bool, int, float, str))


class _Unpacking:
    """One value on its way in; counts nodes so that a small frame cannot grow without end."""

    __slots__ = ("buffers", "nodes", "table", "unwrap")

    def __init__(
        self, buffers: Sequence[Raw], unwrap: Unwrap, table: Callable[..., object]
    ) -> None:
        self.buffers, self.unwrap, self.table, self.nodes = buffers, unwrap, table, 0

    def value(self, head: Any, depth: int) -> Any:
        self.nodes += 1
        if depth > DEPTH + 2 or self.nodes > NODES:
            raise BadFrame("a value is too deep or too large")
        if type(head) in _BARE:
            return head
        if isinstance(head, list):
            return self.listed(head, depth)
        if not isinstance(head, dict):
            raise BadFrame("a value that JSON does not have")
        reader = self._READERS.get(head.get("t", ""))
        if reader is None:
            return self.unwrap(head)
        try:
            return reader(self, head, depth)
        except (KeyError, IndexError, TypeError, ValueError, OverflowError) as error:
            raise BadFrame(f"a malformed value: {error}") from None

    def listed(self, items: list[Any], depth: int) -> list[Any]:
        if not _BARE.issuperset(map(type, items)):
            return [self.value(item, depth + 1) for item in items]
        self.nodes += len(items)
        if depth > DEPTH + 1 or self.nodes > NODES:
            raise BadFrame("a value is too deep or too large")
        return items[:]

    def items(self, head: dict[str, Any], depth: int) -> list[Any]:
        if not isinstance(head["v"], list):
            raise BadFrame("a malformed value")
        return self.listed(head["v"], depth)

    def raw(self, head: dict[str, Any]) -> Raw:
        index = head["n"]
        if type(index) is not int or not 0 <= index < len(self.buffers):
            raise BadFrame("a buffer that was not sent")
        return self.buffers[index]

    def as_big_int(self, head: dict[str, Any], _depth: int) -> int:
        return int(head["v"], 16)

    def as_odd_float(self, head: dict[str, Any], _depth: int) -> float:
        return {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}[head["v"]]

    def as_complex(self, head: dict[str, Any], _depth: int) -> complex:
        real, imaginary = head["v"]
        return complex(float(real), float(imaginary))

    def as_bytes(self, head: dict[str, Any], _depth: int) -> bytes:
        return bytes(self.raw(head))

    def as_text(self, head: dict[str, Any], _depth: int) -> str:
        return bytes(self.raw(head)).decode("utf-8", "surrogatepass")

    def as_tuple(self, head: dict[str, Any], depth: int) -> tuple[Any, ...]:
        return tuple(self.items(head, depth))

    def as_set(self, head: dict[str, Any], depth: int) -> set[Any]:
        items = self.items(head, depth)
        _refuse_collisions(items)
        return set(items)

    def as_dict(self, head: dict[str, Any], depth: int) -> dict[Any, Any]:
        keys = [self.value(key, depth + 1) for key, _ in head["v"]]
        _refuse_collisions(keys)
        values = [self.value(value, depth + 1) for _, value in head["v"]]
        return dict(zip(keys, values, strict=True))

    def as_slice(self, head: dict[str, Any], depth: int) -> slice:
        start, stop, step = self.items(head, depth)
        return slice(start, stop, step)

    def as_ellipsis(self, _head: dict[str, Any], _depth: int) -> EllipsisType:
        return ...

    def as_table(self, head: dict[str, Any], depth: int) -> object:
        columns = {str(name): self.value(values, depth + 1) for name, values in head["c"]}
        return self.table(columns, self.value(head["x"], depth + 1))

    def as_array(self, head: dict[str, Any], _depth: int) -> Any:
        import numpy

        raw, shape, name = self.raw(head), head["s"], head["d"]
        if name not in DTYPES or len(shape) > 32:
            raise BadFrame(f"an array of type {name!r}")
        if any(type(n) is not int or n < 0 for n in shape):
            raise BadFrame("an array with an impossible shape")
        dtype = _dtype(name)
        if math.prod(shape) * dtype.itemsize != len(raw):
            raise BadFrame("an array whose shape and bytes disagree")
        if name == "|b1":  # any byte but 0 and 1 would be a bool that is neither
            return (numpy.frombuffer(raw, "u1") != 0).reshape(shape)
        return numpy.ndarray(shape, dtype, raw).copy()

    def as_scalar(self, head: dict[str, Any], depth: int) -> Any:
        if head["s"] != []:
            raise BadFrame("a scalar with a shape")
        return self.as_array(head, depth)[()]

    _READERS: dict[str, Callable[["_Unpacking", dict[str, Any], int], Any]] = {  # noqa: RUF012
        "i": as_big_int,
        "f": as_odd_float,
        "c": as_complex,
        "x": as_bytes,
        "u": as_text,
        "t": as_tuple,
        "s": as_set,
        "d": as_dict,
        "sl": as_slice,
        "e": as_ellipsis,
        "T": as_table,
        "a": as_array,
        "n": as_scalar,
    }


@lru_cache(maxsize=32)
def _dtype(name: str) -> Any:
    import numpy

    return numpy.dtype(name)


_ENCODER, _DECODER = msgspec.json.Encoder(), msgspec.json.Decoder()


def pieces(head: dict[str, Any], buffers: Sequence[Raw]) -> list[Raw]:
    """One frame, ready to be sent piece by piece: one piece if it is small."""
    lengths = [len(raw) for raw in buffers]
    text = _ENCODER.encode({**head, "b": lengths})
    if len(text) > HEAD_BYTES:
        raise TooDeep
    start = START.pack(b"ZX", len(text)) + text
    if len(start) + sum(lengths) <= JOINED_BYTES:
        return [b"".join((start, *buffers)) if buffers else start]
    return [start, *buffers]


def frame(head: dict[str, Any], buffers: Sequence[Raw]) -> bytes:
    """The bytes of one frame."""
    return b"".join(pieces(head, buffers))


def decoded(text: Raw) -> Any:
    """The JSON of a head; BadFrame if it is none."""
    try:
        return _DECODER.decode(text)
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise BadFrame(str(error)) from None


def head_length(start: Raw) -> int:
    """How many bytes of JSON follow the first START.size bytes. BadFrame if it is no frame."""
    mark, length = START.unpack_from(start)
    if mark != b"ZX" or length > HEAD_BYTES:
        raise BadFrame("not a frame")
    return int(length)


def buffer_lengths(head: Any) -> list[int]:
    """The sizes of the buffers that follow a head; each at most ARRAY_BYTES."""
    if not isinstance(head, dict) or not isinstance(head.get("b"), list):
        raise BadFrame("a head that is no object")
    lengths: list[int] = head["b"]
    if any(type(n) is not int or not 0 <= n <= ARRAY_BYTES for n in lengths):
        raise BadFrame("a buffer over the cap")
    return lengths
