"""What the program works with while its window is open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coreline.app.wording import own_texts
from coreline.choices.settings import Settings
from coreline.data_files import load_programme, load_sentences
from coreline.errors import CorelineError
from coreline.journal.database import Journal
from coreline.programme.catalogue import Catalogue
from coreline.programme.day import DayPlan
from coreline.programme.level import level_on
from coreline.programme.life import Life, Profile
from coreline.programme.schedule import day_plan
from coreline.programme.spec import Programme
from coreline.programme.texts import TextBook, TextsIn
from coreline.programme.wording import Speaker
from coreline.screen.texts import Texts
from coreline.screen.window import Window
from coreline.training.rig import Rig

if TYPE_CHECKING:
    from coreline.app.reporting import Reporter

Clock = Callable[[], datetime]


@dataclass(slots=True)
class AppState:
    """Window, sound, journal and settings, and who trains; `now` is the clock of this computer."""

    rig: Rig
    journal: Journal
    catalogue: Catalogue
    settings: Settings
    now: Clock
    profile: Profile | None = None
    programme: Programme = field(default_factory=load_programme)
    sentences: TextBook = field(default_factory=load_sentences)
    notice: str = ""  # what the person should know, until it was shown
    left_out: Sequence[CorelineError] = ()  # exercises of theirs that could not be read, the same

    @classmethod
    def of(
        cls,
        rig: Rig,
        journal: Journal,
        catalogue: Catalogue,
        settings: Settings,
        left_out: Sequence[CorelineError] = (),
    ) -> "AppState":
        """Return the state at the start: whoever trained last trains now, in their language."""
        profile = journal.current_profile()
        state = cls(rig, journal, catalogue, settings, lambda: datetime.now().astimezone(), profile)
        state.left_out = left_out
        return state

    @property
    def person(self) -> Profile:
        """Return who trains.

        Raises:
            LookupError: Nobody has been chosen yet.
        """
        if self.profile is None:
            raise LookupError("nobody trains yet")
        return self.profile

    @property
    def words(self) -> TextsIn:
        """Return the pages' words in the person's language."""
        return own_texts().in_(self.rig.texts.language)

    @property
    def speaker(self) -> Speaker:
        """Return who says what the plan says."""
        return Speaker(self.sentences, self.programme, self.catalogue, self.rig.texts.language)

    @property
    def today(self) -> date:
        """Return the calendar day where the person is."""
        return self.now().date()

    def write_report(self, session_id: str) -> Path | None:
        """Write the report of a session and return where it is; None when nothing was done in it.

        Raises:
            BadOutputError: It cannot be written.
        """
        return self._reporter().write(session_id)

    def write_comparison(self, first_id: str, second_id: str) -> Path | None:
        """Write two sessions against one another; None when they have nothing in common.

        Raises:
            BadOutputError: It cannot be written.
        """
        return self._reporter().write_comparison(first_id, second_id)

    def _reporter(self) -> "Reporter":
        from coreline.app.reporting import Reporter  # noqa: PLC0415 - brings the whole report

        return Reporter(
            self.journal,
            self.person,
            self.programme,
            self.catalogue,
            self.words.language,
            self.settings.report_pictures,
        )

    def use_texts(self, texts: Texts) -> None:
        """Show and say everything with these texts from now on."""
        self.rig = replace(self.rig, texts=texts)
        if isinstance(self.rig.window, Window):
            self.rig.window.speak(texts)

    def set_full_screen(self, *, on: bool) -> None:
        """Fill the screen with the window, or no longer."""
        if isinstance(self.rig.window, Window):
            self.rig.window.fill_screen(on=on)

    def life(self) -> Life:
        """Return everything the plan needs to know of the person."""
        return self.journal.life(self.person.id)

    def called(self) -> Callable[[str], str]:
        """Return what the person calls an exercise: those of other levels by their level too."""
        level = level_on(self.programme, self.life(), self.today).level
        return partial(self.speaker.exercise_at, level_id=level.id)

    def plan(self) -> DayPlan:
        """Return what today asks for."""
        return day_plan(self.programme, self.catalogue, self.life(), self.today)
