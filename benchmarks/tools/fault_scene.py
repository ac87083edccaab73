"""A session that counts, for the rows that do something to the machine it runs on."""

import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.fault_accounts import (
    Fault,
    Span,
    Sums,
    account_hold,
    account_raises,
    account_ticks,
    counted_in,
)
from tools.fault_stage import Program, Server, Stage
from tools.looping_person import RAISES, LoopingPerson, looping_person

ENDS_S: Final = 20.0  # a session that is told to end has ended by then
EDGE_S: Final = 30.0  # around what is accounted for there are raises too
RANDOM_S: Final = (0.0, 6.0)  # at any moment of a raise
MORE_S: Final = 8.0  # that a raise is counted in after something has happened


@dataclass
class Scene:
    """A session that counts, with all that can be done to it."""

    stage: Stage
    server: Server
    program: Program
    person: LoopingPerson
    begun_s: float
    sums: Sums
    out: str = ""
    err: str = ""
    code: int = 0
    ended_s: float = 0.0

    def wait_s(self, length_s: float) -> None:
        """Let time pass."""
        time.sleep(length_s)

    def counts_on(self) -> None:
        """Wait until another repetition counts, and note it where none does."""
        since_s, limit_s = time.monotonic(), 4.0 * self.person.turn_s
        line = self.program.wait_for(
            lambda each: counted_in([each]) > 0 and each["at_s"] > since_s, limit_s
        )
        self.sums.blame(line is None, "nothing counts any more")

    def end(self, number: int = signal.SIGINT) -> None:
        """End the program and keep what it said."""
        self.ended_s = self.ended_s or time.monotonic()
        self.code, self.out, self.err = self.program.end(number, ENDS_S)

    def account(self, faults: Sequence[Fault] = (), stopped: Sequence[Span] = ()) -> None:
        """Hold the session against what there was to count, and all places against each other."""
        lines = self.program.lines
        if self.person.raises:
            later = [
                line
                for line in lines
                if line["what"] != "repetition" or line["at_s"] > self.begun_s
            ]
            truth = self.person.raises_between(
                self.server.epoch_s, self.begun_s, self.ended_s - 0.5
            )
            around = self.person.raises_between(
                self.server.epoch_s, self.begun_s - EDGE_S, self.ended_s + EDGE_S
            )
            account_raises(self.sums, later, truth, faults, around)
        else:
            account_hold(self.sums, lines, (self.begun_s, self.ended_s), faults)
        account_ticks(self.sums, lines, stopped)

    def compare(self, kept: int | None = None) -> None:
        """Compare what was counted with what was told and kept."""
        counted, told = counted_in(self.program.lines), self.out.count(": counted")
        kept = self.stage.kept_repetitions() if kept is None else kept
        self.sums.blame(told != counted, f"{counted} counted, {told} told")
        self.sums.blame(kept != counted, f"{counted} counted, {kept} in the journal")

    def says(self, what: str) -> None:
        """Note where the program did not say something."""
        said = f"{self.out}\n{self.err}"
        self.sums.blame(what not in said, f"does not say {what!r}: {said[-200:]!r}")


@contextmanager
def scene(
    folder: Path,
    screen: str,
    exercise_id: str = RAISES,
    under: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Iterator[Scene]:
    """Yield a session that counts already; the program and the camera are ended in any case."""
    person, stage = looping_person(exercise_id), Stage(folder, screen)
    server = Server(person)
    program = stage.train(server.address, person=person, under=under, environment=environment)
    sums = Sums()
    try:
        line = program.wait_for(
            lambda each: counted_in([each]) > 0 if person.raises else bool(each.get("clock"))
        )
        begun_s = float(line["at_s"]) if line else time.monotonic()
        sums.blame(line is None, "the session never counted")
        yield Scene(stage, server, program, person, begun_s, sums)
    finally:
        program.end(signal.SIGKILL)
        with suppress(ProcessLookupError):
            program.signal_all(signal.SIGKILL)
        server.close()


def left_of(program: Program) -> list[str]:
    """Return the processes of a group that are still there shortly after it was killed."""
    for _ in range(50):
        left = [
            place.name
            for place in Path("/proc").iterdir()
            if place.name.isdecimal() and _group_of(place) == program.process.pid
        ]
        if not left:
            return []
        time.sleep(0.1)
    return left


def _group_of(place: Path) -> int:
    with suppress(OSError, IndexError):
        fields = (place / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return 0 if fields[0] == "Z" else int(fields[2])
    return 0


def both(one: Sums, other: Sums) -> Sums:
    """Return what two rounds of trials came to together."""
    return Sums(
        one.trials + other.trials,
        one.raises + other.raises,
        one.lost + other.lost,
        one.false + other.false,
        one.void + other.void,
        one.starved + other.starved,
        one.unsaid + other.unsaid,
        one.lost_s + other.lost_s,
        one.false_s + other.false_s,
        max(one.freeze_s, other.freeze_s),
        one.notice_s + other.notice_s,
        one.recover_s + other.recover_s,
        one.complaints + other.complaints,
    )
