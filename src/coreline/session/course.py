"""Where in the session the person is: which block, which set, what comes next, how long yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from coreline.programme.pace import set_s
from coreline.programme.spec import Pace
from coreline.session.blocks import Block
from coreline.session.view import Coming


@dataclass(slots=True)
class Course:
    """The place in the list of blocks; sets count from 1.

    Without a `pace` it is not known how long anything takes.
    """

    blocks: Sequence[Block]
    pace: Pace | None = None
    index: int = field(default=0, init=False)
    set_number: int = field(default=1, init=False)

    def __post_init__(self) -> None:
        """Begin with the first set that is not done yet.

        Raises:
            ValueError: There is nothing to do.
        """
        if not self.blocks:
            raise ValueError("a session needs at least one block")
        self.set_number = self._first_set(0)

    @property
    def block(self) -> Block:
        """Return the current block."""
        return self.blocks[self.index]

    @property
    def sets(self) -> int:
        """Return how many sets the current block has."""
        return self.block.exercise.dose.sets

    @property
    def is_last(self) -> bool:
        """Say whether nothing comes after the current set."""
        return self.index == len(self.blocks) - 1 and self.set_number >= self.sets

    @property
    def coming(self) -> Coming | None:
        """Return the set after the current one."""
        if self.is_last:
            return None
        if self.set_number < self.sets:
            block, number = self.block, self.set_number + 1
        else:
            block, number = self.blocks[self.index + 1], self._first_set(self.index + 1)
        exercise = block.exercise
        turns = block is not self.block and exercise.id == self.block.exercise.id
        return Coming(exercise.id, block.side, number, exercise.dose.sets, turns)

    def go_on(self) -> bool:
        """Go to the next set and say whether that is another block's."""
        if self.set_number < self.sets:
            self.set_number += 1
            return False
        self.index += 1
        self.set_number = self._first_set(self.index)
        return True

    def go_back(self) -> bool:
        """Go to the set before, as far as there is one, and say whether there was."""
        if self.set_number > 1:
            self.set_number -= 1
            return True
        if self.index == 0:
            return False
        self.index -= 1
        self.set_number = self.sets
        return True

    def leave_block(self) -> None:
        """Take the last set of the block for the current one, so that the next block follows."""
        self.set_number = self.sets

    def leave_exercise(self) -> None:
        """Take the exercise's last set, on its last side, for the current one."""
        exercise_id = self.block.exercise.id
        while (
            self.index + 1 < len(self.blocks)
            and self.blocks[self.index + 1].exercise.id == exercise_id
        ):
            self.index += 1
        self.leave_block()

    def left_s(self, share_done: float) -> float:
        """Return how long the session still takes, as an honest guess; 0 without a pace.

        Args:
            share_done: How much of the current set is done, 0 to 1.
        """
        sets = self.sets - self.set_number + 1 - min(share_done, 1.0)
        left_s = self._sets_s(self.block, sets)
        for block in self.blocks[self.index + 1 :]:
            left_s += self._sets_s(block, block.exercise.dose.sets - block.sets_done)
        return left_s

    def _sets_s(self, block: Block, sets: float) -> float:
        """Return how long some sets of a block take, with the rest after each."""
        if self.pace is None:
            return 0.0
        dose = block.exercise.dose
        return sets * (set_s(dose, self.pace) + self.pace.ready_s + dose.rest_s)

    def _first_set(self, index: int) -> int:
        block = self.blocks[index]
        return min(block.sets_done + 1, block.exercise.dose.sets)
