"""What comes of the system's own programs."""

import os
import subprocess
import sys

import pytest

from coreline.desktop import running
from coreline.desktop.running import run, works
from coreline.errors import DesktopError

SAYS = "import sys; sys.stderr.write('\\n  not today\\nmore\\n'); sys.exit(3)"


def test_what_a_program_prints_is_returned() -> None:
    assert run((sys.executable, "-c", "print('yes')")) == "yes\n"
    assert works((sys.executable, "-c", ""))


def test_what_is_printed_is_read_as_utf_8_whatever_the_language_of_the_system() -> None:
    """Windows's own encoding is another than that in which its scripts are told to print."""
    prints = (sys.executable, "-c", f"import sys; sys.stdout.buffer.write({'Zoë'.encode()!r})")
    asks = f"from coreline.desktop.running import run; print(ascii(run({prints!r})))"
    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", asks],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
    )
    assert done.stdout == "'Zo\\xeb'\n"


def test_a_program_that_refuses_is_told_by_its_first_line() -> None:
    with pytest.raises(DesktopError, match=r"refused: not today$") as caught:
        run((sys.executable, "-c", SAYS))
    assert "weigerde: not today" in caught.value.in_("nl")
    assert not works((sys.executable, "-c", SAYS))


def test_one_that_says_nothing_is_told_by_its_exit_code() -> None:
    with pytest.raises(DesktopError, match=r"refused: exit 4$"):
        run((sys.executable, "-c", "raise SystemExit(4)"))


def test_one_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LONGEST_S", 0.05)
    with pytest.raises(DesktopError, match="gave no answer"):
        run((sys.executable, "-c", "import time; time.sleep(60)"))


def test_one_that_is_not_there_is_one_line() -> None:
    with pytest.raises(DesktopError, match="no-such-program is not on this computer"):
        run(("no-such-program",))
