"""Which ball fits which body height; the limits come from the programme's data."""

import math
from collections.abc import Sequence

from coreline.errors import BadDataError
from coreline.programme.spec import BallSize

SHORTEST_M, TALLEST_M = 0.5, 2.6  # beyond these the height was given in another unit


def ball_diameter_cm(height_m: float, sizes: Sequence[BallSize]) -> int:
    """Return the ball's diameter in cm for a body height in metres.

    `sizes` are ordered by height, the last without a limit, as `Ball` checks them.

    Raises:
        BadDataError: The height cannot be that of a person.
    """
    if not (math.isfinite(height_m) and SHORTEST_M <= height_m <= TALLEST_M):
        raise BadDataError(
            f"body height {height_m:g} m: give it in metres, such as 1.75",
            nl=f"lichaamslengte {height_m:g} m: geef meters, zoals 1,75".replace(".", ","),
        )
    height_mm = round(height_m * 1000)  # 1.68 m reckoned from centimetres is still 1.68 m
    return next(size for size in sizes if _fits(height_mm, size)).diameter_cm


def _fits(height_mm: int, size: BallSize) -> bool:
    """Say whether a size reaches up to this height."""
    if size.shorter_than_m is not None:
        return height_mm < round(size.shorter_than_m * 1000)
    return size.up_to_m is None or height_mm <= round(size.up_to_m * 1000)
