"""Roadmaps as people also write them: timetables, underlined headings, folded blocks, columns,
numerals in words, a drawing. Each unit is written here as (kind, first, last, line); in `argued`
stands what one may read as a unit or leave."""

from pathlib import Path
from typing import Any

import pytest
from scoring import Score, score

from zhixing.roadmap.compiling import compile_route

PAGES = Path(__file__).parent / "pages"
Unit = tuple[str, int, int, int]


def stage(number: int, line: int) -> Unit:
    return ("stage", number, number, line)


UNITS: dict[str, list[Unit]] = {
    "timetable-en": [
        ("week", 1, 1, 7), ("week", 2, 2, 8), ("week", 3, 4, 9), ("week", 5, 5, 10),
        ("week", 6, 6, 11),
    ],
    "months-restart-en": [
        ("month", 1, 1, 6), ("week", 1, 1, 9), ("week", 2, 2, 12), ("week", 3, 3, 14),
        ("week", 4, 4, 16),
        ("month", 2, 2, 18), ("week", 5, 5, 21), ("week", 6, 6, 23), ("week", 7, 8, 25),
        ("month", 3, 3, 27), ("week", 9, 9, 30), ("week", 10, 12, 32),
    ],
    "numerals-zh": [
        stage(1, 5), ("week", 1, 1, 7), ("week", 2, 2, 10), ("day", 1, 1, 11), ("day", 2, 2, 12),
        ("day", 3, 4, 13), ("day", 5, 5, 14), ("week", 3, 4, 16),
        stage(2, 19), ("week", 5, 7, 21), ("week", 8, 8, 22), ("week", 9, 11, 23),
        stage(3, 26), ("week", 12, 12, 28),
    ],
    "details-en": [
        ("day", 1, 1, 8), ("day", 2, 2, 9), ("day", 3, 3, 10), ("day", 4, 4, 11),
        ("day", 5, 6, 12), ("day", 7, 7, 13), ("day", 8, 8, 20), ("day", 9, 9, 21),
        ("day", 10, 10, 22), ("day", 11, 13, 23), ("day", 14, 14, 24),
    ],
    "compact-zh": [
        ("week", 1, 2, 3), ("week", 3, 3, 6), ("week", 4, 6, 7), ("week", 7, 7, 10),
        ("week", 8, 10, 11), ("day", 1, 3, 12), ("day", 4, 4, 13), ("day", 5, 7, 14),
        ("week", 11, 11, 15), ("week", 12, 12, 16),
    ],
    "ordinals-en": [
        ("week", 1, 1, 5), ("week", 2, 2, 8), ("week", 3, 4, 11), ("week", 5, 7, 15),
    ],
    "columns-zh": [
        ("day", 1, 10, 5), ("day", 11, 20, 6), ("day", 21, 35, 7), ("day", 36, 50, 8),
        ("day", 51, 59, 9), ("day", 60, 60, 10),
    ],
    "tree-en": [
        ("week", 1, 1, 5), ("week", 2, 2, 6), ("week", 3, 4, 8), ("week", 5, 5, 9),
        ("week", 6, 8, 11), ("week", 9, 9, 12),
    ],
    "calendar-en": [("week", 1, 1, 11), ("week", 2, 2, 19), ("week", 3, 3, 27)],
    "syllabus-zh": [
        ("week", 1, 1, 15), ("week", 2, 3, 16), ("week", 4, 4, 17), ("week", 5, 7, 18),
        ("week", 8, 8, 19), ("week", 9, 10, 20),
    ],
    "modules-en": [],
    "log-zh": [
        ("day", 1, 1, 8), ("day", 2, 2, 12), ("day", 3, 3, 18), ("day", 4, 6, 21),
        ("day", 7, 7, 24),
    ],
    "both-languages": [
        ("week", 1, 1, 5), ("week", 2, 2, 9), ("week", 3, 5, 12), ("week", 6, 6, 16),
        ("week", 7, 8, 18),
    ],
    "numbered-zh": [
        stage(1, 3), ("week", 1, 1, 5), ("week", 2, 2, 8), ("day", 1, 2, 9), ("day", 3, 4, 10),
        ("day", 5, 5, 11), ("week", 3, 4, 20),
        stage(2, 23), ("week", 5, 5, 25), ("week", 6, 6, 26), ("week", 7, 7, 27), stage(3, 32),
    ],
    "book-en": [],
    "kanban-en": [
        ("week", 1, 2, 7), ("week", 3, 4, 11), ("week", 5, 5, 15), ("week", 6, 8, 17),
        ("week", 9, 10, 21), ("week", 11, 12, 24),
    ],
    "joined-words-en": [
        ("week", 1, 1, 5), ("week", 2, 2, 6), ("week", 3, 3, 7), ("week", 4, 4, 8),
        ("week", 21, 21, 9), ("day", 0, 0, 13), ("day", 1, 1, 15), ("day", 2, 2, 17),
    ],
    "counted-list-zh": [
        ("month", 1, 1, 3), ("week", 1, 1, 5), ("week", 2, 2, 6), ("week", 3, 4, 7),
        ("month", 2, 2, 9), ("week", 5, 5, 11), ("week", 6, 6, 12), ("week", 7, 8, 13),
    ],
    "dated-en": [
        ("week", 1, 1, 2), ("day", 1, 1, 4), ("day", 4, 4, 5),
        ("week", 2, 2, 8), ("day", 2, 2, 10), ("day", 6, 6, 11), ("week", 3, 3, 13),
    ],
    "copied-zh": [stage(1, 5), stage(2, 25), stage(3, 33)],
    "html-table-en": [("week", 1, 1, 7), ("week", 2, 2, 12)],
}  # fmt: skip
WEEKDAYS = ((1, 1), (2, 2), (3, 3), (4, 5), (6, 6))
ARGUED: dict[str, list[Unit]] = {
    "timetable-en": [("day", day, day, line) for line in range(7, 12) for day in (2, 4, 6)],
    "details-en": [("day", 1, 7, 6), ("day", 8, 14, 18), ("week", 1, 1, 6), ("week", 2, 2, 18),
                   stage(1, 6), stage(2, 18)],
    "ordinals-en": [("week", 8, 8, 18)],
    "columns-zh": [stage(number, line) for number, line in ((1, 5), (2, 7), (3, 9))],
    "tree-en": [stage(number, line) for number, line in ((0, 4), (1, 7), (2, 10))],
    "calendar-en": [
        ("day", first, last, top + at)
        for top in (13, 21)
        for at, (first, last) in enumerate(WEEKDAYS)
    ],
    "modules-en": [stage(number, line) for number, line in ((1, 5), (2, 13), (3, 22))],
    "log-zh": [("week", 1, 1, 5), ("week", 2, 2, 6), ("week", 1, 1, 24)],
    "book-en": [stage(0, line) for line in (3, 5, 8, 11, 13, 16, 19, 21, 22)],
}  # fmt: skip
ADDRESSES = {
    "timetable-en": [("https://seeing-theory.brown.edu/", 8)],
    "months-restart-en": [
        ("https://doc.rust-lang.org/book/", 9), ("https://docs.rust-embedded.org/discovery/", 21),
    ],
    "details-en": [("https://wiki.archlinux.org/title/File_permissions_and_attributes", 12)],
    "compact-zh": [("https://www.bilibili.com/video/BV1ys411472E", 4)],
    "ordinals-en": [("https://nginx.org/en/docs/beginners_guide.html", 9)],
    "columns-zh": [("https://www.ruankao.org.cn/", 15)],
    "calendar-en": [("https://go.dev/tour/", 13), ("https://open-meteo.com/", 25)],
    "syllabus-zh": [("https://nju-projectn.github.io/ics-pa-gitbook/", 25)],
    "log-zh": [
        ("https://www.bbc.co.uk/learningenglish/english/features/6-minute-english", 22),
    ],
    "both-languages": [("https://web.dev/learn/css", 10)],
    "book-en": [("https://example.org/drawings", 17)],
    "kanban-en": [("https://automatetheboringstuff.com/", 9)],
    "html-table-en": [("https://example.org/clay", 10)],
}  # fmt: skip
PROJECTS = {
    "months-restart-en": [16, 25, 32], "numerals-zh": [24], "details-en": [24], "compact-zh": [9],
    "ordinals-en": [12], "counted-list-zh": [12],
}  # fmt: skip
DONE = {"details-en": [8, 9], "columns-zh": [5], "joined-words-en": [5]}
NAMES = sorted(UNITS)


def key(name: str) -> dict[str, Any]:
    def told(units: list[Unit], debatable: bool) -> list[dict[str, Any]]:
        return [
            {"kind": k, "first": a, "last": b, "line": n, "title": "", "debatable": debatable}
            for k, a, b, n in units
        ]

    return {
        "skills": [],
        "projects": PROJECTS.get(name, []),
        "criteria": [],
        "milestones": [],
        "done": DONE.get(name, []),
        "unit": told(UNITS[name], False) + told(ARGUED.get(name, []), True),
        "link": [{"url": url, "line": line} for url, line in ADDRESSES.get(name, [])],
    }


def scored(name: str) -> Score:
    text = (PAGES / f"unlike-{name}.md").read_text(encoding="utf-8")
    return score(*compile_route(text, route_id="r"), key(name))


@pytest.mark.parametrize("name", NAMES)
def test_units_are_found_and_none_invented(name: str) -> None:
    units = scored(name).units
    assert units.wrong == ()
    assert units.missing == ()


@pytest.mark.parametrize("name", NAMES)
def test_addresses_are_found(name: str) -> None:
    urls = scored(name).urls
    assert (urls.wrong, urls.missing) == ((), ())


@pytest.mark.parametrize("name", sorted(DONE))
def test_what_is_ticked_is_offered_as_known(name: str) -> None:
    done = scored(name).done
    assert (done.wrong, done.missing) == ((), ())


def test_the_line_numbers_here_are_right() -> None:
    """Each unit's line speaks of a unit; the pages above were not edited behind our back."""
    assert {path.stem.removeprefix("unlike-") for path in PAGES.glob("unlike-*.md")} == set(UNITS)
    for name, units in UNITS.items():
        lines = (PAGES / f"unlike-{name}.md").read_text(encoding="utf-8").split("\n")
        for kind, first, last, line in units:
            assert lines[line - 1].strip(" |"), (name, kind, first, last, line)
