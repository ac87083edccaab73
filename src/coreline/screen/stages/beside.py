"""Wrong beside right: what is being corrected, next to the words that correct it."""

from typing import Final

from pygame import Rect, Surface

from coreline.coaching.coach import reason_cues
from coreline.files.demonstrations import TOP, Shown, still_file
from coreline.programme.facing import is_head_right_near
from coreline.programme.spec import Exercise
from coreline.screen import shapes
from coreline.screen.demonstration import still_of
from coreline.screen.palette import FAULT, GOOD, GROUND, Colour
from coreline.screen.picture import draw_picture
from coreline.screen.stages.sheet import Sheet, draw_strip, is_turned
from coreline.screen.texts import Sentence
from coreline.session.view import Stage, View

WIDEST: Final = 0.4  # of the strip, for both pictures
WIDE: Final = 16 / 9  # a picture's width, in heights
SIGN: Final = 0.17  # of a picture's height


def draw_strip_beside(sheet: Sheet, box: Rect, sentence: Sentence) -> None:
    """Draw the one sentence, and beside a correction what wrong and right look like."""
    shown = sheet.shown(sheet.view.exercise_id, sheet.view.side)
    codes = codes_said(sheet.exercise, sheet.view)
    code = next((each for each in codes if still_file(shown, each) is not None), None)
    if code is None:
        draw_strip(sheet, box, sentence)
        return
    wrong, right = pair_at(box, sheet.measure.gap_px // 2)
    left_px = wrong.left - sheet.measure.gap_px // 2
    draw_strip(sheet, Rect(box.left, box.top, left_px - box.left, box.height), sentence)
    turned = _is_turned(sheet)
    draw_marked(sheet.surface, wrong, shown, code, turned=turned)
    draw_marked(sheet.surface, right, shown, TOP, turned=turned)


def pair_at(box: Rect, gap_px: int) -> tuple[Rect, Rect]:
    """Return places for two pictures at the right of a box: as large as can be, in a row or not."""
    widest_px = round(box.width * WIDEST)
    in_row_px = min((widest_px - gap_px) // 2, round(box.height * WIDE))
    stacked_px = min(widest_px, round((box.height - gap_px) / 2 * WIDE))
    if in_row_px >= stacked_px:
        size = (in_row_px, round(in_row_px / WIDE))
        second = Rect(box.right - in_row_px, box.centery - size[1] // 2, *size)
        return second.move(-in_row_px - gap_px, 0), second
    size = (stacked_px, round(stacked_px / WIDE))
    first = Rect(box.right - stacked_px, box.centery - size[1] - gap_px // 2, *size)
    return first, first.move(0, size[1] + gap_px)


def draw_marked(
    surface: Surface, box: Rect, shown: Shown, what: str, *, turned: bool = False
) -> None:
    """Draw a still with the sign of right or wrong in its corner."""
    place = draw_picture(surface, box, still_of(shown, what), dim=False, mirror=turned)
    side_px = max(12, round(place.height * SIGN))
    ground = Rect(place.left, place.top, round(side_px * 1.3), round(side_px * 1.3))
    surface.fill(GROUND, ground)
    sign = Rect(0, 0, side_px, side_px)
    sign.center = ground.center
    draw, colour = _sign(what)
    draw(surface, colour, sign)


def codes_said(exercise: Exercise, view: View) -> tuple[str, ...]:
    """Return the faults and reasons that the latest cue corrects, those that are on now first.

    They are shown as long as the cue is: of a raise it is said when the fault has ended already.
    """
    if view.stage is not Stage.EXERCISE or view.cue_id is None or exercise.judging is None:
        return ()
    pairs = [
        (code, cue_id)
        for band in exercise.judging.bands
        for code, cue_id in ((band.below, band.low_cue), (band.above, band.high_cue))
        if code is not None
    ]
    pairs += reason_cues(exercise.judging).items()
    said = [code for code, cue_id in pairs if cue_id == view.cue_id]
    return tuple(sorted(dict.fromkeys(said), key=lambda code: code not in view.line.faults))


def _is_turned(sheet: Sheet) -> bool:
    """Say whether the head is at the right: by the side that works, or else as the person lies."""
    side, near, mirror = sheet.view.side, sheet.view.line.near_side, sheet.scene.mirror
    if side is not None or near is None or sheet.view.machine == "roll":
        return is_turned(sheet.exercise, side, mirror=mirror)
    return is_head_right_near(sheet.exercise, near) != mirror


def _sign(what: str) -> tuple[shapes.Draw, Colour]:
    return (shapes.tick, GOOD) if what == TOP else (shapes.cross, FAULT)
