"""The one screen of `check --watch`."""

from pathlib import Path

from zhixing.actions.labs import Checked, Hint
from zhixing.cli.ink import Paper, Span
from zhixing.cli.pages.letters import letters_page
from zhixing.cli.pages.prose import prose
from zhixing.cli.pages.verdict import verdict_page
from zhixing.errors import Problem
from zhixing.words import Said, say

KEYS: tuple[tuple[str, Said], ...] = (
    ("h", say("hint")),
    ("n", say("next part")),
    ("a", say("all parts")),
    ("r", say("run again")),
    ("q", say("quit")),
)


def watch_page(
    paper: Paper,
    reference: str,
    file: Path,
    checked: Checked | None,
    hint: Hint | None,
    trouble: Problem | None,
) -> None:
    """What passes, what to mend first, the hint if one was asked for, and the keys."""
    paper.exact((reference, "strong"), ("  ", "ink"), (str(file), "quiet"))
    if checked is not None:
        verdict_page(paper, checked)
    if hint is not None:
        _hint(paper, hint)
    if trouble is not None:
        letters_page(paper, trouble.letters)
    paper.gap()
    paper.say((say("saving the file checks it again"), "quiet"))
    keys: list[Span] = []
    for key, does in KEYS:
        keys += [(key, "strong"), " ", (does, "quiet"), "   "]
    paper.exact(*keys)


def _hint(paper: Paper, hint: Hint) -> None:
    paper.gap()
    rung = say("hint {n} of {all}", n=hint.rung, all=hint.of)
    paper.say((rung, "quiet"), "  ", (hint.lab.check_title(hint.check), "strong"))
    prose(paper, hint.text.render(paper.language), indent=4)
