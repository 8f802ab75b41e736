"""How a torch tensor crosses the wire: by value, as numbers, the name of their type, a gradient.

Importing this file teaches the wire one more form, `P`. A fork server with torch calls
`become_torch`: from then on, there and in what it forks, torch's own tensors go out as `P` and a
`P` that comes in becomes a tensor of torch. Anywhere else, so in the judge, a `P` is a `Tensor`:
the judge needs no torch. What is not plainly a tensor of numbers in memory (another layout or
device, a class of its own, quantised) stays where it is, as a handle.
"""

import sys
from dataclasses import dataclass
from typing import Any

from zhixing.grader import wire

KINDS = {
    "bool": "|b1", "uint8": "|u1", "int8": "|i1", "int16": "<i2", "int32": "<i4", "int64": "<i8",
    "uint16": "<u2", "uint32": "<u4", "uint64": "<u8", "float16": "<f2", "bfloat16": "<u2",
    "float32": "<f4", "float64": "<f8", "complex64": "<c8", "complex128": "<c16",
}  # fmt: skip
"""torch's name of a type -> how its numbers travel; bfloat16 as the 16 bits that it is."""
NAMES = {kind: name for name, kind in KINDS.items() if name != "bfloat16"}


@dataclass(frozen=True, eq=False)
class Tensor:
    """A torch tensor as plain data: its numbers, torch's name of their type, the gradient.

    bfloat16 is widened to float32 in `array`. Sent to an answer it becomes a torch tensor of type
    `dtype` (the array's own if there is none), a leaf that gathers a gradient if `requires_grad`;
    `grad` is not sent.
    """

    array: Any
    dtype: str = ""
    grad: Any = None
    requires_grad: bool = False

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(self.array.shape)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        import numpy

        return numpy.array(self.array, dtype=dtype, copy=copy)

    def __float__(self) -> float:
        return float(self.array)


# --- forms, on either side ------------------------------------------------------------------------


def _pack(value: Tensor, packed: wire.Packed, wrap: wire.Wrap, _depth: int) -> Any:
    """The form of a judge's Tensor."""
    import numpy

    array = numpy.asarray(value.array)
    name = value.dtype or NAMES.get(array.dtype.newbyteorder("<").str, "")
    if name not in KINDS:
        raise TypeError(f"a Tensor of type {name or array.dtype} is none that torch knows")
    plain = _narrowed(array) if name == "bfloat16" else array.astype(KINDS[name], copy=False)
    return _form(name, plain, None, value.requires_grad, packed, wrap)


def _form(
    name: str, plain: Any, grad: Any, asks: bool, packed: wire.Packed, wrap: wire.Wrap
) -> Any:
    numbers = wire.pack(plain, packed, wrap)
    if numbers.get("t") != "a":  # over the cap: what `wrap` made of it
        return numbers
    return {"t": "P", "d": name, "v": numbers, "g": grad, "r": asks}


def _read(unpacking: Any, head: dict[str, Any], depth: int) -> Any:
    """A Tensor, or in an answer's process a tensor of torch. BadFrame on a form that lies."""
    grad, asks = head["g"], head["r"]
    if type(asks) is not bool:
        raise wire.BadFrame("a tensor that does not say whether it gathers a gradient")
    array = _numbers(unpacking, head, depth)
    slope = None if grad is None else _numbers(unpacking, grad, depth)
    if slope is not None and slope.shape != array.shape:
        raise wire.BadFrame("a gradient of another shape than its tensor")
    if _torch is not None:
        return _as_torch(array, head["d"], asks)
    return Tensor(_widened(array, head["d"]), head["d"], _widened(slope, _name(grad)), asks)


def _numbers(unpacking: Any, head: Any, depth: int) -> Any:
    """The array of a form {d, v}, if it travels as its type must."""
    if not isinstance(head, dict) or not isinstance(head["v"], dict):
        raise wire.BadFrame("a malformed tensor")
    kind = KINDS.get(head["d"]) if isinstance(head["d"], str) else None
    if kind is None or head["v"].get("t") != "a" or head["v"].get("d") != kind:
        raise wire.BadFrame("a tensor of an unknown type")
    return unpacking.as_array(head["v"], depth)


def _name(grad: dict[str, Any] | None) -> str:
    return str(grad["d"]) if grad else ""


def _widened(array: Any, name: str) -> Any:
    """bfloat16 is the upper half of a float32."""
    if name != "bfloat16" or array is None:
        return array
    return (array.astype("<u4") << 16).view("<f4")


def _narrowed(array: Any) -> Any:
    """The upper half of each float32, rounded to even; nan stays nan."""
    import numpy

    bits = numpy.asarray(array, dtype="<f4").view("<u4")
    rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16
    return numpy.where(numpy.isnan(array), 0x7FC0, rounded).astype("<u2")


# --- in an answer's process -----------------------------------------------------------------------

_torch: Any = None


def become_torch() -> None:
    """From now on the tensors here, and in what is forked from here, are those of torch."""
    global _torch
    _torch = sys.modules["torch"]
    wire._PACKERS[_torch.Tensor] = wire._PACKERS[_torch.nn.Parameter] = _pack_torch


def seed(number: int) -> None:
    """Set torch's generator, where there is torch."""
    if _torch is not None:
        _torch.default_generator.manual_seed(number % 2**63)


def _pack_torch(value: Any, packed: wire.Packed, wrap: wire.Wrap, _depth: int) -> Any:
    """The form of a plain tensor of torch; what `wrap` says of any other."""
    grad = value.grad if value.is_leaf else None
    if not _is_plain(value) or not (grad is None or _is_plain(grad)):
        return wrap(value)
    slope = None
    if grad is not None:
        slope = {"d": _kind_of(grad), "v": wire.pack(_as_numpy(grad), packed, wrap)}
    name, asks = _kind_of(value), bool(value.requires_grad)
    return _form(name, _as_numpy(value), slope, asks, packed, wrap)


def _is_plain(value: Any) -> bool:
    """Dense numbers of a known type in this process's memory, not over the cap."""
    return (
        value.layout is _torch.strided
        and value.device.type == "cpu"
        and _kind_of(value) in KINDS
        and value.numel() * value.element_size() <= wire.ARRAY_BYTES
    )


def _kind_of(value: Any) -> str:
    return str(value.dtype).removeprefix("torch.")


def _as_numpy(value: Any) -> Any:
    plain = value.detach().resolve_conj().resolve_neg().contiguous()
    return (plain.view(_torch.uint16) if plain.dtype is _torch.bfloat16 else plain).numpy()


def _as_torch(array: Any, name: str, asks: bool) -> Any:
    numbers = _torch.from_numpy(array)
    if name == "bfloat16":
        numbers = numbers.view(_torch.bfloat16)
    return numbers.requires_grad_() if asks else numbers


wire._PACKERS[Tensor] = _pack
wire._Unpacking._READERS["P"] = _read
