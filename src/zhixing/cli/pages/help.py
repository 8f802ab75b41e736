"""How a command is used, on paper."""

import io
from collections.abc import Iterator

import click

from zhixing.cli.ink import Paper, Span
from zhixing.cli.speaking import SHARED, Argument, Command, Group, Option
from zhixing.words import Language, Said, say


def help_page(command: Command | Group, ctx: click.Context, language: Language) -> str:
    """The page that --help prints."""
    stream = io.StringIO()
    paper = Paper(stream, language)
    paper.gap()
    paper.exact((usage(command, ctx.command_path), "strong"))
    paper.gap()
    paper.say(command.about)
    if command.more is not None:
        paper.gap()
        paper.say(command.more)
    if rows := list(parameters(command)):
        paper.gap()
        _listed(paper, rows)
    if isinstance(command, Group):
        _members(paper, command, ctx)
    paper.gap()
    paper.say((say("Every command takes {options}.", options=shared()), "quiet"))
    paper.gap()
    return stream.getvalue()


def usage(command: click.Command, path: str) -> str:
    """The line that one types: arguments, own options, or COMMAND."""
    words = [path]
    for param in command.params:
        if isinstance(param, click.Argument):
            words.append(metavar(param))
        elif own(param):
            words.append(f"[{' '.join(signature(param))}]")
    if isinstance(command, Group):
        words.append("COMMAND")
    return " ".join(words)


def parameters(command: click.Command) -> Iterator[tuple[str, Said]]:
    """(how it is written, what it is) of a command's own arguments and options."""
    for param in command.params:
        if isinstance(param, Argument):
            yield metavar(param), param.about
        elif isinstance(param, Option) and own(param):
            yield " ".join(signature(param)), param.about


def own(param: click.Parameter) -> bool:
    return isinstance(param, click.Option) and param.opts[0] not in SHARED


def signature(param: click.Parameter) -> tuple[str, ...]:
    """("--file", "F"), or ("--again",) for a flag."""
    value = () if getattr(param, "is_flag", False) else (param.metavar or "VALUE",)
    return (param.opts[-1], *value)


def metavar(param: click.Argument) -> str:
    name = param.metavar or (param.name or "").upper()
    return name if param.required or name.startswith("[") else f"[{name}]"


def shared() -> str:
    return "--json, --home DIR, --lang zh|en, --help"


def _listed(paper: Paper, rows: list[tuple[str, Said]]) -> None:
    width = min(26, max(paper.text(name).cell_len for name, _ in rows)) + 2
    for name, about in rows:
        mark: list[Span] = [(name.ljust(width), "strong")]
        if len(name) >= width:
            paper.exact((name, "strong"))
            mark = [" " * width]
        paper.entry(mark, about)


def _members(paper: Paper, group: Group, ctx: click.Context) -> None:
    sections = group.sections or ((say("Commands"), tuple(group.members)),)
    for title, names in sections:
        paper.gap()
        paper.say((title, "quiet"))
        found = [(name, group.get_command(ctx, name)) for name in names]
        _listed(paper, [(n, c.about) for n, c in found if isinstance(c, Command | Group)])
