"""What stays of a set when it is over, and its line score."""

from collections.abc import Iterable
from dataclasses import dataclass

from coreline.judging.events import Fact, HoldEnded, RepetitionEnded
from coreline.programme.done import line_parts, line_score_of
from coreline.session.blocks import Block
from coreline.session.record import SetRecord


@dataclass(frozen=True, slots=True)
class SetSoFar:
    """What stays of a set that is over; its judge, with seconds of poses, does not.

    Attributes:
        block: What it belongs to.
        set_number: From 1.
        before: What of it was done in an earlier session, in the dose's unit.
        held_s: The seconds that a hold's clock has counted.
        record: All that was kept of it.
        line_score: Of its holds or repetitions; None where too little of them has one.
    """

    block: Block
    set_number: int
    before: float
    held_s: float
    record: SetRecord
    line_score: float | None

    @property
    def done(self) -> float:
        """Return what was done of it in this session, in the dose's unit."""
        return self.record.done

    @property
    def prescribed(self) -> float:
        """Return what the set asks for."""
        return self.record.prescribed


def line_score_in(facts: Iterable[Fact], asked_s: float) -> float | None:
    """Return the line score of the holds or repetitions of a set, or None where there is none.

    Args:
        facts: those of the set.
        asked_s: what a hold asks for, seconds.
    """
    facts = tuple(facts)
    holds = [fact.hold for fact in facts if isinstance(fact, HoldEnded)]
    tops = [fact.repetition for fact in facts if isinstance(fact, RepetitionEnded)]
    parts = [(each.line_score, each.hold_s) for each in tops]
    return line_score_of([*line_parts(holds, asked_s), *parts])
