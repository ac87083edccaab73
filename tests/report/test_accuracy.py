"""The measured error beside the scores: where it is known, and where it is not."""

import re
from dataclasses import replace
from html import unescape

import pytest

from coreline.errors import BadDataError
from coreline.judging.ready import Place
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.toml_data import parse_model
from coreline.report import accuracy
from coreline.report.accuracy import Accuracy, Measured, accuracy_of
from coreline.report.html import render
from coreline.report.model import Analysis
from coreline.report.wording import Wording
from report_records import (
    CATALOGUE,
    PLANK,
    RAISES,
    ROLL,
    WORDS,
    a_hold,
    a_repetition,
    a_roll,
    an_analysis,
)

FIGURE = """[exercise.x.floor]
people = {people}
exact = 1
change_bias_deg = 0.0
change_sd_deg = 1.0
change_p95_deg = 2.0
"""


def a_place(p95_deg: float | None, people: int = 1, exact: int = 1) -> Measured:
    return Measured(
        people=people,
        exact=exact,
        change_bias_deg=-0.5,
        change_sd_deg=1.0,
        change_p95_deg=p95_deg,
    )


def text_of(analysis: Analysis, language: Language = "en", catalogue: Catalogue = CATALOGUE) -> str:
    source = render([analysis], catalogue, WORDS, language)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", source)))


def a_scored_plank() -> Analysis:
    return an_analysis(neutral_deg=1.0, line_score=90.0, holds=(a_hold(),))


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> None:
    made_up = {
        PLANK: Accuracy(floor=a_place(2.1, people=6, exact=5), ball=a_place(3.2, people=3)),
        RAISES: Accuracy(floor=a_place(1.0, people=4, exact=3)),
        ROLL: Accuracy(floor=a_place(None, people=2, exact=0)),
    }
    monkeypatch.setattr(accuracy, "_measured", lambda: made_up)


@pytest.mark.parametrize(
    ("p95_deg", "within_deg"), [(0.0, 0), (0.2, 1), (2.0, 2), (2.01, 3), (None, None)]
)
def test_the_figure_is_rounded_up(p95_deg: float | None, within_deg: int | None) -> None:
    assert a_place(p95_deg).within_deg == within_deg


def test_of_two_places_the_larger_figure_is_told() -> None:
    assert Accuracy(floor=a_place(2.1), ball=a_place(3.2)).within_deg == 4
    assert Accuracy(floor=a_place(5.5), ball=a_place(3.2)).within_deg == 6
    assert Accuracy(floor=a_place(2.1), ball=a_place(None)).within_deg == 3
    both = Accuracy(floor=a_place(2.1, people=6, exact=5), ball=a_place(None, people=3, exact=0))
    assert (both.people, both.exact) == (9, 5)


@pytest.mark.usefixtures("figures")
def test_a_line_that_was_never_read_has_no_figure() -> None:
    assert accuracy_of(ROLL) is None
    assert "has not been measured for this exercise" in text_of(a_roll())


@pytest.mark.usefixtures("figures")
def test_a_hold_shows_its_figure_beside_the_score_and_over_the_line() -> None:
    text = text_of(a_scored_plank())
    assert "100 = in your own line all the time; the line is read within ± 4°" in text
    assert "In line Line (± 4°) Seen" in text
    assert "± 4°: the measured error of this exercise. With 9 rendered people" in text


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize(
    ("place", "within"), [(Place.FLOOR, "± 3°"), (Place.BALL, "± 4°"), (None, "± 4°")]
)
def test_a_set_has_the_error_of_what_it_was_done_on(place: Place | None, within: str) -> None:
    scored = a_scored_plank()
    there = replace(scored, record=replace(scored.record, place=place))
    text = text_of(there)
    assert f"line score 90 (100 %) (line {within})" in text
    assert f"the line is read within {within}" in text
    assert f"Line ({within})" in text


@pytest.mark.usefixtures("figures")
def test_of_sets_in_two_places_the_larger_error_stands() -> None:
    record = a_scored_plank().record
    both = [replace(record, place=each) for each in Place]
    known = accuracy_of(PLANK, both)
    assert known is not None
    assert known.within_deg == 4


@pytest.mark.usefixtures("figures")
def test_the_sentence_says_of_whom_it_is_and_of_whom_not() -> None:
    text = text_of(a_scored_plank())
    assert "9 rendered people, none of whom was used to set a number" in text
    assert "(± 3° on the floor, ± 4° on the ball); 6 of them were judged right" in text
    assert "Real people with a ball were not measured." in text
    dutch = text_of(a_scored_plank(), "nl")
    assert "9 gerenderde mensen, van wie er geen is gebruikt om een getal in te stellen" in dutch
    assert "(± 3° op de vloer, ± 4° op de bal); bij 6 van hen klopte alles" in dutch
    assert "Bij echte mensen met een bal is niet gemeten." in dutch


@pytest.mark.usefixtures("figures")
def test_repetitions_show_theirs_in_dutch_too() -> None:
    raises = an_analysis(RAISES, line_score=90.0, repetitions=(a_repetition(),))
    assert "Height (°) Line (°, ± 1) Knee (°)" in text_of(raises)
    assert "that close (± 1° on the floor); 3 of them" in text_of(raises)
    assert "de lijn is gemeten op ± 1°" in text_of(raises, "nl")


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exercise_without_a_figure_says_so(language: Language) -> None:
    plank = CATALOGUE.get(PLANK)
    mine = plank.model_copy(update={"id": "my-own-plank"})
    scored = an_analysis(mine.id, neutral_deg=1.0, line_score=90.0, holds=(a_hold(),))
    text = text_of(scored, language, Catalogue([mine], [mine.level]))
    wording = Wording(WORDS, language)
    assert "±" not in text
    assert wording.own("error_not_measured") in text.replace("\u00a0", " ")
    assert wording.own("score_error_unknown") in text


def test_an_exercise_that_is_not_judged_has_no_error() -> None:
    unjudged = CATALOGUE.get(PLANK).model_copy(update={"judging": None})
    text = text_of(an_analysis(), catalogue=Catalogue([unjudged], [unjudged.level]))
    assert "measured" not in text


def test_the_data_that_is_shipped_has_every_exercise_that_is_judged() -> None:
    for exercise in CATALOGUE:
        if exercise.judged:
            figure = accuracy_of(exercise.id)
            assert figure is not None, exercise.id
            assert f"± {figure.within_deg}°" in text_of(an_analysis(exercise.id))
            assert f"With {figure.people} rendered people" in text_of(an_analysis(exercise.id))
    assert accuracy_of("no-such-exercise") is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[exercise.x.floor]\npeople = 1\n", "x:1: exercise.x.floor.exact: missing"),
        ("[exercise.x.ball]\npeople = 1\nexact = 1\n", "exercise.x.floor: missing"),
        (FIGURE.format(people=0), "x:2: exercise.x.floor.people: 0: must be greater"),
    ],
)
def test_bad_data_is_named_by_line_and_key(text: str, complaint: str) -> None:
    with pytest.raises(BadDataError, match=re.escape(complaint)):
        parse_model(text, "x", accuracy._AccuracyFile)
