"""Exercises whose file is gone, as the journal remembers them."""

from coreline.journal.database import Journal
from coreline.journal.own_exercises import Remembered
from coreline.programme.catalogue import Catalogue
from coreline.programme.own import dose_gone, exercise_described, exercise_gone
from coreline.programme.spec import Exercise


def recall(catalogue: Catalogue, journal: Journal) -> Catalogue:
    """Return a catalogue in which everything that the journal holds can be looked up."""
    return catalogue.with_gone([_exercise(each) for each in journal.remembered(catalogue.ids)])


def _exercise(each: Remembered) -> Exercise:
    """Return an exercise as it was; where nothing describes it, with its id for a name."""
    described = None if each.description is None else exercise_described(each.description)
    if described is not None:
        return described
    dose = dose_gone(each.kind, each.sets, each.prescribed)
    return exercise_gone(each.exercise_id, dose, sided=each.sided)
