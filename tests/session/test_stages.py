"""The stages around a set: how long each lasts, and what is said in it and when."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.coaching.spoken import spoken
from coreline.data_files import load_catalogue, load_cues
from coreline.session.phrases import reading_s
from coreline.session.stages import CountIn, Explaining, Pausing, Placing, Resting

BOOK = spoken(load_cues(), load_catalogue())
TWO = ("name.w12_back_bridge", "dose.hold_30_3")


Advice = str | None | dict[float, str]  # or from when on what is advised


class Adviser:
    """A check that never passes, or passes at once, and advises as it is told to."""

    def __init__(self, advice: Advice = "setup.step_back", *, passed: bool = False) -> None:
        self._story = advice if isinstance(advice, dict) else {0.0: advice}
        self.passed, self.advice = passed, self._story[0.0]

    def at(self, t_s: float) -> None:
        self.advice = [advice for from_s, advice in self._story.items() if from_s <= t_s][-1]

    def step(self, *_: object) -> tuple[()]:
        return ()


def said(
    step: Callable[[float], Sequence[str]], until_s: float, from_s: float = 0.0
) -> list[tuple[float, str]]:
    """Return what is said, and when, ten times a second."""
    times = [from_s + tenth / 10.0 for tenth in range(round((until_s - from_s) * 10) + 1)]
    return [(round(t_s, 1), cue) for t_s in times for cue in step(t_s)]


# Placing the camera and the body


def placing(checker: Adviser, until_s: float) -> list[tuple[float, str]]:
    stage = Placing(checker)

    def step(t_s: float) -> list[str]:
        checker.at(t_s)
        return stage.step(t_s, None, None)

    return said(step, until_s)


def test_advice_comes_after_three_seconds_and_the_same_again_before_one_waits_too_long() -> None:
    again = [(t_s, "setup.step_back") for t_s in (3.0, 17.0, 31.0)]
    assert placing(Adviser(), 40.0) == again


def test_something_else_to_move_is_told_sooner() -> None:
    adviser = Adviser({0.0: "setup.step_back", 5.0: "setup.too_dark", 11.0: "setup.too_dark"})
    assert placing(adviser, 23.0) == [(3.0, "setup.step_back"), (10.0, "setup.too_dark")]


def test_whoever_nothing_can_be_said_of_is_asked_to_keep_still() -> None:
    assert placing(Adviser(None), 25.0) == [
        (10.0, "setup.stand_still"),
        (24.0, "setup.stand_still"),
    ]


def test_what_is_right_is_not_advised_upon() -> None:
    assert placing(Adviser(passed=True), 40.0) == []


# Explaining


def explained(speaks: Callable[[float], bool | None], until_s: float) -> list[tuple[float, str]]:
    stage = Explaining(TWO, BOOK)
    heard = said(lambda t_s: stage.step(t_s, speaking=speaks(t_s)), until_s)
    assert stage.over
    return heard


def test_one_thing_follows_the_other_when_the_voice_has_been_silent_for_a_moment() -> None:
    heard = explained(lambda t_s: 0.1 <= t_s <= 2.0 or 2.4 < t_s <= 6.0, 6.5)
    assert heard == [(0.0, TWO[0]), (2.4, TWO[1])]


def test_before_the_voice_has_begun_nothing_else_is_said() -> None:
    """A clip takes a moment to load; until then it is silent though it was asked for."""
    heard = explained(lambda _: False, 3.0)
    assert heard[1][0] >= 0.8


def test_where_no_voice_speaks_there_is_time_to_read() -> None:
    heard = explained(lambda _: None, 30.0)
    assert heard[1][0] == pytest.approx(reading_s(TWO[0], BOOK), abs=0.11)


# Counting in


@given(st.floats(0.0, 1000.0))
def test_three_two_one_take_a_second_each(begun_s: float) -> None:
    count_in, heard = CountIn(begun_s), []
    for tenth in range(31):
        t_s = begun_s + tenth / 10.0 + 0.01
        heard += [(tenth, cue) for cue in count_in.step(t_s)]
        assert count_in.is_over(t_s) == (tenth >= 30)
    assert heard == [(0, "num.03"), (10, "num.02"), (20, "num.01")]


def test_zero_is_reached_after_three_seconds_sharp() -> None:
    count_in = CountIn(10.0)
    assert count_in.count == 0
    assert not count_in.is_over(12.9)
    assert count_in.is_over(13.0)
    assert count_in.step(13.0) == []


# Resting


def test_a_rest_runs_out_and_not_below_nothing() -> None:
    rest = Resting(30.0, 130.0)
    assert [rest.left_s(t_s) for t_s in (100.0, 129.0, 130.0, 140.0)] == [30.0, 1.0, 0.0, 0.0]


def test_a_rest_can_be_made_longer_and_shorter() -> None:
    rest = Resting(30.0, 130.0)
    rest.lengthen(110.0, 15.0)
    assert (rest.left_s(110.0), rest.whole_s) == (35.0, 45.0)
    rest.lengthen(110.0, -15.0)
    assert (rest.left_s(110.0), rest.whole_s) == (20.0, 30.0)


def test_a_rest_that_is_cut_short_is_over_now_and_can_be_lengthened_again() -> None:
    rest = Resting(10.0, 110.0)
    rest.lengthen(108.0, -15.0)
    assert (rest.left_s(108.0), rest.whole_s) == (0.0, 0.0)
    rest.lengthen(108.0, 15.0)
    assert (rest.left_s(108.0), rest.whole_s) == (15.0, 15.0)


@given(st.floats(0.0, 40.0), st.floats(0.0, 1000.0))
def test_a_pause_takes_nothing_off_a_rest(after_s: float, paused_s: float) -> None:
    rest = Resting(30.0, 30.0)
    rest.stop(after_s)
    rest.resume(after_s + paused_s)
    assert rest.left_s(after_s + paused_s) == pytest.approx(max(30.0 - after_s, 0.0))


# Pausing


def test_how_to_go_on_is_said_with_the_pause_and_twice_more() -> None:
    pause = Pausing("pause.space", 100.0)
    heard = said(pause.step, 400.0, 100.0)
    assert heard == [(each, "pause.space") for each in (100.0, 115.0, 160.0)]


def test_whoever_did_not_ask_for_the_pause_hears_every_quarter_of_a_minute_how_it_ends() -> None:
    pause = Pausing("pause.lie_down", 100.0, asked_for=False)
    times = [t_s for t_s, _ in said(pause.step, 400.0, 100.0)]
    assert times == [100.0 + 15.0 * number for number in range(9)]


def test_where_there_is_nothing_to_say_a_pause_is_silent() -> None:
    assert said(Pausing(None, 0.0).step, 100.0) == []
