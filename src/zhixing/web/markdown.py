"""Markdown as HTML that is safe to show, whoever wrote it: learners, packs, other people's files.

Formulas (`$…$`, `$$…$$`) stay as TeX in `.math` elements; the page sets them with KaTeX. What comes
out passes a sanitiser that lets only the tags of a text through.
"""

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup
from mdit_py_plugins.dollarmath import dollarmath_plugin

LONGEST = 30_000
"""Letters. Longer texts are shown as they are: hostile ones take time that grows as the square."""
TAGS = {
    "a", "abbr", "blockquote", "br", "caption", "code", "del", "div", "em", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "img", "kbd", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"},
    "td": {"align"}, "th": {"align"}, "code": {"class"}, "span": {"class"}, "div": {"class"},
}  # fmt: skip


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 40})
    reader.enable(["table", "strikethrough"])
    reader.use(dollarmath_plugin, allow_space=False, double_inline=True, renderer=_formula)
    return reader


def _formula(tex: str, _: dict[str, object]) -> str:
    return Markup.escape(tex)


def as_html(text: str, shift: int = 0) -> Markup:
    """HTML of a Markdown text. `shift` lowers its headings, so that a page keeps one first one."""
    if len(text) > LONGEST:
        return Markup("<pre>{}</pre>").format(text[:LONGEST])
    reader = _reader()
    tokens = reader.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + shift)}"
        elif token.type in ("th_open", "td_open"):
            align = str(token.attrs.pop("style", "")).removeprefix("text-align:")
            if align:
                token.attrs["align"] = align
    return safe(reader.renderer.render(tokens, reader.options, {}))


def as_line(text: str) -> Markup:
    """A title as HTML: code and formulas in it, nothing that begins a paragraph, no links."""
    reader = _reader()
    return Markup(
        nh3.clean(
            reader.renderInline(text[:2000]),
            tags={"code", "em", "strong", "span"},
            attributes={"span": {"class"}},
            attribute_filter=_filtered,
        )
    )


def safe(html: str) -> Markup:
    """Of this HTML what may stand in a page: no scripts, styles, frames, forms, handlers; pictures
    only as data, so that no text makes the page ask another machine."""
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_filtered,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer",
    )
    return Markup(clean)


def _filtered(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        kept = value.startswith("language-") or value in ("math inline", "math block", "math")
        return value if kept else None
    if tag == "img" and name == "src" and not value.startswith("data:image/png;base64,"):
        return None
    if tag == "a" and name == "href" and value.strip().lower().startswith("data:"):
        return None
    return value
