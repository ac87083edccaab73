"""What faults did to what was counted: lost, false, void, and how soon it was noticed and over.

Times are those of the machine's monotonic clock. What truly happened is known from the person in
the pictures; what was counted, from the session's facts.

A raise in which the machine gave the program no time for a fifth of a second and more, and that was
refused for that, is counted apart as starved: on a quiet machine there is none.

A raise that was over before a fault, or began `RECOVER_S` or more after it, must count. One that
the fault or the time after it overlaps may be void, when that was said: by a pause, by a reason why
it does not count, by a warning. Whatever counts must be one that there was, once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

Span = tuple[float, float]
Line = dict[str, Any]

RECOVER_S: Final = 3.0  # after good pictures come again: for the start position to be held anew
DELAY_S: Final = 0.3  # from the end of a movement to the frame that proves it, judged
EDGE_S: Final = 0.4  # a hold's beginning and end are judged as closely as that


@dataclass(frozen=True, slots=True)
class Fault:
    """When there was something wrong, and what is to be expected of it.

    Attributes:
        begun_s: From when.
        ended_s: Until when; good pictures come from then on.
        pauses: Whether the session is to pause for it.
        voids: Whether what it overlaps may be void.
        hides: Whether nothing of the person is to be seen meanwhile.
    """

    begun_s: float
    ended_s: float
    pauses: bool = True
    voids: bool = True
    hides: bool = True


@dataclass
class Sums:
    """What the trials of one row came to."""

    trials: int = 0
    raises: int = 0
    lost: int = 0
    false: int = 0
    void: int = 0
    starved: int = 0
    unsaid: int = 0
    lost_s: float = 0.0
    false_s: float = 0.0
    freeze_s: float = 0.0
    notice_s: list[float] = field(default_factory=list)
    recover_s: list[float] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def blame(self, wrong: bool, what: str) -> None:
        """Note a goal that was missed."""
        if wrong:
            self.complaints.append(what)


def account_raises(
    sums: Sums,
    lines: Sequence[Line],
    truth: Iterable[Span],
    faults: Sequence[Fault],
    around: Iterable[Span] = (),
) -> None:
    """Hold what was counted against the raises that there were, each wholly seen or in a fault.

    Args:
        sums: What is added to.
        lines: What happened.
        truth: Raises that must count, or be void.
        faults: What was wrong.
        around: Raises at the edges, which may count or not.
    """
    behind_s = _behind_s(lines)
    ended = [line for line in lines if line["what"] == "repetition"]
    counted = [_moved(line["span"], behind_s) for line in ended if line["counted"]]
    refused = [_moved(line["span"], behind_s) for line in ended if not line["counted"]]
    for true in truth:
        sums.raises += 1
        mine = [span for span in counted if _same(span, true)]
        counted = [span for span in counted if span not in mine]
        sums.false += max(len(mine) - 1, 0)
        if mine:
            continue
        if not any(_overlaps(true, fault) for fault in faults) and (
            _starved_s(lines, true, faults) > 0.0 and any(_meet(span, true) for span in refused)
        ):
            sums.starved += 1
            continue
        if not any(_overlaps(true, fault) for fault in faults):
            sums.lost += 1
            sums.complaints.append(_lost(true, lines, faults))
            continue
        sums.void += 1
        sums.unsaid += not (
            any(_meet(span, true) for span in refused) or _said(lines, true[0], true[1] + RECOVER_S)
        )
    edges = list(around)
    counted = [span for span in counted if not any(_same(span, true) for true in edges)]
    sums.false += len(counted)
    sums.complaints += [f"counted {_of(span, faults)} and nothing was done" for span in counted]


def account_hold(sums: Sums, lines: Sequence[Line], seen: Span, faults: Sequence[Fault]) -> None:
    """Hold the seconds that were counted against those in which the hold was to be seen."""
    spans = [line["span"] for line in lines if line["what"] == "hold" and not line["reasons"]]
    held_s = sum(end_s - start_s for start_s, end_s in spans)
    away_s = sum(fault.ended_s - fault.begun_s for fault in faults)
    most_s = seen[1] - seen[0] - away_s
    starved_s = _starved_s(lines, seen, faults)
    sums.lost_s += max(most_s - starved_s - (RECOVER_S + EDGE_S) * len(faults) - held_s, 0.0)
    # What goes on in sight may be counted as soon as the session has got used to it.
    seen_s = sum(fault.ended_s - fault.begun_s for fault in faults if not fault.hides)
    sums.false_s += max(held_s - most_s - seen_s - EDGE_S * (len(faults) + 1), 0.0)


def account_pauses(sums: Sums, lines: Sequence[Line], faults: Sequence[Fault]) -> None:
    """Note how soon the session paused, and how soon it went on."""
    pages = [line for line in lines if line["what"] == "page"]
    for fault in faults:
        sums.trials += 1
        paused = [
            each["at_s"]
            for each in pages
            if each["pause"] and fault.begun_s <= each["at_s"] <= fault.ended_s + RECOVER_S
        ]
        if not fault.pauses:
            sums.blame(bool(paused), "paused for what is no fault")
            continue
        if not paused:
            sums.complaints.append("not noticed")
            continue
        sums.notice_s.append(paused[0] - fault.begun_s)
        on = [each["at_s"] for each in pages if each["at_s"] > fault.ended_s and not each["pause"]]
        if on:
            sums.recover_s.append(on[0] - fault.ended_s)
        else:
            sums.complaints.append("did not go on")


def account_ticks(sums: Sums, lines: Sequence[Line], stopped: Sequence[Span] = ()) -> None:
    """Note the longest time that the window stood still; `stopped` is when it was made to."""
    begun = next((line["at_s"] for line in lines if line["what"] == "page"), None)
    for line in lines:
        if line["what"] != "tick" or begun is None or line["at_s"] < begun:
            continue
        tick = (line["at_s"] - line["length_s"], line["at_s"])
        if not any(_meet(tick, span) for span in stopped):
            sums.freeze_s = max(sums.freeze_s, line["length_s"])


def counted_in(lines: Iterable[Line]) -> int:
    """Return how many repetitions counted."""
    return sum(line["what"] == "repetition" and line["counted"] for line in lines)


def _behind_s(lines: Sequence[Line]) -> float:
    """Return what the session's clock lacks to the machine's."""
    return min((line["behind_s"] for line in lines if line["what"] == "clock"), default=0.0)


def _moved(span: Sequence[float], by_s: float) -> Span:
    return span[0] + by_s, span[1] + by_s


def _same(one: Span, other: Span) -> bool:
    """Say whether the middle of each lies in the other."""
    return one[0] <= sum(other) / 2.0 <= one[1] and other[0] <= sum(one) / 2.0 <= other[1]


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _overlaps(true: Span, fault: Fault) -> bool:
    """Say whether a fault, or the time after it, excuses that a raise does not count."""
    until_s = fault.ended_s + RECOVER_S
    return fault.voids and _meet((true[0], true[1] + DELAY_S), (fault.begun_s, until_s))


def _said(lines: Sequence[Line], start_s: float, end_s: float) -> bool:
    """Say whether it was shown at a time that what is done does not count."""
    paused = False
    for line in lines:
        is_inside = start_s <= line["at_s"] <= end_s
        if is_inside and (paused or line["what"] == "slow"):
            return True
        if line["at_s"] > end_s:
            break
        if line["what"] == "page":
            paused = bool(line["pause"]) or line["stage"] != "exercise"
    return paused


def _starved_s(lines: Sequence[Line], span: Span, faults: Sequence[Fault]) -> float:
    """Return for how long in a span the session was given nothing, though nothing was wrong."""
    behind_s, whole_s = _behind_s(lines), 0.0
    for line in lines:
        if line["what"] == "gap":
            gap = _moved(line["span"], behind_s)
            wrong = any(_meet(gap, (each.begun_s, each.ended_s + EDGE_S)) for each in faults)
            whole_s += line["length_s"] if _meet(gap, span) and not wrong else 0.0
    return whole_s


def _of(span: Span, faults: Sequence[Fault]) -> str:
    """Return where something lies, from the nearest fault."""
    begun_s = min((fault.begun_s for fault in faults), key=lambda s: abs(s - span[0]), default=0.0)
    return f"{span[0] - begun_s:+.1f} to {span[1] - begun_s:+.1f} s from a fault's beginning"


def _lost(true: Span, lines: Sequence[Line], faults: Sequence[Fault]) -> str:
    behind_s = _behind_s(lines)
    told = [
        ",".join(line["reasons"])
        for line in lines
        if line["what"] == "repetition"
        and not line["counted"]
        and _meet(_moved(line["span"], behind_s), true)
    ]
    nearest = min(faults, key=lambda each: abs(each.begun_s - true[0]), default=None)
    lasted = f", which lasted {nearest.ended_s - nearest.begun_s:.1f} s" if nearest else ""
    return f"lost {_of(true, faults)}{lasted} ({' '.join(told) or 'nothing was said'})"
