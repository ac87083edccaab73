"""What a person in front of the camera got to hear, measured: how soon, how long nothing, and why.

All of it is worked out from what was shown and heard, on the clip's own clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from coreline.judging.events import Fact, RepetitionEnded, RotationEnded
from coreline.session.session import Step
from coreline.session.view import Pause, Stage

Span = tuple[float, float]

SILENCE_AIM_S: Final = 8.0
REASON_AIM_S: Final = 3.0
EARLY_S: Final = 1.0  # what is heard so shortly before somebody is in position is meant for it
PEAK_S: Final = 1.5  # half of what a repetition takes of which only the peak is known
# Cues that name what to do or that it counts; beeps that say the latter.
USEFUL: Final = ("pos.", "fix.", "num.", "hold.", "rep.", "roll.", "setup.", "flow.go")
USEFUL_BEEPS: Final = ("ready", "counted")
# Cues that say why an attempt did not count, or what to correct in it.
REASONS: Final = ("fix.", "rep.", "roll.", "hold.", "setup.whole_body")
PRAISE: Final = "fix.good_now"
# How a script calls the stretches in which the person is in position.
IN_POSITION: Final = ("hold", "fault:", "rep ", "rotation ", "ready")


@dataclass(frozen=True, slots=True)
class Sound:
    """A cue or beep that was heard from `t_s` to `until_s`."""

    t_s: float
    until_s: float
    name: str
    is_voice: bool


@dataclass(frozen=True, slots=True)
class Task:
    """What is known of a clip beforehand.

    Attributes:
        name: of the clip.
        exercise_id: what is asked for.
        in_position_s: when the person is in position; the clip's start where that is not known.
        refused: attempts that truly must not count, from start to end.
    """

    name: str
    exercise_id: str
    in_position_s: float
    refused: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Played:
    """What happened in a clip: every step, and everything heard."""

    steps: Sequence[Step]
    sounds: Sequence[Sound]


@dataclass(frozen=True, slots=True)
class Measured:
    """One clip's figures.

    Attributes:
        useful_s: from being in position to the first useful cue; None if there was none.
        silence: the longest time without a cue while nothing counted.
        pauses: when it paused without being asked to, and why.
        counted: repetitions or turns that counted.
        refused: those that did not.
        held_s: seconds on the hold's clock.
        reasons: of attempts that do not count, whether one heard in time why not.
    """

    task: Task
    useful_s: float | None
    silence: Span
    pauses: tuple[tuple[float, Pause], ...]
    counted: int
    refused: int
    held_s: float
    reasons: tuple[bool, ...]

    @property
    def silent_s(self) -> float:
        """Return how long the longest silence was."""
        return self.silence[1] - self.silence[0]


def task_of_truth(name: str, document: Mapping[str, Any]) -> Task:
    """Return what a truth file says of a clip."""
    there = [f["t_s"] for f in document["frames"] if str(f["phase"]).startswith(IN_POSITION)]
    expected = document["expected"]
    attempts = [*expected.get("reps", ()), *expected.get("rotations", ())]
    refused = [
        (float(each["start_s"]), float(each["end_s"]))
        for each in attempts
        if not (each["counts"] or each.get("either_ok")) or each.get("same_direction_as_before")
    ]
    in_position_s = float(there[0]) if there else 0.0
    return Task(name, str(document["meta"]["exercise"]), in_position_s, tuple(refused))


def task_of_label(label: Mapping[str, Any], begins_s: float) -> Task:
    """Return what was read by eye of a clip that begins at `begins_s`."""
    peaks = label.get("peaks", ())
    refused = tuple((peak - PEAK_S, peak + PEAK_S) for peak in peaks)
    return Task(label["trace"], label["exercise"], float(label.get("from_s", begins_s)), refused)


def measure(task: Task, played: Played) -> Measured:
    """Return the figures of a clip."""
    views = [step.view for step in played.steps]
    facts = [fact for step in played.steps for fact in step.facts]
    attempts = [*task.refused, *_refused_beside(task.refused, facts)]
    return Measured(
        task,
        useful_s=_useful_s(task, played),
        silence=longest_gap((views[0].t_s, views[-1].t_s), _filled(played)),
        pauses=_pauses(played.steps),
        counted=max(view.progress.count for view in views),
        refused=max(view.progress.refused for view in views),
        held_s=max(view.progress.held_s if view.machine == "hold" else 0.0 for view in views),
        reasons=tuple(_reasons(attempts, played.sounds, views[-1].t_s)),
    )


def longest_gap(whole: Span, filled: Iterable[Span]) -> Span:
    """Return the longest stretch of the whole that nothing fills."""
    at_s, longest = whole[0], (whole[0], whole[0])
    for start_s, end_s in [*sorted(filled), (whole[1], whole[1])]:
        gap = (at_s, min(start_s, whole[1]))
        longest = max(longest, gap, key=lambda each: each[1] - each[0])
        at_s = max(at_s, end_s)
    return longest


def _useful_s(task: Task, played: Played) -> float | None:
    """Return how soon after being in position something useful was heard."""
    from_s = task.in_position_s
    heard_s = (
        each.t_s
        for each in played.sounds
        if each.t_s >= from_s - EARLY_S
        and each.name.startswith(USEFUL if each.is_voice else USEFUL_BEEPS)
    )
    first_s = next(heard_s, None)
    return None if first_s is None else max(first_s - from_s, 0.0)


def _filled(played: Played) -> list[Span]:
    """Return when there was a cue, a running clock, a count, a rest, or nothing left to do."""
    spans = [(each.t_s, each.until_s) for each in played.sounds if each.is_voice]
    count, last_s = 0, played.steps[0].view.t_s
    for step in played.steps:
        view = step.view
        if (
            view.progress.clock_runs
            or view.progress.count > count
            or view.stage in (Stage.REST, Stage.DONE)
        ):
            spans.append((last_s if view.progress.clock_runs else view.t_s, view.t_s))
        count, last_s = view.progress.count, view.t_s
    return spans


def _pauses(steps: Sequence[Step]) -> tuple[tuple[float, Pause], ...]:
    """Return when it paused, and why."""
    found: list[tuple[float, Pause]] = []
    before: Pause | None = None
    for step in steps:
        pause = step.view.pause
        if pause is not None and pause is not before:
            found.append((step.view.t_s, pause))
        before = pause
    return tuple(found)


def _refused_beside(truly: Sequence[Span], facts: Sequence[Fact]) -> list[Span]:
    """Return what the judge refused beside what is truly to be refused."""
    spans = []
    for fact in facts:
        match fact:
            case RepetitionEnded(repetition=done) | RotationEnded(rotation=done):
                if not done.counted:
                    spans.append((done.start_s, done.end_s))
            case _:
                pass
    return [one for one in spans if not any(_meet(one, other) for other in truly)]


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _reasons(attempts: Iterable[Span], sounds: Sequence[Sound], ends_s: float) -> Iterable[bool]:
    """Yield whether each attempt's reason was heard in time, unless the clip ended before."""
    said_s = [
        each.t_s
        for each in sounds
        if each.is_voice and each.name.startswith(REASONS) and each.name != PRAISE
    ]
    for start_s, end_s in attempts:
        heard = any(start_s <= t_s <= end_s + REASON_AIM_S for t_s in said_s)
        if heard or end_s + REASON_AIM_S <= ends_s:
            yield heard
