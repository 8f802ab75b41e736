"""What could read better in an answer that passed, and what reads well. Never a verdict.

Two readers in processes of their own (readers.py) say what stands there; here it is weighed against
the solution and the starter, and said so that a learner can do something with it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from zhixing.grader.readers import Found, Measures, Page, by_ruff, pages_of
from zhixing.grader.sentences import ALSO, PRAISE, RUFF, SENTENCES
from zhixing.grader.starter import cut_starter, without_markers
from zhixing.grader.text import escaped
from zhixing.words import Bilingual

MOST_NOTES = 6
MOST_LINES_NAMED = 4
MOST_PRAISE = 2
EXCERPT_LETTERS = 96
LONG_TIMES, LONG_LINES = 2.5, 15
DEEPEST = 4
HIDDEN_LOOPS = frozenset(
    ("map", "filter", "reduce", "accumulate", "apply", "vectorize", "apply_along_axis", "fromiter")
)
RANK = {kind: rank for rank, kind in enumerate(SENTENCES)}
NEWLINE = re.compile(r"\r\n|\r|\n")
ABOUT_A_WHOLE = ("long", "deep", "array-loop")
"""Kinds whose line may stand in the starter although what they say does not."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that could read better. `excerpt` is the line of the answer it is about."""

    line: int
    kind: str
    say: Bilingual
    excerpt: str


@dataclass(frozen=True, slots=True)
class Block:
    """A function or class at the top of a text; lines from 1, both inclusive."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Remarks:
    """A second look at an answer. Blocks are empty where a text could not be read."""

    notes: tuple[Note, ...] = ()
    praise: tuple[Bilingual, ...] = ()
    answer_blocks: tuple[Block, ...] = ()
    solution_blocks: tuple[Block, ...] = ()


def remarks(answer: str, solution: str, packages: Collection[str] = ()) -> Remarks:
    """Notes and praise on an answer beside the lab's solution (with its markers). At most 6 notes,
    most useful first, one a kind, none about what the starter gave or the solution does as well.
    Functions the learner has not written, stubs among them, are neither noted nor praised."""
    ours = without_markers(solution)
    starter = cut_starter(solution)
    pages = pages_of([answer, ours, starter])
    if pages is None or not pages[0].parsed:
        return Remarks()
    mine, theirs, given = pages
    lines = lines_of(answer)
    untouched = _untouched(mine, lines, given, lines_of(starter))
    ruffled = [Found(RUFF[rule], line) for rule, line in by_ruff(answer, RUFF)]
    found = [
        one
        for one in (*mine.notes, *_beside(mine, theirs), *ruffled)
        if not any(mine.functions[name].holds(one.line) for name in untouched)
    ]
    arrays = bool(set(packages) - {"python"})
    kept = _fitting(found, pages, given_lines=frozenset(map(str.strip, lines_of(starter))),
                    lines=lines, arrays=arrays)  # fmt: skip
    notes = tuple(_note(alike, lines) for alike in islice(kept.values(), MOST_NOTES))
    crowded = any(one.kind in ("crowded", "wide") for one in found)
    return Remarks(
        notes=notes,
        praise=tuple(islice(_praise(mine, theirs, untouched, crowded, arrays), MOST_PRAISE)),
        answer_blocks=_blocks(mine, len(lines)),
        solution_blocks=_blocks(theirs, len(lines_of(ours))),
    )


def lines_of(text: str) -> list[str]:
    """The lines as Python counts them: only these three ends end one."""
    return NEWLINE.split(text)


def _untouched(mine: Page, lines: list[str], given: Page, starter: list[str]) -> frozenset[str]:
    """Functions that are stubs still, or as the starter gave them."""

    def text(one: Measures, whole: list[str]) -> list[str]:
        return [line.rstrip() for line in whole[one.line - 1 : one.last]]

    return frozenset(
        name
        for name, one in mine.functions.items()
        if one.stub
        or (name in given.functions and text(one, lines) == text(given.functions[name], starter))
    )


# --- which notes ----------------------------------------------------------------------------------


def _beside(mine: Page, theirs: Page) -> Iterator[Found]:
    """What only a comparison shows: functions much longer or deeper than ours."""
    for name, one in mine.functions.items():
        ours = theirs.functions.get(name)
        if one.depth > DEEPEST and (ours is None or ours.depth < one.depth):
            yield Found("deep", one.deepest, name, [name], [one.depth])
        if ours is None:
            continue
        more = one.code_lines - ours.code_lines
        if more >= LONG_LINES and one.code_lines >= LONG_TIMES * ours.code_lines:
            yield Found("long", one.line, name, [name], [one.code_lines, ours.code_lines])


def _fitting(
    found: list[Found], pages: list[Page], given_lines: frozenset[str], lines: list[str],
    arrays: bool,
) -> dict[str, list[Found]]:  # fmt: skip
    """The notes worth saying, kind by kind, the most useful first; one a line."""
    mine, theirs, given = pages
    excused = {_place(note) for page in (theirs, given) for note in page.notes}
    told: set[int] = set()
    by_kind: dict[str, list[Found]] = {}
    known = [one for one in found if one.kind in SENTENCES and 1 <= one.line <= len(lines)]
    for one in sorted(known, key=lambda note: (RANK[note.kind], note.line)):
        text = lines[one.line - 1].strip()
        given_so = text in given_lines and one.kind not in ABOUT_A_WHOLE
        if given_so or not text or one.line in told or _place(one) in excused:
            continue
        if _weighs(one, mine, theirs, given, arrays):
            told.add(one.line)
            by_kind.setdefault(one.kind, []).append(one)
    return by_kind


def _place(note: Found) -> tuple[str, str, tuple[str, ...]]:
    return note.kind, note.function, tuple(note.names)


def _weighs(one: Found, mine: Page, theirs: Page, given: Page, arrays: bool) -> bool:
    """Does a note hold beside the solution?"""
    if one.kind == "array-loop":
        own, ours = mine.functions.get(one.function), theirs.functions.get(one.function)
        return arrays and own is not None and ours is not None and ours.loops < own.loops
    if one.kind == "name":
        return not set(one.names) & {*theirs.names, *given.names}
    if one.kind == "unused-function":
        return one.function not in {block.name for block in (*theirs.blocks, *given.blocks)}
    return True


def _note(alike: list[Found], lines: list[str]) -> Note:
    """The first of its kind; of the others the lines."""
    one = alike[0]
    names = [name for name in one.names if name.replace(".", "").isidentifier()]
    said = _filled(SENTENCES[one.kind], names, one.numbers)
    if others := [str(other.line) for other in alike[1 : MOST_LINES_NAMED + 1]]:
        zh, en = (
            ALSO.zh.format(lines="、".join(others)),
            ALSO.en.format(lines=", line ".join(others)),
        )
        said = Bilingual(said.zh + zh, said.en + en)
    return Note(one.line, one.kind, said, _excerpt(lines[one.line - 1]))


def _filled(sentence: Bilingual, names: Sequence[str], numbers: Sequence[int]) -> Bilingual:
    """Only braces with our own words in them are filled: sentences hold others."""
    values = {"names": "`, `".join(names) or "?"}
    values |= dict(zip("ab", map(str, numbers), strict=False))

    def filled(text: str) -> str:
        return re.sub(r"\{(names|a|b)\}", lambda found: values.get(found[1], "?"), text)

    return Bilingual(filled(sentence.zh), filled(sentence.en))


def _excerpt(line: str) -> str:
    """The line, cut, with what a terminal would obey written as escapes."""
    text = line.strip()
    return escaped(text[:EXCERPT_LETTERS]) + ("…" if len(text) > EXCERPT_LETTERS else "")


# --- praise and blocks ----------------------------------------------------------------------------


def _praise(
    mine: Page, theirs: Page, untouched: frozenset[str], crowded: bool, arrays: bool
) -> Iterator[Bilingual]:
    """Good things that the facts prove, of what the learner wrote."""
    written = set(mine.functions) - untouched
    loopless = [
        name
        for name, ours in theirs.functions.items()
        if ours.loops and name in written and not _loops_below(mine, name)
    ]
    if loopless and arrays:
        yield _filled(PRAISE["no-loop"], loopless[:3], ())
    own = written - set(theirs.functions)
    users = {name: sum(name in mine.functions[one].uses for one in written) for name in own}
    shared = max(users, key=lambda name: (users[name], name), default="")
    if users.get(shared, 0) >= 2:
        yield _filled(PRAISE["shared-helper"], [shared], [users[shared]])
    complete = not any(one.stub for one in mine.functions.values())
    fewer = complete and mine.code_lines <= min(0.85 * theirs.code_lines, theirs.code_lines - 4)
    if fewer and mine.nodes <= theirs.nodes and not crowded and mine.functions:
        yield _filled(PRAISE["shorter"], (), [mine.code_lines, theirs.code_lines])


def _loops_below(page: Page, name: str) -> bool:
    """Does a function loop, itself or through other functions of the same text? What calls itself,
    or calls something like `map`, loops as well."""
    by_last = {full.split(".")[-1]: full for full in page.functions}
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        here = waiting.pop()
        measures = page.functions[here]
        seen.add(here)
        below = {by_last[use] for use in measures.uses if use in by_last}
        classes = {n for n in page.functions if n.split(".")[0] in measures.uses and "." in n}
        if measures.loops or here in below or not HIDDEN_LOOPS.isdisjoint(measures.uses):
            return True
        waiting += (below | classes) - seen
    return False


def _blocks(page: Page, lines: int) -> tuple[Block, ...]:
    """The blocks that lie within the text, one after the other; the last of a name counts."""
    found = {span.name: span for span in page.blocks if 1 <= span.first <= span.last <= lines}
    ordered = sorted(found.values(), key=lambda span: span.first)
    apart = [
        span for before, span in zip([None, *ordered], ordered, strict=False)
        if before is None or before.last < span.first
    ]  # fmt: skip
    return tuple(Block(span.name, span.first, span.last) for span in apart)
