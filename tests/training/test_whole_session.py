"""A whole session, from the set-up check to the result, with what was heard held against the facts.

Everything is real but the pixels and the pose model: a picture carries its number in the trace of
a plank, and its pose is looked up. SDL's disk driver takes the place of the loudspeaker.
"""

import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray
from tools.accounting import Account, Capture, Notes, account
from tools.acting import Actor, Director, Prompt
from tools.hearing import Watch, heard, record_to

from coreline.body.measures import Side
from coreline.body.pose import Pose
from coreline.camera.source import Image
from coreline.data_files import load_catalogue, load_placement
from coreline.files.recordings import load_trace
from coreline.judging.events import FaultBegan
from coreline.placement.setup import SetupCheck
from coreline.programme.spec import Exercise, HoldDose
from coreline.screen.answers import Answer, Wish
from coreline.screen.texts import Texts
from coreline.screen.window import Window
from coreline.session import Block, Guidance, Session, Step
from coreline.session.view import Result, Stage
from coreline.sound.choice import SoundSettings
from coreline.sound.player import Player
from coreline.training.live import Outlets, run_live
from coreline.training.rig import texts_of

PLANK = "w12-back-bridge"
TRACE = Path(__file__).parents[1] / "recordings" / f"{PLANK}.landmarks.npz"
BEGIN_S = 7.0  # in the trace: in line, three seconds before the hips sag
DOSE = HoldDose(kind="hold", sets=1, hold_s=4.0, rest_s=1.0)
LONGEST_S = 60.0
BLOCKED_S = 0.3
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


class Timed(Window):
    """A window that keeps when it ticked, by the clock and by the processor."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts)
        self.ticks_s: list[float] = []
        self.worked_s: list[float] = []

    def tick(self) -> tuple[Wish | Answer, ...]:
        answers = super().tick()
        self.ticks_s.append(time.monotonic())
        self.worked_s.append(time.thread_time())
        return answers


@dataclass(frozen=True)
class Performed:
    """What is left of a session."""

    steps: Sequence[Step]
    results: Sequence[Result]
    accounts: Sequence[Account]
    unasked_s: float
    ticks_s: Sequence[float]
    worked_s: Sequence[float]

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
    with pytest.MonkeyPatch.context() as patch, Watch(path, 0.004) as watch:
        for key, value in {**record_to(path), "SDL_VIDEODRIVER": "dummy"}.items():
            patch.setenv(key, value)
        notes, session, window = _perform()
        ends_s = time.monotonic()
    capture = Capture(heard(path), watch)
    accounts = account(notes.asked, capture, "nl", ends_s)
    steps = [step for _, step in notes.steps]
    unasked_s = capture.unasked_s()
    return Performed(steps, session.results(), accounts, unasked_s, window.ticks_s, window.worked_s)


def _perform() -> tuple[Notes, Session, Timed]:
    catalogue, memory, rules = load_catalogue(), Memory(), load_placement()
    texts = texts_of("nl", catalogue)
    plank = catalogue.get(PLANK).model_copy(update={"dose": DOSE})

    def checker(exercise: Exercise, side: Side | None) -> SetupCheck:
        return SetupCheck(exercise, side, rules)

    session = Session([Block(plank)], texts.cues, guidance=Guidance(checker))
    actor = Actor({(PLANK, None): memory}, fps=15.0, begin_s=BEGIN_S, longest_s=LONGEST_S)
    notes, director = Notes(texts.cues, time.monotonic), Director(actor, [SKIP])

    def on_step(session: Session, step: Step) -> None:
        notes.follow(step)
        director.follow(session, step)

    pygame.display.init()
    with Timed(texts) as window, Player(pytest.fail, SoundSettings(language="nl")) as player:
        player.wait_until_loaded()
        outlets = Outlets(window, player, texts, lambda _: None, on_step=on_step, linger_s=1.0)
        run_live(actor, lambda: nullcontext(memory), session, outlets)
    return notes, session, window


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
    (mended,) = [each for each in performed.accounts if each.asked.fault_s is not None]
    assert mended.asked.name == "fix.hips_up"
    assert mended.asked.fault_s == began.t_s
    assert mended.heard_s is not None
    assert 0.0 < mended.heard_s - began.t_s < 1.0


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


def test_the_window_is_never_kept_waiting(performed: Performed) -> None:
    """By the processor's time, since the machine may be busy; by the clock, most of the time."""
    assert max(after - one for one, after in pairwise(performed.worked_s)) < BLOCKED_S
    assert np.quantile(np.diff(performed.ticks_s), 0.99) < BLOCKED_S
