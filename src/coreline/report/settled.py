"""The readings of a set as they are judged in the end: from the line as it was known at last.

While a hold goes on, the person's own line is taken again and again, and each time all of the hold
is judged again. A reading has the line of its own moment.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from coreline.judging.events import Hold, Reading
from coreline.report.model import Analysis


def settled(analysis: Analysis) -> tuple[Reading, ...]:
    """Return the readings of a set, those of a hold with the neutral that it was judged from."""
    holds = sorted(analysis.held, key=lambda hold: hold.start_s)
    readings = tuple(analysis.record.readings)
    last_deg = analysis.record.neutral_deg
    for hold, after in pairwise(holds):
        readings = _from_one_line(readings, hold, _known_before(readings, after.start_s))
    return _from_one_line(readings, holds[-1], last_deg) if holds else readings


def _known_before(readings: Sequence[Reading], t_s: float) -> float | None:
    """Return the line as it was known last before a moment."""
    known = [each.neutral_deg for each in readings if each.t_s < t_s]
    return known[-1] if known else None


def _from_one_line(
    readings: tuple[Reading, ...], hold: Hold, neutral_deg: float | None
) -> tuple[Reading, ...]:
    """Return the readings with those of a hold from one line, where it is known."""
    if neutral_deg is None:
        return readings
    return tuple(
        replace(each, neutral_deg=neutral_deg)
        if hold.start_s <= each.t_s <= hold.end_s and each.neutral_deg != neutral_deg
        else each
        for each in readings
    )
