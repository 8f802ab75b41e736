"""Which files of a folder are answers? Found by name alone: no file is opened here, no link
followed.

A `.py` or `.ipynb` is an answer. A folder is somebody's who handed in answer.py, answer.ipynb,
LAB/answer.py, labs/LAB/answer.py, or one single file of those kinds; a folder that holds none of
these is a group, and its folders are looked into. What cannot be told is a row that says so, and
so is a link. For a lab that asks for several files, a folder that holds one of them is an answer.
"""

import os
import stat
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zhixing.actions.beneath import Entry, Linked, entries, link_on_the_way
from zhixing.actions.leads import ANSWER, NOTEBOOK
from zhixing.errors import Letter, Problem, reason_of
from zhixing.grader.text import escaped
from zhixing.words import Sayable, say

KINDS = (".py", ".ipynb")
NOT_ANSWERS = frozenset({"__pycache__", "__MACOSX", "node_modules", "venv", "labs"})
DEEPEST = 12


@dataclass(frozen=True)
class Found:
    """One answer: its path from `root`, the folder that is graded, as rows name it. There is the
    file to read, or their folder where a lab asks for several; or `trouble` says why not."""

    answer: str
    root: Path
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
        entries(root, root)
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
        for entry in entries(self.root, self.root):
            if entry.name == "labs" and entry.is_folder:
                self.one_of_many(entry.path, 1)
            elif not entry.is_folder:
                self.loose(entry)
            elif not self.skipped(entry):
                self.handed_in(entry.path, 1)

    def loose(self, entry: Entry) -> None:
        """A file, a link or a thing that is neither."""
        if entry.is_file and (self.files or not _looks_like_answer(entry.name)):
            self.found.passed_over.append(self.name(entry.path))
        else:
            self.add(entry.path)

    def handed_in(self, folder: Path, depth: int) -> None:
        """The answer in somebody's folder, or those in the folders of a group."""
        try:
            inside = entries(self.root, folder)
        except Linked:
            self.refuse_link(folder)
            return
        except OSError as trouble:
            why = say("it cannot be looked into: {reason}", reason=reason_of(trouble))
            self.refuse(folder, why)
            return
        if self.files and (bundle := self.bundle_in(folder)):
            self.add_bundle(bundle)
            return
        mine = [e.path for e in inside if not e.is_folder and _looks_like_answer(e.name)]
        named = self.for_this_lab(folder, mine)
        if (named or mine) and not self.files:
            self.choose(folder, named or mine)
            return
        self.look_below(folder, inside, depth)

    def bundle_in(self, folder: Path) -> Path | None:
        """The folder that holds a file which the lab asks for, or a link in its place; nearest
        first."""
        for place in (folder, folder / self.lab, folder / "labs" / self.lab):
            if link := link_on_the_way(self.root, place):
                return link
            if any(os.path.lexists(place / name) for name in self.files):
                return place
        return None

    def add_bundle(self, folder: Path) -> None:
        if folder.is_symlink():
            self.refuse_link(folder)
        else:
            self.found.answers.append(Found(self.name(folder), self.root))

    def look_below(self, folder: Path, inside: Sequence[Entry], depth: int) -> None:
        """The folders of a group, and links; one without any holds no answer."""
        below = [e for e in inside if (e.is_folder or e.is_link) and not self.skipped(e)]
        if not below or depth >= DEEPEST:
            what = say("there is no .py and no .ipynb in it")
            if self.files:
                names = ", ".join(self.files)
                what = say("there is none of the files of this lab in it: {names}", names=names)
            self.refuse(folder, what)
            return
        for entry in below:
            if entry.is_link:
                self.refuse_link(entry.path)
            else:
                self.handed_in(entry.path, depth + 1)

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
        """The answers in a folder; the link that stands in the way to it."""
        if link := link_on_the_way(self.root, folder):
            return [link]
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
        """An answer, if it is a plain file."""
        try:
            mode = file.lstat().st_mode
        except OSError as trouble:
            self.refuse(file, say("it cannot be read: {reason}", reason=reason_of(trouble)))
            return
        if stat.S_ISLNK(mode):
            self.refuse_link(file)
        elif not stat.S_ISREG(mode):
            self.refuse(file, say("this is not a plain file: it was not opened"))
        else:
            self.found.answers.append(Found(self.name(file), self.root))

    def refuse_link(self, link: Path) -> None:
        letter = behind_a_link(self.name(link))
        self.found.answers.append(Found(self.name(link), self.root, letter))

    def refuse(self, path: Path, what: Sayable, step: Sayable | None = None) -> None:
        name = self.name(path)
        step = step or say("ask for it once more, and grade again")
        self.found.answers.append(Found(name, self.root, Letter(what, escaped(name), step)))

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def skipped(self, entry: Entry) -> bool:
        """Folders that tools make, and those of other labs."""
        if entry.name in NOT_ANSWERS or entry.name in self.others:
            return True
        return entry.is_folder and os.path.lexists(entry.path / "pyvenv.cfg")


def behind_a_link(answer: str) -> Letter:
    return Letter(
        say("this is a link, or lies behind one: links are not followed, wherever they lead"),
        escaped(answer),
        say("put the file itself in the place of the link, and grade again"),
    )


def _looks_like_answer(name: str) -> bool:
    return name.lower().endswith(KINDS)
