"""Which pictures a pose is looked for in, by when the session needs the next one.

Live and replay share it. Live asks from the thread that finds the poses, while the loop steps the
session with those found before: what the session asked for last holds until it asks for another.
"""

from dataclasses import dataclass, field
from typing import Final

from coreline.body.measures import Side
from coreline.body.pose import Pose
from coreline.coaching.cues import CueBook
from coreline.judging.next_look import EVERY_S
from coreline.judging.ready import Place
from coreline.programme.spec import Exercise
from coreline.session.blocks import Block, blocks_of
from coreline.session.session import Session

# Of the step between two pictures: a camera's times tremble, and time stamps are rounded.
_TREMBLE: Final = 0.25


@dataclass(slots=True)
class Looks:
    """Say of picture after picture whether to look at it.

    Attributes:
        within_s: So soon after a look the next one is needed; 0: every picture is.
    """

    within_s: float = EVERY_S
    _looked_s: float | None = field(default=None, init=False)
    _last_s: float | None = field(default=None, init=False)

    def wants(self, t_s: float) -> bool:
        """Say whether to look at the picture of a moment; to be asked of every one, once.

        It is looked at when the next picture, that far away as the one before, would be too late,
        by more than pictures are out of step.
        """
        step_s = t_s - self._last_s if self._last_s is not None else 0.0
        self._last_s = t_s
        looked_s = self._looked_s
        next_s = t_s + (1.0 - _TREMBLE) * step_s
        in_time = looked_s is not None and next_s - looked_s <= self.within_s
        if in_time and step_s > 0.0:
            return False
        self._looked_s = t_s
        return True


class Watch:
    """Looks at a recording as the session does that judges it."""

    def __init__(
        self,
        exercise: Exercise,
        book: CueBook,
        side: Side | None = None,
        place: Place | None = None,
    ) -> None:
        """Take what a recording is judged by; see `replay.judge`."""
        self._exercise, self._book, self._side = exercise, book, side
        block = Block(exercise) if side is None else blocks_of(exercise, side)[0]
        self._sessions: dict[Place | None, Session] = {
            each: Session([block], book, open_ended=True, place=each)
            for each in _places(exercise, place)
        }
        self._looks = Looks()

    def wants(self, t_s: float) -> bool:
        """Say whether to look at the picture of a moment."""
        return self._looks.wants(t_s)

    def saw(self, t_s: float, pose: Pose | None) -> None:
        """Take in what was seen in a picture that was wanted."""
        for each in self._sessions.values():
            each.step(t_s, pose)
        self._looks.within_s = min(each.next_look_s for each in self._sessions.values())

    def take(
        self, exercise: Exercise, book: CueBook, side: Side | None, place: Place | None
    ) -> Session | None:
        """Hand out the session that followed it as just that, once; None where none did.

        It has seen what was wanted, and is for whoever would step one with the same again. Nothing
        is to be looked at after that.
        """
        same = (exercise, side, tuple(book)) == (self._exercise, self._side, tuple(self._book))
        if not same:
            return None
        return self._sessions.pop(place, None)


def _places(exercise: Exercise, place: Place | None) -> tuple[Place | None, ...]:
    """Return what it may be done on: where a ball is seen too late, a recording is judged again."""
    ball = exercise.judging.ball if exercise.judging is not None else None
    return (None, Place.BALL) if place is None and ball is not None and ball.stays else (place,)
