"""Raises: the course of the repetitions, and which of them count."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from courses import STEP_S, Track, rounded
from directions import Array
from exercises import CRUNCH
from limits import (
    HIGH_DEG,
    HIGH_FINE_DEG,
    HOLD_GREY_S,
    HOLD_S,
    LIMITS,
    LOW_DEG,
    LOW_FINE_DEG,
    LOW_FINE_SHARE,
    LOW_SHARE,
    ONLY_SAG,
    TAP_BAD_CM,
    TAP_FINE_CM,
)
from scripting import Script, enter, leave

# Part of a ramp that is spent above 90 % of the way.
RISE90: Final = 0.2466
# A line broken for less may be passed over.
LEAST_BROKEN_S: Final = 0.6
BRIEF_SAVES_S: Final = 3
LEAST_REPS: Final = 3
COMMON: Final = ["good", "good", "short", "tap", "low"]
CRUNCH_KINDS: Final = [*COMMON, "high"]
LEG_KINDS: Final = [*COMMON, "knee", "line", "line"]
# A foot that is put down this high, a crunch that comes down to this share, and no further.
FULL_TAP_CM: Final = 10
FULL_TAP_SHARE: Final = 0.6

Height = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Tempo:
    """A person's usual seconds for going up and down, and between repetitions."""

    up_s: float
    down_s: float
    gap_s: float


@dataclass(frozen=True, slots=True)
class Rep:
    """A repetition as it was scripted.

    Attributes:
        kind: What is wrong with it, or "good".
        start_s: When it leaves the floor.
        up_s: Seconds up.
        plateau_s: Seconds at the top.
        down_s: Seconds down.
        share: Height as a share of the person's own.
        rise_deg: Rise of a crunch; None where the share says it.
        tap_cm: How high above its place it ends; for a crunch 10 = 60 % of the curl.
    """

    kind: str
    start_s: float
    up_s: float
    plateau_s: float
    down_s: float
    share: float
    rise_deg: float | None
    tap_cm: float = 0.0

    @property
    def top_s(self) -> float:
        """When the plateau begins."""
        return self.start_s + self.up_s

    @property
    def falls_s(self) -> float:
        """When the plateau ends."""
        return self.start_s + self.up_s + self.plateau_s

    @property
    def lasts_s(self) -> float:
        """Seconds in all."""
        return self.up_s + self.plateau_s + self.down_s

    @property
    def end_s(self) -> float:
        """When it is back on the floor, or turns."""
        return self.start_s + self.lasts_s

    @property
    def hold_s(self) -> list[float]:
        """Least and most seconds at the top: the plateau, and all above 90 % of the way."""
        return [self.plateau_s, self.plateau_s + RISE90 * (self.up_s + self.down_s)]


def raise_script(
    script: Script, at_height: Height, limit_s: float
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write the course of some repetitions; return what counts, and how it was done.

    Args:
        script: What is written so far.
        at_height: State of the leg whose foot is so many cm above its place, or of a crunch that
            rises by so many degrees.
        limit_s: No repetition begins after this, but the first three.
    """
    how = enter(script)
    pauses = bool(script.rng.random() < 0.6)
    script.track.wait(script.between(0.5, 1.5) if pauses else 0.0, "ready")
    tempo = Tempo(script.between(0.5, 1.5), script.between(0.5, 1.6), script.between(0.1, 0.8))
    plan = _plan(script)
    tires = bool(script.rng.random() < 0.3) and script.exercise != CRUNCH
    reps: list[Rep] = []
    for number, kind in enumerate(plan):
        late = script.track.now_s > limit_s - BRIEF_SAVES_S * script.brief
        if late and number >= LEAST_REPS:
            break
        rep = _draw_rep(script, kind, tempo)
        _write_rep(script, rep, at_height)
        if tires:
            tired_deg = 10 * (number + 1) / len(plan) * script.between(0.5, 1.2)
            script.track.ramp("drift", script.sag_deg(tired_deg), rep.up_s + rep.plateau_s)
        script.track.wait(rep.lasts_s, f"rep {number + 1} {kind}")
        reps.append(rep)
        _rest_between(script, rep, tempo)
    how["got_up"] = leave(script)
    script.track.wait(0.3, "rest")
    how |= {"fatigue": tires, "pause_before_first": pauses}
    how |= {"up": round(tempo.up_s, 2), "down": round(tempo.down_s, 2)}
    how["gap"] = round(tempo.gap_s, 2)
    truth = [rep_truth(rep, script.track) for rep in reps]
    _mark_half_starts(truth)
    return {"reps": truth, "reps_counted": sum(each["counts"] for each in truth)}, how


def _plan(script: Script) -> list[str]:
    """Draw what is done: a good repetition first, then some of any kind."""
    count = int(script.rng.integers(3, 9))
    kinds = CRUNCH_KINDS if script.exercise == CRUNCH else LEG_KINDS
    return ["good"] + [str(script.rng.choice(kinds)) for _ in range(count - 1)]


def _draw_rep(script: Script, kind: str, tempo: Tempo) -> Rep:
    up_s = tempo.up_s * script.between(0.85, 1.2)
    down_s = tempo.down_s * script.between(0.85, 1.2)
    plateau_s = script.between(2.2, 3.2)
    share, rise_deg = script.between(0.96, 1.0), None
    if kind == "short":
        plateau_s = script.between(0.3, 1.9)
    if kind == "low":
        share, rise_deg = script.between(0.45, 0.72), script.between(4, 12)
    if kind == "high":
        rise_deg = script.between(47, 68)
    if script.exercise == CRUNCH and rise_deg is None:
        rise_deg = script.between(20, 42)
    tap_cm = _draw_tap_cm(script) if kind == "tap" else 0.0
    rise_deg = rise_deg if script.exercise == CRUNCH else None
    start_s = script.track.now_s
    return Rep(kind, start_s, up_s, plateau_s, down_s, share, rise_deg, tap_cm)


def _write_rep(script: Script, rep: Rep, at_height: Height) -> None:
    """Write a repetition's ramps."""
    track = script.track
    variable = "q" if rep.rise_deg is None else "curl"
    top = rep.share if rep.rise_deg is None else at_height(rep.rise_deg)
    track.ramp(variable, top, rep.up_s)
    low = 0.0
    if rep.tap_cm:
        share = min(FULL_TAP_SHARE, rep.tap_cm / FULL_TAP_CM * FULL_TAP_SHARE)
        low = at_height(rep.tap_cm) if rep.rise_deg is None else top * share
    track.ramp(variable, low, rep.down_s, at_s=rep.falls_s)
    if rep.kind == "knee":
        track.ramp("knee", script.between(5, 50), rep.up_s * 0.8)
        track.ramp("knee", 0, rep.down_s * 0.7, at_s=rep.falls_s)
    if rep.kind == "line":
        _break_line(script, rep)


def _draw_tap_cm(script: Script) -> float:
    """Draw how high above the floor a foot turns: hardly, grey, or plainly."""
    heights = [script.between(0, 1), script.between(1, 4), script.between(4.5, 10)]
    return float(script.rng.choice(heights, p=[0.1, 0.2, 0.7]))


def _break_line(script: Script, rep: Rep) -> None:
    """Let the hips sink or rise at the top, on top of what fatigue does."""
    track = script.track
    signs = (1,) if script.exercise in ONLY_SAG else (1, 1, -1)
    drawn = float(script.rng.uniform(3, 28) * script.rng.choice(signs))
    off_deg = script.sag_deg(drawn)
    drift_deg = track.value("drift", rep.start_s) if off_deg > 0 else 0
    track.ramp("dev", off_deg - drift_deg, 0.7, at_s=rep.start_s + rep.up_s * 0.6)
    track.ramp("dev", 0, 0.7, at_s=rep.falls_s - 0.35)


def _rest_between(script: Script, rep: Rep, tempo: Tempo) -> None:
    if rep.tap_cm:
        script.track.wait(0.15, "half way")
    else:
        script.track.wait(tempo.gap_s * script.between(0.6, 1.4), "down")


def rep_truth(rep: Rep, track: Track) -> dict[str, Any]:
    """Return what a judge should say of a repetition, as it stands in the truth."""
    t_s = np.arange(rep.start_s, rep.end_s, STEP_S)
    s = track.sampled(t_s)
    top = (t_s >= rep.top_s) & (t_s <= rep.falls_s)
    knee_deg, off_deg = s["knee"][top], np.abs(s["dev"] + s["drift"])[top]
    verdict = _Verdict([], [])
    _judge_hold(verdict, rep)
    if rep.rise_deg is None:
        _judge_leg(verdict, rep, knee_deg, off_deg)
    else:
        _judge_rise(verdict, rep.rise_deg)
    verdict.judge("no_tap", rep.tap_cm, TAP_FINE_CM, TAP_BAD_CM)
    said = ("start_s", "top_s", "end_s", "plateau_s", "tap_cm")
    truth: dict[str, Any] = {name: rounded(getattr(rep, name), 2) for name in said}
    truth |= {
        "hold_s": [rounded(hold, 2) for hold in rep.hold_s],
        "knee_flexion_deg": rounded(knee_deg.max(), 1),
        "line_deg": rounded(off_deg.max(), 1),
        "counts": not verdict.bad,
        "reasons": verdict.bad,
        "grey": verdict.grey,
        "starts_from_half": False,
    }
    if rep.rise_deg is None:
        truth["rise_share"] = rounded(rep.share, 2)
    else:
        truth["rise_deg"] = rounded(rep.rise_deg, 1)
    if "too_low" in verdict.bad:  # a judge which never sees a top may say so otherwise
        truth["grey"] = [*verdict.grey, "too_short"]
    return {**truth, "either_ok": True} if verdict.grey and not verdict.bad else truth


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Reasons that must, and reasons that may, be given against a repetition."""

    bad: list[str]
    grey: list[str]

    def judge(self, reason: str, value: float, fine: float, bad: float) -> None:
        """Take up a reason if a value is past what is fine."""
        if value > fine:
            (self.bad if value > bad else self.grey).append(reason)


def _judge_hold(verdict: _Verdict, rep: Rep) -> None:
    least_s, most_s = rep.hold_s
    if most_s < HOLD_S - HOLD_GREY_S:
        verdict.bad.append("too_short")
    elif least_s < HOLD_S + HOLD_GREY_S:
        verdict.grey.append("too_short")


def _judge_rise(verdict: _Verdict, rise_deg: float) -> None:
    """Judge how high a crunch comes."""
    if rise_deg < LOW_FINE_DEG:
        (verdict.bad if rise_deg < LOW_DEG else verdict.grey).append("too_low")
    verdict.judge("too_high", rise_deg, HIGH_FINE_DEG, HIGH_DEG)


def _judge_leg(verdict: _Verdict, rep: Rep, knee_deg: Array, off_deg: Array) -> None:
    """Judge a leg's height, its knee and the line at the top, (n,) degrees at every step."""
    if rep.share < LOW_FINE_SHARE:
        (verdict.bad if rep.share < LOW_SHARE else verdict.grey).append("too_low")
    knee, line = LIMITS["knee"], LIMITS["dev"]
    verdict.judge("knee_bent", float(knee_deg.max()), knee.fine, knee.bad)
    broken_s = float((off_deg > line.threshold).sum() * STEP_S)
    most_deg = float(np.percentile(off_deg, 90))
    # A line that breaks for a moment only is past what is fine, but no fault.
    bad_deg = line.bad if broken_s >= LEAST_BROKEN_S else np.inf
    verdict.judge("line_broken", most_deg, line.fine, bad_deg)


def _mark_half_starts(truth: list[dict[str, Any]]) -> None:
    """Say which repetitions begin half way down: a judge may want the tap before as well."""
    for before, rep in pairwise(truth):
        rep["starts_from_half"] = before["tap_cm"] > TAP_FINE_CM
        if rep["starts_from_half"] and rep["counts"]:
            rep["either_ok"], rep["grey"] = True, [*rep["grey"], "no_tap"]
