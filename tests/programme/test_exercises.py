"""The sixteen exercises and the programme's texts against the handout."""

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from coreline.data_files import load_catalogue, load_programme
from coreline.programme.language import LANGUAGES
from coreline.programme.spec import Exercise, HoldDose, RaisesDose, RollsDose, Text

NAMES = {
    "w12-belly-bridge": ("Buikbrug", "Supine bridge"),
    "w12-side-bridge": ("Zijbrug", "Side bridge"),
    "w12-back-bridge": ("Rugbrug", "Front plank"),
    "w12-pelvic-curl": ("Buikspieren", "Pelvic curl"),
    "w34-belly-bridge": ("Buikbrug", "Single-leg bridge"),
    "w34-side-bridge": ("Zijbrug", "Side bridge, leg raised"),
    "w34-back-bridge": ("Rugbrug", "Reverse plank, leg raised"),
    "w34-superman": ("Rugspieren (superman)", "Superman"),
    "w56-belly-bridge": ("Buikbrug", "Single-leg bridge raises"),
    "w56-side-bridge": ("Zijbrug", "Side bridge raises"),
    "w56-back-bridge": ("Rugbrug", "Reverse plank raises"),
    "w56-crunch": ("Buikspieren (crunch)", "Crunch"),
    "adv-belly-bridge": ("Buikbrug", "Forearm bridge raises"),
    "adv-side-bridge": ("Zijbrug", "Star side bridge raises"),
    "adv-back-bridge": ("Rugbrug", "Two-point plank raises"),
    "adv-log-roll": ("Log roll", "Log roll"),
}
SIDES = {
    "w12-side-bridge": "each_side",
    "w12-back-bridge": "both_ways",
    **dict.fromkeys(["w12-belly-bridge", "w12-pelvic-curl", "w34-superman"], "none"),
    **dict.fromkeys(["w56-crunch", "adv-log-roll"], "none"),
}
HOLD = HoldDose(kind="hold", sets=3, hold_s=30, rest_s=30)
RAISES = RaisesDose(kind="raises", sets=3, repetitions=30, hold_s=2, rest_s=30)
ROLLS = RollsDose(kind="rolls", sets=3, rotations=10, rest_s=30)
FORMAL = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)

CATALOGUE = load_catalogue()
PROGRAMME = load_programme()
each_exercise = pytest.mark.parametrize("exercise", tuple(CATALOGUE), ids=lambda each: each.id)


def texts_in(value: object) -> Iterator[Text]:
    """Every text anywhere in a value."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, BaseModel):
        for _, inner in value:
            yield from texts_in(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts_in(inner)


def test_all_sixteen_in_the_handout_s_order() -> None:
    assert CATALOGUE.ids == tuple(NAMES)
    assert len(CATALOGUE) == 16


@each_exercise
def test_names_are_the_handout_s(exercise: Exercise) -> None:
    assert (exercise.name.in_("nl"), exercise.name.in_("en")) == NAMES[exercise.id]


@each_exercise
def test_the_dose_is_the_handout_s(exercise: Exercise) -> None:
    held = exercise.level in ("w12", "w34")
    dose = ROLLS if exercise.id == "adv-log-roll" else HOLD if held else RAISES
    assert exercise.dose == dose
    assert exercise.dose.rest_s == PROGRAMME.default_rest_s
    assert exercise.machine == ("roll" if dose is ROLLS else "hold" if held else "raises")


@each_exercise
def test_sides_and_camera(exercise: Exercise) -> None:
    assert exercise.sides == SIDES.get(exercise.id, "each_leg")
    assert exercise.view == ("chest" if "side-bridge" in exercise.id else "side")


@each_exercise
def test_the_dose_is_told_in_both_languages(exercise: Exercise) -> None:
    told = {"hold": ("30 sec", "30 seconds"), "raises": ("3 series van 30", "3 sets of 30")}
    nl, en = told.get(exercise.dose.kind, ("3 series van 10", "3 sets of 10"))
    assert nl in exercise.explanation.nl
    assert en in exercise.explanation.en


@each_exercise
def test_ball_and_floor_are_named_alike_in_both_languages(exercise: Exercise) -> None:
    for text in (exercise.start_position, exercise.explanation):
        assert bool(re.search(r"\bbal\b", text.nl)) == bool(re.search(r"\bball\b", text.en))
        assert text.nl.count("(of") == text.en.count("(or")


@each_exercise
def test_who_has_no_ball_is_not_told_to_lie_on_one(exercise: Exercise) -> None:
    start = exercise.start(on_ball=False)
    for text, ball, floor in ((start.nl, r"\bbal\b", "(of"), (start.en, r"\bball\b", "(or")):
        assert floor in text or not re.search(ball, text)
    assert exercise.start(on_ball=True) == exercise.start_position


@each_exercise
def test_judged_means_that_rules_are_there(exercise: Exercise) -> None:
    assert exercise.judged == (exercise.judging is not None)


@pytest.mark.parametrize(
    "value", [*CATALOGUE, PROGRAMME], ids=lambda each: getattr(each, "id", "programme")
)
def test_every_text_is_whole_and_informal(value: BaseModel) -> None:
    texts = list(texts_in(value))
    assert texts
    for text in texts:
        for language in LANGUAGES:
            told = text.in_(language)
            assert told == told.strip() != ""
            assert "  " not in told
            assert "\n" not in told
        assert not FORMAL.search(text.nl)


def test_levels_and_weeks() -> None:
    assert PROGRAMME.level_ids == ("w12", "w34", "w56", "adv")
    weeks = [PROGRAMME.level_of_week(week).id for week in (1, 2, 3, 4, 5, 6, 7, 300)]
    assert weeks == ["w12", "w12", "w34", "w34", "w56", "w56", "adv", "adv"]
    assert [len(CATALOGUE.of_level(level)) for level in PROGRAMME.level_ids] == [4, 4, 4, 4]
    with pytest.raises(ValueError, match="before the programme"):
        PROGRAMME.level_of_week(0)


def test_the_handout_s_rules_are_told() -> None:
    assert PROGRAMME.every_day.nl == "Doe de oefeningen elke dag."
    assert PROGRAMME.pain.may_rise_weeks == 3
    assert "sportarts" in PROGRAMME.pain.contact.nl
    assert len(PROGRAMME.causes) == 3
