"""The drawings of moments as pictures, where there are any: what is drawn over them, and where.

A picture comes as it stands in the page; it is in there once, however often it is shown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from coreline.judging.moments import InPicture, Moment
from coreline.report.axis import Place, line_path
from coreline.report.figures import laid_over, line_of
from coreline.report.model import Analysis
from coreline.report.parts import Drawing, ExercisePart, Pictured, ReportPage, SidePart
from coreline.report.wording import Wording

_WIDTH = 260.0  # of a drawing's own units; a picture is shown 18 rem wide
_LABEL = 14.0  # height of the letters
_ROOM = 3.4 * _LABEL  # that the angle's words need on either side
_LIFT = 16.0  # of the words over the line


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of a moment: `data:…` as it stands in a page, its size, and where the body is."""

    source: str
    size_px: tuple[int, int]
    there: InPicture


@dataclass(frozen=True, slots=True)
class Photos:
    """The pictures of a report's moments, by the moment's time.

    Attributes:
        by_time: On the session's clock, seconds.
        missing: Why the others have none, by a word of `photo_…`; the person wanted them.
        faceless: Whether nobody's face is seen.
    """

    by_time: Mapping[float, Photo] = field(default_factory=dict)
    missing: Mapping[float, str] = field(default_factory=dict)
    faceless: bool = False


def moments_shown(analyses: Iterable[Analysis]) -> list[Moment]:
    """Return the moments that a report of some sets may draw, each once, in order of time."""
    records = [each.record for each in analyses]
    moments = {
        moment.t_s: moment
        for record in records
        for moment in (record.best, record.worst)
        if moment is not None
    }
    return [moments[t_s] for t_s in sorted(moments)]


def photo_note(photos: Photos, w: Wording) -> str:
    """Return in one line why there are drawings in place of pictures; nothing where there are."""
    if not photos.missing:
        return ""
    (why, _), *_ = Counter(photos.missing.values()).most_common()
    key = "photos_some_missing" if photos.by_time else "photos_missing"
    return w.own(key, why=w.own(f"photo_{why}"))


def with_photos(page: ReportPage, photos: Photos, w: Wording) -> ReportPage:
    """Return a page whose drawings are pictures where there are any."""
    if not photos.by_time and not photos.missing:
        return page
    album = _Album(photos, w)
    summary = replace(
        page.summary,
        drawings=album.shown(page.summary.drawings),
        notes=(*page.summary.notes, *filter(None, [photo_note(photos, w)])),
    )
    exercises = tuple(album.exercise(part) for part in page.exercises)
    return replace(page, summary=summary, exercises=exercises, photos=album.sources)


class _Album:
    """Puts pictures in the place of drawings, and remembers which."""

    def __init__(self, photos: Photos, w: Wording) -> None:
        self._photos, self._w = photos, w
        self._used: dict[float, str] = {}

    @property
    def sources(self) -> tuple[tuple[str, str, float, float], ...]:
        """Return the pictures that are shown: name, source, width and height in units."""
        return tuple(
            (name, photo.source, *_size(photo))
            for name, photo in ((self._used[t_s], self._photos.by_time[t_s]) for t_s in self._used)
        )

    def exercise(self, part: ExercisePart) -> ExercisePart:
        """Return an exercise with its pictures."""
        return replace(part, sides=tuple(self._side(each) for each in part.sides))

    def _side(self, side: SidePart) -> SidePart:
        return replace(side, drawings=self.shown(side.drawings))

    def shown(self, drawings: Sequence[Drawing]) -> tuple[Drawing, ...]:
        """Return drawings as pictures where there are any."""
        return tuple(self._shown(each) for each in drawings)

    def _shown(self, drawing: Drawing) -> Drawing:
        moment = drawing.moment
        photo = self._photos.by_time.get(moment.t_s) if moment is not None else None
        if moment is None or photo is None:
            return drawing
        name = self._used.setdefault(moment.t_s, f"p{len(self._used) + 1}")
        w = self._w
        told = [w.own("photo_desc"), *([w.own("photo_faceless")] if self._photos.faceless else [])]
        shown = pictured(name, photo, w.bend(moment.bend_deg), moment, drawing.own)
        return replace(drawing, description=" ".join(told), pictured=shown)


def pictured(
    name: str, photo: Photo, label: str, moment: Moment, best: Moment | None = None
) -> Pictured:
    """Return what is drawn over a picture: the body line, the person's own one, and the angle."""
    width, height = _size(photo)
    line = [_place(point, photo) for point in line_of(moment)]
    own = [_place(point, photo) for point in laid_over(moment, best)] if best is not None else []
    middle = line[len(line) // 2]
    # On the side to which the line goes, where the person's own one is not.
    above, below = middle[1] - _LIFT, middle[1] + _LIFT + _LABEL
    fits_above, fits_below = above > _LABEL, below < height - 4.0
    is_below = fits_below and (moment.bend_deg > 0.0 or not fits_above)
    place = (
        round(min(max(middle[0], _ROOM), width - _ROOM), 1),
        round(below if is_below else max(above, _LABEL), 1),
    )
    return Pictured(
        name=name,
        width=width,
        height=height,
        line=line_path(line),
        own=line_path(own) if own else "",
        label=label,
        label_place=place,
    )


def _place(point: Place, photo: Photo) -> Place:
    """Return where a point is drawn."""
    scale, there = _WIDTH / photo.size_px[0], photo.there
    x, y = (
        (start + there.length_px * each) * scale
        for start, each in zip(there.origin_px, point, strict=True)
    )
    return (round(x, 1), round(y, 1))


def _size(photo: Photo) -> tuple[float, float]:
    width, height = photo.size_px
    return _WIDTH, round(_WIDTH * height / width, 1)
