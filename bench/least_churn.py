"""What is the least churn? An exact answer for a window of weeks, by CP-SAT of ortools.

The same hard rules as the planner: what tasks need, whole days, frozen days, days off. Pieces stay
whole, or what has to move may be cut into pieces of at least `smallest` minutes. Nothing outside
the window moves. Asked for it, the author's order is kept as the planner keeps it (`Order`). Needs
the extra package ortools, which nothing else uses.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from zhixing.planner.day import missed
from zhixing.planner.hours import room_of
from zhixing.planner.lateness import MOST_DAYS, WEEKS_BETWEEN
from zhixing.planner.lines import MOST_SUBJECTS
from zhixing.planner.seats import DAY, Seats
from zhixing.records import Piece, Plan, Profile, Route

FROZEN_DAYS = 2
NEVER = 10**6


@dataclass(frozen=True)
class Least:
    """`moved` pieces at the least, None when the window cannot hold what was missed; `proven` says
    that the search came to its end."""

    moved: int | None
    proven: bool


@dataclass(frozen=True)
class Order:
    """What holds beside needs and capacity: what shares a day of the route, or within a week a
    skill, a lab or a project, stays in its order; no piece comes more than a week and the
    `missed_days` later, or behind all of the route's week after the next; missed work is in by
    `by`; a day has three subjects; frozen days keep all that does not wait for what is late, and
    nothing else comes there."""

    seats: Seats
    by: date
    missed_days: int = 1


def least_churn(
    plan: Plan,
    route: Route,
    profile: Profile,
    finished: frozenset[str],
    today: date,
    weeks: int,
    seconds: float = 10.0,
    smallest: int = 0,
    order: Order | None = None,
) -> Least:
    """The fewest other pieces that have to move for all that was missed to stand in `weeks`;
    `smallest` minutes of a piece when what moves may be cut, 0 when it may not."""
    from ortools.sat.python import cp_model

    model = _Model(plan, route, profile, finished, today, weeks, smallest, cp_model.CpModel())
    model.rules(order)
    model.aim()
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    status = solver.solve(model.model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Least(round(solver.objective_value), status == cp_model.OPTIMAL)
    return Least(None, status == cp_model.INFEASIBLE)


@dataclass
class _Model:
    """A model of the window. Of piece k, which stood on day `old[k]` of the window (-1: missed),
    `where[k][n]` says that some of it is on day n, `spent[k][n]` how many minutes, and `begins[k]`
    and `ends[k]` are its first and last day."""

    plan: Plan
    route: Route
    profile: Profile
    finished: frozenset[str]
    today: date
    weeks: int
    smallest: int
    model: Any
    days: list[date] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    old: list[int] = field(default_factory=list)
    where: list[list[Any]] = field(default_factory=list)
    spent: list[list[Any]] = field(default_factory=list)
    begins: list[Any] = field(default_factory=list)
    ends: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        last = min(self.plan.finish, self.today + timedelta(days=7 * self.weeks - 1))
        self.days = [self.today + timedelta(days=n) for n in range((last - self.today).days + 1)]
        for piece in missed(self.plan, self.today, self.finished, {}):
            self._know(-1, piece)
        for n, on in enumerate(self.days):
            day = self.plan.day(on)
            for piece in day.pieces if day else ():
                if piece.task not in self.finished and not piece.if_time:
                    self._know(n, piece)
        room, taken = room_of(self.profile.minutes, self.profile), self._taken()
        for n, on in enumerate(self.days):
            load = sum(spent[n] for spent in self.spent)
            self.model.add(load <= max(0, room(on) - (taken if n == 0 else 0)))

    def _know(self, old: int, piece: Piece) -> None:
        model, days = self.model, len(self.days)
        k = len(self.pieces)
        row = [model.new_bool_var(f"p{k}d{n}") for n in range(days)]
        first, last = (model.new_int_var(0, days - 1, f"p{k}{end}") for end in "al")
        if self.smallest and piece.minutes >= 2 * self.smallest:
            self.spent.append(self._shares(row, piece.minutes))
        else:
            model.add_exactly_one(row)
            self.spent.append([piece.minutes * x for x in row])
        for n, x in enumerate(row):
            model.add(first <= n).only_enforce_if(x)
            model.add(last >= n).only_enforce_if(x)
        self.pieces.append(piece)
        self.old.append(old)
        self.where.append(row)
        self.begins.append(first)
        self.ends.append(last)

    def _shares(self, row: list[Any], minutes: int) -> list[Any]:
        """The minutes of each day of a piece that may be cut."""
        shares = []
        for x in row:
            share = self.model.new_int_var(0, minutes, f"{x.name}m")
            self.model.add(share >= self.smallest).only_enforce_if(x)
            self.model.add(share == 0).only_enforce_if(~x)
            shares.append(share)
        self.model.add(sum(shares) == minutes)
        return shares

    def _taken(self) -> int:
        day = self.plan.day(self.today)
        return sum(p.minutes for p in day.pieces if p.task in self.finished) if day else 0

    def rules(self, order: Order | None) -> None:
        ties = self._needs()
        if order is not None:
            ties |= self._strands(order.seats, of_weeks=False)
        late = self._late(ties)
        if order is not None:
            ties |= {
                (k, j)
                for k, j in self._strands(order.seats, of_weeks=True)
                if not (0 <= self.old[k] <= FROZEN_DAYS) or self.pieces[k].task in late
            }
        for k, j in ties:
            self.model.add(self.ends[j] <= self.begins[k])
        for k, old in enumerate(self.old):
            if self.pieces[k].task in late:
                continue
            if 0 <= old <= FROZEN_DAYS:
                self.model.add(self.where[k][old] == 1)
            elif order is not None:
                for x in self.where[k][: FROZEN_DAYS + 1]:
                    self.model.add(x == 0)
        if order is not None:
            self._in_time(order)
            self._three_subjects(order.seats)

    def aim(self) -> None:
        """As few as may be are no longer whole on their day."""
        stays = []
        for k, old in enumerate(self.old):
            if old >= 0:
                whole = self.model.new_bool_var(f"s{k}")
                self.model.add(sum(self.where[k]) == 1).only_enforce_if(whole)
                self.model.add_implication(whole, self.where[k][old])
                stays.append(whole)
            self.model.add_hint(self.ends[k], max(0, old))
        self.model.minimize(sum(1 - x for x in stays))

    def _needs(self) -> set[tuple[int, int]]:
        """(k, j): piece k needs piece j, which is of another task."""
        tasks = {task.id: task for task in self.route.tasks}
        of_task: dict[str, list[int]] = {}
        for k, piece in enumerate(self.pieces):
            of_task.setdefault(piece.task, []).append(k)
        return {
            (k, j)
            for k, piece in enumerate(self.pieces)
            for need in (tasks[piece.task].needs if piece.task in tasks else ())
            for j in of_task.get(need, ())
        }

    def _strands(self, seats: Seats, of_weeks: bool) -> set[tuple[int, int]]:
        """(k, j): piece k stood after piece j, and has to by the author's order: of the route's
        days, or of its weeks."""
        found = set()
        for k, piece in enumerate(self.pieces):
            takes = set(seats.takes(piece.task))
            for j, other in enumerate(self.pieces):
                if seats.place(other.task) < seats.place(piece.task) and self.old[j] <= self.old[k]:
                    shared = takes.intersection(seats.gives(other.task))
                    of_day = any(name.startswith(DAY) for name in shared)
                    of_week = bool(shared) and seats.of_one_week(piece.task, other.task)
                    if of_week if of_weeks else of_day:
                        found.add((k, j))
        return found

    def _late(self, ties: set[tuple[int, int]]) -> set[str]:
        """The tasks that were missed, and all that must follow them: only they may leave a frozen
        day."""
        after: Mapping[str, set[str]] = {piece.task: set() for piece in self.pieces}
        for k, j in ties:
            after[self.pieces[j].task].add(self.pieces[k].task)
        needs = {task.id: task.needs for task in self.route.tasks}
        found = {p.task for p, old in zip(self.pieces, self.old, strict=True) if old < 0}
        waiting = list(found)
        while waiting:
            one = waiting.pop()
            more = {*after.get(one, ()), *(t for t, n in needs.items() if one in n)} - found
            found |= more
            waiting += more
        return found

    def _in_time(self, order: Order) -> None:
        """No piece comes too late."""
        tasks = order.seats.tasks
        ends: dict[int, int] = {}
        for day in self.plan.days:
            for piece in day.pieces if day.date >= self.today else ():
                if piece.task not in self.finished and not piece.if_time:
                    week, n = tasks[piece.task].week, (day.date - self.today).days
                    ends[week] = max(ends.get(week, 0), n)
        by = (order.by - self.today).days
        for k, old in enumerate(self.old):
            week = tasks[self.pieces[k].task].week
            end = ends.get(week + WEEKS_BETWEEN, NEVER) if week else NEVER
            latest = by if old < 0 else old + order.missed_days + MOST_DAYS
            self.model.add(self.ends[k] <= min(latest, max(old, end, FROZEN_DAYS)))

    def _three_subjects(self, seats: Seats) -> None:
        of_subject: dict[str, list[int]] = {}
        for k, piece in enumerate(self.pieces):
            of_subject.setdefault(seats.subject(piece.task), []).append(k)
        of_subject.pop("", None)
        for n in range(len(self.days)):
            had = {s for s, found in of_subject.items() if any(self.old[k] == n for k in found)}
            here = []
            for subject, found in of_subject.items():
                here.append(self.model.new_bool_var(f"{subject}{n}"))
                for k in found:
                    self.model.add_implication(self.where[k][n], here[-1])
            self.model.add(sum(here) <= max(MOST_SUBJECTS, len(had)))
