"""A landmark trace as a camera and as its pose model; and a voice on the clip's own clock."""

import time
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import soundfile
from numpy.typing import NDArray

from coreline.body.pose import Pose
from coreline.camera.source import Frame, Image, SourceInfo
from coreline.closing import Closing
from coreline.coaching.cues import CueBook
from coreline.files.recordings import Trace
from coreline.files.resources import MissingResourceError, resource_file
from coreline.programme.language import Language
from coreline.session.phrases import reading_s
from coreline.session.session import Step
from coreline.sound.queue import Priority, Utterance, VoiceQueue
from tools.live_measures import Sound

WAIT_S: Final = 0.08  # a longer wait is broken up, as Playback does
DARK, BRIGHT = 70, 200  # of 255: the room in place of the picture that a trace does not hold


class TraceCamera(Closing):
    """Gives a picture for each frame of a trace at its time, and is asked for the pose in it.

    It is a source and an estimator, so that nothing of the loop but the pose model is replaced.
    """

    def __init__(self, name: str, trace: Trace) -> None:
        """Take a trace."""
        self._name, self._trace = name, trace
        self._poses: list[tuple[float, Pose | None]] = list(trace)
        grey = np.linspace(DARK, BRIGHT, trace.width).astype(np.uint8)
        shape = (trace.height, trace.width, 3)
        self._room: Image = np.ascontiguousarray(np.broadcast_to(grey[None, :, None], shape))

    @property
    def info(self) -> SourceInfo:
        """Return what is known of it."""
        return SourceInfo(self._name, self._trace.width, self._trace.height, self._trace.fps)

    def frames(self) -> Iterator[Frame | None]:
        """Yield a picture at each time; whoever is slow misses some."""
        start_s = time.monotonic() - self._poses[0][0]
        for number, (t_s, _) in enumerate(self._poses):
            while (wait_s := start_s + t_s - time.monotonic()) > 0.0:
                time.sleep(min(wait_s, WAIT_S))
                if wait_s > WAIT_S:
                    yield None
            if -wait_s < 1.0 / self._trace.fps:
                yield Frame(t_s, self._room, number)

    def estimate(self, t_s: float, _image_bgr: NDArray[np.uint8], /) -> Pose | None:
        """Return the pose of a moment."""
        at = bisect_left(self._poses, t_s, key=lambda each: each[0])
        return self._poses[min(at, len(self._poses) - 1)][1]

    def close(self) -> None:
        """Let go of nothing."""


def clip_lengths_s(language: Language, book: CueBook) -> dict[str, float]:
    """Return how long each cue's clip is in a language, seconds."""
    return {cue_id: _clip_length_s(language, cue_id, book) for cue_id in book.ids}


def _clip_length_s(language: Language, cue_id: str, book: CueBook) -> float:
    """Return how long a clip is; of one that is not made yet, how long it takes to read."""
    try:
        path = resource_file("sounds", f"{language}/{cue_id}.ogg")
    except MissingResourceError:
        return reading_s(cue_id, book)
    return float(soundfile.info(path).duration)


@dataclass(slots=True)
class QuickVoice:
    """Says cues by the rules of the real voice, on a clock that is handed in."""

    lengths_s: Mapping[str, float]
    book: CueBook
    sounds: list[Sound] = field(default_factory=list, init=False)
    _queue: VoiceQueue = field(default_factory=VoiceQueue, init=False)

    def speaking(self, t_s: float) -> bool:
        """Say whether a cue sounds at a moment, or waits to."""
        while self._queue.speaking is not None and self._until_s() <= t_s:
            free_s = self._until_s()
            self._start(self._queue.clip_ended(free_s), free_s)
        return self._queue.speaking is not None

    def follow(self, t_s: float, step: Step) -> None:
        """Do what a step asks for."""
        self.speaking(t_s)
        if step.cut_off:
            self._queue.clear()
            self._cut_off(t_s)
        self.sounds += [Sound(t_s, t_s, name, is_voice=False) for name in step.beeps]
        for cue_id in step.cues:
            line = Utterance((cue_id,), Priority(self.book.get(cue_id).priority), t_s)
            self._start(self._queue.ask(line, t_s), t_s)

    def _until_s(self) -> float:
        return next(each.until_s for each in reversed(self.sounds) if each.is_voice)

    def _cut_off(self, t_s: float) -> None:
        """End what still sounds."""
        for at, each in enumerate(self.sounds):
            if each.until_s > t_s:
                self.sounds[at] = replace(each, until_s=t_s)

    def _start(self, cue_id: str | None, t_s: float) -> None:
        if cue_id is not None:
            self._cut_off(t_s)
            self.sounds.append(Sound(t_s, t_s + self.lengths_s[cue_id], cue_id, is_voice=True))
