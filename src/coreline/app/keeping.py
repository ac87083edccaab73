"""The journal's side of a session: begin it, follow it, end it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from coreline.app.wording import own_texts
from coreline.errors import CorelineError
from coreline.journal.recorder import Receipt, Recorder
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.programme.life import PainMoment, PainNoted, PainPlace, Skipped
from coreline.screen.answers import PainGiven
from coreline.session.blocks import Block
from coreline.session.command import Command
from coreline.session.record import SetRecord
from coreline.session.session import Session, Step
from coreline.training.choices import SessionChoices
from coreline.training.live import PainPage
from coreline.training.rig import Rig
from coreline.training.train import Listeners, SessionOutcome, train

FLUSH_S: Final = 3.0  # for what was handed over last to reach the disk


class Keeper:
    """The ledger of a session: hands every step on to the journal's recorder, which never waits."""

    def __init__(self, recorder: Recorder, day: date) -> None:
        """Keep a session of this day."""
        self._recorder, self._day = recorder, day
        self.began = False

    def describe(self, blocks: Sequence[Block], catalogue: Catalogue) -> None:
        """Keep what the person's own exercises among the blocks are."""
        trained = {block.exercise.id for block in blocks}
        self._recorder.describe([each for each in catalogue.own if each.id in trained])

    @property
    def session_id(self) -> str:
        """Return what the session is called."""
        return self._recorder.session_id

    @property
    def reaches_disk(self) -> bool:
        """Say whether what is handed on is on the disk soon, as things are now."""
        return self._recorder.reaches_disk

    def keep(self, session: Session, step: Step) -> Receipt:
        """Keep what is new in a step."""
        self.began = True
        self._recorder.follow(session.records, session.done)
        if step.pain is not None and step.pain.answer is Command.PAIN_SKIP:
            self._skip(step.pain.exercise_id)
        return self._recorder.receipt()

    def keep_last(self, session: Session) -> Receipt:
        """Keep what the last moment brought; whether the session is over is for `end` to say."""
        if self.began:
            self._recorder.follow(session.records)
        return self._recorder.receipt()

    def end(self, records: Sequence[SetRecord]) -> None:
        """Keep that the session is over, and what its last moment brought."""
        if records:
            self._recorder.follow(records)
        self._recorder.end_session(datetime.now().astimezone())

    def save_unsaved(self, say: Callable[[str], None], language: Language) -> None:
        """Write what the journal could not take into a file where the person is, and say so."""
        if self._recorder.flush(FLUSH_S):
            return
        words = own_texts().in_(language)
        place = Path.cwd() / f"coreline-{self._recorder.session_id[:8]}.sqlite3"
        try:
            self._recorder.export(place)
        except CorelineError as error:
            say(words("keeping.not_kept", why=error.in_(language)))
            return
        say(words("keeping.kept_beside", place=place))
        say(words("keeping.import"))

    def note_pain(self, exercise_id: str, given: PainGiven) -> PainNoted:
        """Keep how much an exercise hurts, and return it."""
        noted = pain_of(given, self._day, PainMoment.DURING, exercise_id)
        self._recorder.note(noted)
        return noted

    def _skip(self, exercise_id: str) -> None:
        self._recorder.note(Skipped(self._day, exercise_id, None, for_pain=True))


def train_and_keep(
    wanted: SessionChoices,
    rig: Rig,
    catalogue: Catalogue,
    keeper: Keeper,
    pain_page: PainPage | None = None,
) -> SessionOutcome:
    """Train, with every step kept; return what was done.

    Raises:
        CorelineError: The camera or the model failed. What was done until then is kept, and can be
            gone on with; where nothing was, nothing is left open.
    """
    keeper.describe(wanted.blocks, catalogue)
    try:
        hears = Listeners(pain_page=pain_page, ledger=keeper, session_id=keeper.session_id)
        left = train(wanted, rig, catalogue, hears)
        keeper.end(left.records)
    except CorelineError:
        if not keeper.began:
            keeper.end([])
        raise
    finally:  # also where the program fails: what is not on the disk goes with it
        if keeper.began:
            keeper.save_unsaved(rig.say, rig.texts.language)
    return left


def pain_of(
    given: PainGiven, day: date, moment: PainMoment, exercise_id: str | None = None
) -> PainNoted:
    """Return an answer of the page as a note."""
    places = tuple(PainPlace(place) for place in given.places)
    return PainNoted(day, moment, given.score, places, exercise_id)
