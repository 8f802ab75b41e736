"""settings, doctor, completion: the house around the learning."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from zhixing.actions.desk import Desk
from zhixing.cli.completing import COMPLETE
from zhixing.cli.door import CLOCK, NOWHERE, Door
from zhixing.cli.kinds import WordKind
from zhixing.cli.params import argument, option
from zhixing.cli.plain import plain
from zhixing.cli.speaking import command
from zhixing.errors import Problem
from zhixing.settings import NAMES, Settings, read_settings, write_setting
from zhixing.words import say

UNWELL = 1


@command(
    "settings",
    about=say("each setting and where it came from; with NAME VALUE it is set"),
    more=say("`packs` takes several folders. --reset takes a setting out of the file again."),
)
@argument("name", about=say("a setting: language, theme, mirror, packs, data"), metavar="[NAME]",
          required=False)  # fmt: skip
@argument("value", about=say("its new value"), metavar="[VALUE]", nargs=-1)
@option("--reset", about=say("back to the default"), is_flag=True)
def settings(door: Door, name: str | None, value: tuple[str, ...], reset: bool) -> None:
    from zhixing.cli.pages.house import settings_page

    if name is not None and (value or reset):
        write_setting(door.settings.home, name, None if reset else _given(name, value))
    found = door.settings
    rows = [row for row in found.rows() if name in (None, row[0])]
    if not rows:
        _unknown(str(name))
    data = {row: {"value": plain(seen), "from": plain(origin)} for row, seen, origin in rows}
    door.show(lambda: data, lambda paper: settings_page(paper, rows))


def _given(name: str, value: tuple[str, ...]) -> str | tuple[Path, ...]:
    if name == "packs":
        from zhixing.actions.packs import must_be_a_folder

        folders = tuple(Path(one).expanduser().absolute() for one in value)
        for folder in folders:
            must_be_a_folder(folder)
        return folders
    if name == "data":
        return str(Path(value[0]).expanduser().absolute())
    return " ".join(value)


def _unknown(name: str) -> None:
    raise Problem(
        say('there is no setting called "{name}"', name=name),
        "zhixing settings",
        say("there are: {names}", names=", ".join(("home", *NAMES))),
    )


@command(
    "doctor",
    about=say("how it is here: Python, home, disk, isolation, packs, machine, terminal"),
    more=say("Exit code 1 when something keeps Zhixing from working."),
)
def doctor(door: Door) -> int:
    from zhixing.actions.health import Finding, health, of_problem, unwell
    from zhixing.cli.pages.house import health_page

    own = {name: value for name, value in door.environment.items() if name != CLOCK}
    first: tuple[Finding, ...] = ()
    encoding = sys.stdout.encoding or "?"
    try:
        found = door.settings
    except Problem as problem:
        found, first = _without_a_file(door), of_problem("settings", say("settings"), problem)
    desk = Desk(found, door.now, lambda: "doctor writes nothing")
    findings = (*first, *health(desk, own, encoding))
    data = {"well": not unwell(findings), "findings": [plain(finding) for finding in findings]}
    door.show(lambda: data, lambda paper: health_page(paper, findings))
    return UNWELL if unwell(findings) else 0


def _without_a_file(door: Door) -> Settings:
    """The settings as they would be without settings.toml and the environment's own."""
    home = door.home or Path(door.environment.get("ZHIXING_HOME") or NOWHERE)
    return replace(read_settings(NOWHERE, {}, {}), home=home.absolute())


@command(
    "completion",
    about=say("completion for your shell: bash, zsh or fish"),
    more=say(
        'bash: add `eval "$(zhixing completion bash)"` to ~/.bashrc. zsh: the same with zsh in '
        "~/.zshrc. fish: `zhixing completion fish > ~/.config/fish/completions/zhixing.fish`."
    ),
)
@argument("shell", about=say("bash, zsh or fish"), metavar="SHELL",
          type=WordKind(("bash", "zsh", "fish")))  # fmt: skip
def completion(door: Door, shell: str) -> None:
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None, "click knows bash, zsh and fish"
    root = click.get_current_context().find_root().command
    text = kind(root, {"obj": door}, "zhixing", COMPLETE).source()
    if door.as_json:
        door.show(lambda: {"shell": shell, "script": text}, lambda _: None)
    else:
        click.echo(text)
