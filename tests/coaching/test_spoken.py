"""The lines that the exercises bring with them."""

from coreline.coaching.spoken import dose_cue, how_cue, how_on_floor_cue, name_cue, spoken
from coreline.data_files import load_catalogue, load_cues
from coreline.programme.spec import HoldDose, RaisesDose, RollsDose
from own_exercise import CATALOGUE as OWN

BOOK, CATALOGUE = load_cues(), load_catalogue()
SPOKEN = spoken(BOOK, CATALOGUE)


def test_every_exercise_has_a_name_and_an_explanation_to_say() -> None:
    own = {name_cue(each) for each in CATALOGUE.ids} | {how_cue(each) for each in CATALOGUE.ids}
    on_floor = {how_on_floor_cue(each.id) for each in CATALOGUE if each.start_on_floor}
    assert set(SPOKEN.ids) == set(BOOK.ids) | own | on_floor
    assert len(own) == 2 * len(CATALOGUE)


def test_to_who_has_no_ball_none_is_named() -> None:
    said = [SPOKEN.get(how_on_floor_cue(each.id)).text for each in CATALOGUE if each.start_on_floor]
    assert len(said) == 3
    assert not [each for each in said if "de bal" in each.nl or "the ball" in each.en]


def test_what_is_said_is_what_the_exercise_says() -> None:
    curl = CATALOGUE.get("w12-pelvic-curl")
    how = SPOKEN.get("how.w12_pelvic_curl").text
    assert how.nl == f"{curl.start_position.nl} {curl.movement.nl}"
    assert how.en == f"{curl.start_position.en} {curl.movement.en}"
    assert SPOKEN.get("name.w12_pelvic_curl").text.nl == "Buikspieren."


def test_an_exercise_s_lines_are_as_weighty_as_what_leads_on() -> None:
    """A correction of the set before may not outdo them, nor may they outdo a warning."""
    flow = {SPOKEN.get(each).priority for each in ("flow.rest", "flow.next_exercise")}
    own = {each.priority for each in SPOKEN if each.id.startswith(("name.", "how."))}
    assert own == flow


def test_every_dose_of_the_programme_has_its_words() -> None:
    for exercise in CATALOGUE:
        assert dose_cue(exercise.dose) in BOOK


def test_the_cue_of_a_dose_names_its_numbers() -> None:
    hold = HoldDose(kind="hold", sets=2, hold_s=20.0, rest_s=30.0)
    raises = RaisesDose(kind="raises", sets=3, repetitions=12, hold_s=2.0, rest_s=30.0)
    rolls = RollsDose(kind="rolls", sets=1, rotations=4, rest_s=0.0)
    assert dose_cue(hold) == "dose.hold_20_2"
    assert dose_cue(raises) == "dose.raises_12_3"
    assert dose_cue(rolls) == "dose.rolls_4_1"


def test_a_correction_of_one_s_own_is_said_like_one_of_the_program_s() -> None:
    said = spoken(BOOK, OWN).get("own.lift_hips")
    assert said.text.en == "Lift your hips, away from the floor."
    assert said.priority == BOOK.get("fix.hips_up").priority
