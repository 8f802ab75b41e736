"""Which one is meant? An id that a person typed in, the thing it names out."""

from collections.abc import Iterable

from zhixing.errors import Problem, did_you_mean
from zhixing.records import Brief, Catalog, Lab, RouteText, Skill
from zhixing.words import Said, say


def lab(catalog: Catalog, lab_id: str) -> Lab:
    """The built lab. Raises Problem, with the nearest id, where there is none."""
    if lab_id in catalog.labs:
        return catalog.labs[lab_id]
    if lab_id in catalog.planned:
        raise Problem(
            say('lab "{id}" is planned and not built yet', id=lab_id),
            catalog.planned[lab_id].title,
            say(
                "do it as a project; it is done when: {criterion}",
                criterion=catalog.planned[lab_id].criterion,
            ),
        )
    what = say('lab "{id}" is not in the catalog', id=lab_id)
    raise _unknown(catalog, what, lab_id, [*catalog.labs, *catalog.planned], "labs")


def skill(catalog: Catalog, skill_id: str) -> Skill:
    """The skill. Raises Problem, with the nearest id, where there is none."""
    if skill_id in catalog.skills:
        return catalog.skills[skill_id]
    what = say('skill "{id}" is not in the catalog', id=skill_id)
    raise _unknown(catalog, what, skill_id, catalog.skills, "skills")


def brief(catalog: Catalog, brief_id: str) -> Brief:
    """The brief; `brief:` in front, as routes write it, is allowed. Raises Problem, with the
    nearest id, where there is none."""
    name = brief_id.removeprefix("brief:")
    if name in catalog.briefs:
        return catalog.briefs[name]
    what = say('brief "{id}" is not in the catalog', id=name)
    raise _unknown(catalog, what, name, catalog.briefs, "brief")


def route(catalog: Catalog, route_id: str) -> RouteText:
    """The route's text. Raises Problem, with the nearest id, where there is none."""
    if route_id in catalog.routes:
        return catalog.routes[route_id]
    what = say('route "{id}" is not in the catalog', id=route_id)
    raise _unknown(catalog, what, route_id, catalog.routes, "routes")


def split_reference(catalog: Catalog, reference: str) -> tuple[Lab, str | None]:
    """la-svd-image#svd -> (the lab, "svd"); without a # the part is None.

    `lab:` in front, as routes write it, is allowed. Raises Problem for an unknown lab or part.
    """
    lab_id, hash_, part = reference.removeprefix("lab:").partition("#")
    found = lab(catalog, lab_id)
    if not hash_:
        return found, None
    if found.part(part) is None:
        what = say('lab "{lab}" has no part "{part}"', lab=lab_id, part=part)
        raise _unknown(catalog, what, part, [one.name for one in found.parts], f"labs {lab_id}")
    return found, part


def _unknown(
    catalog: Catalog, what: Said, name: str, known: Iterable[str], command: str
) -> Problem:
    packs = ", ".join(pack.name for pack in catalog.packs) or "-"
    return Problem(
        what, say("packs: {packs}", packs=packs), did_you_mean(name, known, f"zhixing {command}")
    )
