"""When two hold times differ by more than measuring does: the rules that a report judges change by.

Of tests that hold a position as long as one can, a change is real only beyond 30 s or 30 %, and a
difference between left and right counts from 10 s or 15 %. The typical error of the side bridge is
11 s, and 11 s x 1.96 x sqrt(2) = 30 s is the smallest change that error leaves room for. Either
limit is enough. Repetitions and line scores have no such rule, so nothing is said of them.
"""

from enum import StrEnum

CHANGE_S = 30.0  # a change is beyond this,
CHANGE_SHARE = 0.30  # or beyond this share of what it was before
SIDES_S = 10.0  # a difference between the sides is this or more,
SIDES_SHARE = 0.15  # or this share or more of the longer hold
_ROUNDING = 1e-9  # shares of whole seconds are not exact


class Change(StrEnum):
    """What became of a hold time."""

    LONGER = "longer"
    SHORTER = "shorter"
    NONE = "none"  # or none that can be told from measuring error


def is_change_s(before_s: float, after_s: float) -> bool:
    """Say whether a hold time changed by more than measuring alone would.

    From nothing held at all there is no share to speak of; only the seconds count.
    """
    difference_s = abs(after_s - before_s)
    if difference_s > CHANGE_S + _ROUNDING:
        return True
    return before_s > 0 and difference_s > CHANGE_SHARE * before_s + _ROUNDING


def change_s(before_s: float, after_s: float) -> Change:
    """Return which way a hold time changed, if it did."""
    if not is_change_s(before_s, after_s):
        return Change.NONE
    return Change.LONGER if after_s > before_s else Change.SHORTER


def is_side_difference_s(left_s: float, right_s: float) -> bool:
    """Say whether the two sides' hold times differ enough to speak of."""
    difference_s = abs(left_s - right_s)
    if difference_s >= SIDES_S - _ROUNDING:
        return True
    return difference_s > 0 and difference_s >= SIDES_SHARE * max(left_s, right_s) - _ROUNDING


def weaker_side(left_s: float, right_s: float) -> str | None:
    """Return the side that held less, "left" or "right", or None where they differ too little."""
    if not is_side_difference_s(left_s, right_s):
        return None
    return "left" if left_s < right_s else "right"
