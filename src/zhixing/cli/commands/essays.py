"""check, for an essay: count what is there, then take its writer's word on the rest."""

from collections.abc import Mapping
from pathlib import Path

import click

from zhixing.actions import essays, labs
from zhixing.actions.answer_texts import answer_text
from zhixing.actions.days import after_passing, named_task
from zhixing.actions.desk import DATABASE, Desk
from zhixing.actions.essays import RATINGS, Counted
from zhixing.cli.door import Door
from zhixing.cli.pages.essays import asked_page, counted_page, rated_page
from zhixing.cli.plain import plain
from zhixing.errors import Problem
from zhixing.records import Essay, Lab, RubricItem
from zhixing.words import say

NOT_COMPLETE = 1
MEANS = {"yes": "yes", "y": "yes", "是": "yes", "partly": "partly", "p": "partly", "部分": "partly",
         "no": "no", "n": "no", "否": "no"}  # fmt: skip


def check_essay(
    door: Door, desk: Desk, reference: str, file: Path | None, rated: tuple[str, ...], *, runs: bool
) -> int:
    """Count the essay; with ratings, or from a person who is there, hand it in. `runs` says that
    something was asked for which only labs that run have."""
    lab, _ = labs.named(desk, reference)
    if runs:
        raise Problem(
            say("an essay does not run: there is nothing to watch or to repeat"),
            lab.id,
            say("`zhixing check {lab}` counts it", lab=lab.id),
        )
    essay = essays.essay_of(lab)
    place = file or essays.essay_file(desk, lab)
    text = answer_text(place, lab)
    counted = essays.counted(desk, lab, text)
    ratings = _said(rated)
    if not door.as_json:
        counted_page(door.paper(), lab, counted)
    if not ratings and counted.complete and door.can_ask and _at_home(desk):
        ratings = _asked(door, essay)
    before = essays.tasks_finished(desk, lab)
    if ratings:
        essays.hand_in(desk, lab.id, text, ratings)
    done = [task for task in essays.tasks_finished(desk, lab) if task not in before]
    _show(door, desk, lab, counted, ratings, done)
    return 0 if counted.complete else NOT_COMPLETE


def _show(
    door: Door,
    desk: Desk,
    lab: Lab,
    counted: Counted,
    ratings: Mapping[str, str],
    done: list[str],
) -> None:
    data = {
        "lab": lab.id,
        **{name: getattr(counted, name) for name in Counted.__slots__},
        "ratings": dict(ratings),
        "handed_in": bool(ratings),
        "tasks_done": done,
    }
    titles = [named_task(desk, task).title for task in done]
    then = after_passing(desk, lab.id) if counted.complete else f"zhixing check {lab.id}"
    if ratings:
        door.show(lambda: plain(data), lambda paper: rated_page(paper, lab, ratings, titles, then))
    else:
        home = _at_home(desk)
        door.show(lambda: plain(data), lambda paper: asked_page(paper, lab, counted, home))


def _at_home(desk: Desk) -> bool:
    return (desk.settings.home / DATABASE).exists()


def _said(rated: tuple[str, ...]) -> dict[str, str]:
    """item=yes, as often as it was given. Raises Problem for what is not of that form."""
    ratings: dict[str, str] = {}
    for one in rated:
        item, equals, word = one.partition("=")
        if not equals:
            raise Problem(
                say('"{value}" does not fit', value=one),
                "--rate",
                say("write it as --rate item=yes, with yes, partly or no"),
            )
        ratings[item.strip()] = MEANS.get(word.strip().lower(), word.strip())
    return ratings


def _asked(door: Door, essay: Essay) -> dict[str, str]:
    """An answer to each item of the rubric, from the person who is there."""
    return {item.id: _answer(door, item) for item in essay.rubric}


def _answer(door: Door, item: RubricItem) -> str:
    words = say("yes / partly / no").render(door.language)
    question = f"  {item.ask.render(door.language)} [{words}]"
    while True:
        typed = str(click.prompt(question, type=str)).strip().lower()
        if typed in MEANS:
            return MEANS[typed]
        click.echo(say("answer {words}", words=", ".join(RATINGS)).render(door.language))
