"""What is really heard of voice and beeps, written down in real time."""

import os
import sys
import threading
from pathlib import Path

import numpy as np
import pygame
import pytest
from tools.hearing import RATE_HZ

from coreline.programme.language import LANGUAGES, Language
from coreline.sound.beeps import NAMES
from coreline.sound.choice import SoundSettings
from coreline.sound.player import NO_SOUND, SOUND_GONE, Player
from coreline.sound.waves import beep
from listening import (
    CORRECTION,
    COUNT,
    FLOW,
    LONG,
    OTHER,
    PAIN,
    PRAISE,
    SHORT,
    SHORT_S,
    UNWRITTEN,
    Room,
    clip_of,
    until,
    until_heard_on,
    until_silent,
    wave_of,
)

# The voice


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cue_that_is_asked_for_is_the_one_that_is_heard(language: Language, room: Room) -> None:
    settings = SoundSettings(language=language)
    with Player(pytest.fail, settings, clock_s=room.clock_s) as player:
        player.speak("num.03", COUNT)
        until_silent(player)
    likeness = {
        cue_id: room.match(clip_of(cue_id, language)).likeness
        for cue_id in ("num.02", "num.03", "num.13", "fix.hips_up", "hold.hold")
    }
    assert likeness.pop("num.03") > 0.99
    assert max(likeness.values()) < 0.6


def test_the_log_tells_what_was_said_and_when(room: Room) -> None:
    asked_s: list[tuple[float, float]] = []
    with room.player() as player:
        for name in ("num.02", "num.01"):
            before_s = room.clock_s()
            player.speak(name, COUNT)
            asked_s.append((before_s, room.clock_s()))
            until_silent(player)
    (first, second) = player.log
    assert [(each.name, each.is_voice, each.stands_in) for each in (first, second)] == [
        ("num.02", True, False),
        ("num.01", True, False),
    ]
    places_s = [room.match(clip_of(each.name)).start_s for each in (first, second)]
    length_s = len(clip_of("num.02")) / RATE_HZ
    assert places_s[1] - places_s[0] >= length_s
    for each, place_s, (before_s, after_s) in zip(player.log, places_s, asked_s, strict=True):
        assert before_s <= each.t_s <= after_s
        # The clock is what was written; what SDL has ready is heard later.
        assert place_s <= each.t_s + UNWRITTEN / RATE_HZ


@pytest.mark.usefixtures("own")
def test_ones_own_recording_is_heard_in_place_of_the_shipped_clip(
    room: Room, player: Player
) -> None:
    player.speak("num.01", COUNT)
    until_silent(player)
    player.close()
    assert room.match(SHORT).likeness > 0.99
    assert room.match(clip_of("num.01")).likeness < 0.5


@pytest.mark.usefixtures("own")
def test_a_correction_cuts_the_explanation_off(room: Room, player: Player) -> None:
    player.speak("how.long", FLOW)
    until(player, lambda: len(room.heard) > 0 and bool(room.heard.any()))
    player.speak("fix.hips_up", CORRECTION)
    cut = len(room.heard)
    until_silent(player)
    player.close()
    start_s = room.match(OTHER).start_s
    assert room.match(OTHER).likeness > 0.99
    after = room.heard[round((start_s + SHORT_S) * RATE_HZ) :]
    assert room.match(LONG[: RATE_HZ // 100]).likeness > 0.99  # it had begun
    assert not after.any()  # and did not come back
    assert start_s * RATE_HZ < cut + UNWRITTEN


@pytest.mark.usefixtures("own")
def test_lines_of_equal_weight_follow_one_another_whole(room: Room, player: Player) -> None:
    player.speak("fix.hips_up", CORRECTION)
    player.speak("how.long", FLOW)
    player.speak("num.01", COUNT)  # dropped: a correction is being said
    until(player, lambda: [each.name for each in player.log] == ["fix.hips_up", "how.long"])
    until_heard_on(room, player, 1.0)  # enough to find the second by
    player.cut_off()
    player.close()
    gap_s = room.match(LONG[: RATE_HZ // 2]).start_s - room.match(OTHER).start_s
    assert gap_s >= SHORT_S
    assert room.match(OTHER).likeness > 0.99
    assert room.match(SHORT).likeness < 0.3


@pytest.mark.usefixtures("own")
def test_several_cues_are_said_as_one(room: Room, player: Player) -> None:
    player.speak(("num.01", "how.long"), FLOW)
    player.speak("num.02", PRAISE)  # long before the second ends, however late
    until(player, lambda: len(player.log) == 2)
    until_heard_on(room, player, 1.0)
    player.cut_off()
    player.close()
    assert [each.name for each in player.log] == ["num.01", "how.long"]
    gap_s = room.match(LONG[: RATE_HZ // 2]).start_s - room.match(SHORT).start_s
    assert gap_s >= SHORT_S


def test_a_count_that_was_true_a_second_ago_is_not_said(room: Room, player: Player) -> None:
    player.speak("num.01", COUNT, room.clock_s() - 1.0)
    assert not player.speaking
    assert not player.log


@pytest.mark.usefixtures("own")
def test_cut_off_the_voice_stops_at_once(room: Room, player: Player) -> None:
    player.speak("how.long", FLOW)
    until(player, lambda: len(room.heard) > 0 and bool(room.heard.any()))
    player.cut_off()
    cut = len(room.heard)
    assert not player.speaking
    player.close()
    assert np.flatnonzero(room.heard)[-1] < cut + UNWRITTEN


def test_a_priority_that_there_is_not_is_refused(player: Player) -> None:
    with pytest.raises(ValueError, match="5"):
        player.speak("num.01", 5)


# What is missing


def test_a_beep_is_heard_for_a_clip_that_is_missing_and_it_is_told_once(
    room: Room, player: Player
) -> None:
    for cue_id in ("fix.nonesuch", "fix.none_either"):
        player.speak(cue_id, CORRECTION)
        until_silent(player)
    player.close()
    assert room.match(wave_of("refused") * 0.8).likeness > 0.99
    assert [(each.name, each.stands_in) for each in player.log] == [
        ("fix.nonesuch", True),
        ("fix.none_either", True),
    ]
    assert len(room.told) == 1
    assert "fix.nonesuch" in room.told[0]


def test_a_corrupt_recording_is_told_and_the_shipped_clip_is_heard(room: Room) -> None:
    (room.own / "en").mkdir(parents=True)
    (room.own / "en" / "num.01.ogg").write_bytes(b"OggS")
    with room.player() as player:
        player.speak("num.01", COUNT)
        until_silent(player)
    assert room.match(clip_of("num.01")).likeness > 0.99
    assert len(room.told) == 1
    assert "num.01.ogg" in room.told[0]


def test_without_a_sound_device_it_says_so_once_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "nonesuch")
    told: list[str] = []
    with Player(told.append, SoundSettings()) as player:
        assert not player.audible
        for name in NAMES:
            player.play(name)
        player.speak("pain.stop", PAIN)
        assert not player.speaking
        player.cut_off()
        player.muted = True
        player.settings = SoundSettings(language="nl")
    assert told == [NO_SOUND.en]
    assert capfd.readouterr() == ("", "")


def test_a_device_that_goes_away_is_told_once_and_nothing_raises(room: Room) -> None:
    with room.player() as player:
        player.speak("pain.stop", PAIN)
        pygame.mixer.quit()
        until_silent(player)
        for priority in (PAIN, FLOW):
            player.speak("flow.go", priority)
            player.play("end")
            player.tick()
        assert not player.audible
        assert not player.speaking
    assert room.told == [SOUND_GONE.en]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no names there")
def test_a_device_that_is_pulled_out_is_told_once_though_the_mixer_plays_on(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SDL plays into a pipe; when nobody listens any more, it is told that its device is gone."""
    pipe = tmp_path / "loudspeaker"
    os.mkfifo(pipe)
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(pipe))
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()
    try:
        hears = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        with room.player() as player:
            player.play("end")
            os.close(hears)
            until(player, lambda: not player.audible)
            player.play("end")
            player.speak("flow.go", FLOW)
            assert not player.speaking
    finally:
        pygame.display.quit()
    assert room.told == [SOUND_GONE.en]


# Beeps by themselves


@pytest.mark.parametrize("name", NAMES)
def test_the_beep_that_is_asked_for_is_the_one_that_is_heard(name: str, room: Room) -> None:
    with Player(pytest.fail) as player:
        assert player.audible
        player.play(name)
    scores = {each: room.match(wave_of(each)).likeness for each in NAMES}
    assert scores[name] > 0.98
    assert max(scores, key=scores.__getitem__) == name


def test_a_beep_is_heard_whole(room: Room) -> None:
    with Player(pytest.fail) as player:
        player.play("counted")
    sounding = np.flatnonzero(np.abs(room.heard) > 0.03)
    assert sounding[-1] - sounding[0] == pytest.approx(len(beep("counted")), abs=RATE_HZ * 0.01)


def test_a_player_that_starts_muted_is_silent(room: Room) -> None:
    with Player(pytest.fail, muted=True) as player:
        assert not player.audible
        player.play("end")
        until(player, lambda: len(room.heard) > 0.1 * RATE_HZ)
    assert not room.heard.any()


def test_closing_twice_and_playing_after_it_are_harmless(room: Room) -> None:
    player = room.player()
    player.close()
    player.close()
    player.play("lost")
    player.speak("pain.stop", PAIN)
    player.tick()
    assert not player.speaking
    assert room.told == []


def test_no_thread_is_left(room: Room) -> None:
    before = set(threading.enumerate())
    with room.player():
        pass
    assert set(threading.enumerate()) <= before  # one of somebody else's may have ended


def test_a_beep_of_another_name_is_refused(player: Player) -> None:
    with pytest.raises(LookupError, match="counted"):
        player.play("gong")
