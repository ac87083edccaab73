"""The loop: camera → vision → session → screen · sound, from the first frame to the last.

The worker's thread takes frames and finds poses; this thread runs the window at its own pace and
steps the session with whatever has been found since. Neither waits for the other.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

from coreline.body.pose import Pose
from coreline.camera.source import Frame, FrameSource
from coreline.judging.events import (
    Fact,
    HoldEnded,
    Repetition,
    RepetitionEnded,
    Rotation,
    RotationEnded,
)
from coreline.screen.scene import Scene
from coreline.screen.texts import Texts
from coreline.screen.window import NoDisplay, Window, Wish
from coreline.session import Command, Session
from coreline.sound.player import Player
from coreline.view import Stage, View
from coreline.vision.worker import Estimator, Seen, Worker

MakeEstimator = Callable[[], AbstractContextManager[Estimator]]
OnPose = Callable[[float, Pose | None], None]

STALL_S: Final = 0.5  # without a frame for so long, the session is told that nobody is seen
LINGER_S: Final = 4.0  # how long the last page stays
WINDOWLESS_S: Final = 0.1  # how long the loop waits for a result when no window sets its pace
COMMANDS: Final = {
    Wish.PAUSE: Command.PAUSE,
    Wish.SKIP: Command.SKIP,
    Wish.BACK: Command.BACK,
}


@dataclass(frozen=True, slots=True)
class Outlets:
    """Where everything goes: the screen, the loudspeaker, the terminal, and a trace if wanted."""

    window: Window | NoDisplay
    player: Player
    texts: Texts
    say: Callable[[str], None]
    on_pose: OnPose | None = None


def run_live(
    source: FrameSource, make_estimator: MakeEstimator, session: Session, outlets: Outlets
) -> list[Fact]:
    """Train until the session is done, the frames end or the person stops; return the facts.

    Ctrl-C stops like Esc. Whatever happens, the session is finished and every thread joined.

    Raises:
        CorelineError: The camera or the model failed; what the session holds until then is whole.
    """
    loop = _Loop(session, outlets)
    try:
        with source, Worker(source.frames(), make_estimator) as worker:
            while loop.goes_on and not worker.ended:
                loop.obey(loop.tick())
                for seen in worker.drain(loop.patience_s):
                    loop.take(seen)
            worker.drain()
        loop.linger()
    except KeyboardInterrupt:
        pass
    finally:
        loop.finish()
    return loop.facts


class _Loop:
    """What the loop remembers from one result to the next."""

    def __init__(self, session: Session, outlets: Outlets) -> None:
        self._session, self._outlets = session, outlets
        self._window = outlets.window if isinstance(outlets.window, Window) else None
        self._commands: deque[Command] = deque()
        self._last: Seen[Frame] | None = None
        self._t_s: float | None = None
        self.facts: list[Fact] = []
        self.goes_on = True
        self.done = False
        if isinstance(outlets.window, NoDisplay):
            outlets.say(f"No window ({outlets.window.reason}): going on without one.")

    @property
    def patience_s(self) -> float:
        """How long to wait for a result: not at all where a window wants to be drawn."""
        return 0.0 if self._window else WINDOWLESS_S

    def tick(self) -> tuple[Wish, ...]:
        """Let the window draw for a sixtieth of a second, and return what was asked for."""
        return self._window.tick() if self._window else ()

    def obey(self, wishes: Iterable[Wish]) -> None:
        """Do what the person asked for; the session hears of it with the next frame."""
        for wish in wishes:
            if wish is Wish.END:
                self.goes_on = self.done = False
            elif wish is Wish.MUTE:
                self._outlets.player.muted = not self._outlets.player.muted
            else:
                self._commands.append(COMMANDS[wish])
        if self._window:
            self._window.mark_silent(silent=not self._outlets.player.audible)

    def take(self, seen: Seen[Frame]) -> None:
        """Step the session with a frame, or with a nobody when there has been none for a while."""
        if seen.frame is not None:
            self._last = seen
            self._step(seen.frame.t_s, seen)
        elif self._last is not None and self._last.frame is not None:
            gap_s = seen.arrived_s - self._last.arrived_s
            if gap_s >= STALL_S:
                self._step(self._last.frame.t_s + gap_s, seen)

    def _step(self, t_s: float, seen: Seen[Frame]) -> None:
        """Session, sound and screen: one frame's way from its pose to what is seen and heard."""
        if not self.goes_on or (self._t_s is not None and t_s <= self._t_s):
            return
        self._t_s = t_s
        command = self._commands.popleft() if self._commands else None
        step = self._session.step(t_s, seen.pose, command)
        self._keep(step.facts)
        if step.view.other_id and "setup.other_exercise" in step.cues:
            said = self._outlets.texts.cue("setup.other_exercise").text.rstrip(".")
            self._outlets.say(f"{said}: {self._outlets.texts.name(step.view.other_id)}")
        for name in step.beeps:
            self._outlets.player.play(name)
        self._show(step.view, seen)
        if self._outlets.on_pose:
            self._outlets.on_pose(t_s, seen.pose)
        self.done = step.view.stage is Stage.DONE
        self.goes_on = not self.done

    def _show(self, view: View, seen: Seen[Frame]) -> None:
        """Show a moment; the last picture stays when there is no newer one, and is marked."""
        picture = seen.frame or (self._last.frame if self._last else None)
        if self._window and picture:
            silent = not self._outlets.player.audible
            stale = seen.frame is None
            self._window.show(Scene(view, picture.image_bgr, seen.pose, silent, stale))

    def linger(self) -> None:
        """Leave the page of a session that is done on the screen for a moment."""
        until_s = time.monotonic() + LINGER_S
        while self._window and self.done and time.monotonic() < until_s:
            self.obey(self.tick())

    def finish(self) -> None:
        """End what is under way."""
        self._keep(self._session.finish(self._t_s or 0.0))

    def _keep(self, facts: Sequence[Fact]) -> None:
        self.facts += facts
        for fact in facts:
            if line := line_of(fact, self._outlets.texts):
                self._outlets.say(line)


def line_of(fact: Fact, texts: Texts) -> str:
    """Return what the terminal says of a fact; nothing of those that are no result."""
    match fact:
        case RepetitionEnded(repetition=attempt):
            what = f"{texts.word('word.repetition')} {attempt.number}"
            return _attempt(texts, what, attempt)
        case RotationEnded(rotation=attempt):
            return _attempt(texts, texts.word("word.rotation"), attempt)
        case HoldEnded(hold=hold):
            return f"{texts.word('word.held')} {hold.end_s - hold.start_s:.1f} s"
        case _:
            return ""


def _attempt(texts: Texts, what: str, attempt: Repetition | Rotation) -> str:
    """Return whether a repetition or a turn counted, and why not."""
    if attempt.counted:
        return f"{what}: {texts.word('word.counted')}"
    reasons = ", ".join(texts.word(f"reason.{reason}") for reason in attempt.reasons)
    return f"{what}: {texts.word('word.refused')} ({reasons})"
