"""What does an essay ask for? The files of a lab of kind "essay" in, a `Lab` and letters out.

Nothing of it is graded: a machine counts, and the writer answers the rubric.
"""

from typing import Final

from zhixing.catalog.code import syntax_of
from zhixing.catalog.folders import LabFiles, skills_of, statements_of, version_of
from zhixing.catalog.markdown import headings_of
from zhixing.catalog.places import at
from zhixing.catalog.tables import Entry, toml_file
from zhixing.catalog.values import Unfit, id_letters, ids, seen, some_of, texts, whole
from zhixing.catalog.vocabulary import PACKAGES
from zhixing.errors import Letter
from zhixing.records import Essay, Lab, RubricItem
from zhixing.words import LANGUAGES, Bilingual, Language, say

TO_FILL: Final = "…"
"""Stands in a template where the learner's own words go."""

MOST_ITEMS: Final = 12
_TEMPLATES: Final[dict[Language, str]] = {"zh": "template.zh.md", "en": "template.en.md"}
_COUNTED: Final = ("lab.toml", "template.zh.md", "template.en.md", "rubric.toml")
"""What a hand-in is held against: a change makes another version of the essay."""

_OF_CODE: Final = ("solution.py", "checks.py", "probes.py", "data.py", "figure.py")
_CELL_PACKAGES: Final = ("numpy", "matplotlib", "sklearn")
_EXAMPLE: Final = say("add it: docs/author/briefs-and-essays.md shows one")


def read_essay(files: LabFiles, facts: Entry, letters: list[Letter]) -> tuple[Lab, bool]:
    """The essay as a lab, and whether it can be written: with a template and a rubric."""
    alternatives = [name for name in files.texts if name.startswith("alternatives/")]
    letters += files.strays((*_OF_CODE, *alternatives), "essay")
    zh, en = statements_of(files, (), letters)
    if zh.ladders or en.ladders:
        what = say("an essay has no hints")
        letters.append(Letter(what, at(files.shown), say("say what helps in the statement itself")))
    essay = _essay(files, facts, letters)
    lab = Lab(
        id=files.id,
        area=files.area,
        title=facts.both("title") or Bilingual(files.id, files.id),
        kind="essay",
        skills=skills_of(facts),
        parts=(),
        statement=Bilingual(zh.text, en.text),
        solution="",
        checks_source="",
        checks=(),
        mutants=(),
        packages=facts.take("packages", some_of(PACKAGES), _CELL_PACKAGES),
        needs=facts.take("needs", ids, ()),
        helps=facts.take("helps", ids, ()),
        sources=facts.take("sources", texts, ()),
        version=version_of(files, _COUNTED),
        unparted_minutes=facts.need("minutes", whole(1, 600)) or 0,
        essay=essay,
    )
    facts.close()
    return lab, bool(essay.template.zh and essay.rubric)


def _essay(files: LabFiles, facts: Entry, letters: list[Letter]) -> Essay:
    return Essay(
        template=_template(files, letters),
        rubric=_rubric(files, letters),
        letters=facts.need("letters", _lengths) or dict.fromkeys(LANGUAGES, 1),
        numbers=facts.take("numbers", whole(0, 100), 0),
        cell=_cell(files, letters),
    )


def _template(files: LabFiles, letters: list[Letter]) -> Bilingual:
    """Where one half is missing the other stands for it."""
    halves: dict[Language, str] = {}
    for language, name in _TEMPLATES.items():
        letters += files.missing(name, _EXAMPLE)
        if name in files.texts:
            halves[language] = files.texts[name].strip() + "\n"
            letters += _template_letters(files.place(name), halves[language])
    counts = [len(headings_of(text)) for text in halves.values()]
    if len(set(counts)) > 1:
        what = say("zh has {zh} headings, en has {en}", zh=counts[0], en=counts[1])
        place = at(files.place(_TEMPLATES["en"]))
        letters.append(Letter(what, place, say("both languages ask for the same: mend one")))
    zh, en = halves.get("zh", ""), halves.get("en", "")
    return Bilingual(zh or en, en or zh)


def _template_letters(place: str, text: str) -> list[Letter]:
    letters = []
    if not headings_of(text):
        what = say("the template has no heading")
        letters.append(Letter(what, at(place), say("begin each thing to be said with ## Heading")))
    if TO_FILL not in text.replace(TO_FILL * 2, ""):
        what = say("there is nothing to fill in")
        letters.append(Letter(what, at(place), say("write … where the learner's words go")))
    return letters


def _rubric(files: LabFiles, letters: list[Letter]) -> tuple[RubricItem, ...]:
    name = "rubric.toml"
    letters += files.missing(name, _EXAMPLE)
    page = toml_file(files.place(name), files.texts[name], letters) if name in files.texts else None
    if page is None:
        return ()
    items: dict[str, RubricItem] = {}
    for entry in page.tables("items"):
        item = _item(entry, items)
        if item is not None:
            items[item.id] = item
    page.close()
    if not 1 <= len(items) <= MOST_ITEMS:
        what = say("{n} items", n=len(items))
        step = say("a rubric has 1 to {most} items; 4 to 6 are read best", most=MOST_ITEMS)
        page.report(what, step, "items")
    return tuple(items.values())


def _item(entry: Entry, known: dict[str, RubricItem]) -> RubricItem | None:
    name, ask = entry.need("id", str), entry.both("ask")
    entry.close()
    if name is None or ask is None:
        return None
    entry.letters += id_letters(name, lambda: entry.where("id"))
    if name in known:
        entry.report(say('"{name}" stands here twice', name=name), say("take one out"), "id")
    return RubricItem(name, ask)


def _lengths(value: object) -> dict[Language, int]:
    """{ zh = 300, en = 180 }: Chinese characters, and words."""
    pattern = say("write it as {{ zh = 300, en = 180 }}: Chinese characters, and words")
    if not isinstance(value, dict) or set(value) != set(LANGUAGES):
        raise Unfit(say("{value} does not fit", value=seen(value)), pattern)
    length = whole(1, 20_000)
    return {language: length(value[language]) for language in LANGUAGES}


def _cell(files: LabFiles, letters: list[Letter]) -> str:
    """cell.py; "" where there is none, or none that is Python."""
    name = "cell.py"
    source = files.texts.get(name, "")
    return source if source and syntax_of(files.place(name), source, letters) else ""
