"""A roadmap of one's own: what it says, what that is in the catalog, and keeping it as a route."""

import hashlib
import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhixing.actions.desk import Desk
from zhixing.actions.mending import mended
from zhixing.actions.routes import all_routes
from zhixing.actions.standing import standing
from zhixing.errors import Letter, Problem, reason_of
from zhixing.records import Catalog, ImportReport, Match, Mend, Route, RouteImported
from zhixing.words import say

LARGEST_FILE = 60 * 1024 * 1024
"""Bytes that are read at all; what compiling takes is far less, and it says so itself."""
DOCUMENTS = (".md", ".markdown", ".txt", ".json")
SURE = 0.85
"""From this score on a match stands unless the learner takes it away."""

_WORDS = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+")


@dataclass(frozen=True)
class Understood:
    """A document, compiled: `matches` are proposals, one a node at most, best first."""

    text: str
    route: Route
    report: ImportReport
    matches: tuple[Match, ...]

    @property
    def has_work(self) -> bool:
        """Whether there is something to plan: one word is none."""
        more = len(_WORDS.findall(self.text)) > 1
        return more and any(task.minutes for task in self.route.tasks)

    @property
    def sure(self) -> Mapping[str, str]:
        """Node id -> reference, of the matches that stand unless somebody objects."""
        return {one.node: one.reference for one in self.matches if one.score >= SURE}


def read_file(file: Path, largest: int = LARGEST_FILE) -> bytes:
    """The bytes of a document. Problem when there are none, or more than `largest`."""
    try:
        kind = file.stat().st_mode
        if not stat.S_ISREG(kind):
            what = say("this is a folder") if stat.S_ISDIR(kind) else say("this is no plain file")
            raise Problem(what, str(file), say("name one document, such as a README.md"))
        size = file.stat().st_size
        if size > largest:
            raise _too_large(file, size, largest)
        return file.read_bytes()
    except OSError as trouble:
        raise Problem(
            say("the document cannot be read: {reason}", reason=reason_of(trouble)),
            str(file),
            say("name a Markdown file, or a JSON file of roadmap.sh that is yours"),
        ) from trouble


def _too_large(file: Path, size: int, largest: int) -> Problem:
    found = round(size / 2**20)
    if largest == LARGEST_FILE:
        what = say("{n} MiB are no roadmap", n=found)
        return Problem(what, str(file), say("name a text of a few hundred lines"))
    what = say("the file has {n} MiB: that is too much", n=max(1, found))
    return Problem(what, str(file), say("at most {n} MiB are read", n=largest // 2**20))


def understood(
    desk: Desk, document: bytes | str, name: str = "", route_id: str | None = None
) -> Understood:
    """What a document says. `name` is its file's, for an id where its title gives none. Problem
    for what is no text, or no roadmap at all."""
    from zhixing.roadmap.compiling import compile_route
    from zhixing.roadmap.decoding import decode
    from zhixing.roadmap.matching import match

    text = decode(document) if isinstance(document, bytes) else document
    route, report = compile_route(text, route_id=route_id)
    if route_id is None and (free := _free_id(desk, route, text, name)) != route.id:
        route, report = compile_route(text, route_id=free)
    return Understood(text, route, report, match(route, desk.catalog))


def _free_id(desk: Desk, route: Route, text: str, name: str) -> str:
    """An id that no other route has; the same text again keeps its id."""
    words = re.findall(r"[a-z0-9]+", Path(name).stem.lower())
    wanted = route.id if route.id != "route" else "-".join(words)[:60].strip("-") or "my-route"
    kept, sha = standing(desk).imported, document_sha(text)
    free, number = wanted, 1
    while free in desk.catalog.routes or (free in kept and kept[free].sha != sha):
        number += 1
        free = f"{wanted}-{number}"
    return free


def keep(
    desk: Desk,
    text: str,
    route_id: str,
    matches: Mapping[str, str],
    *,
    done_again: bool = False,
    mends: Mapping[str, Mend] | None = None,
    proposals: Sequence[Mapping[str, str | float]] | None = None,
) -> RouteImported:
    """Remember a roadmap as a route of the learner's own; its id must be free, or its own, and
    something in it must be work: what cannot be planned is no route. `done_again`: what it marks
    as done is planned all the same; `mends` are what the learner says of its lines, `proposals`
    those that were taken, None = what was kept of the same text before."""
    if route_id in desk.catalog.routes:
        raise Problem(
            say('"{id}" is a route of the catalog', id=route_id),
            say("the id of the route"),
            say('choose another id, such as "my-{id}"', id=route_id),
        )
    from zhixing.roadmap.compiling import compile_route

    read, _ = compile_route(text, route_id=route_id)  # what cannot be read, or has no id: a Problem
    before = standing(desk).imported.get(route_id)
    if before is not None and before.sha == document_sha(text):
        mends = before.mends if mends is None else mends
        proposals = before.proposals if proposals is None else proposals
    mends = mends or {}
    if not any(task.minutes for task in mended(read, mends).tasks):
        raise nothing_to_plan(route_id)
    made = desk.stamp()
    happening = RouteImported(
        id=made[0], learner=made[1], at=made[2],
        route=route_id, text=text, sha=document_sha(text), matches=dict(matches),
        done_again=done_again, mends=dict(mends), proposals=tuple(proposals or ()),
    )  # fmt: skip
    desk.store.append(happening)
    return happening


def brought(desk: Desk, named: str) -> str:
    """The id of a route that a person named: its own, or that of the document at that path, which
    is then kept with the matches that are sure."""
    file = Path(named)
    if named in all_routes(desk) or not (file.suffix.lower() in DOCUMENTS or file.is_file()):
        return named
    found = understood(desk, read_file(file), file.name)
    if not found.has_work:
        raise nothing_to_plan(str(file))
    kept = standing(desk).imported.get(found.route.id)
    if kept is None or kept.sha != document_sha(found.text):
        keep(desk, found.text, found.route.id, found.sure)
    return found.route.id


def nothing_to_plan(where: str) -> Problem:
    return Problem(
        say("nothing in this document can be planned: no task, no course, no project was found"),
        where,
        say("`zhixing import FILE` shows how it was read; a list of what to do is enough"),
    )


def confirmed(desk: Desk, typed: Mapping[str, str]) -> Mapping[str, str]:
    """The matches as a person left them, by reference, title or alias. Problem with a letter for
    each that is not in the catalog."""
    from zhixing.roadmap.matching import references_of

    words = {value for value in typed.values() if not _is_reference(desk.catalog, value)}
    called = references_of(words, desk.catalog) if words else {}
    letters = [
        Letter(
            say('"{reference}" is not in the catalog', reference=value[:80]),
            say("what a line of the roadmap is"),
            say("choose one of the list, such as skill:python-basics, or leave it empty"),
        )
        for value in sorted(words - called.keys())
    ]
    if letters:
        raise Problem.of(letters)
    return {node: called.get(value, value) for node, value in typed.items()}


def _is_reference(catalog: Catalog, value: str) -> bool:
    kind, _, name = value.partition(":")
    known = {"skill": catalog.skills, "res": catalog.resources}
    labs = {*catalog.labs, *catalog.planned}
    return name in known.get(kind, ()) or (kind == "lab" and name.partition("#")[0] in labs)


def document_sha(text: str) -> str:
    """What tells one text from another."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
