"""What the journal could not take is saved elsewhere, also when the program fails meanwhile."""

from pathlib import Path
from typing import cast

import pytest

from coreline.app import keeping
from coreline.app.keeping import Keeper, train_and_keep
from coreline.data_files import load_catalogue, load_cues
from coreline.errors import BadOutputError
from coreline.files.recordings import load_trace
from coreline.journal.database import open_journal
from coreline.journal.recorder import Recorder
from coreline.journal.sessions import session_start
from coreline.programme.language import Language
from coreline.session.blocks import Block
from coreline.session.session import Session
from coreline.training.choices import SessionChoices
from coreline.training.rig import Rig, texts_of
from coreline.training.train import Listeners
from journal_values import ANNA, DAY, HOLD, PLAN, STARTED_AT
from judged_recordings import RECORDINGS

CATALOGUE = load_catalogue()


class Terminal:
    """Takes what is said; there is neither window nor sound."""

    def __init__(self, language: Language) -> None:
        self.texts = texts_of(language, CATALOGUE)
        self.said: list[str] = []

    def say(self, line: str) -> None:
        self.said.append(line)


def train_and_fall(
    _: SessionChoices, __: Rig, ___: object, listeners: Listeners, *____: object
) -> None:
    """Hold a plank, and then meet what nobody foresaw."""
    session = Session([Block(CATALOGUE.get(HOLD))], load_cues(), open_ended=True)
    assert listeners.ledger is not None
    for t_s, pose in load_trace(RECORDINGS / f"{HOLD}.landmarks.npz"):
        listeners.ledger.keep(session, session.step(t_s, pose))
    session.finish(t_s)
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "the journal could not be written"), ("nl", "het logboek kon niet worden geschreven")],
)
def test_a_program_that_fails_on_a_disk_that_cannot_be_written_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(keeping, "train", train_and_fall)
    terminal = Terminal(language)
    rig, start = cast(Rig, terminal), session_start(ANNA.id, DAY, STARTED_AT, PLAN)
    wanted = cast(SessionChoices, Wanted())
    with open_journal(tmp_path / "data" / "coreline.sqlite3", today=DAY) as journal:
        journal.save_profile(ANNA)
        with journal.reading() as connection:
            connection.execute("PRAGMA query_only = ON")
        with pytest.raises(ZeroDivisionError), Recorder(journal, start) as recorder:
            train_and_keep(wanted, rig, CATALOGUE, Keeper(recorder, DAY))
    (saved,) = tmp_path.glob("coreline-*.sqlite3")
    assert saved.name in terminal.said[-2]
    assert terminal.said[-2].startswith(said)
    with open_journal(tmp_path / "elsewhere" / "coreline.sqlite3", today=DAY) as other:
        assert other.import_(saved).sessions == 1
        (session,) = other.sessions(ANNA.id)
        assert [each.exercise_id for each in session.sets] == [HOLD]


class Wanted:
    """A session without exercises of anybody's own."""

    blocks: tuple[Block, ...] = ()


@pytest.mark.parametrize(("language", "said"), [("en", "this session"), ("nl", "deze training")])
def test_that_a_session_could_not_be_kept_anywhere_is_said_in_the_persons_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    terminal = Terminal(language)
    keeper = Keeper(cast(Recorder, Refusing()), DAY)
    keeper.save_unsaved(terminal.say, language)
    assert terminal.said == [f"{said} {WHY[language]}"]


WHY = {
    "en": "could not be kept: here: is full",
    "nl": "kon niet worden bewaard: hier: is vol",
}


class Refusing:
    """A recorder whose disk and whose folder are full."""

    session_id = "s" * 32

    def flush(self, _: float) -> bool:
        return False

    def export(self, _: Path) -> None:
        raise BadOutputError("here: is full", nl="hier: is vol")
