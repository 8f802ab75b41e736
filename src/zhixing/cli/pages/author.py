"""What authors see: a new lab, reports on labs, and an audit, on paper."""

from pathlib import Path

from zhixing.actions.authoring import NewLab
from zhixing.actions.packs import PackAdded, PackAudit
from zhixing.cli.ink import Paper, fitted
from zhixing.cli.pages.letters import letters_page, notes_page
from zhixing.records import LabReport
from zhixing.words import Said, say


def new_page(paper: Paper, made: NewLab, pack: Path | None) -> None:
    """The files that were laid out, and what to do with them."""
    paper.gap()
    for file in made.files:
        paper.exact(str(file))
    for note in made.notes:
        paper.say((note, "quiet"))
    paper.gap()
    where = f" --pack {pack}" if pack else " --pack ."
    paper.command(f"zhixing lab verify {made.id}{where}")
    paper.gap()


class Rows:
    """The row that is being verified, on one line that is written over; only on a terminal."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    def hear(self, lab: str, row: Said) -> None:
        if self.paper.live:
            line = fitted(f"  {lab} · {row.render(self.paper.language)}", self.paper.width)
            self.paper.console.file.write(f"\r{line}")
            self.paper.console.file.flush()

    def end(self) -> None:
        if self.paper.live:
            self.paper.console.file.write("\r" + " " * self.paper.width + "\r")


def report_line(paper: Paper, report: LabReport) -> None:
    """One lab: sound or not, what was killed, what is wrong."""
    seconds = f"{report.cpu_seconds:.2f}"
    killed = say(
        "slips noticed: {killed} of {mutants} · {seconds} CPU s",
        killed=report.killed,
        mutants=report.mutants,
        seconds=seconds,
    )
    if report.ok and not report.mutants:  # an essay: only its cell runs
        killed = say("{seconds} CPU s", seconds=seconds)
    sign = ("✓ ", "good") if report.ok else ("✗ ", "seal")
    paper.entry([sign], (report.lab, "strong"), [(killed, "quiet")])  # type: ignore[list-item]
    for problem in report.problems:
        paper.say(problem, indent=6, hang=2)


def audit_page(paper: Paper, found: PackAudit) -> None:
    """Every letter, then the notes, then how many there were."""
    paper.gap()
    letters_page(paper, found.letters)
    if found.notes:
        paper.say((say("unfinished, and allowed to be:"), "quiet"))
        notes_page(paper, found.notes)
    paper.gap()
    names = ", ".join(found.packs) or "-"
    if found.ok:
        sound = say("{names}: sound. Notes: {n}.", names=names, n=len(found.notes))
        paper.say(("✓ ", "good"), sound)
    else:
        paper.say(("✗ ", "seal"), say("{names}: to be mended: {n}.", names=names,
                                      n=len(found.letters)))  # fmt: skip
    paper.gap()


def added_page(paper: Paper, found: PackAdded) -> None:
    """Whether the pack is in, or why not."""
    if not found.audit.ok:
        audit_page(paper, found.audit)
        return
    paper.gap()
    said = say("the pack is in: {folder}", folder=found.folder)
    if not found.added:
        said = say("the pack was in already: {folder}", folder=found.folder)
    paper.say(("✓ ", "good"), said)
    paper.gap()
