"""The coach: from facts to the one cue worth hearing now, or to silence.

One cue at a time; the lower priority number goes first. A correction is not repeated within its
cool-down, and nothing is said on top of what was just said unless it matters more. What leads from
one thing to the next may wait for its turn; counts and corrections never do, they would be stale.
Praise is rare, and only for something that was corrected.

In a step the new events are put into words, and the first by priority that may be said is
returned; with none, and while the voice is silent, what has waited longest. A fault is told when it
begins, and no more while it lasts: the person lies with their eyes elsewhere, a word too many costs
more than one too few, and the screen shows the rest. Who was refused hears why in place of a count.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from coreline.coaching.cues import CueBook
from coreline.judging.events import (
    FaultBegan,
    FaultEnded,
    Found,
    Lost,
    Repetition,
    RepetitionEnded,
    Rotation,
    RotationEnded,
)
from coreline.programme.rules import Judging

# 5 s is the middle of the 4 to 6 s that the design names; the others are guesses, and people who
# train with it and say what was too much would settle them.
_COOL_DOWN_S = 5.0  # a correction is not said again sooner
_BREATH_S = 1.5  # between two cues of the same weight
_PRAISE_S = 25.0  # between two words of praise
_CORRECTED_S = 8.0  # a fault that ends so soon after its cue was corrected because of it
_COUNT = 3  # priority of counts and of what can as well be left unsaid
_PRAISE = "fix.good_now"
# What is true of a hold only while its clock runs, or only while it stands still.
_WHILE_IT_RUNS = (_PRAISE, "hold.timer_resumes")
_WHILE_IT_STANDS = ("hold.timer_paused",)
_WHILE_NOBODY_IS_SEEN = ("setup.no_person", "setup.lost", "pause.left")

# What is said of a refused repetition. Faults of the line and the knee have their band's cue.
_REASON_CUES = {
    "too_low": "fix.leg_higher",
    "not_seen": "setup.whole_body",
    "blurred": "rep.not_counted",
    "too_short": "fix.hold_longer",
    "no_tap": "fix.tap_ground",
    "too_high": "fix.leg_too_high",
    "too_fast": "roll.slow",
    "same_direction": "roll.other_direction",
}


@dataclass(frozen=True, slots=True)
class CueRequest:
    """A cue that the session asks for, such as a halfway mark; the coach may leave it unsaid.

    `waits_s` is how long it may wait for its turn; 0 is now or never.
    """

    cue_id: str
    waits_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known at a moment, and must not be contradicted.

    Attributes:
        clock_runs: Whether a hold's clock runs; None where there is none.
        somebody: Somebody is seen, whose skeleton is drawn.
    """

    clock_runs: bool | None = None
    somebody: bool = False


NOTHING_KNOWN = Known()


@dataclass(slots=True)
class Coach:
    """Choose what is said."""

    rules: Judging
    book: CueBook
    _said_s: dict[str, float] = field(default_factory=dict, init=False)
    _last: tuple[float, int] | None = field(default=None, init=False)
    _waiting: deque[tuple[str, float]] = field(default_factory=deque, init=False)
    _began: list[str] = field(default_factory=list, init=False)
    _counted: int = field(default=0, init=False)
    _praised_s: float = field(default=-_PRAISE_S, init=False)
    _band_cues: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Look up which cue corrects which fault."""
        self.begin(self.rules)

    @property
    def last_said_s(self) -> float | None:
        """Return when the latest cue was said; None before the first."""
        return None if self._last is None else self._last[0]

    def begin(self, rules: Judging) -> None:
        """Begin a set: its own count, its own faults; what was said last is still remembered."""
        self.rules, self._began, self._counted = rules, [], 0
        self._band_cues = band_cues(rules)

    def correct_count(self, count: int) -> None:
        """Go on counting from a number that the person has set right."""
        self._counted = count

    def drop_waiting(self) -> None:
        """Drop what still waits for its turn."""
        self._waiting.clear()

    def announce(self, t_s: float, cue_id: str) -> str:
        """Take note of a cue that is said in any case, and return it."""
        return self._say(t_s, cue_id)[0]

    def step(
        self,
        t_s: float,
        events: Iterable[object],
        *,
        speaking: bool = False,
        known: Known = NOTHING_KNOWN,
    ) -> tuple[str, ...]:
        """Return the cue to give at this moment, or nothing.

        Args:
            t_s: The moment.
            events: Facts, and cues that the session asks for.
            speaking: The voice is in the middle of a cue, so what can wait waits.
            known: What nothing may be said against.
        """
        found = [self._cue_of(t_s, event) for event in without_gaps(events)]
        wanted = [cue for cue in found if cue is not None and is_true(cue, known)]
        self._waiting = deque(each for each in self._waiting if is_true(each[0], known))
        wanted.sort(key=self._priority)
        for cue_id in wanted:
            if self._may_say(t_s, cue_id):
                return self._say(t_s, cue_id)
        return () if speaking else self._next_waiting(t_s)

    def _say(self, t_s: float, cue_id: str) -> tuple[str, ...]:
        self._said_s[cue_id] = t_s
        self._last = (t_s, self._priority(cue_id))
        return (cue_id,)

    def _next_waiting(self, t_s: float) -> tuple[str, ...]:
        """Return what has waited longest, once there has been a breath."""
        while self._waiting and self._waiting[0][1] < t_s:
            self._waiting.popleft()
        if not self._waiting or (self._last and t_s - self._last[0] < _BREATH_S):
            return ()
        return self._say(t_s, self._waiting.popleft()[0])

    def _cue_of(self, t_s: float, event: object) -> str | None:
        match event:
            case CueRequest(cue_id, waits_s):
                if waits_s > 0.0:
                    self._waiting.append((cue_id, t_s + waits_s))
                return cue_id if waits_s == 0.0 else None
            case FaultBegan(code=code):
                self._began.append(code)
                return self._band_cues.get(code)
            case FaultEnded(fault=fault):
                return self._praise(t_s, fault.code)
            case RepetitionEnded(repetition=done) | RotationEnded(rotation=done):
                return self._refusal_cue(done) or self._number()
            case Lost() | Found():
                return "setup.lost" if isinstance(event, Lost) else "setup.all_good"
            case _:
                return None

    def _praise(self, t_s: float, code: str) -> str | None:
        """Return a word of praise for what was corrected after it was asked for, now and then.

        Only of a hold: in a repetition a fault ends with the way down as well.
        """
        if self.rules.raises is not None or self.rules.roll is not None:
            return None
        cue_id = self._band_cues.get(code)
        asked_s = self._said_s.get(cue_id) if cue_id else None
        if asked_s is None or t_s - asked_s > _CORRECTED_S or t_s - self._praised_s < _PRAISE_S:
            return None
        self._praised_s = t_s
        return _PRAISE

    def _refusal_cue(self, done: Repetition | Rotation) -> str | None:
        faults, self._began = self._began, []
        for band in self.rules.bands:
            if band.reason in done.reasons:
                shown = [code for code in faults if code in (band.below, band.above)]
                return self._band_cues.get(shown[-1]) if shown else band.high_cue or band.low_cue
        for reason in done.reasons:
            return reason_cues(self.rules).get(reason, "rep.not_counted")
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


def band_cues(rules: Judging) -> Mapping[str, str]:
    """Return the cue that corrects each fault of the bands."""
    pairs = [(band.below, band.low_cue) for band in rules.bands]
    pairs += [(band.above, band.high_cue) for band in rules.bands]
    return {code: cue for code, cue in pairs if code and cue}


def reason_cues(rules: Judging) -> Mapping[str, str]:
    """Return the cue that tells why a repetition was refused, by its reason."""
    if rules.raises is None or rules.raises.too_low_cue is None:
        return _REASON_CUES
    return {**_REASON_CUES, "too_low": rules.raises.too_low_cue}


def is_true(cue_id: str, known: Known) -> bool:
    """Say whether a cue is not contradicted by what is known."""
    if known.somebody and cue_id in _WHILE_NOBODY_IS_SEEN:
        return False
    if known.clock_runs is None:
        return True
    return cue_id not in (_WHILE_IT_STANDS if known.clock_runs else _WHILE_IT_RUNS)


def without_gaps(events: Iterable[object]) -> list[object]:
    """Leave out that somebody was lost and found in one moment: it was pictures that were missing.

    Everything else stays.
    """
    all_ = list(events)
    if not {Lost, Found} <= {type(event) for event in all_}:
        return all_
    return [event for event in all_ if not isinstance(event, Lost | Found)]
