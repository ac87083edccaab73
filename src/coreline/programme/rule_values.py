"""What the rules of judging are written in: names that are known, numbers with their limits."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

from coreline.body.points import KINDS, POINTS

FAULT_CODES = (
    "sag",
    "pike",
    "knee_bent",
    "leg_low",
    "leg_high",
    "legs_low",
    "arms_low",
    "arm_low",
    "hips_low",
    "legs_swing",
    "trunk_rolled",
    "elbow_off",
    "feet_slide",
    "head",
    "not_seen",
    "too_few_pictures",
)
REASON_CODES = (
    "too_short",
    "knee_bent",
    "no_tap",
    "line_broken",
    "too_high",
    "too_low",
    "too_fast",
    "incomplete",
    "same_direction",
    "unsteady",
    "not_seen",
    "blurred",
)


def _one_of(name: str, known: tuple[str, ...]) -> str:
    if name not in known:
        raise ValueError(f'"{name}" is none of {", ".join(known)}')
    return name


def _own(info: ValidationInfo, table: str) -> tuple[str, ...]:
    """Return the codes that the file itself brings; they are the validation's context."""
    return tuple((info.context or {}).get(table, ()))


Point = Annotated[str, AfterValidator(lambda name: _one_of(name, POINTS))]
Kind = Annotated[str, AfterValidator(lambda name: _one_of(name, KINDS))]
FaultCode = Annotated[
    str, AfterValidator(lambda name, info: _one_of(name, (*FAULT_CODES, *_own(info, "faults"))))
]
ReasonCode = Annotated[
    str, AfterValidator(lambda name, info: _one_of(name, (*REASON_CODES, *_own(info, "reasons"))))
]
Seconds = Annotated[float, Field(gt=0, le=60)]
Share = Annotated[float, Field(ge=0, le=1)]
Degrees = Annotated[float, Field(gt=0, le=180)]


OPEN = 1e9  # a limit that is none
Number = Annotated[float, Field(ge=-OPEN, le=OPEN)]


class Rule(BaseModel):
    """A part of the judging: unknown keys refused, types exact, never changed."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, defer_build=True
    )


class SharedRule(Rule):
    """A rule of which a file may say `use = "name"`, to begin from one that is shared."""

    filled_in_keys: ClassVar[tuple[str, ...]] = ("use",)
