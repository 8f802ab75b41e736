"""How is a stranger's document built? Markdown → a tree of blocks, each with its lines.

Kinder than CommonMark where people write otherwise: `#title`, bold lines as headings, a document
wrapped whole in a ```markdown fence, HTML headings, text before `---`. Lines never move.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from markdown_it.token import Token

from zhixing.roadmap.parsing import Environment, parsed
from zhixing.roadmap.phrases import References, phrase, reference_name
from zhixing.roadmap.pipes import html_rows, with_pairs_as_items
from zhixing.roadmap.typed import BOLD_SIGN, SENTENCE_END, is_bold, unwrapped, with_spaces
from zhixing.roadmap.unitwords import unit_of

Form = Literal[
    "document", "heading", "bold", "lead", "item", "quote", "paragraph", "table", "row", "fence",
    "html", "break",
]  # fmt: skip

_HTML_PIECE = re.compile(
    r"<h([1-6])\b[^<>]*>(.{0,2000}?)</h\1\s*>|<summary\b[^<>]*>(.{0,2000}?)</summary\s*>"
    r"|<li\b[^<>]*>(.{0,4000}?)(?=</li|<li\b|</?[uo]l\b)",
    re.S | re.I,
)
_LONGEST_HEADING = 160


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
    lines, wrapped = unwrapped(lines)
    lines = with_pairs_as_items(lines)
    environment: Environment = {}
    tokens = parsed("\n".join(with_spaces(lines)), environment)
    references, served = References({}), set(wrapped)
    for name, definition in environment.get("references", {}).items():
        references[reference_name(name)] = str(definition["href"])
    if references:
        served |= {at for at, line in enumerate(lines, 1) if _is_definition(line, references)}
    return Document(_tree(tokens), references, frozenset(served))


def _is_definition(line: str, references: dict[str, str]) -> bool:
    found = re.match(r"\s{0,3}\[([^\[\]]{1,200})\]:\s*\S", line)
    return found is not None and reference_name(found[1]) in references


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
    if text.startswith(BOLD_SIGN):
        heading.form, heading.level, heading.text = "bold", 0, text[len(BOLD_SIGN) :]
        return [heading]
    accidental = token.markup == "-" and (
        "\n" in text or len(text) > 80 or bool(SENTENCE_END.search(text))
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
        paragraph.form = "lead" if is_bold(paragraph.text) else "paragraph"
    elif signed := _signed_lines(paragraph):
        here.inside += signed
        return
    elif is_bold(paragraph.text) and "\n" not in paragraph.text:
        paragraph.form = "bold"
    elif _leads(paragraph.text):
        paragraph.form = "lead"
    here.inside.append(paragraph)


def _signed_lines(paragraph: Block) -> list[Block]:
    """`✅ Build a shed` above `✅ Paint it`: lines that all begin with one picture are a list, with
    or without a head such as `**Projects:**` right above them."""
    lines = paragraph.text.split("\n")
    headed = lines[0][:1] != lines[-1].lstrip()[:1] and (
        is_bold(lines[0]) or _leads(lines[0].rstrip())
    )
    signs = {line.lstrip()[:1] for line in lines[headed:]}
    sign = next(iter(signs), "")
    if len(lines) < 2 + headed or len(signs) > 1 or unicodedata.category(sign or "x") != "So":
        return []
    at = paragraph.line
    head: Form = "bold" if is_bold(lines[0]) else "lead"
    return [Block(head, lines[0].strip(), at, at)] * headed + [
        Block("item", line.strip(), at + n, at + n) for n, line in enumerate(lines) if n >= headed
    ]


def _leads(text: str) -> bool:
    """A short line that ends in a colon: it names the list below."""
    return "\n" not in text and len(text) < 60 and text.rstrip("*_ ").endswith((":", "："))


def _html(token: Token) -> list[Block]:
    """A block of HTML in pieces: headings, summaries, list items, and what is between them."""
    block = _block("html", token, token.content)
    if rows := html_rows(token.content):
        return _html_table(block, rows)
    pieces: list[Block] = []
    at, depth = 0, 0
    path: list[tuple[int, Block]] = []  # items around this place, with their depths
    for found in _HTML_PIECE.finditer(token.content):
        line = block.line + token.content.count("\n", 0, found.start())
        text = next(group for group in found.groups()[1:] if group is not None)
        if not re.sub(r"<[^<>]*>", "", text).strip():
            continue
        between = _between(block, at, found.start())
        depth += _deeper(token.content[at : found.start()])
        path = [] if between or found[4] is None else [p for p in path if p[0] < depth]
        form: Form = "heading" if found[1] else "bold" if found[3] is not None else "item"
        level = int(found[1]) if found[1] else 0
        end = line + found[0].count("\n")
        piece = Block(form, " ".join(text.split()), line, end, level)
        (path[-1][1].inside if path else pieces).extend([*between, piece])
        path += [(depth, piece)] if form == "item" else []
        at = found.end()
    return [*pieces, *_between(block, at, len(token.content))] if pieces else [block]


def _deeper(html: str) -> int:
    """How many lists open in a piece of HTML, less those that close."""
    tags = re.findall(r"<(/?)[uo]l\b", html, re.I)
    return len(tags) - 2 * sum(map(bool, tags))


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
    """What stands between two pieces of HTML; nothing where that is only tags of lists."""
    text = block.text[start:end]
    if not re.sub(r"</?(?:[uo]l|li)\b[^<>]*>", "", text, flags=re.I).strip():
        return []
    line = block.line + block.text.count("\n", 0, start)
    return [Block("html", text, line, line + text.rstrip("\n").count("\n"))] if text.strip() else []
