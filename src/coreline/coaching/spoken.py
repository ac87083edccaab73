"""Everything that can be said aloud: the cues, and each exercise's name and explanation.

An exercise's lines come from its own data, so a new exercise brings its own and nothing is written
twice.
"""

import re
from collections.abc import Iterable
from typing import Final

from coreline.coaching.cues import Cue, CueBook
from coreline.programme.own import OWN_CUE
from coreline.programme.spec import Dose, Exercise, HoldDose, RaisesDose, Text

_CORRECTION: Final = 1
_FLOW: Final = 2  # the priority of what leads from one thing to the next


def spoken(book: CueBook, exercises: Iterable[Exercise]) -> CueBook:
    """Return the cues of a book followed by the lines of the exercises."""
    lines = [line for exercise in exercises for line in _lines(exercise)]
    return CueBook([*book, *lines])


def as_read(text: str) -> str:
    """Return a text as it is read aloud: what stands in brackets between commas."""
    return re.sub(r"\)(?=\w|\s)", ",", text.replace(" (", ", ")).replace(")", "")


def name_cue(exercise_id: str) -> str:
    """Return the id of the cue that says an exercise's name."""
    return f"name.{_as_cue(exercise_id)}"


def how_cue(exercise_id: str) -> str:
    """Return the id of the cue that says how an exercise is done."""
    return f"how.{_as_cue(exercise_id)}"


def how_on_floor_cue(exercise_id: str) -> str:
    """Return the id of the cue that says it to who has no ball, where the usual one names it."""
    return f"{how_cue(exercise_id)}_on_floor"


def own_cue(name: str) -> str:
    """Return the id of a cue that an exercise brings under a name."""
    return f"{OWN_CUE}{name}"


def dose_cue(dose: Dose) -> str:
    """Return the id of the cue that says how much is prescribed; not every dose has words."""
    if isinstance(dose, HoldDose):
        return f"dose.hold_{dose.hold_s:.0f}_{dose.sets}"
    if isinstance(dose, RaisesDose):
        return f"dose.raises_{dose.repetitions}_{dose.sets}"
    return f"dose.rolls_{dose.rotations}_{dose.sets}"


def _lines(exercise: Exercise) -> tuple[Cue, ...]:
    """Return an exercise's name and its explanations as cues, and the corrections it brings."""
    how = [(how_cue(exercise.id), exercise.start_position)]
    if exercise.start_on_floor is not None:
        how.append((how_on_floor_cue(exercise.id), exercise.start_on_floor))
    name = Text(nl=_sentence(exercise.name.nl), en=_sentence(exercise.name.en))
    return (
        Cue(id=name_cue(exercise.id), priority=_FLOW, text=name),
        *(
            Cue(id=cue_id, priority=_FLOW, text=_explained(start, exercise.movement))
            for cue_id, start in how
        ),
        *(
            Cue(id=own_cue(key), priority=_CORRECTION, text=text)
            for key, text in exercise.cues.items()
        ),
    )


def _explained(start: Text, movement: Text) -> Text:
    """Return a start position and what is done from there."""
    return Text(nl=f"{start.nl} {movement.nl}", en=f"{start.en} {movement.en}")


def _sentence(text: str) -> str:
    """Return a text that ends like a sentence: a voice falls at a full stop."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _as_cue(exercise_id: str) -> str:
    """Return an exercise's id as the last part of a cue's."""
    return exercise_id.replace("-", "_")
