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
from coreline.limits import PLACES_BYTES
from coreline.placement.geometry import CameraPlace, FoundBy
from coreline.placement.neutrals import Neutral
from coreline.printable import unseen_sign

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
    name=st.text(max_size=20).filter(lambda name: unseen_sign(name) is None),
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
BEYOND_REASON = (
    ("scale_px_m", "0"),
    ("scale_px_m", "1e999"),
    ("distance_m", "-2.5"),
    ("size_px", "[640, 1000000000000]"),
    ("floor_px", "[1e300, 400.0]"),
    ("yaw_deg", "1e6"),
    ("height_m", "1e9"),
    ("line_deg", "-1e999"),
    ("place", '"\\u001b[2J"'),
    ("camera", '"a\\nb"'),
)


def with_value(key: str, value: str) -> bytes:
    """Return a sound file in which one value is another."""
    spot = {
        "camera": "a",
        "place": "home",
        "scale_px_m": 200.0,
        "distance_m": 2.5,
        "size_px": [640, 480],
        "floor_px": [400.0, 400.0],
        "yaw_deg": 0.0,
        "height_m": 1.0,
    }
    values = {name: json.dumps(each) for name, each in spot.items()} | {
        "line_deg": "0.0",
        key: value,
    }
    stands = ", ".join(f'"{each}": {values[each]}' for each in list(spot)[2:])
    neutral = f'{{"exercise_id": "a", "side": null, "line_deg": {values["line_deg"]}}}'
    return (
        f'{{"version": 1, "spots": [{{"camera": {values["camera"]}, "place": {values["place"]}, '
        f'"stands": {{"found_by": "body", {stands}}}, "neutrals": {{"found": [{neutral}]}}}}]}}'
    ).encode()


def test_a_file_within_reason_is_read(tmp_path: Path) -> None:
    (tmp_path / "places.json").write_bytes(with_value("yaw_deg", "12.5"))
    loaded = load_places(tmp_path / "places.json")
    assert loaded.said is None
    assert loaded.places.spots[0].stands.yaw_deg == 12.5


def test_a_file_larger_than_places_can_be_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.json"
    path.write_bytes(b" " * (PLACES_BYTES + 1))
    assert "is larger than 1 MB" in str(load_places(path).said)
    assert path.exists()


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
        *(with_value(*each) for each in BEYOND_REASON),
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
