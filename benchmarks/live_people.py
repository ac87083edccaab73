"""People before the live loop of `coreline train`: what they hear, how soon, and when they do not.

python benchmarks/live_people.py [CLIP OR FOLDER …] [--labels people.toml] [--fast] [--guide]
    [--half known|strangers] [--only NAME …] [--limit N] [--traces] [--language nl] [--heard]

A clip is a rendered person with its truth (see tools/recorded_people.py), or, with --labels, a
trace of a real one that is named there. It is played in real time through the whole loop: session,
coach, voice and window, where SDL's dummy drivers take the place of screen and loudspeaker unless
there are others. Where a video lies beside the trace, the pose model works on its pictures (not
with --traces); else the trace's poses take the model's place.

--fast steps the session on the clip's own clock, with the voice's rules and the clips' lengths, but
without threads, window, mixer and model: to try things out, not to publish.

As with `train --source FILE`, nobody is set up, counted in or waited for, and no hand pauses;
--guide does all that, as at a camera, with every exercise known so that none is explained.
"""

import argparse
import os
import statistics
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pygame
from tools.live_measures import (
    REASON_AIM_S,
    SILENCE_AIM_S,
    Measured,
    Played,
    Sound,
    Task,
    measure,
    task_of_label,
    task_of_truth,
)
from tools.recorded_people import FOLDER, HALVES, RAW_TRUTH_END, files_in, half_of, load_person
from tools.trace_playing import QuickVoice, TraceCamera, clip_lengths_s

from coreline.camera.from_start import FromStart
from coreline.camera.playback import Playback
from coreline.camera.source import FrameSource
from coreline.data_files import load_catalogue, load_placement, load_programme
from coreline.errors import CorelineError
from coreline.files.recordings import Trace, load_trace
from coreline.placement.setup import SetupCheck
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import LANGUAGES
from coreline.screen.texts import Texts
from coreline.screen.window import Window
from coreline.session.blocks import Block
from coreline.session.inputs import Conditions, Guidance
from coreline.session.session import Session, Step
from coreline.sound.choice import SoundSettings
from coreline.sound.player import Player
from coreline.training.live import Outlets, run_live
from coreline.training.rig import texts_of
from coreline.vision.company import Company
from coreline.vision.worker import Estimator

MODEL: Final = "full"
LINGER_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip to be played; `video` is None where there are only landmarks."""

    task: Task
    trace: Trace
    video: Path | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What every clip is played with."""

    catalogue: Catalogue
    texts: Texts
    lengths_s: Mapping[str, float]  # of the spoken clips, by cue
    guided: bool

    def session_of(self, task: Task) -> Session:
        """Return the session that `train` would make of a clip."""
        block = Block(self.catalogue.get(task.exercise_id))
        others = list(self.catalogue)
        guidance = self._guidance() if self.guided else None
        return Session([block], self.texts.cues, others=others, guidance=guidance)

    def _guidance(self) -> Guidance:
        rules = load_placement()
        return Guidance(
            checker=lambda exercise, side: SetupCheck(exercise, side, rules),
            known=frozenset(exercise.id for exercise in self.catalogue),
            pace=load_programme().pace,
        )


def play(clip: Clip, setting: Setting) -> Played:
    """Play a clip in real time through the live loop."""
    camera = TraceCamera(clip.task.name, clip.trace)
    company = None if clip.video is None else Company(MODEL)
    source: FrameSource = FromStart(Playback(clip.video)) if clip.video else camera
    steps: list[tuple[float, Step]] = []
    session = setting.session_of(clip.task)

    def estimator() -> AbstractContextManager[Estimator]:
        return nullcontext(camera) if company is None else company

    pygame.display.init()
    settings = SoundSettings(language=setting.texts.language)
    with Window(setting.texts) as window, Player(_tell, settings) as player:
        player.wait_until_loaded()
        outlets = Outlets(
            window,
            player,
            setting.texts,
            lambda _: None,
            on_step=lambda _, step: steps.append((time.monotonic(), step)),
            linger_s=LINGER_S,
            company=company,
        )
        run_live(source, estimator, session, outlets)
        return Played([step for _, step in steps], _heard(player, steps, setting))


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


def _heard(player: Player, steps: Sequence[tuple[float, Step]], setting: Setting) -> list[Sound]:
    """Return what was heard on the clip's clock; a clip is cut off by the next."""
    behind_s = min(at_s - step.view.t_s for at_s, step in steps)
    voice_s = [each.t_s for each in player.log if each.is_voice]
    sounds = []
    for each in player.log:
        until_s = each.t_s
        if each.is_voice:
            cut_s = next((t_s for t_s in voice_s if t_s > each.t_s), float("inf"))
            until_s = min(each.t_s + setting.lengths_s[each.name], cut_s)
        begun_s = each.t_s - behind_s
        sounds.append(Sound(begun_s, until_s - behind_s, each.name, each.is_voice))
    return sounds


def play_fast(clip: Clip, setting: Setting) -> Played:
    """Step the session through a trace on its own clock."""
    voice = QuickVoice(setting.lengths_s, setting.texts.cues)
    session, steps = setting.session_of(clip.task), []
    for t_s, pose in clip.trace:
        step = session.step(t_s, pose, None, Conditions(speaking=voice.speaking(t_s)))
        voice.follow(t_s, step)
        steps.append(step)
    return Played(steps, voice.sounds)


# What there is to play


def clips(options: argparse.Namespace) -> Iterator[Clip]:
    """Yield what is asked for.

    Raises:
        BadSourceError: A clip cannot be read, or a folder holds none.
    """
    found = _labelled(options) if options.labels else _rendered(options)
    for number, clip in enumerate(found):
        if options.limit and number >= options.limit:
            return
        yield clip


def _rendered(options: argparse.Namespace) -> Iterator[Clip]:
    """Yield rendered people, with the video beside the truth as the generator left it."""
    places = options.places or [FOLDER / half for half in HALVES]
    for place in places:
        for path in files_in(place) if place.is_dir() else [place]:
            name = path.name.removesuffix(RAW_TRUTH_END).removesuffix(".npz")
            if (options.half and half_of(name) != options.half) or not _wanted(name, options):
                continue
            person = load_person(path)
            video = path.with_name(f"{name}.mp4")
            shown = video if video.is_file() and not (options.traces or options.fast) else None
            yield Clip(task_of_truth(name, person.document), load_trace(person.trace), shown)


def _labelled(options: argparse.Namespace) -> Iterator[Clip]:
    """Yield the real people whose traces are in the folders, in the order of the labels."""
    labels = tomllib.loads(options.labels.read_text(encoding="utf-8"))["clip"]
    for label in labels:
        there = [
            path for each in options.places if (path := each / f"{label['trace']}.npz").exists()
        ]
        if there and _wanted(label["trace"], options):
            trace = load_trace(there[0])
            yield Clip(task_of_label(label, float(trace.t_s[0])), trace)


def _wanted(name: str, options: argparse.Namespace) -> bool:
    return not options.only or name in options.only


# Telling


def tell(found: Measured, played: Played, *, heard: bool) -> None:
    """Print one clip's row, and what was heard in it."""
    useful = "never" if found.useful_s is None else f"{found.useful_s:.1f} s"
    pauses = ", ".join(f"{pause.value} {t_s:.1f} s" for t_s, pause in found.pauses) or "none"
    reasons = f"{sum(found.reasons)}/{len(found.reasons)}"
    done = f"counted {found.counted}, refused {found.refused}, held {found.held_s:.1f} s"
    silence = f"{found.silent_s:.1f} s ({found.silence[0]:.1f}-{found.silence[1]:.1f})"
    print(
        f"{found.task.name[:44]:44} {found.task.exercise_id:17} useful {useful:>7}  "
        f"silent {silence:20} pauses {pauses}; {done}; reasons {reasons}",
        flush=True,
    )
    for each in played.sounds if heard else ():
        print(f"    {each.t_s:6.1f} s {'' if each.is_voice else 'beep '}{each.name}")


def tell_sums(all_: Sequence[Measured]) -> None:
    """Print the figures of all clips against what is aimed at."""
    silent_s = [each.silent_s for each in all_]
    short = sum(one <= SILENCE_AIM_S for one in silent_s)
    pauses = [pause.value for each in all_ for _, pause in each.pauses]
    reasons = [heard for each in all_ for heard in each.reasons]
    useful_s = [each.useful_s for each in all_ if each.useful_s is not None]
    print(f"\nclips: {len(all_)}")
    print(
        f"longest silence while nothing counts: at most {SILENCE_AIM_S:g} s in {short} of "
        f"{len(all_)} (median {statistics.median(silent_s):.1f} s, longest {max(silent_s):.1f} s)"
    )
    print(f"pauses that nobody asked for: {len(pauses)} (aim 0) {' '.join(sorted(pauses))}")
    print(
        f"reason of an attempt that does not count heard within {REASON_AIM_S:g} s after its end: "
        f"{sum(reasons)} of {len(reasons)}"
    )
    spread = "none"
    if useful_s:
        spread = f"median {statistics.median(useful_s):.1f} s, latest {max(useful_s):.1f} s"
    print(
        f"first useful cue after being in position: {spread}, never in {len(all_) - len(useful_s)}"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("places", nargs="*", type=Path, metavar="CLIP OR FOLDER")
    parser.add_argument("--labels", type=Path, help="real people, as they are listed there")
    parser.add_argument("--fast", action="store_true", help="on the clip's clock, from landmarks")
    parser.add_argument("--guide", action="store_true", help="as at a camera")
    parser.add_argument("--traces", action="store_true", help="landmarks, videos or not")
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--only", nargs="+", metavar="NAME", default=[])
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--language", choices=LANGUAGES, default="nl")
    parser.add_argument("--heard", action="store_true", help="list every cue and beep")
    return parser.parse_args()


def main() -> int:
    """Play what is asked for and print its figures."""
    options = _options()
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    if "DISPLAY" not in os.environ:
        os.environ["SDL_VIDEODRIVER"] = "dummy"
    catalogue = load_catalogue()
    texts = texts_of(options.language, catalogue)
    setting = Setting(catalogue, texts, clip_lengths_s(options.language, texts.cues), options.guide)
    all_ = []
    try:
        for clip in clips(options):
            played = play_fast(clip, setting) if options.fast else play(clip, setting)
            all_.append(measure(clip.task, played))
            tell(all_[-1], played, heard=options.heard)
    except CorelineError as error:
        print(f"live_people: {error}", file=sys.stderr)
        return 2
    if not all_:
        print("live_people: nothing to play; name clips or folders of them", file=sys.stderr)
        return 2
    tell_sums(all_)
    return 0


if __name__ == "__main__":
    sys.exit(main())
