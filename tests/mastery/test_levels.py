"""Promises about levels, told by examples."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhixing.mastery.levels import mastery
from zhixing.records import Undone

FIRST = date(2026, 12, 7)


@pytest.fixture
def held(catalog):
    """held(skill, *happenings, day=20): how it is held on that day."""

    def of(skill, *happenings, day=20):
        return mastery(happenings, catalog, FIRST + timedelta(days=day)).skills[skill]

    return of


def test_every_skill_of_the_catalog_is_there_and_unseen_at_first(catalog):
    found = mastery((), catalog, FIRST)
    assert set(found.skills) == set(catalog.skills)
    assert {skill.level for skill in found.skills.values()} == {"unseen"}
    assert found.today == FIRST


def test_an_attempt_that_fails_makes_a_skill_met(held, attempt):
    assert held("eigen", attempt("pca#whiten", passed=False)).level == "met"
    assert held("eigen", attempt("svd", passed=False)).level == "met"


def test_an_attempt_at_another_part_does_not_touch_the_skill(held, attempt):
    skill = held("eigen", attempt("pca#centre"))
    assert (skill.level, skill.evidence) == ("unseen", ())


def test_one_passed_proof_makes_can(held, attempt):
    assert held("eigen", attempt("pca#whiten")).level == "can"
    assert held("eigen", attempt("pca", passed=("whiten",))).level == "can"


def test_a_whole_lab_is_passed_at_once_or_part_by_part(held, attempt):
    first, second = attempt("svd#svd", day=0), attempt("svd#compress", day=3)
    assert held("eigen", first).level == "met"
    assert held("eigen", first, second).level == "can"
    assert held("eigen", attempt("svd")).level == "can"


def test_an_attempt_at_a_whole_lab_is_one_piece_of_evidence_or_one_for_each_part_asked_for(
    held, attempt
):
    whole = attempt("pca", passed=("whiten",))
    assert [(e.reference, e.passed) for e in held("maps", whole).evidence] == [("lab:pca", False)]
    pieces = [(e.reference, e.passed) for e in held("part", whole).evidence]
    assert pieces == [("lab:pca#whiten", True)]


def test_a_lab_that_names_a_skill_shows_it_without_a_criterion(held, attempt):
    assert held("maps", attempt("pca#centre")).level == "met"
    assert held("maps", attempt("pca")).level == "can"


def test_a_criterion_that_names_a_part_is_not_widened_by_the_lab(held, attempt):
    assert held("part", attempt("pca#centre")).level == "unseen"
    assert held("part", attempt("pca#whiten")).level == "can"


def test_a_lab_without_parts_is_passed_as_a_whole(held, attempt):
    assert held("shape", attempt("essay")).level == "can"
    assert held("shape", attempt("essay", passed=False)).level == "met"


def test_fluent_takes_two_labs_and_a_new_answer_two_weeks_later(held, attempt):
    both = attempt("pca#whiten"), attempt("svd", day=1)
    assert held("eigen", *both).level == "can"
    assert held("eigen", *both, attempt("pca#whiten", day=13)).level == "can"
    assert held("eigen", *both, attempt("pca#whiten", day=14)).level == "fluent"
    assert held("eigen", both[0], attempt("pca#whiten", day=14)).level == "can"


def test_the_same_text_handed_in_again_shows_nothing_new(held, attempt):
    passes = attempt("pca#whiten", answer="x"), attempt("svd"), attempt("svd", day=1)
    assert held("eigen", *passes, attempt("pca#whiten", day=40, answer="x")).level == "can"
    again = attempt("pca#whiten", day=40, answer="x")
    assert held("eigen", *passes[:1], again, day=41).needs_review
    fresh = attempt("pca#whiten", day=40, answer="y")
    assert not held("eigen", *passes[:1], fresh, day=41).needs_review


@pytest.mark.parametrize(("rung", "weight"), [(1, 0.9), (2, 0.8), (3, 0.65), (4, 0.4)])
def test_the_highest_rung_of_a_check_decides_what_its_hints_cost(held, attempt, hint, rung, weight):
    climbed = [hint("pca", "whiten_one", step) for step in range(1, rung + 1)]
    skill = held("eigen", *climbed, attempt("pca#whiten", day=1))
    (evidence,) = skill.evidence
    assert (evidence.weight, evidence.hints) == (weight, rung)
    assert skill.level == ("can" if rung < 4 else "met")


def test_hints_on_two_checks_multiply(held, attempt, hint):
    hints = hint("pca", "whiten_one", 2), hint("pca", "whiten_two", 3)
    (evidence,) = held("eigen", *hints, attempt("pca#whiten")).evidence
    assert evidence.weight == pytest.approx(0.8 * 0.65)


def test_hints_on_another_part_or_lab_or_after_the_pass_cost_nothing(held, attempt, hint):
    hints = (
        hint("pca", "centre_one", 4),
        hint("svd", "whiten_one", 4),
        hint("pca", "whiten_one", 4, 2),
    )
    (evidence,) = held("eigen", *hints, attempt("pca#whiten", day=1)).evidence
    assert (evidence.weight, evidence.hints) == (1.0, 0)


def test_a_hint_on_a_check_of_no_part_counts_for_every_part(held, attempt, hint):
    (evidence,) = held("eigen", hint("pca", "imports", 4), attempt("pca#whiten")).evidence
    assert evidence.weight == 0.4


def test_a_worked_step_is_made_good_by_passing_again_a_week_on(held, attempt, hint):
    helped = hint("pca", "whiten_one", 4), attempt("pca#whiten")
    assert held("eigen", *helped, attempt("pca#whiten", day=6)).level == "met"
    assert held("eigen", *helped, attempt("pca#whiten", day=8)).level == "can"


def test_a_pass_after_a_helped_one_is_no_repeat(held, attempt, hint):
    helped = hint("pca", "whiten_one", 4), attempt("pca#whiten")
    first, second = held("eigen", *helped, attempt("pca#whiten", day=8)).evidence
    assert (first.weight, second.weight) == (0.4, 1.0)


def test_a_hint_on_a_check_of_two_parts_counts_for_both(catalog, attempt, hint):
    pca = catalog.labs["pca"]
    parts = tuple(replace(part, checks=("shared",)) for part in pca.parts)
    shared = replace(catalog, labs={**catalog.labs, "pca": replace(pca, parts=parts)})
    for part in ("whiten", "centre"):
        told = hint("pca", "shared", 1), attempt(f"pca#{part}")
        (evidence,) = mastery(told, shared, FIRST).skills["maps"].evidence
        assert evidence.weight == 0.9


def test_a_repeat_of_what_is_proven_counts_half_each_time(held, attempt):
    passes = [attempt("pca#whiten", day=n) for n in range(3)]
    weights = [evidence.weight for evidence in held("eigen", *passes).evidence]
    assert weights == [1.0, 0.5, 0.25]


def test_failed_attempts_cost_a_little_and_never_more_than_a_fifth(held, attempt):
    fails = [attempt("pca#whiten", day=n / 100, passed=False) for n in range(50)]
    few = held("eigen", *fails[:2], attempt("pca#whiten", day=1)).evidence[-1]
    many = held("eigen", *fails, attempt("pca#whiten", day=1)).evidence[-1]
    assert few.weight == pytest.approx(0.97**2, abs=1e-4)
    assert many.weight == 0.8


def test_under_five_pieces_of_evidence_nothing_is_certain(held, attempt):
    tries = [attempt("pca#whiten", day=n, passed=False) for n in range(5)]
    assert not held("eigen", *tries[:4]).certain
    assert held("eigen", *tries).certain


def test_a_skill_asks_for_review_after_a_month_and_keeps_its_level(held, attempt):
    one = attempt("pca#whiten")
    assert not held("eigen", one, day=30).needs_review
    skill = held("eigen", one, day=31)
    assert (skill.needs_review, skill.level) == (True, "can")


def test_a_proof_two_weeks_later_doubles_the_time_to_review(held, attempt):
    spaced = attempt("pca#whiten"), attempt("pca#whiten", day=14)
    crammed = attempt("pca#whiten"), attempt("pca#whiten", day=1)
    assert not held("eigen", *spaced, day=74).needs_review
    assert held("eigen", *spaced, day=75).needs_review
    assert held("eigen", *crammed, day=32).needs_review


def test_what_was_never_shown_needs_no_review(held, attempt):
    assert not held("eigen", attempt("pca#whiten", passed=False), day=400).needs_review


def test_the_next_proof_is_the_first_not_passed_built_labs_before_the_rest(held, attempt):
    whiten, svd = attempt("pca#whiten"), attempt("svd")
    assert held("eigen").next_proof == "lab:pca#whiten"
    assert held("eigen", whiten).next_proof == "lab:svd"
    assert held("eigen", whiten, svd).next_proof == "quiz:eigen"
    assert held("far").next_proof == "lab:svd#svd"
    assert held("far", svd).next_proof == "lab:later#one"
    assert held("maps").next_proof == "lab:pca"
    assert held("shape", attempt("essay")).next_proof is None


def test_what_was_taken_back_counts_no_more_until_that_is_taken_back(held, attempt):
    one = attempt("pca#whiten")
    undo = Undone(id="u1", learner="me", at=one.at + timedelta(hours=1), what=one.id)
    redo = Undone(id="u2", learner="me", at=one.at + timedelta(hours=2), what="u1")
    assert held("eigen", one, undo).level == "unseen"
    assert held("eigen", one, undo, redo).level == "can"


def test_an_inconclusive_attempt_is_no_failure(held, attempt):
    odd = attempt("pca#whiten", passed=False)
    odd = replace(odd, verdict=replace(odd.verdict, verdict="inconclusive"))
    skill = held("eigen", odd, attempt("pca#whiten", day=1))
    assert skill.evidence[-1].weight == 1.0
