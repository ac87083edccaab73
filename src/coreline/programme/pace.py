"""How much a dose is, and how long it honestly takes: doses, rests, getting ready and turning."""

from typing import assert_never

from coreline.programme.spec import Dose, HoldDose, Pace, RaisesDose, RollsDose


def amount(dose: Dose) -> float:
    """Return what one set of a dose asks for: seconds of a hold, else repetitions or rotations."""
    match dose:
        case HoldDose(hold_s=hold_s):
            return hold_s
        case RaisesDose(repetitions=repetitions):
            return repetitions
        case RollsDose(rotations=rotations):
            return rotations
        case other:
            assert_never(other)


def set_s(dose: Dose, pace: Pace) -> float:
    """Return how many seconds one set takes, without getting ready and without the rest."""
    match dose:
        case HoldDose(hold_s=hold_s):
            return hold_s
        case RaisesDose(repetitions=repetitions, hold_s=hold_s):
            return repetitions * (hold_s + pace.raise_s)
        case RollsDose(rotations=rotations):
            return rotations * pace.roll_s
        case other:
            assert_never(other)
