"""A stick figure on its back on the forearms, either leg free: the other half of `stick_figure`."""

import math
from dataclasses import dataclass

from stick_figure import SHANK_M, THIGH_M, TRUNK_M, XY, Joints

_SHOULDER_M: XY = (0.0, 0.27)
_ANKLE_M = 0.06  # height of the support leg's
_ELBOW_M, _WRIST_M = (-0.01, 0.03), (0.20, 0.03)


def _from(origin: XY, angle_deg: float, length_m: float) -> XY:
    angle = math.radians(angle_deg)
    return (origin[0] + length_m * math.cos(angle), origin[1] + length_m * math.sin(angle))


@dataclass(frozen=True, slots=True)
class ReversePlank:
    """Supine on forearms and heels, the legs straight; a leg that is raised by 0 supports.

    `bend_deg` is that of shoulder-hip-ankle of the support leg, + = hip to the floor.
    """

    bend_deg: float = 0.0
    near_deg: float = 0.0
    far_deg: float = 0.0

    @property
    def prone(self) -> bool:
        """Say that the face looks up."""
        return False

    def joints(self) -> Joints:
        """Return where the joints are; shoulders and support foot stay on their heights."""
        leg_m = THIGH_M + SHANK_M
        low_deg, high_deg = -90.0, 45.0
        for _ in range(60):  # the trunk's slope that puts the heel on its height
            trunk_deg = (low_deg + high_deg) / 2.0
            hip = _from(_SHOULDER_M, trunk_deg, TRUNK_M)
            too_high = _from(hip, trunk_deg + self.bend_deg, leg_m)[1] > _ANKLE_M
            low_deg, high_deg = (low_deg, trunk_deg) if too_high else (trunk_deg, high_deg)
        legs = [trunk_deg + self.bend_deg + each for each in (self.near_deg, self.far_deg)]
        near, far = (self._leg(hip, leg_deg) for leg_deg in legs)
        head: Joints = {
            "ear": ((-0.14, 0.32), (-0.14, 0.32)),
            "nose": ((-0.12, 0.42), (-0.12, 0.42)),
            "shoulder": (_SHOULDER_M, _SHOULDER_M),
            "elbow": (_ELBOW_M, _ELBOW_M),
            "wrist": (_WRIST_M, _WRIST_M),
            "hip": (hip, hip),
        }
        return {**head, **{part: (near[part], far[part]) for part in near}}

    def _leg(self, hip: XY, leg_deg: float) -> dict[str, XY]:
        ankle = _from(hip, leg_deg, THIGH_M + SHANK_M)
        return {
            "knee": _from(hip, leg_deg, THIGH_M),
            "ankle": ankle,
            "heel": _from(ankle, leg_deg - 60.0, 0.05),
            "toe": _from(ankle, leg_deg + 75.0, 0.15),
        }
