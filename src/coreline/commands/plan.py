"""`coreline plan`: the weeks to come, also as a calendar, and what is prescribed."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from coreline.commands import plan_verbs
from coreline.commands.documents import SCHEMA, day_document, explained_document
from coreline.commands.journal_here import journal_here, notice_document
from coreline.commands.options import DAY_HELP
from coreline.commands.own_exercises import Own
from coreline.commands.people import JSON_HELP, WHO_HELP, day_here, day_of, speaking, whose
from coreline.commands.terminal import tell_document, tell_lines
from coreline.errors import BadDataError
from coreline.files.writing import check_place, write_bytes
from coreline.programme.catalogue import Catalogue
from coreline.programme.day import DayKind, DayPlan
from coreline.programme.explain import Explained, explained
from coreline.programme.plan import Plan
from coreline.programme.plan import plan as plan_weeks
from coreline.programme.plan_words import plan_heading, plan_sentences
from coreline.programme.sayings import say
from coreline.programme.schedule import day_diary, day_plan
from coreline.programme.typed import time_typed
from coreline.programme.wording import Speaker

EXAMPLES = (
    "Examples:  coreline plan  |  coreline plan --weeks 8 --ics training.ics --at 08:00"
    "  |  coreline plan --ics training.ics --at 08:00 --at 19:30 --remind 15"
    "  |  coreline plan --explain today  |  coreline plan edit"
)
app = typer.Typer(invoke_without_command=True, epilog=EXAMPLES)
app.command("edit", epilog=plan_verbs.EDIT_EXAMPLES)(plan_verbs.edit)
app.command("set", epilog=plan_verbs.SET_EXAMPLES)(plan_verbs.set_)
app.command("show", epilog=plan_verbs.SHOW_EXAMPLES)(plan_verbs.show)
app.command("clear", epilog=plan_verbs.CLEAR_EXAMPLES)(plan_verbs.clear)
_USUAL_WEEKS, _MOST_WEEKS = 8, 104
_USUAL_TIME = time(8, 0)
_LONGEST_BEFORE_MIN = 24 * 60


@app.callback()
def plan(
    context: typer.Context,
    weeks: Annotated[int, typer.Option(help="How many weeks.")] = _USUAL_WEEKS,
    first: Annotated[
        str | None, typer.Option("--from", help=f"From another day on, {DAY_HELP}")
    ] = None,
    ics: Annotated[Path | None, typer.Option(help="Write a calendar with reminders.")] = None,
    at: Annotated[
        list[str] | None,
        typer.Option(help="Time of day, such as 08:00, 8.30 or 8u30; several split the day."),
    ] = None,
    remind: Annotated[int, typer.Option(help="Minutes before; -1 for no reminder.")] = 0,
    explain: Annotated[
        str | None,
        typer.Option(help=f"Why each exercise is there on a day, {DAY_HELP}", metavar="DAY"),
    ] = None,
    own: Own = None,
    who: Annotated[str | None, typer.Option(help=WHO_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Show the weeks to come, as far as they are known, or what your physiotherapist prescribes."""
    if context.invoked_subcommand is not None:
        return
    if explain is not None:
        _explain(explain, own, who, as_json=as_json)
        return
    if not 1 <= weeks <= _MOST_WEEKS:
        raise BadDataError(
            f"--weeks {weeks}: give a number from 1 to {_MOST_WEEKS}",
            nl=f"--weeks {weeks}: geef een getal van 1 tot {_MOST_WEEKS}",
        )
    times, remind_min = _times(at), _remind(remind)
    if ics is not None:
        check_place(ics)
    here = day_here()
    begin = day_of("--from", first) or here
    with journal_here(read_only=True, today=here) as journal:
        profile = whose(journal, who)
        life = journal.life(profile.id)
        programme, catalogue, speaker = speaking(profile.language, journal, own)
        head = {"schema": SCHEMA, "name": profile.name, **notice_document(journal)}
    found = plan_weeks(programme, catalogue, life, begin, weeks, here)
    if ics is not None:
        from coreline.report.calendar_file import (  # noqa: PLC0415 - brings icalendar
            Appointments,
            calendar_bytes,
        )

        when = Appointments(times, programme.pace, remind_min)
        stamp = datetime.now(UTC)
        write_bytes(ics, calendar_bytes(found, profile.id, speaker, when, stamp))
    if as_json:
        tell_document({**head, "days": [day_document(day, speaker) for day in found.days]})
        return
    now = day_plan(programme, catalogue, life, here, today=here)
    tell_lines((*_prescribed_lines(now, catalogue, speaker), *plan_lines(found, speaker)))
    if ics is not None:
        tell_lines(("", ics))


def _prescribed_lines(now: DayPlan, catalogue: Catalogue, speaker: Speaker) -> Iterator[str]:
    """Yield what the physiotherapist prescribes, where it is anything."""
    if now.plan.says_nothing:
        return
    yield plan_heading(now.plan, speaker)
    for sentence in plan_sentences(now.plan, catalogue, speaker, now.level_id):
        yield f"  {sentence}"
    yield ""


# Why


def _explain(given: str, own: Path | None, who: str | None, *, as_json: bool) -> None:
    """Say why each exercise is there on a day."""
    here = day_here()
    day = day_of("--explain", given) or here
    with journal_here(read_only=True, today=here) as journal:
        profile = whose(journal, who)
        life = journal.life(profile.id)
        programme, catalogue, speaker = speaking(profile.language, journal, own)
        head = {"schema": SCHEMA, "name": profile.name, **notice_document(journal)}
    asked = day_plan(programme, catalogue, life, day, today=here)
    diary = day_diary(programme, life, day, here)
    found = explained(programme, catalogue, diary, asked)
    if as_json:
        documents = [explained_document(each, speaker) for each in found]
        tell_document({**head, **day_document(asked, speaker), "explained": documents})
        return
    tell_lines(_explained_lines(asked, found, speaker))


def _explained_lines(asked: DayPlan, found: Sequence[Explained], speaker: Speaker) -> Iterator[str]:
    yield speaker.say(say("explain.title", day=asked.day))
    for each in asked.why:
        yield f"  {speaker.say(each)}"
    for one in found:
        yield ""
        name = speaker.exercise_at(one.exercise_id, asked.level_id)
        sides = "".join(f" {speaker.word(side)}" for side in one.sides)
        word = "explain.asked" if one.asked else "explain.not_asked"
        dose = f", {speaker.dose(one.dose)}{sides}" if one.asked else ""
        yield f"{name}: {speaker.text(word)}{dose}"
        for reason in one.reasons:
            yield f"  {speaker.reason(reason)}"


def _times(given: Sequence[str] | None) -> tuple[time, ...]:
    """Return the times of day."""
    return tuple(time_typed("--at", each) for each in given) if given else (_USUAL_TIME,)


def _remind(minutes: int) -> int | None:
    if not -1 <= minutes <= _LONGEST_BEFORE_MIN:
        raise BadDataError(
            f"--remind {minutes}: give minutes from 0 to {_LONGEST_BEFORE_MIN}, -1 for no reminder",
            nl=f"--remind {minutes}: geef minuten van 0 tot {_LONGEST_BEFORE_MIN}, -1 voor geen "
            "herinnering",
        )
    return None if minutes < 0 else minutes


def plan_lines(found: Plan, speaker: Speaker) -> Iterator[str]:
    """Yield the weeks, days that are alike in one line."""
    for _, alike in groupby(found.days, key=lambda day: (day.kind, day.week, day.level_id)):
        days = list(alike)
        yield _span_line(days, speaker)


def _span_line(days: Sequence[DayPlan], speaker: Speaker) -> str:
    """Return a line for days that ask for the same."""
    first, last = days[0], days[-1]
    span = speaker.day(first.day)
    if last is not first:
        span += f" - {speaker.day(last.day)}"
    parts = [] if first.week is None else [speaker.word("week", week=first.week)]
    if first.kind is DayKind.TRAIN:
        minutes = round(max(day.whole_s for day in days) / 60)
        parts.append(speaker.level(first.level_id or ""))
        parts.append(speaker.word("minutes_a_day", minutes=minutes))
    else:
        parts.append(speaker.text(f"kind.{first.kind}"))
    return f"{span}: {', '.join(parts)}"
