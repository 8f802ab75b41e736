"""Plans to export, made without a desk."""

from datetime import date, timedelta

from zhixing.export.plan_pieces import PlanExport, PlanPiece, State
from zhixing.records import Link
from zhixing.words import Language

MONDAY = date(2026, 12, 7)
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
STATES: tuple[State, ...] = ("done", "skipped", "missed", "open")


def piece(number: int = 0, **more: object) -> PlanPiece:
    """The piece of day `number`, two links and all."""
    on = MONDAY + timedelta(days=number)
    values: dict[str, object] = {
        "id": f"r/study:t{number}@1",
        "task": f"r/study:t{number}",
        "date": on,
        "week": number // 7 + 1,
        "weekday": WEEKDAYS[on.weekday()],
        "kind": "study",
        "kind_name": "study",
        "title": f"Piece {number}",
        "minutes": 60,
        "state": STATES[number] if number < 3 else "open",
        "stage": f"Stage {number // 28 + 1}",
        "unit": f"Unit {number // 7 + 1}",
        "lab": "la-svd#svd",
        "links": (Link("https://example.org/a", "a"), Link("https://example.org/b?x=1&y=2", "b")),
    }
    return PlanPiece(**(values | more))  # type: ignore[arg-type]


def plan(*pieces: PlanPiece, language: Language = "en", **more: object) -> PlanExport:
    last = pieces[-1].date if pieces else MONDAY
    values: dict[str, object] = {
        "name": "home", "route": "r", "title": "Sixteen weeks", "language": language,
        "pieces": pieces, "first": MONDAY, "finish": last,
    }  # fmt: skip
    return PlanExport(**(values | more))  # type: ignore[arg-type]


def days(count: int, language: Language = "en") -> PlanExport:
    return plan(*map(piece, range(count)), language=language)
