"""Which arrows lead back to where they began?"""

from collections.abc import Iterator, Mapping, Sequence


def circles(after: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The circles in a graph, each once, as the names along it; `after` has every name as a key."""
    found: list[list[str]] = []
    finished: set[str] = set()
    for start in after:
        if start not in finished:
            _walk(start, after, finished, found)
    return found


def _walk(
    start: str,
    after: Mapping[str, Sequence[str]],
    finished: set[str],
    found: list[list[str]],
) -> None:
    path: dict[str, Iterator[str]] = {start: iter(after[start])}
    while path:
        name = next(reversed(path))
        target = next((each for each in path[name] if each not in finished), None)
        if target is None:
            path.pop(name)
            finished.add(name)
        elif target in path:
            names = list(path)
            found.append(names[names.index(target) :])
        else:
            path[target] = iter(after[target])
