"""The key of a home is made once, is for its owner only, and is never guessed or half there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from zhixing.errors import Problem
from zhixing.store.key import KEY_BYTES, key_in
from zhixing.store.opening import open_store


def test_a_home_keeps_its_key_and_another_has_another(tmp_path: Path) -> None:
    keys = set()
    for home in ("one", "two", "one"):
        with open_store(tmp_path / home / "zhixing.db") as store:
            keys.add(store.secret())
    assert len(keys) == 2
    assert {len(key) for key in keys} == {KEY_BYTES}


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX only")
def test_only_its_owner_may_read_the_key(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    before = os.umask(0)
    try:
        key_in(file)
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o600


def test_processes_at_once_agree_on_one_key(tmp_path: Path) -> None:
    script = "import sys, pathlib; from zhixing.store.key import key_in\n"
    script += "sys.stdin.readline(); print(key_in(pathlib.Path(sys.argv[1])).hex())"
    command = [sys.executable, "-c", script, str(tmp_path / "secret.key")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running = [subprocess.Popen(command, **pipes) for _ in range(6)]  # type: ignore[call-overload]
    for one in running:
        one.stdin.write("go\n")
        one.stdin.flush()
    assert len({one.communicate(timeout=60)[0] for one in running}) == 1
    assert [f.name for f in tmp_path.iterdir()] == ["secret.key"]


@pytest.mark.parametrize("held", [b"", b"x" * 31, b"x" * 33])
def test_a_key_of_another_length_is_refused_and_kept(held: bytes, tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    file.write_bytes(held)
    with pytest.raises(Problem, match=f"holds {len(held)} bytes, not 32") as caught:
        key_in(file)
    assert f"rm {file}" in str(caught.value)
    assert file.read_bytes() == held


def test_a_folder_in_its_place_is_a_letter(tmp_path: Path) -> None:
    (tmp_path / "secret.key").mkdir()
    with pytest.raises(Problem, match="cannot be used"):
        key_in(tmp_path / "secret.key")
