"""Packed, or on the author's own days: how is the work of a route laid out?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from zhixing.planner.cutting import smallest_pieces
from zhixing.planner.dated import earliest_finish, last_day
from zhixing.planner.hours import Room
from zhixing.planner.laying import ONE_DAY, Laid, Laying, lay
from zhixing.planner.lines import Lines
from zhixing.planner.pins import FARTHEST, NEVER, Pinned, ToDo, cannot
from zhixing.planner.recurring import claims_of
from zhixing.planner.rhythm import own_days
from zhixing.planner.work import Rules
from zhixing.planner.works import Terms, track, works
from zhixing.records import Task
from zhixing.words import say

LATER_AT_MOST_DAYS = 6
LATER_AT_MOST_SHARE = 0.1
TAIL_DAYS = 7
REST_DAYS = 5 * 7


def laid_out(todo: Sequence[ToDo], tasks: Sequence[Task], terms: Terms) -> tuple[Laid, date]:
    """All of `todo` on dates, and the capacity bound of its finish. `tasks` are all of the route:
    in a packed plan the recurring ones keep minutes of their own.

    Problem: what a pinned task needs cannot be finished before its date, or that is more than a
    year after all other work.
    """
    pinned = terms.pinned
    waiting = [item for item in todo if item[0].id not in pinned.dates] if pinned.dates else todo
    room = pinned.leave(terms.study) if pinned.dates else terms.study
    minutes = {task.id: left for task, left in todo}
    claims = claims_of(tasks, minutes, terms.week, terms.study, terms.start)
    layout = _Layout(
        waiting, terms, room, claims.leave(room) if claims else room,
        claims.spare(terms.whole, room) if claims else terms.whole,
    )  # fmt: skip
    if pinned.dates:
        _is_in_reach(pinned, layout.bound(layout.packed_room))
    laid, bound = layout.better()
    if pinned.too_late(laid):
        laid = layout.pinned_first()
        _is_in_time(pinned, laid)
    for on, pieces in pinned.laid.items():
        laid.setdefault(on, []).extend(pieces)
        bound = max(bound, on)
    return laid, bound


def _is_in_reach(pinned: Pinned, bound: date) -> None:
    """A pin far behind all other work is a slip of the pen, and every day until it would be one of
    the plan."""
    for task, on in pinned.dates.items():
        if on - bound > FARTHEST:
            why = say("all other work can be done by {day}, more than a year before it", day=bound)
            raise cannot(task, on, why)


def _is_in_time(pinned: Pinned, laid: Laid) -> None:
    task = pinned.too_late(laid)
    if task:
        why = say("what it needs cannot be finished by then")
        raise cannot(task, pinned.dates[task], why)


@dataclass(frozen=True, slots=True)
class _Layout:
    """`room` and `packed_room` are study minutes without pins and, the second, without what
    recurring work claims; `packed_whole` adds the reserve on days without a claim."""

    todo: Sequence[ToDo]
    terms: Terms
    room: Room
    packed_room: Room
    packed_whole: Room

    def better(self) -> tuple[Laid, date]:
        """The tasks packed, or on the author's own days if that costs little; and the bound."""
        start = self.terms.start
        packed_bound = self.bound(self.packed_room)
        first = _first_study_day(self.room, start)
        own = own_days([task for task, _ in self.todo], first, self.terms.study, self.terms.week)
        if not own or (packed_bound - max(own)).days > LATER_AT_MOST_DAYS:
            return self._packed(packed_bound), packed_bound
        in_rhythm: Laid | None = None
        if max(own) <= _latest(first, packed_bound):
            in_rhythm = self._on_own_days(own)
            ends = last_day(in_rhythm, first)
            if ends <= _latest(first, packed_bound) and self._in_time(ends):
                return in_rhythm, self.bound(self.room)
        packed = self._packed(packed_bound)
        packed_ends = last_day(packed, first)
        latest = _latest(first, packed_ends)
        if max(own) <= latest:
            in_rhythm = in_rhythm or self._on_own_days(own)
            ends = last_day(in_rhythm, first)
            if ends <= latest and (self._in_time(ends) or not self._in_time(packed_ends)):
                return in_rhythm, self.bound(self.room)
        return packed, packed_bound

    def _in_time(self, ends: date) -> bool:
        return self.terms.deadline is None or ends <= self.terms.deadline

    def pinned_first(self) -> Laid:
        """Packed, with what pins wait for before all else, the earliest pin first."""
        due = self.terms.pinned.due
        todo = sorted(self.todo, key=lambda item: due.get(item[0].id, NEVER))
        waiting = works(todo, self.terms, one_line=due)
        return lay(waiting, self.packed_room, self.terms.start, self._rules(self.packed_whole))

    def _packed(self, bound: date) -> Laid:
        """Packed. Where a last piece would end it after the bound, the last rest days make up for
        what was left over; then the last days give their reserve, as few as it takes: what it is
        kept for is over then. The days before stay as they are laid."""
        rules = self._rules(self.packed_whole)
        laying = self._begun(rules, bound)
        rest_days = bound - timedelta(days=REST_DAYS)
        laying.go_on(rest_days)
        before = laying.fork(replace(rules, rest_days=rest_days))
        laying.go_on()
        late = minutes_after(laying.laid, bound)
        if not late:
            return laying.laid
        before.go_on(bound - timedelta(days=TAIL_DAYS - 1))
        found = before.fork(before.lines.rules)
        found.go_on()
        return self._in_the_reserve(before, found.laid, bound)

    def _in_the_reserve(self, before: Laying, found: Laid, bound: date) -> Laid:
        """`found`, or, where it ends late, what ends on the bound as the last days give their
        reserve. `before` is laid up to them."""
        late = minutes_after(found, bound)
        free = 0
        for days in range(TAIL_DAYS if late else 0):
            on = bound - timedelta(days=days)
            free += self.packed_whole(on) - sum(piece.minutes for piece in found.get(on, ()))
            if free < late:
                continue
            tried = before.fork(replace(before.lines.rules, tail=on))
            tried.go_on()
            if last_day(tried.laid, self.terms.start) == bound:
                return tried.laid
        return found

    def _begun(self, rules: Rules, bound: date) -> Laying:
        """The work, before the first day."""
        start = self.terms.start
        interviews = track(self.todo, start, bound)
        waiting = works(self.todo, self.terms, interviews=interviews, evenly=self.terms.evenly)
        return Laying(Lines(waiting, rules), self.packed_room, start)

    def _on_own_days(self, own: Iterable[date]) -> Laid:
        waiting = works(self.todo, self.terms, own)
        return lay(waiting, self.room, self.terms.start, self._rules(self.terms.whole))

    def _rules(self, whole: Room) -> Rules:
        terms = self.terms
        if terms.pinned.dates:
            whole = terms.pinned.leave(whole)
        least, _ = smallest_pieces(terms.week)
        return Rules(whole, terms.pinned.busy, terms.gate_open, least=least)

    def bound(self, room: Room) -> date:
        return earliest_finish(sum([minutes for _, minutes in self.todo]), room, self.terms.start)


def minutes_after(laid: Laid, on: date) -> int:
    """The minutes of work after a date."""
    late = [pieces for day, pieces in laid.items() if day > on]
    return sum(piece.minutes for pieces in late for piece in pieces)


def _latest(first: date, finish: date) -> date:
    """The latest end of the author's own days that a plan with this finish gives way to."""
    length = (finish - first).days + 1
    return finish + timedelta(days=max(LATER_AT_MOST_DAYS, int(length * LATER_AT_MOST_SHARE)))


def _first_study_day(study: Room, start: date) -> date:
    """`start`, or the first date after it that has study minutes."""
    on = start
    while study(on) == 0:
        on += ONE_DAY
    return on
