"""How straight this person's raised knee is: from people's, and from the tops of the set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.own_tops import OwnTops
from judged_films import judged
from stick_figure import Raise, few, raises_film, rules_of

RULES = rules_of("w56-belly-bridge")
PEOPLE = RULES.neutral["knee"]


def top(knee_deg: float) -> list[dict[str, float]]:
    """Return a top whose knee reads so."""
    return [{"bend": 0.0, "knee": knee_deg}] * 5


def test_before_any_top_a_knee_is_as_people_s_are() -> None:
    assert OwnTops(RULES).neutral() == {"knee": pytest.approx(PEOPLE.mean, abs=0.5)}


@given(st.floats(166.0, 181.0))
def test_a_knee_that_reads_alike_every_time_is_the_person_s_own(knee_deg: float) -> None:
    own = OwnTops(RULES)
    for _ in range(3):
        own.learn(top(knee_deg), ())
    assert own.neutral()["knee"] == pytest.approx(knee_deg, abs=1.5)


@given(st.floats(90.0, 150.0))
def test_a_bent_knee_is_nobody_s_own(knee_deg: float) -> None:
    assert OwnTops(RULES).neutral(top(knee_deg))["knee"] >= PEOPLE.low


def test_a_top_that_was_refused_for_its_knee_is_not_learnt_from() -> None:
    own = OwnTops(RULES)
    own.learn(top(164.0), ("knee_bent",))
    assert own.neutral()["knee"] == pytest.approx(PEOPLE.mean, abs=0.5)
    own.learn(top(164.0), ("too_short",))
    assert own.neutral()["knee"] < PEOPLE.mean - 2.0


def flexions(*deg: float) -> list[tuple[str, ...]]:
    story = raises_film([Raise(knee_flexion_deg=each) for each in deg], shift_deg=0.0)
    return [each.reasons for each in judged(RULES, story.frames(15.0)).repetitions]


@few
@given(st.floats(17.0, 22.0))
def test_a_knee_bends_against_the_person_s_own_straight_one(flexion_deg: float) -> None:
    assert flexions(0.0, 0.0, flexion_deg) == [(), (), ("knee_bent",)]


@few
@given(st.floats(0.0, 14.0))
def test_a_knee_that_never_reads_straight_is_not_bent(flexion_deg: float) -> None:
    assert flexions(*[flexion_deg] * 3) == [(), (), ()]
