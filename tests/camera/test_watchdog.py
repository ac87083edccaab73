import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.camera.handover import Nothing
from coreline.camera.watchdog import (
    GIVE_UP_S,
    SILENCE_S,
    SILENT_S,
    STUCK_S,
    USELESS_S,
    Patience,
    Watchdog,
)
from coreline.placement.checks import CameraTrouble

TICK_S = 0.06


def says(
    kind: CameraTrouble | None = None,
    *,
    unusable_s: float = math.inf,
    silent_s: float = math.inf,
    stuck_s: float = 0.0,
    opening: bool = False,
) -> Nothing:
    return Nothing(kind, unusable_s, silent_s, stuck_s, opening, None, None, 30.0)


@pytest.fixture
def dog() -> Watchdog:
    watchdog = Watchdog(100.0, Patience(opening_s=4.0, gone_s=2.5))
    watchdog.usable(100.0)
    return watchdog


@pytest.mark.parametrize("kind", list(CameraTrouble))
def test_trouble_is_told_within_0_8_s_by_its_name(dog: Watchdog, kind: CameraTrouble) -> None:
    told = []
    for tick in range(40):
        now_s = 100.0 + tick * TICK_S
        dog.nothing(says(kind, unusable_s=now_s - 100.0, silent_s=0.01), now_s)
        if (trouble := dog.trouble(now_s)) is not None:
            told.append((now_s, trouble))
    assert SILENCE_S <= told[0][0] - 100.0 <= 0.8
    assert {trouble for _, trouble in told} == {kind}


def test_rubbish_that_stops_coming_is_silence(dog: Watchdog) -> None:
    dog.nothing(says(CameraTrouble.BROKEN, silent_s=0.1), 101.0)
    assert dog.trouble(101.0) is CameraTrouble.BROKEN
    dog.nothing(says(CameraTrouble.BROKEN, silent_s=1.1), 102.0)
    assert dog.trouble(102.0) is CameraTrouble.STALLED


def test_trouble_lasts_until_there_is_a_picture(dog: Watchdog) -> None:
    dog.nothing(says(CameraTrouble.GONE), 101.0)
    assert dog.trouble(101.0) is CameraTrouble.GONE
    dog.started(101.0)
    dog.waiting(101.1)
    assert dog.trouble(101.1) is CameraTrouble.GONE
    dog.nothing(says(), 101.4)
    assert dog.trouble(101.4) is CameraTrouble.GONE
    dog.usable(101.5)
    assert dog.trouble(101.5) is None


def test_somebody_who_was_busy_himself_is_told_of_no_trouble(dog: Watchdog) -> None:
    dog.waiting(105.0)
    assert dog.trouble(105.1) is None
    dog.nothing(says(unusable_s=0.03, silent_s=0.03), 105.2)
    assert dog.trouble(105.2) is None
    dog.waiting(105.3)
    assert dog.trouble(106.1) is CameraTrouble.STALLED


def restarts_at(dog: Watchdog, answer: Nothing | None, limit_s: float = 30.0) -> float:
    """Return after how many seconds of this the child is to be started again."""
    on_s = 0.0
    while on_s < limit_s:
        now_s = 100.0 + on_s
        if answer is None:
            dog.waiting(now_s)
        else:
            stuck_s = on_s if answer.stuck_s else 0.0
            dog.nothing(says(answer.kind, stuck_s=stuck_s, opening=answer.opening), now_s)
        if dog.wants_restart(now_s):
            return on_s
        on_s += TICK_S
    return math.inf


@pytest.mark.parametrize(
    ("answer", "after_s"),
    [
        (says(stuck_s=1.0), STUCK_S),
        (says(stuck_s=1.0, opening=True), 4.0),
        (None, SILENT_S),
        (says(CameraTrouble.GONE), 2.5),
        (says(CameraTrouble.FROZEN), USELESS_S),
        (says(CameraTrouble.BROKEN), USELESS_S),
        (says(CameraTrouble.BLACK), math.inf),
    ],
    ids=["reading hangs", "opening hangs", "no answer", "gone", "frozen", "broken", "covered"],
)
def test_what_does_not_recover_is_started_again(
    dog: Watchdog, answer: Nothing | None, after_s: float
) -> None:
    if math.isinf(after_s):
        assert restarts_at(dog, answer) == after_s
    else:
        assert restarts_at(dog, answer) == pytest.approx(after_s, abs=2 * TICK_S)


def test_a_process_that_has_just_begun_is_given_time(dog: Watchdog) -> None:
    dog.started(100.0)
    assert restarts_at(dog, None) == pytest.approx(SILENT_S, abs=2 * TICK_S)


def test_children_that_end_by_themselves_do_not_follow_each_other_at_once(dog: Watchdog) -> None:
    dog.started(100.0)
    dog.ended()
    assert not dog.wants_restart(100.1)
    assert dog.wants_restart(100.6)
    assert dog.trouble(101.0) is CameraTrouble.GONE


def test_a_minute_without_any_picture_is_hopeless_but_rubbish_is_not(dog: Watchdog) -> None:
    assert not dog.hopeless(100.0 + GIVE_UP_S - 0.1)
    dog.nothing(says(CameraTrouble.BLACK, silent_s=0.0), 150.0)
    assert not dog.hopeless(150.0 + GIVE_UP_S - 0.1)
    assert dog.hopeless(150.0 + GIVE_UP_S + 0.1)


@given(
    st.lists(st.tuples(st.floats(0.01, 0.3), st.sampled_from([None, *CameraTrouble])), max_size=80)
)
def test_there_is_no_trouble_without_0_7_s_of_silence(
    story: list[tuple[float, CameraTrouble | None]],
) -> None:
    """A kind stands for an answer without a picture, None for a picture."""
    dog, now_s, last_s = Watchdog(0.0, Patience()), 0.0, 0.0
    for step_s, kind in story:
        now_s += step_s
        if kind is None:
            dog.usable(now_s)
            last_s = now_s
        else:
            dog.nothing(says(kind, unusable_s=now_s - last_s, silent_s=0.0), now_s)
        assert (dog.trouble(now_s) is None) == (now_s - last_s < SILENCE_S)
