"""Clips of rendered people as files: what is kept of them, and who may be looked at."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack_people import main
from tools.recorded_people import (
    FOLDER,
    HALVES,
    KNOWN,
    STRANGERS,
    files_in,
    half_of,
    load_person,
    packed,
)

from coreline.errors import BadSourceError
from coreline.files.recordings import load_trace

FPS = 12.0


def a_raw_clip(folder: Path, name: str, frames: int = 30, seed: int = 0) -> dict[str, np.ndarray]:
    """Write a clip as the generator leaves it, and return its landmarks."""
    random = np.random.default_rng(seed)
    t_s = np.arange(frames) / FPS
    arrays = {
        "t_s": t_s,
        "px": random.uniform(-50.0, 640.0, (frames, 33, 2)),
        "z": random.uniform(-300.0, 300.0, (frames, 33)),
        "visibility": random.uniform(0.0, 1.0, (frames, 33)),
        "world": random.uniform(-1.5, 1.5, (frames, 33, 3)),
    }
    for each in ("px", "z", "visibility", "world"):
        arrays[each][3] = np.nan
    rest = {"size": np.array([640, 480]), "fps": np.array(FPS)}
    np.savez(folder / f"{name}.landmarks.npz", allow_pickle=False, **arrays, **rest)
    truth = {"meta": {"exercise": name}, "expected": {"reps": []}, "frames": a_truth(t_s)}
    (folder / f"{name}.json.gz").write_bytes(gzip.compress(json.dumps(truth).encode()))
    return arrays


def a_truth(t_s: np.ndarray) -> list[dict[str, Any]]:
    return [
        {"t_s": at_s, "phase": "rest" if at_s < 1.0 else "rep 1 good", "bend_deg": -3.25 * at_s}
        | {"roll_deg": 400.0 * at_s, "xyz": [[1.0]], "px": [[2.0]]}
        for at_s in t_s.tolist()
    ]


def test_a_packed_clip_is_a_trace_with_its_numbers_rounded(tmp_path: Path) -> None:
    raw = a_raw_clip(tmp_path, "x--3")
    main([str(tmp_path), "--into", str(tmp_path)])
    trace = load_trace(tmp_path / KNOWN / "x--3.npz")
    steps = {"t_s": 1e-6, "px": 0.25, "z": 0.5, "visibility": 1 / 256, "world": 1 / 128}
    for name, step in steps.items():
        assert getattr(trace, name) == pytest.approx(raw[name], abs=step / 2, nan_ok=True), name
    assert (trace.width, trace.height, trace.fps) == (640, 480, FPS)


def test_a_packed_clip_keeps_what_is_compared_and_nothing_else(tmp_path: Path) -> None:
    a_raw_clip(tmp_path, "x--4")
    main([str(tmp_path), "--into", str(tmp_path)])
    before = load_person(tmp_path / "x--4.json.gz").document
    after = load_person(tmp_path / STRANGERS / "x--4.npz").document
    assert (after["meta"], after["expected"]) == (before["meta"], before["expected"])
    for old, new in zip(before["frames"], after["frames"], strict=True):
        assert set(new) == {"t_s", "phase", "bend_deg", "roll_deg"}
        assert new["phase"] == old["phase"]
        assert new["t_s"] == pytest.approx(old["t_s"], abs=1e-6)
        assert new["bend_deg"] == pytest.approx(old["bend_deg"], abs=0.0501)
        assert new["roll_deg"] == pytest.approx(old["roll_deg"], abs=0.0501)


def test_packing_again_gives_the_same_bytes(tmp_path: Path) -> None:
    a_raw_clip(tmp_path, "x--5")
    once = packed(load_person(tmp_path / "x--5.json.gz"))
    assert packed(load_person(tmp_path / "x--5.json.gz")) == once
    (tmp_path / "x--5.npz").write_bytes(once)
    assert packed(load_person(tmp_path / "x--5.npz")) == once


def test_clips_go_to_the_half_of_their_seed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for seed in (1, 2, 10, 11):
        a_raw_clip(tmp_path, f"x--{seed}")
    (tmp_path / "x--12.json.gz").touch()  # has no landmarks yet
    main([str(tmp_path), "--into", str(tmp_path)])
    assert [path.stem for path in files_in(tmp_path / KNOWN)] == ["x--1", "x--11"]
    assert [path.stem for path in files_in(tmp_path / STRANGERS)] == ["x--10", "x--2"]
    assert [line.split(",")[0] for line in capsys.readouterr().out.splitlines()] == [
        "known: 2 clips",
        "strangers: 2 clips",
    ]


@given(st.integers(0, 10**9))
def test_odd_seeds_are_known_and_even_ones_are_not(seed: int) -> None:
    assert half_of(f"adv-log-roll--{seed}") == (KNOWN if seed % 2 else STRANGERS)


@pytest.mark.parametrize("name", ["w12-back-bridge", "x--", "x--a1", "5"])
def test_a_name_without_a_seed_is_refused(name: str) -> None:
    with pytest.raises(BadSourceError, match="rename the clip"):
        half_of(name)


def test_a_truth_of_other_frames_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_raw_clip(tmp_path, "x--1", frames=30)
    a_raw_clip(tmp_path, "y--1", frames=31)
    (tmp_path / "y--1.json.gz").replace(tmp_path / "x--1.json.gz")
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path), "--into", str(tmp_path)])
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert "is not of the frames of its truth" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "content"), [("x--1.npz", b"PK\x03\x04"), ("x--1.json.gz", b"no gzip"), (None, b"")]
)
def test_what_is_no_clip_is_refused(tmp_path: Path, name: str | None, content: bytes) -> None:
    if name is not None:
        a_raw_clip(tmp_path, "x--1")
        (tmp_path / name).write_bytes(content)
    with pytest.raises(BadSourceError):
        load_person(files_in(tmp_path)[0])


def test_the_projects_people_lie_in_their_halves_and_are_small() -> None:
    files = {half: files_in(FOLDER / half) for half in HALVES}
    for half, paths in files.items():
        assert len(paths) >= 70
        assert {half_of(path.stem) for path in paths} == {half}
    assert sum(path.stat().st_size for each in files.values() for path in each) <= 25_000_000


def test_a_person_of_the_project_has_landmarks_and_truth_of_the_same_frames() -> None:
    for half in HALVES:
        for path in files_in(FOLDER / half)[::10]:
            person, trace = load_person(path), load_trace(path)
            times_s = [frame["t_s"] for frame in person.document["frames"]]
            assert times_s == pytest.approx(trace.t_s)
            assert person.document["meta"]["seed"] == int(path.stem.rpartition("--")[2])
