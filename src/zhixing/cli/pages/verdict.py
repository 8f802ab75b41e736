"""A verdict on paper, as a good teacher says it: what works, the first thing to mend, the slip if
it is known, the learner's own traceback in short, what it printed, and what to type next."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from zhixing.actions.labs import Checked
from zhixing.cli.ink import Paper, Span, Tone
from zhixing.cli.pages.prose import inline
from zhixing.records import CheckResult, Lab, Part, Verdict
from zhixing.words import say

LAST_LINES = 4
PRINTED_LINES = 6
SIGNS: dict[str, tuple[str, Tone]] = {
    "pass": ("✓", "good"), "fail": ("✗", "ink"), "error": ("✗", "ink"),
    "inconclusive": ("?", "ink"), "skipped": ("–", "quiet"), "advisory": ("·", "quiet"),
}  # fmt: skip


def check_line(paper: Paper, lab: Lab, check: CheckResult) -> None:
    """One check, as it ends."""
    sign, tone = SIGNS[check.outcome]
    paper.exact((f"{sign} ", tone), (lab.check_title(check.name), "quiet"))


def verdict_page(
    paper: Paper, checked: Checked, *, titles: Sequence[str] = (), trace: bool = False
) -> None:
    """The verdict; `titles` are the tasks it finished, `trace` shows whole tracebacks."""
    verdict, lab = checked.verdict, checked.lab
    paper.gap()
    paper.head(lab.title)
    paper.gap()
    _works(paper, lab, verdict)
    if checked.first is not None:
        _mend(paper, lab, checked.first, verdict)
        _trace(paper, checked.first, whole=trace)
    _printed(paper, verdict)
    for advice in verdict.advice:
        paper.say((advice, "quiet"), hang=2)
    if verdict.passed:
        _passed(paper, checked, titles)
    _small_print(paper, checked)


def _works(paper: Paper, lab: Lab, verdict: Verdict) -> None:
    """What passes, part by part: n of m."""
    for part in _parts(lab, verdict):
        checks = [check for check in verdict.checks if check.name in part.checks]
        deciding = [check for check in checks if check.outcome != "advisory"]
        good = sum(check.outcome == "pass" for check in deciding)
        whole = good == len(deciding)
        count = say("{good} of {all}", good=good, all=len(deciding))
        sign: Span = ("✓ ", "good") if whole else ("  ", "ink")
        paper.entry([sign], part.title, [(count, "good" if whole else "ink")])


def _parts(lab: Lab, verdict: Verdict) -> Sequence[Part]:
    found = [part for part in lab.parts if verdict.part in (None, part.name)]
    return found or [Part("", lab.title, 0, lab.checks)]


def _mend(paper: Paper, lab: Lab, first: CheckResult, verdict: Verdict) -> None:
    paper.gap()
    title = lab.check_title(first.name)
    paper.say((say("First to mend"), "quiet"), "  ", (title, "strong"), hang=2)
    if first.message is not None:
        paper.say(*inline(paper, first.message.render(paper.language)), indent=4)
    for slip in verdict.slips:
        paper.gap()
        where = say("a known slip, in {function}", function=slip.function)
        named = f"  {slip.id.replace('-', ' ')}" if paper.language == "en" else ""
        paper.say((where, "seal"), (named, "quiet"))
        paper.say(*inline(paper, slip.why.render(paper.language)), indent=4)


def _trace(paper: Paper, first: CheckResult, *, whole: bool) -> None:
    lines = [line for line in first.trace.rstrip().splitlines() if line.strip()]
    if not lines or lines[-1].startswith("NotImplementedError"):
        return
    paper.gap()
    shown = lines if whole else lines[-LAST_LINES:]
    if len(shown) < len(lines):
        paper.say((say("the end of your traceback (--trace shows all of it)"), "quiet"))
    for line in shown:
        paper.exact((line, "quiet"), indent=4)


def _printed(paper: Paper, verdict: Verdict) -> None:
    lines = verdict.output.rstrip().splitlines()
    if not lines:
        return
    paper.gap()
    paper.say((say("it printed"), "quiet"))
    for line in lines[:PRINTED_LINES]:
        paper.exact((line[: paper.width], "quiet"), indent=4)
    if len(lines) > PRINTED_LINES:
        more = say("… and {n} more lines", n=len(lines) - PRINTED_LINES)
        paper.say((more, "quiet"), indent=4)


def _passed(paper: Paper, checked: Checked, titles: Sequence[str]) -> None:
    paper.gap()
    checks = len(checked.verdict.checks)
    if checked.verdict.part is None:
        paper.say((say("All {n} checks pass: this lab is yours.", n=checks), "good"))
    else:
        paper.say((say("All {n} checks of this part pass.", n=checks), "good"))
    for title in titles:
        paper.say((say("done: {title}", title=title), "good"), hang=2)


def _small_print(paper: Paper, checked: Checked) -> None:
    """How it was judged, and whether it counts."""
    verdict = checked.verdict
    paper.gap()
    versions = ", ".join(f"{name} {number}" for name, number in verdict.versions.items())
    print_ = say(
        "isolation {level} · {seconds} CPU s · {versions}",
        level=verdict.isolation,
        seconds=f"{verdict.cpu_seconds:.2f}",
        versions=versions,
    )
    paper.say((print_, "quiet"))
    if not checked.at_home:
        paper.say((say("not counted: nothing is remembered before `zhixing init`"), "quiet"))
    elif not checked.counted:
        paper.say((say("not counted: a re-run with a seed"), "quiet"))


def next_command(
    paper: Paper, checked: Checked, reference: str, *, file: Path | None = None, then: str
) -> None:
    """The one next action: mend and check again, a hint in reach; or go on with `then`."""
    paper.gap()
    if checked.verdict.passed:
        paper.command(then)
        if checked.counted:
            paper.exact((f"zhixing solution {reference}", "quiet"), indent=4)
    else:
        elsewhere = f" --file {shlex.quote(str(file))}" if file else ""
        paper.command(f"zhixing check {reference}{elsewhere}")
        paper.exact((f"zhixing hint {reference}", "quiet"), indent=4)
    paper.gap()
