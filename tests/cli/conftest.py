"""The CLI as a process, in homes of its own. Homes are made once and copied: making one is slow."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

import pytest

from zhixing.catalog.packs import pack_folders
from zhixing.catalog.reading import read_catalog
from zhixing.records import Catalog, Lab

MONDAY = "2026-12-07"
SOFTMAX = "dl-softmax-ce"


@dataclass(frozen=True)
class Said:
    """What a call printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict:
        """The one JSON document on stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def letters(self) -> list[dict]:
        """The letters on stderr of a call with --json."""
        return json.loads(self.err)["problems"]


def as_process(
    words: Sequence[str], environment: Mapping[str, str], stdin: bytes, cwd: Path
) -> Said:
    """A call as a learner makes it: a process of its own, in which every warning is an error."""
    run = subprocess.run(
        [sys.executable, "-m", "zhixing", *words],
        input=stdin,
        capture_output=True,
        env={**environment, "PYTHONWARNINGS": "error"},
        cwd=cwd,
        timeout=120,
        check=False,
    )
    return Said(run.returncode, run.stdout.decode(), run.stderr.decode())


def in_this_process(
    words: Sequence[str], environment: Mapping[str, str], stdin: bytes, cwd: Path
) -> Said:
    """The same without starting Python anew: a fifth of the time."""
    from zhixing.cli.main import main

    streams = [TextIOWrapper(BytesIO(raw), encoding="utf-8") for raw in (stdin, b"", b"")]
    before = Path.cwd()
    with (
        patch.dict(os.environ, environment, clear=True),
        patch.multiple(sys, stdin=streams[0], stdout=streams[1], stderr=streams[2]),
    ):
        os.chdir(cwd)
        try:
            code = main(words)
        finally:
            os.chdir(before)
    for stream in streams[1:]:
        stream.flush()
    out, err = (stream.buffer.getvalue().decode() for stream in streams[1:])
    return Said(code, out, err)


@dataclass(frozen=True)
class Learner:
    """Somebody with a home, on a day, typing commands."""

    home: Path
    today: str = MONDAY
    language: str = "en"
    runner: Callable[..., Said] = in_this_process

    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ZHIXING_", "LC_"))}
        return {
            **kept,
            "LANG": "C.UTF-8",
            "ZHIXING_HOME": str(self.home),
            "ZHIXING_TODAY": self.today,
            "ZHIXING_LANG": self.language,
            "NO_COLOR": "1",
        }

    def types(
        self, *words: object, stdin: bytes | str = b"", cwd: Path | None = None, **more: str
    ) -> Said:
        raw = stdin if isinstance(stdin, bytes) else stdin.encode()
        environment = {**self.environment(), **more}
        return self.runner([str(w) for w in words], environment, raw, cwd or self.home.parent)

    def outside(self) -> "Learner":
        """The same learner, whose calls are processes."""
        return replace(self, runner=as_process)

    def on(self, day: str) -> "Learner":
        return replace(self, today=day)

    def in_chinese(self) -> "Learner":
        return replace(self, language="zh")

    def answers(self, lab: str, text: str | bytes) -> Path:
        """Put an answer where `check` looks for it."""
        file = self.home / "labs" / lab / "answer.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The built-in content, as far as it is sound."""
    return read_catalog(pack_folders(()))[0]


@pytest.fixture(scope="session")
def softmax(catalog: Catalog) -> Lab:
    return catalog.labs[SOFTMAX]


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the 16-week plan from Monday 7 December on."""
    learner = Learner(tmp_path_factory.mktemp("made") / "home")
    said = learner.types(
        "init", "--route", "math-16-weeks", "--hours-per-week", "15", "--start", MONDAY, "--yes"
    )
    assert said.code == 0, said.err
    return learner.home


@pytest.fixture
def learner(made_home: Path, tmp_path: Path) -> Learner:
    """A learner whose plan begins today."""
    return Learner(Path(shutil.copytree(made_home, tmp_path / "home")))


@pytest.fixture
def stranger(tmp_path: Path) -> Learner:
    """Somebody who has no home yet."""
    return Learner(tmp_path / "home")
