"""A document that is being looked at and not kept yet: it outlives a change of language or ground,
and the way back, because its review has an address of its own. Nothing of it is written down; a
server that starts anew has forgotten it, and its page says so."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from zhixing.actions.importing import Understood

MOST_DRAFTS = 4
"""The oldest goes first; a document may be some MiB long."""


@dataclass(frozen=True)
class Draft:
    """A document as it was understood, and its matches as the learner left them so far: node id ->
    what was typed. `again` = what is marked as done shall be planned too."""

    found: Understood
    typed: Mapping[str, str] = field(default_factory=dict)
    again: bool = False

    @property
    def name(self) -> str:
        return name_of(self.found.route.id, self.found.text)


def name_of(route_id: str, text: str) -> str:
    """What the address of a draft calls it: the same for the same document under the same id."""
    said = f"{route_id}\n{text}"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:20]


class Drafts:
    """The last few drafts of one running server. Requests come in threads of their own."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Draft] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, draft: Draft) -> str:
        """Its name, under which it is found again."""
        name = draft.name
        with self._lock:
            self._kept[name] = draft
            self._kept.move_to_end(name)
            while len(self._kept) > MOST_DRAFTS:
                self._kept.popitem(last=False)
        return name

    def get(self, name: str) -> Draft | None:
        with self._lock:
            return self._kept.get(name)

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()
