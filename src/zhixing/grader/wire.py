"""The frames between a judge and an answer process: plain data only, every size checked first.

A frame is `ZX`, the length of a JSON head, the head, then raw buffers whose lengths the head lists
under `b`. Values in the head are plain JSON; whatever JSON lacks is an object `{"t": tag, …}`:
`i` big int, `f` non-finite float, `c` complex, `x` bytes, `u` text with lone surrogates, `t` tuple,
`d` dict, `s` set, `sl` slice, `e` Ellipsis, `a` array, `n` numpy scalar, `T` table, `h` handle,
`cb` callback. Never pickle. Both sides import this file; it needs only the standard library, and
numpy when an array crosses.
"""

import json
import math
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from types import EllipsisType
from typing import Any

WIRE_VERSION = 1
MIB = 1024 * 1024
HEAD_BYTES = 8 * MIB
ARRAY_BYTES = 64 * MIB
DEPTH = 64
NODES = 2_000_000
INTEGERS = ("|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8")
DTYPES = frozenset(("|b1", *INTEGERS, "<f2", "<f4", "<f8", "<c8", "<c16"))
START = struct.Struct(">2sI")
EXACT = 2**53


class BadFrame(Exception):
    """What arrived is no frame of ours: whoever sent it is not to be believed or kept alive."""


class TooDeep(Exception):
    """A value nests deeper than DEPTH (or holds itself) and cannot cross as plain data."""


@dataclass(frozen=True)
class Table:
    """A data frame as plain data: columns in order, each a list or an array, and the row labels."""

    columns: dict[str, Any]
    index: Any = None


@dataclass
class Packed:
    """A value made ready to cross: the JSON part and the raw buffers it points into."""

    buffers: list[bytes] = field(default_factory=list)

    def buffer(self, raw: bytes) -> int:
        self.buffers.append(raw)
        return len(self.buffers) - 1


Wrap = Callable[[object], Any]
Unwrap = Callable[[dict[str, Any]], object]


def pack(value: object, packed: Packed, wrap: Wrap, depth: int = 0) -> Any:
    """The JSON form of `value`; `wrap` gives the form of what is not plain data (a handle …)."""
    if depth > DEPTH:
        raise TooDeep
    kind = type(value)
    if value is None or kind is bool:
        return value
    packer = _PACKERS.get(kind)
    if packer is not None:
        return packer(value, packed, wrap, depth)
    return _pack_array(value, packed, wrap)


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
    return [pack(item, packed, wrap, depth + 1) for item in value]


def _pack_tuple(value: Any, packed: Packed, wrap: Wrap, depth: int) -> Any:
    return {"t": "t", "v": [pack(item, packed, wrap, depth + 1) for item in value]}


def _pack_set(value: Any, packed: Packed, wrap: Wrap, depth: int) -> Any:
    return {"t": "s", "v": [pack(item, packed, wrap, depth + 1) for item in value]}


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
    scalar = isinstance(value, numpy.generic) and type(value).__module__ == "numpy"
    if type(value) is not numpy.ndarray and not scalar:
        return wrap(value)
    array = numpy.asarray(value)
    dtype = array.dtype.newbyteorder("<")
    if dtype.str not in DTYPES:
        return wrap(value)
    raw = array.astype(dtype, order="C", copy=False).tobytes()
    if len(raw) > ARRAY_BYTES:
        return wrap(value)
    tag = "n" if scalar else "a"
    return {"t": tag, "d": dtype.str, "s": list(array.shape), "n": packed.buffer(raw)}


def unpack(
    head: Any, buffers: list[bytes], unwrap: Unwrap, table: Callable[..., object] = Table
) -> Any:
    """The value of a JSON form; `table(columns, index)` makes what a data frame becomes.

    BadFrame on anything that `pack` would not have made.
    """
    return _Unpacking(buffers, unwrap, table).value(head, 0)


class _Unpacking:
    """One value on its way in; counts nodes so that a small frame cannot grow without end."""

    def __init__(self, buffers: list[bytes], unwrap: Unwrap, table: Callable[..., object]) -> None:
        self.buffers, self.unwrap, self.table, self.nodes = buffers, unwrap, table, 0

    def value(self, head: Any, depth: int) -> Any:
        self.nodes += 1
        if depth > DEPTH + 2 or self.nodes > NODES:
            raise BadFrame("a value is too deep or too large")
        if isinstance(head, list):
            return [self.value(item, depth + 1) for item in head]
        if not isinstance(head, dict):
            return head
        reader = self._READERS.get(head.get("t", ""))
        if reader is None:
            return self.unwrap(head)
        try:
            return reader(self, head, depth)
        except (KeyError, IndexError, TypeError, ValueError, OverflowError) as error:
            raise BadFrame(f"a malformed value: {error}") from None

    def items(self, head: dict[str, Any], depth: int) -> list[Any]:
        if not isinstance(head["v"], list):
            raise BadFrame("a malformed value")
        return [self.value(item, depth + 1) for item in head["v"]]

    def raw(self, head: dict[str, Any]) -> bytes:
        index = head["n"]
        if not isinstance(index, int) or not 0 <= index < len(self.buffers):
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
        return self.raw(head)

    def as_text(self, head: dict[str, Any], _depth: int) -> str:
        return self.raw(head).decode("utf-8", "surrogatepass")

    def as_tuple(self, head: dict[str, Any], depth: int) -> tuple[Any, ...]:
        return tuple(self.items(head, depth))

    def as_set(self, head: dict[str, Any], depth: int) -> set[Any]:
        return set(self.items(head, depth))

    def as_dict(self, head: dict[str, Any], depth: int) -> dict[Any, Any]:
        return {
            self.value(key, depth + 1): self.value(value, depth + 1) for key, value in head["v"]
        }

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

        raw, shape = self.raw(head), head["s"]
        if head["d"] not in DTYPES or len(shape) > 32:
            raise BadFrame(f"an array of type {head['d']!r}")
        if any(type(n) is not int or n < 0 for n in shape):
            raise BadFrame("an array with an impossible shape")
        dtype = numpy.dtype(head["d"])
        if math.prod(shape) * dtype.itemsize != len(raw):
            raise BadFrame("an array whose shape and bytes disagree")
        if dtype.kind == "b":  # any byte but 0 and 1 would be a bool that is neither
            return (numpy.frombuffer(raw, "u1") != 0).reshape(shape)
        return numpy.frombuffer(raw, dtype).reshape(shape).copy()

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


def frame(head: dict[str, Any], buffers: list[bytes]) -> bytes:
    """The bytes of one frame."""
    text = json.dumps(
        {**head, "b": [len(raw) for raw in buffers]}, ensure_ascii=False, separators=(",", ":")
    ).encode("utf-8")
    if len(text) > HEAD_BYTES:
        raise TooDeep
    return b"".join([START.pack(b"ZX", len(text)), text, *buffers])


def head_length(start: bytes) -> int:
    """How many bytes of JSON follow the first START.size bytes. BadFrame if it is no frame."""
    mark, length = START.unpack(start)
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
