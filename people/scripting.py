"""The beginning and the end of every clip: into position, and out of it."""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from courses import Track
from exercises import CRUNCH, Doer, Spec
from limits import possible_sag_deg

STARTS: Final = ["lying", "from_afar", "mid"]
START_SHARES: Final = [0.4, 0.45, 0.15]
# Nobody sits or kneels on a ball first.
BALL_START_SHARES: Final = [0.8, 0, 0.2]
# Ramps that end before the clip begins.
BEFORE_S: Final = -1


@dataclass(slots=True, eq=False)
class Script:
    """What is needed to write a clip's course.

    Attributes:
        rng: What draws.
        exercise: Its id.
        doer: The body.
        brief: Whether the clip is to be shorter.
        track: The course so far.
    """

    rng: np.random.Generator
    exercise: str
    doer: Doer
    brief: bool = False
    track: Track = field(default_factory=Track)

    @property
    def spec(self) -> Spec:
        """The exercise."""
        return self.doer.spec

    @property
    def ball(self) -> bool:
        """Whether there is a ball."""
        return self.doer.options.ball is not None

    def between(self, low: float, high: float) -> float:
        """Draw a number between two."""
        return float(self.rng.uniform(low, high))

    def wait(self, low_s: float, high_s: float, phase: str) -> None:
        """Let a drawn time pass."""
        self.track.wait(self.between(low_s, high_s), phase)

    def sag_deg(self, deg: float) -> float:
        """Return a bend that the floor allows."""
        return possible_sag_deg(self.doer, deg)


def enter(script: Script) -> dict[str, Any]:
    """Write the way from the clip's start into position; return how it was done."""
    shares = BALL_START_SHARES if script.ball else START_SHARES
    start = str(script.rng.choice(STARTS, p=shares))
    if start == "mid":
        _begin_in_position(script)
        return {"start": start, "correction": False}
    if start == "from_afar":
        _lie_down(script)
    else:
        script.wait(0.5, 2.0, "rest")
    corrects = False
    if script.exercise != CRUNCH:
        corrects = bool(script.rng.random() < 0.35)
        _take_position(script, corrects=corrects)
    return {"start": start, "correction": corrects}


def _begin_in_position(script: Script) -> None:
    variables = (() if script.exercise == CRUNCH else ("pos",)) + script.spec.uses
    for variable in variables:
        script.track.ramp(variable, 1, 0.5, at_s=BEFORE_S)
    script.wait(0.2, 1.2, "ready" if script.spec.kind == "raise" else "hold")


def _lie_down(script: Script) -> None:
    """Come from sitting or kneeling; two fifths go into position without lying down first."""
    track = script.track
    track.ramp("gone", 1, 0.5, at_s=BEFORE_S)
    script.wait(0.4, 1.5, "rest")
    lasts_s = script.between(1.4, 2.6)
    track.ramp("gone", 0, lasts_s)
    straight = script.rng.random() < 0.4 and script.exercise != CRUNCH
    track.wait(lasts_s * (0.55 if straight else 1), "move")
    if not straight:
        script.wait(0.2, 1.2, "rest")


def _take_position(script: Script, *, corrects: bool) -> None:
    """Go into position, perhaps out of line at first; then bring leg or arm to its place."""
    track, uses = script.track, script.spec.uses
    lasts_s = script.between(0.8, 2.2)
    if corrects and script.spec.has_line:
        off = float(script.rng.uniform(8, 18) * script.rng.choice([-1, 1]))
        track.ramp("dev", script.sag_deg(off), lasts_s * 0.8)
    track.ramp("pos", 1, lasts_s)
    track.wait(lasts_s, "move")
    if corrects:
        script.wait(0.3, 0.9, "move")
        track.ramp("dev", 0, 0.7)
        track.wait(0.7, "move")
    for variable in uses:
        track.ramp(variable, 1, script.between(0.9, 1.4))
    if uses:
        track.wait(1.3, "move")


def leave(script: Script) -> bool:
    """Write the way down to the floor; return whether the person got up after it."""
    track, uses = script.track, script.spec.uses
    for variable in uses:
        track.ramp(variable, 0, 0.8)
    if uses:
        track.wait(0.8, "down")
    lasts_s = script.between(0.7, 1.3)
    for variable in ("pos", "drift"):
        track.ramp(variable, 0, lasts_s)
    gets_up = bool(script.rng.random() < 0.4) and not script.ball
    track.wait(lasts_s, "down")
    script.wait(0.2, 0.9, "rest")
    if gets_up:
        track.ramp("gone", 1, 1.8)
        track.wait(2.1, "move")
    return gets_up
