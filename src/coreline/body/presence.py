"""Whether somebody is there, lies still, or holds up a hand: what can be told without keys.

All of it is read from poses with their times: the same at 8 and at 60 frames a second.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from coreline.body.lasting import share_of_time
from coreline.body.pose import Array, Joint, Pose

T = TypeVar("T")

# Guesses where no measurement is named; people who lie still and raise a hand would settle them.
STILL_SHARE = 0.04  # of the body's length: what a landmark may wander while somebody lies still
HAND_SHARE = 0.2  # of the body's length: how far a raised hand is above head and shoulders
HAND_OVER_HIPS_SHARE = 0.05  # a guess: clear of hips in a bridge, which are nearly as high
LOW_SHARE = 0.1  # of the body's length: a hand that is no higher above the head is down
# Of the body's length, how far a hand is beyond the knees and feet that are seen where that is to
# tell that the picture stands on its head. A guess: seen from above, the floor before a body is
# lower in the picture than the floor below it.
HAND_BEYOND_LEGS_SHARE = 0.15
# Of the body's length: what a landmark of trunk or leg may move while a hand is raised. Raised by
# itself, an arm moves the rest by 0.02 to 0.08; with a leg, the hips or a turn by 0.12 to 0.4.
KEPT_SHARE = 0.1
DOWN_S = 1.5  # for so long a hand must have been down before it is raised
RAISE_S = 1.0  # the most that raising it may take
SEEN = 0.5  # visibility from which a landmark is taken for seen
MOST = 0.8  # of the frames, or of the landmarks, that must agree

_TRUNK_AND_LEGS = (
    Joint.LEFT_SHOULDER,
    Joint.RIGHT_SHOULDER,
    Joint.LEFT_HIP,
    Joint.RIGHT_HIP,
    Joint.LEFT_KNEE,
    Joint.RIGHT_KNEE,
    Joint.LEFT_ANKLE,
    Joint.RIGHT_ANKLE,
)
_SIDES = np.array([_TRUNK_AND_LEGS[0::2], _TRUNK_AND_LEGS[1::2]])
_ARMS = (
    (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST),
    (Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST),
)
_HEAD = (Joint.NOSE, Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER)
_HIPS = (Joint.LEFT_HIP, Joint.RIGHT_HIP)
_KNEES_AND_ANKLES = (Joint.LEFT_KNEE, Joint.RIGHT_KNEE, Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE)


def length_px(pose: Pose) -> float:
    """Return the body's length from shoulder over hip and knee to ankle, the longer side's."""
    places = pose.xy_px[_SIDES]
    # Of so few numbers np.diff takes longer than all the rest here, in every frame.
    steps = places[:, 1:] - places[:, :-1]
    return float(np.hypot(steps[..., 0], steps[..., 1]).sum(axis=1).max())


@dataclass(frozen=True, slots=True)
class _Hands:
    """Which hands are seen to be up, and which are down, the left one first; some are neither."""

    up: tuple[bool, bool] = (False, False)
    down: tuple[bool, bool] = (False, False)


def _hands_of(pose: Pose, *, turned: bool) -> _Hands:
    # In lists: of a few numbers here and there, an array takes longer to hand out each.
    y_px, visibility = pose.xy_px[:, 1].tolist(), pose.visibility.tolist()
    whole_px = length_px(pose)
    head_px, hips_px = (min(y_px[joint] for joint in joints) for joints in (_HEAD, _HIPS))
    limit_px = min(head_px - HAND_SHARE * whole_px, hips_px - HAND_OVER_HIPS_SHARE * whole_px)
    if turned:
        legs_px = [y_px[each] for each in _KNEES_AND_ANKLES if visibility[each] >= SEEN]
        beyond_px = min(legs_px, default=-np.inf) - HAND_BEYOND_LEGS_SHARE * whole_px
        limit_px = min(limit_px, beyond_px)
    low_px = head_px - LOW_SHARE * whole_px
    left, right = (
        bool(
            y_px[wrist] < limit_px
            and y_px[elbow] < y_px[shoulder]
            and min(visibility[wrist], visibility[elbow]) >= SEEN
        )
        for shoulder, elbow, wrist in _ARMS
    )
    # Hidden behind the body, a hand is down as well: where it is then, is guessed well enough.
    left_down, right_down = (bool(y_px[wrist] >= low_px) for _, _, wrist in _ARMS)
    return _Hands((left, right), (left_down, right_down))


@dataclass(frozen=True, slots=True, eq=False)
class _Trunks:
    """Trunk and legs over some frames: `places` (n, 8, 2) px, and which are seen, (8,)."""

    places: Array
    seen: NDArray[np.bool_]


@dataclass(slots=True)
class Presence:
    """Follow who is there from pose to pose.

    A hand is a sign when it alone is raised, from where it was down, while trunk and legs keep
    their places. An arm that is up from the start, or goes up with the other one, with a leg, with
    the hips or with a turn, belongs to the posture.

    Attributes:
        still_window_s: how long somebody must have lain still for `is_still`.
        hand_s: how long a hand must be up to be meant.
        turned: the poses were turned over, in case the picture stands on its head. In a picture
            that does not, a hand that is up in them was put down. Nobody reaches through the floor
            that bears them: so a hand is up only where it is beyond the legs, and those are seen.
    """

    still_window_s: float = 2.0
    hand_s: float = 1.0
    turned: bool = False
    present_s: float = field(default=0.0, init=False)
    absent_s: float = field(default=0.0, init=False)
    _past: deque[tuple[float, Pose]] = field(default_factory=deque, init=False)
    _hands: deque[tuple[float, _Hands]] = field(default_factory=deque, init=False)
    _found: deque[tuple[float, bool]] = field(default_factory=deque, init=False)
    _last_s: float | None = field(default=None, init=False)
    _hand_taken: bool = field(default=False, init=False)

    def step(self, t_s: float, pose: Pose | None) -> None:
        """Take in one frame; times must increase."""
        passed_s = t_s - self._last_s if self._last_s is not None else 0.0
        self._last_s = t_s
        self.present_s = self.present_s + passed_s if pose is not None else 0.0
        self.absent_s = self.absent_s + passed_s if pose is None else 0.0
        if pose is not None:
            self._past.append((t_s, pose))
        self._found.append((t_s, pose is not None))
        hands = _Hands() if pose is None else _hands_of(pose, turned=self.turned)
        self._hands.append((t_s, hands))
        sign_s = self.hand_s + RAISE_S + DOWN_S
        _forget(self._past, t_s - max(self.still_window_s, sign_s))
        _forget(self._hands, t_s - sign_s)
        _forget(self._found, t_s - sign_s)

    @property
    def is_seen(self) -> bool:
        """Say whether somebody is found at this moment."""
        return bool(self._found) and self._found[-1][1]

    @property
    def shows_hand(self) -> bool:
        """Say whether a hand was up of late, be it a sign or not."""
        return any(any(up) for _, up in self._lately_up())

    def is_there(self, for_s: float) -> bool:
        """Say whether somebody has been found for a time, if not in every single frame."""
        if self._last_s is None or not self._found or self._found[0][0] > self._last_s - for_s:
            return False
        found = [found for t_s, found in self._found if t_s >= self._last_s - for_s]
        return self.is_seen and sum(found) >= MOST * len(found)

    @property
    def is_still(self) -> bool:
        """Say whether trunk and legs have kept their places for the window, and were seen there."""
        if self._last_s is None or self.present_s < self.still_window_s:
            return False
        window = self._trunks(self._last_s - self.still_window_s, self._last_s)
        counted = window.seen
        if counted.sum() < len(_TRUNK_AND_LEGS) / 2:
            return False
        limit_px = STILL_SHARE * length_px(self._past[-1][1])
        return bool((_wandered_px(window.places)[counted] <= limit_px).mean() >= MOST)

    def took_hand(self, *, few_seen: bool = False) -> bool:
        """Say, once for each time, that a hand was raised and has been up for its time.

        `few_seen` is for where no exercise is done and the body may be hidden: of trunk and legs
        what is seen must have kept its place, however little that is.
        """
        if self._last_s is None:
            return False
        up = self._lately_up()
        # Nearly always no hand is up at all, and this is asked in every frame.
        if not any(any(each) for _, each in up):
            self._hand_taken = False
            return False
        if self._hand_taken or not any(self._raised(arm, up, few_seen=few_seen) for arm in (0, 1)):
            return False
        self._hand_taken = True
        return True

    def forget(self) -> None:
        """Start over, after the picture has been away."""
        self._past.clear()
        self._hands.clear()
        self._found.clear()
        self.present_s = self.absent_s = 0.0

    def _lately_up(self) -> list[tuple[float, tuple[bool, bool]]]:
        """Return which hands were up when, for as long as a sign takes."""
        since_s = (self._last_s or 0.0) - self.hand_s
        return [(t_s, each.up) for t_s, each in self._hands if t_s >= since_s]

    def _raised(
        self, arm: int, up: Sequence[tuple[float, tuple[bool, bool]]], *, few_seen: bool
    ) -> bool:
        """Say whether this hand alone has been up of late, was down before, and nothing else moved.

        `up` is which hands were up when, of late.
        """
        times_s = [t_s for t_s, _ in up]
        shares = [share_of_time(times_s, [each[side] for _, each in up]) for side in (0, 1)]
        if shares[arm] < MOST or shares[1 - arm] > 1.0 - MOST:
            return False
        now_s = self._last_s or 0.0
        since_s, until_s = now_s - self.hand_s, now_s - self.hand_s - RAISE_S
        before = [(t_s, each.down[arm]) for t_s, each in self._hands if t_s <= until_s]
        if not before or before[-1][0] - before[0][0] < MOST * DOWN_S:
            return False
        was_down = np.mean([down for _, down in before]) >= MOST
        least = 0 if few_seen else len(_TRUNK_AND_LEGS) / 2
        return bool(was_down) and self._kept_places((-np.inf, until_s), (since_s, now_s), least)

    def _kept_places(
        self, before_s: tuple[float, float], after_s: tuple[float, float], least: float
    ) -> bool:
        """Say whether of trunk and legs what is seen, and that is enough, is where it was."""
        before, after = self._trunks(*before_s), self._trunks(*after_s)
        if not len(before.places) or not len(after.places):
            return False
        moved = np.median(after.places, axis=0) - np.median(before.places, axis=0)
        counted = before.seen & after.seen
        if counted.sum() < least:
            return False
        kept = np.hypot(*moved.T) <= KEPT_SHARE * length_px(self._past[-1][1])
        return bool(kept[counted].all())

    def _trunks(self, from_s: float, to_s: float) -> _Trunks:
        """Return where trunk and legs were between two moments."""
        joints = list(_TRUNK_AND_LEGS)
        poses = [pose for t_s, pose in self._past if from_s <= t_s <= to_s]
        places = np.array([pose.xy_px[joints] for pose in poses]).reshape(-1, len(joints), 2)
        seen = np.array([pose.visibility[joints] >= SEEN for pose in poses])
        shares = seen.reshape(-1, len(joints)).sum(axis=0) / max(len(poses), 1)
        return _Trunks(places, shares >= MOST)


def _wandered_px(places: Array) -> Array:
    """Return how far each landmark wandered; the farthest tenths at either end are jitter."""
    low, high = np.percentile(places, (10, 90), axis=0)
    return np.asarray(np.hypot(*(high - low).T), np.float64)


def _forget(past: deque[tuple[float, T]], since_s: float) -> None:
    """Drop what is older than a moment."""
    while past and past[0][0] < since_s:
        past.popleft()
