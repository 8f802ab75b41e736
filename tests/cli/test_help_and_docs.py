"""Every command says what it is, in both languages, and stands in the docs as it is."""

import importlib.util
from pathlib import Path

import click
import pytest

from zhixing.cli.params import SHARED, Argument, Option
from zhixing.cli.speaking import SPEAKS, Command, Group
from zhixing.cli.tree import SECTIONS, root

DOCS = Path(__file__).parents[2] / "docs"


def every_command(command: Command | Group = root, path: str = "zhixing"):
    yield path, command
    if isinstance(command, Group):
        with click.Context(command) as context:
            for name in command.list_commands(context):
                yield from every_command(command.get_command(context, name), f"{path} {name}")


ALL = dict(every_command())


@pytest.mark.parametrize("path", ALL)
def test_every_command_and_each_of_its_words_has_a_help_text(path):
    command = ALL[path]
    assert command.about.template
    for param in command.params:
        assert isinstance(param, Option | Argument)
        assert param.about.template
    assert {name for param in command.params for name in param.opts} >= set(SHARED)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ALL)
def test_help_is_a_page_in_either_language_that_shows_how_to_type_it(path, language):
    context = click.Context(ALL[path], info_name=path)
    before = SPEAKS.set(language)
    page = ALL[path].get_help(context)
    SPEAKS.reset(before)
    assert path in page
    assert ALL[path].about.render(language)[:20] in page
    assert "{" not in page


def test_every_command_stands_in_one_section_of_the_help_page():
    listed = [name for _, names in SECTIONS for name in names]
    assert sorted(listed) == sorted(root.members)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_commands_is_in_step_with_the_commands(language):
    spec = importlib.util.spec_from_file_location("commands_page", DOCS / "commands.py")
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    assert spec.loader is not None
    spec.loader.exec_module(module)
    written = (DOCS / "learn" / module.FILES[language]).read_text(encoding="utf-8")
    assert written == module.page(language), "run `make docs`"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(learner, shell):
    said = learner.types("completion", shell)
    assert said.code == 0
    assert "_ZHIXING_COMPLETE" in said.out


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("zhixing ch", "check"),
        ("zhixing start dl-soft", "dl-softmax-ce"),
        ("zhixing check dl-softmax-ce#s", "dl-softmax-ce#stable"),
        ("zhixing done ", "1"),
        ("zhixing routes m", "math-16-weeks"),
        ("zhixing init --route m", "math-16-weeks"),
        ("zhixing skills la-sv", "la-svd"),
        ("zhixing plan export --format j", "json"),
        ("zhixing completion z", "zsh"),
        ("zhixing today --lang z", "zh"),
    ],
)
def test_the_shell_is_offered_what_fits(learner, typed, offered):
    words = typed.split(" ")
    said = learner.types(
        _ZHIXING_COMPLETE="bash_complete", COMP_WORDS=typed, COMP_CWORD=str(len(words) - 1)
    )
    assert f"plain,{offered}" in said.out.split()


def test_completion_is_silent_without_a_home(stranger):
    said = stranger.types(
        _ZHIXING_COMPLETE="bash_complete", COMP_WORDS="zhixing done ", COMP_CWORD="2"
    )
    assert (said.code, said.out.strip(), said.err) == (0, "", "")


def test_version(stranger):
    assert stranger.types("--version").out.startswith("zhixing ")
