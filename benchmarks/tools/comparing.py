"""What was judged against what truly happened in one clip; pure arithmetic."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from coreline.judging.events import Fault, Reading, Repetition, Rotation, State
from coreline.report.model import Analysis
from coreline.report.settled import settled
from tools.line_errors import errors_deg, readings_in
from tools.truth import Array, TrueAttempt, Truth

UNSEEN = "not_seen"
CANT_SEE = (UNSEEN, "blurred")  # reasons that say so of an attempt
EDGE_SLACK_S = 0.5  # how far a fault's beginning and end may be off
# An attempt of which less than this share was visible is one that could not be judged; the same
# limit as for the scores.
LEAST_SEEN_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Tally:
    """Things said of which some are right, and things that should have been said."""

    right: int = 0
    said: int = 0
    true: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(self.right + other.right, self.said + other.said, self.true + other.true)

    @property
    def precision(self) -> float | None:
        """Return the share of what was said that is right; None when nothing was said."""
        return self.right / self.said if self.said else None

    @property
    def recall(self) -> float | None:
        """Return the share of what is true that was said; None when there is nothing to say."""
        return self.right / self.true if self.true else None


class Verdict(StrEnum):
    """What became of a clip's count."""

    EXACT = "exact"
    CANT_SEE = "can't see"  # too few, for no other reason than that they were said to be unseen
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A hold, a repetition or a turn as it was judged."""

    start_s: float
    end_s: float
    counted: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """One clip, judged and compared.

    Attributes:
        counted: what was counted; for holds the stays in position.
        off_by: how far that is from the nearest count that is right, + = too many.
        verdict: what became of the count.
        attempts: how many truly were; `attempts_right` of them got the verdict they should.
        invented: counted where there was no attempt at all, getting into position among it.
        reasons, faults: what was said and what is true.
        edges_s: how far the faults that were found are off at either end.
        in_line_error_s: + = too long; None where nothing is held.
        change_errors_deg: of the line's change from the neutral, where it is judged.
        seen_share: share of the frames in position in which the body could be judged.
    """

    exercise: str
    clip: str
    counted: int
    off_by: int
    verdict: Verdict
    attempts: int
    attempts_right: int
    invented: int
    reasons: Tally
    faults: Tally
    edges_s: tuple[float, ...]
    in_line_error_s: float | None
    change_errors_deg: Array
    seen_share: float


def compare(clip: str, truth: Truth, analysis: Analysis) -> Compared:
    """Compare one clip's judgement with its truth."""
    judged = attempts_of(analysis)
    pairs = matched(truth.attempts, judged)
    counted = sum(each.counted for each in judged)
    off_by = _off_by(counted, truth)
    unseen = sum(each.counts and _is_unseen(each, pairs, analysis) for each in truth.attempts)
    faults, edges_s = compare_faults(truth.faults, [f for h in analysis.holds for f in h.faults])
    held_s = sum(hold.in_line_s for hold in analysis.holds)
    readings = settled(analysis)
    known = readings_in(readings, truth.line.t_s, truth.line.judged)
    moving = readings_in(readings, truth.line.t_s, truth.line.in_position)
    return Compared(
        exercise=truth.exercise,
        clip=clip,
        counted=counted,
        off_by=off_by,
        verdict=verdict_of(off_by, unseen),
        attempts=len(truth.attempts),
        attempts_right=sum(_is_right(each, pairs.get(each)) for each in truth.attempts),
        invented=sum(each.counted and each not in pairs.values() for each in judged),
        reasons=compare_reasons(truth.attempts, judged, pairs),
        faults=faults,
        edges_s=edges_s,
        in_line_error_s=None if truth.in_line_s is None else held_s - truth.in_line_s,
        change_errors_deg=errors_deg(known, truth.line),
        seen_share=_seen_share(moving),
    )


def attempts_of(analysis: Analysis) -> list[Attempt]:
    """Return every hold, repetition and turn; a hold always counts."""
    holds = [Attempt(hold.start_s, hold.end_s, True) for hold in analysis.holds]
    countable: list[Repetition | Rotation] = [*analysis.repetitions, *analysis.rotations]
    return holds + [Attempt(e.start_s, e.end_s, e.counted, e.reasons) for e in countable]


# Attempts


class _Stretch(Protocol):
    @property
    def start_s(self) -> float: ...

    @property
    def end_s(self) -> float: ...


True_ = TypeVar("True_", bound=_Stretch)
Judged = TypeVar("Judged", bound=_Stretch)


def matched(true: Sequence[True_], judged: Sequence[Judged]) -> dict[True_, Judged]:
    """Return which judged attempt is which true one: the largest overlaps first, each once.

    An overlap of less than half of the shorter one is none.
    """
    candidates = [(overlap_s(a, b), a, b) for a in true for b in judged if _is_same(a, b)]
    pairs: dict[True_, Judged] = {}
    for _, a, b in sorted(candidates, key=lambda each: -each[0]):
        if a not in pairs and b not in pairs.values():
            pairs[a] = b
    return pairs


def overlap_s(a: _Stretch, b: _Stretch) -> float:
    """Return how long two stretches of time coincide."""
    return max(min(a.end_s, b.end_s) - max(a.start_s, b.start_s), 0.0)


def _is_same(a: _Stretch, b: _Stretch) -> bool:
    shorter_s = min(a.end_s - a.start_s, b.end_s - b.start_s)
    return overlap_s(a, b) > 0.5 * shorter_s


def _off_by(counted: int, truth: Truth) -> int:
    if counted > truth.counted:
        return counted - truth.counted
    return min(counted - truth.least_counted, 0)


def verdict_of(off_by: int, unseen: int) -> Verdict:
    """Return what became of a count of which `unseen` could not be judged."""
    if off_by == 0:
        return Verdict.EXACT
    return Verdict.CANT_SEE if -unseen <= off_by < 0 else Verdict.WRONG


def _is_right(attempt: TrueAttempt, judged: Attempt | None) -> bool:
    """Say whether an attempt was counted or refused as it should have been."""
    if judged is None:
        return False
    return judged.counted == attempt.counts or _is_allowed_refusal(attempt, judged)


def _is_allowed_refusal(attempt: TrueAttempt, judged: Attempt) -> bool:
    return attempt.either_ok and judged.reasons == ("no_tap",)


def _is_unseen(attempt: TrueAttempt, pairs: dict[TrueAttempt, Attempt], analysis: Analysis) -> bool:
    """Say whether an attempt was said to be unseen, or was out of sight for too much of it."""
    if set(CANT_SEE) & set(pairs[attempt].reasons if attempt in pairs else ()):
        return True
    inside = [r for r in analysis.record.readings if attempt.start_s <= r.t_s <= attempt.end_s]
    seen = sum(reading.state is not State.UNSEEN for reading in inside)
    return seen < LEAST_SEEN_SHARE * max(len(inside), 1)


# Reasons and faults


def compare_reasons(
    true: Sequence[TrueAttempt], judged: Sequence[Attempt], pairs: dict[TrueAttempt, Attempt]
) -> Tally:
    """Return how many of the reasons that were given are right.

    Not being seen is no statement about the attempt: it is neither right nor wrong, but what was
    the matter with such an attempt has not been said.
    """
    tally = Tally()
    for attempt in true:
        said = pairs.get(attempt)
        allowed = said is not None and _is_allowed_refusal(attempt, said)
        reasons = () if said is None or allowed else said.reasons
        tally += _tally(attempt.reasons, reasons)
    unmatched = (each for each in judged if each not in pairs.values())
    return sum((_tally((), each.reasons) for each in unmatched), tally)


def _tally(true: Iterable[str], said: Iterable[str]) -> Tally:
    expected, given = Counter(true), Counter(code for code in said if code not in CANT_SEE)
    return Tally((expected & given).total(), given.total(), expected.total())


def compare_faults(true: Sequence[Fault], said: Sequence[Fault]) -> tuple[Tally, tuple[float, ...]]:
    """Return how many faults of a hold are right, and how far the edges of those found are off.

    Right is the same code at the same time, either edge within the slack.
    """
    stated = [fault for fault in said if fault.code != UNSEEN]
    edges: list[tuple[float, float]] = []
    for code in sorted({fault.code for fault in true}):
        same = [[fault for fault in faults if fault.code == code] for faults in (true, stated)]
        pairs = matched(*same)
        edges += [(b.start_s - a.start_s, b.end_s - a.end_s) for a, b in pairs.items()]
    right = sum(all(abs(edge_s) <= EDGE_SLACK_S for edge_s in both) for both in edges)
    return Tally(right, len(stated), len(true)), tuple(edge_s for both in edges for edge_s in both)


def _seen_share(readings: Sequence[Reading]) -> float:
    seen = sum(reading.state is not State.UNSEEN for reading in readings)
    return seen / len(readings) if readings else 0.0
