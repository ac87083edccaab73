"""How long each of some moments stands for: poses come more often where more happens.

What is counted over them by number would count that more than what stays as it is.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from coreline.body.pose import Array

# Poses closer than this tell the same of what changes slowly. A tenth of a second, and as the times
# of a camera tremble a little less: else one that comes a moment too early is passed over, and of
# ten a second half of them are.
SAMPLE_S: Final = 0.09
MOST_S: Final = 0.5  # that a moment can stand for: what came in a longer gap nobody knows


def lasting_s(times_s: ArrayLike) -> list[float]:
    """Return the seconds until the next of some increasing times; of the last as of the one before.

    A moment alone stands for the most that one can.

    Args:
        times_s: (n,) seconds.
    """
    return [float(each_s) for each_s in _lasting_s(np.asarray(times_s, np.float64))]


def share_of_time(times_s: ArrayLike, so: ArrayLike) -> float:
    """Return the share of the time, 0 to 1, in which something was so; 0 of no moments.

    Args:
        times_s: (n,) seconds, increasing.
        so: (n,) whether it was.
    """
    lasts_s = _lasting_s(np.asarray(times_s, np.float64))
    whole_s = float(lasts_s.sum())
    return float(lasts_s[np.asarray(so, np.bool_)].sum()) / whole_s if whole_s > 0.0 else 0.0


def _lasting_s(times_s: Array) -> Array:
    if not len(times_s):
        return times_s
    steps_s = np.clip(np.diff(times_s), 0.0, MOST_S)
    return np.append(steps_s, steps_s[-1] if len(steps_s) else MOST_S)
