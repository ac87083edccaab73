"""The printed sheets in a picture: where the corners of their markers are."""

from functools import cache
from typing import Final

import cv2
import numpy as np

from coreline.body.pose import Array
from coreline.camera.source import Image

SHEET_IDS: Final = (0, 1)  # the numbers on the sheets that `calibration/build_sheets.py` prints
CORNERS: Final = 4
# Smaller pictures are enlarged: in simulated rooms 640 pixels across that takes the worst error of
# the yaw from 1.5 degrees to 0.6; at 1280 it is 0.5 as it is.
LARGE_PX: Final = 1280


def dictionary() -> cv2.aruco.Dictionary:
    """Return the family of markers that the sheets are from: 4 x 4 cells, easy to see far away."""
    return cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)


@cache
def _detector() -> cv2.aruco.ArucoDetector:
    settings = cv2.aruco.DetectorParameters()
    settings.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    return cv2.aruco.ArucoDetector(dictionary(), settings)


def find_sheets(image_bgr: Image) -> dict[int, Array]:
    """Return the corners of each sheet's marker that is in the picture, by its number.

    (4, 2) pixels: top left, top right, bottom right, bottom left of the marker as it is printed. A
    sheet that is seen twice, as in a mirror, is none.
    """
    grey = cv2.cvtColor(image_bgr, cv2.COLOR_BGR2GRAY)
    larger = 1 if grey.shape[1] >= LARGE_PX else 2
    if larger > 1:
        grey = cv2.resize(grey, None, fx=larger, fy=larger, interpolation=cv2.INTER_CUBIC)
    corners, ids, _ = _detector().detectMarkers(grey)
    if ids is None:
        return {}
    seen = [int(number) for number in np.asarray(ids).ravel()]
    return {
        number: (np.asarray(place, np.float64).reshape(CORNERS, 2) + 0.5) / larger - 0.5
        for number, place in zip(seen, corners, strict=True)
        if number in SHEET_IDS and seen.count(number) == 1
    }
