"""Commands that know how they are called and say so in two languages.

click parses; this adds: help from `say` texts, the shared options after any subcommand, near misses
for mistyped names, and modules that are imported only when their command is typed.
"""

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhixing.cli.door import Door
from zhixing.errors import Problem, did_you_mean
from zhixing.words import LANGUAGES, Language, Said, say

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

SPEAKS: ContextVar[Language] = ContextVar("SPEAKS", default="en")
"""The language of help pages; the door sets it before anything is parsed."""

Sections = Sequence[tuple[Said, Sequence[str]]]


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


class Command(click.Command):
    """A command; `about` is its one line, `more` what else there is to know."""

    def __init__(self, *arguments: Any, about: Said, more: Said | None = None, **options: Any):
        super().__init__(*arguments, **options)
        self.about, self.more = about, more
        self.params += shared_options()

    def get_short_help_str(self, _limit: int = 45) -> str:
        return self.about.render(SPEAKS.get())

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from zhixing.cli.pages.help import help_page

        formatter.write(help_page(self, ctx, SPEAKS.get()))


class Group(click.Group):
    """A command of commands. `members` are names and where each lives: "module:attribute"."""

    def __init__(
        self, *arguments: Any, about: Said, members: Mapping[str, str], sections: Sections = (),
        more: Said | None = None, **options: Any,
    ):  # fmt: skip
        super().__init__(*arguments, **options)
        self.about, self.more, self.members, self.sections = about, more, members, sections
        self.params += shared_options()

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self.members)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.members:
            return None
        module, _, attribute = self.members[name].partition(":")
        found = getattr(import_module(module), attribute)
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.members and not ctx.resilient_parsing:
            if args[0].startswith("-"):
                raise click.NoSuchOption(args[0], ctx=ctx)
            raise Problem(
                say('there is no command "{name}"', name=args[0]),
                ctx.command_path,
                did_you_mean(args[0], self.members, f"{ctx.command_path} --help"),
            )
        return super().resolve_command(ctx, args)

    def get_short_help_str(self, _limit: int = 45) -> str:
        return self.about.render(SPEAKS.get())

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from zhixing.cli.pages.help import help_page

        formatter.write(help_page(self, ctx, SPEAKS.get()))


def command(name: str, about: Said, more: Said | None = None) -> Callable[[Any], Command]:
    """A function of the door and its parameters as a command; it may return an exit code."""

    def made(function: Callable[..., int | None]) -> Command:
        found = click.command(name, cls=Command, about=about, more=more)(click.pass_obj(function))
        assert isinstance(found, Command)
        return found

    return made


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
            type=click.Path(path_type=Path),
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
