"""Awaiting an answer's coroutines: `await`, `async with`, `async for`, and limits on them."""

from tests.grader.levels import at_level, found, trouble

from zhixing.grader.grading import Judge

__all__ = ["at_level"]

ANSWER = """
import asyncio

turns = asyncio.Lock()
notes = []


async def add(a, b):
    await asyncio.sleep(0.001)
    return a + b


async def fails():
    raise KeyError("lost")


async def waits(seconds):
    await asyncio.sleep(seconds)
    return "done"


class Gate:
    def __init__(self):
        self.inside = 0

    async def __aenter__(self):
        await asyncio.sleep(0)
        self.inside += 1
        return self

    async def __aexit__(self, kind, error, trace):
        self.inside -= 1
        return kind is ValueError


async def count(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i


async def remember(note):
    async with turns:
        notes.append(note)
    return list(notes)


async def leave_behind(seconds, tell):
    async def later():
        await asyncio.sleep(seconds)
        tell("later")

    asyncio.ensure_future(later())


async def ask(question):
    await asyncio.sleep(0)
    return question(20) + 1


def stops_the_loop():
    asyncio.get_event_loop().stop()


async def exits():
    raise SystemExit(3)


async def closes_the_loop():
    loop = asyncio.get_running_loop()
    loop.call_soon(loop.stop)
    await asyncio.sleep(1)
"""


def test_what_a_coroutine_gives_comes_back_as_plain_data(at_level, make_lab) -> None:
    checks = """
from zhixing_checks import raises


async def check_value(answer):
    assert await answer.add([1], [2]) == [1, 2], "a // b"


async def check_exception(answer):
    with raises("KeyError", "LookupError"):
        await answer.fails()


async def check_with(answer):
    gate = answer.Gate()
    async with gate as inside:
        assert (gate.inside, inside.inside) == (1, 1), "a // b"
    async with gate:
        raise ValueError("swallowed")
    assert gate.inside == 0, "a // b"


async def check_for(answer):
    assert [i async for i in answer.count(5)] == [0, 1, 2, 3, 4], "a // b"


async def check_callback(answer):
    assert await answer.ask(lambda x: 2 * x) == 41, "a // b"
"""
    assert trouble(found(at_level, make_lab(ANSWER, checks))) == {}


def test_coroutines_of_several_calls_share_one_loop(at_level, make_lab) -> None:
    checks = """
async def check_shared(answer):
    await answer.remember("a")
    assert await answer.remember("b") == ["a", "b"], "a // b"


async def check_also_over_checks(answer):
    assert (await answer.remember("c"))[-1] == "c", "a // b"
"""
    assert trouble(found(at_level, make_lab(ANSWER, checks))) == {}


def test_a_limit_counts_where_the_coroutine_is_awaited(at_level, make_lab) -> None:
    checks = """
from zhixing_checks import raises


async def check_in_time(answer):
    assert await answer.waits.within(wall_s=20)(0.01) == "done", "a // b"


async def check_too_slow(answer):
    with raises("TooSlow"):
        await answer.waits.within(wall_s=0.2)(60)


async def check_too_slow_and_not_expected(answer):
    await answer.waits.within(wall_s=0.2)(60)


async def check_a_new_process_goes_on(answer):
    assert await answer.add(1, 2) == 3, "a // b"
"""
    results = found(at_level, make_lab(ANSWER, checks))
    assert list(trouble(results)) == ["too_slow_and_not_expected"]
    said = results["too_slow_and_not_expected"].message
    assert said is not None
    assert "0.2 s" in said.en


def test_what_one_check_leaves_running_does_not_reach_the_next(at_level, make_lab) -> None:
    checks = """
heard = []


async def check_first(answer):
    await answer.leave_behind(0.05, heard.append)


async def check_second(answer):
    await answer.waits(0.2)
    assert heard == [], "a // b"
"""
    assert trouble(found(at_level, make_lab(ANSWER, checks))) == {}


def test_an_answer_that_stops_the_loop_or_exits_harms_itself_only(at_level, make_lab) -> None:
    checks = """
from zhixing_checks import raises


async def check_exits(answer):
    with raises("SystemExit"):
        await answer.exits()


async def check_stops(answer):
    with raises("RuntimeError"):
        await answer.closes_the_loop()


async def check_after(answer):
    answer.stops_the_loop()
    try:
        await answer.add(1, 2)
    except Exception:
        pass
    assert await answer.add(1, 2) == 3, "a // b"
"""
    assert trouble(found(at_level, make_lab(ANSWER, checks))) == {}


def test_awaiting_plain_data_is_no_pass(judge: Judge, make_lab) -> None:
    checks = "async def check_value(answer):\n    assert await answer.add(1, 2) == 3, 'a // b'\n"
    lab = make_lab(ANSWER, checks)
    for given in ("a + b", "lambda: 3"):
        (result,) = found(judge, lab, f"def add(a, b):\n    return {given}\n").values()
        assert result.outcome == "fail"
        assert result.message is not None
        assert result.message.en == (
            "`add` gave nothing that can be awaited: write it with async def"
        )


def test_what_the_loop_reports_is_one_line_and_none_for_what_is_not_written(
    judge: Judge, make_lab
) -> None:
    probes = """
import asyncio


async def both(module):
    asyncio.ensure_future(module.part(0))
    asyncio.ensure_future(ours())
    await asyncio.sleep(0.05)


async def ours():
    raise ValueError("nothing of the answer")
"""
    checks = "async def check_both(answer):\n    await answer.probe.both()\n"
    text = "async def part(i):\n    raise {}\n"
    lab = make_lab(text.format("KeyError(i)"), checks, probes_source=probes)
    verdict = judge.grade(lab, text.format("NotImplementedError"), seed="s", diagnose=False)
    assert verdict.output == ""
    verdict = judge.grade(lab, lab.solution, seed="s", diagnose=False)
    assert verdict.output.splitlines() == [
        "Task exception was never retrieved: KeyError: 0 (answer.py, line 2)"
    ]


def test_what_the_isolation_refuses_is_said_to_be_refused(judge: Judge, make_lab) -> None:
    checks = "def check_f(answer):\n    answer.f()\n"
    text = "def f():\n    raise PermissionError(1, 'Operation not permitted')\n"
    (result,) = found(judge, make_lab(text, checks)).values()
    assert result.message is not None
    assert "the grader does not allow this here" in result.message.en
    assert "评分器里不许这样做" in result.message.zh


def test_awaiting_itself_is_refused_in_words(judge: Judge, make_lab) -> None:
    checks = "import asyncio\n\nasync def check_sleep(answer):\n    await asyncio.sleep(0)\n"
    (result,) = found(judge, make_lab(ANSWER, checks)).values()
    assert result.outcome == "error"
