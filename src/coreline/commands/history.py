"""`coreline history`: what was done, how regularly, how well, and how much it hurt."""

from collections.abc import Iterator, Sequence
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
from coreline.data_files import load_words
from coreline.programme.done import NoScore, Score, percent_of
from coreline.programme.marks import SHOWN, MarkedDay, days_by_mark, marked_days
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
    filters = Filters(begin, end, chosen, None if side is SideChoice.AUTO else side.value)
    found = history_of(programme, catalogue, life, here, filters)
    # What became of a day goes by all of its exercises, whichever are looked at.
    whole = history_of(programme, catalogue, life, here, Filters(begin, end))
    marked = marked_days(whole, life, programme.pain.rules, here)
    if as_json:
        tell_document({**head, **history_document(found, marked)})
        return
    tell_lines(history_lines(found, marked, speaker, lost=lost))


def history_document(found: History, marked: Sequence[MarkedDay]) -> dict[str, Any]:
    """Return a history as a document, with what became of each of its days."""
    document: dict[str, Any] = asdict(found)
    del document["free"]  # a day's mark says it
    amounts = [(document, found.amount)]
    days = zip(document["days"], found.days, strict=True)
    exercises = zip(document["exercises"], found.exercises, strict=True)
    amounts += [(row, each.amount) for row, each in days]
    amounts += [(row, each.amount) for row, each in exercises]
    for row, amount in amounts:
        row |= {"amount": _amount_document(amount), "share": amount.share}
    marks = {each.day: each.mark for each in marked}
    for row, day in zip(document["days"], found.days, strict=True):
        row["mark"] = str(marks[day.day])
    document["marks"] = {str(mark): n for mark, n in days_by_mark(marked).items()}
    described: dict[str, Any] = plain(document)
    return described


def _amount_document(amount: Amount) -> dict[str, Any]:
    """Return how much was asked and done, and the score with its share of that."""
    score = amount.score
    return {
        **asdict(amount.work),
        "held_s": amount.held_s,
        "best_s": amount.best_s,
        "count": amount.count,
        "line_score": score.value,
        "line_score_share": score.share,
        "line_score_withheld": score.withheld,
    }


def history_lines(
    found: History, marked: Sequence[MarkedDay], speaker: Speaker, *, lost: bool = False
) -> Iterator[str]:
    """Yield the numbers, a table of the exercises and one of the latest days.

    `lost` says that there was more than there is.
    """
    yield speaker.word("sessions", n=found.trained_days)
    words, counts = load_words(), days_by_mark(marked)
    told = [
        f"{counts[each]} {words.say(f'mark.{each}', speaker.language)}"
        for each in SHOWN
        if counts[each]
    ]
    if told:
        yield ", ".join(told)
    yield speaker.word("streak", n=found.streak, longest=found.longest_streak)
    if found.amount.share is not None:
        yield speaker.word("adherence", share=percent_of(found.amount.share))
    if lost:
        yield speaker.text("word.not_all")
    if not found.days:
        if not lost:
            yield speaker.text("word.nothing_yet")
        return
    yield ""
    yield from _table([_exercise_head(speaker), *_exercise_rows(found.exercises, speaker)])
    yield ""
    marks = {each.day: words.say(f"mark.{each.mark}", speaker.language) for each in marked}
    latest = found.days[-_DAYS_SHOWN:]
    rows = ([*_day_row(each, speaker), marks[each.day]] for each in latest)
    yield from _table([[*_day_head(speaker), ""], *rows])


def _exercise_head(speaker: Speaker) -> list[str]:
    words = ("exercise", "side", "done", "held", "best", "count", "line_score")
    return [speaker.text(f"word.{word}") for word in words]


def _exercise_rows(exercises: tuple[ExerciseDone, ...], speaker: Speaker) -> Iterator[list[str]]:
    for each in exercises:
        side = speaker.word(each.side) if each.side else ""
        name = speaker.exercise(each.exercise_id, full=True)
        yield [name, side, *_amounts(each.amount, speaker)]


def _day_head(speaker: Speaker) -> list[str]:
    words = ("day", "done", "held", "best", "count", "line_score")
    pain = speaker.text("word.pain")
    moments = [f"{pain} {speaker.text(f'word.{moment}')}" for moment in ("before", "after")]
    return [*(speaker.text(f"word.{word}") for word in words), *moments]


def _day_row(day: DayDone, speaker: Speaker) -> list[str]:
    pains = ["" if score is None else str(score) for score in (day.pain.before, day.pain.after)]
    return [day.day.isoformat(), *_amounts(day.amount, speaker), *pains]


def _amounts(amount: Amount, speaker: Speaker) -> list[str]:
    return [
        "" if amount.share is None else f"{percent_of(amount.share)} %",
        f"{amount.held_s:.0f}" if amount.held_s else "",
        f"{amount.best_s:.0f}" if amount.best_s else "",
        str(amount.count) if amount.count else "",
        _score(amount.score, speaker),
    ]


def _score(score: Score, speaker: Speaker) -> str:
    """Return a score with its share of what was asked for, or why there is none."""
    if score.withheld is NoScore.NOTHING:
        return ""  # the row has nothing else either
    if score.value is None:
        return speaker.text(f"word.no_score_{score.withheld}")
    return f"{score.value:.0f} ({percent_of(score.share)} %)"


def _table(rows: list[list[str]]) -> Iterator[str]:
    """Yield rows as lines: the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for first, *others in rows:
        cells = [f"{cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([f"{first:{widths[0]}}", *cells]).rstrip()
