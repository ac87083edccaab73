"""What a number in a data file may be: beyond these it is a slip of the pen, not a prescription."""

import re
from importlib.resources import files

import pytest

from coreline.data_files import load_programme, load_shared
from coreline.errors import BadDataError
from coreline.programme.catalogue import parse_exercise, parse_programme

FOLDER = files("coreline") / "programme"
PROGRAMME = (FOLDER / "programme.toml").read_text(encoding="utf-8")
EXERCISES = FOLDER / "exercises"
PLANK, RAISES, ROLL = (
    (EXERCISES / f"{name}.toml").read_text(encoding="utf-8")
    for name in ("w12-back-bridge", "w56-belly-bridge", "adv-log-roll")
)
LEVELS = ("w12", "w34", "w56", "adv")


def with_value(text: str, key: str, value: float) -> str:
    """Return a text in which the first such key has another value."""
    changed, count = re.subn(rf"(?m)^{key} = [\d.]+", f"{key} = {value}", text, count=1)
    assert count == 1
    return changed


def refused_key(text: str) -> str | None:
    """Return the key that is complained of, or None where the text is sound."""
    try:
        if "[dose]" in text:
            parse_exercise(text, "own.toml", LEVELS, load_shared())
        else:
            parse_programme(text, "own.toml")
    except BadDataError as complaint:
        return str(complaint).split(": ")[1].rsplit(".", maxsplit=1)[-1]
    return None


@pytest.mark.parametrize(
    ("text", "key", "sound", "slips"),
    [
        (PLANK, "place", (1, 100), (0, 101)),
        (PLANK, "sets", (1, 100), (0, 101)),
        (PLANK, "hold_s", (0.1, 600), (0, 600.1)),
        (PLANK, "rest_s", (0, 600), (-0.1, 600.1)),
        (RAISES, "repetitions", (1, 100), (0, 101)),
        (RAISES, "hold_s", (0.1, 600), (0, 600.1)),
        (ROLL, "rotations", (1, 100), (0, 101)),
        (PROGRAMME, "default_rest_s", (0, 600), (-0.1, 600.1)),
        (PROGRAMME, "diameter_cm", (20, 120), (19, 121)),
        (PROGRAMME, "shorter_than_m", (0.1, 1.87), (0, 3.1)),
        (PROGRAMME, "up_to_m", (1.69, 3), (0, 3.1)),
        (PROGRAMME, "may_rise_weeks", (0, 52), (-1, 53)),
        (PROGRAMME, "hurts_badly_from", (4, 10), (-1, 11)),
        (PROGRAMME, "marked_from", (4, 10), (-1, 11)),
        (PROGRAMME, "mind_from", (4, 6), (-1, 11)),
        (PROGRAMME, "gone_to", (0, 3), (-1, 11)),
        (PROGRAMME, "slight_rise_to", (1, 10), (0, 11)),
        (PROGRAMME, "rest_days", (1, 14), (0, 61)),
        (PROGRAMME, "longest_rest_days", (3, 60), (0, 61)),
        (PROGRAMME, "soon_days", (1, 60), (0, 61)),
        (PROGRAMME, "lasting_days", (1, 60), (0, 61)),
        (PROGRAMME, "stands_days", (1, 365), (0, 366)),
        (PROGRAMME, "raise_s", (0.1, 600), (0, 600.1)),
        (PROGRAMME, "roll_s", (0.1, 600), (0, 600.1)),
        (PROGRAMME, "ready_s", (0, 600), (-0.1, 600.1)),
        (PROGRAMME, "turn_s", (0, 600), (-0.1, 600.1)),
        (PROGRAMME, "change_s", (0, 600), (-0.1, 600.1)),
        (PROGRAMME, "long_from_s", (0.1, 86_400), (0, 86_400.1)),
        (PROGRAMME, "sessions", (1, 100), (0, 101)),
        (PROGRAMME, "done_from", (0, 1), (-0.01, 1.01)),
        (PROGRAMME, "scored_from", (0, 1), (-0.01, 1.01)),
        (PROGRAMME, "line_score_from", (0, 100), (-0.1, 100.1)),
        (PROGRAMME, "pain_to", (0, 10), (-1, 11)),
        (PROGRAMME, "missed_days", (1, 100), (0, 101)),
        (PROGRAMME, "first_week", (), (0,)),
    ],
)
def test_a_number_has_its_limits(
    text: str, key: str, sound: tuple[float, ...], slips: tuple[float, ...]
) -> None:
    assert [refused_key(with_value(text, key, value)) for value in sound] == [None] * len(sound)
    assert [refused_key(with_value(text, key, value)) for value in slips] == [key] * len(slips)


def test_saying_it_again_has_its_limits_too() -> None:
    def said(days: int) -> str | None:
        return refused_key(
            PROGRAMME.replace("stands_days =", f"say_again_days = {days}\nstands_days =")
        )

    assert said(1) is said(365) is None
    assert said(0) == said(366) == "say_again_days"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("gone_to", 4),  # gone and to be minded at once
        ("mind_from", 3),
        ("mind_from", 7),  # asks for care only above what is marked
        ("hurts_badly_from", 3),
        ("marked_from", 3),
        ("rest_days", 15),  # longer than the longest
    ],
)
def test_pains_that_contradict_each_other_are_refused(key: str, value: int) -> None:
    assert refused_key(with_value(PROGRAMME, key, value)) == "rules"


@pytest.mark.parametrize("text", ["", " ", "\t"])
def test_a_text_that_a_patient_reads_is_never_empty(text: str) -> None:
    changed = PLANK.replace('name.en = "Front plank"', f'name.en = "{text}"')
    assert refused_key(changed) == "en"


def test_the_last_level_stays_open_and_the_first_begins_in_week_1() -> None:
    levels = PROGRAMME.replace("first_week = 7", "first_week = 7\nlast_week = 8")
    assert refused_key(levels) == "levels"


@pytest.mark.parametrize(
    ("week", "level_id"),
    [
        (1, "w12"),
        (2, "w12"),
        (3, "w34"),
        (4, "w34"),
        (5, "w56"),
        (6, "w56"),
        (7, "adv"),
        (99, "adv"),
    ],
)
def test_each_week_has_the_level_of_the_handout(week: int, level_id: str) -> None:
    assert load_programme().level_of_week(week).id == level_id


def test_before_the_first_week_there_is_no_level() -> None:
    with pytest.raises(ValueError, match="week 0 is before"):
        load_programme().level_of_week(0)
