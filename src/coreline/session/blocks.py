"""What is to be done: one exercise on one side after another, with the dose of each."""

from dataclasses import dataclass

from coreline.body.side import Side
from coreline.programme.pace import amount
from coreline.programme.spec import Exercise, HoldDose, RollsDose


@dataclass(frozen=True, slots=True)
class Block:
    """One exercise on one side.

    `sets_done` sets of it were done before this session, on the same day, and of the next one
    `begun` seconds, repetitions or turns.
    """

    exercise: Exercise
    side: Side | None = None
    sets_done: int = 0
    begun: float = 0.0

    @property
    def work(self) -> Side | None:
        """Return the side whose leg is up: of a side done by lying on it, the other one.

        A symmetrical pose done "both ways" is judged from whichever side is near the camera, so its
        side is shown and not handed to the judging.
        """
        match self.exercise.sides:
            case "each_leg":
                return self.side
            case "each_side":
                return None if self.side is None else self.side.other
            case _:
                return None


def blocks_of(exercise: Exercise, side: Side | None = None) -> list[Block]:
    """Return the blocks that the dose asks for; `side` keeps only that one."""
    if exercise.sides == "none":
        return [Block(exercise)]
    sides = [side] if side is not None else [Side.LEFT, Side.RIGHT]
    return [Block(exercise, each) for each in sides]


def target_count(exercise: Exercise) -> int | None:
    """Return how many repetitions or turns a set has; None for a hold."""
    dose = exercise.dose
    return None if isinstance(dose, HoldDose) else int(amount(dose))


def target_hold_s(exercise: Exercise) -> float:
    """Return how long a hold lasts, or the top of a raise; 0 where nothing is held."""
    return 0.0 if isinstance(exercise.dose, RollsDose) else exercise.dose.hold_s
