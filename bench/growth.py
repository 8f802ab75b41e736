"""What does a plan cost as it grows? CPU of a full plan, of absorbing a missed day, of all ways on.

python bench/growth.py
"""

from collections.abc import Callable
from itertools import islice

from measuring import Figure
from planning_fill import MONDAY, profile, timed
from real_routes import of_tasks, real_routes
from replanning import Missed, missed_days
from reporting import report

from zhixing.planner.filling import fill
from zhixing.records import Route

SIZES = (125, 250, 500, 1000, 2000, 4000, 8000)
FILL, ABSORB, ALL = "full plan", "absorb a missed day", "all ways on"
MISSED: dict[str, Callable[[Missed], float]] = {
    ABSORB: lambda one: one.read_ms + one.absorb_ms,
    ALL: lambda one: one.ms,
}
DAYS_TRIED = 15


def of_size(route: Route) -> list[Figure]:
    size = f"{len(route.tasks):,} tasks"
    found = [Figure(f"{FILL}, {size}", "ms", timed(lambda: fill(route, profile(15), MONDAY)))]
    missed = list(islice(missed_days(route, DAYS_TRIED), DAYS_TRIED))
    for what, took in MISSED.items():
        found.append(Figure(f"{what}, {size}", "ms", tuple(took(one) for one in missed)))
    return found


def main() -> None:
    routes = real_routes()
    found = [figure for size in SIZES for figure in of_size(of_tasks(routes, size))]
    report("growth", found, "15 h a week; the built-in routes one after another, with their needs.")


if __name__ == "__main__":
    main()
