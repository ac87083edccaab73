"""How a text sounds, as espeak-ng writes it: in the phonetic alphabet, with a sign that ties."""

import ctypes
import re
from typing import Final

import espeakng_loader

TIE: Final = "^"  # between the two signs of one sound
_TIED_IPA: Final = (ord(TIE) << 8) | 0x82  # espeak's phoneme mode
_UTF_8: Final = 1
# A word that espeak-ng takes for another language's stands between marks such as (en) and (nl).
_LANGUAGE_MARK: Final = re.compile(r"\([a-z^-]+\)")


class Espeak:
    """Spells one language the way it sounds."""

    def __init__(self, language: str) -> None:
        """Load it; `language` is one of espeak-ng's voices, such as en-us."""
        self._language = language.encode()
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        data = espeakng_loader.get_data_path().encode()
        self._library.espeak_Initialize(2, 0, data, 0)

    def of(self, text: str) -> str:
        """Return the sounds of a text; its punctuation stays, for the voice heeds it."""
        self._library.espeak_SetVoiceByName(self._language)  # the library has one for all
        pieces = re.findall(r"[,.;:!?]|[^,.;:!?]+", text)
        spelt = [piece if piece in ",.;:!?" else self._piece(piece) for piece in pieces]
        return re.sub(r"\s+(?=[,.;:!?])", "", " ".join(part for part in spelt if part))

    def _piece(self, piece: str) -> str:
        buffer = ctypes.create_string_buffer(piece.strip().encode())
        place = ctypes.c_void_p(ctypes.addressof(buffer))
        said = []
        while place.value:
            part = self._library.espeak_TextToPhonemes(ctypes.byref(place), _UTF_8, _TIED_IPA)
            said.append(part.decode())
        return _LANGUAGE_MARK.sub("", " ".join(said)).strip()
