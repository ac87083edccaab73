"""What is done of a day's exercises, and what is left of them."""

from collections.abc import Iterator, Sequence
from datetime import date

from coreline.programme.catalogue import Catalogue
from coreline.programme.day import Item, SkipReason, surface
from coreline.programme.diary import Diary
from coreline.programme.level import level_in
from coreline.programme.life import PainNoted, SetDone
from coreline.programme.pace import amount, set_s
from coreline.programme.prescription import Prescription, exercises_of
from coreline.programme.spec import Dose, Exercise, Pace, Programme

LEFT, RIGHT = "left", "right"


def items_in(
    programme: Programme, catalogue: Catalogue, diary: Diary, day: date
) -> tuple[Item, ...]:
    """Return what a day asks for, one item a side, whether it is one of rest or not.

    It is the exercises of the day's level, as the physiotherapist's plan changes them.
    """
    level = level_in(programme, diary, day).level
    items: list[Item] = []
    used: set[str] = set()
    for own in exercises_of(diary.plan_on(day), catalogue, level.id, day):
        exercise = _in_place_of(own, catalogue, diary, day)
        if exercise.id not in used:  # two may have the same easier one
            used.add(exercise.id)
            items += _sides_of(programme, exercise, own, diary, day)
    return tuple(items)


def is_free(programme: Programme, catalogue: Catalogue, diary: Diary, day: date) -> bool:
    """Say whether a day asks for nothing: one of rest, or on which a plan has every exercise off.

    Such a day is not missed, breaks no streak, and is no absence.
    """
    if diary.rest_on(day) is not None:
        return True
    plan = diary.plan_on(day)
    if plan.says_nothing:  # the handout asks for something every day
        return False
    level = level_in(programme, diary, day).level
    return not any(True for _ in exercises_of(plan, catalogue, level.id, day))


def _in_place_of(own: Exercise, catalogue: Catalogue, diary: Diary, day: date) -> Exercise:
    """Return what is done in place of a level's own exercise, if it still exists."""
    instead_id = diary.instead_of(own.id, day)
    return catalogue.get(instead_id) if instead_id in catalogue.ids else own


def _sides_of(
    programme: Programme, exercise: Exercise, own: Exercise, diary: Diary, day: date
) -> Iterator[Item]:
    plan = diary.plan_on(day)
    dose, said = dose_in_place_of(exercise, own, plan), plan.of(own.id)
    sides = sides_of(exercise, second_way=diary.profile.second_way)
    if said is not None and said.side in sides:
        sides = (said.side,)
    sets = diary.sets_of(day, exercise.id)
    for side in sides:
        yield Item(
            exercise_id=exercise.id,
            side=side,
            dose=dose,
            surface=surface(diary.profile, exercise.id),
            done=_done(exercise, side, dose, sets),
            instead_of=own.id if own.id != exercise.id else None,
            skipped=_skipped(programme, exercise.id, side, diary, day),
            prescribed_by=plan.by if said is not None else None,
            note="" if said is None else said.note,
        )


def dose_in_place_of(exercise: Exercise, own: Exercise, plan: Prescription) -> Dose:
    """Return how much of an exercise is asked for in place of another, or of itself.

    What the physiotherapist prescribes of the exercise that was to be done holds of an easier one
    too, if that is done in the same way and the plan has no word of its own on it.
    """
    said = plan.of(exercise.id) or plan.of(own.id)
    if said is None or exercise.dose.kind != own.dose.kind:
        return plan.dose(exercise)
    return said.dose(exercise.dose)


def sides_of(exercise: Exercise, *, second_way: bool = True) -> tuple[str | None, ...]:
    """Return the sides that have the full dose each; None where there is but one way."""
    if exercise.sides == "none" or (exercise.sides == "both_ways" and not second_way):
        return (None,)
    return (LEFT, RIGHT)


def _done(
    exercise: Exercise, side: str | None, dose: Dose, sets: Sequence[SetDone]
) -> tuple[float, ...]:
    """Return what was done of each of an exercise's sets, all attempts together, up to the dose."""
    if not sets:  # as on most of the many days that are looked back on
        return (0.0,) * dose.sets
    done, most = [0.0] * dose.sets, amount(dose)
    for each in sets:
        if _is_side(exercise, side, each.side) and 1 <= each.set_number <= len(done):
            done[each.set_number - 1] += max(each.done, 0.0)
    return tuple(min(each, most) for each in done)


def _is_side(exercise: Exercise, asked: str | None, done: str | None) -> bool:
    """Say whether what was done on one side counts for another.

    A symmetrical pose is the same whichever way one faces: with the second way left out every set
    counts, and one without a side is the first way.
    """
    if asked == done or asked is None:
        return True
    return exercise.sides == "both_ways" and done is None and asked == LEFT


def _skipped(
    programme: Programme, exercise_id: str, side: str | None, diary: Diary, day: date
) -> SkipReason | None:
    """Return why an exercise is left out today.

    A side that hurt leaves the other one in. One that hurt badly without a word on which side is
    left out on both.
    """
    skipped, pains = diary.skips_on(day), diary.pains_on(day)
    if not skipped and not pains:  # as on most of the many days that are looked back on
        return None
    skips = [each for each in skipped if each.exercise_id == exercise_id]
    here = [each for each in skips if each.side in (None, side) or side is None]
    if any(each.for_pain for each in here):
        return SkipReason.PAIN
    told = any(each.for_pain for each in skips)
    if not told and hurt_badly(programme, exercise_id, pains):
        return SkipReason.PAIN
    return SkipReason.CHOICE if here else None


def hurt_badly(programme: Programme, exercise_id: str, pains: Sequence[PainNoted]) -> bool:
    """Say whether an exercise was said to hurt so much that it is to be skipped."""
    limit = programme.pain.rules.hurts_badly_from
    return any(each.exercise_id == exercise_id and each.score >= limit for each in pains)


def session_s(items: Sequence[Item], pace: Pace, *, left_only: bool = False) -> float:
    """Return how long the items take: sets, rests between them, getting ready, turning, changing.

    With `left_only` what was done is left out, and a set begun counts for what is missing of it.
    """
    total_s, rest_s, before = 0.0, 0.0, None
    for item in items:
        shares = _shares(item, left_only=left_only)
        if not shares:
            continue
        total_s += _turning_s(before, item, pace)
        for share in shares:
            total_s += rest_s + pace.ready_s + share * set_s(item.dose, pace)
            rest_s = item.dose.rest_s
        before = item
    return total_s


def _shares(item: Item, *, left_only: bool) -> list[float]:
    """Return how much there is to do of each set that counts."""
    if not left_only:
        return [1.0] * item.sets
    return [1.0 - item.done[number - 1] / item.prescribed for number in item.open_sets]


def _turning_s(before: Item | None, item: Item, pace: Pace) -> float:
    same = before is not None and before.exercise_id == item.exercise_id
    return pace.turn_s if same else pace.change_s
