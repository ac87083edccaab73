"""A webcam, or a picture stream on the network: only ever its newest frame.

Another process reads the camera, since reading can block for half a minute and drivers crash;
`frames` never waits long. When usable pictures fail to come it says so, and why, within 0.8 s; a
process that hangs is ended and another one started until the camera is back.

The parent asks, the child answers with its newest picture or with how the camera is doing; one
question is open at a time, so neither can run ahead of the other. What the answers mean is decided
by `Watchdog`: usable, in trouble, to be started again, or hopeless after a minute. A child that is
replaced is killed at once and buried later, so that a driver that hangs keeps nobody waiting.
Times never run backward over such a change, and a new child's first picture counts only when it is
another one than the last. Opening is different: the first picture decides whether there is a camera
at all, and what it took to open tells how long to wait for it later.
"""

import logging
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from coreline.camera.awake import AwakeClock
from coreline.camera.child import Child, ChildEndedError
from coreline.camera.devices import Where
from coreline.camera.handover import Answer, Failed, Nothing, PictureReady
from coreline.camera.inspection import same_picture
from coreline.camera.names import cameras, find_camera, name_of, why_not
from coreline.camera.source import Frame, Image, SourceInfo, Trouble
from coreline.camera.watchdog import (
    GIVE_UP_S,
    NO_PICTURES,
    SILENCE_S,
    STUCK_S,
    Patience,
    Watchdog,
)
from coreline.closing import Closing
from coreline.errors import BadSourceError
from coreline.placement.checks import CameraTrouble

__all__ = ["Webcam", "cameras", "find_camera"]

OPENER: Final = "coreline.camera.devices:open_device"
ANSWER_S: Final = 0.08  # how long `frames` waits before it says that nothing is new
OLD_S: Final = 0.3  # an answer that has lain about for so long holds no newest picture
STEP_S: Final = 1e-6  # between two moments that would otherwise be one
USUAL_FPS: Final = 30.0  # of most webcams, for one that says nothing possible
# A driver or stream may say 0 or anything; a stream of 5 a second said 25
FPS_RANGE: Final = (1.0, 240.0)
# How long the first picture may take: some webcams need long to open, none to go on from there.
OPENING_S: Final = 15.0
FIRST_S: Final = 3.0  # what is absent or busy is to be told within this time
LOST_S: Final = 1.0  # of a camera that opened and gives nothing: it would have by then; a guess
ADDRESS_GONE_S: Final = 10.0  # the child asks an address again and again by itself
LONGEST_OPENING_S: Final = 20.0  # Windows was seen to take 12 to 20 s
# Read by OpenCV at import, in the child: without it Windows opens a camera in 12 to 20 s.
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")

_log = logging.getLogger(__name__)


class Webcam(Closing):
    """Frames of a live camera, each stamped with the monotonic clock when it arrived."""

    def __init__(self, where: Where = 0, *, opener: str = OPENER) -> None:
        """Open the camera and wait for its first picture.

        Args:
            where: Number of a webcam, or the address of a stream (http, rtsp).
            opener: `module:function` of what opens it in the child process.

        Raises:
            BadSourceError: There is no such camera, it gives no picture, or cannot be reached.
        """
        self._where, self._opener = where, opener
        self._turn = threading.Lock()  # so that another thread may close it
        self._closed = False
        self._dying: list[Child] = []
        self._awake = AwakeClock(time.monotonic())
        self._told: CameraTrouble | None = None
        self._last: Image | None = None
        self._stamp_s, self._index, self._base = 0.0, -1, 0
        self._child = Child(where, opener)
        try:
            self._info, opening_s = self._first()
        except BaseException:
            self.close()
            raise
        self._patience = _patience(where, opening_s)
        self._watchdog = Watchdog(self._given_s(), self._patience)
        size = f"{self._info.width} x {self._info.height}"
        _log.info("opened in %.1f s: %s, %.0f a second", opening_s, size, self._info.fps)

    @property
    def info(self) -> SourceInfo:
        """Name, size and rate of the camera; the size is that of the latest frame."""
        return self._info

    def frames(self) -> Iterator[Frame | Trouble | None]:
        """Yield the newest frame each time there is one; else None or the trouble, 12 times a s.

        A change of size is told once, before the first frame of the new size; so is a gap that was
        noticed only afterwards.

        Raises:
            BadSourceError: The camera has given no pictures for a minute.
        """
        self._watchdog = Watchdog(self._given_s(), self._patience)
        while True:
            with self._turn:
                if self._closed:
                    return
                items = self._step()
            yield from items

    def close(self) -> None:
        """Let go of the camera and end its process. Closing twice is allowed."""
        with self._turn:
            if not self._closed:
                self._closed = True
                for child in (self._child, *self._dying):
                    child.close()

    def _first(self) -> tuple[SourceInfo, float]:
        """Wait for the first picture; return what it tells, and how long it took to open."""
        begun_s: float | None = None
        while True:
            try:
                answer = self._answer()
            except ChildEndedError as error:
                raise why_not(self._where, "") from error
            now_s = self._given_s()
            begun_s = now_s if begun_s is None and answer is not None else begun_s
            on_s = 0.0 if begun_s is None else now_s - begun_s
            if isinstance(answer, PictureReady):
                self._last = self._child.image(answer)
                return _info(self._where, (answer.width, answer.height), answer.fps), on_s
            if isinstance(answer, Nothing):
                if answer.size_px is not None and on_s > LOST_S:
                    return _info(self._where, answer.size_px, answer.fps), on_s
                self._check_hope(answer, on_s)

    def _check_hope(self, answer: Nothing, on_s: float) -> None:
        """Raise an error where there is no hope for a first picture."""
        lost = answer.kind in NO_PICTURES and on_s > LOST_S
        stuck = answer.stuck_s > (OPENING_S if answer.opening else FIRST_S)
        useless = answer.kind is CameraTrouble.BROKEN and on_s > FIRST_S
        if answer.why is not None or lost or stuck or useless:
            raise why_not(self._where, answer.why or "")

    def _answer(self) -> Answer | None:
        """Return the child's answer; None when it has not come yet.

        Raises:
            ChildEndedError: The child is no more.
            Exception: What went wrong in the child.
        """
        answer = self._child.answer(ANSWER_S)
        if isinstance(answer, PictureReady) and time.monotonic() - answer.t_s > OLD_S:
            answer = self._child.answer(ANSWER_S)
        if isinstance(answer, Failed):
            raise answer.error
        return answer

    def _step(self) -> list[Frame | Trouble | None]:
        """Return what there is to say now."""
        try:
            answer = self._answer()
        except ChildEndedError:
            self._watchdog.ended()
            time.sleep(ANSWER_S)
            return [self._otherwise(self._given_s())]
        now_s = self._given_s()
        if isinstance(answer, PictureReady):
            image = self._child.image(answer)
            if answer.number or self._last is None or not same_picture(image, self._last):
                return self._taken(answer, image)
            self._watchdog.repeated(now_s)
        elif isinstance(answer, Nothing):
            self._watchdog.nothing(answer, now_s)
        else:
            self._watchdog.waiting(now_s)
        return [self._otherwise(now_s)]

    def _taken(self, picture: PictureReady, image: Image) -> list[Frame | Trouble | None]:
        """Return a frame, after what is to be told before it."""
        items: list[Frame | Trouble | None] = []
        size_px = (picture.width, picture.height)
        if size_px != (self._info.width, self._info.height):
            self._info = replace(self._info, width=picture.width, height=picture.height)
            items.append(self._trouble(CameraTrouble.RESIZED, picture.t_s))
        elif picture.gap_s >= SILENCE_S and not self._watchdog.troubled:
            items.append(self._trouble(CameraTrouble.STALLED, picture.t_s))
        self._watchdog.usable(self._given_s() - (time.monotonic() - picture.t_s))
        self._note(None)
        self._last, self._index = image, self._base + picture.number
        items.append(Frame(self._later(picture.t_s), image, self._index))
        return items

    def _otherwise(self, now_s: float) -> Trouble | None:
        """Return the trouble when there is no frame, and start the child again where that may help.

        Raises:
            BadSourceError: It has been too long.
        """
        if self._watchdog.hopeless(now_s):
            raise BadSourceError(
                f"{self._info.name}: no picture for {GIVE_UP_S:.0f} s; {self._fix[0]}",
                nl=f"{self._info.name}: {GIVE_UP_S:.0f} s geen beeld; {self._fix[1]}",
            )
        if self._watchdog.wants_restart(now_s):
            self._restart()
        kind = self._watchdog.trouble(now_s)
        self._note(kind)
        return None if kind is None else self._trouble(kind, time.monotonic())

    @property
    def _fix(self) -> tuple[str, str]:
        """Return what to do, in English and Dutch."""
        if isinstance(self._where, str):
            return "check that it is on and in the network", "kijk of hij aan en in het netwerk is"
        return "check its cable", "kijk de kabel na"

    def _note(self, trouble: CameraTrouble | None) -> None:
        """Have the log tell when trouble begins, changes and ends."""
        if trouble is not self._told:
            _log.warning("gives no usable pictures: %s", trouble) if trouble else _log.info("well")
            self._told = trouble

    def _restart(self) -> None:
        """End the child without waiting for it, and start another."""
        _log.warning("its process is started again")
        self._child.kill()
        self._dying.append(self._child)
        for child in [child for child in self._dying if child.ended]:
            child.close()
            self._dying.remove(child)
        self._base = self._index + 1
        self._child = Child(self._where, self._opener)
        self._watchdog.started(self._given_s())

    def _given_s(self) -> float:
        """Return the time that this thread was given so far."""
        return self._awake.at(time.monotonic())

    def _trouble(self, kind: CameraTrouble, t_s: float) -> Trouble:
        return Trouble(self._later(t_s), kind)

    def _later(self, t_s: float) -> float:
        """Return a moment, later than all that was said before."""
        self._stamp_s = max(t_s, self._stamp_s + STEP_S)
        return self._stamp_s


def _patience(where: Where, opening_s: float) -> Patience:
    """Return how long to wait for this camera, from how long it took to open the first time."""
    patient_s = min(max(STUCK_S, 2.0 * opening_s), LONGEST_OPENING_S)
    if isinstance(where, str):
        return Patience(patient_s, ADDRESS_GONE_S)
    return Patience(patient_s, max(patient_s, Patience().gone_s))


def _info(where: Where, size_px: tuple[int, int], said_fps: float) -> SourceInfo:
    """Return the facts; the size is the real one, cameras do not always give what is asked."""
    fps = said_fps if FPS_RANGE[0] <= said_fps <= FPS_RANGE[1] else USUAL_FPS
    return SourceInfo(name_of(where), width=size_px[0], height=size_px[1], fps=fps)
