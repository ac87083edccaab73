"""What a page is on paper: the sizes of its texts, how far each sheet is filled, its last line."""

from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

MARGIN_PT = 34.0  # of the sheet, above and below
_A_LINE_PT = 6.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed page."""

    width_pt: float
    height_pt: float
    sizes_pt: frozenset[float]
    lowest_pt: float
    last_line: str

    @property
    def filled(self) -> float:
        """Return how far down the sheet anything is drawn or written, 0 to 1."""
        room_pt = self.height_pt - 2.0 * MARGIN_PT
        return (self.lowest_pt - MARGIN_PT) / room_pt


def sheets(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of a PDF."""
    with pypdfium2.PdfDocument(path) as document:
        return tuple(_sheet(page) for page in document)


def _sheet(page: pypdfium2.PdfPage) -> Sheet:
    width_pt, height_pt = page.get_size()
    sizes_pt, lowest_pt, text_pt = set(), height_pt, height_pt  # from the bottom of the paper
    for each in page.get_objects():
        _, bottom_pt, _, top_pt = each.get_bounds()
        # The white of the sheet lies behind everything.
        if top_pt - bottom_pt < 0.9 * height_pt:
            lowest_pt = min(lowest_pt, bottom_pt)
        if each.type == pdfium.FPDF_PAGEOBJ_TEXT and top_pt > bottom_pt:
            sizes_pt.add(round(_size_pt(each), 2))
            text_pt = min(text_pt, bottom_pt)
    line = page.get_textpage().get_text_bounded(0.0, text_pt, width_pt, text_pt + _A_LINE_PT)
    lines = line.split("\n")
    last = " ".join(lines[-1].split())
    return Sheet(width_pt, height_pt, frozenset(sizes_pt), height_pt - lowest_pt, last)


def _size_pt(text: pypdfium2.PdfObject) -> float:
    """Return how large a text is on paper, whatever it was scaled by."""
    size = pdfium.c_float()
    pdfium.FPDFTextObj_GetFontSize(text.raw, size)
    matrix = text.get_matrix()
    return float(size.value) * sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
