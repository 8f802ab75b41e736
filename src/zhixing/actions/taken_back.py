"""What does taking back undo, or what did it? Said so that the learner knows what is as before."""

from collections.abc import Iterator, Mapping

from zhixing.actions import undoing
from zhixing.actions.desk import Desk
from zhixing.actions.standing import Standing, standing
from zhixing.actions.whole_routes import shown_route
from zhixing.actions.wording import long_date, near_date
from zhixing.records import PlanAccepted, Profile, ProfileSet, TaskSkipped
from zhixing.words import Said, say

WAYS: Mapping[str, Said] = {
    "absorb": say("replanned by absorbing"), "slide": say("replanned by sliding"),
    "trim": say("replanned by trimming"), "light": say("replanned with a light week"),
    "forward": say("replanned to go faster"), "init": say("a plan begun"),
    "trial": say("the two-day trial begun"), "fewer": say("tasks left out for the deadline"),
}  # fmt: skip
PINS = say("other tasks kept on a day")
CHANGES: tuple[tuple[tuple[str, ...], Said], ...] = (
    (("route",), say("another route")), (("more_routes",), say("the routes that follow")),
    (("minutes", "blocks"), say("other hours")), (("reserve",), say("another reserve")),
    (("deadline",), say("another deadline")), (("days_off",), say("other days off")),
    (("holidays",), say("other public holidays")), (("direction",), say("another direction")),
    (("emphasis",), say("another emphasis")), (("known",), say("other skills known before")),
    (("pins",), PINS),
)  # fmt: skip
"""Fields of a profile, and what it is called that they changed."""


def plan_taken_back(
    desk: Desk, taken: PlanAccepted, with_it: Profile | None, without: Profile | None
) -> Said:
    """The plan that was `taken` back and its day; for a change of the profile, what changed:
    `with_it` is the profile before taking back, `without` the one after."""
    day = long_date(taken.at.astimezone(desk.now().tzinfo).date())
    changed = _changed(with_it, without)
    if taken.because in WAYS and not (taken.because == "init" and changed):
        return say("taken back: {what}, {day}", what=WAYS[taken.because], day=day)
    if changed:
        return say("taken back: {what}, {day}", what=changed, day=day)
    return say("taken back: all laid out anew, {day}", day=day)


def _changed(with_it: Profile | None, without: Profile | None) -> tuple[Said, ...]:
    if with_it is None or without is None:
        return ()
    return tuple(
        called
        for names, called in CHANGES
        if any(getattr(with_it, name) != getattr(without, name) for name in names)
    )


# --- before it is taken back --------------------------------------------------------------------


def last_change(desk: Desk) -> Said | None:
    """What `undo` would take back now; None when there is nothing."""
    now = standing(desk)
    last = undoing.undoable(now)
    if last is None or now.profile is None:
        return None
    if isinstance(last, PlanAccepted):
        return _plan_change(desk, now, last)
    if "." in last.id:
        return say("all that the sheet changed")
    titles = _titles(desk, now.profile)
    title = titles.get(last.task, last.task)
    if isinstance(last, TaskSkipped):
        return say("{title}, left out", title=title)
    return say("{title}, done", title=title)


def _plan_change(desk: Desk, now: Standing, last: PlanAccepted) -> Said:
    gone = undoing.taken_back_with(now, last)
    kept = [h.profile for h in now.happenings if isinstance(h, ProfileSet) and h.id not in gone]
    without = kept[-1] if kept else None
    changed = _changed(now.profile, without)
    if last.because in WAYS and not (last.because == "init" and changed):
        return WAYS[last.because]
    if now.profile is not None and without is not None and changed == (PINS,):
        return next(_pins(desk, now.profile, without), PINS)
    return say("{what}", what=changed) if changed else say("all laid out anew")


def _pins(desk: Desk, with_it: Profile, without: Profile) -> Iterator[Said]:
    titles, today = _titles(desk, with_it), desk.today()
    for task, on in sorted(with_it.pins.items()):
        if without.pins.get(task) != on:
            yield say(
                "“{title}” kept on {day}", title=titles.get(task, task), day=near_date(on, today)
            )
    for task in sorted(without.pins.keys() - with_it.pins.keys()):
        yield say("“{title}” free to move", title=titles.get(task, task))


def _titles(desk: Desk, profile: Profile) -> Mapping[str, str]:
    return {task.id: task.title for task in shown_route(desk, profile).tasks}
