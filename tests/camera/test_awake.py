"""A busy machine is no fault of the camera: a process that does not run, and one that hangs."""

from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.shared_memory import SharedMemory

import numpy as np
import pytest

from coreline.camera.awake import USUAL_S, AwakeClock
from coreline.camera.capture import LOOK_S, Mailbox
from coreline.camera.handover import Nothing, PictureReady
from coreline.camera.source import Image
from coreline.camera.watchdog import SILENCE_S, SILENT_S, STUCK_S, Patience, Watchdog

HANGS_S = 30.0  # far longer than anything waits for


@dataclass
class Machine:
    """A machine's clock, and how much later than it meant to a process looks at it."""

    now_s: float = 1000.0
    late_s: float = 0.0

    def __call__(self) -> float:
        return self.now_s

    def let_go_by(self, length_s: float) -> Iterator[None]:
        """Let a process look every `LOOK_S`, or later where it is late."""
        end_s = self.now_s + length_s
        while self.now_s < end_s:
            self.now_s += LOOK_S + self.late_s
            yield


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def memory() -> Iterator[SharedMemory]:
    shared = SharedMemory(create=True, size=1 << 16)
    yield shared
    shared.close()
    shared.unlink()


def test_on_a_healthy_machine_it_is_the_clock_on_the_wall(machine: Machine) -> None:
    clock = AwakeClock(machine())
    for _ in machine.let_go_by(60.0):
        clock.at(machine())
    assert clock.at(machine()) == pytest.approx(60.0, abs=USUAL_S)


@pytest.mark.parametrize("late_s", [1.0, 5.0, 3600.0])
def test_of_time_that_nobody_was_given_no_more_than_usual_counts(
    machine: Machine, late_s: float
) -> None:
    clock, machine.late_s = AwakeClock(machine()), late_s
    looks = sum(1 for _ in machine.let_go_by(10.0 * late_s) if clock.at(machine()) >= 0.0)
    assert clock.at(machine()) == pytest.approx(looks * USUAL_S)


def test_a_clock_that_goes_back_takes_nothing_away(machine: Machine) -> None:
    clock = AwakeClock(machine())
    machine.now_s += 0.1
    before_s = clock.at(machine())
    machine.now_s -= 500.0
    assert clock.at(machine()) == before_s
    machine.now_s += 0.1
    assert clock.at(machine()) == pytest.approx(before_s + 0.1)


def picture(shade: int) -> Image:
    return np.full((4, 6, 3), shade, np.uint8)


def answer_after(machine: Machine, mailbox: Mailbox, memory: SharedMemory) -> Nothing:
    """Return what the child says after a read that has hung for long by the clock on the wall."""
    for _ in machine.let_go_by(HANGS_S):
        mailbox.look()
    answer = mailbox.answer(memory)
    assert isinstance(answer, Nothing)
    return answer


def test_a_child_whose_camera_hangs_says_how_long(machine: Machine, memory: SharedMemory) -> None:
    mailbox = Mailbox(machine)
    mailbox.put(machine(), picture(1))
    assert isinstance(mailbox.answer(memory), PictureReady)
    mailbox.call(opening=False)
    says = answer_after(machine, mailbox, memory)
    assert says.stuck_s == pytest.approx(HANGS_S, abs=USUAL_S)
    assert says.unusable_s == pytest.approx(HANGS_S, abs=USUAL_S)


def test_a_child_that_was_not_running_does_not_blame_the_camera(
    machine: Machine, memory: SharedMemory
) -> None:
    mailbox = Mailbox(machine)
    mailbox.put(machine(), picture(1))
    assert isinstance(mailbox.answer(memory), PictureReady)
    mailbox.call(opening=False)
    machine.late_s = HANGS_S
    says = answer_after(machine, mailbox, memory)
    assert says.stuck_s < SILENCE_S
    assert says.unusable_s < SILENCE_S


def gap_after(machine: Machine, memory: SharedMemory, length_s: float, late_s: float) -> float:
    """Return the gap that is told of two pictures so far apart."""
    mailbox = Mailbox(machine)
    mailbox.put(machine(), picture(1))
    assert isinstance(mailbox.answer(memory), PictureReady)
    machine.late_s = late_s
    for _ in machine.let_go_by(length_s):
        mailbox.look()
    mailbox.put(machine(), picture(2))
    answer = mailbox.answer(memory)
    assert isinstance(answer, PictureReady)
    return answer.gap_s


def test_a_gap_of_the_machine_is_no_gap_of_the_camera(
    machine: Machine, memory: SharedMemory
) -> None:
    assert gap_after(machine, memory, 1.0, 0.0) == pytest.approx(1.0, abs=USUAL_S)
    assert gap_after(machine, memory, 1.0, 1.0) < SILENCE_S


def test_a_machine_that_was_suspended_is_told_of(machine: Machine, memory: SharedMemory) -> None:
    assert gap_after(machine, memory, 1.0, 5.0) > 5.0


def restarts(machine: Machine) -> bool:
    """Say whether a child that owes an answer all the while is started again."""
    clock = AwakeClock(machine())
    dog = Watchdog(clock.at(machine()), Patience())
    dog.usable(clock.at(machine()))
    for _ in machine.let_go_by(HANGS_S):
        given_s = clock.at(machine())
        dog.waiting(given_s)
        if dog.wants_restart(given_s):
            return True
    return False


def test_a_child_that_never_answers_is_replaced_but_not_because_the_parent_was_late(
    machine: Machine,
) -> None:
    assert restarts(machine)
    machine.late_s = STUCK_S
    assert not restarts(machine)


def test_a_child_that_is_slow_to_answer_is_left_alone(machine: Machine) -> None:
    """One that the machine gives nothing for seconds, while its parent runs, has done no wrong."""
    dog = Watchdog(machine(), Patience())
    dog.usable(machine())
    for _ in machine.let_go_by(SILENT_S - 1.0):
        dog.waiting(machine())
        assert not dog.wants_restart(machine())
