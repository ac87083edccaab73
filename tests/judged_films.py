"""What the judging makes of films: all that one judge said, sorted."""

from collections.abc import Sequence
from dataclasses import dataclass

from coreline.body.form import Form, FormPlan, FormTracker
from coreline.judging.events import (
    Fact,
    Fault,
    FaultEnded,
    Hold,
    HoldEnded,
    Reading,
    Repetition,
    RepetitionEnded,
)
from coreline.judging.judge import Judge, plan_of
from coreline.programme.rules import Judging
from stick_figure import Timed


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that one judge said of some frames."""

    readings: Sequence[Reading]
    facts: list[Fact]

    @property
    def holds(self) -> list[Hold]:
        """Return the holds in order."""
        return [fact.hold for fact in self.facts if isinstance(fact, HoldEnded)]

    @property
    def repetitions(self) -> list[Repetition]:
        """Return the repetitions in order."""
        return [fact.repetition for fact in self.facts if isinstance(fact, RepetitionEnded)]

    @property
    def reasons(self) -> list[tuple[str, ...]]:
        """Return why each repetition was refused; nothing for one that counted."""
        return [repetition.reasons for repetition in self.repetitions]

    @property
    def faults(self) -> list[Fault]:
        """Return the faults in order."""
        return [fact.fault for fact in self.facts if isinstance(fact, FaultEnded)]

    @property
    def codes(self) -> list[str]:
        """Return the faults' codes in order."""
        return [fault.code for fault in self.faults]

    @property
    def in_line_s(self) -> float:
        """Return the time in line of all holds together."""
        return sum(hold.in_line_s for hold in self.holds)


def judged(rules: Judging, frames: Sequence[Timed]) -> Outcome:
    """Return what a new judge says of some frames."""
    return shown(Judge(rules), frames)


def shown(judge: Judge, frames: Sequence[Timed]) -> Outcome:
    """Return what a judge says of some frames and of their end."""
    readings: list[Reading] = []
    facts: list[Fact] = []
    for t_s, pose in frames:
        reading, happened = judge.step(t_s, pose)
        readings.append(reading)
        facts += happened
    return Outcome(readings, [*facts, *judge.finish(frames[-1][0])])


def form_plan(rules: Judging) -> FormPlan:
    """Return what an exercise that is seen from the side measures."""
    return plan_of(rules, None, on_side=False)


def forms_of(rules: Judging, frames: Sequence[Timed]) -> list[Form]:
    """Return what an exercise measures in some frames."""
    tracker = FormTracker(form_plan(rules))
    return [tracker.step(t_s, pose) for t_s, pose in frames]
