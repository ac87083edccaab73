"""Movement is no hold: push-ups pass through a plank and are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.form import Form
from coreline.judging.restless import moving_share
from judged_films import forms_of, judged
from stick_figure import PLANK, Film, Plank, few, film, rules_of, shaken

RULES = rules_of("w12-back-bridge")
FPS = st.sampled_from([10.0, 15.0, 30.0])
HIGH, LOW = Plank(shoulder_m=0.50), Plank(shoulder_m=0.22)


def push_ups(stroke_s: float, times: int) -> Film:
    """Return somebody whose arms bend and stretch, the line kept."""
    return film((HIGH, 0.0, 1.0), *[(LOW, stroke_s, 0.1), (HIGH, stroke_s, 0.1)] * times)


def share(story: Film, fps: float = 15.0) -> float:
    return moving_share(forms_of(RULES, story.frames(fps)), RULES)


@few
@given(stroke_s=st.floats(0.5, 1.0), fps=FPS)
def test_push_ups_move_nearly_all_the_time(stroke_s: float, fps: float) -> None:
    assert share(push_ups(stroke_s, 5), fps) > 0.65


@few
@given(bend_deg=st.floats(-12.0, 8.0), fps=FPS)
def test_a_hold_does_not_move(bend_deg: float, fps: float) -> None:
    assert share(film((Plank(bend_deg), 0.0, 8.0)), fps) == 0.0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_jitter_of_the_landmarks_is_no_movement(seed: int) -> None:
    frames = shaken(film((PLANK, 0.0, 8.0)).frames(), 1.0, seed)
    assert moving_share(forms_of(RULES, frames), RULES) < 0.3


def test_a_hold_with_faults_moves_for_little_of_its_time() -> None:
    story = film((PLANK, 0.0, 4.0), (Plank(15.0), 0.7, 3.0), (PLANK, 0.7, 4.0))
    assert share(story) < 0.3


def test_a_short_stay_is_not_judged() -> None:
    assert share(push_ups(0.6, 1)) == 0.0
    assert moving_share([], RULES) == 0.0


def made_up(*values: float, step_s: float = 0.25) -> list[Form]:
    """Return forms of which every reading of the start has these values, one after another."""
    names = {condition.measure for condition in RULES.start.conditions}
    return [
        Form(n * step_s, True, True, None, dict.fromkeys(names, value), None)
        for n, value in enumerate(values)
    ]


def test_it_moves_while_a_reading_spans_more_than_what_is_still() -> None:
    still_deg = RULES.start.still_deg
    for by_deg, moves in ((still_deg, False), (still_deg + 0.1, True)):
        forms = made_up(*[0.0] * 9, *[by_deg] * 8)
        # Half a second before and at the step there is more than the limit in the window.
        assert moving_share(forms, RULES) == (pytest.approx(0.5 / 4.0) if moves else 0.0)


def test_three_seconds_are_judged_and_less_is_not() -> None:
    leaps = [0.0, 50.0] * 10
    assert moving_share(made_up(*leaps[:13]), RULES) == 1.0
    assert moving_share(made_up(*leaps[:12]), RULES) == 0.0


def test_a_knee_that_trembles_behind_the_other_leg_is_no_movement() -> None:
    rules = rules_of("w34-belly-bridge")
    knees = {name for name, measure in rules.measures.items() if measure.kind == "angle"}
    assert knees == {"knee", "support_knee"}
    for moves, share in ((knees, 0.0), ({"over"}, 1.0)):
        still = dict.fromkeys(rules.measures, 0.0)
        leaps = [still | dict.fromkeys(moves, 50.0 * (n % 2)) for n in range(20)]
        forms = [Form(0.25 * n, True, True, None, each, None) for n, each in enumerate(leaps)]
        assert moving_share(forms, rules) == share


# Told


def test_push_ups_are_no_hold_and_are_told_so() -> None:
    outcome = judged(RULES, push_ups(0.7, 6).frames())
    assert outcome.holds
    for hold in outcome.holds:
        assert hold.reasons == ("unsteady",)
        assert (hold.in_line_s, hold.line_score, hold.worst_bend_deg) == (0.0, None, None)


def test_a_hold_with_faults_is_a_hold() -> None:
    slips = [(Plank(15.0), 0.7, 1.0), (PLANK, 0.7, 2.0)] * 3
    (hold,) = judged(RULES, film((PLANK, 0.0, 4.0), *slips).frames()).holds
    assert hold.reasons == ()
    assert hold.in_line_s > 9.0


def test_what_moves_is_told_over_half_a_second() -> None:
    """A leap counts until half a second later; a drift that is slower than that does not."""
    still_deg = RULES.start.still_deg
    leap = made_up(*[0.0] * 40, *[2.0 * still_deg] * 40, step_s=0.1)
    assert moving_share(leap, RULES) == pytest.approx(0.5 / 7.9)
    for over_s, moves in ((0.6, False), (0.4, True)):
        drift = made_up(*(still_deg * n * 0.1 / over_s for n in range(60)), step_s=0.1)
        assert (moving_share(drift, RULES) > 0.8) is moves
