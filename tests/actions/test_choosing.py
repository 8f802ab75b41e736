"""The route that fits three answers never expects more than they say."""

from itertools import product

from zhixing.actions.choosing import CODING, GOALS, MATHS, TRIAL, Answers, reaches, recommend
from zhixing.actions.routes import route

FULL, BUILD, TWELVE = "full-roadmap", "fullstack-20-weeks", "cv-llm-rl-12-weeks"
FIRST, MATH = "foundations", "math-16-weeks"

EXPECTED = {
    # no code: only one route begins there, whatever it is for
    **{("none", maths, goal): FULL for maths in MATHS for goal in GOALS},
    **{(coding, maths, "all"): FULL for coding in CODING for maths in MATHS},
    **{(coding, maths, "build"): BUILD for coding in ("some", "daily") for maths in MATHS},
    **{(coding, "school", goal): FIRST
       for coding in ("some", "daily") for goal in ("understand", "specialise")},
    **{(coding, maths, "understand"): MATH
       for coding in ("some", "daily") for maths in ("faded", "fresh")},
    ("some", "faded", "specialise"): MATH,
    ("some", "fresh", "specialise"): MATH,
    ("daily", "faded", "specialise"): MATH,
    ("daily", "fresh", "specialise"): TWELVE,
}  # fmt: skip


def test_every_answer_has_its_route(desk) -> None:
    assert set(EXPECTED) == set(product(CODING, MATHS, GOALS))
    for (coding, maths, goal), wanted in EXPECTED.items():
        answers = Answers(coding, maths, goal=goal)
        found = recommend(desk, answers)
        assert found.route == wanted, (coding, maths, goal)
        assert reaches(desk, found.route, answers), (coding, maths, goal)
        assert found.why.render("zh") != ""


def test_every_route_of_ours_states_its_entrance_and_its_end_in_both_languages(desk) -> None:
    for name in desk.catalog.routes:
        zh, en = (route(desk, name, language) for language in ("zh", "en"))
        assert zh.level == en.level != "", name
        assert len({zh.expects, en.expects} - {""}) == 2, name
        assert len({zh.ends_in, en.ends_in} - {""}) == 2, name


def test_what_no_question_asks_is_said_before_the_route_begins(desk) -> None:
    """Nobody asks for deep learning: the route that expects it is named with its own words."""
    found = recommend(desk, Answers("daily", "fresh", goal="specialise"))
    expects = route(desk, found.route).expects
    assert any(expects in said.render("zh") for said in found.before)


def test_the_trial_is_reached_by_whoever_writes_a_function(desk) -> None:
    assert not reaches(desk, TRIAL, Answers("none"))
    assert reaches(desk, TRIAL, Answers("some"))
