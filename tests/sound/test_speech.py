"""Recordings as samples: what is cut off, how loud they come out, what is written."""

import io

import numpy as np
import pytest
import soundfile

from coreline.sound.beeps import RATE_HZ
from coreline.sound.speech import (
    as_wav,
    faded,
    is_silent,
    level_dbfs,
    levelled,
    room_of,
    trimmed,
)
from listening import clip_of

SOME = ("num.08", "fix.hips_up", "pain.skip", "how.w12_side_bridge")


def between(speech: np.ndarray, before_s: float, after_s: float) -> np.ndarray:
    silence = [np.zeros(round(seconds * RATE_HZ)) for seconds in (before_s, after_s)]
    return np.concatenate([silence[0], speech, silence[1]])


@pytest.mark.parametrize("cue_id", SOME)
@pytest.mark.parametrize("gain", [0.02, 0.3, 1.1])
def test_it_comes_out_as_loud_as_the_voice(cue_id: str, gain: float) -> None:
    import pyloudnorm  # noqa: PLC0415 - brings all of scipy, and every process loads this file

    clip = clip_of(cue_id)
    out = levelled(clip * gain, RATE_HZ)
    times = int(np.ceil(1.2 * RATE_HZ / len(out)))
    heard = pyloudnorm.Meter(RATE_HZ).integrated_loudness(np.tile(out, times))
    assert heard == pytest.approx(-18, abs=1.5)
    assert 20 * np.log10(np.abs(out).max()) <= -1.5


@pytest.mark.parametrize("cue_id", SOME)
def test_silence_is_cut_and_nothing_else(cue_id: str) -> None:
    clip = clip_of(cue_id)
    assert len(trimmed(between(clip, 1.0, 2.0), RATE_HZ)) == pytest.approx(
        len(clip), abs=0.05 * RATE_HZ
    )


def test_the_noise_of_a_room_is_cut_too() -> None:
    clip = clip_of("fix.hips_up")
    take = between(clip, 1.0, 2.0)
    take += np.random.default_rng(3).normal(0.0, 0.01, len(take))
    kept = trimmed(take, RATE_HZ, room_of(take, RATE_HZ))
    assert len(kept) == pytest.approx(len(clip), abs=0.15 * RATE_HZ)
    assert len(trimmed(take, RATE_HZ)) > 1.5 * len(clip)  # without knowing the room


def test_it_begins_and_ends_without_a_click() -> None:
    out = faded(np.ones(RATE_HZ), RATE_HZ)
    assert out[0] == out[-1] == 0.0
    assert out[RATE_HZ // 2] == 1.0
    assert len(faded(np.ones(10), RATE_HZ)) == 10


def test_only_silence_is_silent() -> None:
    assert is_silent(np.zeros(0))
    assert is_silent(np.zeros(100))
    assert not is_silent(clip_of("num.01") * 0.05)
    assert level_dbfs(np.zeros(100), RATE_HZ) < -80


def test_what_is_written_is_read_back() -> None:
    clip = clip_of("num.01")
    wave, rate_hz = soundfile.read(io.BytesIO(as_wav(clip, RATE_HZ)))
    assert rate_hz == RATE_HZ
    np.testing.assert_allclose(wave, clip, atol=1 / 32_000)
