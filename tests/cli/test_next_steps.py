"""What a page counts, what it admits it cannot check, and where it sends a learner next."""

from zhixing.cli.pages.work import of_part

SOFTMAX = "dl-softmax-ce"
RANK = "la-transform-rank"
PLANNED_DAY = "2026-12-28"


def test_a_lab_that_nobody_built_says_that_nothing_checks_it_and_when_it_is_done(learner, catalog):
    today = learner.on(PLANNED_DAY)
    for reader in (today, today.in_chinese()):
        criterion = catalog.planned["calc-jacobian"].criterion.render(reader.language)
        page = "".join(reader.types("today").out.split())
        assert "".join(criterion.split()) in page
    assert "no checks yet" in today.types("today").out
    rows = learner.types("plan", "show", "--week", "4").out.splitlines()
    [row] = [row for row in rows if "The Jacobian and five" in row]
    assert "no checks yet" in row


def test_left_out_is_not_done_and_a_word_is_not_a_pass(learner, catalog):
    learner.types("skip", "3")
    learner.types("done", "1")
    learner.answers(RANK, catalog.labs[RANK].solution)
    learner.types("check", f"{RANK}#combine")
    page = learner.types("today", "--json").data
    assert (page["finished_tasks"], page["passed_tasks"], page["skipped_tasks"]) == (2, 1, 1)
    held = learner.types("progress", "--json").data
    assert (held["tasks_done"], held["tasks_passed"], held["tasks_skipped"]) == (2, 1, 1)
    assert held["tasks"] == page["all_tasks"]
    for command in ("today", "progress"):
        said = learner.types(command).out
        assert "1 by passing a lab, 1 by your own word" in said
        assert "1 left out" in said


def test_a_done_day_names_the_next_days_first_task_by_a_command_that_works(learner, catalog):
    learner.types("skip", "3")
    learner.types("done", "1")
    learner.answers(RANK, catalog.labs[RANK].solution)
    learner.types("check", f"{RANK}#combine")
    after = learner.types("today", "--json").data["after"]
    assert after["command"] in learner.types("today").out
    assert learner.types(*after["command"].split()[1:], "--json").data["id"] == after["task"]


def test_every_id_that_a_week_prints_names_its_task(learner):
    page = learner.types("plan", "show", "--week", "2").out
    ids = [line.strip() for line in page.splitlines() if line.startswith(" " * 6) and ":" in line]
    assert len(ids) > 10
    for name in ids:
        assert learner.types("note", name, "--json").data["task"] == f"math-16-weeks/{name}"


def test_a_title_names_its_task_in_any_case(learner):
    said = learner.types("begin", "vectors AND linear combinations", "--json")
    assert said.data["id"] == "math-16-weeks/skill:la-vectors"


def test_before_init_a_hint_and_a_verdict_give_one_reason_and_point_to_init(stranger, softmax):
    stranger.answers(SOFTMAX, softmax.solution)
    verdict = stranger.types("check", SOFTMAX).out
    assert "zhixing init" in verdict
    assert "seed" not in verdict
    hint = stranger.types("hint", SOFTMAX).out
    assert "one rung further" not in hint
    assert "zhixing init" in hint


def test_doing_again_what_is_done_says_so_and_changes_nothing(learner):
    learner.types("done", "1", "--minutes", "30")
    again = learner.types("done", "1", "--minutes", "50")
    assert "done already" in again.out
    assert "zhixing undo" in again.out
    assert learner.types("progress", "--json").data["measured"] == 30


def test_a_lab_that_was_begun_and_not_laid_out_is_started_next(learner):
    learner.types("begin", "2")
    assert (
        learner.types("today", "--json").data["next"]["command"] == f"zhixing start {RANK}#combine"
    )
    learner.types("start", f"{RANK}#combine")
    assert (
        learner.types("today", "--json").data["next"]["command"] == f"zhixing check {RANK}#combine"
    )


def test_an_answer_elsewhere_stays_there_in_the_next_command(learner, tmp_path):
    file = tmp_path / "my answer.py"
    file.write_text("x = 1\n", encoding="utf-8")
    said = learner.types("check", SOFTMAX, "--file", file).out
    assert f"▸ zhixing check {SOFTMAX} --file '{file}'" in said


def test_what_progress_tells_to_type_can_be_typed(learner, catalog):
    learner.answers(RANK, catalog.labs[RANK].solution)
    learner.types("check", f"{RANK}#combine")
    commands = learner.types("progress", "--json").data["commands"]
    assert commands
    for command in commands.values():
        assert learner.types(*command.split()[1:]).code == 0, command


def test_beginning_a_part_prints_its_section_alone_and_an_old_answer_is_named(learner):
    whole = learner.types("start", SOFTMAX).out
    part = learner.types("start", f"{SOFTMAX}#gradient", "--again").out
    assert "2. Loss and gradient" in part
    assert "statement.en.md" in part
    assert "answer.1.py" in part
    for other in ("1. A softmax that", "3. A loss that"):
        assert other in whole
        assert other not in part


def test_a_section_is_not_begun_by_code_and_a_statement_without_sections_is_whole():
    text = "intro\n## one\n```\n## code\n```\n## two\nend\n## Hints"
    assert of_part(text, 0, 2) == "intro\n## one\n```\n## code\n```"
    assert of_part(text, 1, 2) == "intro\n## two\nend"
    assert of_part("all\n## of it", 0, 2) == "all\n## of it"


def test_after_a_part_comes_the_next_open_part_due_today_then_todays_page(learner, softmax):
    learner.answers(SOFTMAX, softmax.solution)
    on_its_day = learner.on("2027-01-01")
    first = on_its_day.types("check", f"{SOFTMAX}#stable").out
    assert f"▸ zhixing start {SOFTMAX}#gradient" in first
    on_its_day.types("check", f"{SOFTMAX}#gradient")
    assert "▸ zhixing today" in on_its_day.types("check", f"{SOFTMAX}#ignore").out


def test_a_reading_under_a_hint_has_its_title_once(learner, catalog):
    learner.answers(SOFTMAX, "")
    learner.types("check", SOFTMAX)
    pages = [learner.types("hint", SOFTMAX).out for _ in range(4)]
    titles = [reading.title.en for reading in catalog.readings.values()]
    times = [page.count(title) for page in pages for title in titles if title in page]
    assert times
    assert set(times) == {1}
