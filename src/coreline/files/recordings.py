"""Landmark traces on disk: what the model saw, frame by frame, without a single picture.

An `.npz` archive of plain arrays, never of pickled objects:

    t_s         (n,)        seconds, strictly increasing
    px          (n, 33, 2)  pixels; a row of NaN where nobody was found, here and in the next three
    z           (n, 33)     pixels, smaller is nearer
    visibility  (n, 33)     0..1
    world       (n, 33, 3)  metres
    size        (2,)        width and height of the picture, pixels      may be missing
    fps         ()          nominal frame rate                           may be missing
    blurred     (n,)        1 where the picture was blurred, else 0      may be missing: none was

Numbers are written as float64 and come back to the bit; float32 and float16 are read too. Without
`size` the picture is taken to be 640 x 480, or as much more as the landmarks need; without `fps`
the median step between frames gives it.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coreline.body.pose import LANDMARKS, Pose
from coreline.errors import BadSourceError
from coreline.files.arrays import Arrays, BadArraysError, read_arrays
from coreline.files.kinds import Kind, refuse_other_kind
from coreline.files.reading import opened_file, reason_in_dutch
from coreline.files.writing import opened
from coreline.limits import (
    CLOCK_S,
    FPS,
    FRAMES,
    LANDMARK_M,
    LANDMARK_PX,
    RECORDING_S,
    SIDE_PX,
    TRACE_BYTES,
)

Array = NDArray[np.float64]

FIX: Final = "record or export the trace again"
FIX_NL: Final = "neem de reeks opnieuw op, of schrijf hem opnieuw weg"
_WANTED: Final = (
    "a landmark trace; give the .npz that --save-poses wrote",
    "opname van lichaamspunten; geef het .npz-bestand dat --save-poses schreef",
)
USUAL_SIZE_PX: Final = (640, 480)
SHAPES: Final[Mapping[str, tuple[int, ...]]] = {
    "t_s": (),
    "px": (LANDMARKS, 2),
    "z": (LANDMARKS,),
    "visibility": (LANDMARKS,),
    "world": (LANDMARKS, 3),
}
PER_POSE: Final = ("px", "z", "visibility", "world")
MOST_NUMBERS: Final = FRAMES * max(math.prod(shape) for shape in SHAPES.values())
# How far from 0 the numbers of a pose may be; visibility is the model's own share, 0 to 1.
_FARTHEST: Final = {"px": LANDMARK_PX, "z": LANDMARK_PX, "visibility": 1.0, "world": LANDMARK_M}


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
        blurred: (n,) whether the picture was blurred.
    """

    width: int
    height: int
    fps: float
    t_s: Array
    px: Array
    z: Array
    visibility: Array
    world: Array
    blurred: NDArray[np.bool_]

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
            blurred=bool(self.blurred[number]),
        )


def load_trace(path: Path | str) -> Trace:
    """Read a trace.

    Raises:
        BadSourceError: There is no such file, or it is not a whole and sound trace.
    """
    place = Path(path)
    refuse_other_kind(place, BadSourceError, _WANTED, {Kind.TRACE})
    raw = _arrays(place)
    columns = {name: _column(place, raw, name, shape) for name, shape in SHAPES.items()}
    _check_times(place, columns["t_s"])
    _check_rows(place, columns)
    width, height = _size(place, raw, columns["px"])
    blurred, fps = _blurred(place, raw, len(columns["t_s"])), _fps(place, raw, columns["t_s"])
    return Trace(width=width, height=height, fps=fps, blurred=blurred, **columns)


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
    if any(pose is not None and pose.blurred for _, pose in rows):
        blurred = [pose is not None and pose.blurred for _, pose in rows]
        arrays["blurred"] = np.array(blurred, np.uint8)
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


def _arrays(path: Path) -> Arrays:
    """Read every array of the archive we know; others are passed over.

    Raises:
        BadSourceError: No such file, or not an archive of plain arrays.
    """
    try:
        with opened_file(path, TRACE_BYTES) as file:
            return read_arrays(file, (*SHAPES, "size", "fps", "blurred"), MOST_NUMBERS)
    except FileNotFoundError as error:
        raise BadSourceError(
            f"{path}: no such file; give the path of an .npz trace",
            nl=f"{path}: dit bestand is er niet; geef het pad van een .npz-reeks",
        ) from error
    except OSError as error:
        raise BadSourceError(
            f"{path}: {error.strerror or error}; give the path of an .npz trace",
            nl=f"{path}: {reason_in_dutch(error)}; geef het pad van een .npz-reeks",
        ) from error
    except BadArraysError as error:
        raise _bad(path, str(error)) from error


def _column(path: Path, raw: Arrays, name: str, shape: tuple[int, ...]) -> Array:
    """Return the array called `name` as float64, its shape checked."""
    if name not in raw:
        raise _bad(path, f"has no array {name!r}")
    array = _numbers(path, raw, name)
    frames = raw["t_s"].shape[:1]
    if sum(frames) > FRAMES:
        raise _bad(path, f"has {frames[0]} frames, {FRAMES} at most")
    if array.shape != (*frames, *shape) or not frames:
        raise _bad(path, f"array {name!r} has shape {array.shape}, expected (frames, *{shape})")
    return array


def _numbers(path: Path, raw: Arrays, name: str) -> Array:
    if raw[name].dtype.kind not in "fiu":
        raise _bad(path, f"array {name!r} holds {raw[name].dtype}, expected numbers")
    return np.asarray(raw[name], np.float64)


def _check_times(path: Path, t_s: Array) -> None:
    """Refuse a trace without frames and one whose times do not strictly increase."""
    if not len(t_s):
        raise _bad(path, "holds no frames")
    if not np.isfinite(t_s).all():
        raise _bad(path, f"frame {int(np.argmin(np.isfinite(t_s)))} has no time")
    for frame in (0, len(t_s) - 1):
        if not 0.0 <= t_s[frame] <= CLOCK_S:
            raise _bad(path, f"frame {frame} at {t_s[frame]:.3g} s is no time of a recording")
    steps_s = np.diff(t_s)
    if (steps_s <= 0.0).any():
        late = int(np.argmax(steps_s <= 0.0)) + 1
        raise _bad(path, f"frame {late} at {t_s[late]:.3f} s is not later than the one before")
    if t_s[-1] - t_s[0] > RECORDING_S:
        raise _bad(path, f"lasts {t_s[-1] - t_s[0]:.0f} s, {RECORDING_S:.0f} at most")


def _check_rows(path: Path, columns: Mapping[str, Array]) -> None:
    """Refuse a frame that is neither a whole pose nor nobody at all, or lies out of the world."""
    frames = len(columns["t_s"])
    finite = [np.isfinite(columns[name]).reshape(frames, -1) for name in PER_POSE]
    flat = np.concatenate(finite, axis=1)
    half = flat.any(axis=1) & ~flat.all(axis=1)
    if half.any():
        raise _bad(path, f"frame {int(np.argmax(half))} holds only part of a pose")
    for name in PER_POSE:
        least = 0.0 if name == "visibility" else -_FARTHEST[name]
        off = ~np.isnan(columns[name]) & ~_within(columns[name], least, _FARTHEST[name])
        if off.any():
            frame = int(np.argwhere(off)[0][0])
            raise _bad(path, f"frame {frame} has a number in {name!r} that no body has")


def _within(array: Array, least: float, most: float) -> NDArray[np.bool_]:
    """Say of each number whether it is between two others; one that is not finite never is."""
    return np.asarray((array >= least) & (array <= most))


def _size(path: Path, raw: Arrays, px: Array) -> tuple[int, int]:
    """Return width and height of the picture, pixels."""
    if "size" not in raw:
        return _guessed_size(px)
    size = _numbers(path, raw, "size")
    if size.shape != (2,) or not _within(size, 1.0, SIDE_PX).all():
        raise _bad(path, f"array 'size' is {_shown(size)}, expected width and height in pixels")
    return int(size[0]), int(size[1])


def _guessed_size(px: Array) -> tuple[int, int]:
    """Return the usual size, grown to hold the middle of every pose."""
    found = px[~np.isnan(px).any(axis=(1, 2))]
    if not len(found):
        return USUAL_SIZE_PX
    far_px = np.median(found, axis=1).max(axis=0)
    width, height = (
        min(max(int(np.ceil(far)), usual), SIDE_PX)
        for far, usual in zip(far_px, USUAL_SIZE_PX, strict=True)
    )
    return width, height


def _fps(path: Path, raw: Arrays, t_s: Array) -> float:
    """Return the nominal frame rate: as stored, or from the median step."""
    if "fps" in raw:
        fps = _numbers(path, raw, "fps")
        if fps.shape == () and _within(fps, 1.0 / RECORDING_S, FPS).all():
            return float(fps)
        raise _bad(path, f"array 'fps' is {_shown(fps)}, expected one number above 0")
    return min(1.0 / float(np.median(np.diff(t_s))), FPS) if len(t_s) > 1 else 1.0


def _blurred(path: Path, raw: Arrays, frames: int) -> NDArray[np.bool_]:
    """Return of every frame whether its picture was blurred; where nothing says, none was."""
    if "blurred" not in raw:
        return np.zeros(frames, np.bool_)
    if raw["blurred"].shape != (frames,):
        raise _bad(path, f"array 'blurred' has shape {raw['blurred'].shape}, expected (frames,)")
    if not np.isin(raw["blurred"], (0, 1)).all():
        raise _bad(path, "array 'blurred' holds a number other than 0 and 1")
    return np.asarray(raw["blurred"], np.bool_)


def _shown(array: Array) -> str:
    """Return one or two numbers as text; of more, how many they are."""
    return f"{array.size} numbers" if array.shape > (2,) or array.ndim > 1 else str(array.tolist())


def _bad(path: Path, what: str) -> BadSourceError:
    return BadSourceError(
        f"{path}: {what}; {FIX}", nl=f"{path}: geen goede reeks lichaamspunten; {FIX_NL}"
    )
