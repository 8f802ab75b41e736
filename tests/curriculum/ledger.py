"""What was verified in full: a line a lab, keyed by content, wire version and library versions.

`python tests/curriculum/ledger.py` verifies what has changed since and writes the ledger anew;
`make test` verifies in full whatever the ledger does not name, and a sample of the rest.
"""

import hashlib
import json
import sys
from pathlib import Path

from zhixing.catalog.reading import catalog_or_problem
from zhixing.grader.grading import Judge
from zhixing.grader.judge import versions
from zhixing.grader.verifying import verify
from zhixing.grader.wire import WIRE_VERSION
from zhixing.records import Lab

LEDGER = Path(__file__).with_name("verified.json")
BUILT_IN = Path(__file__).parents[2] / "src" / "zhixing_curriculum"


def key(lab: Lab) -> str:
    """Changes when anything changes that the verification rests on."""
    libraries = {k: v for k, v in versions(lab.packages).items() if k != "python"}
    rests_on = [lab.version, WIRE_VERSION, sorted(lab.alternatives.items()), libraries]
    return hashlib.sha256(json.dumps(rests_on, sort_keys=True).encode()).hexdigest()[:24]


def ledger() -> dict[str, str]:
    return json.loads(LEDGER.read_text(encoding="utf-8")) if LEDGER.exists() else {}


def main() -> int:
    known, bad = ledger(), 0
    with Judge() as judge:
        for lab in catalog_or_problem([BUILT_IN]).labs.values():
            if known.get(lab.id) == key(lab):
                continue
            report = verify(lab, judge)
            sys.stdout.write(
                f"{lab.id}: {'ok' if report.ok else [str(p) for p in report.problems]}\n"
            )
            sys.stdout.flush()
            bad += not report.ok
            known[lab.id] = key(lab) if report.ok else ""
            text = json.dumps(dict(sorted(known.items())), indent=2)
            LEDGER.write_text(text + "\n", encoding="utf-8")
    return bad


if __name__ == "__main__":
    raise SystemExit(main())
