"""An essay is laid out, counted, and judged by its writer alone."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.actions import days, essays, labs, numbers, planning
from zhixing.actions.authoring import labs_to_verify, verify_labs
from zhixing.actions.desk import Desk, at_desk
from zhixing.actions.essays import Counted
from zhixing.actions.planning import Wishes
from zhixing.actions.progress import progress
from zhixing.actions.standing import standing
from zhixing.errors import Problem
from zhixing.records import CellRan, TaskDone
from zhixing.settings import read_settings

MONDAY = date(2026, 12, 7)
ESSAY, TASK = "on-sums", "sums/lab:on-sums"

ROUTE = """---
id: sums
pace: 10 h/week
---
# {title}

## Week 1 · {title}

### Day 1 (1 h)

- [ ] {essay}: [{title}](lab:on-sums) (1 h)
"""

FILES = {
    "pack.toml": 'name = "mine"\nlanguages = ["zh", "en"]\nlicence = "CC0-1.0"\n',
    "skills/math.toml": """[adding]
title = { zh = "加法", en = "Adding" }
stars = 3
why = { zh = "到处都用。", en = "Used everywhere." }
[[adding.criteria]]
say = { zh = "会加", en = "Can add" }
evidence = ["lab:on-sums"]
""",
    "routes/sums.zh.md": ROUTE.format(title="和", essay="短文"),
    "routes/sums.en.md": ROUTE.format(title="Sums", essay="Essay"),
    "labs/math/on-sums/lab.toml": """title = { zh = "说说和", en = "On sums" }
kind = "essay"
skills = ["adding"]
minutes = 60
letters = { zh = 20, en = 10 }
numbers = 2
""",
    "labs/math/on-sums/statement.zh.md": "# 说说和\n\n写一页。\n",
    "labs/math/on-sums/statement.en.md": "# On sums\n\nWrite a page.\n",
    "labs/math/on-sums/template.zh.md": "# 说说和\n\n## 数字\n\n…\n\n## 限制\n\n什么时候不行：…\n",
    "labs/math/on-sums/template.en.md": (
        "# On sums\n\n## Numbers\n\n…\n\n## Limits\n\nWhen it fails: …\n"
    ),
    "labs/math/on-sums/rubric.toml": """[[items]]
id = "own"
ask = { zh = "数字都是自己的吗？", en = "Are the numbers mine?" }
[[items]]
id = "clear"
ask = { zh = "说清了吗？", en = "Is it clear?" }
""",
    "labs/math/on-sums/cell.py": "print(0.92461, 150)\n",
}

WHOLE = """# On sums

## Numbers

The first part keeps 92.5% of it, over 150 rows.

## Limits

When it fails: as soon as the units differ from one column to the next.
"""
YES = {"own": "yes", "clear": "partly"}


@pytest.fixture
def essayist(tmp_path: Path, clock) -> Iterator[Desk]:
    """A learner whose route has one task, an essay."""
    for path, text in FILES.items():
        file = tmp_path / "mine" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    fresh = count(1)
    packs = {"ZHIXING_PACKS": str(tmp_path / "mine")}
    settings = read_settings(tmp_path / "home", packs, {"language": "en"})
    with at_desk(Desk(settings, clock, lambda: f"id-{next(fresh):04}")) as desk:
        planning.begin_route(desk, Wishes(route="sums", start=MONDAY))
        yield desk


def ran(desk: Desk, output: str) -> None:
    """A cell ran, and printed this."""
    made = desk.stamp()
    desk.store.append(
        CellRan(
            id=made[0],
            learner=made[1],
            at=made[2],
            reference="lab:on-sums",
            source="print()",
            output=output,
            finished=True,
        )
    )


def counted(desk: Desk, text: str) -> Counted:
    return essays.counted(desk, labs.named(desk, ESSAY)[0], text)


def test_starting_an_essay_lays_out_its_template_once(essayist: Desk) -> None:
    started = labs.start(essayist, ESSAY)
    assert started.answer == essays.essay_file(essayist, started.lab)
    assert started.answer.name == "essay.md"
    assert started.answer.read_text(encoding="utf-8").startswith("# On sums\n\n## Numbers\n\n…")
    started.answer.write_text("mine", encoding="utf-8")
    assert labs.start(essayist, ESSAY).kept
    again = labs.start(essayist, ESSAY, again=True)
    assert again.aside is not None
    assert again.aside.read_text(encoding="utf-8") == "mine"
    assert standing(essayist).running is not None


def test_todays_page_says_start_and_then_check(essayist: Desk) -> None:
    assert days.today(essayist).lines[0].command == f"zhixing start {ESSAY}"
    labs.start(essayist, ESSAY)
    assert days.today(essayist).lines[0].command == f"zhixing check {ESSAY}"


def test_the_text_is_the_template_until_one_writes(essayist: Desk) -> None:
    lab, _ = labs.named(essayist, ESSAY)
    assert essays.text_of(essayist, lab) == lab.essay.template.en
    labs.start(essayist, ESSAY).answer.write_text(WHOLE, encoding="utf-8")
    assert essays.text_of(essayist, lab) == WHOLE


def test_a_template_counts_as_nothing(essayist: Desk) -> None:
    found = counted(essayist, labs.named(essayist, ESSAY)[0].essay.template.en)
    assert (found.letters, found.placeholders, found.complete) == (0, (5, 9), False)
    assert found.headings_empty == ("Numbers", "Limits")


def test_a_whole_essay_with_numbers_of_ones_own_is_complete(essayist: Desk) -> None:
    before = counted(essayist, WHOLE)
    assert (before.numbers, before.numbers_unknown) == ((), ("92.5%", "150"))
    assert not before.complete
    ran(essayist, "[0.92461872 0.0530]  150\n")
    after = counted(essayist, WHOLE)
    assert (after.numbers, after.numbers_unknown) == (("92.5%", "150"), ())
    assert (after.letters, after.letters_wanted) == (20, 10)
    assert after.complete


@pytest.mark.parametrize(
    ("old", "new", "missing", "empty", "placeholders"),
    [
        ("## Limits\n", "", ("Limits",), (), ()),
        ("## Limits", "##  limits  ##", (), (), ()),
        ("## Limits", "### Limits #", (), (), ()),
        ("as soon as the units differ from one column to the next.", "", (), ("Limits",), ()),
        ("next.", "next …", (), (), (9,)),
        ("next.", "next……", (), (), ()),
        ("next.", "next.\n\n```\nx …\n```", (), (), ()),
    ],
)
def test_what_is_missing_is_named(essayist: Desk, old, new, missing, empty, placeholders) -> None:
    found = counted(essayist, WHOLE.replace(old, new))
    assert found.headings_missing == missing
    assert found.headings_empty == empty
    assert found.placeholders == placeholders


def test_an_essay_in_the_other_language_is_held_against_its_own_template(essayist: Desk) -> None:
    text = "# 说说和\n## 数字\n一共一百五十行……\n## 限制\n什么时候不行：单位不同的时候就不行了。\n"
    found = counted(essayist, text)
    assert (found.language, found.letters_wanted) == ("zh", 20)
    assert found.letters == len("一共一百五十行单位不同的时候就不行了")
    assert found.headings_missing == found.headings_empty == ()


def test_headings_dates_code_and_the_templates_words_are_not_counted(essayist: Desk) -> None:
    ran(essayist, "17 2026 25 99 12 300")
    text = WHOLE + "\n## 17 things\n\nOn 25 December 2026, 2026-12-25.\n\n12. one\n\n```\n99\n```\n"
    assert "17" not in counted(essayist, text).numbers
    assert counted(essayist, text).numbers == ()


# --- handing in ---------------------------------------------------------------------------------


def test_a_complete_essay_that_its_writer_stands_by_finishes_its_task(essayist: Desk) -> None:
    labs.start(essayist, ESSAY)
    ran(essayist, "0.9246 150")
    handed = essays.hand_in(essayist, ESSAY, WHOLE, YES)
    assert handed.complete
    now = standing(essayist)
    assert now.essays[ESSAY] == handed
    assert now.done[TASK].by == "self-review"
    assert now.done[TASK].minutes == 0
    assert essays.tasks_finished(essayist, labs.named(essayist, ESSAY)[0]) == (TASK,)


@pytest.mark.parametrize(("text", "own"), [(WHOLE, "no"), (WHOLE.replace("150", "151"), "yes")])
def test_a_no_or_a_gap_leaves_the_task_open(essayist: Desk, text: str, own: str) -> None:
    ran(essayist, "0.9246 150")
    essays.hand_in(essayist, ESSAY, text, {"own": own, "clear": "yes"})
    now = standing(essayist)
    assert now.essays[ESSAY].text == text
    assert TASK not in now.done


def test_the_latest_hand_in_holds_and_finishes_once(essayist: Desk) -> None:
    ran(essayist, "0.9246 150")
    essays.hand_in(essayist, ESSAY, WHOLE, YES)
    essays.hand_in(essayist, ESSAY, WHOLE + "More.\n", YES)
    now = standing(essayist)
    assert now.essays[ESSAY].text.endswith("More.\n")
    assert sum(isinstance(one, TaskDone) for one in now.happenings) == 1


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        ({"own": "yes"}, '"clear" is not answered'),
        ({**YES, "claer": "yes"}, 'did you mean "clear"?'),
        ({"own": "yes", "clear": "very"}, '"very" does not answer "clear"'),
    ],
)
def test_ratings_that_do_not_fit_the_rubric_are_refused(essayist: Desk, ratings, said) -> None:
    with pytest.raises(Problem, match=re.escape(said)):
        essays.hand_in(essayist, ESSAY, WHOLE, ratings)
    assert standing(essayist).essays == {}


def test_a_text_over_a_mebibyte_is_refused(essayist: Desk) -> None:
    with pytest.raises(Problem, match="over 1 MiB"):
        essays.hand_in(essayist, ESSAY, "字" * (1024 * 1024 // 3 + 1), YES)


def test_a_lab_that_runs_is_not_handed_in_as_an_essay(essayist: Desk) -> None:
    with pytest.raises(Problem, match="dl-softmax-ce is no essay"):
        essays.hand_in(essayist, "dl-softmax-ce", WHOLE, YES)


@pytest.mark.parametrize("action", [labs.check, labs.hint, labs.solution_text])
def test_an_essay_is_not_graded_hinted_at_or_solved(essayist: Desk, action) -> None:
    labs.start(essayist, ESSAY)
    with pytest.raises(Problem, match="an essay is not graded"):
        action(essayist, ESSAY)


def test_an_essay_proves_no_skill_and_is_nobodys_next_proof(essayist: Desk) -> None:
    ran(essayist, "0.9246 150")
    essays.hand_in(essayist, ESSAY, WHOLE, YES)
    held = progress(essayist).mastery.skills["adding"]
    assert (held.level, held.evidence, held.next_proof) == ("unseen", (), None)


def test_verifying_an_essay_runs_its_cell(essayist: Desk) -> None:
    (report,) = verify_labs(labs_to_verify(essayist, [ESSAY]))
    assert (report.ok, report.mutants, report.problems) == (True, 0, ())
    pack = essayist.settings.packs[0]
    cell = pack / "labs/math/on-sums/cell.py"
    for source, said in (("1 / 0\n", "the cell stops: Zero"), ("x = 1\n", "prints nothing")):
        cell.write_text(source, encoding="utf-8")
        (report,) = verify_labs(labs_to_verify(essayist, [ESSAY]))
        assert not report.ok
        assert said in str(report.problems[0])


# --- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "printed", "holds"),
    [
        ("0.92", "0.9246", True),
        ("0.93", "0.9246", False),
        ("92.5%", "0.92461", True),
        ("92.5%", "92.4617", True),
        ("92.5%", "0.9260", False),
        ("0.925", "92.46%", True),
        ("92.5 %", "0.92461", True),
        ("0.08", "-0.0845", True),
        ("−0.08", "-0.0845", True),
        ("-0.08", "0.0845", False),
        ("1,234", "1234", True),
        ("1234", "1,234.4", True),
        ("1.2e-5", "1.23e-05", True),
        ("1.2×10^{-5}", "1.23e-05", True),
        (r"$1.2\times 10^{-5}$", "1.23e-05", True),
        ("1.2", "1.23e-05", False),
        ("150 朵", "150", True),
        ("150 朵", "PC150", False),
        ("42", "[[42. 7.]]", True),
    ],
)
def test_a_number_stands_where_a_printed_one_rounds_to_it(text, printed, holds) -> None:
    (one,) = numbers.stated([text])
    assert numbers.recorded([printed]).holds(one) == holds


@pytest.mark.parametrize(
    "text",
    ["0", "7", "10", "2026-12-07", "2026 年 12 月 7 日", "12月17日", "17 Dec 2026", "PC17",
     "v1.2.3", "https://example.org/99", "12. item", "layer_12"],
)  # fmt: skip
def test_small_numbers_dates_and_names_do_not_count(text) -> None:
    assert numbers.stated([text]) == ()


@given(st.floats(min_value=0.001, max_value=1e6), st.integers(min_value=1, max_value=6))
def test_every_number_that_a_run_prints_may_be_quoted_rounded(value: float, decimals: int) -> None:
    printed = numbers.recorded([f"loss {value!r}"])
    for one in numbers.stated([f"It was {value:.{decimals}f} in the end."]):
        assert printed.holds(one)


@given(st.text(alphabet="0123456789.,-+eE%×^{}() 年月日/…#\n", max_size=60))
def test_any_text_can_be_counted(text: str) -> None:
    known = numbers.recorded([text])
    for one in numbers.stated(text.splitlines()):
        known.holds(one)
