"""How fast is what happened written down and read again?  python bench/store.py"""

import os
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from learner import happenings
from measuring import Figure, Took, in_turns, seconds_of
from reporting import RESULTS, report

from zhixing.store.keeping import Store
from zhixing.store.opening import open_store

NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)
TASKS = [f"task-{n}" for n in range(273)]
APPENDS, BARE_WRITES, READS = 300, 300, 9
PAGE = bytes(4096)


def append_each(store: Store, count: int) -> tuple[float, ...]:
    """Appends a second, run by run: one happening, one `append`, on the disc when it returns."""
    things = happenings(TASKS, NOON, count)
    return tuple(1 / seconds_of(lambda one=one: store.append(one)).wall for one in things)


def write_each(folder: Path, count: int) -> tuple[float, ...]:
    """What the disc gives: one page added to a file and synced, a second."""

    def write() -> None:
        os.write(file, PAGE)
        os.fsync(file)

    file = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        return tuple(1 / seconds_of(write).wall for _ in range(count))
    finally:
        os.close(file)


def read_all(file: Path, count: int) -> Took:
    """Open the store, read what happened, close it; it must be all."""

    def read() -> None:
        with open_store(file) as store:
            seen = len(store.happenings("me"))
        if seen != count:
            raise SystemExit(f"{seen} of {count} happenings were read")

    return seconds_of(read)


def main() -> None:
    RESULTS.mkdir(exist_ok=True)
    # Beside the project: a system's folder for temporary files may lie in memory.
    with TemporaryDirectory(dir=RESULTS) as made:
        folder = Path(made)
        files = {count: folder / f"{count}.db" for count in (300, 10_000)}
        with open_store(folder / "appending.db") as store:
            appends = append_each(store, APPENDS)
        bare = write_each(folder, BARE_WRITES)
        batches = []
        for count, file in files.items():
            things = happenings(TASKS, NOON, count)
            with open_store(file) as store:
                batches.append(seconds_of(lambda s=store, t=things: s.append(*t)).wall)
        bytes_each = files[10_000].stat().st_size / 10_000
        reads = in_turns({str(n): lambda f=f, n=n: read_all(f, n) for n, f in files.items()}, READS)
    report(
        "store",
        [
            Figure("appends one by one, each on the disc when it returns", "/s", appends),
            Figure("the same disc: a page written and synced", "/s", bare),
            Figure("10,000 in one append, wall", "s", (batches[1],)),
            *(
                Figure(f"open and read {int(n):,} happenings, {kind}", "ms", milliseconds)
                for n, took in reads.items()
                for kind, milliseconds in (
                    ("wall", tuple(1000 * t.wall for t in took)),
                    ("CPU", tuple(1000 * t.cpu for t in took)),
                )
            ),
        ],
        f"SQLite, WAL, synchronous FULL; {bytes_each:,.0f} bytes a happening, of ten two attempts "
        "with answer and verdict.",
    )


if __name__ == "__main__":
    main()
