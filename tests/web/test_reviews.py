"""The page after a pass: whatever there is to say of an answer, it opens, in both languages."""

from collections.abc import Callable
from typing import Any

import pytest

from zhixing.actions import planning
from zhixing.actions.planning import Wishes
from zhixing.grader.starter import cut_starter, without_markers
from zhixing.records import Lab

LAB, PART = "try-svd-picture", "compress"
BODIES = {
    "neither": "    return sum(layer(U, s, Vt, i) for i in range(k))\n",
    "praise": "    return (U[:, :k] * s[:k]) @ Vt[:k]\n",
    "notes": "    tmp = sum(layer(U, s, Vt, i) for i in range(k))\n    return tmp\n",
    "both": "    tmp = U[:, :k] * s[:k]\n    return tmp @ Vt[:k]\n",
}
SAID = {
    "en": {
        "praise": "There is no loop at all in <code>compress</code>",
        "second look": "Worth a second look",
        "reads well": "Nothing to complain of",
        "beside": "Beside the author&#39;s way",
        "not yet": "shown when every part of the lab is passed",
    },
    "zh": {
        "praise": "<code>compress</code> 里一个循环也没有",
        "second look": "值得再看一眼",
        "reads well": "没什么要挑的",
        "beside": "与作者的写法对照",
        "not yet": "才显示作者的写法",
    },
}


def answer(lab: Lab, body: str, whole: bool) -> str:
    """The lab with that body of `compress`; the rest solved, or as the starter has it."""
    solved = without_markers(lab.solution)
    if whole:
        return solved.replace(BODIES["neither"], body)
    head, stub, rest = cut_starter(lab.solution).partition("    raise NotImplementedError\n")
    assert stub
    return head + body + rest


@pytest.fixture(params=["en", "zh"])
def learner(request: pytest.FixtureRequest, app_at: Callable[..., Any]) -> Any:
    browser = app_at(language=request.param)
    with browser.desk() as desk:
        planning.begin_route(desk, Wishes(hours_per_week=15.0, language=request.param))
    return browser


def passed(browser: Any, body: str, whole: bool) -> str:
    """The page of the review, after the answer passed."""
    with browser.desk() as desk:
        text = answer(desk.catalog.labs[LAB], body, whole)
    query = "" if whole else f"?part={PART}"
    checked = browser.http.post(
        f"/labs/{LAB}/check{query}",
        json={"answer": text, "base": None},
        headers={"X-Token": browser.token},
    )
    assert checked.status_code == 200, checked.text[-600:]
    assert '"word": "pass"' in checked.text, checked.text[-600:]
    return browser.read(f"/labs/{LAB}/review{query}")


@pytest.mark.parametrize("whole", [False, True], ids=["part", "lab"])
@pytest.mark.parametrize("kind", BODIES)
def test_the_page_says_what_there_is_to_say(learner: Any, kind: str, whole: bool) -> None:
    page = passed(learner, BODIES[kind], whole)
    said = SAID["zh" if '<html lang="zh' in page else "en"]
    assert (said["praise"] in page) == (kind in ("praise", "both"))
    assert (said["second look"] in page) == (kind in ("notes", "both"))
    assert (said["reads well"] in page) == (kind in ("neither", "praise"))
    assert ("<code>tmp</code>" in page) == (kind in ("notes", "both"))
    assert (said["beside"] in page) == whole
    assert (said["not yet"] in page) != whole
    for stub in ("error_of", "kept_share", "rank_for"):
        assert stub not in page or whole


def test_before_a_pass_there_is_no_page(learner: Any) -> None:
    assert learner.get(f"/labs/{LAB}/review?part={PART}").status_code == 400
