"""Which slip does a failing answer behave like? Diagnosis by replay (no language model, no guess).

The failing checks are run again with the same seed on the solution and on every mutant; what each
function replied is compared. A function whose replies equal the solution's is right; one whose
replies equal those of the mutants of exactly one slip, in every failing check, names that slip.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from zhixing.grader import tensors, wire
from zhixing.grader.answering import Gone, OutOfTime
from zhixing.grader.checking import CheckRun, Examination
from zhixing.grader.conversation import Entry, Transcript
from zhixing.records import Lab, Slip
from zhixing.words import Bilingual

CHECK_CPU = 2.0
ALL_CPU = 10.0
KEPT_BYTES = 64 * wire.MIB
RELATIVE, ABSOLUTE, LEAST = 1e-6, 1e-9, 1e-12
INEXACT = {"<f2": 2.0**-10, "<f4": 2.0**-23, "<c8": 2.0**-23}
NAMELESS = frozenset(["import", "put", "get", "keep", ""])

Replies = Mapping[str, tuple[Entry, ...]]


def replies(transcript: Transcript) -> Replies:
    """What each function replied, in order."""
    found: dict[str, list[Entry]] = {}
    for entry in transcript.entries:
        found.setdefault(entry.label, []).append(entry)
    return {label: tuple(entries) for label, entries in found.items()}


def same_replies(a: Sequence[Entry], b: Sequence[Entry]) -> bool:
    """Do two lists of replies agree, entry by entry?"""
    return len(a) == len(b) and all(map(_same_entry, a, b))


def _same_entry(a: Entry, b: Entry) -> bool:
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


# --- naming -------------------------------------------------------------------------------------


class Replays:
    """What the solution and the mutants reply with one seed, check by check: each is run once, and
    kept for the next answer that is graded with the same seed."""

    def __init__(self, examine: Callable[[str], Examination]) -> None:
        self.examine = examine
        self.known: dict[tuple[str, str], CheckRun | None] = {}
        self.size, self.cpu = 0, 0.0

    def of(self, text: str, names: Sequence[str]) -> dict[str, CheckRun]:
        """The runs of a text; a check that went past 2 CPU s, or said too much, is left out."""
        kept = {name: self.known[text, name] for name in names if (text, name) in self.known}
        missing = [name for name in names if name not in kept]
        runs = kept | (self._run(text, missing) if missing else {})
        return {name: run for name in names if (run := runs[name]) is not None}

    def _run(self, text: str, names: Sequence[str]) -> dict[str, CheckRun | None]:
        if self.size > KEPT_BYTES:
            self.known.clear()
            self.size = 0
        found: dict[str, CheckRun | None] = {}
        examination = self.examine(text)
        try:
            for name in names:
                run = examination.run(name, CHECK_CPU)
                usable = run.transcript.whole and run.result.cpu_seconds <= CHECK_CPU
                found[name] = run if usable else None
                if examination.was_disturbed():  # twice in a row: no slip is lost in silence
                    raise Gone("replays were killed")
                if not _perhaps_by_chance(run.error):
                    self.known[text, name] = found[name]
                    self.size += run.transcript.size if usable else 0
        finally:
            examination.close()
            self.cpu += examination.spending.cpu
        return found


def _perhaps_by_chance(error: BaseException | None) -> bool:
    """A process that ended or waited: it may have been killed, or the machine busy. Such a run is
    never remembered; a program that always does so is run again."""
    return isinstance(error, Gone) or (isinstance(error, OutOfTime) and not error.cpu)


def slips(
    lab: Lab, failing: Sequence[CheckRun], replays: Replays, texts: Sequence[str]
) -> tuple[Slip, ...]:
    """The slips that the failing checks show, one for a function at most. `texts[i]` is the text of
    `lab.mutants[i]`; `replays` are of the grading's seed."""
    names = [run.result.name for run in failing if _replayable(lab, run)]
    if not names:
        return ()
    mine = {run.result.name: replies(run.transcript) for run in failing}
    right = _replies(replays.of(lab.solution, names))
    wrong = _wrong_functions(names, mine, right)
    if not wrong:
        return ()
    telling = [name for name in names if any(name in where for where in wrong.values())]
    fits = _fitting(telling, mine, wrong, replays, texts)
    named: dict[str, Slip] = {}
    for function, matched in fits.items():
        ids = {lab.mutants[i].slip for i in matched}
        if len(ids) == 1:
            slip = ids.pop()
            where = function.removeprefix("probe.")
            named.setdefault(slip, Slip(slip, where, _why(lab, slip, matched)))
    return tuple(named.values())


def _replies(runs: Mapping[str, CheckRun]) -> dict[str, Replies]:
    return {name: replies(run.transcript) for name, run in runs.items()}


def _replayable(lab: Lab, run: CheckRun) -> bool:
    return (
        run.result.outcome in ("fail", "error", "advisory")
        and run.transcript.whole
        and run.result.cpu_seconds <= CHECK_CPU
        and not lab.setting(run.result.name).noisy
    )


def _wrong_functions(
    names: Sequence[str], mine: Mapping[str, Replies], right: Mapping[str, Replies]
) -> dict[str, list[str]]:
    """function -> the failing checks in which its replies differ from the solution's and say
    something: all errors say nothing."""
    wrong: dict[str, list[str]] = {}
    for name in names:
        for function, entries in mine[name].items():
            if (function.split(".")[0] or function) in NAMELESS or name not in right:
                continue
            told = any(map(_tells, entries))
            differs = not _agrees(entries, right[name].get(function, ()))
            if told and differs:
                wrong.setdefault(function, []).append(name)
    return wrong


def _tells(entry: Entry) -> bool:
    """Did it say anything? A coroutine that was made has not run yet."""
    promise = isinstance(entry.form, dict) and entry.form.get("y") == "coroutine"
    return entry.kind in ("ok", "callback", "stop") and not promise


def _agrees(mine: Sequence[Entry], right: Sequence[Entry]) -> bool:
    """The solution may be asked more, since it does not fail; as far as mine goes they agree."""
    return len(mine) <= len(right) and all(map(_same_entry, mine, right))


def _fitting(
    names: Sequence[str],
    mine: Mapping[str, Replies],
    wrong: Mapping[str, Sequence[str]],
    replays: Replays,
    texts: Sequence[str],
) -> dict[str, list[int]]:
    """function -> the mutants that reply as the answer does wherever that function is wrong.

    Check by check: after the first, few mutants are left to be asked again.
    """
    fits = {function: list(range(len(texts))) for function in wrong}
    begun = replays.cpu
    for name in names:
        here = [function for function, where in wrong.items() if name in where]
        for number in sorted({n for function in here for n in fits[function]}):
            if replays.cpu - begun > ALL_CPU:
                return {}
            theirs = _replies(replays.of(texts[number], [name])).get(name)
            for function in here:
                if number in fits[function] and not _fits(theirs, mine[name], function):
                    fits[function].remove(number)
    return fits


def _fits(theirs: Replies | None, mine: Replies, function: str) -> bool:
    return theirs is not None and same_replies(mine[function], theirs.get(function, ()))


def _why(lab: Lab, slip: str, matched: Sequence[int]) -> Bilingual:
    """The words of the matching form; a later form without words of its own has the first's."""
    words = [lab.mutants[i].why for i in matched] + [m.why for m in lab.mutants if m.slip == slip]
    return next((why for why in words if why.zh and why.en), Bilingual(slip, slip))


# --- what differs, when a check has no words of its own -------------------------------------------


def first_difference(mine: Transcript, right: Transcript) -> Bilingual | None:
    """The first reply whose kind, shape, dtype family or finiteness differs from the solution's.

    It never tells a value.
    """
    for a, b in zip(mine.entries, right.entries, strict=False):
        if a.label != b.label or a.kind != "ok" or b.kind != "ok":
            continue
        try:
            x, y = described(_value(a)), described(_value(b))
        except wire.BadFrame:
            continue
        if x != y:
            return Bilingual(
                f"`{a.label}` 返回了{x.zh}，这里要的是{y.zh}",
                f"`{a.label}` returned {x.en}; {y.en} is wanted here",
            )
    return None


def described(value: Any) -> Bilingual:
    """Kind, shape, dtype family and finiteness in words; no values."""
    if isinstance(value, _Object):
        return Bilingual("一个对象", "an object")
    if isinstance(value, tensors.Tensor):
        return _described_tensor(value)
    if hasattr(value, "dtype") and getattr(value, "shape", ()) != ():
        return _described_array(value)
    if _numeric(value) and type(value) is not bool:
        finite = type(value) is int or math.isfinite(abs(value))
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
