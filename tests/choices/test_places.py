"""Where cameras stand, kept in a file that survives what befalls files."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.measures import Side
from coreline.choices.places import Places, Spot, load_places, places_file, save_places
from coreline.errors import BadOutputError
from coreline.placement.geometry import CameraPlace, FoundBy
from coreline.placement.neutrals import Neutral

STANDS = CameraPlace(FoundBy.SHEETS, (640, 480), (300.0, 310.5), 180.0, 2.5, 1.0, 2.0, 3.0, 0.4)
SPOT = Spot("Camera é", "home", STANDS)
PLACES = Places().with_(SPOT).with_neutral("Camera é", Neutral("w12-side-bridge", Side.LEFT, 1.5))


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "places.json"
    save_places(path, PLACES)
    loaded = load_places(path)
    assert (loaded.places, loaded.said) == (PLACES, None)
    spot = loaded.places.of("Camera é")
    assert spot is not None
    assert {key: each.line_deg for key, each in spot.neutrals.lines().items()} == {
        ("w12-side-bridge", Side.LEFT): 1.5
    }
    assert [each.name for each in path.parent.iterdir()] == ["places.json"]


@given(
    floor=st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)),
    yaw_deg=st.none() | st.floats(-90, 90),
    name=st.text(max_size=20),
)
def test_any_numbers_and_names_come_back(
    tmp_path_factory: pytest.TempPathFactory,
    floor: tuple[float, float],
    yaw_deg: float | None,
    name: str,
) -> None:
    path = tmp_path_factory.mktemp("places") / "places.json"
    places = Places().with_(
        Spot(name, "x", CameraPlace(FoundBy.BODY, (1, 2), floor, 1.5, 2.5, yaw_deg))
    )
    save_places(path, places)
    assert load_places(path).places == places


def test_a_place_is_a_camera_in_a_spot() -> None:
    work = Spot("Camera é", "work", STANDS)
    both = PLACES.with_(work)
    assert both.of("Camera é", "work") == work
    assert both.of("Camera é") == PLACES.of("Camera é")
    assert both.of("other") is None
    again = both.with_(SPOT)
    assert len(again.spots) == 2
    with pytest.raises(LookupError, match="never calibrated"):
        both.with_neutral("other", Neutral("a", None, 1.0))


def test_no_file_yet_is_no_places(tmp_path: Path) -> None:
    loaded = load_places(tmp_path / "none" / "places.json")
    assert (loaded.places, loaded.said) == (Places(), None)


GOOD = {"version": 1, "spots": []}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        json.dumps(GOOD | {"version": 2}).encode(),
        json.dumps(GOOD | {"spots": [{"camera": "a"}]}).encode(),
        json.dumps(GOOD | {"spots": None}).encode(),
        b'{"version": 1, "spots": NaN}',
    ],
)
def test_a_damaged_file_is_set_aside_and_said_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "places.json"
    for number, name in enumerate(("places.json.damaged", "places.json.damaged1")):
        path.write_bytes(content)
        loaded = load_places(path)
        assert loaded.places == Places()
        assert loaded.said is not None
        assert name in loaded.said
        assert "\n" not in loaded.said
        assert (tmp_path / name).read_bytes() == content
        assert len(list(tmp_path.iterdir())) == number + 1
    save_places(path, PLACES)
    assert load_places(path).places == PLACES


def test_a_folder_in_its_place_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "places.json"
    path.mkdir()
    assert "cannot be read" in str(load_places(path).said)
    with pytest.raises(BadOutputError, match="is a folder"):
        save_places(path, PLACES)
    assert [each.name for each in tmp_path.iterdir()] == ["places.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "places.json"
    save_places(path, PLACES)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_it_lies_in_the_folder_of_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORELINE_DATA_DIR", os.fspath(tmp_path))
    assert places_file().parent == tmp_path
