"""What a person can take back of what is kept, and put back; nothing of it is ever deleted."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from coreline.errors import JournalError
from coreline.journal.database import Journal
from coreline.journal.people import read_kept
from coreline.journal.records import Note, SessionKept
from coreline.journal.seals import seal_profile
from coreline.journal.sessions import read_sessions
from coreline.journal.sets import SetKey, SetRow, read_rows, sets_done
from coreline.journal.taken_back import Part, Turn, gone, gone_by_leader, write_turns
from coreline.programme.life import (
    AdviceGiven,
    EasierChosen,
    LevelAsked,
    LevelChosen,
    PainNoted,
    Prescribed,
    RestChosen,
    SetDone,
    Skipped,
    TakenBack,
    TakenKind,
)

Thing: TypeAlias = Note | SessionKept | SetDone
_KINDS: Mapping[type, TakenKind] = {
    SessionKept: TakenKind.SESSION,
    SetDone: TakenKind.SET,
    PainNoted: TakenKind.PAIN,
    Skipped: TakenKind.SKIP,
    LevelChosen: TakenKind.LEVEL,
    EasierChosen: TakenKind.EASIER,
    RestChosen: TakenKind.REST,
    AdviceGiven: TakenKind.ADVICE,
    LevelAsked: TakenKind.ASKED,
    Prescribed: TakenKind.PLAN,
}
# Which sessions are read: ten years of them take most of a second.
_LATEST: Final = (
    " AND s.id IN (SELECT id FROM session WHERE profile_id = ? ORDER BY day DESC, id DESC LIMIT ?)"
)
_TOUCHED: Final = " AND s.uid IN (SELECT of_uid FROM taken_back)"


@dataclass(frozen=True, slots=True)
class Entry:
    """A note, a session, or one set of a session.

    Attributes:
        parts: its rows, of which the first one names it; a set has several if it was begun anew.
        at: when it was written, or when its session began; None: before that was kept.
        what: the thing itself.
        taken_back: since when it counts for nothing; None while it counts.
        along: what went with it when it was taken back.
    """

    parts: tuple[Part, ...]
    at: datetime | None
    what: Thing
    taken_back: date | None = None
    along: "tuple[Entry, ...]" = ()

    @property
    def name(self) -> str:
        """Return what it is called in every copy of the journal."""
        return self.parts[0].name

    @property
    def kind(self) -> TakenKind:
        """Return what sort of thing it is."""
        return _KINDS[type(self.what)]


def entries(journal: Journal, profile_id: str, sessions: int | None = None) -> tuple[Entry, ...]:
    """Return all that counts, the latest first; a session's sets follow it, its last one first.

    Of the sessions only so many, the latest ones, where a number is given.
    """
    chosen = ("", ()) if sessions is None else (_LATEST, (profile_id, sessions))
    with journal.reading() as connection:
        away = gone(connection, profile_id)
        return tuple(
            each
            for each in _everything(connection, profile_id, away, *chosen)
            if each.taken_back is None and Part(each.parts[0].uid) not in away
        )


def taken_back(journal: Journal, profile_id: str) -> tuple[Entry, ...]:
    """Return all that the person took back, what was taken back last first."""
    with journal.reading() as connection:
        away = gone(connection, profile_id)
        if not away:
            return ()
        everything = _everything(connection, profile_id, away, _TOUCHED)
        found = {each.name: each for each in everything}
    latest_first = reversed(gone_by_leader(away).items())
    return tuple(
        _with_company(found, leader, parts) for leader, parts in latest_first if leader in found
    )


def _with_company(found: Mapping[str, Entry], leader: str, parts: Sequence[Part]) -> Entry:
    entry = found[leader]
    others = [found[each.name] for each in parts if each.name in found and each.name != leader]
    return Entry(entry.parts, entry.at, entry.what, entry.taken_back, tuple(others))


def take_back(
    journal: Journal, profile_id: str, entry: Entry, along: Sequence[Entry], day: date
) -> None:
    """Keep that an entry is taken back on a day, and what goes along with it.

    Raises:
        JournalError: It was taken back already.
    """
    with journal.writing() as connection:
        if entry.parts[0] in gone(connection, profile_id):
            raise JournalError(
                f"{entry.name}: was taken back already", nl=f"{entry.name}: was al teruggenomen"
            )
        parts = [part for each in (entry, *along) for part in each.parts]
        write_turns(connection, profile_id, parts, day, entry.name)
        seal_profile(connection, profile_id)


def put_back(journal: Journal, profile_id: str, entry: Entry, day: date) -> None:
    """Keep that an entry counts again from a day on, and what went along with it.

    Raises:
        JournalError: It was not taken back.
    """
    with journal.writing() as connection:
        parts = gone_by_leader(gone(connection, profile_id)).get(entry.name)
        if parts is None:
            raise JournalError(
                f"{entry.name}: was not taken back", nl=f"{entry.name}: was niet teruggenomen"
            )
        write_turns(connection, profile_id, parts, day, entry.name)
        seal_profile(connection, profile_id)


def told_of(taken: Sequence[Entry]) -> tuple[TakenBack, ...]:
    """Return what was taken back as reports say it, in order of the days it was of."""
    return tuple(sorted((_told(each) for each in taken), key=lambda each: each.day))


def _told(entry: Entry) -> TakenBack:
    what, on = entry.what, entry.taken_back or entry.what.day
    match what:
        case SessionKept():
            return TakenBack(entry.kind, what.day, on, session_id=what.id)
        case SetDone():
            which = (what.exercise_id, what.side, what.set_number)
            return TakenBack(entry.kind, what.day, on, *which, session_id=entry.parts[0].uid)
        case PainNoted() | Skipped() | EasierChosen():
            return TakenBack(entry.kind, what.day, on, what.exercise_id)
        case _:
            return TakenBack(entry.kind, what.day, on)


# Everything there is, whether it counts or not


def _everything(
    connection: sqlite3.Connection,
    profile_id: str,
    away: Mapping[Part, Turn],
    which: str = "",
    of_which: Sequence[Any] = (),
) -> Iterator[Entry]:
    """Yield notes and sessions, the latest first, and after each session its sets.

    Of the sessions those that `which`, a condition more, picks.
    """
    where, values = f"s.profile_id = ?{which}", (profile_id, *of_which)
    rows = read_rows(connection, where, values, ())
    by_session = {each[0].session_uid: each for each in rows.values()}
    leading = [
        _entry((Part(each.uid),), each.at, each.note, away)
        for each in read_kept(connection, profile_id)
    ]
    leading += [
        _entry((Part(each.id),), each.started_at, each, away)
        for each in read_sessions(connection, where, values)
    ]
    leading.sort(key=_moment)  # of two that were written at once the last one stays behind
    for entry in reversed(leading):
        yield entry
        if isinstance(entry.what, SessionKept):
            yield from _sets(by_session.get(entry.name, []), entry.at, away)


def _entry(
    parts: tuple[Part, ...], at: datetime | None, what: Thing, away: Mapping[Part, Turn]
) -> Entry:
    turn = away.get(parts[0])
    return Entry(parts, at, what, None if turn is None else turn.day)


def _moment(entry: Entry) -> tuple[date, float]:
    """Return when it was written, as far as that is known."""
    if entry.at is None:
        return entry.what.day, 0.0
    return entry.at.date(), entry.at.timestamp()


def _sets(
    rows: Sequence[SetRow], at: datetime | None, away: Mapping[Part, Turn]
) -> Iterator[Entry]:
    """Yield the sets of a session, the last one first; what is taken back together is one."""
    groups: dict[tuple[SetKey, str | None], list[SetRow]] = {}
    for row in rows:
        turn = away.get(Part(row.session_uid, row.place))
        groups.setdefault((row.key, None if turn is None else turn.led_by), []).append(row)
    for group in reversed(groups.values()):
        parts = tuple(Part(each.session_uid, each.place) for each in group)
        for done in sets_done(group):
            yield _entry(parts, at, done, away)
