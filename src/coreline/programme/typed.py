"""What a person types, as values: days, times, lengths and words, as they are written in life.

In the Netherlands one writes 29-11-2026, 1,75 m and 8.30 uur; elsewhere 2026-11-29, 175 cm and
8:30. All of these are taken, whatever the language is: the day comes before the month, always, and
a day without a year is the one nearest to today. The words are data, in `typed.toml`. What cannot
be understood is refused in both languages, with the option it was given for, and near misses are
offered.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date, time, timedelta
from typing import Annotated, Final

from pydantic import Field

from coreline.errors import BadDataError
from coreline.limits import FIRST_DAY, LAST_DAY
from coreline.programme.language import Language
from coreline.programme.spec import Frozen, Prose
from coreline.programme.toml_data import near_of

DAYS_EN: Final = "29-11-2026, 29 Nov, 2026-11-29 or today"
DAYS_NL: Final = "29-11-2026, 29 nov, 2026-11-29 of vandaag"
LONGEST_TYPED: Final = 60  # signs of anything typed here: more cannot be meant
_THIS_CENTURY: Final = 2000
_DIGITS_OF_SHORT_YEAR: Final = 2
_NUMBERS_OF_DAY: Final = (1, 2)  # beside the name of a month: with a year or without
_NOON: Final = 12
_LEAP_YEARS: Final = 8  # no more lie between two of them
_WORD: Final = re.compile(r"[0-9]+|[^\W\d_]+")
_ORDINAL: Final = re.compile(r"(?<=[0-9])(?:st|nd|rd|th|ste|de|e)\b")
_NUMBERS: Final = re.compile(r"([0-9]{1,2}) ?[-/.] ?([0-9]{1,2})(?: ?[-/.] ?([0-9]{4}|[0-9]{2}))?")
_ISO: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_TIME: Final = re.compile(
    r"([0-9]{1,2})(?:[:.]([0-9]{2})|\s*(?:uur|u|h)\s*([0-9]{2})?)?\s*(?:uur|u|h)?\s*([ap]m)?"
)
_LENGTH: Final = re.compile(
    r"([0-9]{1,4}(?:[.,][0-9]{1,6})?)\s*(centimet(?:er|re)s?|met(?:er|re)s?|cm|m)?\.?"
)
_METRES_AND_CENTIMETRES: Final = re.compile(r"([0-9])\s*m(?:et(?:er|re))?\s*([0-9]{2})(?:\s*cm)?")
_CM: Final = 100.0
_LONGEST_M: Final = 10.0  # a larger number without a unit is one of centimetres


class Words(Frozen):
    """The words for one thing in each language, the usual one first."""

    nl: Annotated[tuple[Prose, ...], Field(min_length=1, strict=False)]
    en: Annotated[tuple[Prose, ...], Field(min_length=1, strict=False)]

    def in_(self, language: Language) -> tuple[str, ...]:
        """Return the words in one language."""
        return self.nl if language == "nl" else self.en


Choices = dict[str, Words]


class Vocabulary(Frozen):
    """Every word that is understood: by what it is asked for, and then what it stands for."""

    side: Choices
    surface: Choices
    language: Choices
    pain_place: Choices
    moment: Choices
    level_by: Choices
    quantity: Choices
    level: Choices
    day: Choices
    month: Choices
    weekday: Choices
    plan_key: Choices
    plan_exercise_key: Choices
    plan_side: Choices
    clip_key: Choices


def folded(text: str) -> str:
    """Return a text as it is compared: small letters without accents, one blank between words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        _WORD.findall("".join(each for each in plain if not unicodedata.combining(each)))
    )


def meant(given: str, choices: Mapping[str, Words]) -> str | None:
    """Return what a word stands for, or None where it is none of these."""
    found = _by_word(choices).get(folded(given))
    return None if found is None else found[1]


def choice_of(option: str, given: str, choices: Mapping[str, Words]) -> str:
    """Return what a word stands for.

    Raises:
        BadDataError: It is none of the choices; the message offers the near ones.
    """
    found = meant(given, choices)
    if found is not None:
        return found
    shown = given[:LONGEST_TYPED]
    known = _by_word(choices)
    near: dict[str, str] = {}  # the nearest word for each thing
    for word, meaning in (known[each] for each in near_of(folded(shown), tuple(known))):
        near.setdefault(meaning, word)
    en, nl = (", ".join(each.in_(code)[0] for each in choices.values()) for code in ("en", "nl"))
    raise BadDataError(
        f"{option} {shown}:{offers(near.values(), 'en')} it may be {en}",
        nl=f"{option} {shown}:{offers(near.values(), 'nl')} het mag zijn: {nl}",
    )


def offers(near: Collection[str], language: Language) -> str:
    """Return the question whether one of these was meant, with a blank before it."""
    ask, joint = ("bedoelde je", " of ") if language == "nl" else ("did you mean", " or ")
    return f" {ask} {joint.join(near)}?" if near else ""


def day_typed(option: str, given: str, today: date, words: Vocabulary) -> date:
    """Return the day that is meant.

    Taken are 2026-11-29, 29-11-2026, 29/11/2026, 29.11.26, 29 nov, 29 november 2026, Nov 29,
    and words such as yesterday; a weekday may come first. Of numbers alone the day comes before
    the month. Without a year it is the one nearest to `today`, of two as near the later.

    Raises:
        BadDataError: It is no day, or one on which nobody trains.
    """
    day = day_meant(given, today, words)
    shown = given[:LONGEST_TYPED]
    if day is None:
        raise BadDataError(
            f"{option} {shown}: give a day such as {DAYS_EN}",
            nl=f"{option} {shown}: geef een dag zoals {DAYS_NL}",
        )
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BadDataError(
            f"{option} {shown}: give a day from {FIRST_DAY} to {LAST_DAY}",
            nl=f"{option} {shown}: geef een dag van {FIRST_DAY} tot en met {LAST_DAY}",
        )
    return day


def time_typed(option: str, given: str) -> time:
    """Return the time of day that is meant: 8.30, 8:30, 8u30, 08:30, 8, 8 uur, 8 pm.

    Raises:
        BadDataError: It is none.
    """
    found = _TIME.fullmatch(given.strip().lower()) if len(given) <= LONGEST_TYPED else None
    made = None if found is None else _time(int(found[1]), int(found[2] or found[3] or 0), found[4])
    if made is not None:
        return made
    raise BadDataError(
        f"{option} {given[:LONGEST_TYPED]}: give a time of day such as 08:00 or 8.30",
        nl=f"{option} {given[:LONGEST_TYPED]}: geef een tijd zoals 8.30 of 08:00",
    )


def length_typed(option: str, given: str, shortest_m: float, longest_m: float) -> float:
    """Return the length in metres that is meant: 1,75, 1.75 m, 175 cm, 175, 1m75.

    A number without a unit is one of metres up to ten, else of centimetres.

    Raises:
        BadDataError: It is none, or not between these two.
    """
    length_m = _length_m(given.strip().lower()) if len(given) <= LONGEST_TYPED else None
    if length_m is not None and shortest_m <= length_m <= longest_m:
        return length_m
    shown, example = given[:LONGEST_TYPED], min(max(1.75, shortest_m), longest_m)
    least, most = f"{shortest_m:g}", f"{longest_m:g}"
    raise BadDataError(
        f"{option} {shown}: give it in metres or centimetres, such as {example:.2f} or "
        f"{example * _CM:.0f} cm, from {least} to {most} m",
        nl=f"{option} {shown}: geef meters of centimeters, zoals {_comma(f'{example:.2f}')} of "
        f"{example * _CM:.0f} cm, van {_comma(least)} tot {_comma(most)} m",
    )


def number_typed(option: str, given: str, least: float, most: float) -> float:
    """Return the number that is meant, also one with a Dutch comma.

    Raises:
        BadDataError: It is none, or not between these two.
    """
    with suppress(ValueError):
        number = float(given.strip().replace(",", "."))
        if least <= number <= most:  # which what is no number is not
            return number
    shown = given[:LONGEST_TYPED]
    raise BadDataError(
        f"{option} {shown}: give a number from {least:g} to {most:g}",
        nl=f"{option} {shown}: geef een getal van {_comma(f'{least:g}')} tot {_comma(f'{most:g}')}",
    )


# Words


def _by_word(choices: Mapping[str, Words]) -> dict[str, tuple[str, str]]:
    """Return each word as it is written, and what it stands for, by how it is compared."""
    return {
        folded(word): (word, meaning)
        for meaning, words in choices.items()
        for word in (*words.nl, *words.en)
    }


# Days


def day_meant(given: str, today: date, words: Vocabulary) -> date | None:
    """Return the day that is meant, within reason or not; None of what is no day."""
    if len(given) > LONGEST_TYPED:
        return None
    typed = given.strip().casefold()
    if (away := meant(typed, words.day)) is not None:
        return today + timedelta(days=int(away))
    if (iso := _ISO.fullmatch(typed)) is not None:
        return _made(int(iso[1]), int(iso[2]), int(iso[3]))
    if (numbers := _NUMBERS.fullmatch(typed)) is not None:
        return _of_year(int(numbers[1]), int(numbers[2]), _year(numbers[3]), today)
    return _day_in_words(folded(_ORDINAL.sub("", typed)).split(), today, words)


def _day_in_words(parts: Sequence[str], today: date, words: Vocabulary) -> date | None:
    """Return the day of a weekday, a day's number, the name of a month, and a year."""
    weekday = meant(parts[0], words.weekday) if parts else None
    rest = parts if weekday is None else parts[1:]
    months = [month for each in rest[:2] if (month := meant(each, words.month)) is not None]
    numbers = [each for each in rest if each.isdecimal()]
    if len(months) != 1 or len(numbers) != len(rest) - 1 or len(numbers) not in _NUMBERS_OF_DAY:
        return None
    year = _year(numbers[1]) if len(numbers) > 1 else None
    day = _of_year(int(numbers[0]), int(months[0]), year, today)
    return day if weekday is None or day is None or day.weekday() == int(weekday) else None


def _year(given: str | None) -> int | None:
    """Return a year in full: 26 is 2026."""
    if given is None:
        return None
    return int(given) + (_THIS_CENTURY if len(given) <= _DIGITS_OF_SHORT_YEAR else 0)


def _of_year(day: int, month: int, year: int | None, today: date) -> date | None:
    """Return a day of a year, or the one nearest to today."""
    if year is not None:
        return _made(year, month, day)
    years = range(today.year - _LEAP_YEARS, today.year + _LEAP_YEARS + 1)
    days = [made for each in years if (made := _made(each, month, day)) is not None]
    return min(days, key=lambda each: (abs(each - today), today - each), default=None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):  # 31 November, the year 20261129
        return None


# Times


def _time(hour: int, minute: int, half: str | None) -> time | None:
    """Return a time of day; `half` is am or pm, of an hour from 1 to 12."""
    if half is not None:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


# Lengths


def _length_m(typed: str) -> float | None:
    if (both := _METRES_AND_CENTIMETRES.fullmatch(typed)) is not None:
        return int(both[1]) + int(both[2]) / _CM
    found = _LENGTH.fullmatch(typed)
    if found is None:
        return None
    number, unit = float(found[1].replace(",", ".")), found[2]
    in_cm = number > _LONGEST_M if unit is None else unit.startswith("c")
    return number / _CM if in_cm else number


def _comma(number: str) -> str:
    return number.replace(".", ",")
