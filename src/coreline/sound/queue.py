"""What the voice says next: one line at a time, by priority, one more waiting at most.

A line interrupts what matters less. Pain is said at once, over anything. A count is said now or
never: late it would be wrong. Nothing here plays or asks what time it is.
"""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final


class Priority(IntEnum):
    """What a line is for; the lower number goes first."""

    PAIN = 0
    CORRECTION = 1
    FLOW = 2
    COUNT = 3
    PRAISE = 4


# How old a line may be when it starts; what is not here can wait for as long as it takes. 0.7 s is
# a third of the quickest repetition; the 2 s of a correction are a guess.
LONGEST_WAIT_S: Final = {Priority.CORRECTION: 2.0, Priority.COUNT: 0.7, Priority.PRAISE: 0.7}


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing to say, in one or more clips; `asked_s` is when it was true."""

    cue_ids: tuple[str, ...]
    priority: Priority
    asked_s: float

    def is_stale(self, now_s: float) -> bool:
        """Say whether it is too late for this line."""
        longest_s = LONGEST_WAIT_S.get(self.priority)
        return longest_s is not None and now_s - self.asked_s > longest_s


@dataclass(slots=True)
class VoiceQueue:
    """What is being said, and what waits; both methods return the clip to start now, if any."""

    speaking: Utterance | None = field(default=None, init=False)
    waiting: Utterance | None = field(default=None, init=False)
    _rest: tuple[str, ...] = field(default=(), init=False)

    def ask(self, line: Utterance, now_s: float) -> str | None:
        """Say a line now, after what is being said, or never."""
        if line.is_stale(now_s) or self._is_on(line):
            return None
        if self.speaking is None or self._interrupts(line, self.speaking):
            return self._start(line)
        if self._may_wait(line, self.speaking, now_s):
            self.waiting = line
        return None

    def clip_ended(self, now_s: float) -> str | None:
        """Go on with the line's next clip, or with the line that waits."""
        if self._rest:
            cue_id, *rest = self._rest
            self._rest = tuple(rest)
            return cue_id
        line, self.speaking, self.waiting = self.waiting, None, None
        return None if line is None or line.is_stale(now_s) else self._start(line)

    def clear(self) -> None:
        """Say nothing more."""
        self.speaking = self.waiting = None
        self._rest = ()

    def _start(self, line: Utterance) -> str:
        """Begin a line; over pain everything that waits is forgotten, over a correction a count."""
        if line.priority is Priority.PAIN or self._count_waits_behind(line):
            self.waiting = None
        self.speaking = line
        cue_id, *rest = line.cue_ids
        self._rest = tuple(rest)
        return cue_id

    def _is_on(self, line: Utterance) -> bool:
        """Say whether the same is being said or is going to be."""
        others = (self.speaking, self.waiting)
        return any(other and other.cue_ids == line.cue_ids for other in others)

    @staticmethod
    def _interrupts(line: Utterance, speaking: Utterance) -> bool:
        return line.priority is Priority.PAIN or line.priority < speaking.priority

    def _may_wait(self, line: Utterance, speaking: Utterance, now_s: float) -> bool:
        """Of two that could wait, the one that matters more does; of equals, the newer."""
        if line.priority is Priority.PRAISE:  # it is said into silence or not at all
            return False
        if line.priority is Priority.COUNT and speaking.priority <= Priority.CORRECTION:
            return False
        other = self.waiting
        return other is None or other.is_stale(now_s) or line.priority <= other.priority

    def _count_waits_behind(self, line: Utterance) -> bool:
        return (
            line.priority <= Priority.CORRECTION
            and self.waiting is not None
            and self.waiting.priority is Priority.COUNT
        )
