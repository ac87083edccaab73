"""Everything that was kept of a person, for other programs: a table, JSON; docs/formats.md.

Pure: the same sessions give the same bytes. They come in pieces, session by session, so that years
take no more room than a day.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from coreline.programme.catalogue import Catalogue
from coreline.programme.day import PlannedSet
from coreline.programme.done import has_line
from coreline.programme.felt import pain_of_day
from coreline.programme.language import Language
from coreline.programme.life import PainNoted, Skipped, TakenBack, TakenKind
from coreline.programme.spec import Exercise
from coreline.report.json_text import DECIMALS, as_values, text_in_pieces
from coreline.report.model import Analysis, SessionReport, as_json
from coreline.report.numbers import (
    done,
    done_of,
    mean_bend_deg,
    refusable,
    refusals,
    seconds,
    set_score,
    worst_bend_deg,
)
from coreline.report.phrases import amount

SCHEMA: Final = 1
BOM: Final = "\ufeff"  # without it spreadsheets take UTF-8 for something else
# What a spreadsheet takes for the beginning of a formula, the wide ones of East Asia among it.
_DANGEROUS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")
_UNITS = {"hold": "s", "raises": "repetitions", "roll": "rotations"}


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A session with what it is called and when it was; times have their zone."""

    id: str
    started_at: datetime
    ended_at: datetime | None
    report: SessionReport


class KeptSessions(Protocol):
    """Sessions in order of time; they may be read as they are taken."""

    def __len__(self) -> int:
        """Return how many there are."""

    def __iter__(self) -> Iterator[KeptSession]:
        """Yield them."""


@dataclass(frozen=True, slots=True)
class KeptPerson:
    """A person with their sessions, and what they noted.

    `id` is the pseudonym; `name` leaves only in what says so. `exercises` are the ids of those of
    which a set was tried, as they came first.
    """

    id: str
    name: str
    exercises: tuple[str, ...]
    sessions: KeptSessions
    pains: tuple[PainNoted, ...] = ()
    skips: tuple[Skipped, ...] = ()
    taken_back: tuple[TakenBack, ...] = ()


# A table

SOMEBODY: Final = "physiotherapist"  # whose plan has no name in it
COLUMNS: Final = (
    "day",
    "started",
    "session",
    "person",
    "week",
    "level",
    "plan_by",
    "exercise",
    "name",
    "side",
    "set",
    "unit",
    "prescribed",
    "done",
    "adjusted",
    "refused",
    "refused_because",
    "position_s",
    "clock_s",
    "in_line_s",
    "longest_s",
    "let_go",
    "line_score",
    "line_score_share",
    "line_score_withheld",
    "bend_mean_deg",
    "bend_worst_deg",
    "faults",
    "seen_share",
    "pain_before",
    "pain_after",
    "taken_back",
)


def csv_text(person: KeptPerson, catalogue: Catalogue, language: Language) -> Iterator[str]:
    """Yield a row a set, also one that was taken back; see `table_text`."""
    yield from table_text(COLUMNS, _rows(person, catalogue, language), language)


def table_text(
    columns: Sequence[str], rows: Iterable[Mapping[str, object]], language: Language
) -> Iterator[str]:
    """Yield a table as spreadsheets in a language open it, a row at a time.

    Dutch ones part columns with semicolons and decimals with commas, English ones with commas and
    points. Every cell is quoted, since a spreadsheet may part at semicolons and commas alike. A
    text that one would run as a formula gets an apostrophe before it.
    """
    table = io.StringIO(newline="")
    delimiter = ";" if language == "nl" else ","
    writer = csv.writer(table, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    table.write(BOM)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column), language) for column in columns])
        yield _written(table)
    yield _written(table)


def _written(table: io.StringIO) -> str:
    """Return what has been written, and begin anew."""
    text = table.getvalue()
    table.seek(0)
    table.truncate()
    return text


def _rows(
    person: KeptPerson, catalogue: Catalogue, language: Language
) -> Iterator[dict[str, object]]:
    """Yield the rows in order of days."""
    gone = _rows_taken_back(person, catalogue, language)
    for session in person.sessions:
        rows = [
            _row(person, session, each, catalogue, language) for each in session.report.analyses
        ]
        earlier, gone = _part_by_day(gone, _day(session))
        yield from (*earlier, *rows)
    yield from gone


def _row(
    person: KeptPerson,
    session: KeptSession,
    analysis: Analysis,
    catalogue: Catalogue,
    language: Language,
) -> dict[str, object]:
    exercise, report = catalogue.get(analysis.record.exercise_id), session.report
    tried = refusable(analysis)
    felt = pain_of_day(report.pains)
    held = seconds(analysis) if analysis.holds else None
    score = set_score(analysis)
    frames = analysis.source.frames_read
    return {
        "day": _day(session),
        "started": f"{session.started_at:%H:%M}",
        "session": session.id,
        "person": person.name,
        "week": report.week,
        "level": report.level,
        "plan_by": plan_by(report),
        "exercise": analysis.record.exercise_id,
        "name": exercise.name.in_(language),
        "side": analysis.record.side,
        "set": analysis.record.set_number,
        "unit": _UNITS[exercise.machine],
        "prescribed": analysis.record.prescribed or amount(exercise),
        "done": done(analysis),
        "adjusted": analysis.record.adjusted,
        "refused": sum(bool(each.reasons) for each in tried) if tried else None,
        "refused_because": " ".join(f"{code}:{n}" for code, n in refusals([analysis])),
        "position_s": held.position_s if held else None,
        "clock_s": held.clock_s if held else None,
        "in_line_s": held.in_line_s if held else None,
        "longest_s": held.longest_s if held else None,
        "let_go": held.let_go if held else None,
        "line_score": score.value,
        "line_score_share": score.share if has_line(exercise) else None,
        "line_score_withheld": score.withheld if has_line(exercise) else None,
        "bend_mean_deg": mean_bend_deg([analysis]),
        "bend_worst_deg": worst_bend_deg([analysis]),
        "faults": " ".join(fault.code for fault in analysis.faults),
        "seen_share": analysis.source.found_share if frames else None,
        "pain_before": felt.before,
        "pain_after": felt.after,
    }


def plan_by(report: SessionReport) -> str | None:
    """Return whose plan a session followed; None where it followed the handout."""
    return None if report.plan.says_nothing else report.plan.by or SOMEBODY


def _day(session: KeptSession) -> str:
    return str(session.started_at.date() if session.report.day is None else session.report.day)


def _rows_taken_back(
    person: KeptPerson, catalogue: Catalogue, language: Language
) -> list[dict[str, object]]:
    """Return a row for each set and session that was taken back, without a single number of it."""
    return [
        {
            "day": str(each.day),
            "session": each.session_id,
            "person": person.name,
            "exercise": each.exercise_id,
            "name": None
            if each.exercise_id is None
            else _name(each.exercise_id, catalogue, language),
            "side": each.side,
            "set": each.set_number,
            "taken_back": str(each.on),
        }
        for each in person.taken_back
        if each.kind in {TakenKind.SET, TakenKind.SESSION}
    ]


def _part_by_day(
    rows: list[dict[str, object]], day: str
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Return the rows of the days before one, and the others; a day's own follow its sessions."""
    before = [row for row in rows if str(row["day"]) < day]
    return before, rows[len(before) :]


def _name(exercise_id: str, catalogue: Catalogue, language: Language) -> str:
    return catalogue.get(exercise_id).name.in_(language)


def _cell(value: object, language: Language) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case float():
            text = f"{round(value, DECIMALS) + 0.0:g}"
            return text.replace(".", ",") if language == "nl" else text
        case str() if value.startswith(_DANGEROUS) or value.lstrip().startswith(_DANGEROUS):
            return f"'{value}"
        case _:
            return str(value)


# JSON


def json_text(person: KeptPerson, catalogue: Catalogue) -> Iterator[str]:
    """Yield the document of docs/sessions.schema.json, numbers rounded to a thousandth."""
    done = [catalogue.get(each) for each in person.exercises]
    yield from text_in_pieces(
        {
            "schema": SCHEMA,
            "person": {"id": person.id, "name": person.name},
            "exercises": {each.id: _exercise(each) for each in done},
            "sessions": (_session(each) for each in person.sessions),
            "pains": [_pain_of(each) for each in person.pains],
            "skips": [_skip_of(each) for each in person.skips],
            "taken_back": [_taken_back(each) for each in person.taken_back],
        }
    )


def _exercise(exercise: Exercise) -> dict[str, Any]:
    """Return what an exercise is called, and the words of the codes that it brings."""
    brought = {
        table: {code: entry.name.model_dump() for code, entry in codes.items()}
        for table, codes in (("faults", exercise.faults), ("reasons", exercise.reasons))
        if codes
    }
    unit = _UNITS[exercise.machine]
    return {"name": exercise.name.model_dump(), "unit": unit, **brought}


def _session(session: KeptSession) -> dict[str, Any]:
    report = session.report
    return {
        "id": session.id,
        "day": None if report.day is None else report.day.isoformat(),
        "started_at": session.started_at.isoformat(),
        "ended_at": None if session.ended_at is None else session.ended_at.isoformat(),
        "week": report.week,
        "level": report.level,
        "plan_by": plan_by(report),
        "prescribed": as_values(list(_prescribed(report))),
        "sets": list(map(_set, report.analyses)),
    }


def _prescribed(report: SessionReport) -> Iterable[dict[str, Any]]:
    """Yield what was asked for, by exercise and side, with what was done of each set."""
    asked: dict[tuple[str, str | None], list[PlannedSet]] = {}
    for planned in report.planned:
        asked.setdefault((planned.exercise_id, planned.side), []).append(planned)
    for (exercise, side), sets in asked.items():
        done = [done_of(each, report.done) for each in sets]
        asked_of_one = sets[0].prescribed
        yield {"exercise": exercise, "side": side, "amount": asked_of_one, "done": done}


def _set(analysis: Analysis) -> dict[str, Any]:
    """Return a set as `coreline analyze --json` has it, but for the file it was read from."""
    document = as_json(analysis)
    source = document.pop("source")
    del document["schema"]
    seen = {name: source[name] for name in ("duration_s", "frames_read", "found_share")}
    score = set_score(analysis)
    return {
        "set": analysis.record.set_number,
        **document,
        "line_score": as_values(score.value),
        "line_score_withheld": score.withheld,
        "adjusted": analysis.record.adjusted,
        "seen": seen,
    }


def _pain_of(noted: PainNoted) -> dict[str, Any]:
    return {
        "day": noted.day.isoformat(),
        "moment": noted.moment.value,
        "score": noted.score,
        "places": [place.value for place in noted.places],
        "exercise": noted.exercise_id,
    }


def _skip_of(skip: Skipped) -> dict[str, Any]:
    return {
        "day": skip.day.isoformat(),
        "exercise": skip.exercise_id,
        "side": skip.side,
        "for_pain": skip.for_pain,
    }


def _taken_back(taken: TakenBack) -> dict[str, Any]:
    return {
        "kind": taken.kind.value,
        "day": taken.day.isoformat(),
        "on": taken.on.isoformat(),
        "exercise": taken.exercise_id,
        "side": taken.side,
        "set": taken.set_number,
        "session": taken.session_id,
    }
