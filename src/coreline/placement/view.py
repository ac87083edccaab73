"""How the camera saw a set: a verdict of its own, beside the one on the form.

Nothing is refused for it. What hinders is named with its number, and each of them makes the
judgement of the form one step less sure.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median
from types import MappingProxyType
from typing import Final

import numpy as np

from coreline.body.pose import Joint, Pose
from coreline.placement.sight import chain_of, yaw_deg_of
from coreline.programme.spec import Confidence

YAW_ERROR_DEG: Final = 7.0  # measured on known people, who stood 30 degrees askew at most
LEAST_WIDTH: Final = 0.35  # photos of real people shrunk to this: 8 of 25 were lost
# Read of somebody who is truly more than 15 degrees askew; as much as the set-up check accepts.
_MOST_YAW_DEG = 22.0
_CUT_SHARE = 0.2  # of the time; less is somebody on their way into the picture
_BLURRED_SHARE = 0.2  # of the time, likewise; a guess
_LYING_DEG = 55.0  # of the trunk, as the set-up check has it; who stands or sits tells nothing
_EVERY_S = 0.2  # a view changes slowly, and every look costs
_SLACK_S = 1e-3  # time stamps are rounded
_BODY_LENGTHS = 1.25  # crown to toe, in lengths from shoulder to ankle, as the set-up check has it

_STEPS: Final[tuple[Confidence, ...]] = ("high", "medium", "low")


class Limb(StrEnum):
    """A part of the body that may stick out of the picture."""

    HEAD = "head"
    TRUNK = "trunk"
    LEFT_ARM = "left_arm"
    RIGHT_ARM = "right_arm"
    LEFT_LEG = "left_leg"
    RIGHT_LEG = "right_leg"


class Hindrance(StrEnum):
    """What keeps one from seeing well."""

    OBLIQUE = "oblique"  # the camera is not square to the body
    FAR_AWAY = "far_away"  # the body is small in the picture
    CUT_OFF = "cut_off"  # a part of it lies outside
    LEGS_BEHIND = "legs_behind"  # the leg that works is behind the other one
    SECOND_PERSON = "second_person"
    BLURRED = "blurred"  # the picture: a smeared lens, or out of focus


_JOINTS: Final[Mapping[Limb, Sequence[Joint]]] = MappingProxyType(
    {
        Limb.HEAD: (Joint.NOSE, Joint.LEFT_EAR, Joint.RIGHT_EAR),
        Limb.TRUNK: (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP),
        Limb.LEFT_ARM: (Joint.LEFT_ELBOW, Joint.LEFT_WRIST),
        Limb.RIGHT_ARM: (Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST),
        Limb.LEFT_LEG: (Joint.LEFT_KNEE, Joint.LEFT_ANKLE, Joint.LEFT_FOOT_INDEX),
        Limb.RIGHT_LEG: (Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE, Joint.RIGHT_FOOT_INDEX),
    }
)


@dataclass(frozen=True, slots=True)
class CutOff:
    """A part of the body that stuck out of the picture, and the share of the time in which."""

    limb: Limb
    share: float


@dataclass(frozen=True, slots=True)
class SetVisibility:
    """How a set was seen, over the time in which somebody lay in the picture.

    Attributes:
        yaw_deg: how far the camera was from square to the body, the median; its error is about 7
            degrees. + = it stood to the right of the middle. None where nobody lay.
        width_share: how much of the picture's width the body fills when it is stretched out, the
            median. None where nobody lay.
        cut_off: what stuck out of the picture, the most of the time first.
        leg_behind: the leg that works was behind the other one; None where that cannot be told.
        persons: how many people were seen at once; None where nobody counted.
        upside_down: the picture stands on its head; None where that cannot be told.
        blurred: share of the time in which the picture was blurred; None where nobody lay.
    """

    yaw_deg: float | None = None
    width_share: float | None = None
    cut_off: tuple[CutOff, ...] = ()
    leg_behind: bool | None = None
    persons: int | None = None
    upside_down: bool | None = None
    blurred: float | None = None

    @property
    def hindrances(self) -> tuple[Hindrance, ...]:
        """Return what hindered, each once."""
        found = {
            Hindrance.OBLIQUE: self.yaw_deg is not None and abs(self.yaw_deg) >= _MOST_YAW_DEG,
            Hindrance.FAR_AWAY: self.width_share is not None and self.width_share < LEAST_WIDTH,
            Hindrance.CUT_OFF: bool(self.missing),
            Hindrance.LEGS_BEHIND: bool(self.leg_behind),
            Hindrance.SECOND_PERSON: self.persons is not None and self.persons > 1,
            Hindrance.BLURRED: self.blurred is not None and self.blurred >= _BLURRED_SHARE,
        }
        return tuple(name for name, is_so in found.items() if is_so)

    @property
    def missing(self) -> tuple[CutOff, ...]:
        """Return what stuck out for long enough to hinder."""
        return tuple(each for each in self.cut_off if each.share >= _CUT_SHARE)


def lowered(confidence: Confidence, hindrances: Sequence[Hindrance]) -> Confidence:
    """Return how sure the judgement is: a step less for each thing that hindered."""
    place = _STEPS.index(confidence) + len(hindrances)
    return _STEPS[min(place, len(_STEPS) - 1)]


@dataclass(slots=True)
class ViewWatch:
    """Follow how a set is seen, five times a second at most."""

    _last_s: float | None = field(default=None, init=False)
    _yaws_deg: list[float] = field(default_factory=list, init=False)
    _widths: list[float] = field(default_factory=list, init=False)
    _out: Counter[Limb] = field(default_factory=Counter, init=False)
    _persons: int | None = field(default=None, init=False)
    _blurred: int = field(default=0, init=False)
    is_blurred: bool = field(default=False, init=False)  # the picture of the last pose

    def count(self, persons: int | None) -> None:
        """Take in how many people were seen; the most at once are remembered."""
        if persons is not None:
            self._persons = max(self._persons or 0, persons)

    def step(self, pose: Pose | None) -> None:
        """Take in one frame; somebody who does not lie is passed over."""
        if pose is None:
            return
        self.is_blurred = pose.blurred
        if not self._is_due(pose.t_s):
            return
        self._last_s = pose.t_s
        body = chain_of(pose)
        if body.trunk_deg > _LYING_DEG:
            return
        self._yaws_deg.append(yaw_deg_of(pose))
        self._widths.append(_BODY_LENGTHS * body.length_px / pose.size_px[0])
        self._blurred += pose.blurred
        outside = np.logical_or(pose.xy_px < 0.0, pose.xy_px > pose.size_px)
        out: list[bool] = np.any(outside, axis=1).tolist()
        for limb, joints in _JOINTS.items():
            if any(out[joint] for joint in joints):
                self._out[limb] += 1

    def view(self) -> SetVisibility:
        """Return what is known so far, but for what only the caller knows."""
        seen = len(self._yaws_deg)
        if not seen:
            return SetVisibility(persons=self._persons)
        cut_off = tuple(CutOff(limb, times / seen) for limb, times in self._out.most_common())
        yaw_deg, width = median(self._yaws_deg), median(self._widths)
        blurred = self._blurred / seen
        return SetVisibility(yaw_deg, width, cut_off, persons=self._persons, blurred=blurred)

    def _is_due(self, t_s: float) -> bool:
        """Say whether a fifth of a second has gone by; a clock that went back starts over."""
        last_s = self._last_s
        return last_s is None or not last_s <= t_s < last_s + _EVERY_S - _SLACK_S
