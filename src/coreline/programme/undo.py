"""A life without what was taken back, and what goes along when something is.

What the program itself wrote because of it goes along: that an exercise is left out because it
hurt, and that the advice to contact the sports physician was given. What the person chose stays.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from coreline.programme.diary import Diary
from coreline.programme.items import hurt_badly
from coreline.programme.life import (
    AdviceGiven,
    EasierChosen,
    LevelAsked,
    LevelChosen,
    Life,
    PainNoted,
    Prescribed,
    RestChosen,
    SetDone,
    Skipped,
)
from coreline.programme.pain import contact_in
from coreline.programme.spec import Programme

Happened: TypeAlias = (
    PainNoted
    | Skipped
    | LevelChosen
    | EasierChosen
    | RestChosen
    | AdviceGiven
    | LevelAsked
    | Prescribed
    | SetDone
)
_LISTS: Mapping[type, str] = {
    SetDone: "sets",
    PainNoted: "pains",
    Skipped: "skips",
    LevelChosen: "levels",
    EasierChosen: "easier",
    RestChosen: "rests",
    AdviceGiven: "advice",
    LevelAsked: "asked",
    Prescribed: "plans",
}


def without(life: Life, taken: Iterable[Happened]) -> Life:
    """Return a life in which these never happened; of several alike the last one goes.

    Raises:
        ValueError: One of them is not in it.
    """
    for each in taken:
        name = _LISTS[type(each)]
        happened = list(getattr(life, name))
        del happened[len(happened) - 1 - happened[::-1].index(each)]
        changed: dict[str, Any] = {name: tuple(happened)}
        life = replace(life, **changed)
    return life


def goes_along(
    programme: Programme, life: Life, taken: Sequence[Happened]
) -> tuple[Skipped | AdviceGiven, ...]:
    """Return what was written because of what is taken back, and no longer has another reason.

    Args:
        programme: whose rules say what follows from what.
        life: with everything still in it.
        taken: what the person takes back, all of it in the life.
    """
    left = without(life, taken)
    before, after = Diary(life), Diary(left)
    hurt = {
        (each.day, each.exercise_id)
        for each in taken
        if isinstance(each, PainNoted) and each.exercise_id is not None
    }
    skips = [each for day, exercise in hurt for each in _unfounded(programme, left, day, exercise)]
    advice = [
        each
        for each in left.advice
        if contact_in(programme, before, each.day) is not None
        and contact_in(programme, after, each.day) is None
    ]
    return (*skips, *advice)


def _unfounded(programme: Programme, left: Life, day: date, exercise_id: str) -> Sequence[Skipped]:
    """Return the times that an exercise was left out on a day, but one for each answer that stays.

    Each answer that it hurts badly has one of its own.
    """
    skips = [each for each in left.skips if each.for_pain and each.day == day]
    mine = [each for each in skips if each.exercise_id == exercise_id]
    pains = (each for each in left.pains if each.day == day)
    stay = sum(hurt_badly(programme, exercise_id, [each]) for each in pains)
    return mine[stay:]


def is_consequence(life: Life, note: Happened) -> bool:
    """Say whether the program wrote a note itself: because of another, or that it asked."""
    if isinstance(note, Skipped):
        about = [each for each in life.pains if each.exercise_id == note.exercise_id]
        return note.for_pain and any(each.day == note.day for each in about)
    return isinstance(note, AdviceGiven | LevelAsked)


def rests_chosen(life: Life, noted: PainNoted) -> bool:
    """Say whether a rest was chosen on the day of an answer: it stays when that is taken back."""
    return any(each.day == noted.day and each.days > 0 for each in life.rests)
