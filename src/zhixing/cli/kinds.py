"""Kinds of values on the command line: days, hours, minutes, words; each says what would fit."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from zhixing.cli.door import Door
from zhixing.errors import Problem, nearest
from zhixing.words import Said, say

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

NOTHING = "none"


class Kind(click.ParamType[Any]):
    """A value that a person types; a misfit is a Problem with a next step."""

    def misfit(self, value: object, param: click.Parameter | None, step: Said) -> Problem:
        name = param.opts[-1] if param is not None else self.name
        return Problem(say('"{value}" does not fit', value=value), str(name), step)


class DayKind(Kind):
    """A date, YYYY-MM-DD, or the words today and tomorrow."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        door = ctx.find_object(Door) if ctx else None
        if door is not None and value in ("today", "tomorrow", "今天", "明天"):
            ahead = timedelta(days=int(value in ("tomorrow", "明天")))
            return door.now().date() + ahead
        try:
            found = date.fromisoformat(value)
        except ValueError as trouble:
            raise self.misfit(
                value, param, say("write a date as 2026-12-07, or today")
            ) from trouble
        if not 2000 <= found.year <= 2200:
            raise self.misfit(value, param, say("a date between 2000 and 2200 is meant"))
        return found


class DayOrNoneKind(DayKind):
    """A date, or "none": what was set goes."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == NOTHING:
            return NOTHING
        try:
            return super().convert(value, param, ctx)
        except Problem as problem:
            if nearest(str(value), [NOTHING]):
                raise self.misfit(value, param, say('did you mean "none"?')) from problem
            raise


class NumberKind(Kind):
    """A number from `low` to `high`; whole, unless `fraction`."""

    name = "number"

    def __init__(self, low: float, high: float, *, fraction: bool = False) -> None:
        self.low, self.high, self.fraction = low, high, fraction

    def convert(self, value: Any, param: click.Parameter | None, _ctx: object) -> Any:
        try:
            found = float(value) if self.fraction else int(value)
        except (ValueError, OverflowError):
            found = None
        if found is None or not self.low <= found <= self.high:
            low, high = f"{self.low:g}", f"{self.high:g}"
            step = say("a whole number from {low} to {high} is wanted", low=low, high=high)
            if self.fraction:
                step = say("a number from {low} to {high} is wanted", low=low, high=high)
            raise self.misfit(value, param, step)
        return found


class WordKind(Kind):
    """One of a few words."""

    name = "word"

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)

    def convert(self, value: Any, param: click.Parameter | None, _ctx: object) -> str:
        if value not in self.words:
            step = say("there are: {names}", names=", ".join(self.words))
            if close := nearest(str(value), self.words):
                step = say('did you mean "{nearest}"?', nearest=close)
            raise self.misfit(value, param, step)
        return str(value)

    def shell_complete(
        self, _ctx: object, _param: object, incomplete: str
    ) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in self.words if word.startswith(incomplete)]
