"""How is a stranger's document built? Markdown → a tree of blocks, each with its lines.

Kinder than CommonMark where people write otherwise: `#title`, bold lines as headings, a document
wrapped whole in a ```markdown fence, HTML headings, text before `---`. Lines never move.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from markdown_it.token import Token

from zhixing.roadmap.leads import OWN_LINE
from zhixing.roadmap.parsing import Environment, parsed
from zhixing.roadmap.phrases import References, phrase, reference_name
from zhixing.roadmap.pipes import html_rows, with_pairs_as_items
from zhixing.roadmap.unitwords import unit_of

Form = Literal[
    "document", "heading", "bold", "lead", "item", "quote", "paragraph", "table", "row", "fence",
    "html", "break",
]  # fmt: skip

_FENCE = re.compile(r"\s{0,3}(?P<ticks>`{3,}|~{3,})\s*(?P<info>[^`\n]*)$")
_HASHES = re.compile(r"( {0,3})(#{1,6})(?=[^#\s])(.*)$")
_BULLET = re.compile(r"(\s*)[•▪◦‣●○]\s(?=\S)")
_HASHTAG = re.compile(r"#[\w]+(?:\s+#[\w]+)*\s*$|.*\s#\w|[A-Za-z0-9_]+$|!")
_SENTENCE_END = re.compile(r"[.。!！?？;；,，]\s*$")
_HTML_PIECE = re.compile(
    r"<h([1-6])\b[^<>]*>(.{0,2000}?)</h\1\s*>|<summary\b[^<>]*>(.{0,2000}?)</summary\s*>"
    r"|<li\b[^<>]*>(.{0,4000}?)(?=</li|<li\b|</?[uo]l\b)",
    re.S | re.I,
)
_LONGEST_HEADING = 160
_BOLD_SIGN = "\u2063"  # no one writes it: a bold line on its way through the parser
_LISTED = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s|\s{2,}\S")
_OF_MARKDOWN = re.compile(r"[-*+>|#<`~=]|\d{1,3}[.)]\s")
_BOLD_LINE = re.compile(
    r"[^\w*]{0,12}(\*\*|__)(?=\S)((?:(?!\1).){1,200})\1\s*"
    r"(?:[(（][^()（）]{1,60}[)）])?\s*[:：]?\s*"
)
_MARKDOWN = ("markdown", "md")


@dataclass(slots=True)
class Block:
    """`level` is 1 to 6 for a heading; `cells` are a row's, `info` a fence's language. An item's
    text is its first paragraph. `line` and `last` are 1-based and inclusive."""

    form: Form
    text: str
    line: int
    last: int
    level: int = 0
    inside: list["Block"] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    info: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks in order (headings among them, not yet nested), addresses of references by name, and
    the lines that only serve the form: fences around all, definitions of references."""

    blocks: list[Block]
    references: References
    served: frozenset[int]


def blocks_of(lines: list[str]) -> Document:
    """The blocks of a document given as lines."""
    lines, wrapped = _unwrapped(lines)
    lines = with_pairs_as_items(lines)
    environment: Environment = {}
    tokens = parsed("\n".join(_with_spaces(lines)), environment)
    references, served = References({}), set(wrapped)
    for name, definition in environment.get("references", {}).items():
        references[reference_name(name)] = str(definition["href"])
    if references:
        served |= {at for at, line in enumerate(lines, 1) if _is_definition(line, references)}
    return Document(_tree(tokens), references, frozenset(served))


def _is_definition(line: str, references: dict[str, str]) -> bool:
    found = re.match(r"\s{0,3}\[([^\[\]]{1,200})\]:\s*\S", line)
    return found is not None and reference_name(found[1]) in references


def _unwrapped(lines: list[str]) -> tuple[list[str], list[int]]:
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


def _with_spaces(lines: list[str]) -> list[str]:
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
            line = f"###### {_BOLD_SIGN}{line}"
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
    if line.startswith(("**", "__")) or "**" in line[:6]:
        return _is_bold(line) and not line.startswith(("- ", "* ", "+ ", "> ", "|"))
    if not _LISTED.match(before) or _OF_MARKDOWN.match(line):
        return False
    unit = unit_of(line) if len(line) < 200 else None
    return unit is not None and unit.separated and unit.place == "head" and not unit.word


def _titles(found: re.Match[str]) -> bool:
    words = found[3]
    if len(found[2]) > 1:
        return not words.startswith("!")
    return len(words) < 60 and not _SENTENCE_END.search(words) and not _HASHTAG.match(words)


_CONTAINERS: dict[str, Form] = {
    "list_item_open": "item", "blockquote_open": "quote", "table_open": "table", "tr_open": "row",
}  # fmt: skip
_NO_BLOCKS = (
    "inline paragraph_close heading_close bullet_list_open bullet_list_close ordered_list_open"
    " ordered_list_close thead_open thead_close tbody_open tbody_close th_close td_close"
)
_SILENT = frozenset(_NO_BLOCKS.split())
_CLOSING = ("list_item_close", "blockquote_close", "table_close", "tr_close")


def _tree(tokens: list[Token]) -> list[Block]:
    root = Block("document", "", 1, 1)
    open_blocks = [root]
    for at, token in enumerate(tokens):
        if token.type in _SILENT:
            continue
        here = open_blocks[-1]
        if form := _CONTAINERS.get(token.type):
            open_blocks.append(_block(form, token))
            here.inside.append(open_blocks[-1])
        elif token.type in _CLOSING:
            open_blocks.pop()
        elif token.type in ("th_open", "td_open"):
            here.cells.append(tokens[at + 1].content)
        elif token.type == "paragraph_open":
            _paragraph(here, _block("paragraph", token, tokens[at + 1].content))
        elif token.type == "heading_open":
            here.inside += _heading(token, tokens[at + 1].content, nested=here is not root)
        else:
            here.inside += _lone(token)
    return root.inside


def _lone(token: Token) -> list[Block]:
    """The blocks of a token that has no end of its own."""
    if token.type == "fence":
        return [_block("fence", token, token.content, token.info.strip())]
    if token.type == "html_block":
        return _html(token)
    return [_block("break", token)] if token.type == "hr" else []


def _block(form: Form, token: Token, text: str = "", info: str = "") -> Block:
    first, end = token.map or (0, 1)
    return Block(form, text, first + 1, max(first + 1, end), info=info)


def _heading(token: Token, text: str, *, nested: bool) -> list[Block]:
    """A heading; words over `---` that are a paragraph for their author stay one."""
    heading = _block("heading", token, text)
    heading.level = int(token.tag[1])
    if text.startswith(_BOLD_SIGN):
        heading.form, heading.level, heading.text = "bold", 0, text[len(_BOLD_SIGN) :]
        return [heading]
    accidental = token.markup == "-" and (
        "\n" in text or len(text) > 80 or bool(_SENTENCE_END.search(text))
    )
    if accidental or len(text) > _LONGEST_HEADING * 2:
        heading.form, heading.level = "paragraph", 0
    elif nested:
        heading.form = "bold"
    return [heading]


def _paragraph(here: Block, paragraph: Block) -> None:
    if here.form == "item" and not here.text and not here.inside:
        here.text, here.last = paragraph.text, paragraph.last
        return
    if here.form == "item":  # words under an item belong to it, not to a list of their own
        paragraph.form = "lead" if _is_bold(paragraph.text) else "paragraph"
    elif signed := _signed_lines(paragraph):
        here.inside += signed
        return
    elif _is_bold(paragraph.text) and "\n" not in paragraph.text:
        paragraph.form = "bold"
    elif _leads(paragraph.text):
        paragraph.form = "lead"
    here.inside.append(paragraph)


def _signed_lines(paragraph: Block) -> list[Block]:
    """`✅ Build a shed` above `✅ Paint it`: lines that all begin with one picture are a list, with
    or without a head such as `**Projects:**` right above them."""
    lines = paragraph.text.split("\n")
    headed = lines[0][:1] != lines[-1].lstrip()[:1] and (
        _is_bold(lines[0]) or _leads(lines[0].rstrip())
    )
    signs = {line.lstrip()[:1] for line in lines[headed:]}
    sign = next(iter(signs), "")
    if len(lines) < 2 + headed or len(signs) > 1 or unicodedata.category(sign or "x") != "So":
        return []
    at = paragraph.line
    head: Form = "bold" if _is_bold(lines[0]) else "lead"
    return [Block(head, lines[0].strip(), at, at)] * headed + [
        Block("item", line.strip(), at + n, at + n) for n, line in enumerate(lines) if n >= headed
    ]


def _is_bold(text: str) -> bool:
    """A line that is bold as a whole: `**Week 1**`, `📚 **References**:`, `__x__`."""
    return ("**" in text or "__" in text) and _BOLD_LINE.fullmatch(text) is not None


def _leads(text: str) -> bool:
    """A short line that ends in a colon: it names the list below."""
    return "\n" not in text and len(text) < 60 and text.rstrip("*_ ").endswith((":", "："))


def _html(token: Token) -> list[Block]:
    """A block of HTML in pieces: headings, summaries, list items, and what is between them."""
    block = _block("html", token, token.content)
    if rows := html_rows(token.content):
        return _html_table(block, rows)
    pieces: list[Block] = []
    at = 0
    for found in _HTML_PIECE.finditer(token.content):
        line = block.line + token.content.count("\n", 0, found.start())
        text = next(group for group in found.groups()[1:] if group is not None)
        if not re.sub(r"<[^<>]*>", "", text).strip():
            continue
        pieces += _between(block, at, found.start())
        form: Form = "heading" if found[1] else "bold" if found[3] is not None else "item"
        level = int(found[1]) if found[1] else 0
        end = line + found[0].count("\n")
        pieces.append(Block(form, " ".join(text.split()), line, end, level))
        at = found.end()
    return [*pieces, *_between(block, at, len(token.content))] if pieces else [block]


def _html_table(block: Block, rows: list[tuple[int, list[str]]]) -> list[Block]:
    """A table as if written with pipes; a row of one cell that names a unit heads those below."""
    header = Block("row", "", block.line + rows[0][0], block.line + rows[0][0], cells=rows[0][1])
    pieces = [Block("table", "", block.line, block.last, inside=[header])]
    for at, cells in rows[1:]:
        line = block.line + at
        if len(cells) == 1 and unit_of(phrase(cells[0], {}).text):
            pieces.append(Block("bold", cells[0], line, line))
            pieces.append(Block("table", "", line, line, inside=[header]))
        else:
            pieces[-1].inside.append(Block("row", "", line, line, cells=cells))
    pieces = [each for each in pieces if each.form == "bold" or len(each.inside) > 1]
    for last in [each for each in pieces if each.form == "table"][-1:]:
        last.line, last.last = block.line, block.last  # the lines of tags belong to it
    return pieces


def _between(block: Block, start: int, end: int) -> list[Block]:
    text = block.text[start:end]
    line = block.line + block.text.count("\n", 0, start)
    return [Block("html", text, line, line + text.rstrip("\n").count("\n"))] if text.strip() else []
