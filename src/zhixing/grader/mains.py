"""A text run as a program, inside an answer process: arguments, standard streams, exit code.

The process was forked from a warm server, so nothing is started: the text runs as `__main__` on
streams of its own, the process ends with the code Python would have given, and the judge learns
both from outside. These functions are operations of the driver (see driver.py).
"""

import atexit
import contextlib
import linecache
import locale
import os
import sys
import types
from collections.abc import Mapping
from typing import Any, NoReturn

with contextlib.suppress(ImportError):  # Windows has none
    import resource

STREAMS = (101, 102, 103)
"""Where the judge puts the descriptors of standard input, output and errors."""
MOST_NAMES = 1000
_BEFORE: list[Any] = []
"""The streams that were there: thrown away they might close descriptors that are ours by then."""


def main(_driver: Any, head: dict[str, Any], arguments: list[Any], _k: Any) -> NoReturn:
    """Run `head["source"]` with these arguments; the process ends with it."""
    write_beside(head.get("files", {}))
    if head.get("file_kib") is not None:
        size = int(head["file_kib"]) * 1024
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    if head.get("locale") is not None:
        locale.setlocale(locale.LC_CTYPE, head["locale"])
    _take_streams()
    code = 1
    try:
        code = _run_as_main(head["source"], head["file"], [str(one) for one in arguments])
    finally:
        with contextlib.suppress(BaseException):
            sys.stdout.flush()
        with contextlib.suppress(BaseException):
            sys.stderr.flush()
        os._exit(code & 0xFF)


def _take_streams() -> None:
    _BEFORE.extend((sys.stdin, sys.stdout, sys.stderr))
    for place, fd in enumerate(STREAMS):
        os.dup2(fd, place)
        os.close(fd)
    reading = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    writing = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    errors = open(  # noqa: SIM115
        2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False
    )
    sys.stdin = sys.__stdin__ = reading  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = writing  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = errors  # type: ignore[misc]


def _run_as_main(source: str, file: str, arguments: list[str]) -> int:
    """The exit code, as Python gives it: SystemExit says it, any other exception means 1."""
    module = types.ModuleType("__main__")
    module.__file__ = file
    sys.modules["__main__"] = module
    sys.argv = [file, *arguments]
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    code = _guarded(lambda: exec(compile(source, file, "exec"), module.__dict__))
    _guarded(atexit._run_exitfuncs)
    return code


def _guarded(work: Any) -> int:
    try:
        work()
    except SystemExit as asked:
        if asked.code is None or isinstance(asked.code, int):
            return asked.code or 0
        with contextlib.suppress(Exception):
            sys.stderr.write(f"{asked.code}\n")
        return 1
    except BaseException as error:
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
            trace = trace.tb_next
        with contextlib.suppress(BaseException):
            sys.excepthook(type(error), error.with_traceback(trace), trace)
        return 130 if isinstance(error, KeyboardInterrupt) else 1
    return 0


def write_beside(files: Mapping[str, str]) -> None:
    """The other files of an answer, in its private folder: they can be imported and read there."""
    for name, text in files.items():
        with open(os.path.basename(name), "w", encoding="utf-8") as file:  # noqa: PTH119,PTH123
            file.write(text)


def names(_driver: Any, _head: dict[str, Any], _a: Any, _k: Any) -> list[str]:
    """The files in the private folder, folders entered, by name; at most 1000."""
    found: list[str] = []
    for folder, _, files in os.walk("."):
        found += [os.path.relpath(os.path.join(folder, name), ".") for name in files]  # noqa: PTH118
        if len(found) > MOST_NAMES:
            break
    return sorted(found)[:MOST_NAMES]
