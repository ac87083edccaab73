import pytest

from coreline.sound.choice import SoundSettings


@pytest.mark.parametrize("volume", [-0.1, 1.01, float("nan")])
def test_a_volume_beyond_its_ends_is_refused(volume: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        SoundSettings(voice_volume=volume)
    with pytest.raises(ValueError, match="from 0 to 1"):
        SoundSettings(beep_volume=volume)


def test_the_ends_of_a_volume_are_volumes() -> None:
    assert SoundSettings(voice_volume=0.0, beep_volume=1.0).voice_volume == 0.0
