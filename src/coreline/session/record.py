"""What is kept of one set."""

from collections.abc import MutableSequence
from dataclasses import dataclass, field

from coreline.body.measures import Side
from coreline.judging.events import Fact, HoldEnded, Reading, RepetitionEnded, RotationEnded
from coreline.judging.moments import Moment
from coreline.judging.readings import Readings
from coreline.judging.ready import Place, Try, Unmet
from coreline.placement.view import SetVisibility


@dataclass(slots=True)
class SetRecord:
    """Everything that was measured and said in one set; `set_number` counts from 1.

    `done` and `prescribed` are seconds of a hold, else repetitions or turns; `done` contains
    `adjusted`, what the person added to the count or took off it by hand. `best` and `worst` are
    the moments worth a drawing. `neutral_sd_deg` says how sure the neutral was, `place` what the
    exercise was done on; `tries` are entries that came to nothing, and `unmet` is what was waited
    for in the `waited_s` seconds in which nothing counted, `waited_unseen_s` of them out of sight;
    `view` is how the camera saw it.
    """

    exercise_id: str
    side: Side | None
    set_number: int
    near_side: Side | None = None
    neutral_deg: float | None = None
    neutral_sd_deg: float | None = None
    place: Place | None = None
    tries: tuple[Try, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    waited_s: float = 0.0
    waited_unseen_s: float = 0.0
    view: SetVisibility | None = None
    readings: MutableSequence[Reading] = field(default_factory=Readings)
    facts: list[Fact] = field(default_factory=list)
    cues: list[tuple[float, str]] = field(default_factory=list)
    done: float = 0.0
    prescribed: float = 0.0
    adjusted: int = 0
    best: Moment | None = None
    worst: Moment | None = None
    skipped_for_pain: bool = False

    @property
    def tried(self) -> bool:
        """Say whether something was done in it, or as much as tried: without that it is no set.

        To be asked before the facts are let go of.
        """
        attempted = (HoldEnded, RepetitionEnded, RotationEnded)
        happened = any(isinstance(fact, attempted) for fact in self.facts)
        return happened or bool(self.tries) or self.done > 0.0

    def let_go(self) -> None:
        """Let go of all that is large, once it is kept elsewhere; what was done stays.

        That is what there are many of, and the two moments to be drawn: 10 KB a set.
        """
        self.readings, self.facts, self.cues = Readings(), [], []
        self.best = self.worst = None
