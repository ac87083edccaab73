"""Recordings of rendered people: landmarks and truth, in one file a clip.

`<exercise>--<seed>.npz` is a landmark trace as docs/formats.md describes it, so that `coreline
analyze` reads it. Its numbers are rounded: times to a microsecond, places to a quarter of a pixel,
depth to half a pixel, visibility to 1/256, the world's metres to 1/128 (of clips packed earlier to
1/512). Three arrays more, which a reader of traces passes over, hold the truth:

    truth         (k,)    uint8   JSON in UTF-8: `meta` and `expected` as the generator wrote them,
                                  and the names of the `phases` and `signals` below
    truth_phase   (n,)    uint8   which of the phases, frame by frame
    truth_deg     (n, s)  int16   the signals' angles, tenths of a degree

People with an odd seed are `known`: numbers may be set on them. Those with an even one are
`strangers`: figures are published of them, and no number was ever set on one.
"""

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coreline.errors import BadSourceError
from coreline.files.arrays import BadArraysError, read_arrays
from coreline.files.reading import opened_file
from coreline.files.recordings import MOST_NUMBERS, Trace, load_trace
from coreline.limits import TRACE_BYTES

FOLDER: Final = Path(__file__).resolve().parents[2] / "tests" / "recordings" / "people"
KNOWN: Final = "known"
STRANGERS: Final = "strangers"
HALVES: Final = (KNOWN, STRANGERS)
# Angles that the judging can be held against; the generator's places and pixels are left out.
SIGNALS: Final = (
    "bend_deg",
    "knee_deg",
    "raise_deg",
    "thigh_deg",
    "trunk_deg",
    "leg_deg",
    "arm_deg",
    "roll_deg",
)
TENTHS: Final = 10.0
TRUTH_COLUMNS: Final = ("t_s", "truth_phase", "truth_deg")
RAW_TRUTH_END: Final = ".json.gz"
RAW_TRACE_END: Final = ".landmarks.npz"
# Steps per unit, and what holds the result exactly. Of the world's metres only a turn's angle is
# read, from joints that are 0.3 m and more apart: 8 mm are enough, and save a fifth of the file.
ROUNDING: Final[Mapping[str, tuple[float, str]]] = {
    "px": (4.0, "f4"),
    "z": (2.0, "f2"),
    "visibility": (256.0, "f2"),
    "world": (128.0, "f2"),
}
# The same for every file, so that packing a clip again gives the same bytes.
EPOCH: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Person:
    """One clip of a rendered person.

    Attributes:
        name: `<exercise>--<seed>`.
        trace: the landmark trace.
        document: the truth, `meta`, `expected` and `frames`, each of which has `t_s`, `phase` and
            the angles.
    """

    name: str
    trace: Path
    document: Mapping[str, Any]


def half_of(name: str) -> str:
    """Return which half a clip belongs to.

    Raises:
        BadSourceError: The name does not end in a seed.
    """
    _, mark, seed = name.rpartition("--")
    if not mark or not seed.isdecimal():
        raise BadSourceError(f"{name}: is no <exercise>--<seed>; rename the clip")
    return KNOWN if int(seed) % 2 else STRANGERS


def files_in(folder: Path) -> list[Path]:
    """Return the clips of a folder in order, packed ones or else as the generator left them.

    Raises:
        BadSourceError: There is none.
    """
    raw = [each for each in sorted(folder.glob(f"*--*{RAW_TRUTH_END}")) if _raw_trace(each)]
    packed = [
        each for each in sorted(folder.glob("*--*.npz")) if not each.name.endswith(RAW_TRACE_END)
    ]
    if not raw and not packed:
        raise BadSourceError(f"{folder}: no clip of a rendered person in it; give a folder of them")
    return packed + raw


def _raw_trace(truth: Path) -> Path | None:
    trace = truth.with_name(truth.name.removesuffix(RAW_TRUTH_END) + RAW_TRACE_END)
    return trace if trace.is_file() else None


def load_person(path: Path) -> Person:
    """Return a clip, packed or as the generator left it.

    Raises:
        BadSourceError: It cannot be read, or has no truth.
    """
    if path.name.endswith(RAW_TRUTH_END):
        return _raw_person(path)
    try:
        with opened_file(path, TRACE_BYTES) as file:
            arrays = read_arrays(file, ("truth", *TRUTH_COLUMNS), MOST_NUMBERS)
        truth = json.loads(arrays["truth"].tobytes())
        columns = [arrays[name] for name in TRUTH_COLUMNS]
        frames = _frames(truth.pop("phases"), truth.pop("signals"), *columns)
    except (OSError, BadArraysError, LookupError, TypeError, ValueError) as error:
        raise BadSourceError(f"{path}: is no packed clip with a truth ({error})") from error
    return Person(path.stem, path, {**truth, "frames": frames})


def _frames(
    phases: Sequence[str],
    signals: Sequence[str],
    t_s: NDArray[Any],
    phase: NDArray[Any],
    tenths: NDArray[Any],
) -> list[dict[str, Any]]:
    """Return the truth frame by frame."""
    rows = zip(t_s.tolist(), phase.tolist(), (tenths / TENTHS).tolist(), strict=True)
    return [
        {"t_s": at_s, "phase": phases[number], **dict(zip(signals, angles, strict=True))}
        for at_s, number, angles in rows
    ]


def _raw_person(path: Path) -> Person:
    trace = _raw_trace(path)
    if trace is None:
        raise BadSourceError(f"{path}: has no landmarks beside it; make them with --save-poses")
    try:
        document = json.loads(gzip.decompress(path.read_bytes()))
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise BadSourceError(f"{path}: is not a truth file ({error})") from error
    return Person(path.name.removesuffix(RAW_TRUTH_END), trace, document)


# Packing


def packed(person: Person) -> bytes:
    """Return a clip as its file.

    Raises:
        BadSourceError: Truth and landmarks are not of the same frames, or the trace is unsound.
    """
    trace, frames = load_trace(person.trace), person.document["frames"]
    true_s = np.array([frame["t_s"] for frame in frames])
    if len(frames) != trace.frames or np.abs(true_s - trace.t_s).max() > 0.5 / trace.fps:
        raise BadSourceError(f"{person.trace}: is not of the frames of its truth; make it again")
    return _archive({**rounded_trace(trace), **_truth_arrays(person.document)})


def rounded_trace(trace: Trace) -> dict[str, NDArray[Any]]:
    """Return the arrays of a trace, rounded; time runs fastest, which packs a third smaller."""
    arrays: dict[str, NDArray[Any]] = {"t_s": np.round(trace.t_s, 6)}
    for name, (steps, kind) in ROUNDING.items():
        rounded = np.round(getattr(trace, name) * steps) / steps
        arrays[name] = np.asfortranarray(rounded.astype(kind))
    arrays["size"] = np.array((trace.width, trace.height), np.int64)
    arrays["fps"] = np.array(trace.fps)
    return arrays


def _truth_arrays(document: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    frames = document["frames"]
    phases = list(dict.fromkeys(frame["phase"] for frame in frames))
    signals = [name for name in SIGNALS if name in frames[0]]
    degrees = np.array([[frame[name] for name in signals] for frame in frames])
    truth = {
        "meta": document["meta"],
        "expected": document["expected"],
        "phases": phases,
        "signals": signals,
    }
    text = json.dumps(truth, ensure_ascii=False, separators=(",", ":"))
    return {
        "truth": np.frombuffer(text.encode(), np.uint8),
        "truth_phase": np.array([phases.index(frame["phase"]) for frame in frames], np.uint8),
        "truth_deg": np.asfortranarray(np.round(degrees * TENTHS).astype(np.int16)),
    }


def _archive(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return an `.npz`, the same to the byte for the same arrays."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, array in arrays.items():
            part = io.BytesIO()
            np.lib.format.write_array(part, array, allow_pickle=False)
            member = zipfile.ZipInfo(f"{name}.npy", EPOCH)
            archive.writestr(member, part.getvalue(), zipfile.ZIP_DEFLATED, 9)
    return whole.getvalue()


def write_rounded(trace: Trace, place: Path) -> int:
    """Write a trace rounded as above, without a truth, and return its bytes."""
    return place.write_bytes(_archive(rounded_trace(trace)))


def write_packed(files: Iterable[Path], into: Path) -> dict[str, int]:
    """Pack clips into the two halves of a folder, and return the bytes of each by its name.

    Raises:
        BadSourceError: A clip cannot be read, or its name has no seed.
    """
    sizes = {}
    for path in files:
        person = load_person(path)
        place = into / half_of(person.name) / f"{person.name}.npz"
        place.parent.mkdir(parents=True, exist_ok=True)
        sizes[person.name] = place.write_bytes(packed(person))
    return sizes
