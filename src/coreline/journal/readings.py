"""The readings of a set, about six bytes a frame, and the points of a drawing, packed.

Numbers are kept in thousandths, which is what the trace and the report write (docs/formats.md). The
bytes, after zlib: the number of frames (8, little-endian), then for each column of numbers a bit a
frame that says which are unknown, and the differences from frame to frame as 8-byte integers,
lowest bytes of all first; then a bit a frame for `found`, a byte a frame for `phase` and one for
`state`.
"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coreline.body.lasting import share_of_time
from coreline.errors import JournalDamagedError
from coreline.judging.events import Phase, Reading, State
from coreline.judging.moments import Place
from coreline.judging.readings import Readings
from coreline.limits import READINGS

# The order is part of the format: append, never insert.
_COLUMNS: Final = ("t_s", "bend_deg", "neutral_deg", "signal_deg", "knee_deg")
_PHASES: Final = (
    Phase.WAITING,
    Phase.HOLDING,
    Phase.DOWN,
    Phase.RISING,
    Phase.TOP,
    Phase.LOWERING,
)
_STATES: Final = (State.GOOD, State.NOT_GOOD, State.UNSEEN)
# Degrees and seconds to a thousandth, places to a thousandth of the body: finer than anything is
# seen, and it packs to a few bytes.
_DECIMALS: Final = 3
_THOUSAND: Final = 1000
_UNSEEN: Final = -(2**15)  # the lowest 16-bit number, which no place has
_FAR: Final = 2**15 - 1
_COUNT: Final = struct.Struct("<q")

# Of each frame: in every column 8 bytes and a bit, a bit more, and two bytes
_MOST_BYTES: Final = _COUNT.size + READINGS * (9 * len(_COLUMNS) + 3)

Whole = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Where each phase and state of the format stands among all that there are.
_PHASE_PLACES: Final = np.array([tuple(Phase).index(each) for each in _PHASES], np.uint8)
_STATE_PLACES: Final = np.array([tuple(State).index(each) for each in _STATES], np.uint8)


def pack(readings: Sequence[Reading]) -> bytes:
    """Return the readings as bytes."""
    parts = [_COUNT.pack(len(readings))]
    for name in _COLUMNS:
        parts += _packed_column([getattr(reading, name) for reading in readings])
    parts += [
        _bits([reading.found for reading in readings]),
        bytes(_PHASES.index(reading.phase) for reading in readings),
        bytes(_STATES.index(reading.state) for reading in readings),
    ]
    return zlib.compress(b"".join(parts), 6)


def unpack(packed: bytes) -> Readings:
    """Return the readings, numbers rounded to a thousandth.

    Raises:
        JournalDamagedError: These are not the bytes of readings.
    """
    try:
        return _unpacked(_decompressed(packed))
    except (zlib.error, struct.error, ValueError, IndexError) as error:
        raise JournalDamagedError(
            f"the readings of a set cannot be unpacked ({error})",
            nl="de metingen van een serie zijn niet uit te pakken",
        ) from error


@dataclass(frozen=True, slots=True)
class SeenInSet:
    """What the readings of a set come to: frames, share of the time with somebody, how long."""

    frames: int = 0
    found_share: float = 0.0
    lasted_s: float = 0.0


def summed_up(packed: bytes) -> SeenInSet:
    """Return what the readings come to, without making each of them: a hundredth of the work.

    Raises:
        JournalDamagedError: These are not the bytes of readings.
    """
    try:
        return _summed_up(_decompressed(packed))
    except (zlib.error, struct.error, ValueError, IndexError) as error:
        raise JournalDamagedError(
            f"the readings of a set cannot be unpacked ({error})",
            nl="de metingen van een serie zijn niet uit te pakken",
        ) from error


def _decompressed(packed: bytes) -> bytes:
    """Return what is packed; of more than a set can hold the rest is left packed."""
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(packed, _MOST_BYTES)
    if not unpacking.eof:
        raise ValueError("they do not end, or are more than a set has")
    return content


def pack_points(points: Sequence[Place | None]) -> bytes:
    """Return the points of a drawing, in body lengths, as bytes."""
    flat = [value for place in points for value in (place or (None, None))]
    thousandths = [
        _UNSEEN if value is None else min(max(round(value * _THOUSAND), -_FAR), _FAR)
        for value in flat
    ]
    return np.array(thousandths, "<i2").tobytes()


def unpack_points(packed: bytes) -> tuple[Place | None, ...]:
    """Return the points of a drawing, rounded to a thousandth of a body length."""
    flat = np.frombuffer(packed[: len(packed) // 4 * 4], "<i2").reshape(-1, 2).tolist()
    return tuple(None if x == _UNSEEN else (x / _THOUSAND, y / _THOUSAND) for x, y in flat)


def _frames_of(content: bytes) -> int:
    """Return how many frames there are; what they take is known before any of it is taken."""
    (frames,) = _COUNT.unpack_from(content)
    if not 0 <= frames <= READINGS:
        raise ValueError(f"{frames} of them are no set")
    mask_size = (frames + 7) // 8
    whole = _COUNT.size + len(_COLUMNS) * (mask_size + 8 * frames) + mask_size + 2 * frames
    if len(content) != whole:
        raise ValueError("of another length")
    return int(frames)


def _unpacked(content: bytes) -> Readings:
    frames = _frames_of(content)
    mask_size = (frames + 7) // 8
    column_size = mask_size + 8 * frames
    phases_from = _COUNT.size + len(_COLUMNS) * column_size + mask_size
    numbers = np.empty((frames, len(_COLUMNS)))
    for column in range(len(_COLUMNS)):
        place = _COUNT.size + column * column_size
        numbers[:, column] = _column(content[place : place + column_size], frames)
    numbers[:, 0] = _times_s(content[_COUNT.size : _COUNT.size + column_size], frames)
    kinds = np.empty((frames, 3), np.uint8)
    kinds[:, 0] = _flags(content[phases_from - mask_size : phases_from], frames)
    kinds[:, 1] = _PHASE_PLACES[np.frombuffer(content[phases_from:][:frames], np.uint8)]
    kinds[:, 2] = _STATE_PLACES[np.frombuffer(content[phases_from + frames :], np.uint8)]
    return Readings.of_columns(numbers.tobytes(), kinds.tobytes())


def _summed_up(content: bytes) -> SeenInSet:
    frames = _frames_of(content)
    mask_size = (frames + 7) // 8
    times_end = _COUNT.size + mask_size + 8 * frames
    found_from = _COUNT.size + len(_COLUMNS) * (mask_size + 8 * frames)
    phases_from = found_from + mask_size
    phases, states = content[phases_from:][:frames], content[phases_from + frames :]
    if not frames:
        return SeenInSet()
    if max(phases) >= len(_PHASES) or max(states) >= len(_STATES):
        raise IndexError("no such phase or state")
    times_s = _times_s(content[_COUNT.size : times_end], frames)
    found = _flags(content[found_from:phases_from], frames)
    lasted_s = float(times_s[-1] - times_s[0])
    return SeenInSet(frames, share_of_time(times_s, found), lasted_s)


def _packed_column(values: Sequence[float | None]) -> list[bytes]:
    """Return which values are unknown, and the steps between the thousandths of the others."""
    thousandths, last = [], 0
    for value in values:
        if value is not None:
            last = round(round(value, _DECIMALS) * _THOUSAND)
        thousandths.append(last)
    steps = np.diff(np.array(thousandths, "<i8"), prepend=0)
    lowest_first = np.ascontiguousarray(steps, "<i8").view(np.uint8).reshape(-1, 8).T
    return [_bits([value is None for value in values]), lowest_first.tobytes()]


def _times_s(content: bytes, frames: int) -> Numbers:
    """Return the column of times, 0 for one that is not known."""
    return np.nan_to_num(_column(content, frames), nan=0.0)


def _column(content: bytes, frames: int) -> Numbers:
    """Return a column of numbers, NaN what is unknown."""
    mask_size = (frames + 7) // 8
    column = np.cumsum(_steps(content[mask_size:], frames)) / _THOUSAND
    column[_flags(content[:mask_size], frames)] = np.nan
    return column


def _steps(content: bytes, frames: int) -> Whole:
    """Return the differences from frame to frame."""
    lowest_first: Bytes = np.frombuffer(content, np.uint8).reshape(8, frames)
    steps: Whole = np.ascontiguousarray(lowest_first.T).view("<i8").reshape(frames)
    return steps


def _bits(flags: Sequence[bool]) -> bytes:
    return np.packbits(np.array(flags, np.uint8)).tobytes()


def _flags(content: bytes, frames: int) -> Flags:
    return np.unpackbits(np.frombuffer(content, np.uint8), count=frames).astype(bool)
