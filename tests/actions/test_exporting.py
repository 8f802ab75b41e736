"""The export has everything, no secrets, and is never half a file."""

import json
import os
import resource
import zipfile
from datetime import date
from pathlib import Path

import pytest

from zhixing.actions import days, exporting, planning
from zhixing.actions.desk import Desk
from zhixing.actions.exporting import exported
from zhixing.actions.planning import Wishes
from zhixing.errors import Problem
from zhixing.settings import read_settings, write_setting
from zhixing.store.writing import KINDS, Row, happening_of

VECTORS = "math-16-weeks/skill:la-vectors"
SPAN = "math-16-weeks/note:span-in-one-line"
PRODUCT = "math-16-weeks/lab:la-transform-rank#product"


@pytest.fixture
def begun(desk: Desk) -> Desk:
    planning.begin_route(desk, Wishes(hours_per_week=15.0, start=date(2026, 12, 7)))
    days.done(desk, VECTORS)
    planning.undo(desk)
    days.note(desk, SPAN, "a span is …\r\n<script>alert(1)</script>")
    desk.store.secret()
    home = desk.settings.home
    (home / "web.key").write_text("a token of the pages", encoding="ascii")
    (home / "cache").mkdir(exist_ok=True)
    (home / "cache" / "catalog.bin").write_bytes(b"can be made again")
    lab = home / "labs" / "la-transform-rank"
    lab.mkdir(parents=True)
    (lab / "answer.py").write_bytes(b"print('mine')\n")
    return desk


def files(desk: Desk) -> dict[str, bytes]:
    with exported(desk) as whole, zipfile.ZipFile(whole) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        return {name: archive.read(name) for name in names}


def test_every_happening_is_in_it_and_can_be_read_again(begun: Desk) -> None:
    lines = files(begun)["happenings.jsonl"].decode().splitlines()
    read = []
    for line in lines:
        told = json.loads(line)
        kind = told.pop("kind")
        assert kind in KINDS
        row = Row(told["id"], told["learner"], told["at"], kind, told["schema"], json.dumps(told))
        read.append(happening_of(row))
    assert tuple(read) == begun.store.happenings(begun.learner)
    assert "Undone" in "".join(lines), "what was taken back is told too"


def test_plan_notes_answers_and_settings_are_in_it(begun: Desk) -> None:
    found = files(begun)
    assert json.loads(found["plan.json"])["route"] == "math-16-weeks"
    assert b"- [ ]" in found["plan.md"]
    assert found["notes/math-16-weeks-note-span-in-one-line.md"].decode() == (
        "a span is …\r\n<script>alert(1)</script>"
    )
    assert found["labs/la-transform-rank/answer.py"] == b"print('mine')\n"
    for name in ("happenings.jsonl", "plan.md", "notes/", "labs/", "settings.toml"):
        assert name in found["README.md"].decode()


def test_no_key_and_no_cache_is_in_it(begun: Desk) -> None:
    found = files(begun)
    everything = b"\n".join(found.values())
    assert begun.store.secret() not in everything
    assert b"a token of the pages" not in everything
    assert b"can be made again" not in everything.replace(found["README.md"], b"")
    assert not [name for name in found if "key" in name or "cache" in name or name.endswith(".db")]


def test_a_password_in_an_address_stays_at_home(begun: Desk) -> None:
    write_setting(begun.settings.home, "mirror", "https://me:hunter2@mirror.example/simple")
    settings = files(begun)["settings.toml"].decode()
    assert 'mirror = "https://mirror.example/simple"' in settings


def test_links_are_not_followed_and_are_said_to_be_left_out(begun: Desk, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "diary.txt").write_text("private", encoding="utf-8")
    labs = begun.settings.home / "labs"
    (labs / "folder").symlink_to(outside)
    (labs / "file.txt").symlink_to(outside / "diary.txt")
    (labs / "loop").symlink_to(labs)
    (labs / "key.txt").symlink_to(begun.settings.home / "secret.key")
    found = files(begun)
    assert b"private" not in b"".join(found.values())
    readme = found["README.md"].decode()
    for name in ("labs/folder", "labs/file.txt", "labs/loop", "labs/key.txt"):
        assert name in readme
        assert name not in found


def test_a_folder_of_answers_that_is_a_link_is_left_out(desk: Desk, tmp_path: Path) -> None:
    planning.begin_route(desk, Wishes())
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x").write_text("private", encoding="utf-8")
    (desk.settings.home / "labs").symlink_to(tmp_path / "elsewhere")
    found = files(desk)
    assert "`labs`: a link" in found["README.md"].decode()
    assert not [name for name in found if name.startswith("labs")]


def test_what_is_too_large_or_no_file_is_listed(
    begun: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "LARGEST_FILE", 1000)
    lab = begun.settings.home / "labs" / "la-transform-rank"
    (lab / "weights.bin").write_bytes(bytes(1001))
    (lab / "fits.bin").write_bytes(bytes(1000))
    os.mkfifo(lab / "pipe")
    found = files(begun)
    readme = found["README.md"].decode()
    assert "labs/la-transform-rank/weights.bin" in readme
    assert "labs/la-transform-rank/pipe" in readme
    assert found["labs/la-transform-rank/fits.bin"] == bytes(1000)


@pytest.mark.parametrize("name", [b"caf\xe9.py", "答案.py".encode(), b"new\nline.py", b"a b.py"])
def test_any_name_that_a_file_can_have_is_kept(begun: Desk, name: bytes) -> None:
    folder = os.fsencode(begun.settings.home / "labs")
    with open(os.path.join(folder, name), "wb") as file:  # noqa: PTH118, PTH123
        file.write(b"here")
    assert b"here" in files(begun).values()


def test_two_notes_never_share_a_file(begun: Desk) -> None:
    from zhixing.records import NoteSaved

    for task in ("route/a:b", "route/a#b", "route/A:b", "../../etc/passwd", "…"):
        made = begun.stamp()
        begun.store.append(
            NoteSaved(id=made[0], learner=made[1], at=made[2], task=task, text=f"of {task}")
        )
    found = files(begun)
    notes = {name: text for name, text in found.items() if name.startswith("notes/")}
    assert len(notes) == 6
    assert not [name for name in notes if ".." in name or name.count("/") != 1]


def test_a_home_where_nothing_happened_can_be_exported(desk: Desk) -> None:
    found = files(desk)
    assert found["happenings.jsonl"] == b""
    assert set(found) == {"happenings.jsonl", "README.md"}
    assert not (desk.settings.home / "zhixing.db").exists(), "an export makes nothing"


def test_a_route_that_is_gone_does_not_stop_the_export(begun: Desk, clock) -> None:
    from dataclasses import replace

    from zhixing.records import Catalog

    vars(begun)["_read"] = (replace(begun.catalog, routes={}), ())
    assert isinstance(begun.catalog, Catalog)
    begun.__dict__.pop("catalog", None)
    found = files(begun)
    assert "plan.md" not in found
    assert "plan.md, plan.json" in found["README.md"].decode()
    assert found["happenings.jsonl"]


def test_when_it_cannot_be_written_there_is_a_letter_and_no_file(
    begun: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "not there"))
    with pytest.raises(Problem, match="the export cannot be written"):
        exported(begun)


def test_a_disk_that_fills_up_is_a_letter_too(begun: Desk) -> None:
    labs = begun.settings.home / "labs"
    (labs / "large.bin").write_bytes(os.urandom(2_000_000))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        with pytest.raises(Problem, match="the export cannot be written"):
            exported(begun)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "labs/large.bin" in files(begun)


def test_the_readme_speaks_the_language_of_the_home(begun: Desk) -> None:
    begun.settings = read_settings(begun.settings.home, {}, {"language": "zh"})
    assert "{" not in files(begun)["README.md"].decode()
