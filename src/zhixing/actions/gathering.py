"""Which files of a folder are answers? Found by name alone: nothing is opened here.

A `.py` or `.ipynb` is an answer. A folder is somebody's who handed in answer.py, answer.ipynb,
LAB/answer.py, labs/LAB/answer.py, or one single file of those kinds; a folder that holds none of
these is a group, and its folders are looked into. What cannot be told is a row that says so. For a
lab that asks for several files, a folder that holds one of them is an answer.
"""

import os
import stat
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zhixing.actions.leads import ANSWER, NOTEBOOK
from zhixing.errors import Letter, Problem, reason_of
from zhixing.grader.text import escaped
from zhixing.words import Sayable, say

KINDS = (".py", ".ipynb")
NOT_ANSWERS = frozenset({"__pycache__", "__MACOSX", "node_modules", "venv", "labs"})
DEEPEST = 12


@dataclass(frozen=True)
class Found:
    """One answer: its path from the folder, as rows name it, and the file to read, or their folder
    where a lab asks for several; or why there is none to read."""

    answer: str
    file: Path | None = None
    trouble: Letter | None = None


@dataclass
class Gathered:
    """The answers, by path; and the files that are none by their names."""

    answers: list[Found] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


def gathered(
    folder: Path, lab: str, labs: Collection[str] = (), files: Sequence[str] = ()
) -> Gathered:
    """What was handed in for one lab, which may ask for several `files`; folders named after
    another of `labs` are passed over. Problem when the folder cannot be looked into."""
    search = _Search(_folder(folder), lab, frozenset(labs) - {lab}, tuple(files))
    search.top()
    search.found.answers.sort(key=lambda one: os.fsencode(one.answer))
    search.found.passed_over.sort(key=os.fsencode)
    return search.found


def _folder(folder: Path) -> Path:
    try:
        root = folder.resolve(strict=True)
        _entries(root)
    except OSError as trouble:
        raise Problem(
            say("there is no folder to grade: {reason}", reason=reason_of(trouble)),
            escaped(str(folder)),
            say("name the folder that holds the answers"),
        ) from trouble
    return root


class _Search:
    def __init__(
        self, root: Path, lab: str, others: Collection[str], files: tuple[str, ...]
    ) -> None:
        self.root, self.lab, self.others, self.files = root, lab, others, files
        self.found = Gathered()

    def top(self) -> None:
        """Whatever lies in the folder itself is somebody's."""
        for entry in _entries(self.root):
            if entry.name == "labs" and _is_folder(entry):
                self.one_of_many(Path(entry.path), 1)
            elif not _is_folder(entry):
                self.loose(entry)
            elif not self.skipped(entry):
                self.handed_in(Path(entry.path), 1)

    def loose(self, entry: os.DirEntry[str]) -> None:
        """A file, a link or a thing that is neither."""
        is_file = _leads_to(entry.is_file)  # through a link too
        if is_file and (self.files or not _looks_like_answer(entry.name)):
            self.found.passed_over.append(self.name(Path(entry.path)))
        else:
            self.add(Path(entry.path))

    def handed_in(self, folder: Path, depth: int) -> None:
        """The answer in somebody's folder, or those in the folders of a group."""
        try:
            entries = _entries(folder)
        except OSError as trouble:
            why = say("it cannot be looked into: {reason}", reason=reason_of(trouble))
            self.refuse(folder, why)
            return
        if self.files and (bundle := self.bundle_in(folder)):
            self.found.answers.append(Found(self.name(bundle), bundle))
            return
        mine = [Path(e.path) for e in entries if not _is_folder(e) and _looks_like_answer(e.name)]
        named = self.for_this_lab(folder, mine)
        if (named or mine) and not self.files:
            self.choose(folder, named or mine)
            return
        self.look_below(folder, entries, depth)

    def bundle_in(self, folder: Path) -> Path | None:
        """The folder that holds a file which the lab asks for; nearest first."""
        for place in (folder, folder / self.lab, folder / "labs" / self.lab):
            if not place.is_symlink() and any(os.path.lexists(place / n) for n in self.files):
                return place
        return None

    def look_below(self, folder: Path, entries: Sequence[os.DirEntry[str]], depth: int) -> None:
        """The folders of a group; one without any holds no answer."""
        below = [e for e in entries if _leads_to(e.is_dir) and not self.skipped(e)]
        if not below or depth >= DEEPEST:
            what = say("there is no .py and no .ipynb in it")
            if self.files:
                names = ", ".join(self.files)
                what = say("there is none of the files of this lab in it: {names}", names=names)
            self.refuse(folder, what)
            return
        for entry in below:
            if entry.is_symlink():
                self.add(Path(entry.path))
            else:
                self.handed_in(Path(entry.path), depth + 1)

    def one_of_many(self, labs: Path, depth: int) -> None:
        """A folder `labs`, as a home has one: only this lab's counts."""
        if self.lab_files(labs / self.lab) and not self.files:
            self.choose(labs, self.lab_files(labs / self.lab))
        else:
            self.handed_in(labs, depth)

    def for_this_lab(self, folder: Path, mine: Sequence[Path]) -> list[Path]:
        """What is named as the product names an answer; nearest first."""
        here = [file for file in mine if file.name in (ANSWER, NOTEBOOK)]
        places = (folder / self.lab, folder / "labs" / self.lab)
        return here or next((files for p in places if (files := self.lab_files(p))), [])

    def lab_files(self, folder: Path) -> list[Path]:
        if not os.path.isdir(folder) or folder.is_symlink():  # noqa: PTH112 - never raises
            return []
        return [f for name in (ANSWER, NOTEBOOK) if os.path.lexists(f := folder / name)]

    def choose(self, folder: Path, files: Sequence[Path]) -> None:
        if len(files) == 1:
            self.add(files[0])
            return
        names = ", ".join(escaped(file.name) for file in files[:6])
        self.refuse(
            folder,
            say("which one is the answer? there are {n}: {names}", n=len(files), names=names),
            say("leave one of them, or name it {answer}", answer=ANSWER),
        )

    def add(self, file: Path) -> None:
        """An answer, if it is a plain file, or a link to one in the folder."""
        try:
            mode = file.lstat().st_mode
        except OSError as trouble:
            self.refuse(file, say("it cannot be read: {reason}", reason=reason_of(trouble)))
            return
        if stat.S_ISLNK(mode):
            self.add_link(file)
        elif not stat.S_ISREG(mode):
            self.refuse(file, say("this is not a plain file: it was not opened"))
        else:
            self.found.answers.append(Found(self.name(file), file))

    def add_link(self, link: Path) -> None:
        try:
            target = link.resolve(strict=True)
            inside = target.is_relative_to(self.root) and target.is_file()
        except (OSError, RuntimeError):
            inside = False
        if inside:
            self.found.answers.append(Found(self.name(link), target))
        else:
            self.refuse(link, say("this is a link to a place that is no answer: not followed"))

    def refuse(self, path: Path, what: Sayable, step: Sayable | None = None) -> None:
        name = self.name(path)
        step = step or say("ask for it once more, and grade again")
        self.found.answers.append(Found(name, None, Letter(what, escaped(name), step)))

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def skipped(self, entry: os.DirEntry[str]) -> bool:
        """Folders that tools make, and those of other labs."""
        made = entry.name in NOT_ANSWERS or os.path.exists(Path(entry.path) / "pyvenv.cfg")  # noqa: PTH110
        return made or entry.name in self.others


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, hidden things aside, by name."""
    with os.scandir(folder) as every:
        seen = [entry for entry in every if not entry.name.startswith(".")]
    return sorted(seen, key=lambda entry: os.fsencode(entry.name))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _leads_to(kind: Callable[[], bool]) -> bool:
    """Whether an entry, or what its link leads to, is of a kind; a ring of links is of none."""
    try:
        return kind()
    except OSError:
        return False


def _looks_like_answer(name: str) -> bool:
    return name.lower().endswith(KINDS)
