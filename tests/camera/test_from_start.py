"""Times from the first frame on, whatever the clock of the machine says."""

from collections.abc import Iterator
from typing import Self

import numpy as np
import pytest

from coreline.camera.from_start import FromStart
from coreline.camera.source import Frame, SourceInfo, Trouble
from coreline.placement.checks import CameraTrouble

IMAGE = np.zeros((4, 4, 3), np.uint8)
UPTIME_S = 20_050.0


class Camera:
    """A camera of a machine that has run for hours."""

    def __init__(self) -> None:
        self.entered = self.left = 0

    @property
    def info(self) -> SourceInfo:
        return SourceInfo("camera 0", 4, 4, 15.0)

    def frames(self) -> Iterator[Frame | Trouble | None]:
        yield None
        yield Frame(UPTIME_S, IMAGE, 0)
        yield Frame(UPTIME_S + 0.5, IMAGE, 1)
        yield Trouble(UPTIME_S + 1.5, CameraTrouble.FROZEN)
        yield Frame(UPTIME_S + 2.0, IMAGE, 4)

    def __enter__(self) -> Self:
        self.entered += 1
        return self

    def __exit__(self, *_: object) -> None:
        self.left += 1


def test_times_count_from_the_first_frame() -> None:
    camera = Camera()
    with FromStart(camera) as source:
        items = list(source.frames())
    assert items[0] is None
    assert [item.t_s for item in items if item] == pytest.approx([0.0, 0.5, 1.5, 2.0])
    assert [item.index for item in items if isinstance(item, Frame)] == [0, 1, 4]
    assert all(item.image_bgr is IMAGE for item in items if isinstance(item, Frame))
    assert isinstance(items[3], Trouble)
    assert items[3].kind is CameraTrouble.FROZEN
    assert source.info.name == "camera 0"
    assert (camera.entered, camera.left) == (1, 1)
