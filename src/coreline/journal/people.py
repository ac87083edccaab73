"""Profiles and what they noted and chose, as rows of one connection."""

import sqlite3
import unicodedata
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, assert_never

from coreline.errors import JournalError, NameRefusedError, UnknownProfileError
from coreline.journal.records import Note
from coreline.journal.seals import seal_profile
from coreline.journal.taken_back import Part, gone
from coreline.limits import FIRST_START, LAST_DAY, NAME_SIGNS
from coreline.printable import why_no_name
from coreline.programme.life import (
    AdviceGiven,
    EasierChosen,
    LevelAsked,
    LevelChosen,
    PainMoment,
    PainNoted,
    PainPlace,
    Prescribed,
    Profile,
    RestChosen,
    Skipped,
)
from coreline.programme.prescription import Prescription

_UPSERT: Final = (
    "INSERT INTO profile VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
    " name = excluded.name, language = excluded.language, start = excluded.start,"
    " height_m = excluded.height_m, second_way = excluded.second_way, level_by = excluded.level_by,"
    " place = excluded.place, asked_from = excluded.asked_from"
)

_PLAN_VERSION: Final = 1


def read_profiles(connection: sqlite3.Connection) -> tuple[Profile, ...]:
    """Return every profile in order of name."""
    rows = connection.execute("SELECT * FROM profile ORDER BY id").fetchall()
    found = [_profile(connection, row) for row in rows]
    return tuple(sorted(found, key=lambda each: name_key(each.name)))


def find_profile(connection: sqlite3.Connection, id_or_name: str) -> Profile:
    """Return the profile of this id or name; case and way of writing do not matter.

    Raises:
        UnknownProfileError: There is none.
    """
    profiles = read_profiles(connection)
    for found in profiles:
        if found.id == id_or_name or name_key(found.name) == name_key(id_or_name):
            return found
    asked, names = id_or_name[:NAME_SIGNS], ", ".join(each.name for each in profiles)
    none, none_nl = (
        "none yet; make one with coreline profile",
        "nog geen; maak er een met coreline profile",
    )
    raise UnknownProfileError(
        f"{asked}: no such profile; there are: {names or none}",
        nl=f"{asked}: dit profiel is er niet; wel: {names or none_nl}",
    )


def current_id(connection: sqlite3.Connection) -> str | None:
    """Return who trains when nobody is named: the chosen one, or the only one."""
    chosen = connection.execute("SELECT profile_id FROM current_profile").fetchone()
    if chosen is not None:
        return str(chosen[0])
    everyone = connection.execute("SELECT id FROM profile LIMIT 2").fetchall()
    return str(everyone[0][0]) if len(everyone) == 1 else None


def write_current(connection: sqlite3.Connection, profile_id: str) -> None:
    """Keep who trains when nobody is named."""
    connection.execute("INSERT OR REPLACE INTO current_profile VALUES (1, ?)", (profile_id,))


def write_profile(connection: sqlite3.Connection, profile: Profile) -> None:
    """Write a profile, new or changed.

    Raises:
        NameRefusedError: The name cannot be one, or another profile has it.
        JournalError: It begins on a day on which nobody trains, or its place cannot be called so.
    """
    _check_name(connection, profile)
    if not FIRST_START <= profile.start <= LAST_DAY:
        raise JournalError(
            f"{profile.start}: no start; give a day from {FIRST_START} to {LAST_DAY}",
            nl=f"{profile.start}: geen begin; geef een dag van {FIRST_START} tot en met {LAST_DAY}",
        )
    if (why := why_no_name(profile.place)) is not None:
        shown = repr(profile.place[:NAME_SIGNS])
        raise JournalError(f"{shown}: {why[0]}", nl=f"{shown}: {why[1]}")
    height_m = None if profile.height_m is None else float(profile.height_m)
    row = (profile.id, profile.name, profile.language, profile.start.isoformat(), height_m)
    asked_from = None if profile.asked_from is None else profile.asked_from.isoformat()
    chosen = (int(profile.second_way), profile.level_by, profile.place, asked_from)
    connection.execute(_UPSERT, (*row, *chosen))
    connection.execute("DELETE FROM ball_exercise WHERE profile_id = ?", (profile.id,))
    balls = [(profile.id, exercise_id) for exercise_id in sorted(profile.on_ball)]
    connection.executemany("INSERT INTO ball_exercise VALUES (?, ?)", balls)
    seal_profile(connection, profile.id)


def _check_name(connection: sqlite3.Connection, profile: Profile) -> None:
    name = profile.name
    if (why := why_no_name(name)) is not None:
        shown = repr(name[:NAME_SIGNS])
        raise NameRefusedError(f"{shown}: {why[0]}", nl=f"{shown}: {why[1]}")
    for each in read_profiles(connection):
        if each.id != profile.id and name_key(each.name) == name_key(name):
            raise NameRefusedError(
                f"{name}: there is a profile of this name; choose another name",
                nl=f"{name}: er is al een profiel met deze naam; kies een andere naam",
            )


def name_key(name: str) -> str:
    """Return what two names have in common that are the same to a person."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _profile(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Profile:
    profile_id, name, language, start, height_m, second_way, level_by, place, asked_from = row
    query = "SELECT exercise_id FROM ball_exercise WHERE profile_id = ?"
    balls = connection.execute(query, (profile_id,))
    return Profile(
        id=profile_id,
        name=name,
        language=language,
        start=date.fromisoformat(start),
        height_m=height_m,
        on_ball=frozenset(exercise_id for (exercise_id,) in balls),
        second_way=bool(second_way),
        level_by=level_by,
        place=place,
        asked_from=None if asked_from is None else date.fromisoformat(asked_from),
    )


# Notes


@dataclass(frozen=True, slots=True)
class NoteKept:
    """A note with what it is called, and when it was written; None: before that was kept."""

    uid: str
    at: datetime | None
    note: Note


def write_note(
    connection: sqlite3.Connection, profile_id: str, note: Note, at: datetime | None = None
) -> None:
    """Write what a person noted or chose; without a time of its own it was now."""
    table, values = _note_row(note)
    written = (at or datetime.now().astimezone()).isoformat(timespec="milliseconds")
    row = (uuid.uuid4().hex, profile_id, note.day.isoformat(), *values, written)
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table} VALUES (NULL, {marks})", row)
    seal_profile(connection, profile_id)


def _note_row(note: Note) -> tuple[str, tuple[Any, ...]]:
    """Return the table, and the values after the day."""
    match note:
        case PainNoted():
            places = " ".join(note.places)
            return "pain", (note.moment, note.score, places, note.exercise_id)
        case Skipped():
            return "skip", (note.exercise_id, note.side, int(note.for_pain))
        case LevelAsked():
            return "level_asked", (note.level_id, int(note.after_absence))
        case Prescribed():
            plan = note.plan.model_dump_json(exclude_defaults=True)
            return "prescription", (_PLAN_VERSION, plan)
        case _:
            return _choice_row(note)


def _choice_row(
    note: LevelChosen | EasierChosen | RestChosen | AdviceGiven,
) -> tuple[str, tuple[Any, ...]]:
    match note:
        case LevelChosen():
            return "level_choice", (note.level_id,)
        case EasierChosen():
            return "easier_choice", (note.exercise_id, note.instead_id)
        case RestChosen():
            return "rest_choice", (note.days,)
        case AdviceGiven():
            return "advice", ()
        case _:
            assert_never(note)


def _pain(day: date, moment: str, score: int, places: str, exercise_id: str | None) -> PainNoted:
    where = tuple(PainPlace(place) for place in places.split())
    return PainNoted(day, PainMoment(moment), score, where, exercise_id)


def _skipped(day: date, exercise_id: str, side: str | None, for_pain: int) -> Skipped:
    return Skipped(day, exercise_id, side, bool(for_pain))


def _asked(day: date, level_id: str, after_absence: int) -> LevelAsked:
    return LevelAsked(day, level_id, bool(after_absence))


def _prescribed(day: date, version: int, plan: str) -> Prescribed:
    if version != _PLAN_VERSION:
        raise ValueError(f"a plan of version {version}")
    return Prescribed(day, Prescription.model_validate_json(plan))


# What `Life` calls the notes of each table, and what makes one of the columns after the person.
_NOTES: Final[dict[str, tuple[str, Callable[..., Note]]]] = {
    "pains": ("pain", _pain),
    "skips": ("skip", _skipped),
    "levels": ("level_choice", LevelChosen),
    "easier": ("easier_choice", EasierChosen),
    "rests": ("rest_choice", RestChosen),
    "advice": ("advice", AdviceGiven),
    "asked": ("level_asked", _asked),
    "plans": ("prescription", _prescribed),
}


def read_notes(connection: sqlite3.Connection, profile_id: str) -> dict[str, Any]:
    """Return all that a person noted and chose, by the names that `Life` has for it.

    What was taken back is left out.
    """
    away = gone(connection, profile_id)
    return {
        name: tuple(
            each.note
            for each in _notes(connection, table, make, profile_id)
            if Part(each.uid) not in away
        )
        for name, (table, make) in _NOTES.items()
    }


def read_kept(connection: sqlite3.Connection, profile_id: str) -> list[NoteKept]:
    """Return the same with what was taken back, the notes of a table in order of time."""
    return [
        each
        for table, make in _NOTES.values()
        for each in _notes(connection, table, make, profile_id)
    ]


def _notes(
    connection: sqlite3.Connection, table: str, make: Callable[..., Note], profile_id: str
) -> list[NoteKept]:
    """Return the rows of a table in order of time."""
    query = f"SELECT * FROM {table} WHERE profile_id = ? ORDER BY day, id"
    return [
        NoteKept(uid, _time(at), make(date.fromisoformat(day), *values))
        for _, uid, _, day, *values, at in connection.execute(query, (profile_id,))
    ]


def _time(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)
