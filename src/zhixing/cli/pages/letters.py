"""Letters on paper: what is wrong, where, and the next step."""

from collections.abc import Sequence

from zhixing.cli.ink import Paper
from zhixing.errors import Letter


def letters_page(paper: Paper, letters: Sequence[Letter]) -> None:
    """A letter a paragraph, the next step in vermilion."""
    for letter in letters:
        paper.say((letter.what, "strong"), (" · ", "quiet"), letter.where, hang=2)
        paper.say(("▸ ", "seal"), (letter.next_step, "seal"), indent=4, hang=2)


def notes_page(paper: Paper, notes: Sequence[Letter]) -> None:
    """What is unfinished and may be: quietly."""
    for note in notes:
        paper.say((note.what, "quiet"), (" · ", "quiet"), (note.where, "quiet"), hang=2)
