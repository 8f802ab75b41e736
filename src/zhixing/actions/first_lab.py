"""The lab that `lab new` lays out: tiny, whole and sound, so that an author starts from green.

In every text «ID», «SKILL» and «NAME» stand for what the author chose.
"""

PACK = """\
name = "«NAME»"
languages = ["zh", "en"]
licence = "Apache-2.0"
"""

SKILL = """\
[«SKILL»]
title = { zh = "（这项能力的名字）", en = "(what this skill is called)" }
stars = 3
why = { zh = "（学会它有什么用）", en = "(what it is good for)" }

[[«SKILL».criteria]]
say = { zh = "（怎样算学会）", en = "(how one can tell)" }
evidence = ["lab:«ID»"]
"""

LAB = """\
title   = { zh = "减去平均数", en = "Take the mean away" }
kind    = "python"
skills  = ["«SKILL»"]
packages = ["python"]
budget_cpu_seconds = 1
sources = ["(where the idea comes from: a book and its section, a paper, a page)"]

[parts.centre]
title = { zh = "偏差之和为零", en = "Deviations that add up to zero" }
minutes = 15
checks = ["deviations_add_up_to_zero"]

[[mutants]]
slip  = "subtracts-the-first-number"
find  = "sum(numbers) / len(numbers)"
put   = "numbers[0]"
fails = ["deviations_add_up_to_zero"]
why   = { zh = "减去的是第一个数，不是平均数。", en = "Takes away the first number, not the mean." }
"""

SOLUTION = '''\
def centred(numbers):
    """The numbers less their mean: a list of floats -> a list of the same length."""
    # <answer> take away what makes the rest add up to zero
    mean = sum(numbers) / len(numbers)
    return [number - mean for number in numbers]
    # </answer>
'''

ALTERNATIVE = '''\
from statistics import fmean


def centred(numbers):
    """The same in another style: a check must not ask for one."""
    mean = fmean(numbers)
    return list(map(lambda number: number - mean, numbers))
'''

CHECKS = """\
def check_deviations_add_up_to_zero(answer, rng):
    numbers = rng.normal(loc=3.0, size=7).tolist()
    out = answer.centred(numbers)
    assert isinstance(out, list) and len(out) == 7, (
        "给 7 个数，应得到 7 个数的列表 // "
        "7 numbers go in: a list of 7 comes out"
    )
    gap = abs(sum(out))
    assert gap < 1e-9, (
        f"偏差加起来是 {gap:.2g}，不是 0：减去的是平均数吗？ // "
        f"the deviations add up to {gap:.2g}, not 0: is it the mean that was taken away?"
    )
    assert all(abs((a - b) - (numbers[0] - out[0])) < 1e-9 for a, b in zip(numbers, out)), (
        "每个数减去的应是同一个数 // "
        "take the same away from every number"
    )
"""

STATEMENT_ZH = """\
# 减去平均数

（一两句话：要做什么，为什么值得做。）很多方法都先把数据移到零点附近再开始，比如 PCA。

写出 `centred(numbers)`：每个数减去全体的平均数。

一个小例子：`[1.0, 2.0, 6.0]` 的平均数是 3，得到 `[-2.0, -1.0, 3.0]`，加起来正好是 0。

## 提示

### deviations_add_up_to_zero

1. 目标：各数与某个数之差，加起来要等于 0。把你的结果加一遍看看。
2. 想法：n 个数都减去 m，总和减少 n·m。m 取多少，总和才变成 0？
3. 下一步：先求总和，再除以个数。
4. 走一小步：`[1, 2, 6]` 的总和是 9，除以 3 得 3；第一个数变成 1 − 3 = −2。
"""

STATEMENT_EN = """\
# Take the mean away

(One or two sentences: what is to be done, and why it is worth doing.) Many methods begin by moving
the data to zero, PCA among them.

Write `centred(numbers)`: each number less the mean of all.

A tiny example: the mean of `[1.0, 2.0, 6.0]` is 3, which gives `[-2.0, -1.0, 3.0]`; they add up to
0.

## Hints

### deviations_add_up_to_zero

1. The goal: differences from one number that add up to 0. Add up yours and look.
2. The idea: taking m from each of n numbers takes n·m from their sum. Which m leaves 0?
3. The next step: add all numbers up, then divide by how many there are.
4. A small piece of it: `[1, 2, 6]` adds up to 9, a third of it is 3; the first becomes 1 − 3 = −2.
"""

FILES = {
    "lab.toml": LAB,
    "solution.py": SOLUTION,
    "checks.py": CHECKS,
    "alternatives/another_style.py": ALTERNATIVE,
    "statement.zh.md": STATEMENT_ZH,
    "statement.en.md": STATEMENT_EN,
}
