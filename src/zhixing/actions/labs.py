"""Labs: start one, check an answer, take a hint."""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from zhixing.actions.answer_texts import answer_text
from zhixing.actions.desk import DATABASE, Desk, at_hand
from zhixing.actions.leads import (
    ANSWER,
    NOTEBOOK,
    answer_file,
    answer_files,
    free_name,
    latest_answer,
)
from zhixing.actions.libraries import refuse_missing
from zhixing.actions.standing import Standing, standing
from zhixing.actions.whole_routes import shown_route
from zhixing.bundles import parted
from zhixing.catalog import finding
from zhixing.errors import Problem, reason_of
from zhixing.export.notebooks import as_notebook
from zhixing.grader.grading import Judge
from zhixing.grader.starter import starter_of, without_markers
from zhixing.grader.starting import Expected
from zhixing.records import (
    Attempt,
    CheckResult,
    HintTaken,
    Lab,
    Part,
    Reading,
    TaskDone,
    TaskStarted,
    Verdict,
)
from zhixing.words import Bilingual, Language, say

WHOLE = ""
"""The only part of a lab that has no parts."""
COMMON = Expected(("numpy",))
"""What most labs need: made ready while it is being looked up which one this is."""
READING = re.compile(r"\[reading:([a-z0-9-]+)\]")


@dataclass(frozen=True)
class Started:
    """A lab laid out in the learner's folder. `kept` says that an answer was there already, `aside`
    as which file one was put aside."""

    lab: Lab
    part: Part | None
    answer: Path
    statement: Path
    kept: bool
    aside: Path | None = None


@dataclass(frozen=True)
class Checked:
    """A verdict, and what it moved. `first` is the check to mend first. `counted` is False when
    nothing was remembered: a re-run with a seed, or no home (then `at_home` is False too).
    `file` is what was read."""

    lab: Lab
    verdict: Verdict
    first: CheckResult | None
    tasks_done: tuple[str, ...]
    counted: bool
    at_home: bool = True
    file: Path | None = None


@dataclass(frozen=True)
class Hint:
    """One rung of the ladder under the check to mend first. Without a home it is not `remembered`,
    and the next one is the same."""

    lab: Lab
    check: str
    rung: int
    of: int
    text: Bilingual
    readings: tuple[Reading, ...]
    remembered: bool = True


def named(desk: Desk, reference: str) -> tuple[Lab, Part | None]:
    """`lab` or `lab#part` as typed. Problem with the nearest when there is none."""
    lab_id, _, part = reference.partition("#")
    lab = at_hand(desk, finding.lab, lab_id)
    if not part:
        return lab, None
    finding.split_reference(desk.catalog, reference)
    return lab, lab.part(part)


def start(
    desk: Desk, reference: str, again: bool = False, *, notebook: bool | None = None
) -> Started:
    """Lay out statement and starter, as a `notebook` or not; None = in the form that is there. An
    answer that is there is never written over; `again` puts it aside under a number first."""
    lab, part = named(desk, reference)
    answer = _where_to_write(desk, lab, notebook)
    place = answer.parent
    statement = place / f"statement.{desk.language}.md"
    aside = None
    try:
        place.mkdir(parents=True, exist_ok=True)
        if again:
            moved = [_put_aside(file) for file in answer_files(answer, lab) if file.exists()]
            aside = moved[0] if moved else None
        kept = not _all_written(desk, lab, answer, again)
        statement.write_text(lab.statement.render(desk.language), encoding="utf-8")
    except OSError as trouble:
        raise _cannot_write(place, trouble) from trouble
    _begin_its_task(desk, lab, part)
    return Started(lab, part, answer, statement, kept, aside)


def _put_aside(file: Path) -> Path:
    return file.rename(free_name(file))


def _all_written(desk: Desk, lab: Lab, answer: Path, again: bool) -> bool:
    """Write what an answer begins with, each file that is not there yet; False when all are."""
    text = _laid_out(desk, lab, answer, again)
    if not lab.files:
        return _written_once(answer, text)
    texts = parted(text, lab.files)
    written = [_written_once(answer.with_name(name), texts[name]) for name in texts]
    return any(written)


def _written_once(path: Path, text: str) -> bool:
    """Write a file that is not there yet; False when it is."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True


def _where_to_write(desk: Desk, lab: Lab, notebook: bool | None) -> Path:
    if notebook is None:
        return latest_answer(desk, lab.id)
    answer = answer_file(desk, lab.id)
    if notebook and lab.files:
        raise Problem(
            say("an answer of several files is no notebook"),
            lab.id,
            say("`zhixing start {lab}` lays out its files", lab=lab.id),
        )
    return answer.with_name(NOTEBOOK) if notebook and lab.essay is None else answer


def _laid_out(desk: Desk, lab: Lab, answer: Path, again: bool) -> str:
    """What an answer begins with: the starter; an essay with its template. A notebook takes over
    what answer.py holds by now, unless one begins `again`."""
    if lab.essay is not None:
        return lab.essay.template.render(desk.language)
    starter = starter_of(lab)
    if answer.name != NOTEBOOK:
        return starter
    before = answer.with_name(ANSWER)
    text = answer_text(before, lab) if before.exists() and not again else starter
    return notebook_of(lab, text, desk.language).decode()


def notebook_of(lab: Lab, code: str, language: Language) -> bytes:
    """An answer as a notebook, with the statement around it."""
    title, statement = lab.title.render(language), lab.statement.render(language)
    return as_notebook(title, statement, code, language, f"zhixing check {lab.id}")


def _cannot_write(place: Path, trouble: OSError) -> Problem:
    return Problem(
        say("the lab cannot be laid out: {reason}", reason=reason_of(trouble)),
        str(place),
        say("make room or make the folder writable, or choose another with --home"),
    )


def _begin_its_task(desk: Desk, lab: Lab, part: Part | None) -> None:
    """Starting a lab starts the timer of its task, if it is part of the plan."""
    now = standing(desk)
    if now.plan is None:
        return
    tasks = tasks_of(desk, now, lab, {part.name} if part else part_names(lab))
    todo = [task for task in tasks if task not in now.finished]
    if todo and (now.running is None or now.running.task != todo[0]):
        made = desk.stamp()
        desk.store.append(TaskStarted(id=made[0], learner=made[1], at=made[2], task=todo[0]))


# --- check --------------------------------------------------------------------------------------


def seed_for(secret: bytes, lab: Lab, answer: str) -> str:
    """The same answer gets the same seed, so handing in again buys nothing (WIRE 3)."""
    message = f"{lab.id}\0{lab.version}\0".encode() + answer.encode("utf-8", "surrogatepass")
    return hmac.new(secret, message, hashlib.sha256).hexdigest()[:32]


def check(
    desk: Desk,
    reference: str,
    file: Path | None = None,
    seed: str | None = None,
    judge: Judge | None = None,
    on_check: Callable[[CheckResult], None] | None = None,
) -> Checked:
    """Grade the answer, remember the attempt, and finish the tasks whose part it passed."""
    with nullcontext(judge) if judge else Judge(expected=COMMON) as own:  # it wakes up meanwhile
        lab, part = named(desk, reference)
        _refuse_an_essay(lab)
        refuse_missing(lab.packages, lab.id, desk.settings.mirror)
        file = file or latest_answer(desk, lab.id)
        text = answer_text(file, lab)
        at_home = (desk.settings.home / DATABASE).exists()
        drawn = seed or (seed_for(desk.store.secret(), lab, text) if at_home else None)
        verdict = own.grade(
            lab, text, seed=drawn, part=part.name if part else None, on_check=on_check
        )
    finished = _remember(desk, lab, text, verdict, counted=seed is None) if at_home else ()
    return Checked(
        lab, verdict, first_to_mend(verdict), finished, at_home and seed is None, at_home, file
    )


def _refuse_an_essay(lab: Lab) -> None:
    """An essay has no checks, no hints and no solution. Raises Problem for one."""
    if lab.essay is not None:
        raise Problem(
            say("an essay is not graded: it is counted, and you judge it yourself"),
            lab.id,
            say("`zhixing check {lab}` says what is still missing", lab=lab.id),
        )


def _remember(
    desk: Desk, lab: Lab, text: str, verdict: Verdict, *, counted: bool
) -> tuple[str, ...]:
    """The attempt and the tasks it finishes, written together."""
    made = desk.stamp()
    attempt = Attempt(
        id=made[0],
        learner=made[1],
        at=made[2],
        lab=lab.id,
        part=verdict.part,
        answer=text,
        verdict=verdict,
        counted=counted,
    )
    finished = _newly_done(desk, lab, verdict) if counted else ()
    desk.store.append(attempt, *finished)
    return tuple(task.task for task in finished)


def _newly_done(desk: Desk, lab: Lab, verdict: Verdict) -> tuple[TaskDone, ...]:
    now = standing(desk)
    passed = passed_parts(verdict) | passed_before(now, lab)
    found = []
    for task in tasks_of(desk, now, lab, passed):
        if task in now.done:
            continue
        made = desk.stamp()
        minutes = now.timed_minutes(task, desk.now())
        found.append(
            TaskDone(id=made[0], learner=made[1], at=made[2], task=task, minutes=minutes, by="lab")
        )
    return tuple(found)


def part_names(lab: Lab) -> tuple[str, ...]:
    """The parts of a lab; one without a name for a lab that has none."""
    return tuple(part.name for part in lab.parts) or (WHOLE,)


def passed_parts(verdict: Verdict) -> set[str]:
    """The parts that a verdict shows as passed; a lab without parts is one."""
    if not verdict.parts:
        return {WHOLE} if verdict.passed else set()
    return {name for name, result in verdict.parts.items() if result.passed}


def first_to_mend(verdict: Verdict) -> CheckResult | None:
    """The first check that decides and did not pass."""
    found = (c for c in verdict.checks if c.outcome not in ("pass", "advisory"))
    return next(found, None)


def passed_before(now: Standing, lab: Lab) -> set[str]:
    return {
        name
        for attempt in now.attempts
        if attempt.lab == lab.id and attempt.counted and attempt.verdict.lab_version == lab.version
        for name in passed_parts(attempt.verdict)
    }


def tasks_of(desk: Desk, now: Standing, lab: Lab, parts: Iterable[str]) -> tuple[str, ...]:
    """The tasks of the learner's route that these parts of a lab finish. A task that names the lab
    without a part needs all parts."""
    if now.profile is None:
        return ()
    names = set(parts)
    wanted = {f"{lab.id}#{name}" for name in names}
    if names >= set(part_names(lab)):
        wanted.add(lab.id)
    tasks = shown_route(desk, now.profile).tasks
    return tuple(
        task.id
        for task in tasks
        if task.references("lab") and set(task.references("lab")) <= wanted
    )


# --- hints --------------------------------------------------------------------------------------


def hint(desk: Desk, reference: str) -> Hint:
    """The next rung under the first check that did not pass last time. Taking it is remembered."""
    lab, part = named(desk, reference)
    _refuse_an_essay(lab)
    now = standing(desk)
    check_name = _first_open_check(now, lab, part)
    rungs = lab.hints.get(check_name, {})
    steps = rungs.get(desk.language) or next(iter(rungs.values()), ())
    if not steps:
        raise Problem(
            say("this check has no hints"), check_name, say("its message says where to look")
        )
    since = _last_pass(now, lab)
    taken = [
        h for h in now.hints if h.lab == lab.id and h.check == check_name and h.id not in since
    ]
    rung = min(len(taken) + 1, len(steps))
    at_home = (desk.settings.home / DATABASE).exists()
    if len(taken) < len(steps) and at_home:
        made = desk.stamp()
        desk.store.append(
            HintTaken(
                id=made[0], learner=made[1], at=made[2], lab=lab.id, check=check_name, rung=rung
            )
        )
    return replace(hint_at(desk, lab, check_name, rung), remembered=at_home)


def hint_at(desk: Desk, lab: Lab, check_name: str, rung: int) -> Hint:
    """A rung of the ladder under a check; the last one where the ladder is shorter by now."""
    rungs = lab.hints.get(check_name, {})
    steps = rungs.get(desk.language) or next(iter(rungs.values()), ("",))
    place = min(rung, len(steps)) - 1
    both = {language: rungs.get(language, steps)[place] for language in ("zh", "en")}
    cited = READING.findall(both[desk.language])
    readings = tuple(desk.catalog.readings[r] for r in cited if r in desk.catalog.readings)
    return Hint(lab, check_name, rung, len(steps), Bilingual(both["zh"], both["en"]), readings)


def _last_pass(now: Standing, lab: Lab) -> set[str]:
    """Hints taken before the lab was passed: a second climb starts at the first rung."""
    passed = [a.at for a in now.attempts if a.lab == lab.id and a.verdict.passed and a.counted]
    return {h.id for h in now.hints if passed and h.at <= passed[-1]}


def _first_open_check(now: Standing, lab: Lab, part: Part | None) -> str:
    """The check to mend first: by the last attempt; before any, the first of the part."""
    wanted = part.checks if part else lab.checks
    outcome: dict[str, str] = {}
    for attempt in now.attempts:
        if attempt.lab == lab.id:
            outcome |= {check.name: check.outcome for check in attempt.verdict.checks}
    open_checks = [name for name in wanted if outcome.get(name) not in ("pass", "advisory")]
    if not open_checks:
        raise Problem(
            say("every check of this lab passes: there is nothing to hint at"),
            lab.id,
            say("`zhixing today` shows what comes next"),
        )
    tried = [name for name in open_checks if name in outcome]
    return (tried or open_checks)[0]


def solution_text(desk: Desk, reference: str) -> str:
    """The author's solution, once the learner has passed the lab. Problem before that."""
    lab, _ = named(desk, reference)
    _refuse_an_essay(lab)
    if not set(part_names(lab)) <= passed_before(standing(desk), lab):
        raise Problem(
            say("the solution is shown after passing"),
            lab.id,
            say("`zhixing hint {lab}` goes one rung at a time", lab=lab.id),
        )
    return without_markers(lab.solution)
