"""Ten bad set-ups: how soon one hears what to do, and whether hand and key go on anyway.

python benchmarks/setups.py [--all] [--language nl] [--heard] [--write]

Somebody lies before the camera as in a recording, in each way that it can be wrong, and does
nothing about it. The session runs as at a camera, set-up check and all, on the recording's
own clock, with the voice's rules and the lengths of its clips. A row a set-up, over all exercises:
when the first sentence that says what to do begins, counted from the start; the longest time
without one; and when it goes on after a hand was raised, or the key was pressed, once that was
offered. An exercise of each kind of start position is played, or with `--all` every one.
`--heard` prints a line an exercise; `--write` makes docs/setups.md.

The wrong view is worked out from landmarks: what the pose model makes of such a picture is not
asked. The hand is raised as high as an arm is long, and seen where it is in the picture.
"""

import argparse
import gzip
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from tools.misplaced import (
    Alter,
    Timed,
    altered,
    hand_hidden_outside,
    legs_covered,
    mirrored,
    nobody,
    reach,
    sat_up,
    scaled,
    shifted,
    turned,
    with_hand_up,
)
from tools.tables import Column, meanings, table_of
from tools.trace_playing import QuickVoice, clip_lengths_s
from tools.truth import clips_in

from coreline.body.measures import Side
from coreline.body.pose import turned_over
from coreline.data_files import load_catalogue
from coreline.files.recordings import load_trace
from coreline.placement.checks import PictureFacts
from coreline.placement.geometry import CameraPlace
from coreline.placement.setup import SetupCheck
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.spec import Exercise
from coreline.screen.texts import Texts
from coreline.session.attending import tells_what_to_do
from coreline.session.blocks import Block
from coreline.session.command import Command
from coreline.session.inputs import Conditions, Guidance
from coreline.session.session import Session
from coreline.session.view import Stage
from coreline.training.rig import texts_of
from placement import DAY, RECORDINGS, RULES, SQUARE, dose_side

PAGE: Final = Path(__file__).parent.parent / "docs" / "setups.md"
AIM_S: Final = 20.0
FPS: Final = 8.0
# On the belly, on the back with a leg that works, on the side, with the knees drawn up.
USUAL: Final = ("w12-back-bridge", "w56-belly-bridge", "w12-side-bridge", "w56-crunch")
STILL_S: Final = (0.5, 3.5)  # of a recording: lying, before anything is done
LASTS_S: Final = 60.0
ANSWERS_S: Final = 6.0  # after the offer: to hear it out, and to answer
HAND_S: Final = 3.0  # how long the hand is up
OFFERS: Final = ("setup.go_on", "setup.go_on_hand", "flow.skip_hand", "flow.skip_key")
NOBODY: Final = ("nobody there",)  # who is not seen cannot raise a hand


@dataclass(frozen=True, slots=True)
class SetUp:
    """One way in which it is wrong; `after` is done once the hand is up, as to a picture."""

    before: Callable[[Sequence[Timed]], list[Timed]] = list
    after: Callable[[Sequence[Timed]], list[Timed]] = list
    picture: PictureFacts = DAY
    place: CameraPlace | None = None
    sided: bool = False  # it is wrong only where a certain side is asked for


def _each(alter: Alter) -> Callable[[Sequence[Timed]], list[Timed]]:
    return lambda frames: altered(frames, alter)


def _feet_out(frames: Sequence[Timed]) -> list[Timed]:
    """Return a body that is too large, its feet out of the picture by a fifth of its width."""
    near = altered(frames, scaled(1.25))
    left, _, right, _ = reach(near)
    width = next(pose.size_px[0] for _, pose in near if pose is not None)
    feet_right = float(np.median([p.xy_px[27:29, 0].mean() - p.xy_px[0, 0] for _, p in near if p]))
    by_px = 1.2 * width - right if feet_right > 0 else -0.2 * width - left
    return altered(near, shifted(by_px, 0.0))


SET_UPS: Final[Mapping[str, SetUp]] = {
    "too close, feet cut off": SetUp(after=_feet_out),
    "too far": SetUp(after=_each(scaled(0.45))),
    "camera too high": SetUp(place=replace(SQUARE, height_m=0.9)),
    "camera tilted by 22°": SetUp(after=lambda f: altered(altered(f, scaled(0.9)), turned(22.0))),
    "dark": SetUp(picture=PictureFacts(640, 480, 22.0, 3.6, 1)),
    "nobody there": SetUp(after=nobody),
    "two people": SetUp(picture=replace(DAY, persons=2)),
    "sits instead of lies": SetUp(before=_each(sat_up)),
    "wrong side to the camera": SetUp(before=_each(mirrored), sided=True),
    "upside down": SetUp(after=_each(turned_over)),
    "legs behind something": SetUp(before=_each(legs_covered)),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of one set-up with one exercise; times from the start, None where never."""

    first: tuple[float, str] | None
    wait_s: float
    waits: bool
    hand_s: float | None
    key_s: float | None


def frames_of(path: Path) -> list[Timed]:
    """Return somebody who lies still for long: a few seconds of a recording, to and fro."""
    step = [each for each in load_trace(path) if STILL_S[0] <= each[0] <= STILL_S[1]]
    poses = [pose for _, pose in step[:: max(round(30.0 / FPS), 1)]]
    there = [*poses, *poses[::-1]]
    times = (number / FPS for number in range(round(LASTS_S * FPS)))
    return [
        (t_s, pose and replace(pose, t_s=t_s))
        for number, t_s in enumerate(times)
        for pose in (there[number % len(there)],)
    ]


@dataclass(slots=True)
class Mat:
    """One exercise on one side, before a camera that stands badly."""

    exercise: Exercise
    side: Side | None
    texts: Texts
    lengths_s: Mapping[str, float]

    def played(self, set_up: SetUp, frames: Sequence[Timed], answer: str = "") -> "Played":
        """Play a set-up; `answer` is "hand" or "key", given once it was offered."""
        guidance = Guidance(
            checker=lambda exercise, side: SetupCheck(exercise, side, RULES, set_up.place),
            known=frozenset([self.exercise.id]),
        )
        session = Session([Block(self.exercise, self.side)], self.texts.cues, guidance=guidance)
        voice, played = QuickVoice(self.lengths_s, self.texts.cues), Played()
        lying = set_up.after(set_up.before(frames))
        with_hand = set_up.after(altered(set_up.before(frames), with_hand_up))
        raised = altered(with_hand, hand_hidden_outside)
        for number, (t_s, _) in enumerate(lying):
            due_s = played.offered_s + ANSWERS_S
            up = answer == "hand" and due_s <= t_s < due_s + HAND_S
            pressed = answer == "key" and played.answered_s is None and t_s >= due_s
            pose = (raised if up else lying)[number][1]
            conditions = Conditions(picture=set_up.picture, speaking=voice.speaking(t_s))
            step = session.step(t_s, pose, Command.SKIP if pressed else None, conditions)
            voice.follow(t_s, step)
            played.follow(t_s, step.view.stage, step.cues, answers=up or pressed)
            if played.gone_on_s is not None:
                break
        played.sounds = [(each.t_s, each.name) for each in voice.sounds if each.is_voice]
        return played


@dataclass(slots=True)
class Played:
    """What happened; times in seconds from the start."""

    sounds: list[tuple[float, str]] = field(default_factory=list)
    offered_s: float = 1e9
    answered_s: float | None = None
    gone_on_s: float | None = None
    _stage: Stage | None = None
    _from: Stage | None = None

    def follow(self, t_s: float, stage: Stage, cues: Sequence[str], *, answers: bool) -> None:
        """Take note of one step."""
        if answers and self.answered_s is None:
            self.answered_s, self._from = t_s, self._stage
        if self.offered_s > t_s and any(each in OFFERS for each in cues):
            self.offered_s = t_s
        if self.answered_s is not None and self.gone_on_s is None and stage is not self._from:
            self.gone_on_s = t_s
        self._stage = stage

    @property
    def useful(self) -> list[tuple[float, str]]:
        """Return the sentences that say what to do."""
        return [each for each in self.sounds if tells_what_to_do(each[1])]


def heard(mat: Mat, set_up: SetUp, frames: Sequence[Timed]) -> Heard:
    """Return what comes of a set-up in which nothing is done, and of both answers."""
    alone = mat.played(set_up, frames)
    useful = alone.useful
    times = [0.0, *(t_s for t_s, _ in useful), LASTS_S]
    wait_s = max(after - before for before, after in pairwise(times))
    hand, key = (mat.played(set_up, frames, answer) for answer in ("hand", "key"))
    return Heard(
        useful[0] if useful else None,
        wait_s,
        alone.offered_s < LASTS_S,
        _after_s(hand),
        _after_s(key),
    )


def _after_s(played: Played) -> float | None:
    """Return how long after the answer it went on."""
    if played.gone_on_s is None or played.answered_s is None:
        return None
    return played.gone_on_s - played.answered_s


def rows(
    wanted: Sequence[str] | None, language: Language, set_ups: Mapping[str, SetUp] = SET_UPS
) -> dict[str, dict[str, Heard]]:
    """Return what came of the set-ups, by exercise: those wanted, or all that are recorded."""
    catalogue = load_catalogue()
    texts = texts_of(language, catalogue)
    lengths_s = clip_lengths_s(language, texts.cues)
    found: dict[str, dict[str, Heard]] = {name: {} for name in set_ups}
    for clip in clips_in([RECORDINGS]):
        if wanted is not None and clip.name not in wanted:
            continue
        meta = json.loads(gzip.decompress(clip.truth.read_bytes()))["meta"]
        exercise = catalogue.get(meta["exercise"])
        mat = Mat(exercise, dose_side(exercise, meta), texts, lengths_s)
        frames = frames_of(clip.landmarks)
        for name, set_up in set_ups.items():
            if mat.side is not None or not set_up.sided:
                found[name][exercise.id] = heard(mat, set_up, frames)
    return found


# Telling

Row = tuple[str, Mapping[str, Heard]]


def _latest(row: Row, of: Callable[[Heard], float | None]) -> str:
    """Return the latest of some times, or in how many cases there was one."""
    times = [of(each) for each in row[1].values() if each.waits]
    if not times:
        return "-"
    known = [each for each in times if each is not None]
    if len(known) < len(times):
        return f"{len(known)} of {len(times)}"
    return f"{max(known):.1f} s"


def _said(row: Row) -> str:
    firsts = [each.first[1] for each in row[1].values() if each.first is not None]
    return ", ".join(f"`{each}`" for each in sorted(set(firsts), key=lambda e: -firsts.count(e)))


def _hand(row: Row) -> str:
    return "-" if row[0] in NOBODY else _latest(row, lambda each: each.hand_s)


COLUMNS: Final[tuple[Column[Row], ...]] = (
    Column("exercises", "how many were tried.", lambda row: str(len(row[1]))),
    Column(
        "first sentence",
        "from the start to the first that says what to do, the latest of all exercises.",
        lambda row: (
            f"{max(each.first[0] if each.first else LASTS_S for each in row[1].values()):.1f} s"
        ),
    ),
    Column(
        "longest wait",
        f"without such a sentence, in the first {LASTS_S:.0f} s; the aim is {AIM_S:.0f} s.",
        lambda row: f"{max(each.wait_s for each in row[1].values()):.1f} s",
    ),
    Column(
        "waits on",
        "in how many of them it still waits after 30 s; the others began, or passed the check.",
        lambda row: str(sum(each.waits for each in row[1].values())),
    ),
    Column(
        "hand",
        "from raising it to going on, the latest; or in how many exercises it did.",
        _hand,
    ),
    Column(
        "key",
        "from pressing it to going on, the same; a click is the same command.",
        lambda row: _latest(row, lambda each: each.key_s),
    ),
    Column("says first", "the cue, the most frequent first.", _said),
)

HEAD: Final = """# Bad set-ups: how soon one hears what to do

Generated by `python benchmarks/setups.py --write`: do not edit, run it.

An exercise of each kind of start position is begun before a camera that stands badly, or by
somebody who lies badly, and who does nothing about it. The views are worked out from the landmarks
of the project's recordings of rendered people, moved, turned and hidden as a picture would be; what
the pose model makes of such a picture was not asked, nor any person. The session is the real one,
with the voice's rules and the lengths of its Dutch clips. It offers to go on anyway after 30 s;
hand and key answer {answers:.0f} s later. A hand that is raised out of the
picture, or by somebody who is not seen, does nothing: the key and a click do.

"""


def page(found: Mapping[str, Mapping[str, Heard]]) -> str:
    """Return the page with the table."""
    table = table_of("", "set-up", COLUMNS, {name: (name, each) for name, each in found.items()})
    head = HEAD.format(answers=ANSWERS_S)
    return f"{head}{table.markdown()}\n\n{meanings(COLUMNS)}\n"


def _lines(found: Mapping[str, Mapping[str, Heard]]) -> Iterator[str]:
    for name, each in found.items():
        for exercise_id, came in each.items():
            yield f"{name:28} {exercise_id:18} {came}"


def main() -> None:
    """Print the table, and write the page where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--all", action="store_true", help="every exercise that is recorded")
    parser.add_argument("--language", choices=LANGUAGES, default="nl")
    parser.add_argument("--heard", action="store_true", help="a line an exercise")
    parser.add_argument("--write", action="store_true", help="make docs/setups.md")
    chosen = parser.parse_args()
    found = rows(None if chosen.all else USUAL, chosen.language)
    for line in _lines(found) if chosen.heard else ():
        print(line)
    print(page(found).partition("\n| ")[2].partition("\n\n")[0])
    if chosen.write:
        PAGE.write_text(page(found), encoding="utf-8")


if __name__ == "__main__":
    main()
