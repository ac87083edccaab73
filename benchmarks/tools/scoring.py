"""What `coreline analyze --json` found in a rendered person's clip, held against its truth; pure.

The truth is graded: what it calls grey, or `either_ok`, is right either way. A clip is exact when
every attempt was counted or refused as it should be and nothing else was counted, or when the
seconds in line are right and every clear fault was met by a fault at its time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from tools.comparing import UNSEEN, Tally

# How the judging may name what the truth calls so.
NAMES: Final[Mapping[str, frozenset[str]]] = {
    "arch": frozenset({"pike"}),
    "leg_sunk": frozenset({"leg_low"}),
    "legs_sink": frozenset({"legs_low"}),
    "arms_sink": frozenset({"arms_low"}),
    "hips_down": frozenset({"hips_low"}),
}
# A top that was never reached was not held either.
TWINS: Final[Mapping[str, frozenset[str]]] = {"too_low": frozenset({"too_low", "too_short"})}
LEAST_OVERLAP_S: Final = 0.3
# The truth is sure of each edge to 0.4 s, and a stretch in line has two.
HELD_SLACK_S: Final = 0.8
# A fault that is said for less than this while the line is good is an edge, not a false alarm.
LEAST_FALSE_S: Final = 0.5
NOTHING_HELD_S: Final = 0.2


class _Part(BaseModel):
    """A part of a document; what is not needed of it is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Stretch(_Part):
    """A stretch of time, seconds."""

    start_s: float
    end_s: float

    def overlap_s(self, other: "Stretch") -> float:
        """Return how long both last together."""
        return max(0.0, min(self.end_s, other.end_s) - max(self.start_s, other.start_s))


class TrueAttempt(Stretch):
    """A repetition or a turn; `grey` are reasons that may be given, or not."""

    counts: bool
    reasons: tuple[str, ...]
    grey: tuple[str, ...] = ()
    either_ok: bool = False


class TrueFault(Stretch):
    """A fault of a hold; `either_ok` when it may be named, or not."""

    kind: str
    either_ok: bool = False


class Expected(_Part):
    """What a judge should say of a clip: of repetitions, of turns, or of a hold."""

    reps: tuple[TrueAttempt, ...] | None = None
    rotations: tuple[TrueAttempt, ...] | None = None
    in_line: tuple[tuple[float, float], ...] | None = None
    in_line_least_s: float = 0.0
    in_line_most_s: float = 0.0
    grey: tuple[tuple[float, float], ...] = ()
    faults: tuple[TrueFault, ...] = ()
    slight: tuple[Stretch, ...] = ()


class SaidFault(Stretch):
    """A fault as it was judged."""

    code: str


class SaidAttempt(Stretch):
    """A repetition or a turn as it was judged."""

    counted: bool
    reasons: tuple[str, ...]


class SaidHold(Stretch):
    """A stay in position as it was judged."""

    in_line_s: float
    faults: tuple[SaidFault, ...] = ()


class SaidSource(_Part):
    """Share of the frames in which somebody was found."""

    found_share: float


class Said(_Part):
    """The document that `coreline analyze --json` writes."""

    source: SaidSource
    side: str | None
    near_side: str | None
    holds: tuple[SaidHold, ...] = ()
    repetitions: tuple[SaidAttempt, ...] = ()
    rotations: tuple[SaidAttempt, ...] = ()
    faults: tuple[SaidFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """What was right of some attempts, or of a hold.

    Attributes:
        exact: all of it, as the head of this file says.
        attempts, attempts_right: where one outcome alone is right, and how often it was given.
        invented: counted where there was no attempt.
        reasons, faults: what was said and what is true.
        held_error_s: seconds in line too many or too few, 0 inside what is right; None of
            repetitions.
        failures: what went wrong, in words.
        marks: the same at a glance.
    """

    exact: bool = True
    attempts: int = 0
    attempts_right: int = 0
    invented: int = 0
    reasons: Tally = field(default_factory=Tally)
    faults: Tally = field(default_factory=Tally)
    held_error_s: float | None = None
    failures: tuple[str, ...] = ()
    marks: str = ""

    def __add__(self, other: "Score") -> "Score":
        """Return both together."""
        held = [each for each in (self.held_error_s, other.held_error_s) if each is not None]
        return Score(
            exact=self.exact and other.exact,
            attempts=self.attempts + other.attempts,
            attempts_right=self.attempts_right + other.attempts_right,
            invented=self.invented + other.invented,
            reasons=self.reasons + other.reasons,
            faults=self.faults + other.faults,
            held_error_s=sum(held) if held else None,
            failures=self.failures + other.failures,
            marks=self.marks + other.marks,
        )


def score(expected: Mapping[str, Any], said: Mapping[str, Any]) -> Score:
    """Return how right the document of `analyze` is about a clip.

    Args:
        expected: the truth's `expected`.
        said: what `--json` writes.
    """
    true, found = Expected.model_validate(expected), Said.model_validate(said)
    whole = Score()
    if true.reps is not None:
        whole += score_attempts(true.reps, found.repetitions)
    if true.rotations is not None:
        whole += score_attempts(true.rotations, found.rotations)
    if true.in_line is not None:
        whole += score_hold(true, found)
    return whole


# Repetitions and turns


def score_attempts(true: Sequence[TrueAttempt], said: Sequence[SaidAttempt]) -> Score:
    """Return how right the repetitions or turns are; each of those said is one true one at most."""
    whole, used = Score(), set[int]()
    for attempt in true:
        number = _farthest_inside(attempt, said, used)
        used |= set() if number is None else {number}
        whole += _score_attempt(attempt, None if number is None else said[number])
    invented = sum(each.counted for number, each in enumerate(said) if number not in used)
    return whole + _invented(invented) if invented else whole


def _farthest_inside(
    attempt: TrueAttempt, said: Sequence[SaidAttempt], used: set[int]
) -> int | None:
    """Return which of those said lasts longest together with an attempt."""
    free = [
        (attempt.overlap_s(each), number) for number, each in enumerate(said) if number not in used
    ]
    longest_s, number = max(free, default=(0.0, None))
    return number if longest_s > LEAST_OVERLAP_S else None


def _invented(how_many: int) -> Score:
    return Score(
        exact=False,
        invented=how_many,
        failures=("counted what was no repetition",),
        marks=f" +{how_many} false",
    )


def _score_attempt(true: TrueAttempt, said: SaidAttempt | None) -> Score:
    given = set(said.reasons) if said is not None else set[str]()
    counted = said is not None and said.counted
    right = true.either_ok or counted == true.counts
    met = {reason for reason in true.reasons if given & _twins(reason)}
    missed = set(true.reasons) - met
    extra = given - set(true.grey) - set[str]().union(*map(_twins, true.reasons))
    forgiven = 0 if true.either_ok else len(extra)
    return Score(
        exact=right,
        attempts=not true.either_ok,
        attempts_right=right and not true.either_ok,
        reasons=Tally(len(met), len(met) + forgiven, len(true.reasons)),
        failures=_attempt_failures(true, said, missed, extra),
        marks="o" if true.either_ok else "X" if not right else "~" if missed else ".",
    )


def _twins(reason: str) -> frozenset[str]:
    return TWINS.get(reason, frozenset({reason}))


def _attempt_failures(
    true: TrueAttempt, said: SaidAttempt | None, missed: set[str], extra: set[str]
) -> tuple[str, ...]:
    """Return what was wrong about an attempt, in words."""
    if true.either_ok:
        return ()
    given = _joined(said.reasons if said is not None else ())
    if said is None:
        return ("not found",) if true.counts else tuple(_missed(missed, ""))
    if said.counted != true.counts:
        spite = f"counted in spite of {_joined(true.reasons)}"
        return (f"refused: {given}" if true.counts else spite,)
    wrong = [] if said.counted else _missed(missed, given)
    return (*wrong, *(f"extra reason {reason}" for reason in sorted(extra)))


def _missed(reasons: Iterable[str], given: str) -> list[str]:
    said = f" (said {given})" if given else ""
    return [f"missed reason {reason}{said}" for reason in sorted(reasons)]


def _joined(names: Iterable[str]) -> str:
    return "+".join(sorted(names))


# Holds


def score_hold(true: Expected, said: Said) -> Score:
    """Return how right the seconds in line and the faults of a hold are."""
    events = _events(said)
    whole, met = _score_seconds(true, said), set[SaidFault]()
    for fault in true.faults:
        hits = [each for each in events if fault.overlap_s(each) > LEAST_OVERLAP_S]
        met.update(hits)
        whole += Score() if fault.either_ok else _score_fault(fault, hits)
    unmet = [each for each in events if each not in met]
    return sum((_false_alarm(each) for each in unmet if _is_false(each, true)), whole)


def _events(said: Said) -> list[SaidFault]:
    """Return every fault once; those of holds are in either place."""
    inside = [fault for hold in said.holds for fault in hold.faults]
    return list(dict.fromkeys([*said.faults, *inside]))


def _score_seconds(true: Expected, said: Said) -> Score:
    held_s = sum(hold.in_line_s for hold in said.holds)
    least_s, most_s = true.in_line_least_s, true.in_line_most_s
    error_s = max(0.0, least_s - held_s, held_s - most_s)
    right = error_s <= HELD_SLACK_S * max(1, len(true.in_line or ()))
    few = "nothing held" if held_s < NOTHING_HELD_S else "too little held"
    wrong = few if held_s < least_s else "too much held"
    return Score(
        exact=right,
        held_error_s=error_s,
        failures=() if right else (wrong,),
        marks=f"held {held_s:.1f} of {least_s:.1f}..{most_s:.1f}",
    )


def _score_fault(true: TrueFault, hits: Sequence[SaidFault]) -> Score:
    codes = {each.code for each in hits}
    named = bool(codes & NAMES.get(true.kind, frozenset({true.kind})))
    said = f"named {_joined(codes)}" if hits else "missed"
    return Score(
        exact=bool(hits),
        faults=Tally(int(named), int(named), 1),
        failures=() if named else (f"{true.kind} {said}",),
        marks=f" {true.kind}" + ("" if named else f": {said}"),
    )


def _is_false(said: SaidFault, true: Expected) -> bool:
    """Say whether a fault that is none was said while the line was good."""
    in_line = [Stretch(start_s=start_s, end_s=end_s) for start_s, end_s in true.in_line or ()]
    last_s = in_line[-1].end_s if in_line else 0.0
    grey = [Stretch(start_s=start_s, end_s=end_s) for start_s, end_s in true.grey]
    allowed = any(said.overlap_s(each) > LEAST_OVERLAP_S for each in (*true.slight, *grey))
    inside_s = sum(said.overlap_s(each) for each in in_line)
    return (
        said.code != UNSEEN and inside_s >= LEAST_FALSE_S and said.start_s <= last_s and not allowed
    )


def _false_alarm(said: SaidFault) -> Score:
    return Score(
        faults=Tally(0, 1, 0), failures=(f"false {said.code}",), marks=f" false {said.code}"
    )
