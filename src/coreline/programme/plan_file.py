"""The plan of a physiotherapist as a TOML text, in Dutch or English, to a checked value.

Every mistake is a line of its own, with file, line and key, in both languages, and near misses are
offered: who writes it looks at a file, not at a form. `docs/plan.md` says what may be in it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, Final, Literal

from coreline.errors import BadDataError, BadPlanError, CorelineError
from coreline.limits import LAST_DAY, PLAN_EXERCISES
from coreline.programme.called import Namer, level_choices
from coreline.programme.catalogue import Catalogue
from coreline.programme.plan_values import (
    RefusedValueError,
    choice,
    listed,
    name_of,
    note_of,
    seconds,
    tables,
    text_of,
    weekdays_of,
    whole,
    yes_or_no,
)
from coreline.programme.prescription import (
    MOST_COUNT,
    MOST_HOLD_S,
    MOST_REST_S,
    MOST_SETS,
    NOTHING_PRESCRIBED,
    PrescribedExercise,
    Prescription,
)
from coreline.programme.spec import Exercise, Programme
from coreline.programme.toml_data import near_of, nearest_line, parse_toml
from coreline.programme.toml_lines import Path, key_lines
from coreline.programme.typed import (
    LONGEST_TYPED,
    Choices,
    Vocabulary,
    day_typed,
    meant,
    offers,
)

_KINDS: Final = {
    "hold": ("is held: give seconds", "wordt vastgehouden: geef seconden"),
    "raises": ("is repeated: give repetitions", "wordt herhaald: geef herhalingen"),
    "rolls": ("is turned: give rotations", "wordt gedraaid: geef rotaties"),
}
_LISTED: Final = ("exercises", "extra")


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What a plan is read with: the exercises, the levels, the words, and the day it is.

    `kept` is the plan that holds now. Its own stay may be over: that is no mistake of who edits
    something else of it.
    """

    programme: Programme
    catalogue: Catalogue
    words: Vocabulary
    today: date
    level_id: str | None = None  # where the person is: of several exercises of a name, its own
    kept: Prescription = NOTHING_PRESCRIBED


def parse_plan(text: str, source: str, known: PlanWords) -> Prescription:
    """Return the plan in a TOML text; `source` is the file's name, for errors.

    Raises:
        BadPlanError: The text has mistakes, each of which it tells.
        BadDataError: The text is no TOML.
    """
    reader = _Reader(parse_toml(text, source), source, key_lines(text), known)
    plan = reader.plan()
    if reader.mistakes:
        in_order = sorted(reader.mistakes, key=lambda each: each.line)
        raise BadPlanError([(each.en, each.nl) for each in in_order])
    return plan


@dataclass(frozen=True, slots=True)
class _Mistake:
    line: int
    en: str
    nl: str


@dataclass(slots=True)
class _Reader:
    """Reads one text, and gathers what is wrong with it."""

    data: Mapping[str, Any]
    source: str
    lines: Mapping[Path, int]
    known: PlanWords
    mistakes: list[_Mistake] = field(default_factory=list)

    def plan(self) -> Prescription:
        """Return the plan; of use only where there were no mistakes."""
        words = self.known.words
        found = self._keys(self.data, (), words.plan_key)
        level = self._read(found, "level", self._level)
        kept = self.known.kept
        stay_kept = kept.level_until if level == kept.level else None
        exercises = tuple(self._exercises(found))
        given: dict[str, Any] = {
            "by": self._read(found, "by", name_of) or "",
            "note": self._read(found, "note", note_of) or "",
            "level": level,
            "level_until": self._read(found, "level_until", partial(self._day, kept=stay_kept)),
            "days": self._days(found),
            "until": self._read(found, "until", self._day),
            "only": bool(self._read(found, "only", yes_or_no)),
            "leave_out": self._ids(found, "leave_out"),
            "order": self._ids(found, "order"),
            "exercises": exercises,
        }
        self._check(given, found)
        return Prescription() if self.mistakes else Prescription(**given)

    # Keys

    def _keys(self, table: Mapping[str, Any], path: Path, known: Choices) -> dict[str, Path]:
        """Return where each thing that is known stands in a table; others are mistakes."""
        found: dict[str, Path] = {}
        for key in table:
            here = (*path, key)
            meaning = meant(key, known)
            if meaning is None:
                self._refuse(here, *_unknown_key(key, known))
            elif meaning in found:
                again = found[meaning][-1]
                self._refuse(
                    here,
                    f"is {again} once more; keep one of them",
                    f"is nog eens {again}; laat er één staan",
                )
            else:
                found[meaning] = here
        return found

    def _at(self, path: Path) -> Any:
        here: Any = self.data
        for step in path:
            here = here[step]
        return here

    def _read(self, found: Mapping[str, Path], key: str, make: Callable[[Any], Any]) -> Any:
        """Return what a key holds; None where it is not there or cannot be taken."""
        if key not in found:
            return None
        return self._made(found[key], make)

    def _made(self, path: Path, make: Callable[[Any], Any]) -> Any:
        try:
            return make(self._at(path))
        except CorelineError as error:
            self._refuse(path, str(error), error.in_("nl"))
        return None

    def _refuse(self, path: Path, en: str, nl: str) -> None:
        line, name = nearest_line(self.lines, path), _name_of(path)
        where = f"{self.source}:{line}: {name}".removesuffix(": ")
        self.mistakes.append(_Mistake(line, f"{where}: {en}", f"{where}: {nl}"))

    # Values

    def _level(self, value: Any) -> str:
        choices = level_choices(self.known.programme, self.known.words)
        return choice(text_of(value), choices)

    def _day(self, value: Any, kept: date | None = None) -> date:
        """Return a day from today on, or the one that is kept already."""
        if isinstance(value, datetime):
            value = value.date()
        day = value if isinstance(value, date) else _day_of(text_of(value), self.known)
        if day < self.known.today and day != kept:
            raise RefusedValueError(
                f"{day} is over; give a day from today on",
                nl=f"{day} is voorbij; geef een dag vanaf vandaag",
            )
        if day > LAST_DAY:
            raise RefusedValueError(
                f"give a day up to {LAST_DAY}", nl=f"geef een dag tot en met {LAST_DAY}"
            )
        return day

    def _days(self, found: Mapping[str, Path]) -> tuple[int, ...]:
        """Return days of the week: a list of words, or a text with commas."""
        given = self._read(found, "days", weekdays_of) or ()
        weekdays = self.known.words.weekday
        days = set()
        for each in given:
            try:
                days.add(int(choice(text_of(each), weekdays)))
            except RefusedValueError as error:
                self._refuse(found["days"], str(error), error.in_("nl"))
        return tuple(sorted(days))

    def _exercise(self, value: Any) -> Exercise:
        known = self.known
        return Namer(known.catalogue, known.programme, known.words).exercise(
            text_of(value), known.level_id
        )

    def _ids(self, found: Mapping[str, Path], key: str) -> tuple[str, ...]:
        """Return the exercises in a list."""
        value = self._read(found, key, listed)
        path = found.get(key, ())
        made = [self._made((*path, place), self._exercise) for place in range(len(value or ()))]
        return tuple(dict.fromkeys(each.id for each in made if each is not None))

    # Exercises

    def _exercises(self, found: Mapping[str, Path]) -> Iterator[PrescribedExercise]:
        """Yield what is said of each exercise."""
        there: dict[str, int] = {}
        for kind in _LISTED:
            there_are = self._read(found, kind, tables) or ()
            for place in range(len(there_are)):
                path = (*found[kind], place)
                each = self._one(path, extra=kind == "extra")
                if each is None:
                    continue
                line = nearest_line(self.lines, path)
                if each.exercise in there:
                    first = there[each.exercise]
                    self._refuse(
                        path,
                        f"{each.exercise} is on line {first} already; keep one",
                        f"{each.exercise} staat al op regel {first}; laat er één staan",
                    )
                    continue
                there[each.exercise] = line
                yield each

    def _one(self, path: Path, *, extra: bool) -> PrescribedExercise | None:
        found = self._keys(self._at(path), path, self.known.words.plan_exercise_key)
        if "exercise" not in found:
            self._refuse(
                path,
                "name is missing; say which exercise it is",
                "naam ontbreekt; zeg welke oefening het is",
            )
        exercise = self._read(found, "exercise", self._exercise)
        given: dict[str, Any] = {
            "extra": extra,
            "sets": self._read(found, "sets", whole(1, MOST_SETS)),
            "hold_s": self._read(found, "hold_s", seconds(1, MOST_HOLD_S)),
            "count": self._read(found, "count", whole(1, MOST_COUNT)),
            "rest_s": self._read(found, "rest_s", seconds(0, MOST_REST_S)),
            "side": self._read(found, "side", self._side),
            "days": self._days(found),
            "note": self._read(found, "note", note_of) or "",
        }
        if exercise is None:
            return None
        self._check_one(exercise, found, given)
        return PrescribedExercise(exercise=exercise.id, **given)

    def _side(self, value: Any) -> Literal["left", "right"] | None:
        side = choice(text_of(value), self.known.words.plan_side)
        return None if side == "both" else "left" if side == "left" else "right"

    def _check_one(
        self, exercise: Exercise, found: Mapping[str, Path], given: Mapping[str, Any]
    ) -> None:
        kind, name = exercise.dose.kind, exercise.name
        en, nl = _KINDS[kind]
        strange = "count" if kind == "hold" else "hold_s"
        if given[strange] is not None:
            self._refuse(found[strange], f"{name.en} {en}", f"{name.nl} {nl}")
        if given["side"] is not None and exercise.sides == "none":
            self._refuse(
                found["side"],
                f"{name.en} has no sides; take this line out",
                f"{name.nl} heeft geen kanten; haal deze regel weg",
            )

    # What does not go together

    def _check(self, given: Mapping[str, Any], found: Mapping[str, Path]) -> None:
        ids = [each.exercise for each in given["exercises"]]
        for exercise_id in given["leave_out"]:
            if exercise_id in ids:
                self._refuse(
                    found["leave_out"],
                    f"{exercise_id} is prescribed below as well; keep one of the two",
                    f"{exercise_id} wordt hieronder ook voorgeschreven; kies een van beide",
                )
        if "level_until" in found and "level" not in found:
            self._refuse(
                found["level_until"],
                "says until when, and level is missing; add it",
                "zegt tot wanneer, maar niveau ontbreekt; zet het erbij",
            )
        if given["only"] and not given["exercises"] and not self.mistakes:
            self._refuse(
                found["only"],
                "there are no exercises below; add [[exercise]]",
                "hieronder staan geen oefeningen; voeg [[oefening]] toe",
            )
        if given["only"] and given["leave_out"]:
            self._refuse(
                found["leave_out"],
                "says nothing where only_these is true; take it out",
                "zegt niets als alleen_deze waar is; haal het weg",
            )
        if len(ids) > PLAN_EXERCISES:
            self._refuse(
                (),
                f"has {len(ids)} exercises; keep {PLAN_EXERCISES} at most",
                f"heeft {len(ids)} oefeningen; houd er hoogstens {PLAN_EXERCISES}",
            )


def _name_of(path: Path) -> str:
    """Return the last key of a path that a person wrote."""
    names = [each for each in path if isinstance(each, str)]
    return names[-1] if names else ""


def _unknown_key(key: str, known: Choices) -> tuple[str, str]:
    """Return that a key is none, with the near ones."""
    words = {code: [each.in_(code)[0] for each in known.values()] for code in ("en", "nl")}
    every = [word for each in known.values() for word in (*each.nl, *each.en)]
    near = near_of(key[:LONGEST_TYPED].lower(), every)
    return (
        f"unknown key;{offers(near, 'en')} there are {', '.join(words['en'])}",
        f"onbekend woord;{offers(near, 'nl')} er zijn: {', '.join(words['nl'])}",
    )


def _day_of(given: str, known: PlanWords) -> date:
    try:
        return day_typed("", given, known.today, known.words)
    except BadDataError as error:
        raise RefusedValueError(str(error).strip(), nl=error.in_("nl").strip()) from error
