"""What does a stretch of a stranger's Markdown say? Plain words, and every link with its label.

Inline links, reference links, `<address>`, bare addresses (also right before Chinese signs), HTML
anchors, badges. Pictures are no words. One pass, bounded patterns, no recursion but for labels.
"""

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from zhixing.records import Link
from zhixing.roadmap.reading import UNREADABLE

_SIGN = re.compile(r"[\\&`!\[<*_~hHwW]")
_LABEL = r"(?:\\.|`[^`\n]{0,200}`"
_LABEL += r"|!\[[^\[\]]{0,200}\]\([^()\s]{0,1000}\)|[^\[\]\\]|\[[^\[\]]{0,200}\]){0,600}?"
_ADDRESS = r"(?:\\.|[^\s()<>\\]|\([^\s()<>]{0,300}\)){0,2000}"
_PIECE = re.compile(
    rf"""
    \\(?P<literal>[!-/:-@\[-`{{-~])
  | (?P<entity>&(?:\#\d{{1,7}}|\#[xX][\da-fA-F]{{1,6}}|[A-Za-z][A-Za-z\d]{{1,31}});)
  | (?P<code>(?P<ticks>`+)(?!`)[^\n]{{1,400}}?(?<!`)(?P=ticks)(?!`))
  | !\[(?P<alt>[^\[\]]{{0,300}})\](?:\([^()\n]{{0,1000}}\)|\[[^\[\]]{{0,200}}\])
  | \[(?P<label>{_LABEL})\](?:\(\s*(?P<url><[^<>\n]{{0,2000}}>|{_ADDRESS})
        (?:\s+(?:"[^"\n]{{0,300}}"|'[^'\n]{{0,300}}'))?\s*\)|\[(?P<ref>[^\[\]]{{0,200}})\])
  | \[(?P<short>[^\[\]\n]{{1,200}})\]
  | <(?P<auto>(?:https?|ftp)://[^\s<>]{{1,2000}})>
  | <a\s(?:[^<>]{{0,300}}\s)?href\s*=\s*["']?(?P<href>[^"'\s<>]{{1,2000}})["']?[^<>]{{0,300}}>
        (?P<inner>.{{0,600}}?)</a\s*>
  | (?P<break><br\s*/?>)
  | (?P<tag></?[A-Za-z][^<>\n]{{0,600}}>|<!--.{{0,2000}}?-->)
  | (?P<bare>(?:https?://|www\.)[^\s<>"'`，。；：！？、（）【】《》「」“”‘’…|\\^{{}}\[\]]{{1,2000}})
  | (?P<stars>\*{{1,3}}(?=\S)|(?<=\S)\*{{1,3}})
  | (?P<under>(?<!\w)_{{1,3}}(?=\S)|(?<=\S)_{{1,3}}(?!\w))
  | (?P<struck>~~)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ESCAPED_BOLD = re.compile(r"\\\*\\\*")
_HAS_SIGN = re.compile(r"[\\&`!\[<*_~]|https?://|www\.", re.IGNORECASE)
_LATIN_AND_HAN = re.compile(r"\s+")
_GENERIC = re.compile(
    r"(?:click |read )?(?:here|this|link|code|repo|video|article|notebook|pdf|url|website|source"
    r"|more"
    r"|blog|paper|slides|docs?|site|open in colab|链接|此链接|这里|地址|点击|视频|解读|论文|代码"
    r"|原文|官网"
    r"|github|youtube|b站|bilibili|notes?|lecture|book)s?[.。:：]?",
    re.IGNORECASE,
)


class Phrase(NamedTuple):
    """Readable words and the links among them."""

    text: str
    links: tuple[Link, ...] = ()


class References(dict[str, str]):
    """Addresses by the normalised name of their definition; remembers what was read with them,
    for a line is looked at more than once."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        super().__init__(addresses)
        self.read: dict[str, Phrase] = {}


NO_REFERENCES: Mapping[str, str] = {}
RUNNING = ("javascript", "vbscript", "data", "file")


def phrase(raw: str, references: Mapping[str, str]) -> Phrase:
    """What `raw` says."""
    if not isinstance(references, References):
        return _read(raw, references) if references else _read_alone(raw)
    known = references.read.get(raw)
    if known is None:
        known = references.read[raw] = _read(raw, references)
    return known


@lru_cache(maxsize=4096)
def _read_alone(raw: str) -> Phrase:
    return _read(raw, NO_REFERENCES)


def _read(raw: str, references: Mapping[str, str]) -> Phrase:
    if not _HAS_SIGN.search(raw):
        return Phrase(" ".join(raw.split()))
    if "\\*" in raw:
        raw = _ESCAPED_BOLD.sub("", raw)
    words, links = list[str](), list[Link]()
    at = words_from = 0
    while sign := _SIGN.search(raw, at):
        found = _PIECE.match(raw, sign.start())
        said = _said(found, references, links) if found else None
        if found is None or said is None:
            at = sign.end()
            continue
        words += raw[words_from : found.start()], said
        words_from = at = found.start() + _length(found)
    words.append(raw[words_from:])
    return Phrase(" ".join("".join(words).split()), tuple(links))


def is_generic(label: str) -> bool:
    """Whether a label says nothing of what it names: `here`, `链接`, an address."""
    return bool(_GENERIC.fullmatch(label.strip()) or label.startswith(("http", "www.")))


def reference_name(name: str) -> str:
    return " ".join(name.split()).upper()


def _said(found: re.Match[str], references: Mapping[str, str], links: list[Link]) -> str | None:
    """The words of one piece; a link is put into `links`. None: no piece after all."""
    sort = found.lastgroup
    if found["label"] is not None:
        return _link(found, references, links)
    if sort == "short":
        url = references.get(reference_name(found["short"]))
        return _labelled(found["short"], url, links) if url else None
    if sort == "auto" or sort == "bare":
        address = found[sort] if sort == "auto" else found["bare"][: _length(found)]
        if sort == "bare" and not _word_begins(found):
            return None
        url = address if "://" in address else f"http://{address}"
        links.append(Link(url, address))
        return address
    if found["href"] is not None:
        return _labelled(found["inner"], found["href"], links)
    if sort == "entity":
        character = html.unescape(found[0])
        return found[0] if UNREADABLE.search(character) else character
    if sort == "code" or found["code"] is not None:
        return found["code"]
    if sort == "literal":
        return found["literal"]
    return " " if sort in ("break", "tag") else "" if sort != "alt" else found["alt"]


def _link(found: re.Match[str], references: Mapping[str, str], links: list[Link]) -> str | None:
    if found["url"] is not None:
        url = found["url"].strip("<>")
        url = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", url) if "\\" in url else url
        return _labelled(found["label"], html.unescape(url), links)
    name = found["ref"] or found["label"]
    url = references.get(reference_name(name), "")
    return _labelled(found["label"], url, links) if url else None


def _labelled(label: str, url: str, links: list[Link]) -> str:
    """The words of a link's label. Addresses within the page, and none at all, make no link."""
    if "![" in label:
        label = re.sub(r"!\[([^\[\]]*)\]\([^()\s]*\)", r"\1", label)
    shown = phrase(label, NO_REFERENCES).text
    if url and not url.startswith("#") and not UNREADABLE.search(url) and not _runs(url):
        links.append(Link(" ".join(url.split()), shown or url))
    return shown


def _runs(url: str) -> bool:
    """Whether an address does something instead of leading somewhere (javascript:, data: …)."""
    return url.strip().partition(":")[0].lower() in RUNNING


def _length(found: re.Match[str]) -> int:
    """How much of a match counts: signs at the end of a bare address belong to the sentence."""
    if found["bare"] is None:
        return len(found[0])
    address = found["bare"].rstrip(".,;:!?*_~")
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(".,;:!?*_~")
    return len(address)


def _word_begins(found: re.Match[str]) -> bool:
    before = found.string[found.start() - 1 : found.start()]
    return not (before.isascii() and before.isalnum())
