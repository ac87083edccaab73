"""How soon a camera's fault is noticed, and how soon frames go on when it is over.

python benchmarks/faulty_camera.py [--trials 20] [--fault stall --fault kill ...] [--seed 1]

A server on this machine, in a process of its own, fails in each way that `tools/faulty_server.py`
knows, for 1 to 4 s; two more faults are those of a webcam, whose driver hangs for good or gives up.
The reader is `Webcam`, as the program uses it. Every frame that it hands out is looked at: one that
is not a whole good picture, or was there before, is a false frame. The longest wait is that of the
reader for an answer of any kind.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from typing import Protocol
from urllib.parse import urlsplit

from tools.faulty_server import Fault, number_in, picture

from coreline.camera.devices import CameraDevice, OpenCvDevice, Where
from coreline.camera.source import Frame, Trouble
from coreline.camera.webcam import Webcam
from coreline.placement.checks import CameraTrouble

SERVER = Path(__file__).parent / "tools" / "faulty_server.py"
WEBCAM_FPS = 30.0
FAULT_S = (1.0, 4.0)
GOOD_S = (0.4, 0.9)
LIMIT_S = 15.0

EXPECTED: dict[str, CameraTrouble | None] = {
    "stall": CameraTrouble.STALLED,
    "close": CameraTrouble.GONE,
    "reset": CameraTrouble.GONE,
    "kill": CameraTrouble.GONE,
    "garbage": CameraTrouble.BROKEN,
    "half": CameraTrouble.BROKEN,
    "swallowed": CameraTrouble.BROKEN,
    "patched": CameraTrouble.BROKEN,
    "size": CameraTrouble.RESIZED,
    "slow": None,
    "black": CameraTrouble.BLACK,
    "frozen": CameraTrouble.FROZEN,
    "webcam hangs": CameraTrouble.STALLED,
    "webcam gives up": CameraTrouble.GONE,
}


class Bench(Protocol):
    """A camera that can be made to fail."""

    def fail(self, fault: str) -> None:
        """Begin a fault."""
        ...

    def repair(self) -> None:
        """End it; return when the camera is there again."""
        ...

    def open(self) -> Webcam:
        """Open it."""
        ...


class ServerBench:
    """The picture stream, in a process that can be killed."""

    def __init__(self) -> None:
        self.port = 0
        self._start()

    def fail(self, fault: str) -> None:
        """Kill the server, or tell it how to fail."""
        if fault == "kill":
            self._process.kill()
            self._process.wait()
        else:
            self._say(fault)

    def repair(self) -> None:
        """Start it again, or tell it that all is well."""
        if self._process.poll() is None:
            self._say(Fault.GOOD)
        else:
            self._start()

    def open(self) -> Webcam:
        """Open the stream."""
        return Webcam(f"http://127.0.0.1:{self.port}/video")

    def close(self) -> None:
        """End the server."""
        self._process.kill()
        self._process.wait()

    def _start(self) -> None:
        command = [sys.executable, str(SERVER), str(self.port)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def _say(self, word: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()


class WebcamBench:
    """A made-up webcam; the process that reads it looks into a file to see how it is."""

    def __init__(self, folder: Path) -> None:
        self._control = folder / "control"
        self.repair()

    def fail(self, fault: str) -> None:
        """Write into the file how to fail."""
        self._control.write_text(fault, encoding="ascii")

    def repair(self) -> None:
        """Write into the file that all is well."""
        self._control.write_text("good", encoding="ascii")

    def open(self) -> Webcam:
        """Open the webcam."""
        return Webcam(f"webcam://{self._control}", opener="faulty_camera:open_made_up")


class MadeUp:
    """What OpenCV makes of a webcam, without one."""

    def __init__(self, control: Path) -> None:
        self._control = control

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        """Say whether it is there."""
        return self._state() != "webcam gives up"

    def read(self) -> tuple[bool, object]:
        """Wait for a picture, for ever where it hangs."""
        time.sleep(1.0 / WEBCAM_FPS)
        if self._state() == "webcam hangs":
            time.sleep(3600.0)
        if self._state() == "webcam gives up":
            return False, None
        # The number is the time, so that it grows from process to process.
        return True, picture(int(time.monotonic() * 100.0) % (1 << 16))

    def get(self, _prop: int, /) -> float:
        """Return the rate, whatever is asked for."""
        return WEBCAM_FPS

    def release(self) -> None:
        """There is nothing to let go of."""

    def _state(self) -> str:
        return self._control.read_text(encoding="ascii")


def open_made_up(where: Where) -> CameraDevice:
    """Open the made-up webcam; this runs in the process that reads it."""
    return OpenCvDevice(MadeUp(Path(urlsplit(str(where)).path)))


@dataclass
class Score:
    """What was measured of one fault."""

    notice_s: list[float] = field(default_factory=list)
    recover_s: list[float] = field(default_factory=list)
    frames: int = 0
    false_frames: int = 0
    false_troubles: int = 0
    gap_s: float = 0.0


class Reader:
    """Reads a camera and looks at everything it says."""

    def __init__(self, camera: Webcam, score: Score) -> None:
        self._items, self._score = camera.frames(), score
        self._last_s = time.monotonic()
        self._number: int | None = None

    def next(self) -> Frame | Trouble | None:
        """Return what the camera says next, looked at."""
        item = next(self._items)
        now_s = time.monotonic()
        self._score.gap_s = max(self._score.gap_s, now_s - self._last_s)
        self._last_s = now_s
        if isinstance(item, Frame):
            self._check(item)
        return item

    def read(self, duration_s: float, on: Callable[[Frame | Trouble], None]) -> None:
        """Read for a while; frames and troubles are handed on."""
        end_s = time.monotonic() + duration_s
        while time.monotonic() < end_s:
            if (item := self.next()) is not None:
                on(item)

    def until_frame(self) -> float:
        """Return how long it takes until there is a frame."""
        begun_s = self._last_s = time.monotonic()
        while not isinstance(self.next(), Frame):
            if time.monotonic() - begun_s > LIMIT_S:
                raise TimeoutError("no frame came")
        return time.monotonic() - begun_s

    def _check(self, frame: Frame) -> None:
        number = number_in(frame.image_bgr)
        self._score.frames += 1
        self._score.false_frames += number is None or number == self._number
        self._number = number


def trial(bench: Bench, fault: str, score: Score, random: Random) -> None:
    """Let the camera work, fail and work again once."""
    with bench.open() as camera:
        reader = Reader(camera, score)

        def alarm(item: Frame | Trouble) -> None:
            score.false_troubles += isinstance(item, Trouble)

        reader.read(random.uniform(*GOOD_S), alarm)
        bench.fail(fault)
        begun_s, noticed = time.monotonic(), list[float]()

        def notice(item: Frame | Trouble) -> None:
            if isinstance(item, Trouble):
                if item.kind is EXPECTED[fault]:
                    noticed.append(time.monotonic() - begun_s)
                else:
                    score.false_troubles += 1

        reader.read(random.uniform(*FAULT_S), notice)
        score.notice_s += noticed[:1]
        bench.repair()
        score.recover_s.append(reader.until_frame())


@contextmanager
def benches() -> Iterator[tuple[ServerBench, WebcamBench]]:
    """Yield both cameras."""
    server = ServerBench()
    try:
        with tempfile.TemporaryDirectory() as folder:
            yield server, WebcamBench(Path(folder))
    finally:
        server.close()


def times(values_s: list[float], trials: int) -> str:
    """Return median and maximum, and how many there are where that is not all."""
    if not values_s:
        return "-"
    missing = "" if len(values_s) == trials else f" ({len(values_s)} of {trials})"
    return f"{median(values_s):.2f} / {max(values_s):.2f}{missing}"


def main() -> None:
    """Print a table, a fault a line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--fault", action="append", choices=list(EXPECTED))
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random = Random(arguments.seed)
    times_of = "notice s, p50 / max | recover s, p50 / max"
    print(f"| fault | {times_of} | false frames | other troubles | longest wait ms |")
    print("|---|---|---|---|---|---|")
    with benches() as (server, webcam):
        for fault in arguments.fault or EXPECTED:
            score = Score()
            for _ in range(arguments.trials):
                trial(webcam if fault.startswith("webcam") else server, fault, score, random)
            print(
                f"| {fault} | {times(score.notice_s, arguments.trials)} "
                f"| {times(score.recover_s, arguments.trials)} "
                f"| {score.false_frames} of {score.frames} | {score.false_troubles} "
                f"| {score.gap_s * 1000.0:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
