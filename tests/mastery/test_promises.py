"""What levels keep, whatever happened."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhixing.mastery.forgetting import half_life_days, recall_probability
from zhixing.mastery.levels import mastery
from zhixing.records import Attempt, HintTaken, NoteSaved, TaskDone

TODAY = date(2027, 2, 1)
ORDER = ("unseen", "met", "can", "fluent", "master")
REFERENCES = ("pca", "pca#centre", "pca#whiten", "svd", "svd#svd", "svd#compress", "essay")
CHECKS = ("whiten_one", "whiten_two", "centre_one", "svd_one", "imports")

days = st.floats(0, 50)
tries = st.tuples(
    st.just("attempt"),
    st.sampled_from(REFERENCES),
    days,
    st.sampled_from([True, True, False]),
    st.sampled_from("xyz"),
)
labs, rungs = st.sampled_from(["pca", "svd"]), st.integers(1, 4)
hints = st.tuples(st.just("hint"), labs, st.sampled_from(CHECKS), rungs, days)
stories = st.lists(st.one_of(tries, tries, hints), max_size=14)


def told(story, attempt, hint):
    """The happenings of a story; ids follow the place in it."""
    found = []
    for place, (kind, *what) in enumerate(story):
        if kind == "hint":
            made = hint(*what)
        else:
            made = attempt(what[0], day=what[1], passed=what[2], answer=what[3])
        found.append(replace(made, id=f"{place:03}"))
    return found


def levels(happenings, catalog):
    skills = mastery(happenings, catalog, TODAY).skills
    return {name: ORDER.index(skill.level) for name, skill in skills.items()}


def no_skill_is_lower(now, before):
    return all(now[name] >= before[name] for name in before)


@given(story=stories, more=tries)
def test_another_pass_never_lowers_a_level(story, more, catalog, attempt, hint):
    before = told(story, attempt, hint)
    _, reference, day, _, answer = more
    now = [*before, attempt(reference, day=day, answer=answer)]
    assert no_skill_is_lower(levels(now, catalog), levels(before, catalog))


@given(story=stories, more=hints)
def test_another_hint_never_raises_a_level_or_a_weight(story, more, catalog, attempt, hint):
    before = told(story, attempt, hint)
    now = [*before, hint(*more[1:])]
    assert no_skill_is_lower(levels(before, catalog), levels(now, catalog))
    helped, alone = (mastery(h, catalog, TODAY).skills for h in (now, before))
    for name, skill in alone.items():
        first = {e.reference: e.weight for e in reversed(skill.evidence) if e.passed}
        then = {e.reference: e.weight for e in reversed(helped[name].evidence) if e.passed}
        assert all(then[reference] <= first[reference] for reference in first)


@given(story=stories, dice=st.randoms(use_true_random=False))
def test_the_order_in_which_happenings_are_told_does_not_matter(
    story, dice, catalog, attempt, hint
):
    listed = told(story, attempt, hint)
    mixed = list(listed)
    dice.shuffle(mixed)
    assert mastery(mixed, catalog, TODAY) == mastery(listed, catalog, TODAY)


@given(story=stories, more=tries)
def test_attempts_that_do_not_count_and_other_happenings_change_nothing(
    story, more, catalog, attempt, hint
):
    listed = told(story, attempt, hint)
    _, reference, day, passed, answer = more
    rerun = attempt(reference, day=day, passed=passed, answer=answer, counted=False)
    done = TaskDone(id="d", learner="me", at=rerun.at, task="t", minutes=30)
    note = NoteSaved(id="n", learner="me", at=rerun.at, task="t", text="")
    assert mastery([rerun, *listed, done, note], catalog, TODAY) == mastery(listed, catalog, TODAY)


@given(story=stories)
def test_time_never_lowers_a_level(story, catalog, attempt, hint):
    listed = told(story, attempt, hint)
    now = mastery(listed, catalog, TODAY).skills
    later = mastery(listed, catalog, TODAY + timedelta(days=1000)).skills
    for name, skill in now.items():
        assert later[name].level == skill.level
        assert later[name].needs_review >= skill.needs_review


@given(story=stories)
def test_master_is_out_of_reach_and_evidence_is_there_for_every_level(
    story, catalog, attempt, hint
):
    listed = told(story, attempt, hint)
    for skill in mastery(listed, catalog, TODAY).skills.values():
        assert skill.level != "master"
        assert bool(skill.evidence) == (skill.level != "unseen")
        assert all(0 <= evidence.weight <= 1 for evidence in skill.evidence)
        assert all(evidence.passed for evidence in skill.evidence if evidence.weight > 0)
        assert [e.at for e in skill.evidence] == sorted(e.at for e in skill.evidence)
        assert skill.level in ("unseen", "met") or any(e.weight > 0 for e in skill.evidence)


@given(story=stories)
def test_evidence_is_only_what_was_handed_in(story, catalog, attempt, hint):
    listed = told(story, attempt, hint)
    attempts = {h.at for h in listed if isinstance(h, Attempt)}
    hints_taken = sum(isinstance(h, HintTaken) for h in listed)
    for skill in mastery(listed, catalog, TODAY).skills.values():
        assert {evidence.at for evidence in skill.evidence} <= attempts
        assert all(evidence.hints <= 2 * hints_taken for evidence in skill.evidence)


@given(
    st.lists(st.dates(date(2026, 1, 1), date(2027, 1, 1)), min_size=1).map(sorted),
    st.dates(date(2026, 1, 1), date(2027, 1, 1)),
)
def test_another_proof_never_shortens_the_half_life(proofs, more):
    assert half_life_days(sorted([*proofs, more])) >= half_life_days(proofs)
    assert 30 <= half_life_days(proofs) <= 240


@given(st.floats(1, 400), st.floats(0, 400))
def test_half_is_left_after_a_half_life(half_life, elapsed):
    assert recall_probability(half_life, half_life) == 0.5
    assert 0 < recall_probability(half_life, elapsed) <= 1
