"""What do exports of a long plan cost, in CPU time and bytes?  python bench/exports.py"""

import sys
from datetime import UTC, date, datetime, timedelta

from measuring import Figure, done, seconds_of
from reporting import report

from zhixing.export.calendars import Hour, as_ics
from zhixing.export.plan_pieces import PlanExport, PlanPiece
from zhixing.export.plan_sheets import as_workbook
from zhixing.export.plan_tables import as_csv
from zhixing.export.reading_back import filled_sheet
from zhixing.records import Link

MONDAY = date(2026, 12, 7)
NOW = datetime(2026, 12, 7, 19, 0, tzinfo=UTC)
DAYS = 730
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
KINDS = ("学习", "实验", "笔记")
RUNS, FIRST_RUNS = 11, 5


def plan(pieces_a_day: int) -> PlanExport:
    """Two years of days, each piece with two links, clock times and a stage."""
    pieces = tuple(_piece(day, number) for day in range(DAYS) for number in range(pieces_a_day))
    return PlanExport(
        "home", "bench", "两年的计划", "zh", pieces, MONDAY, pieces[-1].date,
        MONDAY + timedelta(days=DAYS + 20), MONDAY + timedelta(days=DAYS + 60),
    )  # fmt: skip


def _piece(day: int, number: int) -> PlanPiece:
    on, task = MONDAY + timedelta(days=day), f"bench/study:{day}-{number}"
    return PlanPiece(
        id=f"{task}@1",
        task=task,
        date=on,
        week=day // 7 + 1,
        weekday=WEEKDAYS[on.weekday()],
        kind="study",
        kind_name=KINDS[number % 3],
        title=f"第 {day} 天的第 {number} 件事：向量、矩阵与它们的线性组合（linear combination）",
        minutes=40,
        state="done" if day < DAYS // 5 else "open",
        taken=45 if day < DAYS // 5 else None,
        times=((19 * 60 + 40 * number, 40),),
        stage=f"阶段 {day // 120 + 1}",
        unit=f"第 {day // 7 + 1} 周",
        lab=f"la-svd-image#part-{number}" if number % 3 == 1 else "",
        links=(
            Link(f"https://example.org/watch?v={day}&t={number}", "线性代数的本质，第 1–2 集"),
            Link(f"https://example.org/book/{day}", "教材第 4.5–4.6 节"),
        ),
    )


def main() -> None:
    one, three = plan(1), plan(3)
    if sys.argv[1:] == ["once"]:
        print(seconds_of(lambda: as_workbook(one, NOW)).cpu)
        return
    book, big = as_workbook(one, NOW), as_workbook(three, NOW)
    calendar, _ = as_ics(three, Hour(), {}, NOW, 1)
    first = [done([sys.executable, __file__, "once"]).said for _ in range(FIRST_RUNS)]

    def times(work: object) -> tuple[float, ...]:
        assert callable(work)
        return tuple(1000 * seconds_of(work).cpu for _ in range(RUNS))

    report(
        "exports",
        [
            Figure("xlsx of 730 days, a row a day, CPU", "ms", times(lambda: as_workbook(one, NOW)),
                   300),
            Figure("the same, first time in a process, without imports, CPU", "ms",
                   tuple(1000 * float(said) for said in first), 300),
            Figure("xlsx of 730 days, three rows a day, CPU", "ms",
                   times(lambda: as_workbook(three, NOW))),
            Figure("read that one back, CPU", "ms", times(lambda: filled_sheet(big))),
            Figure("ics of 730 days, three events a day, CPU", "ms",
                   times(lambda: as_ics(three, Hour(), {}, NOW, 1))),
            Figure("csv of the same, CPU", "ms", times(lambda: as_csv(three))),
        ],
        f"xlsx {len(book) // 1024} KiB with 730 rows, {len(big) // 1024} KiB with 2,190; "
        f"ics {len(calendar) // 1024} KiB.",
    )  # fmt: skip


if __name__ == "__main__":
    main()
