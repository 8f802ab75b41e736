"""What is the least churn? An exact answer for a window of weeks, by CP-SAT of ortools.

The same hard rules as the planner: what tasks need, whole days, frozen days, days off; pieces stay
whole. Nothing outside the window moves. Needs the extra package ortools, which nothing else uses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zhixing.planner.day import missed
from zhixing.planner.hours import room_of
from zhixing.records import Piece, Plan, Profile, Route

FROZEN_DAYS = 2


@dataclass(frozen=True)
class Least:
    """`moved` pieces at the least, None when the window cannot hold what was missed; `proven` says
    that the search came to its end."""

    moved: int | None
    proven: bool


def least_churn(
    plan: Plan,
    route: Route,
    profile: Profile,
    finished: frozenset[str],
    today: date,
    weeks: int,
    seconds: float = 10.0,
) -> Least:
    """The fewest other pieces that have to move for all that was missed to stand in `weeks`."""
    from ortools.sat.python import cp_model

    last = min(plan.finish, today + timedelta(days=7 * weeks - 1))
    days = [today + timedelta(days=n) for n in range((last - today).days + 1)]
    late = missed(plan, today, finished, {})
    here = [
        (n, piece)
        for n, on in enumerate(days)
        for day in plan.days
        if day.date == on
        for piece in day.pieces
        if piece.task not in finished and not piece.if_time
    ]
    taken = _taken(plan, today, finished)
    model = cp_model.CpModel()
    where: list[list[cp_model.IntVar]] = []
    at: list[cp_model.IntVar] = []
    pieces: list[tuple[int | None, Piece]] = [*((None, p) for p in late), *here]
    for k in range(len(pieces)):
        row = [model.new_bool_var(f"p{k}d{n}") for n in range(len(days))]
        model.add_exactly_one(row)
        place = model.new_int_var(0, len(days) - 1, f"p{k}")
        model.add(place == sum(n * x for n, x in enumerate(row)))
        where.append(row)
        at.append(place)
    room = room_of(profile.minutes, profile)
    for n, on in enumerate(days):
        load = sum(piece.minutes * where[k][n] for k, (_, piece) in enumerate(pieces))
        model.add(load <= max(0, room(on) - (taken if n == 0 else 0)))
    for k, j in _needs(route, pieces):
        model.add(at[j] <= at[k])
    pushed = _pushed(route, {piece.task for piece in late})
    for k, (n, piece) in enumerate(pieces):
        if n is not None and n <= FROZEN_DAYS and piece.task not in pushed:
            model.add(where[k][n] == 1)
    model.minimize(sum(1 - where[k][n] for k, (n, _) in enumerate(pieces) if n is not None))
    for k, (n, _) in enumerate(pieces):
        model.add_hint(at[k], n if n is not None else 0)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Least(round(solver.objective_value), status == cp_model.OPTIMAL)
    return Least(None, status == cp_model.INFEASIBLE)


def _taken(plan: Plan, today: date, finished: frozenset[str]) -> int:
    day = plan.day(today)
    return sum(p.minutes for p in day.pieces if p.task in finished) if day else 0


def _needs(route: Route, pieces: list[tuple[int | None, Piece]]) -> list[tuple[int, int]]:
    """(k, j): piece k needs piece j, which is of another task."""
    tasks = {task.id: task for task in route.tasks}
    of_task: dict[str, list[int]] = {}
    for k, (_, piece) in enumerate(pieces):
        of_task.setdefault(piece.task, []).append(k)
    return [
        (k, j)
        for k, (_, piece) in enumerate(pieces)
        for need in (tasks[piece.task].needs if piece.task in tasks else ())
        for j in of_task.get(need, ())
    ]


def _pushed(route: Route, late: set[str]) -> set[str]:
    """All tasks that need one of `late`, or what needs it: only they may leave a frozen day."""
    needs: Mapping[str, tuple[str, ...]] = {task.id: task.needs for task in route.tasks}
    found = set(late)
    for _ in range(len(needs)):
        more = {t for t, n in needs.items() if t not in found and not found.isdisjoint(n)}
        if not more:
            break
        found |= more
    return found
