"""Which of two people is the one who trains: the one who lies, not the one who stands by.

The tracker keeps to whoever it found first, and it finds people who stand more easily. So while the
one who is followed stands or kneels, somebody else is looked for once a second; when one who lies
is seen twice at the same place, they are followed instead. Whoever lies is kept; other people are
then only counted, and less often looked for.

What is followed may also be nobody: a ball is taken for a head, and a body is dreamt up below it.
Such a body is poorly seen, and with it painted over the one who trains is found, plainly better.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coreline.body.pose import Joint, Pose
from coreline.body.presence import length_px

Array = NDArray[np.float64]

# Height of the shoulders over the ankles, as a share of the body's length. Standing is 1.0, upright
# on the knees or on a chair 0.7, sitting on the mat below 0.5. Of the programme's exercises a side
# bridge on the ball reaches 0.7, but with its trunk aslant.
STANDING: Final = 0.8
UPRIGHT: Final = 0.6  # with a trunk that is plumb: below kneeling, above sitting on the mat
PLUMB: Final = 0.9  # cosine of the trunk's angle to the vertical: 26 degrees
LESS: Final = 0.25  # by so much less upright is somebody who lies, beside one who does not
# A look takes about 30 ms, see `persons.py`: rare enough to keep the rate, guesses for the rest.
UPRIGHT_EVERY_S: Final = 1.0
LYING_EVERY_S: Final = 3.0
# Somebody who walked before the one who lies may have taken the tracker along: so soon they are
# looked for, until so long after they were last followed.
SOON_S: Final = 0.3
SOON_FOR_S: Final = 3.0  # a guess: by then whoever walked by is out of the way
# Of the body's length: nearer than that to the one who is followed is that one again, and nearer to
# the one who was seen before is the same person.
ELSEWHERE: Final = 0.35
SIZES: Final = (0.4, 2.5)  # nobody is that much smaller or larger; a face in a pattern is
SEEN: Final = 0.5  # mean visibility; of people who are not there it is lower, or their size is off
# Guesses, from two clips in which a ball was taken for a head: the dream reads 0.65 to 0.75, who is
# found instead 0.78 to 0.90. Who is there may read as little as 0.74: nobody is better then.
DOUBTED: Final = 0.8
BETTER_SEEN: Final = 0.08  # less than the gap of those two clips, more than jitter
_SHOULDERS_HIPS: Final = (Joint.LEFT_SHOULDER, Joint.LEFT_HIP)
_BODY: Final = [11, 12, 23, 24, 25, 26, 27, 28]  # shoulders, hips, knees, ankles


def is_upright(pose: Pose) -> bool:
    """Say whether somebody stands, kneels with the trunk upright or sits on a chair."""
    shoulders_px, hips_px = (_middle_px(pose, joint) for joint in _SHOULDERS_HIPS)
    trunk_px = hips_px - shoulders_px
    plumb = float(trunk_px[1]) >= PLUMB * float(np.hypot(*trunk_px))
    return _uprightness(pose) >= (UPRIGHT if plumb else STANDING)


def _uprightness(pose: Pose) -> float:
    """Return how far the shoulders are above the ankles, as a share of the body's length."""
    rise_px = _middle_px(pose, Joint.LEFT_ANKLE) - _middle_px(pose, Joint.LEFT_SHOULDER)
    return float(rise_px[1]) / max(length_px(pose), 1.0)


def _middle_px(pose: Pose, left: Joint) -> Array:
    """Return the point between a joint of the left side and that of the right."""
    return np.asarray(pose.xy_px[[left, left + 1]].mean(axis=0), np.float64)


def is_somebody_else(pose: Pose, one: Pose) -> bool:
    """Say whether a pose is of a person beside `one`, and no trick of the eye."""
    least, most = (limit * length_px(one) for limit in SIZES)
    return (
        least <= length_px(pose) <= most and _seen(pose) >= SEEN and _apart(pose, one) > ELSEWHERE
    )


def is_better_seen(pose: Pose, one: Pose) -> bool:
    """Say whether `one` is seen so poorly that it may be nobody, and a pose plainly better."""
    return _is_doubted(one) and _seen(pose) >= _seen(one) + BETTER_SEEN


def _is_doubted(pose: Pose) -> bool:
    return _seen(pose) < DOUBTED


def _is_rather_there(pose: Pose, one: Pose) -> bool:
    """Say whether a pose is of the one who trains, and `one` of nobody."""
    return is_better_seen(pose, one) and not is_upright(pose)


def _seen(pose: Pose) -> float:
    return float(pose.visibility[_BODY].mean())


def is_same_place(pose: Pose, one: Pose) -> bool:
    """Say whether a pose lies where the other one does."""
    return _apart(pose, one) < ELSEWHERE


def _apart(pose: Pose, one: Pose) -> float:
    """Return how far two poses are from each other, in lengths of the second one's body."""
    gaps_px = np.hypot(*(pose.xy_px[_BODY] - one.xy_px[_BODY]).T)
    return float(np.median(gaps_px)) / max(length_px(one), 1.0)


@dataclass(slots=True)
class PersonChooser:
    """Decide when to look for other people, and whom of them to follow.

    Attributes:
        persons: The most people that were surely there at once; None before anybody looked.
        now: How many there were when it was last sure; likewise.
    """

    persons: int | None = field(default=None, init=False)
    now: int | None = field(default=None, init=False)
    _looked_s: float | None = field(default=None, init=False)
    _lay_s: float | None = field(default=None, init=False)
    _seen: list[Pose] = field(default_factory=list, init=False)

    def is_due(self, pose: Pose) -> bool:
        """Say whether to look now, for others than the one in `pose`; to be asked of every pose."""
        upright = is_upright(pose)
        if not upright:
            self._lay_s = pose.t_s
        if self._looked_s is None or self._seen:
            return True
        return not 0.0 <= pose.t_s - self._looked_s < self._every_s(pose, upright=upright)

    def _every_s(self, pose: Pose, *, upright: bool) -> float:
        """Return after how long to look again."""
        lay_of_late = self._lay_s is not None and pose.t_s - self._lay_s <= SOON_FOR_S
        if upright and lay_of_late:
            return SOON_S
        return LYING_EVERY_S if lay_of_late and not _is_doubted(pose) else UPRIGHT_EVERY_S

    def whole(self, pose: Pose) -> bool:
        """Say whether to paint over all of the one in `pose` in this look.

        Who was seen beside one who lies is looked for again like that. One who stands may hide the
        one who lies, and has no legs that look like somebody lying; one who may be nobody lies over
        the one who is there.
        """
        return bool(self._seen) and not is_upright(pose) and not _is_doubted(pose)

    def better(self, pose: Pose, others: list[Pose]) -> Pose | None:
        """Take in who was seen beside the one in `pose`; return whom to follow instead, if anyone.

        Only who was seen in the look before as well, at the same place, is taken for real.
        """
        instead = [each for each in others if _is_rather_there(each, pose)]
        beside = [each for each in others if is_somebody_else(each, pose) and each not in instead]
        real = [*instead, *beside]
        sure = [each for each in real if any(is_same_place(each, one) for one in self._seen)]
        there = [each for each in sure if each in instead]
        found = 1 + len(sure) - len(there)
        self.persons = max(self.persons or 1, found)
        if self._seen or not real:
            self.now = found
        # Who was seen for the first time is looked for again in the next picture, and only there.
        self._seen = [] if self._seen else real
        self._looked_s = pose.t_s
        if there:
            return there[0]
        if not is_upright(pose):
            return None
        lying = (each for each in sure if not is_upright(each))
        limit = _uprightness(pose) - LESS
        return next((each for each in lying if _uprightness(each) <= limit), None)

    def forget(self) -> None:
        """Look again at whoever is found next; the count stays."""
        self._looked_s, self._lay_s, self._seen = None, None, []
