"""What does a brief say? One screen for a study task, a file in each language.

`# Title`; then sections to read; then the section with the one block of code that can be run
(three backticks, `python run`); then `## Recall` or `## 回想` with three questions, each followed
by its answer as an indented quotation.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from zhixing.catalog.code import same_but_for_words, syntax_of
from zhixing.catalog.files import PackTexts
from zhixing.catalog.markdown import Fence, Heading, fences_of, headings_of, lines_of
from zhixing.catalog.pages import both_of, halves_in, misnamed
from zhixing.catalog.places import at
from zhixing.errors import Letter
from zhixing.records import Brief, Question
from zhixing.words import Bilingual, Language, say

CELL: Final = "{cell}"
"""The line of a task that stands where its cell was."""

QUESTIONS: Final = 3
_RUN: Final = "python run"
_RECALL: Final = ("Recall", "回想")
_ASKED: Final = re.compile(r"\d+[.)]\s+(.+)")
_TOLD: Final = re.compile(r"\s*>\s?(.*)")


@dataclass(frozen=True, slots=True)
class _Half:
    """A brief in one language; `line` is that of its cell."""

    title: str
    text: str
    task: str
    cell: str
    line: int
    questions: tuple[tuple[str, str], ...]


def read_briefs(pack: PackTexts, letters: list[Letter]) -> list[tuple[str, Brief]]:
    """(file, brief) of every brief of a pack. What is wrong is a letter; the brief stays, as far
    as it could be read. One half missing is a letter; the other stands for it."""
    briefs = []
    for stem, texts in halves_in(pack, "briefs/", letters).items():
        _, field, name = stem.split("/")
        files = {language: pack.shown(f"{stem}.{language}.md") for language in texts}
        first = next(iter(files.values()))
        letters += misnamed(name, field, first)
        halves = {
            language: _half(files[language], text, letters) for language, text in texts.items()
        }
        if len(halves) > 1:
            letters += _unlike(files["en"], halves)
        briefs.append((first, _brief(name, field, halves)))
    return briefs


def _brief(name: str, field: str, halves: Mapping[Language, _Half]) -> Brief:
    zh, en = both_of({language: half.questions for language, half in halves.items()})
    return Brief(
        id=name,
        field=field,
        title=Bilingual(*both_of({k: half.title or name for k, half in halves.items()})),
        text=Bilingual(*both_of({k: half.text for k, half in halves.items()})),
        task=Bilingual(*both_of({k: half.task for k, half in halves.items()})),
        cell=Bilingual(*both_of({k: half.cell for k, half in halves.items()})),
        questions=tuple(
            Question(Bilingual(one[0], other[0]), Bilingual(one[1], other[1]))
            for one, other in zip(zh, en, strict=False)
        ),
    )


def _half(file: str, text: str, letters: list[Letter]) -> _Half:
    lines = text.splitlines()
    heads = headings_of(text)
    title = next((head for head in heads if head.level == 1), None)
    if title is None or any(line.strip() for line in lines[: title.line - 1]):
        letters.append(Letter(say("there is no title"), at(file), say("begin it with # Title")))
    sections = [head for head in heads if head.level == 2]
    run = _the_one_cell(file, text, letters)
    task = _holding(run, sections)
    recall = next((head for head in sections if head.text in _RECALL), None)
    letters += _misplaced(file, sections, run, task, recall)
    start = title.line if title else 0
    ends = [one.line - 1 for one in (task, recall) if one] + ([run.first - 1] if run else [])
    end = min(ends, default=len(lines))
    above = "\n".join(lines[start:end]).strip()
    if not above:
        what = say("there is nothing to read above the cell")
        letters.append(Letter(what, at(file), say("say what to watch or read, and the idea")))
    return _Half(
        title=title.text if title else "",
        text=above,
        task=_task(lines, sections, task, run),
        cell=run.code if run else "",
        line=run.first if run else 0,
        questions=_questions(file, text, recall, letters),
    )


def _the_one_cell(file: str, text: str, letters: list[Letter]) -> Fence | None:
    """The first block of code that can be run; there should be exactly one, of Python."""
    runs = [fence for fence in fences_of(text) if fence.info == _RUN]
    if not runs:
        what = say("there is no cell to run")
        letters.append(Letter(what, at(file), say("open it with ```python run")))
        return None
    if len(runs) > 1:
        what = say("there are {n} cells to run", n=len(runs))
        step = say("a brief has one: show the others as ```python")
        letters.append(Letter(what, at(file, runs[1].first), step))
    found: list[Letter] = []
    syntax_of(file, "\n" * runs[0].first + runs[0].code, found)  # so that lines are the file's
    letters += found
    return runs[0]


def _holding(run: Fence | None, sections: list[Heading]) -> Heading | None:
    """The section in which the cell stands."""
    above = [head for head in sections if run is not None and head.line < run.first]
    return above[-1] if above else None


def _misplaced(
    file: str,
    sections: list[Heading],
    run: Fence | None,
    task: Heading | None,
    recall: Heading | None,
) -> list[Letter]:
    """Letters for sections that are out of their order: reading, cell, recall."""
    letters = []
    order = say("the order is: sections to read, the section of the cell, ## Recall (## 回想)")
    if run is not None and task is None:
        what = say("the cell stands in no section")
        letters.append(Letter(what, at(file, run.first), say("put a ## heading above it")))
    if recall is None:
        what = say("there is no section of questions")
        letters.append(Letter(what, at(file), say("end it with ## Recall, in Chinese ## 回想")))
    after = [head for head in sections if head.line > (task or recall or Heading(0, 0, "")).line]
    for head in after if task or recall else ():
        if head != recall:
            what = say('the section "{name}" has no place here', name=head.text)
            letters.append(Letter(what, at(file, head.line), order))
    if task and recall and recall.line <= task.line:
        letters.append(
            Letter(say("the cell comes after the questions"), at(file, task.line), order)
        )
    return letters


def _task(
    lines: list[str], sections: list[Heading], task: Heading | None, run: Fence | None
) -> str:
    """The words around the cell; a line {cell} stands for it."""
    if task is None or run is None:
        return ""
    end = next((head.line - 1 for head in sections if head.line > task.line), len(lines))
    before = "\n".join(lines[task.line : run.first - 1]).strip()
    after = "\n".join(lines[run.last : end]).strip()
    return "\n\n".join(part for part in (before, CELL, after) if part)


def _questions(
    file: str, text: str, recall: Heading | None, letters: list[Letter]
) -> tuple[tuple[str, str], ...]:
    """(question, answer) of each numbered item below the heading of questions."""
    if recall is None:
        return ()
    asked: list[tuple[int, list[str], list[str]]] = []
    for number, line, code in lines_of(text):
        item, told = (None, None) if code else (_ASKED.fullmatch(line), _TOLD.fullmatch(line))
        if number <= recall.line:
            continue
        if item:
            asked.append((number, [item[1]], []))
        elif asked and told:
            asked[-1][2].append(told[1])
        elif asked and line.strip():
            asked[-1][1].append(line.strip())
    for number, _, told_lines in asked:
        if not any(one.strip() for one in told_lines):
            what = say("this question has no answer")
            step = say("write it below, indented: > and the answer")
            letters.append(Letter(what, at(file, number), step))
    if len(asked) != QUESTIONS:
        what = say("{n} questions instead of {wanted}", n=len(asked), wanted=QUESTIONS)
        letters.append(Letter(what, at(file, recall.line), say("number them 1. 2. 3.")))
    return tuple(
        ("\n".join(question).strip(), "\n".join(answer).strip()) for _, question, answer in asked
    )


def _unlike(file: str, halves: Mapping[Language, _Half]) -> list[Letter]:
    """A letter where the cells of the two languages do not do the same."""
    zh, en = halves["zh"], halves["en"]
    trees = [syntax_of(file, half.cell, []) for half in (zh, en) if half.cell]
    first, second = (*trees, None, None)[:2]
    if first is None or second is None or same_but_for_words(first, second):
        return []
    what = say("the cells of zh and en do not do the same")
    step = say("only comments and the words in strings may differ: copy one into the other")
    return [Letter(what, at(file, en.line), step)]
