"""Which file speaks for a cue: the person's own, then the shipped one, then none."""

import threading
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest
import soundfile
from tools.hearing import RATE_HZ, record_to

from coreline.programme.language import Language
from coreline.sound.choice import Mode, SoundSettings
from coreline.sound.clips import ENDINGS, Clips
from coreline.sound.device import AudioDevice
from targets import pipe

MakeClips = Callable[..., Clips]
LENGTH_S = 0.25


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeClips]:
    for key, value in record_to(tmp_path / "heard.pcm").items():
        monkeypatch.setenv(key, value)
    device, opened = AudioDevice(), list[Clips]()

    def clips(language: Language = "en", voice_volume: float = 1.0) -> Clips:
        chosen = SoundSettings(Mode.VOICE, language, voice_volume, recordings=tmp_path / "own")
        opened.append(Clips(chosen))
        return opened[-1]

    yield clips
    for each in opened:
        each.close()
    device.close()


def own(tmp_path: Path, name: str, language: str = "en") -> Path:
    folder = tmp_path / "own" / language
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def tone() -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * 300 * np.arange(round(LENGTH_S * RATE_HZ)) / RATE_HZ)


def test_nothing_is_loaded_ahead_until_that_is_begun(make: MakeClips) -> None:
    clips = make()
    assert clips.find("fix.hips_up") is not None  # what is asked for sooner is there
    assert "clips" not in [each.name for each in threading.enumerate()]
    clips.begin()
    clips.begin()  # twice is allowed
    clips.wait()


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_recording_of_ones_own_wins_in_every_format(
    ending: str, make: MakeClips, tmp_path: Path
) -> None:
    soundfile.write(own(tmp_path, f"fix.hips_up{ending}"), tone(), RATE_HZ)
    clip = make().find("fix.hips_up")
    assert clip is not None
    assert clip.get_length() == pytest.approx(LENGTH_S, abs=0.1)  # MP3 fills its last frame


def test_a_recording_in_stereo_at_another_rate_is_as_long_as_it_was(
    make: MakeClips, tmp_path: Path
) -> None:
    stereo = np.stack([tone(), tone()], axis=1)
    soundfile.write(own(tmp_path, "fix.hips_up.wav"), stereo, 48_000)
    clip = make().find("fix.hips_up")
    assert clip is not None
    assert clip.get_length() == pytest.approx(LENGTH_S / 2, abs=0.01)


def test_without_one_the_shipped_clip_speaks(make: MakeClips) -> None:
    clip = make().find("fix.hips_up")
    assert clip is not None
    assert clip.get_length() > 0.5


def test_a_recording_in_another_language_is_passed_over(make: MakeClips, tmp_path: Path) -> None:
    soundfile.write(own(tmp_path, "fix.hips_up.wav", "nl"), tone(), RATE_HZ)
    english, dutch = make().find("fix.hips_up"), make("nl").find("fix.hips_up")
    assert english is not None
    assert dutch is not None
    assert english.get_length() > 0.5
    assert dutch.get_length() == pytest.approx(LENGTH_S, abs=0.01)


@pytest.mark.parametrize("content", [b"", b"no sound at all", b"OggS" + bytes(60)])
def test_a_corrupt_recording_is_named_once_and_the_shipped_clip_speaks(
    content: bytes, make: MakeClips, tmp_path: Path
) -> None:
    path = own(tmp_path, "fix.hips_up.ogg")
    path.write_bytes(content)
    clips = make()
    clip = clips.find("fix.hips_up")
    clips.find("fix.hips_up")
    clips.wait()
    assert clip is not None
    assert clip.get_length() > 0.5
    (trouble,) = clips.take_troubles()
    assert str(path) in trouble
    assert clips.take_troubles() == []


def test_a_cue_without_any_file_has_no_clip(make: MakeClips) -> None:
    clips = make()
    assert clips.find("fix.nonesuch") is None
    assert clips.take_troubles() == []


def test_everything_is_loaded_ahead(make: MakeClips, tmp_path: Path) -> None:
    """What was loaded is not read again: a file that is gone since still speaks."""
    path = own(tmp_path, "fix.my_own.wav")
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", "none"))
        file.writeframes(bytes(4_800))
    clips = make()
    clips.wait()
    path.unlink()
    assert clips.find("fix.my_own") is not None


def test_the_volume_is_that_of_the_settings(make: MakeClips) -> None:
    clip = make(voice_volume=0.5).find("num.01")
    assert clip is not None
    assert clip.get_volume() == pytest.approx(0.5, abs=0.01)


def test_closing_while_it_loads_ends_the_thread(make: MakeClips) -> None:
    clips = make()
    clips.close()
    assert pygame.mixer.get_init()
    clips.wait()


def test_a_recording_that_would_last_for_hours_is_named_and_the_shipped_clip_speaks(
    make: MakeClips, tmp_path: Path
) -> None:
    path = own(tmp_path, "fix.hips_up.flac")
    soundfile.write(path, np.zeros(200 * 8_000), 8_000)
    clips = make()
    clip = clips.find("fix.hips_up")
    assert clip is not None
    assert clip.get_length() < 10.0
    clips.wait()
    (trouble,) = clips.take_troubles()
    assert "fix.hips_up.flac cannot be played (it can last" in trouble


def test_a_pipe_among_the_recordings_is_not_waited_for(make: MakeClips, tmp_path: Path) -> None:
    pipe(own(tmp_path, "fix.hips_up.ogg"))
    own(tmp_path, "num.01.ogg").mkdir()
    clips = make()
    clips.wait()
    assert clips.find("fix.hips_up") is not None
    troubles = clips.take_troubles()
    assert ["is a folder" in each or "is no regular file" in each for each in troubles] == [
        True
    ] * 2


def test_a_file_in_place_of_the_folder_is_passed_over(make: MakeClips, tmp_path: Path) -> None:
    own(tmp_path, "x").parent.rmdir()
    (tmp_path / "own" / "en").touch()
    clips = make()
    clips.wait()
    assert clips.find("fix.hips_up") is not None
    assert clips.take_troubles() == []
