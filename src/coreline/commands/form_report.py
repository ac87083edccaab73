"""The form report as commands write it that have the sets themselves, and no journal."""

from pathlib import Path

from coreline.commands.options import LanguageChoice
from coreline.data_files import words_with
from coreline.files.writing import write_text
from coreline.programme.catalogue import Catalogue
from coreline.report.html import render
from coreline.report.model import Analysis
from coreline.report.pictured import Photos


def write_report(
    path: Path,
    analyses: list[Analysis],
    catalogue: Catalogue,
    language: LanguageChoice,
    photos: Photos | None = None,
) -> None:
    """Write the form report, with pictures where there are any."""
    page = render(analyses, catalogue, words_with(catalogue), language.language, photos)
    write_text(path, page)
