"""A recording judged as fast as it goes: the live loop without camera, window and sound."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from coreline.body.lasting import share_of_time
from coreline.body.measures import Side
from coreline.body.pose import Pose, turned_over
from coreline.camera.video import VideoFile
from coreline.coaching.cues import CueBook
from coreline.errors import BadSourceError
from coreline.files.recordings import load_trace
from coreline.judging.ready import Place
from coreline.judging.recognise import Recogniser, Recognition
from coreline.printable import printable
from coreline.programme.spec import Exercise
from coreline.report.model import Analysis, Source, analyse
from coreline.session.blocks import Block, blocks_of
from coreline.session.session import Session
from coreline.training.looks import Watch
from coreline.vision.estimator import PoseEstimator
from coreline.vision.one_thread import on_one_thread

Timed = tuple[float, Pose | None]
Progress = Callable[[int, int | None], None]


def _no_progress(_done: int, _of: int | None) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Who was seen when.

    `shortfall` says that a file ended before it should have; `persons` how many people were seen at
    once, None where nobody counted; `watch` is what said which pictures to look at, and so has
    judged them already.
    """

    source: Source
    frames: list[Timed]
    shortfall: str | None
    persons: int | None = None
    watch: Watch | None = None


def read(
    clip: Path,
    *,
    model: str = "full",
    progress: Progress = _no_progress,
    watch: Watch | None = None,
) -> Recording:
    """Find the poses in a video, or take them from a landmark trace (.npz).

    Args:
        clip: The recording.
        model: The pose model, for a video.
        progress: Called after each frame with frames done and frames expected.
        watch: Says which pictures of a video to look at; None for every one.

    Raises:
        BadSourceError: The recording cannot be read, or nobody is in it.
        BadModelError: The pose model is missing or altered.
    """
    if clip.suffix.lower() == ".npz":
        return _read_trace(clip)
    return _read_video(clip, model, progress, watch)


def judge(
    recording: Recording,
    exercise: Exercise,
    book: CueBook,
    side: Side | None = None,
    place: Place | None = None,
) -> Analysis:
    """Judge a recording of one exercise.

    Args:
        recording: Who was seen when.
        exercise: What it is held against.
        book: The cues, for their priorities.
        side: The leg that works; None for the one that does.
        place: Floor or ball; None for what is seen.
    """
    analysis = _judged(recording, exercise, book, side, place)
    if place is None and _is_on_ball(exercise, analysis):
        # A recording may begin in the position, where nothing tells of the ball below.
        analysis = _judged(recording, exercise, book, side, Place.BALL)
    if analysis.record.view is None or _says_something(analysis) or exercise.view == "chest":
        return analysis
    # A pose model fits somebody who hangs from the ceiling as readily as somebody who lies. Where
    # the picture as it is shows nothing and turned it does, it stands on its head. On one's side a
    # body is much the same both ways, so there this tells nothing.
    turned = _judged(_turned(recording), exercise, book, side, place)
    view = replace(analysis.record.view, upside_down=_says_something(turned))
    return replace(analysis, record=replace(analysis.record, view=view))


def _judged(
    recording: Recording, exercise: Exercise, book: CueBook, side: Side | None, place: Place | None
) -> Analysis:
    watch = recording.watch
    session = watch.take(exercise, book, side, place) if watch is not None else None
    if session is None:
        block = Block(exercise) if side is None else blocks_of(exercise, side)[0]
        session = Session([block], book, open_ended=True, place=place)
        for t_s, pose in recording.frames:
            session.step(t_s, pose)
    session.finish(recording.frames[-1][0] if recording.frames else 0.0)
    return analyse(session.records[0], recording.source, recording.persons)


def _is_on_ball(exercise: Exercise, analysis: Analysis) -> bool:
    """Say whether a ball was seen where not every posture tells of one: it was there all along."""
    ball = exercise.judging.ball if exercise.judging is not None else None
    return ball is not None and ball.stays and analysis.record.place is Place.BALL


def _says_something(analysis: Analysis) -> bool:
    """Say whether the position was taken for once."""
    return analysis.record.near_side is not None


def _turned(recording: Recording) -> Recording:
    """Return the recording as if the camera had stood on its head."""
    frames = [(t_s, pose and turned_over(pose)) for t_s, pose in recording.frames]
    return replace(recording, frames=frames, watch=None)


def recognise(recording: Recording, exercises: Iterable[Exercise]) -> Recognition:
    """Say which exercise a recording shows, or that it cannot be told."""
    recogniser = Recogniser(exercises)
    for t_s, pose in recording.frames:
        recogniser.step(t_s, pose)
    return recogniser.verdict()


def _read_trace(clip: Path) -> Recording:
    trace = load_trace(clip)
    frames = list(trace)
    source = Source(
        file=printable(clip.name),
        width=trace.width,
        height=trace.height,
        fps=trace.fps,
        duration_s=trace.duration_s,
        frames_expected=trace.frames,
        frames_read=len(frames),
        found_share=_found_share(clip, frames),
    )
    return Recording(source, frames, None)


def _read_video(clip: Path, model: str, progress: Progress, watch: Watch | None) -> Recording:
    with on_one_thread(), VideoFile(clip) as video, PoseEstimator(model) as estimator:
        info, read_s = video.info, list[float]()
        frames = list(_estimated(video, estimator, progress, watch, read_s))
        shortfall, persons = video.shortfall, estimator.persons_seen
    last_s = read_s[-1] - read_s[0] + 1.0 / info.fps
    source = Source(
        file=printable(clip.name),
        width=info.width,
        height=info.height,
        fps=info.fps,
        duration_s=info.duration_s if info.duration_s is not None else last_s,
        frames_expected=info.frames_expected,
        frames_read=len(read_s),
        found_share=_found_share(clip, frames),
    )
    return Recording(source, frames, shortfall, persons, watch)


def _estimated(
    video: VideoFile,
    estimator: PoseEstimator,
    progress: Progress,
    watch: Watch | None,
    read_s: list[float],
) -> Iterator[Timed]:
    """Yield time and pose of every frame that is looked at; `read_s` takes the times of all."""
    for frame in video.frames():
        if frame is None:
            continue
        read_s.append(frame.t_s)
        if watch is None or watch.wants(frame.t_s):
            pose = estimator.estimate(frame.t_s, frame.image_bgr)
            if watch is not None:
                watch.saw(frame.t_s, pose)
            yield frame.t_s, pose
        progress(frame.index + 1, video.info.frames_expected)


def _found_share(clip: Path, frames: list[Timed]) -> float:
    """Return the share of the time with somebody in it; nobody at all is an error."""
    found = [pose is not None for _, pose in frames]
    if not any(found):
        raise BadSourceError(
            f"{clip}: nobody found in {len(frames)} frames; "
            "film the whole body from the side, lit from the front",
            nl=f"{clip}: in {len(frames)} beelden is niemand gevonden; film het hele lichaam van "
            "opzij, met licht van voren",
        )
    return share_of_time([t_s for t_s, _ in frames], found)
