"""OpenCV on the thread that calls it, and on no other.

By itself it shares out even a picture of a webcam among all cores, in a tenth of a millisecond,
and the threads that helped then look for more work, again and again, before they go to sleep: at
thirty pictures a second they cost more than the work (0.6 ms of processor time a change of colours
of 640 x 480, on one thread 0.2; a tenth of a whole session).
"""

from collections.abc import Iterator
from contextlib import contextmanager

import cv2


@contextmanager
def on_one_thread() -> Iterator[None]:
    """Have OpenCV work on one thread meanwhile; it is set for the whole process."""
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(before)
