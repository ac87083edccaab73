"""How much of the time repetitions and turns took, held ones and swings."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from coreline.judging.events import Fact, Ready, Repetition, RepetitionEnded, RotationEnded
from coreline.programme.rules import Judging

_LEAST_ATTEMPTS = 2  # a single rise may be anything, such as lying down
_LONGEST_TOPS = 3.0  # times what is asked for: a leg that stays up longer is held, not raised


@dataclass(slots=True)
class MovingTime:
    """How much of the time repetitions or turns took, in seconds."""

    rules: Judging
    started: bool = field(default=False, init=False)
    last_done_s: float | None = field(default=None, init=False)
    _attempts: int = field(default=0, init=False)
    _done: int = field(default=0, init=False)
    swings: int = field(default=0, init=False)  # repetitions that lacked nothing but their hold
    swung_s: float = field(default=0.0, init=False)
    _moved_s: float = field(default=0.0, init=False)

    def step(self, facts: Iterable[Fact]) -> None:
        """Take in what a judge found."""
        for fact in facts:
            match fact:
                case Ready():
                    self.started = True
                case RepetitionEnded(repetition=each) if self._is_raise(each):
                    self._swing(each)
                    self._add(each.start_s, each.end_s, full=self._is_held(each))
                case RotationEnded(rotation=turn) if "incomplete" not in turn.reasons:
                    self._add(turn.start_s, turn.end_s, full=True)
                case _:
                    pass

    @property
    def moved_s(self) -> float:
        """Return the time of attempts and turns; 0 of what may be another movement."""
        least = _LEAST_ATTEMPTS if self.rules.raises is not None else 1
        return self._moved_s if self._done and self._attempts >= least else 0.0

    @property
    def attempted_s(self) -> float:
        """Return the time of whatever was attempted."""
        return self._moved_s

    def _add(self, start_s: float, end_s: float, *, full: bool) -> None:
        self._attempts += 1
        self._moved_s += end_s - start_s
        if full:
            self._done += 1
            self.last_done_s = end_s

    def _swing(self, each: Repetition) -> None:
        if set(each.reasons) <= {"too_short", "too_high", "too_low"}:
            self.swings += 1
            self.swung_s += each.end_s - each.start_s

    def _is_raise(self, each: Repetition) -> bool:
        raises = self.rules.raises
        return raises is not None and each.hold_s <= _LONGEST_TOPS * raises.hold_s

    def _is_held(self, each: Repetition) -> bool:
        """Say whether the top was held: without that it is another exercise's swing."""
        return not {"too_short", "not_seen", "no_tap"} & set(each.reasons)
