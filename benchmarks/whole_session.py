"""A whole session before an actor: what was shown, said and heard, and how soon.

python benchmarks/whole_session.py [--language nl] [--shots FOLDER] [--clips FOLDER …]
    [--size 1280x720] [--seconds-limit 420]

The pose model works on the pixels of clips, in a real window; SDL's disk driver takes the place of
the loudspeaker. With a display in DISPLAY the window is on it; without one nobody sees it.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path
from typing import Final

import numpy as np
import pygame
from tools.accounting import COUNT, Account, Capture, Notes, account
from tools.acting import Actor, Clip, Director, Footage, Part, Prompt
from tools.hearing import Heard, Watch, heard, record_to

from coreline.body.measures import Side
from coreline.choices.settings import Settings
from coreline.data_files import load_catalogue
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.spec import HoldDose, RaisesDose
from coreline.screen.answers import Answer, Wish
from coreline.screen.texts import Texts
from coreline.screen.window import Window
from coreline.session.blocks import Block, blocks_of
from coreline.session.session import Session, Step
from coreline.session.view import Pause, Stage, View
from coreline.sound.choice import SoundSettings
from coreline.sound.player import Player
from coreline.training.choices import SessionChoices
from coreline.training.rig import Rig, texts_of
from coreline.training.train import Listeners, train

ROOT: Final = Path(__file__).parents[1]
CLIPS: Final = (ROOT / "tests/recordings", ROOT / "samples")
PLANK, RAISES = "w12-back-bridge", "w56-belly-bridge"
NEAR: Final = Side.RIGHT  # in the clip of the raises
LINGER_S: Final = 4.0
SHOT_AFTER_S: Final = 0.8
JUDGED: Final = (Stage.GET_READY, Stage.COUNTDOWN, Stage.EXERCISE)


class Watched(Window):
    """A window that keeps when it ticked, and pictures of itself."""

    size_wanted = (1280, 720)

    def __init__(self, texts: Texts) -> None:
        """Open it at the size wanted."""
        super().__init__(texts)
        self.ticks_s: list[float] = []
        self.worked_s: list[float] = []
        self.shots: dict[str, pygame.Surface] = {}
        self.view: View | None = None
        self._since: tuple[str, float] = ("", 0.0)

    def _set_mode(self) -> pygame.Surface:
        self._size = self.size_wanted
        return super()._set_mode()

    def tick(self) -> tuple[Wish | Answer, ...]:
        """Draw, and note when."""
        answers = super().tick()
        self.ticks_s.append(time.monotonic())
        self.worked_s.append(time.thread_time())
        self._keep_shot()
        return answers

    def _keep_shot(self) -> None:
        """Keep a picture of what has been there for a moment, once of each kind."""
        kind, now_s = _kind(self.view), time.monotonic()
        if kind != self._since[0]:
            self._since = (kind, now_s)
        elif kind not in self.shots and now_s - self._since[1] > SHOT_AFTER_S:
            self.shots[kind] = self.snapshot()


def _kind(view: View | None) -> str:
    """Return what a page is of, as a file's name."""
    if view is None:
        return "loading"
    parts = [view.stage.value, view.exercise_id, view.side, view.pause and view.pause.value]
    if view.stage is Stage.EXERCISE:
        parts += [view.progress.phase.value, "fault" if view.line.faults else None]
    return "-".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Sound:
    """All that was heard, and where a moment is in it, in seconds."""

    wave: Heard
    place_s: Callable[[float], float]


@dataclass(slots=True)
class Run:
    """Everything that one session left behind."""

    language: Language
    notes: Notes
    window: Watched
    director: Director
    accounts: list[Account] = field(default_factory=list)
    unasked_s: float = 0.0
    heard_s: float = 0.0
    sound: Sound | None = None
    lines: list[str] = field(default_factory=list)


def blocks(catalogue: Catalogue) -> list[Block]:
    """Return a short session: a hold, then raises with one leg and the other."""
    hold = HoldDose(kind="hold", sets=1, hold_s=24.0, rest_s=8.0)
    raises = RaisesDose(kind="raises", sets=1, repetitions=4, hold_s=2.0, rest_s=12.0)
    plank = catalogue.get(PLANK).model_copy(update={"dose": hold})
    lifts = catalogue.get(RAISES).model_copy(update={"dose": raises})
    return [Block(plank), *blocks_of(lifts)]


def prompts() -> list[Prompt]:
    """Return what the person does beside the exercises, in this order."""
    return [
        Prompt(
            "camera breaks",
            lambda v, _: v.stage is Stage.EXERCISE and v.progress.held_s > 7,
            broken_s=2,
        ),
        Prompt("longer rest", lambda v, s: v.stage is Stage.REST and s > 3, "+"),
        Prompt("skip what is explained", lambda v, s: v.stage is Stage.EXPLAIN and s > 6, "right"),
        Prompt("one more", lambda v, _: v.stage is Stage.EXERCISE and v.progress.refused == 2, "+"),
        Prompt("pause", lambda v, _: _raised(v, Side.RIGHT, 1), "space"),
        Prompt("go on", lambda v, s: v.pause is Pause.ASKED and s > 3, "space"),
        Prompt("it hurts", lambda v, _: _raised(v, Side.RIGHT, 2), "p"),
        Prompt("note it", lambda v, s: v.pause is Pause.PAIN and s > 5, "2"),
    ]


def _raised(view: View, side: Side, count: int) -> bool:
    """Say whether so many raises with a leg were counted."""
    return view.stage is Stage.EXERCISE and view.side == side and view.progress.count == count


def footage(folders: Sequence[Path]) -> dict[Part, Footage]:
    """Return what every part is played from; the first folder that has a clip gives it.

    Raises:
        SystemExit: A clip is in none of the folders.
    """
    paths = {}
    for exercise_id in (PLANK, RAISES):
        there = [path for each in folders if (path := each / f"{exercise_id}.mp4").is_file()]
        if not there:
            raise SystemExit(f"{exercise_id}.mp4 is in none of the folders; give one with --clips")
        paths[exercise_id] = there[0]
    parts: dict[Part, Footage] = {(PLANK, None): Clip(paths[PLANK])}
    for side in Side:
        parts[RAISES, side] = Clip(paths[RAISES], mirrored=side is not NEAR)
    return parts


def perform(options: argparse.Namespace, language: Language) -> Run:
    """Run a session and account for what was heard."""
    catalogue = load_catalogue()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "heard.pcm"
        os.environ.update(record_to(path))
        with Watch(path, 0.004) as watch:
            run = _train(options, language, catalogue)
            ends_s = time.monotonic()
        wave = heard(path)
        capture = Capture(wave, watch)
        run.sound = Sound(wave, capture.place_s)
    run.accounts = account(run.notes.asked, capture, language, ends_s - LINGER_S)
    run.unasked_s, run.heard_s = capture.unasked_s(), len(capture.left) / 24_000
    return run


def _train(options: argparse.Namespace, language: Language, catalogue: Catalogue) -> Run:
    """Run the session itself."""
    texts, lines = texts_of(language, catalogue), list[str]()
    pygame.display.init()
    Watched.size_wanted = options.size
    actor = Actor(footage([*options.clips, *CLIPS]), longest_s=options.seconds_limit)
    settings = Settings(language=language, guide="always", rest_extension_s=5.0)
    notes, director = Notes(texts.cues, time.monotonic), Director(actor, prompts())
    with Watched(texts) as window, Player(lines.append, SoundSettings(language=language)) as player:

        def on_step(session: Session, step: Step) -> None:
            notes.follow(step)
            window.view = step.view
            director.follow(session, step)

        player.wait_until_loaded()
        wanted = SessionChoices(
            "sample", blocks(catalogue), settings, guided=True, linger_s=LINGER_S
        )
        rig = Rig(window, player, texts, lines.append)
        train(wanted, rig, catalogue, Listeners(on_step), source=actor)
        return Run(language, notes, window, director, lines=lines)


# Telling


def tell(run: Run) -> None:
    """Print what happened."""
    print(f"\n# {run.language}")
    _tell_stages(run)
    _tell_asked(run)
    _tell_heard(run)
    steps_s = [at_s for at_s, _ in run.notes.steps]
    inferring = [tick for tick in run.window.ticks_s if steps_s[0] <= tick <= steps_s[-1]]
    print(f"window, from frame to frame: {_ms(np.diff(inferring))}")
    print(f"processor time of its thread, from frame to frame: {_ms(np.diff(run.window.worked_s))}")
    _tell_longest(run, inferring)
    judged = [step.view.t_s for _, step in run.notes.steps if step.view.stage in JUDGED]
    gaps = [after - one for one, after in pairwise(judged)]
    print(f"frames judged a second: {1 / statistics.median(gaps):.1f} (median)")
    behind = [at_s - step.view.t_s for at_s, step in run.notes.steps]
    print(f"from a picture to its judgement: {_ms(behind)}")


def _tell_longest(run: Run, ticks_s: Sequence[float]) -> None:
    """Print when the window stood still the longest, and what the session was doing."""
    begun_s, gaps = run.notes.steps[0][0], np.diff(ticks_s)
    for number in np.argsort(gaps)[:-4:-1]:
        at_s = ticks_s[int(number)]
        stage = next(_stage_of(step.view) for at, step in run.notes.steps if at >= at_s)
        print(f"    {1000 * gaps[number]:.0f} ms at {at_s - begun_s:.1f} s, {stage}")


def _tell_stages(run: Run) -> None:
    begun_s = run.notes.steps[0][0]
    views = [(at_s, step.view) for at_s, step in run.notes.steps]
    for kind, group in groupby(views, lambda each: _stage_of(each[1])):
        first, *_ = moments = list(group)
        lasted_s = moments[-1][0] - first[0]
        print(f"{first[0] - begun_s:7.1f} s  {kind:<44} {lasted_s:5.1f} s, {len(moments)} frames")
    for at_s, what in run.director.done:
        print(f"{at_s - begun_s:7.1f} s  the person: {what}")
    left = [each.name for each in run.director.prompts[len(run.director.done) :]]
    print(f"prompts whose moment did not come: {', '.join(left) or 'none'}")
    for result in run.notes.steps[-1][1].view.results:
        done = f"{result.done:g} of {result.prescribed:g}"
        print(f"result: {result.exercise_id} {result.side or ''} {done}")


def _stage_of(view: View) -> str:
    parts = (view.stage.value, view.exercise_id, view.side, view.pause and view.pause.value)
    return " ".join(part for part in parts if part)


def _tell_asked(run: Run) -> None:
    """Print every cue and beep with what it followed and when it was heard."""
    begun_s = run.notes.steps[0][0]
    for each in sorted(run.accounts, key=lambda one: one.asked.at_s):
        asked = each.asked
        late = "" if each.heard_s is None else f"heard {each.heard_s - asked.frame_s:+.3f} s"
        facts = ", ".join(type(fact).__name__ for fact in asked.facts)
        what = late or each.why_not or "NOT HEARD, AND NO RULE SAYS WHY"
        kind = "beep" if asked.priority is None else f"cue {asked.priority}"
        print(f"{asked.frame_s - begun_s:8.2f} s  {kind:<6}{asked.name:<24}{what}  {facts}")


def _tell_heard(run: Run) -> None:
    for what, beeps in (("cues", False), ("beeps", True)):
        those = [each for each in run.accounts if (each.asked.priority is None) is beeps]
        heard_ = sum(each.heard_s is not None for each in those)
        print(f"{what}: {len(those)} asked for, {heard_} heard", end="")
        for why, count in Counter(each.why_not for each in those if each.why_not).items():
            print(f", {count} not ({why})", end="")
        print(f", {sum(not each.explained for each in those)} not accounted for")
    print(f"heard and not asked for: {run.unasked_s:.2f} s of {run.heard_s:.0f} s")


def tell_delays(runs: Sequence[Run]) -> None:
    """Print how soon things are heard, of all the sessions together."""
    accounts = [each for run in runs for each in run.accounts if each.heard_s is not None]
    faults = [
        each.heard_s - each.asked.fault_s
        for each in accounts
        if each.heard_s is not None and each.asked.fault_s is not None
    ]
    print("\n# all sessions")
    print(f"from the frame in which a fault has lasted its time to its cue: {_ms(faults)}")
    for what, those in (
        ("beep", [each for each in accounts if each.asked.priority is None]),
        ("count", [each for each in accounts if each.asked.priority == COUNT]),
    ):
        print(f"from the frame to its {what}: {_ms([_delay_s(each) for each in those])}")


def _delay_s(each: Account) -> float:
    return (each.heard_s or 0.0) - each.asked.frame_s


def _ms(values_s: Sequence[float] | np.ndarray) -> str:
    """Return the spread of durations in words."""
    if len(values_s) == 0:
        return "none"
    p50, p95, p99 = (1000 * np.quantile(values_s, part) for part in (0.5, 0.95, 0.99))
    most = 1000 * max(values_s)
    return (
        f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms, longest {most:.0f} ms, "
        f"n {len(values_s)}"
    )


def keep_shots(run: Run, folder: Path) -> None:
    """Write the pictures of the window, in the order in which they were there."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (kind, surface) in enumerate(run.window.shots.items()):
        pygame.image.save(surface, str(folder / f"{run.language}-{number:02d}-{kind}.png"))


def _size(text: str) -> tuple[int, int]:
    width, height = text.split("x")
    return int(width), int(height)


def main() -> None:
    """Run a session in each language that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--shots", type=Path)
    parser.add_argument("--clips", type=Path, action="append", default=[])
    parser.add_argument("--size", type=_size, default=(1280, 720))
    parser.add_argument("--seconds-limit", type=float, default=420.0)
    options = parser.parse_args()
    if "DISPLAY" not in os.environ:
        os.environ["SDL_VIDEODRIVER"] = "dummy"
    runs = []
    for language in options.language or LANGUAGES:
        print(f"load {os.getloadavg()[0]:.1f} before", flush=True)
        runs.append(perform(options, language))
        tell(runs[-1])
        print(f"load {os.getloadavg()[0]:.1f} after")
        if options.shots:
            keep_shots(runs[-1], options.shots)
    tell_delays(runs)


if __name__ == "__main__":
    main()
