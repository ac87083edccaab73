"""What every page that is answered has in common: its keys, and what the window asks of it."""

from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

import pygame
from pygame import Rect, Surface

from coreline.screen.answers import Answer
from coreline.screen.palette import INK, PANEL

Point = tuple[int, int]

# A presenter's remote sends PageUp, PageDown, and B or a full stop for a black screen.
UP: Final = {pygame.K_UP, pygame.K_PAGEUP}
DOWN: Final = {pygame.K_DOWN, pygame.K_PAGEDOWN, pygame.K_TAB}
LESS: Final = {pygame.K_LEFT}
MORE: Final = {pygame.K_RIGHT}
PICK: Final = {pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE}
LEAVE: Final = {pygame.K_ESCAPE}
BLANK: Final = {"b", "B", "."}
HELP: Final = {pygame.K_F1}


@dataclass(frozen=True, slots=True)
class Key:
    """A key that was pressed, and the letter that it makes."""

    code: int
    letter: str = ""

    @property
    def helps(self) -> bool:
        """Say whether it asks which keys there are."""
        return self.code in HELP or self.letter == "?"

    @property
    def picks(self) -> bool:
        """Say whether it means: this one."""
        return self.code in PICK or self.letter in BLANK


class PageForm(Protocol):
    """A page under the person's hands."""

    @property
    def state(self) -> object:
        """Everything that can be seen of it; drawn again only when this differs."""

    def draw(self, surface: Surface) -> None:
        """Draw it."""

    def press(self, key: Key) -> tuple[Answer, ...]:
        """Take a key."""

    def type(self, text: str) -> tuple[Answer, ...]:
        """Take text as the keyboard makes it, accents and all."""

    def point(self, at: Point) -> None:
        """Take the place of the mouse."""

    def click(self, at: Point) -> tuple[Answer, ...]:
        """Take a click."""

    def wheel(self, steps: int) -> None:
        """Take a turn of the mouse's wheel, + away from the person."""


@runtime_checkable
class MovingForm(Protocol):
    """A page on which something moves; `moment_s` is the time for which it is drawn."""

    moment_s: float


def draw_scrollbar(surface: Surface, box: Rect, offset_px: int, content_px: int) -> None:
    """Draw where in a long page one is, at the right edge of what is seen of it."""
    if content_px <= box.height:
        return
    width_px = max(4, box.width // 120)
    track = Rect(box.right - width_px, box.top, width_px, box.height)
    pygame.draw.rect(surface, PANEL, track, border_radius=width_px // 2)
    thumb = track.copy()
    thumb.height = max(width_px * 2, round(box.height * box.height / content_px))
    free_px = box.height - thumb.height
    thumb.top = box.top + round(free_px * offset_px / (content_px - box.height))
    pygame.draw.rect(surface, INK, thumb, border_radius=width_px // 2)


def clamp(value: int, low: int, high: int) -> int:
    """Return a number within limits; where they contradict each other, the low one."""
    return max(low, min(value, high))
