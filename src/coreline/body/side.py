"""A side of the person. It stands apart from `measures`, which brings numpy, as the poses do."""

from enum import StrEnum


class Side(StrEnum):
    """An anatomical side of the person."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """Return the opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT
