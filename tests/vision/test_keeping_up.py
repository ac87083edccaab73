"""The light model takes over before poses are too few to judge by; the usual one comes back."""

from hypothesis import given
from hypothesis import strategies as st

from coreline.vision.keeping_up import LIGHT, KeepingUp

FAST_S, SLOW_S = 0.035, 0.16


def run(pace: KeepingUp, t_s: float, for_s: float, took_s: float) -> list[float]:
    """Find poses for a time, each of which takes so long; return when models were changed."""
    changed_s, until_s = [], t_s + for_s
    while t_s < until_s:
        t_s += max(took_s, 1.0 / 30.0)
        if pace.step(t_s, took_s):
            changed_s.append(t_s)
    return changed_s


def test_a_machine_that_keeps_up_keeps_its_model() -> None:
    pace = KeepingUp("full")
    assert run(pace, 0.0, 60.0, FAST_S) == []
    assert pace.model == "full"


def test_a_slow_machine_gets_the_light_model_before_a_set_is_stopped_for_it() -> None:
    pace = KeepingUp("full")
    (changed_s,) = run(pace, 0.0, 10.0, SLOW_S)
    assert changed_s < 2.0, "sooner than the session says that pictures are too few"
    assert pace.light
    assert pace.model == LIGHT


def test_a_moment_of_slowness_changes_nothing() -> None:
    pace = KeepingUp("full")
    assert run(pace, 0.0, 3.0, FAST_S) == []
    assert run(pace, 3.0, 0.8, SLOW_S) == []
    assert run(pace, 3.8, 3.0, FAST_S) == []


def test_it_comes_back_when_the_machine_is_fast_again_and_each_time_later() -> None:
    pace, now_s = KeepingUp("full"), 0.0
    kept_s = []
    for _ in range(3):
        (light_s,) = run(pace, now_s, 3.0, SLOW_S)
        (usual_s,) = run(pace, now_s + 3.0, 120.0, 0.03)
        kept_s.append(usual_s - light_s)
        now_s += 123.0
    assert [round(each / kept_s[0]) for each in kept_s] == [1, 2, 4]


def test_with_the_light_model_too_slow_for_the_usual_one_it_stays() -> None:
    pace = KeepingUp("full")
    run(pace, 0.0, 5.0, SLOW_S)
    assert run(pace, 5.0, 300.0, 0.075) == []
    assert pace.light


@given(st.lists(st.floats(0.001, 2.0), max_size=200))
def test_whoever_chose_the_light_model_keeps_it(took_s: list[float]) -> None:
    pace, now_s = KeepingUp(LIGHT), 0.0
    for each_s in took_s:
        now_s += each_s
        assert not pace.step(now_s, each_s)
    assert pace.model == LIGHT


@given(st.lists(st.floats(0.001, 0.5), max_size=300))
def test_what_is_said_is_what_is_used(took_s: list[float]) -> None:
    pace, now_s, light = KeepingUp("full"), 0.0, False
    for each_s in took_s:
        now_s += each_s
        light ^= pace.step(now_s, each_s)
        assert pace.light is light
        assert (pace.model == LIGHT) is light
