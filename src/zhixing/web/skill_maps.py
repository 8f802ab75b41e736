"""The skill map as SVG: prerequisites run from left to right, a line for each; below them the
skills that nothing here rests on and that rest on nothing here.

Where things stand is reckoned in `layered`. Colours are classes; a script lights the ways of the
skill in focus, and without it all of it is links.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from zhixing.actions.skill_maps import MapSkill
from zhixing.web.layered import Box, Layout, laid_out, way
from zhixing.words import Language, Said, say

WIDTH, APART_X = 206, 54
MARGIN = 16
LINE, FOOT = 16, 27
"""Height of a line of a title, and of what stands below and above the title."""
LETTERS = 14.9
"""Chinese letters in a line of a box."""
CHINESE = 0x2E80
"""From this code point on letters are as wide as high."""
OPENING = "(（《“"
A_LINE, ROUGH, PLAIN = 1000.0, 60.0, 25.0
"""What one line more costs, an end of a line within a word, and one between two words."""
ALONE_ACROSS = 5
GAP = 14


@dataclass(frozen=True)
class Drawn:
    """A skill and the corner of its box."""

    skill: MapSkill
    lines: tuple[str, ...]
    x: float
    y: float

    @property
    def height(self) -> int:
        return _height(self.lines)


def skill_map(
    skills: Sequence[MapSkill], signs: Mapping[str, str], language: Language, said: str
) -> Markup:
    """The map; `signs` gives the mark of each level, `said` tells the whole in words."""
    titles = {one.id: getattr(one.title, language) for one in skills}
    lines = {name: wrapped(title) for name, title in titles.items()}
    tied = {one.id for one in skills if one.needs} | {n for one in skills for n in one.needs}
    boxes = (Box(s.id, s.needs, _height(lines[s.id])) for s in skills if s.id in tied)
    layout = laid_out(tuple(boxes))
    by_id = {one.id: one for one in skills}
    drawn = [Drawn(by_id[n], lines[n], x, y) for n, x, y in _corners(layout, lines)]
    alone = [one for one in skills if one.id not in tied]
    drawn += _alone(alone, lines, max(len(layout.columns), 1), layout.height)
    right = max((box.x for box in drawn), default=0) + WIDTH + MARGIN
    bottom = max((box.y + box.height for box in drawn), default=0) + MARGIN
    ways = (_line(layout, one.id, need) for one in skills for need in one.needs)
    return Markup(
        '<svg class="skillmap" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="group"'
        ' aria-label="{said}"><g class="ways" aria-hidden="true">{ways}</g>{boxes}</svg>'
    ).format(
        w=round(right), h=round(bottom), said=said, ways=Markup().join(ways),
        boxes=Markup().join(_box(one, signs, titles, language) for one in drawn),
    )  # fmt: skip


def _corners(
    layout: Layout, lines: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, float, float]]:
    """(Skill, x, y) of those with a line, column by column, from the top down."""
    for at, column in enumerate(layout.columns):
        for name in column:
            y = layout.middles[name, at] - _height(lines[name]) / 2
            yield name, _left(at), MARGIN + y


def _left(column: int) -> int:
    return MARGIN + column * (WIDTH + APART_X)


def _alone(
    skills: Sequence[MapSkill], lines: Mapping[str, tuple[str, ...]], columns: int, below: float
) -> Iterator[Drawn]:
    """Those without a line, in rows below the others."""
    across = max(columns, ALONE_ACROSS)
    y = MARGIN + (below + 2 * GAP if below else 0)
    for start in range(0, len(skills), across):
        row = skills[start : start + across]
        for column, one in enumerate(row):
            yield Drawn(one, lines[one.id], _left(column), y)
        y += max(_height(lines[one.id]) for one in row) + GAP


def _height(lines: Sequence[str]) -> int:
    return LINE * len(lines) + FOOT


def _line(layout: Layout, skill: str, need: str) -> Markup:
    """From the right edge of what is needed, through its lanes, to the left edge of what needs
    it."""
    nodes = way(layout, need, skill)
    path = ""
    for before, node in pairwise(nodes):
        x1, y1 = _left(before[1]) + WIDTH, MARGIN + layout.middles[before]
        x2, y2 = _left(node[1]), MARGIN + layout.middles[node]
        middle = (x1 + x2) / 2
        begin = f"L{x1:.0f} {y1:.0f}" if path else f"M{x1:.0f} {y1:.0f}"
        path += f"{begin}C{middle:.0f} {y1:.0f} {middle:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
    return Markup('<path data-from="{}" data-to="{}" d="{}"/>').format(need, skill, path)


def _box(
    one: Drawn, signs: Mapping[str, str], titles: Mapping[str, str], language: Language
) -> Markup:
    skill, x, y = one.skill, round(one.x), round(one.y)
    title = titles[skill.id]
    rows = Markup().join(
        Markup('<tspan x="{}" y="{}">{}</tspan>').format(x + 11, y + 19 + n * LINE, line)
        for n, line in enumerate(one.lines)
    )
    low = y + one.height - 9
    return Markup(
        '<a href="/skills/{id}" class="pill {level}" data-skill="{id}" aria-label="{label}">'
        '<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="9"/><text>{rows}</text>'
        '<text class="sub" x="{x1}" y="{low}">{sign}</text>'
        '<text class="sub" x="{x2}" y="{low}" text-anchor="end">{stars}</text></a>'
    ).format(
        id=skill.id, level=skill.level, x=x, y=y, w=WIDTH, h=one.height, rows=rows, low=low,
        x1=x + 11, x2=x + WIDTH - 11, sign=signs[skill.level], stars="★" * skill.stars,
        label=_label(skill, titles, title).render(language),
    )  # fmt: skip


def _label(skill: MapSkill, titles: Mapping[str, str], title: str) -> Said:
    if not skill.needs:
        return say("{title}, {n} stars", title=title, n=skill.stars)
    return say(
        "{title}, {n} stars, rests on: {needs}",
        title=title,
        n=skill.stars,
        needs="; ".join(titles[need] for need in skill.needs),
    )


# --- words in lines -----------------------------------------------------------------------------


def wrapped(text: str) -> tuple[str, ...]:
    """The whole text in as few lines as a box allows, as even as can be, and rather broken after
    a mark than at a space, and there rather than within a Chinese word or after a hyphen."""
    words = list(_words(text))
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(words) + 1):
        rough = 0.0 if end == len(words) else _roughness(words[end - 1], words[end])
        found = []
        for start in range(end):
            line = "".join(words[start:end]).strip()
            free = LETTERS - _letters(line)
            if free >= 0 or start == end - 1:
                cost, lines = best[start]
                found.append((cost + A_LINE + free * free + rough, (*lines, line)))
        best.append(min(found))
    return best[-1][1]


def _roughness(word: str, following: str) -> float:
    """What it costs to end a line between two words: nothing after a mark, or before a bracket."""
    last = word.rstrip()[-1:]
    if following[0] in OPENING or (last and not (last.isalnum() or last == "-")):
        return 0.0
    return PLAIN if word[-1] == " " else ROUGH


def _words(text: str) -> Iterator[str]:
    """Pieces that stay whole: a Latin word with the space after it; a Chinese letter with the
    punctuation after it."""
    piece = ""
    for letter in text:
        if piece and _breaks(piece, letter):
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece


def _breaks(piece: str, letter: str) -> bool:
    """Whether a line may end between a piece and the letter after it."""
    last = piece[-1]
    if last in OPENING:
        return False
    if _is_chinese(letter) or letter in OPENING or last in " -/":
        return True
    return ord(last) > CHINESE and letter.isalnum()


def _is_chinese(letter: str) -> bool:
    return ord(letter) > CHINESE and letter.isalnum()


def _letters(text: str) -> float:
    """Width in Chinese letters."""
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> float:
    if ord(letter) > CHINESE:
        return 1.0
    if letter in "iljft.,:; ()'":
        return 0.37
    if letter in "mwMW@%":
        return 0.95
    return 0.6 if letter.islower() else 0.68
