"""The loop: camera → vision → session → screen · sound, from the first frame to the last.

The worker's thread takes frames and finds poses; this thread runs the window at its own pace and
steps the session with whatever has been found since. Neither waits for the other. What a step tells
of something done goes out when the journal has it (`telling`); meanwhile the picture goes on.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, Protocol

from coreline.body.pose import Pose
from coreline.camera.source import Frame, FrameSource, Image
from coreline.judging.moments import Moment
from coreline.screen.answers import Answer, MuteToggled, PainGiven, Wish
from coreline.screen.menu import PainQuestion
from coreline.screen.scene import Scene
from coreline.screen.texts import Texts
from coreline.screen.window import NoDisplay, Window
from coreline.session.command import PAIN_ANSWERS, Command
from coreline.session.inputs import Conditions
from coreline.session.record import SetRecord
from coreline.session.session import Session, Step
from coreline.session.view import Stage, View
from coreline.sound.player import Player
from coreline.training.looks import Looks
from coreline.training.pictures import PictureLook, PictureTimes
from coreline.training.result_lines import line_of
from coreline.training.telling import Ledger, Order
from coreline.vision.one_thread import on_one_thread
from coreline.vision.worker import Estimator, Seen, Worker

MakeEstimator = Callable[[], AbstractContextManager[Estimator]]
OnPose = Callable[[float, Pose | None], None]
Clock = Callable[[], float]

STALL_S: Final = 0.5  # without a frame for so long, the session is told that nobody is seen
LINGER_S: Final = 4.0  # how long the last page stays
WINDOWLESS_S: Final = 0.1  # how long the loop waits for a result when no window sets its pace
# How long a tick waits for the journal. A commit takes 1 ms, p99 16 ms (design measurements): most
# are told in the tick in which they were judged, and the window has two thirds of it to draw.
GLANCE_S: Final = 0.005
# What is taken in before the window has another tick: what came in a long tick would make the next
# one long as well. Below a tenth of a second, which one sees, with as much to draw.
AWAKE_S: Final = 0.03
SLOW_CUE: Final = "camera.slow"  # said on the terminal too: it may be the only place there is


@dataclass(frozen=True, slots=True)
class PainPage:
    """How the person is asked how much an exercise hurts, and where.

    Attributes:
        question: Returns the page for an exercise.
        take: Keeps the answer, and says whether the exercise hurts so badly that it is left.
    """

    question: Callable[[str], PainQuestion]
    take: Callable[[str, PainGiven], bool]


class Company(Protocol):
    """What is needed of somebody who counts the people; all may be used from any thread."""

    wanted: bool
    persons: int | None

    @property
    def persons_now(self) -> int | None:
        """Return how many people were there lately, of which no count was wanted."""
        ...

    @property
    def light(self) -> bool:
        """Say whether the light pose model is used since the machine is too slow."""
        ...


class Film(Protocol):
    """What is needed of a video recorder."""

    @property
    def recording(self) -> bool:
        """Say whether what is handed over is still written."""
        ...

    def write(self, t_s: float, image_bgr: Image, /) -> None:
        """Take a frame, without waiting."""
        ...

    def mark(self, moment: Moment, /) -> None:
        """Take note of a moment whose frame it was given, without waiting."""
        ...


@dataclass(frozen=True, slots=True)
class Outlets:
    """Where everything goes: the screen, the loudspeaker, the terminal, and what else is wanted.

    Attributes:
        window: The window, or why there is none.
        player: What is heard.
        texts: What is said, in the person's language.
        say: Takes a line for the terminal.
        on_pose: Takes every pose with its time.
        on_step: Takes every step of the session as soon as it was judged.
        ledger: Keeps every step before it is told; None where nothing is kept.
        film: Takes every frame, for a recording.
        mirror: Whether the picture is shown as in a mirror.
        linger_s: How long the result stays on the screen.
        pain_page: Asks how much it hurts once the person has said that it does.
        company: Counts the people while that is wanted, and says which pose model is used.
    """

    window: Window | NoDisplay
    player: Player
    texts: Texts
    say: Callable[[str], None]
    on_pose: OnPose | None = None
    on_step: Callable[[Session, Step], None] | None = None
    ledger: Ledger | None = None
    film: Film | None = None
    mirror: bool = True
    linger_s: float = LINGER_S
    pain_page: PainPage | None = None
    company: Company | None = None


def run_live(
    source: FrameSource,
    make_estimator: MakeEstimator,
    session: Session,
    outlets: Outlets,
    clock_s: Clock = time.monotonic,
    asked: Iterable[Wish | Answer] = (),
) -> None:
    """Train until the session is done, the frames end or the person stops.

    Ctrl-C stops like Esc. Whatever happens, the session is finished, what it brought is kept before
    it is told, and every thread is joined.

    Args:
        source: The camera, or what stands for one.
        make_estimator: Makes what finds the poses, in the worker's thread.
        session: What is done.
        outlets: Where everything goes.
        clock_s: Tells a camera that stalls and the end of the last page, seconds.
        asked: What the person asked for before there was a camera.

    Raises:
        CorelineError: The camera or the model failed; what the session holds until then is whole.
    """
    loop = _Loop(session, outlets, clock_s)
    try:
        with (
            on_one_thread(),
            source,
            Worker(source.frames(), make_estimator, clock_s, loop.wants) as worker,
        ):
            loop.obey(asked)
            while loop.goes_on and not worker.ended:
                loop.obey(loop.tick())
                for seen in worker.drain(loop.patience_s):
                    loop.stay_awake()
                    loop.take(seen)
                loop.catch_up()
            loop.tell_all()
            worker.drain()
        loop.linger()
        loop.end()
        loop.tell_all()
    except KeyboardInterrupt:
        pass
    finally:
        loop.finish()


class _Loop:
    """What the loop remembers from one result to the next."""

    def __init__(self, session: Session, outlets: Outlets, clock_s: Clock) -> None:
        self._session, self._outlets, self._clock_s = session, outlets, clock_s
        self._window = outlets.window if isinstance(outlets.window, Window) else None
        self._commands: deque[Command] = deque()
        self._order = Order(outlets.ledger)
        self._view: View | None = None
        self._seen: Seen[Frame] | None = None
        self._last: Seen[Frame] | None = None
        self._t_s: float | None = None
        self._pictures, self._slow = PictureTimes(), False
        self._look = PictureLook()
        self._looks = Looks()
        self._pose: Pose | None = None
        self._light = self._blurred = False
        self._ticked_s = clock_s()
        self._hurting: tuple[str, Command] | None = None
        self.goes_on = True
        self.done = self._ended = False
        if isinstance(outlets.window, NoDisplay):
            outlets.say(
                outlets.texts.sentence("no_window", why=outlets.window.why(outlets.texts.language))
            )

    @property
    def patience_s(self) -> float:
        """How long to wait for a result: not where there is a window, or something to be told."""
        return 0.0 if self._window or self._order.waits else WINDOWLESS_S

    def wants(self, t_s: float) -> bool:
        """Say whether to look for a pose in the picture of a moment; asked in another thread."""
        return self._looks.wants(t_s)

    def tick(self) -> tuple[Wish | Answer, ...]:
        """Let the window draw for a sixtieth of a second, and return what was asked for."""
        self._outlets.player.tick()
        wishes = self._window.tick() if self._window else ()
        self._ticked_s = self._clock_s()
        return wishes

    def stay_awake(self) -> None:
        """Let the window draw and hear before more is taken in, if that has taken long."""
        if self._window and self._clock_s() - self._ticked_s > AWAKE_S:
            self.obey(self.tick())

    def obey(self, wishes: Iterable[Wish | Answer]) -> None:
        """Do what the person asked for; the session hears of it with the next frame."""
        for wish in wishes:
            if wish is Command.END:
                self.goes_on = self.done = False
            elif isinstance(wish, MuteToggled):
                self._outlets.player.muted = not self._outlets.player.muted
            elif isinstance(wish, Command):
                self._take_command(wish)
            elif self._hurting is not None:
                self._take_pain(self._hurting, wish)
        if self._window:
            player = self._outlets.player
            self._window.mark_silent(silent=not player.audible, muted=player.muted)

    def _take_command(self, command: Command) -> None:
        """Hand a command on; one that answers that it hurts, when it was asked how much."""
        page = self._outlets.pain_page
        exercise_id = self._session.block.exercise.id
        if self._window and page and command in PAIN_ANSWERS:
            self._hurting = (exercise_id, command)
            self._window.show_page(page.question(exercise_id))
        else:
            self._commands.append(command)

    def _take_pain(self, hurting: tuple[str, Command], answer: Answer) -> None:
        """Keep how much it hurts; an exercise that hurts badly is left."""
        exercise_id, command = hurting
        page = self._outlets.pain_page
        badly = isinstance(answer, PainGiven) and page and page.take(exercise_id, answer)
        leaves = badly and command is Command.PAIN_NOTE
        self._commands.append(Command.PAIN_SKIP if leaves else command)
        self._hurting = None

    def take(self, seen: Seen[Frame]) -> None:
        """Step the session with a frame, with the camera's trouble, or with a nobody in time."""
        if seen.frame is not None:
            self._last = seen
            self._step(seen.frame.t_s, seen)
        elif seen.trouble is not None:
            self._step(seen.trouble.t_s, seen)
        elif self._last is not None and self._last.frame is not None:
            gap_s = seen.arrived_s - self._last.arrived_s
            if gap_s >= STALL_S:
                self._step(self._last.frame.t_s + gap_s, seen)

    def _step(self, t_s: float, seen: Seen[Frame]) -> None:
        """Session, sound and screen: one frame's way from its pose to what is seen and heard."""
        if not self.goes_on or (self._t_s is not None and t_s <= self._t_s):
            return
        self._t_s, self._seen = t_s, seen
        if seen.looked:
            self._pose = seen.pose
        command = self._commands.popleft() if self._commands else None
        step = self._session.step(t_s, seen.pose, command, self._conditions(t_s, seen))
        self._looks.within_s = self._session.next_look_s
        self._slow = self._pictures.are_few(seen.arrived_s, came=seen.frame is not None)
        self._tell_model()
        self._tell_blur()
        moments = _moments_of(step.ended)  # before the records let go of them
        self._order.take(self._session, step)
        self._hand_on(t_s, seen, step)
        self._mark(moments)
        self._tell()
        self._show()
        self.done = step.view.stage is Stage.DONE
        self.goes_on = not self.done

    def catch_up(self) -> None:
        """Give the journal a moment where something waits for it, and tell what it has."""
        if self._order.waits:
            self._tell(GLANCE_S if self._window else WINDOWLESS_S)
            self._show()

    def tell_all(self) -> None:
        """Tell everything that waits, the window alive meanwhile."""
        while self._order.waits:
            self.obey(self.tick())
            self.catch_up()

    def _tell(self, wait_s: float = 0.0) -> None:
        """Print and sound what may be told by now; the screen shows the newest of it."""
        for telling in self._order.told(wait_s):
            for fact in telling.facts:
                if line := line_of(fact, self._outlets.texts):
                    self._outlets.say(line)
            if telling.step is not None:
                self._sound(telling.step)
                self._view = telling.step.view

    def _tell_model(self) -> None:
        """Say that the machine is too slow for the usual pose model, and that it no longer is."""
        company, texts = self._outlets.company, self._outlets.texts
        if company is not None and company.light != self._light:
            self._light = company.light
            self._outlets.say(texts.sentence("model_light" if self._light else "model_usual"))

    def _tell_blur(self) -> None:
        """Say that the picture is blurred, and that it no longer is."""
        if self._pose is not None and self._pose.blurred != self._blurred:
            self._blurred = self._pose.blurred
            word = "picture_blurred" if self._blurred else "picture_sharp"
            self._outlets.say(self._outlets.texts.sentence(word))

    def _conditions(self, t_s: float, seen: Seen[Frame]) -> Conditions:
        """Return what else is known beside the pose."""
        player, company = self._outlets.player, self._outlets.company
        placed = self._session.stage is Stage.SETUP  # elsewhere nobody asks for light and company
        if company is not None:
            company.wanted = placed
        persons = company.persons if company is not None and company.wanted else None
        frame = seen.frame if placed else None
        return Conditions(
            picture=self._look.at(t_s, frame.image_bgr, persons) if frame else None,
            trouble=seen.trouble.kind if seen.trouble is not None else None,
            new_picture=seen.frame is not None,
            looked=seen.looked,
            speaking=player.speaking or self._order.holds_words if player.has_voice else None,
            persons=company.persons_now if company is not None else None,
        )

    def _sound(self, step: Step) -> None:
        """Play the beeps, say the cues; what is no longer wanted is cut off first."""
        player, texts = self._outlets.player, self._outlets.texts
        if step.cut_off:
            player.cut_off()
        for name in step.beeps:
            player.play(name)
        for cue_id in step.cues:
            player.speak(cue_id, texts.cues.get(cue_id).priority)
        if SLOW_CUE in step.cues:
            self._outlets.say(texts.cue(SLOW_CUE).text)
        if step.view.other_id and "setup.other_exercise" in step.cues:
            said = texts.cue("setup.other_exercise").text.rstrip(".")
            self._outlets.say(f"{said}: {texts.name(step.view.other_id)}")

    def _show(self) -> None:
        """Show the newest picture, and the moment that was told last.

        The last picture stays when there is no newer one, and is marked.
        """
        picture, seen = self._last.frame if self._last else None, self._seen
        if not (self._window and picture and seen and self._view) or self._hurting is not None:
            return
        film, player = self._outlets.film, self._outlets.player
        self._window.show(
            Scene(
                self._view,
                picture.image_bgr,
                self._pose,
                silent=not player.audible,
                stale=seen.frame is None,
                muted=player.muted,
                recording=film is not None and film.recording,
                slow=self._slow,
                light=self._light,
                blurred=self._blurred,
                mirror=self._outlets.mirror,
                unkept=not self._order.is_kept,
            )
        )

    def _hand_on(self, t_s: float, seen: Seen[Frame], step: Step) -> None:
        """Hand the moment to whoever else wants it, whatever the journal does."""
        outlets = self._outlets
        if outlets.on_pose and seen.looked:
            outlets.on_pose(t_s, seen.pose)
        if outlets.on_step:
            outlets.on_step(self._session, step)
        if outlets.film and seen.frame:
            outlets.film.write(t_s, seen.frame.image_bgr)

    def _mark(self, moments: Iterable[Moment]) -> None:
        """Have the film note which of its frames are worth a picture."""
        if self._outlets.film:
            for moment in moments:
                self._outlets.film.mark(moment)

    def linger(self) -> None:
        """Leave the page of a session that is done for a moment, and let the voice finish."""
        until_s, player = self._clock_s() + self._outlets.linger_s, self._outlets.player
        while self.done and (player.speaking or (self._window and self._clock_s() < until_s)):
            self.obey(self.tick())
            if self._window is None:
                time.sleep(WINDOWLESS_S)

    def end(self) -> None:
        """End what is under way."""
        if not self._ended:
            self._ended = True
            facts = self._session.finish(self._t_s or 0.0)
            self._mark(_moments_of(self._session.records[-1:]))
            self._order.end(self._session, facts)
            self._tell()

    def finish(self) -> None:
        """End what is under way whatever happened, and tell what is not told yet, once kept."""
        self.end()
        while self._order.waits:
            self._tell(WINDOWLESS_S)


def _moments_of(records: Iterable[SetRecord]) -> list[Moment]:
    """Return the moments of sets that are over that are worth a picture."""
    return [moment for each in records for moment in (each.best, each.worst) if moment is not None]
