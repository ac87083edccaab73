"""The line between the two supports of a bridge: it stands still while the hips move over it."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from statistics import median

from coreline.body.measures import BodyFrame, Measure
from coreline.body.points import SUPPORTED
from coreline.body.pose import Pose

_WINDOW_S = 0.3  # a guess


@dataclass(slots=True)
class Supports:
    """Follow the line until the position is reached, and keep it from then on.

    The foot that bears the body is half hidden: read anew in every picture, it would move the
    hips' reading more than they move.
    """

    line: Measure | None = None
    _past: deque[tuple[float, float]] = field(default_factory=deque, init=False)
    _kept_deg: float | None = field(default=None, init=False)

    @classmethod
    def of(cls, measures: Iterable[Measure]) -> "Supports":
        """Return what follows the supports that the measures read from, if one does."""
        ends = [each.points for each in measures if each.kind in SUPPORTED]
        return cls(Measure("slope", (ends[0][0], ends[0][2])) if ends else None)

    def step(self, pose: Pose, scene: BodyFrame) -> BodyFrame:
        """Take in a pose and return how the body lies, with the line between its supports."""
        if self.line is None:
            return scene
        if self._kept_deg is not None:
            return replace(scene, supports_deg=self._kept_deg)
        self._past.append((pose.t_s, self.line.of(pose, scene)))
        while self._past[0][0] < pose.t_s - _WINDOW_S:
            self._past.popleft()
        return replace(scene, supports_deg=median(deg for _, deg in self._past))

    def keep(self, supports_deg: float | None) -> None:
        """Keep the line as it is now."""
        self._kept_deg = supports_deg

    def reset(self) -> None:
        """Forget it, for another set."""
        self._past.clear()
        self._kept_deg = None
