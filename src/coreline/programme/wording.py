"""The plan's sentences in the person's language; every blank of every text is checked when read."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from coreline.programme.catalogue import Catalogue
from coreline.programme.explain import Reason
from coreline.programme.language import Language
from coreline.programme.pace import amount
from coreline.programme.sayings import Filling, Saying, say
from coreline.programme.spec import Dose, Frozen, Programme, Text
from coreline.programme.texts import TextBook, TextTable

MONTHS, WEEKDAYS = 12, 7
_LEVEL_BLANKS = ("level",)
_EXERCISE_BLANKS = ("exercise", "instead")
_OF_PROGRAMME = ("may_rise", "skip", "rest", "contact")


def _listing(number: int) -> AfterValidator:
    """Return the check that a text is a list of so many words in both languages."""

    def checked(text: Text) -> Text:
        if {len(text.nl.split()), len(text.en.split())} != {number}:
            raise ValueError(f"nl and en must have {number} words each")
        return text

    return AfterValidator(checked)


class _Dates(Frozen):
    """Words in the order of the year and of the week, a space between them."""

    months: Annotated[Text, _listing(MONTHS)]
    weekdays: Annotated[Text, _listing(WEEKDAYS)]


class SentencesFile(Frozen):
    """The tables of the data file; a sentence's key is `why.resting`."""

    why: TextTable
    offer: TextTable
    question: TextTable
    plan_file: TextTable
    explain: TextTable
    plan_words: TextTable
    note: TextTable
    contact: TextTable
    ask: TextTable
    place: TextTable
    kind: TextTable
    page: TextTable
    word: TextTable
    undo: TextTable
    date: _Dates


class Speaker:
    """Says things to one person: sentences, names of levels and exercises, in one language."""

    def __init__(
        self,
        sentences: TextBook,
        programme: Programme,
        catalogue: Catalogue,
        language: Language,
    ) -> None:
        """Take what names and texts come from."""
        self._sentences, self._programme, self._catalogue = sentences, programme, catalogue
        self.language = language

    def say(self, saying: Saying) -> str:
        """Return a saying in words.

        Raises:
            LookupError: There is no such code, or a blank of its text is not filled.
        """
        text = self._text(saying.code).in_(self.language)
        return text.format_map(dict(self._filled(saying.fill)))

    def word(self, code: str, **fill: Filling) -> str:
        """Return a short word of the table `word`."""
        return self.say(Saying(f"word.{code}", tuple(fill.items())))

    def text(self, code: str) -> str:
        """Return a text that has no blanks.

        Raises:
            LookupError: There is no such code.
        """
        return self._text(code).in_(self.language)

    def dose(self, dose: Dose) -> str:
        """Return how many sets of how much."""
        return self.word(dose.kind, sets=dose.sets, n=f"{amount(dose):g}")

    def dose_and_rest(self, dose: Dose) -> str:
        """Return the same with the rest after a set."""
        return f"{self.dose(dose)}, {self.word('rest_after', n=f'{dose.rest_s:g}')}"

    def days_of_week(self, days: Iterable[int]) -> str:
        """Return days of the week, counted from Monday, 0, as a list."""
        names = self.text("date.weekdays").split()
        return ", ".join(names[day] for day in days)

    def reason(self, reason: Reason) -> str:
        """Return why an exercise is there on a day, or is not."""
        if reason.saying is not None:
            return self.say(reason.saying)
        if reason.doses is not None:
            dose, usual = map(self.dose_and_rest, reason.doses)
            return self.say(say("explain.dose", dose=dose, usual=usual))
        days = self.days_of_week(reason.days)
        return self.say(say(f"explain.{reason.code}", days_of_week=days))

    def day(self, day: date) -> str:
        """Return a day with its weekday."""
        weekday = self.text("date.weekdays").split()[day.weekday()]
        return f"{weekday} {self._day(day)}"

    def exercise(self, exercise_id: str, *, full: bool = False) -> str:
        """Return an exercise's name, in full with that of its level; the id of one that is gone."""
        if exercise_id not in self._catalogue:
            return exercise_id
        exercise = self._catalogue.get(exercise_id)
        name = exercise.name.in_(self.language)
        level = self.level(exercise.level)
        return f"{name} ({_lowered(level)})" if full and level != exercise.level else name

    def exercise_at(self, exercise_id: str, level_id: str | None) -> str:
        """Return a name for somebody at a level: in full that of an exercise of another level."""
        known = exercise_id in self._catalogue
        own = known and self._catalogue.get(exercise_id).level == level_id
        return self.exercise(exercise_id, full=not own)

    def level(self, level_id: str) -> str:
        """Return a level's name."""
        names = {level.id: level.name.in_(self.language) for level in self._programme.levels}
        return names.get(level_id, level_id)

    def _day(self, day: date) -> str:
        """Return a day as it is said: 3 November 2026."""
        month = self.text("date.months").split()[day.month - 1]
        return f"{day.day} {month} {day.year}"

    def _text(self, code: str) -> Text:
        """Return the text of a code: the handout's own, or one of the sentences."""
        if code == "why.every_day":
            return self._programme.every_day
        table, _, key = code.partition(".")
        if table == "pain" and key in _OF_PROGRAMME:
            text: Text = getattr(self._programme.pain, key)
            return text
        return self._sentences.text(code)

    def _filled(self, fill: tuple[tuple[str, Filling], ...]) -> Iterator[tuple[str, str]]:
        for name, value in fill:
            yield name, self._filling(name, value)
            if name in _EXERCISE_BLANKS:
                yield f"{name}_full", self.exercise(str(value), full=True)

    def _filling(self, name: str, value: Filling) -> str:
        if isinstance(value, date):
            return self._day(value)
        if name in _LEVEL_BLANKS:
            return self.level(str(value))
        return self.exercise(str(value)) if name in _EXERCISE_BLANKS else str(value)


def _lowered(name: str) -> str:
    """Return a name as it stands inside a sentence."""
    return name[:1].lower() + name[1:]
