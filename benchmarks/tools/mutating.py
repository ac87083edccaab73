"""Bytes and texts as nobody means them: damaged, cut, spliced, and with values that nothing has.

Everything is drawn with the generator that is handed in, so that a file can be made again.
"""

import json
import random
import re
import struct
from collections.abc import Callable, Sequence
from typing import Final

NUMBERS: Final = (
    *("0.0", "0.5", "1", "1.0", "2", "3.0", "10", "90.0", "100", "-5.0", "180", "600.0", "1e6"),
    *("0", "-1", "-0.0", "1e999", "-1e999", "1e308", "1e-320", "nan", "inf", "-inf", "true"),
    *("9" * 30, "9" * 400, "9" * 5_000, "0x" + "f" * 30, "2147483648", "9223372036854775808"),
)
TEXTS: Final = (
    *("", " ", "\x1b[2J", "a\nb", "\u202egpj", "\u2066", "\x00", "\ufeff", "\x9b31m"),
    *("x" * 300, "x" * 100_000, "{0}", "{", "%s", "../../etc/passwd", "<script>", "=1+1"),
    *("0001-01-01", "9999-12-31", "2026-02-31", "2026-11-01T10:00:00", "left", "w12"),
)
WORDS: Final = tuple(struct.pack("<q", each) for each in (0, -1, 2**31 - 1, 2**63 - 1, -(2**63)))
FLOATS: Final = (0.0, -1.0, 1e30, -1e30, 1e308, 1e-310, float("inf"), float("-inf"), float("nan"))
DEEP: Final = 20_000
_NUMBER: Final = re.compile(r"-?\b\d+(?:\.\d+)?\b")
HOW_OFTEN: Final = (1, 1, 1, 2, 4)


def damaged(draw: random.Random, content: bytes) -> bytes:
    """Return bytes with one to four things done to them, mostly one."""
    found = bytearray(content)
    for _ in range(draw.choice(HOW_OFTEN)):
        draw.choice(_DAMAGES)(draw, found)
    return bytes(found)


def _flip(draw: random.Random, content: bytearray) -> None:
    for _ in range(draw.choice((1, 1, 8, 64))):
        if content:
            content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)


def _cut(draw: random.Random, content: bytearray) -> None:
    del content[draw.randint(0, len(content)) :]


def _take_out(draw: random.Random, content: bytearray) -> None:
    start, end = _span(draw, content)
    del content[start:end]


def _repeat(draw: random.Random, content: bytearray) -> None:
    start, end = _span(draw, content)
    piece = bytes(content[start : min(end, start + 2_000)])
    content[end:end] = piece * draw.choice((1, 2, 50, 500))


def _splice(draw: random.Random, content: bytearray) -> None:
    start, end = _span(draw, content)
    at = draw.randint(0, len(content))
    content[at : at + end - start] = content[start:end]


def _overwrite(draw: random.Random, content: bytearray) -> None:
    start, end = _span(draw, content)
    content[start:end] = draw.randbytes(end - start)


def _put_extreme(draw: random.Random, content: bytearray) -> None:
    size = draw.choice((1, 2, 4, 8))
    word = draw.choice((*WORDS, struct.pack("<d", draw.choice(FLOATS))))[:size]
    at = draw.randint(0, max(len(content) - size, 0))
    content[at : at + size] = word


def _fill(draw: random.Random, content: bytearray) -> None:
    at = draw.randint(0, len(content))
    content[at:at] = draw.choice((b"\0", b"\xff", b"[", b"{", b"9")) * draw.choice((9, 900, 90_000))


def _span(draw: random.Random, content: bytearray) -> tuple[int, int]:
    start = draw.randint(0, len(content))
    return start, min(len(content), start + draw.choice((1, 8, 64, 512, 4_096)))


_DAMAGES: Final = (_flip, _flip, _cut, _take_out, _repeat, _splice, _overwrite, _put_extreme, _fill)


# Texts: TOML and JSON


def damaged_text(draw: random.Random, text: str) -> bytes:
    """Return a text of lines with keys and values, with one to four things done to it."""
    lines = text.split("\n")
    for _ in range(draw.choice(HOW_OFTEN)):
        draw.choice(_TEXT_DAMAGES)(draw, lines)
    whole = "\n".join(lines).encode("utf-8", "surrogatepass")
    return damaged(draw, whole) if draw.random() < 0.15 else whole


def _other_value(draw: random.Random, lines: list[str]) -> None:
    at = _line_with(draw, lines, "=:")
    sign = "=" if "=" in lines[at] else ":"
    key, _, _ = lines[at].partition(sign)
    comma = "," if lines[at].rstrip().endswith(",") else ""
    lines[at] = f"{key}{sign} {_value(draw)}{comma}"


def _other_number(draw: random.Random, lines: list[str]) -> None:
    at = _line_with(draw, lines, "0123456789")
    digits = [place for place, sign in enumerate(lines[at]) if sign.isdigit()]
    if digits:
        place = draw.choice(digits)
        lines[at] = lines[at][:place] + draw.choice(NUMBERS) + lines[at][place + 1 :]


def _near_number(draw: random.Random, lines: list[str]) -> None:
    """Put another number of the same kind in place of one, as a slip of the pen would."""
    at = _line_with(draw, lines, "0123456789")
    found = list(_NUMBER.finditer(lines[at]))
    if found:
        chosen = draw.choice(found)
        value = float(chosen[0]) * draw.choice((0.0, -1.0, 0.1, 0.5, 0.9, 1.1, 2.0, 10.0, 1e4))
        other = f"{value:.6g}" if "." in chosen[0] else f"{value:.0f}"
        other += ".0" if "." in chosen[0] and other.lstrip("-").isdecimal() else ""
        lines[at] = lines[at][: chosen.start()] + other + lines[at][chosen.end() :]


def _other_text(draw: random.Random, lines: list[str]) -> None:
    at = _line_with(draw, lines, '"')
    start, end = lines[at].find('"'), lines[at].rfind('"')
    if 0 <= start < end:
        lines[at] = f"{lines[at][:start]}{json.dumps(draw.choice(TEXTS))}{lines[at][end + 1 :]}"


def _other_key(draw: random.Random, lines: list[str]) -> None:
    at = _line_with(draw, lines, "=:")
    lines[at] = draw.choice(("x", '"\\u001b"', "a.b.c", "''", "id")) + lines[at].lstrip("abcdefgh")


def _twice(draw: random.Random, lines: list[str]) -> None:
    lines.insert(draw.randint(0, len(lines)), draw.choice(lines))


def _gone(draw: random.Random, lines: list[str]) -> None:
    at = draw.randrange(len(lines))
    del lines[at : at + draw.choice((1, 1, 5))]
    lines[:] = lines or [""]


def _deep(draw: random.Random, lines: list[str]) -> None:
    deep = draw.choice((20, 200, DEEP))
    shapes = (
        *("x = " + "[" * deep, "x = " + "[" * deep + "]" * deep, "x = " + "{a = " * deep),
        *("[" + "a." * deep + "a]", ".".join("a" * deep) + " = 1", '"x": ' + "[" * deep),
    )
    lines.insert(draw.randint(0, len(lines)), draw.choice(shapes))


def _many(draw: random.Random, lines: list[str]) -> None:
    many = draw.choice((200, 5_000, 20_000))
    shapes = (
        "\n".join(f"k{number} = 1" for number in range(many)),
        "[[a]]\n" * many,
        "x = [" + "1, " * many + "]",
        "x = [" + "{a = 1}, " * many + "]",
    )
    lines.insert(draw.randint(0, len(lines)), draw.choice(shapes))


def _value(draw: random.Random) -> str:
    text = json.dumps(draw.choice(TEXTS))
    return draw.choice((draw.choice(NUMBERS), text, text, f"[{text}]", "{}", "[]", "[[[]]]"))


def _line_with(draw: random.Random, lines: list[str], signs: str) -> int:
    fitting = [at for at, line in enumerate(lines) if any(sign in line for sign in signs)]
    return draw.choice(fitting or range(len(lines)))


_TEXT_DAMAGES: Final[Sequence[Callable[[random.Random, list[str]], None]]] = (
    *(_near_number,) * 8,
    *(_other_text, _other_text, _other_value, _other_value, _other_number, _other_number),
    *(_other_key, _twice, _gone, _deep, _many),
)
