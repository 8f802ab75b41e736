"""All that the engine says can be said in Chinese, and fits what it is filled with."""

import ast
import gettext
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import nodes

from zhixing.words import LANGUAGES, say

sys.path.insert(0, str(Path(__file__).parents[1]))
import babel_words

SOURCES = Path(__file__).parents[1] / "src" / "zhixing"
LOCALE = SOURCES / "locale"
TRANSLATED = [language for language in LANGUAGES if language != "en"]


@dataclass(frozen=True)
class Call:
    """One call of `say` in the sources. `template` is None when it is not written out there."""

    where: str
    template: str | None
    names: frozenset[str]
    open_ended: bool


def calls() -> Iterator[Call]:
    for file in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                first = node.args[0] if len(node.args) == 1 else None
                said = first.value if isinstance(first, ast.Constant) else None
                yield Call(
                    where=f"{file.relative_to(SOURCES)}:{node.lineno}",
                    template=said if isinstance(said, str) else None,
                    names=frozenset(k.arg for k in node.keywords if k.arg),
                    open_ended=any(k.arg is None for k in node.keywords),
                )


def calls_in_pages() -> Iterator[Call]:
    """The same in the templates of the pages."""
    for file in sorted(SOURCES.rglob("templates/**/*.html")):
        for call in babel_words.page_calls(file.read_text(encoding="utf-8")):
            if call.node.name == "say":
                first = call.args[0] if len(call.args) == 1 else None
                yield Call(
                    where=f"{file.relative_to(SOURCES)}:{call.lineno}",
                    template=str(first.value) if isinstance(first, nodes.Const) else None,
                    names=frozenset(keyword.key for keyword in call.kwargs),
                    open_ended=call.dyn_kwargs is not None,
                )


CALLS = [*calls(), *calls_in_pages()]


def placeholders(template: str) -> frozenset[str]:
    """The names that a template asks for: "{lab.id:>3} {n}" asks for lab and n."""
    fields = (name for _, name, _, _ in string.Formatter().parse(template) if name is not None)
    return frozenset(name.split(".")[0].split("[")[0] for name in fields)


def written_out(catalog: Path) -> dict[str, str]:
    """English -> translation; fuzzy ones count as missing, as they do for gettext."""
    with catalog.open("rb") as file:
        entries = list(read_po(file))[1:]
    return {str(entry.id): "" if entry.fuzzy else str(entry.string) for entry in entries}


def test_every_sentence_is_written_out_where_it_is_said() -> None:
    assert [call.where for call in CALLS if call.template is None] == []


def test_every_sentence_is_given_exactly_the_values_it_asks_for() -> None:
    wrong = [
        f"{call.where}: {call.template!r} is given {sorted(call.names)}"
        for call in CALLS
        if call.template is not None
        and not call.open_ended
        and placeholders(call.template) != call.names
    ]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_has_a_translation_that_asks_for_the_same_values(language: str) -> None:
    catalog = written_out(LOCALE / language / "LC_MESSAGES" / "zhixing.po")
    templates = {call.template for call in CALLS if call.template is not None}
    missing = sorted(template for template in templates if not catalog.get(template))
    assert missing == [], f"{len(missing)} to translate; `make words` lists them in the catalog"
    different = [
        template
        for template in templates
        if placeholders(template) != placeholders(catalog[template])
    ]
    assert different == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_translated_that_is_no_longer_said(language: str) -> None:
    catalog = written_out(LOCALE / language / "LC_MESSAGES" / "zhixing.po")
    assert sorted(catalog.keys() - {call.template for call in CALLS}) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_compiled_is_what_is_translated(language: str) -> None:
    folder = LOCALE / language / "LC_MESSAGES"
    catalog = written_out(folder / "zhixing.po")
    with (folder / "zhixing.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {said: compiled.gettext(said) for said in catalog} == {
        said: translation or said for said, translation in catalog.items()
    }


def test_a_sentence_that_nobody_translated_is_said_in_english() -> None:
    assert say("never said before: {n}", n=3).render("zh") == "never said before: 3"
