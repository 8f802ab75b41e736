"""What does a stranger's document ask for? Labelled parts become units, skills, tasks, resources …

One walk over the parts, from the outside in. A heading decides what stands below it: a unit or a
skill asks for its items, advice and tools do not.
"""

import re
from dataclasses import replace

from zhixing.roadmap.blocks import Block
from zhixing.roadmap.drawings import drawn
from zhixing.roadmap.labelling import Part, item_unit, nested, repeats, survey_of
from zhixing.roadmap.leaves import done_or_ticked, leaf, node_links
from zhixing.roadmap.naming import reference_of
from zhixing.roadmap.phrases import References, phrase
from zhixing.roadmap.placing import compound, inside_of, is_again, settled, unit_node, weekday_of
from zhixing.roadmap.roles import PLAN_WORDS, Role, names_only, role_of
from zhixing.roadmap.sketch import Around, Sketch
from zhixing.roadmap.speech import Labelled, innermost, line_nodes, spoken, spoken_unit
from zhixing.roadmap.statements import (
    Statement,
    lines_of,
    steps_of,
    without_end,
    without_stars,
)
from zhixing.roadmap.tables import states_times, table_nodes
from zhixing.roadmap.times import bracketed, times_in
from zhixing.roadmap.unitwords import RANK, Unit, enumerated
from zhixing.roadmap.wording import SECTION

_ANCHOR = re.compile(
    r"\s*(?:\*\*)?\[[^\n]{1,200}\]\(#[^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)[^\[\]]{0,80}", re.S
)
_SKILL = re.compile(
    r"^\W*(?:技能点|知识点|技能|skill)\s*\d+(?:\.\d+)?\s*[:：.、-]\s*(?P<rest>.*)$", re.I | re.S
)
_TICKS = ("✅", "☑", "✔")
_AFTER = re.compile(
    r"\d+\s*(?:个)?(?:月|周|weeks?|months?|年|years?)\s*(?:后|in\b|以后|之后)|after\s+\d+", re.I
)


def sketched(blocks: list[Block], references: References, root: Sketch) -> Labelled:
    """Put all that `blocks` say below `root`; gives the lines that were taken."""
    labelled = Labelled(survey_of(blocks, references))
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


def _part(at: Labelled, part: Part, around: Around) -> list[Sketch]:
    block = part.block
    if part.level:
        return _headed(at, part, around)
    if block.form == "paragraph":
        return spoken(at, block, around)
    if block.form == "quote":
        inside = nested(block.inside, at.survey)
        return _below(at, inside, replace(around, asks=False, units=False, unit=None))
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
    unit = part.unit or weekday_of(part, around)
    if unit and around.units and not is_again(unit, around):
        node = unit_node(unit, part.head, part.block.line)
        node.timed(bracketed(part.head.text))
        under = replace(around, quiet=False).under(node)
        node.inside += _below(at, part.inside, under)
        if without_end(part.head.text)[1] and not _open_in([each.block for each in part.inside]):
            _done_below(node)
        return [compound(node)]
    return _section(at, part, around)


def _section(at: Labelled, part: Part, around: Around) -> list[Sketch]:
    words, stars = without_stars(part.head.text)
    again = part.unit if part.unit and is_again(part.unit, around) else None
    words = (again.rest or words) if again else words
    role = settled(role_of(words) if again else part.role, words, around)
    role = None if role in ("aside", "contents") and _holds_a_plan(part) else role
    skill = _SKILL.match(words)
    node = Sketch("note", words or part.head.text, part.block.line, links=list(part.head.links))
    inner = inside_of(around, role, part.block.form == "heading")
    if (skill or (stars and not around.quiet)) and around.role not in ("gathered", "resources"):
        node.kind, node.stars = "skill", stars
        node.title = skill["rest"] if skill and skill["rest"] else words
        inner = around.under(node)
    elif around.role == "milestones" or (role == "milestones" and _AFTER.search(words)):
        node.kind = "milestone"
        inner = replace(inner, owner=node, role="criteria")
    elif (
        around.role == "projects"
        and part.role is None
        and (part.block.form == "heading" or enumerated(part.head.text))
    ):
        node.kind, node.task_kind = "project", "project" if around.asks else None
        inner = replace(inner, role="goals", asks=False)
    else:
        node.stars = stars
    node.timed(bracketed(part.head.text))
    if node.kind == "note" and role != "time" and not around.unit and around.owner.kind != "skill":
        inner = replace(inner, owner=node)
    if node.kind == "note" and around.unit:
        around.owner.timed(times_in(part.head.text)._replace(minutes=None, weeks=None, days=None))
    if role == "milestones" and at.survey.headed:
        inner = replace(inner, units=False)  # `Week 4: first app` says what week 4 has shown
    node.inside += _below(at, part.inside, inner)
    if (
        role == "projects"
        and node.kind == "note"
        and not any(_asked(child) for child in node.inside)
    ):
        node.kind, node.task_kind = "project", "project" if inner.asks else None
    if node.inside and node.kind == "note":
        node.marks.add(SECTION)
    return [node]


def _holds_a_plan(part: Part) -> bool:
    """`学习路径概览` with headings below it is the path, a few lines below it are an overview; a
    table with durations is a plan whatever stands above it."""
    if any(each.block.form == "table" and states_times(each.block) for each in part.inside):
        return True
    headed = sum(each.block.form == "heading" for each in part.inside)
    return headed > 1 and PLAN_WORDS.search(part.head.text) is not None


def _leads_to_projects(item: Block, said: Statement, around: Around) -> bool:
    """`建议从小项目开始：` is no project, those in its list are."""
    return (
        around.role == "projects"
        and said.text.endswith((":", "："))
        and not said.links
        and any(each.form == "item" for each in item.inside)
        and not (said.head and said.rest.text)
    )


def _asked(node: Sketch) -> bool:
    return any(each.task_kind or each.kind == "project" for each in node.walk())


def _list(at: Labelled, items: list[Block], around: Around) -> list[Sketch]:
    """Items that follow one another. A list of units that headings lay out is only an overview."""
    units = [item_unit(at.survey, item) if around.units else None for item in items]
    units = [u if u and (not u.weekday or around.unit == "week") else None for u in units]
    found = [unit for unit in units if unit]
    known = found and at.survey.items.get(found[0].kind, 0) > 2
    lone = len(found) < 2 and around.unit is None and not known
    lone = lone and not any("**" in item.text[:6] for item in items)
    if lone or repeats(at.survey, [u for u in found if not u.weekday]):
        units = [None] * len(items)
    if len(items) > 1 and not around.role and all(item.text.startswith(_TICKS) for item in items):
        around = replace(around, role="criteria")
    if around.role == "projects" and all(item.text.startswith(_TICKS) for item in items):
        items = [replace(item, text=item.text[1:].lstrip("\ufe0f ")) for item in items]  # bullets
    nodes: list[Sketch] = []
    for item, unit in zip(items, units, strict=True):
        nodes += _item(at, item, unit, around)
    return nodes


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
        under = replace(around, quiet=False).under(node)
        inside = [each for line in more for each in line_nodes(line, under, item=False)]
        node.inside += inside + _below(at, nested(item.inside, at.survey), under)
        if said.done and not _open_in(item.inside):
            _done_below(node)
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
    if _leads_to_projects(item, said, around):
        lead = Sketch("note", said.text, said.line)
        lead.inside = _below(at, nested(item.inside, at.survey), inner)
        return lead
    node = _sorted_leaf(said, around, role)
    if (named and item.inside and not said.rest.text.strip(" ：:")) or (named and not said.head):
        node = Sketch("note", said.text, said.line, links=list(said.links))
    if role in ("resources", "papers", "projects") and node.kind in ("resource", "project"):
        inner = replace(inner, role="goals", asks=False)
    below = [
        each for line in more for each in line_nodes(line, replace(inner, asks=False), item=True)
    ]
    below += _below(at, nested(item.inside, at.survey), inner)
    if node.kind in ("resource", "project"):
        _join_links(node, below)
    own = node.task_kind and (node.minutes is not None or reference_of(tuple(node.links)))
    if not own and any(each.task_kind for child in below for each in child.walk()):
        node.kind = node.kind if node.kind in ("skill", "project") else "note"
        node.title = said.text if node.kind == "note" else node.title
        node.task_kind, node.minutes = None, None
        node.details = [] if node.kind == "note" else node.details
    node.inside += below
    if done_or_ticked(said, role, around):
        node.marks.add("done")
    if said.done and not _open_in(item.inside):
        _done_below(node)
    return node


def _open_in(blocks: list[Block]) -> bool:
    """Whether a box below is not ticked: then a tick above says less than all."""
    return any(each.text.startswith("[ ]") or _open_in(each.inside) for each in blocks)


def _done_below(node: Sketch) -> None:
    for each in node.walk():
        if each.task_kind:
            each.marks.add("done")


def _sorted_leaf(said: Statement, around: Around, role: Role | None) -> Sketch:
    """A leaf; words with stars and no link are a skill, unless the stars rate a resource."""
    rated = said.stars is not None and not said.links and role in (None, "content")
    if rated and not around.quiet:
        return Sketch("skill", said.text, said.line, stars=said.stars, links=list(node_links(said)))
    return leaf(said, around, role)


def _join_links(node: Sketch, below: list[Sketch]) -> None:
    """`链接：…` under a paper is the paper's own link."""
    for child in list(below):
        if (
            child.links
            and not child.inside
            and len(child.title) < 40 + sum(len(link.url) for link in child.links)
        ):
            node.links += child.links
            node.detail("link", child.title)
            below.remove(child)


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
