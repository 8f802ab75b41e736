"""Arguments and options that say what they are in two languages; and those all commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhixing.cli.door import Door
from zhixing.errors import Problem
from zhixing.words import LANGUAGES, Said, say

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Option(click.Option):
    """An option with its help in two languages."""

    def __init__(self, *arguments: Any, about: Said, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.about = about


class Argument(click.Argument):
    """An argument that says what it takes."""

    def __init__(self, *arguments: Any, about: Said, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.about = about


def option(*names: str, about: Said, **options: Any) -> Callable[[Any], Any]:
    return click.option(*names, cls=Option, about=about, **options)


def argument(name: str, about: Said, **options: Any) -> Callable[[Any], Any]:
    return click.argument(name, cls=Argument, about=about, **options)


# --- the shared options -------------------------------------------------------------------------


def shared_options() -> list[click.Parameter]:
    """--json, --home and --lang, which every command takes."""
    return [
        Option(
            ["--json"],
            about=say("print one JSON document"),
            is_flag=True,
            expose_value=False,
            callback=_json,
        ),
        Option(
            ["--home"],
            about=say("the folder that holds your work"),
            metavar="DIR",
            type=HomeType(path_type=Path),
            expose_value=False,
            callback=_home,
        ),
        Option(
            ["--lang"],
            about=say("the language of this call"),
            metavar="zh|en",
            type=LanguageType(),
            expose_value=False,
            callback=_lang,
        ),
    ]


SHARED = ("--json", "--home", "--lang")


class HomeType(click.Path):
    """A folder; an empty name, which a script's unset variable gives, is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value).strip():
            raise Problem(
                say("the name of the home is empty"),
                say("flag --{name}", name="home"),
                say("name a folder, or leave the flag out"),
            )
        return super().convert(value, param, ctx)


class LanguageType(click.ParamType[str]):
    """zh or en."""

    name = "language"

    def convert(self, value: Any, _param: object, _ctx: object) -> str:
        if value not in LANGUAGES:
            raise Problem(
                say('"{value}" is not a language here', value=value),
                say("flag --{name}", name="lang"),
                say('it takes "zh" or "en"'),
            )
        return str(value)

    def shell_complete(
        self, _ctx: object, _param: object, _incomplete: str
    ) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        return [CompletionItem(language) for language in LANGUAGES]


def _door(ctx: click.Context) -> Door:
    door = ctx.find_object(Door)
    assert door is not None, "main gives every call its door"
    return door


def _json(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        _door(ctx).as_json = True


def _home(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        _door(ctx).home = value


def _lang(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        _door(ctx).asked_language = value
