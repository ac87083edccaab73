"""From the first start to the first second that counts: which keys it takes, and how long.

SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy python benchmarks/first_start.py CLIP [--fewest]
    [--key-s 0.6] [--model lite] [--language nl]

CLIP is a rendered person at the first exercise of the first day, `w12-belly-bridge`, with its truth
beside it (`python people/make.py OUT w12-belly-bridge --seed 1`). The program's own pages are shown
to somebody who presses a key every so many seconds, answers all that is asked (with --fewest: only
what must be answered) and then lies in position and does what is said. The pose model works on the
pictures; set-up check, explanation and count-in come as at any first start.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import pygame
from tools.acting import Actor, Part, press
from tools.truth import TRUTH_END, load_document

from coreline.app import keeping
from coreline.app.program import run
from coreline.app.state import AppState
from coreline.camera.source import Image
from coreline.camera.video import VideoFile
from coreline.choices.settings import Settings
from coreline.data_files import load_catalogue
from coreline.journal.database import open_journal
from coreline.programme.language import Language
from coreline.screen.answers import Answer, Wish
from coreline.screen.menu import Page, PainQuestion, TodayPage, WelcomePage
from coreline.screen.window import Window
from coreline.session.session import Session, Step
from coreline.session.view import Stage, View
from coreline.sound.choice import SoundSettings
from coreline.sound.player import Player
from coreline.training.rig import Rig, texts_of
from coreline.training.train import Listeners
from coreline.training.train import train as run_training

FIRST: Final = "w12-belly-bridge"
ALL: Final[Mapping[type, Sequence[str]]] = {
    WelcomePage: ("1", "7", "6", "n", "return"),
    TodayPage: ("return",),
    PainQuestion: ("2", "return"),
}
FEWEST: Final = {**ALL, WelcomePage: ("return",)}
LONGEST_S: Final = 180.0


class OverError(Exception):
    """The first second has counted, or it took too long."""


class InPosition:
    """A person who is in position from the first picture on, as footage."""

    def __init__(self, clip: Path) -> None:
        """Read the pictures from where the clip's person is in position and in line."""
        truth = load_document(clip.with_name(clip.stem + TRUTH_END))
        begin_s, end_s = truth["expected"]["in_line"][0]
        frames = VideoFile(clip).frames()
        self._pictures = [
            (each.t_s - begin_s, each.image_bgr)
            for each in frames
            if each is not None and begin_s <= each.t_s <= end_s
        ]

    def at(self, moment_s: float, /) -> Image | None:
        """Return the picture of a moment, None after the end."""
        if moment_s > self._pictures[-1][0]:
            return None
        shown = [image for t_s, image in self._pictures if t_s <= moment_s]
        return shown[-1] if shown else self._pictures[0][1]


class Person(Window):
    """A window before which somebody presses keys; notes which, and when what was shown."""

    def __init__(
        self, language: Language, keys: Mapping[type, Sequence[str]], key_s: float
    ) -> None:
        """Open it."""
        super().__init__(texts_of(language, load_catalogue()))
        self._keys, self._key_s = keys, key_s
        self._left: list[str] = []
        self._kind: type | None = None
        self._due_s = 0.0
        self.pressed: list[tuple[float, str]] = []
        self.stages: list[tuple[float, str]] = []
        self.begun_s = 0.0

    def show_page(self, page: Page) -> None:
        """Take a page; one of another kind is answered from its first key on."""
        super().show_page(page)
        self.begun_s = self.begun_s or time.monotonic()
        if type(page) is not self._kind:
            self._kind = type(page)
            self._left = list(self._keys.get(self._kind, ()))
            self._due_s = time.monotonic() + self._key_s
            self.note(self._kind.__name__)

    def note(self, what: str) -> None:
        """Note what is shown from now on."""
        if not self.stages or self.stages[-1][1] != what:
            self.stages.append((time.monotonic() - self.begun_s, what))

    def tick(self) -> tuple[Wish | Answer, ...]:
        """Press the next key when it is due, and go on."""
        if self._left and time.monotonic() >= self._due_s:
            key = self._left.pop(0)
            self.pressed.append((time.monotonic() - self.begun_s, key))
            press(key)
            self._due_s = time.monotonic() + self._key_s
        return super().tick()


def follower(person: Person, actor: Actor) -> Callable[[Session, Step], None]:
    """Return what watches the session, and ends it when the first second has counted."""

    def follow(session: Session, step: Step) -> None:
        actor.follow(session, step)
        view: View = step.view
        person.note(view.stage.value)
        counted = view.stage is Stage.EXERCISE and view.progress.held_s >= 1.0
        if counted or time.monotonic() - person.begun_s > LONGEST_S:
            person.note("counted" if counted else "given up")
            raise OverError

    return follow


def perform(options: argparse.Namespace) -> Person:
    """Start for the first time, and return what it took."""
    catalogue, lines = load_catalogue(), list[str]()
    actor = Actor({_part(side): InPosition(options.clip) for side in (None, "left", "right")})
    settings = Settings(language=options.language, model=options.model)
    pygame.display.init()
    with (
        Person(options.language, FEWEST if options.fewest else ALL, options.key_s) as person,
        Player(lines.append, SoundSettings(language=options.language)) as player,
        open_journal() as journal,
    ):
        listener = follower(person, actor)
        vars(keeping)["train"] = lambda wanted, rig, known, hears: run_training(
            wanted, rig, known, Listeners(listener, hears.pain_page, hears.ledger), actor
        )
        rig = Rig(person, player, texts_of(options.language, catalogue), lines.append)
        with suppress(OverError):
            run(AppState.of(rig, journal, catalogue, settings))
        return person


def _part(side: str | None) -> Part:
    return FIRST, side


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clip", type=Path)
    parser.add_argument("--fewest", action="store_true")
    parser.add_argument("--key-s", type=float, default=0.6)
    parser.add_argument("--model", default="full")
    parser.add_argument("--language", default="nl")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(CORELINE_DATA_DIR=folder, CORELINE_CONFIG_DIR=folder)
        person = perform(options)
    for at_s, what in sorted([*person.stages, *((s, f"  key {key}") for s, key in person.pressed)]):
        print(f"{at_s:6.1f} s  {what}")
    print(f"keys: {len(person.pressed)}; to '{person.stages[-1][1]}': {person.stages[-1][0]:.1f} s")
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
