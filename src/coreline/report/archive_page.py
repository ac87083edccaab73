"""The page over the reports of many clips: one table, the worst first, sorted on request.

It is the one page with a script. The script is in the page, and its sum in the page's own policy,
so that no other runs; without it the table is as it was written. Nothing is fetched.
"""

import hashlib
import math
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from statistics import median
from typing import Any, Final
from urllib.parse import quote

from coreline.programme.language import Language
from coreline.programme.texts import TextBook
from coreline.report.html import environment, tidy
from coreline.report.parts import Tile
from coreline.report.wording import Wording

_COLUMNS: Final = (
    *("archive_clip", "archive_exercise", "done", "line_score", "to_improve", "seen"),
)


@dataclass(frozen=True, slots=True)
class ClipResult:
    """What is said of one clip.

    Attributes:
        name: What it is called in this run.
        person: Who is in it; empty where nobody said.
        link: The place of its report beside the page, as a path; empty where there is none.
        row: As `archive_rows.row_of` returns it; None where it was not judged.
        error: The line that says why not.
    """

    name: str
    person: str = ""
    link: str = ""
    row: Mapping[str, Any] | None = None
    error: str = ""

    @property
    def rank(self) -> tuple[int, float, float, str]:
        """Return what the worst first is sorted by: what a physiotherapist would open first.

        Not judged, nothing counted, the share of attempts that did not count, the score; what has
        none comes before what has. A good score is of what counted, so it does not outweigh much
        that did not.
        """
        if self.row is None:
            return 0, 0.0, -1.0, self.name
        if not self.row["done_share"]:
            return 1, 0.0, -1.0, self.name
        score = self.row["score_value"]
        by_score = -1.0 if score is None else float(score)
        return 2, -self.row["refused_share"], by_score, self.name


@dataclass(frozen=True, slots=True)
class SortableCell:
    """One value of the table, with a smaller line under it, and what it is sorted by."""

    text: str
    by: str
    more: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """Everything that is on the page."""

    title: str
    tiles: tuple[Tile, ...]
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[SortableCell, ...], ...]


def render_archive(results: Iterable[ClipResult], words: TextBook, language: Language) -> str:
    """Return the page; the same results give the same bytes.

    Args:
        results: A clip each, in any order.
        words: The words shared with the screen.
        language: Of everything on the page but the rows, which are as they were kept.
    """
    w = Wording(words, language)
    ordered = worst_first(results)
    page = ArchivePage(
        title=w.own("archive_title"),
        tiles=tuple(_tiles(ordered, w)),
        caption=w.own("archive_caption"),
        columns=tuple(w.own(each) for each in _COLUMNS),
        rows=tuple(tuple(_cells(each, w)) for each in ordered),
    )
    script = _script()
    template = environment().get_template("archive.html.j2")
    return tidy(template.render(page=page, w=w, script=script, script_sum=_sum(script)))


def worst_first(results: Iterable[ClipResult]) -> list[ClipResult]:
    """Return the clips in the order in which they are told of."""
    return sorted(results, key=lambda each: each.rank)


def _tiles(results: Sequence[ClipResult], w: Wording) -> Iterator[Tile]:
    judged = [each.row for each in results if each.row is not None]
    yield Tile(w.own("archive_clips"), str(len(results)), "")
    yield Tile(w.own("archive_judged"), str(len(judged)), "")
    if missed := len(results) - len(judged):
        yield Tile(w.own("archive_failed"), str(missed), w.own("archive_failed_detail"))
    if nothing := sum(not row["done_share"] for row in judged):
        yield Tile(w.own("archive_nothing"), str(nothing), w.own("archive_nothing_detail"))
    scores = [row["score_value"] for row in judged if row["score_value"] is not None]
    if scores:
        detail = w.own("archive_mean_detail", n=len(scores))
        yield Tile(w.own("archive_mean_score"), w.score(median(scores)), detail)


def _cells(result: ClipResult, w: Wording) -> Iterator[SortableCell]:
    yield SortableCell(result.name, result.name, result.person, quote(result.link))
    row = result.row
    if row is None:
        yield SortableCell("", "")
        yield SortableCell(w.own("archive_not_judged"), "-1", result.error)
        yield from (SortableCell("", by) for by in ("-2", "", "-1"))
        return
    score = row["score_value"]
    by_score = -1.0 if score is None else score
    seen = f"{w.share(row['seen_share'])}\u00a0%"
    yield SortableCell(row["exercise"], row["exercise"], row["side"])
    yield SortableCell(row["done"], _number(row["done_share"]), row["done_detail"])
    yield SortableCell(row["score"], _number(by_score), row["score_detail"])
    yield SortableCell(row["improve"], row["improve"], row["because"])
    yield SortableCell(seen, _number(row["seen_share"]))


def _number(value: float) -> str:
    """Return a number as the script reads it."""
    return f"{value:.4f}" if math.isfinite(value) else "0"


def _script() -> str:
    """Return the script that sorts, as it stands in the page: without its notes and empty lines."""
    text = (files("coreline.report") / "templates" / "sorting.js").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _sum(script: str) -> str:
    return b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
