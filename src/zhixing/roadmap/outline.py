"""How is the document built? Markdown → an outline of sections, items, quotes and paragraphs.

Only the block parser of markdown-it runs: what a line says is `inline`'s to read. (CommonMark
1.0 rules; nesting beyond 20 levels is left out by the parser and shows up as not understood.)
"""

from dataclasses import dataclass, field
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

Form = Literal["document", "title", "section", "item", "quote", "paragraph", "break"]

_DEEPEST = 5  # below the title there are five ranks of headings


@dataclass(slots=True)
class Entry:
    """One block: its own text, where that stands (1-based, inclusive), and what is inside it.

    `level` is 1 to 6 for a heading, 0 otherwise. An item's text is its first paragraph. A first
    heading of rank 1 is the title, whatever it says; nothing is inside it.
    """

    form: Form
    text: str
    line: int
    last: int
    level: int = 0
    inside: list["Entry"] = field(default_factory=list)


def outline(text: str) -> Entry:
    """The document as a tree. Blocks that the grammar does not know (tables, code, HTML) are left
    out; it is for the caller to notice the lines that nobody took."""
    root = Entry("document", "", 1, 1)
    sections, containers = [root], list[Entry]()
    tokens = _block_parser().parse(text)
    for at, token in enumerate(tokens):
        here = containers[-1] if containers else sections[-1]
        if form := _CONTAINERS.get(token.type):
            containers.append(_entry(form, token))
            here.inside.append(containers[-1])
        elif token.type in ("list_item_close", "blockquote_close"):
            containers.pop()
        elif token.type == "heading_open" and token.level == 0:
            _open_section(sections, _entry("section", token, tokens[at + 1].content))
        elif token.type == "paragraph_open":
            _add_paragraph(here, _entry("paragraph", token, tokens[at + 1].content))
        elif token.type == "hr":
            here.inside.append(_entry("break", token))
    return root


_CONTAINERS: dict[str, Form] = {"list_item_open": "item", "blockquote_open": "quote"}


def _entry(form: Form, token: Token, text: str = "") -> Entry:
    first, end = token.map or (0, 1)
    level = int(token.tag[1]) if form == "section" else 0
    return Entry(form, text, first + 1, max(first + 1, end), level)


def _open_section(sections: list[Entry], section: Entry) -> None:
    """Put `section` below the nearest heading of a higher rank."""
    root = sections[0]
    if section.level == 1 and not any(e.form in ("title", "section") for e in root.inside):
        section.form = "title"
    while len(sections) > 1 and (sections[-1].level >= section.level or len(sections) > _DEEPEST):
        sections.pop()
    sections[-1].inside.append(section)
    if section.form != "title":
        sections.append(section)


def _add_paragraph(here: Entry, paragraph: Entry) -> None:
    if here.form == "item" and not here.text and not here.inside:
        here.text, here.last = paragraph.text, paragraph.last
    else:
        here.inside.append(paragraph)


def _block_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser
