"""The draft that a page shows: what is kept of it in the home, and what its document was read as.

Reading a long document takes seconds, so a running server remembers the last few. A draft that
the disk would not take is held here alone, and its page says so.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from zhixing.actions import drafts, importing
from zhixing.actions.desk import Desk
from zhixing.actions.drafts import Draft, Listed, name_of
from zhixing.actions.importing import Understood
from zhixing.actions.mending import mended
from zhixing.actions.standing import standing
from zhixing.errors import Problem
from zhixing.records import Route, RouteImported

MOST_READ = 4
"""Documents that are remembered as read."""


@dataclass(frozen=True)
class Open:
    """A draft and its document as it was read. `written` = it would outlive a restart."""

    draft: Draft
    found: Understood
    written: bool = True

    @property
    def route(self) -> Route:
        """The route as the learner left it."""
        return mended(self.found.route, self.draft.mends)

    @property
    def left_out(self) -> frozenset[str]:
        """The lines that were read as tasks, and are none."""
        asked = {task.id for task in self.found.route.tasks}
        return frozenset(asked - {task.id for task in self.route.tasks})

    @property
    def typed(self) -> Mapping[str, str]:
        """What each line is in the catalog, as it was typed; else the matches that are sure."""
        return {**self.proposed, **self.draft.typed}

    @property
    def proposed(self) -> Mapping[str, str]:
        return {**dict.fromkeys((one.node for one in self.found.matches), ""), **self.found.sure}


class Drafts:
    """The drafts of a running server. Requests come in threads of their own."""

    def __init__(self) -> None:
        self._read: OrderedDict[str, Understood] = OrderedDict()
        self._unwritten: OrderedDict[str, Draft] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, desk: Desk, found: Understood) -> str:
        """The name of the draft of a document; one that is there already goes on as it is."""
        name = name_of(found.route.id, found.text)
        self._remember(name, found)
        known = None
        with suppress(Problem):  # what is damaged is written anew
            known = self.get(desk, name)
        fresh = Draft(found.route.id, found.text, title=found.route.title)
        self.put(desk, known.draft if known else fresh)
        return name

    def put(self, desk: Desk, draft: Draft) -> bool:
        """Whether it was written down; where not, it is held until the server ends."""
        with self._lock:
            try:
                drafts.put(desk.settings.home, draft, desk.now())
            except OSError:
                self._unwritten[draft.name] = replace(draft, at=desk.now())
                while len(self._unwritten) > drafts.MOST_DRAFTS:
                    self._unwritten.popitem(last=False)
                return False
            self._unwritten.pop(draft.name, None)
            return True

    def get(self, desk: Desk, name: str) -> Open | None:
        """A draft by its name; a document that was kept as a route is there as it was kept.
        Problem for a damaged one."""
        held = self._unwritten.get(name) or drafts.get(desk.settings.home, name)
        if held is not None:
            return Open(held, self._found(desk, held), name not in self._unwritten)
        kept = standing(desk).imported.values()
        own = next((one for one in kept if name_of(one.route, one.text) == name), None)
        return self._of_kept(desk, own) if own is not None else None

    def _of_kept(self, desk: Desk, kept: RouteImported) -> Open:
        draft = Draft(kept.route, kept.text, mends=kept.mends, again=kept.done_again)
        as_kept = Open(draft, self._found(desk, draft))
        asked = (one.node for one in as_kept.found.matches if one.node not in as_kept.left_out)
        typed = {**dict.fromkeys(asked, ""), **kept.matches}
        return replace(as_kept, draft=replace(draft, typed=typed, title=as_kept.route.title))

    def _found(self, desk: Desk, draft: Draft) -> Understood:
        """What its document was read as; read now, if nobody remembers."""
        name = draft.name
        found = self._read.get(name)
        if found is None:
            found = importing.understood(desk, draft.text, route_id=draft.route)
            self._remember(name, found)
        return found

    def listed(self, desk: Desk) -> tuple[Listed, ...]:
        """All open drafts, newest first."""
        held = [Listed(name, draft) for name, draft in self._unwritten.items()]
        there = {one.name for one in held}
        written = (one for one in drafts.listed(desk.settings.home) if one.name not in there)
        return (*reversed(held), *written)

    def throw_away(self, desk: Desk, name: str) -> None:
        with self._lock:
            self._unwritten.pop(name, None)
            self._read.pop(name, None)
            drafts.throw_away(desk.settings.home, name)

    def forget(self, desk: Desk) -> None:
        """Every draft, thrown away."""
        with self._lock:
            self._read.clear()
            self._unwritten.clear()
            drafts.forget_all(desk.settings.home)

    def _remember(self, name: str, found: Understood) -> None:
        with self._lock:
            self._read[name] = found
            self._read.move_to_end(name)
            while len(self._read) > MOST_READ:
                self._read.popitem(last=False)
