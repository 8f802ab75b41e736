"""The skills of a route as a graph: what rests on what, how important, how well held today."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhixing.actions.desk import Desk
from zhixing.actions.progress import progress
from zhixing.records import Catalog, Route, Skill
from zhixing.words import Bilingual


@dataclass(frozen=True)
class MapSkill:
    """A skill on the map. `needs` are the nearest skills below it that the map shows too; `column`
    is the length of the longest way up to it, from 0."""

    id: str
    title: Bilingual
    field: str
    stars: int
    level: str
    needs: tuple[str, ...]
    column: int


def skill_map(desk: Desk, route: Route) -> tuple[MapSkill, ...]:
    """The skills that a route names, in the order in which it first names them."""
    catalog = desk.catalog
    named = [name for task in route.tasks for name in task.references("skill")]
    shown = {name: catalog.skills[name] for name in named if name in catalog.skills}
    needs = {name: _shown_needs(catalog, skill, shown) for name, skill in shown.items()}
    columns: dict[str, int] = {}
    for name in shown:
        _column(name, needs, columns)
    held = progress(desk).mastery.skills
    return tuple(
        MapSkill(
            id=name,
            title=skill.title,
            field=skill.field,
            stars=skill.stars,
            level=held[name].level if name in held else "unseen",
            needs=needs[name],
            column=columns[name],
        )
        for name, skill in shown.items()
    )


def _shown_needs(catalog: Catalog, skill: Skill, shown: Mapping[str, Skill]) -> tuple[str, ...]:
    """Its needs, each that is not on the map replaced by what that one needs."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = list(skill.needs)
    while waiting:
        need = waiting.pop(0)
        if need in seen or need not in catalog.skills:
            continue
        seen.add(need)
        if need in shown:
            found[need] = None
        else:
            waiting += catalog.skills[need].needs
    # one of the others rests on it: then the way over that one says it already
    said = {need for other in found for need in beneath(catalog, other)}
    return tuple(name for name in found if name not in said)


def beneath(catalog: Catalog, skill: str) -> set[str]:
    """All that a skill rests on."""
    found: set[str] = set()
    waiting = [skill]
    while waiting:
        one = catalog.skills.get(waiting.pop())
        for need in one.needs if one else ():
            if need not in found:
                found.add(need)
                waiting.append(need)
    return found


def _column(name: str, needs: Mapping[str, tuple[str, ...]], columns: dict[str, int]) -> None:
    """Set the column of a skill and of all below it. (A pack with a circle is refused before.)"""
    waiting = [name]
    while waiting:
        one = waiting[-1]
        if open_needs := [need for need in needs[one] if need not in columns]:
            waiting += open_needs
        else:
            columns.setdefault(one, 1 + max((columns[need] for need in needs[one]), default=-1))
            waiting.pop()
