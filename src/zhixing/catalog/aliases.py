"""What else do people call a skill? aliases.toml of a pack, and whether its words are clear."""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from zhixing.catalog.places import at
from zhixing.catalog.tables import Entry
from zhixing.catalog.values import texts
from zhixing.errors import Letter, nearest
from zhixing.records import Catalog
from zhixing.words import LANGUAGES, Said, say

FILE: Final = "aliases.toml"


def read_aliases(entry: Entry) -> tuple[str, ...]:
    """The words of one skill, `{ zh = […], en = […] }`: Chinese ones first."""
    listed: list[str] = []
    for language in LANGUAGES:
        listed += entry.take(language, texts, ())
    entry.close()
    return tuple(listed)


def alias_letters(catalog: Catalog) -> Iterator[Letter]:
    """A letter for aliases of no skill, and for every word that could mean two skills."""
    owners: dict[str, str] = {}
    for skill in catalog.skills.values():
        for title in (skill.title.zh, skill.title.en):
            owners.setdefault(_plain(title), skill.id)
    for skill_id, aliases in catalog.aliases.items():
        place = at(FILE, key=skill_id)
        if skill_id not in catalog.skills:
            what = say('skill "{id}" is not in the catalog', id=skill_id)
            yield Letter(what, place, _near_or_out(skill_id, catalog.skills))
            continue
        for alias in aliases:
            owner = owners.setdefault(_plain(alias), skill_id)
            if owner != skill_id:
                what = say('"{alias}" means skill "{owner}" already', alias=alias, owner=owner)
                yield Letter(what, place, say("a word belongs to one skill: take it out of one"))


def _near_or_out(name: str, known: Iterable[str]) -> Said:
    close = nearest(name, known)
    if close:
        return say('did you mean "{nearest}"?', nearest=close)
    return say("take it out: there is no skill of this name")


def _plain(words: str) -> str:
    """The same for ＳＶＤ, svd and " SVD "."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())
