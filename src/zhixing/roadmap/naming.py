"""What is a task called? Ids that survive moving it to another day and translating it.

A task is `<route>/<reference>` of its first link, or `<route>/<kind>:<name>`; printing asks the
same functions, so that it writes a name only where one is needed.
"""

from zhixing.records import Link, TaskKind
from zhixing.roadmap.wording import KIND_OF_SCHEME, SCHEMES

RHYTHMS = ("daily", "weekly", "monthly")


class Names:
    """Ids given out so far, in document order: the second `x` becomes `x.2`."""

    def __init__(self, before_number: str = ".") -> None:
        self._before_number = before_number
        self._times: dict[str, int] = {}

    def coming(self, wanted: str) -> str:
        """The id that `take` would give."""
        name, times = wanted, self._times.get(wanted, 0)
        while name in self._times:
            times += 1
            name = f"{wanted}{self._before_number}{times}"
        return name

    def take(self, wanted: str) -> str:
        name = self.coming(wanted)
        self._times[name] = 1
        self._times[wanted] = self._times[wanted] + (name != wanted)
        return name


def reference_of(links: tuple[Link, ...]) -> str | None:
    """The first link that is a reference such as `lab:x#part`, not an address."""
    return next((link.url for link in links if scheme_of(link.url) in SCHEMES), None)


def scheme_of(url: str) -> str:
    return url.partition(":")[0]


def kind_of(links: tuple[Link, ...]) -> TaskKind | None:
    """What the first reference says about the kind of its task."""
    reference = reference_of(links)
    return KIND_OF_SCHEME.get(scheme_of(reference)) if reference else None


def unnamed_task(
    route: str, kind: TaskKind, links: tuple[Link, ...], words: frozenset[str]
) -> str | None:
    """The id of a task that carries no name, before numbering; None if nothing identifies it.

    A recurring task without a reference is called after its rhythm: there is rarely a second one.
    """
    reference = reference_of(links)
    if reference:
        return f"{route}/{reference}"
    rhythm = next((rhythm for rhythm in RHYTHMS if rhythm in words), None)
    return f"{route}/{kind}:{rhythm}" if rhythm else None
