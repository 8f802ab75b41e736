"""What are the ways on after missed days? Options with their price, for the learner to choose.

A plan is never made again from the beginning: **absorb** keeps the date and moves few pieces
(`absorbing`), **slide** moves everything later at once (`sliding`). Days before today do not
change but for what was missed there; a piece of today that was begun stays on today.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Literal

from zhixing.planner.absorbing import absorb
from zhixing.planner.dated import earliest_finish, plan_from
from zhixing.planner.hours import Room, room_of, study_minutes
from zhixing.planner.interruption import Interruption, interruption
from zhixing.planner.laying import Laid
from zhixing.planner.seats import Seats, seats_of
from zhixing.planner.slack import add_extras
from zhixing.planner.sliding import slide
from zhixing.records import Plan, Profile, ReplanOption, Route


def options(
    plan: Plan,
    route: Route,
    profile: Profile,
    done: Mapping[str, int],
    finished: frozenset[str],
    today: date,
) -> tuple[ReplanOption, ...]:
    """The ways on from `plan` on `today`: none if nothing was missed; absorb, if all that was
    missed fits before the finish; and slide.

    `done` are minutes worked on tasks, `finished` tasks that need nothing more (see `day.due`).
    `slide_days` are days from the old finish to the new one. A plan taken from an option has
    nothing missed until a later day. Problem: the profile has no study minutes.
    """
    at = interruption(plan, today, finished, done)
    if not at.missed:
        return ()
    week = study_minutes(profile)
    study, whole = room_of(week, profile), room_of(profile.minutes, profile)
    seats = seats_of(route)
    found: list[ReplanOption] = []
    absorbed = _absorbed(at, seats, route, study, whole, finished)
    if absorbed is not None:
        bound = _bound(at, whole)
        found.append(_option("absorb", at, _plan(at, absorbed, whole, bound)))
    slid = slide(at, seats, study, week)
    add_extras(slid, route.tasks, study, whole, today, finished)
    found.append(_option("slide", at, _plan(at, slid, whole, _bound(at, study))))
    return tuple(found)


def _absorbed(
    at: Interruption,
    seats: Seats,
    route: Route,
    study: Room,
    whole: Room,
    finished: frozenset[str],
) -> Laid | None:
    """Absorb beside the optional and recurring pieces; if that fails, before them."""
    beside = absorb(at, seats, whole, extras_stay=True)
    if beside is not None or not at.extras:
        return beside
    before = absorb(at, seats, whole, extras_stay=False)
    if before is not None:
        add_extras(before, route.tasks, study, whole, at.today, finished)
    return before


def _plan(at: Interruption, laid: Laid, whole: Room, bound: date) -> Plan:
    return plan_from(at.plan.route, laid, whole, at.today, bound, at.past)


def _bound(at: Interruption, room: Room) -> date:
    """The first date on which `room` holds all that is open, beside what is fixed on today."""
    minutes = sum(piece.minutes for _, piece in (*at.missed, *at.ahead))
    fixed = sum(piece.minutes for piece in at.fixed)
    return earliest_finish(minutes + min(fixed, room(at.today)), room, at.today)


def _option(name: Literal["absorb", "slide"], at: Interruption, plan: Plan) -> ReplanOption:
    return ReplanOption(
        name=name,
        plan=plan,
        missed=len(at.missed),
        moved=_moved(at, plan),
        slide_days=(plan.finish - at.plan.finish).days,
    )


def _moved(at: Interruption, plan: Plan) -> int:
    """How many pieces from today on are no longer whole on their old date, the missed aside."""
    minutes: Counter[tuple[date, str]] = Counter()
    for day in plan.days:
        for piece in day.pieces:
            minutes[day.date, piece.task] += piece.minutes
    return sum(minutes[on, piece.task] < piece.minutes for on, piece in (*at.ahead, *at.extras))
