"""What does a stranger's document ask for? Labelled parts become units, skills, tasks, resources …

One walk over the parts, from the outside in. A heading decides what stands below it: a unit or a
skill asks for its items, advice and tools do not.
"""

import re
from dataclasses import replace

from zhixing.roadmap.aside import holds_most_units, holds_units, is_setup, set_aside
from zhixing.roadmap.blocks import Block
from zhixing.roadmap.drawings import drawn
from zhixing.roadmap.heads import MILESTONE, section_head
from zhixing.roadmap.items import (
    asks_something,
    hold,
    is_open_in,
    leads_to_projects,
    make_daily,
    mark_done,
    sorted_leaf,
)
from zhixing.roadmap.labelling import Part, nested
from zhixing.roadmap.leaves import done_or_ticked
from zhixing.roadmap.phrases import References, phrase
from zhixing.roadmap.placing import (
    compound,
    inside_of,
    settled,
    unit_node,
    weekday_of,
)
from zhixing.roadmap.results import say_can
from zhixing.roadmap.roles import names_only, role_of
from zhixing.roadmap.sketch import Around, Sketch
from zhixing.roadmap.speech import Labelled, innermost, line_nodes, spoken, spoken_unit
from zhixing.roadmap.statements import (
    Statement,
    lines_of,
    steps_of,
    without_end,
)
from zhixing.roadmap.surveying import item_unit, repeats, survey_of
from zhixing.roadmap.tables import table_nodes
from zhixing.roadmap.times import of_head
from zhixing.roadmap.unitwords import RANK, Unit, by_date
from zhixing.roadmap.wording import SECTION

_ANCHOR = re.compile(
    r"\s*(?:\*\*)?\[[^\n]{1,200}\]\(#[^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)[^\[\]]{0,80}", re.S
)
_LONGEST_LABEL = 12
_TICKS = ("✅", "☑", "✔")
_DAILY = re.compile(r"\W*(?:每日|每天|daily|every day)", re.I)


def sketched(blocks: list[Block], references: References, root: Sketch) -> Labelled:
    """Put all that `blocks` say below `root`; gives the lines that were taken."""
    labelled = Labelled(survey_of(blocks, references, root.title))
    around = Around(root, asks=not labelled.survey.any_unit)
    root.inside += _below(labelled, nested(blocks, labelled.survey), around)
    return labelled


def _below(at: Labelled, parts: list[Part], around: Around) -> list[Sketch]:
    """The nodes of sibling parts; items that follow one another are one list."""
    nodes: list[Sketch] = []
    run: list[Part] = []
    last_unit: Sketch | None = None  # a unit that a line of plain text named: the list below is its
    for part in [*parts, None]:
        if part is not None and part.block.form == "item":
            run.append(part)
            continue
        if part is not None and run and _quoted_below(run[-1], part):
            run[-1].block.inside += part.block.inside
            at.take(part.block)
            continue
        if run:
            into, under = (
                (last_unit.inside, around.under(last_unit)) if last_unit else (nodes, around)
            )
            into += _list(at, [each.block for each in run], under)
            run, last_unit = [], None
        if part is not None:
            made = _part(at, part, around)
            nodes += made
            last = made[-1] if made and part.block.form == "paragraph" and not part.level else None
            last_unit = innermost(last) if last and last.kind in RANK else None
    return nodes


def _quoted_below(item: Part, quote: Part) -> bool:
    """`- 参考` above `> [教程](…)`: a label whose contents stand in a quote."""
    words = item.block.text if quote.block.form == "quote" else ""
    return 0 < len(words) <= _LONGEST_LABEL and role_of(words) is not None


def _part(at: Labelled, part: Part, around: Around) -> list[Sketch]:
    block = part.block
    if part.level:
        return _headed(at, part, around)
    if block.form == "paragraph":
        return spoken(at, block, around)
    if block.form == "quote":
        inside = nested(block.inside, at.survey)
        return _below(at, inside, around._replace(asks=False, units=False, unit=None))
    at.take(block)
    if block.form == "table":
        return table_nodes(block, at.survey, around)
    if block.form == "fence":
        return drawn(block, at.survey, around)
    return _html(at, block) if block.form == "html" else []


def _headed(at: Labelled, part: Part, around: Around) -> list[Sketch]:
    """A heading, a bold line or a lead with what stands below it."""
    if not part.head.text:
        return _below(at, part.inside, around)
    at.take(part.block)
    unit = weekday_of(part, around) or part.unit
    if MILESTONE.match(part.head.text) and not any(each.unit for each in part.inside):
        unit = None  # `Milestone: week 2` shows something
    if unit and around.units and at.names_again(unit):
        rest = unit.rest or part.head.text
        head = part.head._replace(text=rest)
        return _section(at, replace(part, unit=None, head=head, role=role_of(rest)), around)
    above = around.owner.title if around.owner.kind == "note" else ""
    if unit and around.units and not (above and is_setup(part, at.survey, above)):
        node = unit_node(unit, part.head, part.block.line)
        node.timed(of_head(part.head.text))
        under = around._replace(quiet=False).under(node)
        at.enter(unit)
        node.inside += _below(at, part.inside, under)
        at.open.pop()
        if without_end(part.head.text)[1] and not is_open_in([each.block for each in part.inside]):
            mark_done(node)
        return [compound(node)]
    return _section(at, part, around)


def _section(at: Labelled, part: Part, around: Around) -> list[Sketch]:
    plans = part.role in ("template", "contents", "aside") and holds_units(part, at.survey)
    plans = plans or (part.role == "milestones" and holds_most_units(part, at.survey))
    node, inner, role = section_head(replace(part, role=None) if plans else part, around)
    if around.units and not inner.units and not plans:
        at.remarks += set_aside(part, at.survey) if role == "template" else []
    if role == "milestones" and at.survey.headed:
        inner = inner._replace(units=False)  # `Week 4: first app` says what week 4 has shown
    node.inside += _below(at, part.inside, inner)
    nothing = not any(asks_something(child) for child in node.inside)
    if role == "projects" and node.kind == "note" and nothing:
        node.kind, node.task_kind = "project", "project" if inner.asks else None
    if node.inside and node.kind == "note":
        node.marks.add(SECTION)
    if _DAILY.match(part.head.text) and around.unit in ("stage", "month", "week"):
        make_daily(node)
    return [node]


def _list(at: Labelled, items: list[Block], around: Around) -> list[Sketch]:
    """Items that follow one another. A list of units that headings lay out is only an overview."""
    units = [item_unit(at.survey, item) if around.units else None for item in items]
    units = [u if u is None or around.unit == "week" else by_date(u) for u in units]
    units = [u if u and (not u.weekday or around.unit == "week") else None for u in units]
    found = [unit for unit in units if unit]
    known = found and at.survey.items.get(found[0].kind, 0) > 2
    lone = len(found) < 2 and around.unit is None and not known
    lone = lone and not any("**" in item.text[:6] for item in items)
    told = repeats(at.survey, [u for u in found if not u.weekday])
    if told and not all(_ANCHOR.fullmatch(item.text) for item in items):
        named = zip(units, items, strict=True)
        at.survey.overviews.append(
            [(unit, _told(at, item)) for unit, item in named if unit and unit.separated]
        )
    if lone or told:
        units = [None] * len(items)
    if len(items) > 1 and not around.role and all(item.text.startswith(_TICKS) for item in items):
        around = around._replace(role="criteria")
    if around.role in (None, "content") and say_can([item.text for item in items]):
        around = around._replace(role="criteria")
    if around.role == "projects" and all(item.text.startswith(_TICKS) for item in items):
        items = [replace(item, text=item.text[1:].lstrip("\ufe0f ")) for item in items]  # bullets
    boxes = all(item.text.startswith(("[ ]", "[x]", "[X]")) for item in items)
    if boxes and not found and not around.quiet and around.role in (None, "content", "exercises"):
        around = around._replace(asks=True)  # an open box asks wherever it stands
    nodes: list[Sketch] = []
    for item, unit in zip(items, units, strict=True):
        nodes += _item(at, item, unit, around)
    return nodes


def _told(at: Labelled, item: Block) -> Sketch:
    """What a line of an overview says of the time of its unit."""
    text = phrase(item.text.partition("\n")[0], at.references).text
    return Sketch("note", "", item.line, times=of_head(text))


def _item(at: Labelled, item: Block, unit: Unit | None, around: Around) -> list[Sketch]:
    lines = lines_of(item.text)
    if not lines:
        if item.inside:
            at.take(replace(item, last=item.line, inside=[]))
        return _below(at, nested(item.inside, at.survey), around)
    if _ANCHOR.fullmatch(item.text):  # a line of a contents list
        at.take(item)
        return _below(at, nested(item.inside, at.survey), around)
    said = at.said(lines[0][1], item.line + lines[0][0])
    if not said.text:
        return _below(at, nested(item.inside, at.survey), around)
    at.take(item)
    steps = steps_of(lines[0][1]) if unit is None and len(lines) == 1 and not item.inside else ()
    if steps:
        listed = [at.said(each, said.line) for each in steps]
        return [_plain_item(at, item, each, [], around) for each in listed]
    more = [at.said(raw, item.line + offset) for offset, raw in lines[1:]]
    if unit:
        node = spoken_unit(unit, said, around)
        under = around._replace(quiet=False).under(node)
        inside = [each for line in more for each in line_nodes(line, under, item=False)]
        node.inside += inside + _below(at, nested(item.inside, at.survey), under)
        if said.done and not is_open_in(item.inside):
            mark_done(node)
        return [compound(node)]
    return [_plain_item(at, item, said, more, around)]


def _plain_item(
    at: Labelled, item: Block, said: Statement, more: list[Statement], around: Around
) -> Sketch:
    named = role_of(said.head) if said.head else role_of(said.text) if item.inside else None
    if named and not said.head and not names_only(named, said.text):
        named = None
    role = settled(named, said.head or said.text, around)
    if named == "time" or role == "time":
        around.owner.timed(said.times)
    inner = inside_of(around, role, heading=False)
    if leads_to_projects(item, said, around):
        lead = Sketch("note", said.text, said.line)
        lead.inside = _below(at, nested(item.inside, at.survey), inner)
        return lead
    node = sorted_leaf(said, around, role)
    if (named and item.inside and not said.rest.text.strip(" ：:")) or (named and not said.head):
        node = Sketch("note", said.text, said.line, links=list(said.links))
    if role in ("resources", "papers", "projects") and node.kind in ("resource", "project"):
        inner = inner._replace(role="goals", asks=False)
    below = [
        each for line in more for each in line_nodes(line, inner._replace(asks=False), item=True)
    ]
    below += _below(at, nested(item.inside, at.survey), inner)
    hold(node, below, said)
    if done_or_ticked(said, role, around):
        node.marks.add("done")
    if said.done and not is_open_in(item.inside):
        mark_done(node)
    return node


def _html(at: Labelled, block: Block) -> list[Sketch]:
    """Words and links of HTML; tags alone say nothing, a comment stays not understood."""
    said = phrase(block.text, at.references)
    if said.text or said.links:
        return [
            Sketch("note", said.text or said.links[0].label, block.line, links=list(said.links))
        ]
    if "<!--" in block.text:
        at.taken.difference_update(range(block.line, block.last + 1))
    return []
