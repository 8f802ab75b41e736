"""Markdown into the tokens of its blocks: the rules of markdown-it, walked cheaply.

Compiling spends most of its time here, so three things are left out that cannot change a token: the
rules whose sign does not stand in a text, the rules whose sign a line does not begin with, and the
parts of a token that only a renderer reads.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

Environment = dict[str, dict[str, dict[str, object]]]
Rule = Callable[[StateBlock, int, int, bool], bool]

_SIGN_IN_TEXT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("fence", re.compile("```|~~~")),
    ("html_block", re.compile("<")),
    ("reference", re.compile(r"\]:")),
    ("blockquote", re.compile(">")),
    ("table", re.compile(r"\|")),
    ("hr", re.compile(r"(?:---|\*\*\*|___)$", re.M)),
    ("lheading", re.compile(r"[-=]$", re.M)),
)
_SIGNS_OF_LINE = {
    "fence": "`~", "blockquote": ">", "hr": "*-_", "list": "*+-0123456789", "reference": "[",
    "html_block": "<", "heading": "#",
}  # fmt: skip
"""What a line begins with that such a rule can take; any line may be a table or a paragraph."""
_UNREAD = frozenset(
    {"thead_open", "thead_close", "tbody_open", "tbody_close", "th_close", "td_close"}
)


def parsed(text: str, environment: Environment) -> list[Token]:
    """The tokens of `text`, which has plain line ends; definitions of references are put into
    `environment`."""
    compact = text.replace(" ", "").replace("\t", "")
    parser = _parser(tuple(rule for rule, sign in _SIGN_IN_TEXT if not sign.search(compact)))
    state = _State(text, parser, environment, [])
    parser.block.tokenize(state, state.line, state.lineMax)
    return state.tokens


@lru_cache(maxsize=64)
def _parser(needless: tuple[str, ...]) -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.block = _Blocks()
    parser.block.ruler.disable(["code", *needless])
    return parser


class _Token(Token):
    """A token without what only a renderer reads."""

    __slots__ = ()

    def __init__(self, type: str, tag: str, nesting: Literal[-1, 0, 1], level: int) -> None:
        self.type, self.tag, self.nesting, self.level = type, tag, nesting, level
        self.map, self.content, self.info, self.markup, self.hidden = None, "", "", "", False


_SCRATCH = _Token("", "", 0, 0)


class _State(StateBlock):
    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        if nesting < 0:
            self.level -= 1
        level = self.level
        if nesting > 0:
            self.level += 1
        if ttype in _UNREAD:
            return _SCRATCH
        token = _Token(ttype, tag, nesting, level)
        self.tokens.append(token)
        return token


class _Blocks(ParserBlock):
    """The rules by the sign with which a line begins."""

    def __init__(self) -> None:
        super().__init__()
        self._by_sign: dict[str, list[Rule]] = {}

    def _rules(self, sign: str) -> list[Rule]:
        if (known := self._by_sign.get(sign)) is None:
            names = self.ruler.get_active_rules()
            known = self._by_sign[sign] = [
                rule
                for name, rule in zip(names, self.ruler.getRules(""), strict=True)
                if name not in _SIGNS_OF_LINE or (sign and sign in _SIGNS_OF_LINE[name])
            ]
        return known

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:
        """As ParserBlock.tokenize, but that a line is shown only to rules that can take it."""
        line, empty_lines = startLine, False
        deepest = state.md.options.maxNesting
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if state.level >= deepest:
                state.line = endLine
                break
            sign = state.src[state.bMarks[line] + state.tShift[line]]
            for rule in self._rules(sign if sign in _SIGNS else ""):
                if rule(state, line, endLine, False):
                    break
            state.tight = not empty_lines
            line = state.line
            if line - 1 < endLine and state.isEmpty(line - 1):
                empty_lines = True
            if line < endLine and state.isEmpty(line):
                empty_lines = True
                line += 1
                state.line = line


_SIGNS = frozenset("".join(_SIGNS_OF_LINE.values()))
