"""A whole session, from the set-up check to the result, with what was heard held against the facts.

Everything is real but the pixels, the pose model and the time: a picture carries its number in the
trace of a plank, and its pose is looked up; SDL's disk driver takes the place of the loudspeaker,
and time goes on with the window's ticks. How fast a machine does all this is measured by
benchmarks/whole_session.py.
"""

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path
from select import select

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray
from tools.accounting import Account, Capture, Notes, account
from tools.acting import Actor, Clock, Director, Footage, Part, Prompt
from tools.hearing import FULL_SCALE, RATE_HZ, SAMPLE_BYTES, Heard, record_to

from coreline.body.measures import Side
from coreline.body.pose import Pose
from coreline.camera.source import Image
from coreline.data_files import load_catalogue, load_placement
from coreline.files.recordings import load_trace
from coreline.judging.events import FaultBegan
from coreline.placement.setup import SetupCheck
from coreline.programme.spec import Exercise, HoldDose
from coreline.screen.window import Window, WindowClock
from coreline.session.blocks import Block
from coreline.session.inputs import Guidance
from coreline.session.session import Session, Step
from coreline.session.view import Result, Stage
from coreline.sound.choice import SoundSettings
from coreline.sound.player import Player
from coreline.training.live import Outlets, run_live
from coreline.training.rig import texts_of

if sys.platform != "linux":
    pytest.skip("only Linux lets a pipe be so small", allow_module_level=True)

import fcntl

PLANK = "w12-back-bridge"
TRACE = Path(__file__).parents[1] / "recordings" / f"{PLANK}.landmarks.npz"
BEGIN_S = 7.0  # in the trace: in line, three seconds before the hips sag
DOSE = HoldDose(kind="hold", sets=1, hold_s=4.0, rest_s=1.0)
LONGEST_S = 60.0
BEGUN_S = 100.0
TICK_S = 1 / 60
LIMIT_S = 60.0  # ends what would wait for ever
PIPE_BYTES = 4096  # the least there is: 85 ms of sound
BITS, BIT_PX = 12, 8
SKIP = Prompt("skip", lambda view, s: view.stage is Stage.EXPLAIN and s > 0.5, "right")


class Memory:
    """A trace as footage, in pictures that carry a number, and as the model that knows them."""

    def __init__(self) -> None:
        frames = list(load_trace(TRACE))
        self.poses = [pose for _, pose in frames]
        self.times_s = [t_s for t_s, _ in frames]
        grey = np.linspace(70, 200, 640).astype(np.uint8)
        self.room = np.broadcast_to(grey[None, :, None], (480, 640, 3))

    def at(self, moment_s: float, /) -> Image | None:
        number = int(np.searchsorted(self.times_s, moment_s))
        if number >= len(self.times_s):
            return None
        bits = np.array([int(bit) for bit in f"{number:0{BITS}b}"], np.uint8)
        image = self.room.copy()
        image[:BIT_PX, : BITS * BIT_PX] = (250 * np.repeat(bits, BIT_PX))[None, :, None]
        return image

    def estimate(self, t_s: float, image_bgr: NDArray[np.uint8], /) -> Pose | None:
        bits = image_bgr[BIT_PX // 2, BIT_PX // 2 : BITS * BIT_PX : BIT_PX, 0] > 125
        pose = self.poses[int("".join("01"[int(bit)] for bit in bits), 2)]
        return None if pose is None else replace(pose, t_s=t_s)


class Loudspeaker:
    """Takes what SDL plays out of a pipe, just as much as is to be heard.

    A pipe that is full holds SDL up, so that the sound never runs ahead by more than the pipe and
    SDL's own store take, less than 0.2 s.
    """

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self._pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        fcntl.fcntl(self._pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        os.set_blocking(self._pipe, True)
        self._heard = bytearray()

    def play(self, length_s: float) -> None:
        """Hear the next piece; wait for it where SDL is late."""
        left = round(length_s * RATE_HZ) * SAMPLE_BYTES
        while left > 0:
            assert select([self._pipe], [], [], LIMIT_S)[0], "SDL plays nothing"
            data = os.read(self._pipe, left)
            self._heard += data
            left -= len(data)

    @contextmanager
    def playing_out(self) -> Iterator[None]:
        """Hear what is played in a block, until the device is closed."""
        thread = threading.Thread(target=self._play_out)
        thread.start()
        yield
        thread.join()

    def _play_out(self) -> None:
        while data := os.read(self._pipe, PIPE_BYTES):
            self._heard += data
        os.close(self._pipe)

    @property
    def heard(self) -> Heard:
        return np.frombuffer(bytes(self._heard), "<i2").astype(np.float64) / FULL_SCALE


class Time(Clock, WindowClock):
    """The time of camera, session, voice and window: it goes on as the window ticks.

    At each tick a piece of sound is heard, and the camera's thread has done all there was to do
    until then. So nothing depends on how fast the machine is.
    """

    def __init__(self, loudspeaker: Loudspeaker) -> None:
        self._loudspeaker, self._change = loudspeaker, threading.Condition()
        self._now_s, self._due_s, self._free = BEGUN_S, 0.0, False

    def now_s(self) -> float:
        return self._now_s

    def sleep(self, length_s: float, /) -> None:
        """Let the camera's thread sleep until the window has ticked so often."""
        with self._change:
            self._due_s = self._now_s + length_s
            self._change.notify_all()
            there = lambda: self._free or self._now_s >= self._due_s  # noqa: E731
            assert self._change.wait_for(there, LIMIT_S), "the window stands still"
            self._now_s = max(self._now_s, self._due_s) if self._free else self._now_s

    def tick(self) -> None:
        """Go on by a sixtieth of a second, and wait until the camera waits for more."""
        with self._change:
            self._now_s += TICK_S
            self._change.notify_all()
            asleep = lambda: self._free or self._due_s > self._now_s  # noqa: E731
            assert self._change.wait_for(asleep, LIMIT_S), "the camera hangs"
        self._loudspeaker.play(TICK_S)

    def let_go(self) -> None:
        """Let the camera's thread end, whatever the window does."""
        with self._change:
            self._free = True
            self._change.notify_all()

    def moment_s(self, place_s: float, /) -> float:
        """Return when a place in what is heard was heard."""
        return BEGUN_S + place_s


@dataclass(frozen=True)
class Performed:
    """What is left of a session."""

    steps: Sequence[Step]
    results: Sequence[Result]
    accounts: Sequence[Account]
    unasked_s: float

    def heard_s(self, name: str) -> float:
        """Return when a cue or beep was first heard."""
        return next(
            each.heard_s
            for each in self.accounts
            if each.asked.name == name and each.heard_s is not None
        )


@pytest.fixture(scope="module")
def performed(tmp_path_factory: pytest.TempPathFactory) -> Performed:
    path = tmp_path_factory.mktemp("sound") / "heard.pcm"
    loudspeaker = Loudspeaker(path)
    time = Time(loudspeaker)
    with pytest.MonkeyPatch.context() as patch:
        for key, value in {**record_to(path), "SDL_DISKAUDIODELAY": "0"}.items():
            patch.setenv(key, value)
        patch.setenv("SDL_VIDEODRIVER", "dummy")
        notes, session = _perform(loudspeaker, time)
    capture = Capture(loudspeaker.heard, time)
    accounts = account(notes.asked, capture, "nl", time.now_s())
    steps = [step for _, step in notes.steps]
    return Performed(steps, session.results(), accounts, capture.unasked_s())


def _perform(loudspeaker: Loudspeaker, time: Time) -> tuple[Notes, Session]:
    catalogue, memory, rules = load_catalogue(), Memory(), load_placement()
    texts = texts_of("nl", catalogue)
    plank = catalogue.get(PLANK).model_copy(update={"dose": DOSE})

    def checker(exercise: Exercise, side: Side | None) -> SetupCheck:
        return SetupCheck(exercise, side, rules)

    session = Session([Block(plank)], texts.cues, guidance=Guidance(checker))
    parts: dict[Part, Footage] = {(PLANK, None): memory}
    actor = Actor(parts, fps=15.0, begin_s=BEGIN_S, longest_s=LONGEST_S, clock=time)
    notes, director = Notes(texts.cues, time.now_s), Director(actor, [SKIP])

    def on_step(session: Session, step: Step) -> None:
        notes.follow(step)
        director.follow(session, step)
        if step.view.stage is Stage.DONE:
            time.let_go()

    pygame.display.init()
    voice = SoundSettings(language="nl")
    with Window(texts, clock=time) as window:
        player = Player(pytest.fail, voice, clock_s=time.now_s)
        player.wait_until_loaded()
        outlets = Outlets(window, player, texts, lambda _: None, on_step=on_step, linger_s=1.0)
        run_live(actor, lambda: nullcontext(memory), session, outlets, time.now_s)
        with loudspeaker.playing_out():
            player.close()
    return notes, session


def test_one_stage_follows_the_other_to_the_end(performed: Performed) -> None:
    stages = [stage for stage, _ in groupby(step.view.stage for step in performed.steps)]
    assert [stage for stage in stages if stage is not Stage.GET_READY] == [
        Stage.SETUP,
        Stage.EXPLAIN,
        Stage.COUNTDOWN,
        Stage.EXERCISE,
        Stage.DONE,
    ]
    assert [result.done for result in performed.results] == [DOSE.hold_s]


def test_three_two_one_is_heard_a_second_apart(performed: Performed) -> None:
    words_s = [performed.heard_s(name) for name in ("num.03", "num.02", "num.01", "flow.go")]
    assert [after - one for one, after in pairwise(words_s)] == pytest.approx([1.0] * 3, abs=0.35)


def test_a_fault_is_heard_after_it_has_lasted_its_time(performed: Performed) -> None:
    (began,) = [fact for step in performed.steps for fact in step.facts if _is_sag(fact)]
    (corrected,) = [each for each in performed.accounts if each.asked.fault_s is not None]
    assert corrected.asked.name == "fix.hips_up"
    assert corrected.asked.fault_s == began.t_s
    assert corrected.heard_s is not None
    assert 0.0 < corrected.heard_s - began.t_s < 1.0


def _is_sag(fact: object) -> bool:
    return isinstance(fact, FaultBegan) and fact.code == "sag"


def test_every_cue_and_beep_is_heard_or_a_rule_says_why_not(performed: Performed) -> None:
    assert [each.asked for each in performed.accounts if not each.explained] == []
    assert {"zero", "end", "flow.session_complete"} <= {
        each.asked.name for each in performed.accounts if each.heard_s is not None
    }


def test_nothing_is_heard_that_was_not_asked_for(performed: Performed) -> None:
    """What is left over are the ends of cues that were cut off; the shortest cue lasts 0.4 s."""
    assert performed.unasked_s < 0.3
