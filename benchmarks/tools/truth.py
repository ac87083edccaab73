"""Clips whose truth is known: where they are, and what truly happens in them.

A clip is `<name>.json.gz` (the truth) beside `<name>.landmarks.npz` (what the pose model saw) and
`<name>.mp4`, either of which may be missing. The exercise is the truth's own `meta.exercise`, never
the file's name.
"""

import gzip
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coreline.errors import BadSourceError
from coreline.judging.events import Fault

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

TRUTH_END = ".json.gz"
# The truth's own names for what the judging calls otherwise.
CODES = {
    "arch": "pike",
    "leg_sunk": "leg_low",
    "legs_sink": "legs_low",
    "arms_sink": "arms_low",
    "hips_down": "hips_low",
}
# How the script calls the stretches of a clip in which the exercise is being done.
IN_POSITION = ("hold", "fault:", "rep ", "rotation ")
AT_REST_IN_POSITION = {"hold": "hold", "raise": "ready", "roll": "ready"}
LAST_REST_S = 0.5


@dataclass(frozen=True, slots=True)
class Clip:
    """Where one clip is; `landmarks` and `video` may not be there."""

    name: str
    truth: Path
    landmarks: Path
    video: Path


@dataclass(frozen=True, slots=True)
class TrueAttempt:
    """A stay in position, a repetition or a turn that truly happened.

    `either_ok`: it counts, but whoever also wants a tap before it may refuse it for that.
    """

    start_s: float
    end_s: float
    counts: bool
    reasons: tuple[str, ...] = ()
    either_ok: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class TrueLine:
    """The body line frame by frame: (n,) each.

    Attributes:
        t_s: seconds.
        deg: the angle that the exercise's judging calls its line, absolute.
        neutral_deg: its value in the good line.
        in_position: frames in which the exercise is being done, ramps among them.
        judged: those of them in which the line is judged: a hold or turn whole, of a repetition
            the top.
    """

    t_s: Array
    deg: Array
    neutral_deg: float
    in_position: Mask
    judged: Mask


@dataclass(frozen=True, slots=True)
class Truth:
    """What truly happens in a clip. `in_line_s` is None where nothing is held."""

    exercise: str
    counted: int
    attempts: tuple[TrueAttempt, ...]
    faults: tuple[Fault, ...]
    in_line_s: float | None
    line: TrueLine

    @property
    def least_counted(self) -> int:
        """Return the smallest count that is right."""
        return self.counted - sum(each.either_ok for each in self.attempts)


def clips_in(folders: Sequence[Path]) -> list[Clip]:
    """Return every clip with a truth, by name within each folder.

    Raises:
        BadSourceError: A folder is not there, or holds no truth.
    """
    return [clip for folder in folders for clip in _clips_of(folder)]


def _clips_of(folder: Path) -> list[Clip]:
    truths = sorted(folder.glob(f"*{TRUTH_END}"))
    if not truths:
        raise BadSourceError(f"{folder}: no truth (*{TRUTH_END}) in it; give a folder of clips")
    names = [(path.name.removesuffix(TRUTH_END), path) for path in truths]
    return [
        Clip(name, path, folder / f"{name}.landmarks.npz", folder / f"{name}.mp4")
        for name, path in names
    ]


def exercise_of(document: Mapping[str, Any]) -> str:
    """Return the id of the exercise that the clip shows."""
    return str(document["meta"]["exercise"])


def load_document(path: Path) -> dict[str, Any]:
    """Return a truth file as it is written.

    Raises:
        BadSourceError: It cannot be read, or does not have the parts of a truth.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            document: dict[str, Any] = json.load(file)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise BadSourceError(f"{path}: is not a truth file ({error})") from error
    missing = [key for key in ("meta", "expected", "frames") if not document.get(key)]
    if missing:
        raise BadSourceError(f"{path}: the truth has no {', '.join(missing)}")
    return document


def truth_of(document: Mapping[str, Any], line: str) -> Truth:
    """Return the truth of a clip.

    Args:
        document: the file, as `load_document` returns it.
        line: what the exercise's judging calls its line, `bend` or `thigh`.
    """
    expected = document["expected"]
    phases = [str(frame["phase"]) for frame in document["frames"]]
    true_line = line_of(document, line)
    attempts = _attempts(expected, true_line.t_s, phases)
    in_line = expected.get("in_line")
    return Truth(
        exercise=exercise_of(document),
        counted=expected.get("reps_counted", sum(each.counts for each in attempts)),
        attempts=attempts,
        faults=tuple(_fault(each) for each in expected.get("faults", ())),
        in_line_s=None if in_line is None else sum(end - start for start, end in in_line),
        line=true_line,
    )


def _fault(entry: Mapping[str, Any]) -> Fault:
    return Fault(_code(entry["kind"]), entry["start_s"], entry["end_s"])


def _code(name: str) -> str:
    return CODES.get(name, name)


def _attempts(
    expected: Mapping[str, Any], t_s: Array, phases: Sequence[str]
) -> tuple[TrueAttempt, ...]:
    if "reps" in expected:
        return tuple(_repetition(each) for each in expected["reps"])
    if "rotations" in expected:
        return tuple(_rotation(each) for each in expected["rotations"])
    return _stays(t_s, phases)


def _repetition(entry: Mapping[str, Any]) -> TrueAttempt:
    return TrueAttempt(
        entry["start_s"],
        entry["end_s"],
        entry["counts"],
        tuple(map(_code, entry["reasons"])),
        either_ok=entry.get("either_ok", False),
    )


def _rotation(entry: Mapping[str, Any]) -> TrueAttempt:
    """Return a turn; one that would count but for its direction is refused for that.

    The truth's `counts` passes over the direction, the programme asks for it to alternate.
    """
    reasons = tuple(map(_code, entry["reasons"]))
    if entry["counts"] and entry["same_direction_as_before"]:
        reasons = ("same_direction",)
    return TrueAttempt(entry["start_s"], entry["end_s"], not reasons, reasons)


def _stays(t_s: Array, phases: Sequence[str]) -> tuple[TrueAttempt, ...]:
    """Return each time the position was taken up and left."""
    runs = groupby(range(len(phases)), lambda at: phases[at].startswith(IN_POSITION))
    stays = [list(frames) for inside, frames in runs if inside]
    return tuple(TrueAttempt(float(t_s[at[0]]), float(t_s[at[-1]]), True) for at in stays)


def line_of(document: Mapping[str, Any], line: str) -> TrueLine:
    """Return the body line of a clip; `line` as for `truth_of`."""
    frames, name = document["frames"], f"{line}_deg"
    phases = [str(frame["phase"]) for frame in frames]
    t_s = np.array([frame["t_s"] for frame in frames], np.float64)
    deg = np.array([frame[name] for frame in frames], np.float64)
    in_position = np.array([phase.startswith(IN_POSITION) for phase in phases])
    judged = _tops(document["expected"], t_s) if "reps" in document["expected"] else in_position
    neutral_deg = (
        _bend_neutral_deg(document) if line == "bend" else _neutral_deg(document, t_s, deg)
    )
    return TrueLine(t_s, deg, neutral_deg, in_position, judged)


def _tops(expected: Mapping[str, Any], t_s: Array) -> Mask:
    """Return the frames in which a repetition is held at its top."""
    inside = np.zeros(len(t_s), np.bool_)
    for each in expected["reps"]:
        inside |= (t_s >= each["top_s"]) & (t_s <= each["top_s"] + each["plateau_s"])
    return inside


def _bend_neutral_deg(document: Mapping[str, Any]) -> float:
    """Return the bend of the scripted good line; of that alone the truth says it."""
    return float(document["meta"]["neutral_bend_deg"])


def _neutral_deg(document: Mapping[str, Any], t_s: Array, deg: Array) -> float:
    """Return another angle's value in the good line: its median in the good position.

    That is while holding without a fault, or before the first repetition; a script that does not
    wait there is taken at its last moment of rest.
    """
    at_rest = AT_REST_IN_POSITION[document["meta"]["kind"]]
    good = np.array([frame["phase"] == at_rest for frame in document["frames"]])
    if not good.any():
        begins_s = document["expected"]["reps"][0]["start_s"]
        good = (t_s >= begins_s - LAST_REST_S) & (t_s < begins_s)
    return float(np.median(deg[good]))
