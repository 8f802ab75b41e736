"""`check --watch`: one screen that checks again on every save.

What passes, what to mend first, the slip, and a row of keys: h hint, n next part, a all parts, q
quit. The judge stays warm. Where there is no terminal, each verdict is printed and a save starts
the next; Ctrl-C ends it. The terminal is put back as it was however this ends.
"""

import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from zhixing.actions import labs
from zhixing.actions.answer_texts import answer_text
from zhixing.actions.desk import Desk
from zhixing.actions.labs import Checked, Hint
from zhixing.actions.leads import ANSWER, NOTEBOOK, latest_answer
from zhixing.cli.door import Door
from zhixing.cli.ink import Paper
from zhixing.cli.plain import wire_verdict, write_json
from zhixing.errors import Problem
from zhixing.grader.grading import Judge
from zhixing.grader.starting import Expected
from zhixing.records import CheckResult, Lab, Part

SAVED, QUIT = "saved", "q"


@dataclass
class Watch:
    """The state of one watch. `part` is the part in focus, None for all; `hint` the rung shown;
    `at_home`: of answer.py and answer.ipynb it follows the one saved last."""

    lab: Lab
    part: Part | None
    file: Path
    seed: str | None
    judge: Judge
    checked: Checked | None = None
    hint: Hint | None = None
    trouble: Problem | None = None
    at_home: bool = False

    @property
    def names(self) -> frozenset[str]:
        """The files whose saving starts a check."""
        if self.lab.files:
            return frozenset(self.lab.files)
        return frozenset((ANSWER, NOTEBOOK) if self.at_home else (self.file.name,))

    @property
    def reference(self) -> str:
        return f"{self.lab.id}#{self.part.name}" if self.part else self.lab.id

    @property
    def passed(self) -> bool:
        return self.checked is not None and self.checked.verdict.passed


def watch_lab(door: Door, reference: str, file: Path | None, seed: str | None) -> int:
    """Watch until a person has enough; 0 when the last verdict was a pass, else 1."""
    with door.desk() as desk:
        lab, part = labs.named(desk, reference)
        answer = (file or latest_answer(desk, lab.id)).absolute()
        answer_text(answer, lab)
        judge = Judge(expected=Expected(lab.packages, lab.sandbox))
        state = Watch(lab, part, answer, seed, judge, at_home=file is None)
        try:
            with _ends_like_ctrl_c(), _saves(answer.parent, state.names) as saves:
                if door.can_ask:
                    _on_a_screen(door, desk, state, saves)
                else:
                    _in_lines(door, desk, state, saves)
        finally:
            state.judge.close()
    return 0 if state.passed else 1


def _on_a_screen(door: Door, desk: Desk, state: Watch, saves: int) -> None:
    paper = door.paper()
    with _keys() as keys:
        _check(desk, state, lambda done: _progress(paper, state, done))
        while True:
            _screen(paper, state)
            event = _next_event(keys, saves)
            if event == QUIT:
                return
            if event == "h":
                _take_hint(desk, state)
            elif _focus(state, event) or event in (SAVED, "r"):
                state.hint = None
                _check(desk, state, lambda done: _progress(paper, state, done))


def _in_lines(door: Door, desk: Desk, state: Watch, saves: int) -> None:
    """Without a terminal: a verdict, then one for every save; Ctrl-C ends it quietly."""
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            _check(desk, state)
            _print(door, state)
            os.read(saves, 4096)


def _print(door: Door, state: Watch) -> None:
    from zhixing.cli.pages.verdict import verdict_page
    from zhixing.cli.trouble import write_letters

    if state.trouble is not None:
        write_letters(state.trouble.letters, door, sys.stderr)
    elif state.checked is not None and door.as_json:
        write_json(wire_verdict(state.checked.verdict), sys.stdout, one_line=True)
    elif state.checked is not None:
        verdict_page(door.paper(), state.checked)
        sys.stdout.flush()


def _check(
    desk: Desk,
    state: Watch,
    on_check: Callable[[CheckResult], None] | None = None,
) -> None:
    """The verdict on the file as it is now; a letter instead while it cannot be read."""
    if state.judge.process.poll() is not None:  # it ended: the next check gets a new one
        state.judge.close()
        state.judge = Judge()
    if state.at_home:
        state.file = latest_answer(desk, state.lab.id).absolute()
    try:
        state.checked = labs.check(
            desk, state.reference, state.file, state.seed, state.judge, on_check
        )
        state.trouble = None
    except Problem as problem:
        state.trouble = problem


def _take_hint(desk: Desk, state: Watch) -> None:
    try:
        state.hint, state.trouble = labs.hint(desk, state.reference), None
    except Problem as problem:
        state.trouble = problem


def _focus(state: Watch, key: str) -> bool:
    """n: the part after this one, round to the first; a: all parts. Whether anything changed."""
    parts = state.lab.parts
    if key == "n" and parts:
        here = parts.index(state.part) if state.part else -1
        state.part = parts[(here + 1) % len(parts)]
        return True
    if key == "a":
        state.part = None
        return True
    return False


# --- the screen ---------------------------------------------------------------------------------


def _screen(paper: Paper, state: Watch) -> None:
    from zhixing.cli.pages.watch import watch_page

    paper.console.clear()
    watch_page(paper, state.reference, state.file, state.checked, state.hint, state.trouble)


def _progress(paper: Paper, state: Watch, result: CheckResult) -> None:
    """Checks as they end, below the last screen, till the next screen stands."""
    from zhixing.cli.pages.verdict import check_line

    if state.checked is None or result.cpu_seconds > 0.5:
        check_line(paper, state.lab, result)


# --- what happens: keys and saves -----------------------------------------------------------------


def _next_event(keys: int, saves: int) -> str:
    """The next key, or SAVED. Several saves at once are one."""
    ready, _, _ = select.select([keys, saves], [], [])
    if saves in ready:
        os.read(saves, 4096)
        return SAVED
    key = os.read(keys, 1).decode("ascii", "replace").lower()
    return key or QUIT  # no more input: the terminal is gone


@contextlib.contextmanager
def _keys() -> Iterator[int]:
    """Standard input giving single keys, without echo; put back afterwards."""
    import termios
    import tty

    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    try:
        tty.setcbreak(number)
        yield number
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)


@contextlib.contextmanager
def _saves(folder: Path, names: frozenset[str]) -> Iterator[int]:
    """A descriptor that has something to read after a file of one of these names was saved.

    The folder is watched, since editors save by writing another file and renaming it.
    """
    reading, writing = os.pipe()
    stop = threading.Event()
    thread = threading.Thread(
        target=_watch_folder, args=(folder, names, writing, stop), daemon=True
    )
    thread.start()
    try:
        yield reading
    finally:
        stop.set()
        thread.join(timeout=2)
        os.close(reading)
        os.close(writing)


def _watch_folder(folder: Path, names: frozenset[str], writing: int, stop: threading.Event) -> None:
    from watchfiles import watch

    def ours(_change: object, path: str) -> bool:
        return Path(path).name in names

    for _ in watch(
        folder,
        watch_filter=ours,
        stop_event=stop,
        recursive=False,
        rust_timeout=500,
        raise_interrupt=False,
    ):
        os.write(writing, b".")


@contextlib.contextmanager
def _ends_like_ctrl_c() -> Iterator[None]:
    """A polite request to end (SIGTERM, a closed window) unwinds as Ctrl-C does."""

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    signals = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {each: signal.signal(each, end) for each in signals}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
