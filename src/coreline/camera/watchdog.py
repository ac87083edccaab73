"""What is wrong with a camera, and when to start again: worked out from what its child says.

A camera is well, in trouble, or gone for good; the child that reads it is up, owes an answer, has
ended, or has never answered yet. Two clocks run on: since the last picture that could be used, and
since the last picture of any kind. From them follow three answers, each asked for on its own:

- `trouble`: what to tell, once usable pictures have failed to come for `SILENCE_S`. It lasts until
  one comes, so that a camera which flickers is told once. Pictures that come and are of no use are
  told as what they are; silence is a stall, unless the camera is known to be gone.
- `wants_restart`: whether another child may help. One that hangs in a call, has ended, or says for
  seconds that there is nothing of use is replaced; a covered lens is not the child's fault, and one
  that does not get round to answering would not do so sooner if it had to start again.
- `hopeless`: no picture at all for a minute.

A busy machine is no fault of the camera: every moment is one of a clock that counts only the time
in which somebody could have run, see `AwakeClock`, here as in the child. So what is told, and what
is started again, follows from a camera that gave nothing while there was a processor to take it.

Pure: every moment is handed in.
"""

import math
from dataclasses import dataclass
from typing import Final

from coreline.camera.handover import Nothing
from coreline.placement.checks import CameraTrouble

# Without a usable picture for so long there is trouble. With the wait for the child's answer it is
# told within 0.8 s.
SILENCE_S: Final = 0.7
# A camera that does not answer for so long will not by itself, or takes ten times as long.
STUCK_S: Final = 2.0
# A camera that is lost may not be seen again by the process that lost it.
GONE_S: Final = 2.5
# A camera that gives the same picture, or rubbish, may do better when it is opened again.
USELESS_S: Final = 5.0
# What owes an answer for so long does not run any more. One that has just been started needs this
# long on a slow machine. One that hangs in a call of the camera answers all the same, and tells.
SILENT_S: Final = 10.0
AGAIN_S: Final = 0.5  # between two starts of children that end by themselves
GIVE_UP_S: Final = 60.0  # to find the cable and plug it in; a guess
NO_PICTURES: Final = frozenset({CameraTrouble.GONE, CameraTrouble.STALLED})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for this camera.

    Attributes:
        opening_s: For a call that opens it to return.
        gone_s: For it to come back by itself.
    """

    opening_s: float = STUCK_S
    gone_s: float = GONE_S


class Watchdog:
    """Remembers when a camera last did well."""

    def __init__(self, now_s: float, patience: Patience) -> None:
        """Begin with a camera that does well."""
        self._patience = patience
        self._usable_s = self._any_s = self._started_s = now_s
        self._waiting_s: float | None = None  # since when the child owes an answer
        self._up, self._ended, self._troubled = True, False, False
        self._kind: CameraTrouble | None = None
        self._says: Nothing | None = None

    @property
    def troubled(self) -> bool:
        """Say whether trouble has been told and is not over."""
        return self._troubled

    def started(self, now_s: float) -> None:
        """Note that a new child has been started."""
        self._started_s, self._waiting_s = now_s, None
        self._up, self._ended, self._says = False, False, None

    def usable(self, now_s: float) -> None:
        """Note a picture that can be used, and when it was taken."""
        self._usable_s = self._any_s = max(self._usable_s, now_s)
        self._answered()
        self._kind, self._troubled = None, False

    def repeated(self, now_s: float) -> None:
        """Note that a new child's first picture is the last one of the child before."""
        self._answered()
        self._any_s, self._kind = now_s, CameraTrouble.FROZEN

    def nothing(self, says: Nothing, now_s: float) -> None:
        """Note that the child has no new picture."""
        self._answered()
        self._says = says
        self._usable_s = max(self._usable_s, now_s - says.unusable_s)
        self._any_s = max(self._any_s, now_s - says.silent_s)
        self._kind = says.kind or self._kind

    def waiting(self, now_s: float) -> None:
        """Note that the child has not answered yet."""
        if self._waiting_s is None:
            self._waiting_s = now_s

    def ended(self) -> None:
        """Note that the child has ended by itself."""
        self._ended, self._kind = True, CameraTrouble.GONE

    def trouble(self, now_s: float) -> CameraTrouble | None:
        """Return what is wrong; None while all is well, or may be."""
        # Whoever reads may have been busy himself: silence counts from his question on.
        since_s = max(self._usable_s, self._waiting_s or self._usable_s)
        self._troubled = self._troubled or now_s - since_s >= SILENCE_S
        if not self._troubled:
            return None
        pictures_come = now_s - self._any_s < SILENCE_S
        known = self._kind is not None and (pictures_come or self._kind in NO_PICTURES)
        return self._kind if known else CameraTrouble.STALLED

    def wants_restart(self, now_s: float) -> bool:
        """Say whether the child is to be ended and another one started."""
        on_s = now_s - self._started_s
        if self._ended:
            return on_s > AGAIN_S
        if self._waiting_s is not None:
            return now_s - self._waiting_s > SILENT_S
        if self._says is not None and self._says.stuck_s > self._stuck_s(self._says):
            return True
        return self._up and min(on_s, now_s - self._usable_s) > self._useless_s()

    def hopeless(self, now_s: float) -> bool:
        """Say whether there have been no pictures at all for so long that it is no use."""
        return now_s - self._any_s > GIVE_UP_S

    def _answered(self) -> None:
        self._waiting_s, self._up, self._says = None, True, None

    def _stuck_s(self, says: Nothing) -> float:
        return self._patience.opening_s if says.opening else STUCK_S

    def _useless_s(self) -> float:
        """Return how long a child may give nothing of use; a covered lens is not its fault."""
        if self._kind is CameraTrouble.BLACK:
            return math.inf
        return self._patience.gone_s if self._kind is CameraTrouble.GONE else USELESS_S
