"""Authors: lay out a new lab, and show that a lab is what it must be."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zhixing.actions import first_lab, first_program
from zhixing.actions.desk import Desk
from zhixing.actions.libraries import refuse_missing
from zhixing.catalog import finding
from zhixing.catalog.auditing import audit
from zhixing.catalog.noticed import FILE, noticed_text
from zhixing.catalog.packs import pack_folders
from zhixing.catalog.reading import read_catalog
from zhixing.catalog.values import near_or_all
from zhixing.catalog.vocabulary import FIELDS, is_id
from zhixing.errors import Letter, Problem, reason_of
from zhixing.grader.grading import Judge
from zhixing.grader.noticing import noticed
from zhixing.grader.verifying import verify
from zhixing.records import Catalog, Lab, LabReport
from zhixing.words import Said, say

_LAB_FOLDER = re.compile(r"(?=labs/[\w-]+/([\w-]+)(?:[/,\s]|$))")

# --- verify -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ToVerify:
    """A lab as its files give it, and what reading them and its references has to say. `lab` is
    None when the files could not be read at all; `folder` is where they lie."""

    id: str
    lab: Lab | None
    letters: tuple[Letter, ...]
    folder: Path | None = None


def labs_to_verify(
    desk: Desk, names: Sequence[str] = (), pack: Path | None = None
) -> tuple[ToVerify, ...]:
    """The named labs; without names all labs of `pack`, or of all packs. Problem for an id that is
    nowhere, and for a folder that is no pack."""
    others = [f for f in pack_folders(desk.settings.packs) if not _is(f, pack)]
    catalog, letters = read_catalog([*others, pack.absolute()] if pack else others)
    about = _by_lab([*letters, *audit(catalog)])
    if not names:
        names = _all_of(catalog, about, others if pack else ())
        if pack is not None and not names:
            raise Problem.of(letters or [_no_lab_in(pack)])
    for name in names:
        if name not in about:
            finding.lab(catalog, name)
    folders = [*others, pack.absolute()] if pack else others
    return tuple(_to_verify(name, catalog, about.get(name, ()), folders) for name in names)


def _to_verify(
    name: str, catalog: Catalog, letters: Sequence[Letter], packs: Sequence[Path]
) -> ToVerify:
    lab = catalog.labs.get(name)
    there = (folder / "labs" / lab.area / name for folder in packs) if lab else iter(())
    return ToVerify(name, lab, tuple(letters), next((f for f in there if f.is_dir()), None))


def _by_lab(letters: Sequence[Letter]) -> dict[str, list[Letter]]:
    """The letters about files of a lab, by its id."""
    about: dict[str, list[Letter]] = {}
    for letter in letters:
        where = letter.where if isinstance(letter.where, str) else letter.where.render("en")
        if found := _LAB_FOLDER.findall(where):
            about.setdefault(found[-1], []).append(letter)
    return about


def _all_of(
    catalog: Catalog, about: Mapping[str, object], others: Sequence[Path]
) -> tuple[str, ...]:
    """All labs, those that could not be read too; without those that `others` have."""
    elsewhere = read_catalog(others)[0].labs if others else {}
    every = (*catalog.labs, *(name for name in about if name not in catalog.labs))
    return tuple(name for name in every if name not in elsewhere)


def _is(folder: Path, pack: Path | None) -> bool:
    return pack is not None and folder.resolve() == pack.resolve()


def _no_lab_in(pack: Path) -> Letter:
    step = say("`zhixing lab new AREA/ID --pack {pack}` lays one out", pack=pack)
    return Letter(say("there is no lab in this pack"), str(pack), step)


def verify_labs(
    labs: Sequence[ToVerify],
    on_row: Callable[[str, Said], None] | None = None,
    mirror: str | None = None,
    note: bool = False,
) -> Iterator[LabReport]:
    """A report on each lab, as it is done; `on_row` hears (lab, row). One judge serves them all.
    `mirror` is named in the command that installs a library a lab lacks. `note`: beside each lab
    that is sound it is written down where its slips are noticed, so that they are named quickly."""
    judge = Judge()
    try:
        for one in labs:
            report = _unreadable(one)
            if one.lab is not None:
                try:
                    refuse_missing(one.lab.packages, one.id, mirror)
                    report = verify(one.lab, judge, _heard(one.id, on_row))
                    if note and report.ok and not one.letters:
                        _note(one, one.lab, judge, _heard(one.id, on_row))
                except Problem as problem:  # the judge may be gone: the next lab gets a new one
                    judge.close()
                    judge = Judge()
                    report = _unreadable(one, problem.letters)
            yield _with_letters(report, one.letters)
    finally:
        judge.close()


def _note(one: ToVerify, lab: Lab, judge: Judge, on_row: Callable[[Said], None] | None) -> None:
    """Write noticed.toml. Problem where the folder cannot be written."""
    from zhixing.grader.judge import libraries

    if one.folder is None or not lab.mutants:
        return
    places = noticed(lab, judge, on_row or (lambda _: None))
    file = one.folder / FILE
    try:
        file.write_text(noticed_text(lab, places, libraries(lab.packages)), encoding="utf-8")
    except OSError as trouble:
        raise Problem(
            say("{file} cannot be written: {reason}", file=FILE, reason=reason_of(trouble)),
            str(file),
            say("make the folder writable, or leave out --note"),
        ) from trouble


def _heard(lab: str, on_row: Callable[[str, Said], None] | None) -> Callable[[Said], None] | None:
    return None if on_row is None else lambda row: on_row(lab, row)


def _unreadable(one: ToVerify, letters: Sequence[Letter] = ()) -> LabReport:
    mutants = len(one.lab.mutants) if one.lab else 0
    problems = tuple(_in_one_line(letter) for letter in letters)
    return LabReport(one.id, False, mutants, 0, (), 0.0, problems)


def _with_letters(report: LabReport, letters: Sequence[Letter]) -> LabReport:
    problems = (*(_in_one_line(letter) for letter in letters), *report.problems)
    return replace(report, ok=report.ok and not problems, problems=problems)


def _in_one_line(letter: Letter) -> Said:
    return say(
        "{what} · {where} · {next_step}",
        what=letter.what,
        where=letter.where,
        next_step=letter.next_step,
    )


# --- new ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NewLab:
    """What was laid out. `notes` say what the author should know about it."""

    id: str
    folder: Path
    files: tuple[Path, ...]
    notes: tuple[Said, ...]


def new_lab(desk: Desk, name: str, pack: Path, kind: str = "python") -> NewLab:
    """A complete tiny lab AREA/ID of a kind in the pack's folder, which an author then edits.

    It passes `lab verify` as it is. A folder that is no pack yet becomes one. Problem for an id
    that exists, here or in any pack, and for an area or id that is none.
    """
    area, _, lab_id = name.partition("/")
    _fit_to_be_named(name, area, lab_id)
    others = [f for f in pack_folders(desk.settings.packs) if not _is(f, pack)]
    here = [pack] if (pack / "pack.toml").is_file() else []
    catalog, _ = read_catalog([*others, *here])
    folder = pack / "labs" / area / lab_id
    _refuse_a_second(catalog, lab_id, folder)
    texts = {
        f"labs/{area}/{lab_id}/{file}": text for file, text in first_program.FILES[kind].items()
    }
    notes: list[Said] = []
    if not here:
        texts["pack.toml"] = first_lab.PACK
        notes.append(
            say("the folder is a pack now: `zhixing pack add {pack}` lets it in", pack=pack)
        )
    skill = _skill(catalog, area)
    if skill is None:
        skill = f"{lab_id}-skill"
        texts[f"skills/{area}.toml"] = first_lab.SKILL
        notes.append(say("skills/{area}.toml has a skill for it: name it", area=area))
    if lab_id in catalog.planned:
        notes.append(say('it was planned: take "{id}" out of labs/planned.toml', id=lab_id))
    names = {"«ID»": lab_id, "«SKILL»": skill, "«NAME»": _pack_name(pack)}
    return NewLab(lab_id, folder, tuple(_write(pack, texts, names)), tuple(notes))


def _fit_to_be_named(name: str, area: str, lab_id: str) -> None:
    where = say("zhixing lab new {name}", name=name)
    if area not in FIELDS or not lab_id:
        what = say('"{area}" is no area of labs', area=area)
        if area in FIELDS:
            what = say("the id is missing")
        step = say(
            "write AREA/ID, such as ml/my-first-lab; areas: {areas}", areas=", ".join(FIELDS)
        )
        raise Problem(
            what, where, near_or_all(area, FIELDS) if area not in FIELDS and lab_id else step
        )
    if not is_id(lab_id):
        step = say("ids are small letters, digits and hyphens: la-svd-image")
        raise Problem(say('"{name}" is not an id', name=lab_id), where, step)


def _refuse_a_second(catalog: Catalog, lab_id: str, folder: Path) -> None:
    if lab_id in catalog.labs or folder.exists():
        owner = catalog.labs.get(lab_id)
        where = f"labs/{owner.area}/{lab_id}" if owner else str(folder)
        step = say("ids are global: choose another, or edit the one that is there")
        raise Problem(say('there is a lab "{id}" already', id=lab_id), where, step)


def _skill(catalog: Catalog, area: str) -> str | None:
    """A skill of the area for the lab to show until its author chooses."""
    return next((skill.id for skill in catalog.skills.values() if skill.field == area), None)


def _pack_name(pack: Path) -> str:
    name = "-".join(re.findall(r"[a-z0-9]+", pack.absolute().name.lower()))
    return name or "my-pack"


def _write(pack: Path, texts: Mapping[str, str], names: Mapping[str, str]) -> Iterator[Path]:
    for path, text in texts.items():
        for sign, name in names.items():
            text = text.replace(sign, name)
        file = pack / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8") as stream:
                stream.write(text)
        except OSError as trouble:
            raise Problem(
                say("the lab cannot be laid out: {reason}", reason=reason_of(trouble)),
                str(file),
                say("make room or make the folder writable, or name another with --pack"),
            ) from trouble
        yield file
