"""How a command is used, on paper."""

import io
from collections.abc import Iterator, Sequence

import click

from zhixing.cli.ink import Paper, Span
from zhixing.cli.params import SHARED, Argument, Option
from zhixing.words import Language, Said, say

Rows = Sequence[tuple[str, Said]]
WIDEST_NAME = 26


def help_page(
    language: Language,
    command: click.Command,
    path: str,
    about: Said,
    more: Said | None = None,
    sections: Sequence[tuple[Said, Rows]] = (),
) -> str:
    """The page that --help prints; `sections` are the commands of a group."""
    stream = io.StringIO()
    paper = Paper(stream, language)
    paper.gap()
    paper.exact((usage(command, path), "strong"))
    paper.gap()
    paper.say(about)
    if more is not None:
        paper.gap()
        paper.say(more)
    if rows := list(parameters(command)):
        paper.gap()
        _listed(paper, rows)
    for title, members in sections:
        paper.gap()
        paper.say((title, "quiet"))
        _listed(paper, members)
    paper.gap()
    shared = "--json, --home DIR, --lang zh|en, --help"
    paper.say((say("Every command takes {options}.", options=shared), "quiet"))
    paper.gap()
    return stream.getvalue()


def usage(command: click.Command, path: str) -> str:
    """The line that one types: arguments, own options, or COMMAND."""
    words = [path]
    for param in command.params:
        if isinstance(param, click.Argument):
            words.append(_metavar(param))
        elif _own(param):
            words.append(f"[{_signature(param)}]")
    if isinstance(command, click.Group):
        words.append("COMMAND")
    return " ".join(words)


def parameters(command: click.Command) -> Iterator[tuple[str, Said]]:
    """(how it is written, what it is) of a command's own arguments and options."""
    for param in command.params:
        if isinstance(param, Argument):
            yield _metavar(param), param.about
        elif isinstance(param, Option) and _own(param):
            yield _signature(param), param.about


def _own(param: click.Parameter) -> bool:
    return isinstance(param, click.Option) and param.opts[0] not in SHARED


def _signature(param: click.Parameter) -> str:
    """`--file F`, or `--again` for a flag."""
    value = "" if getattr(param, "is_flag", False) else f" {param.metavar or 'VALUE'}"
    return next(name for name in param.opts if name.startswith("--")) + value


def _metavar(param: click.Argument) -> str:
    name = param.metavar or (param.name or "").upper()
    return name if param.required or name.startswith("[") else f"[{name}]"


def _listed(paper: Paper, rows: Rows) -> None:
    width = min(WIDEST_NAME, max(paper.text(name).cell_len for name, _ in rows)) + 2
    for name, about in rows:
        mark: list[Span] = [(name.ljust(width), "strong")]
        if len(name) >= width:
            paper.exact((name, "strong"))
            mark = [" " * width]
        paper.entry(mark, about)
