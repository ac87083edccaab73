"""How somebody holds now against their own start: the last days of an exercise, and its first.

Like is compared with like: the same exercise and side, the same dose, the same sets of a day. Only
hold times have a rule for what counts as change (`change`), so only these are compared.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from coreline.programme.change import Change, change_s
from coreline.programme.life import SetDone

DAYS: Final = 3  # at the start, and as many now: a guess that nobody has measured


@dataclass(frozen=True, slots=True)
class SinceStart:
    """What a hold was at the start and is now, on average seconds a set, and what became of it.

    `started` and `now` are the days; they have none in common.
    """

    exercise_id: str
    side: str | None
    started: tuple[date, ...]
    now: tuple[date, ...]
    start_s: float
    now_s: float
    change: Change


def since_start(
    sets: Iterable[SetDone], holds: Container[str], first: date, last: date
) -> tuple[SinceStart, ...]:
    """Return what changed, by the rule, since the start of each exercise and side.

    Args:
        sets: all that the person ever did.
        holds: the ids of what is held.
        first: of the days looked at; an exercise that was not done in them is left out.
        last: of these; what was done later is not looked at.
    """
    found: dict[tuple[str, str | None], list[SetDone]] = defaultdict(list)
    for each in sets:
        if each.exercise_id in holds and each.day <= last:
            found[each.exercise_id, each.side].append(each)
    compared = [
        _compared(sorted(own, key=lambda each: each.day))
        for own in found.values()
        if max(each.day for each in own) >= first
    ]
    return tuple(each for each in compared if each and each.change is not Change.NONE)


def _compared(sets: Sequence[SetDone]) -> SinceStart | None:
    """Return one exercise and side against its start; None where there is too little of it."""
    same = [each for each in sets if each.prescribed == sets[-1].prescribed]
    days = sorted({each.day for each in same})
    if len(days) < 2 * DAYS:
        return None
    started, now = tuple(days[:DAYS]), tuple(days[-DAYS:])
    early, late = ([each for each in same if each.day in some] for some in (started, now))
    numbers = {each.set_number for each in early} & {each.set_number for each in late}
    if not numbers:
        return None
    start_s, now_s = (
        _mean([each.done for each in some if each.set_number in numbers]) for some in (early, late)
    )
    which = (sets[-1].exercise_id, sets[-1].side)
    return SinceStart(*which, started, now, start_s, now_s, change_s(start_s, now_s))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
