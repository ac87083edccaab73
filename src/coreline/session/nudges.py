"""The word that begins a movement: said at the start, and again when nothing has moved for long."""

from dataclasses import dataclass

_EVERY_S = 7.0  # nobody waits longer than 8 s without a word
_MOST = 3  # somebody who rests longer than that wants to rest


@dataclass(slots=True)
class Nudges:
    """Follow how long somebody in position has not moved."""

    _since_s: float | None = None
    _said: int = 0

    def step(self, t_s: float, *, idle: bool, fresh: bool) -> bool:
        """Take in one moment and say whether the word is due.

        Args:
            t_s: The moment.
            idle: The position is held, and nothing moves.
            fresh: Nothing was attempted in this set: then it is said at once.
        """
        if not idle:
            self._since_s, self._said = None, 0
            return False
        if self._since_s is None:
            self._since_s = t_s if fresh else t_s + _EVERY_S
        due_s = self._since_s + _EVERY_S * self._said
        if self._said >= _MOST or t_s < due_s:
            return False
        self._said += 1
        return True
