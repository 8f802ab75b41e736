"""Does everything that is named exist? References from skills, labs and routes to one another.

What one file alone can show is said when it is read; here are letters between files. Comparing
the two languages of a route, and its order, needs a compiled route: that is for `actions`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Final

from zhixing.catalog.aliases import alias_letters
from zhixing.catalog.circles import circle_letters
from zhixing.catalog.places import at
from zhixing.catalog.values import near_or_all
from zhixing.errors import Letter, nearest
from zhixing.records import Catalog
from zhixing.words import LANGUAGES, Said, say

_LINK: Final = re.compile(r"\((skill|res|lab|reading|brief):([^\s(),]*)")
_SCHEME: Final = re.compile(r"\]\(([a-z]+):")
_SCHEMES: Final = (
    "skill", "res", "lab", "quiz", "paper", "project", "brief", "reading", "milestone", "rule",
    "http", "https", "mailto",
)  # fmt: skip
_EVIDENCE: Final = ("lab", "quiz", "project", "card")
_CITED: Final = re.compile(r"\[reading:([^\]\s]*)\]")

Fault = tuple[Said, Said]
"""What is wrong with a reference, and the next step."""


def audit(catalog: Catalog) -> tuple[Letter, ...]:
    """A letter for every reference that leads nowhere, and for every circle of needs."""
    return (
        *_skill_letters(catalog),
        *alias_letters(catalog),
        *_lab_letters(catalog),
        *_brief_letters(catalog),
        *_route_letters(catalog),
        *circle_letters(catalog),
    )


def notes(catalog: Catalog) -> tuple[Letter, ...]:
    """What is unfinished and may be: planned labs in routes, skills that nothing can show yet,
    briefs that no route links."""
    return (*_planned_notes(catalog), *_skill_notes(catalog), *_brief_notes(catalog))


def _skill_letters(catalog: Catalog) -> Iterator[Letter]:
    for skill in catalog.skills.values():
        file = f"skills/{skill.field}.toml"
        references = [("skill", need, "needs") for need in skill.needs]
        references += [("res", name, "resources") for name in skill.resources]
        for number, criterion in enumerate(skill.criteria, 1):
            key = f"criteria[{number}].evidence"
            for reference in criterion.evidence:
                kind, _, target = reference.partition(":")
                if kind in _EVIDENCE:
                    references.append((kind, target, key))
                else:
                    what = say('"{reference}" is no evidence', reference=reference)
                    place = at(file, key=f"{skill.id}.{key}")
                    yield Letter(what, place, say('write it as "lab:id" or "lab:id#part"'))
        for kind, target, key in references:
            yield from _letter(catalog, kind, target, at(file, key=f"{skill.id}.{key}"))


def _lab_letters(catalog: Catalog) -> Iterator[Letter]:
    for lab in (*catalog.labs.values(), *catalog.unsound.values()):
        folder = f"labs/{lab.area}/{lab.id}"
        for kind, targets, key in (
            ("skill", lab.skills, "skills"),
            ("lab", lab.needs, "needs"),
            ("lab", lab.helps, "helps"),
        ):
            for target in targets:
                yield from _letter(catalog, kind, target, at(f"{folder}/lab.toml", key=key))
        for language in LANGUAGES:
            place = at(f"{folder}/statement.{language}.md")
            rungs = [rung for hints in lab.hints.values() for rung in hints.get(language, ())]
            for target in _CITED.findall("\n".join([lab.statement.render(language), *rungs])):
                yield from _letter(catalog, "reading", target, place)


def _brief_letters(catalog: Catalog) -> Iterator[Letter]:
    for brief in catalog.briefs.values():
        for language in LANGUAGES:
            place = at(f"briefs/{brief.field}/{brief.id}.{language}.md")
            asked = [half for one in brief.questions for half in (one.ask, one.answer)]
            words = (brief.text, brief.task, *asked)
            text = "\n".join(half.render(language) for half in words)
            for target in _CITED.findall(text):
                yield from _letter(catalog, "reading", target, place)
            for kind, target in _LINK.findall(text):
                yield from _letter(catalog, kind, target, place)


def _route_letters(catalog: Catalog) -> Iterator[Letter]:
    for file, line, text in _route_lines(catalog):
        for kind, target in _LINK.findall(text):
            yield from _letter(catalog, kind, target, at(file, line))
        for scheme in _SCHEME.findall(text):
            if scheme not in _SCHEMES:
                what = say('links do not begin with "{scheme}:"', scheme=scheme)
                yield Letter(what, at(file, line), near_or_all(scheme, _SCHEMES))


def _route_lines(catalog: Catalog) -> Iterator[tuple[str, int, str]]:
    for route in catalog.routes.values():
        for language, text in route.texts.items():
            for number, line in enumerate(text.splitlines(), 1):
                yield route.files[language], number, line


def _letter(catalog: Catalog, kind: str, target: str, place: Said) -> Iterator[Letter]:
    fault = _fault(catalog, kind, target)
    if fault:
        yield Letter(fault[0], place, fault[1])


def _fault(catalog: Catalog, kind: str, target: str) -> Fault | None:
    """Why a reference leads nowhere; None where it leads somewhere, or its kind is not read yet."""
    if kind == "lab":
        return _lab_fault(catalog, target)
    shelves: Mapping[str, tuple[Said, Iterable[str]]] = {
        "skill": (say('skill "{id}" is not in the catalog', id=target), catalog.skills),
        "res": (say('resource "{id}" is not in the catalog', id=target), catalog.resources),
        "reading": (say('reading "{id}" is not in the catalog', id=target), catalog.readings),
        "brief": (say('brief "{id}" is not in the catalog', id=target), catalog.briefs),
    }
    if kind not in shelves:
        return None
    what, known = shelves[kind]
    return None if target in known else (what, _near_or_add(target, known))


def _lab_fault(catalog: Catalog, target: str) -> Fault | None:
    lab_id, hash_, part = target.partition("#")
    parts = _parts(catalog, lab_id)
    if parts is None:
        what = say('lab "{id}" is neither built nor planned', id=lab_id)
        return what, _near_or_add(lab_id, [*catalog.labs, *catalog.planned])
    if hash_ and part not in parts:
        what = say('lab "{lab}" has no part "{part}"', lab=lab_id, part=part)
        return what, near_or_all(part, parts) if parts else say("take #{part} out", part=part)
    return None


def _parts(catalog: Catalog, lab_id: str) -> tuple[str, ...] | None:
    if lab_id in catalog.labs:
        return tuple(part.name for part in catalog.labs[lab_id].parts)
    planned = catalog.planned.get(lab_id)
    return None if planned is None else tuple(planned.parts)


def _near_or_add(name: str, known: Iterable[str]) -> Said:
    close = nearest(name, known)
    if close:
        return say('did you mean "{nearest}"?', nearest=close)
    return say('add "{id}", or take the reference out', id=name)


def _planned_notes(catalog: Catalog) -> Iterator[Letter]:
    """One note for each planned lab that a route names, at its first mention there."""
    noted: set[tuple[str, str]] = set()
    for file, line, text in _route_lines(catalog):
        for kind, target in _LINK.findall(text):
            lab_id = target.partition("#")[0]
            mention = PurePath(file).name.partition(".")[0], lab_id
            if kind == "lab" and lab_id in catalog.planned and mention not in noted:
                noted.add(mention)
                what = say('lab "{id}" is planned and not built yet', id=lab_id)
                yield Letter(what, at(file, line), say("its task is shown as a project till then"))


def _skill_notes(catalog: Catalog) -> Iterator[Letter]:
    for skill in catalog.skills.values():
        if not any(criterion.evidence for criterion in skill.criteria):
            what = say('nothing can show that skill "{id}" is held', id=skill.id)
            place = at(f"skills/{skill.field}.toml", key=f"{skill.id}.criteria")
            yield Letter(what, place, say("add a criterion with evidence"))


def _brief_notes(catalog: Catalog) -> Iterator[Letter]:
    linked = {
        target
        for _, _, text in _route_lines(catalog)
        for kind, target in _LINK.findall(text)
        if kind == "brief"
    }
    for brief in catalog.briefs.values():
        if brief.id not in linked:
            what = say('no route links brief "{id}"', id=brief.id)
            place = at(f"briefs/{brief.field}/{brief.id}.en.md")
            yield Letter(
                what, place, say("a study task links it as [Brief](brief:{id})", id=brief.id)
            )
