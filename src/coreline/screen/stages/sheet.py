"""What every page of a session is drawn on and from, and the parts that several pages share."""

from dataclasses import dataclass
from math import ceil

import pygame
from pygame import Rect, Surface

from coreline.files.demonstrations import Shown, loop_file
from coreline.judging.events import State
from coreline.programme.facing import is_head_right
from coreline.programme.spec import Exercise
from coreline.screen.demonstration import body_of
from coreline.screen.layout import PageMeasures
from coreline.screen.lettering import CAPITAL, Align, Style, draw_text, printable, text_width
from coreline.screen.palette import CALM, GOOD, INK, MUTED, Colour
from coreline.screen.picture import draw_body, draw_picture, draw_section
from coreline.screen.reel import Reel
from coreline.screen.scene import Scene
from coreline.screen.texts import Sentence, SentenceKind, Texts
from coreline.screen.widgets.chips import RIGHT, Chip, ClickArea, draw_chips
from coreline.screen.widgets.figure import draw_figure
from coreline.screen.widgets.marks import draw_marks, marks_height_px, marks_of
from coreline.screen.widgets.rows import draw_sentence
from coreline.session.command import Command
from coreline.session.view import InCourse, Pause, Stage, View

MOST_SEGMENTS = 40
MARKS = 0.26  # of the height of what must be read from the mat
ONE_LINE, TWO_LINES = 0.205, 0.41  # of the height, for what is read from the mat


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A surface, the moment to draw on it, and the words.

    `moment_s` moves the demonstration; `chosen` is the answer to pain that Enter would take;
    `reel` has the demonstration's pictures, without it a stick figure is drawn. `there` is what
    each moving part of this very page shows already, by its name; None where that is not known.
    """

    surface: Surface
    scene: Scene
    view: View
    texts: Texts
    moment_s: float = 0.0
    chosen: int = 0
    reel: Reel | None = None
    there: dict[str, object] | None = None

    def is_there(self, part: str, shows: object) -> bool:
        """Say whether a moving part shows just this already; from now on it does."""
        if self.there is None:
            return False
        same = self.there.get(part) == shows
        self.there[part] = shows
        return same

    @property
    def measure(self) -> PageMeasures:
        """Return the window's measures."""
        return PageMeasures.of(self.surface.get_size())

    @property
    def exercise(self) -> Exercise:
        """Return the exercise of the moment."""
        return self.texts.exercise(self.view.exercise_id)

    def side(self) -> str:
        """Return the words for the working side, or nothing where there is none."""
        return self.texts.side(self.view.exercise_id, self.view.side)

    def shown(self, exercise_id: str, side: str | None) -> Shown:
        """Return who shows an exercise: of a set that comes next, who shows that one."""
        course, resting = self.view.course, self.view.stage is Stage.REST
        number = course.coming.set_number if resting and course.coming else course.set_number
        body = body_of(self.texts.exercise(exercise_id), side, number)
        return Shown(exercise_id, body, ball=exercise_id in self.view.on_ball)

    def has_film(self, exercise_id: str) -> bool:
        """Say whether somebody shows an exercise, and not a stick figure."""
        return self.reel is not None and loop_file(Shown(exercise_id)) is not None

    def write(self, box: Rect, text: str, style: Style) -> Rect:
        """Draw a text, if there is any, and return what it covers."""
        if not text:
            return Rect(box.left, box.centery, 0, 0)
        return draw_text(self.surface, text, box, style)

    def big(
        self, box: Rect, text: str, colour: Colour = INK, align: Align = "left", lines: int = 2
    ) -> Rect:
        """Draw what must be read from the mat."""
        return self.write(box, text, Style(colour, self.measure.capital_px, align, max_lines=lines))


def draw_mirror(sheet: Sheet, box: Rect, *, close: bool = False) -> ClickArea:
    """Draw the picture with the body on it, dimmed when it says nothing.

    `close` shows the part where the body is. A click pauses; where it was offered to go on anyway,
    it does that.
    """
    scene, view = sheet.scene, sheet.view
    dim = scene.stale or view.stage is Stage.PAUSED or is_out_of_sight(view)
    if close and view.section is not None and scene.image_bgr is not None:
        place, whole = draw_section(
            sheet.surface, box, scene.image_bgr, view.section, dim=dim, mirror=scene.mirror
        )
    else:
        place = whole = draw_picture(
            sheet.surface, box, scene.image_bgr, dim=dim, mirror=scene.mirror
        )
    if scene.pose is not None and scene.image_bgr is not None and view.pause is not Pause.LEFT:
        sheet.surface.set_clip(place)
        draw_body(sheet.surface, whole, scene.pose, view, mirror=scene.mirror)
        sheet.surface.set_clip(None)
    return ClickArea(place, Command.SKIP if view.may_go_on else Command.PAUSE)


def draw_way_on(sheet: Sheet, box: Rect, *, right: bool = False) -> tuple[ClickArea, ...]:
    """Draw the key that goes on anyway, where that was offered to somebody who waits in vain."""
    if not sheet.view.may_go_on:
        return ()
    by_hand = "go_on_hand" if sheet.view.hand else "go_on_anyway"
    word = by_hand if sheet.view.stage is Stage.SETUP else "skip_set"
    chip = Chip(RIGHT, sheet.texts.own(word), Command.SKIP)
    return draw_chips(sheet.surface, box, [chip], right=right)


def draw_exercise_figure(sheet: Sheet, box: Rect, exercise_id: str, side: str | None) -> bool:
    """Draw an exercise as somebody who does it, or as a stick figure; say whether it has one."""
    exercise = sheet.texts.exercise(exercise_id)
    turned = is_turned(exercise, side, mirror=sheet.scene.mirror)
    if sheet.reel is not None and sheet.has_film(exercise_id):
        image = sheet.reel.frame(sheet.shown(exercise_id, side), sheet.moment_s)
        draw_picture(sheet.surface, box, image, dim=False, mirror=turned)
        return True
    if exercise.figure is None:
        return False
    draw_figure(sheet.surface, box, exercise.figure, sheet.moment_s, turned=turned)
    return True


def is_turned(exercise: Exercise, side: str | None, *, mirror: bool) -> bool:
    """Say whether the head is on the right, where the working side is the one near the camera.

    In the mirror right and left change places.
    """
    if exercise.figure is None or side is None:
        return False
    return is_head_right(exercise, side) != mirror


def draw_top(sheet: Sheet) -> None:
    """Draw how far the session is, as a strip of segments along the window's upper edge."""
    course, measure = sheet.view.course, sheet.measure
    if not 1 < course.blocks <= MOST_SEGMENTS:
        return
    height_px = max(3, measure.gap_px // 3)
    width_px = (measure.box.width + height_px) / course.blocks
    for number in range(course.blocks):
        begin_px = measure.box.left + round(number * width_px)
        segment = Rect(begin_px, measure.gap_px // 3, round(width_px) - height_px, height_px)
        done, now = number + 1 < course.block_number, number + 1 == course.block_number
        if not done and not now:
            segment = segment.inflate(0, -(height_px // 2))
        pygame.draw.rect(sheet.surface, GOOD if done else CALM if now else MUTED, segment)


def progress_of(course: InCourse, texts: Texts) -> list[str]:
    """Return which block this is and how many minutes are left; a single block is not counted."""
    parts = []
    if course.blocks > 1:
        parts.append(texts.own("progress", n=course.block_number, m=course.blocks))
    if course.left_s > 0:
        parts.append(texts.own("left", n=ceil(course.left_s / 60)))
    return parts


def draw_progress(sheet: Sheet, box: Rect, align: Align = "right") -> None:
    """Draw the progress of the session in words, in two lines where one has no room."""
    parts = progress_of(sheet.view.course, sheet.texts)
    if not parts:
        return
    style = Style(MUTED, sheet.measure.capital_px * 0.28, align)
    line = " · ".join(parts)
    if text_width(line, round(style.capital_px / CAPITAL)) <= box.width:
        parts = [line]
    height_px = min(box.height // len(parts), round(style.capital_px * 2.2))
    top_px = box.centery - height_px * len(parts) // 2
    for number, part in enumerate(parts):
        sheet.write(Rect(box.left, top_px + number * height_px, box.width, height_px), part, style)


def draw_mark_row(sheet: Sheet, box: Rect, *, camera: bool = True) -> None:
    """Draw the marks of what goes on beside the exercise; the camera's where its picture is."""
    marks = marks_of(sheet.scene, sheet.texts, camera=camera)
    draw_marks(sheet.surface, box, marks, sheet.measure.capital_px * MARKS)


def draw_marks_below(sheet: Sheet, box: Rect) -> Rect:
    """Draw the marks, if any, at the foot of a box, and return what is left of it above them.

    On the picture they would hide a part of it, which may be a part of the body.
    """
    above = above_marks(sheet, box)
    if above.height < box.height:
        foot = Rect(box.left, above.bottom, box.width, box.bottom - above.bottom)
        marks, capital_px = marks_of(sheet.scene, sheet.texts), sheet.measure.capital_px * MARKS
        draw_marks(sheet.surface, foot, marks, capital_px)
    return above


def above_marks(sheet: Sheet, box: Rect) -> Rect:
    """Return what the marks, if any, leave of a box above them."""
    marks, capital_px = marks_of(sheet.scene, sheet.texts), sheet.measure.capital_px * MARKS
    height_px = marks_height_px(marks, box.width, capital_px)
    height_px = min(height_px, box.height // 3)
    return Rect(box.left, box.top, box.width, box.height - height_px)


def draw_strip(sheet: Sheet, box: Rect, sentence: Sentence) -> None:
    """Draw the one sentence, if there is one."""
    if sentence.text:
        draw_sentence(sheet.surface, box, sentence, sheet.measure.capital_px)


def sentence_of(scene: Scene, view: View, texts: Texts) -> Sentence:
    """Return the sentence at the bottom: the latest cue, or else what the page itself means."""
    if scene.stale:
        return Sentence(texts.own("no_picture"), SentenceKind.UNSEEN)
    if view.cue_id is not None:
        return texts.cue(view.cue_id)
    if view.stage is Stage.GET_READY:
        return _start_of(view, texts)
    if view.stage is Stage.PAUSED:
        return Sentence(texts.title("word.paused"))
    if view.line.state is State.UNSEEN:
        return Sentence(texts.own("unseen"), SentenceKind.UNSEEN)
    return Sentence("")


def _start_of(view: View, texts: Texts) -> Sentence:
    """Return the start position in words, or that it is taken."""
    if view.in_position:
        return Sentence(texts.own("stay_so"), SentenceKind.GOOD)
    return Sentence(start_of(view, view.exercise_id, texts))


def start_of(view: View, exercise_id: str, texts: Texts) -> str:
    """Return an exercise's start position in words, on the ball or the floor as the person does."""
    start = texts.exercise(exercise_id).start(on_ball=exercise_id in view.on_ball)
    return start.in_(texts.language)


def is_out_of_sight(view: View) -> bool:
    """Say whether a set is under way of which nothing can be seen now."""
    return view.stage is Stage.EXERCISE and view.line.state is State.UNSEEN


def dose_of(view: View, texts: Texts) -> str:
    """Return how much is to be done in this set."""
    progress = view.progress
    if view.machine == "hold":
        return texts.own("dose_hold", n=round(progress.target_hold_s))
    return texts.own("dose_count", n=progress.target_count) if progress.target_count else ""


def share_of(part: float, whole: float | None) -> float:
    """Return a part's share of the whole; of nothing, nothing."""
    return part / whole if whole else 0.0


def heading_share(sheet: Sheet, text: str, width_px: int) -> float:
    """Return how much of the height a large heading takes: one line, or two."""
    size_px = round(sheet.measure.capital_px / CAPITAL)
    return ONE_LINE if text_width(printable(text), size_px) <= width_px else TWO_LINES


def sentence_case(text: str) -> str:
    """Return a text with a capital."""
    return text[:1].upper() + text[1:]
