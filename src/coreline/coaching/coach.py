"""The coach: from facts to the one cue worth hearing now, or to silence.

One cue at a time; the lower priority number goes first. A correction is not repeated within its
cool-down, and nothing is said on top of what was just said unless it matters more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from coreline.coaching.cues import CueBook
from coreline.judging.events import (
    FaultBegan,
    Found,
    Lost,
    Repetition,
    RepetitionEnded,
    Rotation,
    RotationEnded,
)
from coreline.programme.rules import Judging

_COOL_DOWN_S = 5.0  # a correction is not said again sooner
_BREATH_S = 1.5  # between two cues of the same weight
_COUNT = 3  # priority of counts and of what can as well be left unsaid

# What a refused repetition is told. The faults of the line and the knee have the cue of their band.
_REASON_CUES = {
    "not_seen": "setup.whole_body",
    "too_short": "fix.hold_longer",
    "no_tap": "fix.tap_ground",
    "too_low": "fix.leg_higher",
    "too_high": "fix.leg_too_high",
    "too_fast": "roll.slow",
    "same_direction": "roll.other_direction",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """A cue that the session itself asks for, such as a halfway mark."""

    cue_id: str


@dataclass(slots=True)
class Coach:
    """Choose what is said during one set."""

    rules: Judging
    book: CueBook
    _said_s: dict[str, float] = field(default_factory=dict, init=False)
    _last: tuple[float, int] | None = field(default=None, init=False)
    _mends: list[str] = field(default_factory=list, init=False)
    _counted: int = field(default=0, init=False)
    _band_cues: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Look up which cue mends which fault."""
        pairs = [(band.low, band.low_cue) for band in self.rules.bands]
        pairs += [(band.high, band.high_cue) for band in self.rules.bands]
        self._band_cues = {code: cue for code, cue in pairs if code and cue}

    def step(self, t_s: float, notices: Iterable[object]) -> tuple[str, ...]:
        """Return the cue to give at this moment, or nothing."""
        wanted = [cue for notice in notices if (cue := self._cue_of(notice)) is not None]
        wanted.sort(key=self._priority)
        for cue_id in wanted:
            if self._may_say(t_s, cue_id):
                self._said_s[cue_id] = t_s
                self._last = (t_s, self._priority(cue_id))
                return (cue_id,)
        return ()

    def _cue_of(self, notice: object) -> str | None:
        match notice:
            case Remark(cue_id):
                return cue_id
            case FaultBegan(code=code):
                self._mends.append(code)
                return self._band_cues.get(code)
            case RepetitionEnded(repetition=done) | RotationEnded(rotation=done):
                return self._refusal_cue(done) or self._number()
            case Lost():
                return "setup.lost"
            case Found():
                return "setup.all_good"
            case _:
                return None

    def _refusal_cue(self, done: Repetition | Rotation) -> str | None:
        faults, self._mends = self._mends, []
        for band in self.rules.bands:
            if band.reason in done.reasons:
                shown = [code for code in faults if code in (band.low, band.high)]
                return self._band_cues.get(shown[-1]) if shown else band.high_cue or band.low_cue
        for reason in done.reasons:
            return _REASON_CUES.get(reason, "rep.not_counted")
        return None

    def _number(self) -> str | None:
        """Return the count as a cue, as far as there are words for it."""
        self._counted += 1
        cue_id = f"num.{self._counted:02d}"
        return cue_id if cue_id in self.book else None

    def _priority(self, cue_id: str) -> int:
        return self.book.get(cue_id).priority

    def _may_say(self, t_s: float, cue_id: str) -> bool:
        priority = self._priority(cue_id)
        since_s = t_s - self._said_s.get(cue_id, -1e9)
        if since_s < (_COOL_DOWN_S if priority < _COUNT else _BREATH_S):
            return False
        if self._last is None:
            return True
        last_s, last_priority = self._last
        return priority < last_priority or t_s - last_s >= _BREATH_S
