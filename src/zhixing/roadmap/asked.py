"""How is a model, or a person, asked for proposals, and how is the answer read?

The question is a text to paste anywhere: the parts of a route with their ids, and the form of the
answer. The answer is JSON, bare or in a fence; what it proposes is for `validate` to judge.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NoReturn

from zhixing.errors import Problem
from zhixing.records import Node, Route
from zhixing.roadmap.proposals import KEYS, MOST_HOURS, Twice
from zhixing.roadmap.wording import duration
from zhixing.words import Bilingual, Language, Said, say

LARGEST_BYTES: Final = 1024 * 1024
MOST_PROPOSALS: Final = 2_000

_FENCED: Final = re.compile(r"^```[ \t]*(?:json)?[ \t]*\n(.*?)^```", re.S | re.M | re.I)
_KEYS: Final = ("document", "proposals")
_LONGEST_TITLE: Final = 160
_WHERE: Final = say("the proposals")
_STEP: Final = say("`zhixing import FILE --ask-for-proposals OUT` writes how they must look")


def question(route: Route, document: str, language: Language) -> str:
    """What to paste into a model. `document` says which text the answer is for."""
    parts = list(_parts(route.root, 0))
    ids = [node.id for node, _ in parts if node.task_kind is not None][-2:] or [route.id]
    said = [
        say('Below is the roadmap "{title}", part by part: id | time | words.', title=route.title),
        say("Propose what would help to plan it, for parts that are there and for nothing else:"
            " other names, hours, and what must come before what."),
        say("- alias: the usual name of what a part is about, a few words, no address"),
        say("- hours: a number above 0, at most {most}; not for parts whose time is stated",
            most=int(MOST_HOURS)),
        say("- prerequisite: the id of the part that must be over before another begins;"
            " never in a circle"),
        say("Answer with JSON of this form and with nothing else; leave out what you do not know:"),
    ]  # fmt: skip
    lines = [each.render(language) for each in said]
    listed = [f"{'  ' * depth}{_line(route, node, language)}" for node, depth in parts]
    return "\n".join([*lines, "", _example(route, document, ids), "", *listed, ""])


def _parts(node: Node, depth: int) -> Iterator[tuple[Node, int]]:
    """All that asks for something, or holds what does, with how deep it stands."""
    for child in node.children:
        if any(one.task_kind is not None for one in child.walk()):
            yield child, depth
            yield from _parts(child, depth + 1)


def _line(route: Route, node: Node, language: Language) -> str:
    time: Said | str = "-"
    if node.minutes:
        spoken = Bilingual(zh=duration(node.minutes, "zh"), en=duration(node.minutes, "en"))
        guessed = "estimated" in node.marks
        time = say("{time}, estimated", time=spoken) if guessed else say("{time}, stated",
                                                                         time=spoken)  # fmt: skip
    shown = time.render(language) if isinstance(time, Said) else time
    title = " ".join(node.title.split())[:_LONGEST_TITLE]
    return f"{short_name(route, node.id)} | {shown} | {title}"


def short_name(route: Route, name: str) -> str:
    """An id as it is asked for: the same under whatever id the route is kept."""
    return name.removeprefix(f"{route.id}/")


def _example(route: Route, document: str, ids: Sequence[str]) -> str:
    first, last = (short_name(route, name) for name in (ids[0], ids[-1]))
    proposals = [
        {"node": first, "kind": "alias", KEYS["alias"]: "…"},
        {"node": first, "kind": "hours", KEYS["hours"]: 2.5},
        {"node": last, "kind": "prerequisite", KEYS["prerequisite"]: first},
    ]
    listed = ",\n".join(f"  {json.dumps(one, ensure_ascii=False)}" for one in proposals)
    return f'{{"document": "{document}", "proposals": [\n{listed}\n]}}'


def proposals_in(raw: bytes, document: str) -> tuple[object, ...]:
    """What a file of proposals proposes, each still to be judged. Problem for what is no such file,
    or one that was made for another text than `document`."""
    found = _json(_text(raw))
    if isinstance(found, list):
        return _few_enough(found)
    if isinstance(found, Twice):
        _refuse(say('the key "{key}" stands twice', key=found.key[:40]))
    proposals = found.get("proposals") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(proposals, list) or set(found) - set(_KEYS):
        _refuse(say('it must hold a list called "proposals", and may hold "document"'))
    if "document" in found and found["document"] != document:
        raise Problem(
            say("these proposals were made for another text, or for an earlier state of this one"),
            _WHERE,
            say("ask for new ones: `zhixing import FILE --ask-for-proposals OUT`"),
        )
    return _few_enough(proposals)


def _few_enough(proposals: list[object]) -> tuple[object, ...]:
    if len(proposals) > MOST_PROPOSALS:
        _refuse(say("{n} proposals are too many: at most {most} are looked at",
                    n=len(proposals), most=MOST_PROPOSALS))  # fmt: skip
    return tuple(proposals)


def _text(raw: bytes) -> str:
    if not raw.strip():
        _refuse(say("the file is empty"))
    encoding: Literal["utf-16", "utf-8-sig"] = "utf-8-sig"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise Problem(
            say("this is not UTF-8"), _WHERE, say("save it once more as JSON in UTF-8")
        ) from None


def _json(text: str) -> object:
    bare = text.strip()
    if not bare.startswith(("{", "[")) and (fenced := _FENCED.search(text)):
        bare = fenced[1]
    try:
        return json.loads(bare, object_pairs_hook=_table)
    except json.JSONDecodeError as trouble:
        _refuse(say("this is no JSON from line {line} on", line=trouble.lineno))
    except (ValueError, RecursionError):  # a number of a thousand digits; brackets without end
        _refuse(say("this is no JSON that can be read"))


def _table(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) == len(pairs):
        return table
    names = [name for name, _ in pairs]
    twice = Twice(table)
    twice.key = next(name for at, name in enumerate(names) if name in names[:at])
    return twice


def _refuse(why: Said) -> NoReturn:
    raise Problem(why, _WHERE, _STEP)
