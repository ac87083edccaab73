"""What the plan has to say, as a code of texts.toml and what fills its blanks; words come later."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

Filling: TypeAlias = str | int | date


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence to be said; `fill` has a level, an exercise, a day or a number by its blank."""

    code: str
    fill: tuple[tuple[str, Filling], ...] = ()


def say(code: str, **fill: Filling) -> Saying:
    """Return a saying with its blanks filled."""
    return Saying(code, tuple(fill.items()))
