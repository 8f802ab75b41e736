"""How do people type Markdown? `#title`, a bold line as a heading, a fence around all.

Lines are mended before they are parsed, and never move.
"""

import re

from zhixing.roadmap.leads import OWN_LINE
from zhixing.roadmap.unitwords import unit_of

_FENCE = re.compile(r"\s{0,3}(?P<ticks>`{3,}|~{3,})\s*(?P<info>[^`\n]*)$")
_HASHES = re.compile(r"( {0,3})(#{1,6})(?=[^#\s])(.*)$")
_BULLET = re.compile(r"(\s*)[•▪◦‣●○]\s(?=\S)")
_HASHTAG = re.compile(r"#[\w]+(?:\s+#[\w]+)*\s*$|.*\s#\w|[A-Za-z0-9_]+$|!")
SENTENCE_END = re.compile(r"[.。!！?？;；,，]\s*$")
BOLD_SIGN = "\u2063"  # no one writes it: a bold line on its way through the parser
_LISTED = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s|\s{2,}\S")
_OF_MARKDOWN = re.compile(r"[-*+>|#<`~=]|\d{1,3}[.)]\s")
_BOLD_LINE = re.compile(
    r"[^\w*]{0,12}(\*\*|__)(?=\S)((?:(?!\1).){1,200})\1\s*"
    r"(?:[(（][^()（）]{1,60}[)）])?\s*[:：]?\s*"
)
_BOLD_LABEL = re.compile(r"^(\*\*|__)(?=\S)((?:(?!\1).){1,60})\1")
_MARKDOWN = ("markdown", "md")


def unwrapped(lines: list[str]) -> tuple[list[str], list[int]]:
    """Without the fence around (nearly) the whole document, and the numbers of its two lines."""
    fences = [(at, found) for at, line in enumerate(lines) if (found := _FENCE.match(line))]
    outer = next(((at, f) for at, f in fences if f["info"].strip().lower() in _MARKDOWN), None)
    bare = [(at, f) for at, f in fences if not f["info"].strip()]
    if outer is None or not bare:
        return lines, []
    start, end = outer[0], bare[-1][0]
    if outer is not None and fences[0][0] != start:
        return lines, []
    written = sum(1 for line in lines if line.strip())
    wrapped = sum(1 for line in lines[start:end] if line.strip())
    headed = any(line.lstrip().startswith("#") for line in lines[start + 1 : end])
    if end <= start or not headed or wrapped * 10 < written * 6:
        return lines, []
    inner = ["" if at in (start, end) else line for at, line in enumerate(lines)]
    return inner, [start + 1, end + 1]


def with_spaces(lines: list[str]) -> list[str]:
    """`#title` is read as a heading, `#hashtag` and `#one #two` stay words."""
    inside, result = "", list[str]()
    for line in lines:
        fence = _FENCE.match(line)
        if inside:
            closes = fence and not fence["info"].strip() and fence["ticks"].startswith(inside)
            inside = "" if closes else inside
        elif fence:
            inside = fence["ticks"]
        elif line[:1] not in " \t" and _stands_alone(line, result[-1] if result else ""):
            line = f"###### {BOLD_SIGN}{line}"
        elif (line.lstrip()[:1] in "•▪◦‣●○") and (found := _BULLET.match(line)):
            deeper = "  " if len(found[1]) > 3 else ""  # below `  2. …`, whose words begin later
            line = f"{found[1]}{deeper}-{line[found.end() - 1 :]}"
        elif result and OWN_LINE.match(line) and _LISTED.match(result[-1]):
            line = f"- {line}"
        elif "#" in line[:10] and (found := _HASHES.match(line)) and _titles(found):
            line = f"{found[1]}{found[2]} {found[3]}"
        result.append(line)
    return result


def _stands_alone(line: str, before: str) -> bool:
    """A bold line, or `Week 2: …` right under a list: for its author no part of what is above."""
    if line.startswith(("#", "•", "▪", "◦", "‣", "●", "○", "✅", "☑", "✔", "☐", "⬜", "❌")):
        return False
    if line.startswith(("- ", "* ", "+ ", "> ", "|")):
        return False
    if (line.startswith(("**", "__")) or "**" in line[:6]) and is_bold(line):
        return True
    line = _BOLD_LABEL.sub(r"\2", line)
    if not _LISTED.match(before) or _OF_MARKDOWN.match(line):
        return False
    unit = unit_of(line) if len(line) < 200 else None
    return unit is not None and unit.separated and unit.place == "head" and not unit.word


def _titles(found: re.Match[str]) -> bool:
    words = found[3]
    if len(found[2]) > 1:
        return not words.startswith("!")
    return len(words) < 60 and not SENTENCE_END.search(words) and not _HASHTAG.match(words)


def is_bold(text: str) -> bool:
    """A line that is bold as a whole: `**Week 1**`, `📚 **References**:`, `__x__`."""
    return ("**" in text or "__" in text) and _BOLD_LINE.fullmatch(text) is not None
