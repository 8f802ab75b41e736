"""From a document to a typed route: text → outline → nodes → tasks, and a report.

Every line that is not blank becomes part of a node or stands in `not_understood`. A document that
carries an `id` in its front matter is written in the grammar of built-in routes and read strictly;
any other one is a stranger's, read as people write; a drawing in JSON has its own way in.
"""

import re

from zhixing.records import ImportReport, Node, Remark, Route
from zhixing.roadmap.contradictions import contradictions_in
from zhixing.roadmap.draft import NOT_IN_GRAMMAR, Draft
from zhixing.roadmap.graphs import compile_graph, is_graph
from zhixing.roadmap.inline import Reading, read_line
from zhixing.roadmap.lines import Place, parted
from zhixing.roadmap.marks import IN_PROSE
from zhixing.roadmap.outline import Entry, outline
from zhixing.roadmap.reading import FrontMatter, checked_id, front_matter, readable
from zhixing.roadmap.sections import below
from zhixing.roadmap.strangers import compile_stranger
from zhixing.roadmap.tasks import tasks_of
from zhixing.roadmap.wording import language_of
from zhixing.words import Language, say

_BLANK = re.compile(r"[>\s]*")  # a quote sign alone says nothing either


def compile_route(
    text: str,
    language: Language | None = None,
    route_id: str | None = None,
    content: str = "",
) -> tuple[Route, ImportReport]:
    """The route that `text` asks for, and what was not understood or contradicts itself.

    `content` is the JSON beside a drawn roadmap. `language` and `route_id` win over the front
    matter; the language is else guessed, the id else made from the title. A document with an `id`
    in its front matter carries the ids of its tasks: one without reference and name is not
    understood there, elsewhere it is called `<kind>:<week>-<day>-<number>`. Raises a Problem for
    what cannot be read at all.
    """
    text = readable(text)
    if is_graph(text):
        return compile_graph(text, language, checked(route_id), content)
    matter = front_matter(text)
    lines = text.split("\n")
    if matter.id is None:
        known = language or matter.language or language_of(text)
        return compile_stranger(lines, matter, known, checked(route_id))
    document = outline("\n" * matter.lines + "\n".join(lines[matter.lines :]))
    heading = _title(document)
    title = read_line(heading.text, IN_PROSE) if heading else Reading(())
    draft = Draft(
        route=_route_id(route_id, matter, title.title),
        language=language or matter.language or language_of(text),
        lines=lines,
        names_itself=matter.id is not None,
        directions=matter.directions,
    )
    root = _root(draft, document, heading, title)
    route = Route(draft.route, draft.language, root.title, root, tasks_of(root),
                  matter.pace_minutes_per_week, matter.directions,
                  matter.level, matter.expects, matter.ends_in)  # fmt: skip
    return route, _report(draft, matter, root)


def _root(draft: Draft, document: Entry, heading: Entry | None, title: Reading) -> Node:
    """The finished tree of a document whose `heading` says `title`."""
    if heading:
        draft.take(heading)
    draft.node_names.take(draft.route)
    name = title.title or draft.route
    details, children = parted(below(draft, document, Place()))
    return Node("route", draft.route, name, heading.line if heading else 1,
                links=title.all_links(name), children=tuple(children), details=details)  # fmt: skip


def checked(route_id: str | None) -> str:
    """An id that was given, or "" for none. Raises a Problem for one that is no id."""
    return checked_id(route_id, say("the id of the route")) if route_id is not None else ""


def _title(document: Entry) -> Entry | None:
    return next((entry for entry in document.inside if entry.form == "title"), None)


def _route_id(route_id: str | None, matter: FrontMatter, title: str) -> str:
    if route_id is not None:
        return checked_id(route_id, say("the id of the route"))
    return matter.id or "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:60].strip("-") or "route"


def _report(draft: Draft, matter: FrontMatter, root: Node) -> ImportReport:
    """Lines that nobody took are not understood; the rest of those that are not blank is."""
    remarks = {remark.line: remark for remark in matter.remarks} | draft.not_understood
    written = 0
    for number, line in enumerate(draft.lines, start=1):
        if _BLANK.fullmatch(line):
            continue
        written += 1
        if number > matter.lines and number not in draft.taken and number not in remarks:
            remarks[number] = Remark(number, line.strip(), NOT_IN_GRAMMAR)
    contradictions = [*draft.contradictions, *contradictions_in(root)]
    return ImportReport(
        understood=written - len(remarks),
        not_understood=tuple(remarks[line] for line in sorted(remarks)),
        contradictions=tuple(sorted(contradictions, key=lambda remark: remark.line)),
    )
