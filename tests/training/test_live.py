"""The loop with real parts: session, window and player, without devices; made-up frames."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Self

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from coreline.body.pose import LANDMARKS, Pose
from coreline.camera.source import Frame, SourceInfo, Trouble, TroubleKind
from coreline.data_files import load_catalogue, load_cues, load_words
from coreline.errors import BadModelError, BadSourceError
from coreline.judging.events import Fact, Hold, HoldEnded, Repetition, RepetitionEnded
from coreline.screen.answers import Answer, PainGiven, Wish
from coreline.screen.menu import PainQuestion
from coreline.screen.scene import Scene
from coreline.screen.texts import Texts
from coreline.screen.window import NoDisplay, Window, open_window
from coreline.session import Around, Command, Session, Step, blocks_of
from coreline.session.inputs import NOTHING_ELSE, Guidance
from coreline.session.view import CameraTrouble, Stage
from coreline.sound.choice import SoundSettings
from coreline.sound.player import Player
from coreline.training.live import Outlets, PainPage, line_of, run_live
from coreline.training.rig import book_of

IMAGE = np.zeros((48, 64, 3), np.uint8)
STEP_S = 0.02
BEND = Repetition(3, 1.0, 2.0, 4.0, 2.1, True, (), 40.0, None, None, None, None)
HEADLESS = NoDisplay("none in this test")

Script = Sequence[float | Exception]  # seconds without a frame before the next one, or an end


class Source:
    """A camera that follows a script: after so many seconds a frame, or an error."""

    def __init__(self, script: Script) -> None:
        self.script, self.closed, self.given = script, False, 0

    @property
    def info(self) -> SourceInfo:
        return SourceInfo("script", 64, 48, 1 / STEP_S)

    def frames(self) -> Iterator[Frame | Trouble | None]:
        for wait in self.script:
            if isinstance(wait, Exception):
                raise wait
            yield from _nothing(wait)
            yield Frame(time.monotonic(), IMAGE, self.given)
            self.given += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True


def _nothing(wait_s: float) -> Iterator[None]:
    until_s = time.monotonic() + wait_s
    while (left_s := until_s - time.monotonic()) > 0:
        time.sleep(min(left_s, 0.08))
        if left_s > 0.08:
            yield None


class Estimator:
    """Finds the same pose in every picture, after a while."""

    def __init__(self, takes_s: float = 0.0) -> None:
        self.takes_s = takes_s
        self.threads: set[str] = set()

    def estimate(self, t_s: float, image_bgr: NDArray[np.uint8], /) -> Pose:
        self.threads.add(threading.current_thread().name)
        time.sleep(self.takes_s)
        ones = np.ones(LANDMARKS)
        size_px = (image_bgr.shape[1], image_bgr.shape[0])
        return Pose(t_s, np.ones((LANDMARKS, 2)), ones, ones, np.ones((LANDMARKS, 3)), size_px)


class Recorded(Session):
    """A session that keeps what it was stepped with, and reports a repetition every tenth frame."""

    def __init__(self) -> None:
        exercise = load_catalogue().get("w56-belly-bridge")
        super().__init__(blocks_of(exercise), load_cues())
        self.steps: list[tuple[float, Pose | None, Command | None]] = []
        self.around: list[Around] = []
        self.done_after: int | None = None
        self.finished_s: list[float] = []

    def step(
        self,
        t_s: float,
        pose: Pose | None,
        command: Command | None = None,
        around: Around = NOTHING_ELSE,
    ) -> Step:
        self.steps.append((t_s, pose, command))
        self.around.append(around)
        step = super().step(t_s, pose, command, around)
        if len(self.steps) % 10 == 0:
            step = replace(step, facts=(RepetitionEnded(t_s, BEND),), beeps=("counted",))
        if len(self.steps) == self.done_after:
            step = replace(step, view=replace(step.view, stage=Stage.DONE))
        return step

    def finish(self, t_s: float) -> list[Fact]:
        self.finished_s.append(t_s)
        return super().finish(t_s)


class Tended(Window):
    """A window that is told on which tick to press what, and keeps the time of each tick."""

    keys: dict[int, int]
    ticks_s: list[float]
    scenes: list[Scene]

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts)
        self.keys, self.ticks_s, self.scenes = {}, [], []

    def tick(self) -> tuple[Wish | Answer, ...]:
        key = self.keys.get(len(self.ticks_s))
        if key is not None:
            letter = chr(key) if key < 128 and chr(key).isalnum() else ""
            event = pygame.event.Event(pygame.KEYDOWN, key=key, unicode=letter, mod=0)
            pygame.event.post(event)
        self.ticks_s.append(time.monotonic())
        return super().tick()

    def show(self, scene: Scene) -> None:
        self.scenes.append(scene)
        super().show(scene)


@pytest.fixture(autouse=True)
def _no_devices_and_no_thread_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


@pytest.fixture
def texts() -> Texts:
    return Texts("nl", load_catalogue().get, load_cues(), load_words())


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
    return lambda window: Outlets(window, player, texts, said.append)


MakeOutlets = Callable[[Window | NoDisplay], Outlets]


def make(takes_s: float = 0.0) -> Callable[[], nullcontext[Estimator]]:
    return lambda: nullcontext(Estimator(takes_s))


def test_every_frame_reaches_the_session_in_order(outlets: MakeOutlets) -> None:
    session, source = Recorded(), Source([STEP_S] * 30)
    facts = run_live(source, make(), session, outlets(HEADLESS))
    times_s = [t_s for t_s, _, _ in session.steps]
    assert times_s == sorted(times_s)
    assert len(times_s) == 30
    assert all(pose is not None and pose.t_s == t_s for t_s, pose, _ in session.steps)
    assert len([fact for fact in facts if isinstance(fact, RepetitionEnded)]) == 3
    assert session.finished_s == [times_s[-1]]
    assert source.closed


def test_without_a_window_it_says_so_once_and_what_is_counted(
    outlets: MakeOutlets, said: list[str]
) -> None:
    run_live(Source([STEP_S] * 20), make(), Recorded(), outlets(HEADLESS))
    assert said == [
        "No window (none in this test): going on without one.",
        "herhaling 3: geteld",
        "herhaling 3: geteld",
    ]


def test_poses_are_found_on_another_thread(outlets: MakeOutlets) -> None:
    estimator = Estimator()
    run_live(Source([STEP_S] * 3), lambda: nullcontext(estimator), Recorded(), outlets(HEADLESS))
    assert estimator.threads
    assert threading.current_thread().name not in estimator.threads


def test_the_window_shows_each_picture_with_the_pose_found_in_it(
    outlets: MakeOutlets, window: Tended
) -> None:
    run_live(Source([STEP_S] * 10), make(), Recorded(), outlets(window))
    assert len(window.scenes) >= 9
    for scene in window.scenes:
        assert scene.view is not None
        assert scene.pose is not None
        assert scene.pose.t_s == scene.view.t_s
        assert not scene.stale


def test_a_stalled_camera_freezes_nothing_and_the_session_hears_of_it(
    outlets: MakeOutlets, window: Tended
) -> None:
    session = Recorded()
    run_live(Source([STEP_S, STEP_S, 1.2, STEP_S]), make(), session, outlets(window))
    assert np.diff(window.ticks_s).max() < 0.4
    assert len(window.ticks_s) > 10
    unseen = [t_s for t_s, pose, _ in session.steps if pose is None]
    assert 1 <= len(unseen) <= 12
    times_s = [t_s for t_s, _, _ in session.steps]
    assert times_s == sorted(set(times_s))
    assert session.steps[-1][1] is not None, "the frame after the stall is taken"
    assert any(scene.stale for scene in window.scenes)
    assert not window.scenes[-1].stale


def test_a_slow_model_freezes_nothing(outlets: MakeOutlets, window: Tended) -> None:
    run_live(Source([0.0] * 3), make(0.4), Recorded(), outlets(window))
    assert np.diff(window.ticks_s).max() < 0.4
    assert len(window.ticks_s) > 10


def test_keys_become_commands_once_each(outlets: MakeOutlets, window: Tended) -> None:
    session = Recorded()
    window.keys = {10: pygame.K_SPACE, 20: pygame.K_SPACE, 30: pygame.K_RIGHT, 40: pygame.K_LEFT}
    run_live(Source([STEP_S] * 60), make(), session, outlets(window))
    commands = [command for _, _, command in session.steps if command is not None]
    assert commands == [Command.PAUSE, Command.PAUSE, Command.SKIP, Command.BACK]


def test_a_command_is_heard_while_the_camera_is_stalled(
    outlets: MakeOutlets, window: Tended
) -> None:
    session = Recorded()
    window.keys = {30: pygame.K_SPACE}
    run_live(Source([STEP_S, STEP_S, 1.5]), make(), session, outlets(window))
    (pose,) = [pose for _, pose, command in session.steps if command is Command.PAUSE]
    assert pose is None


def test_escape_twice_ends(outlets: MakeOutlets, window: Tended) -> None:
    session, source = Recorded(), Source([STEP_S] * 1000)
    window.keys = {10: pygame.K_ESCAPE, 20: pygame.K_ESCAPE}
    run_live(source, make(), session, outlets(window))
    assert len(window.ticks_s) == 21
    assert source.closed
    assert session.finished_s


def test_muting_silences_the_player_and_shows(
    outlets: MakeOutlets, window: Tended, player: Player
) -> None:
    window.keys = {5: pygame.K_m}
    run_live(Source([STEP_S] * 20), make(), Recorded(), outlets(window))
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
            spoken.append((step.view.stage, player.speaking))

        window.keys = {40: pygame.K_RIGHT}
        outlets = Outlets(window, player, texts, pytest.fail, on_step=note)
        run_live(Source([STEP_S] * 60), make(), session, outlets)
    assert (Stage.EXPLAIN, True) in spoken
    assert spoken[-1] == (Stage.GET_READY, False)


def test_a_session_that_is_done_ends_the_loop(
    outlets: MakeOutlets, window: Tended, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coreline.training.live.LINGER_S", 0.2)
    session = Recorded()
    session.done_after = 5
    run_live(Source([STEP_S] * 1000), make(), session, outlets(window))
    assert len(session.steps) == 5
    last = window.scenes[-1].view
    assert last is not None
    assert last.stage is Stage.DONE
    assert len(window.ticks_s) > 12, "the last page stays for a moment"


@pytest.mark.parametrize("shown", [True, False])
def test_what_the_camera_raises_is_raised_here_after_all_it_gave(
    outlets: MakeOutlets, texts: Texts, *, shown: bool
) -> None:
    session, source = Recorded(), Source([STEP_S] * 10 + [BadSourceError("gone")])
    pygame.display.init()
    place: Window | NoDisplay = Tended(texts) if shown else HEADLESS
    with pytest.raises(BadSourceError, match="gone"):
        run_live(source, make(), session, outlets(place))
    assert len(session.steps) == 10
    assert session.finished_s
    assert source.closed
    pygame.display.quit()


def test_what_the_model_raises_is_raised_here(outlets: MakeOutlets) -> None:
    def broken() -> nullcontext[Estimator]:
        raise BadModelError("altered")

    with pytest.raises(BadModelError, match="altered"):
        run_live(Source([STEP_S] * 10), broken, Recorded(), outlets(HEADLESS))


def test_ctrl_c_ends_with_what_was_done(outlets: MakeOutlets) -> None:
    session, source = Recorded(), Source([STEP_S] * 1000)
    timer = threading.Timer(0.6, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    facts = run_live(source, make(), session, outlets(HEADLESS))
    timer.join()
    assert facts
    assert session.finished_s
    assert source.closed


def test_poses_are_handed_on_as_the_session_got_them(outlets: MakeOutlets) -> None:
    session, kept = Recorded(), list[tuple[float, Pose | None]]()
    pairs = replace(outlets(HEADLESS), on_pose=lambda t_s, pose: kept.append((t_s, pose)))
    run_live(Source([STEP_S] * 5), make(), session, pairs)
    assert kept == [(t_s, pose) for t_s, pose, _ in session.steps]


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

    def frames(self) -> Iterator[Frame | Trouble | None]:
        for number in range(40):
            time.sleep(STEP_S)
            if 10 <= number < 20:
                yield Trouble(time.monotonic(), TroubleKind.FROZEN)
            else:
                yield Frame(time.monotonic(), IMAGE, number)


def test_camera_trouble_reaches_the_session_by_its_name(
    outlets: MakeOutlets, window: Tended
) -> None:
    session = Recorded()
    run_live(Troubled([]), make(), session, outlets(window))
    kinds = [around.trouble for around in session.around]
    assert kinds.count(CameraTrouble.FROZEN) == 10
    views = [scene.view for scene in window.scenes if scene.view is not None]
    paused = [view for view in views if view.trouble is CameraTrouble.FROZEN]
    assert {view.stage for view in paused} == {Stage.PAUSED}
    assert len(window.ticks_s) > 20


def test_every_trouble_of_a_camera_is_one_that_the_screen_knows() -> None:
    assert {each.value for each in TroubleKind} == {each.value for each in CameraTrouble}


def test_the_picture_s_light_reaches_the_session(outlets: MakeOutlets) -> None:
    session = Recorded()
    run_live(Source([STEP_S] * 5), make(), session, outlets(HEADLESS))
    pictures = [around.picture for around in session.around]
    assert {(each.width, each.height, each.brightness) for each in pictures if each} == {
        (64, 48, 0.0)
    }


def test_who_wants_to_hear_of_every_step_does(outlets: MakeOutlets) -> None:
    session, heard = Recorded(), []
    wanted = replace(outlets(HEADLESS), on_step=lambda who, step: heard.append((who, step)))
    run_live(Source([STEP_S] * 8), make(), session, wanted)
    assert len(heard) == 8
    assert {id(who) for who, _ in heard} == {id(session)}


class Reel:
    """Keeps the times of the frames it is handed."""

    recording = True

    def __init__(self) -> None:
        self.times_s: list[float] = []

    def write(self, t_s: float, _image_bgr: NDArray[np.uint8], /) -> None:
        self.times_s.append(t_s)


def test_a_recording_gets_every_frame_and_the_window_says_so(
    outlets: MakeOutlets, window: Tended
) -> None:
    session, reel = Recorded(), Reel()
    run_live(Source([STEP_S] * 8), make(), session, replace(outlets(window), film=reel))
    assert reel.times_s == [t_s for t_s, _, _ in session.steps]
    assert window.scenes[-1].recording


@pytest.mark.parametrize(("score", "command"), [(3, Command.PAIN_NOTE), (8, Command.PAIN_SKIP)])
def test_pain_is_asked_about_and_an_exercise_that_hurts_badly_is_left(
    outlets: MakeOutlets, window: Tended, score: int, command: Command
) -> None:
    session, asked, given = Recorded(), [], []

    def question(exercise_id: str) -> PainQuestion:
        asked.append(exercise_id)
        return PainQuestion("?", (("back", "back"),))

    def take(exercise_id: str, answer: PainGiven) -> bool:
        given.append((exercise_id, answer.score))
        return answer.score >= 7

    window.keys = {5: pygame.K_p, 15: pygame.K_2, 25: ord(str(score)), 30: pygame.K_RETURN}
    page = replace(outlets(window), pain_page=PainPage(question, take))
    run_live(Source([STEP_S] * 90), make(), session, page)
    assert asked == ["w56-belly-bridge"]
    assert given == [("w56-belly-bridge", score)]
    assert [each for _, _, each in session.steps if each] == [Command.PAIN, command]
