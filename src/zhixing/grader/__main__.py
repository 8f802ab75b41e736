"""`python -I -m zhixing.grader LEVEL fork|spawn`: a judge, and its keeper or its pools of workers.

The keeper is forked first, before anything is read, so that it holds nothing.
"""

import sys

from zhixing.grader import keeper
from zhixing.grader.isolation import ORDER


def main() -> None:
    if not __debug__:
        raise SystemExit("a judge does not run under -O: every assertion would pass")
    asked = next(level for level in ORDER if level == sys.argv[1])
    line = keeper.started(asked) if sys.argv[2] == "fork" else None
    from zhixing.grader import hatchery, judge, workers

    judge.serve(hatchery.Keeper(line) if line else workers.SpawnKeeper(), bounded=bool(line))


if __name__ == "__main__":
    main()
