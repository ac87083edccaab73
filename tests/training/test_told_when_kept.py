"""Said only when it is on disk: the loop before a journal that is held up, refuses, or is late."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from coreline.app.keeping import Keeper
from coreline.body.pose import Pose
from coreline.data_files import load_catalogue, load_cues
from coreline.errors import BadSourceError
from coreline.journal.database import Journal, open_journal
from coreline.journal.recorder import Recorder
from coreline.journal.sessions import session_start
from coreline.judging.events import Fact, Hold, HoldEnded, Repetition, RepetitionEnded
from coreline.screen.texts import Texts
from coreline.screen.window import NoDisplay, Window
from coreline.session.blocks import blocks_of
from coreline.session.command import Command
from coreline.session.inputs import NOTHING_ELSE, Conditions
from coreline.session.out import PainAnswer
from coreline.session.session import Session, Step
from coreline.session.view import Stage
from coreline.sound.player import Player
from coreline.training.live import Outlets, run_live
from coreline.training.telling import Order
from journal_values import ANNA, DAY, PLAN, STARTED_AT
from scripted import LIMIT_S, STEP_S, Estimator, Source, Tended, Ticks

BEND = Repetition(1, 1.0, 2.0, 4.0, 2.1, True, (), 40.0, None, None, None, None)
HELD = Hold(1.0, 4.0, 3.0, None, None, 1.0, None, ())
EVERY = 10  # frames to a repetition
NO_WINDOW = "Geen venster (none in this test): het gaat zonder verder."
HEADLESS = NoDisplay("none in this test")
pytestmark = pytest.mark.usefixtures("no_devices_and_no_thread_left")
START = session_start(ANNA.id, DAY, STARTED_AT, PLAN)


def lines(*numbers: int) -> list[str]:
    return [f"herhaling {number}: geteld" for number in numbers]


class Counting(Session):
    """A session in which every tenth frame brings a repetition, and its end a last one."""

    def __init__(self, done_after: int | None = None) -> None:
        exercise = load_catalogue().get("w56-belly-bridge")
        super().__init__(blocks_of(exercise), load_cues())
        self.frames, self.judged, self.ended = 0, Ticks(), Ticks()
        self._done_after = done_after

    def step(
        self,
        t_s: float,
        pose: Pose | None,
        command: Command | None = None,
        conditions: Conditions = NOTHING_ELSE,
    ) -> Step:
        step = super().step(t_s, pose, command, conditions)
        self.frames += 1
        progress = replace(step.view.progress, count=self.frames // EVERY)
        done = self.frames == self._done_after
        stage = Stage.DONE if done else step.view.stage
        step = replace(step, view=replace(step.view, progress=progress, stage=stage))
        if self.frames % EVERY == 0:
            fact = self._repetition(t_s, self.frames // EVERY)
            step = replace(step, facts=(fact,), beeps=("counted",))
        self.judged.happen()
        return step

    def finish(self, t_s: float) -> list[Fact]:
        facts = super().finish(t_s)
        last = self._repetition(t_s, self.frames // EVERY + 1)
        self.ended.happen()
        return [*facts, last]

    def _repetition(self, t_s: float, number: int) -> RepetitionEnded:
        fact = RepetitionEnded(t_s, replace(BEND, number=number))
        self.records[-1].facts.append(fact)
        return fact


@pytest.fixture
def window(texts: Texts) -> Iterator[Tended]:
    pygame.display.init()
    with Tended(texts) as opened:
        yield opened


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path / "coreline.sqlite3", today=DAY) as opened:
        opened.save_profile(ANNA)
        yield opened


class Scenery:
    """A loop before a journal that can be held up or refuse, and what it told."""

    def __init__(self, texts: Texts, journal: Journal, player: Player) -> None:
        self.texts, self.journal, self.player = texts, journal, player
        self.told: list[str] = []
        self.heard, self.let_go = Ticks(), threading.Event()

    def say(self, line: str) -> None:
        if line != NO_WINDOW:
            self.told.append(line)
            self.heard.happen()

    @property
    def beeps(self) -> int:
        return sum(each.name == "counted" for each in self.player.log)

    def kept(self) -> list[int]:
        """Return the numbers of the repetitions that are in the journal."""
        records = self.journal.set_records(START.uid)
        facts = [fact for record in records for fact in record.facts]
        return [fact.repetition.number for fact in facts if isinstance(fact, RepetitionEnded)]

    @contextmanager
    def held_up(self) -> Iterator[None]:
        """Let another thread have the journal until it is let go, at the latest at the end."""
        has_it = threading.Event()

        def hold() -> None:
            with self.journal.reading():
                has_it.set()
                assert self.let_go.wait(LIMIT_S)

        thread = threading.Thread(target=hold)
        thread.start()
        assert has_it.wait(LIMIT_S)
        try:
            yield
        finally:
            self.let_go.set()
            thread.join()

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Let SQLite refuse to write."""
        with self.journal.reading() as connection:
            connection.execute("PRAGMA query_only = ON")
        yield

    def run(
        self,
        source: Source,
        session: Session,
        window: Window | NoDisplay = HEADLESS,
        meanwhile: AbstractContextManager[None] | None = None,
        patience_s: float = LIMIT_S,
    ) -> None:
        """Train; from when the session's beginning is on the disk, this goes on `meanwhile`."""
        with Recorder(self.journal, START, self.say, patience_s=patience_s) as recorder:
            assert recorder.flush(LIMIT_S)
            ledger = Keeper(recorder, DAY)
            outlets = Outlets(
                window, self.player, self.texts, self.say, ledger=ledger, linger_s=0.0
            )
            estimator = nullcontext(Estimator())
            with meanwhile or nullcontext():
                run_live(source, lambda: estimator, session, outlets, source.clock_s)


@pytest.fixture
def scenery(texts: Texts, journal: Journal) -> Iterator[Scenery]:
    with Player(pytest.fail) as player:
        yield Scenery(texts, journal, player)


def wait_for(there: Callable[[], bool], change: Ticks) -> None:
    """Wait until something is so that can only come about with a change."""
    while not there():
        change.wait_for_more(patience_s=0.05)  # it may have come just before


@contextmanager
def beside(do: Callable[[], None]) -> Iterator[None]:
    """Do something on a thread of its own, and raise here what it raises."""
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(do)
        yield
        done.result(LIMIT_S)


@pytest.mark.parametrize("shown", [False, True])
def test_nothing_is_printed_sounded_or_counted_before_it_is_on_the_disk(
    scenery: Scenery, window: Tended, *, shown: bool
) -> None:
    session = Counting()

    def script() -> Iterator[float]:
        """Two repetitions while the journal is held up; then it is let go."""
        yield from [STEP_S] * 25
        wait_for(lambda: session.frames == 25, session.judged)
        if shown:
            assert window.ticks.wait_for_more(30), "the window stands still"
            last = window.scenes[-1]
            assert last.view is not None
            assert last.pose is not None
            assert last.view.progress.count == 0
            assert last.pose.t_s > last.view.t_s, "the picture goes on meanwhile"
            assert not last.unkept
        assert scenery.told == []
        assert scenery.beeps == 0
        scenery.let_go.set()
        wait_for(lambda: len(scenery.told) == 2, scenery.heard)
        yield from [STEP_S] * 3

    scenery.run(Source(script()), session, window if shown else HEADLESS, scenery.held_up())
    assert scenery.told == lines(1, 2, 3)
    assert scenery.beeps == 2
    assert scenery.kept() == [1, 2, 3]
    counts = [scene.view.progress.count for scene in window.scenes if scene.view is not None]
    assert counts == sorted(counts)
    assert not shown or counts[-1] == 2


def test_each_is_in_the_journal_when_it_is_printed(
    scenery: Scenery, monkeypatch: pytest.MonkeyPatch
) -> None:
    say, kept = scenery.say, list[list[int]]()

    def look(line: str) -> None:
        if line != NO_WINDOW:
            kept.append(scenery.kept())
        say(line)

    monkeypatch.setattr(scenery, "say", look)
    scenery.run(Source([STEP_S] * 35), Counting())
    assert scenery.told == lines(1, 2, 3, 4)
    assert all(number in there for number, there in enumerate(kept, 1))


def test_the_last_page_comes_when_the_last_repetition_is_kept(
    scenery: Scenery, window: Tended
) -> None:
    session = Counting(done_after=20)

    def later() -> None:
        wait_for(lambda: session.frames == 20, session.judged)
        assert window.ticks.wait_for_more(30), "the window stands still"
        stages = {scene.view.stage for scene in window.scenes if scene.view is not None}
        assert Stage.DONE not in stages
        assert scenery.told == []
        scenery.let_go.set()

    with beside(later):
        scenery.run(Source([STEP_S] * 30), session, window, scenery.held_up())
    last = window.scenes[-1].view
    assert last is not None
    assert last.stage is Stage.DONE
    assert scenery.told == lines(1, 2, 3)


@pytest.mark.parametrize("how", ["frames end", "window", "camera fails", "Ctrl-C"])
def test_however_it_ends_the_last_is_kept_and_then_printed(
    scenery: Scenery, window: Tended, how: str
) -> None:
    session = Counting()

    def later() -> None:
        wait_for(lambda: session.ended.count == 1, session.ended)
        if how == "window":
            assert window.ticks.wait_for_more(10), "the window stands still"
        assert scenery.told == []
        scenery.let_go.set()

    def script() -> Iterator[float | Exception]:
        yield from [STEP_S] * 8
        if how == "camera fails":
            yield BadSourceError("gone")
        if how == "Ctrl-C":
            wait_for(lambda: session.frames == 8, session.judged)
            os.kill(os.getpid(), signal.SIGINT)

    fails = pytest.raises(BadSourceError) if how == "camera fails" else nullcontext()
    with beside(later), fails:
        place = window if how == "window" else HEADLESS
        scenery.run(Source(script()), session, place, scenery.held_up())
    assert scenery.told == lines(1)
    assert scenery.kept() == [1]


def test_a_journal_that_refuses_is_said_once_and_first(scenery: Scenery, window: Tended) -> None:
    frames = Source([STEP_S] * 35, window.ticks)
    scenery.run(frames, Counting(), window, scenery.refusing())
    warning, *told = scenery.told
    assert "kept in memory" in warning
    assert told == lines(1, 2, 3, 4)
    assert window.scenes[-1].unkept


def test_a_journal_that_is_late_is_said_once_and_first(scenery: Scenery, window: Tended) -> None:
    frames = Source([STEP_S] * 35, window.ticks)
    scenery.run(frames, Counting(), window, scenery.held_up(), patience_s=0.0)
    warning, *told = scenery.told
    assert "takes long" in warning
    assert told == lines(1, 2, 3, 4)
    assert scenery.kept() == [1, 2, 3, 4], "when the journal was free again"


# What waits


class Slip:
    """A receipt that is settled when somebody says so."""

    def __init__(self) -> None:
        self.is_settled = False

    def settled(self, wait_s: float = 0.0) -> bool:
        assert wait_s == 0.0
        return self.is_settled


class Book:
    """A ledger whose receipts are settled by hand."""

    reaches_disk = True

    def __init__(self) -> None:
        self.slips: list[Slip] = []

    def keep(self, _session: Session, _step: Step) -> Slip:
        self.slips.append(Slip())
        return self.slips[-1]

    def keep_last(self, session: Session) -> Slip:
        return self.keep(session, STEP)


SESSION = Counting()
STEP = SESSION.step(0.0, None)
HOLD_ENDS = replace(STEP, facts=(HoldEnded(4.0, HELD),))
RUNS_ON = replace(STEP, view=replace(STEP.view, progress=replace(STEP.view.progress, held_s=9.0)))
COUNTED = replace(STEP, view=replace(STEP.view, progress=replace(STEP.view.progress, count=1)))
IN_PAIN = replace(STEP, pain=PainAnswer("w56-belly-bridge", None, Command.PAIN_SKIP))
SET_OVER = replace(STEP, ended=(SESSION.records[0],))


@pytest.mark.parametrize("step", [HOLD_ENDS, COUNTED, IN_PAIN, SET_OVER])
def test_what_tells_of_something_done_waits_and_those_after_it_too(step: Step) -> None:
    book = Book()
    order = Order(book)
    for each in (RUNS_ON, step, RUNS_ON):
        order.take(SESSION, each)
    assert [telling.step for telling in order.told()] == [RUNS_ON]
    assert order.waits
    book.slips[1].is_settled = True
    after = [telling.step for telling in order.told()]
    assert after[0] is step
    assert len(after) == 2 or step is COUNTED, "the count went back, which waits too"


def test_what_only_goes_on_waits_for_no_disk() -> None:
    order = Order(Book())
    order.take(SESSION, RUNS_ON)
    assert [telling.step for telling in order.told()] == [RUNS_ON]
    assert not order.waits


class Light(Counting):
    """A session that counts how often it was told to let go."""

    let_go_of = 0

    def let_go(self) -> None:
        super().let_go()
        self.let_go_of += 1


@pytest.mark.parametrize("kept", [False, True])
def test_what_the_ledger_has_the_session_lets_go_of(*, kept: bool) -> None:
    session = Light()
    Order(Book() if kept else None).take(session, RUNS_ON)
    assert session.let_go_of == kept


def test_without_a_ledger_all_pass_and_nothing_is_kept() -> None:
    order = Order(None)
    order.take(SESSION, HOLD_ENDS)
    order.end(SESSION, HOLD_ENDS.facts)
    assert [telling.step for telling in order.told()] == [HOLD_ENDS, None]
    assert not order.is_kept


def test_words_that_wait_are_as_good_as_spoken() -> None:
    """Nobody thinks that the voice is free while it has something to say."""
    book = Book()
    order = Order(book)
    order.take(SESSION, HOLD_ENDS)
    assert not order.holds_words
    order.take(SESSION, replace(STEP, cues=("flow.rest_begins",)))
    assert order.holds_words
    book.slips[0].is_settled = True
    assert len(list(order.told())) == 2
    assert not order.holds_words
