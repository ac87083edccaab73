"""The person's own line of a hold: what is known of it before a set, and what a session found."""

from collections.abc import Sequence

from coreline.body.measures import Side
from coreline.judging.judge import Prior
from coreline.judging.ready import Place
from coreline.programme.spec import HoldDose
from coreline.session.blocks import Block
from coreline.session.inputs import Guidance
from coreline.session.set_so_far import SetSoFar

_SURE_SD_DEG = 2.5  # a line less sure than this is not kept for other days
_SURE_S = 3.0  # nor one that was held for less


def lines_found(sets: Sequence[SetSoFar]) -> dict[tuple[str, Side | None], float]:
    """Return the person's own lines that were found surely, by exercise and side, the last set's.

    That of a raise is found again each time.
    """
    return {
        (each.record.exercise_id, each.block.side): each.record.neutral_deg
        for each in sets
        if isinstance(each.block.exercise.dose, HoldDose)
        and each.record.neutral_deg is not None
        and (each.record.neutral_sd_deg or 0.0) <= _SURE_SD_DEG
        and each.held_s >= _SURE_S
    }


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
    found = any(each.block is block and each.record.neutral_deg is not None for each in sets)
    learn = guidance.learn_neutral and kept is None and not found
    if kept is None:
        return Prior(learn=learn, place=place)
    return Prior(kept.line_deg, kept.sd_deg, learn, place)


def _place_of(block: Block, guidance: Guidance | None, said_place: Place | None) -> Place | None:
    """Return what the person says that they do an exercise on."""
    if guidance is None or guidance.on_ball is None:
        return said_place
    return Place.BALL if block.exercise.id in guidance.on_ball else Place.FLOOR
