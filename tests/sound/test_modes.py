"""Voice, beeps or nothing; how loud each is, and the beeps going quiet under the voice."""

import numpy as np
import pytest
from pygame.mixer import Sound
from tools.hearing import RATE_HZ, Heard, find

from coreline.sound import device
from coreline.sound.choice import Mode, SoundSettings
from coreline.sound.player import Player
from listening import (
    CORRECTION,
    COUNT,
    FLOW,
    LONG,
    PAIN,
    SHORT,
    UNWRITTEN,
    Room,
    clip_of,
    until,
    until_heard_on,
    until_silent,
    wait_for,
    wave_of,
)


def test_in_beep_mode_corrections_are_beeps_and_the_rest_is_silence(room: Room) -> None:
    with room.player(Mode.BEEPS) as player:
        player.speak("flow.go", FLOW)
        player.speak("num.01", COUNT)
        assert not player.speaking
        player.speak("fix.hips_up", CORRECTION)
        until_silent(player)
    assert room.match(wave_of("refused") * 0.8).likeness > 0.99
    assert room.match(clip_of("fix.hips_up")).likeness < 0.5
    assert room.told == []


@pytest.mark.parametrize("mode", Mode)
def test_muted_it_is_silent_and_can_be_heard_again(mode: Mode, room: Room) -> None:
    with room.player(mode) as player:
        assert player.muted == (mode is Mode.MUTE)
        player.muted = True
        assert not player.audible
        player.play("end")
        player.speak("pain.stop", PAIN)
        assert not player.speaking
        had = len(room.heard)
        until(player, lambda: len(room.heard) > had + 0.1 * RATE_HZ)
        assert not room.heard.any()
        assert not player.has_voice
        player.muted = False
        player.play("end")
        assert player.audible
        assert player.has_voice == (mode is not Mode.BEEPS)
    assert room.match(wave_of("end") * 0.8).likeness > 0.99


@pytest.mark.usefixtures("own")
def test_muting_stops_what_sounds(room: Room, player: Player) -> None:
    player.speak("how.long", FLOW)
    until(player, lambda: len(room.heard) > 0 and bool(room.heard.any()))
    player.muted = True
    cut = len(room.heard)
    assert not player.speaking
    player.close()
    assert np.flatnonzero(room.heard)[-1] < cut + UNWRITTEN


@pytest.mark.usefixtures("own")
def test_volumes_are_those_of_the_settings(room: Room) -> None:
    with room.player(voice=0.5, beeps=0.25) as player:
        player.speak("num.01", COUNT)
        until_silent(player)
        player.play("zero")
    assert room.match(SHORT).gain == pytest.approx(0.5, abs=0.02)
    assert room.match(wave_of("zero")).gain == pytest.approx(0.25, abs=0.02)


@pytest.mark.usefixtures("own")
def test_settings_change_while_it_plays(room: Room, player: Player) -> None:
    player.speak("how.long", FLOW)
    player.settings = SoundSettings(voice_volume=0.25, recordings=room.own)
    assert not player.speaking
    player.speak("num.01", COUNT)
    until_silent(player)
    player.settings = SoundSettings(Mode.MUTE)
    assert player.muted
    player.close()
    assert room.match(SHORT).gain == pytest.approx(0.25, abs=0.02)


@pytest.mark.usefixtures("own")
def test_a_beep_is_a_quarter_as_loud_under_the_voice_from_its_first_sample(
    room: Room, player: Player
) -> None:
    until(player, lambda: len(room.heard) > 0.3 * RATE_HZ)  # a busy machine is late to speak
    player.speak("how.long", FLOW)
    player.play("zero")
    until_heard_on(room, player, 1.0)  # the whole beep
    had = len(room.heard)
    player.cut_off()
    player.play("zero")
    player.close()
    under, alone = _gains_of_zero(room.heard, had)
    assert under == pytest.approx(0.25 * 0.8, abs=0.03)
    assert alone == pytest.approx(0.8, abs=0.03)


def _gains_of_zero(what: Heard, had: int) -> tuple[float, float]:
    """Return how loud the beep is in so many samples under the voice, of which it is rid, and then.

    The voice is cut off after them.
    """
    tone = wave_of("zero")
    voice = find(LONG[: RATE_HZ // 2], what)
    first = round(voice.start_s * RATE_HZ)
    spoken = LONG[: len(what) - first]
    residue = what.copy()
    residue[first : first + len(spoken)] -= spoken
    return find(tone, residue[:had]).gain, find(tone, what[had:]).gain


@pytest.mark.usefixtures("own")
def test_a_beep_that_sounds_goes_quiet_as_the_voice_begins(
    room: Room, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the machine lets SDL play on as soon as it has been given the voice."""
    play = device._play

    def held_up(number: int, sound: Sound, volume: float) -> None:
        play(number, sound, volume)
        had = len(room.heard)
        wait_for(lambda: len(room.heard) > had + UNWRITTEN)

    player.play("end")
    wait_for(lambda: len(room.heard) > 0 and bool(room.heard.any()))
    monkeypatch.setattr(device, "_play", held_up)
    player.speak("num.01", COUNT)
    until_silent(player)
    player.close()
    voice = find(SHORT, room.heard)
    first = round(voice.start_s * RATE_HZ)
    under = room.heard[first : first + len(SHORT)] - SHORT
    assert np.abs(under).max() < 0.25 * 0.8 * np.abs(wave_of("end")).max() * 1.1 + 0.01
