"""The pages speak as the browser asks, until a learner chooses; what was chosen holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.web.languages import preferred


@pytest.mark.parametrize(
    ("accepts", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-Hant-TW", "zh"),
        ("ZH", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("en;q=0.3, zh;q=0.9", "zh"),
        ("fr-FR,fr;q=0.9", "en"),
        ("fr, zh;q=0.5, en;q=0.4", "zh"),
        ("zh;q=0, fr", "en"),
        ("", None),
        ("*", None),
        ("zh;q=nonsense", None),
        (";;;,,,", None),
    ],
)
def test_the_first_of_our_languages_that_is_asked_for(accepts: str, language: str | None) -> None:
    assert preferred(accepts) == language


@given(st.text(max_size=300))
def test_whatever_is_sent_is_a_language_or_none(accepts: str) -> None:
    assert preferred(accepts) in ("zh", "en", None)


def unchosen(app_at):
    """A home in which nobody chose a language."""
    browser = app_at()
    (browser.home / "settings.toml").unlink()
    return browser


def lang_of(browser, accepts: str) -> str:
    page = browser.http.get(
        "/import", headers={"accept-language": accepts}, follow_redirects=True
    ).text
    return "zh" if '<html lang="zh-CN"' in page else "en"


def test_before_one_is_chosen_the_browser_says_it(app_at) -> None:
    browser = unchosen(app_at)
    assert lang_of(browser, "zh-CN,zh;q=0.9,en;q=0.8") == "zh"
    assert lang_of(browser, "en-US,en;q=0.9") == "en"
    assert lang_of(browser, "fr") == "en"
    assert lang_of(browser, "") == "zh", "the first language of the house"
    assert not (browser.home / "settings.toml").exists()


@pytest.mark.parametrize("system", ["en_US.UTF-8", "zh_CN.UTF-8"])
def test_the_language_of_the_system_is_no_choice(app_at, system: str) -> None:
    browser = unchosen(app_at)
    browser.environment["LANG"] = system
    assert lang_of(browser, "zh-CN") == "zh"
    assert lang_of(browser, "en") == "en"
    assert lang_of(browser, "*") == system[:2]


def test_what_was_chosen_on_a_page_holds_in_every_browser(app_at) -> None:
    browser = unchosen(app_at)
    page = browser.http.get("/import", headers={"accept-language": "zh-CN"}).text
    assert 'name="language" value="en" lang="en">English</button>' in page
    browser.post("/settings/language?then=/import", {"language": "en"})
    assert lang_of(browser, "zh-CN") == "en"
    assert lang_of(browser, "fr") == "en"


@pytest.mark.parametrize("name", ["ZHIXING_LANG", "ZHIXING_LANGUAGE"])
def test_what_is_set_from_outside_holds_too(app_at, name: str) -> None:
    browser = unchosen(app_at)
    browser.environment[name] = "en"
    assert lang_of(browser, "zh-CN") == "en"


def test_the_settings_say_where_the_language_comes_from(app_at) -> None:
    browser = unchosen(app_at)
    page = browser.http.get("/settings", headers={"accept-language": "en-GB"}).text
    assert "the browser, which asks for en-GB" in page
