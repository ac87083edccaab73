"""A page to read beside its pictures: somebody who does it, or wrong beside right."""

from typing import Final

from pygame import Rect, Surface

from coreline.files.demonstrations import TOP
from coreline.screen.answers import Answer
from coreline.screen.demonstration import still_of
from coreline.screen.forms.form import LESS, MORE, Key, Point
from coreline.screen.forms.reading_form import ReadingForm
from coreline.screen.layout import PageMeasures
from coreline.screen.lettering import Style, draw_text
from coreline.screen.menu import Picture, ShownArticle
from coreline.screen.palette import GROUND, INK, MUTED
from coreline.screen.picture import draw_picture
from coreline.screen.reel import Reel
from coreline.screen.stages.beside import WIDE, draw_marked
from coreline.screen.texts import Texts
from coreline.screen.widgets.chips import LEFT, RIGHT, draw_key

MOVES_PER_SECOND: Final = 24
BESIDE: Final = (0.5, 0.5)  # pictures and text of a wide page
BELOW: Final = (0.4, 0.6)  # and of an upright one
CAPTION: Final = 0.055  # a line below a picture, in shares of the window's shorter side


class ShownForm:
    """Takes keys and mouse for one page with pictures; left and right go from one to the next.

    Attributes:
        moment_s: The time for which moving pictures are drawn.
    """

    def __init__(self, page: ShownArticle, texts: Texts, reel: Reel | None = None) -> None:
        """Begin with the first picture, and at the top of the text."""
        self._pictures, self._reel, self._texts = page.pictures, reel, texts
        self._reading = ReadingForm(page.article, texts)
        self._number = 0
        self._place = Rect(0, 0, 0, 0)
        self.moment_s = 0.0

    @property
    def state(self) -> object:
        """Everything that can be seen of it."""
        moves = not self.picture.fault and self._reel is not None
        step = int(self.moment_s * MOVES_PER_SECOND) if moves else 0
        return self._reading.state, self._number, step

    @property
    def picture(self) -> Picture:
        """The picture that is looked at."""
        return self._pictures[self._number]

    def draw(self, surface: Surface) -> None:
        """Draw the picture, and the text beside it or below."""
        surface.fill(GROUND)
        whole = surface.get_rect()
        measure = PageMeasures.of(whole.size)
        if measure.upright:
            self._place = Rect(0, 0, whole.width, round(whole.height * BELOW[0]))
            text = Rect(0, self._place.bottom, whole.width, whole.height - self._place.height)
        else:
            self._place = Rect(0, 0, round(whole.width * BESIDE[0]), whole.height)
            text = Rect(self._place.right, 0, whole.width - self._place.width, whole.height)
        gap_px = measure.gap_px
        line_px = round(min(whole.size) * CAPTION)
        box = self._place.inflate(-2 * gap_px, -2 * gap_px)
        keys = Rect(box.left, box.bottom - line_px, box.width, line_px)
        if len(self._pictures) > 1:
            self._draw_keys(surface, keys)
        middle = Rect(box.left, box.top, box.width, keys.top - box.top - gap_px)
        if self.picture.fault:
            self._draw_fault(surface, middle, line_px, gap_px)
        else:
            self._draw_loop(surface, middle, line_px)
        self._reading.draw_in(surface, text)

    def press(self, key: Key) -> tuple[Answer, ...]:
        """Take a key: another picture, or what it means to a page that is read."""
        if key.code in LESS | MORE:
            self._turn(1 if key.code in MORE else -1)
            return ()
        return self._reading.press(key)

    def type(self, text: str) -> tuple[Answer, ...]:
        """Nothing is typed here."""
        return self._reading.type(text)

    def point(self, at: Point) -> None:
        """The mouse chooses nothing here."""

    def click(self, at: Point) -> tuple[Answer, ...]:
        """Show the next picture where one clicks on this one."""
        if self._place.collidepoint(at):
            self._turn(1)
        return ()

    def wheel(self, steps: int) -> None:
        """Scroll the text."""
        self._reading.wheel(steps)

    def _turn(self, steps: int) -> None:
        self._number = (self._number + steps) % len(self._pictures)

    def _draw_loop(self, surface: Surface, box: Rect, line_px: int) -> None:
        """Draw somebody who does it, and who and where in words below."""
        shown = self.picture.shown
        image = self._reel.frame(shown, self.moment_s) if self._reel else still_of(shown, TOP)
        place = _with_caption(box, line_px)
        draw_picture(surface, place, image, dim=False, mirror=False)
        self._write(surface, place, line_px, self.picture.caption)

    def _draw_fault(self, surface: Surface, box: Rect, line_px: int, gap_px: int) -> None:
        """Draw how it should be, and below it how it should not."""
        half_px = (box.height - gap_px) // 2
        upper = Rect(box.left, box.top, box.width, half_px)
        picture = self.picture
        pairs = ((upper, TOP, picture.right), (upper.move(0, half_px + gap_px), picture.fault, ""))
        for part, what, caption in pairs:
            place = _with_caption(part, line_px)
            draw_marked(surface, place, picture.shown, what)
            self._write(surface, place, line_px, caption or picture.caption)

    def _write(self, surface: Surface, place: Rect, line_px: int, text: str) -> None:
        line = Rect(place.left, place.bottom, place.width, line_px)
        draw_text(surface, text, line, Style(INK, line_px * 0.5, "center"))

    def _draw_keys(self, surface: Surface, box: Rect) -> None:
        """Draw the keys that go from picture to picture, and which one this is."""
        number = self._texts.own("page_of", n=self._number + 1, m=len(self._pictures))
        cap = Rect(0, box.top, box.height, box.height)
        for side, key in ((-1, LEFT), (1, RIGHT)):
            cap.centerx = box.centerx + side * 3 * box.height
            draw_key(surface, cap, key, box.height * 0.4)
        draw_text(surface, number, box, Style(MUTED, box.height * 0.42, "center"))


def _with_caption(box: Rect, line_px: int) -> Rect:
    """Return the place of a picture in a box, a line of text below it, in its middle."""
    height_px = min(box.height - line_px, round(box.width / WIDE))
    place = Rect(0, 0, round(height_px * WIDE), height_px)
    place.midtop = (box.centerx, box.top + (box.height - line_px - height_px) // 2)
    return place
