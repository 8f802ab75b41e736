"""`python -I -m zhixing.grader LEVEL fork|spawn [PACKAGES SANDBOX]`: a judge, and its keeper or its
pools of workers.

The keeper is forked first, before anything is read, so that it holds nothing; both then wake up at
the same time.
"""

import sys

from zhixing.grader import keeping, starting


def main() -> None:
    if not __debug__:
        raise SystemExit("a judge does not run under -O: every assertion would pass")
    asked, way, expected = starting.read_words(sys.argv[1:])
    line = keeping.keeper_line(asked, expected) if way == "fork" else None
    from zhixing.grader import hatchery, judge

    if line is not None:
        judge.serve(hatchery.Keeper(line))
        return
    from zhixing.grader import workers

    judge.serve(workers.SpawnKeeper(), bounded=False)


if __name__ == "__main__":
    main()
