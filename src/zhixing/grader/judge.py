"""The judge: a process that holds checks, solution, mutants and seed, and writes verdicts.

Started by a door's `grading.Judge` as `python -I -m zhixing.grader` (see `__main__`); it reads
requests on standard input and writes events on what was its standard output. It never imports,
unpickles or parses an answer, and never opens a path that an answer controls. Before it reads a
line it shuts itself in: it may read files, and that is all.
"""

import contextlib
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, BinaryIO, Protocol

import msgspec

from zhixing.grader import comparing, confinement, diagnosis, isolation, processes
from zhixing.grader.answering import Gone, OutOfTime
from zhixing.grader.checking import CheckRun, Examination, shown_message
from zhixing.grader.conversation import Nest
from zhixing.grader.messages import LENGTH, Errand, Event, Request
from zhixing.grader.places import place_of
from zhixing.grader.running import Running
from zhixing.grader.starter import planted
from zhixing.grader.text import escaped, printable
from zhixing.grader.working import Stuck, end_when_told
from zhixing.records import CheckResult, Lab, PartResult, Slip, Verdict
from zhixing.words import Bilingual

MORE_MEMORY = 4 * 1024**3
NESTS = 2
SITES = tuple(path for path in sys.path if path.endswith("-packages") and os.path.isdir(path))  # noqa: PTH112
AT_FAULT = Bilingual(
    "这一项检查连作者自己的解也通不过：是实验的毛病，不是你的；请告诉实验的作者",
    "this check fails the author's own solution too: a fault of the lab, not yours; "
    "please tell its author",
)
NOT_ASKED = Bilingual(
    "这一项没有通过：回复与要求不符",
    "this check did not pass: the reply is not what is asked",
)
TOO_MUCH_WORK = Bilingual(
    "核对答案给出的东西，用完了这一项允许的时间：回复是不是太大、太长，或者不成样子？",
    "looking at what the answer gave took all the time that this check has: is a reply far too "
    "large, or of an odd form?",
)
NOT_LOOKED_UP = Bilingual(
    "这一次没能比对已知的错误：评分不受影响，再评一次就会比对",
    "the known slips could not be compared this time: the verdict stands; check again to have "
    "them compared",
)


class Keeper(Protocol):
    """Gives a judge what answer processes come from: fork servers, or pools of workers."""

    @property
    def isolation(self) -> isolation.Isolation: ...

    def start(self, packages: Sequence[str], sandbox: Sequence[str] = ()) -> Nest: ...

    def close(self) -> None: ...


def serve(keeper: Keeper, *, bounded: bool = True) -> None:
    """Judge what is asked on standard input. `bounded`: its own memory too, where no process that
    needs more is a child of it."""
    requests, events = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a check prints must not look like an event
    processes.end_with_parent()
    processes.prctl(processes.PR_SET_DUMPABLE, 0)
    end_when_told()
    bench = Bench(keeper)
    shut_in(bench.level)
    if bounded and sys.platform == "linux":
        import resource

        most = confinement.address_space() + MORE_MEMORY
        confinement.limit([(resource.RLIMIT_AS, most)])
    try:
        for request in _read(requests):
            for event in (
                bench.run(request) if isinstance(request, Errand) else bench.grade(request)
            ):
                _write(events, event)
    finally:
        bench.close()


def shut_in(level: isolation.Level) -> None:
    """From here on: read files, use what is open, make threads and pipes; nothing else."""
    if level != "process":
        null = (os.devnull, confinement.READ_FILE | confinement.WRITE_FILE)
        confinement.shut_in([("/", confinement.READ), null], ["threads"])


class Bench:
    """What stays warm between gradings: the lab in hand, and the fork servers used last."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.libraries = library_set()
        self.mutants: list[str] | None = None
        self.replays: tuple[object, diagnosis.Replays] | None = None
        self.lab: Lab | None = None
        self.nests: dict[tuple[tuple[str, ...], tuple[str, ...]], Nest] = {}

    @property
    def level(self) -> isolation.Level:
        return self.keeper.isolation.level

    def nest(self, packages: tuple[str, ...], sandbox: tuple[str, ...] = ()) -> Nest:
        """The living fork server of an environment; a new one if it died. At most NESTS live: the
        one that rested longest goes."""
        if self.libraries != (now := library_set()):  # something was installed meanwhile
            self.close_nests()
            self.libraries = now
        nest = self.nests.pop((packages, sandbox), None)
        if nest is not None and not nest.alive:
            nest.close()
            nest = None
        while len(self.nests) >= NESTS:
            self.nests.pop(next(iter(self.nests))).close()
        nest = nest or self.keeper.start(packages, sandbox)
        self.nests[packages, sandbox] = nest
        return nest

    def close(self) -> None:
        self.close_nests()
        self.keeper.close()

    def close_nests(self) -> None:
        while self.nests:
            self.nests.popitem()[1].close()

    def grade(self, request: Request) -> Iterator[Event]:
        if request.lab is not None:
            self.lab, self.mutants, self.replays = request.lab, None, None
        assert self.lab is not None, "the first request names the lab"
        lab, wanted = self.lab, _higher(self.lab.level, request.limits.level)
        if "loopback" in lab.sandbox:  # a network of its own
            wanted = "full"
        if not isolation.satisfies(self.level, wanted):
            yield Event(wants=wanted, has=self.level)
            return
        try:
            self.nest(lab.packages, lab.sandbox)  # it wakes up while the checks are read
            grading = Grading(self, lab, request)
            yield from [Event(places=grading.places())] if request.places else grading.events()
        except (Gone, OutOfTime) as error:  # the fork server itself could not be kept alive
            yield Event(trouble=str(error))

    def replays_for(self, grading: "Grading") -> diagnosis.Replays:
        """Those of the last answer, if lab, seed and limits are the same."""
        request = grading.request
        key = (id(self.lab), request.seed, request.limits)
        if self.replays is None or self.replays[0] != key:
            self.replays = (key, diagnosis.Replays(grading.examine))
        return self.replays[1]

    @property
    def planted(self) -> list[str]:
        """The texts of the lab's mutants, planted once."""
        if self.mutants is None:
            assert self.lab is not None
            self.mutants = [planted(self.lab, mutant) for mutant in self.lab.mutants]
        return self.mutants

    def run(self, errand: Errand) -> Iterator[Event]:
        """What a text gave that nobody judges. Any environment that has its packages will do."""
        wanted = set(errand.packages)
        warm = (key for key in self.nests if wanted <= set(key[0]) and key[1] == errand.sandbox)
        try:
            nest = partial(self.nest, *next(warm, (errand.packages, errand.sandbox)))
            yield Event(ran=Running(errand, nest, self.level).ran())
        except Gone as error:
            yield Event(trouble=str(error))


def library_set() -> tuple[int, ...]:
    """When the folders of installed libraries last changed: installing one changes them."""
    return tuple(os.stat(folder).st_mtime_ns for folder in SITES)  # noqa: PTH116


class Grading:
    """One answer facing the checks, and the verdict."""

    def __init__(self, bench: Bench, lab: Lab, request: Request) -> None:
        self.bench, self.lab, self.request = bench, lab, request
        self.part = lab.part(request.part) if request.part else None
        self.replays = bench.replays_for(self)
        self.remarks: list[Bilingual] = []

    def events(self) -> Iterator[Event]:
        examination = self.examine(self.request.answer)
        runs: list[CheckRun] = []
        told = 0
        try:
            for name in self.part.checks if self.part else self.lab.checks:
                runs.append(examination.run(name))
                if told == len(runs) - 1 and not _wordless(runs[-1]):
                    told += 1
                    if self.request.each_check:
                        yield Event(check=runs[-1].result)
        finally:
            examination.close()
        runs = list(map(self.explained, runs))  # now that the answer holds no room and no memory
        for run in runs[told:] if self.request.each_check else ():
            yield Event(check=run.result)
        verdict = self.verdict(runs, examination)
        if getattr(self.bench.keeper, "dead", False):  # nothing that came since then counts
            raise Gone("the keeper ended")
        yield Event(verdict=verdict)

    def places(self) -> dict[str, str]:
        """check -> where it noticed something (`place_of`); those that pass, or that diagnosis does
        not run again, are left out."""
        examination = self.examine(self.request.answer)
        try:
            return {
                name: place
                for name in self.lab.checks
                if not self.lab.setting(name).noisy
                and (place := place_of(examination.run(name, diagnosis.CHECK_CPU).error))
            }
        finally:
            examination.close()

    def examine(self, source: str) -> Examination:
        request = self.request
        nest = partial(self.bench.nest, self.lab.packages, self.lab.sandbox)
        return Examination(self.lab, source, request.seed, nest, request.limits)

    def explained(self, run: CheckRun) -> CheckRun:
        """A failure without words of its own gets them from the first reply that is of another
        kind, shape, dtype family or finiteness than the solution's."""
        if not _wordless(run):
            return run
        otherwise = TOO_MUCH_WORK if isinstance(run.error, Stuck) else NOT_ASKED
        message = shown_message(self._difference(run) or otherwise)
        return replace(run, result=replace(run.result, message=message))

    def _difference(self, run: CheckRun) -> Bilingual | None:
        if run.result.cpu_seconds > diagnosis.CHECK_CPU:
            return None
        name, right = run.result.name, None
        with contextlib.suppress(Gone):  # it could not be run just then
            right = self.replays.of(self.lab.solution, [name]).get(name)
        if right is None or isinstance(right.error, Gone):
            return None
        if right.result.outcome != "pass":
            return AT_FAULT
        return comparing.first_difference(run.transcript, right.transcript)

    def verdict(self, runs: list[CheckRun], examination: Examination) -> Verdict:
        results = tuple(run.result for run in runs)
        failing = [run for run in runs if run.result.outcome not in ("pass", "skipped")]
        slips = self.slips(failing) if failing and self.request.diagnose else ()
        deciding = [r for r in results if not self.lab.setting(r.name).advisory]
        word = _word(deciding)
        return Verdict(
            lab=self.lab.id,
            part=self.part.name if self.part else None,
            lab_version=self.lab.version,
            verdict=word,
            passed=word == "pass",
            score=_score(deciding),
            parts=self.parts(deciding),
            checks=results,
            slips=slips,
            isolation=self.bench.level,
            cpu_seconds=round(examination.spending.cpu, 4),
            seed=self.request.seed,
            versions=versions(self.lab.packages),
            advice=self.advice(examination),
            output=printable(bytes(examination.talk.printed)),
        )

    def slips(self, failing: list[CheckRun]) -> tuple[Slip, ...]:
        """None where replays cannot be run, which is tried twice: that costs no verdict."""
        here = libraries(self.lab.packages)
        for _ in range(2):
            with contextlib.suppress(Gone):
                return diagnosis.slips(self.lab, failing, self.replays, self.bench.planted, here)
        self.remarks.append(NOT_LOOKED_UP)
        return ()

    def parts(self, deciding: list[CheckResult]) -> dict[str, PartResult]:
        parts = (self.part,) if self.part else self.lab.parts
        found = {}
        for part in parts:
            mine = [result for result in deciding if result.name in part.checks]
            found[part.name] = PartResult(_word(mine) == "pass", _score(mine))
        return found

    def advice(self, examination: Examination) -> tuple[Bilingual, ...]:
        """What the reader saw, when the text does not even parse."""
        error = examination.known_facts and examination.known_facts.get("error")
        if not error or not error.get("line"):
            return (*examination.talk.remarks, *self.remarks)
        n, said = error["line"], escaped(str(error.get("message", ""))[:200])
        return (Bilingual(f"第 {n} 行有语法错误：{said}", f"syntax error on line {n}: {said}"),)


def _wordless(run: CheckRun) -> bool:
    """Does it lack the words for what went wrong?"""
    return run.result.outcome not in ("pass", "skipped") and run.result.message is None


def _higher(one: str, other: str) -> str:
    return other if isolation.satisfies(other, one) else one


def _word(deciding: list[CheckResult]) -> Any:
    outcomes = {result.outcome for result in deciding}
    if outcomes == {"pass"}:
        return "pass"
    return "inconclusive" if outcomes <= {"pass", "inconclusive"} and outcomes else "fail"


def _score(deciding: list[CheckResult]) -> float:
    passed = sum(result.outcome == "pass" for result in deciding)
    return round(passed / len(deciding), 4) if deciding else 0.0


@lru_cache(maxsize=8)
def versions(packages: tuple[str, ...]) -> dict[str, str]:
    """Python and the libraries that decide: read from installed metadata, nothing is imported."""
    from importlib.metadata import version

    names = {
        "numpy": ("numpy",),
        "sklearn": ("numpy", "scikit-learn", "pandas"),
        "matplotlib": ("numpy", "matplotlib"),
        "typer": ("typer",),
        "pyyaml": ("pyyaml",),
        "torch": ("numpy", "torch"),
        "fastapi": ("fastapi", "pydantic", "uvicorn"),
    }
    found = {"python": platform.python_version()}
    for package in packages:
        found |= {name: version(name) for name in names.get(package, ())}
    return found


def libraries(packages: tuple[str, ...]) -> dict[str, str]:
    """The versions without that of Python: a slip is noticed at the same place in all of them."""
    return {name: found for name, found in versions(packages).items() if name != "python"}


def _read(stream: BinaryIO) -> Iterator[Request | Errand]:
    decoder = msgspec.msgpack.Decoder(Request | Errand)
    while head := stream.read(LENGTH.size):
        yield decoder.decode(stream.read(LENGTH.unpack(head)[0]))


def _write(stream: BinaryIO, event: Event) -> None:
    raw = msgspec.msgpack.encode(event)
    stream.write(LENGTH.pack(len(raw)) + raw)
    stream.flush()
