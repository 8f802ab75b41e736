"""Where do packs lie? Installed ones by their entry point, others by a folder: one door for both.

A pack's own code is never imported: of an entry point only the name of its package is used.
"""

import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zhixing.errors import Letter, Problem
from zhixing.words import Said, say

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP: Final = "zhixing.packs"


def pack_folders(settings_packs: Sequence[Path]) -> tuple[Path, ...]:
    """The folders of all packs, installed ones first, each once.

    Raises Problem for entry points that do not name an installed package plainly. Whether a
    folder holds a pack is for `read_catalog` to say.
    """
    folders: list[Path] = []
    letters: list[Letter] = []
    for point in _entry_points():
        found = _folder_of(point)
        if isinstance(found, Letter):
            letters.append(found)
        else:
            folders.append(found)
    if letters:
        raise Problem.of(letters)
    each: dict[str, Path] = {}
    for folder in (*folders, *settings_packs):
        each.setdefault(os.path.realpath(folder), folder)
    return tuple(each.values())


def _entry_points() -> "list[EntryPoint]":
    from importlib.metadata import entry_points  # imported only here: it costs start-up time

    return sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))


def _folder_of(point: "EntryPoint") -> Path | Letter:
    """The folder of a top-level package. Looking for a dotted name would import its parent."""
    if not point.value.isidentifier():
        return _unfit(
            point,
            say('"{value}" is not the name of a top-level package', value=point.value),
            say('its project file must say: {name} = "name_of_the_package"', name=point.name),
        )
    try:
        spec = find_spec(point.value)
    except (ImportError, ValueError):
        spec = None
    if spec is None:
        what = say('there is no package called "{value}"', value=point.value)
        return _unfit(point, what, say("install it again, or uninstall what names it"))
    folders = [Path(place) for place in spec.submodule_search_locations or ()]
    for folder in folders:
        if folder.is_dir():
            return folder
    what = say('"{value}" is not a folder on disk', value=point.value)
    return _unfit(point, what, say("a pack is a package with a folder: install it unzipped"))


def _unfit(point: "EntryPoint", what: Said, next_step: Said) -> Letter:
    owner = point.dist.name if point.dist else "?"
    where = say("entry point {name} of {owner}", name=f"{GROUP}:{point.name}", owner=owner)
    return Letter(what, where, next_step)
