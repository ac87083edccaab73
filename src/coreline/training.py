"""Everything that `coreline train` brings together: source, window, sound, session, report."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from platformdirs import user_data_path

from coreline.camera.playback import Playback, sample_path
from coreline.camera.source import FrameSource, SourceInfo
from coreline.camera.webcam import Webcam
from coreline.coaching.cues import CueBook
from coreline.data_files import load_words
from coreline.errors import BadOutputError
from coreline.live import Outlets, run_live
from coreline.programme.catalogue import Catalogue
from coreline.programme.spec import Exercise, Language
from coreline.report.model import Analysis, Source, analyse
from coreline.screen.texts import Texts
from coreline.screen.window import Window, open_window
from coreline.session import Block, Session, SetRecord
from coreline.sound.player import Player
from coreline.vision.estimator import PoseEstimator

SAMPLE = "sample"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person chose for the session."""

    source: str
    model: str
    language: Language
    full_screen: bool
    muted: bool


def open_source(where: str) -> FrameSource:
    """Return the camera of that number, the stream at that address, the sample, or the file.

    Raises:
        BadSourceError: It cannot be opened.
    """
    if where == SAMPLE:
        return Playback(sample_path())
    if where.isdecimal():
        return Webcam(int(where))
    if "://" in where:
        return Webcam(where)
    return Playback(Path(where))


def train(
    wanted: Wanted, blocks: Sequence[Block], catalogue: Catalogue, book: CueBook, say: Say
) -> list[Analysis]:
    """Run a session to its end and return what was done, a set each.

    Raises:
        BadSourceError: The camera or file cannot be opened, or fails on the way.
        BadModelError: The pose model is missing or altered.
    """
    session = Session(blocks, book, others=list(catalogue))
    texts = Texts(wanted.language, catalogue.get, book, load_words())
    with ExitStack() as stack:
        source = open_source(wanted.source)
        window = open_window(texts, full_screen=wanted.full_screen)
        if isinstance(window, Window):
            stack.enter_context(window)
        player = stack.enter_context(Player(say, muted=wanted.muted))
        outlets = Outlets(window, player, texts, say)
        run_live(source, lambda: PoseEstimator(wanted.model), session, outlets)
        info = source.info
    return [analyse(record, _source(info, record)) for record in session.records if _done(record)]


def first_level(catalogue: Catalogue) -> list[Exercise]:
    """Return the judged exercises of the level that the programme begins with."""
    level = next(iter(catalogue)).level
    return [exercise for exercise in catalogue.of_level(level) if exercise.judged]


def default_report_path() -> Path:
    """Return where the report goes when no place is asked for: the platform's data folder.

    Raises:
        BadOutputError: The folder cannot be made.
    """
    folder = user_data_path("coreline", appauthor=False) / "reports"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadOutputError(
            f"{folder}: cannot be made ({error.strerror}); give --report FILE"
        ) from error
    return folder / f"{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.html"


def _done(record: SetRecord) -> bool:
    """Say whether the set was begun."""
    return record.near_side is not None


def _source(info: SourceInfo, record: SetRecord) -> Source:
    readings = record.readings
    found = sum(reading.found for reading in readings)
    return Source(
        file=info.name,
        width=info.width,
        height=info.height,
        fps=info.fps,
        duration_s=readings[-1].t_s - readings[0].t_s,
        frames_expected=None,
        frames_read=len(readings),
        found_share=found / len(readings),
    )
