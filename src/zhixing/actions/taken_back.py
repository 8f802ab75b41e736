"""What did taking back a plan undo? Said so that the learner knows what is as before."""

from collections.abc import Mapping

from zhixing.actions.desk import Desk
from zhixing.actions.wording import long_date
from zhixing.records import PlanAccepted, Profile
from zhixing.words import Said, say

WAYS: Mapping[str, Said] = {
    "absorb": say("replanned by absorbing"), "slide": say("replanned by sliding"),
    "trim": say("replanned by trimming"), "light": say("replanned with a light week"),
    "forward": say("replanned to go faster"), "init": say("a plan begun"),
    "trial": say("the two-day trial begun"),
}  # fmt: skip
CHANGES: tuple[tuple[tuple[str, ...], Said], ...] = (
    (("route",), say("another route")), (("more_routes",), say("the routes that follow")),
    (("minutes", "blocks"), say("other hours")), (("reserve",), say("another reserve")),
    (("deadline",), say("another deadline")), (("days_off",), say("other days off")),
    (("holidays",), say("other public holidays")), (("direction",), say("another direction")),
    (("emphasis",), say("another emphasis")), (("known",), say("other skills known before")),
    (("pins",), say("other tasks kept on a day")),
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
