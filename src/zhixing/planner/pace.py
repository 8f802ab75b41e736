"""How long does this learner take, compared with what the route says?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp, log

from zhixing.records import TaskKind

FEWEST_TASKS = 5
PRIOR_TASKS = 2.0
WIDEST = 4.0


def pace(durations: Sequence[tuple[int, int]]) -> float:
    """Actual over planned time, from (planned, actual) minutes of finished tasks; 1.0 = as stated.

    The mean of log(actual / planned), shrunk towards 0 as if two more tasks had gone to plan: the
    ratio of the noise of a task (0.3) to what learners differ by (about 0.2), both squared; see
    Efron & Morris (1975) on shrinkage. 1.0 below 5 tasks. Each ratio is held between 1/4 and 4, so
    that a timer left running does not decide; tasks without minutes do not count.
    """
    logs = [
        _held(log(actual / planned)) for planned, actual in durations if min(planned, actual) > 0
    ]
    if len(logs) < FEWEST_TASKS:
        return 1.0
    return exp(sum(logs) / (len(logs) + PRIOR_TASKS))


def paces(durations: Sequence[tuple[TaskKind, int, int]]) -> Mapping[TaskKind, float]:
    """Actual over planned time of each kind of which something was finished, from (kind, planned,
    actual) minutes: the pace of all, moved by what the kind's own tasks say beyond it.

    A kind is shrunk towards the pace of all as that is towards 1.0. Empty below 5 tasks: a kind
    that is not named goes at the `pace` of all.
    """
    overall = pace([(planned, actual) for _, planned, actual in durations])
    own: defaultdict[TaskKind, list[float]] = defaultdict(list)
    for kind, planned, actual in durations:
        if min(planned, actual) > 0:
            own[kind].append(_held(log(actual / planned)) - log(overall))
    if sum(len(logs) for logs in own.values()) < FEWEST_TASKS:
        return {}
    return {
        kind: overall * exp(sum(logs) / (len(logs) + PRIOR_TASKS)) for kind, logs in own.items()
    }


def _held(ratio_log: float) -> float:
    return max(-log(WIDEST), min(log(WIDEST), ratio_log))
