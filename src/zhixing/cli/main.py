"""`zhixing`: one call, from what was typed to an exit code.

0 fine · 1 a lab did not pass, or a check of content failed · 2 a Problem, as letters on stderr ·
3 a mistake of ours, with its traceback · 130, 141 stopped by Ctrl-C or a closed pipe, quietly.
"""

import errno
import gc
import os
import sys
import traceback
from collections.abc import Sequence
from typing import IO

FINE, NOT_PASSED, PROBLEM, OURS, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 3, 130, 141

REFUSED_TO_WRITE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)

gc.set_threshold(200_000)  # imports make many objects and no garbage: a tenth of today's page

import click  # noqa: E402

from zhixing.cli.completing import COMPLETE  # noqa: E402
from zhixing.cli.door import Door, door_of  # noqa: E402
from zhixing.cli.speaking import SPEAKS  # noqa: E402
from zhixing.cli.tree import root  # noqa: E402
from zhixing.cli.trouble import letters_of, write_letters  # noqa: E402
from zhixing.errors import Problem, reason_of  # noqa: E402
from zhixing.words import Said, say  # noqa: E402


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one call; its exit code."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    door = door_of(typed, os.environ)
    heard = _stand_in_for_what_is_closed()
    _never_fail_to_print()
    try:
        if not heard:
            raise _unheard(say("it is closed"))
        code = _run(door, typed)
        sys.stdout.flush()
    except (Problem, click.ClickException) as trouble:
        code = _problem(door, trouble)
    except (KeyboardInterrupt, EOFError, click.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        code = _pipe_closed()
    except OSError as trouble:
        code = _cannot_print(door, trouble)
    except Exception:  # the one place where a mistake of ours ends: said, never hidden
        code = _ours(door)
    return code


def _run(door: Door, typed: list[str]) -> int:
    SPEAKS.set(door.language)
    instruction = os.environ.get(COMPLETE)
    if instruction:
        from click.shell_completion import shell_complete

        return shell_complete(root, {"obj": door}, "zhixing", COMPLETE, instruction)
    try:
        with root.make_context("zhixing", typed, obj=door) as context:
            return root.invoke(context) or FINE
    except click.exceptions.Exit as ended:
        return ended.exit_code


def _problem(door: Door, trouble: Problem | click.ClickException) -> int:
    try:
        write_letters(letters_of(trouble), door, sys.stderr)
    except BrokenPipeError:
        return _pipe_closed()
    except OSError:  # stderr is full or gone: the exit code still says it
        _to_nothing(sys.stdout, sys.stderr)
    return PROBLEM


def _cannot_print(door: Door, trouble: OSError) -> int:
    """The letter for a standard output that takes no more; any other such error is ours."""
    if trouble.filename is not None or trouble.errno not in REFUSED_TO_WRITE:
        return _ours(door)
    _to_nothing(sys.stdout)
    return _problem(door, _unheard(reason_of(trouble)))


def _unheard(reason: Said | str) -> Problem:
    return Problem(
        say("the answer cannot be written: {reason}", reason=reason),
        say("standard output"),
        say("send it to a terminal, or to a file on a disk with space (`df -h`)"),
    )


def _pipe_closed() -> int:
    """Nobody reads on: end quietly, also when Python flushes at its end."""
    _to_nothing(sys.stdout, sys.stderr)
    return PIPE_CLOSED


def _to_nothing(*streams: IO[str]) -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        if (number := _number(stream)) is not None:
            os.dup2(nothing, number)


def _stand_in_for_what_is_closed() -> bool:
    """Standard streams that were closed (`>&-`) lead nowhere; whether stdout was open."""
    heard = sys.stdout is not None
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    return heard


def _number(stream: IO[str]) -> int | None:
    try:
        return stream.fileno()
    except (OSError, ValueError):
        return None


def _ours(door: Door) -> int:
    traceback.print_exc()
    sorry = say(
        "This is a mistake of ours, not yours; your work is kept. Please report it, with the lines "
        "above and what you typed, where you got Zhixing (CONTRIBUTING.md says how)."
    )
    print(f"\n{sorry.render(door.language)}", file=sys.stderr)
    return OURS


def _never_fail_to_print() -> None:
    """A terminal that cannot show a character shows a stand-in instead."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            utf8 = (stream.encoding or "").lower().replace("-", "") == "utf8"
            reconfigure(errors="backslashreplace" if utf8 else "replace")
