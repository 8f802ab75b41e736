"""Which number is this word? 十二, twelve, second, IV and 12 are all numbers of units."""

import re

_CHINESE = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
         "eighty": 80, "ninety": 90}  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", *(f"{word}th" for word in _ONES[13:]),
)  # fmt: skip
_TENTHS = {f"{word[:-1]}ieth": n for word, n in _TENS.items()}
_WORDS = {
    **{word: n for n, word in enumerate(_ONES)},
    **{word: n for n, word in enumerate(_ORDINALS, 1)},
    **_TENTHS,
}
_ROMAN = {"i": 1, "v": 5, "x": 10}

CHINESE = "[零〇一二三四五六七八九十百两]{1,7}"
ENGLISH = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?"
    rf"|{'|'.join(sorted(_ONES, key=len, reverse=True))})"
)
ORDINAL = (
    rf"(?:(?:{'|'.join(_TENS)})[- ]?(?:{'|'.join(_ORDINALS[:9])})"
    rf"|\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_TENTHS)}"
    rf"|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
)
ROMAN = "(?:x{0,2}(?:ix|iv|v?i{1,3}|v)|x{1,2})"
DIGITS = r"\d{1,4}"


def number_of(word: str) -> int | None:
    """`12`, `十二`, `twenty-one`, `third`, `IV` → a number; None for any other word."""
    word = word.strip().lower()
    if word.isdecimal():
        return int(word)
    if word[:1].isdecimal() and word[-2:] in ("st", "nd", "rd", "th") and word[:-2].isdecimal():
        return int(word[:-2])
    if word in _WORDS:
        return _WORDS[word]
    tens = next((each for each in _TENS if word.startswith(each)), "")
    ones = word[len(tens) :].strip(" -")
    if tens in _TENS:
        return _TENS[tens] + _WORDS.get(ones, 0)
    if re.fullmatch(ROMAN, word):
        return _roman(word)
    return _chinese(word) if re.fullmatch(CHINESE, word) else None


def _chinese(word: str) -> int:
    total, digit = 0, 0
    for character in word:
        if character == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif character == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            digit = _CHINESE[character]
    return total + digit


def _roman(word: str) -> int:
    values = [_ROMAN[letter] for letter in word]
    return sum(
        -value if at + 1 < len(values) and values[at + 1] > value else value
        for at, value in enumerate(values)
    )
