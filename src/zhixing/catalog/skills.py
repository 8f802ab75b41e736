"""What can be learnt, and from what? Tables of skills, resources, planned labs in, records out."""

import re

from zhixing.catalog.tables import Entry
from zhixing.catalog.values import (
    Unfit,
    address,
    addresses,
    id_letters,
    ids,
    lab_kind,
    one_of,
    seen,
    text,
    texts,
    whole,
)
from zhixing.catalog.vocabulary import FIELDS, REACH, RESOURCE_KINDS, is_id
from zhixing.records import Criterion, PlannedLab, Resource, Skill
from zhixing.words import Bilingual, say


def read_skill(entry: Entry, field: str) -> Skill | None:
    """The skill of one `[id]` table, None where title, stars or why are not to be had."""
    entry.letters += id_letters(entry.name, entry.where)
    title, why = entry.both("title"), entry.both("why")
    stars = entry.need("stars", whole(1, 5))
    needs: tuple[str, ...] = entry.take("needs", ids, ())
    resources: tuple[str, ...] = entry.take("resources", ids, ())
    read = [_criterion(one) for one in entry.tables("criteria")]
    criteria = tuple(one for one in read if one is not None)
    entry.close()
    if title is None or why is None or stars is None:
        return None
    return Skill(entry.name, field, title, stars, needs, why, resources, criteria)


def _criterion(entry: Entry) -> Criterion | None:
    words = entry.both("say")
    evidence = entry.need("evidence", texts)
    entry.close()
    return None if words is None else Criterion(words, evidence or ())


def read_resource(entry: Entry) -> Resource | None:
    """The resource of one `[id]` table, None where title or address are not to be had."""
    entry.letters += id_letters(entry.name, entry.where)
    title = entry.both("title")
    url = entry.need("url", address)
    rating = entry.take("rating", whole(1, 5), 0)
    resource = Resource(
        id=entry.name,
        title=title or Bilingual("", ""),
        url=url or "",
        kind=entry.need("kind", one_of(RESOURCE_KINDS)) or "",
        language=entry.need("language", text) or "",
        rating=rating or None,
        alternatives=entry.take("alternatives", addresses, ()),
        reach=entry.take("reach", _reach, {}),
        note=entry.both("note") if "note" in entry.table else None,
    )
    entry.asked.add("note")
    entry.close()
    return resource if title and url else None


def _reach(value: object) -> dict[str, str]:
    """{ cn = "open" }, or "open 2026-11-21" where somebody checked on that day."""
    pattern = rf"(?:{'|'.join(REACH)})(?: \d{{4}}-\d\d-\d\d)?"
    if not isinstance(value, dict) or not all(
        isinstance(word, str) and re.fullmatch(pattern, word) for word in value.values()
    ):
        raise Unfit(
            say("{value} does not fit", value=seen(value)),
            say(
                "write {example}, with one of: {words}",
                example='{ cn = "unknown" }',
                words=", ".join(REACH),
            ),
        )
    return dict(value)


def read_planned(entry: Entry) -> PlannedLab | None:
    """The planned lab of one `[id]` table, None where a routed task could not show it."""
    entry.letters += id_letters(entry.name, entry.where)
    title, criterion = entry.both("title"), entry.both("criterion")
    field = entry.need("field", one_of(FIELDS))
    kind = entry.need("kind", lab_kind)
    minutes = entry.need("minutes", whole(1, 100_000))
    parts: dict[str, int] = entry.take("parts", _parts, {})
    entry.close()
    if parts and minutes and sum(parts.values()) != minutes:
        entry.report(
            say(
                "{stated} minutes, but the parts are {sum}", stated=minutes, sum=sum(parts.values())
            ),
            say("make them equal"),
            "minutes",
        )
    if title is None or criterion is None or field is None or kind is None or minutes is None:
        return None
    return PlannedLab(entry.name, field, title, kind, minutes, criterion, parts)


def _parts(value: object) -> dict[str, int]:
    if not isinstance(value, dict) or not all(is_id(name) for name in value):
        raise Unfit(
            say("{value} does not fit", value=seen(value)),
            say("write name = minutes, a line a part"),
        )
    minutes = whole(1, 6000)
    return {name: minutes(one) for name, one in value.items()}
