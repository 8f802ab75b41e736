"""How long does compiling a roadmap take? CPU milliseconds a document.

    python bench/roadmap.py [FILE …]     default: the pages of the tests and a synthetic roadmap

The synthetic one has 1,500 lines, written as people write: headings, lists, tables, links. The
promise is 100 ms for it.
"""

import sys
from pathlib import Path

from measuring import Figure, seconds_of
from reporting import report

from zhixing.roadmap.compiling import compile_route
from zhixing.roadmap.decoding import decode

RUNS = 5
LINES = 1_500
PROMISED_MS = 100
PAGES = Path(__file__).parents[1] / "tests" / "roadmap" / "pages"
WEEK = """\
## Week {n}: topic {n} ⭐⭐⭐

**Goal**: understand topic {n} well enough to explain it.

- [ ] Read chapter {n} of the book (2 h)
- [x] Watch [lecture {n}](https://example.org/lectures/{n}) (45 min)
- **Practice:** solve the exercises, then compare with a friend

| Resource | Type | Language | Quality | Link |
| --- | --- | --- | --- | --- |
| Notes {n} | article | English | ⭐⭐⭐⭐ | https://example.org/notes/{n} |
| 第 {n} 讲 | 视频 | 中文 | ⭐⭐⭐⭐⭐ | [视频](https://example.org/zh/{n})，免费 |

Words between the lists, as people write them, with no task in them on day {n}.

1. Project: build something small with topic {n}
   - a first version
   - a version that works

"""


def synthetic() -> str:
    """A roadmap of 1,500 lines."""
    weeks = (WEEK.format(n=n) for n in range(1, LINES))
    lines = ["# A long roadmap", "", "> 10 h per week", ""]
    while len(lines) < LINES:
        lines += next(weeks).split("\n")[:-1]
    return "\n".join(lines[:LINES])


def milliseconds(text: str) -> tuple[float, ...]:
    """CPU time of compiling `text`, run by run."""
    return tuple(
        1000 * seconds_of(lambda: compile_route(text, route_id="bench")).cpu for _ in range(RUNS)
    )


def main(files: list[str]) -> None:
    figures = []
    for path in [Path(file) for file in files] or sorted(PAGES.glob("*.md")):
        text = decode(path.read_bytes())
        what = f"{path.name[:40]}, {len(text.splitlines()):,} lines, CPU"
        figures.append(Figure(what, "ms", milliseconds(text)))
    what = f"compiling a synthetic roadmap of {LINES:,} lines, CPU"
    figures.append(Figure(what, "ms", milliseconds(synthetic()), PROMISED_MS))
    report("roadmap", figures)


if __name__ == "__main__":
    main(sys.argv[1:])
