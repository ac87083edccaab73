"""How long a recording can become when it is decoded, looked at before it is.

What a file says of its length may be a lie, and of a few kilobytes a decoder makes hours. So its
frames or packets are counted, and each is taken to be as long as one can be: a recording of speech
comes out up to twice as long as it is, and none comes out shorter.
"""

import re
import struct
from dataclasses import dataclass
from typing import Final

from coreline.limits import SOUND_CHANNELS, SOUND_HZ, SOUND_S, SOUND_SAMPLES

_FORMATS: Final = "record it as WAV, OGG, FLAC or MP3"
_FORMATS_NL: Final = "neem hem op als WAV, OGG, FLAC of MP3"
_WAV_BITS: Final = (4, 8, 16, 24, 32, 64)
_OGG_HEAD: Final = 27  # bytes of a page before its list of segments
_WHOLE: Final = 255  # a segment of this length is not its packet's last
_VORBIS: Final = re.compile(rb"\x01vorbis.{4}(.)(.{4}).{12}(.)", re.DOTALL)
_OPUS_HZ: Final = 48_000
_OPUS_PACKET_S: Final = 0.12
_FLAC_INFO: Final = struct.Struct(">4xB3xHH6xQ")
_FLAC_FRAMES: Final = (b"\xff\xf8", b"\xff\xf9")
# Version and layer in the second byte, rate in the third; what is no header in either is left out.
_MP3_FRAME: Final = re.compile(rb"\xff([\xe2-\xe7\xf2-\xf7\xfa-\xff])([\x00-\xef])")
_MP3_HZ: Final = (11_025, 12_000, 8_000)  # of version 2.5; twice that of 2, four times of 1
_MP3_TIMES: Final = {0b00: 1, 0b10: 2, 0b11: 4}
_MP3_SAMPLES: Final = {0b00: 576, 0b10: 576, 0b11: 1_152}


class UnfitSoundError(ValueError):
    """A recording is none that is played; says why and how to mend it, `nl` in Dutch."""

    def __init__(self, en: str, nl: str) -> None:
        super().__init__(en)
        self.nl = nl


@dataclass(frozen=True, slots=True)
class Length:
    """At most so many samples of each channel."""

    samples: int
    rate_hz: int
    channels: int

    @property
    def seconds(self) -> float:
        """Return how long they last."""
        return self.samples / self.rate_hz


def check_length(content: bytes) -> None:
    """Refuse a recording that is none, or can become longer than one can be.

    Raises:
        UnfitSoundError: It is, in words for the person.
    """
    try:
        found = _length(content)
    except (struct.error, IndexError) as error:
        raise UnfitSoundError(
            "it is cut off; record it again", "hij is afgekapt; neem hem opnieuw op"
        ) from error
    if found is None:
        raise UnfitSoundError(
            f"it is no recording that is read; {_FORMATS}",
            f"het is geen opname die te lezen is; {_FORMATS_NL}",
        )
    if not SOUND_HZ[0] <= found.rate_hz <= SOUND_HZ[1]:
        raise UnfitSoundError(
            f"it has {found.rate_hz} samples a second; record it in 48000",
            f"hij heeft {found.rate_hz} metingen per seconde; neem hem op met 48000",
        )
    if not 1 <= found.channels <= SOUND_CHANNELS:
        raise UnfitSoundError(
            f"it has {found.channels} channels; record it in one",
            f"hij heeft {found.channels} kanalen; neem hem op in één",
        )
    if found.seconds > SOUND_S or found.samples * found.channels > SOUND_SAMPLES:
        raise UnfitSoundError(
            f"it can last {found.seconds:.0f} s, {SOUND_S:.0f} at most; cut it down",
            f"hij kan {found.seconds:.0f} s duren, hoogstens {SOUND_S:.0f} mag; kort hem in",
        )


def _length(content: bytes) -> Length | None:
    """Return how long it can become; None of what is no recording."""
    match content[:4]:
        case b"RIFF":
            return _wav(content)
        case b"OggS":
            return _ogg(content)
        case b"fLaC":
            return _flac(content)
        case _:
            return _mp3(content)


def _wav(content: bytes) -> Length | None:
    at = content.find(b"fmt ", 12)
    if content[8:12] != b"WAVE" or at < 0:
        return None
    channels, rate_hz, bits = struct.unpack_from("<HI6xH", content, at + 10)
    if bits not in _WAV_BITS:
        return None
    return Length(len(content) * 8 // (bits * max(channels, 1)), rate_hz, channels)


def _ogg(content: bytes) -> Length | None:
    if content.startswith(b"OpusHead", _OGG_HEAD + content[_OGG_HEAD - 1]):
        return Length(round(_packets(content) * _OPUS_PACKET_S * _OPUS_HZ), _OPUS_HZ, 2)
    heads = _VORBIS.findall(content)
    if not heads:
        return None
    longest = max(1 << (sizes[0] >> 4) for _, _, sizes in heads)
    rates_hz = [int.from_bytes(rate, "little") for _, rate, _ in heads]
    return Length(
        _packets(content) * longest // 2, min(rates_hz), max(channels[0] for channels, *_ in heads)
    )


def _packets(content: bytes) -> int:
    """Return how many packets end in the pages of an Ogg file."""
    found = 0
    for page in re.finditer(b"OggS", content):
        head = page.start() + _OGG_HEAD
        segments = content[head : head + (content[head - 1] if head <= len(content) else 0)]
        found += sum(each < _WHOLE for each in segments)
    return found


def _flac(content: bytes) -> Length:
    _, _, longest, packed = _FLAC_INFO.unpack_from(content)
    frames = sum(content.count(each) for each in _FLAC_FRAMES)
    return Length(frames * longest, packed >> 44, (packed >> 41 & 0b111) + 1)


def _mp3(content: bytes) -> Length | None:
    first = _MP3_FRAME.search(content)
    if first is None or not (content.startswith(b"ID3") or first.start() == 0):
        return None
    rate = first[2][0] >> 2 & 0b11
    if rate == len(_MP3_HZ):
        return None
    samples = sum(_MP3_SAMPLES[_version(each[1])] for each in _MP3_FRAME.finditer(content))
    return Length(samples, _MP3_HZ[rate] * _MP3_TIMES[_version(first[1])], 2)


def _version(second: bytes) -> int:
    return second[0] >> 3 & 0b11
