"""`coreline calibrate`, from drawn rooms with the printed sheets in them, and from a recording."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import pytest
import typer
from typer.testing import CliRunner, Result

from coreline.commands.calibrate import calibrate
from coreline.errors import BadDataError, BadSourceError, NotCalibratedError
from coreline.programme.typed import number_typed
from pinhole import Pinhole, picture
from placement import RECORDINGS
from printed import pages

SQUARE = Pinhole(height_m=0.4, pitch_deg=3.0, size_px=(960, 540))
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("CORELINE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CORELINE_CONFIG_DIR", str(tmp_path / "config"))
    app = typer.Typer()
    app.command()(calibrate)

    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(app, [str(each) for each in arguments])

    return invoke


def room(folder: Path, camera: Pinhole, *places: tuple[float, int]) -> Path:
    """Draw what a camera sees of sheets in their places, and return the picture's file."""
    path = folder / "room.png"
    drawn = picture(camera, {x_m: pages()[number] for x_m, number in places})
    path.write_bytes(cv2.imencode(".png", drawn)[1].tobytes())
    return path


BOTH = ((-1.0, 0), (1.0, 1))


def document(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("yaw_deg", [-8.0, 6.0])
def test_a_camera_that_stands_well(run: Run, tmp_path: Path, yaw_deg: float) -> None:
    image = room(tmp_path, replace(SQUARE, yaw_deg=yaw_deg), *BOTH)
    result = run("--image", image, "--distance", 2.6, "--json")
    assert result.exit_code == 0
    found = document(result)
    assert found["yaw_deg"] == pytest.approx(yaw_deg, abs=1.0)
    assert found["roll_deg"] == pytest.approx(0.0, abs=1.0)
    assert found["distance_m"] == pytest.approx(2.6)
    assert (found["found_by"], found["accepted"], found["advice"]) == ("sheets", True, None)
    assert not (tmp_path / "data").exists()  # a picture is no camera


@pytest.mark.parametrize(
    ("yaw_deg", "turn", "move"), [(22.0, "right", "left"), (-22.0, "left", "right")]
)
def test_a_camera_that_stands_askew_is_refused(
    run: Run, tmp_path: Path, yaw_deg: float, turn: str, move: str
) -> None:
    image = room(tmp_path, replace(SQUARE, yaw_deg=yaw_deg), *BOTH)
    result = run("--image", image, "--field-of-view", 65)
    assert result.exit_code == 1
    assert f"The {turn} end of the mat is nearer" in result.stderr
    assert f"to the {turn}, as seen from behind it, then move it to the {move}" in result.stderr
    assert f"yaw       {yaw_deg:+.0f}"[:13] in result.stdout


def test_turning_as_told_corrects_it(run: Run, tmp_path: Path) -> None:
    """Turned to the right about itself by its yaw, the camera is parallel to the mat."""
    askew = replace(SQUARE, yaw_deg=18.0)
    advice = document(run("--image", room(tmp_path, askew, *BOTH), "--field-of-view", 65, "--json"))
    assert advice["accepted"] is False
    assert "18° to the right" in advice["advice"] or "17° to the right" in advice["advice"]


def test_a_leaning_camera_is_told_which_side_to_raise(run: Run, tmp_path: Path) -> None:
    image = room(tmp_path, replace(SQUARE, roll_deg=8.0), *BOTH)
    result = run("--image", image, "--field-of-view", 65)
    assert (result.exit_code, "Raise its left side" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("places", "more", "said"),
    [
        ((), (), "the two sheets were not seen"),
        (((-1.0, 0),), (), "only one sheet was seen; turn sheet 2"),
        (((-1.0, 1),), (), "only one sheet was seen; turn sheet 1"),
        ((), ("--height", 1.75), "neither the two sheets nor somebody lying"),
    ],
)
def test_what_is_missing_is_said(
    run: Run,
    tmp_path: Path,
    places: tuple[tuple[float, int], ...],
    more: tuple[Any, ...],
    said: str,
) -> None:
    result = run("--image", room(tmp_path, SQUARE, *places), *more)
    assert isinstance(result.exception, NotCalibratedError)
    assert said in str(result.exception)


def test_a_body_and_its_height_give_the_scale(run: Run) -> None:
    result = run("--source", RECORDINGS / "w12-back-bridge.mp4", "--height", 1.7, "--json")
    assert result.exit_code == 0
    found = document(result)
    assert found["found_by"] == "body"
    assert found["scale_px_m"] == pytest.approx(191.7, rel=0.05)  # the truth's 502 px / 2.62 m
    assert found["distance_m"] == pytest.approx(2.62, rel=0.05)
    assert found["yaw_deg"] is None


def test_a_picture_that_is_not_there(run: Run, tmp_path: Path) -> None:
    assert isinstance(run("--image", tmp_path / "no.png").exception, BadSourceError)


def test_the_sheets_are_where_it_says(run: Run) -> None:
    result = run("--sheets")
    assert Path(result.stdout.strip()).read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("wrong", [("--height", "3"), ("--distance", "0"), ("--height", "tall")])
def test_impossible_lengths_are_refused(run: Run, wrong: tuple[str, str]) -> None:
    refused = run(*wrong).exception
    assert isinstance(refused, BadDataError)
    assert " ".join(wrong) in str(refused)


@pytest.mark.parametrize("wrong", [("--seconds", "0"), ("--field-of-view", "wide")])
def test_impossible_numbers_are_refused_in_both_languages(run: Run, wrong: tuple[str, str]) -> None:
    refused = run(*wrong).exception
    assert isinstance(refused, BadDataError)
    assert "give a number from" in str(refused)
    assert "geef een getal van" in refused.in_("nl")


def test_a_number_may_have_a_dutch_comma() -> None:
    assert number_typed("--seconds", " 2,5", 1.0, 120.0) == 2.5
    assert number_typed("--seconds", "2.5", 1.0, 120.0) == 2.5
