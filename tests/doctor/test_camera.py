"""The camera's check on pictures that are as they should be, and on each that is not."""

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from tools.faulty_server import Fault, FaultyServer

from coreline.camera.names import cameras
from coreline.doctor.camera import check_camera, check_cameras
from coreline.doctor.finding import Finding, Severity
from coreline.programme.language import LANGUAGES
from film_time import play_whole

Film = Callable[..., str]


def codes(found: list[Finding]) -> list[str]:
    for finding in found:
        for language in LANGUAGES:
            assert finding.what(language)
            assert (finding.fix(language) is None) == (finding.state is Severity.OK)
    return [finding.code for finding in found]


@pytest.fixture
def film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Film:
    """Write two seconds of a room, and return the file; no picture is missed, however late."""
    play_whole(monkeypatch)

    def write(
        *,
        size_px: tuple[int, int] = (640, 480),
        fps: float = 30,
        grey: int = 120,
        blur_px: float = 0.0,
    ) -> str:
        path = tmp_path / f"room-{fps:.0f}-{grey}-{blur_px}.avi"
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, size_px)
        picture = np.random.default_rng(1).normal(grey, 4, (size_px[1], size_px[0], 3))
        picture[: size_px[1] // 2] *= 0.6
        picture[:: size_px[1] // 8, :] *= 0.4
        if blur_px:
            picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), blur_px), np.float64)
        for _ in range(round(2 * fps)):
            writer.write(picture.clip(0, 255).astype(np.uint8))
        writer.release()
        return str(path)

    return write


def test_size_rate_and_light_are_measured(film: Film) -> None:
    found = check_camera(film(fps=20))
    assert codes(found) == ["gives_pictures"]
    values = found[0].values
    assert (values["width"], values["height"]) == (640, 480)
    assert float(values["fps"]) == pytest.approx(20, abs=1)
    assert float(values["brightness"]) == pytest.approx(96, abs=6)


def test_a_slow_small_and_dark_camera_is_said_so(film: Film) -> None:
    assert codes(check_camera(film(fps=6))) == ["gives_pictures", "few_a_second"]
    assert codes(check_camera(film(size_px=(320, 240)))) == ["gives_pictures", "small"]
    dark = check_camera(film(grey=12))
    assert codes(dark) == ["gives_pictures", "dark"]
    assert {each.state for each in dark[1:]} == {Severity.WARN}


def test_a_smeared_lens_is_said_so(film: Film) -> None:
    found = check_camera(film(blur_px=4.0))
    assert codes(found) == ["gives_pictures", "blurred"]
    assert found[1].state is Severity.WARN


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("gone.mp4", "gone.mp4: dit bestand is er niet"),
        ("http://127.0.0.1:9/video", "van dit adres komt geen beeld"),
        ("no such camera at all", "camera"),
    ],
)
def test_what_does_not_open_is_said(where: str, said: str) -> None:
    found = check_camera(where)
    assert codes(found) == ["does_not_open"]
    assert found[0].state is Severity.BAD
    assert said in found[0].what("nl")


@pytest.mark.skipif(bool(cameras()), reason="there is a camera here")
def test_no_camera_needs_fixing_only_where_one_is_wanted() -> None:
    for needed, state in ((True, Severity.BAD), (False, Severity.WARN)):
        found = check_cameras(needed=needed)
        assert codes(found) == ["none"]
        assert found[0].state is state
    assert codes(check_camera("first")) == ["does_not_open"]


@pytest.fixture
def stream() -> Iterator[FaultyServer]:
    with FaultyServer() as server:
        yield server


def test_a_phone_is_measured_and_its_password_stays_out(
    stream: FaultyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coreline.doctor.camera.NO_PICTURE_S", 60.0)  # only ends a hang
    found = check_camera(stream.address)
    assert codes(found)[0] == "gives_pictures"
    assert "secret" not in str(found)


@pytest.mark.parametrize(
    ("fault", "code"),
    [(Fault.BLACK, "black"), (Fault.CLOSE, "does_not_open")],
)
def test_a_phone_that_fails_is_found_and_the_check_ends(
    stream: FaultyServer, fault: Fault, code: str
) -> None:
    stream.fault = fault
    assert codes(check_camera(stream.address)) == [code]
