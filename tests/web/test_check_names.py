"""On a page a check is called what the page's language calls it; scripts keep the identifiers."""

import html
import json
import re

import pytest

from zhixing.web.pages import checking

LAB = "dl-softmax-ce"
FIRST = "rows_are_log_probabilities"
CALLED = {"zh": "每一行都是对数概率", "en": "rows are log probabilities"}
WITHOUT_LOG = """\
import numpy as np


def log_softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
"""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.usefixtures("begun")
def test_a_check_is_called_by_its_name_in_its_language(app_at, language) -> None:
    browser = app_at(language=language)
    page = browser.read(f"/labs/{LAB}?part=stable")
    waiting = re.search(r"data-names='([^']*)'", page)
    assert waiting is not None
    assert json.loads(html.unescape(waiting[1]))[0] == [FIRST, CALLED[language]]
    stamp = re.search(r'data-stamp="([^"]*)"', page)
    assert stamp is not None
    said = browser.http.post(
        f"/labs/{LAB}/check?part=stable",
        json={"answer": WITHOUT_LOG, "base": stamp[1]},
        headers={"X-Token": browser.token},
    )
    told = [json.loads(line[6:]) for line in said.text.splitlines() if line.startswith("data: ")]
    line, verdict = told[1]["html"], told[-1]["html"]
    assert f'data-name="{FIRST}"' in line
    hint = browser.post(f"/labs/{LAB}/hint?part=stable").text
    again = browser.read(f"/labs/{LAB}?part=stable").partition("data-verdict ")[2]
    for shown in (line, verdict, hint, again):
        assert CALLED[language] in shown
    assert ('<span class="faint">·' in verdict) == (language == "en")


@pytest.mark.usefixtures("begun")
def test_a_page_that_waits_for_the_slip_to_be_named_says_so(
    app_at, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "PATIENCE_SECONDS", 0.001)
    browser = app_at(language="en")
    stamp = re.search(r'data-stamp="([^"]*)"', browser.read(f"/labs/{LAB}?part=stable"))
    assert stamp is not None
    said = browser.http.post(
        f"/labs/{LAB}/check?part=stable",
        json={"answer": WITHOUT_LOG, "base": stamp[1]},
        headers={"X-Token": browser.token},
    )
    names = [line[7:] for line in said.text.splitlines() if line.startswith("event: ")]
    assert names.count("waiting") == 1
    assert names[-1] == "verdict"
