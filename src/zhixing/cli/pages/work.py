"""A lab that was started, and a hint, on paper."""

from zhixing.actions.labs import Hint, Started
from zhixing.actions.wording import duration
from zhixing.cli.ink import Paper
from zhixing.cli.pages.prose import prose
from zhixing.cli.pages.verdict import spoken
from zhixing.words import say


def started_page(paper: Paper, started: Started, reference: str) -> None:
    """The statement, where the answer lies, and how to check it."""
    paper.gap()
    prose(paper, started.lab.statement.render(paper.language))
    paper.gap()
    for part in [started.part] if started.part else started.lab.parts:
        paper.entry([(f"#{part.name}  ", "quiet")], part.title, [(duration(part.minutes), "quiet")])
    paper.gap()
    if started.kept:
        paper.say((say("Your answer from before is still there; --again begins afresh."), "quiet"))
    paper.say((say("Write your answer here:"), "quiet"))
    paper.exact((str(started.answer), "strong"), indent=4)
    paper.command(f"zhixing check {reference}", indent=4)
    paper.exact((f"zhixing check {reference} --watch", "quiet"), indent=6)
    paper.gap()


def hint_page(paper: Paper, hint: Hint, reference: str) -> None:
    """One rung, what it cites, and how to climb on."""
    paper.gap()
    rung = say("hint {n} of {all}", n=hint.rung, all=hint.of)
    paper.say((spoken(hint.check), "strong"), ("  ", "ink"), (rung, "quiet"))
    paper.gap()
    prose(paper, hint.text.render(paper.language))
    for reading in hint.readings:
        paper.gap()
        paper.say((reading.title, "strong"), indent=4)
        prose(paper, reading.text.render(paper.language), indent=4)
    paper.gap()
    paper.command(f"zhixing check {reference}")
    if hint.rung < hint.of:
        paper.say((say("`zhixing hint {lab}` goes one rung further", lab=reference), "quiet"))
    paper.gap()
