"""Which week is it really? Numbers that restart inside months and stages go on counting.

Week 1 of month 2 is week 5 where month 1 has four; days inside a week keep the numbers they have.
"""

import datetime

from zhixing.records import NodeKind
from zhixing.roadmap.dates import in_order
from zhixing.roadmap.sketch import UNITS, Sketch
from zhixing.roadmap.unitwords import RANK

_LONGEST_PAIR = 2


def numbered(root: Sketch) -> None:
    """Settle units in place: join split ones, put those side by side that follow one another, make
    ranges of ranges stages, continue restarts."""
    _from_dates(root)
    _follow(root)
    _home(root)
    _join(root)
    _lift(root)
    _ranges(root)
    for kind in ("month", "week", "day"):
        _continue(root, kind)
    _bare_stages(root)


def _from_dates(root: Sketch) -> None:
    """Units called by dates get numbers: days and months from the first date, in a week from the
    first in that week."""
    for units in _dated(root):
        placed = in_order([unit.dates for unit in units if unit.dates])
        for unit, dates in zip(units, placed or [], strict=False):
            start = placed[0].first if placed else dates.first
            count = _COUNTS.get(unit.kind, _days_between)
            unit.first, unit.last = count(start, dates.first), count(start, dates.last)
        for number, unit in enumerate(units if placed is None else [], start=1):
            unit.first = unit.last = number
            unit.days = unit.dates.days if unit.dates else None
        for unit in units:
            unit.number = ""


def _dated(root: Sketch) -> list[list[Sketch]]:
    """Units with dates, together those of one week, else of the route."""
    held: dict[int, list[Sketch]] = {}

    def walk(node: Sketch, holder: Sketch) -> None:
        for child in node.inside:
            if child.dates and child.kind in ("day", "week", "month"):
                held.setdefault(id(holder), []).append(child)
            walk(child, child if child.kind == "week" else holder)

    walk(root, root)
    return list(held.values())


def _days_between(start: datetime.date, date: datetime.date) -> int:
    return (date - start).days + 1


def _months_between(start: datetime.date, date: datetime.date) -> int:
    return (date.year - start.year) * 12 + date.month - start.month + 1


def _weeks_between(start: datetime.date, date: datetime.date) -> int:
    return (date - start).days // 7 + 1


_COUNTS = {"month": _months_between, "week": _weeks_between}


def _follow(root: Sketch) -> None:
    """`Final week` gets the number behind the last; a last day only in the week of others."""
    reached: dict[NodeKind, int] = {}

    def walk(node: Sketch) -> None:
        if node.kind in ("stage", "month", "week"):
            reached.pop("day", None)
        for child in node.inside:
            if child.kind in ("month", "week", "day") and child.first is None:
                before = reached.get(child.kind, 0)
                child.first, child.last = before + 1, before + int(child.number or 1)
                child.number = ""
            if child.kind in UNITS and child.kind != "stage":
                reached[child.kind] = child.last or 0
            walk(child)

    walk(root)


def _home(root: Sketch) -> None:
    """`W1D4: …` in a section of its own goes to the week 1 that is laid out before it."""
    laid_out: dict[int | None, Sketch] = {}
    for holder in list(root.walk()):
        kept: list[Sketch] = []
        for child in holder.inside:
            split = child.kind == "week" and "split" in child.marks
            home = laid_out.get(child.first) if split and holder.kind not in UNITS else None
            if home is not None:
                home.inside += child.inside
                continue
            kept.append(child)
            if child.kind == "week" and not split and child.first == child.last:
                laid_out.setdefault(child.first, child)
        holder.inside = kept


def _join(node: Sketch) -> None:
    """`Week 3 / Day 1` and `Week 3 / Day 2` stand in one week."""
    joined: list[Sketch] = []
    for child in node.inside:
        before = joined[-1] if joined else None
        same = before is not None and (before.kind, before.first) == (child.kind, child.first)
        if before is not None and same and "split" in child.marks and child.kind in UNITS:
            before.inside += child.inside
        else:
            joined.append(child)
    node.inside = joined
    for child in joined:
        _join(child)
        child.marks.discard("split")


def _lift(node: Sketch) -> None:
    """Week 4 that stands in week 3, as plain lines below one that became a heading, follows it."""
    level: list[Sketch] = []
    for child in node.inside:
        _lift(child)
        later = [below for below in child.inside if _follows(below, child)]
        child.inside = [below for below in child.inside if not _follows(below, child)]
        level += [child, *later]
    node.inside = level


def _follows(unit: Sketch, holder: Sketch) -> bool:
    if unit.kind != holder.kind or unit.kind not in UNITS or unit.first is None:
        return False
    return holder.last is not None and unit.first > holder.last


def _ranges(root: Sketch) -> None:
    """`Weeks 1–4` with weeks below it is a stage; `Weeks 1–2` is still two weeks."""
    made = 0
    pairs = [(holder, node) for holder in root.walk() for node in holder.inside]
    for holder, node in pairs:
        length = (node.last or 0) - (node.first or 0) + 1
        if node.kind not in ("week", "month", "day") or length <= _LONGEST_PAIR:
            continue
        if _holds_own_kind(node) and not _among_sisters(node, holder):
            made += 1
            if node.kind != "week":
                node.detail(f"{node.kind}s", f"{node.first}–{node.last}")
                node.first = node.last = None
            node.kind, node.number = "stage", str(made)


def _holds_own_kind(node: Sketch) -> bool:
    return any(below.kind == node.kind for below in node.walk() if below is not node)


def _among_sisters(node: Sketch, holder: Sketch) -> bool:
    """`Weeks 5–16` beside `Week 1`, and `Days 4–7` beside others in a week, stay what they are."""
    plain = [each for each in holder.inside if each is not node and each.kind == node.kind
             and not _holds_own_kind(each)]  # fmt: skip
    if node.kind == "day" and holder.kind == "week":
        return bool(plain)
    return any(each.first == each.last for each in plain)


def _continue(root: Sketch, kind: NodeKind) -> None:
    """Offsets for units of `kind` that restart in another unit of a higher rank."""
    held = _held(root, kind)
    if any(holder.kind not in UNITS for holder, _ in held) or (
        kind == "day" and any(holder.kind == "week" for holder, _ in held)
    ):
        return
    reached, known = 0, set[tuple[str, int | None, str]]()
    counted_down = False  # `Week -2`, `Week -1`, `Week 0` lead up to week 1
    for holder, own in held:
        first = own[0].first or 0
        name = (holder.kind, holder.first, holder.number)
        restarts = reached > 0 and first <= 1 and name not in known and not counted_down
        counted_down = own[-1].last == 0
        offset = reached + (1 if first == 0 else 0) if restarts else 0
        for unit in own:
            unit.first, unit.last = (unit.first or 0) + offset, (unit.last or 0) + offset
        reached = max(reached, *(unit.last or 0 for unit in own))
        known.add(name)


def _held(root: Sketch, kind: NodeKind) -> list[tuple[Sketch, list[Sketch]]]:
    """Units of `kind` by the nearest unit of a higher rank around them, else the root."""
    held: dict[int, tuple[Sketch, list[Sketch]]] = {}

    def walk(node: Sketch, holder: Sketch) -> None:
        for child in node.inside:
            if child.kind == kind:
                held.setdefault(id(holder), (holder, []))[1].append(child)
            higher = child.kind in UNITS and RANK[child.kind] < RANK[kind]
            walk(child, child if higher else holder)

    walk(root, root)
    return list(held.values())


def _bare_stages(root: Sketch) -> None:
    """A stage that carries no number counts from the one before it."""
    count = 0
    stages = [node for node in root.walk() if node.kind == "stage"]
    if len(stages) > 1 and not stages[0].number and stages[1].number == "1":
        stages[0].number = "0"  # `Prep phase` before `Phase 1`
    for node in root.walk():
        if node.kind == "stage":
            count = (
                int(float(node.number)) if node.number.replace(".", "", 1).isdigit() else count + 1
            )
            if not node.number.replace(".", "", 1).isdigit():
                node.number = str(count)
