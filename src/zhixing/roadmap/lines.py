"""What do list items, quotes and paragraphs ask? Tasks, criteria, rules, directions and notes."""

import re
from dataclasses import dataclass, replace

from zhixing.records import Link, Node, NodeKind, TaskKind
from zhixing.roadmap.draft import NO_WORDS, Draft
from zhixing.roadmap.inline import Reading, one_line, read_line, split_items
from zhixing.roadmap.marks import IN_NODE, IN_PROSE, IN_TASK
from zhixing.roadmap.naming import RHYTHMS, kind_of, unnamed_task
from zhixing.roadmap.outline import Entry
from zhixing.roadmap.wording import direction_word, kind_word, recurring_word, without_rule_word
from zhixing.words import say

_CHECKBOX = re.compile(r"\[([ xX])\](?:\s+|$)")
_CRITERION = re.compile(r"✅\ufe0f?\s*")
_RULE_MARK = re.compile(r"[(（]\s*rule:")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: the id of its node, week and day (0 = none)."""

    id: str = ""
    week: int = 0
    day: int = 0


def nodes_of(draft: Draft, entry: Entry, place: Place) -> list[Node]:
    """What a block says: most often one node; none if it is not understood (and remarked)."""
    if not entry.text:
        if entry.form == "break":
            draft.take(entry)
        return [node for inside in entry.inside for node in nodes_of(draft, inside, place)]
    draft.take(entry)
    first, *rest = _statements(entry)
    nodes = _item(draft, first, place) if entry.form == "item" else _prose(draft, first, place)
    return nodes + [node for part in rest for node in _prose(draft, part, place)]


def asks_something(entry: Entry) -> bool:
    """Whether a block holds a task or a criterion."""
    if entry.form == "item" and (_CHECKBOX.match(entry.text) or _CRITERION.match(entry.text)):
        return True
    marks = read_line(entry.text, IN_TASK).words if entry.form == "item" else frozenset[str]()
    lines = entry.text.split("\n")
    return bool(marks.intersection(RHYTHMS)) or any(recurring_word(x.strip())[0] for x in lines)


def _statements(entry: Entry) -> list[Entry]:
    """A block, cut into the lines that say one thing each: after a rule, before a new beginning.

    In CommonMark `每周：…` right under a list still belongs to its last item; for an author it is
    a line of its own.
    """
    if "\n" not in entry.text:
        return [entry]
    lines = [line.strip() for line in entry.text.split("\n")]
    starts = [0] + [
        at for at in range(1, len(lines)) if _begins(lines[at]) or _RULE_MARK.search(lines[at - 1])
    ]
    return [
        replace(
            entry if start == 0 else Entry("paragraph", "", 0, 0),
            text="\n".join(lines[start:end]),
            line=entry.line + start,
            last=entry.line + end - 1,
        )
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]


def _begins(line: str) -> bool:
    return bool(recurring_word(line)[0] or direction_word(line)[0])


def _item(draft: Draft, entry: Entry, place: Place) -> list[Node]:
    checkbox = _CHECKBOX.match(entry.text)
    text = entry.text[checkbox.end() :] if checkbox else entry.text
    if criterion := _CRITERION.match(text):
        found = _criterion(draft, entry, place, text[criterion.end() :])
    elif checkbox:
        found = _task(draft, entry, place, text, frozenset[str]())
    else:
        found = _marked(draft, entry, place) or _prose(draft, entry, place)
    if checkbox and checkbox[1] != " ":
        found = [replace(node, marks=node.marks | {"done"}) for node in found]
    return _with_inside(draft, entry, place, found)


def _with_inside(draft: Draft, entry: Entry, place: Place, found: list[Node]) -> list[Node]:
    """The nodes of an item, what is nested in it below the last of them."""
    home = replace(place, id=found[-1].id) if found else place
    inside = [node for below in entry.inside for node in nodes_of(draft, below, home)]
    if found and inside:
        details, inside = parted(inside)
        found[-1] = replace(
            found[-1], children=(*found[-1].children, *inside), details=found[-1].details + details
        )
        return found
    return found + inside


def parted(nodes: list[Node]) -> tuple[tuple[tuple[str, str], ...], list[Node]]:
    """The details that lines marked `(detail)` say of what they stand in, and the real nodes."""
    details = tuple(node.details[0] for node in nodes if not node.id)
    return details, [node for node in nodes if node.id]


def _marked(draft: Draft, entry: Entry, place: Place) -> list[Node]:
    """A line that says itself what it is: `(node:skill)`, or `(detail)` of what it stands in."""
    if "(node:" not in entry.text and "(detail)" not in entry.text:
        return []
    reading = read_line(entry.text, IN_NODE)
    if reading.detail and len(reading.segments) > 1:
        pair = (reading.segments[0], " · ".join(reading.segments[1:]))
        return [Node("note", "", pair[0], entry.line, details=(pair,))]
    if reading.node is None or not reading.title:
        return []
    kind, span = reading.node.kind, reading.weeks or reading.node.span
    return [
        Node(
            kind,
            _node_id(draft, place, kind, reading),
            reading.title,
            entry.line,
            reading.minutes,
            reading.stars,
            reading.all_links(reading.title),
            first=span[0] if span else None,
            last=span[1] if span else None,
            marks=reading.words,
        )
    ]


def _node_id(draft: Draft, place: Place, kind: NodeKind, reading: Reading) -> str:
    node = reading.node
    if node and kind == "stage" and node.first:
        return draft.node_names.take(f"stage-{node.first}")
    if node and kind in ("month", "week", "day") and node.first:
        last = f"-{node.last}" if node.last and node.last != node.first else ""
        inside = f"{place.id}/" if kind == "day" and place.id else ""
        return draft.node_names.take(f"{inside}{kind}-{node.first}{last}")
    return draft.numbered("" if kind == "milestone" else place.id, kind)


def _prose(draft: Draft, entry: Entry, place: Place) -> list[Node]:
    """A line without a checkbox: a rule, what recurs, a direction, or a note."""
    text = one_line(entry.text)
    rhythm, items = recurring_word(text)
    if rhythm:
        return [
            node
            for item in split_items(items)
            for node in _direction(draft, entry, item)
            or _task(draft, entry, place, item, frozenset({rhythm}))
        ]
    if directions := _direction(draft, entry, text):
        return directions
    reading = read_line(text, IN_PROSE)
    if rule := reading.own("rule"):
        return [_rule(draft, entry, text, rule)]
    return _note(draft, entry, place, reading)


def _note(draft: Draft, entry: Entry, place: Place, reading: Reading) -> list[Node]:
    if entry.form == "item":
        as_task = read_line(entry.text, IN_TASK)
        if as_task.words.intersection(RHYTHMS):
            return _task(draft, entry, place, entry.text, frozenset[str]())
        if _looks_like_task(entry.text, as_task):
            draft.refuse(entry, say("it looks like a task without a checkbox: write `- [ ]`"))
            return []
    if not reading.title:
        draft.refuse(entry, NO_WORDS)
        return []
    links = reading.all_links(reading.title)
    id_ = draft.numbered(place.id, "note")
    return [Node("note", id_, reading.title, entry.line, links=links)]


def _looks_like_task(text: str, as_task: Reading) -> bool:
    marked = as_task.minutes is not None or as_task.name is not None or as_task.kind is not None
    return marked or (kind_word(text)[0] is not None and bool(as_task.all_links("")))


def _rule(draft: Draft, entry: Entry, text: str, own: str) -> Node:
    reading = read_line(without_rule_word(text), IN_PROSE)
    draft.write_name(entry.line, own)
    title = reading.title or own.removeprefix("rule:")
    links = reading.all_links(title, own)
    return Node("rule", draft.node_names.take(own), title, entry.line, links=links)


def _criterion(draft: Draft, entry: Entry, place: Place, text: str) -> list[Node]:
    reading = read_line(text, IN_PROSE)
    if not reading.title:
        draft.refuse(entry, NO_WORDS)
        return []
    id_ = draft.numbered(place.id, "criterion")
    links = reading.all_links(reading.title)
    return [Node("criterion", id_, reading.title, entry.line, links=links)]


def _direction(draft: Draft, entry: Entry, text: str) -> list[Node]:
    name, rest = direction_word(text)
    if not name:
        return []
    if name not in draft.directions:
        draft.contradict(
            entry.line,
            say('direction "{name}" is not among the directions of this route', name=name),
        )
    reading = read_line(rest, IN_PROSE)
    title = reading.title or name
    id_ = draft.node_names.take(f"direction:{name}")
    marks = frozenset({f"direction:{name}"})
    return [Node("note", id_, title, entry.line, links=reading.all_links(title), marks=marks)]


def _task(draft: Draft, entry: Entry, place: Place, text: str, marks: frozenset[str]) -> list[Node]:
    """A task. Words behind a dot (`… · watch the two basis vectors`) are a note below it."""
    word, rest = kind_word(text)
    reading = read_line(rest, IN_TASK)
    title, *advice = reading.segments or ("",)
    links = reading.all_links(title)
    kind = reading.kind or word or kind_of(links) or (None if draft.names_itself else "study")
    if not title or kind is None:
        draft.refuse(entry, say("a task needs words and a kind, as in `- [ ] Study: …`"))
        return []
    marks |= reading.words
    id_ = _task_id(draft, entry, place, kind, links, marks, reading.name)
    if id_ is None:
        draft.refuse(entry, say("the task has neither a reference nor a name: write `(id:name)`"))
        return []
    draft.contradict_twice(entry.line, reading.twice)
    notes = tuple(Node("note", draft.numbered(id_, "note"), words, entry.line) for words in advice)
    return [
        Node(reading.node.kind if reading.node else "task", id_, title, entry.line,
             reading.minutes, reading.stars, links, notes, task_kind=kind, marks=marks)
    ]  # fmt: skip


def _task_id(
    draft: Draft,
    entry: Entry,
    place: Place,
    kind: TaskKind,
    links: tuple[Link, ...],
    marks: frozenset[str],
    name: str | None,
) -> str | None:
    day = (place.week, place.day)
    draft.tasks_of_day[day] = draft.tasks_of_day.get(day, 0) + 1
    wanted = unnamed_task(draft.route, kind, links, marks)
    if name is not None:
        of_reference = name.partition("/")[2]  # printed where `x.2` stands before `x`
        wanted = f"{draft.route}/{of_reference or f'{kind}:{name}'}"
        draft.write_name(entry.line, wanted)
    elif wanted is None and not draft.names_itself:
        number = f"{place.week}-{place.day}-{draft.tasks_of_day[day]}"
        wanted = f"{draft.route}/{kind}:{number}"
    return draft.task_names.take(wanted) if wanted else None
