"""How far the judging of an exercise is off, as measured: the ± beside its scores.

The figures are in accuracy.toml beside this file, which `python benchmarks/accuracy.py --write`
generates from rendered people whom no number of the judging was set on.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import ceil, sqrt
from typing import Annotated, Protocol

from pydantic import Field

from coreline.data_files import read_own
from coreline.judging.ready import Place
from coreline.programme.spec import Frozen, Identifier
from coreline.programme.toml_data import parse_model

Count = Annotated[int, Field(ge=0)]
Spread = Annotated[float, Field(ge=0, le=180)]


class Measured(Frozen):
    """The error of one exercise in one place, the floor or a ball.

    Attributes:
        people: how many rendered people did it, a clip each.
        exact: of how many everything was judged right.
        change_bias_deg, change_sd_deg, change_p95_deg: error of the change of the body line from
            the person's own neutral: bias, standard deviation, and the 95th percentile of its
            absolute value; None where no line was read.
    """

    people: Annotated[int, Field(ge=1)]
    exact: Count
    change_bias_deg: float | None = None
    change_sd_deg: Spread | None = None
    change_p95_deg: Spread | None = None

    @property
    def within_deg(self) -> int | None:
        """Return the whole degrees within which the change of the line is read 95 % of the time."""
        return None if self.change_p95_deg is None else ceil(self.change_p95_deg)


class Accuracy(Frozen):
    """The error of one exercise, wherever it was measured; the ball may not be there.

    `done_on` names the places that it is asked for: none, or all that it was measured in.
    """

    floor: Measured
    ball: Measured | None = None
    done_on: frozenset[str] = frozenset()

    @property
    def places(self) -> Mapping[str, Measured]:
        """Return the error by place, `floor` first."""
        return {"floor": self.floor} | ({} if self.ball is None else {"ball": self.ball})

    @property
    def people(self) -> int:
        """Return how many people did it."""
        return sum(each.people for each in self.places.values())

    @property
    def exact(self) -> int:
        """Return of how many of them everything was judged right."""
        return sum(each.exact for each in self.places.values())

    @property
    def was_read(self) -> bool:
        """Say whether the line was read in any place."""
        return any(each.within_deg is not None for each in self.places.values())

    @property
    def within_deg(self) -> int:
        """Return the error in the place that it was done on; of several, the largest.

        Where it is not known, or the line was not read there, that is all of them. Where the line
        was never read it is 0; `accuracy_of` gives none of those.
        """
        return ceil(self._error_deg)

    @property
    def between_deg(self) -> int:
        """Return the whole degrees by which two readings there may differ by their error alone.

        Each is off by itself, so that their difference is off by the root of two as much: that is
        how the rule for hold times comes from the error of one (`programme.change`).
        """
        return ceil(sqrt(2.0) * self._error_deg)

    @property
    def _error_deg(self) -> float:
        read = {
            name: each.change_p95_deg
            for name, each in self.places.items()
            if each.change_p95_deg is not None
        }
        return max(
            [read[name] for name in self.done_on if name in read] or read.values(), default=0.0
        )


class DoneSomewhere(Protocol):
    """A set, of which it may be known what it was done on."""

    @property
    def place(self) -> Place | None:
        """The floor or a ball; None where that is not known."""


class _AccuracyFile(Frozen):
    """The data file of the measured errors."""

    exercise: dict[Identifier, Accuracy]


def accuracy_of(exercise_id: str, records: Iterable[DoneSomewhere] = ()) -> Accuracy | None:
    """Return the measured error of an exercise, or None where its line was not measured.

    Args:
        exercise_id: The exercise.
        records: The sets that it is asked for; where each of them knows what it was done on, the
            error is the one of there.

    Raises:
        BadDataError: The package's file is malformed or unreadable.
    """
    found = _measured().get(exercise_id)
    if found is None or not found.was_read:
        return None
    places = [each.place for each in records]
    done_on = frozenset() if None in places else frozenset(str(each) for each in places)
    return found.model_copy(update={"done_on": done_on})


@lru_cache(maxsize=1)
def _measured() -> dict[str, Accuracy]:
    return parse_model(*read_own("report/accuracy.toml"), _AccuracyFile).exercise
