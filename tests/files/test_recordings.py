import os
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coreline.body.pose import LANDMARKS, Pose
from coreline.errors import BadOutputError, BadSourceError
from coreline.files.recordings import Trace, load_trace, save_trace
from coreline.limits import FRAMES, TRACE_BYTES

Arrays = dict[str, Any]


def a_pose(t_s: float, seed: int = 0) -> Pose:
    numbers = np.random.default_rng(seed)
    return Pose(
        t_s=t_s,
        xy_px=numbers.uniform(0.0, 640.0, (LANDMARKS, 2)),
        depth_px=numbers.normal(size=LANDMARKS),
        visibility=numbers.uniform(size=LANDMARKS),
        world_m=numbers.normal(size=(LANDMARKS, 3)),
        size_px=(640, 480),
    )


def some_arrays(frames: int = 4) -> Arrays:
    """Return the arrays of a sound trace; nobody is seen in its last frame."""
    arrays: Arrays = {
        "t_s": np.arange(frames) / 15.0,
        "px": np.full((frames, LANDMARKS, 2), 10.0),
        "z": np.zeros((frames, LANDMARKS)),
        "visibility": np.ones((frames, LANDMARKS)),
        "world": np.zeros((frames, LANDMARKS, 3)),
        "size": np.array([320, 240]),
        "fps": np.float64(15.0),
    }
    for name in ("px", "z", "visibility", "world"):
        arrays[name][-1] = np.nan
    return arrays


def written(folder: Path, arrays: Arrays) -> Path:
    path = folder / "trace.npz"
    np.savez(path, **arrays)
    return path


def same(one: Pose | None, other: Pose | None) -> bool:
    if one is None or other is None:
        return one is other
    names = ("xy_px", "depth_px", "visibility", "world_m")
    arrays = all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)
    facts = [(each.t_s, each.size_px, each.blurred) for each in (one, other)]
    return arrays and facts[0] == facts[1]


@settings(max_examples=25, deadline=None)
@given(
    steps_s=st.lists(st.floats(1e-3, 10.0), min_size=1, max_size=6),
    seen=st.lists(st.booleans(), min_size=6, max_size=6),
    blurred=st.lists(st.booleans(), min_size=6, max_size=6),
    fps=st.floats(1.0, 120.0),
)
def test_what_is_written_comes_back_to_the_bit(
    steps_s: list[float], seen: list[bool], blurred: list[bool], fps: float
) -> None:
    times_s = [float(t_s) for t_s in np.cumsum(steps_s)]
    frames = [
        (t_s, replace(a_pose(t_s, n), blurred=blurred[n]) if seen[n] else None)
        for n, t_s in enumerate(times_s)
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trace.npz"
        save_trace(path, frames, size_px=(640, 480), fps=fps)
        trace = load_trace(path)
    assert (trace.width, trace.height, trace.fps, len(trace)) == (640, 480, fps, len(frames))
    for (t_s, pose), (t_back_s, pose_back) in zip(frames, trace, strict=True):
        assert t_s == t_back_s
        assert same(pose, pose_back)


def test_facts_and_poses_of_a_trace(tmp_path: Path) -> None:
    trace = load_trace(written(tmp_path, some_arrays()))
    assert (trace.width, trace.height, trace.fps, trace.frames) == (320, 240, 15.0, 4)
    assert trace.duration_s == pytest.approx(4 / 15)
    poses = [pose for _, pose in trace]
    assert poses[3] is None
    assert poses[0] is not None
    assert poses[0].size_px == (320, 240)


def test_a_trace_can_be_read_through_twice(tmp_path: Path) -> None:
    trace = load_trace(written(tmp_path, some_arrays()))
    assert len(list(trace)) == len(list(trace)) == 4


def test_small_floats_a_missing_size_and_rate_are_made_good(tmp_path: Path) -> None:
    arrays = some_arrays()
    del arrays["size"], arrays["fps"]
    arrays = {name: array.astype(np.float16) for name, array in arrays.items()}
    arrays["t_s"] = np.array([0.0, 0.1, 0.2, 0.9], np.float32)
    trace = load_trace(written(tmp_path, arrays))
    assert (trace.width, trace.height) == (640, 480)
    assert trace.fps == pytest.approx(10.0)


def test_a_missing_size_grows_to_hold_the_body(tmp_path: Path) -> None:
    arrays = some_arrays()
    del arrays["size"]
    arrays["px"][0] = (1200.0, 600.0)
    trace = load_trace(written(tmp_path, arrays))
    assert (trace.width, trace.height) == (1200, 600)


def without(name: str) -> Callable[[Arrays], None]:
    return lambda arrays: arrays.pop(name)


def with_array(name: str, array: object) -> Callable[[Arrays], None]:
    return lambda arrays: arrays.update({name: np.array(array)})


def with_number(name: str, number: float) -> Callable[[Arrays], None]:
    return lambda arrays: arrays[name].__setitem__((0, 5), number)


def half_a_pose(arrays: Arrays) -> None:
    arrays["px"][1, 5] = np.nan


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (without("px"), "no array 'px'"),
        (without("t_s"), "no array 't_s'"),
        (with_array("px", np.zeros((4, 17, 2))), "'px' has shape"),
        (with_array("z", np.zeros((3, LANDMARKS))), "'z' has shape"),
        (with_array("t_s", 3.0), "'t_s' has shape"),
        (with_array("t_s", [0.0, 0.1, 0.1, 0.2]), "frame 2 at 0.100 s is not later"),
        (with_array("t_s", [0.0, 0.1, 0.05, 0.2]), "frame 2 at 0.050 s is not later"),
        (with_array("t_s", [0.0, np.nan, 0.1, 0.2]), "frame 1 has no time"),
        (with_array("t_s", ["a", "b", "c", "d"]), "'t_s' is no array of plain numbers"),
        (with_array("t_s", [0.0, 0.1, 0.2, np.inf]), "frame 3 has no time"),
        (with_array("t_s", [-1.0, 0.1, 0.2, 0.3]), "frame 0 at -1 s is no time"),
        (with_array("t_s", [0.0, 0.1, 0.2, 1e30]), "frame 3 at 1e.30 s is no time"),
        (with_array("t_s", [0.0, 0.1, 0.2, 1e5]), "lasts 100000 s, 7200 at most"),
        (with_number("px", 1e30), "frame 0 has a number in 'px'"),
        (with_number("px", np.inf), "frame 0 holds only part"),
        (with_number("visibility", -0.1), "number in 'visibility'"),
        (with_number("world", 1e3), "number in 'world'"),
        (with_number("z", -1e6), "number in 'z'"),
        (with_array("size", [0, 480]), "'size'"),
        (with_array("size", [640]), "'size'"),
        (with_array("size", [640, 1e30]), "'size'"),
        (with_array("size", np.zeros(5_000)), "'size' is 5000 numbers"),
        (with_array("fps", 0.0), "'fps'"),
        (with_array("fps", np.nan), "'fps'"),
        (with_array("fps", 1e30), "'fps'"),
        (with_array("fps", 1e-30), "'fps'"),
        (with_array("blurred", [0, 1]), "'blurred' has shape"),
        (with_array("blurred", [0, 1, 2, 0]), "'blurred' holds a number other"),
        (with_array("blurred", [0.0, np.nan, 0.0, 0.0]), "'blurred' holds a number other"),
        (half_a_pose, "frame 1 holds only part of a pose"),
    ],
)
def test_a_malformed_trace_is_refused_in_one_line(
    spoil: Callable[[Arrays], None], what: str, tmp_path: Path
) -> None:
    arrays = some_arrays()
    spoil(arrays)
    path = written(tmp_path, arrays)
    with pytest.raises(BadSourceError, match=what) as caught:
        load_trace(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_an_empty_trace_is_refused(tmp_path: Path) -> None:
    arrays = {name: array[:0] for name, array in some_arrays().items() if array.ndim}
    arrays["size"] = np.array([640, 480])
    with pytest.raises(BadSourceError, match="no frames"):
        load_trace(written(tmp_path, arrays))


def test_pickled_objects_are_never_opened(tmp_path: Path) -> None:
    arrays = some_arrays()
    arrays["px"] = np.array([{"a": 1}], dtype=object)
    with pytest.raises(BadSourceError, match="'px' is no array of plain numbers"):
        load_trace(written(tmp_path, arrays))


@pytest.mark.parametrize("data", [b"garbage", b"PK\x03\x04 but no more"])
def test_what_is_no_archive_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "trace.npz"
    path.write_bytes(data)
    with pytest.raises(BadSourceError, match="not a readable"):
        load_trace(path)


@pytest.mark.parametrize("share", [0.2, 0.6, 0.99])
def test_half_a_file_is_refused(share: float, tmp_path: Path) -> None:
    path = written(tmp_path, some_arrays())
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(BadSourceError):
        load_trace(path)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_damage_gets_past_the_door(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trace.npz"
        save_trace(path, [(0.0, a_pose(0.0)), (0.1, None)], size_px=(640, 480), fps=15.0)
        raw = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
        path.write_bytes(raw)
        with suppress(BadSourceError):
            assert load_trace(path).frames == 2


def test_a_single_array_a_folder_and_nothing_are_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "one.npy", np.zeros(3))
    with pytest.raises(BadSourceError, match="not a readable"):
        load_trace(tmp_path / "one.npy")
    with pytest.raises(BadSourceError, match="folder"):
        load_trace(tmp_path)
    with pytest.raises(BadSourceError, match="no such file"):
        load_trace(tmp_path / "nothing.npz")


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "trace.npz"
    save_trace(path, [(0.0, a_pose(0.0))], size_px=(640, 480), fps=15.0)
    before = path.read_bytes()
    twice = [(0.0, a_pose(0.0)), (0.0, a_pose(0.0))]
    for frames in ([], twice):
        with pytest.raises(ValueError, match="strictly increasing"):
            save_trace(path, frames, size_px=(640, 480), fps=15.0)
    assert [child.name for child in tmp_path.iterdir()] == ["trace.npz"]
    assert path.read_bytes() == before


def test_a_place_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BadOutputError, match="cannot be written"):
        save_trace(tmp_path / "no" / "trace.npz", [(0.0, None)], size_px=(640, 480), fps=15.0)
    (tmp_path / "taken").mkdir()
    with pytest.raises(BadOutputError, match="is a folder"):
        save_trace(tmp_path / "taken", [(0.0, None)], size_px=(640, 480), fps=15.0)
    assert [child.name for child in tmp_path.iterdir()] == ["taken"]


def test_a_trace_of_nobody_is_a_trace(tmp_path: Path) -> None:
    path = tmp_path / "empty-room.npz"
    save_trace(path, [(0.0, None), (0.1, None)], size_px=(640, 480), fps=10.0)
    trace: Trace = load_trace(path)
    assert [pose for _, pose in trace] == [None, None]


# What says of itself that it is larger than it can be


def with_member(path: Path, name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write a sound trace in which one array is these bytes."""
    arrays = some_arrays()
    np.savez(path, **{key: array for key, array in arrays.items() if key != name})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(f"{name}.npy", content, compress_type=method)
    return path


def npy(header: str, content: bytes = b"") -> bytes:
    """Return an array as numpy has it on disk, with any header."""
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + content


def header(shape: str, descr: str = "<f8") -> str:
    return f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}\n"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (npy(header("(4, 33, 2)"), bytes(4 * 66 * 8 - 1)), "not as long as it says"),
        (npy(header("(4, 33, 2)"), bytes(4 * 66 * 8 + 1)), "not as long as it says"),
        (npy(header("(999999999, 999999999, 2)")), "at most"),
        (npy(header("(200000, 33, 3)"), bytes(100)), "at most"),
        (npy(header(f"({'9' * 500},)")), "no array of plain numbers"),
        (npy(header("(4,)", "|O")), "no array of plain numbers"),
        (npy(header("(4,)", "<f8'") + "(" * 3_000), "no array of plain numbers"),
        (npy(" " * 60_000), "no array of plain numbers"),
        (b"\x93NUMPY\x02\x00\xff\xff\xff\xff", "no array of plain numbers"),
        (b"\x93NUMPY\x09\x00", "no array of numpy"),
        (b"\x93NUM", "no array of numpy"),
        (b"", "no array of numpy"),
    ],
)
def test_an_array_that_lies_of_itself_is_refused(content: bytes, what: str, tmp_path: Path) -> None:
    with pytest.raises(BadSourceError, match=f"'px' .*{what}"):
        load_trace(with_member(tmp_path / "a.npz", "px", content))


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_way_of_packing_that_numpy_does_not_use_is_not_read(method: int, tmp_path: Path) -> None:
    path = with_member(tmp_path / "a.npz", "px", npy(header("(4, 33, 2)")), method)
    with pytest.raises(BadSourceError, match="packed in a way that is not read"):
        load_trace(path)


def test_gigabytes_of_a_few_kilobytes_are_not_unpacked(tmp_path: Path) -> None:
    huge = npy(header("(4, 33, 2)"), bytes(60_000_000))
    path = with_member(tmp_path / "a.npz", "px", huge)
    del huge
    tracemalloc.start()
    with pytest.raises(BadSourceError, match="not as long as it says"):
        load_trace(path)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_trace_of_more_frames_than_an_exercise_has_is_refused(tmp_path: Path) -> None:
    times = npy(header(f"({FRAMES + 1},)"), np.arange(FRAMES + 1.0).tobytes())
    with pytest.raises(BadSourceError, match="has 108001 frames, 108000 at most"):
        load_trace(with_member(tmp_path / "a.npz", "t_s", times))


def test_a_list_of_members_that_would_fill_the_memory_is_not_read(tmp_path: Path) -> None:
    path = written(tmp_path, some_arrays())
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(200):
            archive.writestr(f"{number}", b"")
    with pytest.raises(BadSourceError, match="more members than a trace"):
        load_trace(path)


def test_a_file_larger_than_any_trace_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    with path.open("wb") as file:
        file.truncate(TRACE_BYTES + 1)
    with pytest.raises(BadSourceError, match="is larger than 224 MB"):
        load_trace(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes to make")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.npz")
    with pytest.raises(BadSourceError, match="is no regular file"):
        load_trace(tmp_path / "a.npz")
