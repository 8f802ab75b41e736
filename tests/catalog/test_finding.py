"""What a person types leads to the thing, or to the nearest one."""

import pytest

from zhixing.catalog.finding import lab, route, skill, split_reference
from zhixing.errors import Problem


@pytest.fixture
def catalog(pack):
    return pack.read()[0]


def test_what_is_there_is_found(catalog) -> None:
    assert lab(catalog, "add-two").id == "add-two"
    assert skill(catalog, "adding").id == "adding"
    assert route(catalog, "first-steps").id == "first-steps"


@pytest.mark.parametrize(
    ("find", "typed", "next_step"),
    [
        (lab, "ad-two", 'did you mean "add-two"? `zhixing labs` lists them all'),
        (skill, "add", 'did you mean "adding"? `zhixing skills` lists them all'),
        (route, "first-step", 'did you mean "first-steps"? `zhixing routes` lists them all'),
        (route, "", "`zhixing routes` lists them all"),
        (split_reference, "add-two#sun", 'did you mean "sum"? `zhixing labs add-two` lists'),
        (split_reference, "add-two#", "`zhixing labs add-two` lists them all"),
        (split_reference, "#sum", "`zhixing labs` lists them all"),
        (split_reference, "add-tow#sum", 'did you mean "add-two"?'),
    ],
)
def test_what_is_not_there_is_a_problem_with_the_nearest(catalog, find, typed, next_step) -> None:
    with pytest.raises(Problem) as caught:
        find(catalog, typed)
    (letter,) = caught.value.letters
    assert next_step in letter.render("en")
    assert "packs: mine" in letter.render("en")


def test_a_planned_lab_is_told_from_an_unknown_one(catalog) -> None:
    with pytest.raises(Problem) as caught:
        lab(catalog, "add-many")
    assert "planned and not built yet" in str(caught.value)
    assert "the sum is right" in str(caught.value).lower()


def test_a_reference_comes_apart_into_lab_and_part(catalog) -> None:
    for typed, part in (("add-two", None), ("add-two#sum", "sum"), ("lab:add-two#twice", "twice")):
        found, found_part = split_reference(catalog, typed)
        assert (found.id, found_part) == ("add-two", part)
