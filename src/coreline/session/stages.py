"""The stages around a set, each with what it remembers."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil

from coreline.body.pose import Pose
from coreline.coaching.cues import CueBook
from coreline.placement.checks import Check, PictureFacts, PlacementTopic, Verdict
from coreline.session import phrases
from coreline.session.inputs import Checker
from coreline.session.upside_down import UPSIDE_DOWN

# Guesses where nothing else is said; sessions of real people would settle them.
_COUNT_IN_S = 3.0  # three, two, one: a second each
_REST_WARNING_S = 10.0  # to lie down and get into position; only in rests twice as long
_PAUSE_S = 0.4  # between two things that are explained
_ADVICE_AFTER_S = 3.0  # somebody who is just lying down needs none
_ADVICE_EVERY_S = 7.0  # to hear it, get up and move the camera a little: a guess
_SAME_AGAIN_S = 14.0  # what was said once is said again only so that nobody waits for 20 s
_STILL = "setup.stand_still"  # where nothing is wrong for long enough to be named
_REMIND_AFTER_S = (0.0, 15.0, 60.0)  # how to go on is said with the pause, and to who has missed it
# Whoever is not seen did not ask for the pause, and may lie there and wait: after two minutes
# nobody does who has heard it.
_REMIND_UNSEEN_AFTER_S = tuple(15.0 * number for number in range(9))


@dataclass(slots=True)
class Placing:
    """The set-up check of one exercise on one side."""

    checker: Checker
    checks: tuple[Check, ...] = field(default=(), init=False)
    _advised_s: float | None = field(default=None, init=False)
    _advised: str | None = field(default=None, init=False)
    _upside_down: bool = field(default=False, init=False)

    @property
    def passed(self) -> bool:
        """Say whether everything that can be judged is right."""
        return self.checker.passed and not self._upside_down

    @property
    def _advice(self) -> str | None:
        """Return the cue for what to move first: of a picture on its head nothing else is true."""
        return UPSIDE_DOWN if self._upside_down else self.checker.advice

    def step(
        self,
        t_s: float,
        pose: Pose | None,
        picture: PictureFacts | None,
        *,
        upside_down: bool = False,
    ) -> list[str]:
        """Take in one frame, and whether it stands on its head; return the advice that is due."""
        self._upside_down = upside_down
        if self._advised_s is None:
            self._advised_s = t_s + _ADVICE_AFTER_S - _ADVICE_EVERY_S
        self.checks = self.checker.step(t_s, pose, picture)
        if upside_down:
            self.checks = tuple(_turned(check) for check in self.checks)
        if self.passed or (advice := self._due(t_s - self._advised_s)) is None:
            return []
        self._advised, self._advised_s = advice, t_s
        return [advice]

    def _due(self, silent_s: float) -> str | None:
        """Return what is due after a silence: something else sooner than the same again."""
        advice = self._advice
        if advice is not None and advice != self._advised:
            return advice if silent_s >= _ADVICE_EVERY_S else None
        return (advice or _STILL) if silent_s >= _SAME_AGAIN_S else None


def _turned(check: Check) -> Check:
    """Return a check of a picture on its head: only that is known of how the camera stands."""
    if check.topic is PlacementTopic.ANGLE:
        return Check(check.topic, Verdict.FAIL, UPSIDE_DOWN)
    failed = check.verdict is Verdict.FAIL
    return Check(check.topic, Verdict.UNKNOWN) if failed else check


@dataclass(slots=True)
class Explaining:
    """One thing said after another, each when the one before is over."""

    cue_ids: Iterable[str]
    book: CueBook
    _left: deque[str] = field(init=False)
    _free_s: float = field(default=0.0, init=False)
    over: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        """Line up what is to be said."""
        self._left = deque(self.cue_ids)

    def step(self, t_s: float, *, speaking: bool | None) -> list[str]:
        """Return what is to be said now.

        Args:
            t_s: The moment.
            speaking: Whether the voice still speaks; None where there is none, and time to read
                is given in its place.
        """
        if speaking:
            self._free_s = t_s + _PAUSE_S
        if speaking or t_s < self._free_s:
            return []
        if not self._left:
            self.over = True
            return []
        cue_id = self._left.popleft()
        needs_s = phrases.reading_s(cue_id, self.book) if speaking is None else 2.0 * _PAUSE_S
        self._free_s = t_s + needs_s
        return [cue_id]


@dataclass(slots=True)
class CountIn:
    """Three, two, one, a second each, from `begun_s` on."""

    begun_s: float
    count: int = field(default=0, init=False)

    def step(self, t_s: float) -> list[str]:
        """Return the number that is said now."""
        left = max(ceil(_COUNT_IN_S - (t_s - self.begun_s)), 0)
        if left == self.count:
            return []
        self.count = left
        return [f"num.{left:02d}"] if left > 0 else []

    def is_over(self, t_s: float) -> bool:
        """Say whether zero is reached."""
        return t_s - self.begun_s >= _COUNT_IN_S


@dataclass(slots=True)
class Resting:
    """A rest, which can be made longer or shorter and stops for a pause."""

    whole_s: float
    until_s: float
    _left_s: float = field(default=0.0, init=False)

    def left_s(self, t_s: float) -> float:
        """Return how much is left."""
        return max(self.until_s - t_s, 0.0)

    def is_soon_over(self, t_s: float) -> bool:
        """Say whether it is time to lie down again, in a rest long enough to have got up in."""
        return self.left_s(t_s) <= _REST_WARNING_S and self.whole_s >= 2.0 * _REST_WARNING_S

    def lengthen(self, t_s: float, by_s: float) -> None:
        """Add to the rest, or take off it; it never ends before now."""
        self.until_s = max(self.until_s + by_s, t_s)
        self.whole_s = max(self.whole_s + by_s, self.left_s(t_s))

    def stop(self, t_s: float) -> None:
        """Stop the rest's clock."""
        self._left_s = self.left_s(t_s)

    def resume(self, t_s: float) -> None:
        """Let the rest's clock run on."""
        self.until_s = t_s + self._left_s


@dataclass(slots=True)
class Pausing:
    """How to go on after a pause: said when it begins, and again to who does not go on.

    `asked_for` says that the person wanted it, and need not be told again and again.
    """

    cue_id: str | None
    begun_s: float
    asked_for: bool = True
    _said: int = field(default=0, init=False)

    def step(self, t_s: float) -> list[str]:
        """Return what is due."""
        times_s = _REMIND_AFTER_S if self.asked_for else _REMIND_UNSEEN_AFTER_S
        due = sum(t_s - self.begun_s >= after_s for after_s in times_s)
        if self.cue_id is None or due <= self._said:
            return []
        self._said = due
        return [self.cue_id]
