"""Everything the five seeds ask for has a home: each item of tests/curriculum/seeds/*.toml says
where it lives, and when the seeds themselves are at hand, no line and no address of theirs is
missing from those lists."""

import os
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from zhixing.records import Catalog, Route
from zhixing.roadmap.compiling import compile_route

LISTS = Path(__file__).parent / "seeds"
BESIDE = Path(__file__).parents[3] / "shared" / "seeds"
ROUTES = {
    "000": "full-roadmap",
    "001": "fullstack-20-weeks",
    "002": "foundations",
    "003": "math-16-weeks",
    "004": "cv-llm-rl-12-weeks",
}

# How many different things of a kind a seed names, as counted in the research on planning.
COUNTS: Mapping[str, Mapping[str, int]] = {
    "000": {
        "stage": 6, "skill": 18, "star": 38, "topic": 157, "resource": 84, "project": 36,
        "criterion": 44, "milestone": 3, "paper": 5, "tool": 22, "url": 102,
    },
    "001": {"stage": 6, "week": 20, "project": 11, "resource": 17},
    "002": {
        "section": 12, "known": 1, "calculus": 13, "learning": 5, "term": 7, "row": 10,
        "column": 7, "workflow": 6, "step": 5, "direction": 3, "field": 11, "practice": 3,
        "book": 6, "url": 3,
    },
    "003": {
        "chapter": 11, "stage": 4, "week": 16, "day": 86, "maths": 12, "mapping": 7, "module": 8,
        "by-hand": 8, "tool": 7, "practice": 8, "url": 22,
    },
    "004": {"stage": 3, "week": 6, "topic": 18, "project": 7, "resource": 6, "url": 19},
}  # fmt: skip

NO_HOME: Mapping[str, Mapping[int, str]] = {
    "000": {
        57: "the title inside the drawing of the skill tree",
        810: "the name of the lines below it",
        828: "the name of the lines below it",
        956: "the name of the lines below it",
        967: "the name of the lines below it",
        991: "the name of the lines below it",
        1075: "good wishes",
        1077: "the date of the page",
    },
    "002": {128: "a lone punctuation mark"},
    "003": {397: "the writer's offer to export the plan there and then"},
}
"""Lines that ask for nothing and are said so, by seed."""

PLACEHOLDERS: Mapping[str, str] = {
    "github.com/your_username/phase2-plan": "004: an owner that does not exist",
    "github.com/px6707/myblog": "000: the source of the page itself, in its front matter",
}

_URL = re.compile(r"https?://[^\s<>()\[\]\"'`|，。；、]+")
_RULER = re.compile(r"[\s|:-]*-{2,}[\s|:-]*")
_BULLET = re.compile(r"\s*(?:[-*+>]|\d+\.)\s+")
_FENCE = re.compile(r"\s*(```|~~~)")


class Item(NamedTuple):
    line: int
    kind: str
    says: str
    lives: str


def items(seed: str) -> list[Item]:
    found = tomllib.loads((LISTS / f"{seed}.toml").read_text("utf-8"))["item"]
    return [Item(**item) for item in found]


@pytest.fixture(scope="module")
def routes(built_in: Catalog) -> dict[str, Route]:
    return {
        name: compile_route(built_in.routes[name].texts["zh"], "zh", name)[0]
        for name in ROUTES.values()
    }


@pytest.fixture(scope="module", params=ROUTES)
def seed(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def text(seed: str) -> list[str]:
    """The lines of a seed, which is no part of the project."""
    folder = Path(os.environ.get("ZHIXING_ROADMAPS") or BESIDE)
    found = sorted(folder.glob(f"{seed}*")) if folder.is_dir() else []
    if not found:
        pytest.skip(f"seed {seed} is not at hand: set ZHIXING_ROADMAPS to the folder that has it")
    return found[0].read_text("utf-8").splitlines()


def homes(catalog: Catalog, route: Route) -> dict[str, set[str]]:
    """What an item may name, by the word before its colon."""
    parts = {f"{lab}#{part.name}" for lab, one in catalog.labs.items() for part in one.parts}
    parts |= {f"{lab}#{part}" for lab, one in catalog.planned.items() for part in one.parts}
    return {
        "route": {node.id for node in route.root.walk()} | set(catalog.routes),
        "res": set(catalog.resources),
        "skill": set(catalog.skills),
        "lab": {*catalog.labs, *catalog.planned} | parts,
        "reading": set(catalog.readings),
        "brief": set(catalog.briefs),
    }


def test_every_seed_has_its_list() -> None:
    assert sorted(path.stem for path in LISTS.glob("*.toml")) == sorted(ROUTES)


def test_every_item_lives_where_it_says(
    seed: str, built_in: Catalog, routes: dict[str, Route]
) -> None:
    known = homes(built_in, routes[ROUTES[seed]])
    lost = []
    for item in items(seed):
        kind, _, name = item.lives.partition(":")
        if name not in known.get(kind, set()):
            lost.append(item)
    assert lost == []


def test_every_item_says_something_and_stands_once(seed: str) -> None:
    found = items(seed)
    assert [
        item for item in found if not (item.says.strip() and item.lives and item.line > 0)
    ] == []
    assert [item for item, times in Counter(found).items() if times > 1] == []


def test_no_fewer_items_than_were_counted(seed: str) -> None:
    different = Counter(kind for kind, _, _ in {(i.kind, i.line, i.says) for i in items(seed)})
    assert {k: different[k] for k, n in COUNTS[seed].items() if different[k] < n} == {}


def test_every_line_that_asks_something_is_an_item(seed: str, text: list[str]) -> None:
    have = {item.line for item in items(seed)} | set(NO_HOME.get(seed, {}))
    assert [(n, text[n - 1]) for n in asking(text) if n not in have] == []


def test_no_item_stands_on_a_line_that_is_not_there(seed: str, text: list[str]) -> None:
    assert [i for i in items(seed) if i.line > len(text) or not text[i.line - 1].strip()] == []


def test_lines_without_a_home_have_none(seed: str) -> None:
    assert {item.line for item in items(seed)} & set(NO_HOME.get(seed, {})) == set()


def test_every_address_of_a_seed_is_a_resource(
    seed: str, text: list[str], built_in: Catalog
) -> None:
    known = {
        plain(url)
        for resource in built_in.resources.values()
        for url in (resource.url, *resource.alternatives)
    }
    asked = {plain(url) for line in text for url in _URL.findall(line)}
    assert asked - known - set(PLACEHOLDERS) == set()


def test_every_address_lives_in_an_item_on_its_line(
    seed: str, text: list[str], built_in: Catalog
) -> None:
    on_line: defaultdict[int, set[str]] = defaultdict(set)
    for item in items(seed):
        kind, _, name = item.lives.partition(":")
        if kind == "res":
            one = built_in.resources[name]
            on_line[item.line] |= {plain(url) for url in (one.url, *one.alternatives)}
    lost = [
        (number, url)
        for number, line in enumerate(text, 1)
        for url in map(plain, _URL.findall(line))
        if url not in on_line[number] and url not in PLACEHOLDERS
    ]
    assert lost == []


def plain(url: str) -> str:
    """An address without its scheme and without what only tells where the click came from."""
    url = re.sub(r"([?&])utm_\w+=[^&#]*&?", r"\1", url).rstrip("?&.,;:!")
    return url.partition("://")[2].rstrip("/")


def asking(text: list[str]) -> Iterator[int]:
    """The numbers of the lines that are neither headings, table heads, labels of what follows,
    lists of contents, front matter nor comments in code."""
    start = text.index("---", 1) + 1 if text and text[0].strip() == "---" else 0
    for number, line in enumerate(text[start:], start + 1):
        words = _BULLET.sub("", line, count=1).strip()
        below = text[number] if number < len(text) else ""
        if not re.search(r"\w", line) or _FENCE.match(line) or _RULER.fullmatch(line):
            continue
        if line.lstrip().startswith("#") or _RULER.fullmatch(below.strip() or "x"):
            continue
        if re.fullmatch(r"\[[^\]]*\]\(#[^)]*\)", words) or is_label(words):
            continue
        yield number


def is_label(words: str) -> bool:
    """Nothing but a short name for what stands below it, as in `**Resources**:`."""
    return bool(re.fullmatch(r"(?:\*\*)?[^：:*]{1,12}(?:\*\*)?[：:](?:\*\*)?", words))
