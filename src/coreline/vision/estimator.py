"""Pictures to poses: one person followed from frame to frame.

Five things are done here that MediaPipe does not do.

Lock-on. Once somebody is tracked, MediaPipe follows them lying in any direction; it is finding
them that fails when they lie. While nobody is tracked, the frame is offered turned by 0, 90 and
270 degrees, one turn a frame, so that looking costs no more than one pass of the detector a frame.
The turn that found somebody is kept while they are tracked. A single landmarker serves all turns:
nothing ties it to a direction while it tracks nobody, and it changes turn only then.

Light. A dark picture is lightened first, see `coreline.vision.brightening`; any other is not
touched.

Company. Of two people the one who lies is followed, see `coreline.vision.choosing`.

Time. MediaPipe wants whole milliseconds that strictly increase, and one step backward kills it for
good. Equal ones are bumped; after a step backward a new landmarker starts. Poses carry the caller's
own time.

Quiet. See `coreline.vision.landmarker`.
"""

from contextlib import nullcontext
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from coreline.body.pose import Pose
from coreline.closing import Closing
from coreline.files.streams import silenced_stderr
from coreline.vision.brightening import Brightener
from coreline.vision.choosing import PersonChooser
from coreline.vision.landmarker import as_mediapipe, close, new_landmarker
from coreline.vision.landmarks import pose_of, rows_of
from coreline.vision.models import model_bytes
from coreline.vision.persons import PersonCounter, without
from coreline.vision.turning import TURNS_DEG, turned

Image = NDArray[np.uint8]
Array = NDArray[np.float64]

CHANNELS: Final = 3  # of colour, and the dimensions of a picture


class PoseEstimator(Closing):
    """Find one person's landmarks, frame after frame.

    Not for use by several threads at once. Making one takes 0.3 s, and 1 to 2 s more for the first
    of a process, which imports MediaPipe.
    """

    def __init__(self, model: str = "full", *, lock_on: bool = True) -> None:
        """Load the model.

        Args:
            model: full, lite or heavy.
            lock_on: Also look for somebody in the turned frame, for one who lies while another
                stands, and in a dark frame made lighter. Off, frames are taken as they are.

        Raises:
            BadModelError: The model is missing or altered, or MediaPipe cannot use it.
        """
        self._landmarker = _Landmarker(model_bytes(model))
        self._turns_deg = TURNS_DEG if lock_on else TURNS_DEG[:1]
        self._turn = 0
        self._tracking = False
        self._brightener = Brightener() if lock_on else None
        self._choice = PersonChooser() if lock_on else None
        self._others: PersonCounter | None = None
        self._size_px: tuple[int, int] | None = None
        self._t_s = -np.inf

    @property
    def turn_deg(self) -> int:
        """How far the frame is turned clockwise before it is looked at: 0, 90 or 270."""
        return self._turns_deg[self._turn]

    @property
    def persons_seen(self) -> int | None:
        """The most people that were seen at once; None before anybody was looked for."""
        return self._choice.persons if self._choice else None

    def estimate(self, t_s: float, image_bgr: Image) -> Pose | None:
        """Return the pose of the person in the frame, or None when nobody is found.

        Args:
            t_s: Time of the frame, seconds. A step backward is survived: tracking starts over.
            image_bgr: (height, width, 3) uint8, not mirrored. Another size than before is
                survived too.

        Raises:
            ValueError: The picture has another shape or type, `t_s` is not finite, or the
                estimator is closed.
            BadModelError: The light model, with which others are looked for once somebody is
                found, is missing or altered.
        """
        _check(t_s, image_bgr)
        size_px = (image_bgr.shape[1], image_bgr.shape[0])
        if t_s < self._t_s or size_px != (self._size_px or size_px):
            self._start_over()
        self._t_s, self._size_px = t_s, size_px
        picture = image_bgr
        if self._brightener is not None:
            picture = self._brightener.step(image_bgr, looking=not self._tracking)
        pose = self._look(t_s, picture, size_px)
        self._choose_turn(found=pose is not None)
        return self._chosen(pose, picture) if pose is not None else None

    def close(self) -> None:
        """Let go of the model. Closing twice is allowed."""
        self._landmarker.close()
        if self._others is not None:
            self._others.close()

    def _start_over(self) -> None:
        self._landmarker.renew()
        self._tracking = False
        if self._choice is not None:
            self._choice.forget()

    def _look(self, t_s: float, picture_bgr: Image, size_px: tuple[int, int]) -> Pose | None:
        """Return the pose seen in the picture at the present turn, in the frame's own pixels."""
        picture = cv2.cvtColor(turned(picture_bgr, self.turn_deg), cv2.COLOR_BGR2RGB)
        seen = self._landmarker.detect(round(t_s * 1000.0), np.asarray(picture, np.uint8))
        return None if seen is None else pose_of(t_s, seen, self.turn_deg, size_px)

    def _chosen(self, pose: Pose, picture_bgr: Image) -> Pose:
        """Return the pose that was found, or that of somebody who is rather to be followed."""
        if self._choice is None or not self._choice.is_due(pose):
            return pose
        if self._others is None:
            self._others = PersonCounter()
        others = self._others.others(picture_bgr, pose, whole=self._choice.whole(pose))
        if self._choice.better(pose, others) is None:
            return pose
        # What the tracker does not see it leaves; from then on it follows the other one.
        self._start_over()
        rather = self._look(pose.t_s, without(picture_bgr, pose), pose.size_px)
        self._tracking = rather is not None
        return rather if rather is not None else pose

    def _choose_turn(self, *, found: bool) -> None:
        """Keep the turn that found somebody; go on to the next one where nobody was found.

        The frame in which somebody is lost was not searched by the detector, so the same turn gets
        one more try: most often they are still there, lying the same way.
        """
        if not found and not self._tracking:
            self._turn = (self._turn + 1) % len(self._turns_deg)
        self._tracking = found


class _Landmarker:
    """MediaPipe's landmarker, which survives what would end it."""

    def __init__(self, model: bytes) -> None:
        self._model = model
        self._inner = new_landmarker(model, video=True, persons=1)
        self._closed = False
        self._clock_ms = -1
        self._warns = True

    def detect(self, time_ms: int, image_rgb: Image) -> Array | None:
        """Return (33, 7): x, y, z as shares of the width and height (z: width), visibility, world.

        A frame at which MediaPipe fails is tried once more with a new landmarker, then given up.
        """
        if self._closed:
            raise ValueError("the pose estimator is closed")
        try:
            return self._detect(time_ms, image_rgb)
        except (RuntimeError, ValueError):
            self.renew()
        try:
            return self._detect(time_ms, image_rgb)
        except (RuntimeError, ValueError):
            self.renew()
            return None

    def renew(self) -> None:
        """Replace the inner landmarker by one that knows nothing of earlier frames."""
        close(self._inner)
        self._inner = new_landmarker(self._model, video=True, persons=1)
        self._clock_ms = -1
        self._warns = True

    def close(self) -> None:
        """Close the inner landmarker; closing twice is allowed."""
        self._closed = True
        close(self._inner)

    def _detect(self, time_ms: int, image_rgb: Image) -> Array | None:
        """Detect, silenced until somebody is first found: only then is the last warning out."""
        self._clock_ms = max(time_ms, self._clock_ms + 1)
        with silenced_stderr() if self._warns else nullcontext():
            result = self._inner.detect_for_video(as_mediapipe(image_rgb), self._clock_ms)
        seen = next(iter(rows_of(result)), None)
        self._warns = self._warns and seen is None
        return seen


def _check(t_s: float, image_bgr: Image) -> None:
    """Raise ValueError for what is not a moment and a picture."""
    if not np.isfinite(t_s):
        raise ValueError(f"t_s is {t_s}, expected a number of seconds")
    shape, kind = image_bgr.shape, image_bgr.dtype
    if len(shape) != CHANNELS or shape[2] != CHANNELS or 0 in shape or kind != np.uint8:
        raise ValueError(f"image is {shape} {kind}, expected (height, width, 3) uint8")
