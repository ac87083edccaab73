"""Files of another kind are called what they are, wherever a file is asked for."""

import io
import json
import sqlite3
import wave
import zipfile
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.camera.playback import sample_path
from coreline.camera.still import StillPicture
from coreline.camera.video import VideoFile
from coreline.choices.settings import load_settings
from coreline.errors import BadSourceError, CorelineError
from coreline.files.kinds import Kind, kind_of, refuse_other_kind
from coreline.files.own_exercises import read_own_exercise
from coreline.files.recordings import load_trace
from coreline.journal.database import open_journal

TRACE = Path(__file__).parents[1] / "recordings" / "w12-back-bridge.landmarks.npz"


def picture(ending: str) -> bytes:
    return cv2.imencode(ending, np.zeros((8, 8, 3), np.uint8))[1].tobytes()


def sound() -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(100))
    return buffer.getvalue()


def database() -> bytes:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE a (b)")
        whole = connection.serialize()
    connection.close()
    return whole


def archive(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(name, "x")
    return buffer.getvalue()


FILES: dict[Kind, bytes] = {
    Kind.EMPTY: b"",
    Kind.JPEG: picture(".jpg"),
    Kind.PNG: picture(".png"),
    Kind.PICTURE: picture(".bmp"),
    Kind.SOUND: sound(),
    Kind.VIDEO: sample_path().read_bytes()[:4096],
    Kind.DATABASE: database(),
    Kind.TRACE: TRACE.read_bytes()[:4096],
    Kind.OFFICE: archive("[Content_Types].xml"),
    Kind.ARCHIVE: archive("holiday/beach.jpg"),
    Kind.PDF: b"%PDF-1.7\n",
    Kind.PAGE: b"\n<!DOCTYPE html><html>",
    Kind.JSON: json.dumps({"schema": 1}).encode(),
    Kind.CALENDAR: b"BEGIN:VCALENDAR\r\n",
    Kind.GIF: b"GIF89a",
    Kind.HEIC: b"\0\0\0\x18ftypheic",
}


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_told_by_its_first_bytes(kind: Kind) -> None:
    assert kind_of(FILES[kind]) is kind


@pytest.mark.parametrize("text", [
    *("# Coreline's settings.\nmirror = true\n", "id = 'own'", "BMI = 21", "ID3 = 'a'", "OggS = 1"),
    *("II = 1", "t_s,bend\n0,1\n", "free = true", "moov = 1", "PK = 1"),
])  # fmt: skip
def test_a_text_is_taken_for_nothing_else(text: str) -> None:
    assert kind_of(text.encode()) is None


@given(st.binary())
def test_any_bytes_at_all_are_some_kind_or_none(head: bytes) -> None:
    assert kind_of(head) in {None, *Kind}
    assert kind_of(b"PK\x03\x04" + head) in {None, Kind.TRACE, Kind.OFFICE, Kind.ARCHIVE}


def import_journal(path: Path) -> None:
    with open_journal(path.with_name("kept.sqlite3")) as journal:
        journal.import_(path)


def recover_journal(path: Path) -> None:
    with open_journal(path.with_name("kept.sqlite3")) as journal:
        journal.recover([path])


READERS: dict[str, tuple[Callable[[Path], object], frozenset[Kind]]] = {
    "a landmark trace": (load_trace, frozenset({Kind.TRACE})),
    "a video": (VideoFile, frozenset({Kind.VIDEO, Kind.GIF})),
    "a PNG or JPEG": (StillPicture, frozenset({Kind.JPEG, Kind.PNG})),
    "a TOML file": (load_settings, frozenset({Kind.EMPTY})),
    "a TOML file;": (read_own_exercise, frozenset({Kind.EMPTY})),
    "a journal of Coreline": (import_journal, frozenset({Kind.DATABASE})),
    "a journal of Coreline;": (recover_journal, frozenset({Kind.DATABASE, Kind.EMPTY})),
}


@pytest.mark.parametrize("wanted", READERS)
def test_a_file_of_another_kind_is_called_what_it_is(tmp_path: Path, wanted: str) -> None:
    read, fine = READERS[wanted]
    for number, kind in enumerate(each for each in Kind if each not in fine):
        path = tmp_path / f"file{number}"
        path.write_bytes(FILES[kind])
        with pytest.raises(CorelineError) as caught:
            read(path)
        assert str(caught.value).startswith(f"{path}: is {kind}, not {wanted}")
        assert ", geen " in caught.value.in_("nl")
        assert "damaged" not in str(caught.value)


def test_what_cannot_be_read_or_told_is_let_through(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path, Path("a\0b")):
        refuse_other_kind(path, BadSourceError, ("a video", "een video"))
    unknown = tmp_path / "unknown"
    unknown.write_bytes(b"\x01\x02\x03")
    refuse_other_kind(unknown, BadSourceError, ("a video", "een video"))
