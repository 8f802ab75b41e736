"""From a roadmap to an honest verdict: the first session, as the processes a learner starts."""

import json
from dataclasses import replace

import pytest

from zhixing.grader.starter import planted

SOFTMAX = "dl-softmax-ce"
WIRE_KEYS = {
    "lab", "part", "lab_version", "verdict", "passed", "score", "parts", "checks", "slips",
    "isolation", "cpu_seconds", "seed", "versions", "advice", "cached",
}  # fmt: skip


def test_init_makes_a_plan_of_sixteen_weeks_and_says_what_comes_next(stranger):
    said = stranger.outside().types(
        "init", "--route", "math-16-weeks", "--hours-per-week", 15, "--start", "2026-12-07", "--yes"
    )
    assert said.code == 0, said.err
    assert "Monday 7 December 2026" in said.out
    assert "16 weeks" in said.out
    assert "▸ zhixing today" in said.out


def test_plan_export_is_json_and_plan_show_json_equals_it(learner):
    exported = learner.outside().types("plan", "export", "--format", "json").data
    assert exported == learner.types("plan", "show", "--json").data
    assert exported == learner.types("plan", "export", "--json").data
    assert set(exported) >= {"days", "finish", "lower_bound"}
    assert "2027-03-22" <= exported["finish"] <= "2027-03-28"
    first = exported["days"][0]
    assert first["date"] == "2026-12-07"
    assert {"task", "title", "kind", "minutes"} <= set(first["pieces"][0])


def test_start_check_hint_mend_pass_progress(learner, softmax):
    learner = learner.outside()
    started = learner.types("start", SOFTMAX, "--json").data
    assert started["answer"] == str(learner.home / "labs" / SOFTMAX / "answer.py")

    starter = learner.types("check", SOFTMAX, "--json")
    assert starter.code == 1
    assert set(starter.data) == WIRE_KEYS
    assert starter.data["passed"] is False
    assert [check["name"] for check in starter.data["checks"]] == list(softmax.checks)

    hint = learner.types("hint", SOFTMAX, "--json").data
    assert (hint["check"], hint["rung"], hint["of"]) == (softmax.checks[0], 1, 4)
    assert set(hint["text"]) == {"zh", "en"}

    learner.answers(SOFTMAX, softmax.solution)
    solved = learner.types("check", SOFTMAX, "--json")
    assert solved.code == 0
    assert solved.data["verdict"] == "pass"
    assert all(part["passed"] for part in solved.data["parts"].values())

    progress = learner.types("progress", "--json").data
    [lab] = progress["labs"]
    assert (lab["lab"], lab["attempts"], lab["hints"]) == (SOFTMAX, 2, 1)
    assert len(lab["passed_parts"]) == lab["parts"] == len(softmax.parts)
    levels = {skill["skill"]: skill["level"] for skill in progress["mastery"]["skills"]}
    assert levels["softmax-cross-entropy"] != "unseen"


def test_every_mutant_fails_and_is_named(learner, softmax, tmp_path):
    for number, mutant in enumerate(softmax.mutants):
        file = tmp_path / f"mutant-{number}.py"
        file.write_text(planted(softmax, mutant), encoding="utf-8")
        said = learner.types("check", SOFTMAX, "--file", file, "--json")
        assert said.code == 1, mutant.slip
        assert [slip["id"] for slip in said.data["slips"]] == [mutant.slip]


def test_a_verdict_reads_like_a_teacher(learner, softmax):
    mutant = next(m for m in softmax.mutants if m.slip == "sums-the-loss")
    learner.answers(SOFTMAX, planted(softmax, mutant))
    page = learner.types("check", SOFTMAX).out
    works, mend, slip, command = (
        page.index(words)
        for words in (
            "3 of 3",
            "First to mend",
            "a known slip, in loss_and_gradient",
            "▸ zhixing check dl-softmax-ce",
        )
    )
    assert works < mend < slip < command
    assert "summed over rows" in page


def test_a_verdict_in_chinese_speaks_chinese_where_the_content_does(learner, softmax):
    mutant = next(m for m in softmax.mutants if m.slip == "sums-the-loss")
    learner.answers(SOFTMAX, planted(softmax, mutant))
    assert "损失对样本求了和" in learner.in_chinese().types("check", SOFTMAX).out


def test_only_the_part_that_was_asked_for_decides(learner, softmax):
    mutant = next(m for m in softmax.mutants if m.slip == "sums-the-loss")
    learner.answers(SOFTMAX, planted(softmax, mutant))
    said = learner.types("check", f"{SOFTMAX}#stable", "--json")
    assert said.code == 0
    assert (said.data["part"], set(said.data["parts"])) == ("stable", {"stable"})


def test_the_same_answer_gets_the_same_seed_and_a_given_seed_is_never_counted(learner, softmax):
    learner.answers(SOFTMAX, softmax.solution)
    first = learner.types("check", SOFTMAX, "--json").data["seed"]
    assert learner.types("check", SOFTMAX, "--json").data["seed"] == first
    again = learner.types("check", SOFTMAX, "--seed", first)
    assert "not counted" in again.out
    assert learner.types("progress", "--json").data["labs"][0]["attempts"] == 2


def test_a_lab_can_be_done_without_a_home_and_nothing_is_remembered(stranger, softmax, tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(softmax.solution, encoding="utf-8")
    assert stranger.types("check", SOFTMAX, "--file", file).code == 0
    assert not stranger.home.exists()


def test_a_day_from_begin_to_done(learner):
    page = learner.types("today", "--json").data
    assert page["next"]["command"] == "zhixing begin 1"
    assert learner.types("begin", 1, "--json").code == 0
    running = learner.types("today", "--json").data["next"]
    assert (running["state"], running["command"]) == ("running", "zhixing done 1")
    done = learner.types("done", 1, "--minutes", 50)
    assert "done in 50 min" in done.out
    assert "▸ zhixing start la-transform-rank#combine" in done.out
    assert "taken back" in learner.types("undo").out
    assert learner.types("today", "--json").data["tasks"][0]["state"] == "running"


def test_today_says_which_brief_goes_with_the_task(learner):
    assert "Brief  zhixing brief la-vectors" in learner.types("today").out
    assert learner.types("brief", "la-vectors").code == 0


def test_on_a_free_day_the_next_days_work_is_there_for_who_likes_to(learner):
    early = learner.on("2026-12-06")
    page = early.types("today", "--json").data
    assert (page["tasks"], page["next"], page["upcoming"]) == ([], None, "2026-12-07")
    assert page["ahead"][0]["command"] == "zhixing begin 1"
    assert "Your route begins on Monday 7 December 2026." in early.types("today").out
    assert early.types("done", 1).code == 0
    sunday = learner.on("2026-12-13").types("today").out
    assert "the next work is on Monday 14 December 2026" in sunday


def test_missed_days_are_met_with_ways_on_and_nothing_moves_before_a_choice(learner):
    late = learner.on("2026-12-10")
    assert "zhixing replan" in late.types("today").out
    before = late.types("plan", "show", "--json").data
    offered = late.types("replan", "--json").data["options"]
    assert late.types("plan", "show", "--json").data == before
    names = [way["name"] for way in offered]
    assert "slide" in names
    chosen = late.types("replan", "--choose", "slide", "--json").data["chosen"]
    assert late.types("plan", "show", "--json").data["finish"] == chosen["finish"]
    assert late.types("today", "--json").data["missed"] == []


def test_a_task_book_has_a_box_for_each_piece_and_ticks_what_is_done(learner, tmp_path):
    learner.types("done", 1)
    book = tmp_path / "book.md"
    said = learner.types("plan", "export", "--format", "md", "--week", 1, "--out", book)
    assert (said.code, said.out.strip()) == (0, str(book))
    text = book.read_text(encoding="utf-8")
    week = learner.types("plan", "show", "--week", 1, "--json").data
    pieces = sum(len(day["pieces"]) for day in week["days"])
    assert text.count("\n- [ ] ") == pieces - 1
    assert text.count("\n- [x] ") == 1
    assert "Monday 7 December 2026 (1 h 40 min)" in text
    assert "https://" in text


def test_a_note_is_kept_from_the_line_and_from_standard_input(learner):
    assert learner.types("note", 1, "span", "is", "reach").code == 0
    assert learner.types("note", 1, "--json").data["text"] == "span is reach"
    learner.types("note", 1, stdin="第一行\nsecond line\n")
    assert learner.types("note", 1, "--json").data["text"] == "第一行\nsecond line\n"


def test_init_again_keeps_what_is_finished_and_undo_brings_the_old_plan_back(learner):
    learner.types("done", 1)
    old = learner.types("plan", "show", "--json").data["finish"]
    refused = learner.types("init", "--hours-per-week", 30)
    assert refused.code == 2
    assert "--yes" in refused.err
    made = learner.types("init", "--hours-per-week", 30, "--yes", "--json").data
    assert made["finish"] < old
    assert learner.types("today", "--json").data["finished_tasks"] == 1
    learner.types("undo")
    assert learner.types("plan", "show", "--json").data["finish"] == old
    again = learner.types("init", "--yes", "--json").data
    assert sum(again["profile"]["minutes"]) == 15 * 60


@pytest.mark.parametrize("command", ["today", "progress", "labs", "skills", "routes", "settings"])
def test_json_is_one_document_in_either_language(learner, command):
    english = learner.types(command, "--json")
    chinese = learner.types(command, "--json", "--lang", "zh")
    assert english.code == chinese.code == 0
    assert json.loads(english.out).keys() == json.loads(chinese.out).keys()


PAGES = [
    "", "today", "plan show", "plan show --week 2", "plan export --week 1", "replan", "progress",
    "routes", "routes math-16-weeks", "skills", "skills la-svd", "labs", f"labs {SOFTMAX}",
    "labs py-metaclass", "settings", "doctor", f"start {SOFTMAX}", f"check {SOFTMAX}",
    f"hint {SOFTMAX}", "begin 1", "done 1", "skip 3", "undo", "note 1", "init --yes", "--help",
]  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_can_be_shown_in_either_language(learner, language):
    learner = replace(learner.on("2026-12-09"), language=language)
    for page in PAGES:
        said = learner.types(*page.split())
        assert said.code in (0, 1), (page, said.err)
        assert said.out.strip(), page
        assert "Said(" not in said.out, page
        assert "Bilingual(" not in said.out, page
