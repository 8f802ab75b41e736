"""Code that nobody judges: what it printed, where it stopped, the pictures it left open."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from zhixing.errors import Problem
from zhixing.grader import environments, isolation
from zhixing.grader.checking import split_message
from zhixing.grader.grading import Judge
from zhixing.grader.pictures import BYTES, SIGNATURE, true_picture
from zhixing.records import Catalog, Lab, Limits, Ran

CELL = ("numpy", "sklearn", "matplotlib")
PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\n"


@pytest.fixture(scope="module")
def runner() -> Iterator[Judge]:
    with Judge() as judge:
        yield judge


def run(runner: Judge, source: str, **more: object) -> Ran:
    return runner.run(source, CELL, **more)  # type: ignore[arg-type]


def size_of(picture: bytes) -> tuple[int, int]:
    return struct.unpack(">2I", picture[16:24])  # type: ignore[return-value]


def test_what_it_printed_comes_back_in_order(runner: Judge) -> None:
    ran = run(runner, "import sys\nprint('一')\nprint('two', file=sys.stderr)\nprint(3, end='')\n")
    assert (ran.output, ran.trace, ran.pictures) == ("一\ntwo\n3", "", ())
    assert ran.isolation == isolation.here().level


def test_a_figure_left_open_is_a_picture_without_asking(runner: Judge) -> None:
    ran = run(runner, PLOT + "plt.show()\n")
    assert (ran.output, ran.trace) == ("", "")
    (picture,) = ran.pictures
    assert true_picture(picture) == picture
    assert min(size_of(picture)) > 300


def test_pictures_come_in_the_order_of_their_numbers_and_at_most_eight(runner: Judge) -> None:
    many = "import matplotlib.pyplot as plt\n" + "".join(
        f"plt.figure({n}, figsize=({n}, 1))\nplt.gca()\n" for n in range(11, 1, -1)
    )
    widths = [size_of(picture)[0] for picture in run(runner, many).pictures]
    assert len(widths) == 8
    assert widths == sorted(widths)


def test_a_figure_that_was_closed_is_none(runner: Judge) -> None:
    assert run(runner, PLOT + "plt.close()\n").pictures == ()


def test_the_same_cell_gives_the_same_picture_and_the_same_dice(runner: Judge) -> None:
    dice = "import random\nimport numpy as np\nprint(random.random(), np.random.rand())\n"
    first, second = (run(runner, dice + PLOT) for _ in range(2))
    assert (first.output, first.pictures) == (second.output, second.pictures)


def test_nothing_of_one_cell_is_there_in_the_next(runner: Judge) -> None:
    run(runner, PLOT + "import builtins\nbuiltins.left = 1\nplt.rcParams['lines.linewidth'] = 50\n")
    ran = run(
        runner, "import matplotlib.pyplot as plt\nprint(plt.get_fignums(), 'left' in dir())\n"
    )
    assert ran.output == "[] False\n"
    assert run(runner, "left\n").trace.endswith("NameError: name 'left' is not defined\n")


def test_a_trace_names_the_cell_and_no_file_of_ours(runner: Judge) -> None:
    ran = run(runner, "def half(x):\n    return x / 0\n\n\nprint('before')\nhalf(1)\n")
    assert ran.output == "before\n"
    assert ran.trace.count('File "cell.py", line') == 2
    assert ran.trace.endswith("ZeroDivisionError: division by zero\n")
    assert "driver" not in ran.trace


def test_what_was_drawn_before_the_mistake_is_shown(runner: Judge) -> None:
    ran = run(runner, PLOT + "1 / 0\n")
    assert len(ran.pictures) == 1
    assert "ZeroDivisionError" in ran.trace


def test_a_syntax_error_says_its_line(runner: Judge) -> None:
    assert 'File "cell.py", line 2' in run(runner, "x = 1\ny = = 2\n").trace


def test_a_formula_that_cannot_be_set_is_told_and_other_pictures_come(runner: Judge) -> None:
    ran = run(runner, PLOT + "plt.title(r'$\\frac$')\nplt.figure()\nplt.plot([1])\n")
    assert "ValueError" in ran.trace
    assert len(ran.pictures) == 1


def test_a_limit_that_passed_is_said_in_both_languages(runner: Judge) -> None:
    busy = run(runner, "print('a')\nwhile True:\n    pass\n", limits=Limits(cpu_seconds=0.5))
    assert busy.output == "a\n"
    said = split_message(busy.trace)
    assert said is not None
    assert said.en.startswith("stopped after 0.5 CPU seconds")
    assert said.zh.startswith("用完了 0.5 秒 CPU 时间")
    asleep = run(runner, "import time\ntime.sleep(60)\n", limits=Limits(wall_seconds=0.5))
    assert "stopped after 0.5 s of waiting" in asleep.trace


def test_a_cell_may_look_at_the_answer(runner: Judge) -> None:
    ran = run(
        runner,
        "import answer\nprint(answer.double(4))\n",
        answer="def double(x):\n    return 2 * x\n",
    )
    assert ran.output == "8\n"
    broken = run(runner, "import answer\n", answer="x = 1\n1 / 0\n")
    assert 'File "answer.py", line 2' in broken.trace


def test_a_picture_is_drawn_smaller_rather_than_not_at_all(runner: Judge) -> None:
    wide = "import matplotlib.pyplot as plt\nplt.figure(figsize=(80, 2))\nplt.plot([1, 2])\n"
    (picture,) = run(runner, wide).pictures
    assert size_of(picture)[0] <= 4000
    noise = (
        "import numpy as np\nimport matplotlib.pyplot as plt\nplt.figure(figsize=(16, 16))\n"
        "plt.imshow(np.random.rand(2000, 2000, 3))\n"
    )
    ran = run(runner, noise)
    assert all(len(picture) <= BYTES for picture in ran.pictures)
    assert ran.pictures or "a picture was left out" in ran.output


def test_a_text_over_one_mebibyte_is_refused(runner: Judge) -> None:
    with pytest.raises(Problem):
        run(runner, "#" * 2**20 + "\n1")


def test_grading_and_running_share_a_judge(judge: Judge, built_in: Catalog) -> None:
    lab = built_in.labs["dl-softmax-ce"]
    assert judge.grade(lab, lab.solution).passed
    assert judge.run("print(1)", ("numpy",)).output == "1\n"
    assert judge.run(PLOT, ("matplotlib",)).pictures
    assert judge.run("print(2)", ("python",)).output == "2\n"
    assert judge.grade(lab, lab.solution).passed


# --- figures of labs ------------------------------------------------------------------------------

DRAWS = """
def draw_whole(answer, plt):
    plt.plot(answer.curve(5))
"""
CURVE = "def curve(n):\n    # <answer>\n    return [x * x for x in range(n)]\n    # </answer>\n"


@pytest.fixture
def drawn(make_lab) -> Lab:  # type: ignore[no-untyped-def]
    return make_lab(CURVE, "def check_it(answer):\n    pass\n", figure_source=DRAWS)


def test_a_figure_is_drawn_with_the_answer(runner: Judge, drawn: Lab) -> None:
    wanted = runner.figure(drawn, CURVE, "whole")
    assert (wanted.trace, len(wanted.pictures)) == ("", 1)
    other = runner.figure(drawn, CURVE.replace("x * x", "-x"), "whole")
    assert other.pictures != wanted.pictures


def test_an_answer_that_raises_is_shown_by_its_own_lines(runner: Judge, drawn: Lab) -> None:
    ran = runner.figure(drawn, "def curve(n):\n    raise NotImplementedError\n", "whole")
    assert ran.pictures == ()
    assert 'File "answer.py", line 2' in ran.trace
    assert "figure.py" not in ran.trace


def test_a_part_without_a_drawing_is_a_mistake_of_ours(runner: Judge, drawn: Lab) -> None:
    with pytest.raises(ValueError, match="draws nothing"):
        runner.figure(replace(drawn, figure_source=None), CURVE, "whole")


# --- what counts as a picture ---------------------------------------------------------------------


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 2, height: int = 2, extra: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0\0\0" * 2))
    return SIGNATURE + head + extra + body + chunk(b"IEND", b"")


def test_a_picture_is_rebuilt_from_what_draws_it() -> None:
    assert true_picture(png()) == png()
    assert true_picture(png() + b"<script>alert(1)</script>") == png()
    assert true_picture(png(extra=chunk(b"tEXt", b"Comment\0<script>"))) == png()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"GIF89a",
        SIGNATURE,
        SIGNATURE + chunk(b"IEND", b""),
        png(4001, 1),
        png(1, 2**31),
        png(0, 5),
        png()[:-5],
        png().replace(b"IDAT", b"IDAX"),
        png(extra=chunk(b"IHDR", struct.pack(">2I5B", 9000, 9000, 8, 0, 0, 0, 0))),
        png(extra=struct.pack(">I4s", 2**32 - 1, b"IDAT")),
        png(extra=chunk(b"IDAT", bytes(BYTES))),
    ],
)
def test_what_is_no_picture_or_too_large_is_dropped(raw: bytes) -> None:
    assert true_picture(raw) is None


@pytest.mark.parametrize("name", ["la-vectors"])
def test_the_cell_of_a_built_in_brief_runs(name: str, runner: Judge, built_in: Catalog) -> None:
    if name not in built_in.briefs:
        pytest.skip("briefs are not read yet")
    for language in ("zh", "en"):
        ran = run(runner, built_in.briefs[name].cell.render(language))  # type: ignore[arg-type]
        assert (ran.trace, len(ran.pictures)) == ("", 1)


def test_every_figure_of_the_built_in_labs_draws_the_solution_within_a_second(
    runner: Judge, built_in: Catalog
) -> None:
    from zhixing.grader.running import drawer
    from zhixing.grader.starter import without_markers

    for lab in built_in.labs.values():
        if environments.missing(lab.packages):
            continue
        for part in (part.name for part in lab.parts if drawer(lab, part.name)):
            ran = runner.figure(lab, without_markers(lab.solution), part)
            assert (ran.output, ran.trace) == ("", ""), f"{lab.id}#{part}"
            assert ran.pictures, f"{lab.id}#{part}"
            assert ran.cpu_seconds < 1.5, f"{lab.id}#{part}"  # an honest one: 0.1 to 0.5
