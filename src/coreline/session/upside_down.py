"""Whether the picture stands on its head, told from somebody who takes the start position.

A pose model fits somebody who hangs from the ceiling as readily as somebody who lies. Where the
position is far off as the picture is, and there as it would be the other way up, it stands on its
head. On one's side a body is much the same both ways, so there this tells nothing.
"""

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from coreline.body.once import Once
from coreline.body.pose import Pose, turned_over
from coreline.judging.holding import is_facing
from coreline.judging.judge import Judge
from coreline.judging.ready import lacking
from coreline.judging.thinning import Thinning
from coreline.programme.spec import Exercise

UPSIDE_DOWN = "setup.upside_down"

# Guesses, but for the first: what is another exercise is recognised in 4 s, and has to be by then.
_SURE_S = 4.5
_MOMENT_S = 1.0
_SURE_SHARE = 0.9  # of the frames of that time
_LAPSE_S = 0.5  # after a longer time between two frames it is looked afresh
_CLEARLY_OFF = 2  # readings: one alone may be how somebody lies


_ARMS = np.array([[11, 12], [13, 14], [15, 16]])
_SHOULDERS, _HIPS = [11, 12], [23, 24]
_PROPPED = 0.3  # of the trunk's length


@dataclass(slots=True)
class UpsideDown:
    """Follow whether the position would be there if the picture were turned.

    How high the hips are is left out: somebody who lies in position may not have lifted them yet.
    """

    exercise: Exercise
    _as_it_is: Judge | None = field(default=None, init=False)
    _turned: Judge | None = field(default=None, init=False)
    _past: deque[tuple[float, bool]] = field(default_factory=deque, init=False)
    _thinning: Thinning = field(default_factory=Thinning, init=False)

    def __post_init__(self) -> None:
        """Set up a judge for each way up; an exercise on one's side has none."""
        rules = self.exercise.judging
        if rules is not None and self.exercise.view != "chest":
            one_leg = self.exercise.sides == "each_leg"
            self._as_it_is, self._turned = (Judge(rules, one_leg=one_leg) for _ in range(2))

    @property
    def seen(self) -> bool:
        """Say whether it has been so for long enough."""
        lasted_s = self._past[-1][0] - self._past[0][0] if self._past else 0.0
        return lasted_s >= _SURE_S and self._is_most(self._past)

    @property
    def suspected(self) -> bool:
        """Say whether it has been so for a moment: too short to be said, and to begin."""
        if not self._past:
            return False
        lately = [each for each in self._past if each[0] >= self._past[-1][0] - _MOMENT_S]
        return self._is_most(lately)

    def _is_most(self, frames: Collection[tuple[float, bool]]) -> bool:
        return sum(so for _, so in frames) >= _SURE_SHARE * len(frames)

    def step(self, t_s: float, pose: Pose | None, once: Once | None = None) -> None:
        """Take in one frame; others who are handed the same `once` share the work."""
        if self._as_it_is is None or self._turned is None:
            return
        if not self._thinning.wants(t_s):
            return
        lapse_s = t_s - self._past[-1][0] if self._past else 0.0
        if not 0.0 <= lapse_s <= _LAPSE_S:
            self._past.clear()
        once = once or Once()
        off = _missing(self._as_it_is, t_s, pose, once)
        other = _missing(self._turned, t_s, pose and turned_over(pose), once)
        there = pose is not None and other == frozenset() and not _tells_nothing(pose)
        self._past.append((t_s, there and len(off or ()) >= _CLEARLY_OFF))
        while len(self._past) > 1 and self._past[1][0] <= t_s - _SURE_S:
            self._past.popleft()


def _tells_nothing(pose: Pose) -> bool:
    """Say whether somebody lies on the side, or props up on an arm: no arm holds up a ceiling."""
    return is_facing(pose) or _props_up(pose)


def _props_up(pose: Pose) -> bool:
    """Say whether shoulders are well above both elbow and wrist of an arm."""
    places = pose.xy_px[_ARMS, 1]  # rows: shoulder, elbow, wrist
    trunk_px = np.hypot(*(pose.xy_px[_SHOULDERS].mean(axis=0) - pose.xy_px[_HIPS].mean(axis=0)))
    return bool((places[1:] - places[0] >= _PROPPED * trunk_px).all(axis=0).any())


def _missing(judge: Judge, t_s: float, pose: Pose | None, once: Once) -> frozenset[str] | None:
    """Return which readings of the posture are off, or None where they are not seen."""
    judge.step(t_s, pose, once)
    if judge.form is None or not judge.form.found:
        return None
    posture = [each for each in judge.rules_here.start.conditions if each.reason is None]
    return frozenset(each.measure for each in lacking(posture, judge.form))
