"""import: compile a roadmap, and say what was understood and what was not."""

from pathlib import Path

import click

from zhixing.actions import importing
from zhixing.actions.importing import Understood
from zhixing.cli.door import Door
from zhixing.cli.params import argument, option
from zhixing.cli.plain import plain
from zhixing.cli.speaking import command
from zhixing.records import Remark
from zhixing.words import say


@command(
    "import",
    about=say("a roadmap of your own: what it says, and what was not understood"),
    more=say(
        "A Markdown text, or a JSON file in the shape of roadmap.sh that is yours. Nothing is kept "
        "unless --as gives it a name; `zhixing init --route FILE` makes a plan of it at once."
    ),
)
@argument("file", about=say("the document"), metavar="FILE", type=click.Path(path_type=Path))
@option("--as", "route_id", about=say("keep it as a route under this id"), metavar="ID")
def import_(door: Door, file: Path, route_id: str | None) -> None:
    from zhixing.cli.pages.importing import import_page

    with door.desk() as desk:
        found = importing.understood(desk, importing.read_file(file), file.name, route_id)
        if route_id is not None:
            importing.keep(desk, found.text, found.route.id, found.sure)
        door.show(
            lambda: _plain_import(found),
            lambda paper: import_page(paper, found, file, kept=route_id is not None),
        )


def _plain_import(found: Understood) -> dict[str, object]:
    """The tree of the route as DESIGN 6 prints it, with the report beside it."""
    from zhixing.roadmap.tree import as_tree

    report = found.report
    said = {
        "understood": report.understood,
        "not_understood": [_plain_remark(each) for each in report.not_understood],
        "contradictions": [_plain_remark(each) for each in report.contradictions],
        "assumed": [_plain_remark(each) for each in report.assumed],
    }
    return {**as_tree(found.route), "report": said, "matches": plain(found.matches)}


def _plain_remark(remark: Remark) -> dict[str, object]:
    return {"line": remark.line, "text": remark.text, "why": plain(remark.why)}
