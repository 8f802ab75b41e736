"""What does `zhixing today` cost in a home of 300 happenings?  python bench/today.py"""

import re
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from learner import catalog_in, happenings
from measuring import Figure, done, in_turns
from reporting import report

from zhixing.catalog.packs import pack_folders
from zhixing.catalog.reading import read_catalog
from zhixing.roadmap.compiling import compile_route
from zhixing.store.opening import open_store

ROUTE, HAPPENINGS, ROUNDS, IMPORT_RUNS = "math-16-weeks", 300, 15, 5
TODAY: list[object] = [Path(sys.executable).with_name("zhixing"), "today"]
IMPORTED = re.compile(r"import time: +(\d+) \| +\d+ \| +([\w.]+)")
ROOM = re.compile(r"zhixing\.\w+|\w+")


def fill_home(home: Path, number: int = HAPPENINGS) -> None:
    """A plan that began eight weeks ago, and what happened since: `number` happenings in all."""
    now = datetime.now(UTC)
    start = (now - timedelta(weeks=8)).date()
    command = [TODAY[0], "init", "--yes", "--route", ROUTE, "--hours-per-week", "15"]
    done([*command, "--start", start, "--home", home])
    text = read_catalog(pack_folders(()))[0].routes[ROUTE].texts["zh"]
    tasks = [task.id for task in compile_route(text, "zh", ROUTE)[0].tasks]
    with open_store(home / "zhixing.db") as store:
        there = len(store.happenings("me"))
        store.append(*happenings(tasks, now, number - there))


def imports(home: Path) -> tuple[float, Counter[str]]:
    """Wall seconds of one run that times its imports, and of each package or room of ours."""
    run = done([sys.executable, "-X", "importtime", *TODAY, "--home", home])
    spent: Counter[str] = Counter()
    for microseconds, name in IMPORTED.findall(run.said):
        room = ROOM.match(name)
        spent[room[0] if room else name] += int(microseconds)
    return run.took.wall, Counter({name: us / 1e6 for name, us in spent.items()})


def shown(spent: Counter[str]) -> str:
    ours = sorted(spent.items(), key=lambda one: -one[1])[:10]
    return ", ".join(f"{name} {1000 * seconds:.0f} ms" for name, seconds in ours)


def main() -> None:
    with TemporaryDirectory() as made:
        home = Path(made) / "home"
        fill_home(home)
        took = in_turns(
            {
                "zhixing today": lambda: done([*TODAY, "--home", home]).took,
                "python -c pass": lambda: done([sys.executable, "-c", "pass"]).took,
            },
            ROUNDS,
        )
        timed = [imports(home) for _ in range(IMPORT_RUNS)]
        remembered = catalog_in(home)
    shares = tuple(100 * sum(spent.values()) / wall for wall, spent in timed)
    report(
        "today",
        [
            Figure("zhixing today, CPU", "s", tuple(t.cpu for t in took["zhixing today"]), 0.5),
            Figure("zhixing today, wall", "s", tuple(t.wall for t in took["zhixing today"])),
            Figure("python -c pass, CPU", "s", tuple(t.cpu for t in took["python -c pass"])),
            Figure("share of imports in the wall, by -X importtime", "%", shares),
        ],
        f"a home with a plan and {HAPPENINGS} happenings. {remembered}",
        f"imports of one run, themselves only: {shown(timed[-1][1])}.",
    )


if __name__ == "__main__":
    main()
