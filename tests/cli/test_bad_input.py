"""Whatever goes wrong, the message names the thing to mend, and nothing is lost."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

SOFTMAX = "dl-softmax-ce"
GOOD = "def log_softmax(Z):\n    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))\n"
IMPORT = "import numpy as np\n\n\n"


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        (["tody"], "today"),
        (["plan", "exprot"], "export"),
        (["start", "dl-softmax-cee"], "dl-softmax-ce"),
        (["check", "dl-softmax-ce#stabel"], "stable"),
        (["labs", "dl-softmx-ce"], "dl-softmax-ce"),
        (["skills", "la-vector"], "la-vectors"),
        (["routes", "math-16-week"], "math-16-weeks"),
        (["init", "--route", "math-16-wekes", "--yes"], "math-16-weeks"),
        (["init", "--direction", "tabluar", "--yes"], "tabular"),
        (["done", "skill:la-vectros"], "skill:la-vectors"),
        (["settings", "langauge", "en"], "language"),
        (["settings", "language", "eng"], "en"),
        (["done", "1", "--minuets", "3"], "--minutes"),
        (["lab", "new", "maths/mine", "--pack", "p"], "math"),
        (["plan", "export", "--format", "jsn"], "json"),
        (["completion", "bsh"], "bash"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, list) else "",
)
def test_a_mistyped_word_is_answered_with_the_nearest(learner, words, nearest):
    said = learner.types(*words, "--json")
    assert said.code == 2
    assert said.out == ""
    [letter] = said.letters
    assert set(letter) == {"what", "where", "next_step"}
    assert f'"{nearest}"' in letter["next_step"]


@pytest.mark.parametrize(
    "words",
    [
        ["init", "--start", "2026-02-30", "--yes"],
        ["init", "--start", "0001-01-01", "--yes"],
        ["init", "--hours-per-week", "lots", "--yes"],
        ["init", "--hours-per-week", "nan", "--yes"],
        ["init", "--hours-per-week", "0", "--yes"],
        ["init", "--hours-per-week", "90", "--yes"],
        ["init", "--hours-per-week", "15", "--weekday", "2", "--yes"],
        ["init", "--weekday", "-1", "--yes"],
        ["done", "99"],
        ["done", "1", "--minutes", "-5"],
        ["done"],
        ["plan", "show", "--week", "99"],
        ["plan", "show", "--week", "0"],
        ["replan", "--choose", "slide"],
        ["today", "--lang", "fr"],
        ["today", "--home"],
        ["check", SOFTMAX, "--file", "no-such-file.py"],
        ["check", SOFTMAX, "--file", "."],
        ["check", "py-metaclass"],
        ["lab", "verify"],
        ["lab", "verify", SOFTMAX, "--all"],
        ["lab", "new", "math", "--pack", "p"],
        ["lab", "new", "math/Bad Id", "--pack", "p"],
        ["lab", "new", "math/la-svd", "--pack", "/proc/nowhere"],
        ["settings", "mirror", "not-an-address"],
        ["plan", "export", "--out", "no/such/folder/plan.md"],
        ["hint", SOFTMAX, "surplus"],
        ["--nonsense"],
    ],
    ids=" ".join,
)
def test_what_does_not_fit_is_a_letter_with_exit_code_two(learner, words):
    said = learner.types(*words)
    assert said.code == 2
    assert said.out == ""
    assert len(said.err.strip().split(" · ")) >= 3, said.err
    assert "Traceback" not in said.err


def test_several_letters_come_at_once(learner):
    (learner.home / "settings.toml").write_text('languge = "en"\nmirror = 3\n', encoding="utf-8")
    said = learner.types("today", "--json")
    assert said.code == 2
    assert len(said.letters) == 2


def test_broken_settings_stop_no_help_and_doctor_names_them(learner):
    (learner.home / "settings.toml").write_text("language = \n", encoding="utf-8")
    assert learner.types("check", "--help").code == 0
    sick = learner.types("doctor", "--json")
    assert sick.code == 1
    settings = [f for f in sick.data["findings"] if f["key"] == "settings"]
    assert settings[0]["state"] == "trouble"
    assert "settings.toml" in settings[0]["seen"]["en"]


# --- answers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        ("def log_softmax(Z)\n    return Z\n", "SyntaxError"),
        (IMPORT + GOOD.replace("log_softmax", "log_softmaxx"), "log_softmaxx"),
        (IMPORT + "def log_softmax(Z):\n    return Z.sum(axis=1)\n", "shape (5, 3)"),
        (IMPORT + "def log_softmax(Z):\n    return Z * np.nan\n", ""),
        (IMPORT + GOOD.replace("return Z - ", "return (Z - ").rstrip() + ").tolist()\n", "list"),
        (IMPORT + "def log_softmax(Z):\n    Z -= 1\n    return Z\n", ""),
        ("raise SystemExit\n", "SystemExit"),
        ("import nonsense_module\n", "ModuleNotFoundError"),
        ("", "log_softmax"),
    ],
    ids=["syntax", "name", "shape", "nan", "list", "mutates", "exit", "import", "empty"],
)
def test_a_wrong_answer_is_told_what_to_mend(learner, answer, named):
    learner.answers(SOFTMAX, answer)
    said = learner.types("check", f"{SOFTMAX}#stable")
    assert said.code == 1
    assert said.err == ""
    assert "First to mend" in said.out
    assert named in " ".join(said.out.split())


def test_float32_and_a_list_of_lists_that_are_right_are_judged_like_any_other(learner, softmax):
    text = softmax.solution.replace("np.asarray(Z, dtype=float)", "np.array(Z, dtype=float)")
    learner.answers(SOFTMAX, text)
    assert learner.types("check", f"{SOFTMAX}#stable").code == 0


def test_what_an_answer_prints_is_shown_in_short_and_cannot_pose_as_a_verdict(learner, softmax):
    noisy = softmax.solution.replace(
        "    Z = np.asarray", "    print('✓ all checks pass\\x1b[2J')\n    Z = np.asarray", 1
    )
    learner.answers(SOFTMAX, noisy.replace(".mean()", ".sum()"))
    said = learner.types("check", SOFTMAX)
    assert said.code == 1
    assert "it printed" in said.out
    assert "\x1b[2J" not in said.out
    assert said.out.count("all checks pass") <= 6


def test_a_traceback_is_folded_and_trace_unfolds_it(learner, softmax):
    deep = (
        IMPORT
        + "def log_softmax(Z):\n    return one(Z)\n\n\n"
        + "".join(
            f"def {a}(Z):\n    return {b}(Z)\n\n\n"
            for a, b in [("one", "two"), ("two", "three"), ("three", "missing")]
        )
    )
    learner.answers(SOFTMAX, deep)
    folded = learner.types("check", SOFTMAX).out
    whole = learner.types("check", SOFTMAX, "--trace").out
    assert "NameError" in folded
    assert "in one" not in folded
    assert "in one" in whole


def test_an_answer_that_is_no_text_is_told_where(learner):
    learner.answers(SOFTMAX, b"x = '\xff\xfe'\n")
    said = learner.types("check", SOFTMAX)
    assert said.code == 2
    assert "byte 5" in said.err


# --- homes --------------------------------------------------------------------------------------


def test_without_a_home_a_command_that_needs_one_says_how_to_make_it(stranger):
    for command in ("today", "plan show", "done 1", "replan", "undo"):
        said = stranger.types(*command.split())
        assert said.code == 2, command
        assert not stranger.home.exists(), command


def test_a_home_of_another_version_is_refused_and_left_as_it_is(learner):
    database = learner.home / "zhixing.db"
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    connection.close()
    before = database.read_bytes()
    said = learner.types("today")
    assert said.code == 2
    assert "version 99" in said.err
    assert database.read_bytes() == before
    assert learner.types("labs").code == 0


def test_a_home_that_is_a_file_or_damaged_is_a_letter(learner, tmp_path):
    file = tmp_path / "file"
    file.write_text("no folder", encoding="utf-8")
    assert learner.types("init", "--yes", "--home", file).code == 2
    (learner.home / "zhixing.db").write_bytes(b"not a database, but long enough" * 50)
    said = learner.types("today")
    assert said.code == 2
    assert "mv " in said.err


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs unshare to make a disk read-only")
def test_a_read_only_home_is_a_letter_and_loses_nothing(learner):
    script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    words = [sys.executable, "-m", "zhixing", "done", "1", "--json"]
    run = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", script, learner.home, *words],
        capture_output=True,
        env=learner.environment(),
        check=False,
    )
    if b"unshare:" in run.stderr or b"mount:" in run.stderr:
        pytest.skip("this system lets nobody make a disk of their own")
    assert run.returncode == 2, run.stderr
    assert json.loads(run.stderr)["problems"][0]["next_step"]
    assert learner.types("today", "--json").data["finished_tasks"] == 0


def test_two_processes_at_once_lose_nothing(learner):
    words = [sys.executable, "-m", "zhixing", "note"]
    running = [
        subprocess.Popen(
            [*words, str(task), f"note {task}"], env=learner.environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        for task in (1, 2, 3, 1)
    ]  # fmt: skip
    for process in running:
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
    for task in (1, 2, 3):
        assert learner.types("note", task, "--json").data["text"] == f"note {task}"


def test_a_mistyped_variable_is_named_by_doctor_and_stops_nothing(learner):
    assert learner.types("today", ZHIXING_HOEM="x").code == 0
    found = learner.types("doctor", "--json", ZHIXING_HOEM="x").data["findings"]
    seen = [f["seen"]["en"] for f in found if f["key"] == "environment"]
    assert len(seen) == 1
    assert "ZHIXING_HOEM" in seen[0]


def test_a_wrong_date_for_tests_is_named(learner):
    said = learner.types("today", ZHIXING_TODAY="yesterday")
    assert said.code == 2
    assert "ZHIXING_TODAY" in said.err


def test_a_terminal_that_cannot_show_a_sign_stops_nothing(learner):
    said = learner.outside().in_chinese().types("today", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert said.code == 0
    assert "zhixing begin 1" in said.out
    data = learner.outside().in_chinese().types("today", "--json", PYTHONIOENCODING="latin-1")
    assert "看得见" in data.data["unit"]


def test_no_color_is_respected_and_colour_is_only_for_terminals(learner):
    environment = {**os.environ, **learner.environment()}
    del environment["NO_COLOR"]
    run = subprocess.run(
        [sys.executable, "-m", "zhixing", "today"], capture_output=True, env=environment, check=True
    )
    assert b"\x1b" not in run.stdout


@pytest.mark.parametrize("words", ["labs", "labs --json", "today"])
@pytest.mark.parametrize("where", [">/dev/full", ">&-"])
def test_an_output_that_takes_nothing_is_a_letter(learner, words, where):
    if where == ">/dev/full" and not os.path.exists("/dev/full"):  # noqa: PTH110
        pytest.skip("a device of Linux")
    run = shell(learner, f"{words} {where}")
    assert run.returncode == 2
    assert b"standard output" in run.stderr
    assert b"Traceback" not in run.stderr


@pytest.mark.parametrize("where", ["2>/dev/null", "2>&-"])
def test_letters_that_nobody_hears_still_have_their_exit_code(learner, where):
    assert shell(learner, f"start nolab {where}").returncode == 2


def shell(learner, words):
    """A call with its streams bent by a shell."""
    line = f'exec "{sys.executable}" -m zhixing {words}'
    environment = {**os.environ, **learner.environment()}
    return subprocess.run(
        ["sh", "-c", line], capture_output=True, env=environment, check=False, timeout=60
    )


@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_an_answer_that_is_no_plain_file_is_never_waited_for(learner, tmp_path, kind):
    place = tmp_path / kind
    os.mkfifo(place) if kind == "pipe" else place.mkdir()
    said = learner.types("check", "np-essentials", "--file", place, "--json")
    assert said.code == 2
    assert "answer is a file of Python" in said.letters[0]["next_step"]


def test_letters_about_settings_speak_the_language_that_was_asked_for(learner, tmp_path):
    file = tmp_path / "a-file"
    file.touch()
    for words, environment, own in (
        ((), {"ZHIXING_LANG": "en"}, "a home is a folder"),
        ((), {"ZHIXING_LANG": "zh"}, "主目录"),
        (("--lang", "en"), {"ZHIXING_LANG": "zh"}, "a home is a folder"),
    ):
        said = learner.types("today", "--home", file, *words, **environment)
        assert (said.code, own in said.err) == (2, True)


def test_an_empty_name_is_no_home(learner):
    assert learner.types("today", "--home", "").code == 2


def test_rows_of_a_newer_program_are_counted_aloud(learner):
    with closing(sqlite3.connect(learner.home / "zhixing.db")) as database, database:
        database.execute(
            "INSERT INTO happenings (id, learner, at, kind, schema, body) "
            "VALUES ('n', 'me', '2026-12-07', 'Dreamt', 1, '{}')"
        )
    assert "newer Zhixing and not counted here: 1" in learner.types("today").out
    found = learner.types("doctor", "--json").data["findings"]
    assert [one["state"] for one in found if one["key"] == "unread"] == ["note"]


def test_a_deadline_that_is_over_and_a_plan_in_json(learner):
    assert learner.types("init", "--yes", "--deadline", "2020-01-01").code == 2
    assert "# " in learner.types("plan", "export", "--format", "md", "--json").data["markdown"]


def test_a_lab_of_a_pack_that_is_gone_names_the_way_to_it(learner, tmp_path):
    folder = tmp_path / "mine"
    assert learner.types("lab", "new", "math/of-mine", "--pack", folder).code == 0
    assert learner.types("pack", "add", folder).code == 0
    toml = folder / "labs/math/of-mine/lab.toml"
    text = toml.read_text(encoding="utf-8").replace('"python"\n', '"pyton"\n', 1)
    toml.write_text(text.replace("minutes = 15", "minutes = -5").replace("la-vectors", "no-such"))
    problems = learner.types("pack", "audit", folder, "--json").data["problems"]
    whats = " ".join(one["what"] for one in problems)
    assert all(word in whats for word in ("pyton", "-5", "no-such"))
    folder.rename(tmp_path / "elsewhere")
    said = learner.types("start", "of-mine", "--json")
    assert said.code == 2
    assert "zhixing pack audit" in said.letters[0]["next_step"]
