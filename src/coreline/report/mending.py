"""The one thing to mend: what went wrong most, in which exercise and on which side."""

from collections.abc import Sequence
from dataclasses import dataclass

from coreline.programme.done import HoldSeconds, is_whole
from coreline.report.asked import seconds_of
from coreline.report.model import Analysis
from coreline.report.numbers import FrequentFault, done, grouped, most_frequent

_LEAST_LET_GO = 2  # once, somebody stopped; more often, they do not hold


@dataclass(frozen=True, slots=True)
class LetGo:
    """A hold of which nothing counts, since it was let go of again and again."""

    exercise: str
    side: str | None
    held: HoldSeconds


def trouble_of(analyses: Sequence[Analysis]) -> LetGo | FrequentFault | None:
    """Return what to mend: first that a hold is held at all, then what went wrong most often."""
    for exercise, sides in grouped(analyses):
        for sets in sides:
            held = seconds_of(sets)
            if is_let_go(held):
                return LetGo(exercise, sets[0].record.side, held)
    return most_frequent(analyses)


def is_let_go(held: HoldSeconds) -> bool:
    """Say whether nothing of a hold counts, since it was let go of again and again."""
    return held.clock_s <= 0.0 and held.let_go >= _LEAST_LET_GO


def sets_of(analyses: Sequence[Analysis], trouble: LetGo | FrequentFault | None) -> list[Analysis]:
    """Return the sets that are told of: those of the exercise and side that there is trouble with.

    Where there is none, it is the first exercise and side.
    """
    if not analyses:
        return []
    first = analyses[0].record
    which: tuple[str, str | None] = (first.exercise_id, first.side)
    if trouble is not None:
        which = (trouble.exercise, trouble.side)
    of_exercise = [each for each in analyses if each.record.exercise_id == which[0]]
    return [each for each in of_exercise if each.record.side == which[1]] or of_exercise


def all_whole(analyses: Sequence[Analysis]) -> bool:
    """Say whether all of these sets were done in whole."""
    return all(is_whole(done(each), each.record.prescribed) for each in analyses)
