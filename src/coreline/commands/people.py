"""Whom a command is about, which day it is for them, and how it speaks to them."""

from datetime import date, datetime
from pathlib import Path

from coreline.app.recalling import recall
from coreline.commands.own_exercises import exercises_known
from coreline.data_files import load_programme, load_sentences
from coreline.errors import BadDataError, UnknownProfileError
from coreline.journal.database import Journal
from coreline.limits import FIRST_DAY, LAST_DAY, NAME_SIGNS
from coreline.printable import why_no_name
from coreline.programme.catalogue import Catalogue
from coreline.programme.life import Profile
from coreline.programme.spec import Language, Programme
from coreline.programme.wording import Speaker

WHO_HELP = "Somebody else than who trains now."
JSON_HELP = "For a machine to read."


def whose(journal: Journal, who: str | None) -> Profile:
    """Return the person named, or who trains when nobody is.

    Raises:
        UnknownProfileError: There is no such person, nobody at all, or several to choose from.
    """
    if who is not None:
        return journal.profile(who)
    current = journal.current_profile()
    if current is not None:
        return current
    names = ", ".join(profile.name for profile in journal.profiles())
    if names:
        raise UnknownProfileError(
            f"several people train here ({names}): choose one with coreline profile --use NAME"
        )
    if journal.lost_everybody:
        raise UnknownProfileError(
            "nobody is left in the journal, which was damaged or lost: coreline journal recover "
            "reads what is left of it, coreline journal import takes in an export; or make a "
            "profile again with coreline profile --name NAME"
        )
    raise UnknownProfileError(
        "nobody trains here yet: make a profile with coreline profile, for instance "
        "coreline profile --name Anna --height 1.75"
    )


def day_here() -> date:
    """Return the calendar day where this computer is."""
    return datetime.now().astimezone().date()


def day_of(option: str, given: str | None) -> date | None:
    """Return the day that an option gives, if it is given.

    Raises:
        BadDataError: It is no day, or one on which nobody trains.
    """
    if given is None:
        return None
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise BadDataError(f"{option} {given}: give a day such as 2026-11-01") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BadDataError(f"{option} {given}: give a day from {FIRST_DAY} to {LAST_DAY}")
    return day


def place_of(given: str) -> str:
    """Return what a spot is called.

    Raises:
        BadDataError: It cannot be called so.
    """
    if (why := why_no_name(given)) is not None:
        raise BadDataError(f"--place {given[:NAME_SIGNS]!r}: {why}, such as home")
    return given.strip()


def speaking(
    language: Language, journal: Journal | None = None, own: Path | None = None
) -> tuple[Programme, Catalogue, Speaker]:
    """Return the programme, the exercises, and who says things about them.

    With a journal, exercises of it whose file is gone can be looked up too; `own` are exercises
    that the person points at.

    Raises:
        BadDataError: A file of the person's own exercises is malformed or unreadable.
    """
    programme, catalogue = load_programme(), exercises_known(own)
    if journal is not None:
        catalogue = recall(catalogue, journal)
    return programme, catalogue, Speaker(load_sentences(), programme, catalogue, language)
