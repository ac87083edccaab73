"""Kept first, told after: the one place where a step waits until the journal has it.

    session ─step─► ledger ─on the disk─► terminal, loudspeaker, screen

Every step goes to the ledger as soon as it is there. One that tells of something done (a
repetition, hold, turn or set, a count put right, an exercise left for pain) is told when the ledger
has it on the disk. Those after it wait behind it, since their counts and words build on it. All
others pass at once: a running clock, a line and a correction wait for no disk.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from coreline.judging.events import Fact, HoldEnded, RepetitionEnded, RotationEnded
from coreline.session.session import Session, Step

DONE = (RepetitionEnded, RotationEnded, HoldEnded)


class Receipt(Protocol):
    """What a ledger gives for what it took."""

    def settled(self, wait_s: float = 0.0) -> bool:
        """Wait so long at most, and say whether there is nothing more to wait for.

        It is on the disk, or the person was told that it is not; which comes in a bounded time.
        """
        ...


class Ledger(Protocol):
    """What is needed of the journal's side of a session; none of it waits."""

    @property
    def reaches_disk(self) -> bool:
        """Say whether what is taken is on the disk soon, as things are now."""
        ...

    def keep(self, session: Session, step: Step) -> Receipt:
        """Take a step of the session, and all that is new of the sets that are over with it."""
        ...

    def keep_last(self, session: Session) -> Receipt:
        """Take what the end of the session brought."""
        ...


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told of one moment: its facts, and the step; None at the end of the session."""

    facts: Sequence[Fact]
    step: Step | None


class Order:
    """Steps on their way from the session to the person, in order; without a ledger all pass."""

    def __init__(self, ledger: Ledger | None) -> None:
        """Begin with nothing that waits."""
        self._ledger, self._count = ledger, 0
        self._waiting: deque[tuple[Telling, Receipt | None]] = deque()

    @property
    def waits(self) -> bool:
        """Say whether something is not told yet."""
        return bool(self._waiting)

    @property
    def holds_words(self) -> bool:
        """Say whether something that is to be spoken is not told yet."""
        return any(telling.step is not None and telling.step.cues for telling, _ in self._waiting)

    @property
    def is_kept(self) -> bool:
        """Say whether what is told is on the disk at the moment."""
        return self._ledger is not None and self._ledger.reaches_disk

    def take(self, session: Session, step: Step) -> None:
        """Hand a step to the ledger, and line it up to be told."""
        receipt = self._ledger.keep(session, step) if self._ledger else None
        if self._ledger is not None:
            session.let_go()
        waits = receipt if self._tells_of_something_done(step) else None
        self._waiting.append((Telling(step.facts, step), waits))

    def end(self, session: Session, facts: Sequence[Fact]) -> None:
        """Hand the end of the session to the ledger, and line it up."""
        receipt = self._ledger.keep_last(session) if self._ledger else None
        self._waiting.append((Telling(facts, None), receipt))

    def told(self, wait_s: float = 0.0) -> Iterator[Telling]:
        """Yield what may be told now, oldest first; the first is waited for so long at most."""
        while self._waiting:
            receipt = self._waiting[0][1]
            if receipt is not None and not receipt.settled(wait_s):
                return
            wait_s = 0.0
            yield self._waiting.popleft()[0]

    def _tells_of_something_done(self, step: Step) -> bool:
        count, self._count = self._count, step.view.progress.count
        finished = any(isinstance(fact, DONE) for fact in step.facts)
        return finished or bool(step.ended) or step.pain is not None or count != self._count
