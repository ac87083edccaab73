"""The report as one page: nothing fetched, no script, readable on paper and without colour.

`render_session` is pure: the same report gives the same bytes. The other files of this folder turn
numbers into words, tables and places on a drawing; the template only lays out what it is handed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.programme.prescription import prescribed
from coreline.programme.texts import TextBook
from coreline.report.axis import shortest
from coreline.report.bars import ROW_NAMES
from coreline.report.charts import FINEST
from coreline.report.model import Analysis, SessionReport, Source, found_share_of
from coreline.report.numbers import grouped
from coreline.report.parts import Detail, Facts, ReportPage
from coreline.report.phrases import shortfall
from coreline.report.pictured import Photos, with_photos
from coreline.report.prescribed import prescribed_lines
from coreline.report.sections import exercise_part
from coreline.report.summary import programme, summary_of
from coreline.report.wording import Wording, capital

if TYPE_CHECKING:
    from jinja2 import Environment

_LARGEST = 950_000  # bytes: a page that is larger is made again with less on it
_COARSEST = 16
# Points of time on all charts together, and rows of a table: what is tried in turn.
_DETAILS = ((1800, None), (600, None), (600, 60), (600, 20), (0, 8), (0, 1))


def render(
    analyses: Sequence[Analysis],
    catalogue: Catalogue,
    words: TextBook,
    language: Language,
    photos: Photos | None = None,
) -> str:
    """Return the page of some sets of which nothing more is known, such as a judged recording.

    Args:
        analyses: one a set; none makes a page that says so.
        catalogue: where the exercises' names and doses are.
        words: the words shared with the screen.
        language: of everything on the page.
        photos: pictures of the moments, where the person wants them.

    Raises:
        UnknownExerciseError: An analysis is of an exercise that the catalogue lacks.
    """
    return render_session(SessionReport(tuple(analyses)), catalogue, words, language, photos)


def render_session(
    report: SessionReport,
    catalogue: Catalogue,
    words: TextBook,
    language: Language,
    photos: Photos | None = None,
) -> str:
    """Return the page of a session; the page asks no clock.

    Args:
        report: the session.
        catalogue: where the exercises' names and doses are.
        words: the words shared with the screen.
        language: of everything on the page.
        photos: pictures of the moments, where the person wants them.

    Raises:
        UnknownExerciseError: A set is of an exercise that the catalogue lacks.
    """
    wording = Wording(words, language)
    catalogue = prescribed(report.plan, catalogue)
    sets = max(len(report.analyses), 1)
    source = ""
    for points, rows in _DETAILS:
        buckets = min(max(points // sets, _COARSEST), FINEST)
        detail = Detail(buckets) if rows is None else Detail(buckets, rows)
        page = with_photos(page_of(report, catalogue, wording, detail), photos or Photos(), wording)
        template = environment().get_template("report.html.j2")
        source = tidy(template.render(page=page, w=wording, rows=ROW_NAMES))
        if len(source.encode("utf-8")) <= _LARGEST:
            break
    return source


def page_of(report: SessionReport, catalogue: Catalogue, w: Wording, detail: Detail) -> ReportPage:
    """Return everything that is on the page."""
    groups = grouped(report.analyses)
    sets = [analysis for _, sides in groups for side in sides for analysis in side]
    parts = tuple(
        exercise_part(f"e{place}", group, report, catalogue, w, detail)
        for place, group in enumerate(groups, start=1)
    )
    anchors = [each.anchor for part in parts for side in part.sides for each in side.sets]
    ordered = replace(report, analyses=tuple(sets))
    return ReportPage(
        title=w.title("word.form_report"),
        subject=", ".join(part.title for part in parts),
        heading=_heading(report, w),
        summary=summary_of(ordered, catalogue, anchors, w),
        exercises=parts,
        sources=tuple(_sources(sets, w)),
        prescribed=prescribed_lines(report.plan, catalogue, w.language, report.level),
    )


def tidy(source: str) -> str:
    """Return a page without the empty lines that templates leave."""
    return "\n".join(line for line in source.splitlines() if line.strip()) + "\n"


@lru_cache(maxsize=1)
def environment() -> "Environment":
    """Return the templates' home: everything escaped, a name that is missing an error."""
    # Who trains imports this room at the start, and needs the templates at the end.
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - as just said

    home = Environment(
        loader=PackageLoader("coreline.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    home.filters["n"] = shortest
    return home


def _heading(report: SessionReport, w: Wording) -> str:
    """Return who, when, which week and how long, as far as it is known."""
    parts = [report.person]
    if report.day is not None:
        at = f"{report.started:%H:%M}" if report.started is not None else ""
        when = f", {w.own('clock_at', time=at)}" if at else ""
        parts.append(w.day(report.day) + when)
    parts.append(_week(report, w))
    if report.lasted_s is not None:
        minutes = round(report.lasted_s / 60.0)
        parts.append(w.own("lasted_minute") if minutes == 1 else w.own("lasted_minutes", n=minutes))
    return capital(" · ".join(part for part in parts if part))


def _week(report: SessionReport, w: Wording) -> str:
    names = {each.id: each.name.in_(w.language) for each in programme().levels}
    level = names.get(report.level or "", "")
    if report.week is None:
        return level
    if not level:
        return f"{w.word('word.week')} {report.week}"
    return w.own("week_level", week=report.week, level=level)


def _sources(sets: Sequence[Analysis], w: Wording) -> Iterable[Facts]:
    """Yield what is known of the recordings, those with the same picture as one."""
    for file in dict.fromkeys((each.source.file, each.source.width) for each in sets):
        same = [each.source for each in sets if (each.source.file, each.source.width) == file]
        yield tuple(_facts(same, w))


def _facts(sources: Sequence[Source], w: Wording) -> Iterable[tuple[str, str]]:
    """Yield the facts of one recording as pairs of a name and a value."""
    one = sources[0]
    read = sum(each.frames_read for each in sources)
    short = [text for text in (shortfall(each, w) for each in sources) if text]
    size = w.own(
        "picture_value", width=one.width, height=one.height, fps=w.plain(round(one.fps, 1))
    )
    if one.file:
        yield w.own("file"), one.file
    if one.width:
        yield w.own("picture"), size
    yield w.own("length"), w.clock(sum(each.duration_s for each in sources))
    yield w.own("frames"), " ".join(short) or w.own("frames_read", read=read)
    yield w.own("found"), w.own("found_value", share=w.share(found_share_of(sources) or 0.0))
