"""What was kept of a person, as the reports and exports take it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from coreline.commands.people import day_here
from coreline.data_files import load_vocabulary
from coreline.errors import UnknownSessionError
from coreline.journal.database import Journal
from coreline.journal.readings import SeenInSet
from coreline.journal.records import SessionKept
from coreline.journal.undo import taken_back, told_of
from coreline.programme.diary import Diary
from coreline.programme.life import Life, Profile, TakenBack
from coreline.programme.spec import Programme
from coreline.programme.typed import day_meant, meant
from coreline.report.export import KeptPerson, KeptSession
from coreline.report.form import SetForm, form_of
from coreline.report.kept import analyses_of, analysis_of, report_of, session_report

LAST = "last"
_SHOWN = 5
_SHORT = 8  # characters of an id, enough to name it


def session_called(
    sessions: Sequence[SessionKept],
    name: str,
    gone: Sequence[SessionKept] = (),
    day: date | None = None,
) -> SessionKept:
    """Return the session of this name: `last`, a day, or the beginning of its id.

    Args:
        sessions: the person's sessions in order of time.
        name: what was asked for; of several on a day the last.
        gone: those that were taken back: only their id names them.
        day: the day that the name is, where it is one.

    Raises:
        UnknownSessionError: There is none; the message names the latest ones.
    """
    if found := [each for each in gone if _is_called(each, name)]:
        return found[-1]
    if not sessions and not gone:
        raise UnknownSessionError(
            "no session is kept yet; coreline train makes the first",
            nl="er is nog geen training bewaard; coreline train maakt de eerste",
        )
    found = [each for each in sessions if _is_called(each, name)]
    found = found or [each for each in sessions if name == LAST or each.day == day]
    if found:
        return found[-1]
    for each in reversed(gone):
        if name == LAST or each.day == day:
            raise UnknownSessionError(
                f"{name}: the session of {each.day} was taken back on {each.taken_back}; "
                f"coreline report {each.id[:_SHORT]} still shows it",
                nl=f"{name}: de training van {each.day} is teruggenomen op {each.taken_back}; "
                f"coreline report {each.id[:_SHORT]} toont haar nog",
            )
    latest = ", ".join(dict.fromkeys(str(each.day) for each in sessions[-_SHOWN:]))
    raise UnknownSessionError(
        f"{name}: no session of this name or day; the latest are {latest}",
        nl=f"{name}: geen training met deze naam of van deze dag; de laatste zijn {latest}",
    )


def chosen_session(journal: Journal, profile: Profile, name: str) -> SessionKept:
    """Return a person's session as it was typed: `last`, a day in any form, or an id's beginning.

    Raises:
        UnknownSessionError: There is none; the message names the latest ones.
        BadDataError: It looks like a day, and is none.
    """
    sessions, gone = journal.sessions(profile.id), journal.sessions(profile.id, taken_back=True)
    day, words = day_meant(name, day_here(), load_vocabulary()), load_vocabulary().quantity
    return session_called(sessions, meant(name, words) or name, gone, day)


def _is_called(session: SessionKept, name: str) -> bool:
    return bool(name) and session.id.startswith(name)


def kept_session(
    journal: Journal,
    session: SessionKept,
    life: Life,
    programme: Programme,
    taken: Sequence[TakenBack],
) -> KeptSession:
    """Return a session with everything that was measured in it, and what of it was taken back."""
    report = session_report(session, journal.set_records(session.id), life, programme, taken)
    return KeptSession(session.id, session.started_at, session.ended_at, report)


def kept_person(
    journal: Journal,
    profile: Profile,
    programme: Programme,
    first: date | None = None,
    last: date | None = None,
    *,
    seen: bool = True,
) -> KeptPerson:
    """Return a person with everything from one day to another, both included; None: no limit.

    Without `seen` nothing is known of the frames of a set, which takes a quarter of the time. The
    sessions are read as they are taken: the journal is to stay open until then.
    """
    life = journal.life(profile.id)
    sessions = journal.sessions(profile.id, first, last)
    taken = told_of(taken_back(journal, profile.id))
    begin, end = first or date.min, last or date.max
    return KeptPerson(
        id=profile.id,
        name=profile.name,
        exercises=journal.exercises_tried(sessions),
        sessions=_Sessions(journal, sessions, life, programme, taken, seen),
        pains=tuple(each for each in life.pains if begin <= each.day <= end),
        skips=tuple(each for each in life.skips if begin <= each.day <= end),
        taken_back=tuple(each for each in taken if begin <= each.day <= end),
    )


def forms_kept(journal: Journal, profile_id: str, first: date, last: date) -> Iterator[SetForm]:
    """Yield the form of each set that was tried from one day to another, both included."""
    for session in journal.sessions(profile_id, first, last):
        for record in journal.set_records(session.id):
            if record.tried:
                yield form_of(analysis_of(record), session.day)


@dataclass(frozen=True, slots=True)
class _Sessions:
    """Sessions without their readings, of which an export has but the sum; one at a time."""

    journal: Journal
    sessions: Sequence[SessionKept]
    life: Life
    programme: Programme
    taken: Sequence[TakenBack]
    seen: bool

    def __len__(self) -> int:
        return len(self.sessions)

    def __iter__(self) -> Iterator[KeptSession]:
        diary = Diary(self.life)
        for each in self.sessions:
            records = self.journal.set_records(each.id, readings=False)
            seen = self.journal.seen_in(each.id) if self.seen else [SeenInSet()] * len(records)
            analyses = analyses_of(records, seen)
            report = report_of(each, analyses, diary, self.programme, self.taken)
            yield KeptSession(each.id, each.started_at, each.ended_at, report)
