"""Commands that speak, or fail to, as real programs on the PATH."""

import os
import stat
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

RATE_HZ = 22_050  # another than the voice's own, as most have
SPEAKS_S = 0.5


def word(seconds: float = SPEAKS_S, rate_hz: int = RATE_HZ, level: float = 0.2) -> np.ndarray:
    """Return something like a word: noise, with silence on either side of it."""
    noise = np.random.default_rng(7).normal(0.0, level, round(seconds * rate_hz)).clip(-0.9, 0.9)
    return np.concatenate([np.zeros(rate_hz // 2), noise, np.zeros(rate_hz // 2)])


def put_command(folder: Path, name: str, body: str) -> None:
    """Put a program into a folder of the PATH; in its body `at` is what comes after a word."""
    path = folder / name
    path.write_text(
        f"#!{sys.executable}\n"
        "import pathlib, shutil, sys, time\n"
        "def at(word): return sys.argv[sys.argv.index(word) + 1]\n"
        f"word = {str(folder / 'word.wav')!r}\n"
        f"{body}\n",
        encoding="utf-8",
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def bin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a folder before all others of the PATH, with a spoken word in it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    soundfile.write(folder / "word.wav", word(), RATE_HZ)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    return folder
