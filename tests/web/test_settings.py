"""Settings: what the page can change it changes, what it cannot it says; export and forget."""

import io
import re
import zipfile
from datetime import date

import pytest

from zhixing.actions import days, planning, welcome
from zhixing.actions.mirrors import pip_install, torch_asked_for
from zhixing.actions.planning import Wishes
from zhixing.actions.standing import standing
from zhixing.web.pages.rhythm import Break, breaks_of

SPAN = "math-16-weeks/note:span-in-one-line"
VECTORS = "math-16-weeks/skill:la-vectors"
POSTS = {
    "/settings/language": {"language": "zh"},
    "/settings/theme": {"theme": "dark"},
    "/settings/mirror": {"mirror": "https://mirror.example"},
    "/settings/data": {"data": "/data"},
    "/settings/hours": {"hours": "8"},
    "/settings/route": {"route": "math-16-weeks"},
    "/settings/days-off": {"first": "2026-12-24"},
    "/settings/hours/accept": {"hours": "8"},
    "/settings/forget": {"word": "forget"},
}


def finish(browser) -> date:
    with browser.desk() as desk:
        plan = standing(desk).plan
    assert plan is not None
    return plan.finish


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_stands_before_there_is_a_plan(app_at, language: str) -> None:
    page = app_at(date(2026, 12, 7), language=language).read("/settings")
    assert 'href="/welcome"' in page
    assert str(app_at.__class__) not in page


def test_language_and_ground_change_and_are_kept_in_the_home(begun) -> None:
    assert 'aria-pressed="true" lang="en"' in begun.read("/settings")
    assert '<html lang="zh-CN"' in begun.send(
        "/settings/language?then=/settings", {"language": "zh"}
    )
    page = begun.send("/settings/theme?then=/settings", {"theme": "dark"})
    assert 'data-theme="dark"' in page
    text = (begun.home / "settings.toml").read_text(encoding="utf-8")
    assert 'language = "zh"' in text
    assert 'theme = "dark"' in text


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/settings/language", {"language": "fr"}),
        ("/settings/theme", {"theme": "<script>"}),
        ("/settings/mirror", {"mirror": "javascript:alert(1)"}),
        ("/settings/mirror", {"mirror": "ftp://x"}),
        ("/settings/data", {"data": "a\0b"}),
        ("/settings/data", {"data": "~nobody-of-this-name/x"}),
        ("/settings/hours", {"hours": "0"}),
        ("/settings/hours", {"hours": "61"}),
        ("/settings/hours", {"hours": "nan"}),
        ("/settings/hours", {"hours": "many"}),
        ("/settings/days-off", {"first": "2026-12-24", "last": "2026-12-01"}),
        ("/settings/days-off", {"first": "tomorrow"}),
        ("/settings/days-off", {"first": "2026-01-01", "last": "2036-01-01"}),
    ],
)
def test_what_does_not_fit_is_a_letter_and_changes_nothing(begun, address, fields) -> None:
    before = (begun.home / "settings.toml").read_bytes()
    answer = begun.post(address, fields)
    assert answer.status_code == 400
    assert "→" in answer.text
    assert "<script>alert" not in answer.text
    assert (begun.home / "settings.toml").read_bytes() == before


@pytest.mark.parametrize("address", POSTS)
@pytest.mark.parametrize("token", ["", "forged", None])
def test_a_forged_token_changes_nothing(begun, address: str, token: str | None) -> None:
    before, end = (begun.home / "settings.toml").read_bytes(), finish(begun)
    fields = dict(POSTS[address]) | ({} if token is None else {"token": token})
    answer = begun.http.post(address, data=fields)
    assert answer.status_code == 400
    assert (begun.home / "settings.toml").read_bytes() == before
    assert finish(begun) == end


def test_what_comes_from_outside_is_shown_as_fixed_and_cannot_be_changed(begun) -> None:
    begun.environment["ZHIXING_MIRROR"] = "https://outside.example"
    begun.flags["language"] = "en"
    page = begun.read("/settings")
    assert "environment variable ZHIXING_MIRROR · it wins over this page" in page
    assert re.search(r'name="mirror"[^>]*disabled', page)
    assert re.search(r'name="language" value="zh"[^>]*disabled', page)
    for address, fields in (
        ("/settings/mirror", {"mirror": "https://mine.example"}),
        ("/settings/language", {"language": "zh"}),
    ):
        answer = begun.post(address, fields)
        assert answer.status_code == 400
        assert "this is set from outside" in answer.text
    assert "mirror" not in (begun.home / "settings.toml").read_text(encoding="utf-8")


def test_every_setting_says_where_it_came_from(begun) -> None:
    begun.environment["ZHIXING_DATA"] = "/data/sets"
    page = begun.read("/settings")
    for name in ("home", "language", "theme", "mirror", "packs", "data"):
        assert f"<code>{name}</code>" in page
    assert "environment variable ZHIXING_DATA" in page
    assert str(begun.home) in page


def test_the_mirror_is_in_the_command_that_installs_pytorch(begun) -> None:
    page = begun.send("/settings/mirror?then=/settings", {"mirror": "https://m.example/simple"})
    assert "--index-url https://m.example/simple" in page
    assert "--index-url" not in begun.send("/settings/mirror?then=/settings", {"mirror": ""})
    assert "mirror" not in (begun.home / "settings.toml").read_text(encoding="utf-8")


def test_no_mirror_can_smuggle_a_command_into_what_is_copied() -> None:
    import shlex
    import sys

    hostile = "https://m.example/$(reboot);`x`'\""
    assert shlex.split(pip_install(hostile, *torch_asked_for())) == [
        sys.executable, "-m", "pip", "install", *torch_asked_for(), "--index-url", hostile,
    ]  # fmt: skip


# --- hours, days off, route ---------------------------------------------------------------------


def test_other_hours_are_previewed_then_accepted_then_taken_back(begun) -> None:
    before = finish(begun)
    asked = begun.post("/settings/hours", {"hours": "8"})
    assert asked.status_code == 303
    page = begun.read(asked.headers["location"])
    assert "days later." in page
    assert finish(begun) == before, "a preview changes nothing"
    done = begun.send("/settings/hours/accept", {"hours": "8"})
    assert "The plan has changed." in done
    assert finish(begun) > before
    with begun.desk() as desk:
        profile = standing(desk).profile
        assert profile is not None
        assert sum(profile.minutes) == 8 * 60
    back = begun.send("/undo?then=/settings")
    assert finish(begun) == before
    assert 'value="15"' in back


def test_what_is_done_stays_done_when_the_hours_change(begun) -> None:
    with begun.desk() as desk:
        days.done(desk, VECTORS)
    begun.send("/settings/hours/accept", {"hours": "20"})
    with begun.desk() as desk:
        now = standing(desk)
        assert now.plan is not None
        assert VECTORS in now.done
        assert VECTORS not in {piece.task for day in now.plan.days for piece in day.pieces}


def test_days_off_are_added_and_taken_back_as_a_stretch(begun) -> None:
    asked = begun.post("/settings/days-off", {"first": "2026-12-24", "last": "2026-12-31"})
    page = begun.read(asked.headers["location"])
    assert "days off ahead" in page
    begun.send("/settings/hours/accept", {"free": "2026-12-24..2026-12-31"})
    with begun.desk() as desk:
        plan = standing(desk).plan
        assert plan is not None
        off = {date(2026, 12, n) for n in range(24, 32)}
        assert not {day.date for day in plan.days if day.pieces} & off
    assert "Thursday 24 December 2026 – Thursday 31 December 2026" in begun.read("/settings")
    begun.send("/settings/hours/accept", {"work": "2026-12-24..2026-12-31"})
    assert "None ahead." in begun.read("/settings")


def test_a_single_day_off_is_a_stretch_of_one(begun) -> None:
    asked = begun.post("/settings/days-off", {"first": "2026-12-24"})
    assert asked.headers["location"].endswith("free=2026-12-24..2026-12-24")


def test_days_in_a_row_are_one_break() -> None:
    listed = [date(2026, 12, 31), date(2027, 1, 1), date(2026, 12, 24)]
    assert breaks_of(listed) == (
        Break(date(2026, 12, 24), date(2026, 12, 24)),
        Break(date(2026, 12, 31), date(2027, 1, 1)),
    )
    assert breaks_of([]) == ()


@pytest.mark.parametrize("asked", ["hours=x", "free=..", "free=2026-12-24", "route=none",
                                   "work=x..y", "hours=0.1"])  # fmt: skip
def test_a_preview_of_nonsense_is_a_letter(begun, asked: str) -> None:
    assert begun.get(f"/settings/plan?{asked}").status_code == 400


def test_without_a_plan_a_preview_is_a_letter(client) -> None:
    assert client.get("/settings/plan?hours=8").status_code == 400
    assert client.post("/settings/hours/accept", {"hours": "8"}).status_code == 400


def test_during_the_trial_hours_lead_to_the_plan_after_it(client) -> None:
    with client.desk() as desk:
        if not welcome.has_trial(desk):
            pytest.skip("no trial here")
        welcome.begin_trial(desk, Wishes(hours_per_week=15.0))
    assert "The two-day trial is running." in client.read("/settings")
    answer = client.get("/settings/plan?hours=8")
    assert answer.headers["location"] == "/welcome?again=1"


def test_a_name_of_a_route_in_an_address_cannot_break_out(begun) -> None:
    page = begun.get('/settings/plan?hours="><script>alert(1)</script>')
    assert "<script>alert" not in page.text


# --- export, forget -----------------------------------------------------------------------------


def test_the_export_comes_as_one_whole_zip_named_after_the_day(begun) -> None:
    with begun.desk() as desk:
        days.note(desk, SPAN, "mine")
    answer = begun.get("/settings/export.zip")
    assert answer.headers["content-type"] == "application/zip"
    assert 'filename="zhixing-2026-12-07.zip"' in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert b"mine" in archive.read("happenings.jsonl")
    assert begun.token.encode() not in answer.content


def test_an_export_that_fails_is_a_page_and_not_half_a_file(begun, monkeypatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(begun.home / "not there"))
    answer = begun.get("/settings/export.zip")
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")


def test_forgetting_says_first_what_goes_and_what_stays(begun) -> None:
    with begun.desk() as desk:
        days.done(desk, VECTORS)
        days.note(desk, SPAN, "mine")
    (begun.home / "labs").mkdir()
    page = begun.read("/settings/forget")
    assert re.search(r"<dt>tasks done</dt><dd>1</dd>", page)
    assert re.search(r"<dt>notes saved</dt><dd>1</dd>", page)
    assert str(begun.home / "labs") in page
    with begun.desk() as desk:
        assert standing(desk).done, "looking forgets nothing"


@pytest.mark.parametrize("word", ["", "yes", "forge", "忘", "forget everything"])
def test_without_the_word_nothing_is_forgotten(begun, word: str) -> None:
    answer = begun.post("/settings/forget", {"word": word})
    assert answer.status_code in (400, 422)
    assert finish(begun)


@pytest.mark.parametrize("word", ["忘记", "forget", " Forget "])
def test_with_the_word_all_that_happened_is_gone_and_files_stay(begun, word: str) -> None:
    with begun.desk() as desk:
        days.note(desk, SPAN, "a very private sentence")
    answer = begun.home / "labs" / "la-vectors" / "answer.py"
    answer.parent.mkdir(parents=True)
    answer.write_text("mine", encoding="utf-8")
    done = begun.post("/settings/forget", {"word": word})
    assert (done.status_code, done.headers["location"]) == (303, "/welcome")
    assert done.headers["clear-site-data"] == '"storage"', "drafts in the browser too"
    assert begun.get("/").headers["location"] == "/welcome"
    with begun.desk() as desk:
        assert desk.store.happenings(desk.learner) == ()
    for file in begun.home.glob("zhixing.db*"):
        assert b"a very private sentence" not in file.read_bytes()
    assert answer.read_text(encoding="utf-8") == "mine"
    assert begun.get("/welcome").status_code == 200


def test_forgetting_before_anything_happened_makes_nothing(client) -> None:
    assert client.post("/settings/forget", {"word": "forget"}).status_code == 303
    assert not (client.home / "zhixing.db").exists()


@pytest.mark.parametrize("address", ["/settings", "/settings/forget", "/settings/plan?hours=8"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_speak_both_languages_and_hold_nothing_inline(
    app_at, begun, address: str, language: str
) -> None:
    page = app_at(date(2026, 12, 7), language=language).read(address)
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}"' in page
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    for field in re.findall(r'<(?:input|select)(?![^>]*type="hidden")[^>]*>', page):
        name = re.search(r'id="([^"]+)"', field)
        labelled = name is not None and f'for="{name[1]}"' in page
        assert labelled or "<label>" in page[: page.index(field)][-120:], field


def test_only_one_plan_is_made_by_each_yes(begun) -> None:
    begun.send("/settings/hours/accept", {"hours": "8"})
    begun.send("/settings/hours/accept", {"hours": "8"})
    begun.send("/undo?then=/settings")
    begun.send("/undo?then=/settings")
    with begun.desk() as desk:
        plans = [h for h in standing(desk).happenings if type(h).__name__ == "PlanAccepted"]
    assert len(plans) == 1
    assert planning.DEFAULT_HOURS == 15.0
