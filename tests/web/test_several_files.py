"""A lab of several files in the pages: an editor a file, saved as files, checked as one answer."""

import html
import json
import re

import pytest

from zhixing.bundles import joined, parted
from zhixing.grader.starter import cut_starter, planted, without_markers

LAB = "svc-docker-compose"
FIELD = re.compile(r'data-file="([^"]*)".*?<textarea[^>]*>(.*?)</textarea>', re.DOTALL)


@pytest.fixture
def lab(begun):
    with begun.desk() as desk:
        return desk.catalog.labs[LAB]


def fields(page: str) -> dict[str, str]:
    """The text of each editor by its file, as a browser would send it."""
    return {name: html.unescape(text).removeprefix("\n") for name, text in FIELD.findall(page)}


def stamp(page: str) -> str:
    found = re.search(r'data-stamp="([^"]*)"', page)
    assert found is not None
    return found[1]


def checked(begun, text: str, base: str) -> list[dict]:
    said = begun.http.post(
        f"/labs/{LAB}/check", json={"answer": text, "base": base}, headers={"X-Token": begun.token}
    )
    return [json.loads(line[6:]) for line in said.text.splitlines() if line.startswith("data: ")]


def test_start_wrong_hint_right_with_scripts(begun, lab) -> None:
    page = begun.read(f"/labs/{LAB}")
    assert joined(fields(page)) == cut_starter(lab.solution, lab.files)
    assert "answer.ipynb" not in page
    folder = begun.home / "labs" / LAB
    mutant = next(m for m in lab.mutants if m.slip == "floating-service")
    told = checked(begun, planted(lab, mutant), stamp(page))
    assert told[-1]["word"] == "fail"
    assert mutant.why.en in html.unescape(told[-1]["html"])
    assert "redis:latest" in (folder / "compose.yaml").read_text(encoding="utf-8")

    hint = begun.post(f"/labs/{LAB}/hint").text
    assert "services are pinned" in hint
    told = checked(begun, without_markers(lab.solution), told[0]["stamp"])
    assert told[-1]["word"] == "pass"
    assert fields(begun.read(f"/labs/{LAB}")) == parted(without_markers(lab.solution), lab.files)
    assert "=== compose.yaml ===" in begun.read(f"/labs/{LAB}/review")


def test_without_scripts_each_field_is_a_file(begun, lab) -> None:
    page = begun.read(f"/labs/{LAB}")
    solved = parted(without_markers(lab.solution), lab.files)
    sent = [text.replace("\n", "\r\n") for text in solved.values()]
    form = {"answer": sent, "base": stamp(page)}
    assert begun.post(f"/labs/{LAB}/check-form", form).status_code == 303
    for name, text in solved.items():
        assert (begun.home / "labs" / LAB / name).read_text(encoding="utf-8") == text
    assert 'data-verdict aria-live="polite"><' in begun.read(f"/labs/{LAB}")


def test_what_another_editor_saved_is_never_written_over(begun, lab) -> None:
    first = stamp(begun.read(f"/labs/{LAB}"))
    solved = without_markers(lab.solution)
    checked(begun, solved, first)
    file = begun.home / "labs" / LAB / "Dockerfile"
    file.write_text("FROM elsewhere\n", encoding="utf-8")
    said = begun.http.post(
        f"/labs/{LAB}/answer", json={"answer": solved, "base": first},
        headers={"X-Token": begun.token},
    )  # fmt: skip
    assert said.status_code == 409
    assert "FROM elsewhere" in said.json()["theirs"]
    assert file.read_text(encoding="utf-8") == "FROM elsewhere\n"
