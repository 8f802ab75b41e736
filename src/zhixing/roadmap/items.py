"""What becomes of an item with what stands below it? Done marks, joined links, daily work."""

from zhixing.roadmap.blocks import Block
from zhixing.roadmap.leaves import leaf, node_links
from zhixing.roadmap.naming import reference_of
from zhixing.roadmap.roles import Role
from zhixing.roadmap.sketch import Around, Sketch
from zhixing.roadmap.statements import (
    Statement,
)


def make_daily(node: Sketch) -> None:
    """`每日任务` in a week: what its tasks take, they take on each day."""
    for each in node.walk():
        if each.task_kind and each.minutes:
            each.times = each.times._replace(per_day=(float(each.minutes), float(each.minutes)))
            each.minutes = None


def leads_to_projects(item: Block, said: Statement, around: Around) -> bool:
    """`建议从小项目开始：` is no project, those in its list are."""
    return (
        around.role == "projects"
        and said.text.endswith((":", "："))
        and not said.links
        and any(each.form == "item" for each in item.inside)
        and not (said.head and said.rest.text)
    )


def asks_something(node: Sketch) -> bool:
    return any(each.task_kind or each.kind == "project" for each in node.walk())


def is_open_in(blocks: list[Block]) -> bool:
    """Whether a box below is not ticked: then a tick above says less than all."""
    return any(each.text.startswith("[ ]") or is_open_in(each.inside) for each in blocks)


def mark_done(node: Sketch) -> None:
    for each in node.walk():
        if each.task_kind:
            each.marks.add("done")


def sorted_leaf(said: Statement, around: Around, role: Role | None) -> Sketch:
    """A leaf; words with stars and no link are a skill, unless the stars rate a resource."""
    rated = said.stars is not None and not said.links and role in (None, "content")
    timed = said.minutes is not None and around.asks  # a video of three hours is to be watched
    if rated and not timed and not around.quiet:
        return Sketch("skill", said.text, said.line, stars=said.stars, links=list(node_links(said)))
    return leaf(said, around, role)


def join_links(node: Sketch, below: list[Sketch]) -> None:
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


def _is_time_for_all(asked: list[Sketch]) -> bool:
    """Whether an item's time is for all that is asked below it: that says then how to do it, and
    asks for nothing of its own. Parts that say how long they take are what is asked."""
    if any(each.minutes is not None for each in asked):
        return False
    for each in asked:
        each.task_kind = None
        each.kind = "note" if each.kind == "task" else each.kind
    return True


def hold(node: Sketch, below: list[Sketch], said: Statement) -> None:
    """Put `below` under an item; where that asks for something, the item itself asks no more."""
    if node.kind in ("resource", "project"):
        join_links(node, below)
    timed = node.task_kind is not None and node.minutes is not None
    own = timed or (node.task_kind is not None and reference_of(tuple(node.links)) is not None)
    asked = [each for child in below for each in child.walk() if each.task_kind]
    if timed:
        own = _is_time_for_all(asked)
    if not own and asked:
        node.kind = node.kind if node.kind in ("skill", "project") else "note"
        node.title = said.text if node.kind == "note" else node.title
        node.task_kind, node.minutes = None, None
        node.details = [] if node.kind == "note" else node.details
    node.inside += below
