"""brief: one screen for a study task."""

from zhixing.actions.desk import at_hand
from zhixing.catalog import finding
from zhixing.cli.completing import brief_ids, offered
from zhixing.cli.door import Door
from zhixing.cli.params import argument, option
from zhixing.cli.plain import plain
from zhixing.cli.speaking import command
from zhixing.records import Brief
from zhixing.words import say


@command(
    "brief",
    about=say("one screen for a study task; without an ID all briefs"),
    more=say("What to watch, one cell to run, three questions. --answers shows their answers."),
)
@argument("brief", about=say("a brief"), metavar="[ID]", required=False,
          shell_complete=offered(brief_ids))  # fmt: skip
@option("--answers", about=say("show the answers too"), is_flag=True)
def brief(door: Door, brief: str | None, answers: bool) -> None:
    from zhixing.cli.pages.briefs import brief_page, briefs_page, reading_page

    with door.desk() as desk:
        reading = desk.catalog.readings.get(brief.removeprefix("reading:")) if brief else None
        if reading is not None and brief not in desk.catalog.briefs:
            door.show(lambda: plain(reading), lambda paper: reading_page(paper, reading))
            return
        if brief is not None:
            found = at_hand(desk, finding.brief, brief)
            data = _plain_brief(found, answers)
            door.show(lambda: data, lambda paper: brief_page(paper, found, answers))
            return
        every = list(desk.catalog.briefs.values())
        listed = [{"id": b.id, "field": b.field, "title": plain(b.title)} for b in every]
        door.show(lambda: {"briefs": listed}, lambda paper: briefs_page(paper, every))


def _plain_brief(brief: Brief, answers: bool) -> dict[str, object]:
    """All of a brief; the answers only for who asks for them."""
    questions = [
        {"ask": plain(one.ask)} | ({"answer": plain(one.answer)} if answers else {})
        for one in brief.questions
    ]
    shown = plain(brief)
    assert isinstance(shown, dict)
    return shown | {"questions": questions}
