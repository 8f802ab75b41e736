"""From pieces on dates to a `Plan`: every date, what is kept free, when it ends at the earliest."""

from datetime import date

from zhixing.planner.hours import Room
from zhixing.planner.laying import ONE_DAY, Laid
from zhixing.records import Day, Plan


def plan_from(
    route: str, laid: Laid, room: Room, first: date, lower_bound: date, past: tuple[Day, ...] = ()
) -> Plan:
    """The plan with one `Day` for each date from `first` to the finish, after the days of `past`.

    `room` gives all minutes of a date: what its pieces leave of them is its reserve. The finish
    is the last date with a piece that is not `if_time`; `first` where there is none.
    """
    finish = last_day(laid, first)
    days = list(past)
    on = first
    while on <= finish and laid:
        pieces = tuple(laid.get(on, ()))
        rest = room(on)
        for piece in pieces:
            rest -= piece.minutes
        days.append(Day(on, pieces, rest if rest > 0 else 0))
        on += ONE_DAY
    return Plan(route, tuple(days), finish, lower_bound)


def last_day(laid: Laid, first: date) -> date:
    """The last date with a piece that is not `if_time`, or `first`."""
    for on in sorted(laid, reverse=True):
        if any(not piece.if_time for piece in laid[on]):
            return on
    return first


def earliest_finish(minutes: int, room: Room, start: date) -> date:
    """The first date on which the minutes of `room` from `start` on add up to `minutes`."""
    on, left = start, minutes - room(start)
    while left > 0:
        on += ONE_DAY
        left -= room(on)
    return on
