"""The thread in which poses are found, so that the window waits for none of it.

Frames are taken one by one from whatever gives them; a camera gives its newest, so what this
thread is too slow for is never seen. Results come out in order. Importing and loading the model
happens here too, while the window is already there.

It runs until the frames end, something is raised, or it is told to stop. Results wait in a short
queue; while that is full the thread waits too: a recording stays whole, and a camera skips.
What is raised in the thread is raised again by `drain`, after all that was found before it.
"""

import queue
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeGuard, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from coreline.body.pose import Pose
from coreline.closing import Closing
from coreline.placement.checks import CameraTrouble

WAITING: Final = 8  # results kept for a window that is busy; more would only grow old
CHECK_S: Final = 0.1  # so soon a worker that waits for room notices that it is to stop


class FrameLike(Protocol):
    """What is needed of a frame."""

    @property
    def t_s(self) -> float:
        """Time of the frame, seconds."""
        ...

    @property
    def image_bgr(self) -> NDArray[np.uint8]:
        """The picture, (height, width, 3)."""
        ...


class Mishap(Protocol):
    """What is needed of the news that the camera gives no usable picture."""

    @property
    def t_s(self) -> float:
        """When it was noticed, on the clock of the frames."""
        ...

    @property
    def kind(self) -> CameraTrouble:
        """What is wrong."""
        ...


class Estimator(Protocol):
    """What is needed of a pose estimator."""

    def estimate(self, t_s: float, image_bgr: NDArray[np.uint8], /) -> Pose | None:
        """Return the pose in a picture."""
        ...


FrameT = TypeVar("FrameT", bound=FrameLike)


@dataclass(frozen=True, slots=True, eq=False)
class Seen(Generic[FrameT]):
    """A frame and the pose in it; both None when the camera had nothing new.

    `arrived_s` is when it reached this thread, on the worker's clock. `trouble` is why there is no
    frame, where the camera says so. `looked` is False of a frame in which no pose was looked for.
    """

    frame: FrameT | None
    pose: Pose | None
    arrived_s: float
    trouble: Mishap | None = None
    looked: bool = True


def _every(_t_s: float) -> bool:
    return True


def _is_frame(item: FrameT | Mishap) -> TypeGuard[FrameT]:
    """Say whether it has a picture. To ask for all of a protocol takes 50 us, of each."""
    return hasattr(item, "image_bgr")


class Worker(Closing, Generic[FrameT]):
    """Finds poses in frames on a thread of its own. Use it as a context manager."""

    def __init__(
        self,
        frames: Iterable[FrameT | Mishap | None],
        make_estimator: Callable[[], AbstractContextManager[Estimator]],
        clock_s: Callable[[], float] = time.monotonic,
        wants: Callable[[float], bool] = _every,
    ) -> None:
        """Start the thread, which makes the estimator and then begins to take frames.

        Args:
            frames: What gives frames; it is asked for them in the thread.
            make_estimator: Called in the thread; what it returns finds the poses.
            clock_s: Says when a frame has arrived, seconds.
            wants: Says of a frame, by its time, whether to look for a pose; asked in the thread.
        """
        self._clock_s, self._wants = clock_s, wants
        self._results: queue.Queue[Seen[FrameT]] = queue.Queue(WAITING)
        self._stop = threading.Event()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vision")
        self._work: Future[None] = self._pool.submit(self._run, frames, make_estimator)

    @property
    def ended(self) -> bool:
        """Say whether the frames have come to an end and every result was handed out."""
        return self._work.done() and self._results.empty()

    def drain(self, wait_s: float = 0.0) -> list[Seen[FrameT]]:
        """Return what has been found since the last call, oldest first.

        Args:
            wait_s: How long to wait for the first; 0 returns at once.

        Raises:
            Exception: Whatever was raised in the thread, once all it found before is handed out.
        """
        if self.ended:
            self._work.result()
            return []
        found = self._first(wait_s)
        while len(found) < WAITING and not self._results.empty():
            found.append(self._results.get_nowait())
        return found

    def close(self) -> None:
        """Stop and join the thread; what was not handed out is lost. Closing twice is allowed."""
        self._stop.set()
        self._pool.shutdown(wait=True)

    def _first(self, wait_s: float) -> list[Seen[FrameT]]:
        if wait_s <= 0 and self._results.empty():
            return []  # sooner than by the exception that the queue would raise
        try:
            return [self._results.get(block=wait_s > 0, timeout=wait_s or None)]
        except queue.Empty:
            return []

    def _run(
        self,
        frames: Iterable[FrameT | Mishap | None],
        make_estimator: Callable[[], AbstractContextManager[Estimator]],
    ) -> None:
        """Find poses until told to stop; this is the thread."""
        with make_estimator() as estimator:
            for item in frames:
                if self._stop.is_set():
                    return
                self._hand_out(self._seen(item, estimator, self._clock_s()))

    def _seen(
        self, item: FrameT | Mishap | None, estimator: Estimator, arrived_s: float
    ) -> Seen[FrameT]:
        """Return what was seen; trouble, nothing new and what is not wanted pass as they are."""
        if item is None:
            return Seen(None, None, arrived_s)
        if not _is_frame(item):
            return Seen(None, None, arrived_s, trouble=cast("Mishap", item))
        if not self._wants(item.t_s):
            return Seen(item, None, arrived_s, looked=False)
        return Seen(item, estimator.estimate(item.t_s, item.image_bgr), arrived_s)

    def _hand_out(self, seen: Seen[FrameT]) -> None:
        """Queue a result, waiting for room unless told to stop."""
        while not self._stop.is_set():
            try:
                self._results.put(seen, timeout=CHECK_S)
            except queue.Full:
                continue
            return
