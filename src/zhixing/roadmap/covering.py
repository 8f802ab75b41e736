"""Which units together are another one? Week 1 of an overview, and the days or the range that lay
it out."""

from dataclasses import dataclass

from zhixing.roadmap.sketch import UNITS, Sketch

_LONGEST_SPAN = 400
_FINER = {"week": ("day", 7, 4), "month": ("week", 4, 4)}
"""In which units one is laid out, how many of them fill it, and how many do: of seven days some are
for rest."""
_LONGEST_LABEL = 12

Key = tuple[str, int | str | None, int | str | None]


@dataclass(slots=True)
class LaidOut:
    """Units with all units in them, by what they are called and by the number they begin with."""

    tops: list[Sketch]
    units: list[Sketch]
    called: dict[Key, list[Sketch]]
    begun: dict[tuple[str, int], list[Sketch]]

    @classmethod
    def of(cls, tops: list[Sketch]) -> "LaidOut":
        units = [each for top in tops for each in top.walk() if each.kind in UNITS]
        found = cls(tops, units, {}, {})
        for each in units:
            found.called.setdefault(key_of(each), []).append(each)
            if each.first is not None and each.last is not None:
                found.begun.setdefault((each.kind, each.first), []).append(each)
        return found

    def like(self, unit: Sketch) -> list[Sketch]:
        """The units that together are this one; [] where one is lacking, or stands there twice."""
        if same := self.called.get(key_of(unit), []):
            return same if len(same) == 1 else []
        if unit.first is None or unit.last is None or unit.last - unit.first > _LONGEST_SPAN:
            return []
        kind, count = "week" if unit.kind == "stage" else unit.kind, unit.last - unit.first + 1
        if found := self._within(unit.first, unit.last, kind, count) or self._around(unit):
            return found
        finer = _FINER.get(kind)
        if finer is None or any(each.kind == kind for each in self.units):
            return []
        name, size, least = finer
        return self._within((unit.first - 1) * size + 1, unit.last * size, name, count * least)

    def _around(self, unit: Sketch) -> list[Sketch]:
        """`Weeks 1–2` is where week 1 is laid out."""
        first, last = unit.first or 0, unit.last or 0
        begun = (
            self.begun.get((unit.kind, n), ()) for n in range(first - _LONGEST_LABEL, first + 1)
        )
        found = [each for units in begun for each in units if (each.last or 0) >= last]
        return found if len(found) == 1 else []

    def _within(self, first: int, last: int, kind: str, least: int) -> list[Sketch]:
        """Units of a kind that fill so much of a range of numbers, each number once."""
        begun = (each for n in range(first, last + 1) for each in self.begun.get((kind, n), ()))
        found = [each for each in begun if each.last is not None and each.last <= last]
        numbers = [n for each in found for n in range(each.first or 0, (each.last or 0) + 1)]
        return found if len(numbers) == len(set(numbers)) >= least else []


def key_of(unit: Sketch) -> Key:
    """What a unit is called by: its kind and numbers."""
    if unit.kind == "stage" and unit.number:
        return unit.kind, unit.number, unit.number
    return unit.kind, unit.first or unit.number, unit.last
