"""A report says what a physiotherapist prescribed, in their words, and measures against it."""

import pytest

from coreline.data_files import words_with
from coreline.programme.language import Language
from coreline.programme.prescription import NOTHING_PRESCRIBED, Prescription
from coreline.report.html import render_session
from coreline.report.model import SessionReport
from coreline.report.prescribed import prescribed_lines
from coreline.report.weeks import weeks_report
from coreline.report.weeks_page import render_weeks
from lives import CATALOGUE, PROGRAMME, day, somebody, trained
from plans import of, with_plan

WORDS = words_with(CATALOGUE)
SIDE = "w12-side-bridge"
PLAN = Prescription(
    by="Jan <de Vries>",
    note="Rustig aan.\nBel bij pijn.",
    exercises=(of(SIDE, sets=2, hold_s=20.0, side="left"),),
)
SAID = {"nl": "Van je fysiotherapeut, Jan", "en": "From your physiotherapist, Jan"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_session_s_report_prints_the_plan_of_its_day(language: Language) -> None:
    page = render_session(SessionReport(plan=PLAN, level="w12"), CATALOGUE, WORDS, language)
    assert SAID[language] in page
    assert "Rustig aan.\nBel bij pijn." in page
    assert "&lt;de Vries&gt;" in page
    assert "2 x 20 s" in page


def test_without_a_plan_a_report_says_nothing_of_one() -> None:
    page = render_session(SessionReport(level="w12"), CATALOGUE, WORDS, "en")
    assert "physiotherapist" not in page
    assert prescribed_lines(NOTHING_PRESCRIBED, CATALOGUE, "en", "w12") == ()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_weeks_print_it_and_count_against_what_was_asked(language: Language) -> None:
    life = trained(with_plan(somebody(), 1, PLAN), 1, 2, 3)
    report = weeks_report(PROGRAMME, CATALOGUE, life, day(3), 1)
    assert report.history.amount.share == 1.0
    asked = {(each.exercise, each.side): each.work.sets_asked for each in report.exercises}
    assert (asked[SIDE, "left"], (SIDE, "right") in asked) == (6, False)
    assert SAID[language] in render_weeks(report, CATALOGUE, WORDS, language)
