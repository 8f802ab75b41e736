"""The starter is cut from the solution, or written where it is code to mend. A mutant is an edit of
the solution."""

import re
from collections.abc import Sequence

from zhixing.bundles import joined, parted
from zhixing.errors import Problem
from zhixing.records import Lab, Mutant
from zhixing.words import say

OPENING = re.compile(r"^(?P<indent>[ \t]*)# <answer>(?: (?P<todo>.*))?$")
CLOSING = re.compile(r"^[ \t]*# </answer>$")


def starter_of(lab: Lab) -> str:
    """What an answer begins with: written by the author of broken code, else cut."""
    return lab.starter or cut_starter(lab.solution, lab.files)


def cut_starter(solution: str, files: Sequence[str] = ()) -> str:
    """The solution with each `# <answer> what to do` … `# </answer>` replaced by the to-do. Of a
    bundle of `files` each is cut; where it is not Python, the to-do alone takes that place."""
    if not files:
        return _cut(solution, stop=True)
    texts = parted(solution, files)
    return joined({name: _cut(text, stop=name.endswith(".py")) for name, text in texts.items()})


def _cut(solution: str, *, stop: bool) -> str:
    kept: list[str] = []
    inside = False
    for line in solution.splitlines(keepends=True):
        bare = line.rstrip("\r\n")
        opening = OPENING.match(bare)
        if opening and not inside:
            inside = True
            indent, todo = opening["indent"], opening["todo"] or ""
            kept += [f"{indent}# TODO: {todo}\n"] if todo else []
            kept += [f"{indent}raise NotImplementedError\n"] if stop else []
        elif CLOSING.match(bare) and inside:
            inside = False
        elif not inside:
            kept.append(line)
    return "".join(kept)


def without_markers(solution: str) -> str:
    """The solution as a learner may read it after passing."""
    lines = solution.splitlines(keepends=True)
    return "".join(
        line
        for line in lines
        if not OPENING.match(line.rstrip("\r\n")) and not CLOSING.match(line.rstrip("\r\n"))
    )


def planted(lab: Lab, mutant: Mutant) -> str:
    """The solution with the mutant's edits; Problem when a `find` does not occur exactly once."""
    text = lab.solution
    for edit in mutant.edits:
        if text.count(edit.find) != 1:
            raise Problem(
                say(
                    'slip "{slip}" finds its text {n} times',
                    slip=mutant.slip,
                    n=text.count(edit.find),
                ),
                say("{lab}/lab.toml, find = {find}", lab=lab.id, find=repr(edit.find)),
                say("`find` must occur exactly once in solution.py: lengthen it"),
            )
        text = text.replace(edit.find, edit.put)
    return text
