"""The journal for a command that trains: written where it can be, in memory where it cannot."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from coreline.choices.language import spoken_language
from coreline.commands.journal_here import journal_here, language_of, say_notices
from coreline.commands.people import day_here
from coreline.commands.wording import words_in
from coreline.errors import CorelineError, JournalUnwritableError
from coreline.files.folders import database_file
from coreline.journal.database import Journal, memory_journal

Say = Callable[[str], None]


@contextmanager
def training_journal(say: Say) -> Iterator[Journal]:
    """Open the journal, say what there is to say of it, and save what only memory holds.

    Raises:
        JournalError: Another program has it open, or it is not a journal.
    """
    with ExitStack() as stack:
        try:
            journal = stack.enter_context(journal_here())
        except JournalUnwritableError as error:
            w = words_in(spoken_language())
            say(w("train.in_memory", why=error.in_(w.language)))
            journal = stack.enter_context(memory_journal(database_file()))
            stack.callback(_save, journal, say)  # also where the program fails: memory goes with it
            say_notices(journal)
        yield journal


def _save(journal: Journal, say: Say) -> None:
    """Write what only memory holds into a file where the person is."""
    if not journal.profiles():
        return
    w = words_in(language_of(journal))
    place = Path.cwd() / f"coreline-{day_here()}.sqlite3"
    try:
        journal.export(place)
    except CorelineError as error:
        say(w("train.not_kept", why=error.in_(w.language)))
        return
    say(w("train.kept_beside", place=place))
