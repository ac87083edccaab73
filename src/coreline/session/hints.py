"""Advice on the position: what was missing most, said after it was missing for a while."""

from dataclasses import dataclass, field

from coreline.coaching.coach import CueRequest

# Guesses: people who get into position at their own pace would settle them.
_AFTER_S = 2.5  # so long something must have been missing, all in all
_LAPSE_S = 0.5  # a longer time between two frames is nobody's
_CALM_S = 1.0  # when nothing is missing for so long, what was is forgotten


@dataclass(slots=True)
class Hints:
    """Add up for how long what was missing."""

    _missing_s: dict[str, float] = field(default_factory=dict)
    _calm_s: float = 0.0
    _last_s: float | None = None

    def step(self, t_s: float, cue_id: str | None) -> list[CueRequest]:
        """Take in the cue for what is missing now, None for nothing; return what is due."""
        lapse_s = min(t_s - self._last_s, _LAPSE_S) if self._last_s is not None else 0.0
        self._last_s = t_s
        if cue_id is None:
            self._calm_s += lapse_s
            if self._calm_s >= _CALM_S:
                self._missing_s.clear()
            return []
        self._calm_s = 0.0
        self._missing_s[cue_id] = self._missing_s.get(cue_id, 0.0) + lapse_s
        if sum(self._missing_s.values()) < _AFTER_S:
            return []
        return [CueRequest(max(self._missing_s, key=lambda each: self._missing_s[each]))]
