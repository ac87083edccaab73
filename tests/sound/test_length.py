"""How long a recording can become: never shorter than it is, and hours are refused undecoded."""

import io
import struct
import wave
from contextlib import suppress

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from coreline.files.resources import resource_dir
from coreline.limits import SOUND_S
from coreline.sound.length import UnfitSoundError, _length, check_length

KINDS = {"WAV": "PCM_16", "OGG": "VORBIS", "FLAC": "PCM_16", "MP3": "MPEG_LAYER_III"}
RATES_HZ = (8_000, 24_000, 44_100, 48_000)


def recording(kind: str, rate_hz: int = 24_000, seconds: float = 2.0, channels: int = 1) -> bytes:
    """Return noise that swells and falls, as speech does."""
    count = round(seconds * rate_hz)
    loud = np.abs(np.sin(np.arange(count) / rate_hz * 6.0))
    noise = 0.4 * loud * np.random.default_rng(1).normal(size=count).clip(-2.0, 2.0)
    return written(kind, rate_hz, np.repeat(noise[:, np.newaxis], channels, axis=1))


def written(kind: str, rate_hz: int, samples: NDArray[np.float64]) -> bytes:
    """Return a file of these samples, a second at a time: the library fails at more."""
    file = io.BytesIO()
    with soundfile.SoundFile(
        file, "w", rate_hz, samples.shape[1], subtype=KINDS[kind], format=kind
    ) as writing:
        for second in range(0, len(samples), rate_hz):
            writing.write(samples[second : second + rate_hz])
    return file.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(ValueError, match="; ") as caught:
        check_length(content)
    return str(caught.value)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_a_recording_is_taken_for_no_shorter_than_it_is(kind: str, rate_hz: int) -> None:
    content = recording(kind, rate_hz)
    check_length(content)
    found = _length(content)
    assert found is not None
    assert 1.99 <= found.seconds < 4.5
    assert found.rate_hz == rate_hz


@pytest.mark.parametrize("kind", KINDS)
def test_stereo_is_no_more_than_a_recording_can_be(kind: str) -> None:
    check_length(recording(kind, 44_100, 10.0, 2))


def test_every_clip_of_the_voice_is_well_within() -> None:
    for path in resource_dir("sounds").glob("*/*.ogg"):
        found = _length(path.read_bytes())
        assert found is not None
        assert 0.05 < found.seconds < SOUND_S / 2


@pytest.mark.parametrize("kind", ["OGG", "FLAC", "MP3"])
def test_a_few_kilobytes_of_silence_for_hours_are_refused(kind: str) -> None:
    silence = np.zeros((round((SOUND_S + 30.0) * 8_000), 1))
    assert "120 at most; cut it down" in refused(written(kind, 8_000, silence))


def with_rate(rate_hz: int, channels: int = 1, size: int = 1_000) -> bytes:
    """Return a WAV that says so of itself."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writing:
        writing.setparams((1, 2, 24_000, 0, "NONE", "none"))
        writing.writeframes(bytes(size))
    content = bytearray(file.getvalue())
    struct.pack_into("<HI", content, 22, channels, rate_hz)
    return bytes(content)


@pytest.mark.parametrize("rate_hz", [0, 1, 2**31, 2**32 - 1])
def test_a_rate_that_no_microphone_has_is_refused(rate_hz: int) -> None:
    assert f"{rate_hz} samples a second" in refused(with_rate(rate_hz))


@pytest.mark.parametrize("channels", [9, 65_535])
def test_more_channels_than_any_microphone_has_are_refused(channels: int) -> None:
    assert f"{channels} channels" in refused(with_rate(24_000, channels))


def test_a_length_that_is_a_lie_is_not_believed() -> None:
    flac = bytearray(recording("FLAC"))
    flac[21:26] = bytes(5)  # the samples in all: unknown
    found = _length(bytes(flac))
    assert found is not None
    assert found.seconds >= 1.99


NONE = (
    b"",
    b"x",
    b"MThd" + bytes(60),
    b"IMPM" + bytes(600),
    b"RIFF",
    b"OggS",
    b"fLaC",
    b"\xff\xfb",
)
CUT = (
    b"\xff\xfb",
    b"RIFF\0\0\0\0WAVEfmt ",
    b"OggS" + bytes(60),
    b"OggS" + b"\xff" * 60,
    b"ID3" + bytes(40),
)


@pytest.mark.parametrize("content", [*NONE, *CUT])
def test_what_is_no_recording_is_refused(content: bytes) -> None:
    refused(content)


@given(st.sampled_from(sorted(KINDS)), st.integers(0, 400), st.binary(max_size=40))
def test_damage_is_looked_through_without_harm(kind: str, at: int, damage: bytes) -> None:
    content = bytearray(recording(kind, seconds=0.1))
    content[at : at + len(damage)] = damage
    with suppress(ValueError):
        check_length(bytes(content))


def test_why_it_is_none_is_told_in_dutch_too() -> None:
    with pytest.raises(UnfitSoundError) as refused:
        check_length(b"no sound at all")
    assert "record it as WAV" in str(refused.value)
    assert "neem hem op als WAV" in refused.value.nl
