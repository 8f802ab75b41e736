"""What fits a key? Readers: a value out of TOML in, the value we want out, or Unfit."""

import re
from collections.abc import Callable, Iterable, Mapping

from zhixing.catalog.vocabulary import LAB_KINDS, is_id
from zhixing.errors import Letter, nearest
from zhixing.records import LabKind
from zhixing.words import Said, say


class Unfit(Exception):
    """A value that does not fit: what is wrong with it, and what would fit."""

    def __init__(self, what: Said, next_step: Said) -> None:
        super().__init__(what.render("en"))
        self.what = what
        self.next_step = next_step


def text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Unfit(say("a text is wanted, not {value}", value=seen(value)), say("write a text"))
    return value


def texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise Unfit(
            say("a list of texts is wanted, not {value}", value=seen(value)),
            say('write it as ["one", "two"]'),
        )
    return tuple(value)


def ids(value: object) -> tuple[str, ...]:
    """A list of ids, each once."""
    listed = texts(value)
    wrong = next((one for one in listed if not is_id(one)), None)
    if wrong is not None:
        raise Unfit(*_not_an_id(wrong))
    twice = next((one for one in listed if listed.count(one) > 1), None)
    if twice is not None:
        raise Unfit(say('"{name}" stands here twice', name=twice), say("take one out"))
    return listed


def one_of(known: Iterable[str]) -> Callable[[object], str]:
    words = tuple(known)

    def read(value: object) -> str:
        if value not in words:
            raise Unfit(
                say("{value} is not a word for this", value=seen(value)),
                near_or_all(str(value), words),
            )
        return str(value)

    return read


def lab_kind(value: object) -> LabKind:
    one_of(LAB_KINDS)(value)
    return next(kind for kind in LAB_KINDS if kind == value)


def some_of(known: Iterable[str]) -> Callable[[object], tuple[str, ...]]:
    word = one_of(known)
    return lambda value: tuple(word(one) for one in texts(value))


def whole(low: int, high: int) -> Callable[[object], int]:
    """A whole number from `low` to `high`."""

    def read(value: object) -> int:
        if type(value) is not int or not low <= value <= high:
            raise Unfit(
                say("{value} does not fit", value=seen(value)),
                say("a whole number from {low} to {high} is wanted", low=low, high=high),
            )
        return value

    return read


def number(low: float, high: float) -> Callable[[object], float]:
    """A number from `low` to `high`; inf and nan are none."""

    def read(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            fits = False
        else:
            fits = low <= value <= high
        if not fits:
            raise Unfit(
                say("{value} does not fit", value=seen(value)),
                say("a number from {low} to {high} is wanted", low=low, high=high),
            )
        return float(value)  # type: ignore[arg-type]

    return read


def yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise Unfit(say("{value} does not fit", value=seen(value)), say("write true or false"))
    return value


def address(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"https?://[^\s/]\S*", value):
        raise Unfit(
            say("{value} is not a web address", value=seen(value)),
            say('it begins with "https://" or "http://"'),
        )
    return value


def addresses(value: object) -> tuple[str, ...]:
    return tuple(address(one) for one in texts(value))


def halves_of(value: object) -> dict[str, str]:
    pattern = say('write it as {{ zh = "…", en = "…" }}')
    if not isinstance(value, dict):
        raise Unfit(say("both languages are wanted, not {value}", value=seen(value)), pattern)
    for language, half in value.items():
        if language not in ("zh", "en"):
            raise Unfit(say('"{language}" is no language here', language=language), pattern)
        if not isinstance(half, str):
            raise Unfit(say("a text is wanted, not {value}", value=seen(half)), pattern)
    return {language: half.strip() for language, half in value.items()}


def list_of_tables(value: object) -> list[Mapping[str, object]]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise Unfit(
            say("tables are wanted, not {value}", value=seen(value)),
            say("write each under a [[…]] line of its own"),
        )
    return value


def table_of_tables(value: object) -> Mapping[str, Mapping[str, object]]:
    if not isinstance(value, dict) or not all(isinstance(one, dict) for one in value.values()):
        raise Unfit(
            say("named tables are wanted, not {value}", value=seen(value)),
            say("write each under a [….name] line of its own"),
        )
    return value


def seen(value: object) -> str:
    """A value as the author wrote it, shortened."""
    try:
        shown = f'"{value}"' if isinstance(value, str) else str(value)
    except (ValueError, RecursionError):  # a number of 5,000 digits, tables 1,000 deep
        shown = type(value).__name__
    return shown if len(shown) <= 60 else shown[:57] + "…"


def near_or_all(name: str, known: Iterable[str]) -> Said:
    """The next step after an unknown word: the near miss, or all there are."""
    words = sorted(known)
    close = nearest(name, words)
    if close:
        return say('did you mean "{nearest}"?', nearest=close)
    return say("there are: {names}", names=", ".join(words))


def id_letters(name: str, where: Callable[[], Said]) -> list[Letter]:
    """One letter where `name` is not kebab-case."""
    if is_id(name):
        return []
    what, next_step = _not_an_id(name)
    return [Letter(what, where(), next_step)]


def _not_an_id(name: str) -> tuple[Said, Said]:
    return (
        say('"{name}" is not an id', name=name),
        say("ids are small letters, digits and hyphens: la-svd-image"),
    )
