"""Holds: the course, and what a judge should say of it."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from courses import Track, runs
from directions import Array
from exercises import Doer
from limits import FAULTS, GONE, HOLD_FAULTS, LEG_AWAY, LIMITS, LYING, Limit, limit
from scripting import Script, enter, leave

# How many faults: shares of one, two, three.
COUNT_SHARES: Final = [0.3, 0.6, 0.1]
BRIEF_COUNT_SHARES: Final = [0.55, 0.45, 0]
# The floor ends a plank whose knees sink further.
MOST_PLANK_KNEE_DEG: Final = 28.0
FATIGUE_NAMED_DEG: Final = 10
# A fault that is seen for less may be passed over.
LEAST_FAULT_S: Final = 1.0
LEAST_RUN_S: Final = 0.05
LEAST_FALL_DEG: Final = 25
TOLERANCE: Final = (
    "in_line: below the thresholds; a judge may report from in_line_least_s to "
    "in_line_most_s; allow 0.4 s at each edge"
)


@dataclass(frozen=True, slots=True)
class Scripted:
    """A fault as it was scripted, seconds, in the unit of its variable."""

    kind: str
    start_s: float
    end_s: float
    amount: float


def hold_script(script: Script) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write a hold's course; return what a judge should say, and how it was done."""
    how = enter(script)
    shares = BRIEF_COUNT_SHARES if script.brief else COUNT_SHARES
    count = int(script.rng.choice([1, 2, 3], p=shares))
    tires = bool(script.rng.random() < 0.3) and script.spec.has_line
    script.wait(2.5, 4.5, "hold")
    kinds = HOLD_FAULTS[script.exercise]
    order = script.rng.permutation(max(count, len(kinds)))[:count]
    events = [_fault(script, kinds[i % len(kinds)]) for i in order]
    if tires:
        events.append(_fatigue(script))
    how["got_up"] = leave(script)
    script.track.wait(0.3, "rest")
    how["fatigue"] = tires
    return hold_truth(script.exercise, script.track, events, script.doer), how


def _fault(script: Script, kind: str) -> Scripted:
    """Write a fault and the time in line after it."""
    track, variable = script.track, FAULTS[kind].variable
    amount = _amount(script, kind)
    up_s, lasts_s = script.between(0.4, 1.2), script.between(1.2, 2.4)
    track.ramp(variable, amount, up_s)
    track.ramp(variable, 0, up_s, at_s=track.now_s + up_s + lasts_s)
    event = Scripted(kind, track.now_s, track.now_s + 2 * up_s + lasts_s, amount)
    track.wait(lasts_s + 2 * up_s, "fault:" + kind)
    script.wait(1.2, 2.6, "hold")
    return event


def _amount(script: Script, kind: str) -> float:
    """Draw how bad a fault is: half of them anything, half of them clear."""
    fault, rng = FAULTS[kind], script.rng
    share = rng.random() if rng.random() < 0.5 else rng.uniform(0.6, 1)
    amount = round(float(fault.least + (fault.most - fault.least) * share), 2)
    if fault.variable == "dev":
        return round(script.sag_deg(amount), 2)
    if fault.variable == "knee" and script.spec.posture == "plank":
        return min(amount, MOST_PLANK_KNEE_DEG)
    return amount


def _fatigue(script: Script) -> Scripted:
    """Let the line sink slowly."""
    track = script.track
    lasts_s = script.between(3, 5)
    to_deg = script.sag_deg(script.between(5, 18))
    track.ramp("drift", to_deg, lasts_s)
    event = Scripted("sag", track.now_s, track.now_s + lasts_s + 0.8, round(to_deg, 2))
    track.wait(lasts_s + 0.8, "fault:sag" if to_deg > FATIGUE_NAMED_DEG else "hold")
    return event


def hold_truth(exercise: str, track: Track, events: list[Scripted], doer: Doer) -> dict[str, Any]:
    """Return what a judge should say of a hold, as it stands in the truth."""
    t_s = track.times()
    sampled = track.sampled(t_s)
    parts = _parts(exercise, doer, sampled)
    ok = np.all([x <= each.threshold for x, each in parts], 0)
    sure = np.all([x <= each.fine for x, each in parts], 0)
    maybe = np.all([x <= each.bad for x, each in parts], 0)
    faults: list[dict[str, Any]] = []
    slight: list[dict[str, Any]] = []
    for event in events:
        record, is_slight = _fault_truth(exercise, event, t_s, sampled)
        (slight if is_slight else faults).append(record)
    seconds = {
        name: round(float(mask.mean() * track.now_s), 2)
        for name, mask in (
            ("in_line_s", ok),
            ("in_line_least_s", sure),
            ("in_line_most_s", maybe),
        )
    }
    return {
        "in_line": runs(ok, t_s, LEAST_RUN_S),
        "grey": runs(maybe & ~sure, t_s, LEAST_RUN_S),
        "faults": faults,
        "slight": slight,
        **seconds,
        "tolerance": TOLERANCE,
    }


def _parts(exercise: str, doer: Doer, s: dict[str, Array]) -> list[tuple[Array, Limit]]:
    """Return everything that must be within its limit for the seconds to count."""
    away = (1 - s["pos"]) * max(abs(doer.rest_deg), LEAST_FALL_DEG)
    parts = [(s["gone"] * 100, GONE)]
    if doer.spec.has_line:
        parts.append((np.abs(away + s["dev"] + s["drift"]), LIMITS["dev"]))
    else:
        parts.append(((1 - s["pos"]) * 100, LYING))
    if "leg" in doer.spec.uses:
        parts.append(((1 - s["leg"]) * 100, LEG_AWAY))
    others = ("knee", "sink", "swing", "legs_sink", "arms_sink")
    return parts + [(np.abs(s[name]), limit(exercise, name)) for name in others]


def _fault_truth(
    exercise: str, event: Scripted, t_s: Array, s: dict[str, Array]
) -> tuple[dict[str, Any], bool]:
    """Return a fault as it stands in the truth, and whether it is within what is fine."""
    variable = FAULTS[event.kind].variable
    bound = limit(exercise, variable)
    own = (t_s > event.start_s - 0.05) & (t_s < event.end_s + 0.05)
    x = np.abs(s[variable] + (s["drift"] if variable == "dev" else 0)) * own
    past = t_s[x > bound.threshold]
    start_s, end_s = (past[0], past[-1]) if len(past) else (event.start_s, event.end_s)
    record: dict[str, Any] = {
        "kind": event.kind,
        "start_s": round(float(start_s), 2),
        "end_s": round(float(end_s), 2),
        "amount": event.amount,
    }
    lasts_s = past[-1] - past[0] if len(past) else 0.0
    if abs(event.amount) <= bound.fine:
        return record, True
    if abs(event.amount) < bound.bad or lasts_s < LEAST_FAULT_S:
        record["either_ok"] = True
    return record, False
