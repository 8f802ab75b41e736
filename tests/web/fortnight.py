"""A learner's first fourteen days through the pages: every task of every day, done as it asks.

Run as a script it prints what happened each evening as a table: `python tests/web/fortnight.py`.
What a learner would write is stood in for by the lab's own solution, and by a text that quotes the
numbers which the essay's cell printed; everything else is the real thing.
"""

import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.testclient import TestClient

from zhixing.actions import days, planning
from zhixing.actions.days import Line, Today
from zhixing.actions.desk import Desk, at_desk
from zhixing.actions.planning import Wishes
from zhixing.actions.standing import standing
from zhixing.grader.starter import without_markers
from zhixing.records import Lab
from zhixing.settings import read_settings, write_setting
from zhixing.web.app import make_app
from zhixing.words import Language

ZONE = timezone(timedelta(hours=8))
FIRST = date(2026, 12, 7)
EVENING = datetime(2026, 12, 7, 19, 0, tzinfo=ZONE)


@dataclass
class Evening:
    """What one evening was: its tasks, what ran, and how it ended."""

    on: date
    tasks: list[str] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    done: int = 0
    left: int = 0


@dataclass
class Learner:
    """One learner in one home; `moment` is moved from evening to evening."""

    home: Path
    language: Language = "en"
    moment: datetime = EVENING
    pages: TestClient = field(init=False)

    def __post_init__(self) -> None:
        write_setting(self.home, "language", self.language)
        app = make_app(self.settings, lambda: self.moment, frozenset({"testserver"}))
        self.pages = TestClient(app)

    def settings(self) -> Any:
        return read_settings(self.home, {}, {})

    def desk(self) -> Desk:
        numbers = iter(range(10**9))
        stamp = time.monotonic_ns()
        return Desk(self.settings(), lambda: self.moment, lambda: f"{stamp}-{next(numbers)}")

    def today(self) -> Today:
        with at_desk(self.desk()) as desk:
            return days.today(desk)

    def page(self, address: str) -> str:
        seen = self.pages.get(address)
        assert seen.status_code == 200, f"{address}: {seen.status_code} {seen.text[-600:]}"
        return seen.text

    def send(self, address: str, fields: dict[str, str]) -> str:
        token = self.pages.app.state.token  # type: ignore[attr-defined]
        seen = self.pages.post(address, data={"token": token, **fields})
        assert seen.status_code == 200, f"{address}: {seen.status_code} {seen.text[-600:]}"
        return seen.text

    def check(self, address: str, answer: str) -> list[tuple[str, dict[str, Any]]]:
        """The events of a check, as the page hears them."""
        token = self.pages.app.state.token  # type: ignore[attr-defined]
        body = {"answer": answer, "base": None}
        seen = self.pages.post(address, json=body, headers={"X-Token": token})
        assert seen.status_code == 200, seen.text[-600:]
        blocks = (block.split("\n", 1) for block in seen.text.strip().split("\n\n"))
        return [
            (head.removeprefix("event: "), json.loads(data.removeprefix("data: ")))
            for head, data in blocks
        ]


def fortnight(learner: Learner, on_days: int = 14) -> Iterator[Evening]:
    """Fourteen evenings, one after the other."""
    with at_desk(learner.desk()) as desk:
        planning.begin_route(
            desk, Wishes(hours_per_week=15.0, start=FIRST, language=learner.language)
        )
    with learner.pages:
        for n in range(on_days):
            learner.moment = EVENING + timedelta(days=n)
            yield _evening(learner)


def _evening(learner: Learner) -> Evening:
    evening = Evening(learner.moment.date())
    learner.page("/")
    for line in learner.today().lines:
        evening.tasks.append(f"{line.task.kind} {line.task.title}")
        learner.send(f"/task/begin?id={quote(line.task.id)}", {})
        learner.moment += timedelta(minutes=line.piece.minutes)
        KINDS[line.task.kind](learner, line, evening)
    after = learner.today()
    evening.done = sum(line.state == "done" for line in after.lines)
    evening.left = sum(line.state in ("open", "running") for line in after.lines)
    for address in ("/", "/plan", "/progress", "/notes"):
        learner.page(address)
    return evening


def _with_cell(learner: Learner, line: Line, evening: Evening) -> None:
    """A task of study or writing: its page, its cell if it has one, a note, done."""
    page = learner.page(f"/task?id={quote(line.task.id)}")
    for name in line.task.references("brief"):
        _cell(learner, f"brief:{name}", _source(page), evening)
    note = {"text": f"In my own words: {line.task.title} $x^2$", "base": "", "then": "stay"}
    learner.send(f"/task/note?id={quote(line.task.id)}", note)
    learner.send(f"/task/done?id={quote(line.task.id)}", {"minutes": ""})


def _source(page: str) -> str:
    found = re.search(r'<textarea name="source"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found is not None, "the page has no cell"
    from html import unescape

    return unescape(found[1])


def _cell(learner: Learner, reference: str, source: str, evening: Evening) -> str:
    shown = learner.send("/cells/run", {"reference": reference, "source": source})
    pictures = shown.count("data:image/png")
    evening.ran.append(f"{reference} ({pictures} pictures)" if pictures else reference)
    if "output trace" in shown:
        evening.wrong.append(f"{reference} raised")
    return shown


def _lab(learner: Learner, line: Line, evening: Evening) -> None:
    """A lab: first the starter as it is (it must not pass), then an answer that does."""
    built = line.task.references("lab")
    with at_desk(learner.desk()) as desk:
        labs = {name: desk.catalog.labs.get(name.partition("#")[0]) for name in built}
    for reference, lab in labs.items():
        if lab is None:
            evening.wrong.append(f"{reference} is not built")
            learner.send(f"/task/done?id={quote(line.task.id)}", {"minutes": ""})
        else:
            _answered(learner, reference, lab, evening)


def _answered(learner: Learner, reference: str, lab: Lab, evening: Evening) -> None:
    name, _, part = reference.partition("#")
    address = f"/labs/{name}/check?part={part}"
    learner.page(f"/labs/{name}?part={part}")
    first = learner.check(address, _starter(learner, lab))
    if first[-1][1].get("word") == "pass":
        evening.wrong.append(f"{reference}: the starter passes")
    learner.send(f"/labs/{name}/hint?part={part}", {})
    events = learner.check(address, without_markers(lab.solution))
    word = events[-1][1].get("word", "?")
    evening.ran.append(f"{reference}: {sum(name == 'check' for name, _ in events)} checks, {word}")
    if word != "pass":
        evening.wrong.append(f"{reference}: {word}")
    if lab.figure_source and f"def draw_{part.replace('-', '_')}(" in lab.figure_source:
        drawn = learner.send(f"/labs/{name}/figure?part={part}", {}).count("data:image/png")
        evening.ran.append(f"{reference}: {drawn} pictures")
    learner.page(f"/labs/{name}/review?part={part}")


def _starter(learner: Learner, lab: Lab) -> str:
    from zhixing.grader.starter import cut_starter

    with at_desk(learner.desk()) as desk:
        passed = any(a.lab == lab.id and a.verdict.passed for a in standing(desk).attempts)
    return "pass\n" if passed else cut_starter(lab.solution)


def _essay(learner: Learner, line: Line, evening: Evening) -> None:
    """An essay: its cell, a text that quotes the numbers it printed, one's own review."""
    for name in line.task.references("lab"):
        with at_desk(learner.desk()) as desk:
            lab = desk.catalog.labs[name]
        assert lab.essay is not None
        page = learner.page(f"/labs/{name}")
        printed = _cell(learner, f"lab:{name}", _source(page), evening) if lab.essay.cell else ""
        fields = {f"rate-{item.id}": "yes" for item in lab.essay.rubric}
        text = _text(lab, printed, learner.language)
        page = learner.send(f"/labs/{name}/essay", {"text": text, "then": "hand-in", **fields})
        handed = "verdict passed" in page
        evening.ran.append(f"{name}: handed in" if handed else f"{name}: not complete")
        if not handed:
            evening.wrong.append(f"{name} is not complete")


def _text(lab: Lab, printed: str, language: Language) -> str:
    """The template with every gap filled: enough words, and numbers that were printed."""
    assert lab.essay is not None
    numbers = list(dict.fromkeys(re.findall(r"\d+\.\d+", printed)))[: lab.essay.numbers + 2]
    template = lab.essay.template.render(language)
    words = "这里是自己的话。" if language == "zh" else "these are words of my own here. "
    filler = words * (lab.essay.letters[language] // 5) + " " + ", ".join(numbers)
    return template.replace("…", filler)


KINDS: dict[str, Callable[[Learner, Line, Evening], None]] = {
    "study": _with_cell, "note": _with_cell, "review": _with_cell, "paper": _with_cell,
    "lab": _lab, "essay": _essay,
    "project": lambda learner, line, evening: (
        _lab if line.task.references("lab") else _with_cell
    )(learner, line, evening),
}  # fmt: skip


def main() -> None:
    language: Language = "zh" if "zh" in sys.argv else "en"
    with tempfile.TemporaryDirectory() as folder:
        for n, one in enumerate(fortnight(Learner(Path(folder) / "home", language)), 1):
            print(f"\n{n:2} {one.on:%a %Y-%m-%d}  done {one.done}, left {one.left}")
            for task in one.tasks:
                print(f"     {task}")
            for run in one.ran:
                print(f"     ▸ {run}")
            for wrong in one.wrong:
                print(f"     ! {wrong}")


if __name__ == "__main__":
    main()
