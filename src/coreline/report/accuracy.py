"""How far the judging of an exercise is off, as measured: the ± beside its scores.

The figures are in accuracy.toml beside this file, which `python benchmarks/accuracy.py --write`
generates from rendered people whom no number of the judging was set on.
"""

from collections.abc import Mapping
from functools import lru_cache
from math import ceil
from typing import Annotated

from pydantic import Field

from coreline.data_files import read_own
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
    """The error of one exercise, wherever it was measured; the ball may not be there."""

    floor: Measured
    ball: Measured | None = None

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
        """Return the larger of the places' errors: a recording does not say which it is of.

        Where the line was never read it is 0; `accuracy_of` gives none of those.
        """
        return max(each.within_deg or 0 for each in self.places.values())


class _AccuracyFile(Frozen):
    """The data file of the measured errors."""

    exercise: dict[Identifier, Accuracy]


def accuracy_of(exercise_id: str) -> Accuracy | None:
    """Return the measured error of an exercise, or None where its line was not measured.

    Raises:
        BadDataError: The package's file is malformed or unreadable.
    """
    found = _measured().get(exercise_id)
    return found if found is not None and found.was_read else None


@lru_cache(maxsize=1)
def _measured() -> dict[str, Accuracy]:
    return parse_model(*read_own("report/accuracy.toml"), _AccuracyFile).exercise
