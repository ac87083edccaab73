"""What was done, in pictures: the numbers are those of the report of some weeks, and its words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from coreline.app.state import AppState
from coreline.data_files import words_with
from coreline.programme.done import NoScore, has_line
from coreline.programme.life import Life
from coreline.programme.marks import SHOWN, Mark, MarkedDay, marked_days
from coreline.report.weeks import (
    Bin,
    ExerciseWeeks,
    WeeksReport,
    bin_of_day,
    bins_of_exercise,
    weeks_report,
)
from coreline.report.weeks_page import bin_columns, bin_date, numbers_of
from coreline.report.wording import UNKNOWN, Wording, capital
from coreline.screen.answers import Changed
from coreline.screen.menu import (
    CalendarPicture,
    ChartPicture,
    Choice,
    DayCell,
    HistoryPage,
    Series,
    WeekRow,
)

WEEKS: Final = (4, 8, 12, 26, 52)
ALL: Final = "all"  # in place of an exercise
DAYS: Final = 7
SHORT_NAME: Final = 2  # letters of a weekday
SCORES: Final = (0, 25, 50, 75, 100)
PAINS: Final = (0, 2, 4, 6, 8, 10)
STEPS_S: Final = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
MOST_STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class Looked:
    """What the person looks at: how many weeks, and which exercise; as the page names them."""

    span: str = str(WEEKS[1])
    subject: str = ALL

    def after(self, change: Changed) -> "Looked":
        """Return what is looked at once the person has changed one of the two."""
        value = str(change.value)
        if change.id == "span":
            return replace(self, span=value)
        return replace(self, subject=value)


def history_pictures(state: AppState, life: Life, looked: Looked) -> HistoryPage:
    """Return the pictures of the weeks up to today of a person's life."""
    report = weeks_report(
        state.programme, state.catalogue, life, state.today, weeks=int(looked.span)
    )
    subjects = {_id(each): each for each in report.exercises}
    told, bins, line_empty = _Told(state, report), report.bins, ""
    if looked.subject in subjects:
        each = subjects[looked.subject]
        both = (each.exercise, each.side)
        bins = bins_of_exercise(state.programme, state.catalogue, life, report, both)
        bins = tuple(replace(each, pain_before=None, pain_after=None) for each in bins)
        exercises, name = state.catalogue, each.exercise
        if name in exercises and not has_line(exercises.get(name)):
            line_empty = state.words("pictures.never_line")
    marked = marked_days(report.history, life, state.programme.pain.rules, state.today)
    pictures = (
        told.calendar(marked),
        told.line(bins, line_empty),
        told.held(bins),
        told.pain(report.bins),
    )
    known = looked.subject if looked.subject in subjects else ALL
    names = ((ALL, state.words("pictures.all")), *told.names(subjects.values()))
    return HistoryPage(
        state.words("history.title"),
        pictures,
        subject=Choice("subject", "", names, known),
        span=Choice("span", "", tuple(_spans(state)), looked.span),
    )


def _spans(state: AppState) -> Iterator[tuple[str, str]]:
    for weeks in WEEKS:
        yield str(weeks), state.words("pictures.weeks", n=weeks)


def _id(each: ExerciseWeeks) -> str:
    return f"{each.exercise}/{each.side or ''}"  # no exercise's own id has that sign


class _Told:
    """Puts the numbers of some weeks into pictures, in the person's language."""

    def __init__(self, state: AppState, report: WeeksReport) -> None:
        """Take what names and words come from."""
        self._state, self._report, self._words = state, report, state.words
        self._w = Wording(words_with(state.catalogue), state.words.language)

    def names(self, exercises: Iterable[ExerciseWeeks]) -> Iterator[tuple[str, str]]:
        """Yield each exercise's id and name, with its side."""
        texts = self._state.rig.texts
        for each in exercises:
            known = each.exercise in self._state.catalogue
            side = texts.side(each.exercise, each.side) if known else each.side or ""
            name = self._state.speaker.exercise(each.exercise, full=True)
            yield _id(each), f"{name}, {side}" if side else name

    def calendar(self, marked: Sequence[MarkedDay]) -> CalendarPicture:
        """Return the days with what became of them, in weeks from Monday on."""
        names = self._w.own("weekdays").split()
        cells: list[DayCell | None] = [None] * self._report.first.weekday()
        cells += [self._cell(each) for each in marked]
        cells += [None] * (-len(cells) % DAYS)
        monday = self._report.first - timedelta(days=self._report.first.weekday())
        weeks = [
            WeekRow(self._w.day_and_month(monday + timedelta(weeks=number)), week)
            for number, week in enumerate(_weeks(cells))
        ]
        signs = tuple((each, self._w.word(f"mark.{each}")) for each in SHOWN)
        short = tuple(name[:SHORT_NAME] for name in names)
        return CalendarPicture(self._words("pictures.calendar"), short, tuple(weeks), signs)

    def line(self, bins: Sequence[Bin], empty: str = "") -> ChartPicture:
        """Return the line score over time; where there is none, why, unless `empty` says it."""
        series = Series(self._w.own("line_score"), tuple(each.score.value for each in bins))
        reasons = {each.score.withheld for each in bins}
        # What came closest to a score says most.
        why = next((each for each in reversed(NoScore) if each in reasons), NoScore.NOTHING)
        told = self._words("pictures.no_line", why=self._w.own(f"no_score_{why}"))
        return self._chart("line", (series,), bins, SCORES, of_one=True, empty=empty or told)

    def held(self, bins: Sequence[Bin]) -> ChartPicture:
        """Return the seconds that were held a day."""
        values = tuple(each.held_s for each in bins)
        series = Series(self._w.own("weeks_held"), values, "bars")
        return self._chart("held", (series,), bins, ticks_s(values), of_one=True)

    def pain(self, bins: Sequence[Bin]) -> ChartPicture:
        """Return the pain before and after the sessions."""
        before = Series(self._words("pictures.before"), tuple(each.pain_before for each in bins))
        after = tuple(each.pain_after for each in bins)
        both = (before, Series(self._words("pictures.after"), after, "crosses"))
        return self._chart("pain", both, bins, PAINS)

    def _chart(
        self,
        key: str,
        series: tuple[Series, ...],
        bins: Sequence[Bin],
        ticks: Sequence[float],
        *,
        of_one: bool = False,
        empty: str = "",
    ) -> ChartPicture:
        return ChartPicture(
            name=self._words(f"pictures.{key}"),
            series=series,
            labels=tuple(bin_date(each, self._report, self._w) for each in bins),
            texts=tuple(self._of_bin(each) for each in bins),
            ticks=tuple((tick, self._w.number(tick, 0)) for tick in ticks),
            empty=empty or self._words(f"pictures.no_{key}"),
            of_one=of_one,
        )

    def _cell(self, marked: MarkedDay) -> DayCell:
        what = [self._w.word(f"mark.{marked.mark}")]
        if marked.hurt and marked.mark is not Mark.PAIN:
            what.append(self._words("pictures.hurt"))
        day = capital(self._w.day(marked.day))
        numbers = self._numbers(bin_of_day(marked.done, marked.day))
        text = " · ".join((f"{day}: {', '.join(what)}", *numbers))
        return DayCell(str(marked.day.day), marked.mark, text, marked.hurt)

    def _of_bin(self, each: Bin) -> str:
        days = [capital(self._w.day(each.first))]
        if each.last != each.first:
            days = [self._w.day_and_month(day) for day in (each.first, each.last)]
        return " · ".join((" \N{EN DASH} ".join(days), *self._numbers(each)))

    def _numbers(self, each: Bin) -> Iterator[str]:
        """Yield the numbers that there are, each with its name."""
        for name, number in zip(bin_columns(self._w), numbers_of(each, self._w), strict=True):
            if number != UNKNOWN:
                yield f"{name} {number}"


def _weeks(cells: Sequence[DayCell | None]) -> Iterator[tuple[DayCell | None, ...]]:
    for first in range(0, len(cells), DAYS):
        yield tuple(cells[first : first + DAYS])


def ticks_s(values: Iterable[float | None]) -> tuple[float, ...]:
    """Return so few round numbers of seconds, from 0 on, that the last is above all values."""
    most = max((value for value in values if value is not None), default=0.0)
    step = next((each for each in STEPS_S if each * MOST_STEPS >= most), None)
    if step is None:
        step = STEPS_S[-1] * (1 + int(most / STEPS_S[-1] / MOST_STEPS))
    count = max(1, -int(-most // step))
    return tuple(float(step * number) for number in range(count + 1))
