"""The built-in routes as the planner gets them, and longer ones made by repeating them."""

from dataclasses import replace
from itertools import count

from zhixing.actions.joining import joined
from zhixing.actions.routes import compiled, plannable
from zhixing.catalog.packs import pack_folders
from zhixing.catalog.reading import read_catalog
from zhixing.records import Route, Task


def real_routes() -> dict[str, Route]:
    """Every built-in route in English, joined to the catalog."""
    catalog = read_catalog(pack_folders(()))[0]
    return {
        name: joined(plannable(compiled(text, "en")[0]), catalog).route
        for name, text in sorted(catalog.routes.items())
    }


def of_tasks(routes: dict[str, Route], size: int) -> Route:
    """One route of `size` tasks: all routes one after another, again and again, with their needs,
    without weeks: everything has to be packed."""
    tasks: list[Task] = []
    for turn in count():
        for name, route in routes.items():
            for task in route.tasks:
                tasks.append(again(task, turn, name))
                if len(tasks) == size:
                    return replace(routes["full-roadmap"], tasks=tuple(tasks))
    raise AssertionError


def again(task: Task, turn: int, route: str) -> Task:
    """A task for the nth time; what recurs does so once in all."""
    return replace(
        task, id=f"{task.id}~{turn}", needs=tuple(f"{need}~{turn}" for need in task.needs),
        stage=f"{turn} {route} {task.stage}", week=0, day=0,
        recurring="" if turn else task.recurring,
    )  # fmt: skip
