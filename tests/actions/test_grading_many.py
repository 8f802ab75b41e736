"""A class is graded whole, in order, once each; whatever is killed meanwhile, and whoever does it.

The one who leads is a process of its own here, so that it too can be killed.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from zhixing.actions.authoring import new_lab
from zhixing.actions.desk import Desk
from zhixing.actions.grading_many import Order, prepared, refuse_weak_isolation
from zhixing.actions.ledgers import Ledger
from zhixing.errors import Problem
from zhixing.grader.processes import descendants, parents
from zhixing.settings import read_settings

LAB = "take-the-mean-away"
RIGHT = """\
def centred(numbers):
    mean = sum(numbers) / len(numbers)
    return [number - mean for number in numbers]
"""
SLIP = RIGHT.replace("sum(numbers) / len(numbers)", "numbers[0]")
SLOWLY = "import time\ntime.sleep(0.03)\n" + RIGHT
HOSTILE = [
    "import os\nos._exit(0)\n", "import os, signal\nos.kill(os.getpid(), 9)\n", "def centred(:\n",
    "", "raise SystemExit\n", "centred = 3\n", "def centred(numbers):\n    return None\n",
    "def centred(numbers):\n    return centred(numbers)\n",
]  # fmt: skip


@dataclass
class Class:
    """A folder of answers, a teacher's own pack, and calls of `zhixing grade` about them."""

    root: Path
    words: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.root / "class"

    @property
    def out(self) -> Path:
        return self.root / "results.jsonl"

    def put(self, name: str, text: str) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def call(self, *more: str, out: Path | None = None) -> list[str]:
        where = ["--out", str(out or self.out)]
        lab = ["--lab", LAB, "--pack", str(self.root / "pack"), "--allow-process", "--seed", "s"]
        words = ["grade", str(self.folder), *lab, "--jobs", "2", *where, "--lang", "en", *more]
        return [sys.executable, "-m", "zhixing", *words]

    def starts(self, *more: str, **options: object) -> subprocess.Popen[str]:
        environment = {**os.environ, "ZHIXING_HOME": str(self.root / "no-home")}
        return subprocess.Popen(
            self.call(*more), env=environment, cwd=self.root, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, **options,
        )  # fmt: skip

    def grades(self, *more: str, **options: object) -> tuple[int, str, str]:
        with self.starts(*more, **options) as process:
            out, err = process.communicate(timeout=300)
        return process.returncode, out, err

    def rows(self, out: Path | None = None) -> list[dict]:
        """The results without what differs from run to run: CPU seconds."""
        found = [json.loads(line) for line in (out or self.out).read_bytes().splitlines()]
        for row in found:
            for one in (row, *row["checks"]):
                del one["cpu_seconds"]
        return found

    def written(self) -> int:
        return self.out.read_bytes().count(b"\n") if self.out.exists() else 0


@pytest.fixture
def school(tmp_path: Path, desk: Desk) -> Class:
    pack = tmp_path / "pack"
    new_lab(desk, f"python/{LAB}", pack)
    return Class(tmp_path)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    settings = read_settings(tmp_path / "no-home", {}, {"language": "en"})
    return Desk(settings, lambda: pytest.fail("the clock is not read"), lambda: "id")


def fill(school: Class, count: int = 100) -> None:
    """Sixty right answers that take a moment, then slips, right ones and all kinds of trouble."""
    for n in range(count):
        wrong = [SLIP, *HOSTILE][n % (1 + len(HOSTILE))]
        text = SLOWLY if n < 0.6 * count else (RIGHT if n % 2 else wrong)
        school.put(f"s{n:03}.py", text)


def below(pid: int, depth: int) -> list[int]:
    """The processes so many generations below one."""
    found, above = [pid], parents()
    for _ in range(depth):
        found = [child for child, parent in above.items() if parent in found]
    return found


def deepest(pid: int) -> list[int]:
    found = [pid]
    while further := [child for child, parent in parents().items() if parent in found]:
        found = further
    return found


def test_rows_are_one_each_in_the_order_of_the_answers_with_the_keys_of_the_wire(school):
    fill(school, 30)
    code, _, err = school.grades()
    assert code == 0, err
    rows = school.rows()
    assert [row["answer"] for row in rows] == sorted(f"s{n:03}.py" for n in range(30))
    assert list(rows[0]) == [
        "answer", "lab", "part", "lab_version", "verdict", "passed", "score", "parts", "checks",
        "slips", "isolation", "seed", "versions", "advice", "cached",
    ]  # fmt: skip
    texts = {row["answer"]: (school.folder / row["answer"]).read_text() for row in rows}
    assert all(row["passed"] == (texts[row["answer"]] in (RIGHT, SLOWLY)) for row in rows)
    slips = {row["answer"] for row in rows if row["slips"]}
    assert slips == {name for name, text in texts.items() if text == SLIP}


KILLED: dict[str, Callable[[int], list[int]]] = {
    "the one who leads": lambda pid: [pid],
    "one who works": lambda pid: below(pid, 1),
    "a judge": lambda pid: below(pid, 2),
    "what a judge started": lambda pid: below(pid, 3),
    "an answer": deepest,
}


@pytest.mark.parametrize("who", KILLED)
def test_a_kill_loses_nothing_and_doubles_nothing(school, undisturbed, who):
    fill(school)
    for _ in range(20):
        process = school.starts()
        family = kill_now_and_then(school, process, KILLED[who])
        _, err = process.communicate(timeout=300)
        if process.returncode == 0:
            break
        assert process.returncode == -signal.SIGKILL, err
    assert process.returncode == 0, err
    assert school.rows() == undisturbed
    assert gone_soon(family)


def gone_soon(pids: set[int]) -> bool:
    """Whether all these processes end by themselves within a few seconds."""
    until = time.monotonic() + 10
    while pids & parents().keys() and time.monotonic() < until:
        time.sleep(0.05)
    return not pids & parents().keys()


def kill_now_and_then(school: Class, process: subprocess.Popen[str], whom) -> set[int]:
    """A kill -9 after every few rows, up to the fiftieth; who lived below it meanwhile."""
    family: set[int] = set()
    at = school.written() + 8
    while process.poll() is None and at < 50:
        if school.written() >= at:
            family |= descendants(process.pid)
            for pid in whom(process.pid)[:1]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            at = school.written() + 8
        time.sleep(0.005)
    return family


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory) -> list[dict]:
    """What the same class gets when nobody is killed."""
    root = tmp_path_factory.mktemp("quiet")
    settings = read_settings(root / "no-home", {}, {"language": "en"})
    desk = Desk(settings, lambda: pytest.fail("the clock is not read"), lambda: "id")
    new_lab(desk, f"python/{LAB}", root / "pack")
    quiet = Class(root)
    fill(quiet)
    code, _, err = quiet.grades()
    assert code == 0, err
    return quiet.rows()


def test_a_judge_that_never_lives_is_a_letter_and_the_next_run_goes_on(school):
    fill(school, 20)
    process = school.starts()
    while process.poll() is None:
        for pid in below(process.pid, 2):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2, err
    assert "the judge process" in err
    assert school.grades()[0] == 0
    assert all(row["verdict"] != "error" for row in school.rows())


def test_what_a_kill_tore_is_mended(school):
    fill(school, 30)
    assert school.grades()[0] == 0
    whole = school.rows()
    ledger = school.root / "results.jsonl.ledger"
    for file, size in ((school.out, 4000), (school.out, 3), (ledger, 5000), (ledger, 40)):
        os.truncate(file, size)
        code, _, err = school.grades()
        assert code == 0, err
        assert school.rows() == whole or file == ledger
        assert [row["answer"] for row in school.rows()] == [row["answer"] for row in whole]


def test_a_second_run_grades_only_what_is_new_or_changed(school):
    fill(school, 20)
    assert school.grades()[0] == 0
    before = {row["answer"]: row for row in school.rows()}
    cpu = school.out.read_bytes().splitlines()
    school.put("a-new-one.py", RIGHT)
    school.put("s000.py", SLIP)
    code, out, err = school.grades("--json")
    assert code == 0, err
    after = {row["answer"]: row for row in school.rows()}
    assert list(after) == ["a-new-one.py", *before]
    assert not after["s000.py"]["passed"]
    assert cpu[1:] == school.out.read_bytes().splitlines()[2:]
    assert json.loads(out)["answers"] == 21


def test_again_puts_the_results_aside_and_begins_afresh(school):
    fill(school, 6)
    assert school.grades()[0] == 0
    old = school.out.read_bytes()
    assert school.grades("--again")[0] == 0
    assert (school.root / "results.1.jsonl").read_bytes() == old
    assert len(school.rows()) == 6
    assert school.out.read_bytes() != old


def test_a_file_that_is_not_ours_is_put_aside_whole(school):
    fill(school, 3)
    school.out.write_text("my notes\nwithout an end")
    code, out, err = school.grades()
    assert code == 0, err
    assert (school.root / "results.1.jsonl").read_text() == "my notes\nwithout an end"
    assert "results.1.jsonl" in out
    assert len(school.rows()) == 3


def test_a_ledger_that_is_not_ours_is_left_as_it_is(school):
    fill(school, 3)
    ledger = school.root / "results.jsonl.ledger"
    ledger.write_text("my notes\n")
    code, _, err = school.grades()
    assert code == 2
    assert "not the ledger" in err
    assert ledger.read_text() == "my notes\n"


def test_of_two_at_once_on_the_same_results_the_second_is_told(school):
    fill(school, 10)
    first = Ledger(school.out)
    code, _, err = school.grades()
    assert code == 2
    assert "another grading" in err
    first.file.close()
    assert school.grades()[0] == 0
    assert len(school.rows()) == 10


def test_ctrl_c_ends_it_cleanly_says_how_to_go_on_and_leaves_no_process(school):
    for n in range(60):
        school.put(f"s{n:03}.py", SLOWLY.replace("0.03", "0.2"))
    with school.starts(start_new_session=True) as process:
        while school.written() < 5:
            time.sleep(0.02)
        family = descendants(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "goes on" in err
    assert "Traceback" not in err
    assert gone_soon(family)
    assert 5 <= len(school.rows()) < 60
    assert school.grades()[0] == 0
    assert [row["answer"] for row in school.rows()] == sorted(os.listdir(school.folder))  # noqa: PTH208


def test_a_full_disk_is_a_letter_tears_nothing_and_the_same_call_goes_on(school):
    fill(school, 40)

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, resource.RLIM_INFINITY))

    code, _, err = school.grades(preexec_fn=little_room)
    assert code == 2
    assert "cannot be written" in err
    assert "Traceback" not in err
    for file in (school.out, school.root / "results.jsonl.ledger"):
        assert file.read_bytes().endswith(b"\n")
    assert school.grades()[0] == 0
    assert len(school.rows()) == 40


def test_trouble_of_every_kind_is_a_row_and_never_stops_the_rest(school):
    for n, text in enumerate(HOSTILE):
        school.put(f"hostile-{n}.py", text)
    school.put("deep.ipynb", "[" * 2_000_000)
    school.put("large.py", "#" * (2**20 + 1))
    school.put("ann/one.py", RIGHT)
    school.put("ann/two.py", RIGHT)
    os.mkfifo(school.folder / "pipe.py")
    (school.folder / "passwd.py").symlink_to("/etc/passwd")
    school.put("zz-right.py", RIGHT)
    (school.folder / "zz-gbk.py").write_bytes(("# 平均数的偏差\n" + RIGHT).encode("gbk"))
    code, _, err = school.grades()
    assert code == 0, err
    rows = {row["answer"]: row for row in school.rows()}
    refused = {"ann", "deep.ipynb", "large.py", "passwd.py", "pipe.py"}
    assert {name for name, row in rows.items() if row["verdict"] == "error"} == refused
    for name in refused:
        assert set(rows[name]["problem"]) == {"what", "where", "next_step"}
        assert not rows[name]["passed"]
    assert {name for name, row in rows.items() if row["passed"]} == {"zz-right.py", "zz-gbk.py"}
    assert "GBK" in rows["zz-gbk.py"]["advice"][0]["en"]
    assert "root:" not in school.out.read_text()


def test_the_secret_of_the_seeds_is_drawn_once_and_kept(school):
    fill(school, 12)

    def seeds(*more: str) -> dict[str, str]:
        words = [word for word in school.call(*more) if word not in ("--seed", "s")]
        assert subprocess.run(words, check=False, capture_output=True).returncode == 0
        return {row["answer"]: row["seed"] for row in school.rows()}

    first = seeds()
    os.truncate(school.root / "results.jsonl.ledger", 3000)
    assert seeds() == first
    assert seeds("--again") != first
    same = {(school.folder / name).read_text(): seed for name, seed in first.items()}
    assert all(same[(school.folder / name).read_text()] == seed for name, seed in first.items())


def test_a_lab_whose_libraries_are_not_here_is_a_letter(school, desk):
    lab = desk.catalog.labs["dl-softmax-ce"]
    lacking = replace(lab, packages=("numpy", "no-such-thing"))
    vars(desk)["catalog"] = replace(desk.catalog, labs={lab.id: lacking})
    with pytest.raises(Problem) as raised:
        prepared(desk, Order(school.root, lab.id), write=lambda _: {})
    assert "no-such-thing" in str(raised.value)


def test_the_work_of_others_is_refused_below_rootless_and_ones_own_is_not():
    with pytest.raises(Problem) as raised:
        refuse_weak_isolation("process", allowed=False)
    assert "--allow-process" in str(raised.value)
    refuse_weak_isolation("process", allowed=True)
    refuse_weak_isolation("rootless", allowed=False)
    refuse_weak_isolation("full", allowed=False)
