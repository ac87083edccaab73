import time
from pathlib import Path

import numpy as np
import pytest

from coreline.sound.beeps import NAMES, RATE_HZ, beep
from coreline.sound.player import NO_SOUND, Player


@pytest.fixture
def recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file into which SDL writes what would be heard, in real time."""
    path = tmp_path / "heard.pcm"
    monkeypatch.setenv("SDL_AUDIODRIVER", "disk")
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(path))
    return path


def likeness(heard: np.ndarray, name: str) -> float:
    """Return how surely a beep is in what was heard, 0 to 1, wherever it begins."""
    wave = beep(name).astype(float)
    padded = np.concatenate([heard, np.zeros(len(wave))])
    spectrum = np.fft.rfft(padded) * np.conj(np.fft.rfft(wave, len(padded)))
    match = np.abs(np.fft.irfft(spectrum, len(padded)))[: len(heard)]
    total = np.concatenate([[0.0], np.cumsum(padded**2)])
    energy = (total[len(wave) :] - total[: -len(wave)])[: len(heard)]
    return float((match / (np.linalg.norm(wave) * np.sqrt(energy.clip(min=1e6)))).max())


@pytest.mark.parametrize("name", NAMES)
def test_the_beep_that_is_asked_for_is_the_one_that_is_heard(name: str, recording: Path) -> None:
    with Player(pytest.fail) as player:
        assert player.audible
        player.play(name)
    heard = np.fromfile(recording, np.int16).astype(float)
    scores = {each: likeness(heard, each) for each in NAMES}
    assert scores[name] > 0.98
    assert max(scores, key=scores.__getitem__) == name


def test_muted_it_is_silent(recording: Path) -> None:
    with Player(pytest.fail, muted=True) as player:
        assert not player.audible
        player.play("end")
        time.sleep(0.1)
    assert not np.fromfile(recording, np.int16).any()


def test_a_beep_is_heard_at_once(recording: Path) -> None:
    with Player(pytest.fail) as player:
        begun_s = time.monotonic()
        player.play("counted")
        assert time.monotonic() - begun_s < 0.2
    sounding = np.flatnonzero(np.abs(np.fromfile(recording, np.int16)) > 1000)
    assert sounding[-1] - sounding[0] == pytest.approx(len(beep("counted")), abs=RATE_HZ * 0.01)


def test_without_a_sound_device_it_says_so_once_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "nonesuch")
    said: list[str] = []
    with Player(said.append) as player:
        assert not player.audible
        for name in NAMES:
            player.play(name)
    assert said == [NO_SOUND]
    assert capfd.readouterr() == ("", "")


def test_closing_twice_and_playing_after_it_are_harmless(recording: Path) -> None:
    player = Player(pytest.fail)
    player.close()
    player.close()
    player.play("lost")
    assert recording.exists()


def test_a_beep_of_another_name_is_refused(recording: Path) -> None:
    with Player(pytest.fail) as player, pytest.raises(LookupError, match="counted"):
        player.play("gong")
    assert recording.exists()
