"""The labs that `lab new --kind program` and `--kind files` lay out, as `first_lab` does."""

from collections.abc import Mapping

from zhixing.actions import first_lab, first_service

PROGRAM_LAB = first_lab.LAB.replace('kind    = "python"', 'kind    = "program"')

PROGRAM = '''\
"""Numbers as arguments; each less their mean, a line each, on standard output."""

import sys


def main(arguments: list[str]) -> int:
    """The exit code: 0, or 2 when an argument is no number."""
    # <answer> words about a mistake go to standard error
    try:
        numbers = [float(one) for one in arguments]
    except ValueError as why:
        print(why, file=sys.stderr)
        return 2
    for number in numbers:
        print(number - sum(numbers) / len(numbers))
    return 0
    # </answer>


sys.exit(main(sys.argv[1:]))
'''

PROGRAM_ALTERNATIVE = """\
import statistics
import sys

if any(not one.replace(".", "").replace("-", "").isdigit() for one in sys.argv[1:]):
    sys.exit("not a number")
numbers = list(map(float, sys.argv[1:]))
mean = statistics.fmean(numbers)
print(*(number - mean for number in numbers), sep="\\n")
"""

PROGRAM_CHECKS = """\
def check_deviations_add_up_to_zero(answer, rng):
    numbers = rng.normal(loc=3.0, size=7).round(3).tolist()
    run = answer.run(*map(str, numbers))
    assert run.code == 0, (
        f"退出码是 {run.code}，应为 0；它最后说：{run.last_words} // "
        f"exit code {run.code}, not 0; its last words: {run.last_words}"
    )
    try:
        out = [float(line) for line in run.out.split()]
    except ValueError:
        out = []
    assert len(out) == 7, (
        "给 7 个数，标准输出上应有 7 行数 // "
        "7 numbers go in: 7 lines with numbers are wanted on standard output"
    )
    assert abs(sum(out)) < 1e-6 and abs((out[1] - out[0]) - (numbers[1] - numbers[0])) < 1e-6, (
        "加起来不是 0，或者减去的不是同一个数：减去的是平均数吗？ // "
        "they do not add up to 0, or not the same was taken from each: is it the mean?"
    )
"""

FILES_LAB = """\
title   = { zh = "不以 root 运行", en = "Not run as root" }
kind    = "files"
files   = ["Dockerfile"]
skills  = ["«SKILL»"]
budget_cpu_seconds = 1
sources = ["(where the idea comes from: a book and its section, a paper, a page)"]

[parts.image]
title = { zh = "一个自己的用户", en = "A user of its own" }
minutes = 15
checks = ["not_run_as_root"]

[[mutants]]
slip  = "runs-as-root"
find  = "USER 10001\\n"
put   = ""
fails = ["not_run_as_root"]
why   = { zh = "没有 USER，容器里的进程就是 root。", en = "Without USER it all runs as root." }
"""

DOCKERFILE = """\
FROM python:3.12.8-slim-bookworm
# <answer> a user that is not root, and what to start
USER 10001
CMD ["python", "-m", "http.server"]
# </answer>
"""

DOCKERFILE_ALTERNATIVE = """\
FROM python:3.12.8-slim-bookworm
RUN useradd --system web
USER web:web
ENTRYPOINT ["python", "-m", "http.server"]
"""

FILES_CHECKS = """\
def check_not_run_as_root(answer):
    last = answer.dockerfile("Dockerfile")[-1]
    assert any(one["name"] in ("CMD", "ENTRYPOINT") for one in last["instructions"]), (
        "没有 CMD：容器不知道要启动什么 // there is no CMD: a container knows nothing to start"
    )
    users = [one["text"] for one in last["instructions"] if one["name"] == "USER"]
    user = answer.saw("Dockerfile", users[-1].split(":")[0] if users else "root")
    assert user not in ("root", "0"), (
        "容器以 root 运行：写一条 USER // the container runs as root: add a USER"
    )
"""

FILES_ZH = """\
# 不以 root 运行

（一两句话：要做什么，为什么值得做。）攻破服务的人，权限就和服务一样。

写一个 `Dockerfile`，让容器不以 root 运行。这里只读文件，不构建镜像。

## 提示

### not_run_as_root

1. 目标：最后一个 `USER` 不是 root。
2. 想法：不写 `USER`，就是 root。
3. 下一步：在启动命令之前写 `USER` 和一个数字。
4. 走一小步：`USER 10001` 不需要事先建用户。
"""

FILES_EN = """\
# Not run as root

(One or two sentences: what is to be done, and why it is worth doing.) Who breaks into a service has
the rights that the service has.

Write a `Dockerfile` whose container is not run as root. It is read here; no image is built.

## Hints

### not_run_as_root

1. The goal: the last `USER` is not root.
2. The idea: without a `USER` it is root.
3. The next step: a `USER` with a number before the command that starts.
4. A small piece of it: `USER 10001` needs no user to be made before.
"""

_SAYS_MAIN = {
    "`centred(numbers)`：每个数减去全体的平均数。": (
        "一个程序：参数是数，每行打印一个数减去全体的平均数。"
    ),
    "Write `centred(numbers)`: each number less the mean of all.": (
        "Write a program: its arguments are numbers, and it prints each less the mean of all."
    ),
}


def _of_program(statement: str) -> str:
    for old, new in _SAYS_MAIN.items():
        statement = statement.replace(old, new)
    return statement


FILES: Mapping[str, Mapping[str, str]] = {
    "python": first_lab.FILES,
    "program": {
        "lab.toml": PROGRAM_LAB,
        "solution.py": PROGRAM,
        "checks.py": PROGRAM_CHECKS,
        "alternatives/another_style.py": PROGRAM_ALTERNATIVE,
        "statement.zh.md": _of_program(first_lab.STATEMENT_ZH),
        "statement.en.md": _of_program(first_lab.STATEMENT_EN),
    },
    "service": first_service.FILES,
    "files": {
        "lab.toml": FILES_LAB,
        "solution/Dockerfile": DOCKERFILE,
        "checks.py": FILES_CHECKS,
        "alternatives/another_style/Dockerfile": DOCKERFILE_ALTERNATIVE,
        "statement.zh.md": FILES_ZH,
        "statement.en.md": FILES_EN,
    },
}
"""What a new lab of each kind holds."""
