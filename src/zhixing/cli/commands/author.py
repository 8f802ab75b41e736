"""lab new, lab verify, pack add, pack audit: for those who write labs and packs."""

import sys
from dataclasses import fields
from pathlib import Path

import click

from zhixing.actions import authoring
from zhixing.cli.completing import lab_ids, offered
from zhixing.cli.door import Door
from zhixing.cli.params import argument, option
from zhixing.cli.plain import plain, write_json
from zhixing.cli.speaking import Group, command
from zhixing.cli.trouble import plain_letter
from zhixing.errors import Problem
from zhixing.words import say

HERE = "zhixing.cli.commands.author"
FAILED = 1

lab = Group(
    "lab",
    about=say("write labs: new lays one out, verify shows that it is sound"),
    members={"new": f"{HERE}:new", "verify": f"{HERE}:verify"},
)
pack = Group(
    "pack",
    about=say("packs of content: audit one, or let it in"),
    members={"audit": f"{HERE}:audit", "add": f"{HERE}:add"},
)


@command(
    "new",
    about=say("lay out a small lab that passes `lab verify` as it is, to be edited"),
    more=say(
        "It goes into the pack of this folder, or into --pack FOLDER, which becomes a pack if it "
        "is none yet. An id that exists is refused."
    ),
)
@argument("name", about=say("area and id: ml/my-first-lab"), metavar="AREA/ID")
@option("--pack", about=say("the folder of the pack"), metavar="FOLDER",
        type=click.Path(path_type=Path))  # fmt: skip
@option("--kind", about=say("what an answer is: python (functions), program, service or files"),
        type=click.Choice(("python", "program", "service", "files")), default="python")  # fmt: skip
def new(door: Door, name: str, pack: Path | None, kind: str) -> None:
    from zhixing.cli.pages.author import new_page

    folder = pack or Path()
    if pack is None and not Path("pack.toml").is_file():
        raise Problem(
            say("this folder is no pack: it has no pack.toml"),
            str(Path.cwd()),
            say("name one, or a folder that becomes one: --pack FOLDER"),
        )
    with door.desk() as desk:
        made = authoring.new_lab(desk, name, folder, kind)
        door.show(lambda: plain(made), lambda paper: new_page(paper, made, pack))


@command(
    "verify",
    about=say("show that labs are sound: solution, starter, every mutant, every check"),
    more=say("With --json one object a line. Exit code 1 when a lab has a problem."),
)
@argument("labs", about=say("labs to verify"), metavar="[LAB]...", nargs=-1,
          shell_complete=offered(lab_ids))  # fmt: skip
@option("--all", "every", about=say("all labs; with --pack all of that pack"), is_flag=True)
@option("--pack", about=say("look into this pack too"), metavar="FOLDER",
        type=click.Path(path_type=Path))  # fmt: skip
@option(
    "--note",
    about=say("write down in noticed.toml where slips are noticed: naming them is quicker then"),
    is_flag=True,
)
def verify(door: Door, labs: tuple[str, ...], every: bool, pack: Path | None, note: bool) -> int:
    if bool(labs) == every:
        raise Problem(
            say("which labs?"),
            "zhixing lab verify",
            say("name some, or give --all: `zhixing labs` lists them all"),
        )
    with door.desk() as desk:
        found = authoring.labs_to_verify(desk, labs, pack)
        mirror = desk.settings.mirror
    show = _verify_as_json if door.as_json else _verify_on_paper
    return show(door, found, mirror, note)


def _verify_as_json(
    door: Door, labs: tuple[authoring.ToVerify, ...], mirror: str | None, note: bool
) -> int:
    code = 0
    for report in authoring.verify_labs(labs, mirror=mirror, note=note):
        data = {field.name: plain(getattr(report, field.name)) for field in fields(report)}
        data["problems"] = [problem.render(door.language) for problem in report.problems]
        write_json(data, sys.stdout, one_line=True)
        code = code if report.ok else FAILED
    return code


def _verify_on_paper(
    door: Door, labs: tuple[authoring.ToVerify, ...], mirror: str | None, note: bool
) -> int:
    from zhixing.cli.pages.author import Rows, report_line

    paper, code = door.paper(), 0
    rows = Rows(paper)
    for report in authoring.verify_labs(labs, rows.hear, mirror, note):
        rows.end()
        report_line(paper, report)
        code = code if report.ok else FAILED
    return code


@command(
    "audit",
    about=say("everything that is wrong with a pack, at once"),
    more=say(
        "Without FOLDER all packs are looked at. Notes (planned labs, skills that nothing shows "
        "yet) are listed and are no failure. Exit code 1 when something is wrong."
    ),
)
@argument("folder", about=say("the folder of a pack"), metavar="[FOLDER]", required=False,
          type=click.Path(path_type=Path))  # fmt: skip
def audit(door: Door, folder: Path | None) -> int:
    from zhixing.actions.packs import audit_packs
    from zhixing.cli.pages.author import audit_page

    with door.desk() as desk:
        found = audit_packs(desk, folder)
    data = {
        "packs": list(found.packs),
        "ok": found.ok,
        "problems": [plain_letter(letter, door) for letter in found.letters],
        "notes": [plain_letter(letter, door) for letter in found.notes],
    }
    door.show(lambda: data, lambda paper: audit_page(paper, found))
    return 0 if found.ok else FAILED


@command("add", about=say("let a pack in: it is audited first, and stays where it lies"))
@argument("folder", about=say("the folder of a pack"), metavar="FOLDER",
          type=click.Path(path_type=Path))  # fmt: skip
def add(door: Door, folder: Path) -> int:
    from zhixing.actions.packs import add_pack
    from zhixing.cli.pages.author import added_page

    with door.desk() as desk:
        found = add_pack(desk, folder)
    data = {
        "folder": str(found.folder),
        "added": found.added,
        "packs": list(found.audit.packs),
        "problems": [plain_letter(letter, door) for letter in found.audit.letters],
    }
    door.show(lambda: data, lambda paper: added_page(paper, found))
    return 0 if found.audit.ok else FAILED
