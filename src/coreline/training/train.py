"""One session in front of the camera: what it brings together, and what it leaves behind."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coreline.body.lasting import share_of_time
from coreline.camera.from_start import FromStart
from coreline.camera.named import is_recording
from coreline.camera.opening import open_source
from coreline.camera.recorder import VideoRecorder
from coreline.camera.source import FrameSource, SourceInfo
from coreline.data_files import load_placement, load_programme
from coreline.files.folders import make_private, reports_folder, videos_folder
from coreline.programme.catalogue import Catalogue
from coreline.report.model import Analysis, Source, analyse
from coreline.screen.answers import Answer, Wish
from coreline.screen.scene import Scene
from coreline.screen.texts import Texts
from coreline.screen.window import NoDisplay, Window
from coreline.session.inputs import Guidance
from coreline.session.record import SetRecord
from coreline.session.session import Session, Step
from coreline.session.view import Result
from coreline.training.choices import SessionChoices
from coreline.training.kept_lines import KeptLines
from coreline.training.live import Outlets, PainPage, run_live
from coreline.training.rig import Rig, Say
from coreline.training.telling import Ledger
from coreline.vision.company import Company

MOVED = "setup.camera_moved"
OnStep = Callable[[Session, Step], None]


@dataclass(frozen=True, slots=True)
class SessionOutcome:
    """What a session leaves behind: a record a set, and where the pictures came from.

    What a ledger has taken is not in the records of sets that were over (`SetRecord.let_go`).
    """

    records: list[SetRecord]
    results: tuple[Result, ...]
    info: SourceInfo
    video: Path | None = None

    def analyses(self) -> list[Analysis]:
        """Return the numbers of every set that was begun."""
        return [analyse(each, source_of(self.info, each)) for each in self.records if begun(each)]


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who else hears of the session.

    Attributes:
        on_step: Takes every step as soon as it was judged.
        pain_page: Asks how much it hurts.
        ledger: Keeps every step before it is told; None where nothing is kept, which is said once.
        session_id: What it is kept as, by which its video is found again; empty where it is not.
    """

    on_step: OnStep | None = None
    pain_page: PainPage | None = None
    ledger: Ledger | None = None
    session_id: str = ""


def train(
    wanted: SessionChoices,
    rig: Rig,
    catalogue: Catalogue,
    listeners: Listeners | None = None,
    source: FrameSource | None = None,
) -> SessionOutcome:
    """Run a session to its end and return what was done.

    Args:
        wanted: what the person chose.
        rig: window and sound.
        catalogue: every exercise, for those done by mistake.
        listeners: who else hears of the session.
        source: where pictures come from, opened already; None: what was chosen.

    Raises:
        BadSourceError: The camera or file cannot be opened, or fails on the way.
        BadModelError: The pose model is missing or altered.
    """
    asked: list[Wish | Answer] = []
    source = source or FromStart(_opened(wanted.source, rig.window, asked))
    hears = listeners or Listeners()
    lines = _lines_of(wanted, source.info.name, rig)
    guidance = _guidance(wanted, lines) if wanted.guided else None
    book, company = rig.texts.cues, Company(wanted.settings.model)
    session = Session(wanted.blocks, book, others=list(catalogue), guidance=guidance)
    if hears.ledger is None:
        why = "recording" if is_recording(wanted.source) else "nobody"
        rig.say(rig.texts.sentence(f"not_kept_{why}"))
    with video_of(wanted, source.info, rig.texts, rig.say, hears.session_id) as film:
        outlets = Outlets(
            rig.window,
            rig.player,
            rig.texts,
            rig.say,
            on_step=hears.on_step,
            ledger=hears.ledger,
            film=film,
            mirror=wanted.settings.mirror,
            linger_s=wanted.linger_s,
            pain_page=hears.pain_page,
            company=company,
        )
        run_live(source, lambda: company, session, outlets, asked=asked)
    lines.keep(session.lines_found())
    return SessionOutcome(
        session.records, session.results(), source.info, film.path if film else None
    )


def report_path() -> Path:
    """Return where a report goes when no place is asked for.

    Raises:
        BadOutputError: The folder cannot be made.
    """
    name = f"{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.html"
    return make_private(reports_folder()) / name


def begun(record: SetRecord) -> bool:
    """Say whether a set was begun."""
    return record.near_side is not None and bool(record.readings)


def source_of(info: SourceInfo, record: SetRecord) -> Source:
    """Return where a set's frames came from."""
    readings = record.readings
    found = [each.found for each in readings]
    return Source(
        file=info.name,
        width=info.width,
        height=info.height,
        fps=info.fps,
        duration_s=readings[-1].t_s - readings[0].t_s,
        frames_expected=None,
        frames_read=len(readings),
        found_share=share_of_time([each.t_s for each in readings], found),
    )


def _opened(where: str, window: Window | NoDisplay, asked: list[Wish | Answer]) -> FrameSource:
    """Open the source while the window stays alive: a camera may take seconds.

    What the person asks for meanwhile is added to `asked`; who closes the window waits no longer
    than the camera takes.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="opening") as pool:
        opening = pool.submit(open_source, where)
        if isinstance(window, Window):
            window.show(Scene())
        while isinstance(window, Window) and not opening.done():
            asked += window.tick()
        return opening.result()


def _lines_of(wanted: SessionChoices, camera: str, rig: Rig) -> KeptLines:
    """Return what is kept of the person's own lines; a recording has no place."""

    def say_moved() -> None:
        rig.player.speak(MOVED, priority=2)
        rig.say(rig.texts.cue(MOVED).text)

    lines = KeptLines(camera, wanted.place, load_placement(), wanted.height_m, say_moved)
    if wanted.guided and not is_recording(wanted.source):
        lines.load(rig.say)
    return lines


def _guidance(wanted: SessionChoices, lines: KeptLines) -> Guidance:
    """Return what is done around the sets for somebody at the mat."""
    settings = wanted.settings
    guides = settings.guide != "never"
    return Guidance(
        checker=lines.checker if guides else None,
        explain=guides,
        known=frozenset() if settings.guide == "always" else wanted.known,
        hand_pauses=settings.hand_pauses,
        longer_rest_s=settings.rest_extension_s,
        neutrals=lines.neutrals,
        on_ball=wanted.on_ball,
        pace=load_programme().pace,
    )


def video_of(
    wanted: SessionChoices, info: SourceInfo, texts: Texts, say: Say, session_id: str = ""
) -> AbstractContextManager[VideoRecorder | None]:
    """Return the recorder of the session's video, where that is wanted and there is a camera."""
    if not wanted.settings.keep_video or is_recording(wanted.source):
        return nullcontext()
    folder = make_private(wanted.videos or videos_folder())
    path = folder / f"{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.mkv"
    say(texts.sentence("video_kept", place=str(path)))
    size_px = (info.width, info.height)
    return VideoRecorder(path, size_px, info.fps, say, texts.language, session_id)
