"""A room to listen in, a player in it, and the person's own recordings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile
from tools.hearing import RATE_HZ, record_to

from coreline.sound.player import Player
from listening import LONG, OTHER, SHORT, Room


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    for key, value in record_to(tmp_path / "heard.pcm").items():
        monkeypatch.setenv(key, value)
    # What sounds at the end is heard whole, even where SDL is late because the machine is busy.
    monkeypatch.setattr("coreline.sound.device.LONGEST_END_MS", 60_000)
    return Room(tmp_path / "heard.pcm", tmp_path / "own", [])


@pytest.fixture
def player(room: Room) -> Iterator[Player]:
    with room.player() as opened:
        yield opened


@pytest.fixture
def own(room: Room) -> None:
    """Record three cues: one that takes long, two that are short."""
    (room.own / "en").mkdir(parents=True)
    for cue_id, wave in (("how.long", LONG), ("num.01", SHORT), ("fix.hips_up", OTHER)):
        soundfile.write(room.own / "en" / f"{cue_id}.wav", wave, RATE_HZ)
