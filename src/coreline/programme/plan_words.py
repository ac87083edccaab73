"""A plan of a physiotherapist in words, for the person: what is other than in the handout."""

from collections.abc import Iterator

from coreline.programme.catalogue import Catalogue
from coreline.programme.prescription import PrescribedExercise, Prescription
from coreline.programme.sayings import Filling, say
from coreline.programme.wording import Speaker


def plan_heading(plan: Prescription, speaker: Speaker) -> str:
    """Return whose plan it is."""
    return _say(speaker, "from_named", name=plan.by) if plan.by else _say(speaker, "from")


def plan_sentences(
    plan: Prescription, catalogue: Catalogue, speaker: Speaker, level_id: str | None
) -> Iterator[str]:
    """Yield what a plan says, a sentence each.

    Args:
        plan: the plan; an empty one says nothing.
        catalogue: the exercises there are.
        speaker: says it in the person's language.
        level_id: where the person is, so that what holds at another level says so.
    """
    yield from _when(plan, speaker)
    if plan.leave_out:
        yield _say(speaker, "leave_out", what=_names(plan.leave_out, speaker))
    if plan.order:
        yield _say(speaker, "order", what=_names(plan.order, speaker))
    if plan.only:
        yield _say(speaker, "only")
    for each in plan.exercises:
        yield _exercise(each, plan, catalogue, speaker, level_id)


def _when(plan: Prescription, speaker: Speaker) -> Iterator[str]:
    """Yield what the physiotherapist says, and what holds on which days."""
    if plan.note:
        yield _say(speaker, "note", note=plan.note)
    if plan.days:
        yield _say(speaker, "days", days_of_week=speaker.days_of_week(plan.days))
    if plan.level is not None and plan.level_until is not None:
        yield _say(speaker, "level_until", level=plan.level, until=plan.level_until)
    elif plan.level is not None:
        yield _say(speaker, "level", level=plan.level)
    if plan.until is not None:
        yield _say(speaker, "until", until=plan.until)


def _exercise(
    said: PrescribedExercise,
    plan: Prescription,
    catalogue: Catalogue,
    speaker: Speaker,
    level_id: str | None,
) -> str:
    name = speaker.exercise(said.exercise, full=True)
    if said.exercise not in catalogue.ids:
        return _say(speaker, "unknown", what=name)
    exercise = catalogue.get(said.exercise)
    parts = [speaker.dose_and_rest(said.dose(exercise.dose))]
    if said.side is not None:
        parts.append(_say(speaker, f"only_{said.side}"))
    if said.days:
        parts.append(speaker.days_of_week(said.days))
    line = f"{name}: {', '.join(parts)}."
    if said.note:
        line += f" {said.note}"
    if not (plan.only or said.extra or level_id in (None, exercise.level)):
        line += f" {_say(speaker, 'at_level', level=exercise.level)}"
    return line


def _names(ids: tuple[str, ...], speaker: Speaker) -> str:
    return ", ".join(speaker.exercise(each, full=True) for each in ids)


def _say(speaker: Speaker, code: str, **fill: Filling) -> str:
    return speaker.say(say(f"plan_words.{code}", **fill))
