"""A chart: bars, lines and crosses over the same places, one of which is looked at."""

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

import pygame
from pygame import Rect, Surface

from coreline.screen import shapes
from coreline.screen.lettering import Style, draw_text
from coreline.screen.menu import ChartPicture, Series
from coreline.screen.palette import CALM, GOOD, INK, MUTED, PANEL, WARN, Colour
from coreline.screen.shapes import Point

NAMES: Final = 0.11  # of the height, for what the series are called
LABELS: Final = 0.11  # and for what the places are called
TICKS: Final = 0.075  # of the width
MOST_LABELS: Final = 6
BAR: Final = 0.6  # of a place's width
WIDEST_BAR: Final = 0.08  # of the chart's width
COLOURS: Final[dict[str, Colour]] = {"bars": GOOD, "line": CALM, "crosses": WARN}


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a chart's own area is, how many places it has, and how high its values go."""

    box: Rect
    places: int
    most: float

    def column(self, place: int) -> Rect:
        """Return a place's part of the area."""
        width_px = self.box.width / self.places
        left_px = round(self.box.left + place * width_px)
        right_px = round(self.box.left + (place + 1) * width_px)
        return Rect(left_px, self.box.top, right_px - left_px, self.box.height)

    def point(self, place: int, value: float) -> Point:
        """Return where a value lies."""
        share = min(max(value / self.most, 0.0), 1.0)
        return self.column(place).centerx, self.box.bottom - share * self.box.height

    def place_at(self, x_px: int) -> int | None:
        """Return which place is at a distance from the left, if any."""
        if not self.box.left <= x_px < self.box.right:
            return None
        return min(int((x_px - self.box.left) / self.box.width * self.places), self.places - 1)


def has_values(chart: ChartPicture) -> bool:
    """Say whether there is anything to draw."""
    return any(value is not None for series in chart.series for value in series.values)


def draw_chart(surface: Surface, box: Rect, chart: ChartPicture, chosen: int) -> Frame:
    """Draw a chart with values; return where its places are."""
    names_px, labels_px = round(box.height * NAMES), round(box.height * LABELS)
    ticks_px = round(box.width * TICKS)
    area = Rect(
        box.left + ticks_px,
        box.top + names_px,
        box.width - ticks_px,
        box.height - names_px - labels_px,
    )
    frame = Frame(area, len(chart.labels), chart.ticks[-1][0])
    _draw_names(surface, Rect(area.left, box.top, area.width, names_px), chart.series)
    pygame.draw.rect(surface, PANEL, frame.column(chosen))
    _draw_ticks(surface, frame, chart, ticks_px, labels_px)
    for series in chart.series:
        _draw_series(surface, frame, series, chosen)
    _draw_labels(surface, Rect(area.left, area.bottom, area.width, labels_px), frame, chart, chosen)
    return frame


def _draw_names(surface: Surface, box: Rect, series: tuple[Series, ...]) -> None:
    """Draw what is what: a mark in its colour and shape, and its name."""
    width_px = box.width // len(series)
    for number, each in enumerate(series):
        part = Rect(box.left + number * width_px, box.top, width_px, box.height)
        side_px = round(box.height * 0.45)
        mark = Rect(part.left, 0, side_px, side_px)
        mark.centery = part.centery
        _draw_mark(surface, mark, each)
        text = Rect(mark.right + side_px // 2, part.top, 0, part.height)
        text.width = part.right - text.left
        draw_text(surface, each.name, text, Style(INK, box.height * 0.36))


def _draw_mark(surface: Surface, box: Rect, series: Series) -> None:
    colour = COLOURS[series.drawn]
    match series.drawn:
        case "bars":
            pygame.draw.rect(surface, colour, box)
        case "line":
            shapes.disc(surface, colour, box.center, box.width / 2)
        case "crosses":
            shapes.cross(surface, colour, box)


def _draw_ticks(
    surface: Surface, frame: Frame, chart: ChartPicture, width_px: int, height_px: int
) -> None:
    for value, text in chart.ticks:
        y_px = round(frame.point(0, value)[1])
        pygame.draw.line(surface, MUTED, (frame.box.left, y_px), (frame.box.right, y_px))
        place = Rect(frame.box.left - width_px, 0, width_px - 8, height_px)
        place.centery = y_px
        draw_text(surface, text, place, Style(MUTED, height_px * 0.36, "right"))


def _draw_series(surface: Surface, frame: Frame, series: Series, chosen: int) -> None:
    known = [(place, value) for place, value in enumerate(series.values) if value is not None]
    radius_px = max(4.0, min(frame.box.height / 45, frame.box.width / frame.places / 3))
    if series.drawn == "bars":
        for place, value in known:
            _draw_bar(surface, frame, place, value, chosen=place == chosen)
        return
    colour = COLOURS[series.drawn]
    for run in _runs(series.values):
        points = [frame.point(place, value) for place, value in run]
        for ends in pairwise(points):
            if series.drawn == "line":
                shapes.stroke(surface, colour, ends, max(2.0, radius_px / 2))
            else:
                shapes.dashes(surface, colour, ends, max(2.0, radius_px / 2), radius_px * 2)
    for place, value in known:
        x_px, y_px = frame.point(place, value)
        larger = radius_px * (1.6 if place == chosen else 1.0)
        box = Rect(0, 0, round(larger * 2), round(larger * 2))
        box.center = round(x_px), round(y_px)
        _draw_mark(surface, box, series)


def _draw_bar(surface: Surface, frame: Frame, place: int, value: float, *, chosen: bool) -> None:
    column = frame.column(place)
    width_px = max(2, round(min(column.width * BAR, frame.box.width * WIDEST_BAR)))
    top_px = round(frame.point(place, value)[1])
    bar = Rect(0, top_px, width_px, frame.box.bottom - top_px)
    bar.centerx = column.centerx
    pygame.draw.rect(surface, COLOURS["bars"], bar)
    if chosen:
        pygame.draw.rect(surface, INK, bar, max(2, width_px // 12))


def _runs(values: tuple[float | None, ...]) -> list[list[tuple[int, float]]]:
    """Return the values in unbroken runs, each with its place."""
    return [
        [(place, value) for place, value in run if value is not None]
        for known, run in groupby(enumerate(values), key=lambda pair: pair[1] is not None)
        if known
    ]


def _draw_labels(
    surface: Surface, box: Rect, frame: Frame, chart: ChartPicture, chosen: int
) -> None:
    """Draw the names of so many places as there is room for, and that of the chosen one."""
    every = -(-frame.places // MOST_LABELS)
    width_px = box.width // min(frame.places, MOST_LABELS)
    for place, label in enumerate(chart.labels):
        near = place != chosen and abs(place - chosen) < every
        if place != chosen and (place % every or near):
            continue
        text = Rect(0, box.top, width_px - 4, box.height)
        text.centerx = frame.column(place).centerx
        text.right = min(text.right, box.right)  # at the left the ticks leave room
        colour = INK if place == chosen else MUTED
        draw_text(surface, label, text, Style(colour, box.height * 0.36, "center"))
