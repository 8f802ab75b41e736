"""How long does `make test` take? Everything it runs, once.  python bench/test_time.py"""

from measuring import Figure, done
from reporting import report


def main() -> None:
    run = done(["make", "test"], environment={"MAKEFLAGS": ""})
    print("\n".join(run.said.splitlines()[-5:]), end="\n\n")
    report(
        "test_time",
        [
            Figure("make test, wall", "s", (run.took.wall,), 600),
            Figure("make test, CPU", "s", (run.took.cpu,)),
        ],
    )


if __name__ == "__main__":
    main()
