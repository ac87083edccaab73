"""Time as a process was given it: a busy machine gives less than the clock on the wall tells.

Whoever waits for something that may hang looks at the clock every so often. One that looks much
later than it meant to was not running, nor most likely was what it waits for, so of a long time
between two looks only as much is counted as is usual. What has hung for two seconds of this time
has hung while there was a processor to go on with; patience that is counted so is never lost
because the machine was busy, asleep, or stopped.

Pure: every moment is handed in.
"""

from typing import Final

# The looks of the camera's two sides are 0.06 to 0.08 s apart; as much again is lateness that a
# healthy machine has.
USUAL_S: Final = 0.15


class AwakeClock:
    """Counts the time in which somebody could have run."""

    def __init__(self, now_s: float) -> None:
        """Begin at zero."""
        self._looked_s = now_s
        self._awake_s = 0.0

    def at(self, now_s: float) -> float:
        """Return the time counted up to a look at this moment, seconds."""
        self._awake_s += min(max(now_s - self._looked_s, 0.0), USUAL_S)
        self._looked_s = now_s
        return self._awake_s
