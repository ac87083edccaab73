"""The exercises in the order in which they are trained; read from texts, never from files."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from coreline.errors import UnknownExerciseError
from coreline.programme.own import (
    codes_of,
    refuse_other_words,
    refuse_strange_cues,
    refuse_taken,
)
from coreline.programme.rules import Judging
from coreline.programme.shared import NOTHING_SHARED, Shared, fill_in
from coreline.programme.spec import Dose, Exercise, Programme
from coreline.programme.toml_data import near_names, parse_model, refuse_value


def parse_exercise(
    text: str, source: str, levels: Sequence[str] = (), shared: Shared = NOTHING_SHARED
) -> Exercise:
    """Return the exercise in a TOML text; `source` is the file's name, for errors.

    `levels` are the ids of the programme's levels; without them any level is taken. `shared` is
    what the exercise may name with `use`.

    Raises:
        BadDataError: The text is malformed, uses what is not shared, names a measure that it does
            not have, brings a code that there is already, or its level is none of `levels`.
    """
    exercise = parse_model(
        text, source, Exercise, lambda data: fill_in(data, shared, text, source), codes_of
    )
    if levels and exercise.level not in levels:
        complaint = f'"{exercise.level}" is no level; give one of {", ".join(levels)}'
        raise refuse_value(text, source, ("level",), complaint)
    refuse_taken(exercise, text, source)
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
    gathered = Gathering(levels, shared)
    for source, text in texts.items():
        gathered.add(text, source)
    return gathered.catalogue()


class Gathering:
    """Exercises as they are read, a file after the other; one that is refused leaves no trace."""

    def __init__(self, levels: Sequence[str], shared: Shared = NOTHING_SHARED) -> None:
        """Begin with none; see `parse_exercise`."""
        self._levels, self._shared = levels, shared
        self._exercises: dict[str, Exercise] = {}
        self._sources: dict[str, str] = {}
        self._own: list[str] = []

    def add(self, text: str, source: str) -> None:
        """Take up an exercise of the programme.

        Raises:
            BadDataError: The text is malformed, or its id is taken.
        """
        exercise = self._parse(text, source)
        self._exercises[exercise.id], self._sources[exercise.id] = exercise, source

    def add_own(self, text: str, source: str, cue_ids: Sequence[str]) -> None:
        """Take up an exercise that the person brings; `cue_ids` are the cues there are.

        Raises:
            BadDataError: The text is malformed, its id is taken, it names a cue that is not there,
                or it has other words for something that another exercise brings.
        """
        exercise = self._parse(text, source)
        refuse_strange_cues(exercise, cue_ids, text, source)
        for other_id in self._own:
            refuse_other_words(
                exercise, self._exercises[other_id], self._sources[other_id], text, source
            )
        self._exercises[exercise.id], self._sources[exercise.id] = exercise, source
        self._own.append(exercise.id)

    def copy(self) -> "Gathering":
        """Return one that has taken up the same, and goes on for itself."""
        other = Gathering(self._levels, self._shared)
        other._exercises, other._sources = dict(self._exercises), dict(self._sources)
        other._own = list(self._own)
        return other

    def catalogue(self) -> "Catalogue":
        """Return all of them in order."""
        return Catalogue(list(self._exercises.values()), self._levels, self._own)

    def _parse(self, text: str, source: str) -> Exercise:
        exercise = parse_exercise(text, source, self._levels, self._shared)
        if exercise.id in self._sources:
            complaint = f'"{exercise.id}" is the id of {self._sources[exercise.id]} too; '
            raise refuse_value(text, source, ("id",), f"{complaint}give it another")
        return exercise


class Catalogue:
    """All exercises, by level and then by their place in it.

    Those that are gone, of which a journal still tells, can be looked up and are never trained.
    """

    def __init__(
        self,
        exercises: Sequence[Exercise],
        levels: Sequence[str],
        own: Collection[str] = (),
        gone: Sequence[Exercise] = (),
    ) -> None:
        """Order the exercises by `levels`, which must name the level of each.

        `own` are the ids of those that the person brought, `gone` those that are not trained.
        """
        ordered = sorted(
            exercises, key=lambda each: (levels.index(each.level), each.place, each.id)
        )
        self._by_id = {exercise.id: exercise for exercise in ordered}
        self._gone = {each.id: each for each in gone if each.id not in self._by_id}
        self._levels, self._own = levels, own

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

    @property
    def own(self) -> tuple[Exercise, ...]:
        """Return those that the person brought."""
        return tuple(each for each in self if each.id in self._own)

    @property
    def everything(self) -> tuple[Exercise, ...]:
        """Return every exercise that can be looked up; those that are gone come last."""
        return (*self, *self._gone.values())

    def with_gone(self, exercises: Sequence[Exercise]) -> "Catalogue":
        """Return a catalogue in which exercises that are gone can be looked up as well."""
        return Catalogue(list(self), self._levels, self._own, exercises)

    def with_doses(self, doses: Mapping[str, Dose]) -> "Catalogue":
        """Return a catalogue in which exercises have other doses, by their ids."""
        exercises = [
            each.model_copy(update={"dose": doses[each.id]}) if each.id in doses else each
            for each in self
        ]
        return Catalogue(exercises, self._levels, self._own, list(self._gone.values()))

    def __contains__(self, exercise_id: object) -> bool:
        """Say whether an exercise can be looked up."""
        return exercise_id in self._by_id or exercise_id in self._gone

    def get(self, exercise_id: str) -> Exercise:
        """Return the exercise with this id.

        Raises:
            UnknownExerciseError: There is none; the message offers the near ones.
        """
        for exercises in (self._by_id, self._gone):
            if exercise_id in exercises:
                return exercises[exercise_id]
        near = near_names(exercise_id, self.ids)
        advice = "coreline exercises lists all"
        nearest = near_names(exercise_id, self.ids, "nl")
        raise UnknownExerciseError(
            f'unknown exercise "{exercise_id}":{near} {advice}',
            nl=f'onbekende oefening "{exercise_id}":{nearest} coreline exercises noemt ze alle',
        )

    def of_level(self, level_id: str) -> tuple[Exercise, ...]:
        """Return the exercises of one level in their order."""
        return tuple(exercise for exercise in self if exercise.level == level_id)
