"""Movement is no hold: how much of the time a body moves in its position.

Knees are left out. The one behind the other leg trembles while nobody moves, since the model
guesses where it is: of a known person who held a bridge on one leg it did for six tenths of the
hold. A body that moves is moved at more than a knee, and a knee that bends is a fault of its own.
"""

from collections import deque
from collections.abc import Sequence
from itertools import pairwise

from coreline.body.form import Form
from coreline.programme.rules import Judging

_WINDOW_S = 0.5  # a guess: shorter than a push-up or shoulder tap, longer than jitter
_LEAST_S = 3.0  # of a shorter stay the ways in and out are most
_OF_KNEES = "angle"  # all of this kind are: hip, knee and ankle


def moving_share(forms: Sequence[Form], rules: Judging) -> float:
    """Return the share of the time, 0 to 1, in which what makes the position moved.

    It moves when any of its readings, but for the knees', spans more than the start's `still_deg`
    within half a second. A stay shorter than three seconds is not judged: 0.
    """
    if not forms or forms[-1].t_s - forms[0].t_s < _LEAST_S:
        return 0.0
    start = rules.start
    asked = {condition.measure for condition in start.conditions}
    names = [name for name in asked if rules.measures[name].kind != _OF_KNEES]
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
