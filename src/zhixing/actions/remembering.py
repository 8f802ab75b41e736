"""Dear what-ifs, reckoned for one page and asked for again by the next: kept while they hold."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

from zhixing.actions.desk import Desk
from zhixing.actions.standing import standing

T = TypeVar("T")


@dataclass(frozen=True)
class _Kept:
    """The last answer of a name, and what it rests on."""

    now: object
    catalog: object
    asked: tuple[object, ...]
    answer: object


def remembered(desk: Desk, name: str, asked: tuple[object, ...], reckon: Callable[[], T]) -> T:
    """What `reckon` gives. A long-running door keeps the latest answer of each name until anything
    happens, the catalog or the day changes, or something else is asked for."""
    if desk.shelf is None:
        return reckon()
    now, catalog, asked = standing(desk), desk.catalog, (desk.today(), *asked)
    kept = desk.shelf.recall(name, lambda: _Kept(None, None, (), None))
    if kept.now is now and kept.catalog is catalog and kept.asked == asked:
        return cast(T, kept.answer)
    answer = reckon()
    desk.shelf.put(name, _Kept(now, catalog, asked, answer))
    return answer
