"""The shape of one attempt at a repetition: when it rose, how long it was held, when it fell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

# The top's share belongs with `raises.ramp_above_share`, see `calibration/origins.toml`. The others
# are guesses that nobody has measured; held times of real raises would settle them.
TOP_SHARE = 0.9  # counted as held above this share of the attempt's own level
_DIP_SHARE = 0.8  # a dip that stays above this does not end the top
FLICKER_S = 0.5  # nor does a shorter one, down to the share below: no leg is so quick
_FLICKER_SHARE = 0.6  # a guess: real tops that the model loses for a moment would settle it
_HALF_SHARE = 0.5  # a ramp is measured from here to the top: lower down it may pause
_LOW_SHARE = 0.35  # one that starts higher up is another movement, and tells nothing
_LONGEST_RAMP_S = 1.2  # a 10-90 % time beyond this is no longer one movement

Sample = tuple[float, float]  # seconds, rise


@dataclass(frozen=True, slots=True)
class Shape:
    """How an attempt went. `level` is the height of its top, in the unit of the rise.

    `ramps_s` is the part of the top's time that was taken off for its ramps.
    """

    level: float
    top_s: float
    top_end_s: float
    ramps_s: float

    @property
    def hold_s(self) -> float:
        """Return how long the top was held, gaps in it included."""
        return max(self.top_end_s - self.top_s - self.ramps_s, 0.0)

    def hold_limits_s(self, gaps: Sequence[tuple[float, float]]) -> tuple[float, float]:
        """Return the least and the most that the top can have been held.

        Args:
            gaps: from and until, those in which it is not known where the leg was.
        """
        hiding = [(a, b) for a, b in gaps if b > self.top_s and a < self.top_end_s]
        if not hiding:
            return self.hold_s, self.hold_s
        edges_s = [self.top_s, *(t_s for gap in hiding for t_s in gap), self.top_end_s]
        pieces_s = [b - a for a, b in zip(edges_s[::2], edges_s[1::2], strict=True)]
        whole_s = max(self.top_end_s, hiding[-1][1]) - min(self.top_s, hiding[0][0])
        return max(pieces_s) - self.ramps_s, whole_s - self.ramps_s


def shape_of(curve: Sequence[Sample], ramp_above_share: float) -> Shape:
    """Return the shape of an attempt, of which there is at least one sample.

    The time above 90 % of the level holds the ends of the ramps too, which are not held. With a
    ramp's 10-90 % time known, `ramp_above_share` of it is taken off at either end.
    """
    peak = _steady_peak(curve)
    level = median(rise for _, rise in curve if rise >= _DIP_SHARE * peak)
    top_s, top_end_s = _longest_above(curve, level)
    before = [sample for sample in curve if sample[0] <= top_s]
    after = [sample for sample in curve if sample[0] >= top_end_s]
    rise_s, fall_s = _ramp_s(before, level), _ramp_s(_backward(after), level)
    ramps_s = (rise_s or fall_s or 0.0) + (fall_s or rise_s or 0.0)
    return Shape(level, top_s, top_end_s, ramp_above_share * ramps_s)


def first_above(curve: Sequence[Sample], rise: float) -> float | None:
    """Return when the rise first reached a value, or None if it never did."""
    if curve and curve[0][1] >= rise:
        return curve[0][0]
    for a, b in pairwise(curve):
        if a[1] < rise <= b[1]:
            return a[0] + (rise - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
    return None


def _steady_peak(curve: Sequence[Sample]) -> float:
    """Return the highest rise that more than a single stray sample vouches for."""
    rises = [rise for _, rise in curve]
    triples = zip([rises[0], *rises], rises, [*rises[1:], rises[-1]], strict=False)
    return max(median(triple) for triple in triples)


def _backward(curve: Sequence[Sample]) -> list[Sample]:
    """Return the curve as it looks when time runs the other way."""
    return [(-t_s, rise) for t_s, rise in reversed(curve)]


def _longest_above(curve: Sequence[Sample], level: float) -> tuple[float, float]:
    """Return the longest stretch near the level, from its first to its last crossing of 90 %."""
    stretches = [(curve[0][0], curve[0][0])]
    for run in _bridged(curve, level):
        start_s = first_above(run, TOP_SHARE * level)
        end_s = first_above(_backward(run), TOP_SHARE * level)
        if start_s is not None and end_s is not None:
            stretches.append((start_s, -end_s))
    return max(stretches, key=lambda stretch: stretch[1] - stretch[0])


def _bridged(curve: Sequence[Sample], level: float) -> Iterator[Sequence[Sample]]:
    """Yield the runs near the level; over a flicker of the reading one goes on."""
    for half in _runs(curve, _FLICKER_SHARE * level):
        joined: list[Sample] = []
        for run in _runs(half, _DIP_SHARE * level):
            if joined and run[0][0] - joined[-1][0] > FLICKER_S:
                yield joined
                joined = []
            joined += [sample for sample in run if not joined or sample[0] > joined[-1][0]]
        if joined:
            yield joined


def _runs(curve: Sequence[Sample], low: float) -> Iterator[Sequence[Sample]]:
    """Yield the runs above a value, each with the sample before and after it."""
    start: int | None = None
    for index, (_, rise) in enumerate(curve):
        if rise >= low and start is None:
            start = max(index - 1, 0)
        elif rise < low and start is not None:
            yield curve[start : index + 1]
            start = None
    if start is not None:
        yield curve[start:]


def _ramp_s(curve: Sequence[Sample], level: float) -> float | None:
    """Return the 10-90 % time of the last rise, or None where it started from about half way.

    It is twice the time from 50 to 90 %, as in a movement that speeds up as it slows down.
    """
    below = [index for index, (_, rise) in enumerate(curve) if rise <= _HALF_SHARE * level]
    if min(rise for _, rise in curve) > _LOW_SHARE * level:
        return None
    ramp = curve[below[-1] :]
    first_s = first_above(ramp, _HALF_SHARE * level)
    last_s = first_above(ramp, TOP_SHARE * level)
    if first_s is None:
        return None
    upper_s = (last_s if last_s is not None else ramp[-1][0]) - first_s
    return min(2.0 * upper_s, _LONGEST_RAMP_S)
