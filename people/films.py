"""A clip's pictures and its files: video, truth, contact sheet."""

import gzip
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import av
import numpy as np
from bodies import ellipsoid
from clip import Body, Clip
from human import JOINTS
from numpy.typing import NDArray
from PIL import Image
from render import Picture, Quality, Renderer, Scene

BALL_RINGS: Final = 20
# The ball has darker stripes, so that its turning would be seen.
STRIPES, STRIPE_SHARE, STRIPE_TONE = 9, 0.35, 0.8
CODEC: Final = "libx264"
# Constant rate factors, best first, for noisy pictures and others; the first that fits is taken.
NOISY_RATES, CLEAR_RATES = (32, 35, 38), (26, 29, 32, 35)
LARGEST_BYTES: Final = 600_000
ENCODING: Final = {"preset": "faster", "g": "75", "threads": "1"}
COLUMNS: Final = 5
THUMB_WIDTH_PX: Final = 320


class Film:
    """A clip's pictures."""

    def __init__(self, clip: Clip, quality: Quality | None = None) -> None:
        """Paint the clip's room."""
        self._clip = clip
        self._renderer = Renderer(
            clip.lens, clip.room, clip.light, quality or Quality(), seed=clip.seed
        )

    def picture(self, body: Body, noise: NDArray[np.float64] | None) -> Picture:
        """Return the picture (h, w, 3) of a body, poor if there is noise."""
        clean = self._renderer.render(scene_of(self._clip, body))
        degraded = self._clip.degraded
        if degraded is None or noise is None:
            return clean
        poor = np.clip(clean * degraded.dim + noise, 0, 255).astype(np.uint8)
        file = io.BytesIO()
        Image.fromarray(poor).save(file, "JPEG", quality=degraded.jpeg)
        return np.asarray(Image.open(file))


def scene_of(clip: Clip, body: Body) -> Scene:
    """Return what is in the room: the body, and the ball if there is one."""
    mesh = clip.doer.human.mesh
    # Mirrored, a triangle turns its back.
    triangles = mesh.triangles[:, ::-1].copy() if clip.mirrored else mesh.triangles
    scene = Scene(body.vertices, triangles, mesh.colours, mesh.hair)
    if body.ball is None or clip.ball_rgb is None:
        return scene
    radius_m = clip.doer.options.ball_m
    ball, triangles = ellipsoid((0, 0, 0), (radius_m,) * 3, BALL_RINGS)
    around = np.arctan2(np.hypot(ball[:, 0], ball[:, 1]), ball[:, 2])
    stripe = np.abs(np.sin(around * STRIPES)) < STRIPE_SHARE
    rgb = np.array(clip.ball_rgb)
    colours = np.where(stripe[:, None], rgb * STRIPE_TONE, rgb)
    return scene.with_part(ball + body.ball, triangles, colours)


def filmed(clip: Clip) -> tuple[list[Picture], list[dict[str, Any]]]:
    """Return all pictures of a clip and all frames of its truth."""
    film = Film(clip)
    pictures, frames = [], []
    for body, frame, noise in clip.moments():
        pictures.append(film.picture(body, noise))
        frames.append(frame)
    return pictures, frames


def stills(clip: Clip, count: int) -> list[Picture]:
    """Return some pictures of a clip, evenly over its time."""
    film = Film(clip)
    times = np.linspace(0, clip.track.now_s - 0.1, count)
    return [film.picture(clip.moment(t_s)[0], clip.noise()) for t_s in times]


def write_truth(path: Path, clip: Clip, frames: list[dict[str, Any]]) -> None:
    """Write a clip's truth, gzipped JSON; the same truth gives the same bytes."""
    truth = {"meta": clip.meta(), "joints": JOINTS, "expected": clip.expected, "frames": frames}
    with gzip.GzipFile(path, "wb", mtime=0) as file:
        file.write(json.dumps(truth, separators=(",", ":"), default=float).encode())


def write_video(path: Path, pictures: Sequence[Picture], fps: int, *, noisy: bool) -> int:
    """Write a video, at the best rate factor that keeps it small; return the factor."""
    rates = NOISY_RATES if noisy else CLEAR_RATES
    for rate in rates:
        _encode(path, pictures, fps, rate)
        if path.stat().st_size <= LARGEST_BYTES:
            break
    return rate


def _encode(path: Path, pictures: Sequence[Picture], fps: int, rate: int) -> None:
    height, width = pictures[0].shape[:2]
    with av.open(str(path), "w") as file:
        stream = file.add_stream(CODEC, rate=fps, options={"crf": str(rate), **ENCODING})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for picture in pictures:
            file.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        file.mux(stream.encode(None))


def write_sheet(path: Path, pictures: Sequence[Picture], columns: int = COLUMNS) -> None:
    """Write a contact sheet of some pictures."""
    height, width = pictures[0].shape[:2]
    size_px = (THUMB_WIDTH_PX, round(THUMB_WIDTH_PX * height / width))
    thumbs = [np.asarray(Image.fromarray(picture).resize(size_px)) for picture in pictures]
    while len(thumbs) % columns:
        thumbs.append(np.zeros_like(thumbs[0]))
    rows = [np.hstack(thumbs[i : i + columns]) for i in range(0, len(thumbs), columns)]
    Image.fromarray(np.vstack(rows)).save(path)
