"""A camera, a model and a window for tests of the live loop: they go on when something happens.

No time passes of itself: a camera has a clock of its own, and where it is given the ticks of a
window it gives nothing before the window has ticked again.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from typing import Final, Self

import numpy as np
import pygame
from numpy.typing import NDArray

from coreline.body.pose import LANDMARKS, Pose
from coreline.camera.source import Frame, SourceInfo, Trouble
from coreline.screen.answers import Answer, Wish
from coreline.screen.scene import Scene
from coreline.screen.texts import Texts
from coreline.screen.window import FRAMES_PER_SECOND, Window, WindowClock

IMAGE = np.zeros((48, 64, 3), np.uint8)
STEP_S: Final = 0.02
LIMIT_S: Final = 60.0  # ends what would wait for ever; nothing here takes long
ANSWER_S: Final = 0.08  # a camera that has nothing new says so after this time
Script = Iterable[float | Exception]  # seconds without a frame before the next one, or an end


class Ticks:
    """Counts what happens on one thread, and lets another wait for it to happen again."""

    def __init__(self) -> None:
        self._change, self.count = threading.Condition(), 0

    def happen(self) -> None:
        with self._change:
            self.count += 1
            self._change.notify_all()

    def wait_for_more(self, more: int = 1, patience_s: float = LIMIT_S) -> bool:
        with self._change:
            wanted = self.count + more
            return self._change.wait_for(lambda: self.count >= wanted, patience_s)


class Source:
    """A camera that follows a script: after so many seconds a frame, or an error.

    The seconds are those of a clock of its own, so that nothing depends on how fast the machine is.
    Where ticks of a window are given, nothing comes before the window has ticked once more.
    """

    def __init__(self, script: Script, ticks: Ticks | None = None) -> None:
        self.script, self.closed, self.given = script, False, 0
        self._ticks, self._now_s = ticks, 100.0

    @property
    def info(self) -> SourceInfo:
        return SourceInfo("script", 64, 48, 1 / STEP_S)

    def clock_s(self) -> float:
        return self._now_s

    def frames(self) -> Iterator[Frame | Trouble | None]:
        for wait in self.script:
            if isinstance(wait, Exception):
                raise wait
            yield from self._nothing(wait)
            yield self._frame()
            self.given += 1

    def _frame(self) -> Frame | Trouble:
        return Frame(self._now_s, IMAGE, self.given)

    def _nothing(self, wait_s: float) -> Iterator[None]:
        """Let time pass, saying that nothing is new as a camera does."""
        until_s = self._now_s + wait_s
        while self._now_s + ANSWER_S < until_s:
            yield from self._until_a_tick()
            self._now_s += ANSWER_S
            yield None
        yield from self._until_a_tick()
        self._now_s = until_s

    def _until_a_tick(self) -> Iterator[None]:
        """Wait for the window; say that nothing is new, since the loop may have ended."""
        until_s = time.monotonic() + LIMIT_S
        while self._ticks and not self._ticks.wait_for_more(patience_s=ANSWER_S):
            assert time.monotonic() < until_s, "the window stands still"
            yield None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True


class Estimator:
    """Finds the same pose in every picture, once the window has ticked so often meanwhile."""

    def __init__(self, takes: int = 0, ticks: Ticks | None = None) -> None:
        self._takes, self._ticks = takes, ticks
        self.threads: set[str] = set()

    def estimate(self, t_s: float, image_bgr: NDArray[np.uint8], /) -> Pose:
        self.threads.add(threading.current_thread().name)
        if self._ticks:
            assert self._ticks.wait_for_more(self._takes), "the window waits for the model"
        ones = np.ones(LANDMARKS)
        size_px = (image_bgr.shape[1], image_bgr.shape[0])
        return Pose(t_s, np.ones((LANDMARKS, 2)), ones, ones, np.ones((LANDMARKS, 3)), size_px)


class StepClock(WindowClock):
    """A window's clock that goes on by a sixtieth of a second with each tick, at once."""

    def __init__(self) -> None:
        self.ticks = 0

    def now_s(self) -> float:
        return self.ticks / FRAMES_PER_SECOND

    def tick(self) -> None:
        self.ticks += 1


class Tended(Window):
    """A window that is told on which tick to press what, and counts its ticks."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, clock=StepClock())
        self.keys: dict[int, int] = {}
        self.ticks = Ticks()
        self.scenes: list[Scene] = []

    def tick(self) -> tuple[Wish | Answer, ...]:
        key = self.keys.get(self.ticks.count)
        if key is not None:
            press(key)
        self.ticks.happen()
        return super().tick()

    def show(self, scene: Scene) -> None:
        self.scenes.append(scene)
        super().show(scene)


def press(key: int) -> None:
    """Press a key; the window hears of it when it ticks."""
    letter = chr(key) if key < 128 and chr(key).isalnum() else ""
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, unicode=letter, mod=0))
