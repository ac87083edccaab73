"""The counter that a tutorial builds on a pose model: one joint's angle and two thresholds; pure.

It is the rule of ultralytics' workout solution (`AIGym`): below the lower threshold the stage is
"down", above the upper one "up", and each "up" after a "down" counts one.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

# The joints whose angle is taken, by name: the trunk against the leg, and against the thigh.
TRIPLES: Final = {
    "shoulder-hip-ankle": ("shoulder", "hip", "ankle"),
    "shoulder-hip-knee": ("shoulder", "hip", "knee"),
}
SIDES: Final = ("left", "right")
# Where of its range, from the 5th to the 95th percentile, an angle is called down and up. Thirds
# leave the widest gap that both ends of a movement surely reach.
DOWN, UP = 1 / 3, 2 / 3
RANGE_PERCENT: Final = (5.0, 95.0)


def angle_deg(a: Sequence[float], b: Sequence[float], c: Sequence[float]) -> float:
    """Return the angle at `b` between two other points, (x, y) each, 0 to 180 degrees."""
    first, second = np.subtract(a, b), np.subtract(c, b)
    lengths = float(np.linalg.norm(first) * np.linalg.norm(second))
    if not lengths:
        return float("nan")
    return float(np.degrees(np.arccos(np.clip(np.dot(first, second) / lengths, -1.0, 1.0))))


def counted(angles_deg: NDArray[np.float64], down_deg: float, up_deg: float) -> int:
    """Return how often an angle went up after it had been down; (n,), NaN where nobody is seen."""
    count, is_down = 0, False
    for angle in angles_deg[np.isfinite(angles_deg)]:
        if angle < down_deg:
            is_down = True
        elif angle > up_deg and is_down:
            is_down = False
            count += 1
    return count


def kindest_count(angles: Mapping[str, Sequence[float]], inside: NDArray[np.bool_]) -> int:
    """Return the count with the joint that moves most and thresholds fitted to this very clip.

    Nobody who trains can choose them so well beforehand: what is wrong still is the rule's own.

    Args:
        angles: of each joint and side, frame by frame; NaN where nobody is seen.
        inside: (n,) the frames between the first repetition's beginning and the last one's end:
            how somebody gets down and up again would spoil the range, and the count.
    """
    series = [np.array(each, np.float64)[inside[: len(each)]] for each in angles.values()]
    seen = [each for each in series if np.isfinite(each).sum() > 1]
    if not seen:
        return 0
    ends = [np.nanpercentile(each, RANGE_PERCENT) for each in seen]
    widest = max(range(len(seen)), key=lambda at: ends[at][1] - ends[at][0])
    low, high = (float(end) for end in ends[widest])
    return counted(seen[widest], low + DOWN * (high - low), low + UP * (high - low))
