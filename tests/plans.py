"""Plans of a physiotherapist for tests: any that can be written."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from coreline.programme.life import Life, Prescribed
from coreline.programme.prescription import PrescribedExercise, Prescription
from lives import CATALOGUE, PROGRAMME, START, day

LETTERS = st.text("aé “\"'\\#=[]🙂.", max_size=12).map(str.strip)
REMARKS = st.lists(LETTERS, max_size=3).map(lambda lines: "\n".join(lines).strip())
DAYS_OF_WEEK = st.sets(st.integers(0, 6)).map(lambda days: tuple(sorted(days)))
LATER = st.dates(START, date(2027, 12, 31))
IDS = tuple(CATALOGUE.ids)


@st.composite
def exercises(draw: st.DrawFn, exercise_id: str) -> PrescribedExercise:
    exercise = CATALOGUE.get(exercise_id)
    kind, sided = exercise.dose.kind, exercise.sides != "none"
    seconds = st.none() | st.integers(1, 600).map(float) | st.sampled_from([2.5, 7.25])
    return PrescribedExercise(
        exercise=exercise_id,
        extra=draw(st.booleans()),
        sets=draw(st.none() | st.integers(1, 10)),
        hold_s=draw(seconds) if kind == "hold" else None,
        count=draw(st.none() | st.integers(1, 100)) if kind != "hold" else None,
        rest_s=draw(st.none() | st.integers(0, 600).map(float)),
        side=draw(st.sampled_from([None, "left", "right"])) if sided else None,
        days=draw(DAYS_OF_WEEK),
        note=draw(REMARKS),
    )


@st.composite
def plans(draw: st.DrawFn) -> Prescription:
    listed = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=6))
    # A file has those of the level before those that come beside it.
    said = sorted((draw(exercises(each)) for each in listed), key=lambda each: each.extra)
    only = bool(said) and draw(st.booleans())
    others = [each for each in IDS if each not in listed]
    left_out = () if only else draw(st.lists(st.sampled_from(others), unique=True, max_size=4))
    level = draw(st.none() | st.sampled_from(PROGRAMME.level_ids))
    return Prescription(
        by=draw(LETTERS),
        note=draw(REMARKS),
        level=level,
        level_until=None if level is None else draw(st.none() | LATER),
        days=draw(DAYS_OF_WEEK),
        until=draw(st.none() | LATER),
        only=only,
        leave_out=tuple(left_out),
        order=tuple(draw(st.lists(st.sampled_from(IDS), unique=True, max_size=4))),
        exercises=tuple(said),
    )


def with_plan(life: Life, number: int, plan: Prescription) -> Life:
    return replace(life, plans=(*life.plans, Prescribed(day(number), plan)))


def of(exercise_id: str, **said: object) -> PrescribedExercise:
    return PrescribedExercise.model_validate({"exercise": exercise_id, **said})
