"""CONTRIBUTING tells the truth: the lab it shows, put together from its own blocks, is sound."""

import re
from pathlib import Path

import pytest

from zhixing.catalog.reading import catalog_or_problem
from zhixing.grader.grading import Judge
from zhixing.grader.verifying import verify

PAGE = Path(__file__).parents[1] / "CONTRIBUTING.md"
STATEMENT = {
    "zh": "# 向量的长度\n\n写 `length(v)`。\n\n## 提示\n\n### scales_with_the_vector\n",
    "en": "# The length\n\nWrite `length(v)`.\n\n## Hints\n\n### scales_with_the_vector\n",
}
LAB = """\
title = { zh = "向量的长度", en = "The length of a vector" }
kind = "python"
skills = ["lengths"]
packages = ["numpy"]
budget_cpu_seconds = 1
sources = ["Strang, Introduction to Linear Algebra, section 1.2"]

[parts.length]
title = { zh = "长度", en = "Length" }
minutes = 15
checks = ["scales_with_the_vector"]
"""
SKILL = """\
[lengths]
title = { zh = "长度", en = "Lengths" }
stars = 3
needs = []
why = { zh = "相似度靠它。", en = "Similarity rests on it." }
resources = []

[[lengths.criteria]]
say = { zh = "能算", en = "Can compute it" }
evidence = ["lab:vector-length"]
"""


def blocks(language: str) -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The pack that a reader has after typing in every block of the page."""
    solution, checks = blocks("python")
    mutant = next(block for block in blocks("toml") if "[[mutants]]" in block)
    lab = tmp_path / "labs" / "math" / "vector-length"
    files = {
        tmp_path / "pack.toml": 'name = "mine"\nlanguages = ["zh", "en"]\nlicence = "MIT"\n',
        tmp_path / "skills" / "math.toml": SKILL,
        lab / "lab.toml": LAB + "\n" + mutant,
        lab / "solution.py": solution,
        lab / "checks.py": checks,
        **{
            lab / f"statement.{language}.md": text + "\n".join(f"{n}. …" for n in (1, 2, 3, 4))
            for language, text in STATEMENT.items()
        },
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_lab_of_the_page_is_sound(pack: Path, judge: Judge) -> None:
    lab = catalog_or_problem([pack]).labs["vector-length"]
    problems = [said.render("en") for said in verify(lab, judge).problems]
    assert problems == []
