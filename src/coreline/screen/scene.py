"""What the window is handed to show: values only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coreline.body.pose import Pose
from coreline.session.view import View

Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One moment to show.

    Attributes:
        view: The session's moment; None until the session has begun.
        image_bgr: The newest picture, (height, width, 3), as the camera gave it.
        pose: The pose found in this very picture, or shortly before.
        silent: No sound is heard, by choice or for want of a sound device.
        stale: The camera has given no new picture for a while.
        muted: The silence is by choice.
        recording: The session's video is being recorded.
        slow: Pictures come too rarely to judge well.
        light: The light pose model is used, since the machine is too slow for the usual one.
        blurred: The picture is blurred.
        mirror: The picture is shown as in a mirror.
        unkept: What is done is not on the disk, for want of a journal or of a disk that takes it.
    """

    view: View | None = None
    image_bgr: Image | None = None
    pose: Pose | None = None
    silent: bool = False
    stale: bool = False
    muted: bool = False
    recording: bool = False
    slow: bool = False
    light: bool = False
    blurred: bool = False
    mirror: bool = True
    unkept: bool = False

    @property
    def circumstances(self) -> tuple[bool, ...]:
        """Return all that is known beside view, picture and pose: what marks are shown, and how."""
        sound = self.silent, self.muted
        picture = self.stale, self.slow, self.light, self.blurred, self.mirror
        return (*sound, *picture, self.recording, self.unkept)
