"""Kill the program in the middle of a session, again and again, and count what is lost.

python benchmarks/kill.py [--trials 200] [--seed 1]

Each trial replays a session of the project's own recordings through the judging and the recorder in
a process of its own, and ends that with SIGKILL at a random moment. The process says of each
repetition, turn, hold and second of a hold that it is on the disk once the recorder says so.
Afterwards the journal must be whole, hold everything that was said to be on the disk, hold nothing
twice, and offer the session again; then the session is gone on with to its end.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from coreline.body.pose import Pose
from coreline.coaching.cues import CueBook
from coreline.data_files import load_catalogue, load_cues
from coreline.files.recordings import load_trace
from coreline.journal.database import Journal, open_journal
from coreline.journal.recorder import Recorder
from coreline.journal.sessions import session_start
from coreline.judging.events import HoldEnded, RepetitionEnded, RotationEnded
from coreline.programme.day import PlannedSet
from coreline.programme.life import Profile, SetDone
from coreline.programme.spec import Exercise
from coreline.session import Block, Session, SetRecord

RECORDINGS: Final = Path(__file__).resolve().parents[1] / "tests" / "recordings"
EXERCISES: Final = ("w56-belly-bridge", "w12-back-bridge", "adv-log-roll")
DAY: Final = date(2026, 11, 1)
NOW: Final = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)
PERSON: Final = Profile("p", "Somebody", "nl", DAY)
PLAN: Final = tuple(PlannedSet(exercise, None, 1, 1000.0) for exercise in EXERCISES)
WHOLE: Final = (RepetitionEnded, RotationEnded, HoldEnded)

Said = tuple[Any, ...]  # ("begun",), or the place of a set and a name or a second
Key = tuple[str, int]
Frames = Sequence[tuple[float, Pose | None]]


@dataclass
class Trial:
    """What one kill came to."""

    seed: int
    said: int = 0  # repetitions, turns and holds that were on the disk
    kept: int = 0  # that are there
    begun: bool = False  # the session was on the disk before the kill
    finished: bool = False  # and over
    complaints: list[str] = field(default_factory=list)


# The process that is killed


@dataclass(frozen=True)
class Stage:
    """What every trial replays: loaded once, before the first is begun."""

    recordings: dict[str, Frames]
    exercises: dict[str, Exercise]
    book: CueBook
    judged: dict[str, SetRecord] = field(default_factory=dict)

    def play(self, planned: PlannedSet) -> Iterator[tuple[SetRecord, float]]:
        """Judge one set; yield its record and what its clock has counted after each frame."""
        exercise = self.exercises[planned.exercise_id]
        session, held_s, t_s = Session([Block(exercise)], self.book, open_ended=True), 0.0, 0.0
        session.records[0].set_number = planned.set_number
        for t_s, pose in self.recordings[planned.exercise_id]:
            view = session.step(t_s, pose).view
            held_s = view.progress.held_s if view.machine == "hold" else 0.0
            yield session.records[0], held_s
        session.finish(t_s)
        yield session.records[0], held_s

    def whole(self, planned: PlannedSet) -> SetRecord:
        """Return the record of a set that nobody interrupts."""
        if planned.exercise_id not in self.judged:
            *_, (record, _) = self.play(planned)
            self.judged[planned.exercise_id] = record
        return replace(self.judged[planned.exercise_id], set_number=planned.set_number)


def set_stage() -> Stage:
    """Load the recordings and the exercises."""
    catalogue = load_catalogue()
    traces = {each: load_trace(RECORDINGS / f"{each}.landmarks.npz") for each in EXERCISES}
    return Stage(
        {each: list(trace) for each, trace in traces.items()},
        {each: catalogue.get(each) for each in EXERCISES},
        load_cues(),
    )


def train(stage: Stage, path: Path, say: int) -> None:
    """Train the whole plan, and say to the pipe `say` what is on the disk."""
    sent: list[Said] = []
    with open_journal(path, today=DAY) as journal:
        start = session_start(PERSON.id, DAY, NOW, PLAN)
        with Recorder(journal, start) as recorder:
            recorder.flush()
            os.write(say, b'["begun"]\n')
            records: list[SetRecord] = []
            for place, planned in enumerate(PLAN, 1):
                facts = seconds = 0
                for record, held_s in stage.play(planned):
                    records = [*records[: place - 1], record]
                    recorder.follow(records, held_s)
                    whole = names_of(record)
                    sent += [(place, name) for name in whole[facts:]]
                    sent += [(place, int(held_s))] if int(held_s) > seconds else []
                    facts, seconds = len(whole), max(seconds, int(held_s))
                    if sent and not recorder.unsaved:
                        os.write(say, "".join(f"{json.dumps(each)}\n" for each in sent).encode())
                        sent.clear()
            recorder.end_session(NOW)


def names_of(record: SetRecord) -> list[str]:
    """Return what tells the repetitions, turns and holds of a set from each other."""
    whole = [fact for fact in record.facts if isinstance(fact, WHOLE)]
    return [f"{type(fact).__name__} {fact.t_s!r}" for fact in whole]


# The one that kills it


def trial(stage: Stage, folder: Path, seed: int, whole_s: float) -> Trial:
    """Train, kill, and look what is there."""
    path = folder / "coreline.sqlite3"
    with open_journal(path, today=DAY) as journal:
        journal.save_profile(PERSON)
    result = Trial(seed)
    said = killed_after(stage, path, random.Random(seed).uniform(0.0, whole_s))
    with open_journal(path, today=DAY) as journal:
        look(journal, said, result)
        if result.begun and not result.finished:
            go_on(stage, journal, result)
    return result


def killed_after(stage: Stage, path: Path, after_s: float | None) -> list[Said]:
    """Train in a process of its own, end it after a while, and return what it said."""
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(hear)
            train(stage, path, say)
            code = 0
        finally:
            os._exit(code)
    os.close(say)
    if after_s is not None:
        time.sleep(after_s)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(hear, "rb") as pipe:
        lines = pipe.read().split(b"\n")[:-1]  # the last may be half a line
    os.waitpid(child, 0)
    return [tuple(json.loads(line)) for line in lines]


def look(journal: Journal, said: Sequence[Said], result: Trial) -> None:
    """Compare what is there with what was said to be on the disk."""
    result.complaints += [*journal.notices, *journal.check().complaints]
    sessions = journal.sessions(PERSON.id)
    result.begun = bool(sessions)
    if len(sessions) > 1 or (said and not sessions):
        result.complaints.append(f"{len(sessions)} sessions")
    if not sessions:
        return
    result.finished = sessions[0].ended_at is not None
    records = dict(enumerate(journal.set_records(sessions[0].id), 1))
    told = [(place, what) for place, *rest in said for what in rest]
    result.said = sum(isinstance(what, str) for _, what in told)
    result.kept = sum(len(names_of(record)) for record in records.values())
    result.complaints += [
        f"lost: {what} of set {place}" for place, what in told if not has(records.get(place), what)
    ]
    result.complaints += [
        f"doubled in set {place}"
        for place, record in records.items()
        if len(set(names_of(record))) != len(names_of(record))
    ]
    unfinished = journal.unfinished(PERSON.id, DAY)
    if not result.finished and (unfinished is None or unfinished.session.id != sessions[0].id):
        result.complaints.append("the session is not offered again")


def has(record: SetRecord | None, what: object) -> bool:
    """Say whether a set holds a fact of this name, or so many seconds."""
    if record is None:
        return False
    return what in names_of(record) if isinstance(what, str) else record.done >= float(str(what))


def go_on(stage: Stage, journal: Journal, result: Trial) -> None:
    """Do what is left of the session, and look whether each set is there once."""
    unfinished = journal.unfinished(PERSON.id, DAY)
    if unfinished is None:
        return
    before = {key_of(each): each.done for each in unfinished.session.sets}
    new: dict[Key, float] = {}
    with Recorder(journal, unfinished.session.id) as recorder:
        for planned in unfinished.left:
            record = stage.whole(planned)
            recorder.close_set(record)
            new[planned.exercise_id, planned.set_number] = record.done
        recorder.end_session(NOW)
    (session,) = journal.sessions(PERSON.id)
    kept = {key_of(each): each.done for each in session.sets}
    wanted = {key: before.get(key, 0.0) + new.get(key, 0.0) for key in {*before, *new}}
    if len(session.sets) != len(PLAN) or kept != wanted:
        result.complaints.append(f"gone on: {kept}, not {wanted}")
    if journal.unfinished(PERSON.id, DAY) is not None or journal.check().complaints:
        result.complaints.append("gone on: not sound, or offered once more")


def key_of(done: SetDone) -> Key:
    """Return which set it is."""
    return done.exercise_id, done.set_number


def main() -> int:
    """Run the trials, print what they came to, and return 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    # The numbers' own threads are at rest; the one thread there is does the forking.
    warnings.simplefilter("ignore", DeprecationWarning)
    stage = set_stage()
    with tempfile.TemporaryDirectory() as name:
        whole_s = whole_session_s(stage, Path(name))
        results = []
        for number in range(chosen.trials):
            folder = Path(name) / str(number)
            folder.mkdir()
            results.append(trial(stage, folder, chosen.seed + number, whole_s))
            shutil.rmtree(folder)
    return report(results)


def whole_session_s(stage: Stage, folder: Path) -> float:
    """Return how long a session takes that nobody kills."""
    path = folder / "whole" / "coreline.sqlite3"
    with open_journal(path, today=DAY) as journal:
        journal.save_profile(PERSON)
    start_s = time.monotonic()
    killed_after(stage, path, None)
    return time.monotonic() - start_s


def report(results: Sequence[Trial]) -> int:
    """Print what the trials came to."""
    complaints = [f"seed {each.seed}: {what}" for each in results for what in each.complaints]
    print(f"{len(results)} kills")
    print(f"{sum(not each.begun for each in results)} before the session was on the disk")
    print(f"{sum(each.finished for each in results)} after its end")
    print(
        f"{sum(each.said for each in results)} repetitions, turns and holds said to be on the disk"
    )
    print(f"{sum(each.kept for each in results)} there")
    print(f"{len(complaints)} lost, doubled or not offered again")
    print("\n".join(complaints))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
