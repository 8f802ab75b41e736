"""A roadmap on paper: what it says, what that is in the catalog, what was not understood."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from zhixing.actions.importing import Understood
from zhixing.actions.proposing import Change, NotTaken, Proposed
from zhixing.actions.wording import COUNTED, counted, duration
from zhixing.cli.ink import Paper, fitted
from zhixing.cli.pages.shelves import numbered
from zhixing.records import Node, Remark
from zhixing.words import Said, say

MOST_REMARKS = 12
MOST_PROPOSALS = 40
UNITS = ("stage", "month", "week", "skill", "milestone")


def import_page(
    paper: Paper, found: Understood, file: Path, kept: bool, proposed: Proposed | None = None
) -> None:
    """What a document says, in a screen or two; what was proposed for it stands by itself."""
    route = found.route
    counts = Counter(node.kind for node in route.root.walk())
    paper.gap()
    paper.head(route.title)
    listed = [counted(kind, counts[kind]) for kind in COUNTED if counts[kind]]
    for start in range(0, len(listed), 5):
        spans = [span for each in listed[start : start + 5] for span in (" · ", each)]
        paper.say(*spans[1:])
    _hours(paper, found)
    paper.gap()
    for child in route.root.children:
        _unit(paper, child, 0)
    if found.matches:
        sure = len(found.sure)
        paper.gap()
        paper.say(
            say(
                "{n} of its lines are known in the catalog, {sure} of them for sure.",
                n=len(found.matches),
                sure=sure,
            )
        )
    if proposed is not None:
        _proposed(paper, proposed.changes)
        _not_taken(paper, proposed.refused)
    _remarks(paper, say("Contradictions"), found.report.contradictions, quoted=False)
    _remarks(paper, say("Assumed"), found.report.assumed, quoted=False)
    _remarks(paper, say("Not understood"), found.report.not_understood, quoted=True)
    paper.gap()
    if kept:
        paper.say(say("Kept as a route: {id}", id=route.id))
    if not found.has_work:
        paper.say(say("Nothing in it can be planned: no task, no course, no project was found."))
        paper.gap()
        return
    paper.command(f"zhixing init --route {route.id if kept else _quoted(file)}")
    paper.gap()


def _hours(paper: Paper, found: Understood) -> None:
    tasks = [t for t in found.route.tasks if not t.recurring]
    minutes = sum(task.minutes for task in tasks)
    named = {node.id for node in found.route.root.walk() if "proposed" in node.marks}
    guessed = sum(t.minutes for t in tasks if t.estimated and t.id not in named)
    told = sum(t.minutes for t in tasks if t.estimated and t.id in named)
    if minutes:
        paper.say(
            say("{time} of work", time=duration(minutes)),
            ("  ", "quiet"),
            (say("{time} of it are our estimate", time=duration(guessed)) if guessed else "",
             "quiet"),
            ("  ", "quiet"),
            (say("{time} of it are proposed", time=duration(told)) if told else "", "quiet"),
        )  # fmt: skip


def _proposed(paper: Paper, changes: Sequence[Change]) -> None:
    """Each proposal that was taken, beside what it changes."""
    if not changes:
        return
    paper.gap()
    paper.head(say("{head}: {n}", head=say("Proposed, not by the author"), n=len(changes)))
    for change in changes[:MOST_PROPOSALS]:
        paper.say((say("line {line}", line=change.line), "quiet"), "  ",
                  fitted(change.title, paper.width - 16).rstrip(), hang=4)  # fmt: skip
        paper.say((change.before, "quiet"), " → ", change.after, indent=6, hang=4)
    _and_more(paper, len(changes) - MOST_PROPOSALS)


def _not_taken(paper: Paper, refused: Sequence[NotTaken]) -> None:
    """Each proposal that was not, and why."""
    if not refused:
        return
    paper.gap()
    paper.head(say("{head}: {n}", head=say("Proposals that were not taken"), n=len(refused)))
    for one in refused[:MOST_PROPOSALS]:
        paper.say(one.why, hang=4)
        paper.say((fitted(one.proposal, paper.width - 8).rstrip(), "quiet"), indent=6)
    _and_more(paper, len(refused) - MOST_PROPOSALS)


def _and_more(paper: Paper, more: int) -> None:
    if more > 0:
        paper.say((say("and {n} more: --json lists all", n=more), "quiet"))


def question_page(paper: Paper, file: Path, out: Path) -> None:
    """What to do with the question that was written."""
    paper.gap()
    paper.exact(str(out))
    paper.say(say("Paste it into any model, or fill it in yourself; save the answer as a file. "
                  "What can be taken of it is shown before anything is kept."))  # fmt: skip
    paper.gap()
    paper.command(f"zhixing import {_quoted(file)} --proposals answer.json")
    paper.gap()


def _unit(paper: Paper, node: Node, depth: int) -> None:
    """Stages, months, weeks and skills, a line each; days are counted."""
    if node.kind not in UNITS:
        for child in node.children:  # a section of no kind of its own
            _unit(paper, child, depth)
        return
    if depth > 2:
        return
    asked = sum(below.task_kind is not None for below in node.walk())
    remark = say("line {line}", line=node.line)
    tasks = counted("task", asked) if asked else say("no task")
    indent = "  " * depth
    paper.entry([indent], (numbered(node), "strong" if depth == 0 else "ink"),
                [(tasks, "quiet"), ("  ", "quiet"), (remark, "quiet")])  # fmt: skip
    for child in node.children:
        _unit(paper, child, depth + 1)


def _remarks(paper: Paper, head: Said, remarks: Sequence[Remark], quoted: bool) -> None:
    if not remarks:
        return
    paper.gap()
    paper.head(say("{head}: {n}", head=head, n=len(remarks)))
    for remark in remarks[:MOST_REMARKS]:
        paper.say(
            (say("line {line}", line=remark.line), "quiet"),
            "  ",
            remark.why or remark.text,
            hang=4,
        )
        if remark.why is not None and quoted:
            paper.say((fitted(remark.text, paper.width - 8), "quiet"), indent=6)
    _and_more(paper, len(remarks) - MOST_REMARKS)


def _quoted(file: Path) -> str:
    import shlex

    return shlex.quote(str(file))
