"""Results on disk: whole or not at all, and one clear line when it cannot be."""

import csv
import errno
import os
import shutil
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coreline.errors import BadOutputError
from coreline.files.writing import opened, write_bytes, write_csv, write_text
from targets import FULL, NULL, device, is_still, needs_pipes, pipe, read_from

OLD = "the old one"
LIMIT_S = 60.0  # ends what would wait for ever
LIMITED = """
import resource, sys
from pathlib import Path
from coreline.errors import BadOutputError
from coreline.files.writing import write_bytes
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    write_bytes(Path(sys.argv[1]), bytes(100_000))
except BadOutputError as error:
    print(error)
"""
needs_modes = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


def refusal(path: Path) -> str:
    with pytest.raises(BadOutputError) as caught:
        write_text(path, "new")
    line = str(caught.value)
    assert "\n" not in line
    assert ";" in line
    return line


def write_half(path: Path) -> None:
    with opened(path) as file:
        file.write(b"half")
        raise ZeroDivisionError


def test_a_text_arrives_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "één.html"
    write_text(path, "één\r\ntwee\n")
    assert path.read_bytes() == "één\r\ntwee\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(OLD, encoding="utf-8")
    write_text(path, "new")
    assert path.read_text(encoding="utf-8") == "new"


def test_a_table_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [["0.000", "", 'a "word"'], ["0.067", "1,5", "two\nlines"]]
    write_csv(path, ["t_s", "bend", "what"], rows)
    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["t_s", "bend", "what"], *rows]
    assert path.read_bytes().startswith(b"t_s,bend,what\r\n0.000,,")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "a.json", tmp_path / "a.json"
    target.write_text(OLD, encoding="utf-8")
    link.symlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert "no such folder" in refusal(tmp_path / "nowhere" / "a.json")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "not a folder" in refusal(tmp_path / "file" / "a.json")
    refusal(tmp_path / "file" / "deeper" / "a.json")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_cannot_be_is_refused(tmp_path: Path) -> None:
    assert "too long" in refusal(tmp_path / ("x" * 300))
    refusal(tmp_path / "a\0b")
    assert "\\n" in refusal(tmp_path / "two\nlines" / "a.json")


@pytest.mark.parametrize("locked", ["folder", "file"])
def test_what_is_read_only_is_left_alone(
    locked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_text(OLD, encoding="utf-8")
    closed = tmp_path if locked == "folder" else path
    # Nothing is read-only to the superuser, who may run the tests.
    monkeypatch.setattr(os, "access", lambda place, _: Path(place) != closed)
    assert ("not allowed" if locked == "folder" else "read-only") in refusal(path)
    assert path.read_text(encoding="utf-8") == OLD


@pytest.mark.parametrize(
    ("code", "what"),
    [(errno.ENOSPC, "full"), (errno.EROFS, "only be read"), (errno.EIO, "choose another place")],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_leaves_the_old_file(
    step: str, code: int, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_text(OLD, encoding="utf-8")
    place: object = os if step == "fsync" else Path
    monkeypatch.setattr(place, step, failing(code))
    assert what in refusal(path)
    assert path.read_text(encoding="utf-8") == OLD
    assert list(tmp_path.iterdir()) == [path]


def failing(code: int) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_being_stopped_leaves_nothing_half_written(
    error: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(error):
        write_text(tmp_path / "a.json", "new")
    assert list(tmp_path.iterdir()) == []


# What there is at the place


@needs_modes
@pytest.mark.parametrize(
    ("before", "after"), [(None, 0o600), (0o644, 0o600), (0o600, 0o600), (0o400, 0o400)]
)
def test_only_its_owner_may_read_it_and_a_stricter_mode_stays(
    before: int | None, after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    if before is not None:
        path.write_text(OLD, encoding="utf-8")
        path.chmod(before)
    monkeypatch.setattr(os, "access", lambda *_: True)  # as the superuser has it
    write_text(path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == after


@needs_pipes
def test_a_link_to_nothing_is_refused_and_stays(tmp_path: Path) -> None:
    link = tmp_path / "a.json"
    for target in (tmp_path / "gone", link):  # the second one goes round in a circle
        link.symlink_to(target)
        assert "link" in refusal(link)
        assert list(tmp_path.iterdir()) == [link]
        link.unlink()


@needs_pipes
def test_a_link_to_a_folder_that_is_locked_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, link = tmp_path / "there", tmp_path / "a.json"
    there.mkdir()
    (there / "a.json").write_text(OLD, encoding="utf-8")
    link.symlink_to(there / "a.json")
    monkeypatch.setattr(os, "access", lambda place, _: Path(place) != there)
    assert "not allowed" in refusal(link)
    assert link.read_text(encoding="utf-8") == OLD


def test_a_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    null = device(tmp_path / "null", NULL)
    write_text(null, "new")
    with opened(null) as file:
        file.write(b"new")
    assert is_still(null)


def test_a_link_to_a_device_stays_both(tmp_path: Path) -> None:
    null, link = device(tmp_path / "null", NULL), tmp_path / "link"
    link.symlink_to(null)
    write_text(link, "new")
    assert link.is_symlink()
    assert is_still(null)


def test_a_device_that_is_full_is_said_and_stays_one(tmp_path: Path) -> None:
    full = device(tmp_path / "full", FULL)
    assert "the disk is full" in refusal(full)
    assert is_still(full)


@pytest.mark.parametrize("size", [0, 3, 1_000_000])  # more than a pipe holds
def test_a_pipe_that_is_read_gets_all_of_it(size: int, tmp_path: Path) -> None:
    path = pipe(tmp_path / "pipe")
    with read_from(path) as came:
        write_bytes(path, b"x" * size)
        assert came() == b"x" * size
    assert is_still(path)


def test_a_pipe_that_nobody_reads_is_said_at_once(tmp_path: Path) -> None:
    path = pipe(tmp_path / "pipe")
    assert "nobody reads" in refusal(path)
    assert is_still(path)


def test_a_reader_that_goes_away_is_said(tmp_path: Path) -> None:
    path = pipe(tmp_path / "pipe")
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def leave_in_the_middle() -> None:
        end_s = time.monotonic() + LIMIT_S
        while time.monotonic() < end_s and not _comes(reader):
            time.sleep(0.002)
        os.close(reader)

    leaving = threading.Thread(target=leave_in_the_middle)
    leaving.start()
    with pytest.raises(BadOutputError, match="has ended"):
        write_bytes(path, bytes(1_000_000))  # more than a pipe holds
    leaving.join()
    assert is_still(path)


def _comes(reader: int) -> bool:
    try:
        return bool(os.read(reader, 1))
    except BlockingIOError:
        return False


def test_what_fails_half_way_sends_nothing_into_a_pipe(tmp_path: Path) -> None:
    path = pipe(tmp_path / "pipe")
    with read_from(path) as came:
        with pytest.raises(ZeroDivisionError):
            write_half(path)
        assert came() == b""


@needs_pipes
def test_a_socket_that_nobody_listens_at_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        assert "nobody reads" in refusal(Path("socket"))
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind("letters")
        refusal(Path("letters"))
    assert Path("socket").is_socket()
    assert Path("letters").is_socket()


@needs_pipes
@pytest.mark.parametrize("size", [0, 3, 1_000_000])
def test_a_socket_that_listens_gets_all_of_it(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    came: list[bytes] = []
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        listening.listen()

        def read() -> None:
            with listening.accept()[0] as one, one.makefile("rb") as file:
                came.append(file.read())

        reading = threading.Thread(target=read)
        reading.start()
        write_bytes(Path("socket"), b"x" * size)
        reading.join()
    assert came == [b"x" * size]
    assert [each.name for each in Path().iterdir()] == ["socket"]
    assert Path("socket").is_socket()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 64 kB, or skip the test where that is not permitted."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or os.geteuid() != 0 or mount is None:
        pytest.skip("mounting a disk is not permitted here")
    line = [mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if subprocess.run(line, check=False, capture_output=True).returncode != 0:
        pytest.skip("mounting a disk is not permitted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_full_keeps_the_old_file(small_disk: Path) -> None:
    path = small_disk / "a.json"
    path.write_text(OLD, encoding="utf-8")
    with pytest.raises(BadOutputError, match=r"a\.json: cannot be written, the disk is full; make"):
        write_bytes(path, bytes(100_000))
    assert path.read_text(encoding="utf-8") == OLD
    assert list(small_disk.iterdir()) == [path]


def test_a_whole_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_block_device", lambda _: True)
    assert "whole disk" in refusal(tmp_path / "disk")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_filled_piece_by_piece(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_text(OLD, encoding="utf-8")
    with opened(path) as file:
        file.write(b"....")
        file.seek(0)
        file.write(b"new")
        assert path.read_text(encoding="utf-8") == OLD
    assert path.read_bytes() == b"new."
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_text(OLD, encoding="utf-8")
    with pytest.raises(ZeroDivisionError):
        write_half(path)
    assert path.read_text(encoding="utf-8") == OLD
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_limit_in_the_middle_of_a_file_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_text(OLD, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, path], capture_output=True, text=True, check=False
    )
    assert "it is larger than this disk or a limit allows; choose another disk" in done.stdout
    assert path.read_text(encoding="utf-8") == OLD
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_open_elsewhere_on_windows_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_use(*_: object) -> None:
        error = PermissionError(errno.EACCES, "Access is denied")
        monkeypatch.setattr(error, "winerror", 5, raising=False)
        raise error

    path = tmp_path / "a.json"
    path.write_text(OLD, encoding="utf-8")
    monkeypatch.setattr(Path, "replace", in_use)
    assert "another program has it open" in refusal(path)
    assert path.read_text(encoding="utf-8") == OLD
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="a folder is put on the disk there alone")
def test_the_folder_is_put_on_the_disk_after_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []

    def note(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        synced.append("folder" if is_folder else "file")

    monkeypatch.setattr(os, "fsync", note)
    write_text(tmp_path / "a.json", "new")
    assert synced == ["file", "folder"]
