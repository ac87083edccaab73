"""The microphone, by a package that stands in for the one that reaches it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coreline.errors import NoVoiceError
from coreline.sound.beeps import RATE_HZ
from coreline.sound.microphone import Microphone

DEVICE = """
import numpy

class PortAudioError(Exception):
    pass

def check_input_settings(samplerate, channels):
    assert (samplerate, channels) == (24000, 1)

class InputStream:
    broken = False
    def __init__(self, samplerate, channels, dtype, callback):
        self.callback = callback
    def __enter__(self):
        if InputStream.broken:
            raise PortAudioError("Device unavailable")
        for number in range(4):
            self.callback(numpy.full((12000, 1), number / 10, "float32"), 12000, None, None)
    def __exit__(self, *_):
        self.callback = None
"""


@pytest.fixture
def microphone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Microphone]:
    (tmp_path / "sounddevice.py").write_text(DEVICE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    yield Microphone()
    sys.modules.pop("sounddevice", None)


def test_it_takes_what_it_hears_until_it_is_told(microphone: Microphone) -> None:
    told: list[str] = []
    take = microphone.take(lambda: told.append("enough"))
    assert told == ["enough"]
    assert take.shape == (2 * RATE_HZ,)
    np.testing.assert_allclose(take[:: RATE_HZ // 2], [0.0, 0.1, 0.2, 0.3], atol=1e-6)


def test_it_takes_no_more_than_a_recording_can_have(
    microphone: Microphone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coreline.sound.microphone.SOUND_S", 1.0)
    assert microphone.take(lambda: None).shape == (RATE_HZ,)


def test_one_that_fails_is_one_line(
    microphone: Microphone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["sounddevice"].InputStream, "broken", True)
    with pytest.raises(NoVoiceError, match="no microphone records \\(Device unavailable\\)"):
        microphone.take(lambda: None)
