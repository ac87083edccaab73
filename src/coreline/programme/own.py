"""What exercises of a person's own bring with them, and what is left of one that is gone."""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from pydantic import ValidationError

from coreline.programme.rule_values import FAULT_CODES, REASON_CODES
from coreline.programme.spec import Dose, Exercise, HoldDose, RaisesDose, RollsDose, Text
from coreline.programme.toml_data import near_names, refuse_value
from coreline.programme.toml_lines import Path

OWN_CUE: Final = "own."  # what the judging puts before the name of a cue that the file brings
_KNOWN_CODES: Final = {"faults": FAULT_CODES, "reasons": REASON_CODES}
_GONE_LEVEL: Final = "gone"  # of no programme
_USUAL_REST_S: Final = 15.0  # not told by a journal, and no longer asked for
_USUAL_TOP_S: Final = 2.0  # the same


def codes_of(data: dict[str, Any]) -> dict[str, Any]:
    """Return the codes that an exercise's data bring, by their table."""
    tables = {table: data.get(table) for table in _KNOWN_CODES}
    return {table: tuple(codes) for table, codes in tables.items() if isinstance(codes, dict)}


def refuse_taken(exercise: Exercise, text: str, source: str) -> None:
    """Raise BadDataError where an exercise brings a code that there is already."""
    for table, codes in _brought(exercise):
        for code in codes:
            if code in _KNOWN_CODES.get(table, ()):
                complaint = "is there already; leave this table out, or give the code another name"
                raise refuse_value(text, source, (table, code), complaint)


def refuse_strange_cues(exercise: Exercise, cue_ids: Sequence[str], text: str, source: str) -> None:
    """Raise BadDataError where the judging names a cue that is neither there nor brought along."""
    known = (*cue_ids, *(f"{OWN_CUE}{name}" for name in exercise.cues))
    for path, cue_id in _cues_named(exercise):
        if cue_id not in known:
            near = near_names(cue_id, known)
            complaint = (
                f'"{cue_id}" is no cue;{near} else write its text in a table [cues.NAME] and '
            )
            raise refuse_value(text, source, path, f'{complaint}name it "{OWN_CUE}NAME"')


def refuse_other_words(
    exercise: Exercise, other: Exercise, other_source: str, text: str, source: str
) -> None:
    """Raise BadDataError where two exercises have different words for one code or cue."""
    there = dict(_brought(other))
    for table, words in _brought(exercise):
        for name, own in words.items():
            if there[table].get(name, own) != own:
                complaint = f"has other words in {other_source}; use the same, or another name"
                raise refuse_value(text, source, (table, name), complaint)


def _brought(exercise: Exercise) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "faults", dict(exercise.faults)
    yield "reasons", dict(exercise.reasons)
    yield "cues", dict(exercise.cues)


def _cues_named(exercise: Exercise) -> Iterator[tuple[Path, str]]:
    """Yield every cue that the judging names, with where it does."""
    if exercise.judging is None:
        return
    for index, band in enumerate(exercise.judging.bands):
        for key, cue_id in (("low_cue", band.low_cue), ("high_cue", band.high_cue)):
            if cue_id is not None:
                yield ("judging", "bands", index, key), cue_id
    for index, condition in enumerate(exercise.judging.start.conditions):
        if condition.cue is not None:
            yield ("judging", "start", "conditions", index, "cue"), condition.cue
    raises = exercise.judging.raises
    if raises is not None and raises.too_low_cue is not None:
        yield ("judging", "raises", "too_low_cue"), raises.too_low_cue


# What is left of an exercise when its file is gone


class GoneExercise(Exercise):
    """An exercise of which no more is known than what a journal tells."""

    @property
    def judged(self) -> bool:
        """It was judged, or there would be nothing to tell."""
        return True


def description_of(exercise: Exercise) -> str:
    """Return everything an exercise's file said as JSON, but for its drawing."""
    return exercise.model_dump_json(exclude_defaults=True, exclude={"figure"})


def exercise_described(description: str) -> Exercise | None:
    """Return the exercise of `description_of`; of one of another version as much as can be read.

    None where that is nothing.
    """
    try:
        data = json.loads(description)
        return Exercise.model_validate_json(description, context=codes_of(data))
    except ValidationError as refusal:
        wrong = {error["loc"][0] for error in refusal.errors() if error["loc"]}
        return _without(data, {*wrong, "judging"})
    except (ValueError, AttributeError, RecursionError):  # no JSON, or no table
        return None


def _without(data: dict[str, Any], wrong: Collection[int | str]) -> Exercise | None:
    """Return an exercise without some of its keys, if it can be one without them."""
    known = {key: value for key, value in data.items() if key not in wrong}
    try:
        return GoneExercise.model_validate_json(json.dumps(known))
    except ValidationError:
        return None


def exercise_gone(exercise_id: str, dose: Dose, *, sided: bool) -> Exercise:
    """Return an exercise of which nothing but its id and what was asked for is known."""
    unknown = Text(nl=exercise_id, en=exercise_id)
    return GoneExercise(
        id=exercise_id,
        level=_GONE_LEVEL,
        place=1,
        name=unknown,
        start_position=unknown,
        movement=unknown,
        explanation=unknown,
        dose=dose,
        sides="each_side" if sided else "none",
        view="side",
        confidence="low",
        not_visible=unknown,
    )


def dose_gone(kind: str, sets: int, amount: float) -> Dose:
    """Return what was asked for, as far as a journal tells.

    Args:
        kind: hold, raises or rolls.
        sets: how many, on each side.
        amount: seconds of a hold, else repetitions or rotations.
    """
    sets, n, rest_s = min(max(sets, 1), 100), min(max(round(amount), 1), 100), _USUAL_REST_S
    if kind == "raises":
        return RaisesDose(
            kind="raises", sets=sets, repetitions=n, hold_s=_USUAL_TOP_S, rest_s=rest_s
        )
    if kind == "rolls":
        return RollsDose(kind="rolls", sets=sets, rotations=n, rest_s=rest_s)
    return HoldDose(kind="hold", sets=sets, hold_s=min(max(amount, 1.0), 600.0), rest_s=rest_s)
