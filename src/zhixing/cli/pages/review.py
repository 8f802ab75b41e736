"""A second look at an answer, on paper: what reads well, what could read better, our solution."""

from zhixing.actions.reviews import Review
from zhixing.cli.ink import Paper
from zhixing.cli.pages.prose import inline
from zhixing.grader.reviewing import Note
from zhixing.words import Sayable, say


def review_page(paper: Paper, review: Review) -> None:
    """Praise and notes, then the solution and another right answer once the lab is passed."""
    paper.gap()
    paper.head(review.lab.title)
    _praise(paper, review)
    _notes(paper, review)
    if review.solution is not None:
        _text(paper, say("Our solution"), review.solution)
    if review.alternative is not None:
        name = review.alternative.name.replace("_", " ")
        _text(paper, say("Another right answer: {name}", name=name), review.alternative.text)
    if review.solution is None:
        paper.gap()
        paper.say((say("Our solution is shown once every part of the lab passes."), "quiet"))
    paper.gap()


def _praise(paper: Paper, review: Review) -> None:
    if not review.praise:
        return
    paper.gap()
    for praise in review.praise:
        paper.say(("✓ ", "good"), *inline(paper, praise.render(paper.language)), hang=2)


def _notes(paper: Paper, review: Review) -> None:
    paper.gap()
    if not review.notes:
        paper.say((say("Nothing we look for could read better."), "good"))
        return
    paper.say((say("It works. What could read better:"), "quiet"))
    for note in review.notes:
        _note(paper, note)


def _note(paper: Paper, note: Note) -> None:
    paper.gap()
    paper.exact((f"{note.line:>4}  ", "quiet"), (note.excerpt, "strong"))
    paper.say(*inline(paper, note.say.render(paper.language)), indent=8)


def _text(paper: Paper, title: Sayable, text: str) -> None:
    paper.gap()
    paper.head(title)
    paper.gap()
    for line in text.rstrip().splitlines():
        paper.exact(line, indent=4)
