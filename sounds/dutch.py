"""Dutch by Kokoro, which never learnt it: espeak-ng's Dutch sounds in the letters nearest to them.

No letter fits Dutch in every word, and no voice. So there are several tables and blends of voices;
what was understood best was chosen for each clip, and is kept in sounds.toml as its take: a table,
a blend and a speed, such as "wide+rolled trio 1.0". README.md says how they were chosen.
"""

# ruff: noqa: RUF001 - the letters of the phonetic alphabet look like others

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Self

Blend = Mapping[str, float]  # voices, and how much of each

# Words that espeak-ng's Dutch would misread, as it has to see them.
READINGS: Final = {"Eén": "één", "crunch": "krunsj", "Log roll": "Lok rol"}
# The same in all: "ee" is none of Kokoro's, "ui" is French, "eu" has nothing nearer.
_ALL: Final = {"e^ɪ": "eɪ", "œ^y": "œy", "ʌ^ʊ": "ʌʊ", "øː": "ɜː"}
# English has the long vowels under letters of its own.
_LONG: Final = {**_ALL, "i": "iː", "iː": "iː", "oː": "O", "eː": "A"}
BASES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "plain": {**_ALL, "ɛ^ɪ": "ɛɪ", "ɵ": "ə"},
        "wide": {**_LONG, "ɛ^ɪ": "æɪ", "ɵ": "ʌ"},
        "open": {**_LONG, "ɛ^ɪ": "I", "ɵ": "ə"},
    }
)
# What a base may be changed by: "wide+rolled" is the one table with the other's signs in it.
FEATURES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "rolled": {"r": "ɾ"},  # once, as in Spanish
        "long": {"i": "iː", "iː": "iː"},
        "round": {"øː": "ø"},
        "hard": {"əx": "ɪk"},  # the end of "twintig"
        "soft": {"əx": "əh"},
        "crisp": {"tˈi": "ʈˈiː"},  # the beginning of "tien", else heard as "ch"
    }
)
BLENDS: Final[Mapping[str, Blend]] = MappingProxyType(
    {
        "duo": {"af_heart": 1 / 2, "ff_siwis": 1 / 2},
        "trio": {"af_heart": 1 / 3, "ff_siwis": 1 / 3, "ef_dora": 1 / 3},
    }
)
SPEEDS: Final = (0.7, 1.3)
_TAKE: Final = re.compile(r"(\S+) (\S+) (\d\.?\d*)")


def as_seen(text: str) -> str:
    """Return a text as espeak-ng's Dutch has to see it."""
    for word, reading in READINGS.items():
        text = text.replace(word, reading)
    return text


@dataclass(frozen=True, slots=True)
class Take:
    """How a clip is spoken: the table of letters, the blend of voices, and how fast."""

    table: str
    blend: str
    speed: float

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the take that a text such as "wide+rolled trio 1.0" names.

        Raises:
            ValueError: It names none.
        """
        found = _TAKE.fullmatch(text)
        if found and _is_table(found[1]) and found[2] in BLENDS:
            take = cls(found[1], found[2], float(found[3]))
            if SPEEDS[0] <= take.speed <= SPEEDS[1]:
                return take
        raise ValueError(
            f'"{text}" is no take; give a table ({", ".join(BASES)}, with + {", ".join(FEATURES)}),'
            f" a blend ({', '.join(BLENDS)}) and a speed, such as: wide+rolled trio 1.0"
        )

    def spelt(self, ipa: str) -> str:
        """Return Dutch sounds, as espeak-ng ties them, in the letters of the table."""
        base, *features = self.table.split("+")
        table = dict(BASES[base])
        for feature in features:
            table |= FEATURES[feature]
        signs = "|".join(re.escape(sign) for sign in sorted(table, key=len, reverse=True))
        return re.sub(signs, lambda found: table[found[0]], ipa).replace("^", "")


def _is_table(name: str) -> bool:
    base, *features = name.split("+")
    return base in BASES and all(feature in FEATURES for feature in features)
