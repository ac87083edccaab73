"""The page of a pause says how to go on, whatever it is for, in every language."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest

from coreline.programme.language import LANGUAGES, Language
from coreline.screen.stages.paused import detail_of
from coreline.session.view import Pause, Stage
from screen.gallery import texts_in, views

GOES_ON: Final[Mapping[Language, str]] = {"en": r"\b(go|goes) on\b", "nl": r"\bdoor\b"}
PAUSED: Final = {name: view for name, view in views() if view.stage is Stage.PAUSED}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [key for key in PAUSED if PAUSED[key].pause is not Pause.PAIN])
def test_every_pause_says_how_to_go_on(name: str, language: Language) -> None:
    assert re.search(GOES_ON[language], detail_of(PAUSED[name], texts_in(language)))


def test_a_pause_by_hand_ends_by_hand() -> None:
    (view,) = (view for view in PAUSED.values() if view.pause is Pause.HAND)
    assert "hand" in detail_of(view, texts_in("en"))
    assert "spatiebalk" in detail_of(view, texts_in("nl"))


@pytest.mark.parametrize("hand", [True, False])
def test_a_pause_that_was_asked_for_names_every_way_to_go_on(*, hand: bool) -> None:
    words = detail_of(replace(PAUSED["paused-asked"], hand=hand), texts_in("nl")).lower()
    assert all(each in words for each in ("spatie", "enter", "klik"))
    assert ("hand" in words) == hand
