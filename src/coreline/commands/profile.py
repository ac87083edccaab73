"""`coreline profile`: who trains here, and what the plan needs to know of them."""

import shutil
import sys
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from coreline.commands.documents import SCHEMA, profile_document
from coreline.commands.journal_here import journal_here, notice_document
from coreline.commands.options import (
    DAY_HELP,
    LANGUAGES,
    LanguageChoice,
    LevelBy,
    exercise_named,
    language_typed,
    level_by_typed,
    usual_language,
)
from coreline.commands.own_exercises import exercises_known
from coreline.commands.people import JSON_HELP, day_here, day_of, place_of, speaking, whose
from coreline.commands.terminal import tell, tell_document, tell_lines
from coreline.commands.wording import words_in
from coreline.data_files import load_programme, load_vocabulary
from coreline.errors import BadDataError, BadOutputError, UnknownProfileError
from coreline.files.reading import reason_in_dutch
from coreline.journal.database import Journal
from coreline.printable import printable
from coreline.programme.ball import SHORTEST_M, TALLEST_M, ball_diameter_cm
from coreline.programme.called import level_called
from coreline.programme.language import Language
from coreline.programme.level import level_on
from coreline.programme.life import LevelChosen, Life, Profile
from coreline.programme.spec import Programme
from coreline.programme.typed import length_typed, meant
from coreline.programme.wording import Speaker

EXAMPLES = (
    "Examples:  coreline profile --name Anna --height 1,75 --start 1-11-2026 --language nl"
    " --ball all  |  coreline profile --list  |  coreline profile --use Anna"
    "  |  coreline profile --level w12"
)
ALL, NONE = "all", "none"
_NEW_NAME: Final[dict[Language, str]] = {"nl": "Ik", "en": "Me"}


def profile(
    name: Annotated[str | None, typer.Option(help="Whose; a new name makes a profile.")] = None,
    rename: Annotated[str | None, typer.Option(help="Another name.")] = None,
    height: Annotated[
        str | None, typer.Option(help="Body height, such as 1.75, 1,75 or 175 cm.")
    ] = None,
    start: Annotated[str | None, typer.Option(help=f"First day of week 1, {DAY_HELP}")] = None,
    language: Annotated[
        LanguageChoice | None,
        typer.Option(parser=language_typed, metavar=LANGUAGES, help="Of all texts."),
    ] = None,
    ball: Annotated[
        list[str] | None,
        typer.Option(help="Exercises on the ball: ids or names, all or none (alle, geen)."),
    ] = None,
    second_way: Annotated[
        bool | None, typer.Option(help="Do symmetrical poses facing each way.")
    ] = None,
    level_by: Annotated[
        LevelBy | None,
        typer.Option(
            parser=level_by_typed,
            metavar="date|readiness",
            help="Be asked to go on by the weeks, or as soon as you are ready.",
        ),
    ] = None,
    place: Annotated[
        str | None, typer.Option(help="Where the camera stands, as coreline calibrate calls it.")
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(help="Train this level from today on, such as w34, 'week 3-4' or gevorderd."),
    ] = None,
    list_all: Annotated[bool, typer.Option("--list", help="Show everybody.")] = False,
    use: Annotated[str | None, typer.Option(help="Who trains from now on.")] = None,
    delete: Annotated[str | None, typer.Option(help="Delete somebody and all their data.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Make, show or change a profile; without options it asks, in a terminal."""
    programme = load_programme()
    changes = _changes(programme, height, start, language, ball, second_way, level_by)
    if rename is not None:
        changes["name"] = rename
    if place is not None:
        changes["place"] = place_of(place)
    level_id = None if level is None else level_called(level, programme, load_vocabulary())
    with journal_here() as journal:
        if delete is not None:
            _delete(journal, delete, yes=yes)
            return
        if use is not None:
            journal.use_profile(journal.profile(use).id)
        if changes or name is not None or level_id is not None:
            _save(journal, _changed(journal, name, changes), level_id)
        elif use is None and not list_all and not as_json and sys.stdin.isatty():
            _ask(journal, programme)
        people = journal.profiles() if list_all else (whose(journal, None),)
        if as_json:
            tell_document(_document(people, journal, programme))
        else:
            tell_lines(_lines(people, journal, programme))


# What was asked for


def height_of(given: str) -> float:
    """Return a height in metres; see `length_typed`.

    Raises:
        BadDataError: It is none.
    """
    return length_typed("--height", given, SHORTEST_M, TALLEST_M)


def _changes(
    programme: Programme,
    height: str | None,
    start: str | None,
    language: LanguageChoice | None,
    ball: Sequence[str] | None,
    second_way: bool | None,
    level_by: LevelBy | None,
) -> dict[str, Any]:
    """Return what the options change of a profile, checked."""
    given = {
        "height_m": None if height is None else height_of(height),
        "start": day_of("--start", start),
        "language": None if language is None else language.language,
        "on_ball": None if not ball else _on_ball(ball, programme),
        "second_way": second_way,
        "level_by": None if level_by is None else level_by.value,
    }
    return {key: value for key, value in given.items() if value is not None}


def _on_ball(given: Sequence[str], programme: Programme) -> frozenset[str]:
    """Return the exercises done on the ball."""
    names = [name.strip() for each in given for name in each.split(",") if name.strip()]
    quantity = meant(names[0], load_vocabulary().quantity) if len(names) == 1 else None
    if quantity == ALL:
        return frozenset(programme.ball.exercises)
    if quantity == NONE:
        return frozenset()
    return frozenset(_ball_exercise(name, programme) for name in names)


def _ball_exercise(name: str, programme: Programme) -> str:
    own = exercise_named(exercises_known(), name).id
    if own not in programme.ball.exercises:
        raise BadDataError(
            f"--ball {own}: this exercise is done on the floor; leave it out",
            nl=f"--ball {own}: deze oefening doe je op de grond; laat hem weg",
        )
    return own


# Writing


def _changed(journal: Journal, name: str | None, changes: dict[str, Any]) -> Profile:
    """Return the profile that the options are about, changed; a new one where there is none."""
    found = _named(journal, name) if name is not None else journal.current_profile()
    if found is None and name is None and journal.profiles():
        whose(journal, None)  # says that one is to be chosen
    return replace(found or _new(name), **changes)


def _named(journal: Journal, name: str) -> Profile | None:
    try:
        return journal.profile(name)
    except UnknownProfileError:
        return None


def _new(name: str | None) -> Profile:
    """Return somebody new, who begins today."""
    language = usual_language().language
    chosen = name or _NEW_NAME[language]
    return Profile(uuid.uuid4().hex, chosen, language, start=day_here())


def _save(journal: Journal, changed: Profile, level_id: str | None) -> None:
    """Keep a profile; somebody new trains from now on."""
    known = any(each.id == changed.id for each in journal.profiles())
    journal.save_profile(changed)
    if not known:
        journal.use_profile(changed.id)
    if level_id is not None:
        day = max(day_here(), changed.start)  # what is chosen before the start would not count
        choice = LevelChosen(day, level_id)
        _check_level(journal.life(changed.id), choice)
        journal.note(changed.id, choice)


def _check_level(life: Life, choice: LevelChosen) -> None:
    """Refuse a level that the physiotherapist does not allow yet."""
    chosen = replace(life, levels=(*life.levels, choice))
    at = level_on(load_programme(), chosen, choice.day)
    if at.level.id != choice.level_id:
        raise BadDataError(
            f"--level {choice.level_id}: your physiotherapist keeps you at {at.level.id}; "
            "coreline plan show says until when",
            nl=f"--level {choice.level_id}: je fysiotherapeut laat je nog {at.level.id} doen; "
            "coreline plan show zegt tot wanneer",
        )


def _delete(journal: Journal, name: str, *, yes: bool) -> None:
    """Delete a person and all their data, after asking once."""
    found = journal.profile(name)
    w = words_in(found.language)
    if not yes:
        if not sys.stdin.isatty():
            raise BadDataError(
                f"--delete {found.name}: add --yes; this cannot be undone",
                nl=f"--delete {found.name}: zet er --yes bij; dit is niet terug te draaien",
            )
        typer.confirm(w("profile.ask_delete", name=printable(found.name)), abort=True)
    gone = journal.delete_profile(found.id)
    tell(w("profile.deleted", name=found.name, sessions=gone.sessions))
    for folder in gone.folders:
        if _remove(folder):
            tell("  " + w("profile.folder_deleted", folder=folder))


def _remove(folder: Path) -> bool:
    """Delete a folder of a person's reports or videos; say whether there was one.

    Raises:
        BadOutputError: It cannot be deleted, or not in whole.
    """
    if not folder.exists():
        return False
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise BadOutputError(
            f"{folder}: cannot be deleted ({error.strerror}); delete it by hand",
            nl=f"{folder}: kan niet gewist worden ({reason_in_dutch(error)}); wis het zelf",
        ) from error
    return True


# Asking


def _ask(journal: Journal, programme: Programme) -> None:
    """Ask for a profile, what there is already as the answer to agree with."""
    if journal.profiles():
        whose(journal, None)  # says that one is to be chosen
    before = journal.current_profile() or _new(None)
    answer = typer.prompt("Taal / Language (nl, en)", default=before.language)
    known = meant(answer, load_vocabulary().language)
    language = before.language if known is None else LanguageChoice(known).language
    _, _, speaker = speaking(language)
    name = typer.prompt(speaker.text("ask.name"), default=before.name)
    height_m = _ask_height(speaker, before)
    start = _ask_start(speaker, before)
    ball = typer.confirm(speaker.text("ask.ball"), default=bool(before.on_ball))
    on_ball = (before.on_ball or frozenset(programme.ball.exercises)) if ball else frozenset()
    changes = {"name": name, "language": language, "height_m": height_m, "start": start}
    _save(journal, replace(before, **changes, on_ball=on_ball), None)


def _ask_height(speaker: Speaker, before: Profile) -> float | None:
    """Return the height, asked for until it can be one; it may be left out."""
    usual = "" if before.height_m is None else _number(before.height_m, speaker.language)
    while given := typer.prompt(
        speaker.text("ask.height"), default=usual, show_default=bool(usual)
    ):
        try:
            return height_of(given)
        except BadDataError as error:
            tell(error.in_(speaker.language))
    return None


def _ask_start(speaker: Speaker, before: Profile) -> date:
    """Return the first day, asked for until it is one."""
    while True:
        given = typer.prompt(speaker.text("ask.start"), default=before.start.isoformat())
        try:
            return day_of("--start", given) or before.start
        except BadDataError as error:
            tell(error.in_(speaker.language))


# Showing


def _document(people: Sequence[Profile], journal: Journal, programme: Programme) -> dict[str, Any]:
    documents = [profile_document(each, ball_cm=_ball_cm(each, programme)) for each in people]
    return {"schema": SCHEMA, **notice_document(journal), "profiles": documents}


def _lines(people: Sequence[Profile], journal: Journal, programme: Programme) -> list[str]:
    current = journal.current_profile()
    return [_line(each, programme, marked=each == current and len(people) > 1) for each in people]


def _line(profile: Profile, programme: Programme, *, marked: bool) -> str:
    """Return a person in one line, in their own language."""
    _, _, speaker = speaking(profile.language)
    parts = [profile.name + (" *" if marked else ""), profile.language]
    parts.append(speaker.word("starts", start=profile.start))
    ball_cm = _ball_cm(profile, programme)
    if profile.height_m is not None and ball_cm is not None:
        parts.append(f"{_number(profile.height_m, profile.language)} m")
        parts.append(speaker.word("ball_size", n=ball_cm))
    parts.append(speaker.word("on_ball", n=len(profile.on_ball)))
    parts.append(speaker.text(f"word.level_by_{profile.level_by}"))
    return ", ".join(parts)


def _number(value: float, language: Language) -> str:
    """Return a number with two decimals, which a comma comes before in Dutch."""
    text = f"{value:.2f}"
    return text.replace(".", ",") if language == "nl" else text


def _ball_cm(profile: Profile, programme: Programme) -> int | None:
    if profile.height_m is None:
        return None
    return ball_diameter_cm(profile.height_m, programme.ball.sizes)
