"""The system's own streams, in processes of their own: no file ever gets the place of one."""

import subprocess
import sys
from pathlib import Path

import pytest

KEEPING = """
import os, sys
from pathlib import Path
from coreline.files.streams import keep_standard_streams
for number in map(int, sys.argv[2:]):
    os.close(number)
keep_standard_streams()
with Path(sys.argv[1]).open("w") as file:
    assert file.fileno() > 2
    os.write(1, b"printed")
    os.write(2, b"printed")
    os.read(0, 1)
"""
SILENT = """
import os, sys
from coreline.files.streams import silence_output, silenced_stderr
{}
with silenced_stderr():
    for _ in range(2000):
        try:
            os.write(2, b"x" * 100)
        except BlockingIOError:
            pass
os.write(2, b"heard")
silence_output()
os.write(2, b"not heard")
os.write(1, b"not heard")
"""


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 2), (0, 1, 2)])
def test_a_file_never_gets_the_number_of_a_stream(closed: tuple[int, ...], tmp_path: Path) -> None:
    file = tmp_path / "mine"
    done = subprocess.run(
        [sys.executable, "-c", KEEPING, file, *map(str, closed)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done
    assert file.read_bytes() == b""


@pytest.mark.parametrize("missing", ["", "os.devnull = sys.executable + '/null'"])
def test_standard_error_is_silent_for_a_while_and_there_again(missing: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SILENT.format(missing)], capture_output=True, check=False
    )
    assert done.returncode == 0, done
    assert (done.stdout, done.stderr) == (b"", b"heard")
