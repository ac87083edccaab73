"""Work that several ask for alike in the same moment, done once.

Sixteen judges who look at the same pose correct it alike and mostly read the same of it. What they
ask for is worked out of values that never change, so whoever asks second may have what the first
one got. It is handed in with the pose and is of that moment alone: nothing outlasts it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, TypeVarTuple

Given = TypeVarTuple("Given")
Result = TypeVar("Result")


@dataclass(slots=True)
class Once:
    """What was worked out in one moment; those who hand each other the same one share it."""

    _done: dict[tuple[object, ...], Any] = field(default_factory=dict, init=False)

    def of(self, work: Callable[[*Given], Result], *given: *Given) -> Result:
        """Return `work(*given)`; the work must be pure, what is given unchanging and hashable."""
        asked = (work, *given)
        if asked in self._done:
            return self._done[asked]  # type: ignore[no-any-return]
        result = self._done[asked] = work(*given)
        return result
