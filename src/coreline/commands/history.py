"""`coreline history`: what was done, how regularly, how well, and how much it hurt."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

import typer

from coreline.commands.documents import SCHEMA, plain
from coreline.commands.journal_here import journal_here, notice_document
from coreline.commands.options import (
    DAY_HELP,
    EXERCISE_HELP,
    SIDES,
    SideChoice,
    exercise_named,
    side_typed,
)
from coreline.commands.own_exercises import Own
from coreline.commands.people import (
    JSON_HELP,
    WHO_HELP,
    day_here,
    day_of,
    level_of,
    span_reversed,
    speaking,
    whose,
)
from coreline.commands.terminal import tell_document, tell_lines
from coreline.programme.progress import Amount, DayDone, ExerciseDone, Filters, History
from coreline.programme.progress import history as history_of
from coreline.programme.wording import Speaker

EXAMPLES = (
    "Examples:  coreline history  |  coreline history --from 1-11-2026 --to gisteren"
    "  |  coreline history --exercise zijbrug --side links --json"
)
_DAYS_SHOWN = 14


def history(
    first: Annotated[str | None, typer.Option("--from", help=f"The first day, {DAY_HELP}")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last day.")] = None,
    exercise: Annotated[
        str | None, typer.Option("--exercise", "-e", help=f"Only this. {EXERCISE_HELP}")
    ] = None,
    side: Annotated[
        SideChoice, typer.Option(parser=side_typed, metavar=SIDES, help="Only this side.")
    ] = SideChoice.AUTO,
    own: Own = None,
    who: Annotated[str | None, typer.Option(help=WHO_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Show what was done: days, streak, share of what was asked, holds, line score, pain."""
    begin, end = day_of("--from", first), day_of("--to", last)
    if begin is not None and end is not None and end < begin:
        raise span_reversed(begin, end)
    here = day_here()
    with journal_here(read_only=True, today=here) as journal:
        profile = whose(journal, who)
        life = journal.life(profile.id)
        programme, catalogue, speaker = speaking(profile.language, journal, own)
        head = {"schema": SCHEMA, "name": profile.name, **notice_document(journal)}
        lost = journal.has_lost_sessions(profile.id)
    chosen = None
    if exercise is not None:
        chosen = exercise_named(catalogue, exercise, level_of(life)).id
    filters = Filters(begin, end, chosen, None if side.side is None else side.side.value)
    found = history_of(programme, catalogue, life, here, filters)
    if as_json:
        tell_document({**head, **_document(found)})
        return
    tell_lines(history_lines(found, speaker, lost=lost))


def _document(found: History) -> dict[str, Any]:
    document: dict[str, Any] = plain(asdict(found))
    document["share"] = plain(found.amount.share)
    for row, day in zip(document["days"], found.days, strict=True):
        row["share"] = plain(day.amount.share)
    for row, each in zip(document["exercises"], found.exercises, strict=True):
        row["share"] = plain(each.amount.share)
    return document


def history_lines(found: History, speaker: Speaker, *, lost: bool = False) -> Iterator[str]:
    """Yield the numbers, a table of the exercises and one of the latest days.

    `lost` says that there was more than there is.
    """
    yield speaker.word("sessions", n=found.trained_days)
    yield speaker.word("streak", n=found.streak, longest=found.longest_streak)
    if found.amount.share is not None:
        yield speaker.word("adherence", share=_percent(found.amount.share))
    if lost:
        yield speaker.text("word.not_all")
    if not found.days:
        if not lost:
            yield speaker.text("word.nothing_yet")
        return
    yield ""
    yield from _table([_exercise_head(speaker), *_exercise_rows(found.exercises, speaker)])
    yield ""
    yield from _table([_day_head(speaker), *map(_day_row, found.days[-_DAYS_SHOWN:])])


def _exercise_head(speaker: Speaker) -> list[str]:
    words = ("exercise", "side", "done", "held", "best", "count", "line_score")
    return [speaker.text(f"word.{word}") for word in words]


def _exercise_rows(exercises: tuple[ExerciseDone, ...], speaker: Speaker) -> Iterator[list[str]]:
    for each in exercises:
        side = speaker.word(each.side) if each.side else ""
        name = speaker.exercise(each.exercise_id, full=True)
        yield [name, side, *_amounts(each.amount)]


def _day_head(speaker: Speaker) -> list[str]:
    words = ("day", "done", "held", "best", "count", "line_score")
    pain = speaker.text("word.pain")
    moments = [f"{pain} {speaker.text(f'word.{moment}')}" for moment in ("before", "after")]
    return [*(speaker.text(f"word.{word}") for word in words), *moments]


def _day_row(day: DayDone) -> list[str]:
    pains = ["" if score is None else str(score) for score in (day.pain.before, day.pain.after)]
    return [day.day.isoformat(), *_amounts(day.amount), *pains]


def _amounts(amount: Amount) -> list[str]:
    return [
        "" if amount.share is None else f"{_percent(amount.share)} %",
        f"{amount.held_s:.0f}" if amount.held_s else "",
        f"{amount.best_s:.0f}" if amount.best_s else "",
        str(amount.count) if amount.count else "",
        "" if amount.line_score is None else f"{amount.line_score:.0f}",
    ]


def _percent(share: float) -> int:
    """Return a share in whole percents; all of it only when it is all of it."""
    return int(share * 100) if share < 1 else 100


def _table(rows: list[list[str]]) -> Iterator[str]:
    """Yield rows as lines: the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for first, *others in rows:
        cells = [f"{cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([f"{first:{widths[0]}}", *cells]).rstrip()
