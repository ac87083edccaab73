"""The pages of the weeks to come and of the physiotherapist's plan; they decide nothing."""

from collections.abc import Iterator
from typing import Final

from coreline.app.state import AppState
from coreline.limits import PLAN_NOTE_SIGNS
from coreline.programme.day import DayPlan, LevelQuestion
from coreline.programme.level import level_on
from coreline.programme.plan import plan as plan_of
from coreline.programme.plan_edit import usual_of
from coreline.programme.plan_words import plan_heading, plan_sentences
from coreline.programme.prescription import (
    DAYS_OF_WEEK,
    MOST_COUNT,
    MOST_HOLD_S,
    MOST_REST_S,
    MOST_SETS,
    Prescription,
    exercises_of,
)
from coreline.programme.spec import Exercise
from coreline.screen.menu import (
    Button,
    Choice,
    Heading,
    Item,
    Menu,
    Number,
    TextField,
    TextRow,
    Toggle,
)

PLAN_WEEKS: Final = 8
BY_ITSELF: Final = ""  # no level to stay at
EXERCISE, DAY, OFFER = "exercise-", "day-", "offer-"
BOTH: Final = "both"
_SIDES: Final = ("left", "right")
_NOTE_LONGEST, _NAME_LONGEST = PLAN_NOTE_SIGNS, 100
# The limits, step and unit of each number of a dose.
_NUMBERS: Final = {
    "sets": (1, MOST_SETS, 1, ""),
    "hold_s": (1, MOST_HOLD_S, 1, "s"),
    "count": (1, MOST_COUNT, 1, ""),
    "rest_s": (0, MOST_REST_S, 5, "s"),
}


# The question whether to go on


def question_page(state: AppState, question: LevelQuestion) -> Menu:
    """Return what is asked about the level, with what speaks for going on and against it."""
    speaker = state.speaker
    rows = [TextRow(speaker.say(question.asks))]
    rows += [
        TextRow(f"{speaker.text(f'question.{speaks}')}: {speaker.say(fact)}")
        for speaks, fact in question.facts
    ]
    notes = ["" if each.why == question.asks else speaker.say(each.why) for each in question.offers]
    buttons = [
        Button(f"{OFFER}{number}", speaker.say(offer.what), note=note)
        for number, (offer, note) in enumerate(zip(question.offers, notes, strict=True))
    ]
    later = Button("later", speaker.text("question.later"))
    # Who only presses on changes nothing.
    return Menu(speaker.text("question.title"), (*rows, *buttons, later), selected="later")


# The weeks to come


def plan_page(state: AppState, plan: DayPlan) -> Menu:
    """Return what is prescribed, and the coming weeks: each level with its exercises."""
    words = state.words
    change = Button("change", words("plan.change"), key="f")
    back = Button("back", words("choose.back"))
    rows = (*_prescribed(state, plan), *_weeks(state))
    return Menu(words("plan.title"), (change, back, *rows))


def _prescribed(state: AppState, plan: DayPlan) -> Iterator[Item]:
    if plan.plan.says_nothing:
        return
    yield Heading(plan_heading(plan.plan, state.speaker))
    sentences = plan_sentences(plan.plan, state.catalogue, state.speaker, plan.level_id)
    yield from map(TextRow, sentences)


def _weeks(state: AppState) -> Iterator[Item]:
    """Yield each level with its first day of training, its length and its exercises."""
    speaker = state.speaker
    coming = plan_of(state.programme, state.catalogue, state.life(), state.today, PLAN_WEEKS)
    level_id = None
    for day in coming.days:
        if not day.items or day.level_id is None or day.level_id == level_id:
            continue
        level_id = day.level_id
        minutes = state.words("today.minutes", minutes=max(round(day.whole_s / 60), 1))
        names = dict.fromkeys(speaker.exercise_at(item.exercise_id, level_id) for item in day.items)
        yield Heading(speaker.level(level_id))
        yield TextRow(f"{speaker.day(day.day)} · {minutes}")
        yield TextRow(", ".join(names))


# Changing the plan


def edit_page(
    state: AppState, plan: Prescription, selected: str | None = None, note: str = ""
) -> Menu:
    """Return a plan that is being changed: who and what they say, days, level, exercises."""
    words, speaker = state.words, state.speaker
    days = plan.days or tuple(range(DAYS_OF_WEEK))
    names = speaker.text("date.weekdays").split()
    levels = [(BY_ITSELF, words("plan.no_stay"))]
    levels += [(each.id, speaker.level(each.id)) for each in state.programme.levels]
    until = "" if plan.level_until is None else plan.level_until.strftime("%d-%m-%Y")
    items: list[Item] = [
        TextField("by", words("plan.by"), plan.by, longest=_NAME_LONGEST),
        TextField("note", words("plan.note"), _line(plan.note), longest=_NOTE_LONGEST),
        Heading(words("plan.exercises")),
        *_exercise_buttons(state, plan),
        Button("add", words("plan.add")),
        Heading(words("plan.level_heading")),
        Choice("level", words("plan.level"), tuple(levels), plan.level or BY_ITSELF),
    ]
    if plan.level is not None:
        hint = words("plan.further_notice")
        items.append(TextField("level_until", words("plan.level_until"), until, hint, 30))
    items.append(Heading(words("plan.days")))
    items += [Toggle(f"{DAY}{day}", names[day], day in days) for day in range(DAYS_OF_WEEK)]
    items.append(Heading(words("plan.ready")))
    items.append(Button("save", words("plan.save"), key="s"))
    items.append(Button("back", words("plan.leave")))
    return Menu(words("plan.edit_title"), tuple(items), selected, note or words("plan.pain_first"))


def leave_page(state: AppState) -> Menu:
    """Return the question whether a plan that was changed is kept."""
    words = state.words
    buttons = (Button("save", words("plan.save")), Button("back", words("plan.leave")))
    return Menu(words("plan.ask_leave"), buttons)


def _exercise_buttons(state: AppState, plan: Prescription) -> Iterator[Button]:
    speaker, level_id = state.speaker, level_of(state, plan)
    asked = list(exercises_of(plan, state.catalogue, level_id))
    there = {each.id for each in asked}
    out = [each for each in plan.leave_out if each in state.catalogue.ids and each not in there]
    for exercise in (*asked, *map(state.catalogue.get, out)):
        name = speaker.exercise_at(exercise.id, level_id)
        detail = speaker.dose(plan.dose(exercise))
        if exercise.id in out:
            detail = state.words("plan.left_out")
        elif plan.of(exercise.id) is not None:
            detail = f"{detail} · {state.words('plan.changed')}"
        yield Button(f"{EXERCISE}{exercise.id}", name, detail)


def level_of(state: AppState, plan: Prescription) -> str:
    """Return the level that a plan is changed for: its own, else where the person is."""
    return plan.level or level_on(state.programme, state.life(), state.today).level.id


def exercise_edit_page(
    state: AppState, plan: Prescription, exercise: Exercise, selected: str | None = None
) -> Menu:
    """Return what a plan says of one exercise, to be changed."""
    words, said, usual = state.words, plan.of(exercise.id), usual_of(exercise)
    asked = exercise.id not in plan.leave_out
    items: list[Item] = [Toggle("asked", words("plan.asked"), asked)]
    if asked:
        items += _numbers(state, plan, exercise)
        if exercise.sides != "none":
            sides = (
                (BOTH, words("plan.both")),
                *((side, state.speaker.word(side)) for side in _SIDES),
            )
            side = BOTH if said is None else said.side or BOTH
            items.append(Choice("side", words("plan.side"), sides, side))
        note = "" if said is None else _line(said.note)
        items.append(TextField("note", words("plan.note"), note, longest=_NOTE_LONGEST))
    items.append(Button("back", words("plan.done")))
    title = state.speaker.exercise(exercise.id, full=True)
    usually = words("plan.usual", dose=state.speaker.dose_and_rest(exercise.dose))
    return Menu(title, tuple(items), selected, usually if usual else "")


def _numbers(state: AppState, plan: Prescription, exercise: Exercise) -> Iterator[Number]:
    """Yield the numbers of a dose as they are now."""
    said = plan.of(exercise.id)
    for key, usual in usual_of(exercise).items():
        low, high, step, unit = _NUMBERS[key]
        value = None if said is None else getattr(said, key)
        shown = float(usual if value is None else value)
        yield Number(key, state.words(f"plan.{key}"), shown, low, high, step, 0, unit)


def add_page(state: AppState, plan: Prescription) -> Menu:
    """Return the exercises that a plan may add."""
    asked = {each.id for each in exercises_of(plan, state.catalogue, level_of(state, plan))}
    buttons = [
        Button(each.id, state.speaker.exercise(each.id, full=True), state.speaker.dose(each.dose))
        for each in state.catalogue
        if each.id not in asked
    ]
    back = Button("back", state.words("choose.back"))
    return Menu(state.words("plan.add"), (*buttons, back))


def _line(text: str) -> str:
    """Return a remark on one line, as a field shows it."""
    return " ".join(text.split())
