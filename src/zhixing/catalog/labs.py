"""What is this lab? The files of one lab folder in, a `Lab` and letters out.

A lab is left out only when it cannot be graded: without lab.toml, solution or checks, or of a kind
without a judge. Everything else that is wrong is a letter, and the lab is still there. (Essays,
which nobody grades, are read in `essays`.)
"""

from datetime import date
from typing import Final

from zhixing.catalog.code import (
    bare_messages,
    checks_of,
    hidden_names,
    marker_letters,
    syntax_of,
)
from zhixing.catalog.essays import read_essay
from zhixing.catalog.figures import figure_of
from zhixing.catalog.folders import LabFiles, skills_of, statements_of, version_of
from zhixing.catalog.mutants import mutants_of, named_checks
from zhixing.catalog.noticed import with_places
from zhixing.catalog.places import at
from zhixing.catalog.several import (
    SOLUTION,
    STARTER,
    alternatives_of,
    files_of,
    solution_of,
    starter_in,
    unnamed_letters,
)
from zhixing.catalog.statements import Statement, hints_of, titles_of
from zhixing.catalog.tables import Entry, toml_file
from zhixing.catalog.values import (
    Unfit,
    id_letters,
    ids,
    lab_kind,
    near_or_all,
    number,
    one_of,
    seen,
    some_of,
    texts,
    whole,
    yes_or_no,
)
from zhixing.catalog.vocabulary import (
    FIELDS,
    LEVELS,
    MINUTES_WITHOUT_PARTS,
    PACKAGES,
    SANDBOX,
)
from zhixing.errors import Letter
from zhixing.records import CheckSetting, Lab, LabKind, Part, Threshold
from zhixing.words import Bilingual, say

_JUDGED: Final = ("lab.toml", "solution.py", "checks.py", "probes.py", "data.py", "witness.py")
"""What a verdict rests on; statements may be reworded, and figures drawn anew, without
making old verdicts stale."""

_OF_ESSAYS: Final = ("template.zh.md", "template.en.md", "rubric.toml", "cell.py")


def read_lab(
    files: LabFiles, letters: list[Letter], unsound: dict[str, Lab] | None = None
) -> Lab | None:
    """The lab, None where it could not be graded; what is wrong with it goes to `letters`, and as
    far as it could be read it goes to `unsound`."""
    letters += _misnamed(files)
    letters += files.missing("lab.toml")
    if "lab.toml" not in files.texts:
        return None
    facts = toml_file(files.place("lab.toml"), files.texts["lab.toml"], letters)
    kind: LabKind | None = facts.need("kind", lab_kind) if facts else None
    if facts is None:
        return None
    if kind == "essay":
        lab, sound = read_essay(files, facts, letters)
        return _kept(lab, sound, unsound)
    if kind:
        letters += files.strays(_OF_ESSAYS, kind)
    names = files_of(facts, kind)
    letters += unnamed_letters(files, names)
    solution, checks, sound = _read_code(files, kind, names, letters)
    statements = statements_of(files, checks, letters)
    lab = _lab(files, facts, kind, names, solution, checks, statements)
    facts.close()
    lab = with_places(lab, files, letters)
    return _kept(lab, bool(kind) and sound, unsound)


def _kept(lab: Lab, sound: bool, unsound: dict[str, Lab] | None) -> Lab | None:
    """The lab if it is sound; else it is put aside."""
    if sound:
        return lab
    if unsound is not None:
        unsound.setdefault(lab.id, lab)
    return None


def _misnamed(files: LabFiles) -> list[Letter]:
    letters = []
    if files.area not in FIELDS:
        what = say('"{name}" is not a field of labs', name=files.area)
        letters.append(Letter(what, at(files.shown), near_or_all(files.area, FIELDS)))
    return letters + id_letters(files.id, files.where)


def _read_code(
    files: LabFiles, kind: str | None, names: tuple[str, ...], letters: list[Letter]
) -> tuple[str, tuple[str, ...], bool]:
    """The solution, the names of the checks, and whether both can be used at all."""
    for name in ("checks.py",) if names or kind == "files" else ("solution.py", "checks.py"):
        letters += files.missing(name)
    trees = {
        name: syntax_of(files.place(name), source, letters)
        for name, source in files.texts.items()
        if name.endswith(".py")
    }
    solution = solution_of(files, names, letters) if names else files.texts.get("solution.py", "")
    tree, judging = trees.get("solution.py"), trees.get("checks.py")
    if tree and not names:
        place = files.place("solution.py")
        letters += marker_letters(place, solution)
        letters += hidden_names(place, tree) if kind == "python" else []
    checks: tuple[str, ...] = ()
    if judging:
        checks = checks_of(files.place("checks.py"), judging, letters)
        letters += bare_messages(files.place("checks.py"), judging)
    unread = [name for name in names if trees.get(SOLUTION + name, True) is None]
    readable = bool(solution) and not unread if names else tree is not None
    return solution, checks, readable and bool(checks)


def _lab(
    files: LabFiles,
    facts: Entry,
    kind: LabKind | None,
    names: tuple[str, ...],
    solution: str,
    checks: tuple[str, ...],
    statements: tuple[Statement, Statement],
) -> Lab:
    zh, en = statements
    parts = _parts(facts, checks)
    usual = ("pyyaml",) if kind == "files" else ("python",)
    return Lab(
        id=files.id,
        area=files.area,
        title=facts.both("title") or Bilingual(files.id, files.id),
        kind=kind or "python",
        files=names,
        skills=skills_of(facts),
        parts=parts,
        unparted_minutes=_minutes(facts, parts),
        statement=Bilingual(zh.text, en.text),
        hints=hints_of(zh, en),
        check_titles=titles_of(zh, en),
        solution=solution,
        checks_source=files.texts.get("checks.py", ""),
        checks=checks,
        mutants=mutants_of(facts, solution, checks),
        packages=facts.take("packages", some_of(PACKAGES), usual),
        needs=facts.take("needs", ids, ()),
        helps=facts.take("helps", ids, ()),
        sandbox=facts.take("sandbox", some_of(SANDBOX), ()),
        budget_cpu_seconds=facts.take("budget_cpu_seconds", number(0.01, 3600), 2.0),
        memory_mib=facts.take("memory_mib", whole(16, 1024 * 1024), 512),
        level=facts.take("level", one_of(LEVELS), "process"),
        sources=facts.take("sources", texts, ()),
        datasets=facts.take("datasets", texts, ()),
        thresholds=tuple(_thresholds(facts)),
        check_settings=tuple(_check_settings(facts, checks)),
        probes_source=files.texts.get("probes.py"),
        witness_source=files.texts.get("witness.py"),
        data_source=files.texts.get("data.py"),
        alternatives=alternatives_of(files, names, facts.letters)
        if names
        else _alternatives(files),
        version=version_of(files, _judged(files, names)),
        starter=starter_in(files, names, facts.letters),
        figure_source=figure_of(files, parts, facts.letters),
    )


def _judged(files: LabFiles, names: tuple[str, ...]) -> list[str]:
    begins = [STARTER + name for name in names if STARTER + name in files.texts]
    return [*_JUDGED, *(SOLUTION + name for name in names), *begins]


def _minutes(facts: Entry, parts: tuple[Part, ...]) -> int:
    """What `minutes` says; 0 where the parts say it, or nobody does."""
    stated = facts.take("minutes", whole(1, 6000), 0)
    together = sum(part.minutes for part in parts)
    if parts and stated not in (0, together):
        facts.report(
            say("{stated} minutes, but the parts are {sum}", stated=stated, sum=together),
            say("take this key out: the parts say it"),
            "minutes",
        )
    if not parts and stated > MINUTES_WITHOUT_PARTS:
        facts.report(
            say("{stated} minutes without a part", stated=stated),
            say(
                "a lab of more than {limit} minutes has parts that fit a day: add [parts.name]",
                limit=MINUTES_WITHOUT_PARTS,
            ),
            "minutes",
        )
    return 0 if parts else stated


def _parts(facts: Entry, checks: tuple[str, ...]) -> tuple[Part, ...]:
    parts = []
    for entry in facts.named("parts"):
        minutes = entry.need("minutes", whole(1, 600))
        title = entry.both("title") or Bilingual(entry.name, entry.name)
        part = Part(entry.name, title, minutes or 0, named_checks(entry, "checks", checks))
        entry.close()
        facts.letters += id_letters(entry.name, entry.where)
        parts.append(part)
    for check in checks if parts else ():
        owners = [part.name for part in parts if check in part.checks]
        if len(owners) != 1:
            facts.report(
                say('check "{name}" is in {count} parts', name=check, count=len(owners)),
                say("put every check into exactly one part"),
                "parts",
            )
    return tuple(parts)


def _thresholds(facts: Entry) -> list[Threshold]:
    found = []
    for entry in facts.named("thresholds"):
        value = entry.need("value", number(-1e300, 1e300))
        confidence = entry.take("confidence", number(0, 1), -1.0)
        threshold = Threshold(
            name=entry.name,
            value=value or 0.0,
            measured=entry.take("measured", _measured, {}),
            seeds=entry.take("seeds", whole(1, 1000), 1),
            confidence=None if confidence < 0 else confidence,
        )
        entry.close()
        if value is not None:
            found.append(threshold)
    return found


def _measured(value: object) -> dict[str, object]:
    """What was measured, as plain numbers and texts: a date becomes 2026-11-21."""
    if not isinstance(value, dict):
        raise Unfit(
            say("a table is wanted, not {value}", value=seen(value)),
            say("write it as {{ solution = 0.9, best_mutant = 0.5, date = 2026-11-21 }}"),
        )
    return {
        key: one
        if isinstance(one, str | float)
        else str(one)
        if isinstance(one, date)
        else float(one)
        for key, one in value.items()
        if isinstance(one, str | float | int | date)
    }


def _check_settings(facts: Entry, checks: tuple[str, ...]) -> list[CheckSetting]:
    settings = []
    for entry in facts.named("checks"):
        seconds = entry.take("cpu_seconds", number(0.01, 3600), 0.0)
        setting = CheckSetting(
            name=entry.name,
            noisy=entry.take("noisy", yes_or_no, False),
            advisory=entry.take("advisory", yes_or_no, False),
            cpu_seconds=seconds or None,
        )
        entry.close()
        if checks and entry.name not in checks:
            what = say('no check is called "{name}"', name=entry.name)
            entry.report(what, near_or_all(entry.name, checks), None)
        else:
            settings.append(setting)
    return settings


def _alternatives(files: LabFiles) -> dict[str, str]:
    """Other right answers by their name: alternatives/short_loops.py -> short_loops."""
    return {
        name.removeprefix("alternatives/").removesuffix(".py"): source
        for name, source in files.texts.items()
        if name.startswith("alternatives/") and name.count("/") == 1
    }
