"""How well was a document read? A compiled route held against a key written by hand.

A key names what a teacher sees in a document, with its lines. What can be argued about is marked
`debatable` there (or stands in a list `…_debatable`) and is scored neither way.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from zhixing.records import ImportReport, Node, Route

Key = Mapping[str, Any]

KEYS = Path(__file__).parent / "keys"
UNITS = ("stage", "month", "week", "day")
NEAR = 1
"""A unit may stand this many lines off: a rule or an empty line above its heading."""
SAYS_CRITERION = ("criteri", "标准", "验收", "check", "evidence")


@dataclass(frozen=True)
class Figure:
    """What the key wants, what was found, and how many of both agree."""

    hits: int
    found: int
    wanted: int
    wrong: tuple[object, ...] = ()
    missing: tuple[object, ...] = ()

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.hits / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        both = self.found + self.wanted
        return 2 * self.hits / both if both else 1.0

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f} R {self.recall:.3f} ({self.hits}/{self.found}/{self.wanted})"
        )


@dataclass(frozen=True)
class Score:
    """`links` counts every occurrence, `urls` every address once."""

    units: Figure
    links: Figure
    urls: Figure
    skills: Figure
    projects: Figure
    criteria: Figure
    milestones: Figure
    done: Figure
    contradictions: Figure


def read_key(name: str) -> dict[str, Any]:
    return tomllib.loads((KEYS / f"{name}.toml").read_text(encoding="utf-8"))


def score(route: Route, report: ImportReport, key: Key) -> Score:
    nodes = list(route.root.walk())
    occurrences, urls = _links(nodes, key)
    starred = [(n.line, n.stars) for n in nodes if n.kind == "skill" and n.stars is not None]
    return Score(
        units=_units(nodes, key.get("unit", ())),
        links=occurrences,
        urls=urls,
        skills=_same(starred, [tuple(one) for one in key["skills"]]),
        projects=_lines(nodes, key, "projects", _is_project),
        criteria=_lines(nodes, key, "criteria", _is_criterion),
        milestones=_lines(nodes, key, "milestones", lambda node: node.kind == "milestone"),
        done=_done(route, nodes, key),
        contradictions=_contradictions(report, key),
    )


# --- units ----------------------------------------------------------------------------------


def _units(nodes: Iterable[Node], wanted: Iterable[Key]) -> Figure:
    """Each unit of the key takes at most one node; a debatable one takes its node out of both."""
    found = [node for node in nodes if node.kind in UNITS]
    sure = [unit for unit in wanted if not unit.get("debatable")]
    argued = [unit for unit in wanted if unit.get("debatable")]
    taken: set[int] = set()
    missing = [unit for unit in sure if not _take(unit, found, taken)]
    hits = len(sure) - len(missing)
    for unit in argued:
        _take(unit, found, taken)
    wrong = [
        (n.kind, n.first, n.last, n.line, n.title) for i, n in enumerate(found) if i not in taken
    ]
    named = [(u["kind"], u.get("first"), u.get("last"), u["line"], u["title"]) for u in missing]
    return Figure(hits, hits + len(wrong), len(sure), tuple(wrong), tuple(named))


def _take(unit: Key, found: list[Node], taken: set[int]) -> bool:
    """Whether a node not taken yet is this unit; the nearest line wins."""
    fits = [
        (abs(node.line - unit["line"]), index)
        for index, node in enumerate(found)
        if index not in taken and abs(node.line - unit["line"]) <= NEAR and _is(unit, node)
    ]
    if not fits:
        return False
    taken.add(min(fits)[1])
    return True


def _is(unit: Key, node: Node) -> bool:
    """The same kind and numbers. A stage may carry its own number, its weeks, or none."""
    if node.kind != unit["kind"]:
        return False
    if node.kind == "stage":
        return True
    span = [node.first, node.last]
    return span in ([unit["first"], unit["last"]], unit.get("also"))


# --- links ----------------------------------------------------------------------------------


def plain(url: str) -> str:
    """An address as one would compare it: no tracking, no escapes, no slash at the end."""
    parts = urlsplit(unquote(url))
    kept = [(k, v) for k, v in parse_qsl(parts.query, True) if not k.startswith("utm_")]
    path = parts.path.rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, urlencode(kept), parts.fragment))


def _links(nodes: Iterable[Node], key: Key) -> tuple[Figure, Figure]:
    """Occurrences, once a line, and distinct addresses. `definitions` are lines that say where
    reference links lead: a node there is neither wanted nor wrong."""
    argued = {plain(one["url"]) for one in key.get("link", ()) if one.get("debatable")}
    sure = [one for one in key.get("link", ()) if not one.get("debatable")]
    argued -= {plain(one["url"]) for one in sure}
    wanted = Counter(plain(one["url"]) for one in sure)
    defined = set(key.get("definitions", ()))
    at = {(plain(k.url), n.line) for n in nodes for k in n.links if "://" in k.url}
    found = Counter(url for url, line in at if url not in argued and line not in defined)
    for url in {plain(one["url"]) for one in key.get("link", ()) if one.get("debatable")}:
        found[url] = min(found[url], wanted[url])
    found += Counter()
    hits = sum((wanted & found).values())
    wrong, missing = tuple(sorted(found - wanted)), tuple(sorted(wanted - found))
    once = Figure(len(wanted.keys() & found.keys()), len(found), len(wanted),
                  tuple(sorted(found.keys() - wanted.keys())),
                  tuple(sorted(wanted.keys() - found.keys())))  # fmt: skip
    return Figure(hits, found.total(), wanted.total(), wrong, missing), once


# --- lines ----------------------------------------------------------------------------------


def _is_project(node: Node) -> bool:
    return node.kind == "project" or node.task_kind == "project"


def _is_criterion(node: Node) -> bool:
    """A node of its own, or a column of a table that says what must be shown."""
    if node.kind == "criterion":
        return True
    return any(word in name.lower() for name, _ in node.details for word in SAYS_CRITERION)


def _lines(nodes: Iterable[Node], key: Key, name: str, fits: Any) -> Figure:
    argued = set(key.get(f"{name}_debatable", ()))
    found = {node.line for node in nodes if fits(node)} - argued
    return _same(found, key[name])


def _done(route: Route, nodes: Iterable[Node], key: Key) -> Figure:
    lines = {node.line for node in nodes if "done" in node.marks}
    lines |= {task.line for task in route.tasks if task.done}
    return _same(lines - set(key.get("done_debatable", ())), key["done"])


def _same(found: Iterable[Any], wanted: Iterable[Any]) -> Figure:
    got, want = set(found), set(wanted)
    wrong, missing = tuple(sorted(got - want)), tuple(sorted(want - got))
    return Figure(len(got & want), len(got), len(want), wrong, missing)


def _contradictions(report: ImportReport, key: Key) -> Figure:
    """Of what contradicts itself, how much was reported at one of its lines. More is no fault."""
    lines = {remark.line for remark in report.contradictions}
    sure = [one for one in key.get("contradiction", ()) if not one.get("debatable")]
    missing = [one["about"] for one in sure if not lines & set(one["lines"])]
    hits = len(sure) - len(missing)
    return Figure(hits, hits, len(sure), (), tuple(missing))
