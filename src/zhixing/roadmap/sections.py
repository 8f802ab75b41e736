"""What do headings ask? Stages, weeks, days and milestones, with what stands below them."""

from dataclasses import replace

from zhixing.records import Node
from zhixing.roadmap.draft import NO_WORDS, Draft
from zhixing.roadmap.inline import Reading, read_line
from zhixing.roadmap.lines import Place, asks_something, nodes_of, parted
from zhixing.roadmap.marks import IN_PROSE, IN_STAGE, IN_UNIT
from zhixing.roadmap.outline import Entry
from zhixing.roadmap.wording import SECTION, Label, label_of, label_text
from zhixing.words import say


def below(draft: Draft, entry: Entry, place: Place) -> list[Node]:
    """All that stands inside the document or a section, in document order."""
    nodes: list[Node] = []
    for inside in entry.inside:
        if inside.form == "section":
            nodes.append(_section(draft, inside, place))
        elif inside.form != "title":
            nodes += nodes_of(draft, inside, place)
    return nodes


def _section(draft: Draft, entry: Entry, place: Place) -> Node:
    label = label_of(entry.text)
    if label is None and not _names_milestone(entry):
        return _unlabelled(draft, entry, place)
    draft.take(entry)
    label = label or Label("milestone", entry.text)
    reading = read_line(label.rest, IN_STAGE if label.kind == "stage" else IN_UNIT)
    if label.kind == "stage" and reading.weeks:
        label = replace(label, first=reading.weeks[0], last=reading.weeks[1])
    return _unit(draft, entry, place, _in_order(draft, entry, label), reading)


def _names_milestone(entry: Entry) -> bool:
    return read_line(entry.text, IN_PROSE).own("milestone") is not None


def _unit(draft: Draft, entry: Entry, place: Place, label: Label, reading: Reading) -> Node:
    """The node of a heading that names its unit; without words of its own it is called by it."""
    own = reading.own("milestone") if label.kind == "milestone" else None
    if own:
        draft.write_name(entry.line, own)
    title = reading.title or label_text(draft.language, label)
    id_ = _unit_id(draft, place, label) if not own else draft.node_names.take(own)
    home = Place(id_, place.week, place.day)
    if label.kind == "week":
        home = Place(id_, label.first or 0, 0)
    elif label.kind == "day":
        home = Place(id_, place.week, label.first or 0)
    draft.contradict_twice(entry.line, reading.twice)
    details, children = parted(below(draft, entry, home))
    return Node(
        label.kind,
        id_,
        title,
        entry.line,
        reading.minutes,
        reading.stars,
        reading.all_links(title, own),
        children=tuple(children),
        details=details,
        first=label.first,
        last=label.last,
        marks=reading.words,
    )


def _unit_id(draft: Draft, place: Place, label: Label) -> str:
    """`stage-1`, `week-5-6`, `week-1/day-2-5`: the same in every language."""
    if label.kind == "milestone":
        return draft.numbered("", "milestone")
    if label.kind == "stage":
        return draft.node_names.take(f"stage-{label.number}")
    span = str(label.first) if label.first == label.last else f"{label.first}-{label.last}"
    inside = f"{place.id}/" if label.kind == "day" and place.id else ""
    return draft.node_names.take(f"{inside}{label.kind}-{span}")


def _in_order(draft: Draft, entry: Entry, label: Label) -> Label:
    """The label with its smaller number first; a range written backwards is a contradiction."""
    if label.first is None or label.last is None or label.first <= label.last:
        return label
    draft.contradict(
        entry.line,
        say("the range runs backwards: {first} to {last}", first=label.first, last=label.last),
    )
    return replace(label, first=label.last, last=label.first)


def _unlabelled(draft: Draft, entry: Entry, place: Place) -> Node:
    """A heading that names no unit: a note with notes below it. If tasks stand below it, its author
    meant more, which is not understood."""
    reading = read_line(entry.text, IN_PROSE | {"node"})
    draft.take(entry)
    if reading.node is None and not reading.title:
        draft.refuse(entry, NO_WORDS)
    elif reading.node is None and any(_asks(inside) for inside in entry.inside):
        draft.refuse(entry, say("the heading names no stage, week, day or milestone"))
    title = reading.title or entry.text.strip() or "#"
    id_ = draft.numbered(place.id, "note")
    details, children = parted(below(draft, entry, replace(place, id=id_)))
    return Node(
        "note",
        id_,
        title,
        entry.line,
        links=reading.all_links(title),
        children=tuple(children),
        marks=frozenset({SECTION}),
        details=details,
    )


def _asks(entry: Entry) -> bool:
    """Whether a unit, a task or a criterion stands in or below a block."""
    unit = entry.form == "section" and (label_of(entry.text) or _names_milestone(entry))
    return bool(unit) or asks_something(entry) or any(_asks(inside) for inside in entry.inside)
