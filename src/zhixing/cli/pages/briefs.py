"""Briefs on paper: what to read, one cell, three questions."""

from collections.abc import Sequence

from zhixing.catalog.briefs import CELL
from zhixing.cli.ink import Paper
from zhixing.cli.pages.prose import inline, prose
from zhixing.records import Brief, Reading
from zhixing.words import say


def briefs_page(paper: Paper, briefs: Sequence[Brief]) -> None:
    paper.gap()
    width = max((len(brief.id) for brief in briefs), default=0) + 2
    for brief in briefs:
        paper.entry([(brief.id.ljust(width), "strong")], brief.title, [(brief.field, "quiet")])
    paper.gap()
    paper.exact(("zhixing brief ID", "quiet"))
    paper.gap()


def brief_page(paper: Paper, brief: Brief, answers: bool) -> None:
    """The brief in the order of its page; the answers only if asked for."""
    paper.gap()
    paper.head(brief.title)
    paper.gap()
    prose(paper, brief.text.render(paper.language))
    paper.gap()
    before, _, after = brief.task.render(paper.language).partition(CELL)
    paper.head(say("One cell to run"))
    prose(paper, before.strip())
    paper.gap()
    for line in brief.cell.render(paper.language).splitlines():
        paper.exact((line, "strong"), indent=4)
    paper.gap()
    prose(paper, after.strip())
    paper.gap()
    paper.head(say("Recall"))
    for number, question in enumerate(brief.questions, 1):
        asked = inline(paper, question.ask.render(paper.language))
        paper.say(f"{number}. ", *asked, hang=3)
        if answers:
            prose(paper, question.answer.render(paper.language), indent=5)
    paper.gap()
    if not answers and brief.questions:
        paper.command(f"zhixing brief {brief.id} --answers")
        paper.gap()


def reading_page(paper: Paper, reading: Reading) -> None:
    """A short text of a pack, as it was written."""
    paper.gap()
    paper.head(reading.title)
    paper.gap()
    prose(paper, reading.text.render(paper.language))
    paper.gap()
