"""Real things to keep in a journal: people, sets judged from the recordings, what they noted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from coreline.data_files import load_catalogue, load_cues
from coreline.journal.database import Journal
from coreline.journal.recorder import Recorder
from coreline.journal.sessions import session_start
from coreline.judging.events import Reading
from coreline.programme.day import PlannedSet
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
from coreline.programme.prescription import PrescribedExercise, Prescription
from coreline.session.blocks import Block
from coreline.session.record import SetRecord
from coreline.session.session import Session
from judged_recordings import record_of

DAY = date(2026, 11, 1)
STARTED_AT = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)
ENDED_AT = datetime(2026, 11, 1, 18, 55, tzinfo=UTC)
ANNA = Profile(
    id="a1",
    name="Anna de Vries",
    language="nl",
    start=DAY,
    height_m=1.75,
    on_ball=frozenset({"w56-crunch", "w12-pelvic-curl"}),
    second_way=False,
    level_by="readiness",
)
BORIS = Profile(id="b2", name="Борис", language="en", start=date(2027, 1, 4))
PAIN = PainNoted(
    DAY, PainMoment.DURING, 7, (PainPlace.BACK, PainPlace.GROIN), exercise_id="w56-crunch"
)
PRESCRIPTION = Prescription(
    by="Jan de Vries",
    note="Rustig aan, “met links”.\nBel als het niet gaat.",
    level="w12",
    level_until=date(2026, 12, 24),
    days=(0, 2, 4),
    exercises=(PrescribedExercise(exercise="w12-side-bridge", sets=2, hold_s=20.0, side="left"),),
)
NOTES = (
    PAIN,
    PainNoted(DAY, PainMoment.AFTER, 0),
    Skipped(DAY, "w56-crunch", None, for_pain=True),
    Skipped(DAY, "w12-back-bridge", "left", for_pain=False),
    LevelChosen(DAY, "weeks-3-4"),
    EasierChosen(DAY, "w56-crunch", "w12-pelvic-curl"),
    RestChosen(DAY, 3),
    AdviceGiven(DAY),
    LevelAsked(DAY, "w12", after_absence=True),
    Prescribed(DAY, PRESCRIPTION),
)
HOLD, RAISES, ROLL = "w12-back-bridge", "w56-belly-bridge", "adv-log-roll"
PLAN = (
    PlannedSet(HOLD, None, 1, 30.0),
    PlannedSet(RAISES, None, 1, 30.0),
    PlannedSet(ROLL, None, 1, 10.0),
)


judged = record_of  # the sets that are kept here are those of the recordings


def session_of(exercise_id: str) -> Session:
    catalogue = load_catalogue()
    return Session([Block(catalogue.get(exercise_id))], load_cues(), open_ended=True)


def copy_of(record: SetRecord, set_number: int = 1) -> SetRecord:
    """Return the same set again, another object."""
    return replace(
        record,
        set_number=set_number,
        readings=list(record.readings),
        facts=list(record.facts),
        cues=list(record.cues),
    )


def as_kept(record: SetRecord) -> SetRecord:
    """Return a record as the journal gives it back: its readings in thousandths."""
    return replace(record, readings=[rounded(reading) for reading in record.readings])


def rounded(reading: Reading) -> Reading:
    """Return a reading in thousandths."""
    numbers = ("t_s", "bend_deg", "neutral_deg", "signal_deg", "knee_deg")
    known = {name: getattr(reading, name) for name in numbers}
    return replace(
        reading, **{name: round(value, 3) for name, value in known.items() if value is not None}
    )


def keep_session(
    journal: Journal,
    records: Sequence[SetRecord],
    profile: Profile = ANNA,
    *,
    day: date = DAY,
    ended: bool = True,
) -> str:
    """Keep a session of these sets, and return what it is called.

    The session and each set are written by themselves: on a busy machine the recorder's thread
    would put several of them into one transaction, and the log would be cut elsewhere.
    """
    start = session_start(profile.id, day, STARTED_AT, PLAN)
    with Recorder(journal, start) as recorder:
        recorder.flush()
        for number in range(1, len(records) + 1):
            recorder.follow(records[:number])
            recorder.flush()
        if ended:
            recorder.end_session(ENDED_AT)
    return recorder.session_id
