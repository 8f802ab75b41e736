"""What a cell may try: it gets a clear end, nothing is left, and a good cell runs straight away."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from zhixing.grader.grading import Judge
from zhixing.grader.pictures import true_picture
from zhixing.records import Limits, Ran

CELL = ("numpy", "sklearn", "matplotlib")
LIMITS = Limits(cpu_seconds=2.0, wall_seconds=20.0, memory_mib=512)  # the machine may be busy
PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\n"
SAVED = PLOT + "import matplotlib.figure, struct, zlib\n"
DRIVER = """
import gc
drivers = [x for x in gc.get_objects() if type(x).__name__ == "Driver"]
driver, = drivers
true = type(driver.line).send
def send(head, buffers):
    true(driver.line, *forged(head, buffers))
driver.line.send = send
"""

ENDED = {
    "loops": ("while True:\n    pass\n", "stopped after 2 CPU seconds"),
    "loops in a try": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass\n",
        "2 CPU",
    ),
    "floods": ("while True:\n    print('x' * 100000)\n", "far too much"),
    "os._exit": ("import os\nprint('before', flush=True)\nos._exit(0)\n", "ended midway"),
    "exits": ("raise SystemExit('bye')\n", "SystemExit: bye"),
    "kills itself": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n", ""),
    "segfault": ("import ctypes\nctypes.string_at(0)\n", "ended midway"),
    "memory": ("x = []\nwhile True:\n    x.append(bytearray(10**7))\n", "MemoryError"),
    "big array": ("import numpy as np\nnp.ones((10**6, 10**6))\n", "MemoryError"),
    "recursion": ("def f():\n    return f()\n\n\nf()\n", "RecursionError"),
    "bottomless": ("import sys\nsys.setrecursionlimit(10**8)\nf = lambda x: f([x])\nf(0)\n", ""),
    "closes descriptors": ("import os\nos.closerange(0, 200)\n", "ended midway"),
    "raises StopIteration": ("raise StopIteration\n", "StopIteration"),
    "evil exception": (
        "class E(BaseException):\n    def __str__(self): raise self\n\n\nraise E\n",
        "",
    ),
    "lone surrogates": ("raise ValueError('\\ud800')\n", "ValueError: \\ud800"),
    "ten thousand figures": (PLOT + "for n in range(10**4): plt.figure()\n", "CPU"),
    "a huge figure": (
        PLOT + "plt.figure(figsize=(10**5, 10**5))\nplt.text(10**4, 0, 'x' * 10**4)\n",
        "",
    ),
    "slow drawing": (
        PLOT
        + "import matplotlib.figure as f\nf.Figure.savefig = lambda *a, **k: any(iter(int, 1))\n",
        "CPU",
    ),
    "savefig raises": (
        SAVED + "def no(*a, **k): raise OSError('no')\nmatplotlib.figure.Figure.savefig = no\n",
        "OSError",
    ),
    "wrong id": (
        "def forged(head, buffers):\n    return {**head, 'id': 1}, buffers\n" + DRIVER,
        "malformed",
    ),
    "a stop": (
        "def forged(head, buffers):\n    return {'id': head['id'], 'stop': True}, []\n" + DRIVER,
        "malformed",
    ),
    "a handle": (
        "def forged(head, buffers):\n"
        "    return {'id': head['id'], 'ok': {'t': 'h', 'h': 1, 'y': 'x'}}, []\n" + DRIVER,
        "malformed",
    ),
    "a callback": (
        "def forged(head, buffers):\n    return {'cb': 1, 'a': []}, []\n" + DRIVER,
        "malformed",
    ),
    "deep": (
        "def forged(head, buffers):\n    x = []\n    for _ in range(900): x = [x]\n"
        "    told = {'names': [x], 'message': x, 'trace': x, 'line': 0}\n"
        "    return {'id': head['id'], 'raise': told}, []\n" + DRIVER,
        "",
    ),
}

PICTURES = {
    "fake bytes": "b'<script>alert(1)</script>'",
    "signature alone": "b'\\x89PNG\\r\\n\\x1a\\n' + b'x' * 100",
    "no bytes at all": "{'t': 'x'}",
    "a number": "7",
    "too many bytes": "b'\\x89PNG\\r\\n\\x1a\\n' + bytes(3 * 2**20)",
    "a size bomb": (
        "b'\\x89PNG\\r\\n\\x1a\\n' + b''.join(struct.pack('>I4s', len(d), k) + d + "
        "struct.pack('>I', zlib.crc32(k + d)) for k, d in ((b'IHDR', struct.pack('>2I5B', 10**5, "
        "10**5, 8, 0, 0, 0, 0)), (b'IDAT', zlib.compress(bytes(10**6))), (b'IEND', b'')))"
    ),
}


@pytest.fixture(scope="module")
def folders() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def runner(folders: Path) -> Iterator[Judge]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folders))
        with Judge() as judge:
            judge.run(PLOT, CELL)
            yield judge


def tried(runner: Judge, folders: Path, source: str, limits: Limits = LIMITS) -> Ran:
    """What an attack gave; and the promises that hold after every one."""
    ran = runner.run(source, CELL, limits=limits)
    assert len(ran.output) <= 4 * 65536
    assert all(true_picture(picture) == picture for picture in ran.pictures)
    assert list(folders.glob("zhixing-*/*/*")) == []
    assert lingering() == []
    started = time.monotonic()
    good = runner.run(PLOT + "print('good')", CELL)
    assert (good.output, good.trace, len(good.pictures)) == ("good\n", "", 1)
    assert time.monotonic() - started < 5, "straight away: an honest one takes 0.1 s"
    return ran


def lingering() -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if b"zhixing-lingering-cell" in command:
                found.append(entry.name)
    return found


@pytest.mark.parametrize("name", ENDED)
def test_a_cell_that_misbehaves_gets_a_clear_end(name: str, runner: Judge, folders: Path) -> None:
    source, said = ENDED[name]
    ran = tried(runner, folders, source)
    assert ran.trace
    assert said in ran.trace


def test_a_cell_that_sleeps_is_woken_by_the_end(runner: Judge, folders: Path) -> None:
    ran = tried(runner, folders, "import time\ntime.sleep(60)\n", Limits(wall_seconds=1.5))
    assert "stopped after 1.5 s of waiting" in ran.trace


@pytest.mark.parametrize("name", PICTURES)
def test_what_is_no_picture_is_left_out_and_said_so(
    name: str, runner: Judge, folders: Path
) -> None:
    source = (
        SAVED + "import zhixing.grader.drawing as d\n"
        f"d.picture = lambda n: {PICTURES[name]} if n < 2 else None\n"
    )
    ran = tried(runner, folders, source)
    assert (ran.pictures, ran.trace) == ((), "")
    assert "a picture was left out" in ran.output


def test_pictures_without_end_are_eight(runner: Judge, folders: Path) -> None:
    source = PLOT + (
        "import zhixing.grader.drawing as d\ntrue = d.picture\nd.picture = lambda n: true(0)\n"
    )
    assert len(tried(runner, folders, source).pictures) == 8


@pytest.mark.parametrize(
    "source",
    [
        PLOT + "plt = None\n",
        PLOT + "import sys\nsys.modules['matplotlib.pyplot'] = None\n",
        PLOT + "import sys\nsys.stdout = None\nsys.stderr = 5\n",
        PLOT + "import warnings\nwarnings.formatwarning = 1 .__add__\n",
    ],
)
def test_names_that_were_replaced_do_not_matter(source: str, runner: Judge, folders: Path) -> None:
    ran = tried(runner, folders, source)
    assert (ran.trace, len(ran.pictures)) == ("", 1)


def test_exit_handlers_never_run(runner: Judge, folders: Path) -> None:
    source = "import atexit\natexit.register(print, 'ATTACK-REACHED')\nprint('end')\n"
    assert tried(runner, folders, source).output == "end\n"


def test_children_do_not_outlive_their_cell(folders: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("TMPDIR", str(folders))
    source = (
        "import os, subprocess, sys\n"
        "for _ in range(5):\n"
        "    idle = [sys.executable, '-c', 'while True: pass', 'zhixing-lingering-cell']\n"
        "    subprocess.Popen(idle, start_new_session=True)\n"
        "if os.fork() == 0:\n    os.setsid()\n    while True: pass\n"
        "print('forked')\n"
    )
    with Judge(level="process") as runner:  # above it a cell starts nothing
        assert tried(runner, folders, source).output == "forked\n"


def test_links_in_its_folder_are_not_followed(runner: Judge, folders: Path, tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine")
    tried(
        runner, folders, f"import os\nos.symlink({str(tmp_path)!r}, 'away')\nos.makedirs('a/b')\n"
    )
    assert (tmp_path / "precious.txt").read_text() == "mine"


def test_nothing_is_written_where_the_learner_keeps_settings(runner: Judge, folders: Path) -> None:
    source = (
        "import matplotlib, os\n"
        "print(matplotlib.get_cachedir() == os.environ['HOME'] == os.getcwd())\n"
    )
    assert tried(runner, folders, source).output == "True\n"
