"""A model may name, time and order what is there; it adds nothing, and cannot tie a knot."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.records import Node, Route
from zhixing.roadmap.proposals import Proposal, validate

ROUTE = Route(
    "r",
    "en",
    "R",
    Node(
        "route",
        "r",
        "R",
        1,
        children=(
            Node(
                "week",
                "w1",
                "Vectors",
                2,
                children=(
                    Node("task", "a", "Vectors", 3, task_kind="study"),
                    Node("task", "b", "Maps", 4, 60, task_kind="study"),
                    Node("task", "c", "Rank", 5, 60, task_kind="study",
                         marks=frozenset({"estimated"})),
                ),
            ),
            Node("week", "w2", "Nets", 6,
                 children=(Node("task", "d", "Nets", 7, task_kind="study"),)),
        ),
    ),
    (),
)  # fmt: skip


def alias(node: str, words: object) -> dict[str, object]:
    return {"node": node, "kind": "alias", "alias": words}


def hours(node: str, number: object) -> dict[str, object]:
    return {"node": node, "kind": "hours", "hours": number}


def needs(node: str, first: object) -> dict[str, object]:
    return {"node": node, "kind": "prerequisite", "needs": first}


def test_names_hours_and_order_of_nodes_that_exist_are_taken() -> None:
    given = [alias("a", " la  vectors "), hours("c", 1.5), hours("a", 2), needs("d", "c")]
    accepted, refused = validate(given, ROUTE)
    assert refused == ()
    assert accepted == (
        Proposal("a", "alias", "la vectors"),
        Proposal("c", "hours", 90),
        Proposal("a", "hours", 120),
        Proposal("d", "prerequisite", "c"),
    )


@pytest.mark.parametrize(
    "proposal",
    [
        alias("new", "x"),
        hours("", 1),
        needs("a", "new"),
        needs("new", "a"),
        {"node": "a", "kind": "week", "first": 3},
        {"node": "a", "kind": "link", "url": "https://example.org"},
        {"node": "a", "kind": "alias", "alias": "x", "url": "https://example.org"},
        {"node": "a", "kind": "alias"},
        {"kind": "hours", "hours": 1},
        {"node": ["a"], "kind": "alias", "alias": "x"},
        {"node": "a", "kind": ["alias"], "alias": "x"},
        {},
        None,
        "alias",
        42,
    ],
)
def test_nothing_new_comes_in(proposal: object) -> None:
    accepted, refused = validate([proposal], ROUTE)
    assert accepted == ()
    assert refused[0].proposal == proposal
    assert refused[0].why.render("en")


@pytest.mark.parametrize(
    "words",
    [
        "", "  ", 3, None, ["x"], "x" * 81, "two\nlines", "https://example.org",
        "see www.example.org",
        "[x](y)", "<script>", "javascript:alert(1)", "example.com/x", "go to example.org now",
        "\u202eevil", "bell\x07", "half\ud800", "no\u200bwidth",
    ],
)  # fmt: skip
def test_an_alias_is_a_few_plain_words(words: object) -> None:
    assert validate([alias("a", words)], ROUTE)[0] == ()


@pytest.mark.parametrize(
    "words", ["SVD", "奇异值分解", "C++ / C#", "k-means, k = 3", "nn.Module", "3.5 h"]
)
def test_ordinary_words_are_an_alias(words: str) -> None:
    assert validate([alias("a", words)], ROUTE)[0] == (Proposal("a", "alias", words),)


@pytest.mark.parametrize(
    "number",
    [0, -1, 401, 1e9, float("nan"), float("inf"), 10**400, True, "2", None, [2], 0.001],
)
def test_hours_that_cannot_be_are_refused(number: object) -> None:
    assert validate([hours("a", number)], ROUTE)[0] == ()


def test_what_the_document_says_is_not_overruled() -> None:
    accepted, refused = validate(
        [hours("b", 2), hours("c", 2), hours("c", 3), hours("c", 2)], ROUTE
    )
    assert accepted == (Proposal("c", "hours", 120),)
    assert len(refused) == 3


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ([needs("a", "a")], 0),
        ([needs("a", "w1")], 0),
        ([needs("w1", "a")], 0),
        ([needs("r", "a")], 0),
        ([needs("a", "b"), needs("b", "a")], 1),
        ([needs("a", "b"), needs("b", "c"), needs("c", "a")], 2),
        ([needs("w2", "w1"), needs("a", "d")], 1),
        ([needs("w2", "w1"), needs("w1", "w2")], 1),
        ([needs("d", "a"), needs("w1", "w2")], 1),
        ([needs("d", "a"), needs("d", "b"), needs("c", "a")], 3),
        ([needs("d", "a"), needs("d", "a")], 1),
    ],
)
def test_no_circle_is_closed(given: list[object], taken: int) -> None:
    accepted, refused = validate(given, ROUTE)
    assert len(accepted) == taken
    assert len(refused) == len(given) - taken


NAMES = [node.id for node in ROUTE.root.walk()]


def _leaves(name: str) -> set[str]:
    node = next(one for one in ROUTE.root.walk() if one.id == name)
    return {one.id for one in node.walk() if not one.children}


@settings(max_examples=300)
@given(st.lists(st.builds(needs, st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=12))
def test_whatever_is_accepted_can_be_done_in_some_order(given: list[dict[str, Any]]) -> None:
    accepted, _ = validate(given, ROUTE)
    waits = {name: set[str]() for name in _leaves("r")}
    for one in accepted:
        for leaf in _leaves(one.node):
            waits[leaf] |= _leaves(str(one.value))
    while ready := [name for name, firsts in waits.items() if not firsts & set(waits)]:
        for name in ready:
            del waits[name]
    assert waits == {}


@settings(max_examples=200)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=8),
        lambda one: (
            st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=6), one, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_whatever_a_model_says_is_either_taken_or_refused(said: object) -> None:
    accepted, refused = validate([said], ROUTE)
    assert len(accepted) + len(refused) == 1
