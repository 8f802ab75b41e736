"""Progress on paper: bars where people look, words where they read."""

from collections.abc import Mapping

from zhixing.actions.progress import MIX, LabProgress, Progress
from zhixing.actions.wording import day_month, duration
from zhixing.cli.ink import Paper, Tone, bar
from zhixing.records import Level, SkillMastery
from zhixing.words import Bilingual, Said, say

BAR = 30
SHARES: dict[str, Said] = {
    "study": say("study"), "lab": say("practice"), "project": say("projects"),
}  # fmt: skip
LEVELS: dict[Level, tuple[Said, Tone]] = {
    "master": (say("mastered"), "good"),
    "fluent": (say("fluent"), "good"),
    "can": (say("can do"), "good"),
    "met": (say("met"), "ink"),
    "unseen": (say("not yet"), "quiet"),
}


def progress_page(paper: Paper, found: Progress, titles: Mapping[str, Bilingual]) -> None:
    paper.gap()
    done, ahead, rest = bar(found.tasks_done, found.tasks, max(1, found.tasks), BAR)
    count = say("{done} of {all} tasks", done=found.tasks_done, all=found.tasks)
    paper.exact((done, "good"), (ahead, "quiet"), rest, "  ", count)
    if found.tasks_done:
        said = found.tasks_done - found.tasks_passed
        how = say("{passed} by passing a lab, {said} by your own word", passed=found.tasks_passed,
                  said=said)  # fmt: skip
        paper.say((how, "quiet"))
    if found.tasks_skipped:
        paper.say((say("{n} left out", n=found.tasks_skipped), "quiet"))
    for title, (done_times, all_times) in found.times.items():
        times = say("{done} of {all} times", done=done_times, all=all_times)
        paper.say((times, "quiet"), "  ", title, hang=2)
    _hours(paper, found)
    _labs(paper, found)
    _skills(paper, found, titles)
    paper.gap()


def _hours(paper: Paper, found: Progress) -> None:
    total = sum(found.minutes.values())
    if not total:
        return
    paper.gap()
    measured = say("as planned: no timer ran")
    if found.measured == total:
        measured = say("measured")
    elif found.measured:
        measured = say("{time} of it measured, the rest as planned", time=duration(found.measured))
    paper.say((say("hours"), "quiet"), "  ", duration(total), "  ", (measured, "quiet"))
    rows = []
    for kind, wanted in MIX.items():
        share = found.mix[kind]
        filled, _, rest = bar(round(1000 * share), round(1000 * share), 1000, BAR)
        said = say("{share} %, of about {wanted} %", share=round(100 * share),
                   wanted=round(100 * wanted))  # fmt: skip
        rows.append([(SHARES[kind], "quiet"), (filled + rest, "ink"), said])
    paper.columns(rows)  # type: ignore[arg-type]
    if found.pace != 1.0:
        pace = say("your pace: {n} times the planned time", n=f"{found.pace:.2f}")
        paper.say((pace, "quiet"))


def _labs(paper: Paper, found: Progress) -> None:
    if not found.labs:
        return
    paper.gap()
    paper.say((say("labs"), "quiet"))
    for lab in found.labs:
        paper.entry([_sign(lab)], (lab.lab, "strong"), [(_tries(lab), "quiet")])


def _sign(lab: LabProgress) -> tuple[str, Tone]:
    return ("✓ ", "good") if len(lab.passed_parts) == lab.parts else ("  ", "ink")


def _tries(lab: LabProgress) -> Said:
    return say(
        "{passed} of {parts} parts · attempts: {n} · hints: {hints} · {day}",
        passed=len(lab.passed_parts),
        parts=lab.parts,
        n=lab.attempts,
        hints=lab.hints,
        day=day_month(lab.last),
    )


def _skills(paper: Paper, found: Progress, titles: Mapping[str, Bilingual]) -> None:
    """The skills there is evidence for, best held first; the others only as a number."""
    every = list(found.mastery.skills.values())
    for level, (name, tone) in LEVELS.items():
        mine = [skill for skill in every if skill.level == level]
        if not mine:
            continue
        paper.gap()
        paper.say((name, tone), (f"  {len(mine)}", "quiet"))
        for skill in mine if level != "unseen" else ():
            title = titles.get(skill.skill, Bilingual(skill.skill, skill.skill))
            paper.entry(["  "], title, [(_remark(skill, found.commands), "quiet")])


def _remark(skill: SkillMastery, commands: Mapping[str, str]) -> Said:
    if skill.needs_review:
        return say("worth a review")
    if skill.skill in commands:
        return say("next: {command}", command=commands[skill.skill])
    if len(skill.evidence) == 1:
        return say("shown once")
    return say("shown {n} times", n=len(skill.evidence))
