"""The cheap walk over the rules of markdown-it gives the tokens that markdown-it itself gives."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from zhixing.roadmap.parsing import Environment, parsed

PAGES = sorted((Path(__file__).parent / "pages").glob("*.md"))
PIECES = [
    "- a", "  - b", "1. c", "> d", "---", "***", "* * *", "===", "# e", "#f", "```", "~~~", "- - -",
    "| a | b |", "|---|---|", "| c |", "a | b", "--- | ---", "<div>", "</div>", "<!-- x -->", "[r]",
    "[r]: https://example.org", "g", "", "    h", "\ti", "+ j", "_ _ _", "词", "10) k", "> - l",
    "-",
]  # fmt: skip


def plain(tokens: list[Token]) -> list[tuple[object, ...]]:
    left_out = ("thead_open", "thead_close", "tbody_open", "tbody_close", "th_close", "td_close")
    return [
        (t.type, t.tag, t.nesting, t.level, t.map, t.content, t.info, t.markup, t.hidden)
        for t in tokens
        if t.type not in left_out
    ]


def expected(text: str, environment: Environment) -> list[Token]:
    parser = MarkdownIt("commonmark").enable("table").disable("code")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser.parse(text, environment)


def same(text: str) -> None:
    ours: Environment = {}
    theirs: Environment = {}
    assert plain(parsed(text, ours)) == plain(expected(text, theirs))
    assert ours == theirs


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_give_the_same_tokens(page: Path) -> None:
    same(page.read_text(encoding="utf-8"))


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("\n".join))
def test_any_mixture_gives_the_same_tokens(text: str) -> None:
    same(text)
