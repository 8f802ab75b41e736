"""How long from a fresh clone to the first page, and what is downloaded?

python bench/clean_start.py

A clone of HEAD, an empty pip cache, then the one command of the README. Bytes are counted in pip's
own log (PIP_LOG, which the pip that builds our package writes to as well): the size that pip says
of each file it downloads, and the size on disk of each wheel it takes from a local index instead,
as a stranger would have to download it.
"""

import os
import re
import signal
import subprocess
import time
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import ROOT, Figure, done
from reporting import report

UNITS = {"bytes": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9}
DOWNLOADED = re.compile(r" Downloading (\S+) \(([\d.]+) (bytes|kB|MB|GB)\)")
ADDRESS = re.compile(r"http://[\d.]+:\d+/")
TAKEN = re.compile(r" Processing (/\S+\.(?:whl|tar\.gz))")


def downloads(log: str) -> tuple[dict[str, float], dict[str, float]]:
    """Bytes by file name: those downloaded, and those that lay on this machine's disk."""
    came = {Path(name).name: float(n) * UNITS[unit] for name, n, unit in DOWNLOADED.findall(log)}
    lay = {Path(name).name: float(Path(name).stat().st_size) for name in TAKEN.findall(log)}
    return came, lay


def until_a_page(clone: Path, environment: dict[str, str]) -> tuple[float, str]:
    """Seconds from `make start` to a page that a browser has, and what was printed meanwhile."""
    begun, said = time.monotonic(), ""
    start = subprocess.Popen(
        ["make", "start"], cwd=clone, env={**os.environ, **environment}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    try:
        assert start.stdout is not None
        for line in start.stdout:
            said += line
            found = ADDRESS.search(line)
            if found:
                with urllib.request.urlopen(found[0], timeout=30) as page:
                    page.read()
                return time.monotonic() - begun, said
        raise SystemExit(f"{said}\n`make start` ended without an address")
    finally:
        os.killpg(start.pid, signal.SIGINT)
        start.wait(30)


def main() -> None:
    with TemporaryDirectory() as made:
        place = Path(made)
        clone = place / "clone"
        environment = {
            "PIP_CACHE_DIR": str(place / "cache"),
            "PIP_LOG": str(place / "pip.log"),
            "MAKEFLAGS": "",  # what a `make bench` around us was told is not for this one
            "ZHIXING_HOME": str(clone / ".zhixing"),
        }
        done(["git", "clone", "--quiet", ROOT, clone])
        start, _ = until_a_page(clone, environment)
        again, said = until_a_page(clone, environment)
        came, lay = downloads((place / "pip.log").read_text("utf-8"))
        pinned = (clone / "requirements" / "core.lock").read_text("utf-8").count("==")
        if len(came | lay) < pinned:
            raise SystemExit(f"pip's log names {len(came | lay)} files; {pinned} are pinned")
        room = sum(f.stat().st_size for f in (clone / ".venv").rglob("*") if f.is_file())
    total = sum(came.values()) + sum(lay.values())
    needed = total / 1e6 / max(1e-9, 180 - start)
    print(said, end="\n\n")
    report(
        "clean_start",
        [
            Figure("make start in a clean clone, wall", "s", (start,), 180),
            Figure("packages a stranger downloads", "MB", (total / 1e6,), 150),
            Figure("computed: line that brings it in what is left of 180 s", "MB/s", (needed,)),
            Figure("make start again, wall", "s", (again,)),
            Figure(".venv on the disk", "MB", (room / 1e6,)),
        ],
        f"{len(came)} files of {sum(came.values()) / 1e6:.1f} MB came over the network, "
        f"{len(lay)} of {sum(lay.values()) / 1e6:.1f} MB from an index on this machine's disk; "
        "pip's index pages are not counted.",
        "largest: " + ", ".join(largest(came | lay)) + ".",
    )


def largest(sizes: dict[str, float]) -> list[str]:
    ordered = sorted(sizes.items(), key=lambda one: -one[1])[:5]
    return [f"{name.split('-')[0]} {size / 1e6:.1f} MB" for name, size in ordered]


if __name__ == "__main__":
    main()
