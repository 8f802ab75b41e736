"""A small sound pack on disk, which tests bend and break."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from zhixing.catalog.reading import read_catalog
from zhixing.errors import Letter
from zhixing.records import Catalog

FILES = {
    "pack.toml": """
name = "mine"
languages = ["zh", "en"]
licence = "Apache-2.0"
""",
    "skills/math.toml": """
[counting]
title = { zh = "数数", en = "Counting" }
stars = 3
why = { zh = "一切由此开始。", en = "All begins here." }
resources = ["number-book"]

[adding]
title = { zh = "加法", en = "Adding" }
stars = 5
needs = ["counting"]
why = { zh = "到处都用。", en = "Used everywhere." }

[[adding.criteria]]
say = { zh = "能相加", en = "Can add" }
evidence = ["lab:add-two#sum", "lab:add-many#all", "quiz:sums"]
""",
    "resources/math.toml": """
[number-book]
title = { zh = "数之书", en = "The book of numbers" }
url = "https://example.org/numbers"
alternatives = ["https://example.org/mirror"]
kind = "book"
language = "en"
rating = 4
reach = { cn = "open 2026-11-01" }
note = { zh = "第一章", en = "Chapter one" }
""",
    "labs/planned.toml": """
[add-many]
title = { zh = "多个数", en = "Many numbers" }
field = "math"
kind = "program"
minutes = 90
criterion = { zh = "和正确", en = "The sum is right" }

[add-many.parts]
all = 60
fast = 30
""",
    "labs/math/add-two/lab.toml": """
title = { zh = "两数之和", en = "The sum of two" }
kind = "python"
skills = ["adding"]
helps = ["add-many"]
packages = ["python"]
budget_cpu_seconds = 1
sources = ["Euclid, Elements, book VII"]

[parts.sum]
title = { zh = "和", en = "Sum" }
minutes = 20
checks = ["order_does_not_matter", "zero_changes_nothing"]

[parts.twice]
title = { zh = "两倍", en = "Twice" }
minutes = 10
checks = ["twice_is_a_sum"]

[[mutants]]
slip = "subtracts"
find = "return a + b"
put = "return a - b"
fails = ["order_does_not_matter"]
why = { zh = "做成了减法。", en = "Subtracts." }

[[mutants]]
slip = "subtracts"
edits = [
  { find = "return a + b", put = "return b - a" },
  { find = "return add(a, a)", put = "return 0" },
]
fails = ["order_does_not_matter", "twice_is_a_sum"]

[thresholds.speed]
value = 0.5
measured = { solution = 0.9, best_mutant = 0, date = 2026-11-01 }
seeds = 3

[checks.twice_is_a_sum]
noisy = true
""",
    "labs/math/add-two/solution.py": '''def add(a, b):
    """The sum."""
    # <answer> add them
    return a + b
    # </answer>


def twice(a):
    # <answer> use add
    return add(a, a)
    # </answer>
''',
    "labs/math/add-two/checks.py": """def given_numbers(rng):
    return rng.integers(9, size=2)


def check_order_does_not_matter(answer, rng):
    a, b = 3, 4
    assert answer.add(a, b) == answer.add(b, a), f"{a} 与 {b} // {a} and {b} swapped"


def check_zero_changes_nothing(answer):
    assert answer.add(0, 5) == 5, "加零变了 // adding zero changed it"


def check_twice_is_a_sum(answer):
    assert answer.twice(2) == 4, "两倍不对 // twice is wrong"
""",
    "labs/math/add-two/alternatives/by_sum.py": "def add(a, b):\n    return sum((a, b))\n",
    "labs/math/add-two/statement.zh.md": """# 两数之和
写出 `add`。

## 提示
### order_does_not_matter
1. 试试 3+4。
2. 加法可交换。[reading:sums]
3. 用 `+`。
4. 3+4 等于 7：
   ```python
   ### 7
   1. 不是新的一条
   ```
### zero_changes_nothing
1. 一
2. 二
3. 三
4. 四
### twice_is_a_sum
1. 一
2. 二
3. 三
4. 四
""",
    "labs/math/add-two/statement.en.md": """# The sum of two
Write `add`.

## Hints
### order_does_not_matter
1. Try 3+4.
2. Adding commutes. [reading:sums]
3. Use `+`.
4. 3+4 is 7.
### zero_changes_nothing
1. a
2. b
3. c
4. d
### twice_is_a_sum
1. a
2. b
3. c
4. d
""",
    "readings/math/sums.zh.md": "---\nlicence: CC0\n---\n# 和\n文字。\n",
    "readings/math/sums.en.md": "---\nlicence: CC0\n---\n# Sums\nWords.\n",
    "routes/first-steps.zh.md": """---
id: first-steps
---
# 第一步
### Day 1
- [ ] 学习：[加法](skill:adding) (20 min) · [书](res:number-book)
- [ ] 实验：[和](lab:add-two#sum) (20 min)
- ✅ 多个数 (lab:add-many#fast)
""",
    "routes/first-steps.en.md": """---
id: first-steps
---
# First steps
### Day 1
- [ ] Study: [adding](skill:adding) (20 min) · [book](res:number-book)
- [ ] Lab: [the sum](lab:add-two#sum) (20 min)
- ✅ many numbers (lab:add-many#fast)
""",
}

LAB = "labs/math/add-two"


@dataclass(frozen=True)
class PackOnDisk:
    folder: Path

    def write(self, path: str, content: str | bytes) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def bend(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands in the file exactly once."""
        text = (self.folder / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def read(self) -> tuple[Catalog, tuple[Letter, ...]]:
        return read_catalog([self.folder])

    def letters(self) -> list[str]:
        return [letter.render("en") for letter in self.read()[1]]

    def only_letter(self) -> str:
        """The one letter that reading the pack gives."""
        letters = self.letters()
        assert len(letters) == 1, "\n".join(letters)
        return letters[0]


def write_pack(folder: Path) -> PackOnDisk:
    pack = PackOnDisk(folder)
    for path, text in FILES.items():
        pack.write(path, text)
    return pack


@pytest.fixture
def pack(tmp_path: Path) -> PackOnDisk:
    """The sound pack, in a folder of its own."""
    return write_pack(tmp_path / "mine")


@pytest.fixture
def another_pack(tmp_path: Path) -> PackOnDisk:
    """A second pack with the same content under another name."""
    other = write_pack(tmp_path / "other")
    other.bend("pack.toml", '"mine"', '"other"')
    return other
