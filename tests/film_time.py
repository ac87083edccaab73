"""Recordings that are played on a time of their own.

Played by the clock, pictures are left out that the machine is too slow for: how many, and so what
is judged, would hang on what else it does.
"""

import pytest

from coreline.camera import opening
from coreline.camera.playback import Playback


class FilmTime:
    """Goes on only while it is waited for: every picture is looked at."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def clock_s(self) -> float:
        return self.now_s

    def sleep(self, for_s: float) -> None:
        self.now_s += for_s


def play_whole(patch: pytest.MonkeyPatch) -> None:
    """Have recordings that are opened from now on played whole, as fast as they are taken."""
    time = FilmTime()
    patch.setattr(opening, "Playback", lambda path: Playback(path, time.clock_s, time.sleep))
