"""Which slip does a failing answer behave like? Diagnosis by replay (no language model, no guess).

The failing checks are run again with the same seed on the solution and on the mutants; what each
function replied is compared. A function whose replies equal the solution's is right; one whose
replies equal those of the mutants of exactly one slip, in every check that was run again, names
that slip.

Where it was measured at which place of checks.py each mutant fails (noticed.toml), those that fail
where the answer fails are tried first, then those that fail elsewhere in that check, and no others.
"""

import math
import time
from collections.abc import Callable, Mapping, Sequence

from zhixing.grader import wire
from zhixing.grader.answering import Gone, OutOfTime
from zhixing.grader.checking import CheckRun, Examination
from zhixing.grader.comparing import same_entry, same_replies
from zhixing.grader.conversation import Entry, Transcript
from zhixing.grader.places import likely, place_of
from zhixing.records import Lab, Slip
from zhixing.words import Bilingual

CHECK_CPU = 2.0
ALL_CPU = 10.0
REPLAY_SECONDS = 1.0
"""By the clock, where it is known at which place each slip is noticed: then a check that waits long
need not be run again to tell which slip it is not."""
OTHERS_SECONDS = 1.0
"""For those that were noticed by these checks, but elsewhere, once the likely ones did not fit."""
KEPT_BYTES = 64 * wire.MIB
NAMELESS = frozenset(["import", "put", "get", "keep", ""])

Replies = Mapping[str, tuple[Entry, ...]]


def replies(transcript: Transcript) -> Replies:
    """What each function replied, in order."""
    found: dict[str, list[Entry]] = {}
    for entry in transcript.entries:
        found.setdefault(entry.label, []).append(entry)
    return {label: tuple(entries) for label, entries in found.items()}


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
    lab: Lab,
    failing: Sequence[CheckRun],
    replays: Replays,
    texts: Sequence[str],
    libraries: Mapping[str, str],
) -> tuple[Slip, ...]:
    """The slips that the failing checks show, one for a function at most. `texts[i]` is the text of
    `lab.mutants[i]`; `replays` are of the grading's seed. Where it was measured with these very
    `libraries` at which places slips are noticed, those that cannot be it are not run."""
    measured = libraries == lab.noticed_with and any(mutant.noticed for mutant in lab.mutants)
    runs = {run.result.name: run for run in failing if _replayable(lab, run)}
    said = {name: replies(run.transcript) for name, run in runs.items()}
    places = {name: place_of(run.error) for name, run in runs.items()}
    if not runs or (measured and not likely(lab.mutants, places, runs)):
        return ()
    alone = _alone(said) if measured else {}
    mine = {name: said[name] for name in (_soon(runs) if measured else runs)}
    wrong = _wrong_functions(mine, _replies(replays.of(lab.solution, list(mine))))
    first = {
        function: likely(lab.mutants, places, where, [n for n in alone if alone[n] == function])
        for function, where in wrong.items()
    }
    fits = _fitting(mine, wrong, replays, texts, first)
    left = {function: wrong[function] for function in wrong if not fits.get(function)}
    others = {
        function: [i for i in _others(lab, where, measured) if i not in first[function]]
        for function, where in left.items()
    }
    fits |= _fitting(mine, left, replays, texts, others, OTHERS_SECONDS if measured else math.inf)
    return _named(lab, fits)


def _others(lab: Lab, where: Sequence[str], measured: bool) -> list[int]:
    """Mutants that might be it all the same: another seed may be noticed at another place."""
    return [
        number
        for number, mutant in enumerate(lab.mutants)
        if not measured or any(name in mutant.noticed for name in where)
    ]


def _alone(said: Mapping[str, Replies]) -> dict[str, str]:
    """check -> the one function that said anything in it: if the check fails, that is the one."""
    found = {name: [f for f in functions if _nameable(f)] for name, functions in said.items()}
    return {name: functions[0] for name, functions in found.items() if len(functions) == 1}


def _soon(runs: Mapping[str, CheckRun]) -> list[str]:
    """The checks to be run again, in their order: the quickest, as long as they take REPLAY_SECONDS
    together, and one at least."""
    kept: list[str] = []
    seconds = 0.0
    for name in sorted(runs, key=lambda one: runs[one].seconds):
        seconds += runs[name].seconds
        if not kept or seconds <= REPLAY_SECONDS:
            kept.append(name)
    return [name for name in runs if name in kept]


def _nameable(function: str) -> bool:
    return (function.split(".")[0] or function) not in NAMELESS


def _ids(lab: Lab, matched: Sequence[int]) -> set[str]:
    return {lab.mutants[i].slip for i in matched}


def _named(lab: Lab, fits: Mapping[str, Sequence[int]]) -> tuple[Slip, ...]:
    """A slip for each function that the forms of one slip fit, and of no other."""
    named: dict[str, Slip] = {}
    for function, matched in fits.items():
        if len(ids := _ids(lab, matched)) == 1:
            slip = ids.pop()
            named.setdefault(slip, Slip(slip, function.removeprefix("probe."), _why(lab, matched)))
    return tuple(named.values())


def _replies(runs: Mapping[str, CheckRun]) -> dict[str, Replies]:
    return {name: replies(run.transcript) for name, run in runs.items()}


def _replayable(lab: Lab, run: CheckRun) -> bool:
    return (
        run.result.outcome in ("fail", "error", "advisory")
        and run.transcript.whole
        and run.result.cpu_seconds <= CHECK_CPU
        and not lab.setting(run.result.name).noisy
        and not (isinstance(run.error, OutOfTime) and run.error.cpu)  # a loop tells nothing
    )


def _wrong_functions(
    mine: Mapping[str, Replies], right: Mapping[str, Replies]
) -> dict[str, list[str]]:
    """function -> the failing checks in which its replies differ from the solution's and say
    something: all errors say nothing."""
    wrong: dict[str, list[str]] = {}
    for name, said in mine.items():
        for function, entries in said.items():
            if not _nameable(function) or name not in right:
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
    return len(mine) <= len(right) and all(map(same_entry, mine, right))


def _fitting(
    mine: Mapping[str, Replies],
    wrong: Mapping[str, Sequence[str]],
    replays: Replays,
    texts: Sequence[str],
    candidates: Mapping[str, Sequence[int]],
    seconds: float = math.inf,
) -> dict[str, list[int]]:
    """function -> those candidates that reply as the answer does wherever that function is wrong.
    None at all where finding out takes too much CPU, or more than so many seconds.

    Check by check: after the first, few mutants are left to be asked again.
    """
    fits = {function: list(candidates[function]) for function in wrong}
    begun, until = replays.cpu, time.monotonic() + seconds
    for name, said in mine.items():
        here = [function for function, where in wrong.items() if name in where]
        for number in sorted({n for function in here for n in fits[function]}):
            if replays.cpu - begun > ALL_CPU or time.monotonic() > until:
                return {}
            theirs = _replies(replays.of(texts[number], [name])).get(name)
            for function in here:
                if number in fits[function] and not _fits(theirs, said, function):
                    fits[function].remove(number)
    return fits


def _fits(theirs: Replies | None, mine: Replies, function: str) -> bool:
    return theirs is not None and same_replies(mine[function], theirs.get(function, ()))


def _why(lab: Lab, matched: Sequence[int]) -> Bilingual:
    """The words of the form that matches. Where several forms reply alike, nobody can tell which it
    is, so the words of each are said; a form without words of its own has the first's."""
    whys = list(dict.fromkeys(lab.mutants[i].why for i in matched))
    return Bilingual("或者：".join(w.zh for w in whys), " Or: ".join(w.en for w in whys))
