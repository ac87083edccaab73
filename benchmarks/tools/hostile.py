"""The kinds of input from outside: what a sound one is, how it is damaged, and what reads it."""

import os
import random
import shutil
import socket
import threading
import wave
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import soundfile

from coreline.camera.mjpeg import open_picture_stream
from coreline.camera.source import Image
from coreline.choices.places import Places, Spot, load_places, save_places
from coreline.coaching.spoken import spoken
from coreline.data_files import load_catalogue, load_cues, load_placement
from coreline.files.folders import CONFIG_VARIABLE, DATA_VARIABLE
from coreline.files.recordings import load_trace, save_trace
from coreline.files.resources import resource_dir
from coreline.journal.database import open_journal
from coreline.journal.recorder import Recorder
from coreline.journal.sessions import session_start
from coreline.placement.checks import CameraTrouble
from coreline.placement.geometry import CameraPlace, FoundBy
from coreline.placement.neutrals import Neutral, moved
from coreline.programme.day import PlannedSet
from coreline.sound.choice import SoundSettings
from coreline.sound.clips import Clips
from coreline.sound.device import AudioDevice
from coreline.training.replay import judge, read
from tools.mutating import TEXTS, damaged, damaged_text
from tools.spoilt_journals import damaged_journal
from tools.spoilt_traces import damaged_trace
from tools.trying import typed

ROOT: Final = Path(__file__).resolve().parents[2]
POSES: Final = ROOT / "tests" / "recordings" / "w12-back-bridge.landmarks.npz"
OWN: Final = ROOT / "docs" / "low-plank.toml"
SETTINGS: Final = """
language = "nl" # mine
camera = "HD Webcam"
mirror = false
beep_volume = 0.5
sound = "beeps"
rest_extension_s = 20.0
recordings_dir = "my voice"
"""
DAYS: Final = ("0001-01-01", "2000-01-01", "2026-11-01", "2099-12-31", "9999-12-31", "2026-W01-1")
FRAMES: Final = 90
VIDEO_PX: Final = (96, 64)
STANDS: Final = CameraPlace(FoundBy.SHEETS, (640, 480), (300.0, 310.0), 180.0, 2.5, 1.0, 2.0)
PICTURES: Final = 40
Step = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of input.

    Attributes:
        base: Makes what is sound, once; files and folders in the folder it is given.
        spoil: Damages it, in a copy of that folder.
        steps: What then reads it, one after the other for as long as it is accepted.
    """

    base: Callable[[Path], None]
    spoil: Callable[[random.Random, Path], None]
    steps: Callable[[Path], Sequence[Step]]


def _spoilt(name: str, how: Callable[[random.Random, bytes], bytes]) -> Callable[..., None]:
    def spoil(draw: random.Random, folder: Path) -> None:
        path = folder / name
        path.write_bytes(how(draw, path.read_bytes()))

    return spoil


def _as_text(draw: random.Random, content: bytes) -> bytes:
    return damaged_text(draw, content.decode("utf-8"))


# Traces, exercises, settings, places


def _trace(folder: Path) -> None:
    frames = list(load_trace(POSES))[:FRAMES]
    save_trace(folder / "a.npz", frames, size_px=(640, 480), fps=15.0)


def _judge(_: Path) -> Sequence[Step]:
    outputs = ("--json", "a.json", "--report", "a.html", "--trace", "a.csv")
    return [typed("analyze", "a.npz", "-e", "w12-back-bridge", *outputs)]


def _exercise(folder: Path) -> None:
    _trace(folder)
    shutil.copy(OWN, folder / "own.toml")


def _judge_own(_: Path) -> Sequence[Step]:
    own = ("--exercises", "own.toml")
    return [
        typed("exercises", *own, "--language", "nl"),
        typed("analyze", "a.npz", "-e", "own-low-plank", *own, "--report", "a.html"),
    ]


def _settings(folder: Path) -> None:
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")


def _set(_: Path) -> Sequence[Step]:
    return [
        typed("settings"),
        typed("settings", "set", "sound", "mute"),
        typed("settings", "--json"),
    ]


def _places(folder: Path) -> None:
    places = Places((Spot("camera 0", "home", STANDS),))
    save_places(folder / "places.json", places.with_neutral("camera 0", Neutral("a-b", None, 3.5)))


def _compare(folder: Path) -> Sequence[Step]:
    def run() -> int:
        loaded = load_places(folder / "places.json")
        if loaded.said is not None:
            os.write(2, f"coreline: {loaded.said}\n".encode())
            return 2
        for spot in loaded.places.spots:
            moved(spot.stands, STANDS, load_placement())
            print(spot, spot.neutrals.lines())
        return 0

    return [run]


# Journals and people


def _journal(folder: Path) -> None:
    """Make a journal of two people, one of whom noted things and trained, and export it."""
    for words in (
        ("profile", "--name", "Anna de Vries", "--height", "1.75", "--start", "2026-10-01"),
        ("pain", "--score", "3", "--where", "back,groin"),
        ("pain", "--rest", "2"),
        ("profile", "--level", "w34"),
    ):
        typed(*words)()
    _keep_session(folder)
    typed("journal", "export", folder / "hers.sqlite3")()
    for each in folder.glob("coreline.sqlite3*"):
        each.unlink()
    shutil.rmtree(folder / "backups")
    typed("profile", "--name", "Boris")()


def _keep_session(folder: Path) -> None:
    """Keep a session in which two exercises were done, as the judging had them."""
    catalogue, now = load_catalogue(), datetime(2026, 11, 1, 18, 30, tzinfo=UTC)
    records = []
    for exercise_id in ("w12-back-bridge", "w56-belly-bridge"):
        chosen = catalogue.get(exercise_id)
        recording = read(POSES.with_name(f"{exercise_id}.landmarks.npz"))
        records.append(judge(recording, chosen, spoken(load_cues(), [chosen])).record)
    with open_journal(folder / "coreline.sqlite3") as journal:
        person = journal.profiles()[0]
        planned = [PlannedSet(each.exercise_id, None, 1, 30.0) for each in records]
        start = session_start(person.id, now.date(), now, planned)
        with Recorder(journal, start) as recorder:
            for number in range(1, len(records) + 1):
                recorder.follow(records[:number])
            recorder.end_session(now)
            recorder.flush(60.0)


def _import(_: Path) -> Sequence[Step]:
    her = ("--who", "Anna de Vries")
    return [
        typed("journal", "import", "hers.sqlite3"),
        typed("journal", "check"),
        typed("profile", "--list"),
        typed("today", *her),
        typed("history", *her),
        typed("report", *her, "--out", "a.html"),
        typed("report", *her, "--weeks", "8", "--out", "w.html"),
        typed("export", "-f", "json", *her, "--out", "a.json"),
        typed("export", "-f", "csv", *her, "--out", "a.csv"),
        typed("undo", "--list", *her),
    ]


def _spoil_journal(draw: random.Random, folder: Path) -> None:
    damaged_journal(draw, folder / "hers.sqlite3")


def _person(_: Path) -> None:
    """There is nobody yet."""


def _spoil_person(draw: random.Random, folder: Path) -> None:
    letters = "".join(chr(draw.randrange(draw.choice((0x100, 0x3000, 0x11000)))) for _ in "abc")
    name = draw.choice((draw.choice(TEXTS), letters, letters))[:50_000].replace("\0", "")
    words = (name, draw.choice((*DAYS, name)))
    written = "\n".join(each.encode("unicode_escape").decode() for each in words)
    (folder / "typed").write_text(written, encoding="utf-8")


def _name(folder: Path) -> Sequence[Step]:
    lines = (folder / "typed").read_text(encoding="utf-8").split("\n")
    name, start = (each.encode().decode("unicode_escape") for each in lines)
    return [
        typed("profile", f"--name={name}", "--start", start, "--place", name or "home"),
        typed("today"),
        typed("report", "--weeks", "2", "--out", "w.html"),
        typed("export", "-f", "csv", "--out", "a.csv"),
        typed("history", "--json"),
    ]


# Sounds


def _sounds(folder: Path) -> None:
    own = folder / "own" / "en"
    own.mkdir(parents=True)
    shutil.copy(resource_dir("sounds") / "en" / "num.01.ogg", own / "num.01.ogg")
    shutil.copy(resource_dir("sounds") / "en" / "fix.hips_up.ogg", own / "num.02.ogg")
    with wave.open(str(own / "num.03.wav"), "wb") as file:
        file.setparams((1, 2, 24_000, 0, "NONE", "none"))
        file.writeframes(np.arange(9_000, dtype=np.int16).tobytes())
    noise = np.random.default_rng(1).normal(0.0, 0.1, 24_000)
    for name, kind in (("num.04.flac", "FLAC"), ("num.05.mp3", "MP3")):
        soundfile.write(own / name, noise, 24_000, format=kind)


def _spoil_sounds(draw: random.Random, folder: Path) -> None:
    for path in sorted((folder / "own" / "en").iterdir()):
        content = path.read_bytes()
        path.write_bytes(damaged(draw, content) if draw.random() < 0.7 else content)


def _load(folder: Path) -> Sequence[Step]:
    def run() -> int:
        device = AudioDevice()
        clips = Clips(SoundSettings(recordings=folder / "own"))
        for number in range(1, 6):
            clips.find(f"num.{number:02}")
        troubles = clips.take_troubles()
        clips.close()
        device.close()
        for each in troubles[:1]:
            os.write(2, f"coreline: {each}\n".encode())
        return 2 if troubles else 0

    return [run]


# Pictures


def _pictures(folder: Path) -> None:
    parts = [part for number in range(PICTURES) for part in _part(_picture(number), number)]
    (folder / "stream").write_bytes(b"".join(parts))


def _picture(number: int) -> Image:
    noise = np.random.default_rng(number).integers(0, 255, (60, 80, 3))
    return np.asarray(noise, np.uint8)


def _part(image: Image, number: int) -> Iterator[bytes]:
    flags = [cv2.IMWRITE_JPEG_PROGRESSIVE, number % 2]
    data = cv2.imencode(".jpg", image, flags)[1].tobytes()
    yield b"--mark\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(data)
    yield data + b"\r\n"


def _receive(folder: Path) -> Sequence[Step]:
    def run() -> int:
        content = (folder / "stream").read_bytes()
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen()
            serving = threading.Thread(target=_serve, args=(listening, content), daemon=True)
            serving.start()
            stream = open_picture_stream(f"http://127.0.0.1:{listening.getsockname()[1]}/")
            seen = 0
            while not isinstance(given := stream.read(), CameraTrouble) or given.name == "BROKEN":
                seen += not isinstance(given, CameraTrouble)
            stream.release()
        if not seen:
            os.write(2, b"coreline: no picture of this stream can be used\n")
        return 0 if seen else 2

    return [run]


def _serve(listening: socket.socket, content: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=mark\r\n\r\n"
    with listening.accept()[0] as one:
        one.recv(65_536)
        for at in range(0, len(head + content), 20_000):
            one.sendall((head + content)[at : at + 20_000])


def _photo(folder: Path) -> None:
    for name in ("a.png", "a.jpg"):
        (folder / name).write_bytes(cv2.imencode(name[1:], _picture(1))[1].tobytes())


def _spoil_photo(draw: random.Random, folder: Path) -> None:
    chosen = folder / draw.choice(("a.png", "a.jpg"))
    (folder / "photo").write_bytes(damaged(draw, chosen.read_bytes()))


def _film(folder: Path) -> None:
    for name, codec in (("a.avi", "MJPG"), ("a.mkv", "mp4v"), ("a.mp4", "mp4v")):
        code = cv2.VideoWriter.fourcc(*codec)
        writer = cv2.VideoWriter(str(folder / name), code, 15.0, VIDEO_PX)
        for number in range(30):
            writer.write(cv2.resize(_picture(number), VIDEO_PX))
        writer.release()


def _spoil_film(draw: random.Random, folder: Path) -> None:
    chosen = folder / draw.choice(("a.avi", "a.mkv", "a.mp4"))
    content = chosen.read_bytes()
    if draw.random() < 0.5:  # the head, where it says what it is
        content = damaged(draw, content[:2_000]) + content[2_000:]
    else:
        content = damaged(draw, content)
    (folder / f"film{chosen.suffix}").write_bytes(content)


def _watch(folder: Path) -> Sequence[Step]:
    (film,) = folder.glob("film.*")
    return [typed("calibrate", "--source", film.name)]


def in_folder(folder: Path) -> None:
    """Have everything of the program in one folder, from now on."""
    for name in (DATA_VARIABLE, CONFIG_VARIABLE):
        os.environ[name] = str(folder)


KINDS: Final[Mapping[str, Kind]] = {
    "trace": Kind(_trace, _spoilt("a.npz", damaged_trace), _judge),
    "exercise": Kind(_exercise, _spoilt("own.toml", _as_text), _judge_own),
    "settings": Kind(_settings, _spoilt("settings.toml", _as_text), _set),
    "places": Kind(_places, _spoilt("places.json", _as_text), _compare),
    "journal": Kind(_journal, _spoil_journal, _import),
    "person": Kind(_person, _spoil_person, _name),
    "sound": Kind(_sounds, _spoil_sounds, _load),
    "stream": Kind(_pictures, _spoilt("stream", damaged), _receive),
    "photo": Kind(_photo, _spoil_photo, lambda _: [typed("calibrate", "--image", "photo")]),
    "video": Kind(_film, _spoil_film, _watch),
}
