"""Recordings with pictures missing or too few: frames in, frames out, by seed."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np

from coreline.body.pose import Pose

Timed = tuple[float, Pose | None]
Gap = tuple[float, float]  # from and until, seconds

GAP_S = (0.2, 0.7)
DROP_OUT_S = (0.1, 0.4)
DROP_OUTS = 10
JUST_AFTER_S = 1e-3  # the frame in which a movement ended was seen
APART_S = 0.3  # drop-outs nearer to one another would be one longer gap
JITTER_SHARE = 0.3  # of the time between two pictures
TRIES = 1000


def length_s(random: Random, limits_s: tuple[float, float]) -> float:
    """Return how long a gap is."""
    return random.uniform(*limits_s)


def gap_after(random: Random, end_s: float, next_s: float) -> Gap:
    """Return a gap between two movements, or into the second where there is not room enough."""
    lasts_s = length_s(random, GAP_S)
    start_s = end_s + JUST_AFTER_S + random.uniform(0.0, max(next_s - end_s - lasts_s, 0.0))
    return start_s, start_s + lasts_s


def drop_outs(random: Random, start_s: float, end_s: float) -> list[Gap]:
    """Return ten short gaps at random, as many of them as there is room for."""
    gaps: list[Gap] = []
    for _ in range(TRIES):
        lasts_s = length_s(random, DROP_OUT_S)
        at_s = random.uniform(start_s, end_s - lasts_s)
        new = at_s, at_s + lasts_s
        if all(new[1] + APART_S < gap[0] or gap[1] + APART_S < new[0] for gap in gaps):
            gaps.append(new)
        if len(gaps) == DROP_OUTS:
            break
    return sorted(gaps)


def is_in(t_s: float, gaps: Sequence[Gap]) -> bool:
    """Say whether a moment lies in one of the gaps."""
    return any(start_s <= t_s < end_s for start_s, end_s in gaps)


def unseen(frames: Sequence[Timed], gaps: Sequence[Gap]) -> list[Timed]:
    """Return the frames with nobody found in the gaps."""
    return [(t_s, None if is_in(t_s, gaps) else pose) for t_s, pose in frames]


def missing(frames: Sequence[Timed], gaps: Sequence[Gap]) -> list[Timed]:
    """Return the frames without those in the gaps."""
    return [(t_s, pose) for t_s, pose in frames if not is_in(t_s, gaps)]


def at_rate(random: Random, frames: Sequence[Timed], fps: float) -> list[Timed]:
    """Return the frames as a camera of another rate gives them, its times a little uneven.

    What lies between two frames is drawn between them, so that the rate is the asked one and not
    what the recording's own lets through.
    """
    first_s, last_s = frames[0][0], frames[-1][0]
    times = np.arange(first_s, last_s, 1.0 / fps)
    uneven = (random.uniform(-0.5, 0.5) * JITTER_SHARE / fps for _ in times)
    wanted = [
        min(max(t + by, first_s), last_s) for t, by in zip(times.tolist(), uneven, strict=True)
    ]
    known = np.array([t_s for t_s, _ in frames])
    return [(t_s, _between(frames, known, t_s)) for t_s in sorted(set(wanted))]


def _between(frames: Sequence[Timed], known: np.ndarray, t_s: float) -> Pose | None:
    after = int(np.searchsorted(known, t_s))
    if after == 0 or known[after] == t_s:
        pose = frames[after][1]
        return pose and replace(pose, t_s=t_s)
    (before_s, before), (after_s, behind) = frames[after - 1], frames[after]
    share = (t_s - before_s) / (after_s - before_s)
    if before is None or behind is None:
        near = before if share < 0.5 else behind
        return near and replace(near, t_s=t_s)
    return Pose(
        t_s=t_s,
        xy_px=before.xy_px + share * (behind.xy_px - before.xy_px),
        depth_px=before.depth_px + share * (behind.depth_px - before.depth_px),
        visibility=before.visibility + share * (behind.visibility - before.visibility),
        world_m=before.world_m + share * (behind.world_m - before.world_m),
        size_px=behind.size_px,
    )
