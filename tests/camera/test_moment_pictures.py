"""From the moments of a session to their pictures out of the kept video; real pixels."""

import stat
import sys
import time
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coreline.camera import moment_pictures, recorder
from coreline.camera.moment_pictures import (
    MOST_BYTES,
    MomentPicture,
    NoPicture,
    moments_files,
    pictures_of,
    without_faces,
)
from coreline.camera.recorder import VideoRecorder
from coreline.camera.source import Image
from coreline.camera.video import VideoFile
from coreline.camera.video_moments import FrameIndex, moments_file, moments_of
from coreline.judging.moments import InPicture, Moment
from kept_videos import SESSION, KeptSession, kept_session


@pytest.fixture(scope="module")
def kept() -> KeptSession:
    return kept_session()


def decoded(picture: MomentPicture) -> Image:
    _, _, content = picture.source.partition("base64,")
    image = cv2.imdecode(np.frombuffer(b64decode(content), np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    return np.asarray(image, np.uint8)


def cut_alike(frame: Image, picture: MomentPicture, moment: Moment) -> Image:
    """Return the part of a frame that a picture is of, by where the body is in both."""
    there, whole = picture.there, moment.in_picture
    assert whole is not None
    scale = whole.length_px / there.length_px
    left, top = (
        round(place - scale * inner)
        for place, inner in zip(whole.origin_px, there.origin_px, strict=True)
    )
    width, height = (round(each * scale) for each in picture.size_px)
    return np.asarray(
        cv2.resize(frame[top : top + height, left : left + width], picture.size_px), np.uint8
    )


def apart(one: Image, other: Image) -> float:
    return float(np.abs(one.astype(float) - other).mean())


def test_a_picture_shows_the_moment_and_no_other(kept: KeptSession) -> None:
    album = pictures_of(kept.moments, moments_files(kept.folder), SESSION)
    assert not album.missing
    for moment in kept.moments:
        picture = album.pictures[moment.t_s]
        image = decoded(picture)
        assert image.shape[1::-1] == picture.size_px
        then = cut_alike(kept.frame_at(moment.t_s), picture, moment)
        assert apart(image, then) < 5.0
        # No frame of the whole film is more like it, and those in which the body lies are not.
        others = [apart(image, cut_alike(each, picture, moment)) for _, each in kept.frames[::9]]
        assert apart(image, then) < min(others) + 0.1
        assert others[0] > 1.5 * apart(image, then)


def test_the_body_is_where_the_picture_says(kept: KeptSession) -> None:
    """The person wears dark shorts on a light wall: so it can be seen."""
    album = pictures_of(kept.moments, moments_files(kept.folder), SESSION)
    for moment in kept.moments:
        picture = album.pictures[moment.t_s]
        hip = moment.points[23]
        assert hip is not None
        x, y = (
            round(start + picture.there.length_px * each)
            for start, each in zip(picture.there.origin_px, hip, strict=True)
        )
        assert decoded(picture)[y - 2 : y + 3, x - 2 : x + 3].mean() < 90.0


def test_only_the_owner_can_read_what_lies_beside_a_video(kept: KeptSession) -> None:
    found = moments_of(moments_file(kept.video))
    assert found is not None
    assert (found.session, found.video, found.size_px) == (SESSION, kept.video.name, (640, 480))
    if sys.platform != "win32":
        assert stat.S_IMODE(moments_file(kept.video).stat().st_mode) == 0o600


def rewritten(kept: KeptSession, video: Path, old: str, new: str) -> None:
    """Put something else in the file beside a video."""
    beside = moments_file(video)
    text = beside.read_text()
    assert old in text
    beside.write_text(text.replace(old, new.replace("VIDEO", kept.video.name)))


def cut_to(video: Path, share: float) -> None:
    """Leave only the beginning of a file."""
    video.write_bytes(video.read_bytes()[: round(video.stat().st_size * share)])


def folder_in_place_of(video: Path) -> None:
    video.unlink()
    video.mkdir()


SPOILED: dict[str, Callable[[KeptSession, Path], object]] = {
    "nothing": lambda _, video: video,
    "no video": lambda _, video: video.unlink(),
    "a folder": lambda _, video: folder_in_place_of(video),
    "empty": lambda _, video: video.write_bytes(b""),
    "text": lambda _, video: video.write_text("not a video\n" * 100),
    "cut to its head": lambda _, video: cut_to(video, 0.0003),
    "cut": lambda _, video: cut_to(video, 0.4),
    "another size": lambda kept, video: filmed(video, kept, (320, 240)),
    "another person": lambda kept, video: filmed(video, kept, (640, 480)),
    "elsewhere": lambda kept, video: rewritten(kept, video, kept.video.name, "../../VIDEO"),
    "no name": lambda kept, video: rewritten(kept, video, kept.video.name, "x\\u0000y"),
    "another session": lambda kept, video: rewritten(kept, video, SESSION, "0ther"),
    "no numbers": lambda kept, video: rewritten(kept, video, '"length_px": 2', '"length_px": 1e9'),
    "newer": lambda kept, video: rewritten(kept, video, '"schema": 1', '"schema": 2'),
    "nested": lambda _, video: moments_file(video).write_text("[" * 100_000),
    "no file beside it": lambda _, video: moments_file(video).unlink(),
}


def filmed(place: Path, kept: KeptSession, size_px: tuple[int, int]) -> None:
    """Put another video in the place of one: an empty room."""
    place.unlink()
    frames = len(kept.frames)
    with VideoRecorder(place.with_name("new.mkv"), size_px, 15.0, pytest.fail) as film:
        film.write(0.0, np.full((480, 640, 3), 200, np.uint8))
        film.write(frames / 15.0, np.full((480, 640, 3), 200, np.uint8))
    film.path.replace(place)


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("nothing", None),
        ("elsewhere", None),  # the name of a file, never a way to it
        ("no video", NoPicture.GONE),
        ("no name", NoPicture.GONE),
        ("a folder", NoPicture.GONE),
        ("empty", NoPicture.GONE),
        ("text", NoPicture.GONE),
        ("cut to its head", NoPicture.GONE),
        ("cut", NoPicture.CUT),
        ("another size", NoPicture.OTHER),
        ("another person", NoPicture.OTHER),
        ("another session", NoPicture.NO_VIDEO),
        ("no file beside it", NoPicture.NO_VIDEO),
        ("no numbers", NoPicture.NO_VIDEO),
        ("nested", NoPicture.NO_VIDEO),
        ("newer", NoPicture.NO_VIDEO),
    ],
)
def test_a_video_that_is_not_right_gives_a_reason_and_no_picture(
    kept: KeptSession, tmp_path: Path, how: str, why: NoPicture | None
) -> None:
    SPOILED[how](kept, kept.copied_to(tmp_path / "videos"))
    _, worst = kept.moments
    album = pictures_of([worst], moments_files(tmp_path / "videos"), SESSION)
    assert album.missing.get(worst.t_s) is why
    assert bool(album.pictures) is (why is None)


def test_of_a_folder_that_is_not_there_no_picture_comes(kept: KeptSession, tmp_path: Path) -> None:
    album = pictures_of(kept.moments, moments_files(tmp_path / "none"), SESSION)
    assert set(album.missing.values()) == {NoPicture.NO_VIDEO}


def test_without_faces_the_head_cannot_be_told(kept: KeptSession) -> None:
    files = moments_files(kept.folder)
    seen = pictures_of(kept.moments, files, SESSION)
    hidden = pictures_of(kept.moments, files, SESSION, faces=False)
    for moment in kept.moments:
        picture = hidden.pictures[moment.t_s]
        there, image = picture.there, decoded(picture)
        assert picture.size_px == seen.pictures[moment.t_s].size_px
        nose = moment.points[0]
        assert nose is not None
        x, y = (
            round(start + there.length_px * each)
            for start, each in zip(there.origin_px, nose, strict=True)
        )
        half = round(0.08 * there.length_px)
        around = (slice(max(y - half, 0), y + half), slice(max(x - half, 0), x + half))
        assert detail(image[around]) < 0.4 * detail(decoded(seen.pictures[moment.t_s])[around])


def detail(image: Image) -> float:
    """Return how much a picture changes from pixel to pixel."""
    return float(np.abs(cv2.Laplacian(image, cv2.CV_64F)).mean())


def test_what_is_blurred_says_nothing_of_what_was_there() -> None:
    """A head of noise: of it no more is left than four squares by four."""
    rng = np.random.default_rng(3)
    image = rng.integers(0, 255, (120, 160, 3)).astype(np.uint8)
    points = np.full((33, 2), np.nan)
    blurred = without_faces(image, points, InPicture((160, 120), (80.0, 100.0), 100.0))
    assert detail(blurred) < 0.05 * detail(image)


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 400), st.integers(0, 1_000))
def test_all_pictures_together_are_less_than_a_megabyte(number: int, seed: int) -> None:
    """Whatever they show: noise is what is hardest to make small."""
    rng = np.random.default_rng(seed)
    image = rng.integers(0, 255, (300, 480, 3)).astype(np.uint8)
    crop = moment_pictures._Crop(image, InPicture((480, 300), (9.0, 9.0), 50.0), np.ones((33, 2)))
    share = min(MOST_BYTES // number, moment_pictures.LARGEST_BYTES)
    picture = moment_pictures._fitting(crop, share, faces=True)
    if isinstance(picture, NoPicture):
        assert picture is NoPicture.TOO_MANY
    else:
        assert number * len(picture.source) <= MOST_BYTES < 1_000_000


# The clocks of video and session


def a_moment(t_s: float, size_px: tuple[int, int] = (64, 48)) -> Moment:
    there = InPicture(size_px, (size_px[0] / 2, size_px[1] / 2), size_px[0] / 4)
    return Moment(t_s, 1.0, ((0.0, 0.0),) * 33, (11, 23, 25), there)


def striped(number: int) -> Image:
    """Return a picture that says its number in eight stripes."""
    image = np.zeros((48, 64, 3), np.uint8)
    for bit in range(8):
        image[:, 8 * bit : 8 * bit + 8] = 220 if number >> bit & 1 else 20
    return image


def number_of(image: Image) -> int:
    return sum(1 << bit for bit in range(8) if image[24, 8 * bit + 4].mean() > 120)


def test_the_frame_is_that_of_the_moment_whatever_the_camera_s_rhythm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Frames that come late, in bunches, and after the computer slept."""
    monkeypatch.setattr(recorder, "IDLE_S", 60.0)  # that this machine is late is another thing
    rng = np.random.default_rng(7)
    times_s = 500.0 + np.cumsum(rng.choice([0.01, 0.05, 0.066, 0.4], 200))
    times_s[120:] += 4_000.0
    with VideoRecorder(tmp_path / "a.mkv", (64, 48), 15.0, pytest.fail, "en", "s") as film:
        for number, t_s in enumerate(times_s):
            while film._waiting.full():
                time.sleep(0.001)
            film.write(float(t_s), striped(number))
            if number % 9 == 5:
                film.mark(a_moment(float(t_s)))
    found = moments_of(moments_file(film.path))
    assert found is not None
    assert len(found.moments) == 22
    with VideoFile(film.path) as video:
        for moment in found.moments:
            image = video.frame_at(moment.frame)
            assert image is not None
            assert times_s[number_of(image)] == moment.frame_s
            assert abs(moment.frame_s - moment.t_s) <= 0.1


def test_what_was_never_filmed_has_no_frame() -> None:
    index = FrameIndex("s", "a.mkv", (64, 48))
    assert not index.take(a_moment(1.0))
    index.add(1.0, 0, striped(1))
    index.add(9.0, 1, striped(2))
    assert [index.take(a_moment(t_s)) for t_s in (0.5, 5.0, 9.05, 9.05)] == [0, 0, 1, 0]
    assert not index.take(replace(a_moment(1.0), in_picture=None))


def test_of_a_picture_that_was_fitted_in_the_body_is_found_too() -> None:
    index = FrameIndex("s", "a.mkv", (64, 48))
    index.add(1.0, 0, striped(1))
    assert index.take(a_moment(1.0, (200, 50)))
    (moment,) = index.document.moments
    assert moment.origin_px == (32.0, 24.0)  # in the middle, as in the picture
    assert moment.length_px == pytest.approx(16.0)  # a quarter of the width
