"""Courses, and what a judge should say of a repetition or a rotation."""

import numpy as np
import pytest
from courses import Track, runs, smooth
from hypothesis import given
from hypothesis import strategies as st
from limits import TAP_BAD_CM
from raises import Rep, rep_truth
from rolls import Rotation, rotation_truth

SHARES = st.floats(0, 1)


@given(SHARES)
def test_a_ramp_is_symmetric_and_stays_between_its_ends(x: float) -> None:
    assert 0 <= smooth(x) <= 1
    assert smooth(x) + smooth(1 - x) == pytest.approx(1)


@given(SHARES, SHARES)
def test_a_ramp_never_turns_back(a: float, b: float) -> None:
    low, high = sorted((a, b))

    assert smooth(low) <= smooth(high) + 1e-12


@given(st.lists(st.tuples(st.floats(0.1, 2), st.floats(-30, 30)), max_size=4), st.floats(0, 10))
def test_a_course_is_the_same_at_a_time_and_sampled(
    ramps: list[tuple[float, float]], t_s: float
) -> None:
    track = Track()
    for lasts_s, to in ramps:
        track.ramp("dev", to, lasts_s)
        track.wait(lasts_s)

    assert track.sampled(np.array([t_s]))["dev"][0] == pytest.approx(track.value("dev", t_s))


def test_a_course_has_the_phase_that_began_last() -> None:
    track = Track()
    track.wait(1.0, "move")
    track.wait(1.0)
    track.wait(1.0, "hold")

    assert [track.phase(t_s) for t_s in (-1, 0.5, 1.5, 2.5)] == ["rest", "move", "move", "hold"]


def test_runs_are_the_stretches_that_last_long_enough() -> None:
    t_s = np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5])
    mask = np.array([True, True, False, True, False, True])

    assert runs(mask, t_s) == [[0.0, 0.1], [0.3, 0.3], [0.5, 0.5]]
    assert runs(mask, t_s, 0.05) == [[0.0, 0.1]]


def a_rep(
    plateau_s: float = 2.6, share: float = 1.0, tap_cm: float = 0.0, rise_deg: float | None = None
) -> Rep:
    return Rep("good", 1.0, 0.8, plateau_s, 0.8, share, rise_deg, tap_cm)


@pytest.mark.parametrize(
    ("rep", "bad", "grey"),
    [
        (a_rep(), [], []),
        (a_rep(plateau_s=1.0), ["too_short"], []),
        (a_rep(plateau_s=1.9), [], ["too_short"]),
        (a_rep(share=0.7), ["too_low"], ["too_short"]),
        (a_rep(share=0.9), [], ["too_low"]),
        (a_rep(tap_cm=TAP_BAD_CM + 0.1), ["no_tap"], []),
        (a_rep(tap_cm=2.0), [], ["no_tap"]),
        (a_rep(rise_deg=30), [], []),
        (a_rep(rise_deg=11), ["too_low"], ["too_short"]),
        (a_rep(rise_deg=50), [], ["too_high"]),
        (a_rep(rise_deg=54), ["too_high"], []),
    ],
)
def test_a_repetition_is_refused_for_what_is_wrong_with_it(
    rep: Rep, bad: list[str], grey: list[str]
) -> None:
    truth = rep_truth(rep, Track())

    assert (truth["reasons"], truth["grey"], truth["counts"]) == (bad, grey, not bad)
    assert truth.get("either_ok", False) == (bool(grey) and not bad)


@pytest.mark.parametrize(
    ("variable", "amount", "lasts_s", "bad", "grey"),
    [
        ("knee", 10, 2, [], []),
        ("knee", 18, 2, [], ["knee_bent"]),
        ("knee", 30, 2, ["knee_bent"], []),
        ("dev", -20, 2, ["line_broken"], []),
        ("dev", 9, 2, [], ["line_broken"]),
        ("drift", 20, 2, ["line_broken"], []),
        ("dev", 20, 0.2, [], ["line_broken"]),
    ],
)
def test_a_repetition_is_judged_at_its_top(
    variable: str, amount: float, lasts_s: float, bad: list[str], grey: list[str]
) -> None:
    track, rep = Track(), a_rep()
    track.ramp(variable, amount, 0.2, at_s=rep.top_s)
    track.ramp(variable, 0, 0.2, at_s=rep.top_s + 0.2 + lasts_s)

    truth = rep_truth(rep, track)

    assert (truth["reasons"], truth["grey"]) == (bad, grey)


@pytest.mark.parametrize(
    ("rotation", "bad", "grey"),
    [
        (Rotation(0, 5, 1, 0, 0, half=False), [], []),
        (Rotation(0, 5, 1, 1, 0, half=False), [], ["same_direction"]),
        (Rotation(0, 5, 1, -1, 15, half=False), [], ["line_broken"]),
        (Rotation(0, 5, 1, -1, 25, half=False), ["line_broken"], []),
        (Rotation(0, 3, 1, -1, 0, half=False), [], ["too_fast"]),
        (Rotation(0, 2, -1, 1, 0, half=True), ["incomplete", "too_fast"], []),
    ],
)
def test_a_rotation_is_refused_for_what_is_wrong_with_it(
    rotation: Rotation, bad: list[str], grey: list[str]
) -> None:
    truth = rotation_truth(rotation)

    assert (truth["reasons"], truth["grey"], truth["counts"]) == (bad, grey, not bad)
    assert truth["direction"].startswith("chest" if rotation.sense > 0 else "back")
