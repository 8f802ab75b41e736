"""A week to take along: whole, the same bytes every time, nothing given away, graded on return."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import nbformat
import pytest

from zhixing.actions import labs, planning
from zhixing.actions.desk import Desk
from zhixing.actions.handouts import as_text
from zhixing.actions.planning import Wishes
from zhixing.actions.weekpacks import week_pack
from zhixing.errors import Problem
from zhixing.export.notebooks import as_notebook
from zhixing.grader.grading import Judge
from zhixing.grader.starter import CLOSING, OPENING, cut_starter, without_markers
from zhixing.records import Brief, Essay, Lab, Question, RubricItem
from zhixing.words import Bilingual

MONDAY = date(2026, 12, 7)


@pytest.fixture
def begun(desk: Desk) -> Desk:
    planning.begin_route(desk, Wishes(hours_per_week=15, start=MONDAY))
    return desk


def files(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def given_away(lab: Lab) -> set[str]:
    """The lines that nobody may find in a pack: of the solution's answers, the checks, the slips;
    but those that a learner reads anyway, and those too short to tell."""
    secret: list[str] = [*lab.checks_source.splitlines(), *_answers(lab.solution)]
    secret += [m.why.zh for m in lab.mutants] + [m.why.en for m in lab.mutants]
    for text in (*lab.alternatives.values(), lab.data_source or "", lab.probes_source or ""):
        secret += text.splitlines()
    public = cut_starter(lab.solution) + lab.statement.zh + lab.statement.en
    seen = {line.strip() for line in public.splitlines()}
    return {line.strip() for line in secret if len(line.strip()) > 12} - seen


def _answers(solution: str) -> Iterator[str]:
    inside = False
    for line in solution.splitlines():
        if OPENING.match(line):
            inside = True
        elif CLOSING.match(line):
            inside = False
        elif inside:
            yield line


@pytest.mark.parametrize("week", [1, 2, 3, 4])
def test_a_pack_gives_nothing_away(begun: Desk, week: int) -> None:
    held = files(week_pack(begun, week).content)
    for lab in begun.catalog.labs.values():
        secret = given_away(lab)
        assert lab.essay is not None or len(secret) > 10
        for name, text in held.items():
            if name.startswith(f"labs/{lab.id}/"):
                lines = {line.strip() for line in _code_and_text(name, text)}
                assert not lines & secret, (name, lines & secret)


def _code_and_text(name: str, text: str) -> list[str]:
    if name.endswith(".ipynb"):
        return [line for cell in json.loads(text)["cells"] for line in cell["source"]]
    return text.splitlines()


def test_no_line_of_an_answer_is_in_any_pack(begun: Desk) -> None:
    """Over all labs and files, briefs too: the long lines, which no two texts share by chance."""
    held = "\n".join(
        t for week in (1, 2, 3, 4) for t in files(week_pack(begun, week).content).values()
    )
    for lab in begun.catalog.labs.values():
        secret = [s for s in given_away(lab) if len(s) > 45 and not s.startswith("# ---")]
        assert [s for s in secret if s in held] == []


def test_the_same_plan_gives_the_same_bytes_whatever_was_done(begun: Desk, clock) -> None:
    before = week_pack(begun, 1).content
    clock.forward(hours=3)
    lab = begun.catalog.labs["la-transform-rank"]
    labs.start(begun, lab.id)
    assert week_pack(begun, 1).content == before


def test_without_a_number_it_is_this_week(begun: Desk, clock) -> None:
    assert week_pack(begun).week == 1
    clock.forward(weeks=1)
    assert week_pack(begun).name == "zhixing-week-2.zip"
    clock.forward(weeks=-8)
    assert week_pack(begun).week == 1
    clock.forward(weeks=100)
    assert week_pack(begun).week == 16
    with pytest.raises(Problem, match="no week 99"):
        week_pack(begun, 99)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_pack_holds_what_its_week_needs(begun: Desk, language: str) -> None:
    desk = replace(begun, settings=replace(begun.settings, language=language))
    held = files(week_pack(desk, 1).content)
    lab = begun.catalog.labs["la-transform-rank"]
    folder = f"labs/{lab.id}"
    assert held[f"{folder}/statement.md"] == lab.statement.render(language)
    assert held[f"{folder}/answer.py"] == cut_starter(lab.solution)
    nbformat.validate(json.loads(held[f"{folder}/answer.ipynb"]))
    criteria = held[f"{folder}/criteria.md"]
    for part in lab.parts:
        assert part.title.render(language) in criteria
    for check in lab.checks:
        goal = lab.hints[check][language][0].split("[reading:")[0].split("\n")[0].strip()
        assert f"`{check}`" in criteria
        assert goal[:40] in criteria
    readme = held["README.md"]
    assert f"(labs/{lab.id}/statement.md)" in readme
    assert f"zhixing check {lab.id} --file {folder}/answer.ipynb" in readme
    for row in planning.rows(desk, 1):
        assert row.title.split("`")[0] in readme
    assert "data/README.md" in held
    links = [part.split(")")[0] for part in readme.split("](")[1:] if not part.startswith("<")]
    assert links
    assert set(links) <= set(held)


def test_a_brief_is_a_page_with_its_cell_and_folded_answers(begun: Desk) -> None:
    brief = Brief(
        id="la-vectors",
        field="math",
        title=Bilingual("向量", "Vectors"),
        text=Bilingual("看", "## What to watch\n\nArrows."),
        task=Bilingual("{cell}", "Guess first.\n\n{cell}\n\nYou see 3."),
        cell=Bilingual("print(3)\n", "print(3)\n"),
        questions=(Question(Bilingual("问", "Which?"), Bilingual("答", "That one.")),),
    )
    catalog = replace(begun.catalog, briefs={brief.id: brief})
    begun.__dict__["catalog"] = catalog
    held = files(week_pack(begun, 1).content)
    assert [name for name in held if name.startswith("briefs/")] == ["briefs/la-vectors.md"]
    page = held["briefs/la-vectors.md"]
    assert page.startswith("# Vectors\n\n## What to watch\n\nArrows.\n\n## ")
    assert "Guess first.\n\n```python\nprint(3)\n```\n\nYou see 3." in page
    assert page.index("Which?") < page.index("<details>") < page.index("That one.")
    assert "(briefs/la-vectors.md)" in held["README.md"]


def test_an_essay_comes_with_its_template_and_rubric(begun: Desk) -> None:
    essay = Essay(
        template=Bilingual("## 结论\n…\n", "## Conclusion\n…\n"),
        rubric=(RubricItem("honest", Bilingual("写清限度了吗？", "Does it name its limits?")),),
        letters={"zh": 300, "en": 180},
        numbers=4,
        cell="print(0.9)\n",
    )
    written = replace(
        begun.catalog.labs["np-essentials"], id="pca-meaning", kind="essay", essay=essay,
        statement=Bilingual("写", "Write a page.\n"), parts=(), checks=(), mutants=(), hints={},
        solution="", checks_source="",
    )  # fmt: skip
    catalog = replace(begun.catalog, labs={**begun.catalog.labs, "pca-meaning": written})
    begun.__dict__["catalog"] = catalog
    held = files(week_pack(begun, 1).content)
    folder = {name: text for name, text in held.items() if name.startswith("labs/pca-meaning/")}
    assert sorted(name.rpartition("/")[2] for name in folder) == [
        "cell.py", "essay.md", "rubric.md", "statement.md",
    ]  # fmt: skip
    assert folder["labs/pca-meaning/essay.md"] == essay.template.en
    rubric = folder["labs/pca-meaning/rubric.md"]
    assert "180" in rubric
    assert "- [ ] Does it name its limits?" in rubric
    assert "zhixing check pca-meaning --file labs/pca-meaning/essay.md" in held["README.md"]


def test_code_in_a_title_stays_code() -> None:
    assert as_text(r"[a] and `M[0] = [1]` \ b") == r"\[a\] and `M[0] = [1]` \\ b"


def test_data_that_a_lab_needs_is_named(begun: Desk) -> None:
    assert "No data is needed" in files(week_pack(begun, 1).content)["data/README.md"]
    lab = replace(begun.catalog.labs["np-essentials"], datasets=("titanic",))
    begun.__dict__["catalog"] = replace(begun.catalog, labs={**begun.catalog.labs, lab.id: lab})
    assert "- np-essentials: titanic" in files(week_pack(begun, 1).content)["data/README.md"]


def test_a_lab_that_is_only_planned_says_when_it_is_done(begun: Desk) -> None:
    planned = next(iter(begun.catalog.planned.values()))
    assert planned.id not in begun.catalog.labs
    weeks = [w.number for w in planning.weeks(begun)]
    texts = [files(week_pack(begun, week).content)["README.md"] for week in weeks]
    named = [p for p in begun.catalog.planned.values() if any(p.criterion.en in t for t in texts)]
    assert len(named) > 10


def test_what_is_written_into_the_notebooks_of_a_pack_is_graded(
    begun: Desk, judge: Judge, tmp_path: Path
) -> None:
    """The whole way round: export, unpack, solve in the notebook, hand in."""
    zipfile.ZipFile(io.BytesIO(week_pack(begun, 1).content)).extractall(tmp_path)
    notebooks = sorted(tmp_path.glob("labs/*/answer.ipynb"))
    assert len(notebooks) >= 3
    for file in notebooks:
        lab = begun.catalog.labs[file.parent.name]
        handed_out = labs.check(begun, lab.id, file=file, judge=judge)
        assert not handed_out.verdict.passed
        file.write_bytes(_with_solution(file.read_bytes(), lab))
        assert labs.check(begun, lab.id, file=file, judge=judge).verdict.passed, lab.id


def _with_solution(raw: bytes, lab: Lab) -> bytes:
    """The notebook with each of its cells of code solved, as a learner would leave it."""
    notebook = json.loads(raw)
    solution = without_markers(lab.solution)
    solved = json.loads(as_notebook("", lab.statement.en, solution, "en"))
    assert len(solved["cells"]) == len(notebook["cells"])
    for cell, right in zip(notebook["cells"], solved["cells"], strict=True):
        assert cell["cell_type"] == right["cell_type"]
        if cell["cell_type"] == "code":
            cell["source"] = right["source"]
    return json.dumps(notebook).encode()
