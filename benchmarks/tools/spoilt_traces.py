"""Landmark traces as nobody means them: what they hold, and what they say of themselves."""

import io
import random
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

import numpy as np

from tools.mutating import FLOATS, HOW_OFTEN, damaged

PER_POSE: Final = ("px", "z", "visibility", "world")
SCALES: Final = (0.0, 1e-9, 0.5, -1.0, 2.0, 100.0)


def damaged_trace(draw: random.Random, content: bytes) -> bytes:
    """Return an archive of arrays that is damaged, in its bytes or in what it holds."""
    if draw.random() < 0.4:
        return damaged(draw, content)
    with np.load(io.BytesIO(content)) as archive:
        arrays = {name: archive[name] for name in archive.files}
    members = {}
    for _ in range(draw.choice(HOW_OFTEN)):
        if draw.random() < 0.6:
            with suppress(ValueError, TypeError, IndexError):  # what was done before left no room
                draw.choice(_GENTLY)(draw, arrays)
        else:
            name = draw.choice(sorted(arrays))
            arrays[name] = draw.choice(_ARRAY_DAMAGES)(draw, arrays[name])
    for name, array in arrays.items():
        file = io.BytesIO()
        np.save(file, array, allow_pickle=array.dtype == object)
        members[name] = file.getvalue()
    if draw.random() < 0.15:
        name = draw.choice(sorted(members))
        members[name] = _lying(draw, members[name])
    return _archive(draw, members)


def _extreme_numbers(draw: random.Random, array: Any) -> Any:
    found = np.array(array, np.float64)
    flat = found.reshape(-1)
    for _ in range(draw.choice((1, 1, 20))):
        flat[draw.randrange(flat.size)] = draw.choice(FLOATS)
    return found


def _scaled(draw: random.Random, array: Any) -> Any:
    with np.errstate(all="ignore"):
        return np.asarray(array, np.float64) * draw.choice(FLOATS)


def _other_shape(draw: random.Random, array: Any) -> Any:
    shapes: tuple[Callable[[Any], Any], ...] = (
        lambda each: each[:0] if each.ndim else each,
        lambda each: each[..., np.newaxis],
        lambda each: each.reshape(-1),
        lambda each: np.repeat(each[np.newaxis], 3, axis=0),
        lambda _: np.zeros((1_000_000,)),
    )
    return draw.choice(shapes)(array)


def _other_kind(draw: random.Random, array: Any) -> Any:
    kind = draw.choice(("f2", "f4", ">f8", "i1", "u8", "c16", "U9", "?", "O"))
    with np.errstate(all="ignore"):
        return np.asarray(array).astype(kind)


def _shuffled(draw: random.Random, array: Any) -> Any:
    return array[::-1] if array.ndim and draw.random() < 0.5 else np.zeros_like(array)


_ARRAY_DAMAGES: Final = (
    *(_extreme_numbers, _extreme_numbers, _scaled, _other_shape, _other_kind, _shuffled),
)


# What is within the bounds, and which nobody films


def _nobody_for_a_while(draw: random.Random, arrays: dict[str, Any]) -> None:
    frames = len(arrays["t_s"])
    start = draw.randrange(frames)
    for name in PER_POSE:
        arrays[name][start : start + draw.choice((1, 5, frames))] = np.nan


def _another_size(draw: random.Random, arrays: dict[str, Any]) -> None:
    name = draw.choice(("px", "z", "world"))
    arrays[name] = arrays[name] * draw.choice(SCALES)


def _all_in_one_place(draw: random.Random, arrays: dict[str, Any]) -> None:
    frame = draw.randrange(len(arrays["t_s"]))
    arrays["px"][frame:] = draw.choice((0.0, 320.0, -9e4, 9e4))


def _leaps(draw: random.Random, arrays: dict[str, Any]) -> None:
    for _ in range(20):
        at = (draw.randrange(len(arrays["t_s"])), draw.randrange(33))
        arrays["px"][at] = draw.choice((-9e4, 0.0, 9e4))


def _unseen(draw: random.Random, arrays: dict[str, Any]) -> None:
    arrays["visibility"][:] = draw.choice((0.0, 1e-12, 0.5, 1.0))


def _other_times(draw: random.Random, arrays: dict[str, Any]) -> None:
    t_s = arrays["t_s"] - arrays["t_s"][0]
    t_s = t_s * draw.choice((1e-6, 0.01, 100.0, 6_000.0 / max(t_s[-1], 1e-9)))
    t_s[draw.randrange(len(t_s)) :] += draw.choice((0.0, 0.7, 60.0, 900.0))
    arrays["t_s"] = t_s + draw.choice((0.0, 1e5, 9e8))


def _other_facts(draw: random.Random, arrays: dict[str, Any]) -> None:
    arrays["size"] = np.array(draw.choice(((1, 1), (16_384, 1), (3, 4_000))))
    arrays["fps"] = np.array(draw.choice((0.001, 1.0, 9_999.0)))


def _fewer(draw: random.Random, arrays: dict[str, Any]) -> None:
    frames = draw.choice((1, 2, 3, 10))
    for name in ("t_s", *PER_POSE):
        arrays[name] = arrays[name][:frames]


_GENTLY: Final = (
    *(_nobody_for_a_while, _another_size, _all_in_one_place, _leaps, _unseen, _other_times),
    *(_other_facts, _fewer),
)


def _lying(draw: random.Random, member: bytes) -> bytes:
    """Return an array whose head says something else, or is none."""
    length = draw.choice(("0", "7", "99999999999", "9" * 99, "-1", "1e9", "2**40", "("))
    shape = f"({length}, 33, 2)"
    head = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}"
    heads = (head, head + "(" * 3_000, "{" * 3_000, " " * 60_000, head.replace("<f8", "|O"), "")
    text = draw.choice(heads).encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", min(len(text), 65_535)) + text + member[128:]


def _archive(draw: random.Random, members: dict[str, bytes]) -> bytes:
    methods = (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2)
    method = draw.choices(methods, (6, 2, 1, 1))[0]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.npy", content)
        if draw.random() < 0.1:
            archive.writestr("px.npy", bytes(50_000_000), zipfile.ZIP_DEFLATED)
        for number in range(draw.choices((0, 2_000), (9, 1))[0]):
            archive.writestr(f"{number}", b"")
    return file.getvalue()
