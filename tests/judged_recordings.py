"""Recordings judged as `coreline analyze` does, each once for all tests of a process."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from coreline.data_files import load_catalogue, load_cues
from coreline.files.recordings import load_trace
from coreline.session.blocks import Block
from coreline.session.record import SetRecord
from coreline.session.session import Session
from stick_figure import Timed

RECORDINGS = Path(__file__).parent / "recordings"


def recorded(frames: Iterable[Timed], exercise_id: str) -> SetRecord:
    """Return what a session puts on record of some frames."""
    session = Session([Block(load_catalogue().get(exercise_id))], load_cues(), open_ended=True)
    last_s = 0.0
    for last_s, pose in frames:
        session.step(last_s, pose)
    session.finish(last_s)
    (record,) = session.records
    return record


@cache
def record_of_trace(trace: str, exercise_id: str) -> SetRecord:
    """Return the record of a file in `recordings`; not to be changed."""
    return recorded(load_trace(RECORDINGS / trace), exercise_id)


def record_of(exercise_id: str) -> SetRecord:
    """Return the record of the recording of an exercise; not to be changed."""
    return record_of_trace(f"{exercise_id}.landmarks.npz", exercise_id)
