"""What does a fenced block say? A drawn tree, a chain of arrows, or code that stays an example."""

from zhixing.roadmap.bars import gantt_nodes, is_gantt
from zhixing.roadmap.blocks import Block
from zhixing.roadmap.charts import Leaf, chain_in, tree_in
from zhixing.roadmap.leaves import leaf
from zhixing.roadmap.sketch import Around, Sketch
from zhixing.roadmap.statements import Statement, statement
from zhixing.roadmap.surveying import Survey
from zhixing.roadmap.unitwords import unit_of

WORDS = ("", "text", "txt", "plain", "plaintext", "markdown", "md", "ascii", "tree")
_DEEPEST = 6


def drawn(block: Block, survey: Survey, around: Around) -> list[Sketch]:
    """The nodes of a fence whose content begins one line below its own."""
    if is_gantt(block) and survey.charted:
        return gantt_nodes(block)
    if block.info.split(" ")[0].lower() in WORDS:
        if tree := tree_in(block.text):
            return _tree(block, tree, survey, around)
        if chain := chain_in(block.text):
            return [_leaf(block, step, survey, around) for step in chain]
        if block.info or not around.asks:
            return _lines(block, survey, around)
    return _code(block)


def _tree(block: Block, leaves: list[Leaf], survey: Survey, around: Around) -> list[Sketch]:
    roots: list[Sketch] = []
    path: list[Sketch] = []
    for at, each in enumerate(leaves):
        depth = min(each.depth, len(path), _DEEPEST)
        holds = at + 1 < len(leaves) and leaves[at + 1].depth > each.depth
        node = _leaf(block, each, survey, around._replace(asks=around.asks and not holds))
        (path[depth - 1].inside if depth else roots).append(node)
        path[depth:] = [node]
    return roots


def _leaf(block: Block, each: Leaf, survey: Survey, around: Around) -> Sketch:
    said = statement(each.text, block.line + 1 + each.at, survey.references)
    unit = unit_of(said.text) if around.units and not survey.any_unit else None
    if unit and unit.separated and not unit.weekday and not unit.word:
        return Sketch(unit.kind, unit.rest, said.line, first=unit.first, last=unit.last,
                      number=unit.number, bare=not unit.rest, times=said.times)  # fmt: skip
    if said.stars is not None:
        return Sketch("skill", said.text, said.line, stars=said.stars, links=list(said.links))
    return leaf(_named(said), around, None if around.asks else "goals")


def _named(said: Statement) -> Statement:
    return said if said.text else said._replace(said=said.said._replace(text="-"))


def _lines(block: Block, survey: Survey, around: Around) -> list[Sketch]:
    """Plain text in a fence: its lines are notes, and what they say of time is understood."""
    nodes: list[Sketch] = []
    for at, line in enumerate(block.text.split("\n")):
        bare = line.strip().lstrip("#>-*+ ").strip()
        if bare:
            said = statement(bare, block.line + 1 + at, survey.references)
            nodes.append(leaf(_named(said), around._replace(asks=False), "goals"))
    return nodes


def _code(block: Block) -> list[Sketch]:
    lines = [line.strip() for line in block.text.split("\n") if line.strip()]
    if not lines:
        return [Sketch("note", block.info, block.line, marks={"code"})] if block.info else []
    first = next(at for at, line in enumerate(block.text.split("\n")) if line.strip())
    node = Sketch("note", " ".join(lines[0].split()), block.line + 1 + first, marks={"code"})
    node.detail("language", block.info)
    node.detail("code", " ⏎ ".join(lines[1:]))
    return [node]
