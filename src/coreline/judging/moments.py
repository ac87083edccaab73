"""The best and the worst moment of a set, kept while it goes on: points for a drawing, no picture.

What a moment was worth is only known when its attempt is over: a hip on its way to the floor after
a hold is no fault. So the few frames that beat all before them wait until then.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from coreline.body.pose import Joint, Pose
from coreline.judging.events import (
    Fact,
    Hold,
    HoldEnded,
    NeutralFound,
    Phase,
    Reading,
    Ready,
    Repetition,
    RepetitionEnded,
    State,
)

_LATE_S = 6.0  # an end is never dated back further than this
_LEAST_VISIBLE = 0.3  # a landmark less visible than this is not drawn
_IN_POSITION = (Phase.HOLDING, Phase.TOP)
_DECIMALS = 3  # of body lengths: under 2 mm, finer than any joint is seen
_CHAINS = (
    (Joint.LEFT_SHOULDER, Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE),
    (Joint.RIGHT_SHOULDER, Joint.RIGHT_HIP, Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE),
)

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class InPicture:
    """Where in a picture a moment's points are: `origin_px` + `length_px` * point.

    `size_px` is the picture's width and height; y goes down.
    """

    size_px: tuple[int, int]
    origin_px: Place
    length_px: float


@dataclass(frozen=True, slots=True)
class Moment:
    """The body at one moment.

    Attributes:
        t_s: when, on the clock of the readings.
        bend_deg: the line's change from the neutral, + = hip toward the floor.
        points: the 33 landmarks in body lengths (shoulder to ankle), x to the right from the middle
            of the hips, y down from the lowest landmark; None where one was not seen.
        line: the landmark numbers of the body line, head end first.
        in_picture: where that was in the picture; None of one that was kept, since it is a fact
            about a picture and lies beside the video. Two moments are the same without it.
    """

    t_s: float
    bend_deg: float
    points: tuple[Place | None, ...]
    line: tuple[int, ...]
    in_picture: InPicture | None = field(default=None, compare=False)


def moment_of(pose: Pose, bend_deg: float, line: Sequence[int]) -> Moment:
    """Return the moment that a pose shows."""
    seen = pose.visibility >= _LEAST_VISIBLE
    seen[list(line)] = True
    hips_px = pose.xy_px[[Joint.LEFT_HIP, Joint.RIGHT_HIP], 0].mean()
    origin_px = np.array([hips_px, pose.xy_px[seen, 1].max()])
    length_px = _length_px(pose)
    places = np.round((pose.xy_px - origin_px) / length_px, _DECIMALS) + 0.0
    points = tuple(
        (float(x), float(y)) if there else None for (x, y), there in zip(places, seen, strict=True)
    )
    origin = (float(origin_px[0]), float(origin_px[1]))
    there = InPicture(pose.size_px, origin, length_px)
    return Moment(pose.t_s, bend_deg, points, tuple(line), there)


def _length_px(pose: Pose) -> float:
    """Return the longer of the two sides: the other one may be foreshortened or hidden."""
    steps = [np.diff(pose.xy_px[list(chain)], axis=0) for chain in _CHAINS]
    return max(*(float(np.hypot(*step.T).sum()) for step in steps), 1.0)


@dataclass(frozen=True, slots=True)
class _FrameCandidate:
    """A frame that may turn out to be worth drawing; the pose is only turned into points then."""

    pose: Pose
    bend_deg: float
    line: tuple[int, ...]


@dataclass(slots=True)
class _Ladder:
    """The frames of one attempt that beat all before them, by `sign` times their bend's amount.

    Those that an end can no longer be dated back before are one: the best of them.
    """

    sign: int
    _rungs: list[_FrameCandidate] = field(default_factory=list, init=False)

    def offer(self, each: _FrameCandidate) -> None:
        """Take in a frame; times must increase."""
        if self._rungs and self._worth(each) <= self._worth(self._rungs[-1]):
            return
        self._rungs.append(each)
        while len(self._rungs) > 1 and self._rungs[1].pose.t_s < each.pose.t_s - _LATE_S:
            self._rungs.pop(0)

    def until(self, t_s: float) -> _FrameCandidate | None:
        """Return the best frame up to a time, or the first of all when they are all later."""
        within = [each for each in self._rungs if each.pose.t_s <= t_s]
        return within[-1] if within else next(iter(self._rungs), None)

    def clear(self) -> None:
        """Begin a new attempt."""
        self._rungs.clear()

    def _worth(self, each: _FrameCandidate) -> float:
        return self.sign * abs(each.bend_deg)


@dataclass(slots=True)
class MomentKeeper:
    """Follow one set; `best` and `worst` are None until an attempt is over.

    A worst moment is the bend that the attempt reports as its worst, so that drawing and table
    agree; the best is one in which everything was good, of an attempt that counted.
    """

    best: Moment | None = field(default=None, init=False)
    worst: Moment | None = field(default=None, init=False)
    _good: _Ladder = field(default_factory=lambda: _Ladder(-1), init=False)
    _bad: _Ladder = field(default_factory=lambda: _Ladder(1), init=False)
    _best_deg: float = field(default=0.0, init=False)  # what the best is to be beaten by

    def step(
        self, pose: Pose | None, reading: Reading, line: Sequence[int], facts: Sequence[Fact]
    ) -> None:
        """Take in one frame, what was read in it, and what happened in it.

        Args:
            pose: the body, None where nobody was found.
            reading: of the same frame.
            line: the landmark numbers of the body line.
            facts: of the same frame.
        """
        if any(isinstance(fact, Ready | NeutralFound) for fact in facts):
            self._forget()
        self._see(pose, reading, line)
        self.take(facts)

    def take(self, facts: Sequence[Fact]) -> None:
        """Take in facts that came without a frame: the set was ended."""
        for fact in facts:
            match fact:
                case HoldEnded(hold=hold):
                    self._end_hold(hold)
                case RepetitionEnded(repetition=repetition):
                    self._end_repetition(repetition)
                case _:
                    pass

    def _see(self, pose: Pose | None, reading: Reading, line: Sequence[int]) -> None:
        bend_deg, neutral_deg = reading.bend_deg, reading.neutral_deg
        if pose is None or bend_deg is None or neutral_deg is None or not line:
            return
        if reading.state is State.UNSEEN or reading.phase not in _IN_POSITION:
            return
        candidate = _FrameCandidate(pose, bend_deg - neutral_deg, tuple(line))
        self._bad.offer(candidate)
        if reading.state is State.GOOD:
            self._good.offer(candidate)

    def _end_hold(self, hold: Hold) -> None:
        """Keep what was reported of the hold; what came after its end was the way down."""
        if hold.worst_bend_deg is not None:
            self._keep_worst(self._bad.until(hold.end_s), hold.worst_bend_deg)
            good = self._good.until(hold.end_s)
            self._keep_best(good, abs(good.bend_deg) if good else 0.0)
        self._forget()

    def _end_repetition(self, repetition: Repetition) -> None:
        if repetition.bend_worst_deg is not None and repetition.top_s is not None:
            over_s = repetition.top_s + repetition.hold_s
            self._keep_worst(self._bad.until(over_s), repetition.bend_worst_deg)
            if repetition.counted:
                self._keep_best(self._good.until(over_s), abs(repetition.bend_worst_deg))
        self._forget()

    def _keep_worst(self, found: _FrameCandidate | None, bend_deg: float) -> None:
        if found and (self.worst is None or abs(bend_deg) > abs(self.worst.bend_deg)):
            self.worst = moment_of(found.pose, bend_deg, found.line)

    def _keep_best(self, found: _FrameCandidate | None, rank_deg: float) -> None:
        if found and (self.best is None or rank_deg < self._best_deg):
            self.best = moment_of(found.pose, found.bend_deg, found.line)
            self._best_deg = rank_deg

    def _forget(self) -> None:
        self._good.clear()
        self._bad.clear()
