"""Whom the session waits for: whether they are there, lie still and listen, or give a sign."""

from coreline.body.pose import Pose, turned_over
from coreline.body.presence import Presence
from coreline.session.attending import Attending

_GONE_S = 1.0  # out of sight for so long, counting in is broken off: a guess


class Waits:
    """The person as every wait needs them.

    Attributes:
        presence: Whether somebody is there.
        attending: Who waits in vain, and what they heard.
    """

    def __init__(self, *, hand_pauses: bool) -> None:
        """Begin before anybody was seen; `hand_pauses` says that a raised hand is a sign."""
        self.presence, self.attending = Presence(), Attending(hand_pauses)
        self._hanging = Presence(turned=True)

    @property
    def has_gone(self) -> bool:
        """Say whether nobody is there any more who could be counted in."""
        return self.presence.absent_s > _GONE_S

    def step(self, t_s: float, pose: Pose | None) -> None:
        """Take in one moment."""
        self.presence.step(t_s, pose)
        if self.attending.may_go_on:
            self._hanging.step(t_s, None if pose is None else turned_over(pose))

    def took_hand(self) -> bool:
        """Say, once for each time, that a hand was raised.

        Whoever waits in vain may be seen upside down: then it is raised downward.
        """
        waits = self.attending.may_go_on
        raised = self.presence.took_hand(few_seen=waits)
        return raised or (waits and self._hanging.took_hand(few_seen=True))

    def listens(self, *, speaking: bool | None) -> bool:
        """Say whether somebody lies still, and everything that was to be said before is said."""
        return self.presence.is_still and not speaking and not self.attending.looks
