"""Journals of some days, and what may happen to their files behind the program's back."""

import hashlib
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from coreline.body.measures import Side
from coreline.journal.backups import backups, with_company
from coreline.journal.database import Journal, open_journal
from coreline.journal.ledger import ledger_file
from coreline.journal.recorder import Recorder
from coreline.journal.seals import NOTE_TABLES, SESSION_TABLES
from coreline.journal.sessions import session_start
from coreline.judging.events import Ready, Repetition, RepetitionEnded
from coreline.programme.day import PlannedSet
from coreline.programme.language import Language
from coreline.programme.life import PainMoment, PainNoted, Profile
from coreline.session.record import SetRecord

NAME: Final = "coreline.sqlite3"
PAGE: Final = 4096
EXERCISES: Final = ("w56-side-bridge", "w56-belly-bridge", "w56-crunch")
PEOPLE: Final[tuple[tuple[str, str, Language], ...]] = (("a1", "Anna", "en"), ("b2", "Bram", "nl"))


@dataclass(frozen=True)
class Kept:
    """What a journal holds, so that two can be compared: a sum a session, a row a note."""

    people: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    sessions: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # person, day, sum
    notes: dict[str, tuple[Any, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Lost:
    """A person, session or note that is not there, or not what it was; a person has no day."""

    what: str
    whose: str
    day: str
    uid: str

    def is_in(self, kept: Kept, as_before: Kept) -> bool:
        """Say whether a copy holds it as it was."""
        held = {"person": kept.people, "session": kept.sessions, "note": kept.notes}[self.what]
        was = {"person": as_before.people, "session": as_before.sessions, "note": as_before.notes}
        there: Any = held.get(self.uid)
        return bool(there is not None and there == was[self.what].get(self.uid))


@dataclass(frozen=True)
class Life:
    """Some days of training: the folder as it was closed, and as a killed program left it."""

    folder: Path
    closed: Kept
    killed: Kept


def live(folder: Path, seed: int, today: date) -> Life:
    """Let one or two people train for some days, the last of which is today."""
    rng = random.Random(seed)
    days, people = 2 + seed % 4, PEOPLE[: 1 + seed % 2]
    path = folder / "data" / NAME
    closed = killed = Kept()
    for number in range(days):
        day = today - timedelta(days=days - 1 - number)
        with open_journal(path, today=day) as journal:
            for person, name, language in people if number == 0 else ():
                start = day - timedelta(days=1)
                journal.save_profile(Profile(person, name, language, start, height_m=1.75))
            journal.use_profile(people[0][0])
            for person, *_ in people:
                train(journal, person, day, rng)
            shutil.copytree(path.parent, folder / f"killed-{number}")
            with journal.reading() as connection:
                killed = kept_in(connection)
            for person, *_ in people:
                score = rng.randrange(11)
                journal.note(person, PainNoted(day, PainMoment.AFTER, score))
        shutil.copy2(path, folder / f"day-{number}.sqlite3")
    with closing(sqlite3.connect(path)) as connection:
        closed = kept_in(connection)
    (folder / f"killed-{days - 1}").rename(folder / "killed")
    return Life(folder, closed, killed)


def train(journal: Journal, person: str, day: date, rng: random.Random) -> None:
    """Keep one session, a commit a repetition; it is not ended, as if the program were killed."""
    now = datetime(day.year, day.month, day.day, 18, 0, tzinfo=UTC)
    planned = tuple(PlannedSet(each, None, 1, 10.0) for each in EXERCISES)
    with Recorder(journal, session_start(person, day, now, planned)) as recorder:
        records: list[SetRecord] = []
        for exercise_id in EXERCISES:
            records.append(SetRecord(exercise_id, None, 1, Side.LEFT, 3.2, prescribed=10.0))
            records[-1].facts.append(Ready(1.0, "left", "right"))
            for number in range(1, 11):
                records[-1].facts.append(repetition(number, rng))
                records[-1].done = float(number)
                recorder.follow(records)
                recorder.flush()


def repetition(number: int, rng: random.Random) -> RepetitionEnded:
    """Return a repetition with the numbers that measuring gives."""
    at_s = 5.0 * number + rng.random()
    times = (at_s - 4.0, at_s - 3.0, at_s)
    bends = (rng.gauss(0.0, 4.0), rng.gauss(0.0, 8.0))
    hold_s, peak_deg, knee_deg, score = (rng.gauss(m, 3.0) for m in (2.0, 30.0, 170.0, 80.0))
    fact = Repetition(
        number,
        *times,
        hold_s,
        True,
        (),
        peak_deg,
        *bends,
        knee_deg,
        score,
    )
    return RepetitionEnded(at_s, fact)


def kept_in(connection: sqlite3.Connection) -> Kept:
    """Return what a database holds."""

    def rows(query: str, *values: Any) -> list[tuple[Any, ...]]:
        return connection.execute(query, values).fetchall()

    sessions = {}
    for row, uid, person, day in rows("SELECT id, uid, profile_id, day FROM session"):
        parts = [rows(f"SELECT * FROM {each} WHERE session_id = ?", row) for each in SESSION_TABLES]
        own = rows("SELECT started_at, ended_at FROM session WHERE id = ?", row)
        whole = [own, *(sorted((each[1:] for each in part), key=repr) for part in parts)]
        sessions[uid] = (person, day, hashlib.sha256(repr(whole).encode()).hexdigest())
    notes = {row[1]: row[2:] for each in NOTE_TABLES for row in rows(f"SELECT * FROM {each}")}
    return Kept({row[0]: row for row in rows("SELECT * FROM profile")}, sessions, notes)


def kept_at(path: Path) -> Kept | None:
    """Return what the file at a place holds, as SQLite reads a copy of it; None: it does not."""
    copy = path.with_name("copy.sqlite3")
    try:
        for each, there in zip(with_company(path), with_company(copy), strict=True):
            if each.exists():
                shutil.copy2(each, there)
        with closing(sqlite3.connect(f"{copy.as_uri()}?mode=rw", uri=True)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return None
            return kept_in(connection)
    except (sqlite3.Error, ValueError, OverflowError):
        return None
    finally:
        for each in with_company(copy):
            each.unlink(missing_ok=True)


# What happens to the files


@dataclass(frozen=True)
class Trial:
    """Where a corruption strikes, and with what luck."""

    path: Path
    life: Life
    rng: random.Random


def flip(path: Path, rng: random.Random, count: int) -> None:
    """Turn single bits of a file."""
    content = bytearray(path.read_bytes())
    for _ in range(count if content else 0):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    path.write_bytes(content)


def fill_pages(path: Path, rng: random.Random, count: int, make: Callable[[], bytes]) -> None:
    """Put something else in place of single pages."""
    content = path.read_bytes()
    for _ in range(count):
        at = PAGE * rng.randrange(max(1, len(content) // PAGE))
        content = content[:at] + make() + content[at + PAGE :]
    path.write_bytes(content)


def by_hand(trial: Trial, *statements: str) -> None:
    """Change rows with another program, which knows neither sums nor what belongs to what."""
    with closing(sqlite3.connect(trial.path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def cut(path: Path, rng: random.Random) -> None:
    """Leave the beginning of a file."""
    content = path.read_bytes()
    path.write_bytes(content[: rng.randrange(1, max(2, len(content)))])


def remove_file(trial: Trial) -> None:
    """Delete the journal and what lies beside it; not the ledger, not the backups."""
    for each in with_company(trial.path):
        each.unlink(missing_ok=True)


def remove_both(trial: Trial) -> None:
    """Delete the journal and the ledger."""
    remove_file(trial)
    ledger_file(trial.path).unlink()


def put_older(trial: Trial) -> None:
    """Put a copy of an earlier day in its place."""
    remove_file(trial)
    days = sorted(trial.life.folder.glob("day-*.sqlite3"))[:-1]
    shutil.copy(trial.rng.choice(days), trial.path)


def put_backup(trial: Trial) -> None:
    """Put a backup in its place by hand."""
    place = trial.life.folder / "data" / NAME
    remove_file(trial)
    shutil.copy(trial.rng.choice(backups(place)[:3]), trial.path)


def put_stale_log(trial: Trial) -> None:
    """Put the log of an earlier day beside it."""
    earlier = sorted(trial.life.folder.glob(f"killed-*/{NAME}-wal"))
    shutil.copy(trial.rng.choice(earlier), log_of(trial))


def put_others(trial: Trial) -> None:
    """Put somebody else's journal in its place."""
    remove_file(trial)
    other = trial.path.parent / "other" / NAME
    with open_journal(other) as journal:
        journal.save_profile(Profile("z9", "Zoe", "en", date(2026, 1, 1)))
    shutil.copy(other, trial.path)
    shutil.rmtree(other.parent)


def put_foreign(trial: Trial) -> None:
    """Put another program's database in its place."""
    remove_file(trial)
    by_hand(trial, "CREATE TABLE recipe (name TEXT)", "INSERT INTO recipe VALUES ('soup')")


def log_of(trial: Trial) -> Path:
    """Return where the log lies."""
    return trial.path.with_name(f"{NAME}-wal")


def flip_both(trial: Trial) -> None:
    """Turn bits of the log and of the file."""
    flip(log_of(trial), trial.rng, 2)
    flip(trial.path, trial.rng, 20)


def swap_pages(trial: Trial) -> None:
    """Let two pages change places."""
    content = trial.path.read_bytes()
    pages = [content[at : at + PAGE] for at in range(0, len(content), PAGE)]
    one, other = trial.rng.sample(range(1, len(pages)), 2)
    pages[one], pages[other] = pages[other], pages[one]
    trial.path.write_bytes(b"".join(pages))


def _some(table: str) -> str:
    return f"rowid IN (SELECT rowid FROM {table} ORDER BY random() LIMIT 1)"


DELETED_SESSION: Final = f"DELETE FROM session WHERE {_some('session')}"
DELETED_REPETITIONS: Final = (
    "DELETE FROM repetition WHERE place > 5 AND session_id = (SELECT max(id) FROM session)"
)
# To a journal that was closed in order.
CLOSED: Final[dict[str, Callable[[Trial], object]]] = {
    "cut off": lambda t: cut(t.path, t.rng),
    "a few bits": lambda t: flip(t.path, t.rng, t.rng.randint(1, 3)),
    "many bits": lambda t: flip(t.path, t.rng, t.rng.randint(50, 4000)),
    "zeroed pages": lambda t: fill_pages(t.path, t.rng, t.rng.randint(1, 4), lambda: bytes(PAGE)),
    "page of noise": lambda t: fill_pages(t.path, t.rng, 1, lambda: t.rng.randbytes(PAGE)),
    "first page gone": lambda t: t.path.write_bytes(bytes(PAGE) + t.path.read_bytes()[PAGE:]),
    "pages swapped": swap_pages,
    "deleted": remove_file,
    "empty": lambda t: t.path.write_bytes(b""),
    "a text": lambda t: t.path.write_bytes(b"Dear Anna, this is a letter. " * 400),
    "another program's": put_foreign,
    "somebody else's": put_others,
    "an older copy": put_older,
    "a backup by hand": put_backup,
    "a stale log": put_stale_log,
    "a log of noise": lambda t: log_of(t).write_bytes(t.rng.randbytes(40_000)),
    "session deleted": lambda t: by_hand(t, DELETED_SESSION),
    "repetitions deleted": lambda t: by_hand(t, DELETED_REPETITIONS),
    "sets deleted": lambda t: by_hand(t, "DELETE FROM exercise_set WHERE place = 2"),
    "notes deleted": lambda t: by_hand(t, f"DELETE FROM pain WHERE {_some('pain')}"),
    "person deleted": lambda t: by_hand(t, "DELETE FROM profile WHERE id = 'a1'"),
    "numbers altered": lambda t: by_hand(t, "UPDATE repetition SET hold_s = 9.9 WHERE place = 3"),
    "height altered": lambda t: by_hand(t, "UPDATE profile SET height_m = 1.2"),
    "pain altered": lambda t: by_hand(t, "UPDATE pain SET score = (score + 1) % 10"),
}
# To one that was killed, with its log.
KILLED: Final[dict[str, Callable[[Trial], object]]] = {
    "log gone": lambda t: log_of(t).unlink(),
    "log cut off": lambda t: cut(log_of(t), t.rng),
    "log, a few bits": lambda t: flip(log_of(t), t.rng, t.rng.randint(1, 3)),
    "log, noise": lambda t: log_of(t).write_bytes(t.rng.randbytes(40_000)),
    "log and file, bits": flip_both,
    "file gone, log there": lambda t: t.path.unlink(),
    "both gone": remove_file,
}
# To one that was closed, and to its ledger too: it is told; what is missing can then not be named.
WITH_LEDGER: Final[dict[str, Callable[[Trial], object]]] = {
    "file and ledger gone": remove_both,
    "file and ledger, noise": lambda t: [
        each.write_bytes(t.rng.randbytes(9000)) for each in (t.path, ledger_file(t.path))
    ],
    "ledger, a few bits": lambda t: flip(ledger_file(t.path), t.rng, 3),
}
UNHARMED: Final = ("closed", "killed", "without a ledger", "another day")


def thin_out(trial: Trial, how: str) -> None:
    """Leave all backups, none, the oldest alone, or none that is whole."""
    there = backups(trial.path)
    match how:
        case "none":
            shutil.rmtree(trial.path.parent / "backups")
        case "old":
            for each in there[:-1]:
                each.unlink()
        case "damaged":
            for each in there:
                cut(each, trial.rng)
        case _:
            pass


def kept_elsewhere(path: Path) -> list[Kept]:
    """Return what the file as it is now, and each backup, hold, as SQLite reads them."""
    found = (kept_at(each) for each in (path, *backups(path)))
    return [each for each in found if each is not None]


def what_differs(before: Kept, after: Kept | None) -> Iterator[Lost]:
    """Yield what is missing or not what it was."""
    now = after or Kept()
    for person, row in before.people.items():
        if now.people.get(person) != row:
            yield Lost("person", person, "", person)
    for uid, session in before.sessions.items():
        if now.sessions.get(uid) != session:
            yield Lost("session", session[0], session[1], uid)
    for uid, note in before.notes.items():
        if now.notes.get(uid) != note:
            yield Lost("note", note[0], note[1], uid)
