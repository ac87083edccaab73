"""The clips that come with the program: all there, up to date, equally loud, well cut."""

import hashlib
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from tools.hearing import RATE_HZ, Heard

from coreline.coaching.spoken import spoken
from coreline.data_files import load_catalogue, load_cues
from coreline.files.resources import resource_dir, resource_file
from coreline.programme.language import LANGUAGES, Language

SOUNDS = resource_dir("sounds")
BOOK = spoken(load_cues(), load_catalogue())
EACH = pytest.mark.parametrize("language", LANGUAGES)


@cache
def listed() -> dict[str, Any]:
    return tomllib.loads(resource_file("sounds", "sounds.toml").read_text("utf-8"))


@cache
def clips(language: Language) -> dict[str, Heard]:
    waves = {}
    for path in sorted((SOUNDS / language).glob("*.ogg")):
        wave, rate_hz = soundfile.read(path, always_2d=True)
        assert (rate_hz, wave.shape[1]) == (RATE_HZ, 1), path.name
        waves[path.stem] = np.asarray(wave[:, 0], np.float64)
    return waves


@EACH
def test_every_cue_has_its_clip_and_every_clip_its_cue(language: Language) -> None:
    assert set(clips(language)) == set(BOOK.ids)


@EACH
def test_no_clip_says_an_older_text(language: Language) -> None:
    told = {cue_id: clip["text"] for cue_id, clip in listed()[language]["clips"].items()}
    texts = {cue.id: cue.text.in_(language) for cue in BOOK}
    assert told == {
        cue_id: hashlib.sha256(said.encode()).hexdigest()[:16] for cue_id, said in texts.items()
    }


@EACH
def test_every_file_is_the_one_that_is_listed(language: Language) -> None:
    sums = {cue_id: clip["sha256"] for cue_id, clip in listed()[language]["clips"].items()}
    assert sums == {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (SOUNDS / language).glob("*.ogg")
    }


@EACH
def test_voice_engine_and_licence_are_told(language: Language) -> None:
    assert {"voice", "engine", "licence"} <= set(listed()[language])


@EACH
def test_all_are_equally_loud(language: Language) -> None:
    """A clip shorter than the gate of the measure needs is measured as if said over and over."""
    import pyloudnorm  # noqa: PLC0415 - brings all of scipy, and every process loads this file

    meter = pyloudnorm.Meter(RATE_HZ)
    for cue_id, wave in clips(language).items():
        times = int(np.ceil(1.2 * RATE_HZ / len(wave)))
        assert meter.integrated_loudness(np.tile(wave, times)) == pytest.approx(-18, abs=1), cue_id


@EACH
def test_no_peak_is_too_high(language: Language) -> None:
    for cue_id, wave in clips(language).items():
        assert 20 * np.log10(np.abs(wave).max()) <= -1.5, cue_id


@EACH
def test_a_clip_begins_with_speech_and_ends_after_it(language: Language) -> None:
    for cue_id, wave in clips(language).items():
        loud = np.flatnonzero(np.abs(wave) > 0.02)
        assert loud[0] / RATE_HZ < 0.1, cue_id
        assert (len(wave) - loud[-1]) / RATE_HZ < 0.2, cue_id


@EACH
def test_counts_are_shorter_than_the_second_they_count(language: Language) -> None:
    for cue_id in ("num.01", "num.02", "num.03", "flow.go"):
        assert len(clips(language)[cue_id]) / RATE_HZ < 0.9


def test_together_they_are_small() -> None:
    assert sum(path.stat().st_size for path in SOUNDS.rglob("*.ogg")) < 8_000_000


def test_the_script_that_made_them_finds_nothing_to_do() -> None:
    script = Path(__file__).parents[2] / "sounds" / "build_sounds.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "every clip as listed\n")
