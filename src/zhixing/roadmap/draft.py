"""What has compiling one document found so far?"""

from dataclasses import dataclass, field

from zhixing.records import Remark
from zhixing.roadmap.marks import Sort
from zhixing.roadmap.naming import Names
from zhixing.roadmap.outline import Entry
from zhixing.words import Language, Said, say

NOT_IN_GRAMMAR = say("no part of the route grammar")
NO_WORDS = say("there are no words in this line")
_ONCE_A_LINE: dict[Sort, Said] = {
    "minutes": say("minutes"),
    "weeks": say("weeks"),
    "kind": say("kind"),
    "name": say("name"),
    "node": say("node"),
    "stars": say("stars"),
}


@dataclass(slots=True)
class Draft:
    """One compilation. `names_itself`: the document carries its id, so its tasks carry theirs."""

    route: str
    language: Language
    lines: list[str]
    names_itself: bool
    directions: tuple[str, ...]
    task_names: Names = field(default_factory=Names)
    node_names: Names = field(default_factory=lambda: Names("~"))
    places: dict[str, int] = field(default_factory=dict)
    tasks_of_day: dict[tuple[int, int], int] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    taken: set[int] = field(default_factory=set)
    not_understood: dict[int, Remark] = field(default_factory=dict)
    contradictions: list[Remark] = field(default_factory=list)

    def take(self, entry: Entry) -> None:
        """The lines of `entry` are part of a node."""
        self.taken.update(range(entry.line, entry.last + 1))

    def refuse(self, entry: Entry, why: Said) -> None:
        """The lines of `entry` are not understood."""
        for line in range(entry.line, entry.last + 1):
            self.remark(line, why)

    def remark(self, line: int, why: Said | None) -> None:
        self.not_understood[line] = Remark(line, self.lines[line - 1].strip(), why)

    def contradict(self, line: int, why: Said) -> None:
        self.contradictions.append(Remark(line, str(why), why))

    def contradict_twice(self, line: int, sorts: tuple[Sort, ...]) -> None:
        """Marks that may stand once in a line and stand more often."""
        for sort in sorts:
            what = _ONCE_A_LINE[sort]
            self.contradict(
                line, say("the line states its {what} twice; the first counts", what=what)
            )

    def write_name(self, line: int, name: str) -> None:
        """An author wrote this name: it may stand once."""
        if name in self.written:
            self.contradict(line, say('the name "{name}" stands twice', name=name))
        self.written.add(name)

    def numbered(self, place: str, kind: str) -> str:
        """The id of the next node of a kind that carries no number: `week-1/note-2`."""
        wanted = f"{place}/{kind}" if place else kind
        self.places[wanted] = self.places.get(wanted, 0) + 1
        return self.node_names.take(f"{wanted}-{self.places[wanted]}")
