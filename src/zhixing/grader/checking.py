"""Runs the checks of one lab on one program and says what each found. Lives in the judge."""

import contextlib
import hmac
import inspect
import sys
import time
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
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
from zhixing.grader.answering import Gone, OutOfTime, Spent
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
from zhixing.grader.working import Stuck, ToldToEnd, Work
from zhixing.records import CheckResult, Lab, Limits, Outcome
from zhixing.words import Bilingual

SEPARATOR = " // "
LEAST_DEADLINE = 5.0
DEADLINE_PER_BUDGET = 10.0
LEAST_AGAIN = 1.0
"""CPU seconds, or the lab's budget where that is more, for a call that used up its time once."""
MESSAGE_LETTERS, TRACE_LETTERS = 2000, 4000
NAMES, NAME_LETTERS = 1000, 80


class Inconclusive(Exception):
    """A check of a stochastic criterion that would need more runs to decide."""


@dataclass(frozen=True)
class CheckRun:
    """What one check found, with what diagnosis needs: its transcript, what went wrong, and how
    many seconds it took by the clock."""

    result: CheckResult
    transcript: Transcript
    error: BaseException | None = None
    seconds: float = 0.0


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
            again_cpu=max(LEAST_AGAIN, lab.budget_cpu_seconds),
        )
        self.witness = witnesses.Witness(nest, lab.witness_source) if lab.witness_source else None
        self.talk = self._conversation(self.program)
        self.work = Work(self.spending.cpu_limit)
        self.givens: dict[str, tuple[int, object]] = {}
        self.disturbed = False
        self.extra: list[Any] = []  # conversations, and whatever else ends with a check
        self.known_facts: dict[str, Any] | None = None
        self.unread: set[str] = set()

    @cached_property
    def checks(self) -> types.ModuleType:
        """checks.py; whatever it raises when it is run is an error of each check."""
        return checks_module(self.lab)

    @cached_property
    def data(self) -> types.ModuleType | None:
        return _module("data", self.lab.data_source) if self.lab.data_source else None

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
                self.lab, self.program.source, self.talk, reader, self.extra, self.unread
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
        before, begun = self.talk.spent(), time.monotonic()
        error = self._error_of(name, share)
        if error is not None and self.was_disturbed():
            self.unread.clear()
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
        return CheckRun(result, self.talk.transcript, error, time.monotonic() - begun)

    def _error_of(self, name: str, cpu_seconds: float) -> BaseException | None:
        """What a check raised, or None. Whatever a hostile reply makes a check raise, and whatever
        a check raises of its own (SystemExit too), is caught here: this is the one place that turns
        it into an outcome."""
        try:
            self._wait_for_the_server()
            self.talk.start_check(derived(self.seed, name, "answer"), cpu_seconds)
            if self.work.over:
                raise Spent(self.work.limit, cpu=True)
            with self.work.one_check(self.spending.wall_end):
                self._filled(getattr(self.checks, f"check_{name}"), name)
        except ToldToEnd:
            raise
        except Stuck as error:
            self.talk.end_process()  # it may wait for the end of a callback
            return error
        except BaseException as error:
            return error
        finally:
            for talk in self.extra:
                talk.end_process()
                self.disturbed |= getattr(talk, "disturbed", False)
            self.extra.clear()
        return None

    def _wait_for_the_server(self) -> None:
        """What a fork server imports is no time of the answer's."""
        begun = time.monotonic()
        with contextlib.suppress(Gone):  # there is none: it is said when a process is wanted
            self.nest().wait_until_ready()
        self.spending.wall_end += time.monotonic() - begun

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
        over = self.spending.left <= 0.01 or self.spending.late or self.work.over
        if isinstance(error, OutOfTime) and over:
            asked = self.talk.transcript.entries
            return ("error", _late(error)) if asked else ("skipped", TIME_OVER)
        return "error", self._explained(error)

    def _explained(self, error: BaseException) -> Bilingual | None:
        if isinstance(error, AnswerRaised):
            return self._raised(error)
        if isinstance(error, OutOfTime):
            return _late(error)
        if isinstance(error, Missing):
            return self._missing(error.name)
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
        return refusals.with_refusal(said, kind, first, self.lab.sandbox)


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


TIME_OVER = Bilingual(
    "这份答案的时间在前面的检查里就用完了，这一项没有做",
    "the time for this answer was used up before this check, which was not made",
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
