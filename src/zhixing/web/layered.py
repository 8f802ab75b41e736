"""Where the boxes of a graph stand: columns from left to right, each after all it rests on, in an
order in which few lines cross.

Layers by the longest way, their order by barycentres (Sugiyama, Tagawa and Toda, 1981). A line
that passes a column keeps a lane free in it; all lines from one box share that lane. Numbers are
pixels.
"""

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

Node = tuple[str, int]
"""A box in its own column, or its lane in a later one."""

MOST_A_COLUMN = 12
"""Boxes; those that find no room stand a column later."""
LANE, APART, LANES_APART = 4.0, 14.0, 9.0
SWEEPS, ROUNDS = 16, 12


@dataclass(frozen=True)
class Box:
    """`needs` are other boxes of the same graph."""

    id: str
    needs: tuple[str, ...]
    height: float


@dataclass(frozen=True)
class Layout:
    """`columns` are the boxes of each, from the top down; `middles` the height at which the middle
    of a box or a lane is; `height` that of the whole."""

    columns: tuple[tuple[str, ...], ...]
    middles: Mapping[Node, float]
    column_of: Mapping[str, int]
    height: float


@lru_cache(maxsize=32)
def laid_out(boxes: tuple[Box, ...]) -> Layout:
    """The places of boxes none of which rests on itself, however far below."""
    column = _columns(boxes)
    left, right = _neighbours(boxes, column)
    layers = _ordered(_first_order(boxes, column, left), left, right)
    heights = {(box.id, column[box.id]): box.height for box in boxes}
    middles = _middles(layers, heights, left, right)
    tops = (y - heights.get(node, LANE) / 2 for node, y in middles.items())
    top = min(tops, default=0.0)
    placed = {node: y - top for node, y in middles.items()}
    ends = (y + heights.get(node, LANE) / 2 for node, y in placed.items())
    own = tuple(tuple(id for id, at in layer if column[id] == at) for layer in layers)
    return Layout(own, placed, column, max(ends, default=0.0))


def _columns(boxes: Sequence[Box]) -> dict[str, int]:
    """Each box behind all it rests on; those that waited longest first, then those with most
    above them."""
    needs = {box.id: box.needs for box in boxes}
    order = {box.id: n for n, box in enumerate(boxes)}
    depth = _longest(needs)
    above: dict[str, list[str]] = {box.id: [] for box in boxes}
    for box in boxes:
        for need in box.needs:
            above[need].append(box.id)
    tail = _longest(above)
    column: dict[str, int] = {}
    at = 0
    while len(column) < len(boxes):
        ready = [
            box.id
            for box in boxes
            if box.id not in column and all(column.get(need, at) < at for need in box.needs)
        ]
        ready.sort(key=lambda id: (depth[id], -tail[id], order[id]))
        column |= dict.fromkeys(ready[:MOST_A_COLUMN], at)
        at += 1
    return column


def _longest(edges: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The length of the longest way along the edges from each."""
    found: dict[str, int] = {}
    for start in edges:
        waiting = [start]
        while waiting:
            missing = [one for one in edges[waiting[-1]] if one not in found]
            if missing:
                waiting += missing
            else:
                one = waiting.pop()
                found[one] = 1 + max((found[each] for each in edges[one]), default=-1)
    return found


def way(layout: Layout, need: str, box: str) -> tuple[Node, ...]:
    """The nodes that a line passes, from the box that is needed to the one that needs it."""
    first, last = layout.column_of[need], layout.column_of[box]
    return (*((need, at) for at in range(first, last)), (box, last))


Neighbours = Mapping[Node, Sequence[Node]]


def _neighbours(
    boxes: Sequence[Box], column: Mapping[str, int]
) -> tuple[dict[Node, list[Node]], dict[Node, list[Node]]]:
    """Each node's neighbours in the column before and in the one after; every node is in both."""
    left: dict[Node, list[Node]] = {(box.id, column[box.id]): [] for box in boxes}
    right: dict[Node, list[Node]] = {node: [] for node in left}
    for box in boxes:
        for need in box.needs:
            passed = [(need, at) for at in range(column[need], column[box.id])]
            for one, other in zip(passed, (*passed[1:], (box.id, column[box.id])), strict=True):
                for node in (one, other):
                    left.setdefault(node, [])
                    right.setdefault(node, [])
                if one not in left[other]:
                    left[other].append(one)
                    right[one].append(other)
    return left, right


# --- order --------------------------------------------------------------------------------------


Layers = list[list[Node]]


def _first_order(boxes: Sequence[Box], column: Mapping[str, int], left: Neighbours) -> Layers:
    """As the boxes were given."""
    order = {box.id: n for n, box in enumerate(boxes)}
    layers: Layers = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for node in sorted(left, key=lambda node: order[node[0]]):
        layers[node[1]].append(node)
    return layers


def _ordered(layers: Layers, left: Neighbours, right: Neighbours) -> Layers:
    """The order with the fewest crossings that the sweeps come by."""
    best, fewest = layers, _crossings(layers, right)
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        layers = _swept(layers, left if forth else right, forth)
        count = _crossings(layers, right)
        if count < fewest:
            best, fewest = layers, count
    return best


def _swept(layers: Layers, near: Neighbours, forth: bool) -> Layers:
    rank = {node: at / len(layer) for layer in layers for at, node in enumerate(layer)}
    swept = {}
    for at, layer in enumerate(layers) if forth else reversed(tuple(enumerate(layers))):
        wanted = {node: _mean([rank[each] for each in near[node]], rank[node]) for node in layer}
        swept[at] = sorted(layer, key=wanted.__getitem__)
        rank |= {node: place / len(layer) for place, node in enumerate(swept[at])}
    return [swept[at] for at in range(len(layers))]


def _mean(numbers: Sequence[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise


def _crossings(layers: Layers, right: Neighbours) -> int:
    """How many pairs of lines cross."""
    total = 0
    for layer, following in pairwise(layers):
        place = {node: at for at, node in enumerate(following)}
        seen: list[int] = []
        for node in layer:
            ends = sorted(place[each] for each in right[node])
            total += sum(len(seen) - bisect.bisect_right(seen, end) for end in ends)
            for end in ends:
                bisect.insort(seen, end)
    return total


# --- heights ------------------------------------------------------------------------------------


def _middles(
    layers: Layers, heights: Mapping[Node, float], left: Neighbours, right: Neighbours
) -> dict[Node, float]:
    """Each node as near to the mean of its neighbours as its order and its room let it."""
    middles: dict[Node, float] = {}
    for layer in layers:
        steps = list(_steps(layer, heights))
        middles |= {node: y - steps[-1] / 2 for node, y in zip(layer, steps, strict=True)}
    for turn in range(ROUNDS):
        for layer in layers if turn % 2 == 0 else reversed(layers):
            near = [[middles[each] for each in (*left[n], *right[n])] for n in layer]
            wanted = [_mean(some, middles[n]) for some, n in zip(near, layer, strict=True)]
            middles |= zip(layer, _spread(wanted, list(_steps(layer, heights))), strict=True)
    return middles


def _steps(layer: Sequence[Node], heights: Mapping[Node, float]) -> Iterator[float]:
    """The least middles of nodes that stand one below the other, the first at 0."""
    y = 0.0
    for before, node in zip((None, *layer), layer, strict=False):
        if before is not None:
            free = APART if before in heights or node in heights else LANES_APART
            y += (heights.get(before, LANE) + heights.get(node, LANE)) / 2 + free
        yield y


def _spread(wanted: Sequence[float], steps: Sequence[float]) -> list[float]:
    """The middles nearest to those wanted (least squares) that keep the steps apart: pool adjacent
    violators."""
    pools: list[tuple[float, int]] = []
    for want, step in zip(wanted, steps, strict=True):
        total, count = want - step, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            more, others = pools.pop()
            total, count = total + more, count + others
        pools.append((total, count))
    level = [total / count for total, count in pools for _ in range(count)]
    return [y + step for y, step in zip(level, steps, strict=True)]
