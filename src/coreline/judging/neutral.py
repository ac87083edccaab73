"""The person's own line: an estimate that gets surer while they hold it, and never an event.

What is known before a set (how people's lines are distributed, and this person's own earlier sets)
is the prior. What is read while the position is held is the evidence: most of it is the person's
line with a little noise, some of it is anything else, an overshoot on the way in, a fault, a body
that sinks with fatigue. So a reading's likelihood is a mixture of the two, and the estimate is the
line that explains prior and readings best. It behaves like the plateau nearest to what is
plausible: a short overshoot does not move it, a sagging starter is not believed.

Three things about time: readings count by the seconds they stand for and not by their number; what
moves counts little; and the first seconds count more than the later ones, in which a tired body
sinks.
"""

import math
from dataclasses import dataclass

import numpy as np

from coreline.body.pose import Array
from coreline.programme.rules import PriorRange

# Guesses where no measurement is named; lines of real people, told by somebody else, would settle
# them. Where each exercise's own numbers come from is in `calibration/origins.toml`.
_STEP = 0.5  # of the grid that the line is looked for on, degrees
_NOISE = 2.0  # sd of a reading in a good plateau: 0.5-1.5 in known people
_OTHER = 0.4  # share of the readings that are something else
_OTHER_DENSITY = 1.0 / 90.0  # those lie anywhere within a quarter of a turn
_PER_S = 2.0  # independent readings in a second; neighbouring frames tell the same
_EARLY_S = 8.0  # time constant in which the weight of a reading falls
_LATE_WEIGHT = 0.15  # and down to what
_MOVING_PER_S = 6.0  # at this speed a reading has half its weight
# Of what moves fast, so that a line is found of somebody who is never still: a guess
_LEAST_WEIGHT = 0.1
_ALONE = 0.1  # of a single reading, of which nobody knows how long it lasted
_LONGEST_S = 0.5  # that a reading can stand for
_SPEED_S = 0.3  # over which the speed is read
_FAR_SD = 4.0  # of the prior, how far the grid reaches where it has no limits


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and how sure it is, as one standard deviation."""

    value: float
    sd: float


def joined(people: PriorRange, own: Estimate | None) -> PriorRange:
    """Return the prior of one person: that of all people, and the person's own earlier sets."""
    if own is None:
        return people
    weights = 1.0 / people.sd**2, 1.0 / max(own.sd, _NOISE) ** 2
    mean = (weights[0] * people.mean + weights[1] * own.value) / sum(weights)
    return people.model_copy(update={"mean": mean, "sd": 1.0 / math.sqrt(sum(weights))})


def weights_of(t_s: Array, values: Array) -> Array:
    """Return what each reading counts: its time, less while it moves, and less later on.

    Args:
        t_s: (n,) increasing seconds.
        values: (n,) readings.
    """
    if len(t_s) <= 1:
        return np.full(len(t_s), _ALONE)
    steps_s = np.diff(t_s)
    lasts_s = np.minimum(np.append(steps_s, steps_s[-1]), _LONGEST_S)
    speed = _speed(t_s, values)
    early = np.maximum(np.exp(-(t_s - t_s[0]) / _EARLY_S), _LATE_WEIGHT)
    still = np.clip(1.5 - speed / _MOVING_PER_S, _LEAST_WEIGHT, 1.0)
    return np.asarray(_PER_S * lasts_s * early * still, np.float64)


def _speed(t_s: Array, values: Array) -> Array:
    """Return how fast the readings change, per second, over about a third of a second."""
    ahead = np.interp(t_s + _SPEED_S / 2.0, t_s, values)
    behind = np.interp(t_s - _SPEED_S / 2.0, t_s, values)
    lapse_s = np.minimum(t_s + _SPEED_S / 2.0, t_s[-1]) - np.maximum(t_s - _SPEED_S / 2.0, t_s[0])
    return np.asarray(np.abs(ahead - behind) / np.maximum(lapse_s, 1e-3), np.float64)


def estimate(values: Array, weights: Array, prior: PriorRange) -> Estimate:
    """Return the person's own value: the most likely one, and the spread of those as likely.

    Args:
        values: (n,) readings; none leaves the prior.
        weights: (n,) what each counts, from `weights_of`.
        prior: what is known before.
    """
    low = max(prior.low, prior.mean - _FAR_SD * prior.sd)
    high = min(prior.high, prior.mean + _FAR_SD * prior.sd)
    grid = np.arange(low, high + _STEP, _STEP)
    logs = -0.5 * ((grid - prior.mean) / prior.sd) ** 2
    if len(values):
        logs = logs + _log_mixture(values[None, :] - grid[:, None]) @ weights
    shares = np.exp(logs - logs.max())
    shares /= shares.sum()
    mean = float(shares @ grid)
    sd = math.sqrt(max(float(shares @ (grid - mean) ** 2), _STEP**2 / 12.0))
    return Estimate(float(grid[int(logs.argmax())]), sd)


def belongs(values: Array, own: float) -> Array:
    """Return the share, 0 to 1, in which each reading is that of the person's own line."""
    line = np.exp(_log_line(values - own))
    return np.asarray(line / (line + _OTHER * _OTHER_DENSITY), np.float64)


def _log_line(away: Array) -> Array:
    height = (1.0 - _OTHER) / (_NOISE * math.sqrt(2.0 * math.pi))
    return np.asarray(math.log(height) - 0.5 * (away / _NOISE) ** 2, np.float64)


def _log_mixture(away: Array) -> Array:
    return np.asarray(np.log(np.exp(_log_line(away)) + _OTHER * _OTHER_DENSITY), np.float64)


def weighted_median(values: Array, weights: Array) -> float:
    """Return the value with half of the weight on either side; needs at least one."""
    order = np.argsort(values)
    upto = np.cumsum(weights[order])
    return float(values[order][int(np.searchsorted(upto, upto[-1] / 2.0))])
