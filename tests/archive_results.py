"""Clips of all kinds for the tests of the page over them."""

from coreline.judging.events import Fault
from coreline.programme.language import Language
from coreline.report.archive_page import ClipResult, render_archive
from coreline.report.archive_rows import row_of
from coreline.report.model import Analysis
from coreline.report.wording import Wording
from report_records import (
    CATALOGUE,
    NAMES,
    PLANK,
    RAISES,
    WORDS,
    a_repetition,
    a_roll,
    an_analysis,
    recorded,
)


def result(
    name: str, analysis: Analysis, language: Language = "en", person: str = ""
) -> ClipResult:
    exercise = CATALOGUE.get(analysis.record.exercise_id)
    row = row_of(analysis, exercise, CATALOGUE, Wording(WORDS, language))
    return ClipResult(name, person, f"reports/{name}-1.html", row)


def some(language: Language = "en") -> list[ClipResult]:
    """Return clips that went well, badly, not at all, and some that were not judged."""
    mostly_refused = [a_repetition(1), *(a_repetition(n, "too_short") for n in (2, 3))]
    slow = Fault("too_few_pictures", 0.0, 30.0)
    return [
        result("zaterdag/Zoë 1.mp4", recorded(PLANK), language, NAMES[0]),
        result("zaterdag/Zoë 2.mp4", recorded(RAISES), language),
        result(
            "refused.mp4",
            an_analysis(RAISES, repetitions=mostly_refused, line_score=99.0),
            language,
        ),
        result("b/roll.mp4", a_roll(), language, NAMES[9]),
        result("nothing.mp4", an_analysis(RAISES, faults=(slow,)), language),
        ClipResult(
            "clips/<b>broken</b>.mp4",
            "Anna",
            error="is not a video, or is cut off before it begins",
        ),
        ClipResult("a" * 90 + ".mp4", error="nobody found in 300 frames; film the whole body"),
    ]


def page(language: Language = "en", times: int = 1) -> str:
    return render_archive(some(language) * times, WORDS, language)
