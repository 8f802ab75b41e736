"""Writes commands.md: what every command says of itself, asked of the installed program."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

PROGRAM = Path(sys.executable).with_name("zhixing")
PAGE = Path(__file__).with_name("commands.md")
OPENING = """# Commands

What `zhixing COMMAND --help` prints. Written by `make docs`: change the command, not this page.
"""


def help_of(words: tuple[str, ...], home: str) -> str:
    """What `zhixing WORDS --help` prints, in English and 80 columns, without anybody's home."""
    plain = {"ZHIXING_HOME": home, "ZHIXING_LANG": "en", "NO_COLOR": "1", "COLUMNS": "80"}
    run = subprocess.run(
        [PROGRAM, *words, "--help"],
        env={**os.environ, **plain},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


def commands_in(text: str) -> list[str]:
    """The names that a help page lists under Commands."""
    _, _, listed = text.partition("\nCommands:\n")
    return re.findall(r"^  ([a-z][a-z-]*)", listed, flags=re.MULTILINE)


def pages(words: tuple[str, ...], home: str) -> Iterator[str]:
    """One section for a command and, below it, one for each of its own commands."""
    text = help_of(words, home)
    title = " ".join(("zhixing", *words))
    yield f"\n## {title}\n\n```\n{text}\n```\n"
    for name in commands_in(text):
        yield from pages((*words, name), home)


def main() -> None:
    with TemporaryDirectory() as home:
        PAGE.write_text(OPENING + "".join(pages((), home)), encoding="utf-8")


if __name__ == "__main__":
    main()
