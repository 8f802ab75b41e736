"""How much of a plan is theory, how much code, how much projects? Beside 30, 50 and 20 percent."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zhixing.records import Plan, Route, TaskKind

THEORY: frozenset[TaskKind] = frozenset({"study", "paper", "quiz", "review", "note"})
PROJECT: frozenset[TaskKind] = frozenset({"project", "essay", "interview"})
WANTED: Mapping[str, float] = {"theory": 0.3, "code": 0.5, "project": 0.2}
FOUR_WEEKS = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares, 0 to 1, of the minutes of one stage, and how much of the time would have to be
    something else: in the mean of its four-week windows (`deviation`) and of the whole stage
    (`own`). The latter is what the route itself asks for: no order of its work is nearer."""

    stage: str
    minutes: int
    theory: float
    code: float
    project: float
    deviation: float
    own: float


def mixes(plan: Plan, route: Route) -> tuple[Mix, ...]:
    """The mix of each stage of the route that has planned work, in the order of the plan."""
    stages = {task.id: task.stage for task in route.tasks}
    windows: defaultdict[str, defaultdict[int, Counter[str]]]
    windows = defaultdict(lambda: defaultdict(Counter))
    begun: dict[str, date] = {}
    for day in plan.days:
        for piece in day.pieces:
            stage = stages.get(piece.task, "")
            since = day.date - begun.setdefault(stage, day.date)
            windows[stage][since // FOUR_WEEKS][share_of(piece.kind)] += piece.minutes
    return tuple(_mix(stage, list(found.values())) for stage, found in windows.items())


def weekly_deviation(plan: Plan) -> float:
    """How much of a plan's time would have to be something else for each of its weeks, Monday to
    Sunday, to have the mix wanted; 0 for a plan without work."""
    weeks: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for day in plan.days:
        for piece in day.pieces:
            weeks[day.date.toordinal() - day.date.weekday()][share_of(piece.kind)] += piece.minutes
    return _mean(list(weeks.values())) if weeks else 0.0


def share_of(kind: TaskKind) -> str:
    """theory, code or project."""
    return "theory" if kind in THEORY else "project" if kind in PROJECT else "code"


def _mix(stage: str, windows: list[Counter[str]]) -> Mix:
    total: Counter[str] = sum(windows, Counter())
    minutes = total.total()
    theory, code, project = (total[name] / minutes for name in WANTED)
    return Mix(stage, minutes, theory, code, project, _mean(windows), _deviation(total))


def _mean(windows: list[Counter[str]]) -> float:
    """The deviation of a minute's window, in the mean."""
    minutes = sum(window.total() for window in windows)
    return sum(window.total() * _deviation(window) for window in windows) / minutes


def _deviation(window: Counter[str]) -> float:
    """Half the sum of differences: 0 is the mix wanted, 1 all of a kind that is not wanted."""
    return sum(abs(window[n] / window.total() - share) for n, share in WANTED.items()) / 2
