"""How much does a new plan disturb an old one? Pieces that are no longer where they were."""

from zhixing.planner.interruption import Interruption
from zhixing.records import Plan


def moved(at: Interruption, plan: Plan) -> int:
    """How many open pieces from today on are no longer whole on their old date: what was missed
    aside, the `if_time` ones among them."""
    days = enumerate(plan.days[len(at.past) :], at.today)
    now = {number: day for number, day in days if day is not at.days.get(number)}
    over = plan.finish.toordinal()
    gone = [number for number in (*at.before, *at.extras) if number > over]
    count = 0
    for number in {*now, *gone}:
        left: dict[str, int] = {}
        for piece in now[number].pieces if number in now else ():
            left[piece.task] = left.get(piece.task, 0) + piece.minutes
        for piece in (*at.before.get(number, ()), *at.extras.get(number, ())):
            count += left.get(piece.task, 0) < piece.minutes
    return count
