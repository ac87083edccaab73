"""What is wrong with a person's own recordings; and that nothing is with the voice's own."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

from coreline.coaching.spoken import spoken
from coreline.data_files import load_catalogue, load_cues
from coreline.errors import BadDataError
from coreline.files.resources import resource_dir
from coreline.programme.language import LANGUAGES, Language
from coreline.sound.beeps import RATE_HZ
from coreline.sound.checking import Fault, check, missing
from coreline.sound.own_voice import OwnVoice
from coreline.sound.speech import Speech, as_wav
from listening import clip_of

BOOK = spoken(load_cues(), load_catalogue())


@pytest.fixture
def own(tmp_path: Path) -> OwnVoice:
    (tmp_path / "nl").mkdir()
    return OwnVoice(tmp_path, "nl")


def put(own: OwnVoice, cue_id: str, wave: Speech, ending: str = ".wav") -> None:
    soundfile.write(own.folder / f"{cue_id}{ending}", wave, RATE_HZ)


def found(own: OwnVoice) -> list[tuple[str, Fault]]:
    return [(each.path.name, each.fault) for each in check(BOOK, own)]


def silence(seconds: float) -> Speech:
    return np.zeros(round(seconds * RATE_HZ))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_the_voice_that_comes_with_it(
    language: Language, tmp_path: Path
) -> None:
    shutil.copytree(resource_dir("sounds") / language, tmp_path / language)
    own = OwnVoice(tmp_path, language)
    assert list(check(BOOK, own)) == []
    assert missing(BOOK, own) == []


def test_a_click_at_the_very_end_is_no_recording(own: OwnVoice) -> None:
    put(own, "fix.hips_up", np.concatenate([silence(1.0), np.full(100, 0.5)]))
    faults = {fault for _, fault in found(own)}
    assert {Fault.CUT_END, Fault.LATE} <= faults


def test_a_folder_that_is_not_there_has_nothing_wrong(tmp_path: Path) -> None:
    own = OwnVoice(tmp_path / "none", "nl")
    assert found(own) == []
    assert missing(BOOK, own) == list(BOOK.ids)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda clip: clip * 0.0, Fault.SILENT),
        (lambda clip: np.clip(clip * 8, -1, 1), Fault.DISTORTED),
        (lambda clip: clip * 0.2, Fault.TOO_QUIET),
        (lambda clip: clip[2_400:], Fault.CUT_START),
        (lambda clip: clip[: len(clip) // 2], Fault.CUT_END),
        (lambda clip: np.concatenate([silence(0.6), clip]), Fault.LATE),
    ],
)
def test_each_fault_is_found_and_no_other(own: OwnVoice, change: object, fault: Fault) -> None:
    assert callable(change)
    put(own, "fix.hips_up", change(clip_of("fix.hips_up")))
    assert found(own) == [("fix.hips_up.wav", fault)]


def test_one_that_is_louder_than_the_others_is_found(own: OwnVoice) -> None:
    wave = np.random.default_rng(5).uniform(-0.95, 0.95, RATE_HZ)
    put(own, "fix.hips_up", np.concatenate([silence(0.1), wave, silence(0.1)]))
    assert found(own) == [("fix.hips_up.wav", Fault.TOO_LOUD)]


def test_a_number_that_lasts_too_long_is_found(own: OwnVoice) -> None:
    put(own, "num.03", clip_of("how.w12_side_bridge"))
    assert found(own) == [("num.03.wav", Fault.TOO_LONG)]


def test_what_cannot_be_played_is_found(own: OwnVoice) -> None:
    (own.folder / "num.01.mp3").write_bytes(b"no sound")
    (own.folder / "num.02.wav").mkdir()
    (own.folder / "num.03.ogg").write_bytes(
        (resource_dir("sounds") / "nl" / "num.03.ogg").read_bytes()[:40]
    )
    assert found(own) == [
        ("num.01.mp3", Fault.UNREADABLE),
        ("num.02.wav", Fault.UNREADABLE),
        ("num.03.ogg", Fault.UNREADABLE),
    ]


def test_what_is_never_played_is_found(own: OwnVoice) -> None:
    put(own, "num.3", clip_of("num.03"))
    put(own, "num.04", clip_of("num.04"))
    put(own, "num.04", clip_of("num.04"), ".ogg")
    assert found(own) == [("num.04.wav", Fault.HIDDEN), ("num.3.wav", Fault.UNKNOWN)]


def test_one_that_was_made_of_an_older_text_is_found(own: OwnVoice) -> None:
    wav = as_wav(clip_of("num.01", "nl"), RATE_HZ)
    own.put_made("num.01", wav, "Een.", "piper")
    own.put_made("num.02", wav, "Twee.", "piper")
    assert found(own) == [("num.01.wav", Fault.OLDER_TEXT)]
    put(own, "num.01", clip_of("num.01"))  # then it is the person's own, whatever it says
    assert found(own) == []


def test_a_folder_that_holds_too_much_is_refused(
    own: OwnVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coreline.sound.own_voice.SOUNDS", 1)
    put(own, "num.01", clip_of("num.01"))
    put(own, "num.02", clip_of("num.02"))
    with pytest.raises(BadDataError, match="keep 1 at most") as caught:
        found(own)
    assert "laat er hoogstens 1 in staan" in caught.value.in_("nl")
