"""How soon the voice is heard: from asking to the first sample, and how evenly 3-2-1 comes.

python benchmarks/voice.py [--language en] [--rounds 40]

SDL's disk driver takes the place of the loudspeaker; what a sound card adds comes on top.
"""

import argparse
import os
import resource
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile
from tools.hearing import RATE_HZ, Heard, Watch, find, heard, record_to

from coreline.files.resources import resource_file
from coreline.programme.language import LANGUAGES, Language
from coreline.sound.choice import SoundSettings
from coreline.sound.player import Player, Started

CLIPS = ("fix.hips_up", "fix.hips_down", "fix.knee_straight", "pain.stop", "camera.black")
COUNTDOWN = ("num.03", "num.02", "num.01", "flow.go")
STEP_S = 1.0
FRAME_S = 1 / 60
AROUND_S = 0.5


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "heard.pcm"
        os.environ.update(record_to(path))
        with Watch(path) as watch:
            asked, countdowns = _perform(options.language, options.rounds)
        what, clips = heard(path), _clips(options.language)
        delays = [_heard_s(line, what, clips, watch) - line.t_s for line in asked]
        _print_ms("from asking to the first sample", delays)
        _print_countdowns(countdowns, what, clips, watch)


def _perform(language: Language, rounds: int) -> tuple[list[Started], list[list[Started]]]:
    """Ask for clips, each cutting the last one off, then count down; return what was asked when."""
    before_mb, begun_s = _memory_mb(), time.monotonic()
    with Player(print, SoundSettings(language=language)) as player:
        ready_s = time.monotonic() - begun_s
        player.wait_until_loaded()
        loaded_s = time.monotonic() - begun_s
        print(f"ready to play after {1000 * ready_s:.0f} ms, every clip loaded after", end=" ")
        print(f"{1000 * loaded_s:.0f} ms, taking {_memory_mb() - before_mb:.0f} MB")
        asked = [_ask(player, CLIPS[number % len(CLIPS)], 0.553) for number in range(rounds)]
        countdowns = [_count_down(player) for _ in range(max(1, rounds // 8))]
        time.sleep(AROUND_S)
    return asked, countdowns


def _ask(player: Player, cue_id: str, until_next_s: float) -> Started:
    """Ask for a clip, which cuts the last one off; note when it was asked for."""
    asked_s = time.monotonic()
    player.speak(cue_id, 0)
    _pass(player, until_next_s)
    return Started(asked_s, cue_id, is_voice=True)


def _count_down(player: Player) -> list[Started]:
    """Ask for each number on its second."""
    player.cut_off()
    begun_s = time.monotonic() + 0.1
    asked = []
    for number, cue_id in enumerate(COUNTDOWN):
        while time.monotonic() < begun_s + number * STEP_S:
            _pass(player, FRAME_S)
        asked.append(Started(time.monotonic(), cue_id, is_voice=True))
        player.speak(cue_id, 3 if cue_id.startswith("num") else 2)
    _pass(player, STEP_S)
    return asked


def _pass(player: Player, length_s: float) -> None:
    """Let time pass as the window does: a tick every sixtieth of a second."""
    until_s = time.monotonic() + length_s
    while (left_s := until_s - time.monotonic()) > 0:
        time.sleep(min(FRAME_S, left_s))
        player.tick()


def _clips(language: Language) -> dict[str, Heard]:
    """Return the clips that are asked for; each cut to what is sure to have been heard of it."""
    clips = {}
    for cue_id in (*CLIPS, *COUNTDOWN):
        wave, _ = soundfile.read(resource_file("sounds", f"{language}/{cue_id}.ogg"))
        clips[cue_id] = np.asarray(wave[: RATE_HZ // 2], np.float64)
    return clips


def _heard_s(line: Started, what: Heard, clips: dict[str, Heard], watch: Watch) -> float:
    """Return when a clip's first sample was heard, looking only where it can be."""
    clip = clips[line.name]
    places = np.arange(0, len(what), RATE_HZ // 100)
    moments = np.array([watch.moment_s(place / RATE_HZ) for place in places])
    first = places[int(np.searchsorted(moments, line.t_s - AROUND_S / 4).clip(max=len(places) - 1))]
    part = what[first : first + round(AROUND_S * RATE_HZ) + len(clip)]
    match = find(clip, part)
    if match.likeness < 0.95:
        raise SystemExit(f"{line.name} was not heard: likeness {match.likeness:.2f}")
    return watch.moment_s(first / RATE_HZ + match.start_s)


def _print_countdowns(
    countdowns: list[list[Started]], what: Heard, clips: dict[str, Heard], watch: Watch
) -> None:
    """Print how late each number came, and how much the seconds between them differed from one."""
    late, uneven = list[float](), list[float]()
    for asked in countdowns:
        starts_s = [_heard_s(line, what, clips, watch) for line in asked]
        late += [start_s - line.t_s for start_s, line in zip(starts_s, asked, strict=True)]
        uneven += [abs(after - one - STEP_S) for one, after in pairwise(starts_s)]
    _print_ms("3-2-1-go: from asking to the first sample", late)
    _print_ms("3-2-1-go: a second's error", uneven)


def _print_ms(what: str, values_s: list[float]) -> None:
    p50, p95 = (1000 * np.quantile(values_s, part) for part in (0.5, 0.95))
    worst = 1000 * max(values_s)
    print(f"{what}: p50 {p50:.0f} ms, p95 {p95:.0f} ms, worst {worst:.0f} ms, n {len(values_s)}")


def _memory_mb() -> float:
    """Return the most memory that was ever used; Linux counts it in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
