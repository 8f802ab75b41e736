"""Can this text be read at all, and what does its front matter say?

What cannot be read is a `Problem` with a letter for every line to mend. The front matter is a small
subset of YAML: lines of `key: value`, lists as `[a, b]`, comments after `#`.
"""

import re
from dataclasses import dataclass, field

from zhixing.errors import Letter, Problem, nearest
from zhixing.records import Entrance, Remark
from zhixing.roadmap.wording import minutes_in
from zhixing.words import LANGUAGES, Language, Said, say

LARGEST_BYTES = 4 * 1024 * 1024
LONGEST_ID = 80
MOST_LINES = 50_000
OURS = ("id", "pace", "directions", "language")
"""Keys that nobody writes below a rule across the page: they open a front matter."""
KEYS = (*OURS, "level", "expects", "ends")
LEVELS: tuple[Entrance, ...] = ("nothing", "code", "deep-learning")
_PAGE_KEYS = (
    "aliases author authors category categories comments cover created date description draft"
    " excerpt image keywords last_modified lastmod lang layout math modified permalink published"
    " slug sort source status subtitle summary tag tags title toc type updated url version weight"
    " cssclass cssclasses publish share top featured hidden sidebar mathjax abbrlink"
)
OF_A_PAGE = frozenset(_PAGE_KEYS.split())
"""What sites and notebooks write of a page: no part of a plan, and its title names the route."""

# Control characters (they also write on terminals) and halves of surrogate pairs.
UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_KEY_LINE = re.compile(r"([A-Za-z][A-Za-z_-]*)\s*[:：](?:\s+(.*)|\s*)$")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DIRECTION = re.compile(r"[A-Za-z][\w-]*")
_PACE = re.compile(
    r"(?P<every>每周\s*)?(?P<time>.*?)(?P<week>\s*(?:/|\bper\b|\ba\b|每)\s*(?:week|wk|周))?", re.I
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands between the two `---`. `lines` is how many lines that takes, 0 for none."""

    id: str | None = None
    language: Language | None = None
    pace_minutes_per_week: int | None = None
    directions: tuple[str, ...] = ()
    level: Entrance = ""
    expects: str = ""
    ends_in: str = ""
    lines: int = 0
    remarks: tuple[Remark, ...] = ()
    title: str = ""


@dataclass(slots=True)
class _Found:
    """What the lines of a front matter have said so far."""

    values: dict[str, str] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    unknown: bool = False
    of_a_page: bool = False


def readable(text: str) -> str:
    """`text` with plain line ends and no byte order mark.

    Raises a Problem if it is too large, or holds what no text file holds.
    """
    if len(text) > LARGEST_BYTES:
        raise too_large()
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if found := UNREADABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise _not_text(line, ord(found[0]))
    if len(text.encode()) > LARGEST_BYTES or text.count("\n") > MOST_LINES:
        raise too_large()
    return text


def front_matter(text: str) -> FrontMatter:
    """The front matter of `text`, empty if it has none.

    Raises a Problem that lists every line of it that cannot be read.
    """
    lines = text.split("\n", MOST_LINES)
    first_key = _first_key(lines) if lines[0].rstrip() == "---" else None
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() == "---"), None)
    if first_key is None or (end is None and first_key not in OURS):
        return FrontMatter()
    if end is None:
        raise Problem(
            say("the front matter is never closed"),
            say("line {line}", line=1),
            say("write a line `---` after its last key"),
        )
    found = _Found()
    for at, line in enumerate(lines[1:end], start=2):
        _read_key(found, at, line)
    return _typed(found, end + 1)


def _first_key(lines: list[str]) -> str | None:
    """The key after the opening `---`; None where that is only a rule across the page."""
    first = next((line for line in lines[1:] if line.strip()), "")
    key_line = _KEY_LINE.match(first.rstrip())
    return key_line[1].lower() if key_line else None


def _read_key(found: _Found, at: int, line: str) -> None:
    if not line.strip() or line.lstrip().startswith("#"):
        return
    key_line = _KEY_LINE.match(line.rstrip())
    if key_line is None:
        _read_other_line(found, at, line)
        return
    key, value = key_line[1].lower(), _value(key_line[2] or "")
    found.of_a_page = key in OF_A_PAGE
    found.unknown = key not in KEYS and not found.of_a_page
    if found.of_a_page:
        found.values.setdefault(key, value)
    elif found.unknown:
        found.remarks.append(Remark(at, line, _no_key(key)))
    elif key in found.values:
        _letter(found, at, say('the key "{key}" stands twice', key=key),
                say("keep one of them"))  # fmt: skip
    else:
        found.values[key], found.at[key] = value, at


def _read_other_line(found: _Found, at: int, line: str) -> None:
    """A line without a key: part of an unknown key's value, or something to mend."""
    if found.of_a_page and line.startswith((" ", "\t", "-", "]")):
        return
    if found.unknown and line.startswith((" ", "\t", "-")):
        found.remarks.append(Remark(at, line))
        return
    _letter(found, at, say('"{line}" is not `key: value`', line=line.strip()),
            say("write one key a line, lists as `[a, b]`"))  # fmt: skip


def _no_key(key: str) -> Said:
    near = nearest(key, KEYS)
    if near:
        return say('no key "{key}" here; did you mean "{nearest}"?', key=key, nearest=near)
    return say('no key "{key}" here; known: {known}', key=key, known=", ".join(KEYS))


def _typed(found: _Found, lines: int) -> FrontMatter:
    values = found.values
    matter = FrontMatter(
        id=_id(found),
        language=_language(found),
        pace_minutes_per_week=_pace(found) if "pace" in values else None,
        directions=_directions(found) if "directions" in values else (),
        level=_level(found),
        expects=values.get("expects", ""),
        ends_in=values.get("ends", ""),
        lines=lines,
        remarks=tuple(found.remarks),
        title=values.get("title", ""),
    )
    if found.letters:
        raise Problem.of(found.letters)
    return matter


def checked_id(route_id: str, where: Said) -> str:
    """`route_id`, or a Problem: ids are kebab-case."""
    if _ID.fullmatch(route_id) and len(route_id) <= LONGEST_ID:
        return route_id
    raise Problem.of([_id_letter(route_id[: LONGEST_ID + 1], where)])


def _id(found: _Found) -> str | None:
    value = found.values.get("id")
    if value is None or _ID.fullmatch(value):
        return value
    found.letters.append(_id_letter(value, say("line {line}", line=found.at["id"])))
    return None


def _id_letter(value: str, where: Said) -> Letter:
    near = "-".join(re.findall(r"[a-z0-9]+", value.lower())) or "my-route"
    return Letter(
        say('"{value}" is no id: small letters and digits joined by hyphens', value=value),
        where,
        say('write for example "{near}"', near=near),
    )


def _language(found: _Found) -> Language | None:
    value = found.values.get("language")
    for language in LANGUAGES:
        if value == language:
            return language
    if value is not None:
        _letter(found, found.at["language"], say('no language "{value}"', value=value),
                say("write {known}", known=", ".join(LANGUAGES)))  # fmt: skip
    return None


def _pace(found: _Found) -> int | None:
    value = found.values["pace"]
    pace = _PACE.fullmatch(value)
    if pace and (pace["every"] or pace["week"]):
        minutes = minutes_in(pace["time"].strip())
        if minutes is not None:
            return minutes
    _letter(found, found.at["pace"], say('"{value}" is no pace', value=value),
            say("write hours a week, for example `pace: 15 h/week`"))  # fmt: skip
    return None


def _directions(found: _Found) -> tuple[str, ...]:
    value = found.values["directions"]
    inner = value[1:-1] if value[:1] in ("[", "［") and value[-1:] in ("]", "］") else value
    names = tuple(_unquoted(name.strip()) for name in re.split("[,，、]", inner) if name.strip())
    for name in names:
        if not _DIRECTION.fullmatch(name):
            _letter(found, found.at["directions"], say('"{name}" is no direction', name=name),
                    say("write for example `directions: [cv, nlp]`"))  # fmt: skip
    return names


def _level(found: _Found) -> Entrance:
    """The entrance; another word is remarked: pages of other people have levels of their own."""
    value = found.values.get("level", "")
    level = next((known for known in LEVELS if known == value), None)
    if value and level is None:
        why = say('no level "{value}"; known: {known}', value=value, known=", ".join(LEVELS))
        found.remarks.append(Remark(found.at["level"], f"level: {value}", why))
    return level or ""


def _letter(found: _Found, at: int, what: Said, next_step: Said) -> None:
    found.letters.append(Letter(what, say("line {line}", line=at), next_step))


def _value(raw: str) -> str:
    return _unquoted(re.sub(r"\s#.*$", "", raw).strip())


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def too_large() -> Problem:
    return Problem(
        say("the document is too large for a roadmap"),
        say("the whole text"),
        say(
            "keep it below {mib} MiB and {lines} lines, for example one file a route",
            mib=LARGEST_BYTES // 2**20,
            lines=MOST_LINES,
        ),
    )


def _not_text(line: int, code: int) -> Problem:
    return Problem(
        say("this is not plain text: it holds the character U+{code}", code=f"{code:04X}"),
        say("line {line}", line=line),
        say("save the document as Markdown in UTF-8"),
    )
