"""Where do the links of a task lead? To an address to open, or to a command to type."""

from dataclasses import dataclass

from zhixing.actions.desk import Desk
from zhixing.records import Catalog, Link, Task


@dataclass(frozen=True)
class Lead:
    """Where one link leads. `kind` is its scheme, or "web"; `built` is False for a lab that is
    only planned."""

    kind: str
    label: str
    url: str | None = None
    command: str | None = None
    built: bool = True


def leads(desk: Desk, task: Task) -> tuple[Lead, ...]:
    """Where the links of a task lead, in their order."""
    return tuple(_lead(desk, link) for link in task.links)


def _lead(desk: Desk, link: Link) -> Lead:
    kind, _, name = link.url.partition(":")
    if kind in ("http", "https"):
        return Lead("web", link.label, url=link.url)
    if kind == "res" and name in desk.catalog.resources:
        resource = desk.catalog.resources[name]
        title = resource.title.render(desk.language)
        label = title if link.label in (title, name) else f"{title} · {link.label}"
        return Lead(kind, label, url=resource.url)
    if kind == "skill":
        return Lead(kind, link.label, command=f"zhixing skills {name}")
    if kind == "lab":
        built = is_built(desk.catalog, name)
        command = f"zhixing start {name}" if built else f"zhixing labs {name.split('#')[0]}"
        return Lead(kind, link.label, command=command, built=built)
    return Lead(kind, link.label)


def is_built(catalog: Catalog, reference: str) -> bool:
    """Whether `lab` or `lab#part` names a lab that can be run here."""
    return reference.partition("#")[0] in catalog.labs


def built_labs(catalog: Catalog, task: Task) -> tuple[str, ...]:
    """The references of a task to labs that can be run here: passing them finishes the task."""
    return tuple(name for name in task.references("lab") if is_built(catalog, name))
