"""solution: a second look at an answer that passed, and ours beside it."""

from zhixing.actions import reviews
from zhixing.actions.reviews import Review
from zhixing.cli.commands.work import lab_argument
from zhixing.cli.door import Door
from zhixing.cli.plain import plain
from zhixing.cli.speaking import command
from zhixing.words import say


@command(
    "solution",
    about=say("after passing: how your answer reads, and our solution"),
    more=say(
        "For a part that passed, notes on your answer; once every part passes, our solution and "
        "another right answer as well. Notes are never part of a verdict."
    ),
)
@lab_argument
def solution(door: Door, lab: str) -> None:
    from zhixing.cli.pages.review import review_page

    with door.desk() as desk:
        found = reviews.review(desk, lab)
        door.show(lambda: _plain(found), lambda paper: review_page(paper, found))


def _plain(found: Review) -> dict[str, object]:
    return {
        "lab": found.lab.id,
        "part": found.part.name if found.part else None,
        "title": plain(found.lab.title),
        "notes": plain(found.notes),
        "praise": plain(found.praise),
        "answer": found.answer,
        "solution": found.solution,
        "alternative": plain(found.alternative),
        "pairs": plain(found.pairs),
    }
