"""Proposals for a roadmap that is brought: asked for in a file, judged, and shown beside what each
of them changes. No model is called here: a person carries the question, and the answer back."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from zhixing.actions.desk import Desk
from zhixing.actions.importing import SURE, Understood, document_sha, read_file
from zhixing.actions.wording import duration
from zhixing.errors import Letter, Problem
from zhixing.records import Catalog, Match, Node, Route
from zhixing.words import Language, Said, Sayable, say

_LETTERS_OF_A_SHA = 12
_LONGEST_QUOTE = 120
_NO_INK = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Change:
    """One proposal that was taken: what its node was, and what it is with it."""

    node: str
    line: int
    title: str
    kind: str
    before: Sayable
    after: Sayable


@dataclass(frozen=True)
class NotTaken:
    """A proposal as it came, cut to a line, and why it is not taken."""

    proposal: str
    why: Said


@dataclass(frozen=True)
class Proposed:
    """A document with what somebody proposed for it. `tables` are the proposals that were taken, in
    the form that they are kept in."""

    found: Understood
    changes: tuple[Change, ...]
    refused: tuple[NotTaken, ...]
    tables: tuple[Mapping[str, str | float], ...]


def question_for(found: Understood, language: Language) -> str:
    """The text to paste into a model. Problem: there is nothing to ask about."""
    from zhixing.roadmap.asked import question

    if not found.has_work:
        raise Problem(
            say("nothing in this document can be planned: no task, no course, no project was "
                "found"),
            found.route.title[:80],
            say("`zhixing import FILE` shows how it was read; a list of what to do is enough"),
        )  # fmt: skip
    return question(found.route, _document(found), language)


def with_file(desk: Desk, found: Understood, file: Path) -> Proposed:
    """The document with the proposals of a file, as far as they can be taken. Problem for a file
    that holds none, or those for another text."""
    from zhixing.roadmap.asked import LARGEST_BYTES, proposals_in

    raw = read_file(file, LARGEST_BYTES)
    try:
        given = proposals_in(raw, _document(found))
    except Problem as problem:
        raise Problem.of(Letter(one.what, str(file), one.next_step) for one in problem.letters) \
            from None  # fmt: skip
    return _judged(desk.catalog, found, given)


def _judged(catalog: Catalog, found: Understood, given: tuple[object, ...]) -> Proposed:
    from zhixing.roadmap.proposals import validate
    from zhixing.roadmap.proposed import with_proposals

    accepted, refused = validate(given, found.route)
    route = with_proposals(found.route, accepted)
    aliases = {one.node: str(one.value) for one in accepted if one.kind == "alias"}
    open_to = {name: words for name, words in aliases.items() if name not in found.sure}
    called = _called(found.route, open_to, catalog)
    kept = [one for one in found.matches if one.node not in called]
    matches = tuple(sorted((*kept, *called.values()), key=lambda one: one.line))
    nodes, after = ({n.id: n for n in each.root.walk()} for each in (found.route, route))
    changes = []
    for one in accepted:
        node = nodes[one.node]
        before, now = _beside(one.kind, one.value, node, after, called.get(one.node))
        changes.append(Change(node.id, node.line, node.title, one.kind, before, now))
    return Proposed(
        replace(found, route=route, matches=matches),
        tuple(changes),
        tuple(NotTaken(_quoted(one.proposal), one.why) for one in refused),
        tuple(one.as_table() for one in accepted),
    )


def _beside(
    kind: str, value: str | int, node: Node, after: Mapping[str, Node], match: Match | None
) -> tuple[Sayable, Sayable]:
    """What a node was before a proposal, and what it is with it."""
    if kind == "hours":
        before, now = _minutes(node), _minutes(after[node.id])
        return (
            say("{time}, our estimate", time=duration(before)),
            say("{time}, proposed", time=duration(now)),
        )
    if kind == "prerequisite":
        first = after[str(value)]
        where = say('line {line}, "{title}"', line=first.line, title=first.title[:60])
        if first.line > node.line:
            return say("stands before {where}", where=where), say("proposed after it")
        return say("in the order of the document"), say("proposed after {where}", where=where)
    if match is not None:
        known = say('proposed name "{alias}", which is {reference}', alias=value,
                    reference=match.reference)  # fmt: skip
        return say("unnamed in the catalog"), known
    return say("its own words"), say('proposed name "{alias}"', alias=value)


def _minutes(node: Node) -> int:
    """The work of a task, or of all in a part that must be done once."""
    if node.task_kind is not None:
        return node.minutes or 0
    return sum(_minutes(child) for child in node.children if "optional" not in child.marks)


def _called(route: Route, aliases: Mapping[str, str], catalog: Catalog) -> Mapping[str, Match]:
    """What the proposed names are in the catalog, where that is a title or an alias there."""
    from zhixing.roadmap.matching import match

    named = tuple(
        replace(node, title=aliases[node.id], links=(), children=())
        for node in route.root.walk()
        if node.id in aliases
    )
    alone = replace(route, root=replace(route.root, children=named))
    sure = (one for one in match(alone, catalog) if one.why in ("title", "alias"))
    return {one.node: one for one in sure if one.score >= SURE}


def _quoted(proposal: object) -> str:
    """A proposal as a line of text that nothing can hide in."""
    shown = proposal
    if isinstance(proposal, Mapping):  # what is nested in it may have no end
        shown = {k: "…" if isinstance(v, dict | list) else v for k, v in proposal.items()}
    text = "[…]" if isinstance(shown, list) else json.dumps(shown, ensure_ascii=False)
    clean = _NO_INK.sub("\ufffd", text)
    return clean if len(clean) <= _LONGEST_QUOTE else clean[: _LONGEST_QUOTE - 1] + "…"


def _document(found: Understood) -> str:
    return document_sha(found.text)[:_LETTERS_OF_A_SHA]
