"""The page: what it says, that it reaches nothing, and that nothing can be slipped into it."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from coreline.errors import UnknownExerciseError
from coreline.judging.events import Fault
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import LANGUAGES, Language
from coreline.report.accuracy import accuracy_of
from coreline.report.html import render, render_session
from coreline.report.model import Analysis, SessionReport
from coreline.report.wording import Wording
from report_records import (
    CATALOGUE,
    PLANK,
    RAISES,
    SOURCE,
    WORDS,
    a_hold,
    a_plank,
    a_repetition,
    a_roll,
    an_analysis,
    catalogue_with_name,
    changed,
    recorded,
)

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;"
VOID = {"meta", "rect", "path", "circle", "img"}
BROUGHT_ALONG = re.compile(r' src="data:image/webp;base64,[A-Za-z0-9+/=]+"')  # pictures
CELLS = {"th", "td", "tr"}  # their end tags may be left out


class Page(HTMLParser):
    """A page as a reader meets it: its tags, and its text with single spaces."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in CELLS:
            self._end_cells({"th", "td"} if tag != "tr" else CELLS)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in CELLS:
            self._end_cells(CELLS)
        assert self.open.pop() == tag

    def _end_cells(self, ended: set[str]) -> None:
        while self.open and self.open[-1] in ended:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def pure(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.texts))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def page(*analyses: Analysis, language: Language = "en", **more: Any) -> Page:
    return Page(render(analyses, CATALOGUE, WORDS, language, **more))


def everything() -> list[Analysis]:
    raises = changed(recorded(RAISES), side="right")
    return [raises, recorded(PLANK), a_roll(), an_analysis(), an_analysis("w12-pelvic-curl")]


# What it says


def test_raises_in_plain_words() -> None:
    text = page(recorded(RAISES)).pure
    assert "Single-leg bridge raises" in text
    assert "3 of 30 repetitions counted, 4 not counted" in text
    assert "Not counted: held too short (1\u00d7), knee bent (1\u00d7), body line" in text
    measured = accuracy_of(RAISES, [recorded(RAISES).record])
    assert measured is not None
    score = recorded(RAISES).line_score
    assert score is not None
    assert f"line score {score:.0f} (10 %) (line ± {measured.within_deg}°)" in text
    assert "To improve next: Keep your knee straight all the way." in text
    assert "not counted ground not tapped" in text
    assert "The count is surer than the judgement of your form." in text
    assert "512 frames read" in text


def test_a_hold_in_plain_words() -> None:
    text = page(recorded(PLANK), language="nl").pure
    assert "Rugbrug" in text
    (hold,) = recorded(PLANK).holds
    in_line = f"{hold.in_line_s:.1f}".replace(".", ",")
    assert re.search(rf"{in_line} s binnen 9° van je eigen lijn, [67]\d % van de tijd", text)
    assert re.search(r"1 heupen te laag 0:10,\d 2,\d s", text)
    assert "2 heupen te hoog" in text
    assert "Til je heupen op. 3" in text, "on the way in, at the fault, and on the way down"
    assert "Gemaakt op deze computer; er is niets verstuurd." in text
    assert "geen diagnose" in text


def test_of_raises_tops_are_in_line_and_no_seconds_of_a_hold_that_nobody_asked_for() -> None:
    text = page(recorded(RAISES)).pure
    assert "6 of 7 repetitions whose top stayed within" in text
    assert "of the time in position" not in text


def test_rotations_have_their_table() -> None:
    text = page(a_roll()).pure
    assert "1 of 10 rotations counted, 1 not counted" in text
    assert "left not counted same direction as the last one, too fast" in text


def test_a_recording_that_was_cut_short_is_said_twice() -> None:
    short = replace(recorded(PLANK), source=replace(SOURCE, frames_expected=250, frames_read=176))
    assert page(short).pure.count("176 of 250 frames read") == 2
    assert "176 van 250 beelden gelezen" in page(short, language="nl").pure


def test_a_score_from_too_little_is_withheld_and_said_why() -> None:
    text = page(an_analysis(neutral_deg=1.0, holds=(a_hold(), a_hold(40.0, 60.0, None)))).pure
    assert "no score" in text
    assert "No score for hold 2. You were seen too little of the time for a score." in text


def test_nothing_done_is_no_fault() -> None:
    text = page(an_analysis()).pure
    assert "the start position was never held" in text
    assert "To improve" not in text
    assert "No faults were seen." not in text


def test_no_neutral_is_said() -> None:
    assert "Judged without your own neutral line" in page(an_analysis(holds=(a_hold(),))).pure


def test_an_exercise_that_is_not_judged_says_so() -> None:
    unjudged = CATALOGUE.get(PLANK).model_copy(update={"judging": None})
    catalogue = Catalogue([unjudged], [unjudged.level])
    text = Page(render([an_analysis()], catalogue, WORDS, "en")).pure
    assert "shown and timed, not judged" in text
    assert "never held" not in text


def test_a_perfect_set_is_praised() -> None:
    fine = an_analysis(neutral_deg=1.0, line_score=100.0, holds=(a_hold(),))
    assert "Nothing to improve: keep going." in page(fine).pure


def test_a_session_has_an_overview_with_a_way_to_each_set() -> None:
    several = page(*everything())
    ways = [attributes["href"] for attributes in several.named("a")]
    assert ways[0] == "#main"
    anchors = {
        f"#{attributes.get('id')}" for attributes in several.named("h3") + several.named("h4")
    }
    assert set(ways[1:]) <= anchors
    assert len(ways) == 1 + 5
    assert "right leg · set 1" in several.pure


def test_a_session_without_a_set_is_a_page_too() -> None:
    assert "nothing to report" in page().pure


def test_an_unknown_exercise_is_refused() -> None:
    with pytest.raises(UnknownExerciseError):
        page(an_analysis("no-such-exercise"))


# Nothing goes out, nothing gets in


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_input_gives_the_same_bytes(language: Language) -> None:
    first = render(everything(), CATALOGUE, WORDS, language)
    assert render(everything(), CATALOGUE, WORDS, language) == first


def test_the_page_reaches_for_nothing() -> None:
    source = BROUGHT_ALONG.sub("", render(everything(), CATALOGUE, WORDS, "en"))
    assert not re.search(r"(?i)https?:|//|@import|javascript:|<script|<link|<iframe", source)
    assert set(re.findall(r"url\((.)", source)) == {"#"}
    for _, attributes in Page(source).tags:
        assert not {name for name in attributes if name.startswith("on") or name == "src"}
        assert (attributes.get("href") or "#").startswith("#")
    assert "default-src 'none'; img-src data:;" in source


def test_what_others_named_is_inert() -> None:
    catalogue = catalogue_with_name(EVIL)
    evil = an_analysis(
        source=replace(SOURCE, file=f"{EVIL}.mp4"), cues=((1.0, EVIL),), holds=(a_hold(),)
    )
    report = SessionReport((evil, changed(evil, set_number=2)), person=EVIL)
    source = render_session(report, catalogue, WORDS, "en")
    read = Page(source)
    assert "<script" not in source
    sources = [each["src"] or "" for each in read.named("img")]
    assert all(each.startswith("data:image/webp;base64,") for each in sources)
    assert EVIL in read.pure


# Readable by everyone


@pytest.mark.parametrize("language", LANGUAGES)
def test_structure_for_those_who_do_not_see_it(language: Language) -> None:
    read = page(*everything(), language=language)
    assert read.named("html")[0]["lang"] == language
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(read.named("table")) == len(read.named("caption"))
    assert {each["scope"] for each in read.named("th")} == {"col", "row"}
    ids = [each["id"] for _, each in read.tags if "id" in each]
    assert len(ids) == len(set(ids))
    drawings = [each for each in read.named("svg") if each.get("aria-hidden") != "true"]
    assert len(drawings) == 3 + 2 * 2  # charts; best and worst of each of two exercises, once
    assert {drawing["role"] for drawing in drawings} == {"img"}
    assert len(read.named("title")) == 1 + len(drawings)
    assert len(read.named("desc")) == len(drawings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_missing_in_either_language(language: Language) -> None:
    text = page(*everything(), language=language).pure
    assert not re.search(r"[{}]|None|nan\b|fault\.|reason\.|cant_see|_", text)


def luminance(colour: str) -> float:
    levels = [int(colour[at : at + 2], 16) / 255.0 for at in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in levels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def test_text_has_contrast() -> None:
    source = render([recorded(PLANK)], CATALOGUE, WORDS, "en")
    light = source.split("@media screen and (prefers-color-scheme: dark)")[0]
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", light))
    for paper in ("#ffffff", "#fcf3ee", "#eef7f2", colours["band"]):
        assert contrast(colours["ink"], paper) >= 7.0
        assert contrast(colours["soft"], paper) >= 4.5
    assert contrast(colours["bad"], "#ffffff") >= 4.5
    assert contrast(colours["good"], "#ffffff") >= 3.0


# Small


def test_an_hour_stays_under_a_megabyte() -> None:
    faults = tuple(Fault("sag", 9.0 * at, 9.0 * at + 2.0) for at in range(400))
    hour = a_plank(minutes=60.0, faults=faults)
    repetitions = [
        a_repetition(at, *(["too_short"] if at % 3 == 0 else [])) for at in range(1, 721)
    ]
    raises = an_analysis(RAISES, repetitions=tuple(repetitions))
    assert len(hour.record.readings) == 108_000
    assert len(render([hour, raises], CATALOGUE, WORDS, "nl").encode()) < 1_000_000


# Numbers as a person reads them


@pytest.mark.parametrize(
    ("t_s", "english", "dutch"),
    [(0.0, "0:00.0", "0:00,0"), (9.96, "0:10.0", "0:10,0"), (3725.25, "62:05.2", "62:05,2")],
)
def test_moments_are_said_in_minutes(t_s: float, english: str, dutch: str) -> None:
    assert Wording(WORDS, "en").clock(t_s) == english
    assert Wording(WORDS, "nl").clock(t_s) == dutch
    assert Wording(WORDS, "en").clock(59.7, 0) == "1:00"


@pytest.mark.parametrize(
    ("change_deg", "said"),
    [(None, "\u2013"), (0.4, "0°"), (-0.4, "0°"), (1.6, "2°\xa0low"), (-13.2, "13°\xa0high")],
)
def test_bends_are_said_with_their_side(change_deg: float | None, said: str) -> None:
    assert Wording(WORDS, "en").bend(change_deg) == said


@pytest.mark.parametrize(
    ("share", "said"), [(1.0, "100"), (0.999, "99"), (0.5, "50"), (0.001, "1"), (0.0, "0")]
)
def test_only_the_whole_is_said_to_be_whole(share: float, said: str) -> None:
    assert Wording(WORDS, "en").share(share) == said
