"""How far the body line was read from where it truly was; pure arithmetic."""

from collections.abc import Sequence

import numpy as np

from coreline.judging.events import Reading, State
from tools.truth import Array, Mask, TrueLine


def readings_in(readings: Sequence[Reading], t_s: Array, wanted: Mask) -> list[Reading]:
    """Return the readings whose nearest frame of the truth, of times `t_s`, is a wanted one."""
    return [each for each in readings if wanted[np.argmin(np.abs(t_s - each.t_s))]]


def errors_deg(readings: Sequence[Reading], line: TrueLine) -> Array:
    """Return, of every frame with a reading, the change from the neutral less the true one."""
    errors = []
    for each in readings:
        if each.bend_deg is None or each.neutral_deg is None or each.state is State.UNSEEN:
            continue
        true_deg = float(np.interp(each.t_s, line.t_s, line.deg))
        errors.append(each.bend_deg - each.neutral_deg - (true_deg - line.neutral_deg))
    return np.array(errors, np.float64)
