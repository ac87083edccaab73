"""The checks of pose, sound, voice and window, with each of them really working and really not."""

import shutil
from functools import partial
from pathlib import Path

import pytest

from coreline.doctor.apart import examine
from coreline.doctor.devices import check_display, check_pose, check_sound, check_voice
from coreline.doctor.finding import Finding, Severity, SystemCheck, Topic
from coreline.files.resources import resource_dir
from coreline.programme.language import LANGUAGES, Language
from coreline.vision.models import model_entry

SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")


def codes(found: list[Finding]) -> list[str]:
    for finding in found:
        for language in LANGUAGES:
            assert finding.what(language)
            assert (finding.fix(language) is None) == (finding.state is Severity.OK)
    return [finding.code for finding in found]


def test_the_pose_is_found_and_timed() -> None:
    found = check_pose("lite")
    assert codes(found) in (["runs"], ["slow"])  # as the machine is
    assert float(found[0].values["ms"]) > 0


@pytest.mark.skipif(model_entry("heavy").path.exists(), reason="heavy was made here")
def test_a_model_that_is_not_there_does_not_run() -> None:
    found = check_pose("heavy")
    assert codes(found) == ["does_not_run"]
    assert "heavy" in found[0].what("nl")


def test_sound_and_window_as_the_environment_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked at as the command does it: apart, as pygame here belongs to other tests."""
    for name in SCREEN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SDL_AUDIODRIVER", "no-such-driver")
    looks = [
        SystemCheck(Topic.SOUND, check_sound, 30.0),
        SystemCheck(Topic.DISPLAY, check_display, 30.0),
    ]
    found = list(examine(looks))
    assert codes(found)[0] == "none"
    assert [each.topic for each in found] == [Topic.SOUND, Topic.DISPLAY]

    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    found = list(examine(looks))
    assert codes(found) == ["unheard", "unseen"]
    assert {each.state for each in found} == {Severity.WARN}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_voice_that_comes_along_is_whole(language: Language) -> None:
    found = check_voice(language, None)
    assert codes(found) == ["whole"]
    assert int(found[0].values["count"]) > 100


def test_a_clip_that_is_missing_or_altered_is_named(tmp_path: Path) -> None:
    shutil.copytree(resource_dir("sounds") / "nl", tmp_path / "nl")
    shutil.copy(resource_dir("sounds") / "sounds.toml", tmp_path)
    clips = sorted((tmp_path / "nl").glob("*.ogg"))
    clips[0].unlink()
    clips[1].write_bytes(b"OggS")
    found = check_voice("nl", None, tmp_path)
    assert codes(found) == ["broken"]
    assert found[0].values["broken"] == 2
    assert {clips[0].stem, clips[1].stem} == set(str(found[0].values["names"]).split(", "))


def test_no_voice_and_no_recordings_of_one_s_own_are_said(tmp_path: Path) -> None:
    found = check_voice("en", tmp_path / "own", tmp_path)
    assert codes(found) == ["own_missing", "no_list"]
    assert str(tmp_path / "own" / "en") in found[0].what("en")
    (tmp_path / "own" / "en").mkdir(parents=True)
    (tmp_path / "sounds.toml").write_text("en = 3", encoding="utf-8")
    assert codes(check_voice("en", tmp_path / "own", tmp_path)) == ["no_list"]


def test_all_of_it_can_be_sent_to_another_process() -> None:
    found = list(examine([SystemCheck(Topic.VOICE, partial(check_voice, "nl", None), 30.0)]))
    assert codes(found) == ["whole"]
