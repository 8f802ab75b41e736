"""Every name in a pack leads somewhere, or is a letter."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.catalog.auditing import audit, notes
from zhixing.records import Catalog, Skill
from zhixing.words import Bilingual

LAB = "labs/math/add-two"
ROUTE = "routes/first-steps.zh.md"


def audited(pack) -> list[str]:
    catalog, letters = pack.read()
    assert letters == ()
    return [one.render("en") for one in audit(catalog)]


def test_a_sound_pack_audits_clean_and_planned_labs_are_notes(pack) -> None:
    assert audited(pack) == []
    said = [one.render("en") for one in notes(pack.read()[0])]
    assert len(said) == 2
    assert 'lab "add-many" is planned' in said[0]
    assert "first-steps.en.md, line 8" in said[0]
    assert 'nothing can show that skill "counting" is held' in said[1]


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("skills/math.toml", '["counting"]', '["countin"]', 'did you mean "counting"?'),
        ("skills/math.toml", '["number-book"]', '["number-boook"]', 'did you mean "number-book"?'),
        ("skills/math.toml", "lab:add-two#sum", "lab:add-two#sun", 'did you mean "sum"?'),
        ("skills/math.toml", "lab:add-two#sum", "lab:ad-two#sum", 'did you mean "add-two"?'),
        ("skills/math.toml", "add-many#all", "add-many#al", 'lab "add-many" has no part "al"'),
        ("skills/math.toml", "lab:add-two#sum", "add-two", '"add-two" is no evidence'),
        (f"{LAB}/lab.toml", '["adding"]', '["ading"]', 'did you mean "adding"?'),
        (f"{LAB}/lab.toml", 'helps = ["add-many"]', 'helps = ["zzz"]', "neither built nor planned"),
        (f"{LAB}/lab.toml", 'helps = ["add-many"]', 'needs = ["ad-many"]', 'mean "add-many"?'),
        (f"{LAB}/statement.en.md", "[reading:sums]", "[reading:sum]", 'did you mean "sums"?'),
        (f"{LAB}/statement.zh.md", "写出 `add`。", "[reading:x]", 'reading "x" is not'),
        (ROUTE, "skill:adding", "skill:addin", 'did you mean "adding"?'),
        (ROUTE, "res:number-book", "res:book", 'resource "book" is not in the catalog'),
        (ROUTE, "lab:add-two#sum", "lab:add-two#", 'lab "add-two" has no part ""'),
        (ROUTE, "lab:add-many#fast", "lab:add-many#fas", 'did you mean "fast"?'),
        (ROUTE, "(skill:adding)", "(skil:adding)", 'did you mean "skill"?'),
    ],
)
def test_a_name_that_leads_nowhere_is_a_letter_with_the_nearest(pack, path, old, new, said) -> None:
    pack.bend(path, old, new)
    (letter,) = audited(pack)
    assert said in letter
    assert path.removeprefix("routes/") in letter


def test_a_letter_about_a_route_names_its_line(pack) -> None:
    pack.bend(ROUTE, "lab:add-two#sum", "lab:nothing-like-it")
    (letter,) = audited(pack)
    assert f"{pack.folder}/{ROUTE}, line 7 ·" in letter


def skills(needs: dict[str, list[str]]) -> Catalog:
    words = Bilingual("是", "is")
    made = {
        name: Skill(name, "math", words, 1, tuple(others), words, (), ())
        for name, others in needs.items()
    }
    return Catalog(skills=made)


NAMES = [f"s{n}" for n in range(7)]


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), unique=True)))
def test_skills_are_told_of_a_circle_exactly_when_there_is_one(needs) -> None:
    needs = {name: [one for one in others if one in needs] for name, others in needs.items()}
    order: list[str] = []
    left = dict(needs)
    while ready := [name for name, others in left.items() if not set(others) - set(order)]:
        order += ready
        left = {name: others for name, others in left.items() if name not in ready}
    letters = [one.render("en") for one in audit(skills(needs))]
    assert bool(letters) == bool(left)
    for letter in letters:
        circle = letter.split(": ")[1].split(" · ")[0].split(" → ")
        assert circle[0] == circle[-1]
        assert all(b in needs[a] for a, b in pairwise(circle))


def test_a_chain_of_ten_thousand_needs_is_walked() -> None:
    chain = {f"s{n}": [f"s{n + 1}"] for n in range(10_000)} | {"s10000": []}
    assert audit(skills(chain)) == ()


def test_a_circle_is_told_when_a_pack_is_read_and_the_rest_can_be_used(pack) -> None:
    pack.bend("skills/math.toml", "[counting]", '[counting]\nneeds = ["adding"]')
    catalog, letters = pack.read()
    (told,) = [letter.render("en") for letter in letters]
    assert "these skills need one another: " in told
    assert any(path in told for path in ("counting → adding → counting",
                                         "adding → counting → adding"))  # fmt: skip
    assert "skills/math.toml, key " in told
    assert audit(catalog) == ()
    assert set(catalog.skills) == {"counting", "adding"}


def test_labs_that_need_one_another_are_told_at_a_file(pack) -> None:
    pack.bend(f"{LAB}/lab.toml", 'helps = ["add-many"]', 'needs = ["add-two"]')
    catalog, letters = pack.read()
    (told,) = [letter.render("en") for letter in letters]
    assert f"add-two → add-two · {LAB}/lab.toml, key needs" in told
    assert catalog.labs["add-two"].needs == ()
