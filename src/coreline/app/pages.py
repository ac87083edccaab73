"""The program's pages but today's, as values, made from what is known; they decide nothing."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from coreline.app.state import AppState
from coreline.choices.menu import Kind, SettingRow, describe, hint, label, value_in_words
from coreline.programme.ball import ball_diameter_cm
from coreline.programme.done import percent_of, whole_amount
from coreline.programme.language import Language
from coreline.programme.life import USUAL_PLACE, PainMoment, PainPlace, Profile
from coreline.programme.progress import DayDone, History, history
from coreline.programme.reading import pages as reading_pages
from coreline.programme.sayings import Saying
from coreline.screen.menu import (
    Article,
    Button,
    Choice,
    Control,
    Heading,
    Menu,
    Number,
    PainQuestion,
    TextField,
    TextRow,
    Toggle,
    WelcomePage,
)
from coreline.screen.menu import (
    Item as MenuItem,
)

if TYPE_CHECKING:
    from coreline.session.view import Result

LANGUAGES = (("nl", "Nederlands"), ("en", "English"))
USUAL_HEIGHT_M = 1.75
HEIGHTS_CM = (120, 230)
HEIGHTS_M = (HEIGHTS_CM[0] / 100, HEIGHTS_CM[1] / 100)
LATEST_DAYS = 14
OF_THE_PERSON = ("language", "surface", "second_way")  # settings of a new profile; set in it
FLOOR, BALL, SOME = "floor", "ball", "some"
EXERCISES = "exercises"  # what leads to all exercises


# Pain


def pain_page(state: AppState, moment: PainMoment, exercise_id: str | None = None) -> PainQuestion:
    """Return the question how much it hurts, and where."""
    words = state.words
    name = state.rig.texts.name(exercise_id) if exercise_id else ""
    return PainQuestion(
        title=words(f"pain.{moment}", exercise=name),
        places=tuple((place.value, words(f"pain.{place}")) for place in PainPlace),
    )


def advice_page(state: AppState, sayings: tuple[Saying, ...], *buttons: Button) -> Menu:
    """Return what the handout says to an answer about pain, and what may be done about it."""
    lines = [TextRow(state.speaker.say(each)) for each in sayings]
    go_on = Button("go_on", state.words("pain.go_on"))
    return Menu(state.words("pain.title"), (*lines, *buttons, go_on))


# The person


def profile_page(state: AppState, profile: Profile, *, new: bool, note: str = "") -> Menu:
    """Return the page on which a person says what the plan needs to know."""
    words = state.words
    sizes = state.programme.ball.sizes
    height_m = profile.height_m or USUAL_HEIGHT_M
    ball = words("profile.ball_size", cm=ball_diameter_cm(height_m, sizes))
    surfaces = [(FLOOR, words("profile.floor")), (BALL, words("profile.ball"))]
    surface = surface_of(state, profile)
    if surface == SOME:
        surfaces.append((SOME, words("profile.some")))
    place = words("profile.home") if profile.place == USUAL_PLACE else profile.place
    items: list[MenuItem] = [
        TextField("name", words("profile.name"), profile.name, longest=60),
        Choice("language", words("profile.language"), LANGUAGES, profile.language),
        Number("height_m", words("profile.height"), height_m, *HEIGHTS_M, 0.01, 2, "m", note=ball),
        Choice("surface", words("profile.surface"), tuple(surfaces), surface),
        Toggle("second_way", words("profile.second_way"), profile.second_way),
        TextField("place", words("profile.place"), place, longest=40),
        Button("save", words("profile.save")),
    ]
    if not new:
        items.append(Button("other", words("profile.other")))
    first = "profile.again" if state.journal.lost_everybody else "profile.welcome"
    title = words(first if new else "profile.title")
    return Menu(title, tuple(items), note=note or words("profile.private"))


def welcome_page(state: AppState, profile: Profile, note: str = "") -> WelcomePage:
    """Return what the first start asks: all that the plan needs to begin."""
    words, ball = state.words, state.programme.ball
    advice = [ball.advice.in_(words.language)]
    if profile.height_m is None:
        advice.append(ball.size_advice.in_(words.language))
    else:
        cm = ball_diameter_cm(profile.height_m, ball.sizes)
        advice.append(f"{words('profile.ball_size', cm=cm)}.")
    return WelcomePage(
        title=words("profile.welcome"),
        height=words("profile.how_tall"),
        height_m=profile.height_m,
        limits_cm=HEIGHTS_CM,
        ball=words("profile.have_ball"),
        surfaces=(
            (FLOOR, words("profile.no_key"), words("profile.no_ball")),
            (BALL, words("profile.yes_key"), words("profile.yes_ball")),
        ),
        surface=FLOOR if surface_of(state, profile) == FLOOR else BALL,
        advice=" ".join(advice),
        begin=words("profile.begin"),
        language=next(each for each in LANGUAGES if each[0] != words.language),
        note=note or words("profile.later"),
    )


def surface_of(state: AppState, profile: Profile) -> str:
    """Return whether a person uses the ball: nowhere, everywhere it can be, or here and there."""
    if not profile.on_ball:
        return FLOOR
    return BALL if profile.on_ball >= set(state.programme.ball.exercises) else SOME


def people_page(state: AppState) -> Menu:
    """Return everybody who trains here."""
    words = state.words
    people = [Button(each.id, each.name) for each in state.journal.profiles()]
    return Menu(words("profile.who"), (*people, Button("new", words("profile.new"))))


# What was done, what comes, what there is to read


def history_page(state: AppState, *, has_report: bool, has_two: bool = False) -> Menu:
    """Return what was done so far; `has_two` sessions can be compared."""
    words = state.words
    done = history(state.programme, state.catalogue, state.life(), state.today)
    lost = state.journal.has_lost_sessions(state.person.id)
    items: tuple[MenuItem, ...] = (TextRow(words("history.not_all")),) if lost else ()
    if done.days:
        items = (*items, *_totals(state, done), *_latest(state, done), *_exercises(state, done))
    elif not lost:
        items = (TextRow(words("history.nothing")),)
    pictures = (Button("pictures", words("history.pictures")),) if done.days else ()
    report = (Button("report", words("history.report")),) if has_report else ()
    compare = (Button("compare", words("compare.open")),) if has_two else ()
    first = (*pictures, *report, *compare, Button("undo", words("history.undo")))
    return Menu(words("history.title"), (*first, *items, Button("back", words("choose.back"))))


def _totals(state: AppState, done: History) -> Iterator[TextRow]:
    words = state.words
    yield TextRow(words("history.streak"), str(done.streak))
    yield TextRow(words("history.days"), str(done.trained_days))
    yield TextRow(words("history.share"), _percent(done.amount.share))
    score = done.amount.score
    if score.value is not None:
        of = words("history.of_score", n=round(score.value), share=percent_of(score.share))
        yield TextRow(words("history.score"), of)
    elif score.withheld is not None:
        yield TextRow(words("history.score"), words(f"history.no_score_{score.withheld}"))
    yield TextRow(words("history.held"), f"{done.amount.held_s / 60:.0f} min")


def _latest(state: AppState, done: History) -> Iterator[MenuItem]:
    yield Heading(state.words("history.latest"))
    for day in reversed(done.days[-LATEST_DAYS:]):
        yield TextRow(state.speaker.day(day.day), _of_day(state, day))


def _of_day(state: AppState, day: DayDone) -> str:
    parts = [_percent(day.amount.share)]
    pain = day.pain
    if pain.before is not None or pain.after is not None:
        before, after = ("?" if each is None else each for each in (pain.before, pain.after))
        parts.append(state.words("history.pain", before=before, after=after))
    return " · ".join(part for part in parts if part)


def _exercises(state: AppState, done: History) -> Iterator[MenuItem]:
    yield Heading(state.words("history.exercises"))
    for each in done.exercises:
        side = state.rig.texts.side(each.exercise_id, each.side)
        name = state.speaker.exercise(each.exercise_id, full=True)
        yield TextRow(f"{name}, {side}" if side else name, _percent(each.amount.share))


def _percent(share: float | None) -> str:
    return "" if share is None else f"{percent_of(share)}\N{NO-BREAK SPACE}%"


def reading_menu(state: AppState) -> Menu:
    """Return what there is to read."""
    words = state.words
    texts = reading_pages(state.programme, state.sentences, words.language)
    buttons = [Button(each.id, each.title) for each in texts]
    first = Button(EXERCISES, words("reading.exercises"))
    return Menu(words("reading.title"), (first, *buttons, Button("back", words("choose.back"))))


def reading_page(state: AppState, page_id: str) -> Article:
    """Return one page of the handout."""
    texts = reading_pages(state.programme, state.sentences, state.words.language)
    page = next(each for each in texts if each.id == page_id)
    first, *others = page.paragraphs
    points = [f"• {point}" for point in page.points]
    return Article(page.title, (first, *points, *others))


# Settings


def settings_page(
    state: AppState, cameras: tuple[str, ...], selected: str | None = None, note: str = ""
) -> Menu:
    """Return every setting with its value; `note` says what came of a change."""
    words, language = state.words, state.words.language
    rows = [row for row in describe(cameras) if row.id not in OF_THE_PERSON]
    items = [item for row in rows if (item := _setting(state, row, language)) is not None]
    items.append(Button("calendar", words("settings.calendar")))
    if note:
        items = [replace(item, note=note) if item.id == selected else item for item in items]
    return Menu(
        words("settings.title"),
        (
            *items,
            Button("sound_test", words("settings.sound_test")),
            Button("back", words("choose.back")),
        ),
        selected=selected,
        note=words("settings.of_the_person"),
    )


def _setting(state: AppState, row: SettingRow, language: Language) -> Control | None:
    """Return one setting as what changes it; a folder is not typed from a mat."""
    value, words, note = (
        getattr(state.settings, row.id),
        label(row.id, language),
        hint(row.id, language),
    )
    match row.kind:
        case Kind.FOLDER:
            return None
        case Kind.SWITCH:
            return Toggle(row.id, words, on=value, note=note)
        case Kind.VOLUME | Kind.SECONDS:
            unit = "s" if row.kind is Kind.SECONDS else ""
            return Number(
                row.id,
                words,
                value,
                row.lowest,
                row.highest,
                row.step,
                0 if unit else 1,
                unit,
                note,
            )
        case _:
            values = dict.fromkeys((*row.options, str(value)))
            options = tuple((each, value_in_words(row, each, language)) for each in values)
            return Choice(row.id, words, options, str(value), note)


# After a session


def result_page(
    state: AppState, results: "tuple[Result, ...]", note: str, *, has_report: bool
) -> Menu:
    """Return what was done in the session; `note` says what became of its report."""
    words = state.words
    lines = [_result(state, each) for each in results]
    buttons = [Button("report", words("result.report"))] if has_report else []
    return Menu(
        words("result.title"), (*lines, *buttons, Button("today", words("result.today"))), note=note
    )


def _result(state: AppState, result: "Result") -> TextRow:
    words = state.words
    side = state.rig.texts.side(result.exercise_id, result.side)
    name = state.rig.texts.name(result.exercise_id)
    unit = "seconds" if state.catalogue.get(result.exercise_id).machine == "hold" else "times"
    amount = whole_amount(result.done, result.prescribed)
    done = words("result.of", done=amount, prescribed=f"{result.prescribed:.0f}")
    return TextRow(f"{name}, {side}" if side else name, f"{done} {words(f'result.{unit}')}")


def trouble_page(state: AppState, what: str, *, sample: bool) -> Menu:
    """Return what went wrong, and what may be done about it."""
    words = state.words
    buttons = [Button("retry", words("trouble.retry"))]
    if sample:
        buttons.append(Button("sample", words("trouble.sample")))
    return Menu(
        words("trouble.title"), (TextRow(what), *buttons, Button("back", words("trouble.back")))
    )
