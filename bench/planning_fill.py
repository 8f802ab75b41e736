"""A first plan: how long does it take, does it end when it can at the earliest, is it honest?"""

from collections.abc import Callable, Sequence
from datetime import date
from random import Random
from unittest.mock import patch

from measuring import Figure, seconds_of
from real_routes import of_tasks

from zhixing.planner import filling
from zhixing.planner.filling import fill
from zhixing.planner.forecast import forecast
from zhixing.planner.hours import PRESETS, week_of
from zhixing.planner.mix import mixes, weekly_deviation
from zhixing.records import Profile, Route

MONDAY = date(2026, 12, 7)
RUNS = 15
SIZES = {1000: 10.0, 4000: 50.0}
"""Tasks, and the milliseconds that a full plan of them may take."""
HOURS = (4, 8, 12, 15, 20, 30, 40)


def profile(hours: float, **more: object) -> Profile:
    return Profile("bench", MONDAY, week_of(hours), **more)


def figures(routes: dict[str, Route]) -> list[Figure]:
    found = []
    for size, most in SIZES.items():
        taken = filled(of_tasks(routes, size), profile(15))
        found.append(Figure(f"full plan of {size:,} tasks, CPU", "ms", taken, most))
    ordered = profile(15, emphasis="practice-first", holidays="CN")
    taken = filled(of_tasks(routes, min(SIZES)), ordered)
    found.append(Figure("1,000 tasks, practice first, China's holidays off", "ms", taken))
    full = routes["full-roadmap"]
    plan = fill(full, profile(15), MONDAY)
    taken = timed(lambda: forecast(plan, profile(15), MONDAY, frozenset(), {}, Random(1)))
    found.append(Figure("P50 and P80 of the full roadmap, CPU", "ms", taken, 50.0))
    late = finishes(routes)
    packed = tuple(float(days) for _, _, days, on_own in late if not on_own)
    own = tuple(float(days) for _, _, days, on_own in late if on_own)
    found.append(Figure("packed plans: finish after the lower bound", "days", packed, 0.0))
    found += [
        Figure(f"weeks further from 30/50/20 than the route, {how}", "points", values)
        for how, values in away(routes).items()
    ]
    if own:
        found.append(Figure("plans on the author's own days: the same", "days", own))
    return found


def filled(route: Route, learner: Profile) -> tuple[float, ...]:
    return timed(lambda: fill(route, learner, MONDAY))


def timed(call: Callable[[], object]) -> tuple[float, ...]:
    return tuple(1000 * seconds_of(call).cpu for _ in range(RUNS))


def finishes(routes: dict[str, Route]) -> Sequence[tuple[str, str, int, bool]]:
    """(route, hours, days after the capacity bound, on the author's days) for many learners."""
    found = []
    weeks = {**{f"{hours} h": week_of(hours) for hours in HOURS}, **PRESETS}
    for name, route in routes.items():
        for hours, week in weeks.items():
            plan = fill(route, Profile("bench", MONDAY, week), MONDAY)
            found.append(
                (name, hours, (plan.finish - plan.lower_bound).days, on_own_days(route, plan))
            )
    return found


def on_own_days(route: Route, plan) -> bool:
    """Whether the weeks of the route came one calendar week each."""
    weeks = {task.id: task.week for task in route.tasks if not (task.optional or task.recurring)}
    if not all(weeks.values()):
        return False
    seen: dict[int, set[tuple[int, int]]] = {}
    for day in plan.days:
        for piece in day.pieces:
            if piece.task not in weeks:
                continue
            seen.setdefault(weeks[piece.task], set()).add(day.date.isocalendar()[:2])
    return sum(len(found) == 1 for found in seen.values()) >= 0.8 * len(seen)


def mixed(routes: dict[str, Route]) -> Sequence[tuple[str, str, float, float, float]]:
    """(route, hours, per cent that the route's own stages are away from 30/50/20; that the weeks of
    a plan are in the route's order; and those of the plan as it is)."""
    found = []
    for name, route in routes.items():
        if not any(task.stage for task in route.tasks):
            continue
        for hours, week in PRESETS.items():
            learner = Profile("bench", MONDAY, week)
            plan = fill(route, learner, MONDAY)
            with patch.object(filling, "AS_WRITTEN", ""):
                in_order = fill(route, learner, MONDAY)
            stages = mixes(plan, route)
            own = sum(one.own * one.minutes for one in stages) / sum(one.minutes for one in stages)
            shares = (own, weekly_deviation(in_order), weekly_deviation(plan))
            found.append((name, hours, *(100 * share for share in shares)))
    return found


def away(routes: dict[str, Route]) -> dict[str, tuple[float, ...]]:
    rows = mixed(routes)
    return {
        "in its own order": tuple(before - own for _, _, own, before, _ in rows),
        "as planned": tuple(now - own for _, _, own, _, now in rows),
    }


def mix_note(routes: dict[str, Route]) -> str:
    told = (
        f"{name} at {hours}: {own:.1f}, {before:.1f}, {now:.1f}"
        for name, hours, own, before, now in mixed(routes)
    )
    what = (
        "per cent away from 30/50/20: the route's stages themselves, the weeks of a plan in the "
        "route's order, the weeks as planned: "
    )
    return what + "; ".join(told)


def note(routes: dict[str, Route]) -> str:
    late = [f"{n} at {h}: {d}" for n, h, d, own in finishes(routes) if d and not own]
    return "packed plans that end after the lower bound, in days: " + ("; ".join(late) or "none")
