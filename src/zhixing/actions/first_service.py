"""The lab that `lab new --kind service` lays out, as `first_lab` does."""

from collections.abc import Mapping

LAB = """\
title   = { zh = "一个减去平均数的接口", en = "A service that takes the mean away" }
kind    = "service"
skills  = ["«SKILL»"]
packages = ["fastapi"]
memory_mib = 1024
budget_cpu_seconds = 3
sources = ["(where the idea comes from: a book and its section, a paper, a page)"]

[parts.centre]
title = { zh = "偏差之和为零", en = "Deviations that add up to zero" }
minutes = 30
checks = ["deviations_add_up_to_zero", "no_numbers_are_refused"]

[[mutants]]
slip  = "subtracts-the-first-number"
find  = "sum(sent.numbers) / len(sent.numbers)"
put   = "sent.numbers[0]"
fails = ["deviations_add_up_to_zero"]
why   = { zh = "减去的是第一个数，不是平均数。", en = "Takes away the first number, not the mean." }

[[mutants]]
slip  = "falls-over-an-empty-list"
find  = "Field(min_length=1)"
put   = "Field()"
fails = ["no_numbers_are_refused"]
why   = { zh = "空列表没有平均数：除以零，服务回 500。", en = "An empty list has no mean: a 500." }
"""

SOLUTION = '''\
from fastapi import FastAPI
from pydantic import BaseModel, Field


class Sent(BaseModel):
    """What comes in: at least one number."""

    numbers: list[float] = Field(min_length=1)


def create_app() -> FastAPI:
    """The application. POST /centred: {"numbers": [...]} -> the same numbers less their mean."""
    # <answer> one route; what does not fit its model is refused with 422 by itself
    app = FastAPI()

    @app.post("/centred")
    async def centred(sent: Sent) -> list[float]:
        mean = sum(sent.numbers) / len(sent.numbers)
        return [number - mean for number in sent.numbers]

    return app
    # </answer>
'''

ALTERNATIVE = """\
from statistics import fmean

from fastapi import Body, FastAPI, HTTPException

app = FastAPI()


@app.post("/centred")
async def centred(numbers: list[float] = Body(embed=True)):
    if not numbers:
        raise HTTPException(422, "no numbers")
    mean = fmean(numbers)
    return list(map(lambda number: number - mean, numbers))
"""

CHECKS = """\
def check_deviations_add_up_to_zero(answer, rng):
    numbers = rng.normal(loc=3.0, size=7).round(3).tolist()
    reply = answer.request("POST", "/centred", json={"numbers": numbers})
    assert reply.status == 200, (
        f"POST /centred 应回 200，得到 {reply.status} // "
        f"POST /centred should give 200, not {reply.status}"
    )
    out = reply.json()
    assert isinstance(out, list) and len(out) == 7, (
        "给 7 个数，应得到 7 个数的列表 // 7 numbers go in: a list of 7 comes out"
    )
    gap = abs(sum(out))
    assert gap < 1e-6, (
        f"偏差加起来是 {gap:.2g}，不是 0：减去的是平均数吗？ // "
        f"the deviations add up to {gap:.2g}, not 0: is it the mean that was taken away?"
    )
    assert all(abs((a - b) - (numbers[0] - out[0])) < 1e-6 for a, b in zip(numbers, out)), (
        "每个数减去的应是同一个数 // take the same away from every number"
    )


def check_no_numbers_are_refused(answer):
    status = answer.request("POST", "/centred", json={"numbers": []}).status
    assert status == 422, (
        f"一个数也没有，应回 422，得到 {status} // no numbers at all should give 422, not {status}"
    )
"""

STATEMENT_ZH = """\
# 一个减去平均数的接口

（一两句话：要做什么，为什么值得做。）很多方法都先把数据移到零点附近再开始；放在服务后面，别的程序也能用。

写出 `create_app()`，返回一个 FastAPI 应用，有一个接口：`POST /centred`，收 `{"numbers": [...]}`，
回每个数减去全体的平均数。一个数也没有，回 422。

一个小例子：`[1.0, 2.0, 6.0]` 的平均数是 3，回 `[-2.0, -1.0, 3.0]`，加起来正好是 0。

## 提示

### deviations_add_up_to_zero

1. 目标：各数与某个数之差，加起来要等于 0。把你的结果加一遍看看。
2. 想法：n 个数都减去 m，总和减少 n·m。m 取多少，总和才变成 0？
3. 下一步：先求总和，再除以个数；把列表直接返回，FastAPI 会写成 JSON。
4. 走一小步：`[1, 2, 6]` 的总和是 9，除以 3 得 3；第一个数变成 1 − 3 = −2。

### no_numbers_are_refused

1. 目标：送来的不合要求，由服务说出来，而不是崩溃。
2. 想法：模型里写明的要求，FastAPI 自己会检查，不合的回 422。
3. 下一步：给 `numbers` 一个最短长度。
4. 走一小步：`Field(min_length=3)` 要求至少三个。
"""

STATEMENT_EN = """\
# A service that takes the mean away

(One or two sentences: what is to be done, and why it is worth doing.) Many methods begin by moving
the data to zero; behind a service other programs can use it too.

Write `create_app()`, which returns a FastAPI application with one route: `POST /centred` takes
`{"numbers": [...]}` and gives each number less the mean of all. No numbers at all get 422.

A tiny example: the mean of `[1.0, 2.0, 6.0]` is 3, which gives `[-2.0, -1.0, 3.0]`; they add up to
0.

## Hints

### deviations_add_up_to_zero

1. The goal: differences from one number that add up to 0. Add up yours and look.
2. The idea: taking m from each of n numbers takes n·m from their sum. Which m leaves 0?
3. The next step: add all up, divide by how many there are; FastAPI makes JSON of a list.
4. A small piece of it: `[1, 2, 6]` adds up to 9, a third of it is 3; the first becomes 1 − 3 = −2.

### no_numbers_are_refused

1. The goal: what does not fit is told by the service, which does not fall over.
2. The idea: what a model asks for FastAPI checks by itself, and refuses with 422.
3. The next step: give `numbers` a least length.
4. A small piece of it: `Field(min_length=3)` asks for three at least.
"""

FILES: Mapping[str, str] = {
    "lab.toml": LAB,
    "solution.py": SOLUTION,
    "checks.py": CHECKS,
    "alternatives/another_style.py": ALTERNATIVE,
    "statement.zh.md": STATEMENT_ZH,
    "statement.en.md": STATEMENT_EN,
}
