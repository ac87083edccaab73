"""The printed sheets: what the script draws, to the byte, and as large as they say."""

import runpy
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from coreline.camera.markers import find_sheets
from coreline.data_files import load_placement
from coreline.files.resources import resource_file
from printed import PDF, PER_MM, pages

SCRIPT = Path(__file__).parents[2] / "calibration" / "build_sheets.py"
DRAWN: bytes = runpy.run_path(str(SCRIPT))["sheets_pdf"]()


def test_the_committed_pdf_is_what_the_script_draws() -> None:
    assert PDF.read_bytes() == DRAWN
    assert resource_file("calibration", "sheets.pdf").read_bytes() == DRAWN
    assert len(DRAWN) < 20_000


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_the_script_checks_and_corrects(tmp_path: Path) -> None:
    path = tmp_path / "sheets.pdf"
    assert run("--check").returncode == 0
    path.write_bytes(DRAWN + b" ")
    refused = run("--check", str(path))
    assert (refused.returncode, "not what this script draws" in refused.stderr) == (1, True)
    assert run(str(path)).returncode == 0
    assert path.read_bytes() == DRAWN


@pytest.mark.parametrize("number", [0, 1])
def test_a_printed_page_holds_its_marker_at_its_size_and_height(number: int) -> None:
    page = pages()[number]
    rules = load_placement().sheets
    assert page.shape[:2] == pytest.approx((297 * PER_MM, 210 * PER_MM), abs=1.0)
    corners = find_sheets(page)
    assert set(corners) == {number}
    size_mm = np.ptp(corners[number], axis=0) / PER_MM
    assert size_mm == pytest.approx([rules.marker_mm, rules.marker_mm], abs=0.5)
    foot_mm = (page.shape[0] - corners[number][:, 1].max()) / PER_MM
    assert foot_mm == pytest.approx(rules.foot_mm, abs=0.5)


@pytest.mark.parametrize("number", [0, 1])
def test_the_line_to_measure_is_ten_centimetres_long(number: int) -> None:
    grey = cv2.cvtColor(pages()[number], cv2.COLOR_BGR2GRAY)
    row = grey[round((297 - 32) * PER_MM)]
    dark = np.flatnonzero(row < 128)
    assert (dark[-1] - dark[0]) / PER_MM == pytest.approx(100.0, abs=0.6)


def test_pages_say_in_both_languages_how_to_stand_them() -> None:
    text = DRAWN.decode("cp1252")
    for words in ("blad 1 van 2", "sheet 2 of 2", "Print op 100 %", "lower edge on the floor"):
        assert words in text
