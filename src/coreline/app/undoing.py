"""What a person can take back, what goes along, and how it is said; for window and command."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from coreline.journal.database import Journal
from coreline.journal.records import SessionKept
from coreline.journal.undo import Entry, Thing, entries, put_back, take_back, taken_back
from coreline.programme.catalogue import Catalogue
from coreline.programme.day import SkipReason
from coreline.programme.diary import Diary
from coreline.programme.items import items_in
from coreline.programme.life import (
    AdviceGiven,
    EasierChosen,
    LevelAsked,
    LevelChosen,
    Life,
    PainNoted,
    Prescribed,
    Profile,
    RestChosen,
    SetDone,
    Skipped,
)
from coreline.programme.sayings import say
from coreline.programme.spec import Programme
from coreline.programme.undo import (
    Happened,
    goes_along,
    is_consequence,
    rests_chosen,
    without,
)
from coreline.programme.wording import Speaker


@dataclass(frozen=True, slots=True)
class Undoing:
    """All that can be taken back or put back on a day, the latest first."""

    journal: Journal
    profile: Profile
    programme: Programme
    catalogue: Catalogue
    today: date
    life: Life
    kept: tuple[Entry, ...]
    taken: tuple[Entry, ...]

    @classmethod
    def of(
        cls,
        journal: Journal,
        profile: Profile,
        programme: Programme,
        catalogue: Catalogue,
        today: date,
        sessions: int | None = None,
    ) -> "Undoing":
        """Return what there is of a person now, of their sessions the latest where so many do."""
        kept = entries(journal, profile.id, sessions)
        found = (kept, taken_back(journal, profile.id))
        life = journal.life(profile.id)
        return cls(journal, profile, programme, catalogue, today, life, *found)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return what is taken back by itself: not what goes along with something else."""
        return tuple(each for each in self.kept if not self._goes_along(each))

    def _goes_along(self, entry: Entry) -> bool:
        what = entry.what
        return not isinstance(what, SessionKept) and is_consequence(self.life, what)

    def along(self, entry: Entry) -> tuple[Entry, ...]:
        """Return what goes along when an entry is taken back."""
        follows = goes_along(self.programme, self.life, _happened(entry.what))
        left, found = list(self.kept), []
        for note in follows:
            each = next(one for one in left if one.what == note)
            left.remove(each)
            found.append(each)
        return tuple(found)

    def comes_back_today(self, entry: Entry) -> tuple[str, ...]:
        """Return the exercises that hurt, and would be done today after all."""
        gone = [*_happened(entry.what), *(each.what for each in self.along(entry))]
        left = without(self.life, [each for each in gone if not isinstance(each, SessionKept)])
        before, after = (self._left_out(each) for each in (self.life, left))
        return tuple(each for each in before if each not in after)

    def _left_out(self, life: Life) -> tuple[str, ...]:
        """Return the exercises of today that are left out because they hurt."""
        items = items_in(self.programme, self.catalogue, Diary(life), self.today)
        out = (each.exercise_id for each in items if each.skipped is SkipReason.PAIN)
        return tuple(dict.fromkeys(out))

    def take_back(self, entry: Entry) -> Entry:
        """Keep that an entry is taken back, and return it with what went along.

        Raises:
            JournalError: It was taken back already, or the journal cannot be written.
        """
        along = self.along(entry)
        take_back(self.journal, self.profile.id, entry, along, self.today)
        return Entry(entry.parts, entry.at, entry.what, self.today, along)

    def put_back(self, entry: Entry) -> None:
        """Keep that an entry counts again, and what went along with it.

        Raises:
            JournalError: It was not taken back, or the journal cannot be written.
        """
        put_back(self.journal, self.profile.id, entry, self.today)


def _happened(what: Thing) -> Sequence[Happened]:
    return what.sets if isinstance(what, SessionKept) else (what,)


# In words


@dataclass(frozen=True, slots=True)
class UndoWords:
    """Says what can be taken back, and what that does."""

    speaker: Speaker
    catalogue: Catalogue

    def said(self, key: str, entry: Entry) -> str:
        """Return the sentence of the table `undo` about an entry and what goes along with it."""
        what = self.name(entry.what)
        if entry.along:
            others = ", ".join(self.name(each.what) for each in entry.along)
            what = self._say("with", what=what, others=others)
        return self._say(key, what=what)

    def consequences(self, undoing: Undoing, entry: Entry) -> Iterator[str]:
        """Yield what is to be known before an entry is taken back: what goes along, what stays."""
        again = undoing.comes_back_today(entry)
        for exercise_id in again:
            yield self._say("brings_back", exercise=exercise_id)
        for each in undoing.along(entry):
            if not isinstance(each.what, Skipped) or each.what.exercise_id not in again:
                yield self._say("along", what=self.name(each.what))
        if isinstance(entry.what, SessionKept | SetDone) and entry.what.day == undoing.today:
            yield self._say("open_again")
        if isinstance(entry.what, SessionKept):
            yield self._say("notes_stay")
        if isinstance(entry.what, PainNoted) and rests_chosen(undoing.life, entry.what):
            yield self._say("rest_stays")

    def comes_back(self, entry: Entry) -> Iterator[str]:
        """Yield what is to be known before an entry is put back."""
        for each in entry.along:
            yield self._say("along_put", what=self.name(each.what))

    def name(self, what: Thing) -> str:
        """Return what a thing is called in a sentence."""
        match what:
            case SessionKept(sets=sets):
                return self._say("session_one" if len(sets) == 1 else "session", sets=len(sets))
            case SetDone():
                return self._set(what)
            case PainNoted():
                return self._pain(what)
            case Skipped():
                key = "skip_pain" if what.for_pain else "skip_choice"
                return self.speaker.say(say(f"undo.{key}", exercise=what.exercise_id))
            case _:
                return self._choice(what)

    def _choice(
        self,
        what: LevelChosen | EasierChosen | RestChosen | AdviceGiven | LevelAsked | Prescribed,
    ) -> str:
        match what:
            case LevelChosen():
                return self._say("level", level=what.level_id)
            case EasierChosen(exercise_id=own, instead_id=instead):
                key = "own_again" if own == instead else "easier"
                return self._say(key, exercise=own, instead=instead)
            case RestChosen(days=days):
                key = {0: "rest_end", 1: "rest_one"}.get(days, "rest")
                return self._say(key, days=days)
            case AdviceGiven():
                return self._say("advice")
            case LevelAsked():
                return self._say("asked")
            case Prescribed(plan=plan):
                return self._say("plan_ended" if plan.says_nothing else "plan")

    def _set(self, done: SetDone) -> str:
        name = self.speaker.exercise(done.exercise_id, full=True)
        if done.side:
            name = f"{name}, {self.speaker.word(done.side)}"
        machine = self.catalogue.get(done.exercise_id).machine
        amounts = {"done": f"{done.done:.0f}", "prescribed": f"{done.prescribed:.0f}"}
        return self._say(f"set_{machine}", name=name, number=done.set_number, **amounts)

    def _pain(self, noted: PainNoted) -> str:
        if noted.exercise_id is not None:
            said = self._say("pain_in", score=noted.score, exercise=noted.exercise_id)
        else:
            said = self._say(f"pain_{noted.moment}", score=noted.score)
        where = ", ".join(self.speaker.text(f"place.{place}") for place in noted.places)
        return f"{said} ({where})" if where else said

    def _say(self, key: str, **fill: str | int | date) -> str:
        return self.speaker.say(say(f"undo.{key}", **fill))
