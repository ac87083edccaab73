"""The committed PDF of the two sheets as a printer would put it on paper."""

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

PDF = Path(__file__).parents[1] / "calibration" / "sheets.pdf"
PER_INCH = 100
PER_MM = PER_INCH / 25.4


@cache
def pages() -> tuple[NDArray[np.uint8], ...]:
    """Return the pages as pictures, blue green red."""
    with pypdfium2.PdfDocument(PDF) as document:
        return tuple(_picture(page) for page in document)


def _picture(page: pypdfium2.PdfPage) -> NDArray[np.uint8]:
    drawn = page.render(scale=PER_INCH / 72.0).to_numpy()
    if drawn.ndim == 2:
        drawn = cv2.cvtColor(drawn, cv2.COLOR_GRAY2BGR)
    return np.ascontiguousarray(drawn[..., :3])
