"""Where things stand, for any size of window; numbers only."""

from dataclasses import dataclass

from pygame import Rect

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """The rectangles of the exercise page; the other pages use the same ones otherwise."""

    title: Rect
    picture: Rect
    sets: Rect
    bar: Rect
    ring: Rect
    sentence: Rect
    capital_px: float  # of what must be read from the mat: 11 % of the height where it can be

    @property
    def right(self) -> Rect:
        """Return the bar's and the ring's place together, for pages that have neither."""
        return self.bar.union(self.ring)


def layout(size: Size) -> Layout:
    """Return the exercise page's rectangles for a window's size."""
    width_px, height_px = size
    return _tall(size) if height_px > width_px * 0.9 else _wide(size)


def _wide(size: Size) -> Layout:
    """Return a landscape page: picture left, bar and ring right, the sentence below."""
    width_px, height_px = size
    gap_px = round(height_px * 0.025)
    sentence_px = round(height_px * 0.22)
    top_px = height_px - sentence_px - 3 * gap_px
    ring_px = min(top_px, round(width_px * 0.4))
    bar_px = min(round(height_px * 0.15), round(width_px * 0.1))
    left_px = width_px - ring_px - bar_px - 4 * gap_px
    row_px = round(height_px * 0.1)
    ring_x = width_px - gap_px - ring_px
    return Layout(
        title=Rect(gap_px, gap_px, left_px, row_px),
        picture=Rect(gap_px, gap_px + row_px, left_px, top_px - 2 * row_px),
        sets=Rect(gap_px, gap_px + top_px - row_px, left_px, row_px),
        bar=Rect(2 * gap_px + left_px, gap_px, bar_px, top_px),
        ring=Rect(ring_x, gap_px + (top_px - ring_px) // 2, ring_px, ring_px),
        sentence=Rect(gap_px, top_px + 2 * gap_px, width_px - 2 * gap_px, sentence_px),
        capital_px=height_px * 0.11,
    )


def _tall(size: Size) -> Layout:
    """Return an upright page: picture, then bar and ring, then the sentence."""
    width_px, height_px = size
    gap_px = round(width_px * 0.025)
    inner_px = width_px - 2 * gap_px
    rows = _heights(height_px - 6 * gap_px, (0.06, 0.38, 0.34, 0.06, 0.16))
    tops = [gap_px + sum(rows[:row]) + row * gap_px for row in range(len(rows))]
    bar_px = round(width_px * 0.14)
    ring_px = min(rows[2], inner_px - bar_px - gap_px)
    ring_x = gap_px + bar_px + (inner_px - bar_px + gap_px - ring_px) // 2
    return Layout(
        title=Rect(gap_px, tops[0], inner_px, rows[0]),
        picture=Rect(gap_px, tops[1], inner_px, rows[1]),
        bar=Rect(gap_px, tops[2], bar_px, rows[2]),
        ring=Rect(ring_x, tops[2] + (rows[2] - ring_px) // 2, ring_px, ring_px),
        sets=Rect(gap_px, tops[3], inner_px, rows[3]),
        sentence=Rect(gap_px, tops[4], inner_px, rows[4]),
        capital_px=height_px * 0.11,
    )


def _heights(height_px: int, shares: tuple[float, ...]) -> list[int]:
    """Return a height cut into shares."""
    return [round(height_px * share) for share in shares]
