"""Where in these words does a known phrase stand? Words are read as tokens: an English word, one
Chinese character, or a break where a thought ends."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from zhixing.roadmap.likeness import closed, lower, spelt

MANY: Final = 4
"""Meanings: a word in the names of so many things says little about any."""

_CHINESE: Final = "\u3400-\u9fff"
_TOKEN: Final = re.compile(rf"[{_CHINESE}]|[^\W_{_CHINESE}]+[+#]*|[|<>]")
_MARKED: Final = re.compile(
    r"(?P<open>[(\[【{<]+)|(?P<close>[)\]】}>]+)"
    r"|\s[-–—]+\s|——|[:;,、/|·•。.!?→=~≥≤“”\"…&]+(?![a-z0-9])|[:;,、/|&]"
)
_SMALL: Final = re.compile(
    r"(?:\s|\d|学习|理解|掌握|熟悉|了解|复习|深入|手动|实现|从零|实战|练习|使用|构建|阅读|学会|学|基础"
    r"|入门|原理|实践|概念|简介|基本|的|与|和|及|或|用|做|能|会"
    r"|\b(?:an?|the|and|or|of|to|in|for|with|using|vs|introduction|intro|basics?|fundamentals?"
    r"|learn(?:ing)?|understand(?:ing)?|implement(?:ing|ation|ed)?|essence|overview|advanced"
    r"|tutorials?|concepts?|techniques?|master|build|deeply|core|models?)\b)*"
)
_BREAKS: Final = frozenset("|<>")
_WITH: Final = (["用"], ["with"], ["using"], ["by"], ["via"])


@dataclass(frozen=True, slots=True)
class Spot:
    """A phrase in words: `clean` if nothing but small words stands between it and the nearest
    breaks; `aside` if it stands in brackets; `tool` if something is done with it; `vague` if it is
    one word that the names of many things have; `share` is how much of the words it is."""

    words: str
    meaning: str
    clean: bool
    aside: bool
    tool: bool
    vague: bool
    share: float


class Spotter:
    """Known phrases by the tokens that they begin with."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """`phrases` are (plain words, what they mean); of equal ones the first counts."""
        self._longer: defaultdict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
        self._single: dict[str, str] = {}
        self._users: defaultdict[str, set[str]] = defaultdict(set)
        for words, meaning in phrases:
            tokens = tuple(_TOKEN.findall(words))
            for token in tokens:
                if len(token) > 1:
                    self._users[token].add(meaning)
            if len(tokens) == 1:
                self._single.setdefault(tokens[0], meaning)
            elif tokens:
                self._longer[tokens[0]].setdefault(tokens, meaning)

    def spots(self, words: str) -> list[Spot]:
        """What is known in `words`, in their order; of phrases in one another the longest."""
        tokens = tokens_of(words)
        whole = sum(_size(token) for token in tokens if token not in _BREAKS) or 1
        found: list[Spot] = []
        at = depth = 0
        while at < len(tokens):
            depth += (tokens[at] == "<") - (tokens[at] == ">")
            meaning, size = self._at(tokens, at)
            if meaning:
                here = tokens[at : at + size]
                found.append(
                    Spot(
                        words=_written(here),
                        meaning=meaning,
                        clean=_small(_before(tokens, at)) and _small(_after(tokens, at + size)),
                        aside=depth > 0,
                        tool=tokens[at - 1 : at] in _WITH,
                        vague=size == 1 and len(self._users[here[0]]) >= MANY,
                        share=sum(map(_size, here)) / whole,
                    )
                )
            at += size
        return found

    def _at(self, tokens: list[str], at: int) -> tuple[str | None, int]:
        """The meaning and the tokens of the longest phrase that begins here; else None and 1."""
        longer = self._longer.get(tokens[at], {})
        second = tokens[at + 1 : at + 2]
        fits = [
            one for one in longer if [one[1]] == second and tuple(tokens[at : at + len(one)]) == one
        ]
        if fits:
            best = max(fits, key=len)
            return longer[best], len(best)
        return self._single.get(tokens[at]), 1


def tokens_of(words: str) -> list[str]:
    """The tokens of a title with its breaks: | where a thought ends, < and > around brackets.
    English words are in their plain form."""
    return _TOKEN.findall(spelt(_MARKED.sub(_mark, lower(words))))


def is_narrower(phrase: str, words: str) -> bool:
    """Whether a phrase says these words and more that matters: "deep learning recommender" is one
    thing of "deep learning", "deep learning basics" is the same. Both in their plain form."""
    if words not in phrase or words == phrase:
        return False
    rest, times = re.subn(rf"(?<![a-z0-9]){re.escape(words)}(?![a-z0-9])", " ", phrase)
    return bool(times) and not _small(tokens_of(rest))


def _size(token: str) -> int:
    """Bytes: a Chinese character says as much as three letters."""
    return len(token.encode())


def _mark(found: "re.Match[str]") -> str:
    return " < " if found["open"] else " > " if found["close"] else " | "


def _before(tokens: list[str], at: int) -> list[str]:
    """What stands between the last break before `at` and it."""
    start = at
    while start and tokens[start - 1] not in _BREAKS:
        start -= 1
    return tokens[start:at]


def _after(tokens: list[str], at: int) -> list[str]:
    end = at
    while end < len(tokens) and tokens[end] not in _BREAKS:
        end += 1
    return tokens[at:end]


def _small(tokens: list[str]) -> bool:
    return not tokens or _SMALL.fullmatch(_written(tokens)) is not None


def _written(tokens: list[str]) -> str:
    return closed(" ".join(tokens))
