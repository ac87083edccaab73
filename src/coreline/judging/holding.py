"""For how long the position of an exercise was kept, still and on both sides."""

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from coreline.body.form import Form
from coreline.body.measures import BodyFrame, Measure, Sides
from coreline.body.pose import Joint, Pose
from coreline.judging.judge import plan_of
from coreline.judging.ready import failing, lacking
from coreline.programme.conditions import Condition
from coreline.programme.rules import Judging
from coreline.programme.spec import Exercise

# Each of these separates what was measured on rendered bodies and on people by a wide margin.
_BRIDGE_S = 0.5  # a longer gap between two poses is nobody's time
_WAY_S = 3.0  # a shorter stay is mostly the way there and back (two ramps of 1.2 s), not movement
_MOST_MOVING = 0.42  # of a longer stay: a guess, just below real push-ups, which read 0.47
_LEAST_EVEN = 0.4  # of a stay, both sides alike: holds 0.7-1.0, one leg lowered 0.5-0.6
_SQUARE_DEG = 65.0  # shoulders to trunk, chest to the camera: 84-90; prone, from ahead: 38-53
_WIDE = 0.45  # shoulders to trunk: 0.5-0.8 with the chest to the camera, 0.0-0.35 from the side
_MOST_UNEVEN = 1  # conditions that the far side may miss: half hidden, it is read less well


@dataclass(slots=True)
class _Stay:
    """A stretch with an unbroken line, from its first moment in position to its last, in seconds.

    What lies between two moments in position belongs to it: somebody who bends the arms leaves the
    plank's position again and again, with the line kept, and moves all the time.
    """

    ready: bool = False
    whole_s: float = 0.0
    moving_s: float = 0.0
    in_position_s: float = 0.0
    even_s: float = 0.0
    _away_s: float = 0.0
    _away_moving_s: float = 0.0

    def add(self, dt_s: float, *, even: bool | None, still: bool) -> None:
        """Take in a moment; `even` is None out of position."""
        self._away_s += dt_s
        self._away_moving_s += 0.0 if still else dt_s
        if even is None:
            self._forget_way_there()
            return
        self.whole_s += self._away_s
        self.moving_s += self._away_moving_s
        self._away_s = self._away_moving_s = 0.0
        self.in_position_s += dt_s
        self.even_s += dt_s if even else 0.0

    def _forget_way_there(self) -> None:
        if not self.whole_s:
            self._away_s = self._away_moving_s = 0.0

    @property
    def even(self) -> bool:
        """Say whether both sides were in position for most of it."""
        return self.even_s >= _LEAST_EVEN * self.in_position_s

    @property
    def restless(self) -> bool:
        """Say whether the body kept moving."""
        return self.whole_s > _WAY_S and self.moving_s > _MOST_MOVING * self.whole_s


@dataclass(slots=True)
class Holding:
    """How long the position of an exercise was kept, in seconds."""

    exercise: Exercise
    rules: Judging
    in_position: bool = field(default=False, init=False)  # now, on both sides, and still
    _stays: list[_Stay] = field(default_factory=lambda: [_Stay()], init=False)
    _recent: deque[Form] = field(default_factory=deque, init=False)
    _last_s: float | None = field(default=None, init=False)
    _measures: dict[str, Measure] = field(init=False)
    _line: tuple[Condition, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Look up what the start position is made from."""
        conditions = self.rules.start.conditions
        self._line = tuple(each for each in conditions if each.measure == self.rules.line)
        named = {each.measure for each in conditions}
        plan = plan_of(self.rules, None, on_side=False)
        self._measures = {name: each for name, each in plan.measures.items() if name in named}

    def step(self, form: Form, pose: Pose | None, here: Judging, *, ready: bool) -> None:
        """Take in one moment.

        `here` are the rules on floor or ball, `ready` says that the position has now been held.
        """
        self.rules = here
        self.in_position = False
        if pose is None or not form.seen:
            return
        dt_s = 0.0 if self._last_s is None else min(form.t_s - self._last_s, _BRIDGE_S)
        self._last_s = form.t_s
        if failing(self._line, form) is not None:
            self._recent.clear()
            self._leave()
            return
        still = self._is_still(form)
        even = self._is_even(form, pose)
        self.in_position = bool(even) and still
        stay = self._stays[-1]
        stay.ready |= ready
        stay.add(dt_s, even=even, still=still)

    @property
    def held_s(self) -> float:
        """Return how long the position was kept, on both sides where it has two."""
        ready = [stay for stay in self._stays if stay.ready]
        whole_s = sum(stay.whole_s for stay in ready)
        if sum(stay.moving_s for stay in ready) > _MOST_MOVING * whole_s and whole_s > _WAY_S:
            return 0.0
        kept = [stay for stay in ready if stay.even and not stay.restless]
        return sum(stay.even_s for stay in kept)

    @property
    def restless_s(self) -> float:
        """Return how long the body kept moving in the position."""
        return sum(stay.whole_s for stay in self._stays if stay.ready and stay.restless)

    def _leave(self) -> None:
        if self._stays[-1].whole_s:
            self._stays.append(_Stay())

    def _is_still(self, form: Form) -> bool:
        """Say whether all that makes the position has been still for as long as a start asks."""
        start, past = self.rules.start, self._recent
        past.append(form)
        while past[0].t_s < form.t_s - start.hold_s - 1e-6:
            past.popleft()
        if form.t_s - past[0].t_s < start.hold_s - _BRIDGE_S / 2.0:
            return False
        return all(
            _spread([each.values[name] for each in past]) <= start.still_deg
            for name in self._measures
        )

    def _is_even(self, form: Form, pose: Pose) -> bool | None:
        """Say whether both sides are in position, as far as the exercise asks; None: not one is."""
        if form.scene is None or failing(self.rules.start.conditions, form) is not None:
            return None
        if self.exercise.view == "chest" and not is_facing(pose):
            return None
        if self.exercise.sides in ("each_leg", "each_side"):
            return True
        other = form.scene.sides.near.other
        scene = BodyFrame(Sides.same(other), form.scene.feet_sign, form.scene.length_px)
        values = {name: each.of(pose, scene) for name, each in self._measures.items()}
        across = Form(form.t_s, True, True, None, values, scene)
        return len(lacking(self.rules.start.conditions, across)) <= _MOST_UNEVEN


def _spread(values: Sequence[float]) -> float:
    return max(values) - min(values)


def is_facing(pose: Pose) -> bool:
    """Say whether the chest is to the camera: the shoulders wide, and square to the trunk."""
    left, right = pose.xy_px[Joint.LEFT_SHOULDER], pose.xy_px[Joint.RIGHT_SHOULDER]
    hips = pose.xy_px[Joint.LEFT_HIP] + pose.xy_px[Joint.RIGHT_HIP]
    across, along = left - right, (hips - left - right) / 2.0
    width, length = math.hypot(*across), math.hypot(*along)
    square = abs(float(across @ along)) <= math.cos(math.radians(_SQUARE_DEG)) * width * length
    return square and width >= _WIDE * length > 0.0
