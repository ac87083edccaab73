"""Worse copies of a clip, made picture by picture, and what the pose model sees in them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from coreline.body.pose import Pose
from coreline.camera.source import Frame, Image
from coreline.camera.video import VideoFile
from coreline.files.recordings import save_trace
from coreline.vision.estimator import PoseEstimator

DARK_FACTOR = 0.25
NOISE_SD = 8.0  # grey levels of 255
BLUR_SIGMA_PX = 3.0
JPEG_QUALITY = 25
FEW_FPS = 10.0


@dataclass(frozen=True, slots=True)
class Degradation:
    """One way in which a picture is worse; `fps` thins the frames out."""

    name: str
    what: str
    alter: Callable[[Image, int], Image]
    fps: float | None = None


def dark(image: Image, number: int) -> Image:
    """Return the picture dim and noisy; the noise of a frame is the same every time."""
    noise = np.random.default_rng(number).normal(0.0, NOISE_SD, image.shape)
    return (DARK_FACTOR * image + noise).clip(0.0, 255.0).astype(np.uint8)


def blurred(image: Image, _number: int) -> Image:
    """Return the picture out of focus."""
    return np.asarray(cv2.GaussianBlur(image, (0, 0), BLUR_SIGMA_PX), np.uint8)


def compressed(image: Image, _number: int) -> Image:
    """Return the picture as a poor JPEG leaves it."""
    _, packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)


def halved(image: Image, _number: int) -> Image:
    """Return the picture at half its width and height."""
    size = (image.shape[1] // 2, image.shape[0] // 2)
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def untouched(image: Image, _number: int) -> Image:
    """Return the picture as it is."""
    return image


AS_IS = Degradation("pixels", "as it is", untouched)
DEGRADATIONS = (
    Degradation("dark", f"dark x{DARK_FACTOR}, noise sd {NOISE_SD:.0f}", dark),
    Degradation("blur", f"blur, sigma {BLUR_SIGMA_PX:.0f} px", blurred),
    Degradation("jpeg", f"JPEG, quality {JPEG_QUALITY}", compressed),
    Degradation("half", "half size", halved),
    Degradation("fps", f"{FEW_FPS:.0f} fps", untouched, FEW_FPS),
)


def save_seen(video: Path, degradation: Degradation, place: Path) -> None:
    """Write the landmarks that the full pose model sees in a degraded copy of a video."""
    with VideoFile(video) as source, PoseEstimator() as estimator:
        size_px = (source.info.width, source.info.height)
        poses: list[tuple[float, Pose | None]] = []
        for frame in _thinned(source, degradation.fps):
            image = degradation.alter(frame.image_bgr, frame.index)
            size_px = (image.shape[1], image.shape[0])
            poses.append((frame.t_s, estimator.estimate(frame.t_s, image)))
        fps = min(degradation.fps or source.info.fps, source.info.fps)
    save_trace(place, poses, size_px=size_px, fps=fps)


def _thinned(source: VideoFile, fps: float | None) -> Iterator[Frame]:
    """Yield the first frame in each step of 1 / fps seconds; every frame without a rate."""
    last = -1
    for frame in source.frames():
        if frame is None:
            continue
        step = frame.index if fps is None else int(frame.t_s * fps + 1e-6)
        if step > last:
            last = step
            yield frame
