"""What a page is made of, from a number at a glance to a whole exercise; values only."""

from dataclasses import dataclass

from coreline.judging.moments import Moment
from coreline.report.axis import Place
from coreline.report.bars import RepetitionsChart, SidesChart
from coreline.report.charts import BendChart
from coreline.report.figures import StickFigure
from coreline.report.tables import Table

_EVERYTHING = 1_000_000

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """How much of a set is on the page.

    `buckets` is how fine the lines of its charts are, `rows` how many a table has at most.
    """

    buckets: int
    rows: int = _EVERYTHING


@dataclass(frozen=True, slots=True)
class Tile:
    """One number at a glance."""

    label: str
    value: str
    detail: str


@dataclass(frozen=True, slots=True)
class Still:
    """A picture of somebody rendered, in the page itself; `kind` is "right" or "wrong".

    `turned` puts the head, which is left in all of them, right.
    """

    kind: str
    caption: str
    source: str
    turned: bool


@dataclass(frozen=True, slots=True)
class Improvement:
    """The one thing to improve next, and why this one; an empty sentence is none at all."""

    sentence: str
    because: str
    stills: tuple[Still, ...] = ()


@dataclass(frozen=True, slots=True)
class DescribedChart:
    """A chart with what it shows in words, for those who do not see it, and its key."""

    title: str
    description: str
    key: str
    chart: BendChart | RepetitionsChart | SidesChart


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture of the page by its name, and what is drawn over it, in units of its own.

    `line` is the body line, `own` the person's own best one, empty where there is none, and `label`
    the angle in words.
    """

    name: str
    width: float
    height: float
    line: str
    own: str
    label: str
    label_place: Place


@dataclass(frozen=True, slots=True)
class Drawing:
    """A stick figure with its caption; `kind` is "best" or "worst".

    `moment` is what it shows, `own` whose line is laid over it; `pictured` is shown in its place
    where there is a picture.
    """

    kind: str
    caption: str
    description: str
    figure: StickFigure
    moment: Moment | None = None
    own: Moment | None = None
    pictured: Pictured | None = None


@dataclass(frozen=True, slots=True)
class SetPart:
    """Everything about one set."""

    anchor: str
    title: str
    line: str
    warning: str
    notes: tuple[str, ...]
    bend: DescribedChart | None
    faults: Table
    holds: Table | None
    reps: DescribedChart | None
    short: Table | None
    repetitions: Table | None
    rotations: Table | None


@dataclass(frozen=True, slots=True)
class SidePart:
    """One side of an exercise; the title is empty where the exercise has no sides."""

    title: str
    notes: tuple[str, ...]
    drawings: tuple[Drawing, ...]
    sets: tuple[SetPart, ...]
    cues: Table


@dataclass(frozen=True, slots=True)
class Against:
    """Left against right."""

    table: Table
    picture: DescribedChart | None


@dataclass(frozen=True, slots=True)
class ExercisePart:
    """Everything about one exercise; its `line` says what was asked, achieved, and why not.

    `tiring` is what changed within a set and over the sets, last how to read it; empty where too
    little was done or seen.
    """

    anchor: str
    title: str
    subtitle: str
    line: str
    improvement: Improvement
    against: Against | None
    sides: tuple[SidePart, ...]
    sureness: tuple[str, ...]
    tiring: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What comes first: what was done, how well, what to improve, and what else must be known.

    `line` is the first of all: asked, achieved, why not; empty where nobody asked anything.
    `warning` says that none of it counts; empty where it does.
    """

    line: str
    tiles: tuple[Tile, ...]
    improvement: Improvement
    drawings: tuple[Drawing, ...]
    notes: tuple[str, ...]
    advice: str
    overview: Table | None
    warning: str = ""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The whole report."""

    title: str
    subject: str
    heading: str
    summary: Summary
    exercises: tuple[ExercisePart, ...]
    sources: tuple[Facts, ...]
    prescribed: tuple[str, ...] = ()  # whose plan it was, and what it asked
    photos: tuple[tuple[str, str, float, float], ...] = ()  # name, source, width, height
