"""How is it set up here? Defaults < settings.toml < ZHIXING_* < flags: one frozen class.

A door reads it once. Every value knows where it came from. The first language is Chinese: it is
English only where the system names a language other than Chinese; nothing set, C and POSIX mean zh.
Pages ask the browser before the system (web/languages.py).
"""

import json
import os
import re
import stat
import time
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from zhixing.errors import Letter, Problem, nearest, reason_of
from zhixing.words import LANGUAGES, Language, Said, say

FILE: Final = "settings.toml"
Theme = Literal["auto", "light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)
NAMES: Final = ("language", "theme", "mirror", "packs", "data")
"""What settings.toml may hold; `home` itself comes from a flag or the environment."""

VARIABLES: Final = {"ZHIXING_LANG": "language", **{f"ZHIXING_{n.upper()}": n for n in NAMES}}
"""Environment variable -> setting. ZHIXING_LANG is there because the flag is called --lang."""

FOR_TESTS: Final = ("ZHIXING_TODAY", "ZHIXING_BROWSER", "ZHIXING_NEEDS_BROWSER")
"""Read by a door or by the tests, and no settings."""

_LARGEST_FILE = 1024 * 1024
_WAIT_FOR_ANOTHER_WRITER_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Settings:
    """How one home is set up. `theme` is the pages' ground: paper (light), ink (dark), or as the
    system has it (auto). `data` is a folder of data sets that are already here."""

    home: Path
    language: Language
    theme: Theme
    mirror: str | None
    packs: tuple[Path, ...]
    data: Path | None
    origins: Mapping[str, Said]

    def where_from(self, name: str) -> Said:
        """Where the value of setting `name` came from, for people."""
        return self.origins[name]

    def rows(self) -> tuple[tuple[str, object, Said], ...]:
        """(name, value, where from) of every setting, home first."""
        return tuple((name, getattr(self, name), self.origins[name]) for name in ("home", *NAMES))


@dataclass(frozen=True, slots=True)
class _Given:
    """A value as it was given, still unread. Relative folders are meant from `folder`."""

    value: object
    origin: Said
    where: Said
    folder: Path = Path()


class _Unfit(Exception):
    """A value that does not fit; says what would."""

    def __init__(self, wanted: Said) -> None:
        super().__init__(wanted.render("en"))
        self.wanted = wanted


def read_settings(
    home: Path | None, environment: Mapping[str, str], flags: Mapping[str, object]
) -> Settings:
    """The settings of a home. `home` is the --home flag; a flag that is None was not given.

    Raises Problem with every letter at once. A home that does not exist yet has no file to read.
    """
    folder, home_origin = _home(home, environment)
    letters: list[Letter] = []
    values, origins = _defaults(environment)
    given = _from_file(folder, letters) | _from_environment(environment) | _from_flags(flags)
    for name, one in given.items():
        try:
            values[name] = _READERS[name](one.value, one.folder)
            origins[name] = one.origin
        except _Unfit as unfit:
            letters.append(_unfit_letter(name, one, unfit))
    if letters:
        raise Problem.of(letters)
    return Settings(home=folder, origins={"home": home_origin} | origins, **values)  # type: ignore[arg-type]


def unknown_variables(environment: Mapping[str, str]) -> tuple[Letter, ...]:
    """A letter for every ZHIXING_* variable that nothing reads; `doctor` shows them.

    They stop nothing: another program may own the name.
    """
    known = {"ZHIXING_HOME", *VARIABLES, *FOR_TESTS}
    unknown = sorted(name for name in environment.keys() - known if name.startswith("ZHIXING_"))
    return tuple(
        Letter(
            say('nothing reads the environment variable "{name}"', name=name),
            say("environment"),
            _nearest_or_all(name, known),
        )
        for name in unknown
    )


def write_setting(home: Path, name: str, value: str | tuple[Path, ...] | None) -> None:
    """Put `name = value` into the home's settings.toml; None takes the line out.

    All else in the file, comments too, stays. Atomic: a reader sees the old file or the new one.
    Raises Problem for an unknown name, a value that does not fit, a file that cannot be read or
    written, and while another process is writing.
    """
    if name not in NAMES:
        raise Problem(
            say('there is no setting called "{name}"', name=name),
            say("{file}", file=_shown(home / FILE)),
            _nearest_or_all(name, NAMES),
        )
    written = [str(path) for path in value] if isinstance(value, tuple) else value
    _refuse_unfit(home, name, written)
    try:
        home.mkdir(parents=True, exist_ok=True)
        _replace_line(home, name, written)
    except OSError as trouble:
        raise Problem(
            say("the settings cannot be written: {why}", why=reason_of(trouble)),
            say("{file}", file=_shown(home / FILE)),
            say("free some space or allow writing there, or choose another folder with --home"),
        ) from trouble


def _home(flag: Path | None, environment: Mapping[str, str]) -> tuple[Path, Said]:
    value = flag or environment.get("ZHIXING_HOME")
    if not value:
        from platformdirs import user_data_path  # imported only here: it costs start-up time

        return user_data_path("zhixing", appauthor=False), say("default")
    origin = say("flag --{name}", name="home")
    if flag is None:
        origin = say("environment variable {name}", name="ZHIXING_HOME")
    try:
        return _folder(value, Path()), origin
    except _Unfit as unfit:
        raise Problem.of([_unfit_letter("home", _Given(value, origin, origin), unfit)]) from None


def _defaults(environment: Mapping[str, str]) -> tuple[dict[str, object], dict[str, Said]]:
    values: dict[str, object] = {"theme": "auto", "mirror": None, "packs": (), "data": None}
    origins = dict.fromkeys(NAMES, say("default"))
    values["language"] = "zh"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):  # the order in which POSIX looks
        system = environment.get(name, "")
        if system:
            values["language"] = _language_of_locale(system)
            origins["language"] = say("system language {name}={value}", name=name, value=system)
            break
    return values, origins


def _language_of_locale(locale: str) -> Language:
    """zh_CN.UTF-8 -> zh, C.UTF-8 -> zh (no language is named), de_DE -> en."""
    name = re.split(r"[._@-]", locale.lower(), maxsplit=1)[0]
    return "zh" if name in ("zh", "c", "posix") else "en"


def _from_file(home: Path, letters: list[Letter]) -> dict[str, _Given]:
    file = home / FILE
    text = _text_of(file)
    if text is None:
        return {}
    table = _table_of(file, text)
    letters += [_unknown_key(file, text, key) for key in table if key not in NAMES]
    origin = say("{file}", file=_shown(file))
    return {
        name: _Given(table[name], origin, _line(file, text, name), home)
        for name in NAMES
        if name in table
    }


def _text_of(file: Path) -> str | None:
    """The file's text, None where there is none. Raises Problem where it cannot be read."""
    try:
        seen = file.stat()
        if stat.S_ISREG(seen.st_mode) and seen.st_size <= _LARGEST_FILE:
            return file.read_bytes().decode("utf-8-sig")
        what = say("the settings file is not a plain file of at most 1 MiB")
    except FileNotFoundError:
        return None
    except NotADirectoryError as trouble:
        raise _no_folder(file.parent) from trouble
    except OSError as trouble:
        what = say("the settings file cannot be read: {why}", why=reason_of(trouble))
    except UnicodeDecodeError:
        what = say("the settings file is not UTF-8 text")
    raise Problem(
        what,
        say("{file}", file=_shown(file)),
        say("mend it, or move it away: without it the defaults hold"),
    )


def _no_folder(home: Path) -> Problem:
    inside = next((p for p in (home, *home.parents) if p.exists()), home)
    return Problem(
        say("a home is a folder, and {file} is a file", file=_shown(inside)),
        say("{file}", file=_shown(home)),
        say("choose another home: `--home FOLDER`, or ZHIXING_HOME"),
    )


def _table_of(file: Path, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as trouble:  # ValueError: numbers past Python's limit too
        raise Problem(
            say("the settings file is not valid TOML: {why}", why=str(trouble)),
            say("{file}", file=_shown(file)),
            say("mend that line, or move the file away: without it the defaults hold"),
        ) from trouble


def _from_environment(environment: Mapping[str, str]) -> dict[str, _Given]:
    given = {}
    for variable, name in VARIABLES.items():
        value: object = environment.get(variable, "")
        if not value:
            continue
        if name == "packs":
            value = [folder for folder in str(value).split(os.pathsep) if folder]
        origin = say("environment variable {name}", name=variable)
        given[name] = _Given(value, origin, origin)
    return given


def _from_flags(flags: Mapping[str, object]) -> dict[str, _Given]:
    origins = {name: say("flag --{name}", name=name) for name in flags if flags[name] is not None}
    return {name: _Given(flags[name], origin, origin) for name, origin in origins.items()}


def _language(value: object, _: Path) -> Language:
    found = next((language for language in LANGUAGES if language == value), None)
    if found is None:
        raise _Unfit(say('"zh" or "en"'))
    return found


def _theme(value: object, _: Path) -> Theme:
    found = next((theme for theme in THEMES if theme == value), None)
    if found is None:
        raise _Unfit(say('"auto", "light" or "dark"'))
    return found


def _mirror(value: object, _: Path) -> str | None:
    if value == "":
        return None
    if not isinstance(value, str) or not re.fullmatch(r"https?://[^\s/]\S*", value):
        raise _Unfit(say('a web address such as "https://mirror.example.org"'))
    return value


def _packs(value: object, folder: Path) -> tuple[Path, ...]:
    if not isinstance(value, list | tuple):
        raise _Unfit(say('a list of folders such as ["packs/mine"]'))
    return tuple(_folder(one, folder) for one in value)


def _folder(value: object, beside: Path) -> Path:
    try:
        if isinstance(value, str | Path) and str(value).strip() and _printable(str(value)):
            return (beside / Path(value).expanduser()).absolute()
    except RuntimeError:  # "~someone" where there is no such person
        pass
    raise _Unfit(say('a folder such as "/data/zhixing"'))


def _printable(name: str) -> bool:
    """False for names that TOML cannot hold: with NUL in them, or not Unicode."""
    return "\0" not in name and not any("\ud800" <= letter <= "\udfff" for letter in name)


_READERS: Final[Mapping[str, Callable[[object, Path], object]]] = {
    "language": _language,
    "theme": _theme,
    "mirror": _mirror,
    "packs": _packs,
    "data": _folder,
}


def _refuse_unfit(home: Path, name: str, value: object) -> None:
    if value is None:
        return
    place = say("{file}", file=_shown(home / FILE))
    try:
        _READERS[name](value, home)
    except _Unfit as unfit:
        raise Problem.of([_unfit_letter(name, _Given(value, place, place, home), unfit)]) from None


def _replace_line(home: Path, name: str, value: str | list[str] | None) -> None:
    """The new file is written beside the old one under a name that only one process can take."""
    file, fresh = home / FILE, home / f"{FILE}.lock"
    number = _take(fresh)
    try:
        with open(number, "wb") as stream:  # noqa: PTH123 (a descriptor)
            stream.write(_with_line(file, name, value).encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    settle(home)


def settle(folder: Path) -> None:
    """Write a folder itself to the disk: only then is a new name in it safe. OSError where it
    cannot be opened."""
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems do not offer it
            os.fsync(number)
    finally:
        os.close(number)


def _take(lock: Path) -> int:
    """The descriptor of `lock`, made by us alone. Raises Problem when another holds on to it."""
    waited = 0.0
    while True:
        try:
            return os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError as trouble:
            if waited >= _WAIT_FOR_ANOTHER_WRITER_SECONDS:
                raise Problem(
                    say("another process is writing the settings"),
                    say("{file}", file=_shown(lock)),
                    say("try again; if no zhixing is running, delete that file"),
                ) from trouble
        time.sleep(0.02)
        waited += 0.02


def _with_line(file: Path, name: str, value: str | list[str] | None) -> str:
    """The file's text with the new value. Raises Problem where its old line is hard to tell."""
    text = _text_of(file) or ""
    table = _table_of(file, text)
    lines = text.splitlines(keepends=True)
    fresh = [] if value is None else [f"{name} = {_toml(value)}\n"]
    wanted = {key: table[key] for key in table if key != name}
    wanted |= {} if value is None else {name: value}
    # A bare key after a [table] header would belong to that table, so a new one goes first.
    start, stop = _lines_of(lines, name) if name in table else (0, 0)
    changed = "".join(lines[:start] + fresh + lines[stop:])
    with suppress(tomllib.TOMLDecodeError):
        if tomllib.loads(changed) == wanted:
            return changed
    raise Problem(
        say('the line of setting "{name}" was not found', name=name),
        say("{file}", file=_shown(file)),
        say("write `{line}` there by hand", line="".join(fresh).strip() or f"# {name}"),
    )


def _lines_of(lines: list[str], name: str) -> tuple[int, int]:
    """First line, and the one after the last, of the value of `name`; arrays may fill several."""
    start = next((i for i, line in enumerate(lines) if _is_key(line, name)), len(lines))
    for stop in range(start + 1, len(lines) + 1):
        with suppress(tomllib.TOMLDecodeError):
            tomllib.loads("".join(lines[start:stop]))
            return start, stop
    return start, start


def _toml(value: str | list[str]) -> str:
    """A JSON text is a TOML basic string, but for DEL, which TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _unfit_letter(name: str, given: _Given, unfit: _Unfit) -> Letter:
    known = {"language": LANGUAGES, "theme": THEMES}.get(name, ())
    near = nearest(given.value, known) if isinstance(given.value, str) else None
    wanted = say('did you mean "{nearest}"?', nearest=near) if near else None
    return Letter(
        say("setting {name} cannot be {value}", name=name, value=_seen(given.value)),
        given.where,
        wanted or say("it takes {wanted}", wanted=unfit.wanted),
    )


def _seen(value: object) -> str:
    seen = json.dumps(value, ensure_ascii=False, default=str)
    return seen if len(seen) <= 80 else seen[:77] + "…"


def _unknown_key(file: Path, text: str, key: str) -> Letter:
    return Letter(
        say('there is no setting called "{name}"', name=key),
        _line(file, text, key),
        _nearest_or_all(key, NAMES),
    )


def _nearest_or_all(name: str, known: tuple[str, ...] | set[str]) -> Said:
    close = nearest(name, known)
    if close:
        return say('did you mean "{nearest}"?', nearest=close)
    return say("there are: {names}", names=", ".join(sorted(known)))


def _line(file: Path, text: str, key: str) -> Said:
    numbers = (n for n, line in enumerate(text.splitlines(), 1) if _is_key(line, key))
    number = next(numbers, None)
    if number is None:
        return say("{file}", file=_shown(file))
    return say("{file}, line {line}", file=_shown(file), line=number)


def _is_key(line: str, key: str) -> bool:
    return re.match(rf"""\s*\[*\s*["']?{re.escape(key)}["']?\s*[=.\]]""", line) is not None


def _shown(path: Path) -> str:
    """The path as text that can always be printed."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")
