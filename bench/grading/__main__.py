"""How fast and how light is the grader, beside nbgrader, otter-grader, pytest and a plain script?

python bench/grading            install the peers (about 1 GB, once), measure, write the page
python bench/grading --quick    the same in little: is everything in its place?
python bench/grading --page     the page and the picture again, of what was measured last
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from grading import page, whole

if __name__ == "__main__":
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    for word, means in (
        ("--quick", "a short trial: nothing is kept"),
        ("--page", "write the page anew, measure nothing"),
        ("--no-peers", "ours alone"),
        ("--no-torch", "numpy alone"),
    ):
        asked.add_argument(word, action="store_true", help=means)
    words = asked.parse_args()
    if words.page:
        page.write(whole.kept())
    else:
        measured = whole.measured(words.quick, peers=not words.no_peers, torch=not words.no_torch)
        if words.quick:
            print(page.text(measured))
        else:
            whole.keep(measured)
            page.write(measured)
