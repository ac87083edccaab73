"""When to look for the body anew, and where it may be.

MediaPipe looks at the part of the picture in which the body was one picture before. Where that part
is wrong, over a ball above all, it sees a body that is none, and keeps to it; and its detector,
which would have to find the right part, finds the same wrong one again, or nothing. So the right
part is guessed: from where the wrong body has its head and feet, which are often about right, and
from where the body was seen last.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coreline.body.pose import Joint, Pose
from coreline.body.stretched import is_folded, is_stretched, middle_px

Array = NDArray[np.float64]

DOUBT_S: Final = 0.25  # a guess: for so long what is seen must be wrong
LATELY_S: Final = 1.0  # but at once where somebody lay so short a time ago: nobody folds up in that
# A look takes 40 to 80 ms, see `showing.py`: at once at first, since exercise goes on meanwhile and
# what is seen is wrong, then less often, at last seldom, for people who sit and pictures with
# nobody in them. The first are as many as it takes to try some of each kind.
AT_ONCE_S: Final = 0.15
AT_ONCE_LOOKS: Final = 9
SOON_S: Final = 0.3
SOON_LOOKS: Final = 18
SELDOM_S: Final = 1.0
# Where known people's bodies are found wherever one shows the tracker somebody: within 0.3 of their
# length along it, 0.15 above or below, 0.7 to 1.0 times as long, and 20 degrees turned either way.
ENDS: Final = (1.0, 1.3)  # of what is between the wrong body's shoulders and feet
TILTS_DEG: Final = (5.0, 28.0, -15.0)
# Where they lie, the likeliest first: how far toward their feet from the picture's middle, of its
# width; how far down it, of its height; how far the feet are below the shoulders; and how long they
# are from shoulders to ankles, of the picture's longer side. Either way round they found the body
# in 26, 30 and 32 of 52 pictures of known people of whom another body was seen, or none, while they
# exercised over a ball; no other of eleven places found it in one of the rest.
GUESSES: Final = (
    (0.08, 0.46, 0.0, 0.30),
    (0.12, 0.36, 0.0, 0.27),
    (0.12, 0.54, 22.0, 0.27),
)
LAST_TRIED: Final = 3  # a guess: who is not found so often where they lay lies elsewhere now
SHORTER: Final = 0.75  # of all that is seen of a wrong body, hands and feet among it
REMEMBERED_S: Final = 30.0  # a guess: so long somebody lies about where they lay


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where somebody may lie.

    Attributes:
        shoulders_px, ankles_px: (2,) the points between both shoulders, and between both ankles.
        known: They were seen there lately; else it is a guess.
    """

    shoulders_px: Array
    ankles_px: Array
    known: bool = False


def place_of(pose: Pose) -> Place:
    """Return where somebody lies."""
    shoulders_px, ankles_px = (
        middle_px(pose, joint) for joint in (Joint.LEFT_SHOULDER, Joint.LEFT_ANKLE)
    )
    return Place(shoulders_px, ankles_px)


@dataclass(slots=True)
class Doubts:
    """Follow what the tracker sees, and say when it is not to be believed."""

    _since_s: float | None = field(default=None, init=False)
    _looked_s: float = field(default=-np.inf, init=False)
    _looks: int = field(default=0, init=False)
    _saw: bool = field(default=False, init=False)
    _turn: int = field(default=0, init=False)
    _tried: Counter[str] = field(default_factory=Counter, init=False)
    _last: tuple[float, Place] | None = field(default=None, init=False)

    def step(self, t_s: float, pose: Pose | None, size_px: tuple[int, int]) -> Place | None:
        """Take in what was seen; return where to look anew, if it is time to.

        Args:
            t_s: Time of the picture, seconds.
            pose: Who was seen in it.
            size_px: Its width and height.
        """
        if pose is not None and not self._saw:
            # What was not seen before may be somebody who has come to exercise.
            self._looks = min(self._looks, AT_ONCE_LOOKS)
        self._saw = pose is not None
        if pose is not None and not is_folded(pose):
            self._since_s, self._looks = None, 0
            if is_stretched(pose):
                self._last = t_s, place_of(pose)
                self._tried.clear()
            return None
        if self._since_s is None:
            self._since_s, self._turn = t_s, 0
        every_s = self._every_s()
        doubt_s = 0.0 if self._was_there(t_s, LATELY_S) else DOUBT_S
        if t_s - self._since_s < doubt_s or t_s - self._looked_s < every_s:
            return None
        self._looked_s, self._looks = t_s, self._looks + 1
        return self._next(t_s, pose, size_px)

    def forget(self) -> None:
        """Begin anew, with another person or another clock."""
        self._since_s, self._looks, self._last, self._looked_s = None, 0, None, -np.inf
        self._saw = False
        self._tried.clear()

    def _every_s(self) -> float:
        if self._looks < AT_ONCE_LOOKS:
            return AT_ONCE_S
        return SOON_S if self._looks < SOON_LOOKS else SELDOM_S

    def _next(self, t_s: float, pose: Pose | None, size_px: tuple[int, int]) -> Place:
        """Return where to look now: where they lay, by what is seen, a guess, each kind in turn.

        Of each kind the next one, also where the wrong body comes and goes.
        """
        kinds: dict[str, list[Place]] = {}
        lately = self._tried["last"] < LAST_TRIED and self._was_there(t_s, REMEMBERED_S)
        if self._last is not None and lately:
            kinds["last"] = [replace(self._last[1], known=True)]
        if pose is not None:
            kinds["seen"] = places_by(pose)
        kinds["guess"] = guesses(size_px)
        kind = list(kinds)[self._turn % len(kinds)]
        place = kinds[kind][self._tried[kind] % len(kinds[kind])]
        self._turn += 1
        self._tried[kind] += 1
        return place

    def _was_there(self, t_s: float, within_s: float) -> bool:
        """Say whether somebody was seen to lie so short a time ago."""
        return self._last is not None and t_s - self._last[0] <= within_s


def places_by(pose: Pose) -> list[Place]:
    """Return where somebody may lie of whom a wrong body was seen, the likeliest first.

    What is seen is part of the true body. Most often head and one foot are about where it has them;
    else all that is known is that it lies across what is seen, either way round.
    """
    xy_px = pose.xy_px
    shoulders_px = middle_px(pose, Joint.LEFT_SHOULDER)
    ankles_px = max(
        (xy_px[Joint.LEFT_ANKLE], xy_px[Joint.RIGHT_ANKLE]),
        key=lambda ankle_px: float(np.hypot(*(ankle_px - shoulders_px))),
    )
    along_px = ankles_px - shoulders_px
    by_ends = [Place(shoulders_px, shoulders_px + share * along_px) for share in ENDS]
    middle_of_all_px = (xy_px.min(axis=0) + xy_px.max(axis=0)) / 2.0
    length_px = SHORTER * float(np.ptp(xy_px, axis=0).max())
    way = 1.0 if along_px[0] >= 0.0 else -1.0
    across = [
        _lying(middle_of_all_px, sign * length_px, down_deg)
        for down_deg in TILTS_DEG
        for sign in (way, -way)
    ]
    # Of ten pictures in which one of these found the body, feet far below the head did in five.
    return [by_ends[0], across[0], across[2], by_ends[1], across[1], *across[3:]]


def guesses(size_px: tuple[int, int]) -> list[Place]:
    """Return where somebody may lie of whom nothing was seen, either way round."""
    width, height = size_px
    return [
        _lying(
            np.array([(0.5 + way * toward_feet) * width, down * height]),
            way * length * max(width, height),
            down_deg,
        )
        for toward_feet, down, down_deg, length in GUESSES
        for way in (1.0, -1.0)
    ]


def _lying(middle_px: Array, length_px: float, down_deg: float) -> Place:
    """Return the place of somebody whose feet are right of the head, with length < 0 left of it.

    Args:
        middle_px: (2,) half way between shoulders and ankles.
        length_px: From shoulders to ankles.
        down_deg: How far the feet are below the shoulders.
    """
    angle = np.radians(down_deg)
    half_px = 0.5 * length_px * np.array([np.cos(angle), np.sin(angle) * np.sign(length_px)])
    return Place(middle_px - half_px, middle_px + half_px)
