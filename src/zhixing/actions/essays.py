"""Essays: what a machine can count in a text, and handing it in with its writer's own ratings.

Nothing here says that an essay is good. It says what is missing, and which of its numbers stand in
something that ran.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zhixing.actions import answers, numbers
from zhixing.actions.counting import Count, count_of
from zhixing.actions.desk import DATABASE, Desk
from zhixing.actions.labs import named, part_names, tasks_of
from zhixing.actions.leads import answer_file
from zhixing.actions.standing import Standing, standing
from zhixing.catalog.values import near_or_all
from zhixing.errors import Letter, Problem
from zhixing.records import Essay, EssayHandedIn, Lab, TaskDone
from zhixing.words import LANGUAGES, Language, say

LONGEST = 1024 * 1024
"""Bytes of a text that is handed in."""

RATINGS = ("yes", "partly", "no")


@dataclass(frozen=True, slots=True)
class Counted:
    """What a machine can see in an essay. `letters` are Chinese characters or words, beside the
    template's own; `headings_missing` are headings of the template that are gone, `headings_empty`
    those below which nothing was written; `placeholders` are lines, from 1, with a … still in them.
    `numbers` are the different numbers of the text that stand in a recorded run,
    `numbers_unknown` the others. `complete` when nothing is missing."""

    language: Language
    letters: int
    letters_wanted: int
    headings_missing: tuple[str, ...]
    headings_empty: tuple[str, ...]
    placeholders: tuple[int, ...]
    numbers: tuple[str, ...]
    numbers_unknown: tuple[str, ...]
    numbers_wanted: int
    complete: bool


def essay_file(desk: Desk, lab: Lab) -> Path:
    """Where the learner's essay lies, once it was started."""
    return answer_file(desk, lab.id)


def text_of(desk: Desk, lab: Lab) -> str:
    """The essay as it stands; before it was started, its template."""
    return answers.read(desk, lab) or essay_of(lab).template.render(desk.language)


def essay_of(lab: Lab) -> Essay:
    """What the essay asks for. Problem for a lab that is none."""
    if lab.essay is None:
        raise Problem(
            say("{lab} is no essay", lab=lab.id),
            say("lab {lab}", lab=lab.id),
            say("`zhixing check {lab}` runs it", lab=lab.id),
        )
    return lab.essay


def counted(desk: Desk, lab: Lab, text: str) -> Counted:
    """What is there and what is missing. The language is that of the template whose headings the
    text keeps, whatever the desk speaks."""
    essay = essay_of(lab)
    language, count = _count(desk, essay, text)
    known = numbers.recorded(_outputs(standing(desk)))
    stated = numbers.stated(count.words)
    found = tuple(one.text for one in stated if known.holds(one))
    wanted = essay.letters[language]
    short = count.letters < wanted or len(found) < essay.numbers
    return Counted(
        language=language,
        letters=count.letters,
        letters_wanted=wanted,
        headings_missing=count.missing,
        headings_empty=count.empty,
        placeholders=count.placeholders,
        numbers=found,
        numbers_unknown=tuple(one.text for one in stated if one.text not in found),
        numbers_wanted=essay.numbers,
        complete=not (short or count.missing or count.empty or count.placeholders),
    )


def _count(desk: Desk, essay: Essay, text: str) -> tuple[Language, Count]:
    """The count against the template that fits best; the desk's own where both fit alike."""
    languages = sorted(LANGUAGES, key=lambda one: one != desk.language)
    counts = [(one, count_of(text, essay.template.render(one), one)) for one in languages]
    return min(counts, key=lambda pair: len(pair[1].missing))


def _outputs(now: Standing) -> list[str]:
    """What runs of this learner printed: cells, and answers that were checked."""
    return [cell.output for cell in now.cells] + [a.verdict.output for a in now.attempts]


# --- handing in ---------------------------------------------------------------------------------


def hand_in(desk: Desk, lab_id: str, text: str, ratings: Mapping[str, str]) -> EssayHandedIn:
    """Remember the text and what its writer says of it. When it is complete and no rating is "no",
    the tasks of the route that name the essay are done, by self-review. Problem for ratings that
    do not fit the rubric, for a text over 1 MiB, and where there is no home."""
    lab, _ = named(desk, lab_id)
    essay = essay_of(lab)
    _refuse(desk, lab, essay, text, ratings)
    complete = counted(desk, lab, text).complete
    made = desk.stamp()
    handed = EssayHandedIn(
        id=made[0],
        learner=made[1],
        at=made[2],
        lab=lab.id,
        text=text,
        ratings=dict(ratings),
        complete=complete,
    )
    finished = _newly_done(desk, lab) if complete and "no" not in ratings.values() else ()
    desk.store.append(handed, *finished)
    return handed


def _refuse(desk: Desk, lab: Lab, essay: Essay, text: str, ratings: Mapping[str, str]) -> None:
    letters = _rating_letters(lab, essay, ratings)
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST:
        step = say("an essay is words: leave data and pictures out of it")
        letters.append(Letter(say("the essay is over 1 MiB"), lab.id, step))
    if not (desk.settings.home / DATABASE).exists():
        what = say("there is no home yet that could remember it")
        letters.append(Letter(what, str(desk.settings.home), say("`zhixing init` makes one")))
    if letters:
        raise Problem.of(letters)


def _rating_letters(lab: Lab, essay: Essay, ratings: Mapping[str, str]) -> list[Letter]:
    """A letter for each rating that is none of the rubric's, or is missing."""
    where = say("the rubric of {lab}", lab=lab.id)
    known = [item.id for item in essay.rubric]
    letters = [
        Letter(say('the rubric does not ask "{item}"', item=item), where, near_or_all(item, known))
        for item in ratings
        if item not in known
    ]
    for item in essay.rubric:
        answer = ratings.get(item.id)
        if answer is None:
            what = say('"{item}" is not answered: {ask}', item=item.id, ask=item.ask)
            step = say("answer it honestly: yes, partly or no (--rate {item}=yes)", item=item.id)
            letters.append(Letter(what, where, step))
        elif answer not in RATINGS:
            what = say('"{answer}" does not answer "{item}"', answer=answer, item=item.id)
            letters.append(Letter(what, where, say("say yes, partly or no")))
    return letters


def _newly_done(desk: Desk, lab: Lab) -> tuple[TaskDone, ...]:
    now = standing(desk)
    found = []
    for task in tasks_of(desk, now, lab, part_names(lab)):
        if task not in now.done:
            made = desk.stamp()
            minutes = now.timed_minutes(task, desk.now())
            found.append(
                TaskDone(
                    id=made[0],
                    learner=made[1],
                    at=made[2],
                    task=task,
                    minutes=minutes,
                    by="self-review",
                )
            )
    return tuple(found)


def tasks_finished(desk: Desk, lab: Lab) -> tuple[str, ...]:
    """The tasks that this essay names and that are done."""
    now = standing(desk)
    return tuple(task for task in tasks_of(desk, now, lab, part_names(lab)) if task in now.done)
