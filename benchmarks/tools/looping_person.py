"""Somebody who does raises, or holds, without end: a rendered person's clip, joined into a circle.

The poses are those of a clip of `tests/recordings/people/known`, thirty a second; the end of the
circle is blended into its beginning, where the person is in position. A picture carries its number,
and the number says which pose is in it: so a pose comes from a picture that really went through the
camera, and from no other.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from coreline.body.pose import Pose
from coreline.files.recordings import load_trace
from tools.recorded_people import FOLDER, KNOWN, load_person

RAISES: Final = "w56-belly-bridge"
HOLD: Final = "w12-belly-bridge"
# Three raises, all of which count; a hold that is in line for all of the clip
SEEDS: Final = {RAISES: 29, HOLD: 31}
FPS: Final = 30.0
MARGIN_S: Final = 0.5  # of lying in position around the raises
BLEND_S: Final = 0.4
FIELDS: Final = ("xy_px", "depth_px", "visibility", "world_m")
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class LoopingPerson:
    """Poses of one turn of the circle, and where its raises are, seconds from its beginning."""

    exercise_id: str
    poses: Sequence[Pose]
    raises: Sequence[Span]

    @property
    def turn_s(self) -> float:
        """Return how long one turn takes."""
        return len(self.poses) / FPS

    @property
    def numbers(self) -> int:
        """Return how many numbers there are before they begin again; whole turns, in 16 bits."""
        return (1 << 16) // len(self.poses) * len(self.poses)

    def pose(self, number: int, t_s: float, size_px: tuple[int, int]) -> Pose:
        """Return the pose in the picture of a number, as a picture of that size shows it whole."""
        pose = self.poses[number % len(self.poses)]
        scale = min(side / own for side, own in zip(size_px, pose.size_px, strict=True))
        margin = (np.array(size_px) - scale * np.array(pose.size_px)) / 2.0
        return replace(
            pose,
            t_s=t_s,
            xy_px=pose.xy_px * scale + margin,
            depth_px=pose.depth_px * scale,
            size_px=size_px,
        )

    def raises_between(self, epoch_s: float, start_s: float, end_s: float) -> Iterator[Span]:
        """Yield the raises that lie wholly between two moments, of one who began at `epoch_s`."""
        turn = max(int((start_s - epoch_s) / self.turn_s), 0)
        while (begin_s := epoch_s + turn * self.turn_s) < end_s:
            for raise_start_s, raise_end_s in self.raises:
                if start_s <= begin_s + raise_start_s and begin_s + raise_end_s <= end_s:
                    yield begin_s + raise_start_s, begin_s + raise_end_s
            turn += 1


def looping_person(exercise_id: str = RAISES) -> LoopingPerson:
    """Read the clip of an exercise and close the circle."""
    path = FOLDER / KNOWN / f"{exercise_id}--{SEEDS[exercise_id]}.npz"
    expected, trace = load_person(path).document["expected"], load_trace(path)
    spans = [(each["start_s"], each["end_s"]) for each in expected.get("reps", ())]
    begin_s, end_s = (
        (spans[0][0] - MARGIN_S, spans[-1][1] + MARGIN_S)
        if spans
        else (expected["in_line"][0][0] + MARGIN_S, expected["in_line"][-1][1] - MARGIN_S)
    )
    found = [(t_s, pose) for t_s, pose in trace if pose is not None]
    count = round((end_s - begin_s) * FPS)
    poses = [_between(found, begin_s + number / FPS) for number in range(count)]
    blended = round(BLEND_S * FPS)
    for number in range(blended):
        at = count - blended + number
        poses[at] = _mixed(poses[at], poses[0], (number + 1) / (blended + 1))
    raises = tuple((start_s - begin_s, stop_s - begin_s) for start_s, stop_s in spans)
    return LoopingPerson(exercise_id, tuple(poses), raises)


def _between(found: Sequence[tuple[float, Pose]], t_s: float) -> Pose:
    """Return the pose of a moment between two frames."""
    after = min(max(bisect_right(found, t_s, key=lambda each: each[0]), 1), len(found) - 1)
    (one_s, one), (other_s, other) = found[after - 1], found[after]
    return _mixed(one, other, float(np.clip((t_s - one_s) / (other_s - one_s), 0.0, 1.0)))


def _mixed(one: Pose, other: Pose, share: float) -> Pose:
    values = {
        name: (1.0 - share) * getattr(one, name) + share * getattr(other, name) for name in FIELDS
    }
    return replace(one, **values)
