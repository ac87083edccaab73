"""What the live loop knows of the pictures beside the poses in them."""

from collections import deque
from dataclasses import dataclass, field, replace
from typing import Final

from coreline.camera.picture_facts import facts_of
from coreline.camera.source import Image
from coreline.placement.checks import PictureFacts

SLOW_FPS: Final = 10.0  # fewer pictures than this are too few to judge well
RATE_OVER_S: Final = 3.0
LOOK_EVERY_S: Final = 0.5  # how often brightness and contrast of the picture are looked at


class PictureLook:
    """Looks at the picture itself now and then, since it changes slowly."""

    def __init__(self) -> None:
        """Begin before there is a picture."""
        self._facts: PictureFacts | None = None
        self._looked_s = 0.0

    def at(self, t_s: float, image_bgr: Image, persons: int | None) -> PictureFacts:
        """Return facts about a picture, or about one shortly before."""
        if self._facts is None or t_s - self._looked_s >= LOOK_EVERY_S:
            self._facts, self._looked_s = replace(facts_of(image_bgr), persons=persons), t_s
        return self._facts


@dataclass(slots=True)
class PictureTimes:
    """Follow when pictures arrive."""

    _came_s: deque[float] = field(default_factory=deque, init=False)

    def are_few(self, now_s: float, *, came: bool) -> bool:
        """Say whether too few have come over the last seconds; `came` says that one just did."""
        if came:
            self._came_s.append(now_s)
        while self._came_s and self._came_s[0] < now_s - RATE_OVER_S:
            self._came_s.popleft()
        covered_s = now_s - self._came_s[0] if self._came_s else 0.0
        return covered_s > RATE_OVER_S / 2 and len(self._came_s) < SLOW_FPS * covered_s
