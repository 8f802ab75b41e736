"""import: compile a roadmap, and say what was understood and what was not."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhixing.actions import importing
from zhixing.actions.importing import Understood
from zhixing.cli.door import Door
from zhixing.cli.params import argument, option
from zhixing.cli.plain import plain
from zhixing.cli.speaking import command
from zhixing.errors import Problem
from zhixing.records import Remark
from zhixing.words import say

if TYPE_CHECKING:
    from zhixing.actions.proposing import Proposed


@command(
    "import",
    about=say("a roadmap of your own: what it says, and what was not understood"),
    more=say(
        "A Markdown text, or a JSON file in the shape of roadmap.sh that is yours. Nothing is kept "
        "unless --as gives it a name; `zhixing init --route FILE` makes a plan of it at once. "
        "--ask-for-proposals writes a question that you can paste into any model; with --proposals "
        "its answer may add names, hours and order to what is there, and nothing else."
    ),
)
@argument("file", about=say("the document"), metavar="FILE", type=click.Path(path_type=Path))
@option("--as", "route_id", about=say("keep it as a route under this id"), metavar="ID")
@option("--proposals", about=say("a JSON file of names, hours and order that somebody proposes"),
        metavar="ANSWER", type=click.Path(path_type=Path))  # fmt: skip
@option("--ask-for-proposals", "asking", about=say("write the question for them to this file"),
        metavar="OUT", type=click.Path(path_type=Path))  # fmt: skip
def import_(
    door: Door, file: Path, route_id: str | None, proposals: Path | None, asking: Path | None
) -> None:
    from zhixing.cli.pages.importing import import_page

    if asking is not None:
        _ask(door, file, asking)
        return
    with door.desk() as desk:
        found = importing.understood(desk, importing.read_file(file), file.name, route_id)
        proposed = None
        if proposals is not None:
            from zhixing.actions.proposing import with_file

            proposed = with_file(desk, found, proposals)
            found = proposed.found
        if route_id is not None:
            kept = proposed.tables if proposed else ()
            importing.keep(desk, found.text, found.route.id, found.sure, proposals=kept)
        door.show(
            lambda: _plain_import(found, proposed),
            lambda paper: import_page(paper, found, file, route_id is not None, proposed),
        )


def _ask(door: Door, file: Path, out: Path) -> None:
    """Write the question about a document to a file of its own."""
    from zhixing.actions.proposing import question_for
    from zhixing.cli.commands.plan_files import write_whole
    from zhixing.cli.pages.importing import question_page

    if out.exists() and file.exists() and out.samefile(file):
        raise Problem(
            say("this is the roadmap itself"),
            str(out),
            say("name another file for the question, such as question.txt"),
        )
    with door.desk() as desk:
        found = importing.understood(desk, importing.read_file(file), file.name)
        write_whole(out, question_for(found, desk.language).encode())
    door.show(lambda: {"file": str(out)}, lambda paper: question_page(paper, file, out))


def _plain_import(found: Understood, proposed: "Proposed | None") -> dict[str, object]:
    """The tree of the route as DESIGN 6 prints it, with the report beside it."""
    from zhixing.roadmap.tree import as_tree

    report = found.report
    said: dict[str, object] = {
        "understood": report.understood,
        "not_understood": [_plain_remark(each) for each in report.not_understood],
        "contradictions": [_plain_remark(each) for each in report.contradictions],
        "assumed": [_plain_remark(each) for each in report.assumed],
    }
    if proposed is not None:
        said["proposed"] = plain(proposed.changes)
        said["not_taken"] = plain(proposed.refused)
    return {**as_tree(found.route), "report": said, "matches": plain(found.matches)}


def _plain_remark(remark: Remark) -> dict[str, object]:
    return {"line": remark.line, "text": remark.text, "why": plain(remark.why)}
