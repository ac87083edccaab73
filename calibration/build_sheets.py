"""Draw the two sheets that stand at the ends of the mat, as a PDF of plain shapes and letters.

python calibration/build_sheets.py [--check] [FILE]

`--check` only says whether the file is what this script draws. The bytes are the same every time:
the PDF holds no date, no picture and no font, only the letters that every reader has.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2

from coreline.camera.markers import SHEET_IDS, dictionary
from coreline.data_files import load_placement

PLACE = Path(__file__).parent / "sheets.pdf"
PAGE_MM = (210.0, 297.0)
POINTS_PER_MM = 72.0 / 25.4
RULER_MM = 100
MARGIN_MM = 21.0

_TEXT = (
    (
        "Coreline: blad {number} van 2",
        (
            "Print op 100 %, zonder 'aanpassen aan pagina'. Meet de lijn onderaan na: 100 mm.",
            "Zet elk blad rechtop aan een eind van de mat, met de onderkant op de grond, tegen",
            "iets dat recht staat (een doos, een pak melk), de zwarte kant naar de camera.",
        ),
    ),
    (
        "Coreline: sheet {number} of 2",
        (
            "Print at 100 %, without 'fit to page'. Measure the line at the bottom: 100 mm.",
            "Stand each sheet upright at one end of the mat, its lower edge on the floor, against",
            "something that stands straight (a box, a carton), the black side to the camera.",
        ),
    ),
)


def sheets_pdf() -> bytes:
    """Return the PDF."""
    pages = [_page(number) for number in range(len(SHEET_IDS))]
    return _pdf([content.encode("cp1252") for content in pages])


def _page(number: int) -> str:
    """Return a page's drawing: marker, texts, ruler and edge."""
    return "\n".join([*_marker(SHEET_IDS[number]), *_texts(number + 1), *_ruler()]) + "\n"


def _marker(marker_id: int) -> Iterator[str]:
    """Yield the marker's black cells, row by row, cells side by side in one."""
    rules = load_placement().sheets
    size = dictionary().markerSize + 2
    cells = cv2.aruco.generateImageMarker(dictionary(), marker_id, size)
    cell_mm = rules.marker_mm / size
    left_mm = (PAGE_MM[0] - rules.marker_mm) / 2.0
    for row, line in enumerate(cells):
        bottom_mm = rules.foot_mm + (size - 1 - row) * cell_mm
        start = 0
        while start < size:
            end = start
            while end < size and line[end] == line[start]:
                end += 1
            if line[start] == 0:
                yield _box(left_mm + start * cell_mm, bottom_mm, (end - start) * cell_mm, cell_mm)
            start = end


def _texts(number: int) -> Iterator[str]:
    """Yield the texts above the marker, Dutch and English."""
    top_mm = PAGE_MM[1] - 13.0
    for title, lines in _TEXT:
        yield _words(title.format(number=number), "Bold", 13, MARGIN_MM, top_mm)
        for place, line in enumerate(lines):
            yield _words(line, "Plain", 10, MARGIN_MM, top_mm - 5.0 * (place + 1))
        top_mm -= 28.0


def _ruler() -> Iterator[str]:
    """Yield a line to measure, with a tick each centimetre, and the lower edge's name."""
    left_mm, height_mm = (PAGE_MM[0] - RULER_MM) / 2.0, 32.0
    yield _box(left_mm, height_mm - 0.2, RULER_MM, 0.4)
    for place_mm in range(0, RULER_MM + 1, 10):
        tall_mm = 5.0 if place_mm % 50 == 0 else 3.0
        yield _box(left_mm + place_mm - 0.15, height_mm, 0.3, tall_mm)
        yield _words(str(place_mm), "Plain", 8, left_mm + place_mm - 1.5, height_mm - 4.5)
    yield _words("mm", "Plain", 8, left_mm + RULER_MM + 5.0, height_mm - 4.5)
    words = "Deze kant op de grond  -  this edge on the floor"
    yield _words(words, "Bold", 11, left_mm, 14.0)


def _box(left_mm: float, bottom_mm: float, width_mm: float, height_mm: float) -> str:
    places = (left_mm, bottom_mm, width_mm, height_mm)
    return " ".join(f"{each * POINTS_PER_MM:.3f}" for each in places) + " re f"


def _words(text: str, font: str, points: int, left_mm: float, bottom_mm: float) -> str:
    safe = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    x, y = left_mm * POINTS_PER_MM, bottom_mm * POINTS_PER_MM
    return f"BT /{font} {points} Tf {x:.3f} {y:.3f} Td ({safe}) Tj ET"


def _pdf(pages: list[bytes]) -> bytes:
    """Return a PDF 1.4 of pages drawn with two of the fonts that every reader has."""
    first_page = 5
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(pages)))
    box = " ".join(f"{each * POINTS_PER_MM:.3f}" for each in PAGE_MM)
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /PrintScaling /None >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
    ]
    for number, content in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {box}] "
            f"/Contents {first_page + 2 * number + 1} 0 R "
            "/Resources << /Font << /Plain 3 0 R /Bold 4 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%sendstream" % (len(content), content))
    return _file(objects)


def _file(objects: list[bytes]) -> bytes:
    """Return the objects as a file, with the table that says where each begins."""
    out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    start = out.rindex(b"xref\n")
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def main() -> None:
    """Write the PDF, or check the one that is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=PLACE)
    parser.add_argument("--check", action="store_true")
    chosen = parser.parse_args()
    if not chosen.check:
        chosen.file.write_bytes(sheets_pdf())
    elif not chosen.file.is_file() or chosen.file.read_bytes() != sheets_pdf():
        sys.exit(f"{chosen.file}: is not what this script draws; run it without --check")
    print(f"{chosen.file}: {len(sheets_pdf())} bytes")


if __name__ == "__main__":
    main()
