"""What a preview says before anything is kept: a deadline that cannot be met, a country that is
none, a route of one's own at the first run; and month names that leave each other room."""

import re
from datetime import timedelta
from html import unescape
from itertools import pairwise

from zhixing.actions.importing import keep
from zhixing.actions.standing import standing

TABLE = "# My table\n\n| day | task |\n| --- | --- |\n| Day 1 | learn cd |\n| Day 2 | read on |\n"
MONTH = re.compile(r'<text x="([0-9.]+)" y="16">')


def test_a_deadline_that_cannot_be_met_is_said_with_what_would_help(begun) -> None:
    with begun.desk() as desk:
        finish = standing(desk).plan.finish
    day = (finish - timedelta(days=20)).isoformat()
    page = unescape(begun.read(f"/settings/plan?deadline={day}"))
    assert "The plan ends 20 days after the deadline." in page
    assert "The plan fits already" not in page
    assert f"/settings/plan?deadline={day}&extra=" in page
    met = begun.read(f"/settings/plan?deadline={finish.isoformat()}")
    assert "after the deadline." not in met


def test_no_country_is_said_in_the_browser_without_flags(begun) -> None:
    page = unescape(begun.read("/settings/plan?holidays=other&country=ZZ", 400))
    assert 'there is no country "ZZ"' in page
    assert "ZA, ZM, ZW" in page
    assert "--holidays" not in page


def test_public_holidays_count_as_days_off_in_a_preview(begun) -> None:
    page = unescape(begun.read("/settings/plan?holidays=CN"))
    row = re.search(r"days off ahead</th><td>(\d+)</td><td><strong>(\d+)", page)
    assert row is not None
    assert int(row[2]) > int(row[1])


def test_a_roadmap_of_ones_own_leads_with_its_plan_and_not_with_the_trial(client) -> None:
    with client.desk() as desk:
        keep(desk, TABLE, "my-table", {})
    page = unescape(client.read("/welcome?route=my-table"))
    assert "The plan of your roadmap" in page
    assert "Begin the plan" in page
    assert "Try two days first" not in page
    assert "These answers would fit math-16-weeks" not in page


def test_the_names_of_months_leave_each_other_room(begun) -> None:
    places = [float(x) for x in MONTH.findall(begun.read("/plan?view=gantt"))]
    assert len(places) > 2
    assert all(after - before >= 54 for before, after in pairwise(places))
