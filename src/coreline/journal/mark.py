"""How far the journal has come: what was kept once, by name and day, as a fold over lines.

The database is held against it, so that what is missing is noticed and can be named. Each line is
what one commit brought, so that a line more is all that a commit costs; `lines` says the same again
in as few as there can be.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from coreline.journal.findings import LONGEST_TEXT, Loss, Lost, Mishap
from coreline.journal.seals import lenient, note_sums
from coreline.printable import printable

Line = dict[str, Any]
SUMS_KEPT: Final = 50  # of a person's own rows: that they are older ones is known for so many
_SUM: Final = 16  # signs of a sum: enough to tell fifty apart
_OF_NOTES: Final = (Lost.NOTES, Lost.ALTERED_NOTES)
_MOST_MISHAPS: Final = 20  # that nobody acknowledged; by then the newest say it all


@dataclass(frozen=True, slots=True)
class Person:
    """A person's own row, what they do on the ball, and the sums that their rows have had."""

    profile: dict[str, Any]
    on_ball: tuple[str, ...]
    sums: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the person is called, as one line."""
        return printable(str(self.profile.get("name", "?")))[:LONGEST_TEXT]


@dataclass(frozen=True, slots=True)
class KeptSession:
    """Whose a session is, its day, and how often it was saved."""

    person: str
    day: str
    revision: int


@dataclass(frozen=True, slots=True)
class NotesOfDay:
    """How many notes of a day there are, and the sum over them; empty where it is not known."""

    count: int
    sum: str = ""

    def lacks(self, here: "NotesOfDay | None") -> int:
        """Return how many of these are not here."""
        return self.count - (here.count if here else 0)

    def differs(self, here: "NotesOfDay | None") -> bool:
        """Say whether as many are here, and are not these."""
        if here is None or not self.sum or not here.sum:
            return False
        return self.count == here.count and self.sum != here.sum


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds, by the names that are the same in every copy."""

    people: dict[str, Person]
    sessions: dict[str, KeptSession]
    notes: dict[tuple[str, str], NotesOfDay]


def contents(
    connection: sqlite3.Connection,
    people: Iterable[str] | None = None,
    sessions: Iterable[str] | None = None,
) -> Contents:
    """Return what a database holds: of these people and sessions, or of all where None is given."""
    with lenient(connection):
        found = _chosen(connection, "SELECT * FROM profile WHERE {}", "id", people, named=True)
        kept = _chosen(
            connection,
            "SELECT uid, profile_id, day, revision FROM session WHERE {}",
            "uid",
            sessions,
        )
        return Contents(
            {str(row["id"]): _person(connection, row) for row in found},
            {uid: KeptSession(*others) for uid, *others in kept if _is_day(others[1])},
            notes_in(connection, people),
        )


def _chosen(
    connection: sqlite3.Connection,
    query: str,
    column: str,
    only: Iterable[str] | None,
    *,
    named: bool = False,
) -> list[Any]:
    if only is None:
        found = connection.execute(query.format("1"))
        rows = found.fetchall()
    else:
        rows = []
        for each in only:
            found = connection.execute(query.format(f"{column} = ?"), (each,))
            rows += found.fetchall()
    if not named or not rows:
        return rows
    names = [each[0] for each in found.description]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _person(connection: sqlite3.Connection, row: dict[str, Any]) -> Person:
    query = "SELECT exercise_id FROM ball_exercise WHERE profile_id = ? ORDER BY exercise_id"
    balls = tuple(each for (each,) in connection.execute(query, (row["id"],)))
    query = "SELECT sha256 FROM profile_seal WHERE profile_id = ?"
    sealed = connection.execute(query, (row["id"],)).fetchone()
    return Person(row, balls, (str(sealed[0])[:_SUM],) if sealed else ())


def notes_in(
    connection: sqlite3.Connection, people: Iterable[str] | None = None
) -> dict[tuple[str, str], NotesOfDay]:
    """Return the notes of these people, or of all where None is given; of a schema of any age."""
    return {
        of: NotesOfDay(count, found[:_SUM])
        for person in ((None,) if people is None else people)
        for of, (count, found) in note_sums(connection, person).items()
        if _is_day(of[1])
    }


def without_sums(found: Contents) -> Contents:
    """Return what a copy holds whose notes may have been changed since."""
    notes = {of: NotesOfDay(noted.count) for of, noted in found.notes.items()}
    return Contents(found.people, found.sessions, notes)


@dataclass(slots=True)
class Mark:
    """Everything that was kept once, what happened to the journal, and what of it is acknowledged.

    Attributes:
        people: By the profile's id.
        sessions: By their uid.
        notes: By the profile's id and the day.
        mishaps: What happened, by id.
        altered: Keys of losses: whose rows were no longer what was written when last looked at.
        lost: Keys of the losses that were met at an opening before.
        acknowledged: Keys of those that are no longer told.
    """

    people: dict[str, Person] = field(default_factory=dict)
    sessions: dict[str, KeptSession] = field(default_factory=dict)
    notes: dict[tuple[str, str], NotesOfDay] = field(default_factory=dict)
    mishaps: dict[str, Mishap] = field(default_factory=dict)
    altered: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    acknowledged: frozenset[str] = frozenset()

    @property
    def has_news(self) -> bool:
        """Whether something happened, or is missing, that is not acknowledged."""
        mishaps = any(not mishap.seen for mishap in self.mishaps.values())
        return mishaps or bool(self.lost - self.acknowledged)

    def take(self, line: Line) -> None:
        """Take up a line.

        Raises:
            KeyError: Something is not there.
            TypeError: Something is of another kind.
            ValueError: Something is not what it should be.
        """
        match line:
            case {"session": str(uid), "person": str(person), "day": str(day), "revision": int(n)}:
                self.sessions[uid] = KeptSession(person, date.fromisoformat(day).isoformat(), n)
            case {"gone": str(uid)}:
                self.sessions.pop(uid, None)
            case {"notes": str(person), "day": str(day), "count": int(count), "sum": str(found)}:
                of = (person, date.fromisoformat(day).isoformat())
                self._take_notes(of, NotesOfDay(count, found))
            case {"person": str(person), "profile": dict(row), "on_ball": list(ball), "sums": sums}:
                before = self.people[person].sums if person in self.people else ()
                kept = (*before, *(str(each) for each in sums))[-SUMS_KEPT:]
                self.people[person] = Person(row, tuple(map(str, ball)), kept)
            case _:
                self._take_finding(line)

    def _take_finding(self, line: Line) -> None:
        """Take up what was wrong with the journal; a line of a newer program is passed over."""
        match line:
            case {"happened": str(name)}:
                self.mishaps[name] = Mishap.from_line(line)
                while len(self.mishaps) > _MOST_MISHAPS:
                    del self.mishaps[next(iter(self.mishaps))]
            case {"over": list(names)}:
                for name in names:
                    self.mishaps.pop(str(name), None)
            case {"altered": list(keys)}:
                self.altered = frozenset(map(str, keys))
            case {"lost": list(keys)}:
                self.lost = frozenset(map(str, keys))
            case {"acknowledged": list(keys)}:
                self.acknowledged = frozenset(map(str, keys))
            case _:
                pass

    def _take_notes(self, of: tuple[str, str], noted: NotesOfDay) -> None:
        if noted.count > 0:
            self.notes[of] = noted
        else:
            self.notes.pop(of, None)

    def lines(self) -> Iterator[Line]:
        """Yield the lines that say all of it."""
        for name, person in self.people.items():
            yield person_line(name, person)
        for uid, kept in self.sessions.items():
            yield session_line(uid, kept)
        for of, noted in self.notes.items():
            yield notes_line(of, noted)
        for mishap in self.mishaps.values():
            yield mishap.as_line()
        for name in ("altered", "lost", "acknowledged"):
            if keys := getattr(self, name):
                yield {name: sorted(keys)}

    def forget(self, person: str) -> None:
        """Leave out everything of a person, and the files set aside, which went with them."""
        gone = {person, *(uid for uid, kept in self.sessions.items() if kept.person == person)}
        self.people.pop(person, None)
        self.sessions = {uid: kept for uid, kept in self.sessions.items() if kept.person != person}
        self.notes = {of: noted for of, noted in self.notes.items() if of[0] != person}
        self.altered, self.lost, self.acknowledged = (
            frozenset(key for key in keys if key.split(":")[1] not in gone)
            for keys in (self.altered, self.lost, self.acknowledged)
        )
        self.mishaps = {
            name: replace(mishap, aside="", partly=0) for name, mishap in self.mishaps.items()
        }

    def losses(self, now: Contents) -> tuple[Loss, ...]:
        """Return what was kept once and is not there now, in order of name, kind and day."""
        found = [*self._lost_people(now), *self._lost_sessions(now), *self._lost_notes(now)]
        by_day = {loss.id for loss in found if loss.kind in _OF_NOTES and loss.day is not None}
        told = (
            loss
            for loss in found
            if loss.id not in by_day or loss.day is not None or loss.kind is Lost.PERSON
        )
        return tuple(sorted(told, key=lambda loss: (loss.name, loss.kind, loss.day or date.min)))

    def _lost_people(self, now: Contents) -> Iterator[Loss]:
        for name, person in self.people.items():
            here = now.people.get(name)
            if here is None:
                yield Loss(Lost.PERSON, name, person.name)
            elif here.sums != person.sums[-1:] and set(here.sums) & set(person.sums[:-1]):
                yield Loss(Lost.PROFILE, name, person.name)
            if here is not None and Loss(Lost.ALTERED_NOTES, name, "").key in self.altered:
                yield Loss(Lost.ALTERED_NOTES, name, person.name)

    def _lost_sessions(self, now: Contents) -> Iterator[Loss]:
        for uid, kept in self.sessions.items():
            here, name = now.sessions.get(uid), self._name(kept.person)
            day = date.fromisoformat(kept.day)
            if here is None:
                yield Loss(Lost.SESSION, uid, name, day)
            elif here.revision < kept.revision:
                yield Loss(Lost.PART, uid, name, day)
            elif Loss(Lost.ALTERED_SESSION, uid, "").key in self.altered:
                yield Loss(Lost.ALTERED_SESSION, uid, name, day)

    def _lost_notes(self, now: Contents) -> Iterator[Loss]:
        for (person, day), noted in self.notes.items():
            here, name = now.notes.get((person, day)), self._name(person)
            if (missing := noted.lacks(here)) > 0:
                yield Loss(Lost.NOTES, person, name, date.fromisoformat(day), missing)
            elif noted.differs(here):
                yield Loss(Lost.ALTERED_NOTES, person, name, date.fromisoformat(day))

    def _name(self, person: str) -> str:
        return self.people[person].name if person in self.people else "?"

    def new_in(self, now: Contents) -> Iterator[Line]:
        """Yield the lines for what a database holds beyond the mark; nothing falls below it."""
        for name, person in now.people.items():
            before = self.people.get(name)
            if before is None or not set(person.sums) <= set(before.sums):
                yield person_line(name, person)
        for uid, kept in now.sessions.items():
            if is_newer(kept, self.sessions.get(uid)):
                yield session_line(uid, kept)
        for of, noted in now.notes.items():
            known = self.notes.get(of, NotesOfDay(0))
            if noted.count > known.count or (noted.count == known.count and not known.sum):
                yield notes_line(of, noted)

    def changed_by_step(
        self, before: dict[tuple[str, str], NotesOfDay], after: dict[tuple[str, str], NotesOfDay]
    ) -> Iterator[Line]:
        """Yield the lines for notes that are other rows since the schema has changed."""
        for of, noted in after.items():
            if of in self.notes and self.notes[of] == before.get(of):
                yield notes_line(of, noted)

    def accepted(self, now: Contents, losses: Iterable[Loss]) -> Iterator[Line]:
        """Yield the lines that make losses known and no longer told.

        Of what is there in part the mark comes down to what is there.
        """
        known = set(self.acknowledged)
        for loss in losses:
            match loss.kind:
                case Lost.PART:
                    yield session_line(loss.id, now.sessions[loss.id])
                case Lost.NOTES | Lost.ALTERED_NOTES if loss.day is not None:
                    of = (loss.id, str(loss.day))
                    yield notes_line(of, now.notes.get(of, NotesOfDay(0)))
                    known.add(Loss(Lost.ALTERED_NOTES, loss.id, "").key)
                case Lost.PROFILE:
                    pass
                case _:
                    known.add(loss.key)
            if loss.id in now.people:
                yield person_line(loss.id, now.people[loss.id])
        yield {"acknowledged": sorted(known)}


def is_newer(kept: KeptSession, other: KeptSession | None) -> bool:
    """Say whether a session was saved more often than the other copy of it, if there is one."""
    return other is None or other.revision < kept.revision


def session_line(uid: str, kept: KeptSession) -> Line:
    """Return the line of a session."""
    return {"session": uid, "person": kept.person, "day": kept.day, "revision": kept.revision}


def person_line(name: str, person: Person) -> Line:
    """Return the line of a person."""
    ball, sums = list(person.on_ball), list(person.sums)
    return {"person": name, "profile": person.profile, "on_ball": ball, "sums": sums}


def notes_line(of: tuple[str, str], noted: NotesOfDay) -> Line:
    """Return the line of what a person noted on a day."""
    return {"notes": of[0], "day": of[1], "count": noted.count, "sum": noted.sum}


def _is_day(text: str) -> bool:
    """Say whether a text is a day; in a damaged row it may be anything."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
