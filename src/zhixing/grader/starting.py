"""How a judge is started by a door. Light to import, since a learner waits for it."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Level = Literal["process", "rootless", "full"]
LEVELS: tuple[Level, ...] = ("process", "rootless", "full")
ALONE = ("-s", "-P", "-B")
"""How our processes start Python: like -I, but that `environment` counts: with PYTHONHASHSEED sets
order alike in each run, so that the same answer gets the same verdict."""
KEPT_VARIABLES = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "TMPDIR", "MPLCONFIGDIR")
if sys.platform == "win32":  # no socket is made there without the first
    KEPT_VARIABLES += ("SYSTEMROOT", "TEMP")


def environment() -> dict[str, str]:
    """What an answer may see of our environment: one thread, UTF-8, and no more. And memory that is
    cheap to fork: the heap in one piece, in large pages; libraries bound before they are shared.
    One heap for all threads: each of its own would take 64 MiB of an answer's address space."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    memory = "glibc.malloc.hugetlb=1:glibc.malloc.top_pad=33554432:glibc.malloc.arena_max=1"
    fixed = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "MPLBACKEND": "Agg",
             "GLIBC_TUNABLES": memory, "LD_BIND_NOW": "1"}  # fmt: skip
    return {**fixed, **threads, **kept}


@dataclass(frozen=True)
class Expected:
    """The environment that will be asked for first, as far as one can tell: its fork server is
    started before anybody asks."""

    packages: tuple[str, ...]
    sandbox: tuple[str, ...] = ()


def words(asked: str, way: str, expected: Expected | None) -> Sequence[str]:
    """The words after `python -m zhixing.grader`; `read_words` reads them."""
    plain = [] if expected is None else [",".join(expected.packages), ",".join(expected.sandbox)]
    return [asked, way, *plain]


def read_words(said: Sequence[str]) -> tuple[Level, str, Expected | None]:
    said_level, way, *plain = said
    asked = next(level for level in LEVELS if level == said_level)
    if not plain:
        return asked, way, None
    packages, sandbox = (tuple(filter(None, each.split(","))) for each in plain)
    return asked, way, Expected(packages, sandbox)
