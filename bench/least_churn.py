"""What is the least churn? An exact answer for a window of weeks, by CP-SAT of ortools.

The same hard rules as the planner: what tasks need, whole days, frozen days, days off. Pieces stay
whole, or what has to move may be cut into pieces of at least `smallest` minutes. Nothing outside
the window moves. Needs the extra package ortools, which nothing else uses.
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
    smallest: int = 0,
) -> Least:
    """The fewest other pieces that have to move for all that was missed to stand in `weeks`;
    `smallest` minutes of a piece when what moves may be cut, 0 when it may not."""
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
    spent: list[list[cp_model.LinearExprT]] = []
    begins: list[cp_model.IntVar] = []
    for k, (_, piece) in enumerate(pieces):
        row = [model.new_bool_var(f"p{k}d{n}") for n in range(len(days))]
        first, last = (model.new_int_var(0, len(days) - 1, f"p{k}{end}") for end in "al")
        if smallest and piece.minutes >= 2 * smallest:
            spent.append(_shares(model, row, piece.minutes, smallest))
        else:
            model.add_exactly_one(row)
            spent.append([piece.minutes * x for x in row])
        for n, x in enumerate(row):
            model.add(first <= n).only_enforce_if(x)
            model.add(last >= n).only_enforce_if(x)
        where.append(row)
        begins.append(first)
        at.append(last)
    room = room_of(profile.minutes, profile)
    for n, on in enumerate(days):
        load = sum(spent[k][n] for k in range(len(pieces)))
        model.add(load <= max(0, room(on) - (taken if n == 0 else 0)))
    for k, j in _needs(route, pieces):
        model.add(at[j] <= begins[k])
    pushed = _pushed(route, {piece.task for piece in late})
    for k, (n, piece) in enumerate(pieces):
        if n is not None and n <= FROZEN_DAYS and piece.task not in pushed:
            model.add(where[k][n] == 1)
    stays = [_stays(model, where[k], n) for k, (n, _) in enumerate(pieces) if n is not None]
    model.minimize(sum(1 - x for x in stays))
    for k, (n, _) in enumerate(pieces):
        model.add_hint(at[k], n if n is not None else 0)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Least(round(solver.objective_value), status == cp_model.OPTIMAL)
    return Least(None, status == cp_model.INFEASIBLE)


def _shares(model, row, minutes: int, smallest: int) -> list:
    """The minutes of each day of a piece that may be cut."""
    shares = []
    for x in row:
        share = model.new_int_var(0, minutes, f"{x.name}m")
        model.add(share >= smallest).only_enforce_if(x)
        model.add(share == 0).only_enforce_if(~x)
        shares.append(share)
    model.add(sum(shares) == minutes)
    return shares


def _stays(model, row, own: int):
    """Whether all of a piece is on its own day still."""
    whole = model.new_bool_var(f"{row[own].name}s")
    model.add(sum(row) == 1).only_enforce_if(whole)
    model.add_implication(whole, row[own])
    return whole


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
