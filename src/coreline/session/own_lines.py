"""The person's own line of a hold: what is known of it before a set, and what a session found."""

from collections.abc import Sequence

from coreline.body.measures import Side
from coreline.judging.judge import Prior
from coreline.judging.ready import Place
from coreline.placement.neutrals import Neutral
from coreline.programme.spec import Exercise, HoldDose
from coreline.session.blocks import Block
from coreline.session.inputs import Guidance
from coreline.session.set_so_far import SetSoFar

_SURE_SD_DEG = 2.5  # a line less sure than this is not kept for other days
_SURE_S = 3.0  # nor one that was held for less


def lines_found(sets: Sequence[SetSoFar]) -> tuple[Neutral, ...]:
    """Return the person's own lines that were found surely: of an exercise and side the last set's.

    That of a raise is found again each time.
    """
    found: dict[tuple[str, Side | None], Neutral] = {}
    for each in sets:
        record, exercise, side = each.record, each.block.exercise, each.block.side
        if (
            isinstance(exercise.dose, HoldDose)
            and record.neutral_deg is not None
            and (record.neutral_sd_deg or 0.0) <= _SURE_SD_DEG
            and each.held_s >= _SURE_S
        ):
            kind = _kind_of(exercise)
            neutral = Neutral(record.exercise_id, side, record.neutral_deg, kind=kind)
            found[record.exercise_id, side] = neutral
    return tuple(found.values())


def prior_of(
    block: Block, guidance: Guidance | None, said_place: Place | None, sets: Sequence[SetSoFar]
) -> Prior:
    """Return what is known of the person's line; that of a raise is found again each time.

    Args:
        block: What is to be done.
        guidance: What is known of somebody at the mat; None for a recording.
        said_place: What a recording is said to be done on.
        sets: The sets of the session so far.
    """
    place = _place_of(block, guidance, said_place)
    if guidance is None or not isinstance(block.exercise.dose, HoldDose):
        return Prior(place=place)
    kept = guidance.neutrals.get((block.exercise.id, block.side))
    if kept is not None and kept.kind != _kind_of(block.exercise):
        kept = None  # read in another way, before an update or before their own exercise changed
    found = any(each.block is block and each.record.neutral_deg is not None for each in sets)
    learn = guidance.learn_neutral and kept is None and not found
    if kept is None:
        return Prior(learn=learn, place=place)
    return Prior(kept.line_deg, kept.sd_deg, learn, place)


def _kind_of(exercise: Exercise) -> str:
    """Return the kind of measure that reads an exercise's line; empty where it is not judged."""
    return exercise.judging.line_kind if exercise.judging else ""


def _place_of(block: Block, guidance: Guidance | None, said_place: Place | None) -> Place | None:
    """Return what the person says that they do an exercise on."""
    if guidance is None or guidance.on_ball is None:
        return said_place
    return Place.BALL if block.exercise.id in guidance.on_ball else Place.FLOOR
