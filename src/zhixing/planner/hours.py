"""How many minutes does a learner have on which day?"""

from collections.abc import Callable
from datetime import date
from functools import cache

from zhixing.errors import Letter, Problem
from zhixing.planner.holidays_cn import is_off, is_worked
from zhixing.records import Profile
from zhixing.words import Said, say

Week = tuple[int, int, int, int, int, int, int]
Room = Callable[[date], int]
Blocks = tuple[tuple[tuple[int, int], ...], ...]

SHARES: Week = (2, 2, 2, 2, 2, 4, 1)
STEP = 5
SATURDAY = 5
MINUTES_A_DAY = 24 * 60
MOST_HOURS_A_DAY = 16.0
MOST_HOURS_A_WEEK = MOST_HOURS_A_DAY * sum(SHARES) / max(SHARES)


def week_of(hours_per_week: float) -> Week:
    """Minutes for Monday to Sunday, spread as 2:2:2:2:2:4:1 in steps of 5 minutes.

    15 h gives 120 on weekdays, 240 on Saturday, 60 on Sunday. The sum is the hours asked for,
    rounded to 5 minutes (largest remainders first). Problem: zero, negative, over 60 h a week
    (Saturday would pass 16 h).
    """
    letter = _hours_letter("--hours-per-week", hours_per_week, MOST_HOURS_A_WEEK, "15")
    if letter is not None:
        raise Problem.of([letter])
    steps = round(hours_per_week * 60 / STEP)
    if steps == 0:
        raise Problem.of([_too_little("--hours-per-week", hours_per_week, "15")])
    quotas = [steps * share / sum(SHARES) for share in SHARES]
    given = [int(quota) for quota in quotas]
    by_remainder = sorted(range(7), key=lambda day: (given[day] - quotas[day], day))
    for day in by_remainder[: steps - sum(given)]:
        given[day] += 1
    return _week([count * STEP for count in given])


def week_from(weekday_hours: float, weekend_hours: float) -> Week:
    """Minutes for Monday to Sunday: `weekday_hours` on each of Monday to Friday, `weekend_hours`
    on Saturday and the same again on Sunday, each rounded to 5 minutes.

    One of the two may be zero. Problem: both zero, a negative one, more than 16 h a day.
    """
    asked = (("--weekday", weekday_hours), ("--weekend", weekend_hours))
    letters = [
        letter
        for name, hours in asked
        if hours != 0 and (letter := _hours_letter(name, hours, MOST_HOURS_A_DAY, "2"))
    ]
    if letters:
        raise Problem.of(letters)
    weekday, weekend = (round(hours * 60 / STEP) * STEP for _, hours in asked)
    if weekday == weekend == 0:
        raise Problem.of([_too_little("--weekday", weekday_hours, "2")])
    return _week([weekday] * 5 + [weekend] * 2)


PRESETS: dict[str, Week] = {
    "full-time": (480, 480, 480, 480, 480, 0, 0),
    "part-time": (150, 150, 150, 150, 150, 150, 150),
    "15h": (120, 120, 120, 120, 120, 240, 60),
}


def week_of_blocks(blocks: Blocks) -> Week:
    """Minutes for Monday to Sunday of blocks, each (minute of the day, minutes).

    Problem: not seven days, an empty block, one that runs past midnight, two that overlap, more
    than 16 h on one day.
    """
    for day in blocks:
        ends = 0
        for start, minutes in sorted(day):
            if minutes <= 0 or start < ends or start + minutes > MINUTES_A_DAY:
                raise _bad_block(start, minutes)
            ends = start + minutes
        hours = sum(minutes for _, minutes in day) / 60
        if hours > MOST_HOURS_A_DAY:
            raise _too_long_a_day(hours)
    if len(blocks) != len(SHARES):
        raise Problem(
            say("blocks are given for {n} days", n=len(blocks)),
            say("the blocks of a week"),
            say("give them for seven days, from Monday to Sunday"),
        )
    return _week([sum(minutes for _, minutes in day) for day in blocks])


def _bad_block(start: int, minutes: int) -> Problem:
    return Problem(
        say("a block of {minutes} minutes does not fit there", minutes=minutes),
        say("the block that begins at {time}", time=f"{start // 60:02}:{start % 60:02}"),
        say("blocks end after they begin, before midnight, and do not overlap"),
    )


def _too_long_a_day(hours: float) -> Problem:
    return Problem(
        say("{hours:g} hours on one day are more than fit: at most {most:g}", hours=hours,
            most=MOST_HOURS_A_DAY),
        say("the blocks of a day"),
        say("leave room for sleep and meals: shorter blocks, or fewer"),
    )  # fmt: skip


def study_minutes(profile: Profile) -> Week:
    """Minutes for Monday to Sunday that new work may fill: the profile's less its reserve.

    The reserve is a share of the week's total. Sunday gives first, all of it if needed; then
    Monday to Friday evenly, each at most what it has; then Saturday. Problem: nothing is left.
    """
    if not 0 <= profile.reserve < 1 or min(profile.minutes) < 0:
        raise _no_time(profile)
    owed = round(sum(profile.minutes) * profile.reserve)
    study = list(profile.minutes)
    for days in ((6,), (0, 1, 2, 3, 4), (5,)):
        owed = _take_evenly(study, days, owed)
    if sum(study) == 0:
        raise _no_time(profile)
    return _week(study)


def room_of(week: Week, profile: Profile) -> Room:
    """The minutes of `week` on a date; 0 on the profile's days off and holidays.

    In China a weekend day that is worked to make up for a holiday gives no more than a weekday.
    Holidays of other countries come in as days off.
    """
    days_off = profile.days_off
    weekday = max(week[:SATURDAY])

    def room(on: date) -> int:
        return week[on.weekday()]

    def room_with_days_off(on: date) -> int:
        return 0 if on in days_off else week[on.weekday()]

    def room_in_china(on: date) -> int:
        if on in days_off or is_off(on):
            return 0
        minutes = week[on.weekday()]
        return min(minutes, weekday) if is_worked(on) else minutes

    if profile.holidays == "CN":
        return cache(room_in_china)
    return room_with_days_off if days_off else room


def _take_evenly(week: list[int], days: tuple[int, ...], owed: int) -> int:
    """Take `owed` minutes from the days of `week` in equal shares; what they could not give."""
    while owed > 0:
        giving = [day for day in days if week[day] > 0]
        if not giving:
            break
        share, extra = divmod(owed, len(giving))
        for place, day in enumerate(giving):
            taken = min(week[day], share + (place < extra))
            week[day] -= taken
            owed -= taken
    return owed


def _no_time(profile: Profile) -> Problem:
    return Problem(
        what=say("the profile leaves no time to study"),
        where=say(
            "minutes from Monday to Sunday: {minutes}; reserve: {reserve}",
            minutes=", ".join(str(minutes) for minutes in profile.minutes),
            reserve=profile.reserve,
        ),
        next_step=_try("--hours-per-week", "15"),
    )


def _hours_letter(name: str, hours: float, most: float, good: str) -> Letter | None:
    if hours > most:
        what = say(
            "{hours} hours are more than fit: at most {most:g} ({day:g} on one day)",
            hours=hours,
            most=most,
            day=MOST_HOURS_A_DAY,
        )
        return Letter(what, name, _try(name, f"{most:g}"))
    return None if hours > 0 else _too_little(name, hours, good)


def _too_little(name: str, hours: float, good: str) -> Letter:
    what = say("{hours} hours leave no time to study", hours=hours)
    return Letter(what, name, _try(name, good))


def _try(name: str, value: str) -> Said:
    return say("try `{command}`", command=f"zhixing init {name} {value}")


def _week(minutes: list[int]) -> Week:
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = minutes
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday
