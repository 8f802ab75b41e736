"""Progress: what was done, where the hours went, what was tried, what is held."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response
from markupsafe import Markup

from zhixing.actions.progress import MIX, LabProgress, Progress
from zhixing.actions.progress import progress as progress_of
from zhixing.actions.summaries import WeekHours, hours_by_week
from zhixing.actions.wording import FIELDS, duration
from zhixing.records import Catalog, Lab, Mastery, Skill, SkillMastery
from zhixing.web.charts import mix_bar, tally, weeks_chart
from zhixing.web.pages.today import running
from zhixing.web.showing import lab_url
from zhixing.web.visit import Visit, VisitDep
from zhixing.words import Said, say

router = APIRouter()

SHARES: dict[str, Said] = {
    "study": say("study"), "lab": say("practice"), "project": say("project work"),
}  # fmt: skip
LEVELS: dict[str, tuple[str, Said, Said]] = {
    "unseen": ("○", say("not met yet"), say("nothing was handed in for it")),
    "met": ("◔", say("met"), say("something was handed in, nothing proves it yet")),
    "can": ("◑", say("can"), say("a lab that shows it was passed")),
    "fluent": ("●", say("fluent"), say("two labs, and again after two weeks")),
    "master": ("◉", say("master"), say("a project and a new task: not in this version yet")),
}
"""Sign, name and meaning of each level."""

FEW = 4
"""A field of so many skills or fewer takes little room."""


@router.get("/progress")
def progress_page(at: VisitDep) -> Response:
    found = progress_of(at.desk)
    weeks = hours_by_week(at.desk)
    return at.page(
        "progress.html",
        found=found,
        worked=sum(found.minutes.values()),
        shares=tuple(_shares(found)),
        mix=_mix(at, found),
        weeks=weeks,
        chart=_chart(at, weeks),
        labs=tuple(_labs(at, found)),
        fields=skill_map(at.desk.catalog, found.mastery),
        review=_held(at.desk.catalog, found, "review"),
        next=_held(at.desk.catalog, found, "next"),
        LEVELS=LEVELS,
        running=running(at),
    )


# --- hours --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """One kind of work: its minutes, its share of all, and the share of the rule."""

    name: str
    title: Said
    minutes: int
    share: float
    rule: float


def _shares(found: Progress) -> Iterator[Share]:
    for kind, rule in MIX.items():
        yield Share(kind, SHARES[kind], found.minutes.get(kind, 0), found.mix[kind], rule)


def _mix(at: Visit, found: Progress) -> Markup:
    parts = (
        at.said(say("{kind} {share} %", kind=one.title, share=round(100 * one.share)))
        for one in _shares(found)
    )
    return mix_bar(list(found.mix.items()), list(MIX.items()), " · ".join(parts))


def _chart(at: Visit, weeks: tuple[WeekHours, ...]) -> Markup:
    first = weeks[0].monday if weeks else at.desk.today()
    current = (at.desk.today() - first).days // 7 + (weeks[0].number if weeks else 0)
    said = say(
        "hours a week over {n} weeks: {worked} worked of {planned} planned",
        n=len(weeks),
        worked=duration(sum(week.worked for week in weeks)),
        planned=duration(sum(week.planned for week in weeks)),
    )
    return weeks_chart(weeks, current, at.said(say("h")), at.said(said))


# --- labs ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LabLine:
    """A lab that was tried; `lab` is None when its pack is gone."""

    progress: LabProgress
    lab: Lab | None
    strokes: Markup


def _labs(at: Visit, found: Progress) -> Iterator[LabLine]:
    for one in found.labs:
        said = say("attempts: {n}, hints: {hints}", n=one.attempts, hints=one.hints)
        strokes = tally(one.attempts, one.hints, at.said(said))
        yield LabLine(one, at.desk.catalog.labs.get(one.lab), strokes)


# --- skills -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FieldMap:
    """The skills of a field in rows: those of a row rest on some of the row above. `counts` are
    how many are held at which level, of those above "unseen"."""

    name: Said | str
    rows: tuple[tuple[tuple[Skill, SkillMastery | None], ...], ...]
    skills: int
    counts: Mapping[str, int]

    @property
    def small(self) -> bool:
        return self.skills <= FEW


def skill_map(catalog: Catalog, mastery: Mastery) -> tuple[FieldMap, ...]:
    """Every field with its skills by depth of what they need in it; the largest fields first."""
    fields: dict[str, list[Skill]] = {}
    for skill in catalog.skills.values():
        fields.setdefault(skill.field, []).append(skill)
    ordered = sorted(fields.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(_field_map(name, skills, mastery) for name, skills in ordered)


def _field_map(name: str, skills: list[Skill], mastery: Mastery) -> FieldMap:
    depths = depths_of(skills)
    rows = tuple(
        tuple((skill, mastery.skills.get(skill.id)) for skill in skills if depths[skill.id] == deep)
        for deep in range(max(depths.values()) + 1)
    )
    counts = {
        level: sum(held is not None and held.level == level for row in rows for _, held in row)
        for level in LEVELS
    }
    return FieldMap(FIELDS.get(name, name), rows, len(skills), counts)


def depths_of(skills: list[Skill]) -> dict[str, int]:
    """How many steps of needs lie below each skill, within these; a circle counts once."""
    known = {skill.id: skill for skill in skills}
    depths: dict[str, int] = {}

    def depth(name: str, above: frozenset[str]) -> int:
        if name not in depths:
            needs = [need for need in known[name].needs if need in known and need not in above]
            depths[name] = 1 + max((depth(need, above | {name}) for need in needs), default=-1)
        return depths[name]

    for name in known:
        depth(name, frozenset({name}))
    return depths


def _held(catalog: Catalog, found: Progress, wanted: str) -> tuple[tuple[Skill, str], ...]:
    """Skills that ask to be shown again, or whose next proof can be done here, with where."""
    listed = []
    for held in found.mastery.skills.values():
        skill = catalog.skills.get(held.skill)
        asked = held.needs_review if wanted == "review" else held.level == "met"
        proof = (held.next_proof or "").removeprefix("lab:")
        built = proof.partition("#")[0] in catalog.labs
        if skill is not None and asked and (built or wanted == "review"):
            listed.append((skill, lab_url(proof) if built else f"/skills/{skill.id}"))
    return tuple(listed[:8])
