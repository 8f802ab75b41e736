"""Runs code that nobody judges: what it printed, where it stopped, the pictures it left open.

The same fork server, limits and wire as for answers; what comes back is a claim, and here nothing
hangs on it but what the learner sees.
"""

import ast
from collections.abc import Callable
from typing import Any, NoReturn

from zhixing.grader import pictures, wire
from zhixing.grader.answering import Gone, OutOfTime
from zhixing.grader.conversation import AnswerRaised, Conversation, Nest, Program, Spending
from zhixing.grader.messages import Errand
from zhixing.grader.text import escaped, printable
from zhixing.records import Lab, Ran

CPU_SECONDS, WALL_SECONDS, MEMORY_MIB = 10.0, 20.0, 1024
GONE = {
    "exit": "进程中途结束了：调用了 exit、内存用尽，或者崩溃了？"
    " // the process ended midway: did it call exit, run out of memory, or crash?",
    "flood": "打印的内容太多，已停止：去掉循环里的 print"
    " // stopped: it printed far too much; take the print out of the loop",
    "room": "磁盘上没有地方放临时文件夹：腾出一点空间再试"
    " // there is no room on disk for a folder to run in: make some and run again",
    "frame": "传回来的内容不成形或太大，没有采用"
    " // what came back was malformed or too large and was not used",
}
LEFT_OUT = "[有一张图没有画出来：太大，或者不是图 // a picture was left out: too large, or none]"


class Running:
    """One text on its way, in a process of its own."""

    def __init__(self, errand: Errand, nest: Callable[[], Nest], level: str) -> None:
        self.errand, limits, self.level = errand, errand.limits, level
        self.spending = Spending(
            limits.cpu_seconds or CPU_SECONDS,
            limits.memory_mib or MEMORY_MIB,
            limits.wall_seconds or WALL_SECONDS,
        )
        self.talk = Conversation(
            nest, Program(errand.answer or ""), self.spending, _nothing_held, _nothing_held
        )
        self.trace, self.pictures, self.left_out = "", list[bytes](), False

    def ran(self) -> Ran:
        """What it gave. Gone when the fork server itself cannot be kept alive."""
        try:
            self.talk.start_check(0, self.spending.cpu_limit)
            self.ask("run", source=self.errand.source, file=self.errand.file)
            self.draw()
        finally:
            self.talk.end_process()
        said = printable(bytes(self.talk.printed))
        return Ran(
            output="\n".join([said.rstrip("\n"), LEFT_OUT]).lstrip() if self.left_out else said,
            trace=self.trace,
            pictures=tuple(self.pictures),
            cpu_seconds=round(self.spending.cpu, 4),
            isolation=self.level,
        )

    def draw(self) -> None:
        """The figures that are open at the end, while the process lives."""
        for number in range(pictures.MOST):
            raw = self.ask("picture", number=number) if self.talk.process else None
            if raw is None and not self.trace:
                return
            picture = pictures.true_picture(raw) if type(raw) is bytes else None
            if picture is not None:
                self.pictures.append(picture)
            elif raw is not None:
                self.left_out = True

    def ask(self, operation: str, **head: Any) -> Any:
        """The reply; None when there is none, and `trace` says why the first time."""
        try:
            return self.talk.ask(operation, label=operation, **head)
        except AnswerRaised as error:
            said = escaped(error.trace)
        except OutOfTime as error:
            said = _late(error)
        except Gone as error:
            if error.why not in GONE:
                raise
            said = GONE[error.why]
        except (Exception, StopIteration):  # whatever else a hostile reply makes of our reading
            self.talk.end_process()
            said = GONE["frame"]
        self.trace = self.trace or said
        return None


def _nothing_held(*_: object) -> NoReturn:
    raise wire.BadFrame("plain data is wanted")


def _late(error: OutOfTime) -> str:
    n = f"{error.seconds:.3g}"
    if error.cpu:
        return (
            f"用完了 {n} 秒 CPU 时间，已停止：有死循环，或者做了太多重复的工作？"
            f" // stopped after {n} CPU seconds: an endless loop, or far too much work?"
        )
    return (
        f"等了 {n} 秒还没有结束，已停止：是在等待或睡眠吗？"
        f" // stopped after {n} s of waiting: does it wait or sleep?"
    )


def drawer(lab: Lab, part: str) -> str | None:
    """The name of the function in figure.py that draws this part, if there is one."""
    name = f"draw_{part.replace('-', '_')}"
    body = ast.parse(lab.figure_source or "").body
    there = any(isinstance(node, ast.FunctionDef) and node.name == name for node in body)
    return name if there else None


def figure_program(lab: Lab, name: str) -> str:
    """The text that draws one part with the answer in reach."""
    return (
        f"{lab.figure_source}\n\nimport answer as _answer\nimport matplotlib.pyplot as _plt\n\n"
        f"{name}(_answer, _plt)\n"
    )
