"""How soon a session needs the next pose: rarely where nothing is judged."""

from dataclasses import dataclass, field
from typing import Final

from coreline.judging.judge import Judge
from coreline.judging.next_look import EVERY_S, STILL_S, NextLook
from coreline.session.flow import JUDGED, Flow
from coreline.session.view import Stage

# Whether somebody is there, and whether a hand goes up; from then on every picture tells how long.
# Of hands that were up for a second one in five was missed by five looks.
IDLE_S: Final = 0.2
_IDLE: Final = (Stage.REST, Stage.EXPLAIN)
_SOON_S: Final = 2.0  # so long before a rest is over the person is followed as they come back


@dataclass(slots=True)
class Looking:
    """Follow a session, and say how soon it needs the next pose.

    Attributes:
        next_s: After how many seconds; 0 in the next picture.
    """

    next_s: float = field(default=EVERY_S, init=False)
    _judge: Judge | None = field(default=None, init=False)
    _judged: NextLook = field(default_factory=NextLook, init=False)

    def step(self, flow: Flow) -> None:
        """Take in where a session is after a step."""
        if flow.stage not in JUDGED:
            self._judge = None
            self.next_s = self._idle_s(flow)
            return
        if self._judge is not flow.run.judge:
            self._judge, self._judged, self.next_s = flow.run.judge, NextLook(), EVERY_S
        if flow.conditions.looked:
            self.next_s = self._judged.step(flow.run.judge)

    def _idle_s(self, flow: Flow) -> float:
        if flow.hand_pauses and flow.presence.shows_hand:
            return EVERY_S
        return IDLE_S if flow.stage in _IDLE and not self._ends_soon(flow) else STILL_S

    def _ends_soon(self, flow: Flow) -> bool:
        return flow.stage is Stage.REST and flow.rest.left_s(flow.t_s) <= _SOON_S
