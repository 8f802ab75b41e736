"""What happened? The happenings of a home: written all or none, read in order, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Self

from msgspec import DecodeError
from sqlalchemy import Connection, delete, func, insert, select

from zhixing.records import Happening
from zhixing.store.engine import engine_on, overwrite_what_was_deleted, reading, writing
from zhixing.store.key import key_in
from zhixing.store.tables import HAPPENINGS
from zhixing.store.trouble import damaged
from zhixing.store.writing import Row, happening_of, is_known, row_of, stands_for
from zhixing.words import say

IDS_AT_ONCE = 500
"""Databases limit how many values one question may carry."""

IN = HAPPENINGS.c
ROWS = select(IN.id, IN.learner, IN.at, IN.kind, IN.schema, IN.body)


class Store:
    """The happenings of one home, and its key. Close it, or use it in a `with`."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._engine = engine_on(file)

    def append(self, *happenings: Happening) -> None:
        """Writes all of `happenings` or none; once it has returned, no crash takes them away.

        One that stands there already (the same id) is not written again: in doubt, repeat.
        Raises Problem when the disk or another program prevents it, ValueError when an id stands
        for something else, and what `row_of` raises.
        """
        rows: dict[str, Row] = {}
        for happening in happenings:
            rows.setdefault(happening.id, row_of(happening))
        with writing(self._engine, self._file) as connection:
            there = _standing(connection, list(rows))
            for happening in happenings:
                _must_tell(there.get(happening.id, rows[happening.id]), happening)
            new = [asdict(row) for row in rows.values() if row.id not in there]
            if new:
                connection.execute(insert(HAPPENINGS), new)

    def tally(self, learner: str, until: int | None = None) -> tuple[int, int]:
        """(how many happenings there are, the number of the last), those after `until` left out.
        Numbers rise; what is forgotten makes the count fall. (0, 0) where nothing happened."""
        asked = select(func.count(), func.max(IN.seq)).where(IN.learner == learner)
        if until is not None:
            asked = asked.where(IN.seq <= until)
        with reading(self._engine, self._file) as connection:
            count, last = connection.execute(asked).one()
        return count, last or 0

    def id_at(self, learner: str, number: int) -> str:
        """The id of the happening that a number of `tally` stands for; "" where it is gone."""
        asked = select(IN.id).where(IN.learner == learner, IN.seq == number)
        with reading(self._engine, self._file) as connection:
            return connection.execute(asked).scalar() or ""

    def happenings(
        self,
        learner: str,
        kinds: Sequence[type[Happening]] | None = None,
        after: int = 0,
    ) -> tuple[Happening, ...]:
        """What happened to `learner`, in the order written; only of `kinds`, if given, and only
        `after` a number of `tally`.

        Rows that a newer program wrote and this one cannot read stay where they are and are left
        out; `unread` counts them. Raises Problem when a row is damaged.
        """
        asked = ROWS.where(IN.learner == learner, IN.seq > after).order_by(IN.seq)
        if kinds is not None:
            asked = asked.where(IN.kind.in_([kind.__name__ for kind in kinds]))
        with reading(self._engine, self._file) as connection:
            rows = [Row(*columns) for columns in connection.execute(asked)]
        return tuple(self._told(row) for row in rows if is_known(row.kind, row.schema))

    def unread(self, learner: str) -> Mapping[str, int]:
        """How many happenings of which kind `happenings` leaves out for `learner`."""
        counted = select(IN.kind, IN.schema, func.count()).where(IN.learner == learner)
        with reading(self._engine, self._file) as connection:
            found = connection.execute(counted.group_by(IN.kind, IN.schema)).all()
        counts: dict[str, int] = {}
        for kind, schema, count in found:
            if not is_known(kind, schema):
                counts[kind] = counts.get(kind, 0) + count
        return counts

    def forget(self, learner: str) -> int:
        """Deletes all that happened to `learner`; how many happenings that was.

        The bytes go too: the file is rewritten without them. When that fails (Problem), the rows
        are gone all the same, and calling again overwrites what they left.
        """
        with writing(self._engine, self._file) as connection:
            count = connection.execute(delete(HAPPENINGS).where(IN.learner == learner)).rowcount
        overwrite_what_was_deleted(self._engine, self._file)
        return count

    def secret(self) -> bytes:
        """The 32 bytes that this home draws its seeds from; made at the first call."""
        return key_in(self._file.with_name("secret.key"))

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _told(self, row: Row) -> Happening:
        try:
            return happening_of(row)
        except (DecodeError, TypeError) as error:  # TypeError: the body is a number
            what = say(
                "the {kind} {id} is damaged: {reason}", kind=row.kind, id=row.id, reason=error
            )
            raise damaged(what, self._file) from error


def _standing(connection: Connection, ids: Sequence[str]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for first in range(0, len(ids), IDS_AT_ONCE):
        asked = ROWS.where(IN.id.in_(ids[first : first + IDS_AT_ONCE]))
        found |= {row.id: Row(*row) for row in connection.execute(asked)}
    return found


def _must_tell(row: Row, happening: Happening) -> None:
    if not stands_for(row, happening):
        raise ValueError(f"the id {happening.id} stands for another happening already: {row}")
