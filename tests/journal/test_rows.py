"""What goes in comes out: facts to the bit, readings to the thousandth that every file writes."""

import sqlite3
import struct
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coreline.body.lasting import share_of_time
from coreline.body.measures import Side
from coreline.errors import JournalDamagedError, JournalError
from coreline.journal.around import Around, read_around, write_around
from coreline.journal.database import memory_journal
from coreline.journal.facts import read_facts, write_facts
from coreline.journal.readings import (
    SeenInSet,
    pack,
    pack_points,
    summed_up,
    unpack,
    unpack_points,
)
from coreline.judging.events import (
    Fact,
    Fault,
    FaultBegan,
    FaultEnded,
    Found,
    Hold,
    HoldEnded,
    LetGo,
    Lost,
    NeutralFound,
    Phase,
    Reading,
    Ready,
    Repetition,
    RepetitionEnded,
    Rotation,
    RotationEnded,
    State,
)
from coreline.judging.moments import Moment
from coreline.judging.ready import Place, Try, Unmet
from coreline.limits import FIRST_DAY, FIRST_START, LAST_DAY
from coreline.placement.view import CutOff, Limb, SetVisibility
from coreline.programme.life import (
    AdviceGiven,
    EasierChosen,
    LevelChosen,
    PainMoment,
    PainNoted,
    PainPlace,
    Profile,
    RestChosen,
    Skipped,
)
from coreline.report.model import Source, analyse, as_json, trace_rows
from coreline.session.record import SetRecord
from journal_values import ANNA, HOLD, RAISES, ROLL, as_kept, judged, keep_session, rounded

FINISHED = HoldEnded | RepetitionEnded | RotationEnded
NUMBERS = st.floats(-1e6, 1e6)
MAYBE = st.none() | NUMBERS
CODES = st.sampled_from(["hip_low", "hip_high", "not_seen", "too_short"])
REASONS = st.lists(CODES, max_size=3).map(tuple)
FAULTS = st.builds(Fault, CODES, NUMBERS, NUMBERS)
SIDES = st.sampled_from(["left", "right"])
HOLDS = st.builds(
    Hold,
    start_s=NUMBERS,
    end_s=NUMBERS,
    in_line_s=NUMBERS,
    mean_bend_deg=MAYBE,
    worst_bend_deg=MAYBE,
    visible_share=NUMBERS,
    line_score=MAYBE,
    faults=st.lists(FAULTS, max_size=3).map(tuple),
    reasons=REASONS,
)
REPETITIONS = st.builds(
    Repetition,
    number=st.integers(1, 100),
    start_s=NUMBERS,
    top_s=MAYBE,
    end_s=NUMBERS,
    hold_s=NUMBERS,
    counted=st.booleans(),
    reasons=REASONS,
    peak_deg=NUMBERS,
    bend_mean_deg=MAYBE,
    bend_worst_deg=MAYBE,
    knee_min_deg=MAYBE,
    line_score=MAYBE,
)
ROTATIONS = st.builds(Rotation, NUMBERS, NUMBERS, SIDES, st.booleans(), REASONS)
KINDS: list[st.SearchStrategy[Fact]] = [
    st.builds(Ready, NUMBERS, SIDES, st.none() | SIDES),
    st.builds(NeutralFound, NUMBERS, NUMBERS, MAYBE),
    st.builds(FaultBegan, NUMBERS, NUMBERS, CODES),
    st.builds(FaultEnded, NUMBERS, FAULTS),
    st.builds(LetGo, NUMBERS, FAULTS),
    st.builds(Lost, NUMBERS),
    st.builds(Found, NUMBERS),
    st.builds(HoldEnded, NUMBERS, HOLDS),
    st.builds(RepetitionEnded, NUMBERS, REPETITIONS),
    st.builds(RotationEnded, NUMBERS, ROTATIONS),
]
FACTS = st.one_of(KINDS)
READINGS = st.builds(
    Reading,
    t_s=NUMBERS,
    found=st.booleans(),
    bend_deg=MAYBE,
    neutral_deg=MAYBE,
    signal_deg=MAYBE,
    knee_deg=MAYBE,
    phase=st.sampled_from(Phase),
    state=st.sampled_from(State),
)
THOUSANDTHS = st.integers(-30_000, 30_000).map(lambda whole: whole / 1000)
MOMENTS = st.builds(
    Moment,
    t_s=NUMBERS,
    bend_deg=NUMBERS,
    points=st.lists(st.none() | st.tuples(THOUSANDTHS, THOUSANDTHS), max_size=33).map(tuple),
    line=st.lists(st.integers(0, 32), max_size=5).map(tuple),
)
NAMES = st.sampled_from(["over", "bend", "own-measure"])
CUES = st.none() | st.just("fix.hips_up")
TRIES = st.builds(
    Try, NUMBERS, NUMBERS, CODES, st.none() | NAMES, MAYBE, MAYBE, st.floats(0, 1), CUES
)
UNMET = st.builds(Unmet, NAMES, NUMBERS, st.floats(0, 1), NUMBERS, NUMBERS, CUES)
VIEWS = st.builds(
    SetVisibility,
    yaw_deg=MAYBE,
    width_share=MAYBE,
    cut_off=st.lists(st.builds(CutOff, st.sampled_from(Limb), st.floats(0, 1)), max_size=3).map(
        tuple
    ),
    leg_behind=st.none() | st.booleans(),
    persons=st.none() | st.integers(0, 3),
    upside_down=st.none() | st.booleans(),
    blurred=st.none() | st.floats(0, 1),
)
RECORDS = st.builds(
    SetRecord,
    exercise_id=st.sampled_from([HOLD, RAISES, ROLL, "own-exercise"]),
    side=st.none() | st.sampled_from(Side),
    set_number=st.integers(1, 5),
    near_side=st.none() | st.sampled_from(Side),
    neutral_deg=MAYBE,
    neutral_sd_deg=MAYBE,
    place=st.none() | st.sampled_from(Place),
    tries=st.lists(TRIES, max_size=3).map(tuple),
    unmet=st.lists(UNMET, max_size=3).map(tuple),
    waited_s=NUMBERS,
    waited_unseen_s=NUMBERS,
    view=st.none() | VIEWS,
    readings=st.lists(READINGS, max_size=5),
    facts=st.lists(FACTS, max_size=8),
    cues=st.lists(st.tuples(NUMBERS, st.text("abc._", min_size=1)), max_size=4),
    done=st.floats(0, 600),
    prescribed=st.floats(0.1, 600),
    adjusted=st.integers(-5, 5),
    best=st.none() | MOMENTS,
    worst=st.none() | MOMENTS,
    skipped_for_pain=st.booleans(),
)
DAYS = st.dates(FIRST_DAY, LAST_DAY)
IDS = st.sampled_from([HOLD, RAISES, ROLL])
NOTES = st.one_of(
    st.builds(
        PainNoted,
        DAYS,
        st.sampled_from(PainMoment),
        st.integers(0, 10),
        st.lists(st.sampled_from(PainPlace), unique=True).map(tuple),
        st.none() | IDS,
    ),
    st.builds(Skipped, DAYS, IDS, st.none() | SIDES, st.booleans()),
    st.builds(LevelChosen, DAYS, IDS),
    st.builds(EasierChosen, DAYS, IDS, IDS),
    st.builds(RestChosen, DAYS, st.integers(1, 99)),
    st.builds(AdviceGiven, DAYS),
)
# No name that means the same as another: those are refused.
PROFILES = st.builds(
    Profile,
    id=st.just("x"),
    name=st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1),
    language=st.sampled_from(["nl", "en"]),
    start=st.dates(FIRST_START, LAST_DAY),
    height_m=st.none() | st.floats(0.5, 2.5),
    on_ball=st.frozensets(IDS),
    second_way=st.booleans(),
    level_by=st.sampled_from(["date", "readiness"]),
)


def test_every_kind_of_fact_is_tried() -> None:
    assert len(get_args(Fact)) == len(KINDS)


@given(st.lists(RECORDS, min_size=1, max_size=3))
def test_of_a_killed_session_everything_finished_is_there(drawn: list[SetRecord]) -> None:
    records = [replace(record, near_side=Side.LEFT) for record in drawn]
    *over, last = records
    finished = [n for n, fact in enumerate(last.facts, 1) if isinstance(fact, FINISHED)]
    assume(finished or any(record.tried for record in over))  # else nothing is over
    with memory_journal(Path("nowhere")) as journal:
        journal.save_profile(ANNA)
        kept = journal.set_records(keep_session(journal, records, ended=False))
        assert journal.check().complaints == ()
    assert kept[: len(over)] == [as_kept(record) for record in over]
    facts = kept[len(over)].facts if len(kept) == len(records) else []
    assert facts == last.facts[: len(facts)]
    assert len(facts) >= max(finished, default=0)


@given(RECORDS)
def test_a_closed_set_comes_back_whole(record: SetRecord) -> None:
    record = replace(record, near_side=Side.LEFT)
    assume(record.tried)
    with memory_journal(Path("nowhere")) as journal:
        journal.save_profile(ANNA)
        session_id = keep_session(journal, [record])
        assert journal.set_records(session_id) == [as_kept(record)]
        (session,) = journal.sessions(ANNA.id)
        assert [each.done for each in session.sets] == [record.done]


@given(st.lists(FACTS, max_size=12))
def test_facts_come_back_to_the_bit(facts: list[Fact]) -> None:
    with memory_journal(Path("nowhere")) as journal, journal.reading() as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        write_facts(connection, 1, 1, list(enumerate(facts, 1)))
        write_facts(connection, 1, 3, list(enumerate(facts[1:], 1)))
        found = read_facts(connection, 1)
        assert (found.get(1, []), found.get(3, [])) == (facts, facts[1:])
        assert found.keys() <= {1, 3}


@given(st.lists(READINGS, max_size=40))
def test_readings_come_back_to_the_thousandth(readings: list[Reading]) -> None:
    assert unpack(pack(readings)) == [rounded(reading) for reading in readings]


@given(st.lists(READINGS, max_size=40))
def test_the_sum_of_readings_is_that_of_each(readings: list[Reading]) -> None:
    packed = pack(readings)
    each = unpack(packed)
    lasted_s = each[-1].t_s - each[0].t_s if each else 0.0
    share = share_of_time([one.t_s for one in each], [one.found for one in each])
    assert summed_up(packed) == SeenInSet(len(each), share, lasted_s)


@given(st.binary(max_size=200))
def test_what_is_no_readings_is_refused(content: bytes) -> None:
    for take in (unpack, summed_up):
        with pytest.raises(JournalDamagedError, match="unpacked"):
            take(content)


@pytest.mark.parametrize("frames", [2**40, 2**62, -1])
def test_a_count_that_is_damaged_takes_no_memory(frames: int) -> None:
    packed = zlib.compress(struct.pack("<q", frames) + bytes(60))
    for take in (unpack, summed_up):
        with pytest.raises(JournalDamagedError, match="are no set"):
            take(packed)


@given(st.lists(READINGS, max_size=4), st.integers(0, 1000), st.binary(max_size=3))
def test_what_is_damaged_within_is_damaged_for_the_sum_as_well(
    readings: list[Reading], place: int, put: bytes
) -> None:
    content = zlib.decompress(pack(readings))
    place %= len(content)
    packed = zlib.compress(content[:place] + put + content[place + 1 :])
    kept = damaged = None
    try:
        kept = unpack(packed)
    except JournalDamagedError as error:
        damaged = error
    if damaged is not None:
        with pytest.raises(JournalDamagedError):
            summed_up(packed)
    elif kept is not None:
        assert summed_up(packed).frames == len(kept)
        share = share_of_time([each.t_s for each in kept], [each.found for each in kept])
        assert summed_up(packed).found_share == share


@given(MOMENTS)
def test_the_points_of_a_drawing_come_back(moment: Moment) -> None:
    assert unpack_points(pack_points(moment.points)) == moment.points


def test_points_far_away_stay_far_away() -> None:
    assert unpack_points(pack_points([(1e9, -1e9)])) == ((32.767, -32.767),)


@pytest.mark.parametrize("exercise_id", [HOLD, RAISES, ROLL])
def test_a_report_from_the_journal_is_the_report_of_the_day(exercise_id: str) -> None:
    record = judged(exercise_id)
    source = Source("camera", 640, 480, 15.0, 30.0, None, len(record.readings), 1.0)
    with memory_journal(Path("nowhere")) as journal:
        journal.save_profile(ANNA)
        (kept,) = journal.set_records(keep_session(journal, [record]))
    assert record.best is not None or exercise_id == ROLL
    assert as_json(analyse(kept, source)) == as_json(analyse(record, source))
    assert trace_rows(kept.readings) == [_without_sign(row) for row in trace_rows(record.readings)]
    assert len(pack(record.readings)) < 8 * len(record.readings)


def _without_sign(row: list[str]) -> list[str]:
    """Return a row in which nothing is nothing, from whichever side it was rounded."""
    return [cell.replace("-0.000", "0.000") if cell == "-0.000" else cell for cell in row]


@given(PROFILES, st.lists(NOTES, max_size=6))
def test_any_person_and_notes_come_back(
    profile: Profile,
    notes: list[PainNoted | Skipped | LevelChosen | EasierChosen | RestChosen | AdviceGiven],
) -> None:
    with memory_journal(Path("nowhere")) as journal:
        journal.save_profile(profile)
        for note in notes:
            journal.note(profile.id, note)
        life = journal.life(profile.id)
        kept = (*life.pains, *life.skips, *life.levels, *life.easier, *life.rests, *life.advice)
        assert life.profile == profile
        assert sorted(map(repr, kept)) == sorted(map(repr, notes))
        assert journal.check().complaints == ()


def test_a_fact_of_an_unknown_kind_is_damage() -> None:
    with memory_journal(Path("nowhere")) as journal, journal.reading() as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        write_facts(connection, 1, 1, [(1, Lost(1.0))])
        connection.execute("UPDATE fact SET kind = 'never'")
        with pytest.raises(JournalDamagedError, match="never"):
            read_facts(connection, 1)


def test_a_part_of_the_body_of_an_unknown_name_is_damage() -> None:
    view = SetVisibility(cut_off=(CutOff(Limb.HEAD, 0.5),))
    with memory_journal(Path("nowhere")) as journal, journal.reading() as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        write_around(connection, 1, 1, SetRecord(HOLD, None, 1, view=view))
        assert read_around(connection, 1) == {1: Around((), (), view)}
        connection.execute("UPDATE cut_off SET limb = 'tail'")
        with pytest.raises(JournalDamagedError, match="tail"):
            read_around(connection, 1)


def test_what_surrounds_a_set_is_written_in_place_of_what_was_there() -> None:
    first = ((Try(1.0, 2.0, "unsteady"),), (), SetVisibility(yaw_deg=3.0))
    second = ((), (Unmet("over", 2.0, 0.5, 7.1, 10.0, None),), None)
    with memory_journal(Path("nowhere")) as journal, journal.reading() as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for tries, unmet, view in (first, second):
            record = SetRecord(HOLD, None, 1, tries=tries, unmet=unmet, view=view)
            write_around(connection, 1, 1, record)
            assert read_around(connection, 1) == {1: Around(tries, unmet, view)}


def test_a_session_that_is_not_there_is_said() -> None:
    with memory_journal(Path("nowhere")) as journal:
        with pytest.raises(JournalError, match="not in the journal"):
            journal.set_records("0")
        with closing(sqlite3.connect(":memory:")) as other, pytest.raises(sqlite3.Error):
            other.execute("SELECT 1 FROM session")
