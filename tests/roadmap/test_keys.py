"""The five seeds and six real roadmaps, read as a teacher would read them.

The documents are not ours to copy: they are looked for in the folder that ZHIXING_ROADMAPS names,
and beside the project. Print all figures: `pytest tests/roadmap/test_keys.py -s -k figures`.
"""

import hashlib
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from scoring import KEYS, Score, read_key, score

from zhixing.roadmap.compiling import compile_route

NAMES = sorted(path.stem for path in KEYS.glob("*.toml"))
PROJECT = Path(__file__).parents[2]
BESIDE = (PROJECT.parent / "shared" / "seeds", PROJECT.parent / "shared" / "data" / "roadmaps")
UNITS, LINKS = 0.95, 0.98


@cache
def document(name: str) -> str:
    """The text that a key is about; skips where it is not there or is another version."""
    key = read_key(name)
    given = os.environ.get("ZHIXING_ROADMAPS")
    folders = (Path(given),) if given else BESIDE
    for folder in folders:
        path = folder / key["document"]
        if path.is_file():
            content = path.read_bytes()
            if hashlib.sha256(content).hexdigest() != key["sha256"]:
                pytest.skip(f"{key['document']} is another version than the key was written for")
            return content.decode("utf-8")
    looked = " and ".join(str(folder) for folder in folders)
    pytest.skip(f"{key['document']} is not in {looked}; set ZHIXING_ROADMAPS to its folder")


@cache
def scored(name: str) -> Score:
    return score(*compile_route(document(name), route_id="r"), read_key(name))


@pytest.mark.parametrize("name", NAMES)
def test_units_are_those_of_the_key(name: str) -> None:
    units = scored(name).units
    assert units.precision >= UNITS, f"invented: {units.wrong[:12]}"
    assert units.recall >= UNITS, f"missed: {units.missing[:12]}"


@pytest.mark.parametrize("name", NAMES)
def test_addresses_are_those_of_the_key(name: str) -> None:
    got = scored(name)
    assert got.urls.f1 >= LINKS, f"{got.urls}; {got.urls.wrong[:5]}; {got.urls.missing[:5]}"
    assert got.links.f1 >= LINKS, f"{got.links}; {got.links.wrong[:5]}; {got.links.missing[:5]}"


@pytest.mark.parametrize("name", NAMES)
def test_a_placeholder_is_no_address(name: str) -> None:
    route, _ = compile_route(document(name), route_id="r")
    urls = {link.url for node in route.root.walk() for link in node.links}
    assert not urls & set(read_key(name)["placeholders"])


@pytest.mark.parametrize("name", NAMES)
def test_contradictions_are_said(name: str) -> None:
    assert scored(name).contradictions.missing == ()


@pytest.mark.parametrize("name", NAMES)
def test_figures(name: str) -> None:
    """Not a gate: the figures themselves."""
    got = scored(name)
    for field in Score.__dataclass_fields__:
        sys.stdout.write(f"{name:9} {field:14} {getattr(got, field)}\n")


def _span_of(key: dict[str, Any], document_lines: int) -> list[int]:
    units = [unit["line"] for unit in key.get("unit", ())]
    links = [link["line"] for link in key.get("link", ())]
    return [line for line in units + links if not 1 <= line <= document_lines]


@pytest.mark.parametrize("name", NAMES)
def test_a_key_speaks_of_lines_that_are_there(name: str) -> None:
    key, text = read_key(name), document(name)
    assert _span_of(key, text.count("\n") + 1) == []
    lines = text.split("\n")
    for line, stars in key["skills"]:
        assert lines[line - 1].count("⭐") == stars
