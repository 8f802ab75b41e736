"""check --watch in a real terminal and without one; the first run's questions; interruptions."""

import contextlib
import json
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator

import pytest

SOFTMAX = "dl-softmax-ce"
PATIENCE_SECONDS = 60


class Terminal:
    """A program in a terminal of its own: what it shows, and keys for it."""

    def __init__(self, words: list[str], environment: dict[str, str]) -> None:
        self.ours, self.its = pty.openpty()
        self.before = termios.tcgetattr(self.its)
        self.shown = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "zhixing", *words],
            stdin=self.its,
            stdout=self.its,
            stderr=self.its,
            env={**environment, "TERM": "xterm", "COLUMNS": "80", "PYTHONWARNINGS": "error"},
            start_new_session=True,
        )

    def until(self, words: str) -> str:
        """What was shown since the last call, once it holds the words."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while words not in self.shown:
            left = give_up - time.monotonic()
            ready, _, _ = select.select([self.ours], [], [], max(0, left))
            assert ready, f"never showed {words!r}, but:\n{self.shown}"
            try:
                self.shown += os.read(self.ours, 65536).decode("utf-8", "replace")
            except OSError as ended:  # the program is gone
                raise AssertionError(f"ended before {words!r}:\n{self.shown}") from ended
        seen, self.shown = self.shown, ""
        return seen

    def press(self, keys: str) -> None:
        os.write(self.ours, keys.encode())

    def code(self) -> int:
        """The exit code; the terminal must be as it was."""
        code = self.process.wait(PATIENCE_SECONDS)
        assert termios.tcgetattr(self.its) == self.before
        return code

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.ours)
        os.close(self.its)


@contextlib.contextmanager
def terminal(learner, *words: str) -> Iterator[Terminal]:
    opened = Terminal(list(words), learner.environment())
    try:
        yield opened
    finally:
        opened.close()


def save(file, text: str) -> None:
    """As editors do: another file, renamed."""
    fresh = file.with_suffix(".tmp")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)


def test_the_screen_checks_on_every_save_gives_hints_and_goes_through_the_parts(learner, softmax):
    learner.types("start", SOFTMAX)
    file = learner.home / "labs" / SOFTMAX / "answer.py"
    with terminal(learner, "check", SOFTMAX, "--watch") as screen:
        assert "is not written yet" in screen.until("quit")
        screen.press("h")
        assert "hint 1 of 4" in screen.until("quit")
        screen.press("h")
        assert "hint 2 of 4" in screen.until("quit")
        screen.press("n")
        assert f"{SOFTMAX}#stable" in screen.until("quit")
        save(file, softmax.solution)
        assert "All 3 checks of this part pass." in screen.until("quit")
        screen.press("a")
        assert "this lab is yours" in screen.until("quit")
        screen.press("q")
        assert screen.code() == 0
    assert learner.types("progress", "--json").data["labs"][0]["hints"] == 2


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (lambda screen: screen.press("q"), 1),
        (lambda screen: screen.press("\x03"), 130),
        (lambda screen: screen.process.send_signal(signal.SIGTERM), 143),
    ],
    ids=["q", "Ctrl-C", "SIGTERM"],
)
def test_however_the_screen_is_left_the_terminal_is_as_before(learner, end, code):
    learner.types("start", SOFTMAX)
    with terminal(learner, "check", SOFTMAX, "--watch") as screen:
        screen.until("quit")
        if code == 130:  # no session of its own has this terminal: the key alone sends nothing
            screen.process.send_signal(signal.SIGINT)
        else:
            end(screen)
        assert screen.code() == code


def test_without_a_terminal_each_save_gives_a_line_and_an_interruption_ends_it(learner, softmax):
    file = learner.answers(SOFTMAX, softmax.solution)
    process = subprocess.Popen(
        [sys.executable, "-m", "zhixing", "check", SOFTMAX, "--watch", "--json"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=learner.environment(),
    )
    assert process.stdout is not None
    try:
        assert json.loads(process.stdout.readline())["passed"] is True
        save(file, "import numpy as np\n")
        assert json.loads(process.stdout.readline())["passed"] is False
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE_SECONDS)
    finally:
        process.kill()
    assert (process.returncode, err) == (1, "")


def test_an_interrupted_check_is_quiet_and_remembers_nothing(learner):
    learner.answers(SOFTMAX, "def log_softmax(Z):\n    while True:\n        pass\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "zhixing", "check", SOFTMAX],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=learner.environment(),
    )
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert learner.types("progress", "--json").data["labs"] == []


def test_a_closed_pipe_is_quiet(learner):
    process = subprocess.Popen(
        [sys.executable, "-m", "zhixing", "routes", "math-16-weeks"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=learner.environment(),
    )
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(PATIENCE_SECONDS) == 141


# --- the first run ------------------------------------------------------------------------------


def test_the_first_run_asks_three_questions_and_enter_takes_the_defaults(stranger):
    with terminal(stranger) as screen:
        screen.until("[en]:")
        screen.press("\r")
        screen.until("[15.0]:")
        screen.press("lots\r")
        screen.until("[15.0]:")
        screen.press("20\r")
        screen.until("[2026-12-07]:")
        screen.press("\r")
        page = screen.until("zhixing begin 1")
        assert "Monday 7 December 2026" in page
        assert screen.code() == 0
    assert (
        stranger.types("settings", "language", "--json", ZHIXING_LANG="")
        .data["language"]["from"]["en"]
        .endswith("settings.toml")
    )


def test_without_anybody_to_ask_the_first_run_makes_the_default_plan(stranger):
    said = stranger.outside().types("--json")
    assert said.code == 0, said.err
    assert said.data["next"]["command"] == "zhixing begin 1"
    assert stranger.types("today", "--json").data == said.data


def test_a_new_plan_in_a_terminal_is_asked_about_and_no_means_no(learner):
    before = learner.types("plan", "show", "--json").data
    with terminal(learner, "init", "--hours-per-week", "30") as screen:
        screen.until("[y/N]:")
        screen.press("n\r")
        assert screen.code() == 130
    assert learner.types("plan", "show", "--json").data == before


def test_an_editor_writes_a_note(learner, tmp_path):
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\nprintf "written in an editor" > "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    environment = {**learner.environment(), "EDITOR": str(editor), "VISUAL": str(editor)}
    opened = Terminal(["note", "1"], environment)
    try:
        opened.until("written in an editor")
        assert opened.code() == 0
    finally:
        opened.close()


def test_a_mistake_of_ours_is_said_with_its_traceback_and_exit_code_three(learner, monkeypatch):
    monkeypatch.setattr("zhixing.actions.days.today", lambda _: 1 / 0)
    said = learner.types("today")
    assert said.code == 3
    assert "ZeroDivisionError" in said.err
    assert "CONTRIBUTING.md" in said.err


def test_letters_on_a_terminal_are_set_for_reading(learner):
    with terminal(learner, "tody") as screen:
        page = screen.until("lists them all")
        assert "▸ " in page
        assert "zhixing" in page
        assert screen.code() == 2
