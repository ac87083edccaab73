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
    typed,
    value_in_words,
)
from coreline.choices.settings import Settings, load_settings, put_setting
from coreline.errors import BadDataError
from coreline.programme.language import LANGUAGES, Language

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
def test_every_value_that_can_be_chosen_is_allowed(each: SettingRow, tmp_path: Path) -> None:
    ends = (each.lowest, each.highest) if each.kind in {Kind.VOLUME, Kind.SECONDS} else ()
    switch = (True, False) if each.kind is Kind.SWITCH else ()
    for value in (*each.options, *ends, *switch):
        assert getattr(put_setting(each.id, value, tmp_path / "s.toml"), each.id) == value


def test_a_value_without_words_of_its_own_is_shown_as_it_stands() -> None:
    assert value_in_words(row("camera"), "HD Webcam", "nl") == "HD Webcam"


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


@pytest.mark.parametrize(("key", "text", "value"), [
    ("language", "Nederlands", "nl"), ("language", "english", "en"), ("surface", "grond", "floor"),
    ("surface", "Ball", "ball"), ("sound", "alleen piepjes", "beeps"), ("sound", "MUTE", "mute"),
    ("language", "zoals deze computer", "system"),
])  # fmt: skip
def test_an_option_is_taken_in_both_languages(key: str, text: str, value: str) -> None:
    assert typed(key, text) == value
