"""The loop on the screen: asked for by what it shows, and there once it is decoded.

A loop is decoded on a thread of its own, one at a time, and only the latest is kept: some 17 MB.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from coreline.closing import Closing
from coreline.files.demonstrations import Shown

if TYPE_CHECKING:
    from coreline.screen.demonstration import Loop
    from coreline.screen.scene import Image


class Reel(Closing):
    """The loop on the screen: asked for by what it shows, from the moment it was decoded."""

    def __init__(self, *, waits: bool = False) -> None:
        """Begin with none; `waits` for decoding, where pages are drawn one by one to be kept."""
        self._waits = waits
        self._pool: ThreadPoolExecutor | None = None
        self._shown: Shown | None = None
        self._coming: Future[Loop | None] | None = None
        self._began_s: float | None = None

    def frame(self, shown: Shown, moment_s: float) -> "Image | None":
        """Return the picture of a moment; None while it is being decoded, or without any."""
        if shown != self._shown:
            self._ask_for(shown)
        if self._coming is None or not (self._waits or self._coming.done()):
            return None
        loop = self._coming.result()
        if self._began_s is None:
            self._began_s = moment_s
        return None if loop is None else loop.at(moment_s - self._began_s)

    def close(self) -> None:
        """End the thread. Closing twice is allowed."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self._pool = self._shown = self._coming = None

    def _ask_for(self, shown: Shown) -> None:
        """Let go of the loop there was, and have another one decoded."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, thread_name_prefix="demonstration")
        if self._coming is not None:
            self._coming.cancel()
        self._shown, self._began_s = shown, None
        self._coming = self._pool.submit(_decoded, shown)


def _decoded(shown: Shown) -> "Loop | None":
    """Return a loop, on the thread that decodes; what decodes comes along with the first one."""
    from coreline.screen.demonstration import load_loop  # noqa: PLC0415 - brings OpenCV and numpy

    return load_loop(shown)
