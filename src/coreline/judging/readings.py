"""The readings of a set in little memory: there are thousands, and they wait for the report.

An object a frame took 300 bytes, which is 25 MB an hour; here it is 43.
"""

from array import array
from collections.abc import Iterable, MutableSequence, Sequence
from math import isnan, nan
from typing import Final, overload

from coreline.judging.events import Phase, Reading, State

_NUMBERS: Final = ("t_s", "bend_deg", "neutral_deg", "signal_deg", "knee_deg")
_PHASES: Final = tuple(Phase)
_STATES: Final = tuple(State)
_KINDS: Final = 3  # bytes: found, phase, state


class Readings(MutableSequence[Reading]):
    """A list of readings that keeps their numbers side by side; what is unknown is kept as NaN."""

    def __init__(self, readings: Iterable[Reading] = ()) -> None:
        """Begin with some readings."""
        self._numbers, self._kinds = array("d"), bytearray()
        self.extend(readings)

    @classmethod
    def of_columns(cls, numbers: bytes, kinds: bytes) -> "Readings":
        """Return readings from their bytes, without making each of them.

        Args:
            numbers: of each reading t_s, bend, neutral, signal and knee as 8-byte floats of this
                machine, NaN what is unknown.
            kinds: of each reading three bytes: whether somebody was found, the place of its phase
                in `Phase` and of its state in `State`.
        """
        made = cls()
        made._numbers.frombytes(numbers)
        made._kinds += kinds
        if len(made._numbers) * _KINDS != len(made._kinds) * len(_NUMBERS):
            raise ValueError("numbers and kinds are not of the same readings")
        return made

    def insert(self, index: int, value: Reading) -> None:
        """Put a reading before another one."""
        at = slice(index, None).indices(len(self))[0]
        self._put(slice(at, at), [value])

    def append(self, value: Reading) -> None:
        """Put a reading behind all others."""
        self._put(slice(len(self), len(self)), [value])

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._kinds) // _KINDS

    @overload
    def __getitem__(self, index: int) -> Reading: ...

    @overload
    def __getitem__(self, index: slice) -> "Readings": ...

    def __getitem__(self, index: int | slice) -> "Reading | Readings":
        """Return a reading, or some of them."""
        numbers = range(len(self))[index]
        if isinstance(numbers, range):
            return Readings(self._at(number) for number in numbers)
        return self._at(numbers)

    @overload
    def __setitem__(self, index: int, value: Reading) -> None: ...

    @overload
    def __setitem__(self, index: slice, value: Iterable[Reading]) -> None: ...

    def __setitem__(self, index: int | slice, value: Reading | Iterable[Reading]) -> None:
        """Put a reading, or some, in the place of what is there."""
        values = [value] if isinstance(value, Reading) else list(value)
        self._put(self._places(index), values)

    def __delitem__(self, index: int | slice) -> None:
        """Take a reading, or some, away."""
        self._put(self._places(index), [])

    def __eq__(self, other: object) -> bool:
        """Say whether these are the same readings, in a list or here."""
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Return it as one would write it."""
        return f"Readings({list(self)!r})"

    def _places(self, index: int | slice) -> slice:
        numbers = range(len(self))[index]
        if isinstance(numbers, int):
            return slice(numbers, numbers + 1)
        if numbers.step != 1:
            raise ValueError("readings are changed in one piece")
        return slice(numbers.start, max(numbers.stop, numbers.start))

    def _put(self, place: slice, readings: Sequence[Reading]) -> None:
        numbers, kinds = array("d"), bytearray()
        for reading in readings:
            values = (getattr(reading, name) for name in _NUMBERS)
            numbers.extend(nan if value is None else value for value in values)
            kinds += bytes(
                (reading.found, _PHASES.index(reading.phase), _STATES.index(reading.state))
            )
        self._numbers[place.start * len(_NUMBERS) : place.stop * len(_NUMBERS)] = numbers
        self._kinds[place.start * _KINDS : place.stop * _KINDS] = kinds

    def _at(self, number: int) -> Reading:
        values = self._numbers[number * len(_NUMBERS) : (number + 1) * len(_NUMBERS)]
        t_s, bend_deg, neutral_deg, signal_deg, knee_deg = (
            None if isnan(value) else value for value in values
        )
        found, phase, state = self._kinds[number * _KINDS : (number + 1) * _KINDS]
        return Reading(
            t_s=t_s if t_s is not None else nan,
            found=bool(found),
            bend_deg=bend_deg,
            neutral_deg=neutral_deg,
            signal_deg=signal_deg,
            knee_deg=knee_deg,
            phase=_PHASES[phase],
            state=_STATES[state],
        )
