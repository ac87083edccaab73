"""What is saved by looking for a pose only as often as the session asks, and what it changes.

python benchmarks/frugal.py [--half known|strangers ...] [--every N] [--curve] [--listed]
    [--clips FOLDER] [--session [--twice]] [--processes 1] [--write]

Recordings: the golden ones, those of real people, and rendered people of either half, as a camera
of thirty pictures a second gives them: what was recorded with fewer is drawn between two pictures.
Each is judged from every picture, and from those that the session asks for. `--curve` adds fewer
pictures throughout, and another take of the same (the pictures at slightly other times), which
tells what any change at all does. `--every N` takes every Nth recording.

`--clips` looks at the pixels of clips (<exercise>--<seed>.mp4, made by `people/make.py --fps 30`):
facts, and the CPU of `analyze` over that of bare MediaPipe on the same frames. `--session` trains
before an actor with thirty pictures a second; what a pose in every picture would cost is worked out
from what one costs, and with `--twice` tried.

`--write` puts the tables of what was run into docs/performance.md.
"""

import argparse
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields
from functools import lru_cache, partial
from pathlib import Path
from random import Random
from typing import Any, Final

import numpy as np
from real_people import LABELS, TRACES, load_labels
from rich.console import Console
from speed import bare_cpu_s
from tools.disturbing import Timed, at_rate
from tools.frugal_session import Costs, session_costs
from tools.recorded_people import FOLDER, HALVES, STRANGERS, load_person
from tools.scoring import score
from tools.tables import Column, Table, meanings, percent, table_of

from coreline.coaching.cues import CueBook
from coreline.coaching.spoken import spoken
from coreline.data_files import load_catalogue, load_cues
from coreline.files.recordings import load_trace
from coreline.judging.events import Repetition, Rotation
from coreline.judging.next_look import EVERY_S
from coreline.programme.spec import Exercise
from coreline.report.model import Analysis, Source, as_json
from coreline.session.blocks import Block
from coreline.session.session import Session
from coreline.session.view import Stage
from coreline.training.looks import Looks, Watch
from coreline.training.replay import Recording, judge, read
from coreline.vision.isolation import cut_network
from coreline.vision.models import model_bytes

GOLDEN: Final = FOLDER.parent
GOLDEN_END: Final = ".landmarks.npz"
PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
CLIPS: Final = (GOLDEN, PAGE.parents[1] / "samples")
WEBCAM_FPS: Final = 30.0
FAST_FPS: Final = 24.0  # what was recorded with as many is taken as it is
TIME_SLACK_S: Final = 0.1
ASKED: Final = "as asked for"
AGAIN: Final = "every picture, another take"


@dataclass(frozen=True, slots=True)
class Found:
    """A fact that has a kind and lasted; `kind` says what it is and why it did not count."""

    what: str
    kind: tuple[str, ...]
    times_s: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording, and what it is judged as."""

    path: Path
    exercise_id: str
    group: str


@dataclass(slots=True)
class Tally:
    """What came of some clips, judged in one way, against every picture."""

    clips: int = 0
    pictures: int = 0
    looks: int = 0
    other: int = 0
    known: int = 0
    exact_usual: int = 0
    exact_now: int = 0
    attempts: int = 0
    holds: int = 0
    faults: int = 0
    off_s: list[float] = field(default_factory=list)
    cues_late_s: list[float] = field(default_factory=list)
    cues_other: int = 0
    listed: list[str] = field(default_factory=list)

    def add(self, more: "Tally") -> None:
        """Take in what came of other clips."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(more, each.name))


# The clips


def clips_of(group: str, every: int) -> list[Clip]:
    """Return the recordings of a group."""
    if group == "golden":
        paths = sorted(GOLDEN.glob(f"*{GOLDEN_END}"))
        clips = [Clip(path, path.name.removesuffix(GOLDEN_END), group) for path in paths]
    elif group == "real":
        named = {each.trace: each.exercise for each in load_labels(LABELS)}
        clips = [Clip(TRACES / f"{trace}.npz", what, group) for trace, what in named.items()]
    else:
        paths = sorted((FOLDER / group).glob("*.npz"))
        clips = [Clip(path, path.name.partition("--")[0], group) for path in paths]
    return clips[::every]


def as_webcam(name: str, frames: Sequence[Timed], fps: float) -> list[Timed]:
    """Return a recording as a camera of thirty pictures a second gives it."""
    return list(frames) if fps >= FAST_FPS else at_rate(Random(name), frames, WEBCAM_FPS)


@lru_cache(maxsize=1)
def _book() -> CueBook:
    return spoken(load_cues(), load_catalogue())


# The ways of looking


def asked_for(frames: Sequence[Timed], exercise: Exercise) -> list[Timed]:
    """Return the frames that are looked at when the session is asked."""
    watch, looked = Watch(exercise, _book()), list[Timed]()
    for t_s, pose in frames:
        if watch.wants(t_s):
            watch.saw(t_s, pose)
            looked.append((t_s, pose))
    return looked


def thinned(frames: Sequence[Timed], _exercise: Exercise, *, fps: float) -> list[Timed]:
    """Return the frames of a slower camera: none is drawn, only left out."""
    kept, next_s = list[Timed](), frames[0][0]
    for t_s, pose in frames:
        if t_s >= next_s - 0.5 / WEBCAM_FPS:
            kept.append((t_s, pose))
            next_s = max(next_s + 1.0 / fps, t_s + 0.5 / fps)
    return kept


def before_only(frames: Sequence[Timed], exercise: Exercise) -> list[Timed]:
    """Return the frames that are looked at when nothing is saved once the position is reached."""
    session, looks = Session([Block(exercise)], _book(), open_ended=True), Looks()
    looked = list[Timed]()
    for t_s, pose in frames:
        if looks.wants(t_s):
            session.step(t_s, pose)
            looked.append((t_s, pose))
            looks.within_s = session.next_look_s if session.stage is Stage.GET_READY else EVERY_S
    return looked


Way = Callable[[Sequence[Timed], Exercise], list[Timed]]
CURVE: Final[dict[str, Way]] = {
    f"{fps:.0f} a second throughout": partial(thinned, fps=fps) for fps in (20.0, 15.0, 10.0)
} | {"as asked for, only before the position is reached": before_only}


# Judging and comparing


def analysed(clip: Clip, frames: Sequence[Timed], exercise: Exercise) -> Analysis:
    """Return what is made of some frames."""
    found = sum(pose is not None for _, pose in frames) / len(frames)
    size_px = next((pose.size_px for _, pose in frames if pose is not None), (1, 1))
    lasted_s = frames[-1][0] - frames[0][0]
    source = Source(clip.path.name, *size_px, WEBCAM_FPS, lasted_s, len(frames), len(frames), found)
    return judge(Recording(source, list(frames), None), exercise, _book())


def found_in(analysis: Analysis) -> list[Found]:
    """Return the facts of an analysis, in order of their kind and time."""
    attempts: list[Repetition | Rotation] = [*analysis.repetitions, *analysis.rotations]
    found = [Found("attempts", each.reasons, (each.start_s, each.end_s)) for each in attempts]
    for hold in analysis.holds:
        lasted_s = (hold.start_s, hold.end_s, hold.start_s + hold.in_line_s)
        found.append(Found("holds", hold.reasons, lasted_s))
    found += [Found("faults", (each.code,), (each.start_s, each.end_s)) for each in analysis.faults]
    return sorted(found, key=lambda each: (each.what, each.times_s))


def compared(name: str, usual: Analysis, now: Analysis) -> Tally:
    """Return what is other than from every picture."""
    tally, before, after = Tally(clips=1), found_in(usual), found_in(now)
    for what in ("attempts", "holds", "faults"):
        one, other = ([each for each in some if each.what == what] for some in (before, after))
        if what == "faults":  # those that begin together have no order
            one, other = (sorted(some, key=lambda each: each.kind) for some in (one, other))
        if [each.kind for each in one] == [each.kind for each in other]:
            for a, b in zip(one, other, strict=True):
                tally.off_s += [abs(y - x) for x, y in zip(a.times_s, b.times_s, strict=True)]
            continue
        setattr(tally, what, 1)
        tally.other = 1
        said = (", ".join(f"{each.times_s[0]:.1f} {'+'.join(each.kind)}" for each in one), "")
        tally.listed.append(f"{name}: {what} {said[0]} -> {[e.kind for e in other]}")
    _compare_cues(tally, usual.record.cues, now.record.cues)
    return tally


def _compare_cues(
    tally: Tally, usual: Sequence[tuple[float, str]], now: Sequence[tuple[float, str]]
) -> None:
    """Take in how much later each cue is said: the first after the second before it was."""
    left = list(now)
    for t_s, cue_id in usual:
        same = [each for each in left if each[1] == cue_id and abs(each[0] - t_s) <= 1.0]
        if not same:
            tally.cues_other += 1
            continue
        nearest = min(same, key=lambda each: abs(each[0] - t_s))
        left.remove(nearest)
        tally.cues_late_s.append(nearest[0] - t_s)
    tally.cues_other += len(left)


def tallies_of(clip: Clip, *, curve: bool) -> dict[str, Tally]:
    """Return what came of a recording, by the way of looking."""
    exercise, trace = load_catalogue().get(clip.exercise_id), load_trace(clip.path)
    recorded = list(trace)
    if all(pose is None for _, pose in recorded):
        return {}
    frames = as_webcam(clip.path.name, recorded, trace.fps)
    usual, ways = analysed(clip, frames, exercise), {ASKED: asked_for(frames, exercise)}
    if curve:
        ways |= {name: way(frames, exercise) for name, way in CURVE.items()}
        if trace.fps < FAST_FPS:
            ways[AGAIN] = as_webcam(f"{clip.path.name} again", recorded, trace.fps)
    return {way: _tallied(clip, way, frames, usual, looked) for way, looked in ways.items()}


def _tallied(
    clip: Clip, way: str, frames: Sequence[Timed], usual: Analysis, looked: Sequence[Timed]
) -> Tally:
    exercise = load_catalogue().get(clip.exercise_id)
    now = analysed(clip, looked, exercise)
    tally = compared(f"{clip.path.stem}, {way}", usual, now)
    tally.pictures, tally.looks = len(frames), len(looked)
    if clip.group in HALVES:
        expected = load_person(clip.path).document["expected"]
        tally.known = 1
        tally.exact_usual, tally.exact_now = (
            int(score(expected, as_json(each)).exact) for each in (usual, now)
        )
    return tally


# Pixels


@dataclass(slots=True)
class Pixels:
    """What came of the pixels of clips: facts against every picture, CPU over bare MediaPipe."""

    tally: Tally = field(default_factory=Tally)
    bare_s: float = 0.0
    every_s: float = 0.0
    asked_s: float = 0.0


def pixels_of(folder: Path) -> Pixels:
    """Look at the clips of a folder with every picture and as asked for."""
    cut_network()
    model, sums = model_bytes("full"), Pixels()
    for path in sorted(folder.glob("*--*.mp4")):
        exercise = load_catalogue().get(path.name.partition("--")[0])
        sums.bare_s += bare_cpu_s(path, model)[0]
        every_s, usual, pictures = _timed(path, exercise, None)
        asked_s, now, looks = _timed(path, exercise, Watch(exercise, _book()))
        one = compared(path.stem, usual, now)
        one.pictures, one.looks = pictures, looks
        sums.tally.add(one)
        sums.every_s, sums.asked_s = sums.every_s + every_s, sums.asked_s + asked_s
        changed = "; ".join(one.listed) or "same facts"
        print(f"{path.stem}: {looks} of {pictures} looked at, {changed}", flush=True)
    return sums


def _timed(path: Path, exercise: Exercise, watch: Watch | None) -> tuple[float, Analysis, int]:
    start_s = time.process_time()
    recording = read(path, watch=watch)
    analysis = judge(recording, exercise, _book())
    return time.process_time() - start_s, analysis, len(recording.frames)


# Showing


def _late(tally: Tally) -> str:
    if not tally.cues_late_s:
        return "-"
    late_ms = 1000.0 * np.array(tally.cues_late_s)
    return f"{np.percentile(late_ms, 95):.0f}, {tally.cues_other} other"


def _exact(tally: Tally) -> str:
    return f"{tally.exact_usual} -> {tally.exact_now}" if tally.known else "-"


def _off(tally: Tally) -> str:
    if not tally.off_s:
        return "-"
    over = sum(each > TIME_SLACK_S for each in tally.off_s)
    return f"{np.percentile(tally.off_s, 95):.3f}, {over} of {len(tally.off_s)} over 0.1"


COLUMNS: Final[tuple[Column[Tally], ...]] = (
    Column("clips", "recordings", lambda t: str(t.clips)),
    Column("looked at", "share of the pictures", lambda t: percent(t.looks / max(t.pictures, 1))),
    Column("other facts", "clips in which anything is judged otherwise", lambda t: str(t.other)),
    Column("right", "clips whose every fact is true: from every picture -> now", _exact),
    Column(
        "attempts",
        "of those with other facts, repetitions or turns, or why refused",
        lambda t: str(t.attempts),
    ),
    Column("holds", "likewise, holds", lambda t: str(t.holds)),
    Column("faults", "likewise, faults", lambda t: str(t.faults)),
    Column("times, s", "how far off, 95th percentile, and how many", _off),
    Column("cues, ms", "how much later, 95th percentile; how many others", _late),
)


def parsed() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", action="append", choices=("golden", "real", *HALVES))
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--listed", action="store_true", help="name what differs; known only")
    parser.add_argument("--clips", type=Path)
    parser.add_argument("--session", action="store_true")
    parser.add_argument("--twice", action="store_true", help="the session in every picture too")
    parser.add_argument("--write", action="store_true", help="renew docs/performance.md")
    parser.add_argument("--processes", type=int, default=1)
    return parser.parse_args()


def recordings(chosen: argparse.Namespace) -> Table:
    """Judge recordings; return a line a group and way of looking."""
    groups = chosen.half or ("golden", "real", *HALVES)
    clips = [clip for group in groups for clip in clips_of(group, chosen.every)]
    sums = defaultdict[str, Tally](Tally)
    with ProcessPoolExecutor(chosen.processes) as pool:
        made = pool.map(partial(tallies_of, curve=chosen.curve), clips)
        for clip, tallies in zip(clips, made, strict=True):
            for way, tally in tallies.items():
                sums[f"{clip.group}, {way}"].add(tally)
    if chosen.listed:
        for what, tally in sums.items():
            if not what.startswith(STRANGERS):  # nobody looks at single strangers
                print(what, *tally.listed, sep="\n  ")
    return table_of("recordings", "recordings, looked at", COLUMNS, dict(sorted(sums.items())))


def pixels(folder: Path) -> Table:
    """Look at clips; return what is other, and what it costs."""
    sums = pixels_of(folder)
    every, asked = sums.every_s / sums.bare_s, sums.asked_s / sums.bare_s
    costs = f"{every:.2f} -> {asked:.2f}"
    columns = (
        *COLUMNS,
        Column("CPU over bare MediaPipe", "every picture -> as asked", lambda _: costs),
    )
    return table_of("pixels", "clips of 30 a second", columns, {"known": sums.tally})


SESSION: Final[tuple[Column[tuple[Stage | None, Costs]], ...]] = (
    Column("pictures", "that came", lambda r: str(_of(r[1].pictures, r[0]))),
    Column("looked at", "for a pose", lambda r: str(_of(r[1].looks, r[0]))),
    Column(
        "share",
        "of the pictures",
        lambda r: percent(_of(r[1].looks, r[0]) / max(_of(r[1].pictures, r[0]), 1)),
    ),
)


def _of(counts: Counter[Stage], stage: Stage | None) -> int:
    return sum(counts.values()) if stage is None else counts[stage]


def _p99_ms(values_s: Sequence[float]) -> float:
    return 1000.0 * float(np.percentile(values_s, 99))


def session(*, twice: bool) -> Table:
    """Train before an actor; return how often it was looked, by stage."""
    costs = session_costs(CLIPS, every=False)
    rows: dict[str, tuple[Stage | None, Costs]] = {
        stage.value: (stage, costs) for stage in Stage if costs.pictures[stage]
    }
    rows["the whole session"] = (None, costs)
    ratio = costs.cpu_s / costs.every_s
    title = (
        f"{costs.lasted_s:.0f} s; CPU of the whole program {costs.cpu_s:.0f} s, with a pose "
        f"({1000 * costs.pose_s:.0f} ms) in every picture {costs.every_s:.0f} s: {ratio:.2f}"
        f". At least {costs.acted_s:.0f} s of either make the actor's pictures"
    )
    apart_ms, works_ms = _p99_ms(costs.ticks_s), _p99_ms(costs.worked_s)
    title += (
        f". From one frame of the window to the next 99 of 100 take {apart_ms:.0f} ms, in which "
        f"its thread works for {works_ms:.0f} ms"
    )
    if twice:
        other = session_costs(CLIPS, every=True)
        title += (
            f"; run like that it took {other.cpu_s:.0f} s for {other.all_looks} poses in "
            f"{other.lasted_s:.0f} s. Done: {', '.join(costs.results)}; {', '.join(other.results)}"
        )
    return table_of(title, "stage", SESSION, rows)


def write(name: str, table: Table, columns: Sequence[Column[Any]]) -> None:
    """Put a table into its place on the page.

    Raises:
        SystemExit: The page has no such place.
    """
    page = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- frugal {name} -->\n", f"<!-- frugal {name} end -->\n"
    place = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    text = f"{begin}{table.markdown()}\n\n{meanings(columns)}\n{end}"
    if name == "session":
        text = f"{begin}{table.title}.\n\n{table.markdown()}\n{end}"
    if not place.search(page):
        raise SystemExit(f"{PAGE}: no place for {name}; it is between {begin.strip()} and its end")
    PAGE.write_text(place.sub(lambda _: text, page), encoding="utf-8")


def main() -> None:
    """Do what was asked for, and print a table of each."""
    chosen = parsed()
    console = Console(width=None if sys.stdout.isatty() else 160)
    made: list[tuple[str, Table, Sequence[Column[Any]]]] = []
    if chosen.clips is not None:
        made.append(("pixels", pixels(chosen.clips), COLUMNS))
    if chosen.session:
        made.append(("session", session(twice=chosen.twice), SESSION))
    if not made:
        made.append(("curve" if chosen.curve else "recordings", recordings(chosen), COLUMNS))
    for name, table, columns in made:
        console.print(table.rich())
        if chosen.write:
            write(name, table, columns)


if __name__ == "__main__":
    main()
