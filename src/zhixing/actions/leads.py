"""Where do the links of a task lead? To an address to open, or to a command to type."""

import math
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from zhixing.actions.desk import Desk
from zhixing.records import Catalog, Lab, Link, Node, PlannedLab, Task

ANSWER = "answer.py"
ESSAY = "essay.md"
NOTEBOOK = "answer.ipynb"


@dataclass(frozen=True)
class Lead:
    """Where one link leads. `kind` is its scheme, or "web"; `built` is False for a lab that is
    only planned. `others` are addresses of the same thing, where the first is out of reach."""

    kind: str
    label: str
    url: str | None = None
    command: str | None = None
    built: bool = True
    others: tuple[str, ...] = ()


def leads(desk: Desk, said: Task | Node) -> tuple[Lead, ...]:
    """Where the links of a task, or of any line of a route, lead, in their order."""
    return tuple(_lead(desk, link) for link in said.links)


def _lead(desk: Desk, link: Link) -> Lead:
    kind, _, name = link.url.partition(":")
    if kind in ("http", "https"):
        return Lead("web", link.label, url=link.url)
    if kind == "res" and name in desk.catalog.resources:
        resource = desk.catalog.resources[name]
        title = resource.title.render(desk.language)
        label = title if link.label in (title, name) else f"{title} · {link.label}"
        return Lead(kind, label, url=resource.url, others=tuple(resource.alternatives))
    if kind == "skill":
        return Lead(kind, link.label, command=f"zhixing skills {name}")
    if kind == "brief" and name in desk.catalog.briefs:
        return Lead(kind, link.label, command=f"zhixing brief {name}")
    if kind == "reading" and name in desk.catalog.readings:
        return Lead(kind, link.label, command=f"zhixing brief {name}")
    if kind == "lab":
        command, built = lab_command(desk.catalog, name), is_built(desk.catalog, name)
        return Lead(kind, link.label, command=command, built=built)
    return Lead(kind, link.label)


def lab_command(catalog: Catalog, reference: str) -> str:
    """What to type for `lab` or `lab#part`: to start it, or to read of it what is planned."""
    lab = reference.partition("#")[0]
    return f"zhixing start {reference}" if is_built(catalog, lab) else f"zhixing labs {lab}"


def is_built(catalog: Catalog, reference: str) -> bool:
    """Whether `lab` or `lab#part` names a lab that can be run here."""
    return reference.partition("#")[0] in catalog.labs


def built_labs(catalog: Catalog, task: Task) -> tuple[str, ...]:
    """The references of a task to labs that can be run here: passing them finishes the task."""
    return tuple(name for name in task.references("lab") if is_built(catalog, name))


def planned_lab(catalog: Catalog, task: Task) -> PlannedLab | None:
    """The lab that will check this task one day; None when it can be run, or needs none."""
    names = [] if built_labs(catalog, task) else task.references("lab")
    planned = (catalog.planned.get(name.partition("#")[0]) for name in names)
    return next((lab for lab in planned if lab is not None), None)


def answer_file(desk: Desk, reference: str) -> Path:
    """Where the learner's answer to `lab` or `lab#part`, or essay, lies once it was started."""
    name = reference.partition("#")[0]
    lab = desk.catalog.labs.get(name)
    file = ESSAY if lab is not None and lab.essay is not None else ANSWER
    if lab is not None and lab.files:
        file = lab.files[0]
    return desk.settings.home / "labs" / name / file


def answer_files(file: Path, lab: Lab) -> tuple[Path, ...]:
    """All files of an answer whose first one is `file`."""
    return tuple(file.with_name(name) for name in lab.files) or (file,)


def latest_answer(desk: Desk, reference: str) -> Path:
    """What would be handed in now: the answer, or the notebook beside it if that alone is there or
    was saved later."""
    answer = answer_file(desk, reference)
    if answer.name != ANSWER:
        return answer
    notebook = answer.with_name(NOTEBOOK)
    return notebook if _saved(notebook) > _saved(answer) else answer


def free_name(file: Path) -> Path:
    """answer.1.py beside answer.py, or the first number that is free: where one is put aside."""
    names = (file.with_stem(f"{file.stem}.{n}") for n in count(1))
    return next(name for name in names if not name.exists())


def _saved(file: Path) -> float:
    """When it was saved, in seconds; minus infinity for what cannot be seen."""
    try:
        return file.stat().st_mtime
    except OSError:
        return -math.inf
