"""What does a statement say, and which hints stand at its end? Markdown in, text and ladders out.

A ladder is `### check_name` under `## Hints` or `## 提示`, with one numbered item a rung.
A name for people may follow: `### check_name · Its name`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from zhixing.catalog.markdown import lines_of
from zhixing.catalog.places import at
from zhixing.catalog.values import near_or_all
from zhixing.catalog.vocabulary import RUNGS
from zhixing.errors import Letter
from zhixing.words import say

_LADDERS: Final = re.compile(r"##\s+(?:Hints|提示)\s*")
_CHECK: Final = re.compile(r"###\s+(.+?)\s*")
_RUNG: Final = re.compile(r"\d+[.)]\s+(.*)")


@dataclass(frozen=True, slots=True)
class Ladder:
    """The hints of one check; `line` is that of its heading. `title` is what people call it,
    None where the heading does not say."""

    check: str
    line: int
    rungs: tuple[str, ...]
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    text: str
    ladders: tuple[Ladder, ...]


def statement_of(markdown: str) -> Statement:
    """The text above the hints, and the ladders in order."""
    head: list[str] = []
    tail: list[tuple[int, str, bool]] = []
    below = False
    for number, line, code in lines_of(markdown):
        below = below or (not code and _LADDERS.fullmatch(line) is not None)
        if below:
            tail.append((number, line, code))
        else:
            head.append(line)
    return Statement("\n".join(head).strip() + "\n", tuple(_ladders(tail)))


def _ladders(lines: list[tuple[int, str, bool]]) -> Iterator[Ladder]:
    check, title, start, rungs = "", None, 0, list[list[str]]()
    for number, line, code in lines:
        heading = None if code else _CHECK.fullmatch(line)
        item = None if code else _RUNG.fullmatch(line)
        if heading:
            if check:
                yield Ladder(check, start, _texts(rungs), title)
            (check, title), start, rungs = _named(heading[1]), number, []
        elif item and check:
            rungs.append([item[1]])
        elif rungs:
            rungs[-1].append(line)
    if check:
        yield Ladder(check, start, _texts(rungs), title)


def _named(heading: str) -> tuple[str, str | None]:
    """The check of a heading, and its name for people: None without one, "" where it is empty."""
    check, dot, title = heading.partition("·")
    return check.strip().strip("`"), title.strip() if dot else None


def _texts(rungs: list[list[str]]) -> tuple[str, ...]:
    """Each rung as Markdown of its own: what is indented under its number moves to the left."""
    return tuple("\n".join([first, *_outdented(rest)]).strip() for first, *rest in rungs)


def _outdented(lines: list[str]) -> list[str]:
    widths = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
    return [line[min(widths, default=0) :] for line in lines]


def ladder_letters(file: str, ladders: tuple[Ladder, ...], checks: tuple[str, ...]) -> list[Letter]:
    """What is wrong with the ladders of one language: every check has one, of four rungs."""
    if not ladders:
        next_step = say("add `## Hints` or `## 提示`, and below it `### name` of each check")
        return [Letter(say("there are no hints"), at(file), next_step)]
    letters = []
    seen: set[str] = set()
    for ladder in ladders:
        place = at(file, ladder.line)
        if ladder.check not in checks:
            what = say('no check is called "{name}"', name=ladder.check)
            letters.append(Letter(what, place, near_or_all(ladder.check, checks)))
        elif ladder.check in seen:
            what = say('check "{name}" has a second ladder', name=ladder.check)
            letters.append(Letter(what, place, say("join the two")))
        elif len(ladder.rungs) != RUNGS:
            letters.append(_wrong_count(ladder, file))
        if ladder.title == "":
            letters.append(_without_name(ladder, file))
        seen.add(ladder.check)
    letters += [
        Letter(
            say('check "{name}" has no hints', name=check),
            at(file),
            say("add `### {name}` with four numbered hints under the heading of hints", name=check),
        )
        for check in checks
        if check not in seen
    ]
    return letters


def _wrong_count(ladder: Ladder, file: str) -> Letter:
    return Letter(
        say(
            'check "{name}" has {count} hints instead of {wanted}',
            name=ladder.check,
            count=len(ladder.rungs),
            wanted=RUNGS,
        ),
        at(file, ladder.line),
        say("four rungs: goal, idea with a reading, next step, a worked sub-step"),
    )


def _without_name(ladder: Ladder, file: str) -> Letter:
    return Letter(
        say('nothing stands after the · of check "{name}"', name=ladder.check),
        at(file, ladder.line),
        say("say in a few words what holds, or take the · out"),
    )


def hints_of(zh: Statement, en: Statement) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """hints[check][language], the first ladder of a check counts."""
    hints: dict[str, dict[str, tuple[str, ...]]] = {}
    for language, statement in (("zh", zh), ("en", en)):
        for ladder in statement.ladders:
            hints.setdefault(ladder.check, {}).setdefault(language, ladder.rungs)
    return hints


def titles_of(zh: Statement, en: Statement) -> Mapping[str, Mapping[str, str]]:
    """titles[check][language], where a ladder says one; the first that does counts."""
    titles: dict[str, dict[str, str]] = {}
    for language, statement in (("zh", zh), ("en", en)):
        for ladder in statement.ladders:
            if ladder.title:
                titles.setdefault(ladder.check, {}).setdefault(language, ladder.title)
    return titles
