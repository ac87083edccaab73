"""The pages before a set: the set-up check, the explanation, the start position, three-two-one."""

import re
from dataclasses import dataclass

from pygame import Rect

from coreline.placement.checks import Check, PlacementTopic, Verdict
from coreline.screen import shapes
from coreline.screen.layout import PageMeasures
from coreline.screen.lettering import CAPITAL, LINE_PITCH, Style, Weight
from coreline.screen.palette import CALM, FAULT, GOOD, GROUND, INK, MUTED, Colour
from coreline.screen.stages.exercise import draw_exercise, draw_moving_set, has_begun
from coreline.screen.stages.sheet import (
    Sheet,
    above_marks,
    dose_of,
    draw_exercise_figure,
    draw_mark_row,
    draw_marks_below,
    draw_mirror,
    draw_progress,
    draw_strip,
    draw_top,
    draw_way_on,
    sentence_case,
    sentence_of,
    start_of,
)
from coreline.screen.texts import Sentence, SentenceKind, Texts
from coreline.screen.widgets.bar import draw_bar
from coreline.screen.widgets.chips import RIGHT, Chip, ClickArea, draw_chips
from coreline.session.command import Command
from coreline.session.view import View

# Of the height: what is explained, the words, the foot; who trains, the picture, the sentence.
EXPLAINED = (0.66, 0.25, 0.09)
READY = (0.2, 0.39, 0.41)
NARROW = 1.5  # in a page less wide than so many heights the name goes all the way across
BY_HAND = "setup.go_on_hand"  # said at length; what it is for stands beside the key
WHOLE = ("setup.arms_hidden", "setup.legs_hidden")  # alone, the last sentence tells nothing
ORDER = {topic: number for number, topic in enumerate(PlacementTopic)}


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How a verdict is drawn: a shape, a colour and a word."""

    draw: shapes.Draw
    colour: Colour
    word: str


@dataclass(frozen=True, slots=True)
class _Shares:
    """How the explanation's page is cut.

    Attributes:
        upright: Into name, figure and facts.
        narrow: Into the name and what is below it.
        wide: Into words and figure.
        words: The words of a wide page into name and facts.
    """

    upright: tuple[float, float, float]
    narrow: tuple[float, float]
    wide: tuple[float, float]
    words: tuple[float, float]


FIGURE = _Shares((0.48, 0.31, 0.21), (0.6, 0.4), (0.6, 0.4), (0.6, 0.4))
# A film is larger than a figure. What must be read from the mat is then the side; of an exercise
# that has none, the name.
FILM = _Shares((0.3, 0.43, 0.27), (0.6, 0.4), (0.46, 0.54), (0.46, 0.54))
FILM_OF_BOTH = _Shares((0.36, 0.49, 0.15), (0.6, 0.4), (0.5, 0.5), (0.7, 0.3))
OUTCOMES = {
    Verdict.PASS: _Outcome(shapes.tick, GOOD, "verdict_pass"),
    Verdict.FAIL: _Outcome(shapes.cross, FAULT, "verdict_fail"),
    Verdict.UNKNOWN: _Outcome(shapes.unknown, MUTED, "verdict_unknown"),
}


def draw_setup(sheet: Sheet) -> tuple[ClickArea, ...]:
    """Draw the set-up check: the picture, what passes and what fails, and what to move."""
    measure = sheet.measure
    title, middle, strip = measure.rows(measure.box, 0.08, 0.5, 0.42)
    words, keys = measure.columns(title, 0.36, 0.64)
    sheet.write(words, sheet.texts.own("setup"), Style(INK, title.height * 0.6))
    spots = draw_way_on(sheet, keys, right=True)
    if not spots:
        hint = Chip(RIGHT, sheet.texts.word("key.right"), Command.SKIP)
        spots = draw_chips(sheet.surface, keys, [hint], right=True)
    middle = draw_marks_below(sheet, middle)
    if measure.upright:
        picture, checks = measure.rows(middle, 0.5, 0.5)
    else:
        picture, checks = measure.columns(middle, 0.44, 0.56)
    spot = draw_mirror(sheet, picture)
    _draw_checks(sheet, checks)
    draw_strip(sheet, strip, advice_of(sheet.view, sheet.texts))
    return (*spots, spot) if sheet.view.may_go_on else spots


def advice_of(view: View, texts: Texts) -> Sentence:
    """Return the one thing to move first, how to go on anyway, or that all is well.

    Of what is said aloud it is what to do alone, to be read from the mat: the checks beside it say
    what is wrong, and the key above it what else goes on. What to do about limbs that are not seen
    names them in its first sentence, so there it is all.
    """
    if view.cue_id == BY_HAND:
        return Sentence(texts.own("raise_hand"))
    failed = sorted((each for each in view.checks if _fails(each)), key=_weight)
    for check in failed:
        if check.cue_id:
            said = texts.cue(check.cue_id).text
            alone = check.cue_id not in WHOLE
            shown = re.split(r"(?<=\.) ", said)[-1] if alone else said
            return Sentence(shown, SentenceKind.CORRECTION)
    if view.cue_id is not None:
        return texts.cue(view.cue_id)
    seen = (each.verdict for each in view.checks if each.topic is PlacementTopic.BODY)
    if failed or Verdict.PASS not in seen:
        return Sentence(texts.own("looking"))
    return Sentence(texts.cue("setup.all_good").text, SentenceKind.GOOD)  # unknown does not block


def _draw_checks(sheet: Sheet, box: Rect) -> None:
    """Draw a row a check: a shape, the topic and a word, those that failed in heavier letters."""
    checks = sorted(sheet.view.checks, key=_weight)
    row_px = box.height // max(len(checks), 6)
    for number, check in enumerate(checks):
        row = Rect(box.left, box.top + number * row_px, box.width, row_px)
        outcome = OUTCOMES[check.verdict]
        sign = Rect(0, 0, round(row_px * 0.6), round(row_px * 0.6))
        sign.midleft = (row.left + row_px // 8, row.centery)
        outcome.draw(sheet.surface, outcome.colour, sign)
        weight: Weight = "Bold" if _fails(check) else "Regular"
        left_px = sign.right + row_px // 3
        verdict = Rect(0, row.top, round((row.right - left_px) * 0.25), row.height)
        verdict.right = row.right
        words = Rect(left_px, row.top, verdict.left - left_px - row_px // 6, row.height)
        topic = sheet.texts.own(f"topic_{check.topic.value}")
        sheet.write(words, topic, Style(INK, row_px * 0.4, weight=weight))
        word = sheet.texts.own(outcome.word)
        sheet.write(verdict, word, Style(outcome.colour, row_px * 0.34, "right"))


def draw_explain(sheet: Sheet) -> tuple[ClickArea, ...]:
    """Draw the exercise: its name, side and dose, how it moves, and the movement in words."""
    view, texts, measure = sheet.view, sheet.texts, sheet.measure
    draw_top(sheet)
    _, strip, foot = measure.rows(measure.box, *EXPLAINED)
    name, facts, figure = _places_explained(sheet)
    sheet.big(name, texts.name(view.exercise_id), lines=3 if measure.upright else 2)
    if not draw_exercise_figure(sheet, figure, view.exercise_id, view.side):
        draw_mirror(sheet, figure)
    _draw_facts(sheet, facts)
    film = sheet.has_film(view.exercise_id)
    draw_strip(sheet, strip, Sentence(_explained(sheet, film=film)))
    _draw_foot(sheet, foot)
    hint = Chip(RIGHT, texts.word("key.right"), Command.SKIP)
    return draw_chips(sheet.surface, foot, [hint])


def draw_moving_explanation(sheet: Sheet) -> tuple[ClickArea, ...]:
    """Draw what moves of an explanation with a film: the film."""
    *_, figure = _places_explained(sheet)
    sheet.surface.fill(GROUND, figure)
    draw_exercise_figure(sheet, figure, sheet.view.exercise_id, sheet.view.side)
    return ()


def _places_explained(sheet: Sheet) -> tuple[Rect, Rect, Rect]:
    """Return the places of an explanation's name, of side and dose, and of the figure."""
    upper = sheet.measure.rows(sheet.measure.box, *EXPLAINED)[0]
    film = sheet.has_film(sheet.view.exercise_id)
    shares = FIGURE if not film else FILM if sheet.side() else FILM_OF_BOTH
    return _name_facts_figure(sheet.measure, upper, shares)


def _explained(sheet: Sheet, *, film: bool) -> str:
    """Return the movement in words; beside the film all that is said, where lines are long."""
    movement = sheet.exercise.movement.in_(sheet.texts.language)
    if note := sheet.texts.prescribed.get(sheet.view.exercise_id):
        return f"{movement} {sheet.texts.own('from_physio', note=note)}"
    if not film or sheet.measure.upright:
        return movement
    return f"{start_of(sheet.view, sheet.view.exercise_id, sheet.texts)} {movement}"


def _name_facts_figure(
    measure: PageMeasures, box: Rect, shares: _Shares
) -> tuple[Rect, Rect, Rect]:
    """Return the places of the name, of side and dose, and of the figure."""
    if measure.upright:
        name, figure, facts = measure.rows(box, *shares.upright)
        return name, facts, figure
    if measure.box.width < NARROW * measure.box.height:
        name, below = measure.rows(box, *shares.narrow)
        facts, figure = measure.columns(below, 0.5, 0.5)
        return name, facts, figure
    words, figure = measure.columns(box, *shares.wide)
    name, facts = measure.rows(words, *shares.words)
    return name, facts, figure


def _draw_facts(sheet: Sheet, box: Rect) -> None:
    """Draw the side, and below it the dose and the set."""
    view, texts = sheet.view, sheet.texts
    number = texts.own("set", n=view.course.set_number, m=view.course.sets)
    dose = " · ".join(part for part in (dose_of(view, texts), number) if part)
    lines = [(sentence_case(sheet.side()), CALM, 1.0), (sentence_case(dose), INK, 0.55)]
    if view.exercise_id in texts.prescribed:
        lines.append((texts.own("by_physio"), CALM, 0.45))
    shown = [line for line in lines if line[0]]
    rows = sheet.measure.rows(box, *[share for _, _, share in shown])
    for row, (text, colour, share) in zip(rows, shown, strict=True):
        sheet.write(row, text, Style(colour, sheet.measure.capital_px * share))


def _draw_foot(sheet: Sheet, box: Rect) -> None:
    """Draw progress at the right of the lowest row, the marks before it."""
    _, marks, progress = sheet.measure.columns(box, 0.3, 0.4, 0.3)
    draw_mark_row(sheet, marks, camera=False)
    draw_progress(sheet, progress)


def draw_get_ready(sheet: Sheet) -> tuple[ClickArea, ...]:
    """Draw what to do before a set, or the set itself where the person comes back into it."""
    if has_begun(sheet.view):
        return draw_exercise(sheet)
    view, measure = sheet.view, sheet.measure
    draw_top(sheet)
    title, middle, strip = measure.rows(measure.box, *READY)
    _draw_whose_turn(sheet, title)
    draw_marks_below(sheet, middle)
    *_, words, _ = _places_ready(sheet)
    way_on = draw_way_on(sheet, words, right=True)
    if not way_on:
        draw_progress(sheet, _upper(words))
        dose = Style(INK, measure.capital_px * 0.42, "right")
        sheet.write(_lower(words), dose_of(view, sheet.texts), dose)
    draw_strip(sheet, strip, sentence_of(sheet.scene, view, sheet.texts))
    return (*way_on, *draw_moving_ready(sheet))


def draw_moving_ready(sheet: Sheet) -> tuple[ClickArea, ...]:
    """Draw what changes from picture to picture before a set: the mirror, the bar, the figure."""
    if has_begun(sheet.view):
        return draw_moving_set(sheet)
    view, line = sheet.view, sheet.view.line
    picture, bar, _, drawing = _places_ready(sheet)
    for place in (picture, drawing):
        sheet.surface.fill(GROUND, place)
    spot = draw_mirror(sheet, picture)
    if not sheet.is_there("bar", (bar, line.state, line.deviation_deg)):
        sheet.surface.fill(GROUND, bar.inflate(4, 4))  # letters may reach out of it by a pixel
        draw_bar(sheet.surface, bar, line, sheet.texts)
    draw_exercise_figure(sheet, drawing, view.exercise_id, view.side)
    return (spot,)


def _places_ready(sheet: Sheet) -> tuple[Rect, Rect, Rect, Rect]:
    """Return the places of the picture, the bar, the words beside them and the figure."""
    middle = sheet.measure.rows(sheet.measure.box, *READY)[1]
    picture, bar, figure = _mirror_bar_figure(sheet, above_marks(sheet, middle))
    words, drawing = sheet.measure.rows(figure, 0.28, 0.72)
    return picture, bar, words, drawing


def _draw_whose_turn(sheet: Sheet, box: Rect) -> None:
    """Draw the working side large and the name beside it, or the name alone."""
    name, side = sheet.texts.name(sheet.view.exercise_id), sentence_case(sheet.side())
    if not side:
        sheet.big(box, name)
        return
    gap_px = 2 * sheet.measure.gap_px
    if sheet.measure.upright:
        upper, lower = sheet.measure.rows(box, 0.62, 0.38)
        sheet.big(upper, side, CALM, lines=1)
        sheet.write(lower, name, Style(INK, sheet.measure.capital_px * 0.5))
        return
    covered = sheet.big(box, side, CALM, lines=1)
    rest = Rect(covered.right + gap_px, box.top, box.right - covered.right - gap_px, box.height)
    rest.width = max(1, rest.width)
    sheet.write(rest, name, Style(INK, sheet.measure.capital_px * 0.5, "right", max_lines=2))


def _mirror_bar_figure(sheet: Sheet, box: Rect) -> tuple[Rect, Rect, Rect]:
    """Return the places of the picture, the bar and the figure."""
    measure = sheet.measure
    if measure.upright:
        upper, lower = measure.rows(box, 0.5, 0.5)
        bar, figure = measure.columns(lower, 0.2, 0.8)
        return upper, bar, figure
    picture, bar, figure = measure.columns(box, 0.44, 0.1, 0.46)
    return picture, bar, figure


def draw_countdown(sheet: Sheet) -> tuple[ClickArea, ...]:
    """Draw three, two, one as large as the window allows."""
    view, measure = sheet.view, sheet.measure
    draw_top(sheet)
    number, foot = measure.rows(measure.box, 0.8, 0.2)
    text = "" if view.countdown is None else str(view.countdown)
    size_px = number.height / LINE_PITCH * CAPITAL
    sheet.write(number, text, Style(INK, size_px, "center"))
    corner = measure.columns(number, 0.5, 0.5)[0]
    draw_mark_row(
        sheet, Rect(corner.left, corner.top, corner.width, foot.height // 2), camera=False
    )
    _draw_whose_turn(sheet, foot)
    return (ClickArea(number, Command.PAUSE),)


def _fails(check: Check) -> bool:
    """Say whether there is something to correct."""
    return check.verdict is Verdict.FAIL


def _weight(check: Check) -> int:
    """Return where a check stands among the others."""
    return ORDER[check.topic]


def _upper(box: Rect) -> Rect:
    """Return the upper half of a box."""
    return Rect(box.left, box.top, box.width, box.height // 2)


def _lower(box: Rect) -> Rect:
    """Return the lower half of a box."""
    return Rect(box.left, box.centery, box.width, box.height // 2)
