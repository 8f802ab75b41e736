"""How long does `make test` take? Everything it runs, once.  python bench/test_time.py"""

from measuring import Figure, ended
from reporting import report


def main() -> None:
    run = ended(["make", "test"], environment={"MAKEFLAGS": ""})
    print("\n".join(run.said.splitlines()[-5:]), end="\n\n")
    if run.code:
        raise SystemExit(f"`make test` ended with {run.code}: a failure has no time")
    report(
        "test_time",
        [
            Figure("make test, wall", "s", (run.took.wall,), 600),
            Figure("make test, CPU", "s", (run.took.cpu,)),
        ],
    )


if __name__ == "__main__":
    main()
