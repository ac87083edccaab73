"""The plan of a physiotherapist as a TOML text with remarks, to be read and edited.

Reading it gives the same plan again; what is not prescribed stands there as a remark, with the
handout's own doses, so that one only takes away a mark and changes a number. Remarks that somebody
writes into it are not kept: it is written anew from the plan.
"""

import json
from collections.abc import Iterator
from typing import Final

from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.programme.prescription import PrescribedExercise, Prescription
from coreline.programme.spec import Dose, Exercise, HoldDose, RaisesDose
from coreline.programme.texts import TextBook
from coreline.programme.typed import Choices, Vocabulary

_WIDTH: Final = 72  # where remarks are broken


class PlanWriter:
    """Writes plans in one language."""

    def __init__(
        self, catalogue: Catalogue, words: Vocabulary, sentences: TextBook, language: Language
    ) -> None:
        """Take what names, keys and remarks come from."""
        self._catalogue, self._words = catalogue, words
        self._sentences, self._language = sentences, language

    def text(self, plan: Prescription, level_id: str) -> str:
        """Return a plan as a text, with the exercises of a level as remarks where it has none."""
        return "\n".join(self._lines(plan, level_id)) + "\n"

    def _lines(self, plan: Prescription, level_id: str) -> Iterator[str]:
        yield from self._remark("head")
        yield ""
        yield from self._line("by", plan.by, "Jan de Vries")
        yield from self._line("note", plan.note, self._text_of("note_example"))
        yield ""
        yield from self._remark("days")
        yield from self._line("days", self._weekdays(plan.days), self._weekdays((0, 2, 4)))
        yield ""
        yield from self._remark("level")
        yield from self._line("level", plan.level, level_id)
        yield from self._line("level_until", plan.level_until, "2040-12-24", bare=True)
        yield ""
        yield from self._remark("until")
        yield from self._line("until", plan.until, "2041-01-31", bare=True)
        yield ""
        yield from self._remark("lists")
        some = self._catalogue.of_level(level_id)
        yield from self._line("leave_out", plan.leave_out, tuple(each.id for each in some[-1:]))
        yield from self._line("order", plan.order, tuple(each.id for each in some[:2]))
        yield from self._line("only", plan.only, "true", bare=True)
        yield ""
        yield from self._remark("exercises")
        for said in plan.exercises:
            yield ""
            yield from self._exercise(said)
        listed = {each.exercise for each in plan.exercises} | set(plan.leave_out)
        for exercise in (each for each in some if each.id not in listed):
            yield ""
            yield from (f"# {line}" for line in self._exercise(_usual(exercise)))

    def _exercise(self, said: PrescribedExercise) -> Iterator[str]:
        yield f"[[{self._key('extra' if said.extra else 'exercises')}]]"
        known = said.exercise in self._catalogue
        name = f"  # {self._named(self._catalogue.get(said.exercise))}" if known else ""
        keys = self._words.plan_exercise_key
        yield f"{self._word(keys, 'exercise')} = {_as_toml(said.exercise)}{name}"
        rolls = known and self._catalogue.get(said.exercise).dose.kind == "rolls"
        values = {
            "sets": said.sets,
            "hold_s": said.hold_s,
            "count": said.count,
            "rest_s": said.rest_s,
            "side": None if said.side is None else self._word(self._words.plan_side, said.side),
            "days": self._weekdays(said.days),
            "note": said.note,
        }
        for key, value in values.items():
            if value not in (None, (), ""):
                word = keys[key].in_(self._language)[rolls and key == "count"]
                yield f"{word} = {_as_toml(value)}"

    def _line(
        self, key: str, value: object, example: object, *, bare: bool = False
    ) -> Iterator[str]:
        """Yield a key with its value, or with an example as a remark."""
        if value not in (None, (), "", False):
            yield f"{self._key(key)} = {_as_toml(value)}"
        else:
            yield f"# {self._key(key)} = {example if bare else _as_toml(example)}"

    def _remark(self, key: str) -> Iterator[str]:
        line = "#"
        for word in self._text_of(key).split():
            if len(line) + len(word) > _WIDTH:
                yield line
                line = "#"
            line += f" {word}"
        yield line

    def _text_of(self, key: str) -> str:
        return self._sentences.say(f"plan_file.{key}", self._language)

    def _named(self, exercise: Exercise) -> str:
        return exercise.name.in_(self._language)

    def _key(self, key: str) -> str:
        return self._word(self._words.plan_key, key)

    def _word(self, choices: Choices, meaning: str) -> str:
        return choices[meaning].in_(self._language)[0]

    def _weekdays(self, days: tuple[int, ...]) -> tuple[str, ...]:
        words = self._words.weekday
        return tuple(words[str(day)].in_(self._language)[1].lower() for day in days)


def _usual(exercise: Exercise) -> PrescribedExercise:
    """Return what the handout has of an exercise, as if it were prescribed."""
    dose: Dose = exercise.dose
    if isinstance(dose, HoldDose):
        said = {"hold_s": dose.hold_s}
    elif isinstance(dose, RaisesDose):
        said = {"count": dose.repetitions}
    else:
        said = {"count": dose.rotations}
    common = {"exercise": exercise.id, "sets": dose.sets, "rest_s": dose.rest_s}
    return PrescribedExercise.model_construct(**{**_NOTHING_OF_ONE, **common, **said})


_NOTHING_OF_ONE: Final = PrescribedExercise(exercise="none").model_dump()


def _as_toml(value: object) -> str:
    """Return a value as it stands in a TOML file."""
    match value:
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}" if value == round(value, 3) else repr(value)
        case str():
            return _quoted(value)
        case tuple():
            return f"[{', '.join(map(_as_toml, value))}]"
        case _:
            return str(value)


def _quoted(text: str) -> str:
    """Return a text in quotes; one with several lines in three, so that it can be read."""
    if "\n" not in text:
        return json.dumps(text, ensure_ascii=False)
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"""\n{plain}"""'
