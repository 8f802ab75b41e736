"""What a fork server for Typer does once, so that no run of a program pays for it: the first
command of a process imports how values are read (pydantic) and how errors are shown (rich)."""

import contextlib
import importlib
import io
import sys
from enum import Enum
from pathlib import Path
from typing import Annotated, Any


class _Form(Enum):
    short = "short"


def warm_up() -> None:
    """Run a generic command with values of every common kind, and one that fails, unseen."""
    typer: Any = importlib.import_module("typer")
    app = typer.Typer(add_completion=False)
    option = typer.Option("--one")

    def first(
        word: str, number: int = 1, file: Path = Path("x"), yes: bool = False,
        some: Annotated[list[str], typer.Option("--some")] = [],  # noqa: B006
        ratio: Annotated[float, option] = 0.5, form: _Form = _Form.short, maybe: Path | None = None,
    ) -> None:  # fmt: skip
        typer.echo(f"{word} {number} {file} {yes} {some} {ratio} {form} {maybe}")

    app.command()(first)
    app.command("second")(lambda: None)
    hook, unseen = sys.excepthook, io.StringIO()
    with contextlib.redirect_stdout(unseen), contextlib.redirect_stderr(unseen):
        for arguments in (["first", "x", "--some", "y"], ["first"], ["nothing"], ["--help"]):
            with contextlib.suppress(SystemExit):
                app(arguments)
    sys.excepthook = hook
