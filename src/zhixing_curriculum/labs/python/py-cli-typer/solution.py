"""notes: a small notebook for the command line."""

import json
import os
from enum import Enum
from pathlib import Path
from typing import Annotated, TypedDict

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

Store = Annotated[Path, typer.Option("--file", help="the file that holds the notes")]
Tags = Annotated[list[str], typer.Option("--tag", help="may be given several times")]
NOTES = Path("notes.json")


class Note(TypedDict):
    id: int
    text: str
    tags: list[str]


class Format(str, Enum):
    json = "json"


# --- keeping -------------------------------------------------------------------------------------


def trouble(message: str) -> typer.Exit:
    """Say what went wrong, and give back what to raise: `raise trouble("…")`."""
    # <answer> words about a failure go to standard error; its exit code is 1
    typer.echo(message, err=True)
    return typer.Exit(1)
    # </answer>


def read_notes(file: Path) -> list[Note]:
    """The notes in a file; none when there is no such file. `trouble` when it holds anything else."""
    # <answer> a damaged file is not an empty one
    if not file.exists():
        return []
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return [Note(id=int(n["id"]), text=str(n["text"]), tags=list(n["tags"])) for n in found]
    except (OSError, ValueError, KeyError, TypeError) as why:
        raise trouble(f"{file} does not hold notes: {why}") from why
    # </answer>


def write_whole(file: Path, text: str) -> None:
    """Replace what a file holds: all of it or nothing. `trouble` when it cannot be written."""
    # <answer> write beside it, then put it in its place
    fresh = file.with_name(f".{file.name}.new")
    try:
        with fresh.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)
    except OSError as why:
        fresh.unlink(missing_ok=True)
        raise trouble(f"{file} cannot be written: {why}") from why
    # </answer>


def as_json(notes: list[Note]) -> str:
    """The notes as JSON that a person can read too."""
    # <answer> Chinese stays Chinese
    return json.dumps(notes, ensure_ascii=False, indent=2) + "\n"
    # </answer>


# --- commands ------------------------------------------------------------------------------------


def show(notes: list[Note]) -> None:
    """One line a note: its number, a tab, its text."""
    # <answer> to standard output: this is what was asked for
    for note in notes:
        typer.echo(f"{note['id']}\t{note['text']}")
    # </answer>


@app.command()
def add(text: str, tag: Tags = [], file: Store = NOTES) -> None:  # noqa: B006 - Typer copies it
    """Add a note and print its number."""
    # <answer> a blank note is a mistake in the use of the command: typer.BadParameter
    if not text.strip():
        raise typer.BadParameter("a note needs some text")
    notes = read_notes(file)
    number = max((note["id"] for note in notes), default=0) + 1
    notes.append(Note(id=number, text=text, tags=tag))
    write_whole(file, as_json(notes))
    typer.echo(number)
    # </answer>


@app.command("list")
def list_notes(tag: Tags = [], file: Store = NOTES) -> None:  # noqa: B006
    """Show all notes, or those that carry every given tag."""
    # <answer> every tag given must be there
    show([note for note in read_notes(file) if set(tag) <= set(note["tags"])])
    # </answer>


@app.command()
def search(word: str, file: Store = NOTES) -> None:
    """Show the notes whose text holds a word, large or small letters alike."""
    # <answer> nothing found is a failure that a script can see
    wanted = word.casefold()
    found = [note for note in read_notes(file) if wanted in note["text"].casefold()]
    if not found:
        raise trouble(f"no note holds {word}")
    show(found)
    # </answer>


@app.command()
def export(
    format: Annotated[Format, typer.Option("--format")] = Format.json,
    out: Annotated[Path | None, typer.Option("--out", help="a file instead of the screen")] = None,
    file: Store = NOTES,
) -> None:
    """Give all notes to another program."""
    # <answer> data and nothing else: no greeting, no count
    text = as_json(read_notes(file))
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_whole(out, text)
    # </answer>


if __name__ == "__main__":
    app()
