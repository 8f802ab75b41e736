"""A lab that was started, and a hint, on paper."""

from zhixing.actions.labs import Hint, Started
from zhixing.actions.leads import answer_files
from zhixing.actions.wording import duration
from zhixing.cli.ink import Paper
from zhixing.cli.pages.prose import prose
from zhixing.words import say


def started_page(paper: Paper, started: Started, reference: str) -> None:
    """The statement, or what of it one part needs; where the answer lies, and how to check it (an
    essay is only counted: there is nothing to watch)."""
    paper.gap()
    statement = started.lab.statement.render(paper.language)
    if started.part is not None:
        names = [part.name for part in started.lab.parts]
        statement = of_part(statement, names.index(started.part.name), len(names))
    prose(paper, statement)
    paper.gap()
    if started.part is not None:
        paper.say((say("The whole statement:"), "quiet"))
        paper.exact((str(started.statement), "quiet"), indent=4)
        paper.gap()
    for part in [started.part] if started.part else started.lab.parts:
        paper.entry([(f"#{part.name}  ", "quiet")], part.title, [(duration(part.minutes), "quiet")])
    paper.gap()
    if started.kept:
        paper.say((say("Your answer from before is still there; --again begins afresh."), "quiet"))
    if started.aside is not None:
        paper.say((say("Your answer from before was put aside as {file}.",
                       file=started.aside.name), "quiet"))  # fmt: skip
    essay = started.lab.essay is not None
    where = say("Write your essay here:") if essay else say("Write your answer here:")
    paper.say((where, "quiet"))
    for file in answer_files(started.answer, started.lab):
        paper.exact((str(file), "strong"), indent=4)
    paper.command(f"zhixing check {reference}", indent=4)
    if not essay:
        paper.exact((f"zhixing check {reference} --watch", "quiet"), indent=6)
    paper.gap()


def of_part(statement: str, number: int, parts: int) -> str:
    """The introduction and the section of one part, counted from 0: sections stand in the order of
    the parts. The whole of a statement that has fewer sections than parts."""
    lines = statement.splitlines()
    code, heads = False, []
    for place, line in enumerate(lines):
        code ^= line.lstrip().startswith(("```", "~~~"))
        if not code and line.startswith("## "):
            heads.append(place)
    if len(heads) < parts:
        return statement
    first, last = heads[number], [*heads, len(lines)][number + 1]
    return "\n".join([*lines[: heads[0]], *lines[first:last]])


def hint_page(paper: Paper, hint: Hint, reference: str) -> None:
    """One rung, what it cites, and how to climb on."""
    paper.gap()
    rung = say("hint {n} of {all}", n=hint.rung, all=hint.of)
    paper.say((hint.lab.check_title(hint.check), "strong"), ("  ", "ink"), (rung, "quiet"))
    paper.gap()
    prose(paper, hint.text.render(paper.language))
    for reading in hint.readings:
        paper.gap()
        text = reading.text.render(paper.language)
        if not text.lstrip().startswith("# "):
            paper.say((reading.title, "strong"), indent=4)
        prose(paper, text, indent=4)
    paper.gap()
    paper.command(f"zhixing check {reference}")
    if not hint.remembered:
        paper.say((say("Hints go further once there is a place to remember them:"), "quiet"))
        paper.exact(("zhixing init", "quiet"), indent=4)
    elif hint.rung < hint.of:
        paper.say((say("`zhixing hint {lab}` goes one rung further", lab=reference), "quiet"))
    paper.gap()
