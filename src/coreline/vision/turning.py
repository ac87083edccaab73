"""Turn a picture by quarter turns, and turn what was seen in it back.

A detector trained on standing people often misses one who lies. The picture is turned clockwise by
`turn_deg`; points and directions found in the turned picture are brought back with the formulas
below, where (w, h) is the size of the picture before turning and y points down:

    90 deg clockwise   (x, y) -> (h - y, x)     so back: (x, y) -> (y, h - x)
    270 deg clockwise  (x, y) -> (y, w - x)     so back: (x, y) -> (w - y, x)
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Array = NDArray[np.float64]

# Who lies with the head left or right is upright after one of them
TURNS_DEG: Final = (0, 90, 270)
_CODES: Final = {90: cv2.ROTATE_90_CLOCKWISE, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
# Column vectors of the turned picture's axes, seen in the picture before turning.
_BACK: Final = {
    0: np.array([[1.0, 0.0], [0.0, 1.0]]),
    90: np.array([[0.0, 1.0], [-1.0, 0.0]]),
    270: np.array([[0.0, -1.0], [1.0, 0.0]]),
}


def turned(image: Image, turn_deg: int) -> Image:
    """Return `image` turned clockwise by `turn_deg`, one of `TURNS_DEG`; by 0 without a copy."""
    if turn_deg == 0:
        return image
    return np.asarray(cv2.rotate(image, _CODES[turn_deg]), np.uint8)


def points_back(xy_px: Array, turn_deg: int, size_px: tuple[int, int]) -> Array:
    """Return points of the turned picture as points of the picture before turning.

    Args:
        xy_px: (n, 2) pixels in the turned picture.
        turn_deg: How far it was turned clockwise, one of `TURNS_DEG`.
        size_px: Width and height before turning.
    """
    width, height = size_px
    origin = {0: (0.0, 0.0), 90: (0.0, float(height)), 270: (float(width), 0.0)}[turn_deg]
    return np.asarray(xy_px @ _BACK[turn_deg].T + np.array(origin), np.float64)


def directions_back(xyz: Array, turn_deg: int) -> Array:
    """Return (n, 3) directions of the turned picture as directions before turning; z stays."""
    return np.column_stack((xyz[:, :2] @ _BACK[turn_deg].T, xyz[:, 2]))
