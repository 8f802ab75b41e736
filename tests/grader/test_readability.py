"""What a second look says, what it keeps silent about, and that its sentences are complete."""

import re

import pytest

from zhixing.grader.readability import notes_of_source
from zhixing.grader.readers import by_ruff
from zhixing.grader.reviewing import MOST_NOTES, remarks
from zhixing.grader.sentences import PRAISE, RUFF, SENTENCES
from zhixing.grader.starter import without_markers
from zhixing.records import Catalog

SOLUTION = '''import numpy as np


def total(x):
    """The sum of the squares of x: (n,)."""
    # <answer> one expression
    return float((x**2).sum())
    # </answer>
'''
HEAD = 'import numpy as np\n\n\ndef total(x):\n    """The sum of the squares of x: (n,)."""\n'

STUMBLES = {
    "array-loop": "    n = 0.0\n"
    "    for i in range(len(x)):\n        n += x[i] * x[i]\n    return n\n",
    "unreachable": "    return float((x**2).sum())\n    x = x + 1\n",
    "unread": "    size = len(x)\n    return float((x**2).sum())\n",
    "name": "    tmp = x**2\n    return float(tmp.sum())\n",
    "bare-except": "    try:\n        return float((x**2).sum())\n"
    "    except:\n        return 0.0\n",
    "equals-none": "    if x == None:\n        return 0.0\n    return float((x**2).sum())\n",
    "equals-true": "    if (x > 3).all() == True:\n        return 0.0\n"
    "    return float((x**2).sum())\n",
    "print": "    print(x)\n    return float((x**2).sum())\n",
    "shadow": "    sum = (x**2).sum()\n    return float(sum)\n",
    "mutable-default": (
        "    def add(y, seen=[]):\n        seen.append(y)\n        return len(seen)\n\n"
        "    return float((x**2).sum()) + 0 * add(x)\n"
    ),
    "unused-import": "    import math\n\n    return float((x**2).sum())\n",
    "unused-function": (
        "    return float((x**2).sum())\n\n\ndef left_over(x):\n    return x.sum()\n"
    ),
    "deep": (
        "    for a in x:\n        if a > 0:\n            while a > 1:\n                if a > 2:\n"
        "                    for _ in x:\n                        a = a / 2\n"
        "                a = a - 1\n    return float((x**2).sum())\n"
    ),
    "long": "".join(f"    step_{n} = x + {n}\n    x = step_{n} - {n}\n" for n in range(10))
    + "    return float((x**2).sum())\n",
    "repeat": (
        "    if len(x) > 3:\n"
        + 2 * (
            "        first = x[:2].sum() + x[2:].sum()\n        second = x[2:].sum() * first\n"
            "        third = (first + second) / first\n        x = x * third / third\n"
        )
        + "    return float((x**2).sum())\n"
    ),
    "legacy-random": "    return float((x**2).sum()) + 0 * np.random.rand()\n",
    "is-literal": "    if len(x) is 0:\n        return 0.0\n    return float((x**2).sum())\n",
    "type-compare": "    if type(x) == list:\n"
    "        x = np.array(x)\n    return float((x**2).sum())\n",
    "not-in": "    if not 0 in x:\n        return float((x**2).sum())\n    return 0.0\n",
    "crowded": "    y = x**2; y = y.sum()\n    return float(y)\n",
}  # fmt: skip


def kinds(answer: str, solution: str = SOLUTION) -> list[str]:
    return [note.kind for note in remarks(answer, solution, ("numpy",)).notes]


@pytest.mark.parametrize("kind", STUMBLES)
def test_what_one_stumbles_over_is_said_once(kind: str) -> None:
    assert kinds(HEAD + STUMBLES[kind]) == [kind]


def test_a_note_stands_on_its_line_and_quotes_it() -> None:
    (note,) = remarks(HEAD + STUMBLES["name"], SOLUTION, ("numpy",)).notes
    assert (note.line, note.excerpt) == (6, "tmp = x**2")
    assert "`tmp`" in note.say.zh
    assert "`tmp`" in note.say.en


def test_an_excerpt_shows_no_sign_that_a_terminal_obeys() -> None:
    answer = HEAD + "    tmp = x**2  # \x1b[2J\u202e\n    return float(tmp.sum())\n"
    (note,) = remarks(answer, SOLUTION, ("numpy",)).notes
    assert note.excerpt == r"tmp = x**2  # \x1b[2J\u202e"


@pytest.mark.parametrize(
    "body",
    [
        # a recurrence, a neighbour's entry, a running value, a call of something unknown
        "    for i in range(len(x)):\n        x[i] = 0.5 * x[i - 1]\n    return x.sum()\n",
        "    m = 0.0\n    for y in x:\n        m = 0.9 * m + y\n    return m\n",
        "    for i in range(len(x)):\n        x[i] = x[i] + x[0]\n    return x.sum()\n",
        "    n = 0.0\n    for i in range(len(x)):\n        n += total(x[i])\n    return n\n",
        "    for _ in range(9):\n        x = x @ x\n    return x\n",
    ],
)
def test_a_loop_that_arrays_cannot_replace_is_left_alone(body: str) -> None:
    assert "array-loop" not in kinds(HEAD + body)


def test_a_loop_is_left_alone_where_ours_loops_as_well_or_there_are_no_arrays() -> None:
    looping = SOLUTION.replace(
        "    return float((x**2).sum())", "    return float(sum(y**2 for y in x))"
    )
    answer = HEAD + STUMBLES["array-loop"]
    assert kinds(answer, looping) == []
    assert remarks(answer, SOLUTION, ("python",)).notes == ()


def test_nothing_is_said_about_what_the_starter_gave() -> None:
    solution = "import os\n\n\ndef total(list, seen=[]):\n    # <answer> add\n"
    solution += "    return 1\n    # </answer>\n"
    assert kinds(solution.replace("return 1", "return 2"), solution) == []


def test_letters_that_live_short_and_letters_of_ours_are_good_names() -> None:
    short = HEAD + "    s = x**2\n    return float(s.sum())\n"
    assert kinds(short) == []
    long = (
        HEAD
        + "    s = x**2\n"
        + "".join(f"    x = x + {n}\n" for n in range(10))
        + "    return float(s.sum())\n"
    )
    assert kinds(long) == ["name"]
    assert kinds(long, SOLUTION.replace("return float", "s = 1\n    return s * float")) == []


def test_at_most_six_notes_the_most_useful_first_and_one_a_kind() -> None:
    body = "    sum = 1; print(sum)\n    unread = 2\n    import math\n" + "".join(
        f"    try:\n        tmp = {n}\n    except:\n        print({n})\n    if x == None: pass\n"
        for n in range(9)
    )
    notes = remarks(HEAD + body + "    return 1.0\n", SOLUTION, ("numpy",)).notes
    ranks = [list(SENTENCES).index(note.kind) for note in notes]
    assert len(notes) == MOST_NOTES
    assert ranks == sorted(set(ranks))
    assert len({note.line for note in notes}) == len(notes)


def test_lines_with_the_same_trouble_are_named_in_one_note() -> None:
    body = "    if x == None:\n        return 0.0\n    if len(x) == None:\n        return 1.0\n"
    (note,) = remarks(HEAD + body + "    return 1.0\n", SOLUTION, ("numpy",)).notes
    assert note.line == 6
    assert "line 8." in note.say.en
    assert "第 8 行" in note.say.zh


def test_what_is_praised_is_true() -> None:
    looping = SOLUTION.replace(
        "    return float((x**2).sum())", "    return float(sum(y**2 for y in x))"
    )
    plain = HEAD + "    return float(x @ x)\n"
    assert "`total`" in remarks(plain, looping, ("numpy",)).praise[0].en
    hidden = HEAD + "    return float(sum(map(square, x)))\n\n\ndef square(y):\n    return y * y\n"
    assert remarks(hidden, looping, ("numpy",)).praise == ()
    elsewhere = HEAD + (
        "    return added(x)\n\n\ndef added(x):\n    return float(sum(y * y for y in x))\n"
    )
    assert remarks(elsewhere, looping, ("numpy",)).praise == ()


def test_a_text_with_a_mistake_of_syntax_has_no_notes() -> None:
    assert notes_of_source("def f(:\n") == []
    assert remarks("def f(:\n", SOLUTION).notes == ()


def test_rules_that_this_ruff_does_not_know_cost_no_more_than_its_notes() -> None:
    assert by_ruff("x = not 1 in [1]\n", ["E713"]) == [("E713", 1)]
    assert by_ruff("x = not 1 in [1]\n", ["E713", "NONE999"]) == []


def test_every_kind_has_both_languages_and_no_brace_is_left_open() -> None:
    for sentence in (*SENTENCES.values(), *PRAISE.values()):
        for text in (sentence.zh, sentence.en):
            assert set(re.findall(r"\{(\w+)\}", text)) <= {"names", "a", "b"}
        assert re.search(r"[\u4e00-\u9fff]", sentence.zh)
        assert not re.search(r"[\u4e00-\u9fff]", sentence.en)
    assert set(RUFF.values()) <= set(SENTENCES)


def test_no_solution_is_complained_about_and_no_alternative_much(built_in: Catalog) -> None:
    for lab in built_in.labs.values():
        if lab.kind != "python":
            continue
        ours = remarks(without_markers(lab.solution), lab.solution, lab.packages)
        assert ours.notes == (), lab.id
        assert ours.solution_blocks == ours.answer_blocks != ()
        for name, text in lab.alternatives.items():
            notes = remarks(text, lab.solution, lab.packages).notes
            assert len(notes) <= 2, (lab.id, name, notes)
