"""What was appended is what is read: every kind, in order, once, and until it is forgotten."""

import contextlib
import dataclasses
import sqlite3
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.errors import Problem
from zhixing.records import (
    Attempt,
    CardReviewed,
    Happening,
    HintTaken,
    NoteSaved,
    TaskDone,
    TaskStarted,
    Undone,
    Verdict,
)
from zhixing.store.keeping import Store
from zhixing.store.opening import open_store
from zhixing.store.writing import KINDS, happening_of, row_of

NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)
LOCAL = NOON.astimezone(timezone(timedelta(hours=8)))
NAIVE = NOON.replace(tzinfo=None)

PLAIN: Mapping[object, st.SearchStrategy[object]] = {
    str: st.text(max_size=40),
    int: st.integers(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    type(None): st.none(),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
}


def values(noun: object) -> st.SearchStrategy[object]:
    """Values of a type as records.py writes types, dataclasses in dataclasses included."""
    if noun in PLAIN:
        return PLAIN[noun]
    if dataclasses.is_dataclass(noun):
        hints = typing.get_type_hints(noun)
        return st.builds(noun, **{name: values(hint) for name, hint in hints.items()})
    parts = typing.get_args(noun)
    match typing.get_origin(noun):
        case typing.Literal:
            return st.sampled_from(parts)
        case types.UnionType | typing.Union:
            return st.one_of(*map(values, parts))
        case origin if origin is tuple and parts[-1] is Ellipsis:
            return st.lists(values(parts[0]), max_size=3).map(tuple)
        case origin if origin is tuple:
            return st.tuples(*map(values, parts))
        case origin if origin is frozenset:
            return st.frozensets(values(parts[0]), max_size=3)
        case _:
            return st.dictionaries(values(parts[0]), values(parts[1]), max_size=3)


def happenings(kind: type[Happening]) -> st.SearchStrategy[Happening]:
    """Happenings of a kind: any values at all in its fields, and the schema it has today."""
    hints = typing.get_type_hints(kind) | {"schema": typing.Literal[1]}
    return st.builds(kind, **{name: values(hint) for name, hint in hints.items()})


any_happening = st.one_of(*map(happenings, KINDS.values()))


def note(id_: str, text: str = "", learner: str = "me") -> NoteSaved:
    return NoteSaved(id=id_, learner=learner, at=NOON, task="r/note:n", text=text)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "zhixing.db"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    with open_store(file) as opened:
        yield opened


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@given(given_values=st.data())
def test_every_kind_is_read_back_as_it_was(
    kind: type[Happening], given_values: st.DataObject
) -> None:
    told = given_values.draw(happenings(kind))
    assert happening_of(row_of(told)) == told


@settings(max_examples=20)
@given(told=st.lists(any_happening, max_size=8, unique_by=lambda h: h.id), cut=st.integers(0, 8))
def test_what_was_appended_is_read_in_order_also_by_who_opens_later(
    told: list[Happening], cut: int
) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "zhixing.db"
        with open_store(file) as store:
            store.append(*told[:cut])
            store.append(*told[cut:])
        with open_store(file) as later:
            for learner in {h.learner for h in told}:
                assert later.happenings(learner) == tuple(h for h in told if h.learner == learner)


def test_a_number_of_the_tally_names_its_happening(store: Store) -> None:
    notes = [note(f"id-{n}", "text") for n in range(3)]
    store.append(*notes)
    learner = notes[0].learner
    _, last = store.tally(learner)
    assert store.id_at(learner, last) == "id-2"
    assert store.id_at("somebody else", last) == ""
    assert store.id_at(learner, last + 1) == ""


def test_only_the_kinds_asked_for_are_read(store: Store) -> None:
    started = TaskStarted(id="1", learner="me", at=NOON, task="t")
    done = TaskDone(id="2", learner="me", at=NOON, task="t", minutes=40)
    store.append(started, note("3"), done)
    assert store.happenings("me", [TaskStarted, TaskDone]) == (started, done)
    assert store.happenings("me", []) == ()


def test_the_same_happening_twice_is_written_once(store: Store) -> None:
    store.append(note("1"), note("1"))
    store.append(note("1"), note("2"))
    assert store.happenings("me") == (note("1"), note("2"))


@pytest.mark.parametrize(
    "other", [note("1", "other words"), TaskStarted(id="1", learner="me", at=NOON, task="t")]
)
def test_an_id_never_stands_for_two_things_and_then_nothing_is_written(
    store: Store, other: Happening
) -> None:
    store.append(note("1", "words"))
    with pytest.raises(ValueError, match="stands for another"):
        store.append(note("2"), other)
    with pytest.raises(ValueError, match="stands for another"):
        store.append(note("3", "words"), dataclasses.replace(other, id="3"))
    assert store.happenings("me") == (note("1", "words"),)


def test_more_happenings_than_one_question_may_name_are_appended_once(store: Store) -> None:
    many = [note(str(number)) for number in range(1_201)]
    store.append(*many)
    store.append(*many, note("last"))
    assert store.happenings("me") == (*many, note("last"))


@given(before=st.text(max_size=30), half=st.characters(categories=["Cs"]), after=st.text())
def test_half_a_character_is_refused_with_a_letter_that_can_be_printed(
    before: str, half: str, after: str
) -> None:
    with pytest.raises(Problem, match=f"U\\+{ord(half):04X}") as caught:
        row_of(note("1", before + half + after))
    str(caught.value).encode()


def test_a_refused_text_takes_the_others_of_its_call_with_it(store: Store) -> None:
    with pytest.raises(Problem, match=r"U\+D83D"):
        store.append(note("1"), note("2", "half an emoji: \ud83d"))
    assert store.happenings("me") == ()


@pytest.mark.parametrize(
    "wrong",
    [
        NoteSaved(id="1", learner="me", at=LOCAL, task="t", text=""),
        NoteSaved(id="1", learner="me", at=NAIVE, task="t", text=""),
        NoteSaved(id="1", learner="me", at=NOON, task="t", text="", schema=2),
        HintTaken(id="1", learner="me", at=NOON, lab="l", check="c", rung=float("nan")),
        CardReviewed(id="1", learner="me", at=NOON, card="c", rating=2.5),
    ],
    ids=["local time", "no zone", "another schema", "not a number", "another type"],
)
def test_what_would_not_be_read_back_is_not_written(store: Store, wrong: Happening) -> None:
    with pytest.raises(ValueError):
        store.append(note("0"), wrong)
    assert store.happenings("me") == ()


def test_a_mapping_that_nobody_may_change_is_stored_as_any_other(store: Store) -> None:
    view = types.MappingProxyType({"numpy": "2.4.6", "python": "3.11"})
    verdict = Verdict("l", None, "", "pass", True, 1.0, {}, (), (), "process", 0.1, "7", view)
    told = Attempt(id="1", learner="me", at=NOON, lab="l", part=None, answer="", verdict=verdict)
    store.append(told)
    assert store.happenings("me") == (told,)


def test_undoing_deletes_nothing(store: Store) -> None:
    done = TaskDone(id="1", learner="me", at=NOON, task="t")
    undone = Undone(id="2", learner="me", at=NOON, what="1")
    store.append(done)
    store.append(undone)
    assert store.happenings("me") == (done, undone)


def test_forgetting_one_learner_leaves_no_trace_of_them_and_all_of_the_others(file: Path) -> None:
    kept = [note(f"b{n}", f"kept {n} " * n * 5, "bo") for n in range(40)]
    with open_store(file) as store:
        for number, other in enumerate(kept):
            store.append(note(f"a{number}", f"of-ann {number} " * number * 5, "ann"), other)
        assert store.forget("ann") == 40
        assert store.forget("ann") == 0
        assert store.happenings("ann") == ()
        assert store.happenings("bo") == tuple(kept)
        assert b"of-ann" not in b"".join(f.read_bytes() for f in file.parent.iterdir())
        store.append(note("a1", learner="ann"))


def test_what_a_newer_program_wrote_is_counted_and_kept(store: Store, file: Path) -> None:
    store.append(note("1"))
    newer = [("2", "Danced", 1), ("3", "NoteSaved", 2), ("4", "Danced", 3)]
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as database:
        for id_, kind, schema in newer:
            row = (id_, "me", "2027", kind, schema, "{}")
            names = "id, learner, at, kind, schema, body"
            database.execute(f"INSERT INTO happenings ({names}) VALUES (?, ?, ?, ?, ?, ?)", row)
        store.append(note("5"))
        assert store.happenings("me") == (note("1"), note("5"))
        assert store.unread("me") == {"Danced": 2, "NoteSaved": 1}
        assert store.unread("you") == {}
        assert database.execute("SELECT count(*) FROM happenings").fetchone() == (5,)


def test_a_damaged_row_is_named_and_not_passed_over(store: Store, file: Path) -> None:
    store.append(note("first"), note("second"))
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("UPDATE happenings SET body = '{\"id\": 7}' WHERE id = 'second'")
    with pytest.raises(Problem, match="second is damaged") as caught:
        store.happenings("me")
    assert str(file) in str(caught.value)
