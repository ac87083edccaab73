"""A day's training in parts, for whoever splits it over the day."""

from collections.abc import Sequence
from itertools import groupby

from coreline.programme.day import Item
from coreline.programme.items import session_s
from coreline.programme.spec import Pace


def parts_of(items: Sequence[Item], number: int, pace: Pace) -> tuple[tuple[Item, ...], ...]:
    """Return so many parts that take about equally long, in order; some may have nothing.

    The sides of one exercise stay together. What is left out today is in none.

    Raises:
        ValueError: There are to be no parts.
    """
    if number < 1:
        raise ValueError("a day has at least one part")
    doing = [item for item in items if item.skipped is None]
    whole_s, before_s = session_s(doing, pace), 0.0
    parts: list[list[Item]] = [[] for _ in range(number)]
    for _, sides in groupby(doing, key=lambda item: item.exercise_id):
        own = list(sides)
        own_s = session_s(own, pace)
        middle = (before_s + own_s / 2) / whole_s  # of all that takes time; where this one lies
        parts[min(int(middle * number), number - 1)] += own
        before_s += own_s
    return tuple(map(tuple, parts))
