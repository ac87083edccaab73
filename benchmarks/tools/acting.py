"""A person at the mat, played from clips: lies still, begins when counted in, rests, turns around.

`Actor` is a camera. It shows the first, still picture of a clip until the trainer has counted in,
then the clip as time goes by. `Director` watches the session too, and presses keys or breaks the
camera when a moment has come.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol, Self

import cv2
import numpy as np
import pygame

from coreline.camera.source import Frame, Image, SourceInfo, Trouble
from coreline.camera.video import VideoFile
from coreline.placement.checks import CameraTrouble
from coreline.session.session import Session, Step
from coreline.session.view import Stage, View

Part = tuple[str, str | None]  # an exercise's id and its side

FPS: Final = 30.0
NOISE: Final = 2.0  # of 255: what a still camera's picture flickers
NOISES: Final = 7
AWAY_S: Final = 1.0  # between two clips nobody is there: no clip shows how one turns around
GREY: Final = 150
LYING: Final = (Stage.SETUP, Stage.EXPLAIN, Stage.PAUSED, Stage.REST, Stage.DONE)
PERIOD_S: Final = 0.05  # at least so often something is yielded while the camera is broken


class Footage(Protocol):
    """What a part is played from."""

    def at(self, moment_s: float, /) -> Image | None:
        """Return the picture of a moment, None after the end."""
        ...


class Clock:
    """The time of the machine; another one may be handed in its place."""

    def now_s(self) -> float:
        """Return the time, seconds."""
        return time.monotonic()

    def sleep(self, length_s: float, /) -> None:
        """Let so many seconds pass."""
        time.sleep(length_s)


class Clip:
    """A video file as footage; from `begin_s`, and turned around where `mirrored`."""

    def __init__(self, path: Path, *, mirrored: bool = False) -> None:
        """Open the file.

        Raises:
            BadSourceError: It is no video.
        """
        self._path, self._mirrored = path, mirrored
        self._still = next(iter(VideoFile(path).frames()))
        self._shown: Frame | None = None
        self._next: Frame | None = None
        self._rewind()

    def at(self, moment_s: float, /) -> Image | None:
        """Return the picture of a moment, None after the end; going back is slow."""
        if moment_s <= 0.0:
            return self._turned(self._still)
        if self._shown is not None and moment_s < self._shown.t_s:
            self._rewind()
        while self._next is not None and self._next.t_s <= moment_s:
            self._shown, self._next = self._next, next(self._frames, None)
        return self._turned(self._shown) if self._next else None

    def _rewind(self) -> None:
        self._frames = VideoFile(self._path).frames()
        self._shown, self._next = None, next(self._frames, None)

    def _turned(self, frame: Frame | None) -> Image | None:
        if frame is None:
            return None
        return np.ascontiguousarray(frame.image_bgr[:, ::-1]) if self._mirrored else frame.image_bgr


class Actor:
    """A camera before which somebody does what the trainer asks for. Use it as any source."""

    def __init__(
        self,
        parts: Mapping[Part, Footage],
        size_px: tuple[int, int] = (640, 480),
        *,
        fps: float = FPS,
        begin_s: float = 0.0,
        longest_s: float = 600.0,
        clock: Clock | None = None,
    ) -> None:
        """Take what every part is played from.

        Args:
            parts: footage of each exercise on each side.
            size_px: of the pictures.
            fps: how many pictures a second there are at most.
            begin_s: where in the clips the movement begins, from lying still.
            longest_s: after so long the camera ends, whatever there is.
            clock: the time it goes by; the machine's when None.
        """
        self._parts, self._size_px, self._fps = dict(parts), size_px, fps
        self._begin_s, self._longest_s = begin_s, longest_s
        self._clock = clock or Clock()
        self._part = next(iter(self._parts))
        self._since_s: float | None = None
        self._broken_until_s = self._away_until_s = 0.0
        self._noises = _noises(size_px)
        self.index = 0

    @property
    def info(self) -> SourceInfo:
        """Return what is known of it."""
        return SourceInfo("actor", *self._size_px, self._fps)

    def follow(self, session: Session, step: Step) -> None:
        """Do what the trainer says."""
        part, coming = (session.block.exercise.id, step.view.side), step.view.course.coming
        if step.view.stage is Stage.REST and coming is not None:
            part = (coming.exercise_id, coming.side)
        if part != self._part:
            self._away_until_s = self._clock.now_s() + AWAY_S
        if part != self._part or step.view.stage in LYING:
            self._part, self._since_s = part, None
        begins = "flow.go" in step.cues or step.view.stage is Stage.EXERCISE
        if begins and self._since_s is None:
            self._since_s = self._clock.now_s()

    def break_for(self, length_s: float) -> None:
        """Give no usable picture for so long."""
        self._broken_until_s = self._clock.now_s() + length_s

    def frames(self) -> Iterator[Frame | Trouble | None]:
        """Yield pictures of what is done now; whoever is slow misses some."""
        end_s = self._clock.now_s() + self._longest_s
        due_s = self._clock.now_s()
        while (now_s := self._clock.now_s()) < end_s:
            if now_s < due_s:
                self._clock.sleep(min(due_s - now_s, PERIOD_S))
                continue
            due_s = max(due_s + 1.0 / self._fps, now_s)
            if now_s < self._broken_until_s:
                yield Trouble(now_s, CameraTrouble.FROZEN)
            else:
                yield Frame(now_s, self._picture(now_s), self.index)
                self.index += 1

    def _picture(self, now_s: float) -> Image:
        """Return what is seen now; a clip that is over begins again."""
        footage, since_s = self._parts[self._part], self._since_s
        image = None if since_s is None else footage.at(self._begin_s + now_s - since_s)
        if image is None and since_s is not None and now_s > since_s:
            self._since_s = now_s
        still = footage.at(0.0) if image is None else image
        noise = self._noises[self.index % NOISES]
        if still is None or now_s < self._away_until_s:
            return noise + GREY
        return np.asarray(cv2.add(still, noise, dtype=cv2.CV_8U), np.uint8)

    def __enter__(self) -> Self:
        """Return the camera itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of nothing."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What to do when its moment has come: press a key, or break the camera for a while."""

    name: str
    when: Callable[[View, float], bool]  # the view, and how long its stage has lasted
    key: str = ""
    broken_s: float = 0.0


@dataclass(slots=True)
class Director:
    """Goes through the prompts in their order, each once."""

    actor: Actor
    prompts: Sequence[Prompt]
    done: list[tuple[float, str]] = field(default_factory=list, init=False)
    _stage: Stage | None = field(default=None, init=False)
    _since_s: float = field(default=0.0, init=False)

    def follow(self, session: Session, step: Step) -> None:
        """Watch a step; hand it to the actor too."""
        self.actor.follow(session, step)
        view = step.view
        if view.stage is not self._stage:
            self._stage, self._since_s = view.stage, view.t_s
        left = self.prompts[len(self.done) :]
        if left and left[0].when(view, view.t_s - self._since_s):
            self._do(left[0])

    def _do(self, prompt: Prompt) -> None:
        self.done.append((time.monotonic(), prompt.name))
        if prompt.broken_s > 0.0:
            self.actor.break_for(prompt.broken_s)
        else:
            press(prompt.key)


def press(key: str) -> None:
    """Press a key, by its name or by what it writes."""
    code = pygame.key.key_code(key)
    written = key if len(key) == 1 else ""
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=code, unicode=written, mod=0))


def _noises(size_px: tuple[int, int]) -> list[Image]:
    width, height = size_px
    rng = np.random.default_rng(1)
    shape = (height, width, 3)
    return [np.abs(rng.normal(0.0, NOISE, shape)).astype(np.uint8) for _ in range(NOISES)]
