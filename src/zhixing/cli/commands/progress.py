"""progress: what is held, where the hours went, what was tried."""

from zhixing.actions.progress import Progress
from zhixing.actions.progress import progress as progress_of
from zhixing.cli.door import Door
from zhixing.cli.plain import plain
from zhixing.cli.speaking import command
from zhixing.words import say


@command("progress", about=say("what you hold, where your hours went, what you tried"))
def progress(door: Door) -> None:
    from zhixing.cli.pages.progress import progress_page

    with door.desk() as desk:
        found = progress_of(desk)
        titles = {skill.id: skill.title for skill in desk.catalog.skills.values()}
        door.show(lambda: plain_progress(found), lambda paper: progress_page(paper, found, titles))


def plain_progress(found: Progress) -> object:
    """Progress as programs read it: `mastery` lists skills, those with evidence first."""
    skills = [plain(each) for each in found.mastery.skills.values()]
    held = plain(found)
    assert isinstance(held, dict)
    return {**held, "mastery": {"today": plain(found.mastery.today), "skills": skills}}
