"""Routes: texts of the catalog, compiled; tasks found by what a person types."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import msgspec

from zhixing import __version__, records
from zhixing.actions.confirmed import with_matches, without_done_marks
from zhixing.actions.desk import Desk, at_hand
from zhixing.actions.mending import made_ids, mended
from zhixing.actions.standing import standing
from zhixing.catalog import finding
from zhixing.errors import Problem, nearest
from zhixing.records import ImportReport, Node, Route, RouteImported, RouteText, Task
from zhixing.words import Language, say


@lru_cache(maxsize=16)
def _compiled(text: str, language: Language, route_id: str) -> tuple[Route, ImportReport]:
    from zhixing.roadmap.compiling import compile_route  # a parser: not needed when remembered

    return compile_route(text, language, route_id)


def compiled(written: RouteText, language: Language) -> tuple[Route, ImportReport]:
    """A route of the catalog in one language, the other if that half is missing."""
    language = language if language in written.texts else next(iter(written.texts))
    return _compiled(written.texts[language], language, written.id)


def route(desk: Desk, route_id: str, language: Language | None = None) -> Route:
    """A compiled route. Problem with the nearest id when there is none of that name.

    What was compiled once is remembered in the home, by its text and by the code that compiles.
    """
    own = standing(desk).imported.get(route_id)
    if own is not None and route_id not in desk.catalog.routes:
        return _own(desk, own)
    written = at_hand(desk, finding.route, route_id)
    wanted = language or desk.language
    if desk.shelf is not None:
        return desk.shelf.recall(
            ("route", wanted, *written.texts.items()), lambda: _from_cache(desk, written, wanted)
        )
    return _from_cache(desk, written, wanted)


def _own(desk: Desk, own: RouteImported) -> Route:
    """A route that the learner brought, in the language that it is in."""

    def made() -> Route:
        from zhixing.roadmap.wording import language_of

        written = RouteText(own.route, {(language := language_of(own.text)): own.text})
        found = _from_cache(desk, written, language)
        made = made_ids(found, own.mends)
        matches = {made.get(name, name): what for name, what in own.matches.items()}
        read = with_matches(_with_proposals(mended(found, own.mends), own), matches)
        return without_done_marks(read) if own.done_again else read

    if desk.shelf is not None:
        return desk.shelf.recall(("own route", own.id), made)
    return made()


def _with_proposals(read: Route, own: RouteImported) -> Route:
    """The route with the proposals that were kept with it, judged again: a newer version may read
    the text in another way."""
    if not own.proposals:
        return read
    from zhixing.roadmap.proposals import validate
    from zhixing.roadmap.proposed import with_proposals

    return with_proposals(read, validate(own.proposals, read)[0])


def all_routes(desk: Desk) -> tuple[str, ...]:
    """The ids of the catalog's routes, then of the learner's own that can be read."""
    own = (name for name in standing(desk).imported if name not in desk.catalog.routes)
    return (*desk.catalog.routes, *(name for name in own if _can_be_read(desk, name)))


def _can_be_read(desk: Desk, name: str) -> bool:
    try:
        route(desk, name)
    except Problem:  # kept by an older version, which read it in another way
        return False
    return True


def _from_cache(desk: Desk, written: RouteText, wanted: Language) -> Route:
    cache = desk.cache
    if cache is None:
        return compiled(written, wanted)[0]
    file = cache / f"route-{written.id}-{wanted}.bin"
    key = _key(written, wanted)
    known = _remembered(file, key)
    if known is None:
        known = compiled(written, wanted)[0]
        _remember(file, key, known)
    return known


def _key(written: RouteText, language: Language) -> bytes:
    total = hashlib.blake2b(f"{__version__}\0{language}\0{written.id}".encode(), digest_size=32)
    for name in sorted(written.texts):
        total.update(f"\0{name}\0{written.texts[name]}".encode("utf-8", "surrogatepass"))
    spec = find_spec("zhixing.roadmap")
    folders = [Path(place) for place in (spec.submodule_search_locations if spec else None) or ()]
    sources = [source for folder in folders for source in sorted(folder.glob("*.py"))]
    for source in (*sources, Path(records.__file__)):
        seen = source.stat()
        total.update(f"{seen.st_mtime_ns} {seen.st_size}".encode())
    return total.digest()


def _remembered(file: Path, key: bytes) -> Route | None:
    with suppress(OSError, msgspec.DecodeError, RecursionError):
        content = file.read_bytes()
        if content[: len(key)] == key:
            return msgspec.msgpack.decode(content[len(key) :], type=Route)
    return None


def _remember(file: Path, key: bytes, found: Route) -> None:
    """A folder that cannot be written to only costs time."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(key + msgspec.msgpack.encode(found))
        fresh.replace(file)
    except OSError:
        with suppress(OSError):
            fresh.unlink()


def place_of(found: Route, task: Task) -> tuple[Node, ...]:
    """The stage, week and day that a task stands in, from the outside in."""
    return next(_paths(found.root, task.id, ()), ())


def _paths(node: Node, task_id: str, above: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
    if node.task_kind is not None and node.id == task_id:
        yield above
    if node.kind in ("stage", "month", "week", "day"):
        above = (*above, node)
    for child in node.children:
        yield from _paths(child, task_id, above)


def criteria_of(found: Route, task: Task) -> tuple[str, ...]:
    """By what a route says that a task is done: what stands below it, then beside it in its unit;
    a criterion that is a task itself is none."""
    *above, own = next(_lines_to(found.root, task.id), (found.root,))
    said = [each.title for each in own.walk() if each.kind == "criterion" and each is not own]
    for holder in reversed(above):
        if holder.kind == "route" or said:
            break
        said = [each.title for beside in holder.children for each in _criteria_beside(beside)]
        if holder.kind in ("stage", "month", "week", "day"):
            break
    return tuple(dict.fromkeys(said))


def _lines_to(node: Node, task_id: str) -> Iterator[tuple[Node, ...]]:
    if node.task_kind is not None and node.id == task_id:
        yield (node,)
    for child in node.children:
        yield from ((node, *rest) for rest in _lines_to(child, task_id))


def _criteria_beside(node: Node) -> list[Node]:
    below = list(node.walk())
    if any(each.task_kind is not None for each in below):
        return []
    return [each for each in below if each.kind == "criterion"]


def plannable(found: Route) -> Route:
    """The route with only the tasks that state a length: the others are shown, never dated."""
    return replace(found, tasks=tuple(task for task in found.tasks if task.minutes > 0))


def short_id(found: Route, task_id: str) -> str:
    """A task's id as a person types it: without the route."""
    return task_id.removeprefix(f"{found.id}/")


def find_task(found: Route, typed: str, today: tuple[str, ...] = ()) -> Task:
    """The task that a person means: its id, its id without the route, a unique end of it, its
    title if no other has it, or its number on today's page (`today` lists those ids in order)."""
    if typed.isdecimal() and 1 <= int(typed) <= len(today):
        typed = today[int(typed) - 1]
    ids = {task.id: task for task in found.tasks}
    for candidate in (typed, f"{found.id}/{typed}"):
        if candidate in ids:
            return ids[candidate]
    ends = [task for task in found.tasks if task.id.endswith(typed)] if len(typed) > 2 else []
    title = typed.strip().casefold()
    for meant in (ends, [task for task in found.tasks if task.title.casefold() == title]):
        if len(meant) == 1:
            return meant[0]
    raise _no_task(found, typed, today)


def _no_task(found: Route, typed: str, today: tuple[str, ...]) -> Problem:
    short = [short_id(found, task.id) for task in found.tasks]
    close = nearest(typed, short)
    hint = say("`zhixing today` numbers today's tasks, `zhixing plan show --week 1` names others")
    if typed.isdecimal() and today:
        hint = say("today's tasks are 1 to {last}: `zhixing today` shows them", last=len(today))
    elif close:
        hint = say('did you mean "{nearest}"? `zhixing today` numbers today\'s', nearest=close)
    return Problem(
        say('there is no task "{typed}"', typed=typed), say("route {route}", route=found.id), hint
    )
