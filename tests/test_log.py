"""The log itself: how large it grows, what it says twice, and what it never says."""

import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from coreline.errors import CorelineError, JournalUnwritableError
from coreline.files.folders import DATA_VARIABLE
from coreline.journal.connecting import in_our_words
from coreline.log import KEPT, LARGEST_BYTES, account_of, log_file, place_of, start_log

LOG = logging.getLogger("coreline.camera.webcam")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep a log for the length of a test."""
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    logger = logging.getLogger("coreline")
    before = (logger.level, logger.propagate, list(logger.handlers))
    assert start_log()
    yield tmp_path / "log"
    for handler in [each for each in logger.handlers if each not in before[2]]:
        logger.removeHandler(handler)
        handler.close()
    logger.level, logger.propagate = before[:2]


def test_it_takes_a_megabyte_at_most_and_the_newest_stays(folder: Path) -> None:
    line = "x" * 1000
    for number in range((KEPT + 3) * LARGEST_BYTES // 1000):
        LOG.warning("%d %s", number, line)
    logs = sorted(folder.glob("coreline.log*"))
    assert len(logs) == KEPT + 1
    assert sum(each.stat().st_size for each in logs) <= (KEPT + 1) * LARGEST_BYTES
    assert f": {number} x" in log_file().read_text(encoding="utf-8").splitlines()[-1]


def test_what_goes_wrong_again_and_again_is_said_once_a_minute(folder: Path) -> None:
    for created_s in (1000.0, 1000.1, 1059.0, 1061.0, 900.0):  # the last: a clock set back
        record = LOG.makeRecord(LOG.name, logging.WARNING, "", 0, "gone", (), None)
        record.created = created_s
        logging.getLogger("coreline").handle(record)
    LOG.warning("black")
    written = (folder / "coreline.log").read_text(encoding="utf-8")
    assert (written.count(": gone\n"), written.count(": black\n")) == (3, 1)


def test_a_home_folder_is_no_name(folder: Path) -> None:
    LOG.warning("in %s", Path.home() / "x")
    assert "in ~/x\n" in (folder / "coreline.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("Anna"), "ValueError"),
        (KeyError("Anna"), "KeyError"),
        (CorelineError("Anna: there is nobody of this name"), "CorelineError"),
        (sqlite3.OperationalError("Could not decode 'Anna'"), "OperationalError"),
        (FileNotFoundError(2, "No such file", "/home/anna/x"), "FileNotFoundError: No such file"),
        (AttributeError("no attribute 'x'"), "AttributeError: no attribute 'x'"),
        (ImportError("libGL.so.1: cannot open"), "ImportError: libGL.so.1: cannot open"),
        (ImportError("cannot import x (/home/anna/y.py)"), "ImportError"),
    ],
)
def test_what_an_error_quotes_is_not_written(error: Exception, said: str) -> None:
    assert account_of(error) == said


def test_an_error_is_told_with_what_led_to_it() -> None:
    with pytest.raises(JournalUnwritableError) as caught, in_our_words(Path("anna.sqlite3")):
        raise PermissionError(13, "Permission denied", "anna.sqlite3")
    lines = account_of(caught.value).splitlines()
    kinds = [line for line in lines if not line.startswith("    ")]
    assert kinds == ["PermissionError: Permission denied", "JournalUnwritableError"]
    assert lines[-1].startswith("    coreline/journal/connecting.py:")
    assert place_of(caught.value) == lines[-1].strip().split(" in ")[0]


def test_trouble_with_the_journal_is_written_without_its_path(folder: Path) -> None:
    with pytest.raises(JournalUnwritableError), in_our_words(Path("anna.sqlite3")):
        raise PermissionError(13, "Permission denied", "anna.sqlite3")
    written = (folder / "coreline.log").read_text(encoding="utf-8")
    assert "coreline.journal.connecting: JournalUnwritableError: EACCES" in written
    assert "anna" not in written
