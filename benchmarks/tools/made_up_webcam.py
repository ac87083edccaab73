"""A webcam that is not there, read by the program's own process for cameras.

Its address, `webcam:///FILE?epoch=S&numbers=N`, names a file that holds one word: `good`, `webcam
hangs` (the driver never comes back), `webcam gives up` (it says that there is no picture), `busy`.
"""

import time
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

from coreline.camera.devices import CameraDevice, CannotOpenError, OpenCvDevice, Where
from tools.faulty_server import picture

OPENER: Final = "tools.made_up_webcam:open_made_up"
HANGS, GIVES_UP, BUSY = "webcam hangs", "webcam gives up", "busy"
FPS: Final = 30.0


class MadeUpWebcam:
    """A webcam that a session can be failed with, as `fault_stage.Server` is."""

    def __init__(self, folder: Path, numbers: int) -> None:
        """Let it work; its pictures are numbered by the clock from now on."""
        self.epoch_s = time.monotonic()
        self._control, self._numbers = folder / "webcam", numbers
        self.repair()

    @property
    def address(self) -> str:
        """Where it is."""
        return f"webcam://{self._control}?epoch={self.epoch_s}&numbers={self._numbers}"

    def fail(self, fault: str) -> None:
        """Say in the file how to fail; all at once, since it is read all the time."""
        new = self._control.with_suffix(".new")
        new.write_text(fault, encoding="ascii")
        new.replace(self._control)

    def repair(self) -> None:
        """Say that all is well."""
        self.fail("good")

    def close(self) -> None:
        """There is nothing to let go of."""


class _MadeUp:
    """What OpenCV makes of a webcam, without one."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        asked = parse_qs(parts.query)
        self._control = Path(parts.path)
        self._epoch_s, self._numbers = float(asked["epoch"][0]), int(asked["numbers"][0])

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        """Say whether it is there."""
        return self.state() != GIVES_UP

    def read(self) -> tuple[bool, object]:
        """Wait for a picture, for ever where it hangs."""
        time.sleep(1.0 / FPS)
        if self.state() == HANGS:
            time.sleep(3600.0)
        if self.state() == GIVES_UP:
            return False, None
        return True, picture(int((time.monotonic() - self._epoch_s) * FPS) % self._numbers)

    def get(self, _prop: int, /) -> float:
        """Return the rate, whatever is asked for."""
        return FPS

    def release(self) -> None:
        """There is nothing to let go of."""

    def state(self) -> str:
        """Return how it is."""
        return self._control.read_text(encoding="ascii")


def open_made_up(where: Where) -> CameraDevice:
    """Open the made-up webcam; this runs in the process that reads it."""
    capture = _MadeUp(str(where))
    if capture.state() == BUSY:
        raise CannotOpenError("device or resource busy")
    return OpenCvDevice(capture)
