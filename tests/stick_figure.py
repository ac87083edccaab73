"""A stick figure that exercises: poses of which bend, timing and plateaus are known exactly.

A posture is a few numbers, such as the bend of the line; the joints follow from them with segments
of fixed length. A film goes from posture to posture with minimum-jerk motion of those numbers, so
that the truth at any moment is the same formula that the joints were made from. A camera places the
figure in a picture. Nothing here reads the code that it tests, except for the types it hands over.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Protocol, TypeAlias

import numpy as np
from hypothesis import settings

from coreline.body.pose import LANDMARKS, Array, Joint, Pose
from coreline.data_files import load_catalogue
from coreline.programme.rules import Judging
from coreline.programme.spec import Exercise

XY: TypeAlias = tuple[
    float, float
]  # metres: x from the shoulder toward the feet, y above the floor
Joints: TypeAlias = dict[str, tuple[XY, XY]]  # by part: the near one and the far one
Timed: TypeAlias = tuple[float, Pose | None]

# A film takes longer to judge than a number: of films, a fifth of the examples.
few = settings(max_examples=max(settings().max_examples // 5, 1))
fewest = settings(max_examples=max(settings().max_examples // 8, 1))  # and of long ones an eighth

TRUNK_M, THIGH_M, SHANK_M = 0.50, 0.42, 0.42
LENGTH_M = TRUNK_M + THIGH_M + SHANK_M
SUPPORT_FOOT_M = (0.9775, 0.08)  # makes a knee of 85 degrees in a straight bridge
SUPINE_SHOULDER_M = (0.0, 0.10)


def _along(origin: XY, angle_deg: float, length_m: float) -> XY:
    angle = math.radians(angle_deg)
    return (origin[0] + length_m * math.cos(angle), origin[1] + length_m * math.sin(angle))


def _leg_m(flexion_deg: float) -> float:
    """Return the distance of hip and ankle for a knee bent by so much."""
    return 2.0 * THIGH_M * math.cos(math.radians(flexion_deg) / 2.0)


def _knee(hip: XY, ankle: XY, *, up: bool) -> XY:
    """Return the knee of a leg between two places, above or below their line."""
    chord_m = math.dist(hip, ankle)
    aside_m = math.sqrt(max(THIGH_M**2 - chord_m**2 / 4.0, 0.0)) * (1.0 if up else -1.0)
    middle = ((hip[0] + ankle[0]) / 2.0, (hip[1] + ankle[1]) / 2.0)
    dx, dy = (ankle[0] - hip[0]) / chord_m, (ankle[1] - hip[1]) / chord_m
    return (middle[0] - dy * aside_m, middle[1] + dx * aside_m)


def _turn_at_start_deg(first_m: float, second_m: float, bend_deg: float) -> float:
    """Return the angle between two links' chord and the first link, for the bend between them."""
    bend = math.radians(bend_deg)
    turn = math.atan2(second_m * math.sin(bend), first_m + second_m * math.cos(bend))
    return math.degrees(turn)


def bend_of(first: XY, middle: XY, last: XY) -> float:
    """Return the bend at the middle of three places, + = it is on the floor's side."""
    one = math.atan2(middle[1] - first[1], middle[0] - first[0])
    other = math.atan2(last[1] - middle[1], last[0] - middle[0])
    return math.degrees(other - one)


def _chord_m(first_m: float, second_m: float, bend_deg: float) -> float:
    cosine = math.cos(math.radians(bend_deg))
    return math.sqrt(first_m**2 + second_m**2 + 2.0 * first_m * second_m * cosine)


def _both(place: XY) -> tuple[XY, XY]:
    return (place, place)


def _moved(place: XY, x_m: float, y_m: float) -> XY:
    return (place[0] + x_m, place[1] + y_m)


def _supine_head_and_arms() -> Joints:
    return {
        "ear": _both((-0.18, 0.12)),
        "nose": _both((-0.20, 0.22)),
        "shoulder": _both(SUPINE_SHOULDER_M),
        "elbow": _both((0.28, 0.05)),
        "wrist": _both((0.52, 0.04)),
    }


def _supine_foot(ankle: XY) -> dict[str, XY]:
    return {"ankle": ankle, "heel": _moved(ankle, 0.02, -0.05), "toe": _moved(ankle, 0.05, 0.10)}


@dataclass(frozen=True, slots=True)
class Plank:
    """Prone on the forearms. `bend_deg` is that of shoulder-hip-ankle, + = hip to the floor."""

    bend_deg: float = 0.0
    knee_flexion_deg: float = 0.0
    shoulder_m: float = 0.30

    @property
    def prone(self) -> bool:
        """Say that the face looks down."""
        return True

    def joints(self) -> Joints:
        """Return where the joints are; the ankle is 8 cm above the floor."""
        leg_m = _leg_m(self.knee_flexion_deg)
        chord_m = _chord_m(TRUNK_M, leg_m, self.bend_deg)
        tilt_deg = -math.degrees(math.asin((self.shoulder_m - 0.08) / chord_m))
        trunk_deg = tilt_deg - _turn_at_start_deg(TRUNK_M, leg_m, self.bend_deg)
        shoulder = (0.0, self.shoulder_m)
        hip = _along(shoulder, trunk_deg, TRUNK_M)
        ankle = _along(hip, trunk_deg + self.bend_deg, leg_m)
        return {
            "ear": _both(_moved(shoulder, -0.15, 0.08)),
            "nose": _both(_moved(shoulder, -0.22, 0.0)),
            "shoulder": _both(shoulder),
            "elbow": _both((0.0, 0.03)),
            "wrist": _both((-0.25, 0.03)),
            "hip": _both(hip),
            "knee": _both(_knee(hip, ankle, up=False)),
            "ankle": _both(ankle),
            "heel": _both(_moved(ankle, 0.05, 0.02)),
            "toe": _both(_moved(ankle, 0.0, -0.06)),
        }


@dataclass(frozen=True, slots=True)
class Bridge:
    """Supine on both feet. `bend_deg` is that of shoulder-hip-knee, `feet_up_m` a ball's height."""

    bend_deg: float = 0.0
    foot_slide_m: float = 0.0
    feet_up_m: float = 0.0

    @property
    def prone(self) -> bool:
        """Say that the face looks up."""
        return False

    def joints(self) -> Joints:
        """Return where the joints are; shoulders and feet stay where they are."""
        ankle = _moved(SUPPORT_FOOT_M, self.foot_slide_m, self.feet_up_m)
        chord_m = _chord_m(TRUNK_M, THIGH_M, self.bend_deg)
        knee = _crossing(SUPINE_SHOULDER_M, chord_m, ankle, SHANK_M)
        rise_deg = math.degrees(math.atan2(knee[1] - SUPINE_SHOULDER_M[1], knee[0]))
        trunk_deg = rise_deg - _turn_at_start_deg(TRUNK_M, THIGH_M, self.bend_deg)
        foot = {part: _both(place) for part, place in _supine_foot(ankle).items()}
        hip = _along(SUPINE_SHOULDER_M, trunk_deg, TRUNK_M)
        return {**_supine_head_and_arms(), "hip": _both(hip), "knee": _both(knee), **foot}


@dataclass(frozen=True, slots=True)
class LegBridge:
    """Supine on the far foot, the near leg free. `trunk_deg` is the rise from shoulder to hip.

    `foot_m` is the height of the raised ankle above its place on the floor.
    """

    trunk_deg: float = 25.0
    foot_m: float = 0.0
    knee_flexion_deg: float = 0.0

    @property
    def bend_deg(self) -> float:
        """Return the bend shoulder-hip-knee of the support leg."""
        joints = self.joints()
        return bend_of(SUPINE_SHOULDER_M, joints["hip"][1], joints["knee"][1])

    @property
    def prone(self) -> bool:
        """Say that the face looks up."""
        return False

    def joints(self) -> Joints:
        """Return where the joints are."""
        hip = _along(SUPINE_SHOULDER_M, self.trunk_deg, TRUNK_M)
        leg_m = _leg_m(self.knee_flexion_deg)
        rise = (SUPPORT_FOOT_M[1] + self.foot_m - hip[1]) / leg_m
        ankle = _along(hip, math.degrees(math.asin(rise)), leg_m)
        near, far = _supine_foot(ankle), _supine_foot(SUPPORT_FOOT_M)
        feet = {part: (near[part], far[part]) for part in near}
        knees = (_knee(hip, ankle, up=True), _knee(hip, SUPPORT_FOOT_M, up=True))
        return {**_supine_head_and_arms(), "hip": _both(hip), "knee": knees, **feet}


def _crossing(one: XY, one_m: float, other: XY, other_m: float) -> XY:
    """Return the upper place that is so far from either of two places."""
    apart_m = math.dist(one, other)
    along_m = (one_m**2 - other_m**2 + apart_m**2) / (2.0 * apart_m)
    aside_m = math.sqrt(one_m**2 - along_m**2)
    dx, dy = (other[0] - one[0]) / apart_m, (other[1] - one[1]) / apart_m
    return (one[0] + dx * along_m - dy * aside_m, one[1] + dy * along_m + dx * aside_m)


class Posture(Protocol):
    """What a camera can look at."""

    @property
    def prone(self) -> bool:
        """Say whether the face looks down."""

    def joints(self) -> Joints:
        """Return where the joints are."""

    def __hash__(self) -> int:
        """Tell it from others: a posture never changes."""


PLANK = Plank()
PLANK_PROPPED = Plank(bend_deg=23.0)  # on the forearms with the hips on the floor
PLANK_DOWN = Plank(bend_deg=2.0, shoulder_m=0.10)  # flat on the belly
BRIDGE = Bridge()
BRIDGE_DOWN = Bridge(bend_deg=54.0)
LEG_BRIDGE = LegBridge()
LEG_BRIDGE_DOWN = LegBridge(trunk_deg=0.0)


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the figure appears in the picture. A head on the right is a mirrored picture."""

    size_px: tuple[int, int] = (640, 480)
    scale_px_per_m: float = 300.0
    shoulder_px: float = 130.0  # from the edge of the picture at the head
    floor_px: float = 400.0
    head_left: bool = True

    def pose(self, t_s: float, posture: Posture) -> Pose:
        """Return the figure as landmarks; all of it seen, the near side better."""
        xy_px, visibility = _seen(self, posture)
        return Pose(t_s, xy_px, _DEPTH_PX, visibility, _WORLD_M, self.size_px)


@lru_cache(1000)
def _seen(camera: Camera, posture: Posture) -> tuple[Array, Array]:
    """Return where a camera sees the landmarks, and how well; mostly the figure lies still."""
    joints = posture.joints()
    near_is_left = posture.prone == camera.head_left
    rows = [joints[part][0 if is_left == near_is_left else 1] for part, is_left in _PLACES]
    xy_px = np.array(rows) * (camera.scale_px_per_m, -camera.scale_px_per_m)
    xy_px += (camera.shoulder_px, camera.floor_px)
    if not camera.head_left:
        xy_px[:, 0] = camera.size_px[0] - xy_px[:, 0]
    visibility = np.where(near_is_left == _IS_LEFT, 0.95, 0.75)
    visibility[Joint.NOSE] = 0.95
    for shared in (xy_px, visibility):
        shared.flags.writeable = False
    return xy_px, visibility


def _part(joint: Joint) -> str:
    """Return the part that stands for a landmark: eyes and mouth are at the nose."""
    name = joint.name.split("_", 1)[-1].lower()
    known = {"ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel"}
    if name in known:
        return name
    if name == "foot_index":
        return "toe"
    return "wrist" if name in {"pinky", "index", "thumb"} else "nose"


_PLACES = [(_part(joint), "LEFT" in joint.name) for joint in Joint]
_IS_LEFT = np.array([is_left for _, is_left in _PLACES])
# Nothing that is judged from the side looks at these.
_WORLD_M, _DEPTH_PX = np.zeros((LANDMARKS, 3)), np.zeros(LANDMARKS)


def minimum_jerk(share: float) -> float:
    """Return how far a movement has come after a share of its time (Flash, Hogan 1985)."""
    u = min(max(share, 0.0), 1.0)
    return u**3 * (10.0 - 15.0 * u + 6.0 * u**2)


def between(one: Posture, other: Posture, share: float) -> Posture:
    """Return a posture on the way from one to another of the same kind."""
    if type(one) is not type(other):
        raise TypeError(f"no way from {one} to {other}")
    kept: Any = one
    mixed: dict[str, Any] = {
        each.name: getattr(one, each.name)
        + share * (getattr(other, each.name) - getattr(one, each.name))
        for each in fields(kept)
    }
    mixed_posture: Posture = replace(kept, **mixed)
    return mixed_posture


@dataclass(frozen=True, slots=True)
class Stay:
    """A posture reached by a movement of `move_s` and kept for `stay_s`."""

    posture: Posture
    move_s: float
    stay_s: float


@dataclass(frozen=True, slots=True)
class Film:
    """A sequence of stays. The first begins at once: its `move_s` is zero."""

    stays: tuple[Stay, ...]

    @property
    def duration_s(self) -> float:
        """Return how long it lasts."""
        return sum(stay.move_s + stay.stay_s for stay in self.stays)

    def at(self, t_s: float) -> Posture:
        """Return the posture at a moment."""
        begin_s = self.stays[0].stay_s
        for before, stay in pairwise(self.stays):
            if t_s < begin_s:
                break
            if t_s < begin_s + stay.move_s:
                share = minimum_jerk((t_s - begin_s) / stay.move_s)
                return between(before.posture, stay.posture, share)
            begin_s += stay.move_s + stay.stay_s
            if t_s < begin_s:
                return stay.posture
        return self.stays[0].posture if t_s < self.stays[0].stay_s else self.stays[-1].posture

    def plateau(self, index: int) -> tuple[float, float]:
        """Return begin and end of a stay, without the movement to it."""
        before_s = sum(stay.move_s + stay.stay_s for stay in self.stays[:index])
        begin_s = before_s + self.stays[index].move_s
        return begin_s, begin_s + self.stays[index].stay_s

    def stretches(self, holds: Callable[[Posture], bool]) -> list[tuple[float, float]]:
        """Return when something was true of the posture, to a hundredth of a second."""
        step_s = 0.01
        times = [number * step_s for number in range(round(self.duration_s / step_s) + 1)]
        found: list[tuple[float, float]] = []
        begin_s: float | None = None
        for t_s in times:
            true = holds(self.at(t_s))
            if true and begin_s is None:
                begin_s = t_s
            elif not true and begin_s is not None:
                found.append((begin_s, t_s))
                begin_s = None
        return found if begin_s is None else [*found, (begin_s, self.duration_s)]

    def frames(
        self, fps: float = 15.0, camera: Camera | None = None, *, start_s: float = 0.0
    ) -> list[Timed]:
        """Return the film as the camera takes it."""
        eye = camera if camera is not None else Camera()
        times = [number / fps for number in range(int(self.duration_s * fps) + 1)]
        return [(start_s + t_s, eye.pose(start_s + t_s, self.at(t_s))) for t_s in times]


def film(*stays: tuple[Posture, float, float]) -> Film:
    """Return a film of (posture, seconds to get there, seconds to stay)."""
    return Film(tuple(Stay(*stay) for stay in stays))


def in_line_s(story: Film, good_deg: float, neutral_deg: float = 0.0) -> float:
    """Return for how long the bend was in the good band; film of planks or bridges."""

    def good(posture: Posture) -> bool:
        return (
            isinstance(posture, Plank | Bridge)
            and abs(posture.bend_deg - neutral_deg) <= good_deg
            and (not isinstance(posture, Plank) or posture.shoulder_m > 0.25)
        )

    return sum(end_s - begin_s for begin_s, end_s in story.stretches(good))


# One repetition after another on the free leg


@dataclass(frozen=True, slots=True)
class Raise:
    """A repetition; the plateau is what was truly held.

    `tap_m` is how high above the floor the foot turns round, `rest_s` how long it stays there.
    """

    plateau_s: float = 2.5
    ramp_s: float = 0.8
    foot_m: float = 0.58
    knee_flexion_deg: float = 0.0
    trunk_drop_deg: float = 0.0
    tap_m: float = 0.0
    rest_s: float = 0.4


def raises_film(raises: Sequence[Raise], *, shift_deg: float, ready_s: float = 1.5) -> Film:
    """Return repetitions between getting up into the bridge and lying down again.

    `shift_deg` tilts the trunk while the leg is up, as the pose model sees it do.
    """
    up = LegBridge()
    stays: list[tuple[Posture, float, float]] = [
        (LEG_BRIDGE_DOWN, 0.0, 1.0),
        (up, 1.2, ready_s),
    ]
    for each in raises:
        trunk_deg = up.trunk_deg + shift_deg - each.trunk_drop_deg
        top = LegBridge(trunk_deg, each.foot_m, each.knee_flexion_deg)
        low = LegBridge(
            up.trunk_deg + shift_deg * each.tap_m / max(each.foot_m, 0.01),
            each.tap_m,
        )
        stays += [(top, each.ramp_s, each.plateau_s), (low, each.ramp_s, each.rest_s)]
    return film(*stays, (up, 0.5, 1.0), (LEG_BRIDGE_DOWN, 1.2, 1.0))


# What happens to frames on their way


def without(frames: Sequence[Timed], begin_s: float, end_s: float) -> list[Timed]:
    """Return the frames with nobody found from one time to another, the second left out."""
    return [(t_s, None if begin_s <= t_s < end_s else pose) for t_s, pose in frames]


def hidden(
    frames: Sequence[Timed], joints: Iterable[Joint], begin_s: float, end_s: float
) -> list[Timed]:
    """Return the frames with some joints hidden from one time to another, the second left out."""
    covered = list(joints)

    def cover(pose: Pose | None) -> Pose | None:
        if pose is None:
            return None
        visibility = pose.visibility.copy()
        visibility[covered] = 0.1
        return replace(pose, visibility=visibility)

    return [(t_s, cover(pose) if begin_s <= t_s < end_s else pose) for t_s, pose in frames]


def thinned(frames: Sequence[Timed], share: float, seed: int) -> list[Timed]:
    """Return the frames without a share of them, as a busy machine drops them."""
    kept = np.random.default_rng(seed).random(len(frames)) >= share
    return [frame for frame, keep in zip(frames, kept, strict=True) if keep]


def shaken(frames: Sequence[Timed], sd_px: float, seed: int) -> list[Timed]:
    """Return the frames with every landmark a little off, as a pose model's are."""
    numbers = np.random.default_rng(seed)

    def shake(pose: Pose | None) -> Pose | None:
        if pose is None:
            return None
        return replace(pose, xy_px=pose.xy_px + numbers.normal(0.0, sd_px, pose.xy_px.shape))

    return [(t_s, shake(pose)) for t_s, pose in frames]


_LEGS = ("HIP", "KNEE", "ANKLE", "HEEL", "FOOT_INDEX")


def legs_swapped(frames: Sequence[Timed]) -> list[Timed]:
    """Return the frames with the far leg doing what the near one did, and the other way round."""
    order = np.arange(LANDMARKS)
    for part in _LEGS:
        left, right = Joint[f"LEFT_{part}"], Joint[f"RIGHT_{part}"]
        order[[left, right]] = right, left
    return [
        (t_s, replace(pose, xy_px=pose.xy_px[order]) if pose is not None else None)
        for t_s, pose in frames
    ]


# What is asked of them


@cache
def exercise_of(exercise_id: str) -> Exercise:
    """Return an exercise of the package."""
    return load_catalogue().get(exercise_id)


def rules_of(exercise_id: str) -> Judging:
    """Return how an exercise of the package is judged."""
    rules = exercise_of(exercise_id).judging
    if rules is None:
        raise ValueError(f"{exercise_id} is not judged")
    return rules
