"""What is chosen: read with line and key in every complaint, written without touching the rest."""

import os
import stat
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as searched
from hypothesis import strategies as st

from coreline.choices.language import spoken_language, system_language
from coreline.choices.settings import (
    Settings,
    load_settings,
    put_setting,
)
from coreline.errors import BadDataError, BadOutputError

OWN = """\
# My settings.
camera = "HD Webcam" # the one on the shelf

voice_volume = 0.5
mirror=false
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_no_file_is_the_usual(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none" / "settings.toml") == Settings()
    assert not (tmp_path / "none").exists()


def test_no_picture_is_kept_unless_somebody_says_so() -> None:
    assert not Settings().keep_video


def test_what_is_in_the_file_is_read(file: Path) -> None:
    assert load_settings(file) == Settings(camera="HD Webcam", voice_volume=0.5, mirror=False)


@pytest.mark.parametrize(("value", "camera"), [("2", "2"), ("'2'", "2"), ("' shelf '", "shelf")])
def test_a_camera_is_a_number_or_a_name(tmp_path: Path, value: str, camera: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"camera = {value}", encoding="utf-8")
    assert load_settings(path).camera == camera


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("voise_volume = 1", "voise_volume: unknown key; did you mean voice_volume?"),
        ('model = "giant"', "model: \"giant\": must be 'full', 'lite' or 'heavy'"),
        ("beep_volume = 1.5", "beep_volume: 1.5: must be less than or equal to 1"),
        ("beep_volume = nan", "beep_volume: nan: "),
        ('full_screen = "yes"', 'full_screen: "yes": must be a boolean'),
        ("camera = -1", "camera: -1: must be first, a number from 0"),
        ("camera = true", "camera: true: must be a string"),
        ('camera = " "', 'camera: " ": must be first'),
        ("rest_extension_s = 4", "rest_extension_s: 4: must be greater than or equal to 5"),
        ('recordings_dir = "voice"', 'recordings_dir: "voice": must be a whole path'),
        ("[sound]", "sound: must be 'voice', 'beeps' or 'mute'"),
        ("mirror = true", "not TOML"),
        ("model =", "not TOML"),
        ("guide = 'never", "not TOML"),
    ],
)
def test_each_bad_line_is_named_with_key_and_fix_and_nothing_is_written(
    file: Path, line: str, said: str
) -> None:
    broken = OWN.replace('camera = "HD Webcam"', 'surface = "ball"') + f"{line}\n"
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(BadDataError) as caught:
        load_settings(file)
    message = str(caught.value)
    assert message.startswith(f"{file}:6: ")
    assert said in message
    assert "\n" not in message
    with pytest.raises(BadDataError):
        put_setting("guide", "never", file)
    assert file.read_text(encoding="utf-8") == broken


def test_what_is_not_text_is_named_with_its_line(file: Path) -> None:
    file.write_bytes(OWN.encode() + b"language = '\xff'\n")
    with pytest.raises(BadDataError, match=r"settings\.toml:6: not UTF-8"):
        load_settings(file)


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadDataError, match="cannot be read"):
        load_settings(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(BadDataError, match="cannot be read"):
        load_settings(tmp_path / "file" / "settings.toml")


def test_a_byte_order_mark_and_windows_line_ends_are_read(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + OWN.replace("\n", "\r\n").encode())
    assert load_settings(file).voice_volume == 0.5
    put_setting("model", "lite", file)
    assert load_settings(file).model == "lite"


def test_comments_and_order_stay(file: Path) -> None:
    put_setting("camera", "2", file)
    put_setting("model", "lite", file)
    text = file.read_text(encoding="utf-8")
    assert text.startswith('# My settings.\ncamera = "2" # the one on the shelf\n\nvoice_volume')
    assert text.endswith('mirror=false\nmodel = "lite"\n')


def test_the_first_file_tells_how_to_see_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    put_setting("sound", "beeps", path)
    assert path.read_text(encoding="utf-8").splitlines()[0].startswith("# Coreline's settings. `")
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {"sound": "beeps"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_file_and_folder_are_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "config" / "coreline" / "settings.toml"
    put_setting("sound", "mute", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o644)
    put_setting("sound", "beeps", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    put_setting("sound", "mute", link)
    assert link.is_symlink()
    assert load_settings(file).sound == "mute"


def test_a_change_corrects_a_wrong_value_of_its_own_key(file: Path) -> None:
    file.write_text(OWN + 'model = "ful"\n', encoding="utf-8")
    assert put_setting("model", "full", file).model == "full"
    assert load_settings(file).camera == "HD Webcam"


def test_a_setting_is_taken_out_again(file: Path) -> None:
    assert put_setting("camera", None, file).camera == "first"
    assert "camera" not in tomllib.loads(file.read_text(encoding="utf-8"))
    assert put_setting("camera", None, file).camera == "first"


@pytest.mark.parametrize("value", [None, 1, "a"])
def test_a_setting_that_does_not_exist_is_refused(file: Path, value: object) -> None:
    with pytest.raises(BadDataError, match=r"^mirrors: unknown key; did you mean mirror"):
        put_setting("mirrors", value, file)
    assert file.read_text(encoding="utf-8") == OWN


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_else(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadOutputError, match="the disk is full; make room"):
        put_setting("sound", "mute", file)
    assert file.read_text(encoding="utf-8") == OWN
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_no_folder_to_write_in_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    with pytest.raises((BadOutputError, BadDataError)):
        put_setting("sound", "mute", tmp_path / "taken" / "settings.toml")


CHOICES = st.builds(
    Settings,
    camera=st.sampled_from(["first", "0", "HD Webcam", 'with "quotes"', "http://phone:8080/v"]),
    mirror=st.booleans(),
    model=st.sampled_from(["full", "lite", "heavy"]),
    language=st.sampled_from(["system", "nl", "en"]),
    voice_volume=st.floats(0, 1),
    recordings_dir=st.sampled_from([None, "~/voice", "/srv/één stem"]),
    rest_extension_s=st.floats(5, 120),
)


@searched(max_examples=7)  # each writes the file some thirty times
@given(first=CHOICES, second=CHOICES)
def test_what_is_saved_is_read(
    tmp_path_factory: pytest.TempPathFactory, first: Settings, second: Settings
) -> None:
    path = tmp_path_factory.mktemp("config") / "settings.toml"
    for settings in (first, second, Settings()):
        for key, value in settings.model_dump().items():
            put_setting(key, value, path)
        assert load_settings(path) == settings


@given(text=st.text(st.characters(codec="utf-8")))
def test_any_text_at_all_is_settings_or_one_line(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("config") / "settings.toml"
    path.write_text(text, encoding="utf-8", newline="")
    complaint = ""
    try:
        put_setting("sound", "mute", path)
    except BadDataError as error:
        complaint = str(error)
    assert "\n" not in complaint
    if complaint:
        assert path.read_bytes() == text.encode()
    else:
        assert load_settings(path).sound == "mute"


@pytest.mark.parametrize(
    ("named", "language"),
    [
        ({"LANG": "nl_BE.UTF-8"}, "nl"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "C"}, "en"),
    ],
)
def test_the_system_s_language(
    named: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language
    assert Settings().resolved_language == language
    assert Settings(language="nl").resolved_language == "nl"


def test_every_setting_is_described_with_what_is_usual() -> None:
    described = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    _, _, section = described.partition("## Settings: `settings.toml`")
    for key in Settings.model_fields:
        assert f"`{key}`" in section


def test_what_is_told_is_told_whatever_the_file_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORELINE_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    assert spoken_language() == "nl"
    (tmp_path / "settings.toml").write_text('language = "en"\n', encoding="utf-8")
    assert spoken_language() == "en"
    for unfit in ("language = \n", 'language = "fr"\n', 'language = "system"\n', "language = 3\n"):
        (tmp_path / "settings.toml").write_text(unfit, encoding="utf-8")
        assert spoken_language() == "nl"
    wrong_elsewhere = 'language = "en"\nvioce_volume = 0.5\n'
    (tmp_path / "settings.toml").write_text(wrong_elsewhere, encoding="utf-8")
    assert spoken_language() == "en"


@pytest.mark.parametrize(
    ("text", "dutch"),
    [
        ("vioce_volume = 0.5", "onbekende sleutel; bedoel je voice_volume"),
        ("voice_volume = 2.0", "voice_volume: 2.0: moet hoogstens dit zijn: 1"),
        ('language = "fr"', "moet 'system', 'nl' of 'en' zijn"),
        ("camera = ", "geen TOML, verbeter het bij `camera =`"),
        ('recordings_dir = "voice"', "moet een heel pad zijn"),
    ],
)
def test_a_complaint_is_told_in_dutch_too(text: str, dutch: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadDataError) as refused:
        load_settings(path)
    assert dutch in refused.value.in_("nl")
    assert dutch not in str(refused.value)
