"""How is a happening written down, and read back? As JSON, equal to what it was or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cache

import msgspec

from zhixing import records
from zhixing.errors import Problem
from zhixing.records import Happening
from zhixing.words import say

KINDS: Mapping[str, type[Happening]] = {
    name: noun
    for name, noun in vars(records).items()
    if isinstance(noun, type) and issubclass(noun, Happening) and noun is not Happening
}
"""Every noun of what happened, by the name under which it is stored."""


@dataclass(frozen=True, slots=True)
class Row:
    """A happening as it stands in the table. `at` is ISO 8601, UTC, of one width: it sorts."""

    id: str
    learner: str
    at: str
    kind: str
    schema: int
    body: str


def row_of(happening: Happening) -> Row:
    """The row of `happening`, tried out: what would not be read back equal is refused.

    Raises Problem for text that no file can hold; ValueError or TypeError for what only a mistake
    of ours can make (a time that is not UTC, a NaN, a field of another type).
    """
    if happening.at.utcoffset() != timedelta(0):
        raise ValueError(f"{happening.id}: `at` is {happening.at!r}, which is not UTC")
    row = Row(
        id=happening.id,
        learner=happening.learner,
        at=happening.at.isoformat(timespec="microseconds"),
        kind=type(happening).__name__,
        schema=happening.schema,
        body=_json(happening),
    )
    if not stands_for(row, happening):
        raise ValueError(f"{happening.id} would not be read back as it is: {happening!r}")
    return row


def happening_of(row: Row) -> Happening:
    """What `row` tells. ValueError (of msgspec) when it is damaged; see `is_known` first."""
    return _decoder(row.kind).decode(row.body)


def is_known(kind: str, schema: int) -> bool:
    """Can this program read such a row? A newer one may have written other kinds and schemas."""
    return kind in KINDS and schema == _schema_of(kind)


def stands_for(row: Row, happening: Happening) -> bool:
    """Does the row tell exactly this happening?"""
    return is_known(row.kind, row.schema) and happening_of(row) == happening


@cache
def _schema_of(kind: str) -> object:
    return next(f.default for f in fields(KINDS[kind]) if f.name == "schema")


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[Happening]:
    return msgspec.json.Decoder(KINDS[kind])


def _json(happening: Happening) -> str:
    try:
        return msgspec.json.encode(happening, enc_hook=_plain).decode()
    except UnicodeEncodeError as error:
        raise _half_a_character(error) from error


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a {type(value).__name__} cannot be stored")


def _half_a_character(error: UnicodeEncodeError) -> Problem:
    before = error.object[max(0, error.start - 20) : error.start]
    return Problem(
        what=say(
            "the text has half of a character, which no file can hold: U+{code}",
            code=f"{ord(error.object[error.start]):04X}",
        ),
        where=say('after "{before}"', before=before) if before else say("at its beginning"),
        next_step=say("take that character out, save as UTF-8, and type the command again"),
    )
