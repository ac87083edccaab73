"""The page of two sessions against one another, and what its file is called."""

from dataclasses import dataclass
from datetime import datetime

from coreline.data_files import words_with
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.programme.prescription import prescribed
from coreline.report.compare import Compared
from coreline.report.compare_page import in_both, render_comparison
from coreline.report.model import SessionReport
from coreline.report.wording import Wording


@dataclass(frozen=True, slots=True)
class OneOfTwo:
    """A session that is compared: when it was, with its time zone, and all of it."""

    started_at: datetime
    report: SessionReport

    def called(self, w: Wording) -> str:
        """Return its day and time."""
        time = w.own("clock_at", time=f"{self.started_at:%H:%M}")
        return f"{w.day(self.started_at.date())}, {time}"

    @property
    def file_name(self) -> str:
        """Return what of a file's name is of it."""
        return f"{self.started_at:%Y-%m-%d-%H%M%S}"


def comparison(
    first: OneOfTwo, second: OneOfTwo, catalogue: Catalogue, language: Language, heading: str
) -> tuple[str, str] | None:
    """Return the page and the name of its file; None where they have nothing in common.

    The dose on it is that of the second one's plan; numbers do not depend on it.
    """
    catalogue = prescribed(second.report.plan, catalogue)
    words = words_with(catalogue)
    w = Wording(words, language)
    one, other = (Compared(each.called(w), each.report.analyses) for each in (first, second))
    if not in_both(one, other):
        return None
    page = render_comparison((one, other), catalogue, words, language, heading=heading)
    return page, f"compare-{first.file_name}-{second.file_name}"
