"""The child process that reads the camera: all that can hang or crash does so in here.

Its main thread opens the camera and reads it (macOS asks for permission on the main thread of a
process); another one answers the parent. When the parent is gone, however it ended, the link
breaks and the child ends too.

The reader opens, reads until the camera is lost, waits a moment and opens again, for ever: it never
decides that it is over. Between the threads is the `Mailbox`, which keeps one picture, the newest
that could be used, and since when which call has been under way. So an answer is there at once even
while a read hangs, and tells how long it has hung; a picture that nobody fetched is overwritten.
How long something has taken is told in time that this process was given, see `AwakeClock`: it looks
at the clock whether it is asked or not, and its own lateness tells that the machine was busy.
Errors that nobody foresaw travel to the parent, which raises them: a child has nobody to tell.
"""

import math
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from typing import Final

from coreline.camera.awake import AwakeClock
from coreline.camera.decoder_output import DecoderOutput
from coreline.camera.devices import CameraDevice, CannotOpenError, Given, OpenDevice, Where
from coreline.camera.handover import (
    ANSWER_S,
    Answer,
    Failed,
    Nothing,
    PictureReady,
    write_picture,
)
from coreline.camera.inspection import Inspector, within_limits
from coreline.camera.source import Image
from coreline.placement.checks import CameraTrouble

# A camera that was plugged in again is noticed soon, and one that is away not asked all the time
RETRY_S: Final = 0.25
LOOK_S: Final = 0.06  # between two looks at the clock while nobody asks
# A machine that was busy for so long was more likely suspended: who trains has stood up meanwhile.
STOPPED_S: Final = 2.0
LET_GO_S: Final = 0.5  # for the camera to be let go of before the process is ended by force


class Mailbox:
    """Between the two threads: the newest usable picture, and how the camera is doing."""

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        """Begin with no picture; `clock_s` tells the time."""
        self.stop = threading.Event()
        self._change = threading.Condition()
        self._newest: tuple[float, Image] | None = None
        self._usable = 0
        self._gap_s = 0.0
        self._kind: CameraTrouble | None = None
        self._why: str | None = None
        self._size_px: tuple[int, int] | None = None
        self._fps = 0.0
        self._error: Exception | None = None
        self._clock_s, self._awake = clock_s, AwakeClock(clock_s())
        # In time that this process was given; what comes with a picture is on the common clock
        self._usable_s = self._any_s = -math.inf
        self._usable_t_s = 0.0
        self._call_s, self._opening = 0.0, True

    def call(self, *, opening: bool) -> None:
        """Note that the camera is being asked for something now."""
        with self._change:
            self._call_s, self._opening = self._given_s(), opening

    def opened(self, fps: float) -> None:
        """Note that the camera has been opened."""
        with self._change:
            self._why, self._fps = None, fps

    def absent(self, error: CannotOpenError) -> None:
        """Note that the camera cannot be opened."""
        with self._change:
            self._kind, self._why = error.kind, error.why

    def put(self, t_s: float, image: Image) -> None:
        """Note a usable picture in place of the one before."""
        with self._change:
            given_s = self._arrived(image)
            if self._usable:
                self._gap_s = max(self._gap_s, given_s - self._usable_s, self._stopped_s(t_s))
            self._usable_t_s = t_s
            self._newest, self._kind = (t_s, image), None
            self._usable_s, self._usable = given_s, self._usable + 1
            self._change.notify()

    def refuse(self, kind: CameraTrouble, image: Image | None) -> None:
        """Note what came in place of a usable picture."""
        with self._change:
            self._kind = kind
            if image is not None or kind is CameraTrouble.BROKEN:
                self._arrived(image)

    def fail(self, error: Exception) -> None:
        """Note an error that the parent is to raise."""
        with self._change:
            self._error = error
            self._change.notify()

    def look(self) -> None:
        """Look at the clock, so that none of the time that this process is given goes uncounted."""
        with self._change:
            self._given_s()

    def answer(self, memory: SharedMemory) -> Answer:
        """Return what is to be told now, after a short wait for a picture."""
        with self._change:
            self._given_s()
            self._change.wait_for(lambda: self._newest or self._error, ANSWER_S)
            if self._error is not None:
                return Failed(self._error)
            if self._newest is None:
                return self._nothing()
            t_s, image = self._newest
            write_picture(memory, image)
            height, width = image.shape[:2]
            gap_s, self._newest, self._gap_s = self._gap_s, None, 0.0
            return PictureReady(t_s, width, height, self._usable - 1, gap_s, self._fps)

    def _given_s(self) -> float:
        return self._awake.at(self._clock_s())

    def _stopped_s(self, t_s: float) -> float:
        """Return for how long everything stood still before a picture; 0 where it did not."""
        gap_s = t_s - self._usable_t_s
        return gap_s if gap_s > STOPPED_S else 0.0

    def _arrived(self, image: Image | None) -> float:
        self._any_s = self._given_s()
        if image is not None:
            self._size_px = (image.shape[1], image.shape[0])
        return self._any_s

    def _nothing(self) -> Nothing:
        now_s = self._given_s()
        return Nothing(
            kind=self._kind,
            unusable_s=now_s - self._usable_s,
            silent_s=now_s - self._any_s,
            stuck_s=now_s - self._call_s,
            opening=self._opening,
            why=self._why,
            size_px=self._size_px,
            fps=self._fps,
        )


def run(link: Connection, memory_name: str, where: Where, opener: str) -> None:
    """Be the child process: read a camera until the link breaks.

    Args:
        link: To the parent.
        memory_name: Of the shared memory.
        where: Number of a webcam, or an address.
        opener: `module:function` of what opens it.
    """
    _leave_ctrl_c_to_the_parent()
    decoder_output, mailbox = DecoderOutput(), Mailbox()
    memory = SharedMemory(memory_name)
    threading.Thread(target=_answer, args=(link, memory, mailbox), daemon=True).start()
    try:
        _Reader(where, _named(opener), mailbox, decoder_output).run()
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent raises it
        mailbox.fail(_portable(error))
        mailbox.stop.wait()


class _Reader:
    """Reads the camera, and opens it again whenever it is lost."""

    def __init__(
        self, where: Where, opener: OpenDevice, mailbox: Mailbox, decoder_output: DecoderOutput
    ) -> None:
        self._where, self._opener = where, opener
        self._mailbox, self._decoder_output = mailbox, decoder_output
        self._inspector = Inspector()

    def run(self) -> None:
        while not self._mailbox.stop.is_set():
            if (device := self._opened()) is not None:
                self._read_on(device)
            self._mailbox.stop.wait(RETRY_S)

    def _opened(self) -> CameraDevice | None:
        self._mailbox.call(opening=True)
        try:
            device = self._opener(self._where)
        except CannotOpenError as error:
            self._mailbox.absent(error)
            return None
        self._mailbox.opened(device.fps)
        return device

    def _read_on(self, device: CameraDevice) -> None:
        """Read until the camera is lost, or this is to end."""
        try:
            while not self._mailbox.stop.is_set():
                self._mailbox.call(opening=False)
                if not self._take(device.read()):
                    return
        finally:
            device.release()

    def _take(self, given: Given) -> bool:
        """Note what was read; return whether there is a point in reading on."""
        t_s = time.monotonic()
        damaged = self._decoder_output.reports_damage()
        if isinstance(given, CameraTrouble):
            self._mailbox.refuse(given, None)
            return given is CameraTrouble.BROKEN
        image = within_limits(given)
        kind = CameraTrouble.BROKEN if damaged else self._inspector.objection(image)
        if kind is None:
            self._mailbox.put(t_s, image)
        else:
            self._mailbox.refuse(kind, image)
        return True


def _answer(link: Connection, memory: SharedMemory, mailbox: Mailbox) -> None:
    """Answer the parent until it is gone; this is the second thread."""
    try:
        while True:
            while not link.poll(LOOK_S):
                mailbox.look()
            link.recv()
            link.send(mailbox.answer(memory))
    except (EOFError, OSError):
        mailbox.stop.set()
    threading.main_thread().join(LET_GO_S)
    os._exit(0)


def _leave_ctrl_c_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _named(opener: str) -> OpenDevice:
    module, _, function = opener.partition(":")
    found: OpenDevice = getattr(import_module(module), function)
    return found


def _portable(error: Exception) -> Exception:
    """Return an error that can be sent to another process."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - anything may go wrong in somebody's pickling
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
