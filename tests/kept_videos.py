"""A session whose video was kept: a rendered recording judged as it is filmed, real pixels."""

import atexit
import shutil
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from coreline.camera import recorder
from coreline.camera.recorder import VideoRecorder
from coreline.camera.source import Image
from coreline.camera.video import VideoFile
from coreline.data_files import load_catalogue, load_cues
from coreline.files.recordings import load_trace
from coreline.judging.moments import Moment
from coreline.report.model import Analysis, Source, analyse
from coreline.session.blocks import Block
from coreline.session.session import Session

RECORDINGS = Path(__file__).parent / "recordings"
EXERCISE = "w12-back-bridge"
SESSION = "5e55"


@dataclass(frozen=True, slots=True)
class KeptSession:
    """What is left of a session, and the frames as they were before they were kept."""

    folder: Path
    video: Path
    analysis: Analysis
    frames: tuple[tuple[float, Image], ...]

    @property
    def moments(self) -> tuple[Moment, Moment]:
        """Return the best and the worst moment."""
        best, worst = self.analysis.record.best, self.analysis.record.worst
        assert best is not None
        assert worst is not None
        return best, worst

    def frame_at(self, t_s: float) -> Image:
        """Return the frame that was there at a time."""
        return min(self.frames, key=lambda each: abs(each[0] - t_s))[1]

    def copied_to(self, folder: Path) -> Path:
        """Return the video's place among files that a test may spoil."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return folder / self.video.name


@cache
def kept_session() -> KeptSession:
    """Judge the plank with its camera frames 100 s after the clock began, and film it."""
    folder = Path(mkdtemp(prefix="coreline-kept-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    session = Session([Block(load_catalogue().get(EXERCISE))], load_cues(), open_ended=True)
    trace = load_trace(RECORDINGS / f"{EXERCISE}.landmarks.npz")
    frames = []
    with VideoFile(RECORDINGS / f"{EXERCISE}.mp4") as file:
        size_px = (file.info.width, file.info.height)
        place = folder / "2026-11-30-151200.mkv"
        with (
            pytest.MonkeyPatch.context() as patch,
            VideoRecorder(place, size_px, 15.0, _refuse, "en", SESSION) as film,
        ):
            patch.setattr(recorder, "IDLE_S", 60.0)  # a busy machine is no camera that gives none
            for frame, (t_s, pose) in zip(file.frames(), trace, strict=False):
                assert frame is not None
                session.step(t_s, pose)
                while film._waiting.full():
                    time.sleep(0.001)
                film.write(t_s, frame.image_bgr)
                frames.append((t_s, frame.image_bgr))
            session.finish(t_s)
            record = session.records[0]
            for moment in (record.best, record.worst):
                assert moment is not None
                film.mark(moment)
    found = Source(film.path.name, *size_px, 15.0, t_s, None, len(frames), 1.0)
    return KeptSession(folder, film.path, analyse(record, found), tuple(frames))


def _refuse(why: str) -> None:
    raise AssertionError(why)
