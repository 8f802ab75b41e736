"""Commands that say in two languages what they do.

click parses; this adds: help from `say` texts, the shared options after any subcommand, near misses
for mistyped names, and modules that are imported only when their command is typed.
"""

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from importlib import import_module
from typing import Any

import click

from zhixing.cli.params import shared_options
from zhixing.errors import Problem, did_you_mean
from zhixing.words import Language, Said, say

SPEAKS: ContextVar[Language] = ContextVar("SPEAKS", default="en")
"""The language of help pages; the door sets it before anything is parsed."""

Sections = Sequence[tuple[Said, Sequence[str]]]


class Command(click.Command):
    """A command; `about` is its one line, `more` what else there is to know."""

    def __init__(self, *arguments: Any, about: Said, more: Said | None = None, **options: Any):
        super().__init__(*arguments, **options)
        self.about, self.more = about, more
        self.params += shared_options()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it; words that are too many get a letter in the reader's language."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise Problem(
                say('"{words}" is more than this command takes', words=" ".join(rest)),
                ctx.command_path,
                say("`{command} --help` shows how it is used", command=ctx.command_path),
            )
        return rest

    def get_short_help_str(self, _limit: int = 45) -> str:
        return self.about.render(SPEAKS.get())

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from zhixing.cli.pages.help import help_page

        formatter.write(help_page(SPEAKS.get(), self, ctx.command_path, self.about, self.more))


class Group(click.Group):
    """A command of commands. `members` are names and where each lives: "module:attribute"."""

    def __init__(
        self, *arguments: Any, about: Said, members: Mapping[str, str], sections: Sections = (),
        more: Said | None = None, **options: Any,
    ):  # fmt: skip
        options.setdefault("no_args_is_help", False)  # a letter says it in fewer words
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

        path, sections = ctx.command_path, self.listed(ctx)
        page = help_page(SPEAKS.get(), self, path, self.about, self.more, sections)
        formatter.write(page)

    def listed(self, ctx: click.Context) -> list[tuple[Said, list[tuple[str, Said]]]]:
        """The commands, section by section, each with its one line."""
        found: list[tuple[Said, list[tuple[str, Said]]]] = []
        for title, names in self.sections or ((say("Commands"), tuple(self.members)),):
            commands = [(name, self.get_command(ctx, name)) for name in names]
            spoken = [(n, c.about) for n, c in commands if isinstance(c, Command | Group)]
            found.append((title, spoken))
        return found


def command(name: str, about: Said, more: Said | None = None) -> Callable[[Any], Command]:
    """A function of the door and its parameters as a command; it may return an exit code."""

    def made(function: Callable[..., int | None]) -> Command:
        found = click.command(name, cls=Command, about=about, more=more)(click.pass_obj(function))
        assert isinstance(found, Command)
        return found

    return made
