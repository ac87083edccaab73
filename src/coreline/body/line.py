"""The body line: how far it is from the person's own neutral, and what that scores."""

from collections.abc import Sequence


def line_score(deviation_deg: float, good_deg: float) -> float:
    """Return 0 to 100: full marks within the good band, none from three times its width.

    It falls linearly between. With a band of 5° a hip 10° low scores 50.
    """
    beyond_deg = max(abs(deviation_deg) - good_deg, 0.0)
    return 100.0 * max(1.0 - beyond_deg / (2.0 * good_deg), 0.0)


def mean_score(
    deviations_deg: Sequence[float], good_deg: float, lasts_s: Sequence[float]
) -> float | None:
    """Return the mean score of some moments over the time, or None when there are none.

    Args:
        deviations_deg: (n,) from the neutral.
        good_deg: How far from it is good.
        lasts_s: (n,) how long each stands for, see `lasting_s`.
    """
    return mean([line_score(each, good_deg) for each in deviations_deg], lasts_s)


def worst(deviations_deg: Sequence[float]) -> float | None:
    """Return the deviation that is farthest from neutral, with its sign."""
    return max(deviations_deg, key=abs) if deviations_deg else None


def mean(values: Sequence[float], lasts_s: Sequence[float]) -> float | None:
    """Return the mean of (n,) values over the time that each stands for, or None of nothing."""
    if not values:
        return None
    first = values[0]  # of values that are all the same the mean is exactly that
    weighed = ((value - first) * each_s for value, each_s in zip(values, lasts_s, strict=True))
    return first + sum(weighed) / sum(lasts_s)
