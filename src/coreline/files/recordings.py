"""Landmark traces on disk: what the model saw, frame by frame, without a single picture.

An `.npz` archive of plain arrays, never of pickled objects:

    t_s         (n,)        seconds, strictly increasing
    px          (n, 33, 2)  pixels; a row of NaN where nobody was found, here and in the next three
    z           (n, 33)     pixels, smaller is nearer
    visibility  (n, 33)     0..1
    world       (n, 33, 3)  metres
    size        (2,)        width and height of the picture, pixels      may be missing
    fps         ()          nominal frame rate                           may be missing

Numbers are written as float64 and come back to the bit; float32 and float16 are read too. Without
`size` the picture is taken to be 640 x 480, or as much more as the landmarks need; without `fps`
the median step between frames gives it.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from coreline.body.pose import LANDMARKS, Pose
from coreline.errors import BadSourceError
from coreline.files.writing import opened

Array = NDArray[np.float64]

FIX: Final = "record or export the trace again"
USUAL_SIZE_PX: Final = (640, 480)
SHAPES: Final[Mapping[str, tuple[int, ...]]] = {
    "t_s": (),
    "px": (LANDMARKS, 2),
    "z": (LANDMARKS,),
    "visibility": (LANDMARKS,),
    "world": (LANDMARKS, 3),
}
# What numpy and zipfile raise on files that are damaged, each in its own way.
UNREADABLE: Final = (
    OSError,
    ValueError,
    EOFError,
    KeyError,
    MemoryError,
    RuntimeError,
    SyntaxError,
    TypeError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
PER_POSE: Final = ("px", "z", "visibility", "world")


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Poses of one recording. Iterate to get (t_s, pose), pose None where nobody was found.

    Attributes:
        width: Of the picture, pixels.
        height: Of the picture, pixels.
        fps: Nominal frame rate; times are in the frames.
        t_s: (n,) seconds.
        px: (n, 33, 2) pixels, NaN where nobody was found.
        z: (n, 33) pixels.
        visibility: (n, 33) in 0..1.
        world: (n, 33, 3) metres.
    """

    width: int
    height: int
    fps: float
    t_s: Array
    px: Array
    z: Array
    visibility: Array
    world: Array

    @property
    def frames(self) -> int:
        """Number of frames, with or without somebody in them."""
        return len(self.t_s)

    @property
    def duration_s(self) -> float:
        """Seconds from the first frame to the end of the last, at the nominal rate."""
        return float(self.t_s[-1] - self.t_s[0]) + 1.0 / self.fps

    def __len__(self) -> int:
        """Return the number of frames."""
        return self.frames

    def __iter__(self) -> Iterator[tuple[float, Pose | None]]:
        """Yield time and pose of every frame, in order."""
        return (self._frame(number) for number in range(self.frames))

    def _frame(self, number: int) -> tuple[float, Pose | None]:
        t_s = float(self.t_s[number])
        if np.isnan(self.px[number]).any():
            return t_s, None
        return t_s, Pose(
            t_s=t_s,
            xy_px=self.px[number],
            depth_px=self.z[number],
            visibility=self.visibility[number],
            world_m=self.world[number],
            size_px=(self.width, self.height),
        )


def load_trace(path: Path | str) -> Trace:
    """Read a trace.

    Raises:
        BadSourceError: There is no such file, or it is not a whole and sound trace.
    """
    place = Path(path)
    raw = _arrays(place)
    columns = {name: _column(place, raw, name, shape) for name, shape in SHAPES.items()}
    _check_times(place, columns["t_s"])
    _check_rows(place, columns)
    width, height = _size(place, raw, columns["px"])
    return Trace(width=width, height=height, fps=_fps(place, raw, columns["t_s"]), **columns)


def save_trace(
    path: Path | str,
    frames: Iterable[tuple[float, Pose | None]],
    *,
    size_px: tuple[int, int],
    fps: float,
) -> None:
    """Write a trace, whole or not at all; an older file of that name is replaced at the very end.

    Args:
        path: Where to; the name is kept as it is.
        frames: Time in seconds and pose of every frame, in order.
        size_px: Width and height of the picture.
        fps: Nominal frame rate.

    Raises:
        ValueError: There are no frames, or times do not strictly increase.
        BadOutputError: The file cannot be written.
    """
    rows = list(frames)
    t_s = np.array([t_s for t_s, _ in rows], np.float64)
    if not rows or not np.isfinite(t_s).all() or not (np.diff(t_s) > 0.0).all():
        raise ValueError("a trace needs frames, their times finite and strictly increasing")
    arrays = {name: np.stack([_row(pose, name) for _, pose in rows]) for name in PER_POSE}
    size, rate = np.array(size_px, np.int64), np.float64(fps)
    with opened(Path(path)) as file:
        np.savez_compressed(file, allow_pickle=False, t_s=t_s, size=size, fps=rate, **arrays)


def _row(pose: Pose | None, name: str) -> Array:
    """Return one frame's array called `name`, NaN without a pose."""
    if pose is None:
        return np.full(SHAPES[name], np.nan)
    held = {
        "px": pose.xy_px,
        "z": pose.depth_px,
        "visibility": pose.visibility,
        "world": pose.world_m,
    }
    return np.asarray(held[name], np.float64)


def _arrays(path: Path) -> dict[str, NDArray[np.generic]]:
    """Read every array of the archive we know; others are passed over.

    Raises:
        BadSourceError: No such file, or not an archive of plain arrays.
    """
    if not path.is_file():
        what = "is a folder, not a trace" if path.is_dir() else "no such file"
        raise BadSourceError(f"{path}: {what}; give the path of an .npz trace")
    try:
        with path.open("rb") as file:
            return _known_arrays(file)
    except UNREADABLE as error:
        why = str(error).partition("\n")[0]
        raise _bad(path, f"is not a readable .npz trace ({why})") from error


def _known_arrays(file: BinaryIO) -> dict[str, NDArray[np.generic]]:
    # The file is opened by us: np.load forgets to close one that turns out to be broken.
    archive = np.load(file, allow_pickle=False)
    if not isinstance(archive, np.lib.npyio.NpzFile):
        raise TypeError("a single array")
    with archive:
        known = [name for name in (*SHAPES, "size", "fps") if name in archive.files]
        return {name: archive[name] for name in known}


def _column(
    path: Path, raw: Mapping[str, NDArray[np.generic]], name: str, shape: tuple[int, ...]
) -> Array:
    """Return the array called `name` as float64, its shape checked."""
    if name not in raw:
        raise _bad(path, f"has no array {name!r}")
    array = _numbers(path, raw, name)
    frames = raw["t_s"].shape[:1]
    if array.shape != (*frames, *shape) or not frames:
        raise _bad(path, f"array {name!r} has shape {array.shape}, expected (frames, *{shape})")
    return array


def _numbers(path: Path, raw: Mapping[str, NDArray[np.generic]], name: str) -> Array:
    if raw[name].dtype.kind not in "fiu":
        raise _bad(path, f"array {name!r} holds {raw[name].dtype}, expected numbers")
    return np.asarray(raw[name], np.float64)


def _check_times(path: Path, t_s: Array) -> None:
    """Refuse a trace without frames and one whose times do not strictly increase."""
    if not len(t_s):
        raise _bad(path, "holds no frames")
    if not np.isfinite(t_s).all():
        raise _bad(path, f"frame {int(np.argmin(np.isfinite(t_s)))} has no time")
    steps_s = np.diff(t_s)
    if (steps_s <= 0.0).any():
        late = int(np.argmax(steps_s <= 0.0)) + 1
        raise _bad(path, f"frame {late} at {t_s[late]:.3f} s is not later than the one before")


def _check_rows(path: Path, columns: Mapping[str, Array]) -> None:
    """Refuse a frame that is neither a whole pose nor nobody at all."""
    frames = len(columns["t_s"])
    finite = [np.isfinite(columns[name]).reshape(frames, -1) for name in PER_POSE]
    flat = np.concatenate(finite, axis=1)
    half = flat.any(axis=1) & ~flat.all(axis=1)
    if half.any():
        raise _bad(path, f"frame {int(np.argmax(half))} holds only part of a pose")


def _size(path: Path, raw: Mapping[str, NDArray[np.generic]], px: Array) -> tuple[int, int]:
    """Return width and height of the picture, pixels."""
    if "size" not in raw:
        return _guessed_size(px)
    size = _numbers(path, raw, "size")
    if size.shape != (2,) or not np.isfinite(size).all() or not (size >= 1.0).all():
        raise _bad(path, f"array 'size' is {size.tolist()}, expected width and height in pixels")
    return int(size[0]), int(size[1])


def _guessed_size(px: Array) -> tuple[int, int]:
    """Return the usual size, grown to hold the middle of every pose."""
    found = px[~np.isnan(px).any(axis=(1, 2))]
    if not len(found):
        return USUAL_SIZE_PX
    far_px = np.median(found, axis=1).max(axis=0)
    width, height = (
        max(int(np.ceil(f)), usual) for f, usual in zip(far_px, USUAL_SIZE_PX, strict=True)
    )
    return width, height


def _fps(path: Path, raw: Mapping[str, NDArray[np.generic]], t_s: Array) -> float:
    """Return the nominal frame rate: as stored, or from the median step."""
    if "fps" in raw:
        fps = _numbers(path, raw, "fps")
        if fps.shape == () and np.isfinite(fps) and fps > 0.0:
            return float(fps)
        raise _bad(path, f"array 'fps' is {fps.tolist()}, expected one number above 0")
    return 1.0 / float(np.median(np.diff(t_s))) if len(t_s) > 1 else 1.0


def _bad(path: Path, what: str) -> BadSourceError:
    return BadSourceError(f"{path}: {what}; {FIX}")
