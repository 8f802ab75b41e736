"""Letters on stderr: from a Problem, or from what click found wrong with the words typed."""

import sys
from collections.abc import Sequence
from typing import IO

import click

from zhixing.cli.door import Door
from zhixing.cli.plain import write_json
from zhixing.errors import Letter, Problem, did_you_mean
from zhixing.words import Said, Sayable, say

NO_COMMAND = "Missing command."
"""How click says that a group was typed alone; it has no kind of its own for it."""


def letters_of(trouble: Problem | click.ClickException) -> tuple[Letter, ...]:
    """What a person can mend about it: one letter or several."""
    if isinstance(trouble, Problem):
        return trouble.letters
    context = trouble.ctx if isinstance(trouble, click.UsageError) else None
    path = context.command_path if context else "zhixing"
    usage = say("`{command} --help` shows how it is used", command=path)
    return (Letter(_what(trouble), path, _next(trouble, path) or usage),)


def _what(trouble: click.ClickException) -> Said:
    match trouble:
        case click.NoSuchOption():
            return say("there is no option {name} here", name=trouble.option_name)
        case click.MissingParameter():
            return say("{name} is missing", name=_name(trouble.param))
        case click.BadOptionUsage() if "does not take" in trouble.message:
            return say("{name} takes no value", name=trouble.option_name)
        case click.BadOptionUsage():
            return say("{name} needs a value", name=trouble.option_name)
        case click.BadParameter():
            reason = trouble.message
            return say("{name} does not fit: {reason}", name=_name(trouble.param), reason=reason)
        case click.UsageError() if trouble.message == NO_COMMAND:
            return say("which command?")
        case _:
            return say("{message}", message=trouble.format_message())


def _next(trouble: click.ClickException, path: str) -> Sayable | None:
    if isinstance(trouble, click.NoSuchOption) and trouble.ctx is not None:
        known = [name for param in trouble.ctx.command.params for name in param.opts]
        options = [name for name in known if name.startswith("-")]
        return did_you_mean(trouble.option_name, options, f"{path} --help")
    if isinstance(trouble, click.UsageError) and trouble.message == NO_COMMAND and trouble.ctx:
        group = trouble.ctx.command
        assert isinstance(group, click.Group), "only a group wants a command"
        return say(
            "there are: {names}",
            names=", ".join(f"`{name}`" for name in group.list_commands(trouble.ctx)),
        )
    return None


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return "?"
    return param.opts[-1] if isinstance(param, click.Option) else param.make_metavar(_no_context())


def _no_context() -> click.Context:
    return click.Context(click.Command("zhixing"))


def write_letters(letters: Sequence[Letter], door: Door, stream: IO[str]) -> None:
    """what · where · next step, a line a letter; on a terminal set for reading; or as JSON."""
    language = door.language
    if door.as_json:
        write_json({"problems": [plain_letter(letter, door) for letter in letters]}, stream)
    elif stream.isatty():
        from zhixing.cli.ink import Paper
        from zhixing.cli.pages.letters import letters_page

        letters_page(Paper(stream, language), letters)
    else:
        sys.stdout.flush()
        for letter in letters:
            print(letter.render(language), file=stream)


def plain_letter(letter: Letter, door: Door) -> dict[str, str]:
    """A letter as programs read it, in the language of the call."""
    where = letter.where if isinstance(letter.where, str) else letter.where.render(door.language)
    return {
        "what": letter.what.render(door.language),
        "where": where,
        "next_step": letter.next_step.render(door.language),
    }
