"""The word that begins a movement or leads it on, for somebody who has heard nothing for long."""

from dataclasses import dataclass

_EVERY_S = 7.0  # nobody waits longer than 8 s without a word
_MOST = 3  # somebody who rests longer than that wants to rest


@dataclass(slots=True)
class Nudges:
    """Follow for how long somebody in position has heard nothing, and nothing has counted."""

    _since_s: float | None = None  # in position, or the latest that counted, or that was asked for
    _counted: int = 0
    _rested: int = 0  # words to somebody who rests

    def step(
        self, t_s: float, *, idle: bool, attempts: int, counted: int, said_s: float | None
    ) -> bool:
        """Take in one moment in position and say whether a word is due.

        Args:
            t_s: The moment.
            idle: Nothing moves: the word is due once, and again as long after. While something
                moves it is due until one is heard, since it changes with the movement.
            attempts: How many there were in this set: of none, the word is due at once.
            counted: How many of them count.
            said_s: When the latest word of any kind was said; None where none was.
        """
        if self._since_s is None or counted != self._counted:
            self._since_s, self._counted = t_s, counted
        if not idle:
            self._rested = 0
        at_once = idle and attempts == 0 and self._rested == 0
        quiet_s = t_s - max(self._since_s, self._since_s if said_s is None else said_s)
        if not at_once and quiet_s < _EVERY_S:
            return False
        if idle:
            if self._rested >= _MOST:
                return False
            self._rested += 1
            self._since_s = t_s
        return True
