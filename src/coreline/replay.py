"""A recording judged as fast as it goes: the live loop without camera, window and sound."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from coreline.body.measures import Side
from coreline.body.pose import Pose
from coreline.camera.video import VideoFile
from coreline.coaching.cues import CueBook
from coreline.errors import BadSourceError
from coreline.programme.spec import Exercise
from coreline.recordings import Trace, load_trace
from coreline.report.model import Analysis, Source, analyse
from coreline.session import Block, Session, blocks_of
from coreline.vision.estimator import PoseEstimator

Timed = tuple[float, Pose | None]
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of a recording. `shortfall` says that a file ended before it should have."""

    analysis: Analysis
    poses: list[Timed]
    shortfall: str | None


def replay(
    clip: Path,
    exercise: Exercise,
    book: CueBook,
    *,
    side: Side | None = None,
    model: str = "full",
    progress: Progress = lambda _done, _of: None,
) -> Replay:
    """Judge a video, or a landmark trace (.npz).

    Args:
        clip: The recording.
        exercise: What is done in it; it must be judged.
        book: The cues, for their priorities.
        side: The working side, or None for the one near the camera.
        model: The pose model, for a video.
        progress: Called after each frame with frames done and frames expected.

    Raises:
        BadSourceError: The recording cannot be read, or nobody is in it.
        BadModelError: The pose model is missing or altered.
    """
    if clip.suffix.lower() == ".npz":
        return _replay_trace(clip, load_trace(clip), _session(exercise, book, side), progress)
    return _replay_video(clip, _session(exercise, book, side), model, progress)


def _session(exercise: Exercise, book: CueBook, side: Side | None) -> Session:
    block = Block(exercise) if side is None else blocks_of(exercise, side)[0]
    return Session([block], book, open_ended=True)


def _replay_trace(clip: Path, trace: Trace, session: Session, progress: Progress) -> Replay:
    frames = list(_stepped(iter(trace), session, progress, trace.frames))
    source = Source(
        file=clip.name,
        width=trace.width,
        height=trace.height,
        fps=trace.fps,
        duration_s=trace.duration_s,
        frames_expected=trace.frames,
        frames_read=len(frames),
        found_share=_found_share(clip, frames),
    )
    return Replay(analyse(session.records[0], source), frames, None)


def _replay_video(clip: Path, session: Session, model: str, progress: Progress) -> Replay:
    with VideoFile(clip) as video, PoseEstimator(model) as estimator:
        info = video.info
        seen = _estimated(video, estimator)
        frames = list(_stepped(seen, session, progress, info.frames_expected))
        shortfall = video.shortfall
    last_s = frames[-1][0] - frames[0][0] + 1.0 / info.fps
    source = Source(
        file=clip.name,
        width=info.width,
        height=info.height,
        fps=info.fps,
        duration_s=info.duration_s if info.duration_s is not None else last_s,
        frames_expected=info.frames_expected,
        frames_read=len(frames),
        found_share=_found_share(clip, frames),
    )
    return Replay(analyse(session.records[0], source), frames, shortfall)


def _estimated(video: VideoFile, estimator: PoseEstimator) -> Iterator[Timed]:
    for frame in video.frames():
        if frame is not None:
            yield frame.t_s, estimator.estimate(frame.t_s, frame.image_bgr)


def _stepped(
    frames: Iterator[Timed], session: Session, progress: Progress, expected: int | None
) -> Iterator[Timed]:
    """Yield the frames as the session takes them in, and end it with the last."""
    t_s = 0.0
    for done, (t_s, pose) in enumerate(frames, start=1):
        session.step(t_s, pose)
        progress(done, expected)
        yield t_s, pose
    session.finish(t_s)


def _found_share(clip: Path, frames: list[Timed]) -> float:
    """Return the share of frames with somebody in them; nobody at all is an error."""
    found = sum(pose is not None for _, pose in frames)
    if not found:
        raise BadSourceError(
            f"{clip}: nobody found in {len(frames)} frames; "
            "film the whole body from the side, lit from the front"
        )
    return found / len(frames)
