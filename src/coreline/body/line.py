"""The body line: how far it is from the person's own neutral, and what that scores."""

from collections.abc import Sequence


def line_score(deviation_deg: float, good_deg: float) -> float:
    """Return 0 to 100: full marks within the good band, none from three times its width.

    It falls linearly between. With a band of 5° a hip 10° low scores 50.
    """
    beyond_deg = max(abs(deviation_deg) - good_deg, 0.0)
    return 100.0 * max(1.0 - beyond_deg / (2.0 * good_deg), 0.0)


def mean_score(deviations_deg: Sequence[float], good_deg: float) -> float | None:
    """Return the mean score of some moments, or None when there are none."""
    if not deviations_deg:
        return None
    return sum(line_score(each, good_deg) for each in deviations_deg) / len(deviations_deg)


def worst(deviations_deg: Sequence[float]) -> float | None:
    """Return the deviation that is farthest from neutral, with its sign."""
    return max(deviations_deg, key=abs) if deviations_deg else None


def mean(deviations_deg: Sequence[float]) -> float | None:
    """Return the mean, or None of nothing."""
    return sum(deviations_deg) / len(deviations_deg) if deviations_deg else None
