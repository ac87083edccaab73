"""What comes out of one step of a session, gathered while it is under way."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from coreline.body.measures import Side
from coreline.coaching.coach import CueRequest
from coreline.judging.events import Fact, Lost, RepetitionEnded, RotationEnded
from coreline.session.command import Command
from coreline.session.record import SetRecord


@dataclass(frozen=True, slots=True)
class PainAnswer:
    """What the person chose after saying that it hurts."""

    exercise_id: str
    side: Side | None
    answer: Command


@dataclass(slots=True)
class Out:
    """What comes out of the step under way; `announced` is said in any case."""

    facts: list[Fact] = field(default_factory=list)
    announced: list[str] = field(default_factory=list)
    requests: list[CueRequest] = field(default_factory=list)
    beeps: list[str] = field(default_factory=list)
    ended: list[SetRecord] = field(default_factory=list)
    pain: PainAnswer | None = None
    cut_off: bool = False

    def beep_for(self, facts: Iterable[object], *, exercising: bool) -> None:
        """Take up the beeps of what happened."""
        for fact in facts:
            match fact:
                case Lost() if exercising:
                    self.beeps.append("lost")
                case RepetitionEnded(repetition=done) | RotationEnded(rotation=done):
                    self.beeps.append("counted" if done.counted else "refused")
                case _:
                    pass
