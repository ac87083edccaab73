"""Landmarks of real people, judged, against labels read by eye.

python benchmarks/real_people.py [TRACES LABELS] [--accept]

Without arguments: the project's own, in tests/recordings/real. A clip is right when the seconds in
line, the attempts, or the fault at its time are what the labels say, to what an eye can tell; where
nothing may count, when nothing was counted and less than 2 s held. Numbers of the judging were set
with these people in view, so nothing of this is published as accuracy. `--accept` keeps which clips
are right today; a test fails when one of them no longer is.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError
from tools.judged_people import analysed
from tools.scoring import Said, SaidAttempt, SaidHold, Stretch

from coreline.data_files import load_catalogue
from coreline.errors import BadSourceError, CorelineError
from coreline.report.model import as_json

FOLDER: Final = Path(__file__).resolve().parents[1] / "tests" / "recordings" / "real"
TRACES: Final = FOLDER / "people"
LABELS: Final = FOLDER / "people.toml"
RESULTS: Final = FOLDER / "people_results.toml"
USAGE_ERROR = 2
END_S: Final = 1e9
SHORT_HOLD_S: Final = 2.0  # what nothing may count for still is less than this
PEAK_SLACK_S: Final = 0.5  # labels are read from stills 0.25 to 0.6 s apart
FAULT_OVERLAP_S: Final = 0.5
HELD_SLACK_S, HELD_SLACK_SHARE, SLACK_PER_HOLD = 1.0, 0.15, 0.2
NAME_WIDTH = 60


class Group(StrEnum):
    """How sure one can be of a label, and whether anything should count."""

    POSITIVE = "sure, side-on, to be counted"
    NEGATIVE = "sure, side-on, nothing may count"
    OTHER = "oblique, drawn or unsure"


class Label(BaseModel):
    """What an eye saw in a trace; times in seconds.

    Attributes:
        trace: file of the landmarks, without its ending.
        repo: the public repository that the footage is from.
        exercise: what it is judged as.
        holds: from and until, in position and in line.
        peaks: tops without a hold, an attempt each.
        faults: code, from, until.
        nothing_counts: nothing may be counted, and no hold of 2 s.
        from_s, until_s: the part that is meant.
        view: side, oblique or front; animated: a drawn figure; sure: of the label.
        note: what else was seen.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    trace: str
    repo: str = ""
    exercise: str
    holds: tuple[tuple[float, float], ...] | None = None
    peaks: tuple[float, ...] | None = None
    faults: tuple[tuple[str, float, float], ...] = ()
    nothing_counts: bool = False
    from_s: float = 0.0
    until_s: float = END_S
    view: str = "side"
    animated: bool = False
    sure: bool = True
    note: str = ""

    @property
    def name(self) -> str:
        """Return what tells it from the others."""
        part = f" from {self.from_s:g} s" if self.from_s else ""
        return f"{self.trace}{part}, {self.exercise}"

    @property
    def group(self) -> Group:
        """Return how sure it is."""
        if not self.sure or self.animated or self.view != "side":
            return Group.OTHER
        return Group.NEGATIVE if self.nothing_counts else Group.POSITIVE

    @property
    def part(self) -> Stretch:
        """Return the part that is meant."""
        return Stretch(start_s=self.from_s, end_s=self.until_s)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a clip is right, and what was said of it."""

    label: Label
    right: bool
    said: tuple[str, ...]


def load_labels(path: Path) -> list[Label]:
    """Return the labels of a file.

    Raises:
        BadSourceError: It cannot be read, or is no list of labels.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["clip"]
        return [Label.model_validate(entry) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError, ValidationError) as error:
        why = str(error).partition("\n")[0]
        raise BadSourceError(f"{path}: is no list of labelled clips ({why})") from error


def outcomes_of(labels: Iterable[Label], traces: Path) -> list[Outcome]:
    """Judge the clip of every label.

    Raises:
        BadSourceError: A trace is missing or cannot be read.
        UnknownExerciseError: A label names an exercise that the catalogue lacks.
    """
    catalogue = load_catalogue()
    outcomes = []
    for label in labels:
        analysis = analysed(traces / f"{label.trace}.npz", catalogue.get(label.exercise))
        outcomes.append(outcome_of(label, Said.model_validate(as_json(analysis))))
    return outcomes


# One clip


def outcome_of(label: Label, said: Said) -> Outcome:
    """Hold what was judged against a label; pure."""
    attempts = [each for each in said.repetitions if _is_meant(each, label)]
    holds = [each for each in said.holds if _is_meant(each, label)]
    checks = []
    if label.nothing_counts:
        counted = sum(each.counted for each in (*attempts, *said.rotations))
        checks.append(_nothing(counted, _held_s(holds, label)))
    if label.holds is not None:
        checks.append(_held(label.holds, _held_s(holds, label)))
    if label.peaks is not None:
        checks.append(_peaks(label.peaks, attempts, holds))
    checks += [_fault(*fault, said) for fault in label.faults]
    return Outcome(label, all(right for right, _ in checks), tuple(text for _, text in checks))


def _is_meant(each: Stretch, label: Label) -> bool:
    return each.end_s > label.from_s and each.start_s < label.until_s


def _held_s(holds: Sequence[SaidHold], label: Label) -> float:
    """Return the seconds in line of the part that is meant, in proportion."""
    shares = [hold.overlap_s(label.part) / max(hold.end_s - hold.start_s, 1e-9) for hold in holds]
    return sum(hold.in_line_s * share for hold, share in zip(holds, shares, strict=True))


def _nothing(counted: int, held_s: float) -> tuple[bool, str]:
    right = counted == 0 and held_s < SHORT_HOLD_S
    return right, f"counted {counted}, held {held_s:.1f} s"


def _held(true: Sequence[tuple[float, float]], held_s: float) -> tuple[bool, str]:
    true_s = sum(end_s - start_s for start_s, end_s in true)
    slack_s = max(HELD_SLACK_S, HELD_SLACK_SHARE * true_s) * (1.0 + SLACK_PER_HOLD * len(true))
    return abs(held_s - true_s) <= slack_s, f"held {held_s:.1f} of {true_s:.1f} s"


def _peaks(
    true: Sequence[float], attempts: Sequence[SaidAttempt], holds: Sequence[SaidHold]
) -> tuple[bool, str]:
    stretches: list[Stretch] = [*attempts, *holds]
    met = sum(any(_holds_peak(each, peak_s) for each in stretches) for peak_s in true)
    found = len(attempts) or len(holds)
    reasons = sorted({reason for each in attempts for reason in each.reasons})
    said = f"attempts {found}, tops met {met} of {len(true)}; {'+'.join(reasons) or 'no reason'}"
    return met == found == len(true), said


def _holds_peak(each: Stretch, peak_s: float) -> bool:
    return each.start_s - PEAK_SLACK_S <= peak_s <= each.end_s + PEAK_SLACK_S


def _fault(code: str, start_s: float, end_s: float, said: Said) -> tuple[bool, str]:
    true = Stretch(start_s=start_s, end_s=end_s)
    faults = [*said.faults, *(fault for hold in said.holds for fault in hold.faults)]
    named = any(each.code == code and true.overlap_s(each) > FAULT_OVERLAP_S for each in faults)
    return named, f"{code} {'named' if named else 'missed'}"


# All clips


def sums_of(outcomes: Iterable[Outcome]) -> Mapping[Group, tuple[int, int]]:
    """Return of each group how many clips are right, and how many there are."""
    sums = dict.fromkeys(Group, (0, 0))
    for each in outcomes:
        right, clips = sums[each.label.group]
        sums[each.label.group] = right + each.right, clips + 1
    return sums


def load_results(path: Path = RESULTS) -> dict[str, bool]:
    """Return by name which clips were right when they were last accepted."""
    kept = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: was for was, key in ((True, "right"), (False, "wrong")) for name in kept[key]}


def results_toml(outcomes: Iterable[Outcome]) -> str:
    """Return which clips are right, as a file to keep."""
    named = {each.label.name: each.right for each in outcomes}
    head = "# Kept by `python benchmarks/real_people.py --accept`. What is right stays right.\n"
    return head + _toml_list("right", named, True) + _toml_list("wrong", named, False)


def _toml_list(key: str, named: Mapping[str, bool], wanted: bool) -> str:
    lines = "".join(f'  "{name}",\n' for name, right in named.items() if right is wanted)
    return f"{key} = [\n{lines}]\n"


def show(outcomes: Sequence[Outcome], kept: Mapping[str, bool]) -> None:
    """Print a line a clip, and the sums; what has changed since it was kept is marked."""
    for each in outcomes:
        was = kept.get(each.label.name, each.right)
        change = "" if was == each.right else "  (better)" if each.right else "  (WORSE)"
        verdict = "right" if each.right else "WRONG"
        said = f"{'; '.join(each.said)}{change}"
        print(f"{each.label.name[:NAME_WIDTH]:{NAME_WIDTH}} {verdict} {said}")
    for group, (right, clips) in sums_of(outcomes).items():
        print(f"{group}: {right} of {clips}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; a mistake that the user can correct is one line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("traces", nargs="?", type=Path, default=TRACES)
    parser.add_argument("labels", nargs="?", type=Path, default=LABELS)
    parser.add_argument("--accept", action="store_true", help="keep which of the own are right")
    chosen = parser.parse_args(arguments)
    own = chosen.labels == LABELS
    try:
        outcomes = outcomes_of(load_labels(chosen.labels), chosen.traces)
    except CorelineError as error:
        print(f"real_people: {error}", file=sys.stderr)
        sys.exit(USAGE_ERROR)
    show(outcomes, load_results() if own and RESULTS.is_file() else {})
    if chosen.accept and own:
        RESULTS.write_text(results_toml(outcomes), encoding="utf-8")


if __name__ == "__main__":
    main()
