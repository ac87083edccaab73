"""The person's own lines: kept with the camera's place, dropped when the camera was moved."""

from dataclasses import replace
from pathlib import Path

import pytest

from coreline.body.measures import Side
from coreline.body.pose import Pose
from coreline.choices.places import Places, Spot, load_places, places_file, save_places
from coreline.coaching.spoken import spoken
from coreline.data_files import load_catalogue, load_cues, load_placement
from coreline.files.recordings import load_trace
from coreline.placement.checks import PictureFacts
from coreline.placement.geometry import place_from_body
from coreline.placement.neutrals import Neutral, Neutrals, Usual
from coreline.placement.sight import sight_of
from coreline.session.blocks import Block
from coreline.session.inputs import Conditions, Guidance
from coreline.session.session import Session
from coreline.training.kept_lines import KeptLines

Lines = dict[tuple[str, Side | None], Usual]
HEIGHT_M = 1.75
NAME = "w12-back-bridge"
KEY = (NAME, None)
RULES = load_placement()
CATALOGUE = load_catalogue()
RECORDING = Path(__file__).parents[1] / "recordings" / f"{NAME}.landmarks.npz"
LIT = PictureFacts(1280, 720, 120.0, 40.0, 1)


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CORELINE_DATA_DIR", str(tmp_path))


@pytest.fixture
def frames() -> list[tuple[float, Pose | None]]:
    return list(load_trace(RECORDING))


def calibrated(pose: Pose | None, *, moved_px: float = 0.0) -> None:
    """Keep a place that a body measured, and a line found there."""
    assert pose is not None
    stands = place_from_body(sight_of(pose), pose.size_px, HEIGHT_M, RULES)
    left_px, right_px = stands.floor_px
    stands = replace(stands, floor_px=(left_px + moved_px, right_px + moved_px))
    kept = Neutrals().with_(Neutral(NAME, None, 4.0))
    save_places(places_file(), Places((Spot("camera 0", "home", stands, kept),)))


def opened(height_m: float | None = HEIGHT_M) -> tuple[KeptLines, list[str]]:
    told: list[str] = []
    lines = KeptLines("camera 0", "home", RULES, height_m, lambda: told.append("moved"))
    lines.load(told.append)
    return lines, told


def train(lines: KeptLines, frames: list[tuple[float, Pose | None]]) -> Session:
    guidance = Guidance(checker=lines.checker, explain=False, neutrals=lines.neutrals)
    book = spoken(load_cues(), CATALOGUE)
    session = Session([Block(CATALOGUE.get(NAME))], book, guidance=guidance)
    for t_s, pose in frames:
        session.step(t_s, pose, None, Conditions(picture=LIT))
    return session


def lines_deg(lines: Lines) -> dict[tuple[str, Side | None], float]:
    return {key: usual.line_deg for key, usual in lines.items()}


def test_where_the_camera_still_stands_the_kept_line_is_judged_by(
    frames: list[tuple[float, Pose | None]],
) -> None:
    calibrated(frames[30][1])
    lines, told = opened()
    session = train(lines, frames)
    assert told == []
    assert lines.neutrals[KEY].line_deg == 4.0
    assert set(lines.neutrals) == {KEY}
    lines.keep(session.lines_found())
    again, _ = opened()
    assert 4.0 < again.neutrals[KEY].line_deg < 7.0, "this set's line has been added"


def test_a_camera_that_was_moved_makes_the_line_be_asked_for_anew(
    frames: list[tuple[float, Pose | None]],
) -> None:
    calibrated(frames[30][1], moved_px=150.0)
    lines, told = opened()
    session = train(lines, frames)
    assert told == ["moved"]
    assert lines.neutrals == {}
    lines.keep(session.lines_found())
    kept = load_places(places_file()).places.of("camera 0")
    assert kept is not None
    assert lines_deg(kept.neutrals.lines()) == {KEY: 4.0}, (
        "nothing is written over until it is calibrated"
    )


def test_what_was_found_is_kept_where_the_place_is_known(
    frames: list[tuple[float, Pose | None]],
) -> None:
    calibrated(frames[30][1])
    lines, _ = opened()
    lines.keep([Neutral("w12-belly-bridge", None, -2.5)])
    again, _ = opened()
    assert lines_deg(again.neutrals) == {KEY: 4.0, ("w12-belly-bridge", None): -2.5}


def test_a_camera_never_calibrated_keeps_nothing() -> None:
    lines, told = opened()
    lines.keep([Neutral(*KEY, 1.0)])
    assert (told, lines.neutrals) == ([], {})
    assert not places_file().exists()


def test_without_the_person_s_height_nothing_can_be_compared(
    frames: list[tuple[float, Pose | None]],
) -> None:
    calibrated(frames[30][1], moved_px=150.0)
    lines, told = opened(height_m=None)
    train(lines, frames)
    assert told == []


def test_a_file_that_cannot_be_read_is_said_and_set_aside() -> None:
    places_file().parent.mkdir(parents=True, exist_ok=True)
    places_file().write_text("{", encoding="utf-8")
    lines, told = opened()
    assert len(told) == 1
    assert lines.stands is None
