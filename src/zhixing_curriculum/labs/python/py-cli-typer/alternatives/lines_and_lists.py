"""The same in another style: no helpers of the starter, json.dump, os.replace, NamedTemporaryFile."""

import enum
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

import typer

cli = typer.Typer()


class Kind(enum.StrEnum):
    JSON = "json"


def stop(words: str, code: int = 1) -> NoReturn:
    print(words, file=sys.stderr)
    raise SystemExit(code)


def load(path: str) -> list[dict[str, object]]:
    try:
        with open(path, encoding="utf-8") as stream:
            notes = json.load(stream)
    except FileNotFoundError:
        return []
    except (OSError, ValueError):
        stop(f"cannot read {path}")
    right = isinstance(notes, list) and all(
        isinstance(n, dict) and {"id", "text", "tags"} <= n.keys() for n in notes
    )
    if not right:
        stop(f"{path}: these are not notes")
    return notes


def save(path: str, notes: list[dict[str, object]]) -> None:
    handle, name = tempfile.mkstemp(dir=os.path.dirname(path) or ".", prefix="notes-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(notes, stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, path)
    except OSError as error:
        os.unlink(name)
        stop(f"cannot write {path}: {error.strerror}")


@cli.command("add")
def add_one(text: str, tag: list[str] = typer.Option([]), file: str = "notes.json") -> None:
    if text.isspace() or not text:
        stop("empty note", 2)
    notes = load(file)
    number = 1 + max([int(str(n["id"])) for n in notes], default=0)
    save(file, [*notes, {"id": number, "text": text, "tags": list(tag)}])
    print(number)


@cli.command("list")
def list_all(tag: list[str] = typer.Option([]), file: str = "notes.json") -> None:
    for n in load(file):
        own = n["tags"]
        assert isinstance(own, list)
        if all(t in own for t in tag):
            print(n["id"], n["text"], sep="\t")


@cli.command("search")
def find(word: str, file: str = "notes.json") -> None:
    hits = [n for n in load(file) if word.lower() in str(n["text"]).lower()]
    for n in hits:
        print(n["id"], n["text"], sep="\t")
    if not hits:
        stop("nothing found")


@cli.command("export")
def give(format: Kind = Kind.JSON, out: Path | None = None, file: str = "notes.json") -> None:
    assert format is Kind.JSON
    if out is None:
        json.dump(load(file), sys.stdout)
    else:
        save(str(out), load(file))


cli()
