"""Who asks for Chinese reads Chinese: no English sentence is left on a page or in a letter."""

import re

import pytest

from zhixing.cli.tree import MEMBERS

NOT_PROSE = re.compile(r"`[^`]*`|https?://\S+|zhixing(?: [^\s·；，。]+)+|--[a-z-]+(?: [A-Z|a-z]+)?")
PROSE = re.compile(r"[A-Za-z]+(?:[ ,]+[a-z]+){2,}")


def english_in(text: str) -> list[str]:
    """Three English words in a row that are no command, option, address or code."""
    return PROSE.findall(NOT_PROSE.sub("·", text))


def test_a_left_over_sentence_would_be_seen():
    assert english_in("第 1 周 · the plan ends on 3月 · `zhixing undo now please`") == [
        "the plan ends on"
    ]


@pytest.mark.parametrize("command", [*MEMBERS, "plan export", "lab new", "pack audit"])
def test_the_page_of_help_is_chinese(learner, command):
    page = learner.in_chinese().types(*command.split(), "--help")
    assert page.code == 0
    assert english_in(page.out) == []


@pytest.mark.parametrize(
    "words",
    ["", "today", "begin 1", "skip 3", "note 1", "plan show", "plan show --week 2", "replan",
     "replan --choose slide", "progress", "routes", "settings", "doctor", "start np-essentials",
     "skills la-svd"],
)  # fmt: skip
def test_the_page_is_chinese(learner, words):
    day = "2026-12-10" if "replan" in words else learner.today
    page = learner.in_chinese().on(day).types(*words.split())
    assert page.code == 0
    assert page.out.strip()
    lines = (line for line in page.out.splitlines() if "程序库" not in line and "$$" not in line)
    assert english_in("\n".join(lines)) == []


@pytest.mark.parametrize(
    "words",
    ["tody", "plan", "lab", "today surplus", "today --nonsense", "init --yes=1", "check --seed",
     "start", "check la-svd", "check dl-softmax-ce#stabel", "done 99", "init --hours-per-week lots",
     "init --hours-per-week 0 --yes", "plan show --week 99", "replan --choose slide",
     "check np-essentials", "check np-essentials --file .", "plan export --out no/such/plan.md",
     "settings langauge en", "settings mirror here", "today --lang fr", "lab verify",
     "lab new math/Bad --pack p", "skills nothing", "init --start 2026-02-30 --yes"],
)  # fmt: skip
def test_what_does_not_fit_is_said_in_chinese(learner, words):
    said = learner.in_chinese().types(*words.split(), "--json")
    assert said.code == 2
    for letter in said.letters:
        for text in (letter["what"], letter["next_step"]):
            assert re.search("[一-鿿]", text), text
            assert english_in(text) == []


def test_checks_are_called_by_their_chinese_names(learner):
    learner = learner.in_chinese()
    learner.types("start", "dl-softmax-ce")
    verdict = learner.types("check", "dl-softmax-ce#stable")
    hint = learner.types("hint", "dl-softmax-ce#stable")
    for page in (verdict, hint):
        assert "每一行都是对数概率" in page.out
        assert "rows are log" not in page.out
    assert learner.types("hint", "dl-softmax-ce", "--json").data["check"].isidentifier()
