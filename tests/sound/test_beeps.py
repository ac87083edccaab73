from itertools import combinations

import numpy as np
import pytest

from coreline.sound.beeps import NAMES, RATE_HZ
from coreline.sound.waves import beep


def test_there_is_a_beep_for_everything_the_session_says() -> None:
    assert set(NAMES) == {"counted", "refused", "halfway", "end", "ready", "lost", "zero"}


@pytest.mark.parametrize("name", NAMES)
def test_beeps_are_equally_loud_and_never_clipped(name: str) -> None:
    peak = np.abs(beep(name).astype(float)).max() / 32767
    assert 20 * np.log10(peak) == pytest.approx(-3.0, abs=0.01)


@pytest.mark.parametrize("name", NAMES)
def test_beeps_have_no_clicks(name: str) -> None:
    """A click is a leap: at the ends, or steeper than the highest partial can be."""
    wave = beep(name).astype(float) / 32767
    assert abs(wave[0]) < 0.002
    assert abs(wave[-1]) < 0.002
    steepest = 2 * np.pi * 1047 / RATE_HZ * (1 + 2 * 0.3)
    assert np.abs(np.diff(wave)).max() < steepest


@pytest.mark.parametrize("name", NAMES)
def test_beeps_are_short(name: str) -> None:
    assert 0.1 <= len(beep(name)) / RATE_HZ <= 0.8


@pytest.mark.parametrize(("one", "other"), list(combinations(NAMES, 2)))
def test_beeps_are_told_apart(one: str, other: str) -> None:
    waves = [beep(name).astype(float) for name in (one, other)]
    length = sum(len(wave) for wave in waves)
    likeness = np.fft.irfft(
        np.fft.rfft(waves[0], length) * np.conj(np.fft.rfft(waves[1], length)), length
    )
    norm = np.prod([np.linalg.norm(wave) for wave in waves])
    assert np.abs(likeness).max() / norm < 0.75


def test_a_beep_of_another_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(LookupError, match="counted"):
        beep("gong")
