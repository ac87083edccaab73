"""The one way by which a command opens the journal.

What happened to it is said each time, until it is acknowledged: no command that opens the journal
can leave that out.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any

from coreline.app.notices import document, one_line
from coreline.app.wording import own_texts
from coreline.commands.options import usual_language
from coreline.commands.people import day_here
from coreline.commands.terminal import tell
from coreline.errors import CorelineError
from coreline.journal.database import Journal, open_journal
from coreline.programme.language import Language
from coreline.programme.texts import TextsIn


@contextmanager
def journal_here(*, read_only: bool = False, today: date | None = None) -> Iterator[Journal]:
    """Open the journal, and say what there is to say of it on standard error.

    What goes wrong while it is open is told in the language of who trains.

    Raises:
        JournalError: It cannot be opened; see `open_journal`.
    """
    with open_journal(read_only=read_only, today=today or day_here()) as journal:
        say_notices(journal)
        try:
            yield journal
        except CorelineError as error:
            error.language = language_of(journal)
            raise


def say_notices(journal: Journal) -> None:
    """Say in one line what the person should know of the journal, if there is anything."""
    if notices := journal.notices:
        tell(f"coreline: {one_line(notices, _words(journal))}", err=True)


def notice_document(journal: Journal) -> dict[str, Any]:
    """Return the same as a part of a document for a machine; `null` where all is well."""
    notices = journal.notices
    return {"notice": document(notices, _words(journal)) if notices else None}


def _words(journal: Journal) -> TextsIn:
    """Return the words in the language of who trains, or of those who did."""
    return own_texts().in_(language_of(journal))


def language_of(journal: Journal) -> Language:
    """Return the language of who trains, or of those who did; else that of the settings."""
    with suppress(CorelineError):  # what is said is that it cannot be read
        profile = journal.current_profile()
        if profile is not None:
            return profile.language
    for language in journal.languages:
        if language in ("nl", "en"):
            return "nl" if language == "nl" else "en"
    return usual_language().language
