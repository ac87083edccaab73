"""What ten years of training cost: size, time and memory; and what one commit costs.

python benchmarks/journal.py [--years 10] [--folder FOLDER]

A seeded generator makes the database: a session a day, 300,000 repetitions in ten years, six holds
a day, readings of every set at 15 frames a second, pain noted twice a day. Each row is of five
processes: seconds by the clock and of the processor, medians both, and the memory at its highest,
the program itself included. FOLDER keeps the database and uses the one that is there.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from coreline.body.measures import Side
from coreline.journal.connecting import connect_for_writing
from coreline.journal.database import Journal, open_journal
from coreline.journal.readings import pack
from coreline.journal.recorder import Recorder
from coreline.journal.seals import seal_session
from coreline.journal.sessions import (
    end_row,
    insert_session,
    session_row,
    session_start,
)
from coreline.journal.set_writing import write_set
from coreline.judging.events import (
    Fact,
    Hold,
    HoldEnded,
    Phase,
    Reading,
    Ready,
    Repetition,
    RepetitionEnded,
    State,
)
from coreline.programme.day import PlannedSet
from coreline.programme.life import PainMoment, PainNoted, Profile
from coreline.session.record import SetRecord

FIRST: Final = date(2015, 1, 1)
LAST: Final = FIRST + timedelta(days=3650)
FPS: Final = 15
REPETITIONS_A_YEAR: Final = 30_000
RAISES: Final = ("w56-belly-bridge", "w34-superman", "w56-crunch")
HOLDS: Final = ("w12-back-bridge", "w12-side-bridge", "w34-back-bridge") * 2
PERSON: Final = Profile("p", "Somebody", "nl", FIRST)
ROUNDS: Final = 5
READING: Final = "open_journal(read_only=True, today=DAY)"
WAYS: Final = {
    "the program loaded, and nothing done": "pass",
    "open, first of the day: check, backup": "day = DAY + timedelta(days=ROUND - 5)\n"
    "open_journal(today=day).close()",
    "open again": "open_journal(today=DAY).close()",
    "open, life": f"print(len({READING}.life('p').sets))",
    "open, sessions of ten years": f"print(len({READING}.sessions('p')))",
    "open, sessions of a month": f"journal = {READING}\n"
    "print(len(journal.sessions('p', date(2020, 1, 1), date(2020, 1, 31))))",
    "open, readings of one session": f"journal = {READING}\n"
    "print(len(journal.set_records(journal.sessions('p', date(2020, 1, 1))[0].id)))",
    "open, check of everything": f"print({READING}.check().complaints)",
    "coreline today": "app(['today'], standalone_mode=False)",
    "coreline history": "app(['history'], standalone_mode=False)",
}
MEASURE: Final = """
import resource, sys, time
from datetime import date, timedelta
from coreline.cli import app
from coreline.journal.database import open_journal
DAY, ROUND = date.fromisoformat(sys.argv[1]), int(sys.argv[2])
start_s, start_cpu_s = time.perf_counter(), time.process_time()
{way}
took_s, took_cpu_s = time.perf_counter() - start_s, time.process_time() - start_cpu_s
print(took_s, took_cpu_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


# Ten years


def fill(journal: Journal, years: int, seed: int = 1, first: date = FIRST) -> None:
    """Put so many years of training into a journal, from a first day on."""
    rng = random.Random(seed)
    journal.save_profile(replace(PERSON, start=first))
    readings = [pack(list(readings_of(rng, 30 + 3 * number))) for number in range(12)]
    days = 365 * years
    owed = 0.0
    for number in range(days):
        day = first + timedelta(days=number)
        owed += REPETITIONS_A_YEAR * years / days
        today = int(owed + 1e-6)
        owed -= today
        put_session(journal, day, today, rng, readings)
    with journal.writing() as connection:
        connection.executemany(
            "INSERT INTO pain VALUES (NULL, ?, 'p', ?, ?, ?, 'back', NULL, NULL)",
            [
                (f"{number}-{moment}", (first + timedelta(days=number)).isoformat(), moment, 2)
                for number in range(days)
                for moment in ("before", "after")
            ],
        )
    journal.note("p", PainNoted(first, PainMoment.AFTER, 1))  # seals them all


def put_session(
    journal: Journal, day: date, repetitions: int, rng: random.Random, readings: list[bytes]
) -> None:
    """Write one day's session as the recorder leaves it."""
    now = datetime(day.year, day.month, day.day, 18, 0, tzinfo=UTC)
    planned = tuple(PlannedSet(each, None, 1, 30.0) for each in (*RAISES, *HOLDS))
    start = session_start("p", day, now, planned)
    counts = [repetitions // 3 + (number < repetitions % 3) for number in range(3)]
    sets = [
        *(
            (each, list(repetitions_of(rng, count)))
            for each, count in zip(RAISES, counts, strict=True)
        ),
        *((each, [hold_of(rng)]) for each in HOLDS),
    ]
    with journal.writing() as connection:
        insert_session(connection, start)
        row = session_row(connection, start.uid)
        for place, (exercise_id, facts) in enumerate(sets, 1):
            record = SetRecord(exercise_id, None, 1, Side.LEFT, 3.2, done=30.0, prescribed=30.0)
            placed = list(enumerate([Ready(1.0, "left", "right"), *facts], 1))
            write_set(connection, row, place, record, placed, closed=True)
            packed = rng.choice(readings)
            connection.execute("INSERT INTO reading VALUES (?, ?, 500, ?)", (row, place, packed))
        end_row(connection, row, now + timedelta(minutes=30))
        seal_session(connection, row)


def repetitions_of(rng: random.Random, count: int) -> Iterator[Fact]:
    """Yield repetitions with the numbers that measuring gives."""
    for number in range(1, count + 1):
        at_s = 5.0 * number + rng.random()
        yield RepetitionEnded(
            at_s,
            Repetition(
                number=number,
                start_s=at_s - 4.0,
                top_s=at_s - 3.0,
                end_s=at_s,
                hold_s=2.0 + rng.random(),
                counted=rng.random() < 0.9,
                reasons=() if rng.random() < 0.9 else ("too_short",),
                peak_deg=rng.gauss(30.0, 3.0),
                bend_mean_deg=rng.gauss(0.0, 4.0),
                bend_worst_deg=rng.gauss(0.0, 8.0),
                knee_min_deg=rng.gauss(170.0, 3.0),
                line_score=rng.uniform(60.0, 100.0),
            ),
        )


def hold_of(rng: random.Random) -> Fact:
    """Return a hold with the numbers that measuring gives."""
    held_s = rng.uniform(20.0, 35.0)
    bends = (rng.gauss(0.0, 3.0), rng.gauss(0.0, 6.0))
    hold = Hold(2.0, 2.0 + held_s, 0.9 * held_s, *bends, rng.uniform(0.9, 1.0), 85.0, ())
    return HoldEnded(2.0 + held_s, hold)


def readings_of(rng: random.Random, lasts_s: int) -> Iterator[Reading]:
    """Yield readings with the noise of a tracker."""
    bend_deg = 3.0
    for number in range(lasts_s * FPS):
        bend_deg += rng.gauss(0.0, 0.4) - 0.02 * bend_deg
        yield Reading(
            t_s=number / FPS + rng.gauss(0.0, 0.002),
            found=True,
            bend_deg=bend_deg,
            neutral_deg=3.2,
            signal_deg=bend_deg + rng.gauss(0.0, 0.3),
            knee_deg=175.0 + rng.gauss(0.0, 0.5),
            phase=Phase.HOLDING,
            state=State.GOOD,
        )


# What it costs


def measured(way: str, folder: Path) -> str:
    """Return seconds and memory of a way to use the journal, as a row of the table."""
    seconds, cpu_seconds, megabytes = [], [], []
    for number in range(1, ROUNDS + 1):
        done = subprocess.run(
            [sys.executable, "-c", MEASURE.format(way=way), str(LAST), str(number)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "CORELINE_DATA_DIR": str(folder)},
        )
        if done.returncode != 0:
            return f"failed: {done.stderr.strip().splitlines()[-1]}"
        took_s, took_cpu_s, peak_kb = done.stderr.strip().splitlines()[-1].split()
        seconds.append(float(took_s))
        cpu_seconds.append(float(took_cpu_s))
        megabytes.append(int(peak_kb) / 1024)
    wall_s, cpu_s = statistics.median(seconds), statistics.median(cpu_seconds)
    return f"{wall_s:6.2f} s  {cpu_s:6.2f} s  {max(megabytes):6.0f} MB"


def commit_times_ms(journal: Journal, sessions: int = 5) -> list[float]:
    """Return how long each repetition took to be on the disk, from the call to the last fsync."""
    rng, times = random.Random(2), []
    for day in range(sessions):
        now = datetime(2035, 1, 1, tzinfo=UTC) + timedelta(days=day)
        start = session_start("p", now.date(), now, ())
        records: list[SetRecord] = []
        with Recorder(journal, start) as recorder:
            for number in range(9):
                readings = list(readings_of(rng, 60))
                records.append(SetRecord("w34-superman", None, number + 1, readings=readings))
                for fact in repetitions_of(rng, 30):
                    records[-1].facts.append(fact)
                    recorder.flush()
                    start_s = time.perf_counter()
                    recorder.follow(records)
                    recorder.flush()
                    times.append(1000.0 * (time.perf_counter() - start_s))
            recorder.end_session(now)
    return times


def bare_commit_times_ms(folder: Path) -> list[float]:
    """Return how long SQLite takes for a row in an empty database with the same settings."""
    times = []
    with closing(connect_for_writing(folder / "bare.sqlite3")) as connection:
        connection.execute("CREATE TABLE row (x)")
        for number in range(1000):
            start_s = time.perf_counter()
            connection.execute("INSERT INTO row VALUES (?)", (number,))
            times.append(1000.0 * (time.perf_counter() - start_s))
    return times


def spread(times_ms: list[float]) -> str:
    """Return the middle and the slowest hundredth."""
    ordered = sorted(times_ms)
    p50, p99 = statistics.median(ordered), ordered[int(0.99 * len(ordered))]
    return f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, of {len(ordered)}"


def main() -> None:
    """Make the database and print what it costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = chosen.folder or Path(name)
        path = folder / "coreline.sqlite3"
        if not path.exists():
            start_s = time.monotonic()
            with open_journal(path, today=FIRST) as journal:
                fill(journal, chosen.years)
            print(f"made in {time.monotonic() - start_s:.0f} s")
        shutil.rmtree(folder / "backups", ignore_errors=True)
        print(f"{path.stat().st_size / 2**20:.0f} MB, {counts(path)}")
        for what, way in WAYS.items():
            print(f"{what:40} {measured(way, folder)}", flush=True)
        with tempfile.TemporaryDirectory() as bare:
            print(f"a bare commit of one row: {spread(bare_commit_times_ms(Path(bare)))}")
        with open_journal(path, today=LAST) as journal:
            print(f"a repetition on the disk: {spread(commit_times_ms(journal))}")


def counts(path: Path) -> str:
    """Return what is in the database."""
    with open_journal(path, read_only=True) as journal, journal.reading() as connection:
        tables = ("session", "exercise_set", "repetition", "reading", "pain")
        found = [
            (connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0], table)
            for table in tables
        ]
    return ", ".join(f"{count} {table}" for count, table in found)


if __name__ == "__main__":
    main()
