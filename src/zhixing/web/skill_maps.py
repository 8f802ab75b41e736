"""The skill map as SVG: prerequisites run from left to right, a line for each.

Layers by the longest way, an order within them that lets few lines cross (the barycentre sweeps of
Sugiyama, Tagawa and Toda, 1981).
"""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from zhixing.actions.skill_maps import MapSkill
from zhixing.words import Language

WIDTH, HEIGHT = 158, 40
APART_X, APART_Y = 46, 10
MARGIN = 8
SWEEPS = 12
MOST_A_COLUMN = 14
"""Skills in one column; a fuller layer takes the next column too."""
LETTERS = 10.4
"""Chinese letters that fit into a pill; a Latin one takes about half."""

Place = tuple[float, float]


def skill_map(
    skills: Sequence[MapSkill], signs: Mapping[str, str], language: Language, said: str
) -> Markup:
    """The map; `signs` gives the mark of each level, `said` tells the whole in words."""
    layers = _ordered(skills)
    places = _placed(layers)
    right = max((x for x, _ in places.values()), default=0) + WIDTH + MARGIN
    bottom = max((y for _, y in places.values()), default=0) + HEIGHT + MARGIN
    lines = Markup().join(
        _line(one.id, need, places[need], places[one.id]) for one in skills for need in one.needs
    )
    pills = Markup().join(_pill(one, places[one.id], signs, language) for one in skills)
    return Markup(
        '<svg class="skillmap" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="group"'
        ' aria-label="{said}"><g class="ways">{lines}</g>{pills}</svg>'
    ).format(w=round(right), h=round(bottom), said=said, lines=lines, pills=pills)


def _ordered(skills: Sequence[MapSkill]) -> list[list[MapSkill]]:
    """The layers, each in an order near that of its neighbours."""
    deepest = max((one.column for one in skills), default=-1)
    layers: list[list[MapSkill]] = [[] for _ in range(deepest + 1)]
    for one in skills:
        layers[one.column].append(one)
    above: dict[str, list[str]] = {}
    for one in skills:
        for need in one.needs:
            above.setdefault(need, []).append(one.id)
    below = {one.id: list(one.needs) for one in skills}
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        rank = _ranks(layers)
        for layer in layers if forth else reversed(layers):
            near = below if forth else above
            layer.sort(key=lambda s: (_mean(rank, near.get(s.id, ()), rank[s.id]), s.id))
            for at, one in enumerate(layer):
                rank[one.id] = (at + 0.5) / len(layer)
    return [part for layer in layers for part in _split(layer)]


def _ranks(layers: Sequence[Sequence[MapSkill]]) -> dict[str, float]:
    """Where each skill stands in its layer, from 0 to 1."""
    return {one.id: (at + 0.5) / len(layer) for layer in layers for at, one in enumerate(layer)}


def _mean(rank: Mapping[str, float], near: Sequence[str], otherwise: float) -> float:
    return sum(rank[name] for name in near) / len(near) if near else otherwise


def _split(layer: list[MapSkill]) -> list[list[MapSkill]]:
    """A layer as columns of equal height."""
    columns = -(-len(layer) // MOST_A_COLUMN) or 1
    return [layer[start::columns] for start in range(columns)]


def _placed(layers: Sequence[Sequence[MapSkill]]) -> dict[str, Place]:
    """The left upper corner of each, columns centred."""
    tallest = max((len(layer) for layer in layers), default=0)
    places: dict[str, Place] = {}
    for column, layer in enumerate(layers):
        top = (tallest - len(layer)) * (HEIGHT + APART_Y) / 2
        for row, one in enumerate(layer):
            x = MARGIN + column * (WIDTH + APART_X)
            places[one.id] = (x, MARGIN + top + row * (HEIGHT + APART_Y))
    return places


def _line(skill: str, need: str, start: Place, end: Place) -> Markup:
    x1, y1 = start[0] + WIDTH, start[1] + HEIGHT / 2
    x2, y2 = end[0], end[1] + HEIGHT / 2
    bend = max(APART_X, (x2 - x1)) / 2
    path = f"M{x1:.0f} {y1:.0f}C{x1 + bend:.0f} {y1:.0f} {x2 - bend:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
    return Markup('<path data-from="{}" data-to="{}" d="{}"/>').format(need, skill, path)


def _pill(one: MapSkill, place: Place, signs: Mapping[str, str], language: Language) -> Markup:
    title = getattr(one.title, language)
    x, y = place
    return Markup(
        '<a href="/skills/{id}" class="pill {level}" data-skill="{id}"'
        ' aria-label="{title}"><title>{title}</title>'
        '<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="8"/>'
        '<text x="{tx}" y="{ty}">{short}</text>'
        '<text class="sub" x="{tx}" y="{sy}">{sign} {stars}</text></a>'
    ).format(
        id=one.id, level=one.level, title=title, short=_fitted(title),
        x=round(x), y=round(y), w=WIDTH, h=HEIGHT, tx=round(x) + 9, ty=round(y) + 17,
        sy=round(y) + 33, sign=signs[one.level], stars="★" * one.stars,
    )  # fmt: skip


def _fitted(text: str) -> str:
    """The text, cut where a pill ends."""
    used = 0.0
    for at, letter in enumerate(text):
        used += 1.0 if ord(letter) > 0x2E80 else 0.54
        if used > LETTERS:
            return text[:at].rstrip() + "…"
    return text
