"""How long each of some moments stands for: poses come more often where more happens.

What is counted over them by number would count that more than what stays as it is.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

# Poses closer than this tell the same of what changes slowly. A tenth of a second, and as the times
# of a camera tremble a little less: else one that comes a moment too early is passed over, and of
# ten a second half of them are.
SAMPLE_S: Final = 0.09
MOST_S: Final = 0.5  # that a moment can stand for: what came in a longer gap nobody knows


def lasting_s(times_s: Sequence[float]) -> list[float]:
    """Return the seconds until the next of some increasing times; of the last as of the one before.

    A moment alone stands for the most that one can.
    """
    steps_s = [min(b - a, MOST_S) for a, b in pairwise(times_s)]
    return [*steps_s, steps_s[-1] if steps_s else MOST_S] if times_s else []


def share_of_time(times_s: Sequence[float], so: Sequence[bool]) -> float:
    """Return the share of the time, 0 to 1, in which something was so; 0 of no moments."""
    lasts_s = lasting_s(times_s)
    whole_s = sum(lasts_s)
    true_s = sum(each_s for each_s, was in zip(lasts_s, so, strict=True) if was)
    return true_s / whole_s if whole_s > 0.0 else 0.0
