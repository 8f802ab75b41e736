"""From anybody's roadmap to a typed route: text → blocks → labelled parts → nodes, and a report."""

import re
import unicodedata
from dataclasses import replace

from zhixing.records import ImportReport, Remark, Route
from zhixing.roadmap.aside import passed_over
from zhixing.roadmap.asking import tasked
from zhixing.roadmap.bars import gantt_title, is_gantt
from zhixing.roadmap.blocks import Document, blocks_of
from zhixing.roadmap.breaks import without_breaks
from zhixing.roadmap.contradictions import contradictions_in
from zhixing.roadmap.doubts import doubts_in, without_placeholders
from zhixing.roadmap.draft import NO_WORDS, NOT_IN_GRAMMAR
from zhixing.roadmap.editions import translated
from zhixing.roadmap.enclosed import opened
from zhixing.roadmap.estimating import estimated
from zhixing.roadmap.grammar import sketched
from zhixing.roadmap.identities import identified
from zhixing.roadmap.leads import enumerated, without_lead
from zhixing.roadmap.lengths import days_said, without_endless
from zhixing.roadmap.meant import as_meant
from zhixing.roadmap.numbering import numbered
from zhixing.roadmap.paces import daily_pace_in, pace_in
from zhixing.roadmap.phrases import phrase
from zhixing.roadmap.reading import FrontMatter
from zhixing.roadmap.roles import PLAN_WORDS, names_only, role_of
from zhixing.roadmap.sketch import Sketch
from zhixing.roadmap.tasks import tasks_of
from zhixing.roadmap.times import times_in
from zhixing.roadmap.twice import said_twice
from zhixing.roadmap.unitwords import unit_of
from zhixing.roadmap.unmarked import with_signs
from zhixing.words import Language

_BLANK = re.compile(r"[>\s]*")
_BANNER = re.compile(
    r"!\[([^\[\]]{3,80})\]\(|<img\b[^<>]{0,600}?\balt=[\"']([^\"'<>]{3,80})[\"']", re.I
)
_NO_NAME = re.compile(
    r"logo|banner|badge|cover|license|build|status|stars?\b|forks?|awesome|image|img|header|icon"
    r"|https?:|version|discord|twitter|visitors|[\w-]+\.(?:png|jpe?g|gif|svg)",
    re.I,
)
_FIRST_LINES = 15
_PICTURES = ("So", "Mn", "Cf", "Sk", "Zs")
_UNWORDED = re.compile(r"(?:\s|[#*_=>|:+~`\-]|</?[a-zA-Z][^<>]*>)*")


def compile_stranger(
    lines: list[str], matter: FrontMatter, language: Language, route_id: str
) -> tuple[Route, ImportReport]:
    """The route of a document without our id; `route_id` "" = make one from the title."""
    body = without_breaks([""] * matter.lines + lines[matter.lines :])
    document = as_meant(opened(blocks_of(with_signs(body))))
    title_at = _title_at(document)
    root = _root(document, title_at, body, matter.title)
    labelled = sketched(document.blocks, document.references, root)
    placeholders = without_placeholders(root)
    again = said_twice(root, labelled.survey.overviews)
    numbered(root)
    tasked(root, any_unit=labelled.survey.any_unit)
    remarks = [*placeholders, *labelled.remarks, *again, *translated(root)]
    remarks += passed_over(document.blocks, root)
    pace = matter.pace_minutes_per_week or pace_in(body)
    if pace and root.times.weekly is None:
        root.times = root.times._replace(per_week=(float(pace), float(pace)))
    if root.times.per_day is None and not pace:
        root.times = root.times._replace(per_day=daily_pace_in(body))
    remarks += without_endless(root)
    assumed = estimated(root)
    name = route_id or matter.id or slug(root.title)
    tree = identified(root, name)
    route = Route(name, language, tree.title, tree, tasks_of(tree), pace, matter.directions,
                  matter.level, matter.expects, matter.ends_in)  # fmt: skip
    parting = {at for at, line in enumerate(body, 1) if not line and lines[at - 1].strip()}
    served = labelled.taken | document.served | parting
    dated = frozenset(node.line for node in root.walk() if node.dates)
    remarks += [*contradictions_in(tree), *doubts_in(tree, lines, dated)]
    return route, replace(report_of(lines, matter, served, remarks), assumed=tuple(assumed))


def slug(title: str) -> str:
    """An id made of a title's Latin words; numbers alone name nothing."""
    words = re.findall(r"[a-z0-9]+", title.lower())
    named = any(word.isalpha() for word in words)
    return ("-".join(words)[:60].strip("-") if named else "") or "route"


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
    a unit, or if it is the only one; a heading above it where that one is called `Contents`."""
    heads = [(at, block, phrase(block.text, document.references).text)
             for at, block in enumerate(document.blocks) if block.form == "heading"]  # fmt: skip
    heads = [(at, block, text) for at, block, text in heads if text]
    first_rank = [(at, text) for at, block, text in heads if block.level == 1]
    if not first_rank:
        return None
    at, first = first_rank[0]
    if _names_a_part(first):
        above = [(before, text) for before, _, text in heads if before < at]
        named = above[0] if above and not _names_a_part(above[0][1]) else None
        return named[0] if named and unit_of(named[1]) is None else None
    if not enumerated(first) and (unit_of(first) is None or len(first_rank) == 1):
        return at
    return None


def _names_a_part(text: str) -> bool:
    """`Contents`, `NB:`, `Curriculum`: a part of any document, not what this one is called."""
    role = role_of(text)
    return text.endswith((":", "：")) or (role is not None and names_only(role, text))


def _root(document: Document, title_at: int | None, lines: list[str], title: str) -> Sketch:
    """The route itself. Its heading leaves the blocks; below it everything stands in the root.
    `title` is what the front matter calls it, "" for none."""
    references = document.references
    if title_at is not None:
        block = document.blocks[title_at]
        said = phrase(block.text, references)
        if not _is_one_unit(said.text):
            document.blocks[title_at] = replace(block, form="break", text="", level=0, inside=[])
        times = times_in(said.text)
        pace = times.rates
        name = without_pictures(said.text)
        return Sketch("route", name, block.line, links=list(said.links), times=pace,
                      days=days_said(times))  # fmt: skip
    title = phrase(title, references).text or _spoken_title(document, lines)
    return Sketch("route", without_pictures(title), 1)


def _is_one_unit(title: str) -> bool:
    """`Week 2: Deep learning` over all: the title of a document that is one week."""
    unit = unit_of(title)
    if unit is None or unit.place != "head" or unit.word or unit.weekday or not unit.rest:
        return False
    return unit.kind in ("month", "week", "day") and unit.first == unit.last is not None


def without_pictures(title: str) -> str:
    """`📘 Roadmap 🚀` → Roadmap."""
    title = title.removeprefix("? ")  # a picture that a code page lost
    return title.strip("".join(c for c in title if unicodedata.category(c) in _PICTURES)) or title


def _pictured_title(lines: list[str]) -> str:
    """What the picture at the top of a page is called: `![LLM Course](banner.png)`."""
    for line in lines[:_FIRST_LINES]:
        for found in _BANNER.finditer(line[:2000]):
            words = (found[1] or found[2]).strip()
            if not _NO_NAME.search(words):
                return words
    return ""


def _spoken_title(document: Document, lines: list[str]) -> str:
    """What to call a roadmap without a title: a heading or a first line that speaks of a plan, else
    what the picture at its top is called, else a heading before the first unit."""
    before: list[str] = []
    spoken: list[str] = []
    met_unit = False
    for at, block in enumerate(document.blocks):
        text = phrase(block.text, document.references).text if block.text else ""
        met_unit = met_unit or unit_of(text[:200]) is not None
        if block.form == "heading" and text and unit_of(text) is None and not _names_a_part(text):
            spoken += [text] if PLAN_WORDS.search(text) else []
            before += [] if met_unit else [text]
        elif at == 0 and block.form in ("paragraph", "bold"):
            line = phrase(block.text.split("\n")[0], document.references).text
            spoken += [line] if len(line) < 80 and PLAN_WORDS.search(line) else []
    plans = [text for text in spoken if re.search(r"计划|\bplan\b", text, re.I)]
    pictured = [name] if (name := _pictured_title(lines)) else []
    drawn = [gantt_title(block.text) for block in document.blocks if is_gantt(block)]
    return without_lead(next(iter(plans + spoken + pictured + before + drawn), ""))
