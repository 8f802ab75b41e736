"""How long does a replan take, and how much does it move?  python bench/replanning.py

One day of each built-in route is missed, all before it is done: that on every day of its plan. The
least churn is that of CP-SAT where ortools is installed (`pip install ortools`); without it that
part is left out.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.util import find_spec
from typing import TypeVar

from least_churn import Order, least_churn
from measuring import Figure
from real_routes import of_tasks, real_routes
from reporting import report

from zhixing.planner.absorbing import absorbed
from zhixing.planner.cutting import SMALLEST_PIECE
from zhixing.planner.filling import fill
from zhixing.planner.hours import room_of, study_minutes, week_of
from zhixing.planner.interruption import minutes_of
from zhixing.planner.news import interruption
from zhixing.planner.relaxing import relaxations
from zhixing.planner.replanning import options
from zhixing.planner.seats import Seats, seats_of
from zhixing.planner.wanted import wanted
from zhixing.records import Plan, Profile, ReplanOption, Route

MONDAY = date(2026, 12, 7)
ONE_DAY = timedelta(days=1)
T = TypeVar("T")
DAYS_TRIED = 60
WINDOWS = (2, 4, 8)
CHURN_CASES = 8
LAST_SUNDAY = timedelta(days=20)
"""From Monday on: until then absorb brings missed work back."""
SHARES = (0.95, 0.85, 0.7, 0.5)


@dataclass(frozen=True)
class Missed:
    """A replan after one missed day."""

    plan: Plan
    route: Route
    profile: Profile
    today: date
    finished: frozenset[str]
    ways: tuple[ReplanOption, ...]
    ms: float
    read_ms: float
    absorb_ms: float

    @property
    def absorbed(self) -> ReplanOption | None:
        return next((way for way in self.ways if way.name == "absorb"), None)

    @property
    def weekday(self) -> bool:
        return (self.today - ONE_DAY).weekday() < 5


def missed_days(route: Route, most: int = DAYS_TRIED) -> Iterator[Missed]:
    """One missed day after another, `most` of them spread over the plan."""
    profile = Profile(route.id, MONDAY, week_of(15.0))
    plan, seats = fill(route, profile, MONDAY), seats_of(wanted(route, profile))
    busy = [day.date for day in plan.days if any(not p.if_time for p in day.pieces)]
    for on in busy[:: max(1, len(busy) // most)]:
        done = {p.task for day in plan.days if day.date < on for p in day.pieces if not p.if_time}
        finished, today = frozenset(done), on + ONE_DAY
        ways, ms = timed(lambda f=finished, t=today: options(plan, route, profile, {}, f, t))
        if ways:
            alone = absorb_alone(plan, seats, profile, finished, today)
            yield Missed(plan, route, profile, today, finished, ways, ms, *alone)


def absorb_alone(
    plan: Plan, seats: Seats, profile: Profile, finished: frozenset[str], today: date
) -> tuple[float, float]:
    """Milliseconds of reading what is new, and of absorbing it, without the other ways."""
    week = study_minutes(profile)
    rooms = minutes_of(room_of(week, profile)), minutes_of(room_of(profile.minutes, profile))
    at, read = timed(lambda: interruption(plan, seats, profile, *rooms, {}, finished, today))
    return read, timed(lambda: absorbed(at, week))[1]


def timed(call: Callable[[], T]) -> tuple[T, float]:
    begun = time.process_time()
    found = call()
    return found, 1000 * (time.process_time() - begun)


def of_one(name: str, route: Route) -> list[Figure]:
    found = list(missed_days(route))
    if not found:
        return []
    moved = [float(one.absorbed.moved) for one in found if one.absorbed]
    slid = [
        float(way.slide_days)
        for one in found
        if one.weekday
        for way in one.ways
        if way.name == "slide"
    ]
    figures = [
        Figure(f"{name}: absorb after a missed day, CPU", "ms",
               tuple(one.absorb_ms for one in found), 1),
        Figure(f"{name}: reading what is new before that, CPU", "ms",
               tuple(one.read_ms for one in found)),
        Figure(f"{name}: all ways on, side by side, CPU", "ms", tuple(one.ms for one in found)),
        Figure(f"{name}: of {len(found)} missed days absorbed", "days", (float(len(moved)),)),
    ]  # fmt: skip
    if moved:
        figures.append(Figure(f"{name}: other pieces that absorb moves", "", tuple(moved), 2))
    if slid:
        figures.append(Figure(f"{name}: days that slide moves the end, after a missed evening",
                              "days", tuple(slid), 3))  # fmt: skip
    return figures


def churn(name: str, route: Route) -> list[Figure]:
    """Pieces that absorb moves, over the fewest that have to even if they may be cut, where CP-SAT
    proved them: of all places that needs and room allow, and of those that keep the author's
    order too."""
    plain = tuple(task for task in route.tasks if not (task.optional or task.recurring))
    found = list(missed_days(replace(route, tasks=plain), CHURN_CASES))
    seats = seats_of(wanted(found[0].route, found[0].profile))
    free, failed = _beside_optimum(found, None)
    kept, failed_too = _beside_optimum(found, seats)
    of_windows = "windows that CP-SAT solves and absorb does not"
    return [
        _times(f"{name}: moved by absorb {{}} over the optimum {{}}", *free),
        _times(f"{name}: moved by absorb {{}} over the optimum in the author's order {{}}", *kept),
        Figure(f"{name}: {of_windows}", "", (float(failed),)),
        Figure(f"{name}: {of_windows}, in the author's order", "", (float(failed_too),)),
    ]


def _beside_optimum(found: list[Missed], seats: Seats | None) -> tuple[tuple[int, int], int]:
    """What absorb moves and what the optimum does, and the windows that absorb does not solve."""
    ours, least, failed = 0, 0, 0
    for one in found:
        monday = one.today - one.today.weekday() * ONE_DAY
        order = Order(seats, monday + LAST_SUNDAY) if seats else None
        for weeks in WINDOWS:
            best = least_churn(
                one.plan, one.route, one.profile, one.finished, one.today, weeks,
                seconds=3.0, smallest=SMALLEST_PIECE, order=order,
            )  # fmt: skip
            if best.moved is None or not best.proven:
                continue
            if one.absorbed is None:
                failed += 1
            else:
                ours, least = ours + one.absorbed.moved, least + best.moved
    return (ours, least), failed


def _times(what: str, ours: int, least: int) -> Figure:
    return Figure(what.format(f"({ours})", f"({least})"), "×", (ours / max(1, least),), 2)


def relaxing(route: Route) -> Figure:
    profile = Profile(route.id, MONDAY, week_of(15.0))
    days = (fill(route, profile, MONDAY).finish - MONDAY).days
    taken = []
    for share in SHARES:
        deadline = MONDAY + timedelta(days=int(share * days))
        ms = timed(lambda d=deadline: relaxations(route, profile, MONDAY, {}, frozenset(), d))[1]
        taken.append(ms)
    return Figure(f"what would meet a deadline, {len(route.tasks):,} tasks, CPU", "ms",
                  tuple(taken), 100)  # fmt: skip


def figures(routes: Mapping[str, Route]) -> list[Figure]:
    found = [figure for name, route in routes.items() for figure in of_one(name, route)]
    found += of_one("1,000 tasks", of_tasks(dict(routes), 1000))
    found.append(relaxing(of_tasks(dict(routes), 1000)))
    if find_spec("ortools") is not None:
        found += (f for n in ("math-16-weeks", "fullstack-20-weeks") for f in churn(n, routes[n]))
    return found


def main() -> None:
    note = f"15 h a week from {MONDAY}; churn in windows of 2, 4 and 8 weeks, proven optima only."
    alone = "Absorb is timed with the route's seats known, as they are after the first replan."
    report("replanning", figures(real_routes()), note, alone)


if __name__ == "__main__":
    main()
