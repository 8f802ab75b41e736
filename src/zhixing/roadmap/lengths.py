"""How long does a part of a roadmap last? By its label, or by the length that its head states."""

from zhixing.records import Remark
from zhixing.roadmap.sketch import UNITS, Sketch
from zhixing.roadmap.times import WEEKS_OF_A_MONTH, Times, middle
from zhixing.words import say

DAYS_OF_A_WEEK = 7
DAYS_OF_A_MONTH = WEEKS_OF_A_MONTH * DAYS_OF_A_WEEK
DAYS_OF_WORD = {
    "year": 365.0, "年": 365.0, "semester": 126.0, "学期": 126.0, "term": 84.0,
    "quarter": 91.0, "q": 91.0, "季度": 91.0,
}  # fmt: skip
"""Stages that are called by a stretch of time: `Year 1`, `Q3`, `第一学期`."""
PACE_MINUTES_A_DAY = 120
"""Our own assumption where an author says how long a part lasts, but not how many hours a day."""

_LONGEST = 3660  # days: ten years; more is a slip of the pen
_PARTS = UNITS | {"skill", "note"}


def days_said(times: Times) -> float | None:
    """The length that words state, in days."""
    if times.weeks:
        return middle(times.weeks) * DAYS_OF_A_WEEK
    return middle(times.days) if times.days else None


def without_endless(root: Sketch) -> list[Remark]:
    """Take lengths of more than ten years, such as `(24000 weeks)`, off the nodes, and say so."""
    remarks: list[Remark] = []
    for node in root.walk():
        days = days_said(node.times) or node.days
        if days and days > _LONGEST:
            node.times = node.times._replace(weeks=None, days=None)
            node.days = None
            why = say(
                "{n} weeks are no time that work can take: it is estimated instead",
                n=f"{days / DAYS_OF_A_WEEK:,.0f}",
            )
            remarks.append(Remark(node.line, str(why), why))
    return remarks


def days_of(node: Sketch) -> float | None:
    """Days of the calendar from the first to the last; None where nothing says it."""
    if node.kind not in _PARTS or node.task_kind is not None:
        return None
    days = node.days or days_said(node.times) or _numbered(node)
    return days if days and days <= _LONGEST else None


def _numbered(node: Sketch) -> float | None:
    """`Weeks 5–6` and a stage with such weeks last two weeks, month 3 a month, day 4 a day."""
    if node.first is None or node.last is None:
        return None
    count = node.last - node.first + 1
    if node.kind == "day":
        return count
    if node.kind == "month":
        return count * DAYS_OF_A_MONTH
    return count * DAYS_OF_A_WEEK


def minutes_at(pace: Times, node: Sketch, days: float) -> float:
    """The minutes that a learner of this pace has in the `days` of `node`."""
    weekly, daily = pace.weekly, pace.per_day
    if node.kind == "day" and daily:
        return middle(daily) * days
    if node.kind == "day" and pace.per_week and pace.days_a_week:
        return middle(pace.per_week) / pace.days_a_week * days
    if weekly:
        return middle(weekly) * days / DAYS_OF_A_WEEK
    return (middle(daily) if daily else PACE_MINUTES_A_DAY) * days
