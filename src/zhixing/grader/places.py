"""Where was a slip noticed? What a check raised, and the lines of checks.py that led there.

The same replies lead a check down the same path. So a slip that was never noticed at a place is not
what an answer shows that failed there: it need not be run to be ruled out.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import TracebackType

from zhixing.grader.conversation import AnswerRaised
from zhixing.records import Mutant

CHECKS = "checks.py"
DEEPEST = 8


def place_of(error: BaseException | None) -> str:
    """Such as `AssertionError 31`; "" for a check that passed."""
    if error is None:
        return ""
    kind = error.names[0] if isinstance(error, AnswerRaised) else type(error).__name__
    lines = list(_lines(error.__traceback__))
    return f"{kind} {'>'.join(map(str, lines[:DEEPEST]))}"


def _lines(trace: TracebackType | None) -> Iterator[int]:
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == CHECKS:
            yield trace.tb_lineno
        trace = trace.tb_next


def likely(
    mutants: Iterable[Mutant],
    places: Mapping[str, str],
    where: Collection[str],
    everywhere: Collection[str] = (),
) -> list[int]:
    """The numbers of the mutants that were noticed at the same place as the answer in one of the
    checks `where` at least, and in each one of `everywhere`; what was never measured may be it."""
    return [
        number
        for number, known in enumerate(mutant.noticed for mutant in mutants)
        if not known
        or (
            any(places[name] in known.get(name, ()) for name in where)
            and all(places[name] in known.get(name, ()) for name in everywhere)
        )
    ]
