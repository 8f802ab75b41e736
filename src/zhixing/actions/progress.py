"""Progress: what is held, where the hours went, what was tried."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zhixing.actions.desk import Desk
from zhixing.actions.labs import part_names, passed_parts
from zhixing.actions.leads import lab_command
from zhixing.actions.rounds import days_in, done_times
from zhixing.actions.standing import Standing, standing
from zhixing.actions.whole_routes import shown_route
from zhixing.mastery.levels import mastery
from zhixing.planner.pace import pace
from zhixing.planner.wanted import left_out
from zhixing.records import Attempt, Mastery, Task, TaskKind

MIX: Mapping[str, float] = {"study": 0.30, "lab": 0.50, "project": 0.20}
"""The seeds' rule: 30 % theory, 50 % practice, 20 % projects."""
SHARE_OF: Mapping[TaskKind, str] = {
    "study": "study",
    "quiz": "study",
    "paper": "study",
    "review": "study",
    "note": "study",
    "lab": "lab",
    "interview": "lab",
    "essay": "project",
    "project": "project",
}


@dataclass(frozen=True)
class LabProgress:
    """How a lab stands: parts passed (a lab without parts is one, called ""), attempts, hints."""

    lab: str
    passed_parts: tuple[str, ...]
    parts: int
    attempts: int
    hints: int
    last: date


@dataclass(frozen=True)
class Progress:
    """What can be shown of a learner. `minutes` are real where measured, else planned; `mix` is
    their share by kind, beside the rule of 30/50/20. `tasks_passed` of the tasks done were done by
    a lab that ran, the others by the learner's word; `measured` are the real minutes alone.
    `commands` say for skills met what to type for their next proof. `times` are, by the title of
    work that comes back, how often it was done and how often the plan has it."""

    tasks_done: int
    tasks_skipped: int
    tasks: int
    minutes: Mapping[str, int]
    mix: Mapping[str, float]
    pace: float
    labs: tuple[LabProgress, ...]
    mastery: Mastery
    tasks_passed: int = 0
    measured: int = 0
    commands: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def progress(desk: Desk) -> Progress:
    """Progress of the learner at this desk; all zero before anything happened."""
    now = standing(desk)
    if desk.shelf is None:
        return _progress(desk, now)
    name = f"progress {desk.settings.home} {desk.learner} {desk.language} {desk.today()}"
    return desk.shelf.derived(name, (now, desk.catalog), lambda: _progress(desk, now))


def _progress(desk: Desk, now: Standing) -> Progress:
    tasks = _tasks(desk, now)
    by_id = {task.id: task for task in tasks}
    minutes: Counter[str] = Counter()
    durations = []
    for done in now.all_done:
        task = by_id.get(done.task)
        if task is None:
            continue
        asked = now.asked_minutes(done, task)
        minutes[SHARE_OF[task.kind]] += done.minutes if done.minutes is not None else asked
        if done.minutes:
            durations.append((asked, done.minutes))
    total = sum(minutes.values())
    held = mastery(now.happenings, desk.catalog, desk.today())
    return Progress(
        tasks_done=len(now.done.keys() & by_id.keys()),
        tasks_skipped=len(now.skipped),
        tasks=len([task for task in tasks if _asked(task) and task.id not in now.skipped]),
        minutes=dict(minutes),
        mix={kind: round(minutes[kind] / total, 3) if total else 0.0 for kind in MIX},
        pace=round(pace(durations), 3),
        labs=_labs(desk, now.attempts, Counter(h.lab for h in now.hints)),
        mastery=held,
        tasks_passed=sum(h.by == "lab" for name, h in now.done.items() if name in by_id),
        measured=sum(actual for _, actual in durations),
        commands={
            skill.skill: lab_command(desk.catalog, skill.next_proof.removeprefix("lab:"))
            for skill in held.skills.values()
            if skill.level != "unseen" and skill.next_proof is not None
        },
        times=_times(now, tasks),
    )


def _tasks(desk: Desk, now: Standing) -> Sequence[Task]:
    """The tasks of the way, without what another direction asks and nobody has done."""
    if now.profile is None:
        return ()
    shown = shown_route(desk, now.profile)
    elsewhere = left_out(shown, now.profile.direction) - now.done.keys()
    return [task for task in shown.tasks if task.id not in elsewhere]


def _times(now: Standing, tasks: Sequence[Task]) -> Mapping[str, tuple[int, int]]:
    """What of work that comes back was done before the plan was laid out counts on both sides."""
    if now.plan is None:
        return {}
    done = done_times(now, now.plan, tasks)
    found = {}
    for task in tasks:
        planned = days_in(now.plan, task.id) if task.recurring else ()
        before = len(now.times.get(task.id, ()))
        here = sum((task.id, on) in done for on in planned)
        if planned or before:
            found[task.title] = (before, len(planned) + max(0, before - here))
    return found


def _asked(task: Task) -> bool:
    return not task.optional and not task.recurring


def _labs(desk: Desk, attempts: list[Attempt], hints: Counter[str]) -> tuple[LabProgress, ...]:
    found: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        if attempt.counted:
            found.setdefault(attempt.lab, []).append(attempt)
    listed = []
    for lab_id, mine in found.items():
        lab = desk.catalog.labs.get(lab_id)
        parts = part_names(lab) if lab else ()
        passed = {name for attempt in mine for name in passed_parts(attempt.verdict)}
        order = tuple(name for name in parts if name in passed)
        last = mine[-1].at.date()
        listed.append(LabProgress(lab_id, order, len(parts), len(mine), hints[lab_id], last))
    return tuple(listed)
