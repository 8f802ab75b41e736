"""What stands in a file that somebody handed in? Bytes read with care, then text, whatever the
encoding; or a letter that says why not. Nothing in a file stops the rest of a class."""

import codecs
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from zhixing.actions.beneath import Linked, read
from zhixing.actions.gathering import Found, behind_a_link
from zhixing.bundles import joined
from zhixing.errors import Letter, Problem, reason_of
from zhixing.export.notebooks import LARGEST_FILE, code_of
from zhixing.words import Bilingual, say

LARGEST_TEXT = 2**20
WHOLE = ""
"""The name of the only file of an answer that has but one."""
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),  # before UTF-16, whose
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),  # mark they begin with
)  # fmt: skip
NAMES = {
    "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
    "utf-32": "UTF-32", "gb18030": "GBK", "latin-1": "Latin-1", "big5": "Big5",
    "shift_jis": "Shift JIS", "euc_jp": "EUC-JP", "euc_kr": "EUC-KR", "cp1252": "Windows-1252",
    "cp1251": "Windows-1251", "koi8-r": "KOI8-R",
}  # fmt: skip
DECLARED = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]{1,32})")
KNOWN = {
    **{codecs.lookup(name).name: name for name in NAMES},
    **{codecs.lookup(name).name: "gb18030" for name in ("gbk", "gb2312")},
}
MOSTLY = 0.8
LOOKED_AT = 2**16


@dataclass(frozen=True)
class HandedIn:
    """The text of one answer, or why there is none. `sha` names the content of the file, `advice`
    says in which encoding it was read where that is not plain UTF-8."""

    sha: str
    text: str | None = None
    trouble: Letter | None = None
    advice: Bilingual | None = None


def handed_in(found: Found, files: Sequence[str] = ()) -> HandedIn:
    """The answer as text; where a lab asks for several `files`, they are one text."""
    raw = content(found, files)
    sha = sha_of(raw)
    if isinstance(raw, Letter):
        return HandedIn(sha, trouble=raw)
    try:
        if not files and found.answer.lower().endswith(".ipynb"):
            return HandedIn(sha, code_of(raw[WHOLE], _name(found)))
        texts = {name: deciphered(one) for name, one in raw.items()}
        text = joined({n: t for n, (t, _) in texts.items()}) if files else texts[WHOLE][0]
    except Problem as problem:
        return HandedIn(sha, trouble=problem.letters[0])
    except (MemoryError, RecursionError):
        return HandedIn(sha, trouble=_too_large(LARGEST_FILE))
    notes = (_advice(encoding) for _, encoding in texts.values())
    return HandedIn(sha, text, advice=next((note for note in notes if note), None))


def content(found: Found, files: Sequence[str] = ()) -> dict[str, bytes] | Letter:
    """The bytes of a file, or of several by name."""
    if found.trouble is not None:
        return found.trouble
    if not files:
        raw = _bytes_of(found)
        return raw if isinstance(raw, Letter) else {WHOLE: raw}
    several: dict[str, bytes] = {}
    for name in files:
        raw = _bytes_of(found, name)
        if isinstance(raw, Letter):
            return replace(raw, what=say("{file}: {what}", file=name, what=raw.what))
        several[name] = raw
    size = sum(map(len, several.values()))
    return several if size <= LARGEST_TEXT else _too_large(size)


def _bytes_of(found: Found, name: str = WHOLE) -> bytes | Letter:
    """The bytes of a plain file that is small enough. Links and pipes are never followed or waited
    for, also where one took the place of a file or of a folder meanwhile."""
    largest = LARGEST_FILE if found.answer.lower().endswith(".ipynb") else LARGEST_TEXT
    try:
        raw = read(found.root, found.root / found.answer / name, largest)
    except Linked:
        return behind_a_link(found.answer)
    except OSError as trouble:
        what = say("it cannot be read: {reason}", reason=reason_of(trouble))
        return Letter(what, _name(found), say("make it readable, and grade again"))
    return raw if len(raw) <= largest else _too_large(len(raw))


def sha_of(raw: Mapping[str, bytes] | Letter) -> str:
    """The name of a content; of a letter, that of what it says."""
    if isinstance(raw, Letter):
        raw = {"\0trouble": raw.render("en").encode("utf-8", "backslashreplace")}
    sha = hashlib.sha256()
    for name, one in raw.items():
        sha.update(f"{name}\0{len(one)}\0".encode())
        sha.update(one)
    return sha.hexdigest()


def deciphered(raw: bytes) -> tuple[str, str]:
    """(text, encoding). A mark at the beginning decides; then UTF-8; then what the first two lines
    declare, as in Python; then what the bytes look like. Latin-1 reads anything."""
    for mark, encoding in BOMS:
        if raw.startswith(mark) and (text := _decoded(raw, encoding)) is not None:
            return text, encoding
    guesses = ("utf-8", _declared(raw), _sixteen(raw), "gb18030" if _looks_chinese(raw) else None)
    for guess in guesses:
        zeros = guess == "utf-8" and _sixteen(raw) is not None
        if guess and not zeros and (text := _decoded(raw, guess)) is not None:
            return text, guess
    return raw.decode("latin-1"), "latin-1"


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _declared(raw: bytes) -> str | None:
    """What a coding line names, if it is one of the encodings that text is kept in."""
    for line in raw.split(b"\n", 2)[:2]:
        if named := DECLARED.match(line):
            try:
                return KNOWN.get(codecs.lookup(named[1].decode("ascii", "replace")).name)
            except LookupError:
                return None
    return None


def _sixteen(raw: bytes) -> str | None:
    """UTF-16 without a mark: code is mostly ASCII, so every other byte is zero."""
    sample = raw[:4096]
    if len(sample) < 4 or len(raw) % 2:
        return None
    even, odd = sample[0::2], sample[1::2]
    if odd.count(0) > MOSTLY * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > MOSTLY * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _looks_chinese(raw: bytes) -> bool:
    """Whether the bytes above ASCII go in pairs of the common Chinese letters: GB 2312, rows 1 to
    9 (signs) and 16 to 87."""
    pairs = common = 0
    rest = iter(raw[:LOOKED_AT])
    for first in rest:
        if first > 0x80:
            second = next(rest, 0)
            pairs += 1
            common += (0xB0 <= first <= 0xF7 or 0xA1 <= first <= 0xA9) and second >= 0xA1
    return pairs > 0 and common >= MOSTLY * pairs


def _advice(encoding: str) -> Bilingual | None:
    if encoding in ("utf-8", "utf-8-sig"):
        return None
    name = NAMES[encoding]
    zh, en = f"文件不是 UTF-8，按 {name} 读取", f"the file is not UTF-8: it was read as {name}"
    return Bilingual(zh, en)


def _too_large(size: int) -> Letter:
    return Letter(
        say("it is larger than an answer may be: over {size} MiB", size=max(1, size // 2**20)),
        say("this file"),
        say("an answer is code: keep data out of it"),
    )


def _name(found: Found) -> str:
    return found.answer.encode("utf-8", "backslashreplace").decode()
