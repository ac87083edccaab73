"""From poses to form: the exercise's measures, smoothed, with what was and was not seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from coreline.body.footing import Footing
from coreline.body.measures import (
    BodyFrame,
    Measure,
    Places,
    Reader,
    Side,
    Sides,
    legs_in,
)
from coreline.body.once import Once
from coreline.body.planted import Planted
from coreline.body.pose import Pose
from coreline.body.proportions import Proportions
from coreline.body.sides import SceneFinder
from coreline.body.smoothing import OneEuro
from coreline.body.stacked import stacked
from coreline.body.steady import Steady
from coreline.body.supports import Supports

_BEARING = "bent.foot"  # what is not seen of a body that one foot bears, where both are misread
# For so long a leg that is misread is taken to be where it was: a guess, less than a whole raise.
_KEPT_S = 1.5
APART_S = 0.3  # frames farther apart than this have a gap between them: at 8 a second two in a row
MISSED_S = 0.15  # of frames farther apart than this one was missed, at 8 a second as well
# What was read before a longer gap says little of what is read after it. A guess: in so long a time
# a leg is half way up.
SMOOTHED_S = 0.5


@dataclass(frozen=True, slots=True)
class FormPlan:
    """What to measure for one exercise.

    Attributes:
        measures: the readings, by name.
        needs: points that must be seen for a judgement, with the least visibility of each; of a
            point halfway between left and right either will do.
        seen: by reading, the least visibility of its points; it is hidden while one has less.
        work: the working side, or None to find it: the one near the camera, or, of somebody who
            lies on the side, the one that is up.
        on_side: whether the exercise is done lying on the side, chest to the camera.
        min_cutoff_hz, beta: of the smoothing.
        far: where the working side is to be found, it is the one far from the camera.
        foot_up: one foot bears the body: where both are read higher than so much above where it
            stands, percent of the body's length, the picture is misread; None of other positions.
        legs_whole: a picture in which a leg that is judged looks too short to be one was not seen.
    """

    measures: Mapping[str, Measure]
    needs: Mapping[str, float]
    work: Side | None
    on_side: bool
    min_cutoff_hz: float
    beta: float
    far: bool = False
    seen: Mapping[str, float] = field(default_factory=dict)
    foot_up: float | None = None
    legs_whole: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The form in one frame. `values` is empty when nobody was found.

    `seen` says whether every needed point was; `missing` names the first that was not. What is
    `hidden` the model guesses rather than sees: nothing is to be concluded from it.
    """

    t_s: float
    found: bool
    seen: bool
    missing: str | None
    values: Mapping[str, float]
    scene: BodyFrame | None
    hidden: frozenset[str] = frozenset()

    @property
    def judged(self) -> Mapping[str, float]:
        """Return the readings without the hidden ones."""
        if not self.hidden:
            return self.values
        return {name: value for name, value in self.values.items() if name not in self.hidden}


@dataclass(slots=True)
class FormTracker:
    """Measure pose after pose; the way the body lies is kept from `lock` to `unlock`."""

    plan: FormPlan
    _finder: SceneFinder = field(default_factory=SceneFinder, init=False)
    _steady: Steady = field(default_factory=Steady, init=False)
    _filter: OneEuro = field(init=False)
    _footing: Footing = field(default_factory=Footing, init=False)
    _planted: Planted = field(default_factory=Planted, init=False)
    _proportions: Proportions = field(default_factory=Proportions, init=False)
    _locked: Sides | None = field(default=None, init=False)
    _feet_sign: int = field(default=0, init=False)
    _supports: Supports = field(init=False)
    _last: Form | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Set up the smoothing."""
        self._filter = OneEuro(self.plan.min_cutoff_hz, self.plan.beta)
        self._supports = Supports.of(self.plan.measures.values())

    def lock(self, scene: BodyFrame) -> None:
        """Keep the sides and the direction of the body from now on."""
        if self._locked is None:
            self._footing.start()
            self._planted.start()
            self._proportions.start()
        self._locked, self._feet_sign = scene.sides, scene.feet_sign
        self._supports.keep(scene.supports_deg)

    def unlock(self) -> None:
        """Let the sides be found again."""
        self._locked = None
        self._finder.reset()
        self._supports.reset()

    def step(self, t_s: float, pose: Pose | None, once: Once | None = None) -> Form:
        """Return the form in the frame at `t_s`; `pose` is None where nobody was found.

        Several trackers that are handed the same `once` with the same pose share the work.
        """
        once = once or Once()
        pose = self._named(pose, once)
        if pose is not None and (away := self._moved_off(pose)) is not None:
            return self._kept(t_s, away)
        pose = self._steady.step(pose, once)
        if pose is None:
            return Form(t_s, False, False, None, {}, None)
        scene = self._supports.step(pose, self._scene(pose, once))
        last, folded = self._last, self._folded(pose, scene.sides, once)
        if last is not None and folded is not None:
            return replace(last, t_s=t_s, seen=False, missing=folded)
        if last is not None and not self._stands(pose, scene):
            return self._kept(t_s, _BEARING)
        if last is not None and t_s - last.t_s > SMOOTHED_S:
            self._filter.reset()
        places = once.of(Places, pose, scene.sides)
        self._last = self._measured(t_s, once.of(Reader, places, scene))
        return self._last

    def _measured(self, t_s: float, reader: Reader) -> Form:
        places, scene = reader.places, reader.scene
        raw = list(map(reader.read, self.plan.measures.values()))
        values = dict(zip(self.plan.measures, self._filter.step(t_s, raw), strict=True))
        missing = self._missing(places)
        hidden = self._hidden(places)
        return Form(t_s, True, missing is None, missing, values, scene, hidden)

    def _named(self, pose: Pose | None, once: Once) -> Pose | None:
        """Return the pose with left and right as they were, where the model changed them.

        Only of somebody on the side: one side is up, whatever it is called.
        """
        if pose is None or not self.plan.on_side:
            return pose
        self._finder.notice(pose, once)
        upper = self._locked.work if self._locked else self._finder.upper()
        return once.of(stacked, pose, upper)

    def _scene(self, pose: Pose, once: Once) -> BodyFrame:
        self._finder.step(pose, once)
        if self._locked is not None:
            found = self._finder.scene(self._locked, once)
            same = found.feet_sign == self._feet_sign
            return found if same else replace(found, feet_sign=self._feet_sign)
        if self.plan.on_side:
            upper = self.plan.work or self._finder.upper()
            return self._finder.scene(Sides.same(upper), once)
        near = self._finder.near(once)
        likely = near.other if self.plan.far else near
        return self._finder.scene(Sides(near, self.plan.work or likely), once)

    def _folded(self, pose: Pose, sides: Sides, once: Once) -> str | None:
        """Return what is not seen of a leg that is judged, once the position was reached."""
        if not self.plan.legs_whole:
            return None
        short = self._proportions.step(pose, once)
        if self._locked is None or not short:
            return None
        judged = (point for measure in self.plan.measures.values() for point in measure.points)
        return next((point for point in judged if short & legs_in(point, sides)), None)

    def _moved_off(self, pose: Pose) -> str | None:
        """Return what somebody on their side bears on that is not in its place, if anything."""
        last = self._last
        if not self.plan.on_side or last is None or last.scene is None:
            return None
        away = self._planted.step(pose, last.scene)
        return away if self._locked is not None else None

    def _stands(self, pose: Pose, scene: BodyFrame) -> bool:
        """Say whether the foot is where it bears the body, once the position was reached."""
        if self.plan.foot_up is None:
            return True
        up = self._footing.step(pose, scene)
        return self._locked is None or up <= self.plan.foot_up

    def _kept(self, t_s: float, misread: str) -> Form:
        """Return what was read before a picture in which a point is misread, for a while."""
        last = self._last
        if last is None:
            return Form(t_s, False, False, None, {}, None)
        kept = t_s - last.t_s <= _KEPT_S
        missing = last.missing if kept else misread
        return replace(last, t_s=t_s, seen=last.seen and kept, missing=missing)

    def _hidden(self, places: Places) -> frozenset[str]:
        """Return the readings of which a point is less visible than they ask for."""
        measures = self.plan.measures
        return frozenset(
            name
            for name, least in self.plan.seen.items()
            if any(places.visibility_of(point) < least for point in measures[name].points)
        )

    def _missing(self, places: Places) -> str | None:
        """Return the first needed point that is hidden or outside the picture."""
        for point, least in self.plan.needs.items():
            if places.shown_of(point) < least:
                return point
        return None
