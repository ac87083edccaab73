"""Pictures to poses: the only module that imports MediaPipe, and only when the first one is made.

Three things are done here that MediaPipe does not do.

Lock-on. Once somebody is tracked, MediaPipe follows them lying in any direction; it is finding
them that fails when they lie. While nobody is tracked, the frame is offered turned by 0, 90 and
270 degrees, one turn a frame, so that looking costs no more than one pass of the detector a frame.
The turn that found somebody is kept while they are tracked. A single landmarker serves all turns:
nothing ties it to a direction while it tracks nobody, and it changes turn only then.

Time. MediaPipe wants whole milliseconds that strictly increase, and one step backward kills it for
good. Equal ones are bumped; after a step backward a new landmarker starts. Poses carry the caller's
own time.

Quiet. See `coreline.vision.isolation`.
"""

import atexit
import weakref
from contextlib import nullcontext, suppress
from importlib import import_module
from types import TracebackType
from typing import Any, Final, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from coreline.body.pose import Pose
from coreline.errors import BadModelError
from coreline.vision.isolation import cut_network, hushed_stderr
from coreline.vision.models import model_bytes
from coreline.vision.turning import TURNS_DEG, directions_back, points_back, turned

Image = NDArray[np.uint8]
Array = NDArray[np.float64]

CHANNELS: Final = 3


class PoseEstimator:
    """Find one person's landmarks, frame after frame.

    Not for use by several threads at once. Making one takes 0.3 s, and 1 to 2 s more for the first
    of a process, which imports MediaPipe.
    """

    def __init__(self, model: str = "full", *, lock_on: bool = True) -> None:
        """Load the model.

        Args:
            model: full, lite or heavy.
            lock_on: Also look for somebody in the turned frame. Off, frames are taken as they are.

        Raises:
            BadModelError: The model is missing or altered, or MediaPipe cannot use it.
        """
        self._landmarker = _Landmarker(model_bytes(model))
        self._turns_deg = TURNS_DEG if lock_on else TURNS_DEG[:1]
        self._turn = 0
        self._tracking = False
        self._size_px: tuple[int, int] | None = None
        self._t_s = -np.inf

    @property
    def turn_deg(self) -> int:
        """How far the frame is turned clockwise before it is looked at: 0, 90 or 270."""
        return self._turns_deg[self._turn]

    def estimate(self, t_s: float, image_bgr: Image) -> Pose | None:
        """Return the pose of the person in the frame, or None when nobody is found.

        Args:
            t_s: Time of the frame, seconds. A step backward is survived: tracking starts anew.
            image_bgr: (height, width, 3) uint8, not mirrored. Another size than before is
                survived too.

        Raises:
            ValueError: The picture has another shape or type, `t_s` is not finite, or the
                estimator is closed.
        """
        _check(t_s, image_bgr)
        size_px = (image_bgr.shape[1], image_bgr.shape[0])
        if t_s < self._t_s or size_px != (self._size_px or size_px):
            self._start_over()
        self._t_s, self._size_px = t_s, size_px
        pose = self._look(t_s, image_bgr)
        self._choose_turn(found=pose is not None)
        return pose

    def close(self) -> None:
        """Let go of the model. Closing twice is allowed."""
        self._landmarker.close()

    def __enter__(self) -> Self:
        """Return the estimator itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def _start_over(self) -> None:
        self._landmarker.renew()
        self._tracking = False

    def _look(self, t_s: float, image_bgr: Image) -> Pose | None:
        """Return the pose seen in the frame at the present turn, in the frame's own pixels."""
        picture = cv2.cvtColor(turned(image_bgr, self.turn_deg), cv2.COLOR_BGR2RGB)
        seen = self._landmarker.detect(round(t_s * 1000.0), np.asarray(picture, np.uint8))
        if seen is None or not np.isfinite(seen).all():
            return None
        return self._pose(t_s, seen, (image_bgr.shape[1], image_bgr.shape[0]))

    def _pose(self, t_s: float, seen: Array, size_px: tuple[int, int]) -> Pose:
        """Return the pose for `seen`, (33, 7) as `_Landmarker.detect` gives it."""
        width, height = size_px if self.turn_deg == 0 else size_px[::-1]
        xyz_px = seen[:, :3] * (width, height, width)
        return Pose(
            t_s=t_s,
            xy_px=points_back(xyz_px[:, :2], self.turn_deg, size_px),
            depth_px=xyz_px[:, 2],
            visibility=seen[:, 3].clip(0.0, 1.0),
            world_m=directions_back(seen[:, 4:], self.turn_deg),
            size_px=size_px,
        )

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
        self._inner = _new_landmarker(model)
        self._closed = False
        self._clock_ms = -1
        self._talkative = True

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
        _close(self._inner)
        self._inner = _new_landmarker(self._model)
        self._clock_ms = -1
        self._talkative = True

    def close(self) -> None:
        """Close the inner landmarker; closing twice is allowed."""
        self._closed = True
        _close(self._inner)

    def _detect(self, time_ms: int, image_rgb: Image) -> Array | None:
        """Detect, hushed until somebody is first found: only then is the last warning out."""
        self._clock_ms = max(time_ms, self._clock_ms + 1)
        with hushed_stderr() if self._talkative else nullcontext():
            seen = _detect(self._inner, self._clock_ms, image_rgb)
        self._talkative = self._talkative and seen is None
        return seen


def _check(t_s: float, image_bgr: Image) -> None:
    """Raise ValueError for what is not a moment and a picture."""
    if not np.isfinite(t_s):
        raise ValueError(f"t_s is {t_s}, expected a number of seconds")
    shape, kind = image_bgr.shape, image_bgr.dtype
    if len(shape) != CHANNELS or shape[2] != CHANNELS or 0 in shape or kind != np.uint8:
        raise ValueError(f"image is {shape} {kind}, expected (height, width, 3) uint8")


# The landmarker itself, as MediaPipe offers it: without types, so Any ends here. It is imported by
# name on first use: that takes a second, matplotlib among it, and is wasted on whoever only wants
# to read a recording.

_made: Final[weakref.WeakSet[Any]] = weakref.WeakSet()


def _new_landmarker(model: bytes) -> Any:
    """Return a landmarker in VIDEO mode for one person, default confidences.

    Raises:
        BadModelError: MediaPipe cannot use the model.
    """
    cut_network()
    with hushed_stderr():
        tasks = import_module("mediapipe.tasks.python")
        options = tasks.vision.PoseLandmarkerOptions(
            base_options=tasks.BaseOptions(model_asset_buffer=model),
            running_mode=tasks.vision.RunningMode.VIDEO,
            num_poses=1,
        )
        try:
            landmarker = tasks.vision.PoseLandmarker.create_from_options(options)
        except (RuntimeError, ValueError) as error:
            why = str(error).partition("\n")[0]
            raise BadModelError(f"MediaPipe cannot use the pose model: {why}") from error
    _made.add(landmarker)
    return landmarker


def _detect(landmarker: Any, time_ms: int, image_rgb: Image) -> Array | None:
    """Return (33, 7) as `_Landmarker.detect` does, or None when nobody is found."""
    mediapipe = import_module("mediapipe")
    image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=image_rgb)
    result = landmarker.detect_for_video(image, time_ms)
    if not result.pose_landmarks:
        return None
    rows = zip(result.pose_landmarks[0], result.pose_world_landmarks[0], strict=True)
    return np.array([(p.x, p.y, p.z, p.visibility, w.x, w.y, w.z) for p, w in rows])


def _close(landmarker: Any) -> None:
    """Close the landmarker, which MediaPipe lets one do twice."""
    with hushed_stderr(), suppress(RuntimeError):
        landmarker.close()


def _close_left_open() -> None:
    """Close what is still open when the process ends, lest MediaPipe's destructor complain."""
    for landmarker in list(_made):
        _close(landmarker)


# Registered before MediaPipe registers its own, so run after it: by then closing asks nothing more
# of MediaPipe's thread pool, which has ended.
atexit.register(_close_left_open)
