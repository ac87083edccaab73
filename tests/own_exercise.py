"""The seventeenth exercise: the one file that docs/own_exercises.md shows, and what came of it."""

from functools import cache
from pathlib import Path

from coreline.app.keeping import Keeper
from coreline.app.planned import planned_sets
from coreline.coaching.spoken import spoken
from coreline.data_files import load_catalogue, load_cues
from coreline.files.recordings import load_trace
from coreline.journal.database import Journal
from coreline.journal.recorder import Recorder
from coreline.journal.sessions import session_start
from coreline.programme.life import Profile
from coreline.session.blocks import Block
from coreline.session.record import SetRecord
from coreline.session.session import Session
from journal_values import DAY, STARTED_AT, copy_of
from judged_recordings import RECORDINGS

FILE = Path(__file__).parents[1] / "docs" / "low-plank.toml"
TEXT = FILE.read_text(encoding="utf-8")
CATALOGUE = load_catalogue(FILE)
LOW_PLANK = "own-low-plank"
SAGS = RECORDINGS / "w12-back-bridge.landmarks.npz"  # a plank whose hips drop for three seconds


@cache
def trained() -> SetRecord:
    """Return a set of it; not to be changed."""
    session = Session([Block(CATALOGUE.get(LOW_PLANK))], spoken(load_cues(), CATALOGUE))
    t_s = 0.0
    for t_s, pose in load_trace(SAGS):
        session.step(t_s, pose)
    session.finish(t_s)
    return session.records[0]


def keep(journal: Journal, person: Profile, *, described: bool = True) -> str:
    """Keep a session of it, as the program does, or as one did that described nothing."""
    blocks = [Block(CATALOGUE.get(LOW_PLANK))]
    start = session_start(person.id, DAY, STARTED_AT, planned_sets(blocks))
    with Recorder(journal, start) as recorder:
        keeper = Keeper(recorder, DAY)
        if described:
            keeper.describe(blocks, CATALOGUE)
        keeper.end([copy_of(trained())])
    return recorder.session_id
