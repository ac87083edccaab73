"""What a session says: the coach's cues, and the latest of them while it is worth showing."""

from coreline.coaching.coach import Coach, Known, is_true
from coreline.coaching.cues import CueBook
from coreline.programme.rules import Judging
from coreline.session.out import Out

_CUE_SHOWN_S = 4.0  # to be read from the mat: a guess, people at 3 m would settle it


class Speech:
    """The coach's cues in the order in which they are said."""

    def __init__(self, rules: Judging, book: CueBook) -> None:
        """Begin with nothing said."""
        self.coach = Coach(rules, book)
        self._shown: tuple[float, str] | None = None

    def step(self, t_s: float, out: Out, *, speaking: bool, known: Known) -> tuple[str, ...]:
        """Return what is said now of what came out of a step.

        What is `known` is neither contradicted aloud nor on the screen.
        """
        announced = [self.coach.announce(t_s, cue_id) for cue_id in out.announced]
        events = [*out.facts, *out.requests]
        chosen = self.coach.step(t_s, events, speaking=speaking, known=known)
        cues = (*announced, *chosen)
        if cues:
            self._shown = (t_s, cues[-1])
        elif self._shown is not None and not is_true(self._shown[1], known):
            self._shown = None
        return cues

    def shown(self, t_s: float) -> str | None:
        """Return the latest cue that is worth showing."""
        if self._shown is None or t_s - self._shown[0] > _CUE_SHOWN_S:
            return None
        return self._shown[1]

    def forget_shown(self) -> None:
        """Show the latest cue no longer: it is stale."""
        self._shown = None
