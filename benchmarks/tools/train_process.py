"""The real `coreline train` in a process of its own, to be watched from outside and to be killed.

`whole` starts it as a user does, before a picture stream. `quick` forks it from this process, where
everything is imported already, and puts a trace in the place of camera and pose model, played many
times as fast. All else is the program's own: command line, session, loop, window, journal.
"""

import os
import select
import signal
import subprocess
import sys
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coreline import cli
from coreline.body.pose import Pose
from coreline.camera.source import Frame, SourceInfo
from coreline.closing import Closing
from coreline.data_files import load_catalogue
from coreline.files.folders import CONFIG_VARIABLE, DATA_VARIABLE
from coreline.files.recordings import Trace
from coreline.judging.events import Fact
from coreline.session.session import Session, Step
from coreline.training import live, train
from coreline.training.result_lines import line_of
from coreline.training.rig import texts_of
from coreline.training.telling import Order

PIECE: Final = 1 << 16
TEXTS: Final = texts_of("en", load_catalogue())
# How the terminal's line of a repetition, a turn and a hold begins.
RESULTS: Final = tuple(
    TEXTS.word(f"word.{word}") for word in ("repetition", "rotation", "held", "attempt")
)
WAIT_S: Final = 0.05  # a longer wait of the camera is broken up, so that its thread can end


class QuickCamera(Closing):
    """A trace as camera and as pose model, again and again, so many times as fast as it was."""

    wanted, persons, persons_now, light = False, None, None, False  # nobody counts the people

    def __init__(self, trace: Trace, speed: float) -> None:
        """Take a trace."""
        self._poses: list[tuple[float, Pose | None]] = list(trace)
        self._length_s = self._poses[-1][0] - self._poses[0][0] + 1.0 / trace.fps
        self._fps, self._speed = trace.fps, speed
        self._room = np.full((trace.height, trace.width, 3), 120, np.uint8)

    @property
    def info(self) -> SourceInfo:
        """Return what is known of it."""
        return SourceInfo("trace", self._room.shape[1], self._room.shape[0], self._fps)

    def frames(self) -> Iterator[Frame | None]:
        """Yield every frame, on the trace's own clock."""
        first_s, begun_s, number = self._poses[0][0], time.monotonic(), 0
        while True:
            for t_s, _ in self._poses:
                round_s = number // len(self._poses) * self._length_s
                at_s = t_s - first_s + round_s
                while (wait_s := begun_s + at_s / self._speed - time.monotonic()) > 0.0:
                    time.sleep(min(wait_s, WAIT_S))
                    if wait_s > WAIT_S:
                        yield None
                yield Frame(at_s, self._room, number)
                number += 1

    def estimate(self, t_s: float, _image_bgr: NDArray[np.uint8], /) -> Pose | None:
        """Return the pose of a moment."""
        in_trace_s = self._poses[0][0] + t_s % self._length_s
        at = bisect_left(self._poses, in_trace_s - 1e-6, key=lambda each: each[0])
        pose = self._poses[min(at, len(self._poses) - 1)][1]
        return None if pose is None else replace(pose, t_s=t_s)

    def close(self) -> None:
        """Let go of nothing."""


@dataclass
class Process:
    """A `train` that runs: what it has printed, and when it had judged what it printed.

    `judged_s` has a time for each line of a result; only a quick one tells.
    """

    pid: int
    out: int
    times: int | None
    lines: list[tuple[float, str]] = field(default_factory=list)
    judged_s: list[float] = field(default_factory=list)
    killed_s: float = 0.0
    ended: bool = False  # by itself, before it was killed
    _open: set[int] = field(default_factory=set)
    _rest: bytes = b""

    def __post_init__(self) -> None:
        """Begin to read."""
        self._open = {self.out} if self.times is None else {self.out, self.times}

    @property
    def results(self) -> list[tuple[float, str]]:
        """Return the lines of results that were printed, each with its time."""
        return [(at_s, line) for at_s, line in self.lines if line.startswith(RESULTS)]

    def read(self, until_s: float, count: int = 0) -> bool:
        """Read until a moment, or until so many results are printed; say whether they are."""
        while True:
            if count and len(self.results) >= count:
                return True
            left_s = until_s - time.monotonic()
            if left_s <= 0.0 or not self._open:
                return False
            self._read_once(left_s)

    def _read_once(self, left_s: float) -> None:
        for handle in select.select(list(self._open), [], [], left_s)[0]:
            data, now_s = os.read(handle, PIECE), time.monotonic()
            if not data:
                self._open.discard(handle)
            elif handle == self.out:
                *whole, self._rest = (self._rest + data).split(b"\n")
                self.lines += [(now_s, line.decode()) for line in whole]
            else:
                self.judged_s += np.frombuffer(data).tolist()

    def kill(self) -> None:
        """End it at once, and read what it had printed until then."""
        self.killed_s = time.monotonic()
        os.kill(self.pid, signal.SIGKILL)
        self.read(time.monotonic() + 60.0)
        _, status = os.waitpid(self.pid, 0)
        self.ended = not os.WIFSIGNALED(status)
        for handle in (self.out, self.times):
            if handle is not None:
                os.close(handle)


def environment(folder: Path, *, shown: bool) -> dict[str, str]:
    """Return the environment of a program whose data is in a folder, with a window or without."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"}
    }
    video = {"SDL_VIDEODRIVER": "dummy"} if shown else {}
    place = str(folder)
    return kept | video | {"SDL_AUDIODRIVER": "dummy", DATA_VARIABLE: place, CONFIG_VARIABLE: place}


def whole(words: Sequence[str], folder: Path, *, shown: bool) -> Process:
    """Start the program, as a user does."""
    hear, say = os.pipe()
    with (folder / "stderr").open("wb") as errors:
        started = subprocess.Popen(
            [sys.executable, "-m", "coreline", "train", *words],
            stdin=subprocess.DEVNULL,
            stdout=say,
            stderr=errors,
            env=environment(folder, shown=shown),
            cwd=folder,
            start_new_session=True,
        )
    os.close(say)
    return Process(started.pid, hear, None)


def quick(words: Sequence[str], folder: Path, camera: QuickCamera, *, shown: bool) -> Process:
    """Fork the program, with a trace in the place of camera and pose model."""
    hear, say = os.pipe()
    hear_times, say_times = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.close(hear)
            os.close(hear_times)
            os.dup2(say, 1)
            os.dup2(os.open(folder / "stderr", os.O_WRONLY | os.O_CREAT, 0o600), 2)
            os.environ.update(environment(folder, shown=shown))
            if not shown:
                os.environ.pop("SDL_VIDEODRIVER", None)
            os.chdir(folder)
            _replace_camera(camera)
            _tell_times(say_times)
            sys.argv = ["coreline", "train", *words]
            cli.main()
        finally:
            sys.stdout.flush()
            os._exit(1)
    os.close(say)
    os.close(say_times)
    return Process(child, hear, hear_times)


def _replace_camera(camera: QuickCamera) -> None:
    names: dict[str, Any] = vars(train)
    names["open_source"] = lambda _where: camera
    names["Company"] = lambda _model: camera


def _tell_times(say: int) -> None:
    """Have a time written for each line of a result, as soon as it was judged."""

    class TimedOrder(Order):
        """The program's own, which notes when it is handed a result."""

        def take(self, session: Session, step: Step) -> None:
            """Note the time, and go on."""
            self._note(step.facts)
            super().take(session, step)

        def end(self, session: Session, facts: Sequence[Fact]) -> None:
            """Note the time, and go on."""
            self._note(facts)
            super().end(session, facts)

        def _note(self, facts: Sequence[Fact]) -> None:
            count = sum(bool(line_of(fact, TEXTS)) for fact in facts)
            os.write(say, np.full(count, time.monotonic()).tobytes())

    names: dict[str, Any] = vars(live)
    names["Order"] = TimedOrder
