"""The pages on which all exercises can be looked at and read about; they decide nothing."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from coreline.app import pages
from coreline.app.state import AppState
from coreline.files.demonstrations import (
    BODIES,
    Shown,
    faults_shown,
    has_ball,
    loop_file,
)
from coreline.programme.plan_words import plan_heading
from coreline.programme.rule_values import FAULT_CODES, REASON_CODES
from coreline.programme.rules import Judging
from coreline.programme.spec import Exercise
from coreline.screen.menu import (
    Article,
    Button,
    Heading,
    Menu,
    Picture,
    ShownArticle,
)
from coreline.screen.menu import (
    Item as MenuItem,
)


def exercises_page(state: AppState, selected: str | None = None) -> Menu:
    """Return all exercises by level; `selected` is the one that was looked at last."""
    words = state.words
    back = Button("back", words("choose.back"))
    return Menu(words("exercises.title"), (*_by_level(state), back), selected=selected)


def _by_level(state: AppState) -> Iterator[MenuItem]:
    speaker, language = state.speaker, state.words.language
    for level, exercises in groupby(state.catalogue, lambda each: each.level):
        yield Heading(speaker.level(level))
        for each in exercises:
            yield Button(each.id, each.name.in_(language), speaker.dose(each.dose))


def exercise_page(state: AppState, exercise_id: str) -> Article | ShownArticle:
    """Return an exercise in words, with pictures where there are any."""
    exercise = state.catalogue.get(exercise_id)
    article = Article(state.called()(exercise_id), tuple(_in_words(state, exercise)))
    pictures = (*_loops(state, exercise), *_faults(state, exercise))
    return ShownArticle(article, pictures) if pictures else article


def reading_page(state: AppState, page_id: str) -> Article | ShownArticle:
    """Return a page of the handout, beside the exercises that it is about where it is about some.

    That of the ball shows what is done on it, that of every day what the person does now.
    """
    article = pages.reading_page(state, page_id)
    shown: tuple[Picture, ...] = ()
    if page_id == "ball":
        shown = _shown(state, [each for each in state.catalogue if has_ball(each.id)], ball=True)
    elif page_id == "every_day" and (level_id := state.plan().level_id) is not None:
        shown = _shown(state, state.catalogue.of_level(level_id))
    return ShownArticle(article, shown) if shown else article


def _shown(
    state: AppState, exercises: Sequence[Exercise], *, ball: bool = False
) -> tuple[Picture, ...]:
    """Return those of some exercises that have pictures, by the woman and the man in turn."""
    there = [each for each in exercises if loop_file(Shown(each.id)) is not None]
    on_ball = {each.id for each in there if ball or each.id in state.person.on_ball}
    return tuple(
        Picture(
            Shown(each.id, BODIES[number % len(BODIES)], each.id in on_ball),
            state.speaker.exercise(each.id, full=True),
        )
        for number, each in enumerate(there)
    )


def _loops(state: AppState, exercise: Exercise) -> Iterator[Picture]:
    """Yield who shows how it is done, where there is somebody: first as the person does it."""
    if loop_file(Shown(exercise.id)) is None:
        return
    words = state.words
    surfaces = (False, True) if has_ball(exercise.id) else (False, False)
    shown = [Shown(exercise.id, body, ball) for body, ball in zip(BODIES, surfaces, strict=True)]
    own = exercise.id in state.person.on_ball
    for each in sorted(shown, key=lambda each: each.ball != own):
        yield Picture(each, words("exercises.on_ball" if each.ball else "exercises.on_floor"))


def _faults(state: AppState, exercise: Exercise) -> Iterator[Picture]:
    """Yield what goes wrong, beside what is right."""
    words = state.words
    ball = exercise.id in state.person.on_ball and has_ball(exercise.id)
    seen = faults_shown(Shown(exercise.id, ball=ball))
    codes = [code for code in dict.fromkeys((*FAULT_CODES, *REASON_CODES)) if code in seen]
    for number, code in enumerate(codes):
        shown = Shown(exercise.id, BODIES[number % len(BODIES)], ball)
        wrong = words("exercises.wrong", fault=_name(state, code))
        yield Picture(shown, wrong, code, words("exercises.right"))


def _in_words(state: AppState, exercise: Exercise) -> Iterator[str]:
    """Yield the paragraphs: what is prescribed, how it is done, what the camera makes of it."""
    words, language = state.words, state.words.language
    yield from _prescribed(state, exercise)
    yield f"# {words('exercises.how')}"
    yield exercise.explanation.in_(language)
    yield f"# {words('exercises.judges')}"
    if exercise.judging is None:
        yield words("exercises.not_judged")
    else:
        yield " ".join(_judged(state, exercise, exercise.judging))
    yield f"# {words('exercises.unseen')}"
    yield exercise.not_visible.in_(language)


def _prescribed(state: AppState, exercise: Exercise) -> Iterator[str]:
    """Yield what the physiotherapist prescribes of an exercise today, where it is anything."""
    plan, speaker = state.plan(), state.speaker
    items = [each for each in plan.items if each.exercise_id == exercise.id]
    said = next((each for each in items if each.prescribed_by is not None), None)
    if said is None:
        return
    yield f"# {plan_heading(plan.plan, speaker)}"
    sides = [state.rig.texts.side(each.exercise_id, each.side) for each in items if each.side]
    yield ", ".join([speaker.dose_and_rest(said.dose), *sides])
    if said.note:
        yield f"“{said.note}”"
    if said.dose != exercise.dose:
        yield state.words("exercises.instead")


def _judged(state: AppState, exercise: Exercise, judging: Judging) -> Iterator[str]:
    words, word = state.words, state.rig.texts.word
    yield words("exercises.lie", view=word(f"view.{exercise.view}"))
    codes = dict.fromkeys(
        code for band in judging.bands for code in (band.above, band.below) if code
    )
    if codes:
        faults = ", ".join(_name(state, code) for code in codes)
        yield words("exercises.faults", faults=faults)
    if exercise.machine == "raises":
        yield words("exercises.counts")
    yield words("exercises.sure", word=word(f"confidence.{exercise.confidence}"))


def _name(state: AppState, code: str) -> str:
    """Return what a fault is called, or a reason that is none."""
    table = "reason" if code in REASON_CODES and code not in FAULT_CODES else "fault"
    return state.rig.texts.word(f"{table}.{code}.name")
