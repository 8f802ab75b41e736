"""Are two languages of one route the same route? Ids, minutes, kinds, links and order."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from zhixing.records import Node, Remark, Route
from zhixing.roadmap.wording import NODE_NAMES
from zhixing.words import Said, say


def same_structure(a: Route, b: Route) -> tuple[Remark, ...]:
    """Where `b` differs from `a`, with lines of `a`; () if only their words differ.

    A node is known by its kind and id, so that one missing task is one remark.
    """
    remarks = [*_heads(a, b), *_differences(a.root, b.root), *_below(a.root, b.root)]
    return tuple(sorted(remarks, key=lambda remark: remark.line))


def _heads(a: Route, b: Route) -> Iterator[Remark]:
    """What the front matters say differently."""
    pairs = (
        (say("id"), a.id, b.id),
        (say("pace"), a.pace_minutes_per_week, b.pace_minutes_per_week),
        (say("directions"), ", ".join(a.directions), ", ".join(b.directions)),
        (say("level"), a.level, b.level),
        (say("whether it says what it expects"), bool(a.expects), bool(b.expects)),
        (say("whether it says what it ends in"), bool(a.ends_in), bool(b.ends_in)),
    )
    for name, here, there in pairs:
        if here != there:
            yield _remark(1, _differs(name, say("the front matter"), here, there))


def _below(a: Node, b: Node) -> Iterator[Remark]:
    """The children of two nodes that are the same one, and all below them."""
    here, there = [_key(child) for child in a.children], [_key(child) for child in b.children]
    for what, a1, a2, b1, b2 in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if what == "equal":
            for mine, yours in zip(a.children[a1:a2], b.children[b1:b2], strict=True):
                yield from _differences(mine, yours)
                yield from _below(mine, yours)
            continue
        for mine in a.children[a1:a2]:
            moved = _key(mine) in there
            yield _remark(mine.line, _moved(mine) if moved else _missing(mine))
        line = a.children[min(a1, len(a.children) - 1)].line if a.children else a.line
        for yours in b.children[b1:b2]:
            if _key(yours) not in here:
                yield _remark(line, _added(yours))


def _differences(a: Node, b: Node) -> Iterator[Remark]:
    pairs = (
        (say("minutes"), a.minutes, b.minutes),
        (say("kind"), a.task_kind, b.task_kind),
        (say("links"), _urls(a), _urls(b)),
        (say("marks"), ", ".join(sorted(a.marks)), ", ".join(sorted(b.marks))),
        (say("stars"), a.stars, b.stars),
        (say("numbers"), (a.first, a.last), (b.first, b.last)),
    )
    for name, here, there in pairs:
        if here != there:
            yield _remark(a.line, _differs(name, a.id, here, there))


def _key(node: Node) -> tuple[str, str]:
    return node.kind, node.id


def _urls(node: Node) -> str:
    return ", ".join(link.url for link in node.links)


def _differs(name: Said, where: Said | str, here: object, there: object) -> Said:
    return say(
        'the {name} of {where} differ: {here} here, {there} in the other language',
        name=name, where=where, here=_shown(here), there=_shown(there),
    )  # fmt: skip


def _shown(value: object) -> object:
    return say("none") if value is None or value == "" else value


def _missing(node: Node) -> Said:
    return say(
        '{kind} "{id}" is missing in the other language', kind=NODE_NAMES[node.kind], id=node.id
    )


def _moved(node: Node) -> Said:
    return say(
        '{kind} "{id}" stands elsewhere in the other language',
        kind=NODE_NAMES[node.kind],
        id=node.id,
    )


def _added(node: Node) -> Said:
    return say(
        'the other language has {kind} "{id}" here besides', kind=NODE_NAMES[node.kind], id=node.id
    )


def _remark(line: int, why: Said) -> Remark:
    return Remark(line, str(why), why)
