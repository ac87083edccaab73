"""Which exercise is it? Every candidate's judge sees the same poses; who explains them best wins.

What an exercise looks like is already in its data: the start position, how still its line is, which
movement repeats. A hold explains the time in which its position was kept, a raise its attempts, a
roll its full turns. Then, in this order:

1. *Movement before stillness.* Legs that go up and down pass through the positions of the holds,
   but no hold explains repetitions.
2. *The more said, the better.* A raised leg or arm is one more thing that is true: of the
   candidates that explain the time about as well, the one that asks for most is meant.
3. *What looks the same is said to be the same.* The earlier one in the programme is named, the
   others are its alternatives.

Nobody is made to fit. A position in which the body keeps moving is a push-up and no plank, a
position that is the same on one side of the body only is no symmetrical one, and a start position
without its movement is just somebody lying there.
"""

import math
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coreline.body.form import Form
from coreline.body.once import Once
from coreline.body.pose import Pose
from coreline.judging.events import Ready
from coreline.judging.holding import Holding, is_facing
from coreline.judging.judge import Judge
from coreline.judging.moving import MovingTime
from coreline.judging.ready import lacking
from coreline.judging.thinning import Thinning
from coreline.programme.rules import Judging
from coreline.programme.spec import Exercise

# Each of these separates what was measured on rendered bodies and on people by a wide margin.
_BRIDGE_S = 0.5  # a longer gap between two poses is nobody's time
_LEAST_HELD_S = 2.0  # the shortest time that the programme holds anything
_LEAST_SHARE = 0.1  # of the time in which somebody was seen
_LEAST_SWINGS = 2  # repetitions without a hold that make a movement
_LEAST_SWUNG = 0.25  # of the time
_RIVAL = 0.5  # who explains less than this share of the best explains something else
_MOVER_RIVAL = 1.0 / 3.0  # of movements against holds: rests between repetitions are long
_SAME = 0.9  # who explains so much of what the other does looks the same

_NOTICE_S = 4.0  # somebody who gets into position passes through others for less
_NOTICE_SHARE = 0.9  # of the frames of that time
_CLEARLY_OFF = 2  # conditions: when only one is not met, its own cue helps more


class Why(StrEnum):
    """How a verdict came about."""

    CLEAR = "clear"
    SAME_PICTURE = "same_picture"  # one camera cannot tell it from its alternatives
    NOBODY = "nobody"
    MOVING = "moving"  # a position was taken, but the body kept moving in it
    TOO_SHORT = "too_short"  # something was done, but too little of it to tell
    NO_MOVEMENT = "no_movement"  # a start position was held, but its movement did not follow
    NO_POSITION = "no_position"  # no start position was held for long enough


@dataclass(frozen=True, slots=True)
class Guess:
    """An exercise and the share of the time, 0 to 1, that it explains."""

    exercise_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a recording shows: an exercise or None, how sure, and what else it may be."""

    exercise_id: str | None
    score: float
    alternatives: tuple[Guess, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class _PositionFrame:
    """One frame for `looks_like`: whether the position is held, and how much of it is missing."""

    t_s: float
    held: bool
    misses: int


class _ExerciseCandidate:
    """One exercise that it may be."""

    def __init__(self, exercise: Exercise, rules: Judging) -> None:
        self.exercise, self.rules = exercise, rules
        self.judge = Judge(rules, on_side=exercise.view == "chest")
        self.holding = Holding(exercise, rules)
        self.moving = MovingTime(rules)
        self.moments: deque[_PositionFrame] = deque()
        self._active, self._facing = 0, 0  # frames in which it was judged, chest to the camera

    @property
    def is_hold(self) -> bool:
        """Say whether it is held rather than moved in."""
        return self.exercise.machine == "hold"

    @property
    def explained_s(self) -> float:
        """Return how much of the time this exercise explains."""
        if not self._is_turned_right():
            return 0.0
        return self.holding.held_s if self.is_hold else self.moving.moved_s

    @property
    def near_miss_s(self) -> float:
        """Return the time that it would explain if one looked less closely."""
        return self.holding.restless_s if self.is_hold else self.moving.attempted_s

    @property
    def swung_s(self) -> float:
        """Return the time of repetitions that were not held, where there were enough of them."""
        # A leg that swings may be many things, push-ups among them: its hips rise and fall too.
        if self.is_hold or self.exercise.sides != "none" or not self._is_turned_right():
            return 0.0
        if self.moving.swings < _LEAST_SWINGS:
            return 0.0
        return self.moving.swung_s

    @property
    def asks_for(self) -> frozenset[str]:
        """Return the names of what its start position is made from."""
        return frozenset(each.measure for each in self.rules.start.conditions)

    def step(self, t_s: float, pose: Pose | None, once: Once) -> None:
        """Take in one pose."""
        _, facts = self.judge.step(t_s, pose, once)
        form = self.judge.form
        if form is None:
            return
        self.moving.step(facts)
        if self.judge.active and pose is not None:
            self._active += 1
            self._facing += is_facing(pose)
        if self.is_hold:
            ready = any(isinstance(fact, Ready) for fact in facts)
            self.holding.step(form, pose, self.judge.rules_here, ready=ready or self.judge.active)
        self._note(form)

    def _is_turned_right(self) -> bool:
        """Say whether the body mostly lay to the camera as the exercise asks; a roll does both."""
        if self.exercise.machine == "roll":
            return True
        return (2 * self._facing > self._active) == (self.exercise.view == "chest")

    def _note(self, form: Form) -> None:
        conditions = self.judge.rules_here.start.conditions
        missed = lacking(conditions, form) if form.found else []
        moment = _PositionFrame(
            form.t_s, self.holding.in_position, len({each.measure for each in missed})
        )
        if self.moments and form.t_s - self.moments[-1].t_s > _BRIDGE_S:
            self.moments.clear()  # nobody asked in between: that time is no evidence
        self.moments.append(moment)
        while len(self.moments) > 1 and self.moments[1].t_s <= form.t_s - _NOTICE_S:
            self.moments.popleft()

    def was_held(self) -> bool:
        """Say whether it has just been done for long enough to be noticed."""
        now_s = self.moments[-1].t_s
        if not self.is_hold:
            done_s = self.moving.last_done_s
            lately = done_s is not None and now_s - done_s <= _NOTICE_S
            return lately and self.explained_s > 0.0
        held = sum(moment.held for moment in self.moments)
        return held >= _NOTICE_SHARE * len(self.moments)

    def was_clearly_off(self) -> bool:
        """Say whether its start position has been far away for all of that time."""
        if self.judge.active or self.moments[-1].t_s - self.moments[0].t_s < _NOTICE_S:
            return False
        return all(moment.misses >= _CLEARLY_OFF for moment in self.moments)


class Recogniser:
    """Look at poses with the judges of many exercises, and say which one it is."""

    def __init__(self, exercises: Iterable[Exercise]) -> None:
        """Take the exercises, in the order of the programme; those without judging are left out."""
        self._candidates = {
            each.id: _ExerciseCandidate(each, each.judging) for each in exercises if each.judging
        }
        self._thinning = Thinning()  # every pose costs sixteen judges
        self._last_s: float | None = None
        self._seen_s = 0.0

    def step(self, t_s: float, pose: Pose | None, once: Once | None = None) -> None:
        """Take in one frame; times must increase, and those too close to the last are passed.

        Others who are handed the same `once` share the work.
        """
        if not self._thinning.wants(t_s):
            return
        gap_s = math.inf if self._last_s is None else t_s - self._last_s
        self._last_s = t_s
        if pose is not None and math.isfinite(gap_s):
            self._seen_s += min(gap_s, _BRIDGE_S)
        once = once or Once()
        for candidate in self._candidates.values():
            candidate.step(t_s, pose, once)

    def verdict(self) -> Recognition:
        """Return what all the poses so far show."""
        fitting = self._fitting()
        if not fitting:
            return self._unknown()
        chosen = _meant(fitting)
        same = _same_picture(chosen, fitting)
        named = same[0]
        others = [each for each in fitting if each not in same]
        others.sort(key=lambda each: -each.explained_s)
        return Recognition(
            exercise_id=named.exercise.id,
            score=self._share(named.explained_s),
            alternatives=self._guesses([*same[1:], *others]),
            why=Why.SAME_PICTURE if len(same) > 1 else Why.CLEAR,
        )

    def looks_like(self, current_id: str) -> str | None:
        """Return the exercise that is done in place of the current one, or None.

        It has been done for four seconds, in all of which the current one's start position was far
        away: where a single thing is missing, the cue for that thing says more.
        """
        current = self._candidates.get(current_id)
        if current is None or not current.moments or not current.was_clearly_off():
            return None
        others = [each for each in self._candidates.values() if each.was_held()]
        others = [each for each in others if not each.is_hold] or others
        if not others:
            return None
        return max(others, key=lambda each: len(each.asks_for)).exercise.id

    def _fitting(self) -> list[_ExerciseCandidate]:
        """Return the candidates that explain enough, movements alone where there are any."""
        least_s = max(_LEAST_HELD_S, _LEAST_SHARE * self._seen_s)
        fitting = [each for each in self._candidates.values() if each.explained_s >= least_s]
        holds_s = max((each.explained_s for each in fitting if each.is_hold), default=0.0)
        movers = [
            each
            for each in fitting
            if not each.is_hold and each.explained_s >= _MOVER_RIVAL * holds_s
        ]
        return movers or [each for each in fitting if each.is_hold]

    def _unknown(self) -> Recognition:
        if (swung := self._swung()) is not None:
            return Recognition(swung.exercise.id, self._share(swung.near_miss_s), (), Why.CLEAR)
        near = [each for each in self._candidates.values() if each.near_miss_s >= _LEAST_HELD_S]
        near.sort(key=lambda each: -each.near_miss_s)
        guesses = tuple(Guess(each.exercise.id, self._share(each.near_miss_s)) for each in near)
        return Recognition(None, 0.0, guesses, self._why_unknown())

    def _swung(self) -> _ExerciseCandidate | None:
        """Return the one movement that was done again and again, though never with its hold.

        People do crunches without one; that is a crunch done wrong and not something else.
        """
        tried = [each for each in self._candidates.values() if each.swung_s > 0.0]
        tried = [each for each in tried if each.swung_s >= _LEAST_SWUNG * self._seen_s]
        return tried[0] if len(tried) == 1 else None

    def _why_unknown(self) -> Why:
        candidates = self._candidates.values()
        if not self._seen_s:
            return Why.NOBODY
        if any(each.near_miss_s >= _LEAST_HELD_S for each in candidates):
            return Why.MOVING
        if any(each.explained_s > 0.0 for each in candidates):
            return Why.TOO_SHORT
        if any(each.moving.started and not each.is_hold for each in candidates):
            return Why.NO_MOVEMENT
        return Why.NO_POSITION

    def _guesses(self, candidates: Iterable[_ExerciseCandidate]) -> tuple[Guess, ...]:
        return tuple(Guess(each.exercise.id, self._share(each.explained_s)) for each in candidates)

    def _share(self, time_s: float) -> float:
        return min(time_s / self._seen_s, 1.0) if self._seen_s else 0.0


def _meant(fitting: Sequence[_ExerciseCandidate]) -> _ExerciseCandidate:
    """Return the candidate that asks for most among those that explain about as much."""
    most_s = max(each.explained_s for each in fitting)
    rivals = [each for each in fitting if each.explained_s >= _RIVAL * most_s]
    return max(rivals, key=lambda each: (len(each.asks_for), each.explained_s))


def _same_picture(
    chosen: _ExerciseCandidate, fitting: Sequence[_ExerciseCandidate]
) -> list[_ExerciseCandidate]:
    """Return the candidates that ask for the same and explain the same, in their order."""
    return [
        each
        for each in fitting
        if each.asks_for == chosen.asks_for
        and each.explained_s >= _SAME * chosen.explained_s
        and each.exercise.machine == chosen.exercise.machine
    ]
