"""Promises about work on its way onto days: it may stop on a day, go on, and go on twice."""

from datetime import date, timedelta
from random import Random

import pytest

from zhixing.planner.laying import Laying, lay
from zhixing.planner.lines import Lines
from zhixing.planner.work import Rules, Work
from zhixing.records import Link

MONDAY = date(2026, 12, 7)
WEEK = (100, 100, 100, 100, 100, 200, 0)
WHOLE = (120, 120, 120, 120, 120, 200, 60)
RULES = Rules(whole=lambda on: WHOLE[on.weekday()])


def room(on):
    return WEEK[on.weekday()]


def work_of(dice):
    """Forty works in two lines: short and long ones, shares to even out, needs, one that is held
    and one for the last days."""
    rolls = Random(dice)
    found = []
    for n in range(40):
        weekend, share = n % 7 > 4, rolls.randrange(3)
        needs = (f"t{n - 3}",) if n > 5 and rolls.random() < 0.3 else ()
        links = (Link(f"skill:s{rolls.randrange(6)}", ""),)
        subject = rolls.choice(["", "math", "ml", "dl", "nlp"])
        minutes = rolls.choice([10, 20, 45, 60, 130, 300])
        found.append(
            Work(f"t{n}", "study", minutes, n, n // 7, weekend, 25, date.min, subject, "s", True,
                 needs, links, share=share, part=2 * (n // 7) + weekend)
        )  # fmt: skip
    for n, early in ((7, 0), (20, 1)):
        item = found[n]
        item.held, item.weekend, item.part = True, False, -1
        item.not_before = MONDAY + timedelta(days=3 + 30 * early)
        item.place = -1 if early else n
    return found


@pytest.mark.parametrize("dice", range(12))
def test_work_laid_with_stops_is_laid_as_in_one_go(dice):
    laying = Laying(Lines(work_of(dice), RULES), room, MONDAY)
    for days in (1, 2, 9, 9, 20):
        laying.go_on(MONDAY + timedelta(days=days))
        assert laying.on == MONDAY + timedelta(days=days)
    laying.go_on()
    assert laying.laid == lay(work_of(dice), room, MONDAY, RULES)


@pytest.mark.parametrize("days", [0, 3, 10, 25])
@pytest.mark.parametrize("dice", range(6))
def test_a_fork_goes_on_alike_and_leaves_the_first_as_it_is(dice, days):
    laying = Laying(Lines(work_of(dice), RULES), room, MONDAY)
    laying.go_on(MONDAY + timedelta(days=days))
    fork = laying.fork(RULES)
    fork.go_on()
    assert all(on < laying.on for on in laying.laid)
    laying.go_on()
    assert fork.laid == laying.laid == lay(work_of(dice), room, MONDAY, RULES)


def test_other_rules_of_a_fork_change_nothing_before_it():
    laying = Laying(Lines(work_of(1), RULES), room, MONDAY)
    fork_on = MONDAY + timedelta(days=14)
    laying.go_on(fork_on)
    before = dict(laying.laid)
    fork = laying.fork(Rules(whole=RULES.whole, tail=fork_on))
    fork.go_on()
    laying.go_on()
    assert {on: pieces for on, pieces in fork.laid.items() if on < fork_on} == before
    assert max(fork.laid) < max(laying.laid)
