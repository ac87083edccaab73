"""English by Kokoro: espeak-ng's American sounds in the letters that the voice was trained with."""

# ruff: noqa: RUF001 - the letters of the phonetic alphabet look like others

import re
from typing import Final

# Longer spellings go first.
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


VOICE: Final = "af_heart"


def as_trained(ipa: str) -> str:
    """Return what espeak-ng spells in the letters the voice was trained with."""
    syllabic = re.sub("(\\S)\u0329", r"ᵊ\1", ipa).replace("\u0303", "")
    for spelling in sorted(LETTERS, key=len, reverse=True):
        syllabic = syllabic.replace(spelling, LETTERS[spelling])
    return syllabic.strip()
