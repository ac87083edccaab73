"""Whom a command is about, which day it is for them, and how it speaks to them."""

from datetime import date, datetime
from pathlib import Path

from coreline.app.recalling import recall
from coreline.commands.own_exercises import exercises_known
from coreline.data_files import load_programme, load_sentences, load_vocabulary
from coreline.errors import BadDataError, UnknownProfileError
from coreline.journal.database import Journal
from coreline.limits import NAME_SIGNS
from coreline.printable import why_no_name
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.programme.level import level_on
from coreline.programme.life import Life, Profile
from coreline.programme.spec import Programme
from coreline.programme.typed import day_typed
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
            f"several people train here ({names}): choose one with coreline profile --use NAME",
            nl=f"hier trainen er meer ({names}): kies iemand met coreline profile --use NAAM",
        )
    if journal.lost_everybody:
        raise UnknownProfileError(
            "nobody is left in the journal, which was damaged or lost: coreline journal recover "
            "reads what is left of it, coreline journal import takes in an export; or make a "
            "profile again with coreline profile --name NAME",
            nl="er staat niemand meer in het logboek, dat beschadigd of verloren was: coreline "
            "journal recover leest wat er nog van is, coreline journal import neemt een export op; "
            "of maak opnieuw een profiel met coreline profile --name NAAM",
        )
    raise UnknownProfileError(
        "nobody trains here yet: make a profile with coreline profile, for instance "
        "coreline profile --name Anna --height 1.75",
        nl="er traint hier nog niemand: maak een profiel met coreline profile, bijvoorbeeld "
        "coreline profile --name Anna --height 1,75",
    )


def day_here() -> date:
    """Return the calendar day where this computer is."""
    return datetime.now().astimezone().date()


def day_of(option: str, given: str | None) -> date | None:
    """Return the day that an option gives, if it is given; see `day_typed`.

    Raises:
        BadDataError: It is no day, or one on which nobody trains.
    """
    return None if given is None else day_typed(option, given, day_here(), load_vocabulary())


def span_reversed(first: date, last: date) -> BadDataError:
    """Return the error for days the wrong way round."""
    return BadDataError(
        f"--to {last}: comes before --from {first}; change the two about",
        nl=f"--to {last}: ligt voor --from {first}; wissel de twee om",
    )


def level_of(life: Life) -> str:
    """Return the id of the level that somebody trains today."""
    return level_on(load_programme(), life, day_here()).level.id


def place_of(given: str) -> str:
    """Return what a spot is called.

    Raises:
        BadDataError: It cannot be called so.
    """
    if (why := why_no_name(given)) is not None:
        shown = repr(given[:NAME_SIGNS])
        raise BadDataError(
            f"--place {shown}: {why[0]}, such as home", nl=f"--place {shown}: {why[1]}, zoals thuis"
        )
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
