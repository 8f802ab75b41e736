"""A class on paper: how far it is, and what came out."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from zhixing.actions.grading_many import Batch, Step
from zhixing.cli.ink import Paper, fitted
from zhixing.cli.plain import plain
from zhixing.export.class_summary import (
    VERDICTS,
    ClassRow,
    ClassSummary,
    SlipCount,
    band_name,
    note,
    shown_name,
)
from zhixing.words import Language, Said, Sayable, say

LISTED = 8
BAR = 24
NAME = 40
TOLD_EVERY = 1.0
SHOWN_EVERY = 0.1
FEW = 8
QUIET_SECONDS = 3.0
"""So long without a verdict, over the last few answers, and an estimate would only grow."""


# --- how far ------------------------------------------------------------------------------------


class Pace:
    """How fast it goes, over what was graded in this run; what was known already costs nothing."""

    def __init__(self, of: int) -> None:
        self.of, self.began = of, time.monotonic()
        self.fresh, self.heard = 0, self.began

    def said(self, step: Step) -> Said:
        now = time.monotonic()
        if step.fresh > self.fresh:
            self.fresh, self.heard = step.fresh, now
        seconds = now - self.began
        rate = step.fresh / seconds if seconds > 0 else 0.0
        done = self.of - step.left
        if not step.fresh or rate <= 0:
            return say("{done} of {all} answers", done=done, all=self.of)
        left = step.left / rate
        quiet = step.left <= FEW and now - self.heard > QUIET_SECONDS
        if step.left and (quiet or not round(left)):
            return say(
                "{done} of {all} answers · waiting for the last {n}",
                done=done, all=self.of, n=step.left,
            )  # fmt: skip
        return say(
            "{done} of {all} answers · {rate} a second · {left} left",
            done=done, all=self.of, rate=f"{rate:.3g}", left=_clock(left),
        )  # fmt: skip


def _clock(seconds: float) -> str:
    """4:05; with hours 1:04:05."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


@contextmanager
def progress(stream: IO[str], language: Language, of: int) -> Iterator[Callable[[Step], None]]:
    """What hears each step: one line that moves on a terminal; else a line a second at most."""
    paper, pace = Paper(stream, language), Pace(of)
    if not paper.live:
        yield _in_lines(stream, language, pace)
        return
    from rich.live import Live
    from rich.text import Text

    last = 0.0
    with Live(console=paper.console, auto_refresh=False, transient=True) as live:

        def tell(step: Step) -> None:
            nonlocal last
            if time.monotonic() - last >= SHOWN_EVERY or step.done == of:
                last = time.monotonic()
                done = round(BAR * (of - step.left) / max(1, of))
                line = Text("  ").append("━" * done, "#4f9a63").append("─" * (BAR - done), "dim")
                live.update(line.append(" " + pace.said(step).render(language)), refresh=True)

        yield tell


def _in_lines(stream: IO[str], language: Language, pace: Pace) -> Callable[[Step], None]:
    last, before = time.monotonic(), ""

    def tell(step: Step) -> None:
        nonlocal last, before
        told = pace.said(step).render(language)
        if step.fresh and told != before and time.monotonic() - last >= TOLD_EVERY:
            last, before = time.monotonic(), told
            print(told, file=stream, flush=True)

    return tell


def stopped_page(stream: IO[str], language: Language, done: int, of: int, out: Path | None) -> None:
    """Ctrl-C: what is kept, and how to go on."""
    said = say("stopped after {done} of {all} answers", done=done, all=of)
    more = say("nothing is kept: with --out FILE it could go on from here")
    if out is not None:
        more = say("kept: {file}; the same command goes on from here", file=out)
    print(f"\n{said.render(language)} · {more.render(language)}", file=stream, flush=True)


# --- what came out ------------------------------------------------------------------------------


def class_page(paper: Paper, found: ClassSummary, batch: Batch) -> None:
    """Counts, scores, checks, slips, then what needs a look; last, where the results lie."""
    paper.gap()
    paper.head(found.lab.title)
    paper.gap()
    _counts(paper, found)
    _scores(paper, found)
    _checks(paper, found)
    _slips(paper, found)
    _one_by_one(paper, found, batch)
    _to_look_at(paper, found)
    _files(paper, batch)
    paper.gap()


def _counts(paper: Paper, found: ClassSummary) -> None:
    words = [say("{n} {verdict}", n=found.verdicts[name], verdict=VERDICTS[name])
             for name in VERDICTS if found.verdicts[name]]  # fmt: skip
    total = say("answers: {n}", n=len(found.rows))
    mean = say("mean score {mean}", mean=f"{found.mean:.0%}")
    spans = [one.render(paper.language) for one in (total, *words, mean)]
    paper.say(" · ".join(spans))


def _scores(paper: Paper, found: ClassSummary) -> None:
    paper.gap()
    paper.say((say("Scores"), "strong"))
    most = max(found.bands, default=0)
    paper.columns(
        [[(band_name(n), "quiet"), str(count), ("━" * _share(count, most), "good")]
         for n, count in enumerate(found.bands)],
        right=frozenset({0, 1}),
    )  # fmt: skip


def _share(count: int, most: int) -> int:
    return max(1, round(BAR * count / most)) if count else 0


def _checks(paper: Paper, found: ClassSummary) -> None:
    among = len(found.graded)
    if not among:
        return
    paper.gap()
    paper.say((say("How many pass each check"), "strong"))
    paper.columns(
        [[f"{found.passing(name) / among:.0%}", str(found.passing(name)),
          found.lab.check_title(name)] for name in found.checks],
        right=frozenset({0, 1}),
    )  # fmt: skip


def _slips(paper: Paper, found: ClassSummary) -> None:
    if not found.slips:
        return
    paper.gap()
    paper.say((say("Commonest slips"), "strong"))
    for one in found.slips[:LISTED]:
        paper.say((f"{len(one.answers):>4}  ", "seal"), one.slip.why, hang=6)


def _one_by_one(paper: Paper, found: ClassSummary, batch: Batch) -> None:
    """Every answer a line, where no file keeps them."""
    if batch.order.out is not None or not found.rows:
        return
    paper.gap()
    paper.say((say("Answers"), "strong"))
    for row in found.rows:
        first = found.lab.check_title(row.first).render(paper.language) if row.first else ""
        verdict = VERDICTS[row.verdict].render(paper.language)
        score = f"{row.score:.0%}" if row.verdict != "error" else ""
        name = fitted(shown_name(row.answer), NAME)
        paper.exact(name, "  ", fitted(verdict, 10), f" {score:>4}  ", (first, "quiet"))


def _to_look_at(paper: Paper, found: ClassSummary) -> None:
    """What could not be graded, was read otherwise, took long, or stands there twice."""
    _listing(paper, say("Not graded"), [(row, note(row)[0]) for row in found.ungraded])
    read = [(row, row.advice[0]) for row in found.graded if row.advice]
    _listing(paper, say("With a note"), read)
    seconds = [(row, say("{n} CPU s", n=f"{row.cpu_seconds:.2f}")) for row in found.slowest]
    _listing(paper, say("Slowest"), seconds)
    _same(paper, found)
    if found.passed_over:
        names = ", ".join(map(shown_name, found.passed_over[:LISTED]))
        paper.gap()
        more = say("passed over, neither .py nor .ipynb: {n}: {names}",
                   n=len(found.passed_over), names=names)  # fmt: skip
        paper.say((more, "quiet"))


def _same(paper: Paper, found: ClassSummary) -> None:
    """Answers with the same text, a group a line: why, the teacher knows."""
    if not found.repeats:
        return
    paper.gap()
    paper.say((say("The same text in several answers"), "strong"))
    for group in found.repeats[:LISTED]:
        names = ", ".join(map(shown_name, group[:LISTED])) + (" …" if len(group) > LISTED else "")
        paper.say((f"{len(group):>4}  ", "quiet"), names, hang=6)
    if len(found.repeats) > LISTED:
        paper.say((say("… and {n} more", n=len(found.repeats) - LISTED), "quiet"))


def _listing(paper: Paper, title: Said, rows: Sequence[tuple[ClassRow, Sayable]]) -> None:
    if not rows:
        return
    paper.gap()
    paper.say((title, "strong"), (f" {len(rows)}", "quiet"))
    for row, said in rows[:LISTED]:
        paper.say(shown_name(row.answer), "  ", (said, "quiet"), hang=4)
    if len(rows) > LISTED:
        paper.say((say("… and {n} more", n=len(rows) - LISTED), "quiet"))


def _files(paper: Paper, batch: Batch) -> None:
    if batch.order.out is None:
        return
    paper.gap()
    if batch.aside is not None:
        paper.say((say("what was there before is now {file}", file=batch.aside), "quiet"))
    paper.say((say("results: {file}", file=batch.order.out), "quiet"))


def summary_data(found: ClassSummary, batch: Batch) -> Mapping[str, object]:
    """The same for programs."""
    return {
        "lab": found.lab.id,
        "part": found.part,
        "answers": len(found.rows),
        "verdicts": {name: found.verdicts[name] for name in VERDICTS},
        "mean_score": round(found.mean, 4),
        "scores": {band_name(n): count for n, count in enumerate(found.bands)},
        "checks": {name: found.passing(name) for name in found.checks},
        "slips": [_slip_data(one) for one in found.slips],
        "not_graded": [row.answer for row in found.ungraded],
        "slowest": {row.answer: row.cpu_seconds for row in found.slowest},
        "same_text": [list(group) for group in found.repeats],
        "passed_over": list(found.passed_over),
        "out": str(batch.order.out) if batch.order.out else None,
    }


def _slip_data(one: SlipCount) -> Mapping[str, object]:
    return {"id": one.slip.id, "function": one.slip.function, "why": plain(one.slip.why),
            "answers": list(one.answers)}  # fmt: skip
