"""Today on paper: what now, how long, why this; then the rest of the day."""

from zhixing.actions.days import Line, Today
from zhixing.actions.wording import KINDS, duration, long_date
from zhixing.cli.ink import Paper, Span
from zhixing.words import Said, say

MOST_LATE = 6
"""How many missed tasks are listed."""


def today_page(paper: Paper, page: Today) -> None:
    """The page, with one obvious next action or none."""
    paper.gap()
    week: list[Span] = [" · ", say("week {n}", n=page.week)] if page.week else []
    paper.head(long_date(page.date), *week)
    if page.unit:
        paper.say((page.unit, "quiet"))
    paper.gap()
    if page.next is not None:
        _now(paper, page.next, page)
    elif page.lines:
        _day_done(paper, page)
    else:
        _quiet_day(paper, page)
    rest = [line for line in page.lines if line is not page.next]
    if rest:
        paper.gap()
        if page.next is not None:
            paper.say((say("and today"), "quiet"))
        for line in rest:
            _line(paper, line)
    _missed(paper, page)
    paper.gap()
    if page.minutes_left:
        left = say("{time} left today", time=duration(page.minutes_left))
        paper.say((left, "quiet"), (" · ", "quiet"), (_progress(page), "quiet"))
    else:
        paper.say((_progress(page), "quiet"))
    _counted(paper, page)
    paper.gap()


def _counted(paper: Paper, page: Today) -> None:
    """What was shown by something that ran, what was only said, and what was left out."""
    spans: list[Span] = []
    if page.finished_tasks:
        said = page.finished_tasks - page.passed_tasks
        how = say("{passed} by passing a lab, {said} by your own word", passed=page.passed_tasks,
                  said=said)  # fmt: skip
        spans.append((how, "quiet"))
    if page.skipped_tasks:
        between: Span = (" · " if spans else "", "quiet")
        spans += [between, (say("{n} left out", n=page.skipped_tasks), "quiet")]
    if spans:
        paper.say(*spans)


def _day_done(paper: Paper, page: Today) -> None:
    """Today is done; where the next day begins, for who likes to go on."""
    paper.say((say("All of today is done."), "good"))
    if page.after is not None:
        on, line = page.after
        paper.say((say("Next, on {day}:", day=long_date(on)), "quiet"))
        _line(paper, line, mark="   ")
        paper.exact((line.command, "quiet"), indent=5)


def _now(paper: Paper, line: Line, page: Today) -> None:
    mark = f"{line.number}  " if line.number else "▸  "
    paper.entry([(mark, "quiet")], (line.task.title, "strong"), _meta(line))
    if page.why is not None:
        paper.say(page.why, indent=5)
    _criterion(paper, line)
    for lead in line.leads:
        if lead.url:
            paper.exact((f"{lead.label}  ", "quiet"), lead.url, indent=5)
        elif lead.kind == "brief" and lead.command:
            paper.exact((f"{lead.label}  ", "quiet"), lead.command, indent=5)
    paper.command(line.command, indent=5)


def _criterion(paper: Paper, line: Line) -> None:
    """When a task is done whose lab is not built: nothing but the criterion can say."""
    if line.planned is not None and line.state in ("open", "running"):
        criterion = line.planned.criterion
        paper.say((say("done when"), "quiet"), "  ", (criterion, "quiet"), indent=5)


def _line(paper: Paper, line: Line, mark: str = "") -> None:
    if line.state == "done":
        paper.entry([("✓  ", "good")], (line.task.title, "quiet"), _meta(line))
    elif line.state == "skipped":
        paper.entry([("–  ", "quiet")], (line.task.title, "quiet"), [(say("left out"), "quiet")])
    else:
        number = mark or f"{line.number}  "
        paper.entry([(number, "quiet")], line.task.title, _meta(line))
        _criterion(paper, line)


def _meta(line: Line) -> list[Span]:
    unchecked: list[Span] = [(say("no checks yet"), "quiet"), (" · ", "quiet")]
    kind: list[Span] = [(KINDS[line.task.kind], "quiet"), (" · ", "quiet")]
    return [*(unchecked if line.planned else ()), *kind, duration(line.piece.minutes)]


def _quiet_day(paper: Paper, page: Today) -> None:
    """A free day; the next day's work is there for who likes to begin."""
    if page.upcoming is None:
        if not page.missed:
            paper.say((say("Everything in this plan is done."), "good"))
        return
    day = long_date(page.upcoming)
    if page.date < page.first:
        paper.say(say("Your route begins on {day}.", day=day))
    else:
        paper.say(say("Nothing is planned for today; the next work is on {day}.", day=day))
    paper.gap()
    for line in page.ahead:
        _line(paper, line)
    soonest = next((line.command for line in page.ahead if line.command), "")
    if soonest and page.finished_tasks == 0:
        paper.command(soonest, indent=5)
    elif soonest:
        paper.exact((soonest, "quiet"), indent=5)


def _missed(paper: Paper, page: Today) -> None:
    if not page.missed:
        return
    minutes = sum(piece.minutes for piece in page.missed)
    paper.gap()
    late = [line for line in page.late if line is not page.next]
    for line in late[:MOST_LATE]:
        _line(paper, line, mark="·  ")
    if len(late) > MOST_LATE:
        paper.say((say("and {n} more", n=len(late) - MOST_LATE), "quiet"), indent=5)
    paper.say(
        say(
            "Waiting from earlier days: {n}, {time} in all. Days go like that; the ways on:",
            n=len(page.missed),
            time=duration(minutes),
        )
    )
    if page.next is None:
        paper.command("zhixing replan")
    else:
        paper.exact("zhixing replan")


def _progress(page: Today) -> Said:
    return say(
        "{done} of {all} tasks done · the plan ends on {finish}",
        done=page.finished_tasks,
        all=page.all_tasks,
        finish=long_date(page.finish),
    )


def next_page(paper: Paper, said: Said, page: Today) -> None:
    """What just happened, and what to type next."""
    paper.say((said, "good"))
    if page.next is not None:
        paper.entry([("   ", "quiet")], page.next.task.title, _meta(page.next))
        paper.command(page.next.command, indent=5)
    elif page.lines:
        _day_done(paper, page)


def note_page(paper: Paper, title: str, text: str) -> None:
    """A note under the title of its task."""
    paper.head(title)
    if not text:
        paper.say((say("no note yet"), "quiet"))
    for line in text.splitlines():
        paper.say(line, indent=4)
