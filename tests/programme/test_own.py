"""What exercises of somebody's own bring with them, and what is left of them."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.coaching.spoken import spoken
from coreline.data_files import load_catalogue, load_cues, load_programme, load_shared
from coreline.errors import BadDataError
from coreline.programme.catalogue import Gathering
from coreline.programme.own import (
    GoneExercise,
    description_of,
    dose_gone,
    exercise_described,
    exercise_gone,
)
from coreline.programme.spec import Exercise
from own_exercise import CATALOGUE, LOW_PLANK, TEXT

CUES = load_cues().ids
CODE, CUE = "hips_dropped", "lift_hips"
OWN = CATALOGUE.get(LOW_PLANK)
EVERY = [*load_catalogue(), OWN]


def gathering(*texts: str) -> Gathering:
    gathered = Gathering(load_programme().level_ids, load_shared())
    for number, text in enumerate(texts, 1):
        gathered.add_own(text, f"{number}.toml", CUES)
    return gathered


def refused(*texts: str) -> str:
    with pytest.raises(BadDataError) as caught:
        gathering(*texts)
    return str(caught.value)


def line_of(text: str, start: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if line.startswith(start))


def test_a_code_of_its_own_is_one_that_the_judging_may_name() -> None:
    assert OWN.judging is not None
    assert OWN.judging.bands[0].above == CODE
    assert OWN.faults[CODE].name.in_("nl") == "heupen gezakt"


def test_a_reason_may_be_its_own_too() -> None:
    brought = TEXT.replace("[faults.", "[reasons.").replace('above = "hips_dropped"\n', "")
    text = brought.replace('reason = "too_low"', f'reason = "{CODE}"')
    exercise = gathering(text).catalogue().get(LOW_PLANK)
    assert exercise.judging is not None
    assert CODE in {each.reason for each in exercise.judging.start.conditions}


def test_a_code_that_nothing_names_is_refused_on_its_line() -> None:
    text = TEXT.replace(f'above = "{CODE}"', 'above = "hips_droped"')
    line = line_of(text, 'above = "hips_droped"')
    assert refused(text).startswith(f'1.toml:{line}: judging.bands[0].above: "hips_droped" is none')


@pytest.mark.parametrize("table", ["faults", "reasons"])
def test_a_code_of_the_program_cannot_be_brought(table: str) -> None:
    text = TEXT.replace(f"[faults.{CODE}]", f"[{table}.not_seen]").replace(CODE, "sag")
    line = line_of(text, f"[{table}.")
    assert refused(text).startswith(f"1.toml:{line}: {table}.not_seen: is there already;")


def test_a_code_needs_its_words_in_both_languages() -> None:
    text = TEXT.replace('correction.en = "Press', '# "Press')
    assert f"faults.{CODE}.correction.en: missing; add it" in refused(text)


def test_a_cue_that_nothing_says_is_refused_on_its_line() -> None:
    text = TEXT.replace('high_cue = "own.lift_hips"', 'high_cue = "own.lift_hip"')
    line = line_of(text, 'high_cue = "own.lift_hip"')
    message = refused(text)
    assert message.startswith(f'1.toml:{line}: judging.bands[0].high_cue: "own.lift_hip" is no cue')
    assert "did you mean own.lift_hips?" in message


def test_two_exercises_may_share_words_but_not_differ_in_them() -> None:
    other = TEXT.replace(LOW_PLANK, "own-other")
    assert len(gathering(TEXT, other).catalogue().own) == 2
    assert f"faults.{CODE}: has other words in 1.toml;" in refused(
        TEXT, other.replace("hips dropped", "hips down")
    )
    assert f"cues.{CUE}: has other words in 1.toml;" in refused(
        TEXT, other.replace("Lift your hips, away", "Hips up, away")
    )


def test_one_that_is_refused_leaves_no_trace() -> None:
    gathered = gathering(TEXT)
    with pytest.raises(BadDataError):
        gathered.add_own(TEXT.replace("hips dropped", "hips down"), "2.toml", CUES)
    assert gathered.catalogue().ids == (LOW_PLANK,)


@pytest.mark.parametrize("exercise", EVERY, ids=lambda each: each.id)
def test_a_description_is_everything_but_the_drawing(exercise: Exercise) -> None:
    without = exercise.model_copy(update={"figure": None})
    assert exercise_described(description_of(exercise)) == without


def test_of_another_version_s_description_the_names_and_words_are_read() -> None:
    data = json.loads(description_of(OWN))
    data["judging"]["bands"][0]["colour"] = "blue"
    data["music"] = True
    found = exercise_described(json.dumps(data))
    assert isinstance(found, GoneExercise)
    assert (found.name, found.dose, found.faults) == (OWN.name, OWN.dose, OWN.faults)


def test_words_that_are_no_longer_understood_cost_no_more_than_themselves() -> None:
    data = json.loads(description_of(OWN))
    data["faults"][CODE]["mend"] = data["faults"][CODE].pop("correction")
    found = exercise_described(json.dumps(data))
    assert found is not None
    assert (found.name, found.faults, found.cues) == (OWN.name, {}, OWN.cues)


@pytest.mark.parametrize("description", ["", "[1]", "{}", "nonsense", '{"id": 3}', "[" * 100_000])
def test_of_what_is_no_description_nothing_is_read(description: str) -> None:
    assert exercise_described(description) is None


@given(
    st.sampled_from(["hold", "raises", "rolls"]),
    st.integers(-5, 10_000),
    st.floats(-5.0, 1e6),
    st.booleans(),
)
def test_whatever_a_journal_tells_is_an_exercise(
    kind: str, sets: int, amount: float, sided: bool
) -> None:
    exercise = exercise_gone("w99-gone", dose_gone(kind, sets, amount), sided=sided)
    assert exercise.dose.kind == kind
    assert exercise.name.nl == "w99-gone"


def test_what_is_gone_can_be_looked_up_and_is_never_trained() -> None:
    gone = exercise_gone("w99-gone", dose_gone("hold", 2, 20.0), sided=True)
    catalogue = load_catalogue().with_gone([gone, OWN])
    assert catalogue.get("w99-gone") is gone
    assert "w99-gone" in catalogue
    assert "w99-gone" not in catalogue.ids
    assert OWN not in catalogue.of_level(OWN.level)
    assert catalogue.everything[-2:] == (gone, OWN)
    assert catalogue.with_gone([]).everything == tuple(load_catalogue())


def test_words_of_ones_own_may_have_braces_in_one_language() -> None:
    text = TEXT.replace('nl = "', 'nl = "{0} {', 1)
    exercise = gathering(text).catalogue().get(LOW_PLANK)
    assert any("{0} {" in cue.text.nl for cue in spoken(load_cues(), [exercise]))


NEUTRAL = "bend = { mean = -6.0, sd = 9.0, low = -24.0, high = 12.0 }"


@pytest.mark.parametrize(
    "spoilt", ["low = 24.0", "low = -4.0", "low = -1e12", "high = -9.0", "sd = 1e6", "mean = 1e5"]
)
def test_a_neutral_that_nobody_can_have_is_refused(spoilt: str) -> None:
    key = spoilt.partition(" ")[0]
    text = TEXT.replace(NEUTRAL, re.sub(rf"{key} = [-\d.]+", spoilt, NEUTRAL))
    line = line_of(text, "bend = { mean")
    assert refused(text).startswith(f"1.toml:{line}: judging.neutral.bend")


def test_a_text_that_hides_signs_or_is_too_long_is_refused() -> None:
    for text, said in (
        (TEXT.replace('nl = "', 'nl = "\\u001b[2J', 1), "U+001B"),
        (TEXT.replace('nl = "', 'nl = "\\u202e', 1), "U+202E"),
        (TEXT.replace('nl = "', f'nl = "{"x" * 2_000}', 1), "2000"),
        (TEXT.replace('en = "', f'en = "{"x" * 101}', 1), "a name of 100 signs at most"),
    ):
        assert said in refused(text)
