"""Sessions as they were kept, made into reports: the journal's values in, a report out; pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Protocol

from coreline.body.lasting import share_of_time
from coreline.programme.day import PlannedSet
from coreline.programme.diary import Diary
from coreline.programme.level import level_in, week_of
from coreline.programme.life import Life, SetDone, TakenBack, TakenKind
from coreline.programme.spec import Programme
from coreline.report.model import Analysis, SessionReport, Source, analyse
from coreline.session.record import SetRecord


class Kept(Protocol):
    """A session as the journal has it."""

    @property
    def id(self) -> str:
        """What it is called."""

    @property
    def day(self) -> date:
        """The calendar day where the person lives."""

    @property
    def started_at(self) -> datetime:
        """With its time zone."""

    @property
    def ended_at(self) -> datetime | None:
        """None where it was not ended."""

    @property
    def planned(self) -> Sequence[PlannedSet]:
        """What it was to consist of."""

    @property
    def sets(self) -> Sequence[SetDone]:
        """What was done, each set once."""


class Seen(Protocol):
    """What the readings of a set come to."""

    @property
    def frames(self) -> int:
        """How many there are."""

    @property
    def found_share(self) -> float:
        """In which share of the time somebody was found, 0 to 1."""

    @property
    def lasted_s(self) -> float:
        """From the first to the last."""


def session_report(
    kept: Kept,
    records: Iterable[SetRecord],
    life: Life,
    programme: Programme,
    taken_back: Iterable[TakenBack] = (),
) -> SessionReport:
    """Return the report of a session that was kept.

    Args:
        kept: the session.
        records: its sets, as they were measured.
        life: what the person did and noted, for the pain of that day.
        programme: the levels and their weeks.
        taken_back: everything that the person took back.
    """
    analyses = tuple(analysis_of(record) for record in records if record.tried)
    return report_of(kept, analyses, Diary(life), programme, taken_back)


def analyses_of(records: Iterable[SetRecord], seen: Iterable[Seen]) -> Iterator[Analysis]:
    """Yield the sets that were tried, of records without readings; `seen` is what those come to."""
    for record, each in zip(records, seen, strict=True):
        if record.tried:
            yield analyse(record, _source(each.lasted_s, each.frames, each.found_share))


def report_of(
    kept: Kept,
    analyses: Iterable[Analysis],
    diary: Diary,
    programme: Programme,
    taken_back: Iterable[TakenBack],
) -> SessionReport:
    """Return the report of a session whose sets are analysed; the diary is of the whole life."""
    life = diary.life
    day, week = kept.day, week_of(life.profile.start, kept.day)
    lasted_s = None
    if kept.ended_at is not None:
        lasted_s = max((kept.ended_at - kept.started_at).total_seconds(), 0.0)
    return SessionReport(
        analyses=tuple(analyses),
        person=life.profile.name,
        day=day,
        started=kept.started_at.time(),
        lasted_s=lasted_s,
        level=level_in(programme, diary, day).level.id,
        week=week if week > 0 else None,
        planned=tuple(kept.planned),
        done=tuple(kept.sets),
        pains=tuple(each for each in life.pains if each.day == day),
        skipped=tuple(each for each in life.skips if each.day == day),
        advice=any(each.day == day for each in life.advice),
        plan=diary.plan_on(day),
        taken_back=tuple(each for each in taken_back if _is_of(each, kept)),
    )


def _is_of(taken: TakenBack, kept: Kept) -> bool:
    """Say whether something would have stood in the report of a session."""
    if taken.session_id is not None:
        return taken.session_id == kept.id
    return taken.day == kept.day and taken.kind in {TakenKind.PAIN, TakenKind.SKIP}


def analysis_of(record: SetRecord) -> Analysis:
    """Return a set of which only the record is left, without the picture it was read from."""
    readings = record.readings
    lasted_s = readings[-1].t_s - readings[0].t_s if readings else 0.0
    share = share_of_time([each.t_s for each in readings], [each.found for each in readings])
    return analyse(record, _source(lasted_s, len(readings), share))


def _source(lasted_s: float, frames: int, found_share: float) -> Source:
    """Return where a set was read from, of which neither file nor picture is left."""
    return Source("", 0, 0, 0.0, lasted_s, None, frames, found_share)
