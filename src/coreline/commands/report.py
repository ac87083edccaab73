"""`coreline report`: the form report of a session, or some weeks for the physiotherapist."""

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from coreline.app.picturing import Pictures, photos_of
from coreline.app.recalling import recall
from coreline.camera.moment_pictures import moments_files
from coreline.choices.settings import load_settings
from coreline.commands.comparing import compared_sessions
from coreline.commands.journal_here import journal_here
from coreline.commands.kept import LAST, chosen_session, forms_kept, kept_session
from coreline.commands.options import DAY_HELP, LANGUAGES, LanguageChoice, language_typed
from coreline.commands.own_exercises import Own, exercises_known
from coreline.commands.people import WHO_HELP, day_here, whose
from coreline.commands.terminal import tell
from coreline.commands.wording import words_in
from coreline.data_files import load_programme, words_with
from coreline.errors import BadDataError
from coreline.files.folders import make_private
from coreline.files.writing import check_place, write_text
from coreline.journal.database import Journal
from coreline.journal.undo import taken_back, told_of
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.programme.life import Profile
from coreline.report.html import render_session
from coreline.report.pdf import write_pdf
from coreline.report.pictured import photo_note
from coreline.report.weeks import form_days, weeks_report, with_form
from coreline.report.weeks_page import render_weeks
from coreline.report.wording import Wording

EXAMPLES = (
    "Examples:  coreline report --open  |  coreline report 2026-11-22 --pdf"
    "  |  coreline report --weeks 2 --pdf --out physio.pdf  |  coreline report --compare 1-11 last"
)
_LONGEST_WEEKS = 2600  # fifty years


def report(
    session: Annotated[
        str | None,
        typer.Argument(
            help=f"Last (the usual), the beginning of a session's id, or a day, {DAY_HELP}"
        ),
    ] = None,
    weeks: Annotated[
        int | None,
        typer.Option(min=1, max=_LONGEST_WEEKS, help="So many weeks, on one page, instead."),
    ] = None,
    compare: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="A B", help="Two sessions against one another, or left and right of one."
        ),
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="A PDF, by this computer's Chromium.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="Where it goes; the data folder without.")
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    language: Annotated[
        LanguageChoice | None,
        typer.Option(parser=language_typed, metavar=LANGUAGES, help="The person's without."),
    ] = None,
    pictures: Annotated[
        bool | None,
        typer.Option(
            "--pictures/--no-pictures",
            help="Best and worst moments out of the kept video; as in the settings without.",
        ),
    ] = None,
    no_faces: Annotated[
        bool, typer.Option("--no-faces", help="Such pictures, faces unrecognisable.")
    ] = False,
    own: Own = None,
    who: Annotated[str | None, typer.Option(help=WHO_HELP)] = None,
) -> None:
    """Write the form report of a session, or a summary of some weeks, and say where it is."""
    if out is not None:
        check_place(out)
    known = exercises_known(own)
    with journal_here(read_only=True) as journal:
        profile, catalogue = whose(journal, who), recall(known, journal)
        chosen: Language = language.language if language is not None else profile.language
        if compare is not None:
            _refuse_both(weeks)
            page, name = compared_sessions(journal, profile, compare, session, catalogue, chosen)
        elif weeks is None:
            wanted = _wanted(pictures, no_faces=no_faces)
            page, name = _of_session(journal, profile, session or LAST, catalogue, chosen, wanted)
        else:
            page, name = _of_weeks(journal, profile, weeks, catalogue, chosen)
        folder = journal.folders_of(profile.id)[0]
    place = out or make_private(folder) / f"{name}.{'pdf' if pdf else 'html'}"
    if pdf or place.suffix.lower() == ".pdf":
        write_pdf(page, place)
    else:
        write_text(place, page)
    w = words_in(profile.language)
    tell(w("report.place", place=place))
    if show and not webbrowser.open(place.absolute().as_uri()):
        tell(f"coreline: {w('report.no_browser')}", err=True)


def _refuse_both(weeks: int | None) -> None:
    if weeks is not None:
        raise BadDataError(
            "--weeks and --compare: are two reports; ask for them one after the other",
            nl="--weeks en --compare: zijn twee verslagen; vraag ze na elkaar",
        )


def _wanted(pictures: bool | None, *, no_faces: bool) -> Pictures:
    """Return which pictures the person wants in this report; as they agreed to, unless typed."""
    if pictures is False:
        return "off"
    if no_faces:
        return "no_faces"
    try:
        agreed = load_settings().report_pictures
    except BadDataError:  # what cannot be read agrees to nothing
        return "no_faces" if pictures else "off"
    # Who agreed to pictures without faces has not agreed to faces by asking for pictures.
    return "on" if pictures and agreed == "off" else agreed


def _of_session(
    journal: Journal,
    profile: Profile,
    name: str,
    catalogue: Catalogue,
    language: Language,
    pictures: Pictures,
) -> tuple[str, str]:
    """Return the page of a session, and what its file is called."""
    chosen = chosen_session(journal, profile, name)
    life, taken = journal.life(profile.id), told_of(taken_back(journal, profile.id))
    kept = kept_session(journal, chosen, life, load_programme(), taken)
    videos = moments_files(journal.folders_of(profile.id)[1])
    photos = photos_of(kept.report.analyses, videos, chosen.id, pictures)
    if note := photo_note(photos, Wording(words_with(catalogue), profile.language)):
        tell(f"coreline: {note}", err=True)
    page = render_session(kept.report, catalogue, words_with(catalogue), language, photos)
    return page, f"{chosen.started_at:%Y-%m-%d-%H%M%S}"


def _of_weeks(
    journal: Journal, profile: Profile, weeks: int, catalogue: Catalogue, language: Language
) -> tuple[str, str]:
    """Return the page of the last weeks, and what its file is called."""
    today, life = day_here(), journal.life(profile.id)
    taken = told_of(taken_back(journal, profile.id))
    forms = forms_kept(journal, profile.id, *form_days(today, weeks))
    found = weeks_report(load_programme(), catalogue, life, today, weeks, taken)
    page = render_weeks(with_form(found, forms), catalogue, words_with(catalogue), language)
    return page, f"{today}-{weeks}-weeks"
