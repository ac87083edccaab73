"""Kill `coreline train` again and again, and hold what it printed against what is on the disk.

python benchmarks/kill.py [--trials 200] [--whole 20] [--speed 16] [--seed 1] [--folder FOLDER]

Each trial starts the real `train` for a person with a journal of their own, reads what it prints
from a pipe, and ends it with SIGKILL: a third at any moment, the others up to a second after a line
that tells of a repetition, a turn or a hold, most of them within milliseconds. Then every line that
was printed must be in the journal, in that order, unless it had been said that the journal is not
written at the moment; the journal must be whole, hold nothing twice and offer the session again,
which is gone on with to its end.

So many trials as --whole says run the program as it is installed: a process of its own, pictures
from an address, the camera's process, the pose model. In the others a trace stands in for camera
and model, so many times as fast as --speed says, in a process forked from this one; command line,
session, loop, window (of SDL's dummy driver, in every second trial), printing, recorder and journal
are the program's own. Those tell when a result was judged as well: the delay is from there until
its line was read here; beside it stands what a bare write to the same disk takes then. FOLDER is
where the journals are, on a real disk.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
from tools.clip_server import served
from tools.train_process import TEXTS, Process, QuickCamera, quick, whole

from coreline.body.measures import Side
from coreline.camera.playback import sample_path
from coreline.data_files import load_catalogue
from coreline.files.recordings import load_trace
from coreline.journal.database import Journal, open_journal
from coreline.journal.recorder import Recorder
from coreline.programme.day import PlannedSet
from coreline.programme.life import Profile, SetDone
from coreline.session.blocks import blocks_of
from coreline.session.record import SetRecord
from coreline.session.session import Session
from coreline.training.result_lines import line_of

RECORDINGS: Final = Path(__file__).resolve().parents[1] / "tests" / "recordings"
RAISES: Final = "w56-belly-bridge"
# What is trained: repetitions, turns, holds; each leg of the raises is a set, and one is near.
SIDES: Final[dict[str, Side | None]] = {
    RAISES: Side.RIGHT,
    "adv-log-roll": None,
    "w12-pelvic-curl": None,
    "w56-crunch": None,
}
NOW: Final = datetime.now().astimezone()
PERSON: Final = Profile("p", "Somebody", "en", date(2026, 11, 1))
MOMENT_S: Final = {True: 25.0, False: 4.0}  # of a kill at any moment; True: of the whole program
LINES: Final = {True: 2, False: 6}  # after one of the first so many lines a kill comes
SOON_S: Final = (1e-4, 1.0)  # so long after it, the shorter the likelier
WARNING: Final = "is kept in memory"  # what `train` says when the journal is not written
BARE: Final = 3  # writes of eight kilobytes a trial
LIMIT_S: Final = 120.0  # a machine that is so busy that no result comes by then sees too little

Key = tuple[str, str | None, int]


@dataclass
class Trial:
    """What one kill came to."""

    number: int
    whole: bool
    shown: bool
    speed: float  # of the trace
    printed: int = 0  # lines of repetitions, turns and holds
    kept: int = 0  # of them in the journal, and those that were not printed any more
    after_s: float | None = None  # from the last line to the kill
    delays_s: list[float] = field(default_factory=list)
    in_vain: bool = False  # the results after which it was to be killed did not come
    begun: bool = False  # the session was on the disk before the kill
    warned: int = 0  # lines that are not there, after it was said that what follows is not
    writes_s: list[float] = field(default_factory=list)  # bare ones, to the same disk
    complaints: list[str] = field(default_factory=list)


def trial(result: Trial, folder: Path, rng: Random, address: str) -> None:
    """Train, kill, and look what is there."""
    path = folder / "coreline.sqlite3"
    with open_journal(path) as journal:
        journal.save_profile(PERSON)
    exercise_id = RAISES if result.whole else rng.choice(list(SIDES))
    process = started(exercise_id, result, folder, address)
    try:
        aim(process, result, rng)
    finally:
        process.kill()
    lines = process.results
    result.printed = len(lines)
    result.writes_s = bare_writes_s(folder / "bare")
    result.after_s = max(process.killed_s - lines[-1][0], 0.0) if lines else None
    result.delays_s = [
        at_s - judged_s for (at_s, _), judged_s in zip(lines, process.judged_s, strict=False)
    ]
    if process.ended:
        errors = (folder / "stderr").read_text(encoding="utf-8")
        result.complaints.append(f"ended by itself: {errors[-500:]}")
    with open_journal(path) as journal:
        warned = any(WARNING in line for _, line in process.lines)
        look(journal, [line for _, line in lines], result, warned=warned)
        go_on(journal, result)


def started(exercise_id: str, result: Trial, folder: Path, address: str) -> Process:
    """Start `train`, as it is or quick."""
    words = ["--exercise", exercise_id, "--source", address, "--no-guide", "--mute"]
    side = SIDES[exercise_id]
    words += ["--side", side.value] if side is not None else []
    if result.whole:
        return whole(words, folder, shown=result.shown)
    camera = QuickCamera(load_trace(RECORDINGS / f"{exercise_id}.landmarks.npz"), result.speed)
    return quick(words, folder, camera, shown=result.shown)


def aim(process: Process, result: Trial, rng: Random) -> None:
    """Let it run until the moment of the kill."""
    if rng.random() < 1 / 3:
        process.read(time.monotonic() + rng.uniform(0.0, MOMENT_S[result.whole]))
        return
    count = rng.randint(1, LINES[result.whole])
    result.in_vain = not process.read(time.monotonic() + LIMIT_S, count)
    soon_s = np.exp(rng.uniform(*np.log(SOON_S)))
    process.read(process.results[-1][0] + soon_s if process.results else 0.0)


def bare_writes_s(path: Path) -> list[float]:
    """Return how long a few writes take until they are on the disk."""
    took_s = []
    with path.open("wb") as file:
        for _ in range(BARE):
            begun_s = time.monotonic()
            file.write(bytes(8192))
            file.flush()
            os.fsync(file.fileno())
            took_s.append(time.monotonic() - begun_s)
    return took_s


def look(journal: Journal, printed: Sequence[str], result: Trial, *, warned: bool) -> None:
    """Compare what is there with what was printed; `warned`: that the journal is not written."""
    result.complaints += [*map(str, journal.notices), *journal.check().complaints]
    sessions = journal.sessions(PERSON.id)
    result.begun = bool(sessions)
    if len(sessions) > 1 or (printed and not sessions):
        result.complaints.append(f"{len(sessions)} sessions")
    if not sessions:
        return
    facts = [fact for each in journal.set_records(sessions[0].id) for fact in each.facts]
    kept = [line for fact in facts if (line := line_of(fact, TEXTS))]
    result.kept = len(kept)
    missing = printed[len(kept) :]
    if list(printed[: len(kept)]) != kept[: len(printed)] or (missing and not warned):
        result.complaints.append(f"printed: {printed}; there: {kept}")
    result.warned = len(missing)
    names = [f"{type(fact).__name__} {fact.t_s!r}" for fact in facts if line_of(fact, TEXTS)]
    if len(set(names)) != len(names):
        result.complaints.append("something is there twice")
    unfinished = journal.unfinished(PERSON.id, sessions[0].day)
    if unfinished is None or unfinished.session.id != sessions[0].id:
        result.complaints.append("the session is not offered again")


def go_on(journal: Journal, result: Trial) -> None:
    """Do what is left of the session, and look whether each set is there once."""
    sessions = journal.sessions(PERSON.id)
    unfinished = journal.unfinished(PERSON.id, sessions[0].day) if sessions else None
    if unfinished is None:
        return
    before = {key_of(each): each.done for each in unfinished.session.sets}
    new: dict[Key, float] = {}
    with Recorder(journal, unfinished.session.id) as recorder:
        for planned in unfinished.left:
            record = whole_set(planned)
            recorder.close_set(record)
            new[planned.exercise_id, planned.side, planned.set_number] = record.done
        recorder.end_session(NOW)
    (session,) = journal.sessions(PERSON.id)
    kept = {key_of(each): each.done for each in session.sets}
    wanted = {key: before.get(key, 0.0) + new.get(key, 0.0) for key in {*before, *new}}
    if kept != wanted:
        result.complaints.append(f"gone on: {kept}, not {wanted}")
    if journal.unfinished(PERSON.id, session.day) is not None or journal.check().complaints:
        result.complaints.append("gone on: not sound, or offered once more")


def key_of(done: SetDone) -> Key:
    """Return which set it is."""
    return done.exercise_id, done.side, done.set_number


def whole_set(planned: PlannedSet) -> SetRecord:
    """Return the record of a planned set that nobody interrupts."""
    side = None if planned.side is None else Side(planned.side)
    return replace(judged(planned.exercise_id), side=side, set_number=planned.set_number)


@cache
def judged(exercise_id: str) -> SetRecord:
    """Return what the judging makes of the recording of an exercise."""
    exercise, t_s = load_catalogue().get(exercise_id), 0.0
    session = Session(blocks_of(exercise, SIDES[exercise_id])[:1], TEXTS.cues, open_ended=True)
    for t_s, pose in load_trace(RECORDINGS / f"{exercise_id}.landmarks.npz"):
        session.step(t_s, pose)
    session.finish(t_s)
    return session.records[0]


def main() -> int:
    """Run the trials, print what they came to, and return 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--whole", type=int, default=20)
    parser.add_argument("--speed", type=float, default=16.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # leaving nothing behind
    # The numbers' own threads are at rest; the one thread there is does the forking.
    warnings.simplefilter("ignore", DeprecationWarning)
    results, begun_s = [], time.monotonic()
    with ExitStack() as stack:
        if chosen.folder:
            chosen.folder.mkdir(parents=True, exist_ok=True)
        place = stack.enter_context(tempfile.TemporaryDirectory(dir=chosen.folder))
        address = stack.enter_context(served(sample_path())) if chosen.whole else "http://trace"
        for number in range(chosen.trials):
            result = Trial(number, number < chosen.whole, number % 2 == 1, chosen.speed)
            folder = Path(place) / str(number)
            folder.mkdir()
            trial(result, folder, Random(chosen.seed + number), address)
            shutil.rmtree(folder)
            results.append(result)
    return report(results, time.monotonic() - begun_s)


def report(results: Sequence[Trial], took_s: float) -> int:
    """Print what the trials came to."""
    complaints = [f"trial {each.number}: {what}" for each in results for what in each.complaints]
    after_s = [each.after_s for each in results if each.after_s is not None]
    load = os.getloadavg()[0]
    print(f"{len(results)} kills, {sum(each.whole for each in results)} of the whole program")
    print(f"{took_s:.0f} s, load {load:.1f} at the end")
    print(f"{sum(not each.begun for each in results)} before the session was on the disk")
    print(f"{sum(each.in_vain for each in results)} when the result waited for had not come")
    for limit_s in (0.01, 0.1, 1.0):
        print(f"{sum(each <= limit_s for each in after_s)} within {limit_s:g} s after a result")
    print(f"{sum(each.printed for each in results)} repetitions, turns and holds printed")
    print(f"{sum(each.kept for each in results)} in the journal")
    warned = sum(each.warned for each in results)
    print(f"{warned} not there, after it was said that the journal is not written")
    for shown, what in ((False, "without a window"), (True, "with a window")):
        delays = [each for one in results if one.shown is shown for each in one.delays_s]
        print(f"from judgement to words, {what}: {spread(delays)}")
    writes_s = [each for one in results for each in one.writes_s]
    print(f"a bare write to the same disk: {spread(writes_s)}")
    print(f"{len(complaints)} lost, doubled or not offered again")
    print("\n".join(complaints))
    return 1 if complaints else 0


def spread(delays_s: Sequence[float]) -> str:
    """Return the spread of delays in words."""
    if not delays_s:
        return "none"
    p50, p99 = (1000 * np.quantile(delays_s, part) for part in (0.5, 0.99))
    most = 1000 * max(delays_s)
    return f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, longest {most:.1f} ms, n {len(delays_s)}"


if __name__ == "__main__":
    sys.exit(main())
