"""Packs by entry point and by folder come through one door, and none of them is imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from zhixing.catalog.packs import pack_folders
from zhixing.catalog.reading import catalog_or_problem
from zhixing.errors import Problem


def install(site: Path, package: str, entry_points: str) -> None:
    """What pip leaves behind: a dist-info folder that importlib.metadata finds by itself."""
    info = site / f"{package.lower()}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (info / "RECORD").write_text("")
    (info / "entry_points.txt").write_text(f"[zhixing.packs]\n{entry_points}\n")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed packages on the path."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


def test_the_built_in_pack_enters_by_its_entry_point() -> None:
    assert any((one / "pack.toml").is_file() for one in pack_folders(()))
    assert "zhixing_curriculum" in [one.name for one in pack_folders(())]


def test_an_installed_pack_is_read_and_its_code_never_runs(pack, site: Path) -> None:
    bomb = site / "somebodys_pack"
    pack.folder.rename(bomb)
    (bomb / "__init__.py").write_text("raise SystemExit('this pack was imported')\n")
    install(site, "Somebodys-Pack", "somebodys = somebodys_pack")
    folders = pack_folders(())
    assert bomb in folders
    assert "somebodys_pack" not in sys.modules
    assert "add-two" in catalog_or_problem([bomb]).labs
    assert "somebodys_pack" not in sys.modules


def test_a_pack_by_folder_comes_last_and_once(pack, site: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(pack.folder, target_is_directory=True)
    folders = pack_folders((pack.folder, link, tmp_path / "nowhere", pack.folder))
    assert folders[-2:] == (pack.folder, tmp_path / "nowhere")
    assert len(folders) == len(pack_folders(())) + 2
    built_in = pack_folders(())[0]
    assert pack_folders((built_in,)) == pack_folders(())


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("some.pack", "not the name of a top-level package"),
        ("some_pack:folder", "not the name of a top-level package"),
        ("no_such_pack_anywhere", "there is no package"),
        ("single_file", "not a folder on disk"),
    ],
)
def test_an_entry_point_that_names_no_package_is_a_problem(site: Path, value, word) -> None:
    (site / "single_file.py").write_text("raise SystemExit('imported')")
    (site / "some").mkdir()
    (site / "some/__init__.py").write_text("raise SystemExit('imported')")
    install(site, "broken-pack", f"mine = {value}\nother = a.b")
    with pytest.raises(Problem) as caught:
        pack_folders(())
    said = [one.render("en") for one in caught.value.letters]
    assert len(said) == 2
    assert word in said[0]
    assert "entry point zhixing.packs:mine of broken-pack" in said[0]


def test_looking_for_packs_loads_no_pack(pack, tmp_path: Path) -> None:
    program = (
        "import sys; from zhixing.catalog.packs import pack_folders; pack_folders(());"
        "print([m for m in sys.modules if m.startswith('zhixing_curriculum')])"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment
    )
    assert done.stdout.strip() == "[]", done.stderr
