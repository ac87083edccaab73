"""Bodies put on the floor or the ball, and taken from one posture to the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from directions import Array, Y, cross, frame, mix, norm, orient, slerp, two_bone
from human import Bones, Human, Pose
from numpy.typing import ArrayLike

# How far feet and arms, and a trunk, sink into the ball.
BALL_GIVE_M: Final = 0.03
SOFT_M: Final = 0.06
# How far off a support may stay, and how often its height is corrected to get there.
CLOSE_M: Final = 3e-4
ROUNDS: Final = 8
# A hand this far in the floor is left there.
HAND_GIVE_M: Final = 0.004

HANDS: Final[Bones] = ("hand_l", "hand_r")
FOREARMS: Final[Bones] = ("lowerarm_l", "lowerarm_r", "hand_l", "hand_r")
SHOULDERS: Final[Bones] = ("spine_03", "clavicle_l", "clavicle_r", "head")
SPINE: Final[Bones] = ("spine_01", "spine_02", "spine_03")
TRUNK: Final[Bones] = (*SPINE, "clavicle_l", "clavicle_r", "pelvis", "head")


@dataclass(frozen=True, slots=True)
class Support:
    """What a posture stands on.

    Attributes:
        bones: The support touches with the lowest vertex of these.
        start_m: The height at which the search starts when there is no earlier frame.
    """

    bones: Bones
    start_m: float


@dataclass(frozen=True, slots=True)
class OnBall:
    """Which support stands on the ball and not on the floor, and how.

    Attributes:
        support: Its place in the list of supports.
        radius_m: Of the ball, whose centre the pose carries.
        give_m: How far the support sinks into it.
    """

    support: int
    radius_m: float
    give_m: float = BALL_GIVE_M


def settle(
    human: Human,
    make: Callable[[Sequence[float]], Pose],
    supports: Sequence[Support],
    ball: OnBall | None = None,
) -> Pose:
    """Return the pose whose supports touch the floor or the ball.

    Args:
        human: The body; remembers the heights, since the next frame's are close.
        make: Returns the pose for the supports' heights, metres.
        supports: In the order in which `make` takes their heights.
        ball: Which of them stands on the ball.
    """
    key = tuple(s.bones for s in supports), ball.support if ball else None
    heights = list(human.settled.get(key, [s.start_m for s in supports]))
    for _ in range(ROUNDS):
        low = _too_high(human, make(heights), supports, ball)
        heights = [height - off for height, off in zip(heights, low, strict=True)]
        if max(map(abs, low)) < CLOSE_M:
            break
    human.settled[key] = heights
    return make(heights)


def _too_high(
    human: Human, pose: Pose, supports: Sequence[Support], ball: OnBall | None
) -> list[float]:
    """Return how far each support is off what it stands on, metres, + = above it."""
    placed = human.place(pose)
    low = []
    for number, support in enumerate(supports):
        if ball and number == ball.support and pose.ball is not None:
            gap = human.gap(placed, support.bones, pose.ball, ball.radius_m)
            low.append(gap + ball.give_m)
        else:
            low.append(human.lowest(placed, support.bones))
    return low


def blend(human: Human, a: Pose, b: Pose, share: float) -> Pose:
    """Return a pose between two, put on the floor, its hands not below it."""
    limbs = {}
    for bone, segment in a.limbs.items():
        between = slerp(frame(*segment), frame(*b.limbs[bone]), share)
        limbs[bone] = (between[:, 0], between[:, 1])
    mixed = Pose(
        root=mix(a.root, b.root, share),
        pelvis=slerp(a.pelvis, b.pelvis, share),
        chest=slerp(a.chest, b.chest, share),
        head=slerp(a.head, b.head, share),
        limbs=limbs,
        toes={s: slerp(t, b.toes[s], share) if s in b.toes else t for s, t in a.toes.items()},
        ball=a.ball,
    )
    rest = tuple(bone for bone in human.mesh.bones if bone not in FOREARMS)
    mixed.root = mixed.root - [0, human.lowest(human.place(mixed), rest), 0]
    for side in "lr":
        _lift_hand(human, mixed, side)
    return mixed


def _lift_hand(human: Human, pose: Pose, side: str) -> None:
    """Turn an arm up until its hand is no longer below the floor."""
    bones = (f"lowerarm_{side}", f"hand_{side}")
    for _ in range(4):
        low = human.lowest(human.place(pose), bones)
        if low > -HAND_GIVE_M:
            break
        up = -1.2 * low / human.lengths.arm * Y
        for bone in ("upperarm_" + side, *bones):
            direction, hinge = pose.limbs[bone]
            pose.limbs[bone] = norm(norm(direction) + up), hinge


def trunk(human: Human, d: Array, left: ArrayLike) -> Array:
    """Return the trunk's rotation that puts the line from hips to shoulders along `d`."""
    d = norm(d)
    forward = cross(norm(left), d)
    up = np.cos(human.trunk_tilt) * d - np.sin(human.trunk_tilt) * forward
    return orient(np.asarray(up), left)


def hips(human: Human, root: Array, pelvis: Array) -> list[Array]:
    """Return the left and the right hip joint for the middle of the hips at `root`."""
    return [root + pelvis @ (human.at_rest("thigh_" + s) - human.mid_hip) for s in "lr"]


def supported_line(
    human: Human, shoulder: Array, ankle_y_m: float, bend_deg: float
) -> tuple[Array, Array]:
    """Return hip and ankle of a straight-legged line from a shoulder to an ankle at some height.

    The bend of the line is + with the hip toward the floor.
    """
    trunk_m, leg_m = human.lengths.trunk, human.lengths.leg * 0.9995
    cosine = np.cos(np.radians(bend_deg))
    reach = np.sqrt(trunk_m * trunk_m + leg_m * leg_m + 2 * trunk_m * leg_m * cosine)
    along = np.sqrt(reach * reach - (shoulder[1] - ankle_y_m) ** 2)
    ankle = np.array([shoulder[0] + along, ankle_y_m, 0])
    if abs(bend_deg) < 0.05:
        return shoulder + norm(ankle - shoulder) * trunk_m, ankle
    return two_bone(shoulder, ankle, trunk_m, leg_m, -Y if bend_deg > 0 else Y), ankle


def flexed(human: Human, d: Array, knee_deg: float, pole: Array) -> tuple[Array, Array]:
    """Return thigh and calf of a leg whose line from hip to ankle runs along `d`, knee flexed."""
    thigh_m, calf_m = human.lengths.thigh, human.lengths.calf
    cosine = np.cos(np.radians(max(knee_deg, 0.5)))
    reach = np.sqrt(thigh_m * thigh_m + calf_m * calf_m + 2 * thigh_m * calf_m * cosine)
    ankle = norm(d) * reach
    knee = two_bone(np.zeros(3), ankle, thigh_m, calf_m, pole)
    return norm(knee), norm(ankle - knee)
