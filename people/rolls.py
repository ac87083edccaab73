"""Log rolls: the course of the rotations, and which of them count."""

from dataclasses import dataclass
from typing import Any

from courses import rounded
from limits import ROLL_BAD_DEG, ROLL_FAST_S, ROLL_FINE_DEG, ROLL_FINE_S
from scripting import BEFORE_S, Script

QUARTER_DEG = 90
# Whoever rolls faster does one more.
FAST_QUARTER_S = 1.1


@dataclass(frozen=True, slots=True)
class Rotation:
    """A rotation as it was done.

    Attributes:
        start_s: When it begins.
        end_s: When it ends.
        sense: +1 chest to the camera first, -1 back to the camera first.
        before: Sense of the one before, 0 if there is none.
        off_deg: How far the hips sank.
        half: Whether it turned back half way.
    """

    start_s: float
    end_s: float
    sense: int
    before: int
    off_deg: float
    half: bool


def roll_script(script: Script) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write some rotations; return what counts, and how it was done."""
    track, rng = script.track, script.rng
    from_afar = bool(rng.random() < 0.5)
    if from_afar:
        track.ramp("gone", 1, 0.5, at_s=BEFORE_S)
        track.wait(0.6, "rest")
        track.ramp("gone", 0, 1.6)
        track.wait(1.6, "move")
    script.wait(1.0, 2.5, "ready")
    before, sense, at_deg = 0, int(rng.choice([-1, 1])), 0.0
    quarter_s = script.between(0.8, 1.7)
    truth = []
    for number in range(int(rng.integers(2, 4)) + (quarter_s < FAST_QUARTER_S)):
        rotation, at_deg = _rotate(script, (sense, before), quarter_s, at_deg, number + 1)
        truth.append(rotation_truth(rotation))
        before = sense
        sense = sense if rng.random() < 0.2 else -sense
        script.wait(0.4, 1.2, "prone")
    track.wait(0.5, "prone")
    how = {"start": "from_afar" if from_afar else "mid", "quarter_s": round(quarter_s, 2)}
    return {"rotations": truth}, how


def _rotate(
    script: Script, senses: tuple[int, int], quarter_s: float, at_deg: float, number: int
) -> tuple[Rotation, float]:
    """Write one rotation in four quarters; return it, and how far the body has turned in all."""
    track, rng = script.track, script.rng
    start_s, rest_s = track.now_s, script.between(0.1, 0.6)
    off_deg = float(rng.choice([0, rng.uniform(0, 30)]))
    half = bool(rng.random() < 0.15)
    for quarter in range(4):
        back = half and quarter > 1
        at_deg += (-QUARTER_DEG if back else QUARTER_DEG) * senses[0]
        lasts_s = quarter_s * script.between(0.9, 1.1)
        track.ramp("roll", at_deg, lasts_s)
        if off_deg and quarter == 1:
            track.ramp("dev", off_deg, 0.8, at_s=track.now_s + 0.5 * lasts_s)
            track.ramp("dev", 0, 0.8, at_s=track.now_s + 0.5 * lasts_s + 2.0)
        track.wait(lasts_s + (rest_s if quarter < 3 else 0), f"rotation {number}")
    return Rotation(start_s, track.now_s, *senses, off_deg, half), at_deg


def rotation_truth(rotation: Rotation) -> dict[str, Any]:
    """Return what a judge should say of a rotation, as it stands in the truth."""
    bad: list[str] = []
    grey: list[str] = []
    if rotation.half:
        bad.append("incomplete")
    if rotation.off_deg > ROLL_FINE_DEG:
        (bad if rotation.off_deg > ROLL_BAD_DEG else grey).append("line_broken")
    took_s = rotation.end_s - rotation.start_s
    if took_s < ROLL_FINE_S:
        (bad if took_s < ROLL_FAST_S else grey).append("too_fast")
    same = rotation.sense == rotation.before
    if same:
        grey.append("same_direction")
    first = "chest" if rotation.sense > 0 else "back"
    truth = {
        "start_s": rounded(rotation.start_s, 2),
        "end_s": rounded(rotation.end_s, 2),
        "sense": rotation.sense,
        "counts": not bad,
        "reasons": bad,
        "grey": grey,
        "direction": f"{first}_to_camera_first",
        "same_direction_as_before": same,
        "line_deg": rounded(rotation.off_deg, 1),
        "took_s": rounded(took_s, 2),
    }
    return {**truth, "either_ok": True} if grey and not bad else truth
