"""The cache is believed only when nothing has changed, and its loss costs only time."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhixing.catalog import parsing, remembering
from zhixing.catalog.files import pack_files
from zhixing.catalog.reading import read_catalog

LAB = "labs/math/add-two"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "home" / "cache" / "catalog.bin"


def read(pack, cache):
    return read_catalog([pack.folder], cache)


def parses(monkeypatch) -> list[int]:
    """A list that grows by one whenever packs are parsed anew."""
    counted: list[int] = []
    parse = parsing.parsed

    def counting(files):
        counted.append(1)
        return parse(files)

    monkeypatch.setattr(parsing, "parsed", counting)
    return counted


def test_what_is_remembered_equals_what_is_read(pack, cache, monkeypatch) -> None:
    counted = parses(monkeypatch)
    first = read(pack, cache)
    assert first == read(pack, cache) == pack.read()
    assert len(counted) == 2
    assert isinstance(read(pack, cache)[0].labs["add-two"].parts, tuple)
    assert len(counted) == 2


@pytest.mark.parametrize(
    "path", ["skills/math.toml", f"{LAB}/checks.py", "routes/first-steps.zh.md", "pack.toml"]
)
def test_a_changed_file_is_noticed_whatever_its_clock_says(pack, cache, path) -> None:
    read(pack, cache)
    file = pack.folder / path
    seen = file.stat()
    content = file.read_bytes()
    place = content.rindex(b"e")
    file.write_bytes(content[:place] + b"o" + content[place + 1 :])
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert file.stat().st_size == seen.st_size
    assert read(pack, cache) == pack.read()


def test_a_file_more_or_less_is_noticed(pack, cache) -> None:
    read(pack, cache)
    extra = pack.write(f"{LAB}/alternatives/other.py", "x = 1\n")
    assert set(read(pack, cache)[0].labs["add-two"].alternatives) == {"by_sum", "other"}
    extra.unlink()
    assert set(read(pack, cache)[0].labs["add-two"].alternatives) == {"by_sum"}
    pack.write("stray.txt", "")
    assert len(read(pack, cache)[1]) == 1


def test_another_version_or_another_folder_is_read_anew(pack, cache, monkeypatch, tmp_path) -> None:
    read(pack, cache)
    counted = parses(monkeypatch)
    moved = tmp_path / "moved"
    pack.folder.rename(moved)
    catalog, _ = read_catalog([moved], cache)
    assert catalog.packs[0].folder == str(moved)
    monkeypatch.setattr(remembering, "__version__", "9.9")
    read_catalog([moved], cache)
    assert len(counted) == 2


def test_a_pack_with_letters_is_never_remembered(pack, cache) -> None:
    pack.bend("skills/math.toml", "stars = 5", "stars = 9")
    assert len(read(pack, cache)[1]) == 1
    assert not cache.exists()
    assert len(read(pack, cache)[1]) == 1


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_cache_is_silently_read_anew(pack, cache, data) -> None:
    sound = read(pack, cache)
    content = bytearray(cache.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content[place] ^= data.draw(st.integers(1, 255))
    else:
        content = content[:place]
    cache.write_bytes(content)
    assert read(pack, cache) == sound
    assert remembering.remembered(cache, [pack_files(pack.folder)]) == sound[0]


@pytest.mark.parametrize("there", ["a folder", "a file above", "nothing may be written"])
def test_a_cache_that_cannot_be_kept_costs_only_time(pack, tmp_path, there) -> None:
    cache = tmp_path / "cache"
    if there == "a folder":
        (cache / "x").mkdir(parents=True)
    elif there == "a file above":
        cache.touch()
        cache = cache / "catalog.bin"
    else:
        cache = Path("/proc/no-such-place/catalog.bin")
    assert read(pack, cache) == pack.read()
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("cache.")] == []
