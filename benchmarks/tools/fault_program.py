"""`coreline`, watched: the program itself, with a line for what happens in it.

python benchmarks/tools/fault_program.py LOG [--person EXERCISE] [--dose N] [--opener M:F]
    [--models FOLDER] -- ARGUMENTS

runs `coreline ARGUMENTS` and writes to LOG, a JSON object a line: each step whose page changed,
each fact, each cue and beep, each long tick of the window, each camera process that was started
again. With `--person` the poses are those of `looping_person` in place of the model's, found by the
number in the picture; all else is the program's own. With `--dose` sets of N follow each other
without end, with `--opener` another camera is opened, with `--models` models come from there.

On standard input it obeys `quit`: the window is told that it was closed, as by its button.
"""

import argparse
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, Self, TextIO

import numpy as np
import pygame
from numpy.typing import NDArray

from coreline import cli
from coreline.body.pose import Pose
from coreline.camera import opening
from coreline.camera.webcam import Webcam
from coreline.closing import Closing
from coreline.commands import train as train_command
from coreline.judging.events import Fact, HoldEnded, RepetitionEnded
from coreline.screen.window import Window
from coreline.session.blocks import Block, blocks_of
from coreline.session.session import Session, Step
from coreline.training import train
from coreline.training.pictures import PictureTimes
from coreline.vision import models
from tools.faulty_server import number_in
from tools.looping_person import HOLD, RAISES, LoopingPerson, looping_person

LONG_TICK_S: Final = 0.03
GAP_S: Final = 0.2  # between two moments of the session: the machine was busy
SETS: Final = 1000
REST_S: Final = 10.0


class Log:
    """Writes a line for each thing that happens; from any thread."""

    def __init__(self, path: Path) -> None:
        """Open the file; what is in it stays there however this process ends."""
        self._file: TextIO = path.open("w", buffering=1, encoding="utf-8")
        self._turn = threading.Lock()

    def __call__(self, what: str, **values: Any) -> None:
        """Write a line with the moment."""
        with self._turn:
            self._file.write(json.dumps({"at_s": time.monotonic(), "what": what, **values}) + "\n")


class StandIn(Closing):
    """In the pose model's place: knows the pose by the number in the picture."""

    def __init__(self, person: LoopingPerson) -> None:
        """Take the person."""
        self._person = person
        self.wanted, self.light = False, False
        self.persons = self.persons_now = 1

    def estimate(self, t_s: float, image_bgr: NDArray[np.uint8], /) -> Pose | None:
        """Return the pose in a picture; nobody is in one whose number cannot be read."""
        number = number_in(image_bgr)
        size_px = (image_bgr.shape[1], image_bgr.shape[0])
        return None if number is None else self._person.pose(number, t_s, size_px)

    def __enter__(self) -> Self:
        """Return the stand-in itself."""
        return self

    def close(self) -> None:
        """Let go of nothing."""


def replace(place: object, **parts: object) -> None:
    """Put something in the place of what is there by that name."""
    for name, part in parts.items():
        setattr(place, name, part)


def watch_window(log: Log) -> None:
    """Have each tick of the window that comes late on record."""
    tick, last_s = Window.tick, [0.0]

    def watched(window: Window) -> tuple[Any, ...]:
        answers = tick(window)
        now_s = time.monotonic()
        if last_s[0] and now_s - last_s[0] > LONG_TICK_S:
            log("tick", length_s=now_s - last_s[0])
        last_s[0] = now_s
        return answers

    replace(Window, tick=watched)


def watch_session(log: Log) -> None:
    """Have what comes of each frame on record, and what the end brings."""
    step, finish, watch = Session.step, Session.finish, _StepWatch(log)

    def stepped(session: Session, *inputs: Any) -> Step:
        done = step(session, *inputs)
        watch(done)
        return done

    def finished(session: Session, t_s: float) -> list[Fact]:
        facts = finish(session, t_s)
        for fact in facts:
            _log_fact(log, fact, at_end=True)
        return facts

    replace(Session, step=stepped, finish=finished)


class _StepWatch:
    """Writes down what is new in a step."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._page: Sequence[object] = ()
        self._behind_s = self._seen_s = float("inf")

    def __call__(self, done: Step) -> None:
        view = done.view
        page = [view.stage.value, view.pause and view.pause.value, view.progress.count]
        page += [view.progress.refused, view.progress.clock_runs]
        self._note_time(view.t_s)
        if page != self._page:
            self._page, names = page, ("stage", "pause", "count", "refused", "clock")
            self._log("page", t_s=view.t_s, **dict(zip(names, page, strict=True)))
        for fact in done.facts:
            _log_fact(self._log, fact)
        if done.cues or done.beeps:
            self._log("heard", cues=done.cues, beeps=done.beeps)

    def _note_time(self, t_s: float) -> None:
        """Note a moment that came long after the one before, and what the two clocks are apart."""
        if t_s - self._seen_s > GAP_S:
            self._log("gap", span=(self._seen_s, t_s), length_s=t_s - self._seen_s)
        self._seen_s = t_s
        # The session's clock begins with its first frame: how far it is behind the machine's.
        if time.monotonic() - t_s < self._behind_s - 0.002:
            self._behind_s = time.monotonic() - t_s
            self._log("clock", behind_s=self._behind_s)


def _log_fact(log: Log, fact: object, *, at_end: bool = False) -> None:
    match fact:
        case RepetitionEnded(repetition=done):
            span, reasons = (done.start_s, done.end_s), list(done.reasons)
            log("repetition", span=span, counted=done.counted, reasons=reasons, at_end=at_end)
        case HoldEnded(hold=hold):
            log("hold", span=(hold.start_s, hold.end_s), reasons=list(hold.reasons))
        case _:
            pass


def watch_slowness(log: Log) -> None:
    """Have it on record when the screen says that there are too few pictures."""
    are_few, was = PictureTimes.are_few, [False]

    def watched(times: PictureTimes, now_s: float, *, came: bool) -> bool:
        slow = are_few(times, now_s, came=came)
        if slow != was[0]:
            log("slow", on=slow)
            was[0] = slow
        return slow

    replace(PictureTimes, are_few=watched)


def watch_camera(log: Log) -> None:
    """Have each new process for the camera on record, and what was known then."""
    restart = Webcam._restart  # noqa: SLF001 - nothing public tells of it

    def watched(webcam: Webcam) -> None:
        log("restart", says=repr(webcam._watchdog._says), why=webcam._watchdog._kind)  # noqa: SLF001
        restart(webcam)

    replace(Webcam, _restart=watched)


def take_sets_of(amount: int) -> None:
    """Ask for sets of so many repetitions, turns or seconds, one after another without end."""

    def endless(*arguments: Any) -> list[Block]:
        return [_of(block, amount) for block in blocks_of(*arguments)]

    replace(train_command, blocks_of=endless)


def _of(block: Block, amount: int) -> Block:
    dose = block.exercise.dose
    name = {"raises": "repetitions", "hold": "hold_s", "rolls": "rolls"}[dose.kind]
    longer = dose.model_copy(update={name: amount, "sets": SETS, "rest_s": REST_S})
    return Block(block.exercise.model_copy(update={"dose": longer}), block.side)


def obey(log: Log) -> None:
    """Do what standard input says; a thread."""
    for line in sys.stdin:
        if line.strip() == "quit":
            log("told to quit")
            pygame.event.post(pygame.event.Event(pygame.QUIT))


def main() -> None:
    """Run the program, watched."""
    own, rest = _split(sys.argv[1:])
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("log", type=Path)
    parser.add_argument("--person", choices=(RAISES, HOLD))
    parser.add_argument("--dose", type=int)
    parser.add_argument("--opener")
    parser.add_argument("--models", type=Path)
    asked = parser.parse_args(own)
    log = Log(asked.log)
    watches: Sequence[Callable[[Log], None]] = (
        watch_window,
        watch_session,
        watch_slowness,
        watch_camera,
    )
    for watch in watches:
        watch(log)
    if asked.person:
        person = looping_person(asked.person)
        replace(train, Company=lambda _model: StandIn(person))
    if asked.dose:
        take_sets_of(asked.dose)
    if asked.opener:
        replace(opening, Webcam=partial(Webcam, opener=asked.opener))
    if asked.models:
        replace(models, _models_dir=lambda: asked.models)
    threading.Thread(target=obey, args=(log,), daemon=True).start()
    log("begins", pid=os.getpid())
    sys.argv = ["coreline", *rest]
    cli.main()


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    at = list(arguments).index("--")
    return list(arguments[:at]), list(arguments[at + 1 :])


if __name__ == "__main__":
    main()
