"""A life by the day: what was known, done and in force on one, whatever came after it.

The clock of a computer may be wrong, and people cross the date line. So nothing here relies on
days that only rise: of several choices the one made last counts, among those not of a later day.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from coreline.programme.life import (
    LevelChosen,
    Life,
    PainMoment,
    PainNoted,
    Prescribed,
    RestChosen,
    SetDone,
    Skipped,
)
from coreline.programme.prescription import NOTHING_PRESCRIBED, Prescription

_DAY = timedelta(days=1)


class _Dated(Protocol):
    """Something that happened on a day."""

    @property
    def day(self) -> date:
        """The calendar day."""


_Happened = TypeVar("_Happened", bound=_Dated)


@dataclass(frozen=True, slots=True)
class Rest:
    """A rest of one piece, both days in it."""

    first: date
    last: date


class Diary:
    """A life, looked up by day. The start of the programme cuts off what was chosen before it."""

    def __init__(self, life: Life, expected: Sequence[LevelChosen] = ()) -> None:
        """Sort what was done and felt by its day.

        `expected` are levels of days to come, if the person goes on when it is time.
        """
        self.life, self._expected = life, expected
        self.profile = life.profile
        self._sets = _by_day(life.sets)
        self._sets_of: dict[tuple[date, str], list[SetDone]] = defaultdict(list)
        for each in life.sets:
            self._sets_of[each.day, each.exercise_id].append(each)
        self._skips = _by_day(life.skips)
        self._pains = _by_day(life.pains)
        self._pain_days = sorted(self._pains)
        self._pains_in: dict[str, list[PainNoted]] = defaultdict(list)
        for noted in life.pains:
            if noted.exercise_id is not None:
                self._pains_in[noted.exercise_id].append(noted)
        self._trained = sorted(self._sets)
        self._rest_days = sorted(each.day for each in life.rests)
        self._rests: dict[int, list[Rest]] = {}
        self._plans: dict[date, Prescription] = {}

    def sets_on(self, day: date) -> Sequence[SetDone]:
        """Return the sets of a day."""
        return self._sets.get(day, ())

    def sets_of(self, day: date, exercise_id: str) -> Sequence[SetDone]:
        """Return the sets of one exercise on a day."""
        return self._sets_of.get((day, exercise_id), ())

    def skips_on(self, day: date) -> Sequence[Skipped]:
        """Return what was left out on a day."""
        return self._skips.get(day, ())

    def pains_on(self, day: date) -> Sequence[PainNoted]:
        """Return the answers of a day, in the order in which they were given."""
        return self._pains.get(day, ())

    def pains_until(self, day: date) -> list[PainNoted]:
        """Return every answer up to and on a day, in order of time."""
        days = self._pain_days[: bisect_left(self._pain_days, day + _DAY)]
        return [noted for each in days for noted in self._pains[each]]

    def pains_in(self, exercise_id: str) -> Sequence[PainNoted]:
        """Return the answers about one exercise, of any day."""
        return self._pains_in.get(exercise_id, ())

    def overall_until(self, day: date) -> list[PainNoted]:
        """Return the answers before and after sessions, up to and on a day."""
        return [noted for noted in self.pains_until(day) if is_overall(noted)]

    def trained_before(self, day: date) -> Sequence[date]:
        """Return the days with a set, before a day, in order."""
        return self._trained[: bisect_left(self._trained, day)]

    def trained_from(self, day: date) -> date | None:
        """Return the first day with a set, on a day or after it."""
        index = bisect_left(self._trained, day)
        return self._trained[index] if index < len(self._trained) else None

    def level_choices(self, day: date, level_ids: Sequence[str]) -> list[LevelChosen]:
        """Return the choices of a level up to a day; levels that are gone are passed over."""
        known = [each for each in self.life.levels if each.level_id in level_ids]
        return [each for each in self._since_start(known) if each.day <= day]

    def level_expected(self, day: date) -> LevelChosen | None:
        """Return the level that is expected on a day to come."""
        return _latest(self._expected, day)

    def plan_on(self, day: date) -> Prescription:
        """Return the physiotherapist's plan of a day; an empty one where there is none."""
        if day not in self._plans:
            latest = _latest(self.life.plans, day)
            held = latest is not None and latest.plan.holds_on(day)
            self._plans[day] = latest.plan if latest is not None and held else NOTHING_PRESCRIBED
        return self._plans[day]

    def plans_until(self, day: date) -> list[Prescribed]:
        """Return every plan that was given up to and on a day."""
        return [each for each in self.life.plans if each.day <= day]

    def was_asked_on(self, day: date) -> bool:
        """Say whether the person was asked about the level on a day."""
        return any(each.day == day for each in self.life.asked)

    def instead_of(self, exercise_id: str, day: date) -> str:
        """Return what is done in place of an exercise: itself, unless something was chosen.

        A replacement may have been replaced in its turn.
        """
        if not self.life.easier:
            return exercise_id
        chosen = {}
        for each in self._since_start(self.life.easier):
            if each.day <= day:
                chosen[each.exercise_id] = each.instead_id
        seen = {exercise_id}
        while (instead := chosen.get(exercise_id, exercise_id)) not in seen:
            seen.add(instead)
            exercise_id = instead
        return exercise_id

    def easier_since(self, exercise_id: str, day: date) -> date | None:
        """Return when something was last chosen about an exercise's place, if ever."""
        about = [each for each in self.life.easier if each.exercise_id == exercise_id]
        latest = _latest(self._since_start(about), day)
        return latest.day if latest else None

    def rest_on(self, day: date) -> Rest | None:
        """Return the rest that a day lies in, as far as it is known that day."""
        rests = self.rests_until(day)
        return rests[-1] if rests and rests[-1].last >= day else None

    def rests_until(self, day: date) -> Sequence[Rest]:
        """Return the rests that were known of on a day; what was made longer is one rest."""
        number = bisect_left(self._rest_days, day + _DAY)  # which are known, is told by how many
        if number not in self._rests:
            known = [each for each in self.life.rests if each.day <= day]
            self._rests[number] = _merged(_pieces(known))
        return self._rests[number]

    def _since_start(self, happened: Iterable[_Happened]) -> list[_Happened]:
        return [each for each in happened if each.day >= self.profile.start]


def is_overall(noted: PainNoted) -> bool:
    """Say whether an answer is about the complaints, rather than about one exercise."""
    return noted.moment is not PainMoment.DURING or noted.exercise_id is None


def _by_day(happened: Iterable[_Happened]) -> dict[date, list[_Happened]]:
    days: dict[date, list[_Happened]] = defaultdict(list)
    for each in happened:
        days[each.day].append(each)
    return dict(days)


def _latest(happened: Sequence[_Happened], day: date) -> _Happened | None:
    """Return what was written last, of what is not of a later day."""
    return next((each for each in reversed(happened) if each.day <= day), None)


def _pieces(known: Sequence[RestChosen]) -> list[Rest]:
    """Return the days on which each choice was the one in force, where there are any."""
    pieces = []
    end = date.max
    for chosen in reversed(known):
        last = min(chosen.day + timedelta(days=chosen.days - 1), end)
        if last >= chosen.day:
            pieces.append(Rest(chosen.day, last))
        end = min(end, chosen.day - _DAY)
    return pieces


def _merged(pieces: Iterable[Rest]) -> list[Rest]:
    """Return rests in order, each in one piece."""
    rests: list[Rest] = []
    for piece in sorted(pieces, key=lambda rest: rest.first):
        touches = bool(rests) and piece.first <= rests[-1].last + _DAY
        rests.append(Rest(rests.pop().first, piece.last) if touches else piece)
    return rests
