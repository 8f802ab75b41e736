"""A program is judged by what comes out of it: exit code, streams, files; never by its own word."""

import pytest

from zhixing.bundles import joined

PROGRAM = """
import atexit
import os
import sys
import time
from pathlib import Path

what, rest = sys.argv[1], sys.argv[2:]
if what == "echo":
    print(*rest)
    print("an error", file=sys.stderr)
elif what == "exit":
    sys.exit(int(rest[0]))
elif what == "stop":
    sys.exit("bad news")
elif what == "raise":
    raise ValueError("no")
elif what == "upper":
    print(sys.stdin.read().upper(), end="")
elif what == "write":
    Path(rest[0]).write_text("x" * int(rest[1]), encoding="utf-8")
elif what == "loop":
    while True:
        pass
elif what == "sleep":
    time.sleep(100)
elif what == "flood":
    while True:
        print("x" * 1000)
elif what == "crash":
    import ctypes

    ctypes.string_at(0)
elif what == "let-go":
    os.closerange(3, 200)
    time.sleep(0.1)
    print("still here")
    sys.exit(5)
elif what == "at-exit":
    atexit.register(print, "bye")
elif what == "forge":
    os.write(100, b"ZX" + b"\\0" * 100)
elif what == "encoding":
    Path("x").write_text("中文")
elif what == "name":
    print(__name__, sys.argv[0])
"""


@pytest.fixture
def verdict_on(make_lab, judge):
    def graded(checks: str, program: str = PROGRAM, **more):
        lab = make_lab(program, checks, kind="program", packages=("python",), **more)
        return judge.grade(lab, program, diagnose=False)

    return graded


def outcomes(verdict) -> dict[str, tuple[str, str]]:
    return {c.name: (c.outcome, c.message.en if c.message else "") for c in verdict.checks}


def test_arguments_streams_and_exit_codes_are_those_of_python(verdict_on) -> None:
    verdict = verdict_on("""
def check_codes(answer):
    run = answer.run("echo", "买牛奶", "b c")
    assert (run.code, run.out, run.err) == (0, "买牛奶 b c\\n", "an error\\n"), f"{run} // {run}"
    assert answer.run("exit", "3").code == 3, "a // b"
    run = answer.run("stop")
    assert (run.code, run.err) == (1, "bad news\\n"), f"{run} // {run}"
    run = answer.run("raise")
    assert run.code == 1 and run.last_words == "ValueError: no", f"{run} // {run}"
    assert "answer.py" in run.err and "mains.py" not in run.err, f"{run} // {run}"
    assert answer.run("at-exit").out == "bye\\n", "a // b"
    assert answer.run("name").out == "__main__ answer.py\\n", "a // b"
    assert answer.run("let-go").code == 5, "a // b"
    assert answer.run("crash").code < 0, "a // b"


def check_input(answer):
    run = answer.run("upper", stdin="中a\\n" * 40_000)
    assert run.code == 0 and len(run.out.encode()) <= 65_536 + 2, f"{len(run.out)} // b"
""")
    assert verdict.passed, outcomes(verdict)
    assert "$ answer.py echo '买牛奶' 'b c'\n买牛奶 b c\nan error\n" in verdict.output


def test_files_stay_over_the_runs_of_one_check_and_no_longer(verdict_on) -> None:
    verdict = verdict_on("""
def check_first(answer):
    answer.run("write", "笔记.txt", "5000")
    assert answer.names() == ["笔记.txt"], "a // b"
    assert answer.get("笔记.txt", 9000) == b"x" * 5000, "a // b"
    assert answer.fresh().names() == [], "a // b"


def check_second(answer):
    assert answer.names() == [], "a // b"
    answer.put("x.txt", b"y")
    assert answer.names() == ["x.txt"], "a // b"


def check_missing(answer):
    answer.get("none", 10)
""")
    assert outcomes(verdict)["first"][0] == outcomes(verdict)["second"][0] == "pass"
    assert outcomes(verdict)["missing"] == ("fail", "there is no file none")


def test_a_write_can_be_made_to_fail_half_way_and_text_not_to_be_utf8(verdict_on) -> None:
    verdict = verdict_on("""
def check_full_disk(answer):
    run = answer.run("write", "a", "50000", file_kib=8)
    assert run.code == 1 and run.last_words.startswith("OSError"), f"{run} // {run}"
    assert len(answer.get("a", 10**6)) == 8192, "a // b"
    assert answer.run("write", "a", "50000").code == 0, "a // b"


def check_locale(answer):
    assert answer.run("encoding").code == 0, "a // b"
    assert "UnicodeEncodeError" in answer.run("encoding", locale="C").err, "a // b"
""")
    assert verdict.passed, outcomes(verdict)


def test_loops_sleeps_floods_and_forged_words_fail_their_check_alone(verdict_on) -> None:
    verdict = verdict_on("""
from zhixing_checks import raises


def check_limits(answer):
    with raises("TooSlow"):
        answer.run("loop", cpu_s=0.1)
    with raises("TooSlow"):
        answer.run("sleep", wall_s=0.1)
    assert answer.run("echo").code == 0, "a // b"


def check_loop(answer):
    answer.run("loop")


def check_flood(answer):
    answer.run("flood")


def check_forged(answer):
    answer.run("forge")


def check_after(answer):
    assert answer.run("echo", "x").out == "x\\n", "a // b"
""")
    found = outcomes(verdict)
    assert found["limits"][0] == found["after"][0] == "pass", found
    assert {found[name][0] for name in ("loop", "flood", "forged")} == {"error"}, found
    assert "far too much" in found["flood"][1]


def test_other_files_of_a_program_can_be_imported(make_lab, judge) -> None:
    files = ("main.py", "words.py")
    answer = joined(
        {"main.py": "import words\n\nprint(words.HELLO)\n", "words.py": "HELLO = '你好'\n"}
    )
    checks = """
def check_hello(answer):
    assert answer.run().out == "你好\\n", "a // b"
    assert answer.names() == [], "a // b"
"""
    lab = make_lab(answer, checks, kind="program", packages=("python",), files=files)
    assert judge.grade(lab, answer, diagnose=False).passed
    python = make_lab(
        joined({"main.py": "from words import HELLO\n", "words.py": "HELLO = 7\n"}),
        "def check_seven(answer):\n    assert answer.HELLO == 7, 'a // b'\n",
        packages=("python",),
        files=files,
    )
    assert judge.grade(python, python.solution, diagnose=False).passed


def test_a_slip_of_a_program_is_named_and_the_wording_of_errors_is_free(make_lab, judge) -> None:
    solution = "import sys\n\nif not sys.argv[1:]:\n    sys.exit('nothing given')\nprint(1)\n"
    checks = """
def check_refuses(answer):
    run = answer.run(wording=False)
    assert run.code == 1 and not run.out, "a // b"
"""
    wrong = "    print('nothing')\n    sys.exit()\n"
    mutant = ("goes-on", "    sys.exit('nothing given')\n", wrong, ("refuses",))
    lab = make_lab(solution, checks, (mutant,), kind="program", packages=("python",))
    answer = (
        "import sys\nif len(sys.argv) < 2:\n    print('other words')\n    raise SystemExit(0)\n"
    )
    assert [slip.id for slip in judge.grade(lab, answer).slips] == ["goes-on"]
    assert judge.grade(lab, "raise SystemExit(7)\n").slips == ()
