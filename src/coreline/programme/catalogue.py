"""The exercises in the order in which they are trained; read from texts, never from files."""

from collections.abc import Iterator, Mapping, Sequence

from coreline.errors import UnknownExerciseError
from coreline.programme.rules import Judging
from coreline.programme.shared import NOTHING_SHARED, Shared, fill_in
from coreline.programme.spec import Exercise, Programme
from coreline.programme.toml_data import near_names, parse_model, refuse_value


def parse_exercise(
    text: str, source: str, levels: Sequence[str] = (), shared: Shared = NOTHING_SHARED
) -> Exercise:
    """Return the exercise in a TOML text; `source` is the file's name, for errors.

    `levels` are the ids of the programme's levels; without them any level is taken. `shared` is
    what the exercise may name with `use`.

    Raises:
        BadDataError: The text is malformed, uses what is not shared, names a measure that it does
            not have, or its level is none of `levels`.
    """
    exercise = parse_model(text, source, Exercise, lambda data: fill_in(data, shared, text, source))
    if levels and exercise.level not in levels:
        complaint = f'"{exercise.level}" is no level; give one of {", ".join(levels)}'
        raise refuse_value(text, source, ("level",), complaint)
    if exercise.judging is not None:
        _refuse_unknown_measure(exercise.judging, text, source)
    return exercise


def _refuse_unknown_measure(judging: Judging, text: str, source: str) -> None:
    """Raise BadDataError where the rules name a measure that they do not have."""
    unknown = judging.unknown_measure()
    if unknown is not None:
        path, name = unknown
        known = tuple(judging.measures)
        near = near_names(name, known)
        complaint = f'"{name}" is no measure here;{near} give one of {", ".join(known)}'
        raise refuse_value(text, source, ("judging", *path), complaint)


def parse_programme(text: str, source: str) -> Programme:
    """Return the programme in a TOML text; `source` is the file's name, for errors.

    Raises:
        BadDataError: The text is malformed.
    """
    return parse_model(text, source, Programme)


def parse_catalogue(
    texts: Mapping[str, str], levels: Sequence[str], shared: Shared = NOTHING_SHARED
) -> "Catalogue":
    """Return the catalogue of many exercise texts, by the name of their file.

    Raises:
        BadDataError: A text is malformed, its level is none of `levels`, or its id is taken.
    """
    taken: dict[str, str] = {}
    exercises = []
    for source, text in texts.items():
        exercise = parse_exercise(text, source, levels, shared)
        if exercise.id in taken:
            complaint = f'"{exercise.id}" is the id of {taken[exercise.id]} too; give it another'
            raise refuse_value(text, source, ("id",), complaint)
        taken[exercise.id] = source
        exercises.append(exercise)
    return Catalogue(exercises, levels)


class Catalogue:
    """All exercises, by level and then by their place in it."""

    def __init__(self, exercises: Sequence[Exercise], levels: Sequence[str]) -> None:
        """Order the exercises by `levels`, which must name the level of each."""
        ordered = sorted(
            exercises, key=lambda each: (levels.index(each.level), each.place, each.id)
        )
        self._by_id = {exercise.id: exercise for exercise in ordered}

    def __iter__(self) -> Iterator[Exercise]:
        """Yield the exercises in the order in which they are trained."""
        return iter(self._by_id.values())

    def __len__(self) -> int:
        """Return the number of exercises."""
        return len(self._by_id)

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the exercises' ids in the order in which they are trained."""
        return tuple(self._by_id)

    def get(self, exercise_id: str) -> Exercise:
        """Return the exercise with this id.

        Raises:
            UnknownExerciseError: There is none; the message offers the near ones.
        """
        if exercise_id in self._by_id:
            return self._by_id[exercise_id]
        near = near_names(exercise_id, self.ids)
        advice = "coreline exercises lists all"
        raise UnknownExerciseError(f'unknown exercise "{exercise_id}":{near} {advice}')

    def of_level(self, level_id: str) -> tuple[Exercise, ...]:
        """Return the exercises of one level in their order."""
        return tuple(exercise for exercise in self if exercise.level == level_id)
