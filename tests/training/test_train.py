"""What a session brings together: the video, only when asked for, and where it belongs."""

import threading
from pathlib import Path

import numpy as np
import pygame
import pytest

from coreline.camera.source import FrameSource, SourceInfo
from coreline.camera.video import VideoFile
from coreline.choices.settings import Settings
from coreline.data_files import load_catalogue
from coreline.screen.answers import Answer, Wish
from coreline.screen.texts import Texts
from coreline.screen.window import NoDisplay, Window
from coreline.session.blocks import Block
from coreline.session.command import Command
from coreline.session.record import SetRecord
from coreline.sound.player import Player
from coreline.training import train as training
from coreline.training.choices import SessionChoices
from coreline.training.rig import Rig, texts_of
from coreline.training.train import begun, train, video_of
from scripted import LIMIT_S, STEP_S, Source

TEXTS = texts_of("en", load_catalogue())
BLOCK = Block(load_catalogue().get("w12-back-bridge"))
INFO = SourceInfo("camera 0", 320, 240, 15.0)


def wanted(source: str, videos: Path | None, *, keep: bool) -> SessionChoices:
    return SessionChoices(
        source, [BLOCK], Settings(keep_video=keep, model="lite"), guided=True, videos=videos
    )


def test_a_video_lies_in_the_person_s_own_folder_and_is_announced(tmp_path: Path) -> None:
    said: list[str] = []
    folder = tmp_path / "videos" / "p1"
    with video_of(
        wanted("http://phone/video", folder, keep=True), INFO, TEXTS, said.append
    ) as film:
        assert film is not None
        for number in range(20):
            film.write(number / 15.0, np.full((240, 320, 3), number, np.uint8))
    assert film.path.parent == folder
    assert said == [f"Recording the video of this session: {film.path}"]
    with VideoFile(film.path) as video:
        assert video.info.width == 320


@pytest.mark.parametrize(("source", "keep"), [("http://phone/video", False), ("sample", True)])
def test_no_video_is_kept_unasked_and_none_of_a_recording(
    source: str, keep: bool, tmp_path: Path
) -> None:
    with video_of(wanted(source, tmp_path / "videos", keep=keep), INFO, TEXTS, pytest.fail) as film:
        assert film is None
    assert not (tmp_path / "videos").exists()


@pytest.mark.parametrize(
    ("source", "why"), [("http://phone/video", "no profile"), ("sample", "a recording")]
)
def test_without_a_journal_that_is_said_once(
    source: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    catalogue, said = load_catalogue(), list[str]()
    with Player(pytest.fail) as player:
        rig = Rig(NoDisplay("none"), player, texts_of("en", catalogue), said.append)
        train(wanted(source, None, keep=False), rig, catalogue, source=Source([STEP_S] * 3))
    (line,) = [line for line in said if "kept" in line]
    assert line.startswith("Nothing of this session is kept")
    assert why in line


def test_a_set_without_a_start_position_was_not_begun() -> None:
    assert not begun(SetRecord("w12-back-bridge", None, 1))


class Leaving(Window):
    """A window that its person closes while the camera is being opened, and never again."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts)
        self.left = threading.Event()

    def tick(self) -> tuple[Wish | Answer, ...]:
        wishes = super().tick()
        if self.left.is_set():
            return wishes
        self.left.set()
        return (Command.END,)


def test_who_closes_the_window_while_the_camera_is_opened_has_closed_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    catalogue, source = load_catalogue(), Source([STEP_S] * 3000)

    def slowly_opened(_where: str) -> FrameSource:
        assert window.left.wait(LIMIT_S)
        return source

    monkeypatch.setattr(training, "open_source", slowly_opened)
    pygame.display.init()
    with Player(pytest.fail) as player, Leaving(TEXTS) as window:
        rig = Rig(window, player, texts_of("en", catalogue), lambda _line: None)
        left = train(wanted("http://phone/video", None, keep=False), rig, catalogue)
    assert source.given < 3000
    assert not any(begun(record) for record in left.records)
