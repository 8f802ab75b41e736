"""Routes: texts of the catalog, compiled; tasks found by what a person types."""

from functools import lru_cache

from zhixing.actions.desk import Desk
from zhixing.catalog import finding
from zhixing.errors import Problem, nearest
from zhixing.records import ImportReport, Route, RouteText, Task
from zhixing.roadmap.compiling import compile_route
from zhixing.words import Language, say


@lru_cache(maxsize=16)
def _compiled(text: str, language: Language, route_id: str) -> tuple[Route, ImportReport]:
    return compile_route(text, language, route_id)


def compiled(written: RouteText, language: Language) -> tuple[Route, ImportReport]:
    """A route of the catalog in one language, the other if that half is missing."""
    language = language if language in written.texts else next(iter(written.texts))
    return _compiled(written.texts[language], language, written.id)


def route(desk: Desk, route_id: str, language: Language | None = None) -> Route:
    """A compiled route. Problem with the nearest id when there is none of that name."""
    return compiled(finding.route(desk.catalog, route_id), language or desk.language)[0]


def find_task(found: Route, typed: str, today: tuple[str, ...] = ()) -> Task:
    """The task that a person means: its id, its id without the route, a unique end of it, or its
    number on today's page (`today` lists those ids in order)."""
    if typed.isdigit() and 1 <= int(typed) <= len(today):
        typed = today[int(typed) - 1]
    ids = {task.id: task for task in found.tasks}
    for candidate in (typed, f"{found.id}/{typed}"):
        if candidate in ids:
            return ids[candidate]
    ends = [task for task in found.tasks if task.id.endswith(typed)] if len(typed) > 2 else []
    if len(ends) == 1:
        return ends[0]
    short = [task_id.removeprefix(f"{found.id}/") for task_id in ids]
    close = nearest(typed, short)
    hint = say('did you mean "{nearest}"? `zhixing plan show` lists them all', nearest=close)
    raise Problem(
        say('there is no task "{typed}"', typed=typed),
        say("route {route}", route=found.id),
        hint if close else say("`zhixing plan show` lists them all"),
    )
