"""The rows that a page of settings is made of."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from coreline.choices.menu import (
    TEXTS,
    Kind,
    SettingRow,
    describe,
    hint,
    label,
    menu,
    stepped,
    typed,
    value_in_words,
)
from coreline.choices.settings import Settings, load_settings, put_setting
from coreline.errors import BadDataError
from coreline.programme.spec import LANGUAGES, Language

CAMERAS = ("HD Webcam", "2")


def row(setting_id: str) -> SettingRow:
    return next(row for row in describe(CAMERAS) if row.id == setting_id)


def test_every_setting_has_one_row() -> None:
    assert sorted(row.id for row in describe()) == sorted(Settings.model_fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_and_option_has_its_words(language: Language) -> None:
    for each in describe():
        assert label(each.id, language)[0].isupper()
        assert hint(each.id, language).endswith(".")
        if each.kind is Kind.CHOICE:
            words = [value_in_words(each, option, language) for option in each.options]
            assert len(set(words)) == len(words) > 1


def test_no_words_are_left_over() -> None:
    texts = tomllib.loads(files("coreline").joinpath(TEXTS).read_text(encoding="utf-8"))
    assert set(texts["setting"]) == set(Settings.model_fields)
    for each in describe():
        assert set(texts["setting"][each.id].get("option", ())) <= set(each.options)


def test_labels_differ() -> None:
    for language in LANGUAGES:
        assert len({label(row.id, language) for row in describe()}) == len(describe())


@pytest.mark.parametrize("each", describe(CAMERAS), ids=lambda each: each.id)
def test_stepping_visits_every_option_and_stays_within_what_is_allowed(
    each: SettingRow, tmp_path: Path
) -> None:
    settings = Settings()
    seen = {getattr(settings, each.id)}
    for _ in range(30):
        settings = stepped(settings, each, +1)
        value = getattr(settings, each.id)
        seen.add(value)
        if value is not None:
            assert getattr(put_setting(each.id, value, tmp_path / "s.toml"), each.id) == value
    if each.options:
        assert seen == set(each.options)
    if each.kind is Kind.SWITCH:
        assert seen == {True, False}
    if each.kind in {Kind.VOLUME, Kind.SECONDS}:
        assert value == each.highest
        for _ in range(40):
            settings = stepped(settings, each, -1)
        assert getattr(settings, each.id) == each.lowest


def test_a_step_on_and_a_step_back_is_no_step() -> None:
    for each in describe(CAMERAS):
        middle = stepped(stepped(Settings(), each, -1), each, +1)
        if each.kind is not Kind.FOLDER:
            assert stepped(stepped(middle, each, -1), each, +1) == middle


def test_a_volume_between_two_steps_goes_to_a_step() -> None:
    settings = stepped(Settings(beep_volume=0.33), row("beep_volume"), +1)
    assert settings.beep_volume == 0.4


def test_a_camera_that_is_gone_gives_way_to_the_first() -> None:
    settings = stepped(Settings(camera="unplugged"), row("camera"), +1)
    assert settings.camera == "first"


def test_a_menu_is_readable() -> None:
    rows = {each.id: each for each in menu(Settings(camera="HD Webcam", mirror=False), "nl")}
    assert rows["mirror"].value == "uit"
    assert rows["camera"].value == "HD Webcam"
    assert rows["voice_volume"].value == "100 %"
    assert rows["rest_extension_s"].value == "15 seconden"
    assert rows["recordings_dir"].value == "de gewone plek"
    assert rows["sound"].label == "Geluid"


@pytest.mark.parametrize(
    ("setting_id", "text", "value"),
    [
        ("mirror", "off", False),
        ("mirror", "AAN", True),
        ("voice_volume", "0,5", 0.5),
        ("rest_extension_s", "20", 20.0),
        ("camera", "0", "0"),
        ("sound", "Default", None),
        ("model", "lite", "lite"),
    ],
)
def test_what_is_typed_becomes_a_value(setting_id: str, text: str, value: object) -> None:
    assert typed(setting_id, text) == value


@pytest.mark.parametrize(
    ("setting_id", "text", "said"),
    [
        ("mirror", "perhaps", "must be on or off"),
        ("voice_volume", "loud", "must be a number"),
        ("colour", "red", "no such setting; there are language, camera"),
        ("camra", "0", "did you mean camera?"),
    ],
)
def test_what_is_typed_amiss_is_said(setting_id: str, text: str, said: str) -> None:
    with pytest.raises(BadDataError, match=said):
        typed(setting_id, text)


@pytest.mark.parametrize("text", ["nan", "inf", "-1", "1e400"])
def test_a_number_out_of_bounds_is_refused_by_the_setting(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    with pytest.raises(BadDataError, match=r"^voice_volume: "):
        put_setting("voice_volume", typed("voice_volume", text), path)
    assert load_settings(path) == Settings()
