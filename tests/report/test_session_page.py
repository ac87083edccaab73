"""The page of a whole session: what comes first, sides against one another, and large ones."""

import json
import re
from dataclasses import replace
from datetime import date, time
from html import unescape

import pytest

from coreline.judging.events import Fault, State
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.life import PainMoment, PainNoted, PainPlace
from coreline.programme.rule_values import REASON_CODES
from coreline.report.accuracy import accuracy_of
from coreline.report.html import render, render_session
from coreline.report.model import SessionReport, as_json
from report_records import (
    CATALOGUE,
    DAY,
    NAMES,
    PLANK,
    RAISES,
    WORDS,
    a_hold,
    a_reading,
    a_repetition,
    a_session,
    an_analysis,
    changed,
    many_refused,
    recorded,
)

MEGABYTE = 1_000_000
RAISE = CATALOGUE.get(RAISES)
SIXTEEN = Catalogue(
    [RAISE.model_copy(update={"id": f"raise-{n}", "place": n}) for n in range(1, 17)], [RAISE.level]
)


def text_of(report: SessionReport, language: Language = "en") -> str:
    source = render_session(report, CATALOGUE, WORDS, language)
    bare = re.sub(r"<style>.*?</style>|<[^>]*>", " ", source, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(bare))


def test_the_summary_comes_first_in_plain_words() -> None:
    text = text_of(a_session())
    assert "Anna · Sunday 22 November 2026, at 18:04 · week 5 (Weeks 5 and 6) · 58 minutes" in text
    assert "Done 4 of 6 sets of those prescribed, in full; 82 % of the work in all" in text
    assert "148 of 180 repetitions counted, 12 not counted, 1 corrected by hand" in text
    assert "Pain, before → after 3 → 2 of 10, back" in text
    assert "Left out because of pain: Crunch." in text
    assert "Left out by choice: Side bridge raises (left leg)." in text
    assert "Pain noted on the way: 5 of 10, groin, Single-leg bridge raises." in text
    assert "contact the sports physician" in text
    summary = text[: text.index("All sets")]
    assert summary.count("To improve next:") == 1
    assert "most often in" in summary
    assert re.search(r"Best: set 1, repetition \d, in line", summary)
    assert re.search(r"Worst: set 1, repetition 5, 1\d° low", summary)


def test_the_same_in_dutch() -> None:
    text = text_of(a_session(), "nl")
    assert "Anna · zondag 22 november 2026, om 18:04 · week 5 (5e en 6e week) · 58 min" in text
    assert "Gedaan 4 van 6 series in volle omvang, van wat is voorgeschreven; samen 82 %" in text
    assert "Pijn genoteerd onderweg: 5 van 10, lies, Buikbrug." in text
    assert "neem contact op met de sportarts" in text


def test_what_is_not_known_is_not_said() -> None:
    text = text_of(SessionReport(a_session().analyses))
    for absent in ("Pain", "Left out", "contact", "of those prescribed", "·  ·"):
        assert absent not in text.split("All sets")[0]
    assert "Done 7 sets" in text


@pytest.mark.parametrize(
    ("pains", "shown"),
    [
        ([(PainMoment.BEFORE, 3)], "3 → not noted"),
        ([(PainMoment.AFTER, 0)], "not noted → 0"),
        ([(PainMoment.BEFORE, 3), (PainMoment.AFTER, 4), (PainMoment.AFTER, 2)], "3 → 2"),
    ],
)
def test_pain_that_was_noted_half(pains: list[tuple[PainMoment, int]], shown: str) -> None:
    notes = tuple(PainNoted(DAY, moment, score, (PainPlace.BACK,)) for moment, score in pains)
    assert f"Pain, before → after {shown} of 10, back" in text_of(SessionReport(pains=notes))


def test_somebody_on_the_side_is_said_to_lie_on_it() -> None:
    text = text_of(a_session())
    assert "Right side You lay on your right side." in text
    assert "Left side You lay on your left side." in text
    assert "Right leg The right side was near the camera." in text
    assert "Je lag op je rechterzij." in text_of(a_session(), "nl")


def test_a_count_that_was_corrected_says_so_beside_the_table() -> None:
    assert "The count was corrected by hand by +1; the table shows what" in text_of(a_session())
    less = changed(a_session().analyses[0], adjusted=-2)
    assert "corrected by hand by \u22122;" in text_of(SessionReport((less,)))


# Left against right


def both(left_s: float, right_s: float, left_deg: float = 1.0, right_deg: float = 1.0) -> str:
    sides = (("left", left_s, left_deg), ("right", right_s, right_deg))
    sets = tuple(
        an_analysis(
            "w12-side-bridge",
            side=side,
            neutral_deg=0.0,
            line_score=90.0,
            holds=(replace(a_hold(0.0, held_s), mean_bend_deg=bend_deg),),
        )
        for side, held_s, bend_deg in sides
    )
    return text_of(SessionReport(sets))


@pytest.mark.parametrize(
    ("left_s", "right_s", "said"),
    [
        (30.0, 30.0, "30.0 s 30.0 s 0.0 s no difference: less than 10 s and 15 %"),
        (30.0, 26.0, "30.0 s 26.0 s 4.0 s no difference: less than 10 s and 15 %"),
        (30.0, 25.0, "30.0 s 25.0 s 5.0 s a difference: 10 s or 15 % and more"),
        (90.0, 80.0, "90.0 s 80.0 s 10.0 s a difference: 10 s or 15 % and more"),
    ],
)
def test_sides_differ_by_the_rules(left_s: float, right_s: float, said: str) -> None:
    text = both(left_s, right_s)
    assert f"Held, a set {said}" in text
    assert f"set 1: left {left_s:g} and right {right_s:g}" in text


def test_lines_differ_only_beyond_the_error_of_the_measurement() -> None:
    measured = accuracy_of("w12-side-bridge")
    assert measured is not None
    within = measured.between_deg  # two are read, each off by itself
    inside, beyond = both(30, 30, 1, 1.5), both(30, 30, 1, 2 + within)
    assert f"0.5° within the error of the measurement (± {within}°), no conclusion" in inside
    assert f"{1 + within}.0° more than the error of the measurement (± {within}°)" in beyond


def test_one_side_alone_is_not_against_anything() -> None:
    assert "Left against right" not in text_of(SessionReport((recorded("w12-side-bridge"),)))


# Withheld, refused, empty


def test_a_repetition_without_a_score_is_named() -> None:
    unseen = tuple(replace(a_repetition(n), line_score=None) for n in (2, 3))
    raises = an_analysis(RAISES, neutral_deg=1.0, repetitions=(a_repetition(1), *unseen))
    text = text_of(SessionReport((raises,)))
    assert "No score for repetitions 2 and 3. You were seen too little of the time" in text


def test_three_hundred_and_sixty_refused_repetitions() -> None:
    source = render([many_refused(360)], CATALOGUE, WORDS, "en")
    text = text_of(SessionReport((many_refused(360),)))
    assert "held too short 60 6, 12, 18, 24," in text
    assert "180 and 30 more" in text
    assert "All 360 repetitions, with every figure" in text
    assert source.count("<tr class=refused>") == 360
    assert "0 of 360" in text


def test_a_session_without_a_set_says_why_it_was_left() -> None:
    report = replace(a_session(), analyses=(), planned=())
    text = text_of(report)
    assert "No set was done, so there is nothing to report." in text
    assert "Left out because of pain: Crunch." in text
    assert "3 → 2" in text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_in_any_script_is_text(name: str, language: Language) -> None:
    source = render_session(replace(a_session(), person=name), CATALOGUE, WORDS, language)
    assert unescape(source.split('<p class="soft">')[1].split(" · ")[0]) == (
        name[:1].upper() + name[1:]
    )
    assert "<script" not in source


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2024, 2, 29), date(9999, 12, 31)])
def test_every_day_has_a_name(day: date) -> None:
    for language in LANGUAGES:
        text = text_of(SessionReport(day=day, started=time(0, 0)), language)
        assert str(day.year) in text
        assert "00:00" in text


# The same bytes, and few


def test_the_same_session_gives_the_same_bytes() -> None:
    first = render_session(a_session(), CATALOGUE, WORDS, "nl")
    documents = json.dumps([as_json(each) for each in a_session().analyses])
    recorded.cache_clear()
    assert render_session(a_session(), CATALOGUE, WORDS, "nl") == first
    assert json.dumps([as_json(each) for each in a_session().analyses]) == documents


def a_large_session() -> SessionReport:
    """Return sixteen exercises of 180 repetitions each, in six sets, with every frame of them."""
    readings = tuple(
        a_reading(4.0 + frame / 15.0, 4.0 * ((frame % 60) / 30.0 - 1.0), State.GOOD)
        for frame in range(15 * 120)
    )
    moments = recorded(PLANK)
    repetitions = tuple(
        a_repetition(n, *(["too_short", "line_broken"] if n % 3 == 0 else [])) for n in range(1, 31)
    )
    one = an_analysis(
        neutral_deg=7.0,
        line_score=88.0,
        repetitions=repetitions,
        faults=moments.faults,
        cues=moments.record.cues,
        readings=readings,
        best=moments.record.best,
        worst=moments.record.worst,
    )
    sets = tuple(
        changed(one, exercise_id=exercise.id, side=side, near_side=side, set_number=number)
        for exercise in SIXTEEN
        for side in ("left", "right")
        for number in (1, 2, 3)
    )
    return SessionReport(sets, person="Anna", day=DAY)


def test_sixteen_exercises_of_180_repetitions_stay_under_a_megabyte() -> None:
    report = a_large_session()
    assert sum(len(each.repetitions) for each in report.analyses) == 16 * 180
    for language in LANGUAGES:
        assert len(render_session(report, SIXTEEN, WORDS, language).encode()) < MEGABYTE


def test_a_session_that_is_too_large_leaves_rows_out_and_says_so() -> None:
    """Every repetition of a large session refused for every reason, each with its faults."""
    faults = tuple(Fault("sag", 4.0 * n, 4.0 * n + 1.5) for n in range(1, 31))
    repetitions = tuple(a_repetition(n, *REASON_CODES) for n in range(1, 31))
    sets = tuple(
        replace(each, faults=faults, repetitions=repetitions) for each in a_large_session().analyses
    )
    source = render_session(SessionReport(sets), SIXTEEN, WORDS, "nl")
    assert len(source.encode()) < MEGABYTE
    assert "staan hier niet bij, anders wordt de pagina te groot" in source
    assert "All 30" not in source
    assert "Alle 30 herhalingen" in source


@pytest.mark.parametrize(("bend_deg", "named"), [(8.0, False), (-8.0, False), (9.5, True)])
def test_a_moment_that_counts_as_in_line_is_no_worst_one(bend_deg: float, named: bool) -> None:
    plank = recorded(PLANK)
    assert plank.record.worst is not None
    worst = replace(plank.record.worst, bend_deg=bend_deg)
    text = text_of(SessionReport((changed(plank, worst=worst),)))
    assert ("Worst: set 1" in text) == named
    assert "Best: set 1" in text
