"""What missing and few pictures cost: repetitions lost or gained, reasons changed, hold seconds.

python benchmarks/dropouts.py [--kind gaps|drop-outs|rates ...] [--trials 2] [--people 48]
    [--only PART ...] [--by judge|session ...] [--seed 1] [--listed] [--processes 1]

The project's golden recordings, and rendered people of the known half who are judged rightly as
they are (as many as asked for, of every exercise), are judged once as they are and once disturbed:

- gaps: 0.2 to 0.7 s after each finished movement, before the next where there is room, and one
  within each hold; once with nobody found in the pictures, once without pictures;
- drop-outs: ten of 0.1 to 0.4 s, in the same two ways;
- rates: 30 down to 5 pictures a second, unevenly spaced.

Each is judged by the judge alone, and by a session as the live loop steps it. `unjudged` is the
share of the time for which the session said that it got too few pictures. `--listed` names what
differs. Attempts that may truly be judged either way are left out.
"""

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import pairwise, product
from pathlib import Path
from random import Random
from statistics import mean
from typing import Final

from rich.console import Console
from tools.disturbing import GAP_S, Gap, Timed, at_rate, drop_outs, gap_after, missing, unseen
from tools.judged_people import KEPT, analysed
from tools.recorded_people import FOLDER, KNOWN, load_person
from tools.tables import Column, number, percent, table_of

from coreline.coaching.cues import CueBook
from coreline.coaching.spoken import spoken
from coreline.data_files import load_catalogue, load_cues
from coreline.files.recordings import load_trace
from coreline.judging.events import Fact, HoldEnded, RepetitionEnded, RotationEnded
from coreline.judging.hold import HoldMachine
from coreline.judging.judge import Judge, Prior
from coreline.judging.ready import Place
from coreline.programme.spec import Exercise
from coreline.session.blocks import Block
from coreline.session.inputs import Guidance
from coreline.session.session import Session
from coreline.session.set_run import rules_of
from coreline.session.view import Stage
from coreline.training.live import STALL_S

GOLDEN: Final = FOLDER.parent
GOLDEN_END: Final = ".landmarks.npz"
KINDS: Final = ("gaps", "drop-outs", "rates")
RATES_FPS: Final = (30.0, 25.0, 20.0, 15.0, 12.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0)
LEAST_OVERLAP_S: Final = 0.3
HELD_SLACK_S: Final = 0.3  # what a hold may be off by
LAST_ROOM_S: Final = 2.0  # after the last movement
EDGE_S: Final = 1.0  # a gap in a hold begins and ends no nearer to its ends
ANSWER_S: Final = 0.1  # a camera that has nothing new says so after this time
GUIDANCE: Final = Guidance(explain=False, learn_neutral=False)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A repetition or a turn as it was judged."""

    start_s: float
    end_s: float
    reasons: tuple[str, ...]

    def overlap_s(self, other: "Attempt") -> float:
        """Return how long both last together."""
        return min(self.end_s, other.end_s) - max(self.start_s, other.start_s)


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said of some frames; `unjudged_s` is how long too few pictures came."""

    attempts: tuple[Attempt, ...]
    holds: tuple[Gap, ...]
    in_line_s: float
    clock_s: float
    unjudged_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording whose judgement is right; in the `open_s` stretches either one is."""

    name: str
    path: Path
    exercise_id: str

    @property
    def open_s(self) -> list[Gap]:
        """Return from when to when attempts last that may be judged either way."""
        if self.path.name.endswith(GOLDEN_END):
            return []
        expected = load_person(self.path).document["expected"]
        attempts = [*(expected.get("reps") or ()), *(expected.get("rotations") or ())]
        return [(each["start_s"], each["end_s"]) for each in attempts if each.get("either_ok")]


@dataclass(slots=True)
class Tally:
    """What came of some trials."""

    trials: int = 0
    movements: int = 0
    lost: int = 0
    gained: int = 0
    changed: int = 0
    in_line_s: list[float] = field(default_factory=list)
    clock_s: list[float] = field(default_factory=list)
    whole_s: float = 0.0
    unjudged_s: float = 0.0
    listed: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Take in what came of other trials."""
        for name in ("trials", "movements", "lost", "gained", "changed", "whole_s", "unjudged_s"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.in_line_s += other.in_line_s
        self.clock_s += other.clock_s
        self.listed += other.listed


# The clips


def golden() -> list[Clip]:
    """Return the golden recordings, whose judgement the tests hold right."""
    names = [path.name.removesuffix(GOLDEN_END) for path in sorted(GOLDEN.glob(f"*{GOLDEN_END}"))]
    return [Clip(name, GOLDEN / f"{name}{GOLDEN_END}", name) for name in names]


def known(how_many: int, random: Random) -> list[Clip]:
    """Return known people who are judged rightly, of every exercise in turn."""
    kept = json.loads((KEPT / f"{KNOWN}.json").read_text(encoding="utf-8"))["clips"]
    by_exercise = defaultdict(list)
    for each in kept:
        if each["exact"]:
            by_exercise[each["name"].partition("--")[0]].append(each["name"])
    for names in by_exercise.values():
        random.shuffle(names)
    taken: list[str] = []
    while len(taken) < how_many and any(by_exercise.values()):
        taken += [names.pop() for names in by_exercise.values() if names]
    return [
        Clip(name, FOLDER / KNOWN / f"{name}.npz", name.partition("--")[0])
        for name in taken[:how_many]
    ]


@lru_cache(maxsize=1)
def _book() -> CueBook:
    return spoken(load_cues(), load_catalogue())


# Judging


def by_judge(exercise: Exercise, place: Place | None, frames: Sequence[Timed]) -> Judged:
    """Return what the judge alone says."""
    one_leg = exercise.sides == "each_leg"
    on_side = exercise.view == "chest"
    judge = Judge(rules_of(exercise), None, on_side, Prior(place=place), one_leg)
    facts, clock_s = list[Fact](), 0.0
    for frame in [*frames, None]:
        happened = judge.step(*frame)[1] if frame else judge.finish(frames[-1][0])
        facts += happened
        if any(isinstance(fact, HoldEnded) for fact in happened):
            clock_s += judge.machine.clock_s if isinstance(judge.machine, HoldMachine) else 0.0
    return _judged(facts, clock_s)


def by_session(exercise: Exercise, place: Place | None, frames: Sequence[Timed]) -> Judged:
    """Return what a session says that is stepped as the live loop does it."""
    session = Session([Block(exercise)], _book(), open_ended=True, guidance=GUIDANCE, place=place)
    facts, unjudged_s, last_s = list[Fact](), 0.0, frames[0][0]
    for t_s, pose in _as_live(frames):
        step = session.step(t_s, pose)
        facts += step.facts
        if step.view.stage is Stage.PAUSED:
            unjudged_s += t_s - last_s
        last_s = t_s
    facts += session.finish(last_s)
    clock_s = session.done if exercise.machine == "hold" else 0.0
    return _judged(facts, clock_s, unjudged_s)


def _as_live(frames: Sequence[Timed]) -> Iterator[Timed]:
    """Yield the frames, and between two that are far apart that nothing came."""
    yield frames[0]
    for (before_s, _), (t_s, pose) in pairwise(frames):
        stalled_s = before_s + STALL_S
        while stalled_s < t_s - 1e-3:
            yield stalled_s, None
            stalled_s += ANSWER_S
        yield t_s, pose


def _judged(facts: Sequence[Fact], clock_s: float, unjudged_s: float = 0.0) -> Judged:
    attempts, holds, in_line_s = list[Attempt](), list[Gap](), 0.0
    for fact in facts:
        match fact:
            case RepetitionEnded(repetition=each) | RotationEnded(rotation=each):
                attempts.append(Attempt(each.start_s, each.end_s, each.reasons))
            case HoldEnded(hold=hold) if not hold.reasons:
                holds.append((hold.start_s, hold.end_s))
                in_line_s += hold.in_line_s
            case _:
                pass
    return Judged(tuple(attempts), tuple(holds), in_line_s, clock_s, unjudged_s)


WAYS: Final = {"judge": by_judge, "session": by_session}


# Disturbing


def gaps_of(random: Random, usual: Judged) -> list[Gap]:
    """Return a gap after each finished movement, and one within each hold."""
    gaps = []
    nexts_s = [*(each.start_s for each in usual.attempts[1:]), math.inf]
    for each, next_s in zip(usual.attempts, nexts_s, strict=False):
        gaps.append(gap_after(random, each.end_s, min(next_s, each.end_s + LAST_ROOM_S)))
    for start_s, end_s in usual.holds:
        if end_s - start_s > 2.0 * EDGE_S + GAP_S[1]:
            gaps.append(gap_after(random, start_s + EDGE_S, end_s - EDGE_S))
    return gaps


def disturbed(
    kind: str, random: Random, frames: Sequence[Timed], usual: Judged
) -> Iterator[tuple[str, list[Timed]]]:
    """Yield the frames disturbed, by what was done to them."""
    match kind:
        case "gaps" | "drop-outs":
            within = frames[0][0] + EDGE_S, frames[-1][0] - EDGE_S
            gaps = gaps_of(random, usual) if kind == "gaps" else drop_outs(random, *within)
            yield f"{kind}, nobody found", unseen(frames, gaps)
            yield f"{kind}, no pictures", missing(frames, gaps)
        case _:
            for fps in RATES_FPS:
                yield f"{fps:.0f} a second", at_rate(random, frames, fps)


def without(open_s: Sequence[Gap], judged: Judged) -> Judged:
    """Return what was said but for attempts that may be judged either way."""
    left_out = [Attempt(start_s, end_s, ()) for start_s, end_s in open_s]
    kept = (
        each
        for each in judged.attempts
        if all(each.overlap_s(other) < LEAST_OVERLAP_S for other in left_out)
    )
    return replace(judged, attempts=tuple(kept))


def compared(name: str, usual: Judged, now: Judged, whole_s: float) -> Tally:
    """Return what differs from what is said of the frames as they are."""
    tally = Tally(trials=1, movements=len(usual.attempts), whole_s=whole_s)
    tally.unjudged_s = now.unjudged_s
    left = list(now.attempts)
    for each in usual.attempts:
        found = max(left, key=each.overlap_s, default=None)
        if found is None or each.overlap_s(found) < LEAST_OVERLAP_S:
            tally.lost += not each.reasons
            tally.changed += bool(each.reasons)
            tally.listed.append(f"{name} at {each.start_s:.1f} s: {each.reasons} -> nothing")
            continue
        left.remove(found)
        tally.lost += not each.reasons and bool(found.reasons)
        tally.gained += bool(each.reasons) and not found.reasons
        tally.changed += bool(each.reasons and found.reasons) and each.reasons != found.reasons
        if each.reasons != found.reasons:
            tally.listed.append(
                f"{name} at {each.start_s:.1f} s: {each.reasons} -> {found.reasons}"
            )
    for each in left:
        tally.gained += not each.reasons
        tally.changed += bool(each.reasons)
        tally.listed.append(f"{name} at {each.start_s:.1f} s: nothing -> {each.reasons}")
    if usual.holds:
        tally.in_line_s.append(now.in_line_s - usual.in_line_s)
        tally.clock_s.append(now.clock_s - usual.clock_s)
        if max(abs(tally.in_line_s[0]), abs(tally.clock_s[0])) > HELD_SLACK_S:
            tally.listed.append(
                f"{name}: in line {usual.in_line_s:.2f} {tally.in_line_s[0]:+.2f} s, "
                f"clock {usual.clock_s:.2f} {tally.clock_s[0]:+.2f} s"
            )
    return tally


def trials_of(
    clip: Clip, kinds: Sequence[str], by: Sequence[str], trials: int, seed: int
) -> dict[str, Tally]:
    """Return what came of a clip's trials, by what was done and who judged."""
    exercise = load_catalogue().get(clip.exercise_id)
    frames = list(load_trace(clip.path))
    place = analysed(clip.path, exercise).record.place
    ways = {way: WAYS[way] for way in by}
    usual = {way: judge(exercise, place, frames) for way, judge in WAYS.items()}
    whole_s, tallies = frames[-1][0] - frames[0][0], defaultdict[str, Tally](Tally)
    for number_, kind in product(range(trials), kinds):
        random = Random(f"{seed} {clip.name} {kind} {number_}")
        for what, now in disturbed(kind, random, frames, usual["judge"]):
            for way, judge in ways.items():
                name = f"{clip.name} ({what}, {way}, trial {number_})"
                said = without(clip.open_s, judge(exercise, place, now))
                plain = without(clip.open_s, usual[way])
                tallies[f"{what}, {way}"].add(compared(name, plain, said, whole_s))
    return dict(tallies)


# Showing


def seconds(values: Sequence[float]) -> str:
    """Return the mean of some changes, and the largest either way."""
    if not values:
        return "-"
    return f"{number(mean(values), 2, signed=True)}, {max(map(abs, values)):.2f}"


COLUMNS: Final[tuple[Column[Tally], ...]] = (
    Column("trials", "clips disturbed", lambda t: str(t.trials)),
    Column("movements", "repetitions and turns as they are", lambda t: str(t.movements)),
    Column("lost", "counted as they are, and no more", lambda t: str(t.lost)),
    Column("gained", "counted now, and not as they are", lambda t: str(t.gained)),
    Column("changed", "refused, otherwise than as they are", lambda t: str(t.changed)),
    Column("holds", "trials in which something is held", lambda t: str(len(t.in_line_s))),
    Column("in line, s", "change: mean, largest", lambda t: seconds(t.in_line_s)),
    Column("clock, s", "change: mean, largest", lambda t: seconds(t.clock_s)),
    Column("unjudged", "share of the time", lambda t: percent(t.unjudged_s / max(t.whole_s, 1e-9))),
)


def parsed() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kind", action="append", choices=KINDS)
    parser.add_argument("--by", action="append", choices=WAYS)
    parser.add_argument("--trials", type=int, default=2)
    parser.add_argument("--people", type=int, default=48)
    parser.add_argument("--only", action="append", help="part of a clip's name")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--listed", action="store_true", help="name what differs")
    return parser.parse_args()


def main() -> None:
    """Print a line for each way of disturbing and of judging."""
    chosen = parsed()
    clips = [*golden(), *known(chosen.people, Random(chosen.seed))]
    if chosen.only:
        clips = [each for each in clips if any(part in each.name for part in chosen.only)]
    work = partial(
        trials_of,
        kinds=chosen.kind or KINDS,
        by=chosen.by or tuple(WAYS),
        trials=chosen.trials,
        seed=chosen.seed,
    )
    sums = defaultdict[str, Tally](Tally)
    with ProcessPoolExecutor(chosen.processes) as pool:
        for tallies in pool.map(work, clips):
            for what, tally in tallies.items():
                sums[what].add(tally)
    console = Console(width=None if sys.stdout.isatty() else 160)
    if chosen.listed:
        for what, tally in sums.items():
            console.print(what, *tally.listed, sep="\n  ", markup=False, highlight=False)
    title = f"{len(clips)} clips, judged rightly as they are"
    console.print(table_of(title, "disturbed, judged by", COLUMNS, sums).rich())


if __name__ == "__main__":
    main()
