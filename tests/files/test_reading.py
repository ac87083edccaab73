"""What is read from outside: regular files that are no larger than they can be."""

import errno
import os
import socket
from pathlib import Path

import pytest

from coreline.files.reading import UnfitFileError, check_file, opened_file, read_file
from targets import FULL, NULL, device, needs_pipes, pipe

MOST = 1024


def refused(path: Path, most_bytes: int = MOST) -> str:
    with pytest.raises(UnfitFileError) as caught:
        read_file(path, most_bytes)
    with pytest.raises(UnfitFileError), opened_file(path, most_bytes):
        pass
    with pytest.raises(UnfitFileError):
        check_file(path, most_bytes)
    return str(caught.value.strerror)


def test_a_file_is_read_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"\r\n\x1a\0" * (MOST // 4))
    assert read_file(path, MOST) == path.read_bytes()
    with opened_file(path, MOST) as file:
        assert file.read() == path.read_bytes()
    check_file(path, MOST)


def test_a_larger_one_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with path.open("wb") as file:
        file.truncate(MOST + 1)
    assert refused(path) == "is larger than 1 kB"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert refused(path, 5 << 20) == "is larger than 5 MB"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path) == "is a folder"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    assert refused(pipe(tmp_path / "a")) == "is no regular file"


def test_a_link_is_followed_to_what_it_points_at(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(pipe(tmp_path / "a"))
    assert refused(tmp_path / "link") == "is no regular file"


@needs_pipes
def test_a_socket_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        assert refused(Path("socket")) == "is no regular file"


def test_a_device_is_read_only_where_one_does(tmp_path: Path) -> None:
    null, endless = device(tmp_path / "null", NULL), device(tmp_path / "full", FULL)
    assert refused(null) == "is no regular file"
    assert read_file(null, MOST, also_device=True) == b""
    with pytest.raises(UnfitFileError, match="is larger than 1 kB"):
        read_file(endless, MOST, also_device=True)  # it gives zeros without an end


@pytest.mark.parametrize("name", ["gone", "gone/deeper", "x" * 300])
def test_what_is_not_there_is_said_by_the_system(name: str, tmp_path: Path) -> None:
    with pytest.raises(OSError, match=os.strerror(errno.ENAMETOOLONG if len(name) > 99 else 2)):
        read_file(tmp_path / name, MOST)
