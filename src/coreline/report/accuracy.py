"""How far the judging of an exercise is off, as measured: the ± beside its scores.

The figures are in accuracy.toml beside this file, which `python benchmarks/accuracy.py --write`
generates.
"""

from functools import lru_cache
from importlib.resources import files
from math import ceil
from typing import Annotated

from pydantic import Field

from coreline.errors import BadDataError
from coreline.programme.spec import Frozen, Identifier
from coreline.programme.toml_data import parse_model

Share = Annotated[float, Field(ge=0, le=1)]
Spread = Annotated[float, Field(ge=0, le=180)]


class Accuracy(Frozen):
    """The error of one exercise against clips with known truth.

    Attributes:
        clips: how many there were.
        counts_exact_share: in how many of them the count was the true one.
        change_bias_deg, change_sd_deg, change_p95_deg: error of the change of the body line from
            the person's own neutral: bias, standard deviation, and the 95th percentile of its
            absolute value.
    """

    clips: Annotated[int, Field(ge=1)]
    counts_exact_share: Share
    change_bias_deg: float
    change_sd_deg: Spread
    change_p95_deg: Spread

    @property
    def within_deg(self) -> int:
        """Return the whole degrees within which the change of the line is read 95 % of the time."""
        return ceil(self.change_p95_deg)


class _AccuracyFile(Frozen):
    """The data file of the measured errors."""

    exercise: dict[Identifier, Accuracy]


def accuracy_of(exercise_id: str) -> Accuracy | None:
    """Return the measured error of an exercise, or None where it was not measured.

    Raises:
        BadDataError: The package's file is malformed or unreadable.
    """
    return _measured().get(exercise_id)


@lru_cache(maxsize=1)
def _measured() -> dict[str, Accuracy]:
    source = files("coreline") / "report" / "accuracy.toml"
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadDataError(f"{source.name}: cannot be read; install Coreline again") from error
    return parse_model(text, source.name, _AccuracyFile).exercise
