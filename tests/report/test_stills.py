"""Wrong beside right in the report: which pictures, of whom, and which way they lie."""

import re
from dataclasses import replace

import pytest

from coreline.files.demonstrations import Shown, still_file
from coreline.judging.events import Fault
from coreline.judging.ready import Place
from coreline.programme.facing import is_head_right
from coreline.programme.language import LANGUAGES, Language
from coreline.report.html import render
from coreline.report.parts import Improvement
from coreline.report.sections import improvement_of
from coreline.report.wording import Wording
from report_records import CATALOGUE, WORDS, a_hold, an_analysis

SAG = Fault("sag", 3.0, 8.0)


def improved(exercise_id: str, code: str = "sag", **changes: object) -> Improvement:
    analysis = an_analysis(
        exercise_id, holds=(a_hold(),), faults=(replace(SAG, code=code),), **changes
    )
    return improvement_of([analysis], CATALOGUE, Wording(WORDS, "en"), whole=True)


def test_what_is_to_be_improved_is_shown_wrong_and_right() -> None:
    wrong, right = improved("w12-back-bridge").stills
    assert (wrong.kind, right.kind) == ("wrong", "right")
    assert wrong.caption == "Wrong: hips too low."
    assert "not you" in right.caption
    assert wrong.source != right.source


def test_what_has_no_picture_is_said_in_words_alone() -> None:
    assert improved("w12-belly-bridge", "head").stills == ()
    assert improved("w12-belly-bridge", "head").sentence


def test_who_lies_on_the_ball_sees_the_ball() -> None:
    on_floor = improved("w34-back-bridge", side="left", place=Place.FLOOR).stills
    on_ball = improved("w34-back-bridge", side="left", place=Place.BALL).stills
    assert on_floor[0].source != on_ball[0].source


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_head_is_where_the_camera_saw_it(side: str) -> None:
    """On the back the left side is near with the head at the right; on the side, see facing."""
    on_back = improved("w34-back-bridge", side=side).stills
    assert {still.turned for still in on_back} == {side == "left"}
    lain_on = improved("w12-side-bridge", side=side).stills
    assert {still.turned for still in lain_on} == {side == "left"}
    either_way = improved("w12-back-bridge", side=None, near_side=side).stills
    assert {still.turned for still in either_way} == {side == "right"}
    assert is_head_right(CATALOGUE.get("adv-back-bridge"), side) == (side == "right")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_brings_its_pictures_along_and_stays_small(language: Language) -> None:
    trained = [an_analysis(exercise.id, holds=(a_hold(),), faults=(SAG,)) for exercise in CATALOGUE]
    source = render(trained, CATALOGUE, WORDS, language)
    pictures = re.findall(r'<img alt="([^"]+)" width="640" height="360" src="data:', source)
    shown = [each for each in CATALOGUE if still_file(Shown(each.id), "sag")]
    assert len(pictures) == 2 * (len(shown) + 1)  # each exercise, and once in short
    assert len(source) < 1_000_000
