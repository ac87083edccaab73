"""What a session is shown and heard with: the window, the voice, and everything they can say."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from coreline.choices.settings import Settings
from coreline.coaching.cues import CueBook
from coreline.coaching.spoken import spoken
from coreline.data_files import load_cues, words_with
from coreline.files.folders import voice_folder
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.screen.texts import Texts
from coreline.screen.window import NoDisplay, Window, open_window
from coreline.sound.choice import Mode, SoundSettings
from coreline.sound.player import Player

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Rig:
    """What a session is shown and heard with; it outlives the session."""

    window: Window | NoDisplay
    player: Player
    texts: Texts
    say: Say

    def show_starting(self) -> None:
        """Show that it begins: what the training brings along may be imported after that."""
        if isinstance(self.window, Window):
            self.window.tick()
        self.player.tick()


def texts_of(language: Language, catalogue: Catalogue) -> Texts:
    """Return everything that the screen can say in a language."""
    return Texts(language, catalogue.get, book_of(catalogue), words_with(catalogue))


def book_of(catalogue: Catalogue) -> CueBook:
    """Return everything that can be said aloud, the exercises' own lines included."""
    return spoken(load_cues(), catalogue)


def sound_of(settings: Settings) -> SoundSettings:
    """Return what is to be heard."""
    own = settings.recordings_dir
    return SoundSettings(
        Mode(settings.sound),
        settings.resolved_language,
        settings.voice_volume,
        settings.beep_volume,
        Path(own).expanduser() if own else voice_folder(),
    )


@contextmanager
def rig_of(
    settings: Settings, catalogue: Catalogue, say: Say, called: Callable[[str], str] | None = None
) -> Iterator[Rig]:
    """Open the window and the sound, and close them again; `called` names exercises."""
    texts = replace(texts_of(settings.resolved_language, catalogue), called=called)
    with ExitStack() as stack:
        window = open_window(texts, full_screen=settings.full_screen)
        if isinstance(window, Window):
            stack.enter_context(window)
        player = stack.enter_context(Player(say, sound_of(settings)))
        yield Rig(window, player, texts, say)
