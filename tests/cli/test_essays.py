"""Essays and briefs at the command line: laid out, counted, rated; read."""

import os
import pty
import select
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

ESSAY = "on-sums"

FILES = {
    "pack.toml": 'name = "mine"\nlanguages = ["zh", "en"]\nlicence = "CC0-1.0"\n',
    "labs/math/on-sums/lab.toml": """title = { zh = "说说和", en = "On sums" }
kind = "essay"
skills = ["la-pca"]
minutes = 60
letters = { zh = 20, en = 10 }
""",
    "labs/math/on-sums/statement.zh.md": "# 说说和\n\n写一页。\n",
    "labs/math/on-sums/statement.en.md": "# On sums\n\nWrite a page.\n",
    "labs/math/on-sums/template.zh.md": "# 说说和\n\n## 限制\n\n…\n",
    "labs/math/on-sums/template.en.md": "# On sums\n\n## Limits\n\n…\n",
    "labs/math/on-sums/rubric.toml": """[[items]]
id = "own"
ask = { zh = "都是自己写的吗？", en = "Is it all mine?" }
[[items]]
id = "clear"
ask = { zh = "说清了吗？", en = "Is it clear?" }
""",
}
WHOLE = (
    "# On sums\n\n## Limits\n\nA sum says nothing about its parts, and parts are what we want.\n"
)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        file = tmp_path / "mine" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "mine"


@pytest.fixture
def essayist(learner, pack: Path):
    """A learner with a plan, and a pack that has an essay."""

    def runner(words, environment, stdin, cwd):
        return learner.runner(words, {**environment, "ZHIXING_PACKS": str(pack)}, stdin, cwd)

    return replace(learner, runner=runner)


def essay_of(learner) -> Path:
    return learner.home / "labs" / ESSAY / "essay.md"


def test_start_lays_the_template_out_and_says_how_to_go_on(essayist) -> None:
    said = essayist.types("start", ESSAY)
    assert said.code == 0
    assert str(essay_of(essayist)) in said.out
    assert f"zhixing check {ESSAY}" in said.out
    assert "--watch" not in said.out
    assert essay_of(essayist).read_text(encoding="utf-8").endswith("## Limits\n\n…\n")
    assert essayist.types("start", ESSAY, "--json").data["kept"] is True


def test_check_says_what_is_missing_and_ends_with_one(essayist) -> None:
    assert "zhixing start on-sums" in essayist.types("check", ESSAY).err
    essayist.types("start", ESSAY)
    said = essayist.types("check", ESSAY)
    assert said.code == 1
    assert 'nothing stands below "Limits" yet' in said.out
    essay_of(essayist).write_text(WHOLE + "And …\n", encoding="utf-8")
    assert "line 6 still has a …" in essayist.types("check", ESSAY).out
    essay_of(essayist).write_text("# On sums\n\nToo short.\n", encoding="utf-8")
    said = essayist.types("check", ESSAY, "--json")
    assert said.code == 1
    assert said.data["headings_missing"] == ["Limits"]
    assert (said.data["letters"], said.data["letters_wanted"]) == (2, 10)
    assert (said.data["complete"], said.data["handed_in"]) == (False, False)


def test_a_complete_essay_asks_for_its_writers_word(essayist) -> None:
    essayist.types("start", ESSAY)
    essay_of(essayist).write_text(WHOLE, encoding="utf-8")
    said = essayist.types("check", ESSAY)
    assert said.code == 0
    assert "Is it clear?" in said.out
    assert "--rate own=yes --rate clear=yes" in said.out
    assert essayist.types("check", ESSAY, "--json").data["handed_in"] is False


def test_ratings_hand_it_in(essayist) -> None:
    essayist.types("start", ESSAY)
    essay_of(essayist).write_text(WHOLE, encoding="utf-8")
    said = essayist.types("check", ESSAY, "--rate", "own=yes", "--rate", "clear=partly")
    assert said.code == 0
    assert "by your own review" in said.out
    said = essayist.types("check", ESSAY, "--rate", "own=是", "--rate", "clear=no", "--json")
    assert said.code == 0
    assert said.data["ratings"] == {"own": "yes", "clear": "no"}
    assert said.data["handed_in"] is True


def test_ratings_that_do_not_fit_are_letters(essayist) -> None:
    essayist.types("start", ESSAY)
    essay_of(essayist).write_text(WHOLE, encoding="utf-8")
    for rates, said in (
        (("own",), "--rate item=yes"),
        (("own=yes",), '"clear" is not answered'),
        (("own=yes", "clear=well"), '"well" does not answer'),
    ):
        words = [word for rate in rates for word in ("--rate", rate)]
        call = essayist.types("check", ESSAY, *words)
        assert call.code == 2
        assert said in " ".join(call.err.split())


@pytest.mark.parametrize("flags", [("--watch",), ("--seed", "x")])
def test_an_essay_is_not_run(essayist, flags) -> None:
    said = essayist.types("check", ESSAY, *flags)
    assert said.code == 2
    assert "an essay does not run" in said.err


def test_a_lab_that_runs_is_not_rated(learner) -> None:
    said = learner.types("check", "dl-softmax-ce", "--rate", "own=yes")
    assert said.code == 2
    assert "only an essay is rated" in said.err


def test_an_essay_has_no_hints(essayist) -> None:
    said = essayist.types("hint", ESSAY)
    assert said.code == 2
    assert "zhixing check on-sums" in said.err


def test_without_a_home_it_is_counted_and_not_remembered(stranger, pack: Path) -> None:
    file = stranger.home.parent / "mine.md"
    file.write_text(WHOLE, encoding="utf-8")
    said = stranger.types("check", ESSAY, "--file", file, ZHIXING_PACKS=str(pack))
    assert said.code == 0
    assert "zhixing init" in said.out
    assert not (stranger.home / "zhixing.db").exists()
    rates = ("--rate", "own=yes", "--rate", "clear=yes")
    said = stranger.types("check", ESSAY, "--file", file, *rates, ZHIXING_PACKS=str(pack))
    assert said.code == 2


def test_a_person_who_is_there_is_asked(essayist, pack: Path) -> None:
    essayist.types("start", ESSAY)
    essay_of(essayist).write_text(WHOLE, encoding="utf-8")
    said, code = typed_at_a_terminal(essayist, pack, ["check", ESSAY], b"yes\nperhaps\npartly\n")
    assert code == 0, said
    assert "Is it all mine?" in said
    assert "answer yes, partly, no" in said
    assert "by your own review" in said


def typed_at_a_terminal(learner, pack: Path, words: list[str], keys: bytes) -> tuple[str, int]:
    """What a terminal shows when a person types these keys."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "zhixing", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**learner.environment(), "ZHIXING_PACKS": str(pack), "TERM": "xterm"},
        start_new_session=True,
    )
    os.close(theirs)
    os.write(ours, keys)
    seen, until = b"", time.monotonic() + 60
    while time.monotonic() < until and select.select([ours], [], [], 60)[0]:
        try:
            part = os.read(ours, 4096)
        except OSError:
            break
        if not part:
            break
        seen += part
    os.close(ours)
    return seen.decode(), process.wait(timeout=60)


# --- briefs -------------------------------------------------------------------------------------


def test_a_brief_is_read_with_its_cell_and_without_its_answers(stranger) -> None:
    said = stranger.types("brief", "la-vectors")
    assert said.code == 0
    assert said.out.index("import numpy as np") < said.out.index("You should see")
    assert "{cell}" not in said.out
    assert "what is the span" in said.out
    assert "Every place that" in stranger.types("brief", "brief:la-vectors", "--answers").out
    assert "Every place that $a" not in said.out.partition("Recall")[2]


def test_a_brief_as_data_keeps_its_answers_for_who_asks(stranger) -> None:
    data = stranger.types("brief", "la-vectors", "--json").data
    assert data["cell"]["zh"].startswith("import numpy")
    assert [list(one) for one in data["questions"]] == [["ask"]] * 3
    data = stranger.types("brief", "la-vectors", "--json", "--answers").data
    assert [list(one) for one in data["questions"]] == [["ask", "answer"]] * 3


def test_all_briefs_are_listed_and_a_mistyped_one_is_named(stranger) -> None:
    listed = stranger.types("brief", "--json").data["briefs"]
    assert "la-vectors" in [one["id"] for one in listed]
    assert "la-vectors" in stranger.types("brief").out
    said = stranger.types("brief", "la-vektors")
    assert said.code == 2
    assert 'did you mean "la-vectors"?' in said.err
