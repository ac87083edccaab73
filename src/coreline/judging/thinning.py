"""Which poses are taken where ten a second say as much as all of them, and every one costs.

The pictures that are looked at may be that far apart already (`next_look.STILL_S`), give or take
what a camera is out of step. Who waits for the whole time to go by passes each that comes a little
early, and is left with half of them.
"""

from dataclasses import dataclass, field
from typing import Final

from coreline.judging.next_look import STILL_S

# Of the step before it, by which a pose may come early. Looks at 24 or 25 pictures a second are 83
# and 80 ms apart, and all of them are taken; where every picture is looked at, each third still is.
_EARLY: Final = 1.0 / 3.0


@dataclass(slots=True)
class Thinning:
    """Say of pose after pose whether to take it."""

    _taken_s: float | None = field(default=None, init=False)
    _last_s: float = field(default=0.0, init=False)

    def wants(self, t_s: float) -> bool:
        """Say whether to take the pose of a moment, seconds; to be asked of every one, once.

        A clock that went back starts over.
        """
        step_s, self._last_s = t_s - self._last_s, t_s
        if self._taken_s is not None:
            gap_s = t_s - self._taken_s
            if 0.0 <= gap_s < STILL_S - _EARLY * step_s:
                return False
        self._taken_s = t_s
        return True
