"""The checks of the machine, each with a thing that is really broken."""

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coreline.choices.settings import Settings
from coreline.doctor.finding import Finding, Severity, Topic
from coreline.doctor.machine import (
    check_clock,
    check_folder,
    check_journal,
    check_models,
    check_opencv,
    check_packages,
    check_settings,
    settings_or_usual,
)
from coreline.files.resources import resource_dir
from coreline.journal.database import open_journal
from coreline.programme.language import LANGUAGES
from journal_values import ANNA, DAY

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
PROC = Path("/proc/coreline")


def codes(found: list[Finding]) -> list[str]:
    for finding in found:
        for language in LANGUAGES:
            assert finding.what(language)
            assert (finding.fix(language) is None) == (finding.state is Severity.OK)
    return [finding.code for finding in found]


def install(folder: Path, name: str, version: str = "1.0") -> None:
    """Put there what an installer leaves of a package."""
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")


def test_what_is_installed_here_is_in_order() -> None:
    assert codes(check_packages()) == ["there"]
    assert codes(check_opencv()) == ["one"]


def test_two_opencvs_are_found_with_the_fix(tmp_path: Path) -> None:
    install(tmp_path, "opencv-contrib-python", "5.0.0")
    install(tmp_path, "opencv_python", "4.12.0")
    found = check_opencv([str(tmp_path)])
    assert codes(found) == ["more_than_one"]
    assert found[0].state is Severity.BAD
    assert "opencv-contrib-python 5.0.0, opencv-python 4.12.0" in found[0].what("en")
    assert (
        "pip uninstall -y opencv-contrib-python opencv-python`, then `python -m pip install "
        "opencv-contrib-python`"
    ) in str(found[0].fix("en"))
    install(tmp_path, "opencv-python-headless")
    assert check_opencv([str(tmp_path)])[0].values["count"] == 3


def test_no_opencv_is_found(tmp_path: Path) -> None:
    assert codes(check_opencv([str(tmp_path)])) == ["none"]


@pytest.mark.parametrize("reader", ["importlib.metadata", "importlib_metadata"])
def test_missing_packages_and_two_pygames_are_found(reader: str, tmp_path: Path) -> None:
    """Whichever reads: the second takes the first one's place in a process that loaded it."""
    pytest.importorskip(reader)
    for name in ("mediapipe", "numpy", "pygame", "pygame-ce", "pydantic", "Jinja2"):
        install(tmp_path, name)
    (tmp_path / "half_removed-1.0.dist-info").mkdir()
    nameless = tmp_path / "nameless-1.0.dist-info"
    nameless.mkdir()
    (nameless / "METADATA").write_text("Metadata-Version: 2.1\n", encoding="utf-8")
    found = check_packages([str(tmp_path)])
    assert codes(found) == ["missing", "two_pygames"]
    assert found[0].values["names"] == "platformdirs, tomlkit"
    assert found[1].values["names"] == "pygame pygame-ce"


def test_settings_that_are_there_missing_and_broken(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    assert codes(check_settings(path)) == ["usual"]
    path.write_text("sound = 'mute'", encoding="utf-8")
    assert codes(check_settings(path)) == ["own"]
    assert settings_or_usual(path) == Settings(sound="mute")
    path.write_text("\nsound = 'loud'", encoding="utf-8")
    found = check_settings(path)
    assert codes(found) == ["malformed"]
    assert f"{path}:2: sound" in found[0].what("nl")
    assert settings_or_usual(path) == Settings()


def test_a_folder_that_is_private_open_and_not_there_yet(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert codes(check_folder(Topic.DATA_FOLDER, folder / "deep")) == ["writable"]
    assert not folder.exists()
    folder.mkdir(mode=0o700)
    assert codes(check_folder(Topic.DATA_FOLDER, folder)) == ["writable"]
    assert list(folder.iterdir()) == []
    if sys.platform != "win32":
        folder.chmod(0o750)
        assert codes(check_folder(Topic.CONFIG_FOLDER, folder)) == ["writable", "open_to_others"]


def test_a_file_in_the_folder_s_place_is_found(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    for folder in (tmp_path / "data", tmp_path / "data" / "deep"):
        found = check_folder(Topic.DATA_FOLDER, folder)
        assert codes(found) == ["not_writable"]
        assert found[0].values["path"] == str(folder)
        assert "CORELINE_DATA_DIR" in str(found[0].fix("en"))


@pytest.mark.skipif(not PROC.parent.is_dir(), reason="no /proc, where nobody can make a file")
def test_a_folder_that_cannot_be_written_in_is_found() -> None:
    found = check_folder(Topic.CONFIG_FOLDER, PROC)
    assert codes(found) == ["not_writable"]
    assert "CORELINE_CONFIG_DIR" in str(found[0].fix("nl"))


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="whoever may do all is not kept out"
)
def test_a_read_only_folder_is_found(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert codes(check_folder(Topic.DATA_FOLDER, tmp_path)) == ["not_writable"]
    tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("free_mb", "code"), [(49, "no_room"), (499, "little_room"), (501, "writable")]
)
def test_a_disk_that_fills_up_is_found(
    free_mb: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type(shutil.disk_usage(tmp_path))(10**12, 10**12, free_mb * 10**6)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    tmp_path.chmod(0o700)
    for topic in (Topic.DATA_FOLDER, Topic.CONFIG_FOLDER):
        assert codes(check_folder(topic, tmp_path)) == [code]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "coreline.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE held (place INTEGER PRIMARY KEY, held_s REAL)")
        database.executemany("INSERT INTO held VALUES (?, 30.0)", [(n,) for n in range(5000)])
        database.commit()
    return path


def test_a_journal_that_is_whole_and_none_yet(journal: Path, tmp_path: Path) -> None:
    before = journal.read_bytes()
    assert codes(check_journal(journal)) == ["whole"]
    assert journal.read_bytes() == before
    assert codes(check_journal(tmp_path / "none.sqlite3")) == ["none_yet"]
    assert not (tmp_path / "none.sqlite3").exists()


def test_a_journal_that_is_being_written_is_whole(journal: Path) -> None:
    with closing(sqlite3.connect(journal)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO held VALUES (9999, 1.0)")
        assert codes(check_journal(journal)) == ["whole"]
        writer.rollback()


@pytest.mark.parametrize("harm", ["head", "page", "cut", "text"])
def test_a_damaged_journal_is_found_and_left_as_it_is(journal: Path, harm: str) -> None:
    data = bytearray(journal.read_bytes())
    match harm:
        case "head":
            data[:16] = bytes(16)
        case "page":
            data[8192:8292] = b"\xff" * 100
        case "cut":
            data = data[: len(data) // 2]
        case _:
            data = bytearray(b"these are notes\n" * 100)
    journal.write_bytes(data)
    assert codes(check_journal(journal)) == ["damaged"]
    assert journal.read_bytes() == data


def test_a_folder_in_the_journal_s_place_is_found(tmp_path: Path) -> None:
    assert codes(check_journal(tmp_path)) == ["unreadable"]


def test_a_clock_that_is_behind_is_found(tmp_path: Path) -> None:
    written = tmp_path / "settings.toml"
    written.touch()
    then = datetime.fromtimestamp(written.stat().st_mtime, UTC)
    evidence = [written, tmp_path / "none"]
    assert codes(check_clock(then + timedelta(hours=1), evidence)) == ["right"]
    assert codes(check_clock(then - timedelta(hours=23), evidence)) == ["right"]
    assert codes(check_clock(then - timedelta(days=2), evidence)) == ["behind"]
    assert codes(check_clock(NOW, [])) == ["right"]


def test_the_models_that_come_along_are_whole() -> None:
    found = check_models("full")
    assert codes(found) == ["whole"]
    assert "full, lite" in found[0].what("en")


def test_an_altered_and_a_missing_model_are_found(tmp_path: Path) -> None:
    shutil.copytree(resource_dir("models"), tmp_path, dirs_exist_ok=True)
    bundle = tmp_path / "pose_landmarker_lite.task"
    data = bytearray(bundle.read_bytes())
    data[1000] ^= 1
    bundle.write_bytes(data)
    (tmp_path / "pose_landmarker_full.task").unlink()
    found = check_models("full", tmp_path)
    assert codes(found) == ["refused", "refused"]
    assert [each.values["model"] for each in found] == ["full", "lite"]


def test_a_model_that_one_makes_oneself_is_missed_only_when_chosen() -> None:
    if not (resource_dir("models") / "pose_landmarker_heavy.task").exists():
        found = check_models("heavy")
        assert codes(found) == ["refused"]
        assert "build_models.py" in found[0].what("en")


def test_no_models_at_all_are_found(tmp_path: Path) -> None:
    assert codes(check_models("full", tmp_path)) == ["refused"] * 3


def test_a_journal_that_is_gone_or_was_damaged_is_not_none_yet(tmp_path: Path) -> None:
    path = tmp_path / "coreline.sqlite3"
    with open_journal(path, today=DAY) as kept:
        kept.save_profile(ANNA)
    assert codes(check_journal(path)) == ["whole"]
    path.unlink()
    assert codes(check_journal(path)) == ["gone"]
    with open_journal(path, today=DAY) as kept:
        assert codes(check_journal(path)) == ["whole", "to_read"]
        kept.acknowledge()
    assert codes(check_journal(path)) == ["whole"]
