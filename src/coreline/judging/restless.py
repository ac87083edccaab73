"""Movement is no hold: how much of the time a body moves in its position."""

from collections import deque
from collections.abc import Sequence
from itertools import pairwise

from coreline.body.form import Form
from coreline.programme.conditions import Start

_WINDOW_S = 0.5  # a guess: shorter than a push-up or shoulder tap, longer than jitter
_LEAST_S = 3.0  # of a shorter stay the ways in and out are most


def moving_share(forms: Sequence[Form], start: Start) -> float:
    """Return the share of the time, 0 to 1, in which what makes the position moved.

    It moves when any of its readings spans more than the start's `still_deg` within half a second.
    A stay shorter than three seconds is not judged: 0.
    """
    if not forms or forms[-1].t_s - forms[0].t_s < _LEAST_S:
        return 0.0
    names = {condition.measure for condition in start.conditions}
    recent: deque[Form] = deque()
    moving_s = 0.0
    for before, form in pairwise(forms):
        recent.append(before)
        while recent and recent[0].t_s < form.t_s - _WINDOW_S:
            recent.popleft()
        if recent and any(_span(recent, form, name) > start.still_deg for name in names):
            moving_s += form.t_s - before.t_s
    return moving_s / (forms[-1].t_s - forms[0].t_s)


def _span(recent: Sequence[Form], form: Form, name: str) -> float:
    values = [each.values[name] for each in recent]
    return max(*values, form.values[name]) - min(*values, form.values[name])
