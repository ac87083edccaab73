"""Exercises by the names that people use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.data_files import load_catalogue, load_programme, load_vocabulary
from coreline.errors import BadDataError, UnknownExerciseError
from coreline.programme.called import Namer, level_called
from coreline.programme.language import LANGUAGES

CATALOGUE, PROGRAMME, WORDS = load_catalogue(), load_programme(), load_vocabulary()
NAMER = Namer(CATALOGUE, PROGRAMME, WORDS)


def found(given: str, level_id: str | None = None) -> str:
    return NAMER.exercise(given, level_id).id


def refused(given: str, level_id: str | None = None) -> UnknownExerciseError:
    with pytest.raises(UnknownExerciseError) as caught:
        found(given, level_id)
    return caught.value


@pytest.mark.parametrize(("given", "exercise_id"), [
    ("w12-belly-bridge", "w12-belly-bridge"),
    ("W12 Belly Bridge", "w12-belly-bridge"),
    ("plank", "w12-back-bridge"),
    ("Front plank", "w12-back-bridge"),
    ("superman", "w34-superman"),
    ("Rugspieren", "w34-superman"),
    ("Rugspieren (superman)", "w34-superman"),
    ("Side bridge", "w12-side-bridge"),  # the very name of one, and a part of four ids
    ("crunch", "w56-crunch"),
    ("log roll", "adv-log-roll"),
    ("buikbrug w34", "w34-belly-bridge"),
    ("w34 buikbrug", "w34-belly-bridge"),
    ("Buikbrug (3e en 4e week)", "w34-belly-bridge"),
    ("buikbrug week 5-6", "w56-belly-bridge"),
    ("gevorderd zijbrug", "adv-side-bridge"),
    ("star", "adv-side-bridge"),
])  # fmt: skip
def test_an_exercise_has_many_names(given: str, exercise_id: str) -> None:
    assert found(given) == exercise_id


def test_a_name_of_several_lists_them_with_their_levels() -> None:
    error = refused("Buikbrug")
    assert str(error) == (
        '"Buikbrug" fits 4 exercises: w12-belly-bridge (Weeks 1 and 2), w34-belly-bridge '
        "(Weeks 3 and 4), w56-belly-bridge (Weeks 5 and 6), adv-belly-bridge (Advanced); give the "
        "id of one"
    )
    assert "w34-belly-bridge (3e en 4e week)" in error.in_("nl")


@pytest.mark.parametrize("level_id", PROGRAMME.level_ids)
def test_a_name_of_several_is_that_of_the_level_one_trains(level_id: str) -> None:
    assert found("buikbrug", level_id) == f"{level_id}-belly-bridge"
    assert found("zijplank", level_id) == f"{level_id}-side-bridge"


def test_a_level_of_which_none_or_several_fit_decides_nothing() -> None:
    assert "fits 2 exercises" in str(refused("buikspieren", "w34"))
    assert "fits" in str(refused("bridge", "w12"))


def test_a_near_miss_is_offered() -> None:
    error = refused("buikburg")
    assert str(error) == (
        'unknown exercise "buikburg": did you mean Buikbrug? coreline exercises lists all'
    )
    assert "onbekende oefening" in error.in_("nl")
    assert "did you mean w12-side-bridge?" in str(refused("w12-sidebridge"))


@pytest.mark.parametrize("given", ["", " ", "zzz", "w12", "-", "x" * 10_000])
def test_what_is_no_name_is_one_short_line(given: str) -> None:
    assert len(str(refused(given))) < 200


def test_every_name_that_is_shown_is_understood_with_its_level() -> None:
    for exercise in CATALOGUE:
        for language in LANGUAGES:
            name = exercise.name.in_(language)
            assert found(f"{name} {exercise.level}") == exercise.id
            assert found(name, exercise.level) == exercise.id


def test_no_other_name_is_the_name_of_another() -> None:
    """What an exercise is also called is its own, or shared by those that share a name."""
    for exercise in CATALOGUE:
        for name in (*exercise.also_called.nl, *exercise.also_called.en):
            assert found(name, exercise.level) == exercise.id


@pytest.mark.parametrize(("given", "level_id"), [
    ("w34", "w34"), ("Week 3-4", "w34"), ("3-4", "w34"), ("weeks 5 and 6", "w56"),
    ("1e en 2e week", "w12"), ("gevorderd", "adv"), ("Advanced", "adv"),
])  # fmt: skip
def test_a_level_has_many_names(given: str, level_id: str) -> None:
    assert level_called(given, PROGRAMME, WORDS) == level_id


def test_an_unknown_level_is_one_line() -> None:
    with pytest.raises(BadDataError, match=r"--level w13: did you mean w.* it may be w12, w34"):
        level_called("w13", PROGRAMME, WORDS)


@given(st.text(), st.sampled_from([None, *PROGRAMME.level_ids]))
def test_any_text_at_all_is_an_exercise_or_one_line(given: str, level_id: str | None) -> None:
    try:
        assert found(given, level_id) in CATALOGUE
    except UnknownExerciseError as error:
        assert "\n" not in str(error) + error.in_("nl")  # noqa: PT017 - it may be an exercise too
