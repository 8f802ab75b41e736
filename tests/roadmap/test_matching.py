"""What a stranger's words are in our catalog: sure things first, guesses only when good."""

import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.catalog.reading import read_catalog
from zhixing.records import (
    Catalog,
    Link,
    Match,
    Node,
    NodeKind,
    PlannedLab,
    Resource,
    Route,
    Skill,
)
from zhixing.roadmap.compiling import compile_route
from zhixing.roadmap.matching import match, plain_address
from zhixing.roadmap.spotting import is_narrower
from zhixing.words import Bilingual

PAIRS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "match_pairs.toml").read_text(encoding="utf-8")
)["pair"]


@pytest.fixture(scope="module")
def curriculum() -> Catalog:
    return read_catalog([Path(str(files("zhixing_curriculum")))])[0]


def skill(name: str, zh: str, en: str) -> Skill:
    return Skill(name, "ml", Bilingual(zh, en), 3, (), Bilingual("因", "why"), (), ())


SMALL = Catalog(
    skills={
        one.id: one
        for one in (
            skill("la-svd", "奇异值分解", "Singular value decomposition"),
            skill("linreg", "线性回归", "Linear regression"),
            skill("logreg", "逻辑回归", "Logistic regression"),
            skill("portfolio", "作品集", "A portfolio"),
            skill("kmeans", "K-means 聚类", "K-means clustering"),
        )
    },
    resources={
        "svd-video": Resource(
            "svd-video",
            Bilingual("SVD 的几何", "The geometry of the SVD"),
            "https://www.example.org/Svd/?v=1",
            "video",
            "en",
            alternatives=("https://mirror.example.cn/svd",),
        )
    },
    planned={
        "make-portfolio": PlannedLab(
            "make-portfolio",
            "career",
            Bilingual("作品集", "A portfolio"),
            "program",
            90,
            Bilingual("有", "there"),
        )
    },
    aliases={"la-svd": ("SVD",), "not-ours": ("回归测试",)},
)


def route(*nodes: Node) -> Route:
    return Route("r", "zh", "R", Node("route", "r", "R", 1, children=nodes), ())


def only(words: str, kind: NodeKind = "note", links: tuple[Link, ...] = ()) -> Match | None:
    found = match(route(Node(kind, "n", words, 7, links=links)), SMALL)
    assert len(found) <= 1
    return found[0] if found else None


def told(words: str, kind: NodeKind = "note") -> tuple[str, str] | None:
    found = only(words, kind)
    return (found.reference, found.why) if found else None


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/Svd/?v=1",
        "http://example.org/Svd?v=1",
        "https://EXAMPLE.org/Svd?v=1&utm_source=chatgpt.com",
        "https://mirror.example.cn/svd/",
    ],
)
def test_an_address_is_a_resource_however_it_is_written(url: str) -> None:
    found = only("逻辑回归", links=(Link(url, "here"),))
    assert found == Match("n", 7, "here", "res:svd-video", 1.0, "url")


@pytest.mark.parametrize(
    "url", ["https://example.org/svd?v=1", "https://example.org/Svd?v=2", "res:svd-video", "#svd"]
)
def test_another_address_is_not(url: str) -> None:
    assert plain_address(url) != plain_address("https://www.example.org/Svd/?v=1")


@pytest.mark.parametrize(
    ("words", "reference", "why"),
    [
        ("线性回归", "skill:linreg", "title"),
        ("LINEAR REGRESSION", "skill:linreg", "title"),
        ("linear regressions", "skill:linreg", "title"),
        ("k means clustering", "skill:kmeans", "title"),
        ("K-Means聚类", "skill:kmeans", "title"),
        ("奇异值分解（选做）", "skill:la-svd", "title"),
        ("ＳＶＤ", "skill:la-svd", "alias"),
        ("理解 SVD 的原理", "skill:la-svd", "alias"),
        ("线性回归、逻辑回归", "skill:linreg", "title"),
        ("预测房价（逻辑回归）", "skill:logreg", "title"),
        ("Logistic regresion", "skill:logreg", "similar"),
    ],
)
def test_words_are_a_skill(words: str, reference: str, why: str) -> None:
    assert told(words) == (reference, why)


@pytest.mark.parametrize(
    "words", ["", "   ", "…", "浇花", "Regression testing", "回归测试", "Svdberg"]
)
def test_other_words_are_not(words: str) -> None:
    assert told(words) is None


def test_whole_words_count_more_than_a_phrase_in_them() -> None:
    scores = [only(words) for words in ("SVD", "SVD、画图", "今天下午把 SVD 画出来")]
    assert [found.score if found else 0 for found in scores] == sorted(
        [found.score if found else 0 for found in scores], reverse=True
    )
    assert scores[0] is not None
    assert scores[0].score == 1.0


def test_a_project_is_a_lab_where_a_skill_has_the_same_name() -> None:
    assert told("作品集", "project") == ("lab:make-portfolio", "title")
    assert told("作品集", "skill") == ("skill:portfolio", "title")


def test_a_resource_about_a_skill_is_not_the_skill() -> None:
    assert told("线性回归", "resource") is None
    assert told("The geometry of the SVD", "resource") == ("res:svd-video", "title")


def test_what_names_something_of_ours_already_is_left_alone() -> None:
    assert only("线性回归", links=(Link("skill:la-svd", "x"),)) is None


def test_the_route_itself_its_rules_and_milestones_are_not_matched() -> None:
    assert told("线性回归", "rule") is None
    assert told("线性回归", "milestone") is None
    assert match(Route("r", "zh", "SVD", Node("route", "r", "SVD", 1), ()), SMALL) == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40) | st.text("SVD线性回归k-means（）()[]|<>、, +#", max_size=40))
def test_any_words_get_at_most_one_match_and_the_same_twice(words: str) -> None:
    found = only(words)
    assert found == only(words)
    if found:
        assert 0 < found.score <= 1
        assert found.reference.partition(":")[2] in {*SMALL.skills, *SMALL.planned}


def judged(curriculum: Catalog, half: str | None = None) -> list[tuple[Match | None, set[str]]]:
    """Each pair's match, and the references that are right."""
    nodes = [Node(one["kind"], f"n{at}", one["words"], at + 1) for at, one in enumerate(PAIRS)]
    found = {one.node: one for one in match(route(*nodes), curriculum)}
    return [
        (found.get(f"n{at}"), {f"skill:{name}" for name in one["skills"]})
        for at, one in enumerate(PAIRS)
        if half in (None, one["half"])
    ]


def _right(found: Match, wanted: set[str], catalog: Catalog) -> bool:
    """A lab is right if it shows one of the skills."""
    kind, _, name = found.reference.partition(":")
    if kind == "lab" and name in catalog.labs:
        return bool(wanted & {f"skill:{one}" for one in catalog.labs[name].skills})
    return found.reference in wanted


@pytest.mark.parametrize("half", ["tune", "check"])
def test_nine_of_ten_matches_are_right(curriculum: Catalog, half: str) -> None:
    pairs = judged(curriculum, half)
    found = [(one, wanted) for one, wanted in pairs if one]
    wrong = [
        (one.words, one.reference) for one, wanted in found if not _right(one, wanted, curriculum)
    ]
    assert len(wrong) <= 0.1 * len(found), wrong
    hits = len(found) - len(wrong)
    assert hits >= 0.75 * sum(bool(wanted) for _, wanted in pairs)


def test_nine_of_ten_similar_ones_are_right(curriculum: Catalog) -> None:
    found = [(one, wanted) for one, wanted in judged(curriculum) if one and one.why == "similar"]
    wrong = [
        (one.words, one.reference) for one, wanted in found if not _right(one, wanted, curriculum)
    ]
    assert len(found) >= 10
    assert len(wrong) <= 0.1 * len(found), wrong


def test_the_pairs_speak_of_skills_that_are_there(curriculum: Catalog) -> None:
    assert {name for one in PAIRS for name in one["skills"]} <= set(curriculum.skills)


def test_fifteen_hundred_nodes_cost_a_few_hundred_calls_each(
    curriculum: Catalog, calls_of: Callable[[Callable[[], object]], int]
) -> None:
    """The catalog is read once for all of them; words that come again are not looked at again."""
    words = [f"{one['words']} {at}" if at % 3 else one["words"] for at in range(9) for one in PAIRS]

    def cost(titles: list[str]) -> int:
        nodes = [Node("note", f"n{at}", one, at + 1) for at, one in enumerate(titles)]
        return calls_of(lambda: match(route(*nodes), curriculum))

    alone, all_of_them = cost(words[:1]), cost(words[:1500])
    assert all_of_them - alone < 300 * 1500
    assert cost(words[:1] * 1500) - alone < 30 * 1500


@pytest.mark.parametrize("title", ["Month 4 – deep learning", "Phase 2: Deep Learning"])
def test_a_whole_field_is_no_single_thing_of_it(curriculum: Catalog, title: str) -> None:
    route, _ = compile_route(f"# P\n\n## {title}\n- xyzzy\n\n## Phase 9: x\n- y\n", route_id="r")
    assert [one for one in match(route, curriculum) if one.why == "similar"] == []


def test_words_that_a_phrase_only_begins_are_narrower() -> None:
    assert is_narrower("deep learning recommender", "deep learning")
    assert not is_narrower("deep learning basic", "deep learning")
    assert not is_narrower("neural network", "neural net")
