"""The voice's clips: found in the person's own folder first, loaded ahead on a thread."""

import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

import pygame
from pygame.mixer import Sound

from coreline.files.reading import UnfitFileError, read_file
from coreline.files.resources import MissingResourceError, resource_dir
from coreline.files.streams import silenced_stderr
from coreline.limits import SOUND_BYTES, SOUNDS, SOUNDS_S
from coreline.printable import printable
from coreline.programme.language import Language
from coreline.sound.choice import SoundSettings
from coreline.sound.length import check_length

ENDINGS: Final = (".ogg", ".wav", ".mp3", ".flac")
# What cannot wait is loaded first; the rest by name.
FIRST: Final = ("pain.", "fix.", "camera.", "rep.", "num.", "pause.", "hold.", "flow.")


class Clips:
    """The clips of one language. Use it as long as the mixer is open, then close it.

    They are loaded ahead from `begin` on; one that is asked for sooner is loaded then.
    """

    def __init__(self, settings: SoundSettings) -> None:
        """Find out where they are; nothing is loaded yet."""
        own = settings.recordings
        self._own = None if own is None else own / settings.language
        self._own_s = 0.0
        self._folders = [*filter(None, [self._own]), *_shipped(settings.language)]
        self._volume = settings.voice_volume
        self._loaded: dict[str, Sound | None] = {}
        self._troubles: list[str] = []
        self._lock = Lock()
        self._stop = Event()
        self._thread: Thread | None = None

    def begin(self) -> None:
        """Begin to load them ahead. Twice is allowed."""
        if self._thread is None:
            self._thread = Thread(target=self._load_all, name="clips", daemon=True)
            self._thread.start()

    def find(self, cue_id: str) -> Sound | None:
        """Return a cue's clip; None where no file of it can be played."""
        with self._lock:
            if cue_id not in self._loaded:
                self._loaded[cue_id] = self._load(cue_id)
            return self._loaded[cue_id]

    def wait(self) -> None:
        """Wait until everything is loaded."""
        self.begin()
        self._join()

    def take_troubles(self) -> list[str]:
        """Return the files that could not be played since this was asked last, each once."""
        with self._lock:
            troubles, self._troubles = self._troubles, []
        return troubles

    def close(self) -> None:
        """Stop loading and forget the clips."""
        self._stop.set()
        self._join()
        self._loaded.clear()

    def _join(self) -> None:
        if self._thread is not None:
            self._thread.join()

    def _load_all(self) -> None:
        for cue_id in in_order({path.stem for path in self._files()}):
            if self._stop.is_set():
                return
            self.find(cue_id)

    def _load(self, cue_id: str) -> Sound | None:
        """Return the first file of a cue that can be played."""
        for folder in self._folders:
            for ending in ENDINGS:
                path = folder / f"{cue_id}{ending}"
                try:
                    return self._sound(path)
                except (FileNotFoundError, NotADirectoryError):
                    continue
                except (pygame.error, OSError, ValueError) as error:
                    why = error.strerror if isinstance(error, UnfitFileError) else error
                    self._troubles.append(printable(f"{path} cannot be played ({why})"))
        return None

    def _sound(self, path: Path) -> Sound:
        """Return a file as a sound; of a corrupt one the error is pygame's own.

        Raises:
            pygame.error, OSError, ValueError: It cannot be played, or would be too long.
        """
        content = read_file(path, SOUND_BYTES)
        check_length(content)
        with silenced_stderr():  # the decoder of MP3 tells what it thinks of a file
            sound = Sound(io.BytesIO(content))
        if path.parent == self._own:
            self._own_s += sound.get_length()
            if self._own_s > SOUNDS_S:
                raise ValueError(f"all recordings together are longer than {SOUNDS_S:.0f} s")
        sound.set_volume(self._volume)
        return sound

    def _files(self) -> Iterator[Path]:
        for folder in tuple(self._folders):
            try:
                found = list(islice(folder.iterdir(), SOUNDS))
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as error:
                with self._lock:
                    self._folders.remove(folder)
                    why = f"{folder}: no recording in it can be played ({error.strerror})"
                    self._troubles.append(printable(why))
                continue
            yield from (path for path in found if path.suffix in ENDINGS)


def _shipped(language: Language) -> list[Path]:
    try:
        return [resource_dir("sounds") / language]
    except MissingResourceError:
        return []


def in_order(cue_ids: set[str]) -> Sequence[str]:
    """Return cues with what cannot wait first."""

    def place(cue_id: str) -> tuple[int, str]:
        ranks = (rank for rank, start in enumerate(FIRST) if cue_id.startswith(start))
        return next(ranks, len(FIRST)), cue_id

    return sorted(cue_ids, key=place)
