"""Runs the checks of one lab on one program and says what each found. Lives in the judge."""

import contextlib
import hmac
import inspect
import signal
import sys
import time
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from zhixing.errors import nearest
from zhixing.grader import (
    awaiting,
    filesets,
    programs,
    proxy,
    refusals,
    services,
    tensors,
    witnesses,
)
from zhixing.grader.answering import Gone, OutOfTime
from zhixing.grader.conversation import (
    AnswerRaised,
    Conversation,
    Missing,
    Nest,
    Program,
    Spending,
    Transcript,
)
from zhixing.grader.text import shown
from zhixing.records import CheckResult, Lab, Limits, Outcome
from zhixing.words import Bilingual

SEPARATOR = " // "
LEAST_DEADLINE = 5.0
DEADLINE_PER_BUDGET = 10.0
JUDGE_CPU = JUDGE_WALL = 30.0
MESSAGE_LETTERS, TRACE_LETTERS = 2000, 4000
NAMES, NAME_LETTERS = 1000, 80
UNBROKEN = ("zhixing.grader.hatchery", "zhixing.grader.workers")
"""A check that is stopped is not stopped in here: half a word to a fork server confuses it."""


class Stuck(BaseException):
    """A check itself used far too many CPU seconds, or (`late`) went on long after the answer's
    time was over. No Exception: nothing that a check or a callback runs in may swallow it."""

    def __init__(self, late: bool = False) -> None:
        super().__init__()
        self.late = late


class Inconclusive(Exception):
    """A check of a stochastic criterion that would need more runs to decide."""


@dataclass(frozen=True)
class CheckRun:
    """What one check found, with what diagnosis needs: its transcript and what went wrong."""

    result: CheckResult
    transcript: Transcript
    error: BaseException | None = None


def checks_module(lab: Lab) -> types.ModuleType:
    """checks.py, run afresh, with `zhixing_checks` in reach."""
    tools = types.ModuleType("zhixing_checks")
    for tool in (proxy.raises, proxy.Table, proxy.operable, proxy.TooSlow, Inconclusive):
        setattr(tools, tool.__name__, tool)
    tools.Tensor = tensors.Tensor  # type: ignore[attr-defined]
    sys.modules["zhixing_checks"] = tools
    return _module("checks", lab.checks_source)


def _module(name: str, source: str) -> types.ModuleType:
    """A fresh module: no check can leave anything behind for the next answer."""
    module = types.ModuleType(name)
    exec(_code(name, source), module.__dict__)
    return module


@lru_cache(maxsize=64)
def _code(name: str, source: str) -> types.CodeType:
    return compile(source, f"{name}.py", "exec")


def derived(seed: str, *words: str) -> int:
    """A number from HMAC-SHA256(seed, words): who knows one cannot know another."""
    message = "\0".join(words).encode()
    return int.from_bytes(hmac.digest(seed.encode(), message, "sha256")[:16], "big")


def deadline(lab: Lab) -> float:
    """CPU seconds that an answer to this lab may use in one grading."""
    return max(LEAST_DEADLINE, DEADLINE_PER_BUDGET * lab.budget_cpu_seconds)


@contextlib.contextmanager
def at_most(cpu_seconds: float, wall_seconds: float) -> Iterator[None]:
    """Raises Stuck once this process itself has used `cpu_seconds` inside, or so many seconds have
    passed; and again every second, should it be swallowed."""

    def stuck(number: int, frame: types.FrameType | None) -> None:
        if not _unbroken(frame):
            raise Stuck(late=number == signal.SIGALRM)

    if not hasattr(signal, "setitimer"):  # Windows: nothing watches the judge there
        yield
        return
    before = [signal.signal(number, stuck) for number in (signal.SIGVTALRM, signal.SIGALRM)]
    signal.setitimer(signal.ITIMER_VIRTUAL, cpu_seconds, 1.0)
    signal.setitimer(signal.ITIMER_REAL, wall_seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGVTALRM, before[0])
        signal.signal(signal.SIGALRM, before[1])


def _unbroken(frame: types.FrameType | None) -> bool:
    """Is what runs now to be let alone for another second?"""
    while frame is not None:
        ours = frame.f_globals.get("__name__") in UNBROKEN
        if ours or frame.f_code.co_name in ("at_most", "end_process"):
            return True
        frame = frame.f_back
    return False


def _parameters(function: Callable[..., Any]) -> Sequence[str]:
    """The names that a check, or shared work, asks for."""
    code = getattr(function, "__code__", None)
    if code is None or hasattr(function, "__wrapped__"):
        return tuple(inspect.signature(function).parameters)
    names: tuple[str, ...] = code.co_varnames[: code.co_argcount]
    return names


class Examination:
    """One program facing the checks of a lab with one seed."""

    def __init__(
        self,
        lab: Lab,
        source: str,
        seed: str,
        nest: Callable[[], Nest],
        limits: Limits | None = None,
    ) -> None:
        self.lab, self.seed, self.nest = lab, seed, nest
        limits = limits or Limits()
        self.program = programs.program_of(lab, source)
        self.spending = Spending(
            limits.cpu_seconds or deadline(lab),
            limits.memory_mib or lab.memory_mib,
            limits.wall_seconds or 0.0,
        )
        self.witness = witnesses.Witness(nest, lab.witness_source) if lab.witness_source else None
        self.talk = self._conversation(self.program)
        self.checks = checks_module(lab)
        self.data = _module("data", lab.data_source) if lab.data_source else None
        self.givens: dict[str, tuple[int, object]] = {}
        self.disturbed = False
        self.extra: list[Any] = []  # conversations, and whatever else ends with a check
        self.known_facts: dict[str, Any] | None = None

    def _conversation(self, program: Program) -> Conversation:
        talk = Conversation(
            self.nest, program, self.spending, proxy.wrap_handle, proxy.describe_argument
        )
        if self.witness is not None:
            talk.handed = self.witness.channels
        return talk

    def close(self) -> None:
        for talk in (self.talk, *self.extra):
            talk.end_process()
        if self.witness is not None:
            self.witness.close()

    # --- what a check may ask for by name ---------------------------------------------------------

    def answer(self) -> Any:
        if self.lab.kind == "program":
            return programs.program_answer(
                self.lab, self.program, self.talk, self.nest, self.facts, self.extra
            )
        if self.lab.kind == "files":
            reader = partial(self._conversation, Program(""))
            return filesets.files_answer(
                self.lab, self.program.source, self.talk, reader, self.extra
            )
        if self.lab.kind == "service":
            return services.service_answer(self.talk, self.facts, self.fresh, self.extra)
        return proxy.Answer(self.talk, self.facts, self.fresh)

    def fresh(self) -> proxy.Answer:
        talk = self._conversation(self.program)
        talk.start_check(self.talk.answer_seed, self.talk.check_cpu)
        talk.transcript, talk.traffic.json = self.talk.transcript, self.talk.traffic.json
        self.extra.append(talk)
        return proxy.Answer(talk, self.facts, self.fresh)

    def facts(self) -> dict[str, Any]:
        """The reader's facts, from a process that loads nothing. {"error": …} when it cannot."""
        if self.known_facts is None:
            talk = self._conversation(Program(""))
            talk.start_check(0, 5.0)
            try:
                found = talk.ask("facts", source=self.program.source)
            except (AnswerRaised, Gone, OutOfTime):
                found = None
            finally:
                talk.end_process()
            self.known_facts = found if isinstance(found, dict) else {"error": {}}
        return self.known_facts

    def rng(self, *words: str) -> Any:
        import numpy

        return numpy.random.default_rng(derived(self.seed, *words, "judge"))

    def _argument(self, name: str, owner: str) -> Any:
        if name == "answer":
            return self.answer()
        if name == "rng":
            return self.rng(owner)
        if name == "thresholds":
            return {t.name: t.value for t in self.lab.thresholds}
        if name == "data":
            return self.data
        if name == "server" and self.witness is not None:
            return witnesses.Server(self.witness, self.talk)
        return self._given(name)

    def _given(self, name: str) -> object:
        """Shared work, done once for each process: `given_NAME` of checks.py."""
        generation, value = self.givens.get(name, (-1, None))
        if generation == self.talk.generation and self.talk.process is not None:
            return value
        value = self._filled(getattr(self.checks, f"given_{name}"), f"given:{name}")
        self.givens[name] = (self.talk.generation, value)
        return value

    def _filled(self, function: Callable[..., Any], owner: str) -> Any:
        names = _parameters(function)
        return awaiting.finished(
            function(*[self._argument(name, owner) for name in names]), self.talk.transcript
        )

    # --- running ----------------------------------------------------------------------------------

    def run(self, name: str, cpu_seconds: float | None = None) -> CheckRun:
        """One check; never raises for what an answer does."""
        setting = self.lab.setting(name)
        share = cpu_seconds or setting.cpu_seconds or self.spending.cpu_limit / 2
        before = self.talk.spent()
        error = self._error_of(name, share)
        if error is not None and self.was_disturbed():
            error = self._error_of(name, share)
        self.givens = {k: v for k, v in self.givens.items() if v[0] == self.talk.generation}
        outcome, message = self._said(error)
        if setting.advisory and outcome not in ("pass", "skipped"):
            outcome = "advisory"
        result = CheckResult(
            name=name,
            part=next((part.name for part in self.lab.parts if name in part.checks), None),
            outcome=outcome,
            message=message and shown_message(message),
            cpu_seconds=round(max(0.0, self.talk.spent() - before), 4),
            trace=shown(services.trace_of(error, self.talk.transcript.trace), TRACE_LETTERS),
        )
        return CheckRun(result, self.talk.transcript, error)

    def _error_of(self, name: str, cpu_seconds: float) -> BaseException | None:
        """What a check raised, or None. Whatever a hostile reply makes a check raise is caught
        here: this is the one place that turns it into an outcome."""
        try:
            self.talk.start_check(derived(self.seed, name, "answer"), cpu_seconds)
            wall_left = max(0.0, self.spending.wall_end - time.monotonic())
            with at_most(JUDGE_CPU, wall_left + JUDGE_WALL):
                self._filled(getattr(self.checks, f"check_{name}"), name)
        except Exception as error:
            return error
        except Stuck as error:
            self.talk.end_process()  # it may wait for the end of a callback
            return error
        finally:
            for talk in self.extra:
                talk.end_process()
                self.disturbed |= getattr(talk, "disturbed", False)
            self.extra.clear()
        return None

    def was_disturbed(self) -> bool:
        """Was a process killed by somebody else meanwhile? Then the check is tried once more."""
        disturbed, self.disturbed = self.disturbed or self.talk.disturbed, False
        self.talk.disturbed = False
        return disturbed

    def _said(self, error: BaseException | None) -> tuple[Outcome, Bilingual | None]:
        if error is None:
            return "pass", None
        if isinstance(error, Inconclusive):
            return "inconclusive", split_message(str(error))
        if isinstance(error, AssertionError):
            printed = self.talk.transcript.trace
            return "fail", services.with_reason(split_message(str(error)), printed)
        over = self.spending.left <= 0.01 or self.spending.late
        if isinstance(error, OutOfTime) and over:
            return "skipped" if not self.talk.transcript.entries else "error", _late(error)
        return "error", self._explained(error)

    def _explained(self, error: BaseException) -> Bilingual | None:
        if isinstance(error, AnswerRaised):
            return self._raised(error)
        if isinstance(error, OutOfTime):
            return _late(error)
        if isinstance(error, Missing):
            return self._missing(error.name)
        if isinstance(error, Stuck):
            return _late(OutOfTime(self.spending.wall_limit, cpu=False)) if error.late else STUCK
        if isinstance(error, Gone):
            return GONE.get(error.why, GONE["exit"])
        return None

    def _missing(self, name: str) -> Bilingual:
        defined = self.facts().get("names", [])[:NAMES]
        close = nearest(name, [str(n)[:NAME_LETTERS] for n in defined])
        zh, en = f"答案里没有 `{name}`", f"the answer has no `{name}`"
        if close:
            return Bilingual(
                f"{zh}：你写的 `{close}` 是它吗？", f"{en}: did you mean your `{close}`?"
            )
        return Bilingual(
            f"{zh}：函数名要和题目一致", f"{en}: keep the name that the statement gives"
        )

    def _raised(self, error: AnswerRaised) -> Bilingual:
        kind, at = error.names[0], error.line
        if kind == "NotImplementedError":
            return Bilingual(f"`{error.label}` 还没写", f"`{error.label}` is not written yet")
        first = error.message.strip().splitlines()[0][:200] if error.message.strip() else ""
        zh_at, en_at = (f"（第 {at} 行）", f" (line {at})") if at else ("", "")
        if error.label == "import":
            zh, en = f"答案一运行就出错：{kind}", f"the answer does not even load: {kind}"
        else:
            zh, en = f"`{error.label}` 抛出了 {kind}", f"`{error.label}` raised {kind}"
        said = Bilingual(f"{zh}{zh_at}：{first}", f"{en}{en_at}: {first}")
        return refusals.with_refusal(said, kind, first)


def split_message(text: str) -> Bilingual | None:
    """`中文 // English` as a Bilingual, cut at the last ` // `; None for a bare message."""
    zh, found, en = text.rpartition(SEPARATOR)
    return Bilingual(zh.strip(), en.strip()) if found else None


def shown_message(message: Bilingual) -> Bilingual:
    """A message that may quote an answer, safe on a terminal and cut."""
    return Bilingual(shown(message.zh, MESSAGE_LETTERS), shown(message.en, MESSAGE_LETTERS))


def _late(error: OutOfTime) -> Bilingual:
    n = f"{error.seconds:.3g}"
    if error.cpu:
        return Bilingual(
            f"用完了 {n} 秒 CPU 时间还没有结束：有死循环，或者做了太多重复的工作？",
            f"not finished after {n} CPU seconds: an endless loop, or far too much work?",
        )
    return Bilingual(
        f"等了 {n} 秒还没有结束：是在等待或睡眠吗？",
        f"not finished after {n} s of waiting: does it wait or sleep?",
    )


STUCK = Bilingual(
    "这一项检查自己没有结束：是实验的毛病，不是你的；请告诉实验的作者",
    "this check itself did not end: a fault of the lab, not yours; please tell its author",
)
GONE = {
    "exit": Bilingual(
        "运行答案的进程中途结束了：调用了 exit、内存用尽，或者崩溃了？",
        "the answer's process ended midway: did it call exit, run out of memory, or crash?",
    ),
    "flood": Bilingual(
        "打印的内容太多，已停止：去掉循环里的 print",
        "stopped: it printed far too much; take the print out of the loop",
    ),
    "room": Bilingual(
        "磁盘上没有地方放答案的临时文件夹：腾出一点空间再试",
        "there is no room on disk for the answer's folder: make some and check again",
    ),
    "frame": Bilingual(
        "答案给出的回复不成形或太大，没有采用",
        "the answer's reply was malformed or too large and was not used",
    ),
}
