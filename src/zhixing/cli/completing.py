"""What the shell offers after Tab: ids of labs, routes and skills, numbers of today's tasks.

Cheap and silent: whatever is wrong here is said by the command itself, when it is typed.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from zhixing.actions.desk import Desk
from zhixing.cli.door import Door
from zhixing.errors import Problem

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMPLETE = "_ZHIXING_COMPLETE"
"""The variable in which the shell asks."""

Completion = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def offered(of: Callable[[Desk], Iterable[tuple[str, str]]]) -> Completion:
    """A completion from (word, remark) pairs that a desk gives."""

    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        door = ctx.find_object(Door)
        if door is None:
            return []
        try:
            with door.desk() as desk:
                pairs = list(of(desk))
        except (Problem, OSError):
            return []
        return [CompletionItem(w, help=r) for w, r in pairs if w.startswith(incomplete)]

    return complete


def lab_ids(desk: Desk) -> Iterable[tuple[str, str]]:
    for lab in desk.catalog.labs.values():
        yield lab.id, lab.title.render(desk.language)


def brief_ids(desk: Desk) -> Iterable[tuple[str, str]]:
    for brief in desk.catalog.briefs.values():
        yield brief.id, brief.title.render(desk.language)


def lab_references(desk: Desk) -> Iterable[tuple[str, str]]:
    """Labs and their parts: dl-softmax-ce, dl-softmax-ce#stable …"""
    for lab in desk.catalog.labs.values():
        yield lab.id, lab.title.render(desk.language)
        for part in lab.parts:
            yield f"{lab.id}#{part.name}", part.title.render(desk.language)


def route_ids(desk: Desk) -> Iterable[tuple[str, str]]:
    return ((name, "") for name in desk.catalog.routes)


def skill_ids(desk: Desk) -> Iterable[tuple[str, str]]:
    for skill in desk.catalog.skills.values():
        yield skill.id, skill.title.render(desk.language)


def task_numbers(desk: Desk) -> Iterable[tuple[str, str]]:
    from zhixing.actions.days import today

    page = today(desk)
    return ((str(line.number), line.task.title) for line in page.lines or page.ahead)
