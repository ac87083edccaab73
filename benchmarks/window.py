"""What drawing costs: milliseconds a page, and a frame of the whole window, p50 and p99.

PYTHONPATH=tests SDL_VIDEODRIVER=dummy python benchmarks/window.py [--rounds 200] [--beats]
    [--first [--trials 5]]
PYTHONPATH=tests python benchmarks/window.py --shown

The first table draws each page again as the window does when something on it has changed, with the
stick figure at another moment each time. The second is the window's own tick while poses are
worked out in a thread beside it, as they are in a session: how much later than a sixtieth of a
second a frame comes. `--beats` tells instead what holds a thread up: how late one wakes that sleeps
for 4 ms at a time, alone, beside a thread that finds poses, and beside a process that does; and how
much of a pose is Python, during which no other thread runs. `--first` tells what a page of a
session costs that is drawn for the first time: three seconds after the page before it came, nothing
of either being kept from before; and what the longest tick of those cost. `--shown` tells, on a
display, what it costs to show what was drawn: by OpenGL, and handed over as it is.
"""

import argparse
import multiprocessing
import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import count
from multiprocessing.process import BaseProcess
from threading import Event, Thread
from typing import Protocol

import numpy as np
import pygame
from pygame import Surface
from tools.first_drawings import SIZES as FIRST_SIZES
from tools.first_drawings import first_drawings

from coreline.screen.forms.making import form_for
from coreline.screen.menu import Page
from coreline.screen.pages import draw_page
from coreline.screen.scene import Scene
from coreline.screen.texts import Texts
from coreline.screen.window import Window, open_window
from coreline.session.view import RestTime, Stage
from coreline.vision.estimator import PoseEstimator
from screen import gallery

SIZES = ((1280, 720), (1920, 1080))
PAGES_PER_SECOND = 15  # how often a session brings a new moment
BEAT_MS = 4.0
SETTLES_S = 5.0  # until the model is loaded
POSES = 100


def timed_ms(draw: Callable[[int], object], rounds: int) -> list[float]:
    """Return how long each of so many drawings took."""
    spent = []
    for number in range(rounds):
        begun_s = time.perf_counter()
        draw(number)
        spent.append(1000 * (time.perf_counter() - begun_s))
    return spent


def pages(rounds: int) -> None:
    """Print what each page costs at each size."""
    texts = gallery.texts_in("nl")
    for size in SIZES:
        print(f"{size[0]} x {size[1]}: p50 and p99 in ms")
        surface = Surface(size)
        for name, scene in gallery.scenes():
            report(name, timed_ms(drawing_of(surface, scene, texts), rounds))
        for name, page in gallery.forms(texts):
            report(name, timed_ms(form_drawing(surface, page, texts), rounds))


def drawing_of(surface: Surface, scene: Scene, texts: Texts) -> Callable[[int], object]:
    """Return what draws a scene at one moment after another, its count going up."""
    view = scene.view
    if view is None:
        return lambda number: draw_page(surface, scene, texts, number / 30)

    def draw(number: int) -> None:
        moment = gallery.changed(
            view,
            count=number % 30,
            held_s=number % 30,
            rest=RestTime(number % 30, view.rest.whole_s),
        )
        draw_page(surface, replace(scene, view=moment), texts, number / 30)

    return draw


def form_drawing(surface: Surface, page: Page, texts: Texts) -> Callable[[int], object]:
    """Return what draws a page that is answered."""
    form = form_for(page, None, texts)
    return lambda _: form.draw(surface)


def report(name: str, spent_ms: list[float]) -> None:
    """Print a line of the table."""
    low, high = np.percentile(spent_ms, [50, 99])
    print(f"  {name:28} {low:6.1f} {high:6.1f}")


class Stop(Protocol):
    """What is needed of an event."""

    def set(self) -> None:
        """Have it happen."""
        ...

    def is_set(self) -> bool:
        """Say whether it has."""
        ...


class Working:
    """Finds poses in a thread until it is left, as a session does."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._stop: Stop = Event()
        self._thread: Thread | BaseProcess = Thread(target=self._work)
        self.frames = 0

    def __enter__(self) -> "Working":
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End, and wait for the thread."""
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        image = gallery.picture()
        with PoseEstimator("full") as estimator:
            while not self._stop.is_set():
                self.frames += 1
                estimator.estimate(self.frames / 30, image)


def ticks(rounds: int) -> None:
    """Print how long a tick of the window takes, with and without poses being worked out."""
    window = open_window(gallery.texts_in("nl"))
    if not isinstance(window, Window):
        print(window.reason)
        return
    with window:
        for stage in (Stage.EXERCISE, Stage.REST):
            tick(window, f"{stage.value}, alone", stage, rounds, nullcontext())
            tick(window, f"{stage.value}, while inferring", stage, rounds, Working())


def tick(
    window: Window,
    name: str,
    stage: Stage,
    rounds: int,
    beside: AbstractContextManager[object],
) -> None:
    """Print how long a tick takes on one page, the time that it sleeps left in."""
    view = replace(gallery.IN_SESSION, stage=stage, rest=RestTime(20.0, 30.0))
    image, pose = gallery.picture(), gallery.lying()
    every = 60 // PAGES_PER_SECOND

    def once(number: int) -> None:
        if number % every == 0:
            window.show(Scene(replace(view, t_s=number / 60), image, pose))
        window.tick()

    with beside:
        report(f"{name} ({window.size[0]} x {window.size[1]})", timed_ms(once, rounds))


class WorkingApart(Working):
    """The same in a process of its own."""

    def __init__(self) -> None:
        """Start nothing yet."""
        super().__init__()
        spawning = multiprocessing.get_context("spawn")
        self._stop = spawning.Event()
        self._thread = spawning.Process(target=_work_until, args=(self._stop,))


def _work_until(stop: Stop) -> None:
    image = gallery.picture()
    with PoseEstimator("full") as estimator:
        for number in count(1):
            if stop.is_set():
                return
            estimator.estimate(number / 30, image)


def beats(rounds: int) -> None:
    """Print how late a thread wakes, by what is done beside it."""
    ways: dict[str, AbstractContextManager[object]] = {
        "alone": nullcontext(),
        "beside a thread": Working(),
        "beside a process": WorkingApart(),
    }
    for name, beside in ways.items():
        with beside:
            time.sleep(SETTLES_S)
            report(f"late, {name}", [each - BEAT_MS for each in timed_ms(_beat, rounds)])
    image = gallery.picture()
    with PoseEstimator("full") as estimator:
        estimator.estimate(0.0, image)
        own_s, all_s = time.thread_time(), time.process_time()
        for number in range(1, POSES):
            estimator.estimate(number / 30, image)
        own_ms = 1000 * (time.thread_time() - own_s) / (POSES - 1)
        all_ms = 1000 * (time.process_time() - all_s) / (POSES - 1)
    print(f"  a pose: {own_ms:.1f} ms of its thread, {all_ms:.1f} ms in all")


def _beat(_number: int) -> None:
    time.sleep(BEAT_MS / 1000)


def firsts(trials: int) -> None:
    """Print what first drawings cost, and what went before them."""
    costs = first_drawings(trials)
    print("The first drawing of a page, ms of its thread: p50, p99 and most; before it at most")
    for (kind, language, size), each in sorted(costs.items()):
        low, high, most = np.percentile([cost.first for cost in each], [50, 99, 100])
        before = max(cost.meanwhile for cost in each)
        where = f"{size[0]} x {size[1]} {language}"
        print(f"  {where}  {kind:26} {low:6.1f} {high:6.1f} {most:6.1f}   {before:6.1f}")


def shown(rounds: int) -> None:
    """Print what it costs the program to show what was drawn, by either of SDL's ways."""
    print("To show a picture, ms of all threads' processor time, of its own thread, by the clock")
    for size in FIRST_SIZES:
        for way, hint in (("by OpenGL", "1"), ("as it is", "0")):
            os.environ["SDL_FRAMEBUFFER_ACCELERATION"] = hint
            pygame.display.init()
            surface = pygame.display.set_mode(size)
            pygame.display.flip()
            begun = time.process_time(), time.thread_time(), time.perf_counter()
            for number in range(rounds):
                surface.fill((number % 256, 0, 0))
                pygame.display.flip()
            ended = time.process_time(), time.thread_time(), time.perf_counter()
            spent = [1000 * (b - a) / rounds for a, b in zip(begun, ended, strict=True)]
            driver = pygame.display.get_driver()
            pygame.display.quit()
            print(f"  {size[0]} x {size[1]}, {driver}, {way:10}", *(f"{ms:6.1f}" for ms in spent))


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--beats", action="store_true")
    parser.add_argument("--first", action="store_true")
    parser.add_argument("--shown", action="store_true")
    parser.add_argument("--trials", type=int, default=5)
    chosen = parser.parse_args()
    rounds = chosen.rounds
    if chosen.beats:
        print("A thread that sleeps for 4 ms at a time, ms: p50 and p99")
        beats(10 * rounds)
        return
    if chosen.shown:
        shown(rounds)
        return
    if chosen.first:
        firsts(chosen.trials)
        return
    pygame.display.init()
    pages(rounds)
    print("A tick of the window, ms, of which 16.7 are its own pace")
    ticks(4 * rounds)


if __name__ == "__main__":
    main()
