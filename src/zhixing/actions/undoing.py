"""Taking back: what would go, and that it goes; nothing is erased."""

from collections.abc import Mapping

from zhixing.actions.desk import Desk
from zhixing.actions.standing import Standing, standing
from zhixing.errors import Problem
from zhixing.records import PlanAccepted, ProfileSet, TaskDone, TaskSkipped, Undone
from zhixing.words import say

PROFILES_SET: Mapping[str, int] = {"init": 1, "trial": 2, "change": 1}
"""How many profiles were set together with a plan, by its reason: undoing takes them back too."""

UNDOABLE = (PlanAccepted, TaskDone, TaskSkipped)


def last_change(desk: Desk) -> str:
    """The id of what `undo` would take back; "" when there is nothing."""
    found = (h.id for h in reversed(standing(desk).happenings) if isinstance(h, UNDOABLE))
    return next(found, "")


def is_taken_back(desk: Desk, what: str) -> bool:
    """Whether a happening of this id was taken back already."""
    taken = desk.store.happenings(desk.learner, (Undone,))
    return any(isinstance(one, Undone) and one.what == what for one in taken)


def _told_together(now: Standing, last: str) -> list[str]:
    """The id of what is taken back, and of all that was remembered with it: a filled-in sheet's
    happenings share what stands before the dot of their ids."""
    together, dot, _ = last.partition(".")
    if not dot:
        return [last]
    return [h.id for h in now.happenings if h.id.startswith(f"{together}.")]


def undoable(now: Standing) -> PlanAccepted | TaskDone | TaskSkipped | None:
    """What `undo` would take back: the last of its kind, but never the first plan."""
    listed = [h for h in now.happenings if isinstance(h, UNDOABLE)]
    plans = sum(isinstance(h, PlanAccepted) for h in listed)
    last = listed[-1] if listed else None
    return None if isinstance(last, PlanAccepted) and plans == 1 else last


def taken_back_with(now: Standing, last: PlanAccepted | TaskDone | TaskSkipped) -> tuple[str, ...]:
    """The ids of all that goes when that is taken back."""
    together = _told_together(now, last.id)
    if isinstance(last, PlanAccepted):
        profiles = [h.id for h in now.happenings if isinstance(h, ProfileSet)]
        together += profiles[len(profiles) - PROFILES_SET.get(last.because, 0) :]
    return tuple(together)


def undo(desk: Desk) -> PlanAccepted | TaskDone | TaskSkipped:
    """Take back the latest plan, done or skip, or all that was remembered with it: by new
    happenings, nothing is erased."""
    now = standing(desk)
    last = undoable(now)
    if last is None:
        raise Problem(
            say("there is nothing to take back"),
            str(desk.settings.home),
            say("`zhixing undo` takes back a done, a skip, or a changed plan"),
        )
    gone = taken_back_with(now, last)
    made = [desk.stamp() for _ in gone]
    desk.store.append(
        *(
            Undone(id=stamp[0], learner=stamp[1], at=stamp[2], what=what)
            for stamp, what in zip(made, gone, strict=True)
        )
    )
    return last
