"""Do two replies agree, and if not, how do they differ? With room for rounding (WIRE 5)."""

import cmath
from collections.abc import Sequence
from typing import Any

from zhixing.grader import tensors, wire
from zhixing.grader.conversation import Entry, Transcript
from zhixing.words import Bilingual

FEW = 16
RELATIVE, ABSOLUTE, LEAST = 1e-6, 1e-9, 1e-12
INEXACT = {"<f2": 2.0**-10, "<f4": 2.0**-23, "<c8": 2.0**-23}


def same_replies(a: Sequence[Entry], b: Sequence[Entry]) -> bool:
    """Do two lists of replies agree, entry by entry?"""
    return len(a) == len(b) and all(map(same_entry, a, b))


def same_entry(a: Entry, b: Entry) -> bool:
    if a.kind != b.kind or a.kind == "got":  # a name was looked up: nothing was said yet
        return a.kind == b.kind
    if a.kind in ("ok", "callback"):
        try:
            return same(_value(a), _value(b))
        except wire.BadFrame:
            return False
    return bool(a.form == b.form)


class _Object:
    """A handle in a transcript: objects agree by their later plain replies; here, by kind only."""


def _value(entry: Entry) -> Any:
    return wire.unpack(entry.form, list(entry.buffers), lambda _: _Object())


def same(a: Any, b: Any) -> bool:
    """Equality of two plain replies, with room for rounding (WIRE 5)."""
    if isinstance(a, _Object) or isinstance(b, _Object):
        return type(a) is type(b)
    if isinstance(a, wire.Table) and isinstance(b, wire.Table):
        return same(a.columns, b.columns) and same(a.index, b.index)
    if isinstance(a, tensors.Tensor) and isinstance(b, tensors.Tensor):
        return _same_tensors(a, b)
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if _numeric(a) and _numeric(b):
        return _same_numbers(a, b)
    return type(a) is type(b) and bool(a == b)


def _same_tensors(a: tensors.Tensor, b: tensors.Tensor) -> bool:
    alike = a.dtype == b.dtype and a.requires_grad == b.requires_grad
    return alike and same(a.array, b.array) and same(a.grad, b.grad)


def _numeric(value: Any) -> bool:
    return hasattr(value, "dtype") or type(value) in (int, float, complex)


def _same_numbers(a: Any, b: Any) -> bool:
    import numpy

    a, b = numpy.asarray(a), numpy.asarray(b)
    if a.shape != b.shape or (a.dtype.kind in "fc") != (b.dtype.kind in "fc"):
        return False
    if a.dtype.kind not in "fc":
        return bool(numpy.array_equal(a, b))
    eps = max(INEXACT.get(x.dtype.str, 2.0**-52) for x in (a, b))
    finite = numpy.isfinite(a)
    if not numpy.array_equal(finite, numpy.isfinite(b)):
        return False
    a, b = a[finite].astype("c16"), b[finite].astype("c16")
    if not a.size:
        return True
    largest = max(float(abs(a).max()), float(abs(b).max()))
    room = max(RELATIVE, 100 * eps) * abs(b) + max(ABSOLUTE * largest, LEAST)
    return bool((abs(a - b) <= room).all())


# --- what differs, when a check has no words of its own -------------------------------------------


def first_difference(mine: Transcript, right: Transcript) -> Bilingual | None:
    """The first reply whose kind, shape, dtype family or finiteness differs from the solution's.

    It never tells a value.
    """
    for a, b in zip(_asked(mine), _asked(right), strict=False):
        if a.label != b.label or a.kind != "ok" or b.kind != "ok":
            continue
        try:
            where, x, y = _differing(_value(a), _value(b))
        except wire.BadFrame:
            continue
        if x != y:
            zh = f"的第 {where} 项是{x.zh}" if where else f"了{x.zh}"
            en = f"as item {where} {x.en}" if where else x.en
            return Bilingual(
                f"`{a.label}` 返回{zh}，这里要的是{y.zh}",
                f"`{a.label}` returned {en}; {y.en} is wanted here",
            )
    return None


def _asked(transcript: Transcript) -> list[Entry]:
    """Without loading: whose process is new loads first."""
    return [entry for entry in transcript.entries if entry.label != "import"]


def _differing(a: Any, b: Any) -> tuple[int, Bilingual, Bilingual]:
    """What the two are; where both are alike from outside, the first of FEW items that differ, and
    which it is, counted from 1."""
    x, y = described(a), described(b)
    if x == y and type(a) in (list, tuple):
        for number, (one, other) in enumerate(zip(a[:FEW], b, strict=False), 1):
            if described(one) != described(other):
                return number, described(one), described(other)
    return 0, x, y


def described(value: Any) -> Bilingual:
    """Kind, shape, dtype family and finiteness in words; no values."""
    if isinstance(value, _Object):
        return Bilingual("一个对象", "an object")
    if isinstance(value, tensors.Tensor):
        return _described_tensor(value)
    if hasattr(value, "dtype") and getattr(value, "shape", ()) != ():
        return _described_array(value)
    if _numeric(value) and type(value) is not bool:
        finite = type(value) is int or cmath.isfinite(value)
        return (
            Bilingual("一个数", "a number")
            if finite
            else Bilingual("一个 nan 或 inf", "a number that is not finite")
        )
    if isinstance(value, list | tuple | dict | set | str | bytes):
        kind = type(value).__name__
        return Bilingual(f"长度为 {len(value)} 的 {kind}", f"a {kind} of length {len(value)}")
    return Bilingual(f" {type(value).__name__}", f"{type(value).__name__}")


def _described_tensor(value: tensors.Tensor) -> Bilingual:
    array = described(value.array)
    return Bilingual(
        f" {value.dtype} 张量：{array.zh.strip()}", f"a {value.dtype} tensor: {array.en}"
    )


def _described_array(value: Any) -> Bilingual:
    import numpy

    family = {"b": "bool", "i": "int", "u": "int", "f": "float", "c": "complex"}[value.dtype.kind]
    finite = family not in ("float", "complex") or bool(numpy.isfinite(value).all())
    zh = f"形状 {value.shape} 的 {family} 数组" + ("" if finite else "（含 nan 或 inf）")
    en = f"a {family} array of shape {value.shape}" + ("" if finite else " with nan or inf")
    return Bilingual(zh, en)
