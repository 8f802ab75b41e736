"""An essay on paper: what is there, what to mend first, and its writer's own word on the rest."""

from collections.abc import Mapping, Sequence

from zhixing.actions.essays import Counted
from zhixing.cli.ink import Paper, Span, Tone
from zhixing.cli.pages.prose import inline
from zhixing.records import Lab
from zhixing.words import Said, Sayable, say

FEW = 6
"""How many places are named at once."""

SIGNS: Mapping[str, tuple[str, Tone]] = {
    "yes": ("✓ ", "good"), "partly": ("· ", "ink"), "no": ("✗ ", "ink"),
}  # fmt: skip


def counted_page(paper: Paper, lab: Lab, counted: Counted) -> None:
    """What a machine can count, then the first thing to mend."""
    paper.gap()
    paper.head(lab.title)
    paper.gap()
    gone = len(counted.headings_missing) + len(counted.headings_empty)
    rows = [
        (say("sections filled in"), gone == 0, _missing(gone)),
        (say("nothing left to fill in (…)"), not counted.placeholders, _at(counted.placeholders)),
        (_length(counted), *_of(counted.letters, counted.letters_wanted)),
        (say("numbers from your own runs"), *_of(len(counted.numbers), counted.numbers_wanted)),
    ]
    for title, good, remark in rows:
        sign: Span = ("✓ ", "good") if good else ("  ", "ink")
        paper.entry([sign], title, [(remark, "good" if good else "ink")])
    if not counted.complete:
        paper.gap()
        paper.say((say("First to mend"), "quiet"), "  ", _first(counted), hang=2)
    if counted.numbers_unknown and len(counted.numbers) < counted.numbers_wanted:
        said = say("in no run of yours: {numbers}", numbers=_some(counted.numbers_unknown))
        paper.say((said, "quiet"), indent=4, hang=2)
    paper.gap()


def _length(counted: Counted) -> Said:
    return say("Chinese characters") if counted.language == "zh" else say("words")


def _missing(count: int) -> Sayable | str:
    return say("missing: {n}", n=count) if count else ""


def _at(lines: Sequence[int]) -> Sayable | str:
    return say("lines {lines}", lines=_some([str(line) for line in lines])) if lines else ""


def _of(count: int, wanted: int) -> tuple[bool, Said]:
    return count >= wanted, say("{count}, wanted {wanted}", count=count, wanted=wanted)


def _some(words: Sequence[str]) -> str:
    return ", ".join(words[:FEW]) + (" …" if len(words) > FEW else "")


def _first(counted: Counted) -> Said:
    """The one thing to do next, in the order in which an essay is written."""
    if counted.headings_missing:
        heading = counted.headings_missing[0]
        return say('the heading "{heading}" is gone: put it back', heading=heading)
    if counted.headings_empty:
        return say('nothing stands below "{heading}" yet', heading=counted.headings_empty[0])
    if counted.placeholders:
        line = counted.placeholders[0]
        return say("line {line} still has a …: write your own words there", line=line)
    if counted.letters < counted.letters_wanted:
        left = counted.letters_wanted - counted.letters
        return say("say more of what you saw: {n} to go", n=left)
    return say(
        "quote {n} more numbers that one of your runs printed: a cell, or an answer that was "
        "checked; rounded is fine, whole numbers up to 10 do not count",
        n=counted.numbers_wanted - len(counted.numbers),
    )


def asked_page(paper: Paper, lab: Lab, counted: Counted, at_home: bool) -> None:
    """What to type next, while nothing is handed in."""
    essay = lab.essay
    if counted.complete and at_home and essay is not None:
        paper.say((say("All that can be counted is there. The rest only you can judge:"), "good"))
        for item in essay.rubric:
            paper.say((f"{item.id}  ", "quiet"), *inline(paper, item.ask.render(paper.language)),
                      indent=4, hang=2)  # fmt: skip
        rates = " ".join(f"--rate {item.id}=yes" for item in essay.rubric)
        paper.command(f"zhixing check {lab.id} {rates}")
    elif counted.complete:
        paper.say((say("All that can be counted is there."), "good"))
        paper.say((say("not counted: nothing is remembered before `zhixing init`"), "quiet"))
        paper.command("zhixing init")
    else:
        paper.command(f"zhixing check {lab.id}")
    paper.gap()


def rated_page(
    paper: Paper, lab: Lab, ratings: Mapping[str, str], titles: Sequence[str], then: str
) -> None:
    """What the writer said of it, what that finished, and what to type next."""
    paper.gap()
    for item in lab.essay.rubric if lab.essay else ():
        mark = SIGNS[ratings[item.id]]
        paper.say(mark, *inline(paper, item.ask.render(paper.language)), hang=2)
    paper.gap()
    if "no" in ratings.values():
        paper.say(say("Handed in. Work on what you answered with no, then hand it in again."))
    else:
        paper.say((say("Handed in: by your own review."), "good"))
    for title in titles:
        paper.say((say("done: {title}", title=title), "good"), hang=2)
    paper.gap()
    paper.command(then)
    paper.gap()
