"""`coreline today`: what to do, why, and how long it takes."""

from collections.abc import Iterator
from typing import Annotated

import typer

from coreline.commands.documents import SCHEMA, day_document
from coreline.commands.journal_here import journal_here, notice_document
from coreline.commands.level_question import offer_line, question_lines
from coreline.commands.options import DAY_HELP
from coreline.commands.own_exercises import Own
from coreline.commands.people import JSON_HELP, WHO_HELP, day_here, day_of, speaking, whose
from coreline.commands.terminal import tell_document, tell_lines
from coreline.errors import BadDataError
from coreline.journal.choices import write_choice
from coreline.journal.database import Journal
from coreline.programme.day import DayKind, DayPlan, Item, Offer
from coreline.programme.life import Profile
from coreline.programme.sayings import say
from coreline.programme.schedule import day_plan
from coreline.programme.wording import Speaker

EXAMPLES = (
    "Examples:  coreline today  |  coreline today --date morgen"
    "  |  coreline today --accept 1  |  coreline today --json"
)


def today(
    date: Annotated[str | None, typer.Option(help=f"Another day, {DAY_HELP}")] = None,
    accept: Annotated[int | None, typer.Option(help="Take what is offered, by number.")] = None,
    own: Own = None,
    who: Annotated[str | None, typer.Option(help=WHO_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Say what to do today, why, and how long it takes."""
    here = day_here()
    day = day_of("--date", date) or here
    if accept is not None and day != here:
        raise BadDataError(
            "--accept: what is offered can be taken today only; leave --date out",
            nl="--accept: een voorstel geldt alleen vandaag; laat --date weg",
        )
    with journal_here(read_only=accept is None, today=here) as journal:
        profile = whose(journal, who)
        programme, catalogue, speaker = speaking(profile.language, journal, own)
        plan = day_plan(programme, catalogue, journal.life(profile.id), day, today=here)
        chosen = None if accept is None else take(journal, profile, _offer(plan, accept))
        if chosen is not None:
            life = journal.life(profile.id)
            plan = day_plan(programme, catalogue, life, day, today=here)
        head = {"schema": SCHEMA, "name": profile.name, **notice_document(journal)}
    if as_json:
        tell_document({**head, **day_document(plan, speaker)})
        return
    if chosen is not None:
        tell_lines((speaker.word("chosen", what=speaker.say(chosen.what)), ""))
    tell_lines(day_lines(plan, speaker))


def _offer(plan: DayPlan, number: int) -> Offer:
    """Return what is offered under a number."""
    if not plan.offers:
        raise BadDataError(
            f"--accept {number}: nothing is offered today",
            nl=f"--accept {number}: vandaag is er geen voorstel",
        )
    if not 1 <= number <= len(plan.offers):
        raise BadDataError(
            f"--accept {number}: give a number from 1 to {len(plan.offers)}",
            nl=f"--accept {number}: geef een getal van 1 tot {len(plan.offers)}",
        )
    return plan.offers[number - 1]


def take(journal: Journal, profile: Profile, offer: Offer) -> Offer:
    """Write down that an offer was taken, and return it."""
    write_choice(journal, profile, offer.choice)
    return offer


# In words


def day_lines(plan: DayPlan, speaker: Speaker) -> Iterator[str]:
    """Yield a day's plan, line by line."""
    yield title(plan, speaker)
    if plan.items:
        yield ""
        yield from (_item_line(item, plan.level_id, speaker) for item in plan.items)
    yield ""
    yield from (speaker.say(each) for each in (*plan.why, *plan.notes))
    if plan.kind is DayKind.TRAIN and plan.missed is not None and plan.missed.sets:
        missed = plan.missed
        days = len(missed.days)
        yield speaker.say(say("note.missed", since=missed.since, days=days, sets=missed.sets))
    if plan.question is not None:
        yield ""
        yield from question_lines(plan.question, speaker)
    if plan.offers:
        yield ""
        yield f"{speaker.text('word.choose')}:"
        for number, offer in enumerate(plan.offers, 1):
            yield offer_line(number, offer, speaker)


def title(plan: DayPlan, speaker: Speaker) -> str:
    """Return a day's heading: the day, the week, the level or the rest, and how long it takes."""
    parts = [speaker.day(plan.day)]
    if plan.week is not None:
        parts.append(speaker.word("week", week=plan.week))
    if plan.kind is DayKind.TRAIN:
        parts.append(f"“{speaker.level(plan.level_id or '')}”")
        parts += _time(plan, speaker)
    else:
        parts.append(speaker.text(f"kind.{plan.kind}"))
    return ", ".join(parts)


def _time(plan: DayPlan, speaker: Speaker) -> list[str]:
    """Return how long all of it takes, or what is left of it; nothing where it is done."""
    if plan.complete or not plan.items:
        return []
    begun = plan.left_s < plan.whole_s
    minutes = max(round(plan.left_s / 60), 1)
    return [speaker.word("still_minutes" if begun else "about_minutes", minutes=minutes)]


def _item_line(item: Item, level_id: str | None, speaker: Speaker) -> str:
    side = speaker.word(item.side) if item.side else ""
    name = speaker.exercise_at(item.exercise_id, level_id)
    line = f"  {name:28} {side:7} {speaker.dose(item.dose):24}"
    line += f" {speaker.word(item.surface):6}"
    if item.skipped is not None:
        return f"{line} {speaker.text('word.skipped')}"
    if any(item.done):
        line = f"{line} {speaker.word('sets_done', done=item.sets_done, sets=item.sets)}"
    if item.prescribed_by is not None:
        line = f"{line} ({speaker.text('plan_words.by')})"
    return f"{line} “{item.note}”" if item.note else line.rstrip()
