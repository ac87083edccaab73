"""What a malformed exercise or programme says, and how exercises are found."""

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.data_files import load_catalogue, load_shared
from coreline.errors import BadDataError, UnknownExerciseError
from coreline.programme.catalogue import (
    Catalogue,
    parse_catalogue,
    parse_exercise,
    parse_programme,
)
from coreline.programme.rules import Band, Judging
from coreline.programme.shared import parse_shared

SHARED = load_shared()
LEVELS = ("w12", "w34", "w56", "adv")
FOLDER = files("coreline") / "programme"
TEXTS = {
    entry.name: entry.read_text(encoding="utf-8")
    for entry in (FOLDER / "exercises").iterdir()
    if entry.name.endswith(".toml")
}
PLANK = TEXTS["w12-back-bridge.toml"]
RAISED_ON_SIDE = TEXTS["w34-side-bridge.toml"]
PROGRAMME = (FOLDER / "programme.toml").read_text(encoding="utf-8")
PAIR = re.compile(r"^([a-z_.]+) = (\S.*)$")
MAY_BE_MISSING = {"lifts_arm", "also_called.nl", "also_called.en"}
names = st.sampled_from(sorted(TEXTS))


def complaint(text: str) -> str:
    with pytest.raises(BadDataError) as caught:
        parse_exercise(text, "own.toml", LEVELS, SHARED)
    message = str(caught.value)
    assert "\n" not in message
    return message


def pairs(text: str) -> list[tuple[int, str, str]]:
    """Index, key and value of every one-line pair before the judging, whose rules are not ours."""
    lines = text.split("\n")
    judging = [
        index for index, line in enumerate(lines) if line.startswith(("[judging", "judging"))
    ]
    before = judging[0] if judging else len(lines)
    found = ((index, PAIR.match(line)) for index, line in enumerate(lines[:before]))
    short = [(index, match[1], match[2]) for index, match in found if match]
    return [each for each in short if '"""' not in each[2]]


def full_key(text: str, index: int, key: str) -> str:
    return f"dose.{key}" if "[dose]" in text.split("\n")[:index] else key


@given(names, st.data(), st.integers(0, 5))
def test_a_misspelt_key_is_named_on_its_line(name: str, data: st.DataObject, shift: int) -> None:
    text = "# a note\n" * shift + TEXTS[name]
    index, key, _ = data.draw(st.sampled_from([each for each in pairs(text) if each[1] != "kind"]))
    lines = text.split("\n")
    lines[index] = lines[index].replace(key, f"{key}x", 1)
    said = complaint("\n".join(lines))
    assert said.startswith(f"own.toml:{index + 1}: {full_key(text, index, key)}x: unknown key;")
    assert key.rsplit(".", maxsplit=1)[-1] in said


@given(names, st.data(), st.sampled_from(["[]", "{}", "1979-05-27", "false"]))
def test_a_wrong_type_is_named_on_its_line(name: str, data: st.DataObject, wrong: str) -> None:
    text = TEXTS[name]
    index, key, _ = data.draw(st.sampled_from(pairs(text)))
    lines = text.split("\n")
    lines[index] = f"{key} = {wrong}"
    said = complaint("\n".join(lines))
    assert said.startswith(f"own.toml:{index + 1}: {full_key(text, index, key)}: ")
    assert " must " in said


@given(names, st.data())
def test_a_missing_key_is_named(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    needed = [each for each in pairs(text) if each[1] not in MAY_BE_MISSING]
    index, key, _ = data.draw(st.sampled_from(needed))
    lines = text.split("\n")
    del lines[index]
    said = complaint("\n".join(lines))
    assert f": {full_key(text, index, key)}: missing; " in said


@given(names, st.integers(0, 10_000))
def test_a_torn_file_gives_one_line(name: str, cut: int) -> None:
    dose = TEXTS[name].index("[dose]")
    said = complaint(TEXTS[name][: cut % dose])
    assert re.match(r"own\.toml:\d+: \S", said)


@given(st.text())
def test_any_text_at_all_gives_one_line(text: str) -> None:
    assert re.match(r"own\.toml:\d+: \S", complaint(text))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("hold_s = 30", "hold_ss = 30", "dose.hold_ss: unknown key; did you mean hold_s? allowed"),
        ("hold_s = 30", 'hold_s = "30"', 'dose.hold_s: "30": must be a number'),
        ("hold_s = 30", "hold_s = 3000", "dose.hold_s: 3000: must be less than or equal to 600"),
        ("hold_s = 30", "hold_s = 0", "dose.hold_s: 0: must be greater than 0"),
        ("hold_s = 30", "hold_s = nan", "dose.hold_s: nan: must be a finite number"),
        ("sets = 3", "sets = 2.5", "dose.sets: 2.5: must be a whole number"),
        ('kind = "hold"', 'kind = "held"', 'dose.kind: "held": must be one of "hold", "raises"'),
        ('view = "side"', 'view = "front"', "view: \"front\": must be 'side' or 'chest'"),
        ('level = "w12"', 'level = "w13"', 'level: "w13" is no level; give one of w12, w34, w56'),
        (
            'name.en = "Front plank"',
            'name.en = " "',
            'name.en: " ": must have at least 1 character',
        ),
        (
            "hold_s = 30",
            "hold_s 30",
            "column 8: not TOML, correct it near `hold_s 30`: Expected '='",
        ),
        (
            "sets = 3",
            "sets = 3\nsets = 4",
            "column 9: not TOML, correct it near `sets = 4`: Cannot",
        ),
        ("hold_s = 30", f"hold_s = {'9' * 5000}", "not TOML"),
    ],
)
def test_one_fault_one_line_with_the_fix(old: str, new: str, said: str) -> None:
    assert PLANK.count(old) == 1
    line = PLANK[: PLANK.index(old)].count("\n") + 1 + new.count("\n")
    message = complaint(PLANK.replace(old, new))
    assert said in message
    if "9999" not in new:
        assert message.startswith(f"own.toml:{line}: {said}")


def test_the_misspelling_is_told_rather_than_the_key_it_leaves_missing() -> None:
    assert "sidez: unknown key; did you mean sides?" in complaint(PLANK.replace("sides", "sidez"))


def test_a_second_exercise_with_the_same_id_is_refused() -> None:
    texts = {"a.toml": PLANK, "b.toml": "# mine\n" + PLANK}
    with pytest.raises(
        BadDataError, match=r'^b\.toml:3: id: "w12-back-bridge" is the id of a\.toml'
    ):
        parse_catalogue(texts, LEVELS, SHARED)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("up_to_m = 1.88", "up_to_m = 1.5", "ball.sizes: put the sizes in order of rising height"),
        ("up_to_m = 1.88", "", "ball.sizes: every size but the last needs a limit"),
        (
            "up_to_m = 1.88",
            "upto_m = 1.88",
            "ball.sizes[1].upto_m: unknown key; did you mean up_to_m?",
        ),
        (
            "up_to_m = 1.88",
            "up_to_m = 1.88\nshorter_than_m = 2",
            "ball.sizes[1]: give shorter_than_m or up_to_m, not both",
        ),
        ('id = "w34"', 'id = "w12"', "levels: two levels have the same id"),
        (
            "first_week = 3",
            "first_week = 4",
            'levels: "w34" must begin in the week after "w12" ends',
        ),
        ("first_week = 1\n", "first_week = 2\n", "levels: the first level begins in week 1"),
        ("default_rest_s = 30", "default_rest_s = -1", "default_rest_s: -1: must be greater"),
        ("[[causes]]\nnl", "[[causes]]\nde", "causes[0].de: unknown key; allowed here: en, nl"),
    ],
)
def test_a_malformed_programme_names_the_key(old: str, new: str, said: str) -> None:
    with pytest.raises(BadDataError, match=r"^p\.toml:\d+: " + re.escape(said)):
        parse_programme(PROGRAMME.replace(old, new, 1), "p.toml")


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("w12-backbridge", "w12-back-bridge"),
        ("W34-SUPERMAN", "w34-superman"),
        ("logroll", "adv-log-roll"),
        ("w56_crunch", "w56-crunch"),
    ],
)
def test_an_unknown_id_offers_the_near_one(asked: str, offered: str) -> None:
    with pytest.raises(UnknownExerciseError) as caught:
        load_catalogue().get(asked)
    said = f'unknown exercise "{asked}": did you mean {offered}? coreline exercises lists all'
    assert str(caught.value) == said


def test_an_id_like_no_other_offers_the_list() -> None:
    with pytest.raises(UnknownExerciseError) as caught:
        load_catalogue().get("zzz")
    assert str(caught.value) == 'unknown exercise "zzz": coreline exercises lists all'


@given(st.permutations(sorted(TEXTS)))
def test_the_order_does_not_depend_on_the_files(order: list[str]) -> None:
    shuffled = parse_catalogue({name: TEXTS[name] for name in order}, LEVELS, SHARED)
    assert shuffled.ids == load_catalogue().ids


def test_an_empty_catalogue_has_nothing() -> None:
    assert len(Catalogue([], LEVELS)) == 0


def judging_in(text: str) -> Judging:
    judging = parse_exercise(text, "own.toml", LEVELS, SHARED).judging
    assert judging is not None
    return judging


def line_band(text: str) -> Band:
    return judging_in(text).bands[0]


def test_a_key_beside_use_stands_above_the_shared_one() -> None:
    used = 'use = "body_line"'
    own = line_band(PLANK.replace(used, f"{used}\nfault_high = 12.0"))
    assert own == line_band(PLANK).model_copy(update={"fault_high": 12.0})


def test_a_name_that_is_not_shared_is_told_with_its_line() -> None:
    text = PLANK.replace('use = "body_line"', 'use = "body_lin"')
    line = text.split("\n").index('use = "body_lin"') + 1
    assert complaint(text).startswith(
        f'own.toml:{line}: judging.bands[0].use: "body_lin" is not shared;'
        " did you mean body_line? give one of body_line,"
    )


def test_a_number_is_no_shared_name() -> None:
    assert "judging.bands[0].use" in complaint(PLANK.replace('use = "body_line"', "use = 3"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '{ measure = "trunk", ',
            '{ measure = "trnk", ',
            'start.conditions[3].measure: "trnk" is no measure here; did you mean trunk? give',
        ),
        (
            'signal = "bend"',
            'signal = "bent"',
            'signal: "bent" is no measure here; did you mean bend?',
        ),
        (
            "bend = { mean",
            "bnd = { mean",
            'neutral.bnd: "bnd" is no measure here; did you mean bend?',
        ),
        (
            'low_cue = "fix.knees_straight"',
            'low_cued = "fix.knees_straight"',
            "bands[1].low_cued: unknown key; did you mean low_cue? allowed here: above, below,",
        ),
        ("still_deg = 4.0", "stil_deg = 4.0", "start.stil_deg: unknown key; did you mean still_"),
    ],
)
def test_a_slip_in_the_judging_is_told_with_its_line(old: str, new: str, said: str) -> None:
    assert PLANK.count(old) == 1
    line = PLANK[: PLANK.index(old)].count("\n") + 1
    assert complaint(PLANK.replace(old, new)).startswith(f"own.toml:{line}: judging.{said}")


def test_of_a_position_come_the_measures_that_are_named() -> None:
    judging = judging_in(RAISED_ON_SIDE)
    assert "spread" in judging.measures
    assert "lift" not in judging.measures
    assert judging.needs == SHARED["positions"]["on_side"]["needs"]


def test_of_a_position_come_the_neutrals_of_what_is_judged_from_the_person_s_own() -> None:
    assert set(judging_in(RAISED_ON_SIDE).neutral) == {"bend", "knee"}
    knee = '[[judging.bands]]\nuse = "raised_knee_straight"\n'
    text = TEXTS["w56-side-bridge.toml"]
    assert set(judging_in(text).neutral) == {"bend", "knee"}
    assert set(judging_in(text.replace(knee, "")).neutral) == {"bend"}


def test_an_own_measure_stands_above_the_position_s() -> None:
    own = '{ kind = "angle", points = ["near.hip", "near.knee", "near.ankle"] }'
    text = RAISED_ON_SIDE.replace(
        "[judging.start]", f"[judging.measures]\nknee = {own}\n\n[judging.start]"
    )
    assert judging_in(text).measures["knee"].points[0] == "near.hip"
    assert judging_in(text).measures["bend"] == judging_in(RAISED_ON_SIDE).measures["bend"]


def test_a_wrong_measure_is_told_with_the_position_s_that_nothing_else_names() -> None:
    text = RAISED_ON_SIDE.replace('measure = "spread"', 'measure = "lft"')
    line = text[: text.index('"lft"')].count("\n") + 1
    assert complaint(text).startswith(
        f'own.toml:{line}: judging.start.conditions[7].measure: "lft" is no measure here;'
        " did you mean lift?"
    )


@pytest.mark.parametrize("table", ["needs", "measures", "neutral", "raises", "ball"])
def test_a_malformed_table_on_a_position_is_told_with_its_line(table: str) -> None:
    line = RAISED_ON_SIDE[: RAISED_ON_SIDE.index("ball.use")].count("\n") + 1
    text = RAISED_ON_SIDE.replace('ball.use = "forearm_on_ball"', f"{table} = 3")
    assert complaint(text).startswith(f"own.toml:{line}: judging.{table}: 3: must be a")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[conditions]", "[condition]", "condition: unknown key; did you mean conditions?"),
        ("low_cue =", "lowcue =", "bands.body_line.lowcue: unknown key; did you mean low_cue?"),
        ('"bend", points = [', '"bnt", points = [', '.measures.bend.kind: "bnt" is none of'),
        ("hold_s = 2.0", 'use = "upper_leg"', "raises.leg_off_floor.use: unknown key;"),
        ("[balls]", "[balls", "not TOML, correct it near `[balls`"),
    ],
)
def test_a_malformed_shared_file_gives_one_line(old: str, new: str, said: str) -> None:
    text = (FOLDER / "shared.toml").read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    with pytest.raises(BadDataError) as caught:
        parse_shared(text.replace(old, new, 1), "shared.toml")
    assert str(caught.value).startswith(f"shared.toml:{line}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_use_is_among_the_keys_that_are_allowed_where_something_is_shared() -> None:
    for old in ("low_cue =", "keep_min =", "signal ="):
        said = complaint(PLANK.replace(old, f"x{old}", 1))
        assert "unknown key" in said
        assert said.endswith(", use")


def test_everything_shared_is_used_by_two_exercises_or_more() -> None:
    names = [name for kind in SHARED.values() for name in kind]
    assert [n for n in names if sum(f'"{n}"' in text for text in TEXTS.values()) < 2] == []
