"""What goes when time is short? The least worth for the minutes that are lacking.

A task goes with all that needs it, so that nothing is left hanging. Of all such sets the one with
the least worth for a minute goes first; what turns out not to be needed is taken back. Core tasks
never go, nor the last project to show of a stage or an area. (A knapsack with precedence: greedy
stays within half a percent of the linear bound when up to a third must go.)

Worth is stars times minutes, less for what is read or written than for what runs or is shown: the
weights are our own estimate.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush

from zhixing.planner.interruption import Interruption, Table
from zhixing.planner.seats import Seats
from zhixing.planner.slack import is_extra
from zhixing.records import Piece, Task, TaskKind

UNKNOWN_STARS = 3
WEIGHTS: Mapping[TaskKind, float] = {
    "note": 0.5, "paper": 0.6, "essay": 0.7, "review": 0.8, "quiz": 0.8, "interview": 0.8,
}  # fmt: skip
LARGEST_SET = 24
ROUNDS = 8
CLOSE = 60
"""Minutes: no closer than this is sought between what is too little to leave out and enough."""


def trimmed(
    at: Interruption,
    until: int,
    slide: Callable[[Interruption], Table],
    finished: frozenset[str],
) -> tuple[Interruption, Table, tuple[str, ...]] | None:
    """What is left when enough goes for the rest to end by the day `until`: it, the days that
    change, and the tasks that go. None if even that is not enough."""
    may_go = _may_go(at)
    found: tuple[Interruption, Table, tuple[str, ...]] | None = None
    too_few, enough, lacking = 0, 0, 0
    for _ in range(ROUNDS):
        gone = what_goes(at.seats, may_go, lacking, finished, at.plan.dropped)
        if gone is None:
            break
        left = without(at, gone)
        laid = slide(left)
        late = _minutes_after(left, laid, until)
        freed = sum(may_go[name] for name in gone)
        if late:
            too_few, lacking = freed, freed + late
        else:
            found, enough = (left, laid, tuple(sorted(gone, key=at.seats.place))), lacking
        if enough:
            if enough - too_few < CLOSE:
                break
            lacking = (too_few + enough) // 2
    return found


def _may_go(at: Interruption) -> dict[str, int]:
    """Open tasks that were not begun and do not stand on a frozen day, with their minutes."""
    begun = {piece.task for day in at.past for piece in day.pieces}
    begun.update(piece.task for piece in at.fixed)
    for day in range(at.today, at.frozen_until + 1):
        begun.update(piece.task for piece in at.ahead.get(day, ()))
    minutes: Counter[str] = Counter()
    for piece in _all_open(at):
        minutes[piece.task] += piece.minutes
    return {name: left for name, left in minutes.items() if name not in begun}


def _all_open(at: Interruption) -> Iterable[Piece]:
    yield from at.homeless
    for day in sorted(at.ahead):
        yield from at.ahead[day]


def without(at: Interruption, dropped: frozenset[str]) -> Interruption:
    """The same interruption of a plan that does not have the tasks `dropped`."""
    if not dropped:
        return at

    def rest(table: Table) -> Table:
        return {day: [p for p in pieces if p.task not in dropped] for day, pieces in table.items()}

    ahead = rest(at.ahead)
    touched = {day for day, pieces in ahead.items() if len(pieces) != len(at.ahead[day])}
    return replace(
        at,
        missed=[p for p in at.missed if p.task not in dropped],
        displaced=[(day, p) for day, p in at.displaced if p.task not in dropped],
        lacking=[(day, p) for day, p in at.lacking if p.task not in dropped],
        before=rest(at.before),
        ahead=ahead,
        as_they_are=at.as_they_are - touched,
        bounds={},
    )


def _minutes_after(at: Interruption, laid: Table, until: int) -> int:
    days = {day for day in (*laid, *at.ahead) if day > until}
    return sum(p.minutes for day in days for p in laid.get(day, at.ahead.get(day, ())))


def what_goes(
    seats: Seats,
    may_go: Mapping[str, int],
    lacking: int,
    finished: frozenset[str],
    dropped: Iterable[str] = (),
) -> frozenset[str] | None:
    """Tasks of `may_go` (id -> minutes still open) that free `lacking` minutes at the least loss;
    None if all that may go is not enough. `dropped` are tasks that went before."""
    return _Choice(seats, may_go, lacking, finished, frozenset(dropped)).made()


def worth(task: Task, minutes: int) -> float:
    """What leaving out `minutes` of a task loses."""
    return minutes * (task.stars or UNKNOWN_STARS) * WEIGHTS.get(task.kind, 1.0)


@dataclass(slots=True)
class _Choice:
    seats: Seats
    may_go: Mapping[str, int]
    lacking: int
    finished: frozenset[str]
    gone: frozenset[str]
    followers: dict[str, list[str]] = field(default_factory=dict)
    shown: Counter[str] = field(default_factory=Counter)
    dropped: dict[str, float] = field(default_factory=dict)

    def made(self) -> frozenset[str] | None:
        for name, task in self.seats.tasks.items():
            if name in self.gone:
                continue
            for group in _shows(task):
                self.shown[group] += 1
            if not (task.done or name in self.finished or is_extra(task)):
                for need in self.seats.needs(name):
                    self.followers.setdefault(need, []).append(name)
        freed = 0
        while freed < self.lacking:
            more = self._drop_cheapest(self.lacking - freed)
            if not more:
                return None
            freed += more
        self._take_back(freed - self.lacking)
        return frozenset(self.dropped)

    def _drop_cheapest(self, lacking: int) -> int:
        """Drop sets, the cheapest for a minute first, until `lacking` is freed or no small set is
        left; the minutes that this freed."""
        heap = [entry for name in self.may_go if (entry := self._entry(name))]
        heapify(heap)
        freed = 0
        while heap and freed < lacking:
            price, _, name = heappop(heap)
            now = self._entry(name)
            if now is None:
                continue
            if now[0] > price:
                heappush(heap, now)
                continue
            for member in self._set_of(name) or ():
                self._drop(member)
                freed += self.may_go[member]
        return freed

    def _drop(self, name: str) -> None:
        task = self.seats.tasks[name]
        self.dropped[name] = worth(task, self.may_go[name]) / max(1, self.may_go[name])
        self.shown.subtract(_shows(task))

    def _entry(self, name: str) -> tuple[float, int, str] | None:
        """What a set costs a minute; None if it may not go. Of equal ones the last goes first."""
        members = self._set_of(name)
        if not members:
            return None
        minutes = sum(self.may_go[member] for member in members)
        lost = sum(worth(self.seats.tasks[member], self.may_go[member]) for member in members)
        return lost / max(1, minutes), -self.seats.place(name), name

    def _set_of(self, name: str) -> list[str] | None:
        """A task and all that needs it; None if one of them must stay, or if they are many: their
        own ends go first."""
        if name in self.dropped:
            return None
        members = [name]
        for member in members:
            task = self.seats.tasks.get(member)
            if task is None or task.core or member not in self.may_go or len(members) > LARGEST_SET:
                return None
            for follower in self.followers.get(member, ()):
                if follower not in self.dropped and follower not in members:
                    members.append(follower)
        shown = [group for m in members for group in _shows(self.seats.tasks[m])]
        last_ones = shown and any(self.shown[g] <= lost for g, lost in Counter(shown).items())
        return None if last_ones else members

    def _take_back(self, spare: int) -> None:
        """Take back what is worth most and was not needed to free the minutes."""
        by_worth: Sequence[str] = sorted(
            self.dropped, key=lambda name: (-self.dropped[name], self.seats.place(name))
        )
        for name in by_worth:
            needs_gone = any(need in self.dropped for need in self.seats.needs(name))
            if self.may_go[name] <= spare and not needs_gone:
                spare -= self.may_go[name]
                del self.dropped[name]


def _shows(task: Task) -> tuple[str, ...]:
    """The groups of which a task is a project to show: its stage and its area."""
    if task.kind != "project":
        return ()
    named = (("stage", task.stage), ("area", task.subject))
    return tuple(f"{kind}:{name}" for kind, name in named if name)
