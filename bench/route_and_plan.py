"""How long do compiling the 16-week route and planning it take?  python bench/route_and_plan.py"""

import sys
from dataclasses import replace
from datetime import date
from itertools import cycle, islice

from measuring import Figure, done, seconds_of
from reporting import report

from zhixing.catalog.packs import pack_folders
from zhixing.catalog.reading import read_catalog
from zhixing.planner.filling import fill
from zhixing.planner.hours import week_of
from zhixing.records import Profile, Route
from zhixing.roadmap.compiling import compile_route

ROUTE = "math-16-weeks"
MONDAY = date(2026, 12, 7)
PROFILE = Profile(route=ROUTE, start=MONDAY, minutes=week_of(15.0))
RUNS, FIRST_RUNS = 31, 9


def compile_and_plan(text: str) -> None:
    route, _ = compile_route(text, "zh", ROUTE)
    fill(route, PROFILE, MONDAY)


def of_tasks(route: Route, count: int) -> Route:
    """A route of `count` tasks: the weeks of this one, again and again."""
    weeks = max(task.week for task in route.tasks)
    many = (
        replace(task, id=f"{task.id}-{n}", week=task.week + weeks * (n // len(route.tasks)))
        for n, task in enumerate(islice(cycle(route.tasks), count))
    )
    return replace(route, tasks=tuple(many))


def main() -> None:
    text = read_catalog(pack_folders(()))[0].routes[ROUTE].texts["zh"]
    if sys.argv[1:] == ["once"]:
        print(seconds_of(lambda: compile_and_plan(text)).cpu)
        return
    route, _ = compile_route(text, "zh", ROUTE)
    plan = fill(route, PROFILE, MONDAY)
    thousand = of_tasks(route, 1000)
    compiling, planning, planning_1000 = [], [], []
    for _ in range(RUNS):
        compiling.append(1000 * seconds_of(lambda: compile_route(text, "zh", ROUTE)).cpu)
        planning.append(1000 * seconds_of(lambda: fill(route, PROFILE, MONDAY)).cpu)
        planning_1000.append(1000 * seconds_of(lambda: fill(thousand, PROFILE, MONDAY)).cpu)
    both = tuple(map(sum, zip(compiling, planning, strict=True)))
    once = [done([sys.executable, __file__, "once"]).said for _ in range(FIRST_RUNS)]
    first = tuple(1000 * float(said) for said in once)
    days = (plan.finish - MONDAY).days + 1
    report(
        "route_and_plan",
        [
            Figure("compile and plan the route, first time in a process, CPU", "ms", first, 50),
            Figure("compile and plan the route, again, CPU", "ms", both, 50),
            Figure("of that, compile", "ms", tuple(compiling)),
            Figure("of that, plan", "ms", tuple(planning)),
            Figure("plan 1,000 tasks, CPU", "ms", tuple(planning_1000)),
        ],
        f"{ROUTE} in Chinese: {len(text.splitlines())} lines, {len(route.tasks)} tasks; "
        f"at 15 h a week it takes {days} days, {-(-days // 7)} weeks.",
    )


if __name__ == "__main__":
    main()
