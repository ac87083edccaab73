"""What was measured over a group of judged clips; pure arithmetic."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from tools.comparing import Tally
from tools.judged_people import Judged
from tools.picture_figures import p95

NORMAL_95 = 1.959964  # how many standard deviations hold 95 % of a normal distribution


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a group of clips; None where there was nothing to measure.

    Attributes:
        clips, exact: how many there are, and how many of them are exact.
        attempts, attempts_right: where one outcome alone is right, and how often it was given.
        invented: counted where there was no attempt.
        reasons, faults: what was said and what is true.
        held_mean_s, held_worst_s: error of the seconds in line of a clip.
        bias_deg, sd_deg, p95_deg: error of the line's change from the neutral, over all frames
            with a reading; p95_deg of its absolute value.
        frames: how many those are.
        read_share: share of the frames in which the line is judged that have a reading.
    """

    clips: int
    exact: int
    attempts: int
    attempts_right: int
    invented: int
    reasons: Tally
    faults: Tally
    held_mean_s: float | None
    held_worst_s: float | None
    bias_deg: float | None
    sd_deg: float | None
    p95_deg: float | None
    frames: int
    read_share: float

    @property
    def exact_share(self) -> float:
        """Return the share of the clips that are exact."""
        return self.exact / self.clips

    @property
    def exact_between(self) -> tuple[float, float]:
        """Return what that share is of all people who are like these, with 95 % certainty."""
        return wilson(self.exact, self.clips)


def summary_of(clips: Sequence[Judged]) -> Summary:
    """Return the figures of some clips, of which there is at least one."""
    held_s = [each.held_error_s for each in clips if each.held_error_s is not None]
    errors_deg = np.concatenate([each.errors_deg for each in clips])
    some = len(errors_deg) > 0
    return Summary(
        clips=len(clips),
        exact=sum(each.exact for each in clips),
        attempts=sum(each.attempts for each in clips),
        attempts_right=sum(each.attempts_right for each in clips),
        invented=sum(each.invented for each in clips),
        reasons=sum((Tally(*each.reasons) for each in clips), Tally()),
        faults=sum((Tally(*each.faults) for each in clips), Tally()),
        held_mean_s=float(np.mean(held_s)) if held_s else None,
        held_worst_s=max(held_s, default=None),
        bias_deg=float(errors_deg.mean()) if some else None,
        sd_deg=float(errors_deg.std()) if some else None,
        p95_deg=p95(errors_deg),
        frames=len(errors_deg),
        read_share=float(np.mean([each.read_share for each in clips])),
    )


def wilson(right: int, of: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share; of nothing, all of it."""
    if of == 0:
        return 0.0, 1.0
    share, square = right / of, NORMAL_95**2
    middle = share + square / (2 * of)
    reach = NORMAL_95 * sqrt(share * (1.0 - share) / of + square / (4 * of**2))
    whole = 1.0 + square / of
    return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


def grouped(
    clips: Iterable[Judged], name_of: Callable[[Judged], str], order: Sequence[str] = ()
) -> dict[str, Summary]:
    """Return the figures of each group, those named in `order` first and the others after them."""
    groups: dict[str, list[Judged]] = {name: [] for name in order}
    for each in sorted(clips, key=name_of):
        groups.setdefault(name_of(each), []).append(each)
    return {name: summary_of(members) for name, members in groups.items() if members}


def failures_of(clips: Iterable[Judged]) -> dict[str, list[str]]:
    """Return in which clips what went wrong, the most frequent first; a clip may be in it twice."""
    found: dict[str, list[str]] = {}
    for each in clips:
        for failure in each.failures:
            found.setdefault(failure, []).append(each.name)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))
