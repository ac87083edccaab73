import sys
from pathlib import Path

import pytest

from coreline.camera import names
from coreline.camera.devices import BACK_ENDS
from coreline.camera.names import cameras, enumerated, find_camera, name_of, why_not
from coreline.errors import BadSourceError

FOUND = {0: "Integrated Camera", 2: "Logitech C920", 4: "Logitech C270", 6: "Logitech C270 HD"}


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty list of the kernel's cameras."""
    monkeypatch.setattr(names, "DEVICES", tmp_path)
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path


def entry(devices: Path, number: int, name: str, index: int = 0) -> None:
    folder = devices / f"video{number}"
    folder.mkdir()
    (folder / "name").write_text(f"{name}\n")
    (folder / "index").write_text(f"{index}\n")


def test_the_kernels_list_has_each_camera_once(listed: Path) -> None:
    entry(listed, 10, "USB Camera")
    entry(listed, 0, "Integrated Camera")
    entry(listed, 1, "Integrated Camera", index=1)  # gives no pictures, only their data
    assert cameras() == {0: "Integrated Camera", 10: "USB Camera"}
    assert list(cameras()) == [0, 10]


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        (2, 2),
        ("2", 2),
        (" 7 ", 7),
        ("Logitech C920", 2),
        ("logitech c920", 2),
        ("c920", 2),
        ("INTEGRATED", 0),
        ("Logitech C270", 4),  # the whole name of one, the beginning of another
    ],
)
def test_a_camera_is_found_by_number_name_or_part_of_it(wanted: str | int, number: int) -> None:
    assert find_camera(wanted, FOUND) == number


@pytest.mark.parametrize(
    ("wanted", "among", "message"),
    [
        ("logitech", FOUND, r"fits camera 2 \(Logitech C920\), camera 4 .*; give its number"),
        ("GoPro", FOUND, r"there is none; there is camera 0 \(Integrated Camera\), camera 2"),
        ("GoPro", {}, "this machine has no camera; connect one"),
        ("", FOUND, "there is none"),
    ],
)
def test_a_name_that_fits_none_or_several_says_what_there_is(
    wanted: str, among: dict[int, str], message: str
) -> None:
    with pytest.raises(BadSourceError, match=message) as caught:
        find_camera(wanted, among)
    assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("listed")
def test_no_camera_at_all() -> None:
    assert str(why_not(0, "")) == (
        "camera 0: this machine has no camera; connect one, or use a video instead"
    )
    assert why_not(0, "").in_("nl") == (
        "camera 0: deze computer heeft geen camera; sluit er een aan, of neem een video"
    )
    with pytest.raises(BadSourceError, match="has no camera"):
        find_camera("Logitech")


def test_another_camera_than_there_is(listed: Path) -> None:
    entry(listed, 0, "Integrated Camera")
    assert str(why_not(7, "")) == "camera 7: there is none; there is camera 0 (Integrated Camera)"


def test_a_camera_that_may_not_be_opened(listed: Path) -> None:
    entry(listed, 99, "USB Camera")
    assert "join the group 'video'" in str(why_not(99, ""))


def test_a_camera_in_use(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry(listed, 0, "USB Camera")
    monkeypatch.setattr("os.access", lambda *_: True)
    assert "close other programs" in str(why_not(0, ""))


def test_an_address_is_named_without_its_secrets() -> None:
    address = "rtsp://name:secret@192.168.1.7:8554/live?key=hidden#part"
    assert name_of(address) == "rtsp://192.168.1.7:8554/live"
    assert str(why_not(address, "no answer")) == (
        "rtsp://192.168.1.7:8554/live: no pictures come from this address (no answer); check it, "
        "or use a video instead"
    )


def test_cameras_in_words() -> None:
    assert enumerated({0: "A", 3: ""}) == "camera 0 (A), camera 3"


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_the_system_is_asked(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    package = pytest.importorskip("cv2_enumerate_cameras")
    asked: list[int] = []

    def enumerate_cameras(back_end: int) -> list[object]:
        asked.append(back_end)
        info = package.CameraInfo
        return [info(1, "Second", "", 0, 0, back_end), info(0, "First", "", 0, 0, back_end)]

    monkeypatch.setattr(package, "enumerate_cameras", enumerate_cameras)
    monkeypatch.setattr(sys, "platform", platform)
    assert list(cameras().items()) == [(0, "First"), (1, "Second")]
    assert asked == [BACK_ENDS[platform]]
