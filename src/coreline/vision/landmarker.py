"""MediaPipe's landmarker as it is offered: without types, so Any ends here and in `landmarks`.

It is imported by name on first use, which is wasted on whoever only wants to read a recording, and
without what it can draw and record with: matplotlib takes five times as long as all the rest of it.
"""

import atexit
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from types import ModuleType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coreline.errors import BadModelError
from coreline.files.streams import silenced_stderr
from coreline.vision.isolation import cut_network

# What MediaPipe imports for parts of it that nothing here asks for.
_UNUSED: Final = ("matplotlib", "matplotlib.pyplot", "sounddevice")
SURE: Final = 0.5  # MediaPipe's own choice
_made: Final[weakref.WeakSet[Any]] = weakref.WeakSet()


def new_landmarker(model: bytes, *, video: bool, persons: int, sure: float = SURE) -> Any:
    """Return a landmarker for the frames of a video, or for single pictures.

    Args:
        model: The bundle, as a file has it.
        video: For the frames of a video, in which people are followed.
        persons: The most people it finds.
        sure: From which confidence somebody is followed, and taken for seen; MediaPipe's default.

    Raises:
        BadModelError: MediaPipe cannot use the model.
    """
    cut_network()
    # The native library writes INFO and W0000 lines on every start, and heeds none of
    # GLOG_minloglevel, TF_CPP_MIN_LOG_LEVEL, absl's flags or its own logging call-back (which adds
    # a listener and silences nothing). Real errors come as exceptions and are not lost.
    with silenced_stderr():
        tasks = _tasks()
        modes = tasks.vision.RunningMode
        options = tasks.vision.PoseLandmarkerOptions(
            base_options=tasks.BaseOptions(model_asset_buffer=model),
            running_mode=modes.VIDEO if video else modes.IMAGE,
            num_poses=persons,
            min_pose_presence_confidence=sure,
            min_tracking_confidence=sure,
        )
        try:
            landmarker = tasks.vision.PoseLandmarker.create_from_options(options)
        except (RuntimeError, ValueError) as error:
            why = str(error).partition("\n")[0]
            raise BadModelError(
                f"MediaPipe cannot use the pose model: {why}",
                nl=f"MediaPipe kan het houdingsmodel niet gebruiken: {why}",
            ) from error
    _made.add(landmarker)
    return landmarker


def _tasks() -> Any:
    """Import MediaPipe's part for pictures, sound and text."""
    # A version that does ask for one of them while it is imported gets it at the second try.
    with suppress(AttributeError, ImportError), _left_out():
        import_module("mediapipe.tasks.python")
    return import_module("mediapipe.tasks.python")


@contextmanager
def _left_out() -> Iterator[None]:
    """Have empty modules in the place of those that are not needed, as far as they are not there.

    Whoever does want them imports them as ever when this is over.
    """
    empty = {name: ModuleType(name) for name in _UNUSED if name not in sys.modules}
    sys.modules.update(empty)
    try:
        yield
    finally:
        for name in empty:
            sys.modules.pop(name, None)  # another thread may have been as quick


def as_mediapipe(image_rgb: NDArray[np.uint8]) -> Any:
    """Return a picture as a landmarker takes it."""
    mediapipe = import_module("mediapipe")
    return mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=image_rgb)


def close(landmarker: Any) -> None:
    """Close a landmarker, which MediaPipe lets one do twice."""
    with silenced_stderr(), suppress(RuntimeError):
        landmarker.close()


def _close_left_open() -> None:
    """Close what is open at the process's end, so that MediaPipe's destructor does not complain."""
    for landmarker in list(_made):
        close(landmarker)


# Registered before MediaPipe registers its own, so run after it: by then closing asks nothing more
# of MediaPipe's thread pool, which has ended.
atexit.register(_close_left_open)
