"""Nobody who waits is left without a word: what to do is said again, and how to go on anyway."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from coreline.body.presence import Presence
from coreline.coaching.coach import CueRequest
from coreline.programme.spec import Exercise
from coreline.session.set_run import SetRun
from coreline.session.view import Stage

# Guesses where nothing else is said; sessions of real people would settle them.
_SOON_S: Final = 7.0  # of somebody in sight: with the coach's breath nobody waits longer than 8 s
_LATER_S: Final = 14.0  # of somebody on the way, or who has heard it: nobody waits 20 s
_OFFER_EVERY_S: Final = 30.0  # the first time, and again to who has missed it
_OFFER_WAITS_S: Final = 15.0  # for the voice to be free
_GONE_S: Final = 1.0  # out of sight for so long, nobody is there
_LOOK_S: Final = 1.0  # whoever is in position when a rest ends is seen to be so by then

# Some of an exercise's own words are what its start position lacks.
_TELLING: Final = (
    "rep.down",
    "rep.lower_leg",
    "rep.lower_slowly",
    "setup.",
    "pos.",
    "fix.",
    "own.",
    "pause.",
    "how.",
    "hold.own_line",
    "flow.skip_",
)
_SAYS_NOTHING_TO_DO: Final = frozenset(
    ("setup.welcome", "setup.all_good", "setup.on_ball", "setup.on_floor", "setup.other_exercise")
)


def tells_what_to_do(cue_id: str) -> bool:
    """Say whether a cue says what to do, to somebody whom the session waits for."""
    return cue_id.startswith(_TELLING) and cue_id not in _SAYS_NOTHING_TO_DO


@dataclass(slots=True)
class Patience:
    """Follow for how long somebody has waited and not heard what to do."""

    _since_s: float | None = field(default=None, init=False)

    def hear(self, t_s: float, cue_ids: Iterable[str]) -> None:
        """Take in what is said."""
        if self._since_s is not None and any(tells_what_to_do(each) for each in cue_ids):
            self._since_s = t_s

    def step(self, t_s: float, after_s: float | None) -> bool:
        """Take in one moment and say whether a word is due.

        Args:
            t_s: The moment.
            after_s: After how long a silence one is; None where nobody waits.
        """
        if after_s is None:
            self._since_s = None
            return False
        if self._since_s is None:
            self._since_s = t_s
        return t_s - self._since_s >= after_s


@dataclass(slots=True)
class Offer:
    """How to go on anyway, offered to somebody who has waited for half a minute, and again."""

    _since_s: float | None = field(default=None, init=False)
    _made: int = field(default=0, init=False)

    @property
    def stands(self) -> bool:
        """Say whether it was made, to somebody who still waits."""
        return self._made > 0

    def step(self, t_s: float, *, waits: bool) -> bool:
        """Take in one moment and say whether it is to be made now."""
        if not waits:
            self._since_s, self._made = None, 0
            return False
        if self._since_s is None:
            self._since_s = t_s
        if t_s - self._since_s < _OFFER_EVERY_S * (self._made + 1):
            return False
        self._made += 1
        return True


def lifts_arm(exercise: Exercise) -> bool:
    """Say whether an arm may go up in an exercise: on one's side the upper one is free to."""
    return exercise.lifts_arm or exercise.view == "chest"


@dataclass(slots=True)
class Attending:
    """See that whoever waits hears what to do, and then how to go on anyway.

    In the set-up check advice comes from the check; before a set, and where a hold's clock stands
    still, it comes from here when nothing else has said it.
    """

    hand_pauses: bool
    patience: Patience = field(default_factory=Patience, init=False)
    _offer: Offer = field(default_factory=Offer, init=False)
    _rested_s: float | None = field(default=None, init=False)

    @property
    def may_go_on(self) -> bool:
        """Say whether somebody who waits in vain was told how to go on anyway."""
        return self._offer.stands

    @property
    def looks(self) -> bool:
        """Say whether it is being looked, after a rest, if somebody is in position already."""
        return self._rested_s is not None

    def hand_goes_on(self, stage: Stage, exercise: Exercise) -> bool:
        """Say whether a raised hand does so now: before a set an arm may belong to the posture."""
        return self.may_go_on and self._hand_is_free(stage, exercise)

    def rest_ended(self, t_s: float) -> None:
        """Take note that a rest is over, and that nobody was told to get ready yet."""
        self._rested_s = t_s

    def step(
        self, t_s: float, stage: Stage, run: SetRun, presence: Presence, *, speaking: bool
    ) -> list[CueRequest]:
        """Take in one moment and return what is due."""
        ready = stage is Stage.GET_READY
        requests = self._after_rest(t_s, waits=ready, in_position=run.in_position)
        waits = stage is Stage.SETUP or (ready and not run.judge.active)
        if self._offer.step(t_s, waits=waits):
            requests.append(CueRequest(self._way_on(stage, run.block.exercise), _OFFER_WAITS_S))
        after_s, cue_id = _waited_for(stage, run, presence)
        if self.patience.step(t_s, after_s) and cue_id and not speaking:
            requests.append(CueRequest(cue_id))
        return requests

    def _after_rest(self, t_s: float, *, waits: bool, in_position: bool) -> list[CueRequest]:
        """Have somebody get ready after a rest, unless they lie there as they should."""
        if self._rested_s is None or (waits and not in_position and t_s - self._rested_s < _LOOK_S):
            return []
        self._rested_s = None
        return [CueRequest("pos.get_ready")] if waits and not in_position else []

    def _hand_is_free(self, stage: Stage, exercise: Exercise) -> bool:
        return self.hand_pauses and (stage is Stage.SETUP or not lifts_arm(exercise))

    def _way_on(self, stage: Stage, exercise: Exercise) -> str:
        """Return the cue that says how to go on anyway."""
        hand = self._hand_is_free(stage, exercise)
        if stage is Stage.SETUP:
            return "setup.go_on_hand" if hand else "setup.go_on"
        return "flow.skip_hand" if hand else "flow.skip_key"


def _waited_for(stage: Stage, run: SetRun, presence: Presence) -> tuple[float | None, str | None]:
    """Return after how long a silence somebody who waits hears what; None where nobody does."""
    if stage is Stage.GET_READY:
        if presence.absent_s > _GONE_S:
            return _LATER_S, "setup.no_person"
        return _SOON_S, run.start_advice() if presence.is_seen else None
    if stage is Stage.EXERCISE and run.clock_stands and presence.is_seen:
        return _LATER_S, run.stopped_by()
    return None, None
