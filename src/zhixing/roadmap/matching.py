"""Which skill, lab or resource of ours is this? The nodes of a route against a catalog.

Surest first: an address that is a resource's, words that are a title or an alias, words that are
like one. A suggestion for the learner to confirm: nothing here changes the route.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from zhixing.records import Catalog, Match, Node, Route
from zhixing.roadmap.likeness import Phrases, joined, plain
from zhixing.roadmap.naming import reference_of
from zhixing.roadmap.spotting import Spot, Spotter, is_narrower, tokens_of
from zhixing.words import Bilingual

THRESHOLD: Final = 0.71
"""The least cosine of a match that is only similar: chosen on the "tune" half of
tests/roadmap/match_pairs.toml for a precision of 0.9 and more."""
LONGEST: Final = 200
"""Letters of a node that are looked at: what stands later is a remark."""

_MATCHED: Final = frozenset(
    {"stage", "month", "week", "day", "skill", "task", "resource", "project", "note", "criterion"}
)
_UNITS: Final = frozenset({"stage", "month", "week", "day"})
_CODE: Final = re.compile(
    r"`[^`]*[()=&|$][^`]*`(?:\s*=+\s*\w+)?|\w+(?:\.\w+)+\([^()]*\)(?:\s*=+\s*\w+)?"
)
"""What a program says is not what it is about."""
_EXACT_ONLY: Final = frozenset({"resource"})
"""A course about a skill is not the skill."""
_SCHEME: Final = re.compile(r"^[a-z][a-z0-9+.-]*://(?:www\.)?", re.I)
_BRACKETS: Final = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_SHORT: Final = 30
"""Letters of a phrase that others may be like: longer ones are lists."""
_LEAST_TOKENS: Final = 2
"""Of words that are only like a phrase: "Encoder" alone is like too many."""
_LEAST_LETTERS: Final = 3
_LEAST_SHARE: Final = (0.12, 0.5)
"""Of a phrase that stands in the middle of other words; the second of a vague one."""

Why = Literal["url", "title", "alias", "similar"]
_Found = tuple[str, str, float, Why]
"""Words, reference, score, why."""


@dataclass(frozen=True, slots=True)
class _Known:
    """All that can be recognised."""

    addresses: Mapping[str, str]
    labs: Mapping[str, str]
    skills: Mapping[str, tuple[str, Why]]
    resources: Mapping[str, str]
    phrases: Phrases
    spotter: Spotter


def match(route: Route, catalog: Catalog) -> tuple[Match, ...]:
    """The best match of each node that has one, in document order. Nodes that already name
    something of ours are left alone."""
    known = _known(catalog)
    seen: dict[tuple[bool, bool, str], _Found | None] = {}
    found = []
    for node in route.root.walk():
        if node.kind not in _MATCHED or reference_of(node.links):
            continue
        best = _by_address(node, known)
        if best is None:
            case = (node.kind in _EXACT_ONLY, _is_work(node), node.title)
            if case not in seen:
                seen[case] = _by_words(*case, known)
            best = seen[case]
        if best:
            words, reference, score, why = best
            found.append(Match(node.id, node.line, words, reference, round(score, 3), why))
    again = _said_by_the_task(route.root, {one.node: one.reference for one in found})
    return tuple(one for one in found if one.node not in again)


def _said_by_the_task(root: Node, references: Mapping[str, str]) -> frozenset[str]:
    """Units whose only task is the same thing: it is said once, of the task."""
    again = set()
    for node in root.walk():
        if node.id in references and node.kind in _UNITS:
            tasks = [below.id for below in node.walk() if below.task_kind is not None]
            if len(tasks) == 1 and references.get(tasks[0]) == references[node.id]:
                again.add(node.id)
    return frozenset(again)


def references_of(names: Iterable[str], catalog: Catalog) -> Mapping[str, str]:
    """Name -> reference, of those that are a title or an alias in the catalog, in any spelling."""
    known = _known(catalog)
    found = {}
    for name in names:
        letters = joined(plain(name))
        same = letters and (
            _the_same(letters, False, False, known) or _the_same(letters, True, False, known)
        )
        if same:
            found[name] = same[0]
    return found


def _is_work(node: Node) -> bool:
    return node.kind == "project" or node.task_kind in ("lab", "project", "essay")


# --- addresses ------------------------------------------------------------------------------


def plain_address(url: str) -> str:
    """An address without scheme, www., trailing slash and utm_ parameters; "" if it is none."""
    if not _SCHEME.match(url):
        return ""
    rest, _, fragment = _SCHEME.sub("", url.strip()).partition("#")
    rest, _, query = rest.partition("?")
    host, slash, path = rest.partition("/")
    kept = "&".join(part for part in query.split("&") if part and not part.startswith("utm_"))
    address = f"{host.lower()}{slash}{path}".rstrip("/")
    return address + (f"?{kept}" if kept else "") + (f"#{fragment}" if fragment else "")


def _by_address(node: Node, known: _Known) -> _Found | None:
    for link in node.links:
        resource = known.addresses.get(plain_address(link.url))
        if resource:
            return link.label or link.url, f"res:{resource}", 1.0, "url"
    return None


# --- words ----------------------------------------------------------------------------------


def _by_words(exact_only: bool, is_work: bool, title: str, known: _Known) -> _Found | None:
    """The whole words, else a phrase in them, else the phrase that they are most like."""
    title = _CODE.sub(" ", title[:LONGEST])
    for words in dict.fromkeys((title, _BRACKETS.sub(" ", title))):
        letters = joined(plain(words))
        same = _the_same(letters, exact_only, is_work, known) if letters else None
        if same:
            return words.strip(), same[0], 1.0, same[1]
    return None if exact_only else _by_parts(title, known)


def _by_parts(title: str, known: _Known) -> _Found | None:
    """The first phrase that stands for itself; else what the words as a whole are like; else the
    longest phrase among other words. What stands in brackets comes last."""
    spots = known.spotter.spots(title)
    main = [spot for spot in spots if not spot.aside]
    clean = next((spot for spot in main if spot.clean and not spot.tool), None)
    if clean:
        return _named(clean, 0.85 + 0.1 * clean.share, known)
    return (
        _by_likeness(title, known)
        or _longest(main, known)
        or next((_named(one, 0.8 + 0.1 * one.share, known) for one in spots if one.clean), None)
        or _longest(spots, known)
    )


def _longest(spots: list[Spot], known: _Known) -> _Found | None:
    told = [spot for spot in spots if _is_told(spot)]
    if not told:
        return None
    spot = max(told, key=lambda spot: (not spot.tool, len(spot.words.encode())))
    return _named(spot, 0.6 + 0.2 * spot.share, known)


def _named(spot: Spot, score: float, known: _Known) -> _Found:
    _, why = known.skills.get(joined(spot.words), ("", "alias"))
    return spot.words, f"skill:{spot.meaning}", score, why


def _is_told(spot: Spot) -> bool:
    return len(spot.words) >= _LEAST_LETTERS and spot.share >= _LEAST_SHARE[spot.vague]


def _by_likeness(title: str, known: _Known) -> _Found | None:
    words = _BRACKETS.sub(" ", title).strip()
    form = plain(words)
    if len(form) > 2 * _SHORT or len(tokens_of(form)) < _LEAST_TOKENS:
        return None
    near = known.phrases.nearest(form, THRESHOLD)
    if near is None or is_narrower(near[0], form):
        return None
    return words, f"skill:{near[1]}", near[2], "similar"


def _the_same(
    letters: str, exact_only: bool, is_work: bool, known: _Known
) -> tuple[str, Why] | None:
    """What these letters are the title or an alias of."""
    if exact_only:
        resource = known.resources.get(letters)
        return (f"res:{resource}", "title") if resource else None
    lab = known.labs.get(letters)
    skill = known.skills.get(letters)
    if lab and (is_work or not skill):
        return f"lab:{lab}", "title"
    return (f"skill:{skill[0]}", skill[1]) if skill else None


# --- what there is to recognise -------------------------------------------------------------


def _known(catalog: Catalog) -> _Known:
    skills: dict[str, tuple[str, Why]] = {}
    phrases: list[tuple[str, str]] = []
    for skill_id, why, words in _names(catalog):
        form = plain(words)
        skills.setdefault(joined(form), (skill_id, why))
        phrases.append((form, skill_id))
    built = [(lab.id, lab.title) for lab in catalog.labs.values()]
    planned = [(lab.id, lab.title) for lab in catalog.planned.values()]
    return _Known(
        addresses=_addresses(catalog),
        labs=_first(
            (joined(plain(name)), lab_id)
            for lab_id, title in built + planned
            for name in _both(title)
        ),
        skills=skills,
        resources=_first(
            (joined(plain(name)), one.id)
            for one in catalog.resources.values()
            for name in _both(one.title)
        ),
        phrases=Phrases(pair for pair in phrases if len(pair[0]) <= _SHORT),
        spotter=Spotter(phrases),
    )


def _names(catalog: Catalog) -> Iterator[tuple[str, Why, str]]:
    """Titles that one skill has, aliases, then titles that several skills share."""
    times: dict[str, int] = {}
    for skill in catalog.skills.values():
        for name in _both(skill.title):
            times[name] = times.get(name, 0) + 1
    for alone in (True, False):
        for skill in catalog.skills.values():
            for name in _both(skill.title):
                if (times[name] == 1) is alone:
                    yield skill.id, "title", name
        if alone:
            for skill_id, aliases in catalog.aliases.items():
                if skill_id in catalog.skills:
                    yield from ((skill_id, "alias", alias) for alias in aliases)


def _both(title: Bilingual) -> tuple[str, ...]:
    return (title.zh,) if title.zh == title.en else (title.zh, title.en)


def _addresses(catalog: Catalog) -> dict[str, str]:
    found = _first((plain_address(one.url), one.id) for one in catalog.resources.values())
    others = _first(
        (plain_address(url), one.id)
        for one in catalog.resources.values()
        for url in one.alternatives
    )
    return {address: name for address, name in (others | found).items() if address}


def _first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for words, name in pairs:
        kept.setdefault(words, name)
    return kept
