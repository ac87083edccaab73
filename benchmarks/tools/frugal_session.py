"""A whole session before an actor with a webcam's rate: what it costs, with and without saving."""

import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final
from unittest.mock import patch

import pygame

from coreline.body.measures import Side
from coreline.camera.source import Frame, Trouble
from coreline.camera.video import VideoFile
from coreline.choices.settings import Settings
from coreline.data_files import load_catalogue
from coreline.programme.catalogue import Catalogue
from coreline.programme.spec import HoldDose, RaisesDose
from coreline.screen.answers import Answer, Wish
from coreline.screen.window import Window, open_window
from coreline.session.blocks import Block, blocks_of
from coreline.session.session import Session, Step
from coreline.session.view import Stage
from coreline.sound.choice import SoundSettings
from coreline.sound.player import Player
from coreline.training.choices import SessionChoices
from coreline.training.looks import Looks
from coreline.training.rig import Rig, texts_of
from coreline.training.train import Listeners, train
from coreline.vision.estimator import PoseEstimator
from tools.acting import Actor, Clip, Footage, Part

PLANK, RAISES = "w12-back-bridge", "w56-belly-bridge"
NEAR: Final = Side.RIGHT  # in the clip of the raises
LONGEST_S: Final = 480.0
TIMED: Final = 100  # poses, to know what one costs


@dataclass(slots=True)
class Costs:
    """What a session took: CPU seconds of the process, pictures and looks by stage, results.

    Attributes:
        lasted_s: From the first step to the last.
        cpu_s: Of the whole process in that time: poses, drawing, decoding, sound.
        acted_s: At least so much of that makes the actor's pictures, and none of a webcam's: what
            the thread that asks for them spends; threads that decode are not known apart.
        pose_s: What one pose costs.
        pictures, looks: How many, by stage.
        results: What was done of each block.
        begun: There has been a step.
        ticks_s: From one frame of the window to the next, poses being found: of the clock.
        worked_s: The same of the processor, of the thread that draws and judges.
    """

    lasted_s: float = 0.0
    cpu_s: float = 0.0
    acted_s: float = 0.0
    pose_s: float = 0.0
    pictures: Counter[Stage] = field(default_factory=Counter)
    looks: Counter[Stage] = field(default_factory=Counter)
    results: tuple[str, ...] = ()
    begun: bool = False
    ticks_s: list[float] = field(default_factory=list)
    worked_s: list[float] = field(default_factory=list)

    @property
    def all_looks(self) -> int:
        """Return in how many pictures a pose was looked for."""
        return sum(self.looks.values())

    @property
    def every_s(self) -> float:
        """Return the CPU seconds that a look at every picture would have taken."""
        return self.cpu_s + self.pose_s * (sum(self.pictures.values()) - self.all_looks)


class _Accounted(Actor):
    """An actor of whose pictures it is known what they cost, once there is a session."""

    def __init__(self, costs: Costs, parts: Mapping[Part, Footage], *, longest_s: float) -> None:
        super().__init__(parts, longest_s=longest_s)
        self._costs = costs

    def frames(self) -> Iterator[Frame | Trouble | None]:
        frames = super().frames()
        while True:
            begun_s = time.thread_time()
            item = next(frames, self)
            self._costs.acted_s += (time.thread_time() - begun_s) * self._costs.begun
            if isinstance(item, _Accounted):
                return
            yield item


def blocks(catalogue: Catalogue) -> list[Block]:
    """Return a session with the rests of the handout: a hold twice, raises with either leg."""
    hold = HoldDose(kind="hold", sets=2, hold_s=24.0, rest_s=30.0)
    raises = RaisesDose(kind="raises", sets=1, repetitions=4, hold_s=2.0, rest_s=30.0)
    plank = catalogue.get(PLANK).model_copy(update={"dose": hold})
    lifts = catalogue.get(RAISES).model_copy(update={"dose": raises})
    return [Block(plank), *blocks_of(lifts)]


def session_costs(folders: Sequence[Path], *, every: bool) -> Costs:
    """Train before an actor, and return what it cost.

    Args:
        folders: Where the clips of both exercises are looked for.
        every: Look at every picture, whatever the session asks for.
    """
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    catalogue, costs, moments = load_catalogue(), Costs(), list[tuple[float, Stage, float]]()
    clips = {each: _path(folders, each) for each in (PLANK, RAISES)}
    actor = _Accounted(
        costs,
        {
            (PLANK, None): Clip(clips[PLANK]),
            **{(RAISES, side): Clip(clips[RAISES], mirrored=side is not NEAR) for side in Side},
        },
        longest_s=LONGEST_S,
    )
    texts = texts_of("en", catalogue)
    settings = Settings(language="en", guide="always")
    pygame.display.init()
    window = open_window(texts)
    with (
        Player(print, SoundSettings(language="en")) as player,
        _counted(every=every) as looked,
        _ticking(costs),
    ):

        def on_step(session: Session, step: Step) -> None:
            costs.begun = True
            moments.append((step.view.t_s, step.view.stage, time.process_time()))
            costs.results = tuple(
                f"{each.exercise_id} {each.side or ''} {each.done:g} of {each.prescribed:g}"
                for each in step.view.results
            )
            actor.follow(session, step)

        player.wait_until_loaded()
        wanted = SessionChoices("sample", blocks(catalogue), settings, guided=True, linger_s=0.0)
        rig = Rig(window, player, texts, print)
        train(wanted, rig, catalogue, Listeners(on_step), source=actor)
    stages = {t_s: stage for t_s, stage, _ in moments}
    for t_s, was in looked:
        if (stage := stages.get(t_s)) is not None:
            costs.pictures[stage] += 1
            costs.looks[stage] += was
    costs.lasted_s = moments[-1][0] - moments[0][0]
    costs.cpu_s = moments[-1][2] - moments[0][2]
    costs.pose_s = _pose_s(clips[PLANK])
    return costs


def _path(folders: Sequence[Path], exercise_id: str) -> Path:
    """Return the clip of an exercise.

    Raises:
        SystemExit: It is in none of the folders.
    """
    there = [path for each in folders if (path := each / f"{exercise_id}.mp4").is_file()]
    if not there:
        raise SystemExit(f"{exercise_id}.mp4 is in none of the folders")
    return there[0]


@contextmanager
def _counted(*, every: bool) -> Iterator[list[tuple[float, bool]]]:
    """Have on record which pictures were looked at."""
    wants, looked = Looks.wants, list[tuple[float, bool]]()

    def counted(looks: Looks, t_s: float) -> bool:
        wanted = wants(looks, t_s) or every
        looked.append((t_s, wanted))
        return wanted

    with patch.object(Looks, "wants", counted):
        yield looked


@contextmanager
def _ticking(costs: Costs) -> Iterator[None]:
    """Have on record when the window ticks, once there is a session to be seen."""
    tick, last = Window.tick, [(0.0, 0.0)]

    def ticked(window: Window) -> tuple[Wish | Answer, ...]:
        answers = tick(window)
        now = time.perf_counter(), time.thread_time()
        if costs.begun:
            costs.ticks_s.append(now[0] - last[0][0])
            costs.worked_s.append(now[1] - last[0][1])
        last[0] = now
        return answers

    with patch.object(Window, "tick", ticked):
        yield


def _pose_s(clip: Path) -> float:
    """Return the CPU seconds of a pose, somebody being followed."""
    with VideoFile(clip) as video, PoseEstimator() as estimator:
        frames = [frame for frame in islice(video.frames(), TIMED) if frame is not None]
        estimator.estimate(frames[0].t_s, frames[0].image_bgr)
        begun_s = time.process_time()
        for frame in frames[1:]:
            estimator.estimate(frame.t_s, frame.image_bgr)
        return (time.process_time() - begun_s) / (len(frames) - 1)
