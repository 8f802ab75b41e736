"""What crosses, crosses whole; what is malformed is refused before anything is allocated."""

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from zhixing.grader import wire

KEYS = st.one_of(st.text(max_size=5), st.integers(), st.booleans(), st.none())
PLAIN = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(min_value=-(10**40), max_value=10**40),
        st.floats(),
        st.complex_numbers(),
        st.text(),
        st.characters(categories=["Cs"]),
        st.binary(max_size=20),
        st.just(...),
        st.builds(slice, st.none() | st.integers(-9, 9), st.none() | st.integers(-9, 9)),
        npst.arrays(
            st.sampled_from(["?", "i1", "<i8", "<f2", "<f4", "<f8", "<c16"]),
            npst.array_shapes(min_dims=0, min_side=0, max_side=3),
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(KEYS, inner, max_size=3),
        st.sets(st.integers() | st.text(max_size=3), max_size=3),
    ),
    max_leaves=8,
)


def crossed(value: object) -> Any:
    """`value` after a way over the wire, through real bytes."""
    packed = wire.Packed()
    form = wire.pack(value, packed, refuse)
    raw = wire.frame({"ok": form}, packed.buffers)
    length = wire.head_length(raw[: wire.START.size])
    rest = raw[wire.START.size :]
    head, buffers = json.loads(rest[:length]), []
    rest = rest[length:]
    for size in wire.buffer_lengths(head):
        buffers.append(rest[:size])
        rest = rest[size:]
    assert rest == b""
    return wire.unpack(head["ok"], buffers, refuse)


def refuse(thing: object) -> Any:
    raise AssertionError(f"{thing!r} is not plain")


def alike(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray | np.generic):
        same_kind = type(a) is type(b) and a.dtype == b.dtype and a.shape == b.shape
        return same_kind and np.array_equal(a, b, equal_nan=a.dtype.kind in "fc")
    if type(a) is not type(b):
        return False
    if isinstance(a, float):
        return a == b or (math.isnan(a) and math.isnan(b))
    if isinstance(a, complex):
        return alike(a.real, b.real) and alike(a.imag, b.imag)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(alike, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(alike(a[key], b[key]) for key in a)
    return bool(a == b)


@given(PLAIN)
def test_plain_data_crosses_whole(value: object) -> None:
    assert alike(value, crossed(value))


@pytest.mark.parametrize("value", [np.float64(0.1), np.bool_(True), np.int32(-3), np.float16(2)])
def test_numpy_scalars_keep_their_type(value: object) -> None:
    assert alike(value, crossed(value))


def test_what_arrives_is_a_copy() -> None:
    X = np.arange(6.0).reshape(2, 3)
    Y = crossed(X)
    Y[0, 0] = 99
    assert X[0, 0] == 0


def test_a_transposed_array_arrives_with_its_own_entries() -> None:
    X = np.arange(6.0).reshape(2, 3).T
    assert np.array_equal(crossed(X), X)


@pytest.mark.parametrize(
    "value",
    [np.array([object()]), np.array(["a"]), np.ma.masked_array([1.0]), np.longdouble(1), 1 + 2j],
)
def test_exotic_arrays_do_not_cross_by_value(value: object) -> None:
    seen: list[object] = []
    wire.pack(value, wire.Packed(), lambda other: seen.append(other))
    assert len(seen) == (0 if isinstance(value, complex) else 1)


def test_a_list_that_holds_itself_does_not_cross() -> None:
    ring: list[object] = []
    ring.append(ring)
    with pytest.raises(wire.TooDeep):
        wire.pack(ring, wire.Packed(), refuse)


@pytest.mark.parametrize(
    "form",
    [
        {"t": "a", "d": "<f8", "s": [2**30, 2**30], "n": 0},
        {"t": "a", "d": "<f8", "s": [-1], "n": 0},
        {"t": "a", "d": "<f8", "s": [1.0], "n": 0},
        {"t": "a", "d": "|O", "s": [1], "n": 0},
        {"t": "a", "d": "<f8", "s": [1] * 40, "n": 0},
        {"t": "a", "d": "<f8", "s": [1], "n": 7},
        {"t": "n", "d": "<f8", "s": [1], "n": 0},
        {"t": "x", "n": -1},
        {"t": "x", "n": True},
        {"t": "d", "v": [[1]]},
        {"t": "d", "v": [[[], 1]]},
        {"t": "s", "v": [[]]},
        {"t": "s", "v": 3},
        {"t": "i", "v": "zz"},
        {"t": "i", "v": 3},
        {"t": "f", "v": "1.5"},
        {"t": "c", "v": ["1"]},
        {"t": "sl", "v": [1]},
        {"t": "T", "c": [1], "x": None},
    ],
)
def test_malformed_forms_are_refused(form: object) -> None:
    with pytest.raises(wire.BadFrame):
        wire.unpack(form, [b"\0" * 8], refuse)


def test_a_bool_that_is_neither_true_nor_false_becomes_one_of_them() -> None:
    form = {"t": "a", "d": "|b1", "s": [3], "n": 0}
    assert wire.unpack(form, [b"\x00\x01\x02"], refuse).tolist() == [False, True, True]


@pytest.mark.parametrize("tag", ["d", "s"])
def test_keys_that_were_made_to_collide_are_refused(tag: str) -> None:
    forms = [{"t": "i", "v": hex(n * (2**61 - 1))} for n in range(1, 200)]
    items: list[object] = [[key, 0] for key in forms] if tag == "d" else list(forms)
    with pytest.raises(wire.BadFrame):
        wire.unpack({"t": tag, "v": items}, [], refuse)


def test_a_large_buffer_is_sent_from_where_it_lies() -> None:
    X = np.arange(100_000.0)
    packed = wire.Packed()
    form = wire.pack(X, packed, refuse)
    pieces = wire.pieces({"ok": form}, packed.buffers)
    assert np.shares_memory(np.frombuffer(pieces[1]), X)
    assert len(wire.pieces({"ok": 1}, [b"small"])) == 1


def test_what_is_kept_of_a_reply_does_not_change_with_it() -> None:
    form = [1.0, 2.0, 3.0]
    wire.unpack(form, [], refuse).clear()
    assert form == [1.0, 2.0, 3.0]


def test_nesting_and_node_counts_are_bounded() -> None:
    deep: object = 0
    for _ in range(200):
        deep = [deep]
    with pytest.raises(wire.BadFrame):
        wire.unpack(deep, [], refuse)
    with pytest.raises(wire.BadFrame):
        wire.unpack([0] * (wire.NODES + 1), [], refuse)


@pytest.mark.parametrize("start", [b"GET / ", b"ZX\xff\xff\xff\xff"])
def test_what_is_no_frame_is_refused_by_its_first_bytes(start: bytes) -> None:
    with pytest.raises(wire.BadFrame):
        wire.head_length(start)


@pytest.mark.parametrize("head", [[], {}, {"b": 3}, {"b": [-1]}, {"b": [True]}, {"b": [2**40]}])
def test_buffers_are_measured_before_they_are_read(head: object) -> None:
    with pytest.raises(wire.BadFrame):
        wire.buffer_lengths(head)


def test_a_transcript_counts_what_json_becomes() -> None:
    from zhixing.grader.conversation import DECODED, TRANSCRIPT_BYTES, Entry, Transcript

    kept, length = Transcript(), 2**20
    for _ in range(2 * TRANSCRIPT_BYTES // (DECODED * length)):
        kept.add(Entry("f", "ok", [], length=length))
    assert not kept.whole
    assert len(kept.entries) * DECODED * length <= TRANSCRIPT_BYTES


def test_json_is_refused_before_it_is_decoded_once_there_was_too_much() -> None:
    from zhixing.grader.answering import JSON_BYTES, Traffic

    first, second = Traffic(), Traffic()
    second.json = first.json  # as `answer.fresh()` shares it
    first.json.more(JSON_BYTES)
    with pytest.raises(wire.BadFrame):
        second.json.more(1)


def test_what_cannot_be_utf_8_can_be_sent() -> None:
    from zhixing.grader.text import encodable

    assert encodable("x = '\ud800' # 中\ud83d\ude00\n") == "x = '\ufffd' # 中😀\n"
