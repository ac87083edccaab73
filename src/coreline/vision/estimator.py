"""Pictures to poses: one person followed from frame to frame.

Seven things are done here that MediaPipe does not do.

Lock-on. Once somebody is tracked, MediaPipe follows them lying in any direction; it is finding
them that fails when they lie. While nobody is tracked, the frame is offered turned by 0, 90 and
270 degrees, one turn a frame, so that looking costs no more than one pass of the detector a frame.
The turn that found somebody is kept while they are tracked. A single landmarker serves all turns:
nothing ties it to a direction while it tracks nobody, and it changes turn only then.

Light. A dark picture is lightened first, see `coreline.vision.brightening`; any other is not
touched.

Blur. Poses of a picture that is blurred say so, see `coreline.vision.sharpness`.

Company. Of two people the one who lies is followed, see `coreline.vision.choosing`.

Doubt. What is followed may be no body, or nobody is found who is there: then they are looked for
where they may lie, see `coreline.vision.doubting` and `coreline.vision.showing`, and followed with
what surrounds them left out, see `coreline.vision.surroundings`.

Time. MediaPipe wants whole milliseconds that strictly increase, and one step backward kills it for
good. Equal ones are bumped; after a step backward a new landmarker starts. Poses carry the caller's
own time.

Quiet. See `coreline.vision.landmarker`.
"""

from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from coreline.body.pose import Pose
from coreline.closing import Closing
from coreline.vision.brightening import Brightener
from coreline.vision.choosing import PersonChooser
from coreline.vision.doubting import Doubts
from coreline.vision.landmarker import SURE
from coreline.vision.landmarks import pose_of
from coreline.vision.models import model_bytes
from coreline.vision.persons import PersonCounter, without
from coreline.vision.sharpness import BlurWatch
from coreline.vision.showing import OtherLook
from coreline.vision.surroundings import Surroundings
from coreline.vision.tracker import Tracker
from coreline.vision.turning import TURNS_DEG, turned

Image = NDArray[np.uint8]

CHANNELS: Final = 3  # of colour, and the dimensions of a picture
LEFT_S: Final = 2.0  # a guess: who is not seen for so long has left


class PoseEstimator(Closing):
    """Find one person's landmarks, frame after frame.

    Not for use by several threads at once. Making one takes 0.3 s, and 1 to 2 s more for the first
    of a process, which imports MediaPipe.
    """

    def __init__(
        self, model: str = "full", *, lock_on: bool = True, blur: BlurWatch | None = None
    ) -> None:
        """Load the model.

        Args:
            model: full, lite or heavy.
            lock_on: Also look for somebody in the turned frame, for one who lies while another
                stands, in a dark frame made lighter, and for the body where what is seen cannot
                be one, and say whether the frame is blurred. Off, frames are taken as they are.
            blur: What is known of the frames' blur from before; None for nothing.

        Raises:
            BadModelError: The model is missing or altered, or MediaPipe cannot use it.
        """
        self._model = model_bytes(model)
        self._landmarker = Tracker(self._model)
        self._turns_deg = TURNS_DEG if lock_on else TURNS_DEG[:1]
        self._turn = 0
        self._tracking = False
        self._brightener = Brightener() if lock_on else None
        self._blur = (blur or BlurWatch()) if lock_on else None
        self._choice = PersonChooser() if lock_on else None
        self._others: PersonCounter | None = None
        self._doubts = Doubts() if lock_on else None
        self._elsewhere: OtherLook | None = None
        self._surroundings = Surroundings()
        self._size_px: tuple[int, int] | None = None
        self._t_s = self._seen_s = -np.inf

    @property
    def turn_deg(self) -> int:
        """How far the frame is turned clockwise before it is looked at: 0, 90 or 270."""
        return self._turns_deg[self._turn]

    @property
    def persons_seen(self) -> int | None:
        """The most people that were seen at once; None before anybody was looked for."""
        return self._choice.persons if self._choice else None

    @property
    def persons_now(self) -> int | None:
        """How many people there were when it was last looked and sure; None before that."""
        return self._choice.now if self._choice else None

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
        pose = self._look(t_s, self._surroundings.left_out(picture), size_px)
        self._choose_turn(found=pose is not None)
        self._surroundings.step(t_s, pose)
        pose = self._believed(t_s, pose, picture, size_px)
        self._let_go(t_s, found=pose is not None)
        blurred = self._blur is not None and self._blur.step(t_s, image_bgr)
        if pose is None:
            return None
        return replace(self._chosen(pose, picture), blurred=blurred)

    def close(self) -> None:
        """Let go of the model. Closing twice is allowed."""
        self._landmarker.close()
        for looks in (self._others, self._elsewhere):
            if looks is not None:
                looks.close()

    def _start_over(self) -> None:
        self._landmarker.renew()
        self._tracking = False
        self._surroundings.forget()
        if self._choice is not None:
            self._choice.forget()
        if self._doubts is not None:
            self._doubts.forget()
        if self._elsewhere is not None:  # its clock may be ahead
            self._elsewhere.close()
            self._elsewhere = None

    def _look(self, t_s: float, picture_bgr: Image, size_px: tuple[int, int]) -> Pose | None:
        """Return the pose seen in the picture at the present turn, in the frame's own pixels."""
        picture = cv2.cvtColor(turned(picture_bgr, self.turn_deg), cv2.COLOR_BGR2RGB)
        seen = self._landmarker.detect(round(t_s * 1000.0), np.asarray(picture, np.uint8))
        return None if seen is None else pose_of(t_s, seen, self.turn_deg, size_px)

    def _believed(
        self, t_s: float, pose: Pose | None, picture_bgr: Image, size_px: tuple[int, int]
    ) -> Pose | None:
        """Return the pose that was seen, or that of the body it cannot be, found anew."""
        place = None if self._doubts is None else self._doubts.step(t_s, pose, size_px)
        if place is None:
            return pose
        if self._elsewhere is None:
            self._elsewhere = OtherLook(self._model)
        rather = self._elsewhere.look(t_s, picture_bgr, place)
        if rather is None:
            return pose
        self._landmarker = self._elsewhere.exchanged(self._landmarker)
        self._turn, self._tracking = 0, True
        self._surroundings.found(t_s, rather)
        return rather

    def _let_go(self, t_s: float, *, found: bool) -> None:
        """Be as sure as ever of the next person once the one who was found anew has left."""
        if found:
            self._seen_s = t_s
        elif self._landmarker.sure != SURE and t_s - self._seen_s > LEFT_S:
            self._landmarker.close()
            self._landmarker = Tracker(self._model)

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


def _check(t_s: float, image_bgr: Image) -> None:
    """Raise ValueError for what is not a moment and a picture."""
    if not np.isfinite(t_s):
        raise ValueError(f"t_s is {t_s}, expected a number of seconds")
    shape, kind = image_bgr.shape, image_bgr.dtype
    if len(shape) != CHANNELS or shape[2] != CHANNELS or 0 in shape or kind != np.uint8:
        raise ValueError(f"image is {shape} {kind}, expected (height, width, 3) uint8")
