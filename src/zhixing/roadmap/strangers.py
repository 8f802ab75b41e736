"""From anybody's roadmap to a typed route: text → blocks → labelled parts → nodes, and a report."""

import re
from dataclasses import replace

from zhixing.records import ImportReport, Remark, Route
from zhixing.roadmap.blocks import Document, blocks_of
from zhixing.roadmap.contradictions import contradictions_in
from zhixing.roadmap.doubts import doubts_in, without_placeholders
from zhixing.roadmap.draft import NO_WORDS, NOT_IN_GRAMMAR
from zhixing.roadmap.editions import translated
from zhixing.roadmap.estimating import estimated, tasked
from zhixing.roadmap.grammar import sketched
from zhixing.roadmap.identities import identified
from zhixing.roadmap.numbering import numbered
from zhixing.roadmap.phrases import phrase
from zhixing.roadmap.reading import FrontMatter
from zhixing.roadmap.sketch import Sketch
from zhixing.roadmap.tasks import tasks_of
from zhixing.roadmap.times import middle, times_in
from zhixing.roadmap.unitwords import enumerated, unit_of, without_lead
from zhixing.words import Language

_BLANK = re.compile(r"[>\s]*")
_PLAN_WORDS = re.compile(r"计划|路线|学习列表|roadmap|plan|curriculum|learning path", re.I)
_UNWORDED = re.compile(r"(?:\s|[#*_=>|:+~`\-]|</?[a-zA-Z][^<>]*>)*")


def compile_stranger(
    lines: list[str], matter: FrontMatter, language: Language, route_id: str
) -> tuple[Route, ImportReport]:
    """The route of a document without our id; `route_id` "" = make one from the title."""
    body = [""] * matter.lines + lines[matter.lines :]
    document = blocks_of(body)
    title_at = _title_at(document)
    root = _root(document, title_at)
    labelled = sketched(document.blocks, document.references, root)
    placeholders = without_placeholders(root)
    numbered(root)
    tasked(root, any_unit=labelled.survey.any_unit)
    remarks = [*placeholders, *translated(root)]
    pace = matter.pace_minutes_per_week or _pace(body)
    if pace and root.times.weekly is None:
        root.times = root.times._replace(per_week=(float(pace), float(pace)))
    estimated(root)
    name = route_id or matter.id or slug(root.title)
    tree = identified(root, name)
    route = Route(name, language, tree.title, tree, tasks_of(tree), pace, matter.directions)
    served = labelled.taken | document.served
    remarks += [*contradictions_in(tree), *doubts_in(tree, lines)]
    return route, report_of(lines, matter, served, remarks)


def slug(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:60].strip("-") or "route"


def report_of(
    lines: list[str], matter: FrontMatter, taken: set[int] | frozenset[int], doubts: list[Remark]
) -> ImportReport:
    """Lines that nobody took are not understood, if they hold any words."""
    remarks = {remark.line: remark for remark in matter.remarks}
    written = 0
    for number, line in enumerate(lines, start=1):
        if _BLANK.fullmatch(line):
            continue
        written += 1
        if number > matter.lines and number not in taken and number not in remarks:
            if _UNWORDED.fullmatch(line) and not re.search(r"[#>*+-]\s*$|^\s*[-*+]\s", line):
                continue
            why = NO_WORDS if _UNWORDED.fullmatch(line) else NOT_IN_GRAMMAR
            remarks[number] = Remark(number, line.strip(), why)
    return ImportReport(
        written - len(remarks),
        tuple(remarks[line] for line in sorted(remarks)),
        tuple(sorted({(d.line, d.text): d for d in doubts}.values(), key=lambda d: d.line)),
    )


def _title_at(document: Document) -> int | None:
    """Which block is the title: the first heading of rank 1 if it neither counts itself nor names
    a unit, or if it is the only one; None if there is none."""
    heads = [(at, block, phrase(block.text, document.references).text)
             for at, block in enumerate(document.blocks) if block.form == "heading"]  # fmt: skip
    heads = [(at, block, text) for at, block, text in heads if text]
    first = next((text for _, block, text in heads if block.level == 1), None)
    for at, block, text in heads:
        if block.level == 1 and text == first and not enumerated(text) and unit_of(text) is None:
            return at
    lone = [at for at, block, text in heads if block.level == 1]
    if len(lone) == 1 and first is not None and not enumerated(first):
        return lone[0]
    return None


def _root(document: Document, title_at: int | None) -> Sketch:
    """The route itself. Its heading leaves the blocks; below it everything stands in the root."""
    references = document.references
    if title_at is not None:
        block = document.blocks[title_at]
        said = phrase(block.text, references)
        document.blocks[title_at] = replace(block, form="break", text="", level=0, inside=[])
        pace = times_in(said.text)._replace(minutes=None, weeks=None, days=None)
        return Sketch("route", said.text, block.line, links=list(said.links), times=pace)
    return Sketch("route", _spoken_title(document), 1)


def _spoken_title(document: Document) -> str:
    """What to call a roadmap without a title: a heading or a first line that speaks of a plan, else
    a heading before the first unit."""
    before: list[str] = []
    spoken: list[str] = []
    met_unit = False
    for at, block in enumerate(document.blocks):
        text = phrase(block.text, document.references).text if block.text else ""
        met_unit = met_unit or unit_of(text[:200]) is not None
        if block.form == "heading" and text and unit_of(text) is None:
            spoken += [text] if _PLAN_WORDS.search(text) else []
            before += [] if met_unit else [text]
        elif at == 0 and block.form in ("paragraph", "bold"):
            line = phrase(block.text.split("\n")[0], document.references).text
            spoken += [line] if len(line) < 80 and _PLAN_WORDS.search(line) else []
    plans = [text for text in spoken if re.search(r"计划|\bplan\b", text, re.I)]
    return without_lead(next(iter(plans + spoken + before), ""))


def _pace(lines: list[str]) -> int | None:
    """Minutes a week: the first line, tables aside, that states them."""
    for line in lines:
        if "|" in line[:2] or len(line) > 2000:
            continue
        times = times_in(line)
        if times.per_week or (times.per_day and times.days_a_week):
            weekly = times.weekly
            return round(middle(weekly)) if weekly and middle(weekly) < 7 * 24 * 60 else None
    return None
