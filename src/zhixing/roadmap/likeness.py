"""How alike are two phrases? Plain forms for comparing, and a cosine over runs of letters.

A run is three letters; where there is Chinese, two as well. A run weighs the more the fewer known
phrases have it, so "learning" says little and "svd" much.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain
from math import log, sqrt
from typing import Final

_CHINESE: Final = "\u3400-\u9fff"
_NOT_WORDS: Final = re.compile(r"(?:[^\w+#]|_|(?<![\w+#])[+#]+)+")
_GAP: Final = re.compile(rf"(?<=[{_CHINESE}]) | (?=[{_CHINESE}])")
_ENDING: Final = re.compile(
    r"(?<=[a-z]{3})is(?=ation|(?:ing|ed|er|e)(?![a-z]))|(?<=[a-z]{3}[^s\W])s(?![a-z])"
)


def plain(words: str) -> str:
    """Lower-case words with single spaces: no marks, no plural s, one way of spelling."""
    return closed(spelt(_NOT_WORDS.sub(" ", lower(words)).strip()))


def lower(words: str) -> str:
    """Ｓｖｄ -> svd."""
    return words.casefold() if words.isascii() else unicodedata.normalize("NFKC", words).casefold()


def spelt(lower_words: str) -> str:
    """Regularising kernels -> regularizing kernel."""
    return _ENDING.sub(lambda found: "iz" if found[0] == "is" else "", lower_words)


def closed(words: str) -> str:
    """No space beside a Chinese character."""
    return words if words.isascii() else _GAP.sub("", words)


def joined(plain_words: str) -> str:
    """The form for "the same": k-means = K Means = kmeans."""
    return plain_words.replace(" ", "")


def runs(plain_words: str) -> frozenset[str]:
    """All runs; a space at both ends marks where words begin and end."""
    text = f" {plain_words} "
    found = {text[at : at + 3] for at in range(len(text) - 2)}
    if not text.isascii():
        found.update(text[at : at + 2] for at in range(len(text) - 1))
    return frozenset(found)


class Phrases:
    """Known phrases, each of which means one thing; tells which of them words are most like."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """`phrases` are (plain words, what they mean); of equal words the first counts."""
        first: dict[str, str] = {}
        for words, meaning in phrases:
            first.setdefault(words, meaning)
        self._known = list(first.items())
        self._runs = [runs(words) for words, _ in self._known]
        times = Counter(chain.from_iterable(self._runs))
        total = log(2 + len(self._known))
        self._unknown = total * total
        self._weight = {run: (total - log(many)) ** 2 for run, many in times.items()}
        self._length = [sqrt(sum(map(self._weight.__getitem__, one))) for one in self._runs]
        self._having: defaultdict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self._runs):
            for run in one:
                self._having[run].append(number)

    def nearest(self, plain_words: str, least: float) -> tuple[str, str, float] | None:
        """(its words, its meaning, cosine) of the phrase most alike, if that is above `least`.

        Whoever shares none of the rarest runs cannot reach `least` by the others: so only phrases
        that have one of these are looked at, and the result is still exact.
        """
        asked = runs(plain_words)
        weight = {run: self._weight.get(run, self._unknown) for run in asked}
        whole = sum(weight.values())
        rest, wanted = whole, least * least * whole
        near: set[int] = set()
        for run in sorted(weight, key=lambda run: (-weight[run], run)):
            if rest < wanted:
                break
            near.update(self._having.get(run, ()))
            rest -= weight[run]
        length, best = sqrt(whole), (least, 1)
        for number in near:
            other = self._length[number]
            if least * other <= length and least * length <= other:
                shared = sum(weight[run] for run in asked & self._runs[number])
                best = max(best, (shared / (length * other), -number))
        if best[1] > 0:
            return None
        return *self._known[-best[1]], best[0]
