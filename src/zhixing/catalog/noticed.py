"""noticed.toml: where in checks.py each slip of a lab is noticed, measured and written by us.

With it a slip is named by running the few that can be it, not all. It is of use for the very code
that was measured: of an older lab it is passed over, and then all of them are tried, as without it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from zhixing.catalog.folders import LabFiles
from zhixing.catalog.tables import toml_file
from zhixing.catalog.values import Unfit, seen
from zhixing.errors import Letter
from zhixing.records import Lab
from zhixing.words import Said, say

FILE: Final = "noticed.toml"
Places = Mapping[str, Sequence[str]]
"""check -> where it noticed one mutant, such as `AssertionError 31`."""

_HEAD: Final = """\
# Where in checks.py each slip of lab.toml is noticed, in its order there. Measured and written by
# `zhixing lab verify --note`; of no use once a slip or a check has changed, until written anew.
"""


def rests_on(lab: Lab) -> str:
    """16 hex digits that change when anything changes which decides where a slip is noticed."""
    edits = [[mutant.slip, *[[e.find, e.put] for e in mutant.edits]] for mutant in lab.mutants]
    beside = [lab.probes_source, lab.data_source, lab.witness_source, lab.files]
    thresholds = [[one.name, one.value] for one in lab.thresholds]
    texts = [lab.checks_source, lab.solution, *beside, edits, thresholds]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:16]


def with_places(lab: Lab, files: LabFiles, letters: list[Letter]) -> Lab:
    """The lab with what noticed.toml knows about it: nothing if that is about other code."""
    if FILE not in files.texts:
        return lab
    page = toml_file(files.place(FILE), files.texts[FILE], letters)
    if page is None:
        return lab
    of = page.need("of", _word)
    libraries = page.need("libraries", _versions)
    found = page.need("noticed", _noticed)
    page.close()
    if libraries is None or not found or of != rests_on(lab) or len(found) != len(lab.mutants):
        return lab
    pairs = zip(lab.mutants, found, strict=True)
    mutants = tuple(replace(mutant, noticed=places) for mutant, places in pairs)
    return replace(lab, mutants=mutants, noticed_with=libraries)


def noticed_text(lab: Lab, noticed: Sequence[Places], libraries: Mapping[str, str]) -> str:
    """The file: `noticed[i]` is about `lab.mutants[i]`, measured with these libraries."""
    versions = ", ".join(f"{name} = {json.dumps(v)}" for name, v in sorted(libraries.items()))
    rows = [f'of = "{rests_on(lab)}"', f"libraries = {{ {versions} }}", "noticed = ["]
    for mutant, places in zip(lab.mutants, noticed, strict=True):
        said = [json.dumps(f"{check} {place}") for check in places for place in places[check]]
        rows += [f"  [ # {mutant.slip}", *[f"    {one}," for one in said], "  ],"]
    return _HEAD + "\n".join([*rows, "]"]) + "\n"


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise _unfit(value)
    return value


def _versions(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _unfit(value)
    return {str(name): _word(version) for name, version in value.items()}


def _noticed(value: object) -> list[dict[str, tuple[str, ...]]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise _unfit(value)
    return [_places(row) for row in value]


def _places(row: list[object]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for each in row:
        check, _, place = _word(each).partition(" ")
        found[check] = (*found.get(check, ()), place)
    return found


def _unfit(value: object) -> Unfit:
    return Unfit(say("{value} does not fit", value=seen(value)), _AGAIN)


_AGAIN: Final[Said] = say("`zhixing lab verify --note` writes this file anew")
