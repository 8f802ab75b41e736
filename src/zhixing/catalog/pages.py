"""Which Markdown does a pack hold? Routes and readings: two halves, one in each language, in.

Briefs, which have a form of their own, are read in `briefs`."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Final, TypeVar

from zhixing.catalog.files import PackTexts
from zhixing.catalog.places import at
from zhixing.catalog.values import id_letters, near_or_all
from zhixing.catalog.vocabulary import FIELDS
from zhixing.errors import Letter
from zhixing.records import Reading, RouteText
from zhixing.words import LANGUAGES, Bilingual, Language, say

T = TypeVar("T")

_FRONT_MATTER: Final = re.compile(r"\s*---\n(.*?)\n---\s*(?:\n|$)", re.DOTALL)
_HEADING: Final = re.compile(r"^#[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)


def read_routes(pack: PackTexts, letters: list[Letter]) -> list[RouteText]:
    """The routes of a pack. One half missing is a letter; the other is there alone."""
    routes = []
    for stem, halves in halves_in(pack, "routes/", letters).items():
        name = stem.removeprefix("routes/")
        files = {language: pack.shown(f"{stem}.{language}.md") for language in halves}
        letters += id_letters(name, partial(at, next(iter(files.values()))))
        for language, text in halves.items():
            letters += another_id(name, files[language], text)
        routes.append(RouteText(name, halves, files))
    return routes


def another_id(name: str, file: str, text: str) -> list[Letter]:
    """A letter where the front matter gives another id than the file's name."""
    front = _FRONT_MATTER.match(text)
    stated = re.search(r"^id:[ \t]*(.*?)[ \t]*$", front[1], re.MULTILINE) if front else None
    if front is None or stated is None or stated[1].strip("\"'") == name:
        return []
    line = text.count("\n", 0, front.start(1) + stated.start()) + 1
    what = say('the file is called "{name}", its id is "{id}"', name=name, id=stated[1])
    return [Letter(what, at(file, line), say("give both the same name"))]


def read_readings(pack: PackTexts, letters: list[Letter]) -> list[tuple[str, Reading]]:
    """(file, reading) of every reading of a pack; its first heading is its title."""
    readings = []
    for stem, halves in halves_in(pack, "readings/", letters).items():
        _, field, name = stem.split("/")
        file = pack.shown(f"{stem}.{next(iter(halves))}.md")
        letters += misnamed(name, field, file)
        for language, text in halves.items():
            letters += another_id(name, pack.shown(f"{stem}.{language}.md"), text)
        titles = {language: title_of(text) for language, text in halves.items()}
        for language in (language for language, title in titles.items() if not title):
            place = at(pack.shown(f"{stem}.{language}.md"))
            letters.append(Letter(say("there is no title"), place, say("begin it with # Title")))
        title = Bilingual(*both_of({k: title or name for k, title in titles.items()}))
        readings.append((file, Reading(name, field, title, Bilingual(*both_of(halves)))))
    return readings


def misnamed(name: str, field: str, file: str) -> list[Letter]:
    """Letters where a page of readings/ or briefs/ stands in no field, or has no proper id."""
    letters = id_letters(name, partial(at, file))
    if field not in FIELDS:
        what = say('"{name}" is not a field', name=field)
        letters.append(Letter(what, at(file), near_or_all(field, FIELDS)))
    return letters


def title_of(text: str) -> str:
    """The first heading below the front matter; "" where there is none."""
    front = _FRONT_MATTER.match(text)
    found = _HEADING.search(text, front.end() if front else 0)
    return found[1] if found else ""


def both_of(halves: Mapping[Language, T]) -> tuple[T, T]:
    """zh and en; where one half is missing the other stands for it."""
    some = next(iter(halves.values()))
    return halves.get("zh", some), halves.get("en", some)


def halves_in(
    pack: PackTexts, prefix: str, letters: list[Letter]
) -> dict[str, dict[Language, str]]:
    """routes/x.zh.md and routes/x.en.md -> {"routes/x": {"zh": …, "en": …}}."""
    found: dict[str, dict[Language, str]] = {}
    for path, text in pack.texts.items():
        for language in LANGUAGES:
            ending = f".{language}.md"
            if path.startswith(prefix) and path.endswith(ending):
                found.setdefault(path.removesuffix(ending), {})[language] = text
    for stem, halves in found.items():
        for language in LANGUAGES:
            path = f"{stem}.{language}.md"
            if language not in halves and path not in pack.faulty:
                there = next(iter(halves))
                what = say("there is {there} and no {missing}", there=there, missing=language)
                next_step = say("everything a learner reads is in zh and en: add {path}", path=path)
                letters.append(Letter(what, at(pack.shown(f"{stem}.{there}.md")), next_step))
    return found
