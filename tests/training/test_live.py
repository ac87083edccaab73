"""The loop with real parts: session, window and player, without devices; made-up frames."""

import math
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from itertools import groupby, repeat
from typing import Any

import cv2
import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from coreline.body.pose import Pose
from coreline.camera.source import Frame, Image, Trouble
from coreline.data_files import load_catalogue, load_cues, load_words
from coreline.errors import BadModelError, BadSourceError
from coreline.judging.events import Fact, Hold, HoldEnded, Repetition, RepetitionEnded
from coreline.judging.moments import Moment
from coreline.judging.next_look import STILL_S
from coreline.placement.checks import CameraTrouble
from coreline.screen.answers import PainGiven
from coreline.screen.menu import PainQuestion
from coreline.screen.texts import Texts
from coreline.screen.window import NoDisplay, Window, open_window
from coreline.session.blocks import blocks_of
from coreline.session.command import Command
from coreline.session.inputs import NOTHING_ELSE, Conditions, Guidance
from coreline.session.record import SetRecord
from coreline.session.session import Session, Step
from coreline.session.view import Pause, Stage
from coreline.sound.choice import SoundSettings
from coreline.sound.player import Player
from coreline.training.live import STALL_S, Outlets, PainPage, run_live
from coreline.training.result_lines import line_of
from coreline.training.rig import book_of
from coreline.vision.worker import Seen, Worker
from scripted import ANSWER_S, LIMIT_S, STEP_S, Estimator, Source, Tended, Ticks, press

BEND = Repetition(3, 1.0, 2.0, 4.0, 2.1, True, (), 40.0, None, None, None, None)
HEADLESS = NoDisplay("none in this test")
pytestmark = pytest.mark.usefixtures("no_devices_and_no_thread_left")


class Recorded(Session):
    """A session that keeps what it was stepped with, and reports a repetition every tenth frame."""

    def __init__(self) -> None:
        exercise = load_catalogue().get("w56-belly-bridge")
        super().__init__(blocks_of(exercise), load_cues())
        self.steps: list[tuple[float, Pose | None, Command | None]] = []
        self.conditions: list[Conditions] = []
        self.done_after: int | None = None
        self.finished_s: list[float] = []

    def step(
        self,
        t_s: float,
        pose: Pose | None,
        command: Command | None = None,
        conditions: Conditions = NOTHING_ELSE,
    ) -> Step:
        self.steps.append((t_s, pose, command))
        self.conditions.append(conditions)
        step = super().step(t_s, pose, command, conditions)
        if len(self.steps) % 10 == 0:
            step = replace(step, facts=(RepetitionEnded(t_s, BEND),), beeps=("counted",))
        if len(self.steps) == self.done_after:
            step = replace(step, view=replace(step.view, stage=Stage.DONE))
        return step

    def looked(self) -> list[tuple[float, Pose | None]]:
        """Return the steps in which a pose was looked for."""
        both = zip(self.steps, self.conditions, strict=True)
        return [(t_s, pose) for (t_s, pose, _), each in both if each.looked]

    def finish(self, t_s: float) -> list[Fact]:
        self.finished_s.append(t_s)
        return super().finish(t_s)


@pytest.fixture
def player() -> Iterator[Player]:
    with Player(pytest.fail) as opened:
        yield opened


@pytest.fixture
def window(texts: Texts) -> Iterator[Tended]:
    pygame.display.init()
    with Tended(texts) as opened:
        yield opened


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def outlets(
    texts: Texts, player: Player, said: list[str]
) -> Callable[[Window | NoDisplay], Outlets]:
    return lambda window: Outlets(window, player, texts, said.append, linger_s=0.0)


MakeOutlets = Callable[[Window | NoDisplay], Outlets]


def make(takes: int = 0, ticks: Ticks | None = None) -> Callable[[], nullcontext[Estimator]]:
    return lambda: nullcontext(Estimator(takes, ticks))


def run(source: Source, session: Session, outlets: Outlets) -> None:
    """Run the loop on the clock of its source."""
    run_live(source, make(), session, outlets, source.clock_s)


def test_every_frame_reaches_the_session_in_order(outlets: MakeOutlets, said: list[str]) -> None:
    session, source = Recorded(), Source([STEP_S] * 30)
    run(source, session, outlets(HEADLESS))
    times_s = [t_s for t_s, _, _ in session.steps]
    assert times_s == sorted(times_s)
    assert len(times_s) == 30
    assert all(pose is not None and pose.t_s == t_s for t_s, pose in session.looked())
    assert len([line for line in said if "geteld" in line]) == 3
    assert session.finished_s == [times_s[-1]]
    assert source.closed


def test_a_pose_is_looked_for_no_more_often_than_the_session_asks(outlets: MakeOutlets) -> None:
    session, source = Recorded(), Source([STEP_S] * 200)
    estimator = Estimator()
    session.step(0.0, None, Command.PAUSE)  # paused, nothing is judged
    run_live(source, lambda: nullcontext(estimator), session, outlets(HEADLESS), source.clock_s)
    looked_s = [t_s for t_s, _ in session.looked()][1:]
    assert len(session.steps) == 201, "of every picture the session hears"
    assert 0.18 < len(looked_s) / 200 < 0.3
    assert max(np.diff(looked_s)) <= STILL_S + 1e-6


class CountsThreads(Estimator):
    """Notes on how many threads OpenCV works."""

    def __init__(self) -> None:
        super().__init__()
        self.counts = set[int]()

    def estimate(self, t_s: float, image_bgr: Image, /) -> Pose:
        self.counts.add(cv2.getNumThreads())
        return super().estimate(t_s, image_bgr)


def test_opencv_keeps_no_other_core_awake_while_there_is_training(outlets: MakeOutlets) -> None:
    before, estimator, source = cv2.getNumThreads(), CountsThreads(), Source([STEP_S] * 10)
    cv2.setNumThreads(3)
    run_live(source, lambda: nullcontext(estimator), Recorded(), outlets(HEADLESS), source.clock_s)
    after = cv2.getNumThreads()
    cv2.setNumThreads(before)
    assert estimator.counts == {1}
    assert after == 3


class Slow(Recorded):
    """A session of which each step takes as long as it is said to, by a clock of its own."""

    def __init__(self, source: Source, ticks: Ticks) -> None:
        super().__init__()
        self.now_s, self.takes_s = 0.0, 0.02
        self._source, self._ticks = source, ticks
        self.ticked: list[int] = []

    def step(self, *inputs: Any) -> Step:
        until_s = time.monotonic() + LIMIT_S
        while not self.ticked and self._source.given < 8:
            assert time.monotonic() < until_s, "nothing comes"
            time.sleep(0.001)  # until many wait to be taken in
        self.now_s += self.takes_s
        self.ticked.append(self._ticks.count)
        return super().step(*inputs)


def test_the_window_stands_still_for_no_more_than_two_steps_however_many_wait(
    outlets: MakeOutlets, window: Tended
) -> None:
    source = Source([STEP_S] * 30)
    session = Slow(source, window.ticks)
    run_live(source, make(), session, outlets(window), lambda: session.now_s)
    assert len(session.ticked) == 30
    for _, steps in groupby(session.ticked):
        assert len(list(steps)) <= 2


class Smeared(Estimator):
    """Sees a third of the pictures through a smeared lens."""

    _begun_s = math.inf

    def estimate(self, t_s: float, image_bgr: Image, /) -> Pose:
        self._begun_s = min(t_s, self._begun_s)
        is_blurred = 10 * STEP_S < t_s - self._begun_s < 20 * STEP_S
        return replace(super().estimate(t_s, image_bgr), blurred=is_blurred)


def test_it_is_said_once_that_the_picture_is_blurred_and_once_that_it_no_longer_is(
    outlets: MakeOutlets, window: Tended, said: list[str], texts: Texts
) -> None:
    source = Source([STEP_S] * 30, window.ticks)
    run_live(source, lambda: nullcontext(Smeared()), Recorded(), outlets(window), source.clock_s)
    told = [line for line in said if "Het beeld is" in line]
    assert told == [texts.sentence("picture_blurred"), texts.sentence("picture_sharp")]
    assert [key for key, _ in groupby(scene.blurred for scene in window.scenes)] == [
        False,
        True,
        False,
    ]


class Company:
    """Counts nobody, and has the light model between two moments."""

    def __init__(self, session: Recorded, light_at: range) -> None:
        self.wanted = False
        self.persons: int | None = None
        self.persons_now: int | None = None
        self._session, self._light_at = session, light_at

    @property
    def light(self) -> bool:
        return len(self._session.steps) in self._light_at


def test_it_is_said_once_that_the_light_model_is_used_and_once_that_it_no_longer_is(
    outlets: MakeOutlets, window: Tended, said: list[str], texts: Texts
) -> None:
    session, source = Recorded(), Source([STEP_S] * 30, window.ticks)
    run(source, session, replace(outlets(window), company=Company(session, range(5, 20))))
    model = [line for line in said if "model" in line]
    assert model == [texts.sentence("model_light"), texts.sentence("model_usual")]
    lights = [scene.light for scene in window.scenes]
    assert [key for key, _ in groupby(lights)] == [False, True, False]


def test_without_a_window_it_says_so_once_and_what_is_counted(
    outlets: MakeOutlets, said: list[str]
) -> None:
    run(Source([STEP_S] * 20), Recorded(), outlets(HEADLESS))
    assert said == [
        "Geen venster (none in this test): het gaat zonder verder.",
        "herhaling 3: geteld",
        "herhaling 3: geteld",
    ]


def test_of_too_few_pictures_the_terminal_hears_too(
    outlets: MakeOutlets, said: list[str], texts: Texts
) -> None:
    run(Source([0.25] * 30), Recorded(), outlets(HEADLESS))
    assert said.count(texts.cue("camera.slow").text) == 1


def test_a_moment_without_a_picture_is_known_for_one(outlets: MakeOutlets) -> None:
    session = Recorded()
    run(Source([STEP_S, STEP_S, 1.25, STEP_S]), session, outlets(HEADLESS))
    without = [not each.new_picture for each in session.conditions]
    assert without == [
        each.looked and pose is None
        for each, (_, pose, _) in zip(session.conditions, session.steps, strict=True)
    ]
    assert any(without)


def test_poses_are_found_on_another_thread(outlets: MakeOutlets) -> None:
    estimator = Estimator()
    run_live(Source([STEP_S] * 3), lambda: nullcontext(estimator), Recorded(), outlets(HEADLESS))
    assert estimator.threads
    assert threading.current_thread().name not in estimator.threads


def test_the_window_shows_each_picture_with_the_pose_that_was_found_last(
    outlets: MakeOutlets, window: Tended
) -> None:
    session = Recorded()
    run(Source([STEP_S] * 10), session, outlets(window))
    # How many pictures are looked at hangs on how far the session was when their turn came.
    looked_s = [t_s for t_s, _ in session.looked()]
    assert len(window.scenes) == 10
    for scene, (t_s, *_) in zip(window.scenes, session.steps, strict=True):
        assert scene.view is not None
        assert scene.view.t_s == t_s
        assert scene.pose is not None
        assert scene.pose.t_s == max(each for each in looked_s if each <= t_s)
        assert not scene.stale


def test_a_stalled_camera_freezes_nothing_and_the_session_hears_of_it(
    outlets: MakeOutlets, window: Tended
) -> None:
    session, source = Recorded(), Source([STEP_S, STEP_S, 1.25, STEP_S], window.ticks)
    run(source, session, outlets(window))
    # Nothing comes before the window has ticked: it does so through the whole stall.
    assert len(window.scenes) == len(session.steps)
    times_s = [t_s for t_s, _, _ in session.steps]
    unseen_s = [t_s - times_s[1] for t_s, pose in session.looked() if pose is None]
    late = range(math.ceil(STALL_S / ANSWER_S), math.ceil(1.25 / ANSWER_S))
    assert unseen_s == pytest.approx([ANSWER_S * number for number in late])
    assert times_s == sorted(set(times_s))
    assert session.steps[-1][1] is not None, "the frame after the stall is taken"
    stale = [scene.stale for scene in window.scenes]
    nothing = [pose is None for _, pose in session.looked()]
    assert [
        old for old, each in zip(stale, session.conditions, strict=True) if each.looked
    ] == nothing
    assert not any(
        old for old, each in zip(stale, session.conditions, strict=True) if not each.looked
    ), "a picture in which nobody looked is as new as any"


def test_a_slow_model_freezes_nothing(outlets: MakeOutlets, window: Tended) -> None:
    """Each picture that is looked at takes until the window has ticked ten times more."""
    session = Recorded()
    run_live(Source([STEP_S] * 3), make(10, window.ticks), session, outlets(window))
    assert len(session.steps) == 3
    assert session.looked()
    assert window.ticks.count >= 10 * len(session.looked())


def test_with_a_window_no_result_is_waited_for(
    outlets: MakeOutlets, window: Tended, monkeypatch: pytest.MonkeyPatch
) -> None:
    drain, waits_s = Worker.drain, set[float]()

    def noted(worker: Worker[Frame], wait_s: float = 0.0) -> list[Seen[Frame]]:
        waits_s.add(wait_s)
        return drain(worker, wait_s)

    monkeypatch.setattr(Worker, "drain", noted)
    run(Source([STEP_S] * 5, window.ticks), Recorded(), outlets(window))
    assert waits_s == {0.0}


def test_keys_become_commands_once_each(outlets: MakeOutlets, window: Tended) -> None:
    session = Recorded()
    window.keys = {10: pygame.K_SPACE, 20: pygame.K_SPACE, 30: pygame.K_RIGHT, 40: pygame.K_LEFT}
    run(Source([STEP_S] * 60, window.ticks), session, outlets(window))
    commands = [command for _, _, command in session.steps if command is not None]
    assert commands == [Command.PAUSE, Command.PAUSE, Command.SKIP, Command.BACK]


def test_a_command_is_heard_while_the_camera_is_stalled(
    outlets: MakeOutlets, window: Tended
) -> None:
    session = Recorded()

    def press_once_unseen(_: Session, __: Step) -> None:
        if [pose is None for _, pose, _ in session.steps].count(True) == 1:
            press(pygame.K_SPACE)

    heard = replace(outlets(window), on_step=press_once_unseen)
    run(Source([STEP_S, STEP_S, 1.5], window.ticks), session, heard)
    (pose,) = [pose for _, pose, command in session.steps if command is Command.PAUSE]
    assert pose is None


def test_escape_twice_ends(outlets: MakeOutlets, window: Tended) -> None:
    session, source = Recorded(), Source(repeat(STEP_S), window.ticks)
    window.keys = {10: pygame.K_ESCAPE, 20: pygame.K_ESCAPE}
    run(source, session, outlets(window))
    assert window.ticks.count == 21
    assert source.closed
    assert session.finished_s


def test_muting_silences_the_player_and_shows(
    outlets: MakeOutlets, window: Tended, player: Player
) -> None:
    window.keys = {5: pygame.K_m}
    run(Source([STEP_S] * 20, window.ticks), Recorded(), outlets(window))
    assert player.muted
    assert window.scenes[-1].silent


def test_what_is_skipped_is_not_said_to_its_end() -> None:
    catalogue = load_catalogue()
    texts = Texts("nl", catalogue.get, book_of(catalogue), load_words())
    blocks = blocks_of(catalogue.get("w56-belly-bridge"))
    session = Session(blocks, texts.cues, guidance=Guidance(count_in=False))
    spoken: list[tuple[Stage, bool]] = []
    pygame.display.init()
    with Tended(texts) as window, Player(pytest.fail, SoundSettings(language="nl")) as player:

        def note(_: Session, step: Step) -> None:
            now = (step.view.stage, player.speaking)
            if now == (Stage.EXPLAIN, True) and now not in spoken:
                press(pygame.K_RIGHT)
            spoken.append(now)

        outlets = Outlets(window, player, texts, pytest.fail, on_step=note)
        run(Source([STEP_S] * 30, window.ticks), session, outlets)
    assert (Stage.EXPLAIN, True) in spoken
    assert spoken[-1] == (Stage.GET_READY, False)


def test_a_session_that_is_done_ends_the_loop(outlets: MakeOutlets, window: Tended) -> None:
    session, source = Recorded(), Source(repeat(STEP_S))
    session.done_after = 5
    done_at: list[int] = []

    def note(_: Session, step: Step) -> None:
        if step.view.stage is Stage.DONE:
            done_at.append(window.ticks.count)

    lingering = replace(outlets(window), on_step=note, linger_s=12.0)
    run_live(source, make(), session, lingering, lambda: float(window.ticks.count))
    assert len(session.steps) == 5
    last = window.scenes[-1].view
    assert last is not None
    assert last.stage is Stage.DONE
    assert [window.ticks.count - tick for tick in done_at] == [12], "a tick of this clock's second"


@pytest.mark.parametrize("shown", [True, False])
def test_what_the_camera_raises_is_raised_here_after_all_it_gave(
    outlets: MakeOutlets, texts: Texts, *, shown: bool
) -> None:
    session, source = Recorded(), Source([STEP_S] * 10 + [BadSourceError("gone")])
    pygame.display.init()
    place: Window | NoDisplay = Tended(texts) if shown else HEADLESS
    with pytest.raises(BadSourceError, match="gone"):
        run(source, session, outlets(place))
    assert len(session.steps) == 10
    assert session.finished_s
    assert source.closed
    if isinstance(place, Window):
        place.close()
    pygame.display.quit()


def test_what_the_model_raises_is_raised_here(outlets: MakeOutlets) -> None:
    def broken() -> nullcontext[Estimator]:
        raise BadModelError("altered")

    with pytest.raises(BadModelError, match="altered"):
        run_live(Source([STEP_S] * 10), broken, Recorded(), outlets(HEADLESS))


@pytest.fixture
def listening() -> Iterator[None]:
    """Have Ctrl-C heard: a program that was started in the background does not hear it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("listening")
def test_ctrl_c_ends_with_what_was_done(outlets: MakeOutlets, said: list[str]) -> None:
    session, source, done = Recorded(), Source(repeat(STEP_S)), threading.Event()

    def interrupt() -> None:
        done.wait(LIMIT_S)
        os.kill(os.getpid(), signal.SIGINT)

    def note(_: Session, __: Step) -> None:
        if len(session.steps) == 12:
            done.set()

    other = threading.Thread(target=interrupt)
    other.start()
    run(source, session, replace(outlets(HEADLESS), on_step=note))
    other.join()
    assert any("geteld" in line for line in said)
    assert session.finished_s
    assert source.closed


def test_poses_are_handed_on_as_the_session_got_them(outlets: MakeOutlets) -> None:
    session, kept = Recorded(), list[tuple[float, Pose | None]]()
    pairs = replace(outlets(HEADLESS), on_pose=lambda t_s, pose: kept.append((t_s, pose)))
    run(Source([STEP_S] * 5), session, pairs)
    assert kept == session.looked()


def test_the_terminal_says_why_a_repetition_did_not_count(texts: Texts) -> None:
    refused = replace(BEND, counted=False, reasons=("too_short", "no_tap"))
    line = line_of(RepetitionEnded(1.0, refused), texts)
    assert line == "herhaling 3: niet geteld (te kort vastgehouden, grond niet aangetikt)"
    hold = Hold(1.0, 13.34, 12.0, None, None, 1.0, None, ())
    assert line_of(HoldEnded(14.0, hold), texts) == "vastgehouden 12.3 s"


def test_a_window_can_be_opened_for_it(texts: Texts) -> None:
    opened = open_window(texts)
    assert isinstance(opened, Window)
    opened.close()


# Trouble, pain, and who else hears


class Troubled(Source):
    """A camera that is in trouble for a while after its first frames."""

    def _frame(self) -> Frame | Trouble:
        if 10 <= self.given < 20:
            return Trouble(self.clock_s(), CameraTrouble.FROZEN)
        return super()._frame()


def test_camera_trouble_reaches_the_session_by_its_name(
    outlets: MakeOutlets, window: Tended
) -> None:
    session = Recorded()
    run(Troubled([STEP_S] * 40, window.ticks), session, outlets(window))
    kinds = [each.trouble for each in session.conditions]
    assert kinds.count(CameraTrouble.FROZEN) == 10
    views = [scene.view for scene in window.scenes if scene.view is not None]
    paused = [view for view in views if view.trouble is CameraTrouble.FROZEN]
    assert {view.stage for view in paused} == {Stage.PAUSED}
    assert len(paused) == 10, "the window shows it while it lasts"


class SetUpFirst(Recorded):
    """Is set up for its first steps, as far as it says."""

    @property
    def stage(self) -> Stage:
        return Stage.SETUP if len(self.steps) < 4 else super().stage


def test_the_picture_s_light_reaches_the_session_while_it_is_set_up(outlets: MakeOutlets) -> None:
    session = SetUpFirst()
    run(Source([STEP_S] * 8), session, outlets(HEADLESS))
    pictures = [each.picture for each in session.conditions]
    assert [(each.width, each.height, each.brightness) for each in pictures[:4] if each] == [
        (64, 48, 0.0)
    ] * 4
    assert pictures[4:] == [None] * 4, "nobody asks for it, so nobody works it out"


def test_who_wants_to_hear_of_every_step_does(outlets: MakeOutlets) -> None:
    session, heard = Recorded(), []
    wanted = replace(outlets(HEADLESS), on_step=lambda who, step: heard.append((who, step)))
    run(Source([STEP_S] * 8), session, wanted)
    assert len(heard) == 8
    assert {id(who) for who, _ in heard} == {id(session)}


class Reel:
    """Keeps the times of the frames it is handed, and the moments."""

    recording = True

    def __init__(self) -> None:
        self.times_s: list[float] = []
        self.moments: list[Moment] = []

    def write(self, t_s: float, _image_bgr: NDArray[np.uint8], /) -> None:
        self.times_s.append(t_s)

    def mark(self, moment: Moment, /) -> None:
        assert self.times_s, "its frame comes first"
        self.moments.append(moment)


def test_a_recording_gets_every_frame_and_the_window_says_so(
    outlets: MakeOutlets, window: Tended
) -> None:
    session, reel = Recorded(), Reel()
    run(Source([STEP_S] * 8), session, replace(outlets(window), film=reel))
    assert reel.times_s == [t_s for t_s, _, _ in session.steps]
    assert window.scenes[-1].recording


class Settled:
    """The receipt of something that is on the disk."""

    def settled(self, wait_s: float = 0.0) -> bool:
        return wait_s >= 0.0


class Ready:
    """A ledger that takes a set at once, whereupon the session lets go of it."""

    reaches_disk = True

    def keep(self, _session: Session, _step: Step) -> Settled:
        return Settled()

    def keep_last(self, _session: Session) -> Settled:
        return Settled()


def test_a_recording_hears_of_the_moments_of_every_set(outlets: MakeOutlets) -> None:
    """Of a set that is over, before its record lets go of them, and of the last one."""
    best, worst, last = (Moment(t_s, 0.0, (), ()) for t_s in (1.0, 2.0, 3.0))
    over = SetRecord("w56-belly-bridge", None, 1, best=best, worst=worst)

    class OneOver(Recorded):
        def step(self, t_s: float, *given: Any) -> Step:
            step = super().step(t_s, *given)
            return replace(step, ended=(over,)) if len(self.steps) == 4 else step

        def let_go(self) -> None:
            if len(self.steps) == 4:
                over.let_go()

        def finish(self, t_s: float) -> list[Fact]:
            facts = super().finish(t_s)
            self.records[-1].best = last
            return facts

    reel = Reel()
    run(Source([STEP_S] * 8), OneOver(), replace(outlets(HEADLESS), film=reel, ledger=Ready()))
    assert reel.moments == [best, worst, last]


@pytest.mark.parametrize(("score", "command"), [(3, Command.PAIN_NOTE), (8, Command.PAIN_SKIP)])
def test_pain_is_asked_about_and_an_exercise_that_hurts_badly_is_left(
    outlets: MakeOutlets, window: Tended, score: int, command: Command
) -> None:
    session, asked, given = Recorded(), [], []

    def question(exercise_id: str) -> PainQuestion:
        asked.append(exercise_id)
        press(ord(str(score)))
        press(pygame.K_RETURN)
        return PainQuestion("?", (("back", "back"),))

    def take(exercise_id: str, answer: PainGiven) -> bool:
        given.append((exercise_id, answer.score))
        return answer.score >= 7

    def note(_: Session, step: Step) -> None:
        if step.view.pause is Pause.PAIN and not asked:
            press(pygame.K_2)

    window.keys = {5: pygame.K_p}
    page = replace(outlets(window), pain_page=PainPage(question, take), on_step=note)
    run(Source([STEP_S] * 30, window.ticks), session, page)
    assert asked == ["w56-belly-bridge"]
    assert given == [("w56-belly-bridge", score)]
    assert [each for _, _, each in session.steps if each] == [Command.PAIN, command]
