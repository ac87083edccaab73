"""How many pictures a second are too few, and what is no sign of it."""

from collections.abc import Sequence
from itertools import accumulate
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.session.picture_rate import PictureRate


def times_s(fps: float, seconds: float, *, jitter: float = 0.0, seed: int = 0) -> list[float]:
    """Return when pictures come, each off by up to half of `jitter` of a step."""
    random = Random(seed)
    count = int(seconds * fps)
    return [(n + random.uniform(-0.5, 0.5) * jitter) / fps for n in range(count)]


def verdicts(times: Sequence[float]) -> list[bool]:
    rate, found = PictureRate(), []
    for t_s in times:
        rate.step(t_s)
        found.append(rate.few)
    return found


@given(fps=st.floats(8.0, 60.0), seed=st.integers(0, 99))
def test_from_eight_on_there_are_enough_however_unevenly_they_come(fps: float, seed: int) -> None:
    assert not any(verdicts(times_s(fps, 12.0, jitter=0.6, seed=seed)))


@given(fps=st.floats(1.0, 7.0), seed=st.integers(0, 99))
def test_with_fewer_that_is_known_within_seconds(fps: float, seed: int) -> None:
    times = times_s(fps, 12.0, jitter=0.6, seed=seed)
    after_s = next(t_s for t_s, few in zip(times, verdicts(times), strict=True) if few)
    assert 1.9 <= after_s <= 4.0 + 2.0 / fps
    assert all(verdicts(times)[-3:])


@given(fps=st.floats(8.0, 30.0), seed=st.integers(0, 99))
def test_short_gaps_are_no_low_rate(fps: float, seed: int) -> None:
    """Ten of up to 0.4 s in a quarter of a minute, or one of 0.7."""
    random = Random(seed)
    gaps = [(1.5 * n + 1.0, 1.5 * n + 1.0 + random.uniform(0.1, 0.4)) for n in range(10)]
    times = times_s(fps, 16.0)
    assert not any(verdicts([t for t in times if not any(a <= t < b for a, b in gaps)]))
    at_s = random.uniform(2.0, 12.0)
    assert not any(verdicts([t for t in times if not at_s <= t < at_s + 0.7]))


@pytest.mark.parametrize(
    "steps_s", [(0.067, 0.133), (0.033, 0.067), (0.033, 0.1), (0.067, 0.067, 0.133)]
)
def test_a_camera_of_which_every_so_many_pictures_are_missed_gives_enough(
    steps_s: tuple[float, ...],
) -> None:
    """They come by turns after one step and after two, which is no gap."""
    assert not any(verdicts(list(accumulate(steps_s * 60))))


@pytest.mark.parametrize("steps_s", [(0.1, 0.2), (0.133, 0.267), (0.067, 0.267)])
def test_with_fewer_than_eight_by_turns_they_are_too_few(steps_s: tuple[float, ...]) -> None:
    assert verdicts(list(accumulate(steps_s * 60)))[-1]


def test_pictures_that_come_in_bursts_with_nothing_between_are_too_few() -> None:
    assert verdicts([0.5 * n + 0.03 * k for n in range(20) for k in range(4)])[-1]


def test_when_it_slows_down_it_is_known_since_when_and_when_it_is_over() -> None:
    rate = PictureRate()
    fast, slow = times_s(30.0, 10.0), [10.0 + n / 5.0 for n in range(25)]
    for t_s in [*fast, *slow]:
        rate.step(t_s)
    assert rate.few
    assert rate.few_since_s >= 10.0
    for t_s in times_s(30.0, 4.0):
        rate.step(15.0 + t_s)
    assert not rate.few


@pytest.mark.parametrize("seconds", [0.1, 1.0, 1.9])
def test_a_moment_says_nothing(seconds: float) -> None:
    assert not any(verdicts(times_s(3.0, seconds)))
