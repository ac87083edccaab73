"""`coreline pain`: note how much it hurts, hear what the handout says to that, and rest."""

import sys
from datetime import date
from typing import Annotated, Any

import typer

from coreline.commands.documents import SCHEMA, plain, saying_document
from coreline.commands.journal_here import journal_here, notice_document
from coreline.commands.options import EXERCISE_HELP, exercise_named, moment_typed
from coreline.commands.own_exercises import Own
from coreline.commands.people import JSON_HELP, WHO_HELP, day_here, level_of, speaking, whose
from coreline.commands.terminal import tell_document, tell_lines
from coreline.data_files import load_vocabulary
from coreline.errors import BadDataError
from coreline.journal.database import Journal
from coreline.programme.life import (
    AdviceGiven,
    Life,
    PainMoment,
    PainNoted,
    PainPlace,
    Profile,
    RestChosen,
    Skipped,
)
from coreline.programme.pain import PainAdvice, advice_after, pain_today
from coreline.programme.sayings import Saying, say
from coreline.programme.spec import Programme
from coreline.programme.typed import choice_of
from coreline.programme.wording import Speaker

EXAMPLES = (
    "Examples:  coreline pain --score 3 --where rug,lies  |  coreline pain --score 7"
    " --exercise superman  |  coreline pain --rest 3  |  coreline pain --rest 0"
)
_WORST = 10


def pain(
    score: Annotated[int | None, typer.Option(help="0 is none, 10 the worst there is.")] = None,
    where: Annotated[
        str | None,
        typer.Option(
            help="back, buttock, hamstring, groin, other, or rug, bil, lies …; with commas."
        ),
    ] = None,
    moment: Annotated[
        PainMoment | None,
        typer.Option(
            parser=moment_typed,
            metavar="before|during|after",
            help="Of the session; told by what was done if left out.",
        ),
    ] = None,
    exercise: Annotated[
        str | None,
        typer.Option("--exercise", "-e", help=f"The exercise that hurts. {EXERCISE_HELP}"),
    ] = None,
    rest: Annotated[int | None, typer.Option(help="Rest so many days; 0 ends a rest.")] = None,
    own: Own = None,
    who: Annotated[str | None, typer.Option(help=WHO_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Note how much it hurts, or rest a few days; what follows is the handout's advice."""
    here = day_here()
    if score is None and (where or moment or exercise):
        raise BadDataError(
            "--score: say how much it hurts, 0 to 10",
            nl="--score: zeg hoeveel pijn het doet, 0 tot 10",
        )
    asking = score is None and rest is None and not as_json and sys.stdin.isatty()
    places = places_of(where)
    looking = score is None and rest is None and not asking
    with journal_here(read_only=looking, today=here) as journal:
        profile = whose(journal, who)
        programme, catalogue, speaker = speaking(profile.language, journal, own)
        if asking:
            score, places = _ask(speaker)
        days = None if rest is None else _rest_days(rest, programme)
        life = journal.life(profile.id)
        noted = None
        if score is not None:
            chosen = exercise and exercise_named(catalogue, exercise, level_of(life)).id
            noted = _noted(life, here, score, places, moment, chosen)
            journal.note(profile.id, noted)
        if days is not None:
            journal.note(profile.id, RestChosen(here, days))
        advice = _advice(programme, journal.life(profile.id), here, noted)
        sayings = [*_said(noted, days, advice, here), *advice.sayings]
        if as_json:
            head = {"schema": SCHEMA, "name": profile.name, **notice_document(journal)}
            tell_document(_document(head, advice, sayings, speaker))
        else:
            tell_lines(_lines(sayings, advice, speaker))
        if not looking:
            _keep(journal, profile, advice, here, said=not as_json)


def places_of(given: str | None) -> tuple[PainPlace, ...]:
    """Return the places in a list with commas.

    Raises:
        BadDataError: One of them is none that is asked for.
    """
    names = [each.strip() for each in (given or "").split(",") if each.strip()]
    known = load_vocabulary().pain_place
    return tuple(dict.fromkeys(PainPlace(choice_of("--where", each, known)) for each in names))


def _rest_days(days: int, programme: Programme) -> int:
    longest = programme.pain.rules.longest_rest_days
    if not 0 <= days <= longest:
        raise BadDataError(
            f"--rest {days}: give a number of days from 0 to {longest}",
            nl=f"--rest {days}: geef een aantal dagen van 0 tot {longest}",
        )
    return days


def _noted(
    life: Life,
    day: date,
    score: int,
    places: tuple[PainPlace, ...],
    moment: PainMoment | None,
    exercise_id: str | None,
) -> PainNoted:
    """Return the answer as it is kept; of an exercise it is always during."""
    if not 0 <= score <= _WORST:
        raise BadDataError(
            f"--score {score}: give a number from 0 (no pain) to {_WORST}",
            nl=f"--score {score}: geef een getal van 0 (geen pijn) tot {_WORST}",
        )
    if exercise_id is not None:
        if moment not in (None, PainMoment.DURING):
            raise BadDataError(
                f"--moment {moment}: an exercise hurts during it; leave this out",
                nl=f"--moment {moment}: een oefening doet pijn tijdens het doen; laat dit weg",
            )
        return PainNoted(day, PainMoment.DURING, score, places, exercise_id)
    trained = any(each.day == day for each in life.sets)
    usual = PainMoment.AFTER if trained else PainMoment.BEFORE
    return PainNoted(day, moment or usual, score, places)


def _ask(speaker: Speaker) -> tuple[int, tuple[PainPlace, ...]]:
    """Return what the person answers."""
    score = -1
    while not 0 <= score <= _WORST:
        score = int(typer.prompt(speaker.text("ask.now"), type=int))
    if score == 0:
        return 0, ()
    names = [speaker.text(f"place.{place}") for place in PainPlace]
    question = f"{speaker.text('ask.where')} {', '.join(names)}"
    return score, places_of(typer.prompt(question, default="", show_default=False))


def _advice(programme: Programme, life: Life, day: date, noted: PainNoted | None) -> PainAdvice:
    if noted is None:
        return pain_today(programme, life, day)
    return advice_after(programme, life, noted)


def _said(noted: PainNoted | None, days: int | None, advice: PainAdvice, day: date) -> list[Saying]:
    """Return what was written down."""
    said = []
    if noted is not None:
        said.append(say("word.pain_noted", score=noted.score))
    if days is not None:
        until = date.fromordinal(day.toordinal() + days - 1)
        said.append(say("why.resting", until=until) if days else say("note.rest_over"))
    if advice.skip_id is not None:
        said.append(say("word.skip_now", exercise=advice.skip_id))
    return said


def _keep(journal: Journal, profile: Profile, advice: PainAdvice, day: date, *, said: bool) -> None:
    """Write down what follows: an exercise to skip, and that the advice was given."""
    if advice.skip_id is not None:
        journal.note(profile.id, Skipped(day, advice.skip_id, None, for_pain=True))
    if advice.contact is not None and advice.contact.aloud and said:
        journal.note(profile.id, AdviceGiven(day))


def _lines(sayings: list[Saying], advice: PainAdvice, speaker: Speaker) -> list[str]:
    lines = [speaker.say(each) for each in sayings] or [speaker.text("word.nothing_yet")]
    if advice.rest_days is not None:
        lines.append(speaker.word("rest_offered", days=advice.rest_days))
    return lines


def _document(
    head: dict[str, Any], advice: PainAdvice, sayings: list[Saying], speaker: Speaker
) -> dict[str, Any]:
    contact = advice.contact
    return {
        **head,
        "skip": advice.skip_id,
        "rest_days_offered": advice.rest_days,
        "slight_rise": advice.reassure,
        "contact": None
        if contact is None
        else plain({"why": contact.reason, "since": contact.since}),
        "sayings": [saying_document(each, speaker) for each in sayings],
    }
