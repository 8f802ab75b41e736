"""Which skills or labs need one another? A circle is told with its path, and opened.

Nothing that is in a circle could ever be begun. So that the rest of a catalog can be used, each
circle loses one of its needs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from zhixing.catalog.places import at
from zhixing.errors import Letter
from zhixing.records import Catalog, Lab, Skill
from zhixing.words import Said, say


def circles(needs: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Each circle that is closed by a need of its own: a, what a needs, …, a."""
    graph = {name: list(others) for name, others in needs.items()}
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as found:
            circle = found.args[1][::-1]  # graphlib lists what is needed before what needs it
            while circle[1] in graph[circle[0]]:
                graph[circle[0]].remove(circle[1])
            yield tuple(circle)
        else:
            return


def circle_letters(catalog: Catalog) -> Iterator[Letter]:
    """A letter for each circle of skills, then of labs."""
    yield from _letters(catalog.skills, say("skills"))
    yield from _letters(catalog.labs, say("labs"))


def without_circles(catalog: Catalog) -> tuple[Catalog, tuple[Letter, ...]]:
    """The catalog with each circle opened where it closes, and what was said of it."""
    letters = tuple(circle_letters(catalog))
    if not letters:
        return catalog, ()
    skills, labs = dict(catalog.skills), dict(catalog.labs)
    for one, other, *_ in circles({name: skill.needs for name, skill in skills.items()}):
        skills[one] = replace(skills[one], needs=_less(skills[one].needs, other))
    for one, other, *_ in circles({name: lab.needs for name, lab in labs.items()}):
        labs[one] = replace(labs[one], needs=_less(labs[one].needs, other))
    return replace(catalog, skills=skills, labs=labs), letters


def _less(needs: tuple[str, ...], gone: str) -> tuple[str, ...]:
    return tuple(need for need in needs if need != gone)


def _letters(things: Mapping[str, Skill] | Mapping[str, Lab], kind: Said) -> Iterator[Letter]:
    for circle in circles({name: thing.needs for name, thing in things.items()}):
        yield Letter(
            say("these {kind} need one another: {circle}", kind=kind, circle=" → ".join(circle)),
            _place(things[circle[0]]),
            say("take one of these needs out"),
        )


def _place(thing: Skill | Lab) -> Said:
    if isinstance(thing, Lab):
        return at(f"labs/{thing.area}/{thing.id}/lab.toml", key="needs")
    return at(f"skills/{thing.field}.toml", key=f"{thing.id}.needs")
