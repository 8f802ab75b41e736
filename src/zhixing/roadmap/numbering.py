"""Which week is it really? Numbers that restart inside months and stages go on counting.

Week 1 of month 2 is week 5 where month 1 has four; days inside a week keep the numbers they have.
"""

from zhixing.records import NodeKind
from zhixing.roadmap.sketch import UNITS, Sketch
from zhixing.roadmap.unitwords import RANK


def numbered(root: Sketch) -> None:
    """Settle units in place: join split ones, make ranges of ranges stages, continue restarts."""
    _join(root)
    _ranges(root)
    for kind in ("month", "week", "day"):
        _continue(root, kind)
    _bare_stages(root)


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


def _ranges(root: Sketch) -> None:
    """`Weeks 1–4` with weeks below it is a stage."""
    made = 0
    for node in list(root.walk()):
        if node.kind not in ("week", "month", "day") or node.first == node.last:
            continue
        if any(below.kind == node.kind for below in node.walk() if below is not node):
            made += 1
            if node.kind != "week":
                node.detail(f"{node.kind}s", f"{node.first}–{node.last}")
                node.first = node.last = None
            node.kind, node.number = "stage", str(made)


def _continue(root: Sketch, kind: NodeKind) -> None:
    """Offsets for units of `kind` that restart in another unit of a higher rank."""
    held = _held(root, kind)
    if any(holder.kind not in UNITS for holder, _ in held) or (
        kind == "day" and any(holder.kind == "week" for holder, _ in held)
    ):
        return
    reached, known = 0, set[tuple[str, int | None, str]]()
    for holder, own in held:
        first = own[0].first or 0
        name = (holder.kind, holder.first, holder.number)
        restarts = reached > 0 and first <= 1 and name not in known
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
    for node in root.walk():
        if node.kind == "stage":
            count = (
                int(float(node.number)) if node.number.replace(".", "", 1).isdigit() else count + 1
            )
            if not node.number.replace(".", "", 1).isdigit():
                node.number = str(count)
