"""What may stand behind the keys of a plan of a physiotherapist, and how it is refused."""

from collections.abc import Callable, Sequence
from typing import Any

from coreline.errors import BadDataError, CorelineError
from coreline.limits import NAME_SIGNS, PLAN_EXERCISES, PLAN_NOTE_SIGNS
from coreline.printable import unseen_sign
from coreline.programme.prescription import DAYS_OF_WEEK
from coreline.programme.typed import LONGEST_TYPED, Choices, choice_of


class RefusedValueError(CorelineError):
    """A value that cannot be taken; it says why, without the place."""


def choice(given: str, choices: Choices) -> str:
    """Return what a word stands for; what is refused is told without an option's name."""
    try:
        return choice_of("", given, choices)
    except BadDataError as error:
        raise RefusedValueError(str(error).strip(), nl=error.in_("nl").strip()) from error


def text_of(value: Any) -> str:
    """Return a text.

    Raises:
        RefusedValueError: It is none.
    """
    if not isinstance(value, str):
        raise RefusedValueError(
            f'{_shown(value)}: give a text in quotes, "so"',
            nl=f'{_shown(value)}: geef tekst tussen aanhalingstekens, "zo"',
        )
    return value


def _shown(value: Any) -> str:
    """Return a value as it stands in the file, as far as it is short."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value}"'[:LONGEST_TYPED]
        case list() | dict():
            return "[…]"
        case _:
            return str(value)[:LONGEST_TYPED]


def name_of(value: Any) -> str:
    """Return a name: one line.

    Raises:
        RefusedValueError: It is none.
    """
    text = text_of(value).strip()
    if len(text) > NAME_SIGNS or "\n" in text or unseen_sign(text) is not None:
        raise RefusedValueError(
            f"give one line of {NAME_SIGNS} signs at most",
            nl=f"geef één regel van hoogstens {NAME_SIGNS} tekens",
        )
    return text


def note_of(value: Any) -> str:
    """Return a remark, of one line or several.

    Raises:
        RefusedValueError: It is none, or too long.
    """
    text = text_of(value).strip().replace("\r\n", "\n")
    if len(text) > PLAN_NOTE_SIGNS:
        raise RefusedValueError(
            f"has {len(text)} signs; keep {PLAN_NOTE_SIGNS} at most",
            nl=f"heeft {len(text)} tekens; houd er hoogstens {PLAN_NOTE_SIGNS}",
        )
    if unseen_sign(text, but="\n") is not None:
        raise RefusedValueError(
            "has a sign that cannot be seen; type it again",
            nl="heeft een onzichtbaar teken; typ het opnieuw",
        )
    return text


def yes_or_no(value: Any) -> bool:
    """Return whether something is so.

    Raises:
        RefusedValueError: It is no truth value.
    """
    if not isinstance(value, bool):
        raise RefusedValueError(
            f"{_shown(value)}: give true or false, without quotes",
            nl=f"{_shown(value)}: geef true (ja) of false (nee), zonder aanhalingstekens",
        )
    return value


def whole(least: int, most: int) -> Callable[[Any], int]:
    """Return what takes whole numbers within limits, and refuses all else."""

    def made(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise RefusedValueError(
                f"{_shown(value)}: give a whole number from {least} to {most}",
                nl=f"{_shown(value)}: geef een heel getal van {least} tot {most}",
            )
        return value

    return made


def seconds(least: float, most: float) -> Callable[[Any], float]:
    """Return what takes seconds within limits, and refuses all else."""

    def made(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise RefusedValueError(
                f"{_shown(value)}: give seconds as a number, such as 20",
                nl=f"{_shown(value)}: geef seconden als getal, zoals 20",
            )
        if not least <= value <= most:
            raise RefusedValueError(
                f"{_shown(value)}: give seconds from {least:g} to {most:g}",
                nl=f"{_shown(value)}: geef seconden van {least:g} tot {most:g}",
            )
        return float(value)

    return made


def weekdays_of(value: Any) -> Sequence[Any]:
    """Return a list of words for days of the week, or a text with commas as one.

    Raises:
        RefusedValueError: It is neither.
    """
    given = value.split(",") if isinstance(value, str) else value
    if not isinstance(given, list) or not given or len(given) > DAYS_OF_WEEK:
        raise RefusedValueError(
            'give days of the week, such as ["mon", "wed", "fri"]',
            nl='geef dagen van de week, zoals ["ma", "wo", "vr"]',
        )
    return given


def listed(value: Any) -> Sequence[Any]:
    """Return a list that is not too long.

    Raises:
        RefusedValueError: It is none.
    """
    if not isinstance(value, list) or len(value) > PLAN_EXERCISES:
        raise RefusedValueError(
            f'give a list of {PLAN_EXERCISES} at most, such as ["side bridge w34"]',
            nl=f'geef een lijst van hoogstens {PLAN_EXERCISES}, zoals ["zijbrug w34"]',
        )
    return value


def tables(value: Any) -> Sequence[Any]:
    """Return the tables of an array of tables.

    Raises:
        RefusedValueError: It is none.
    """
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise RefusedValueError(
            "write it in double brackets on a line of its own, [[exercise]], and what is "
            "prescribed below it",
            nl="zet het tussen dubbele haken op een eigen regel, [[oefening]], en eronder wat je "
            "voorschrijft",
        )
    return value
